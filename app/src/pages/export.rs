//! The journal as a file: for which program, and which period. The form works without scripts; the file is
//! answered by a plain handler of the server, because it streams.

use super::frame::Staff;
use crate::ui::{Button, ButtonKind, Choice, Field, IconName, Page, SelectField};
use crate::words::ledger as w;
use domain::ledger::ExportFormat;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn ExportPage() -> impl IntoView {
    view! { <Title text=w::EXPORT_TITLE/> <Staff current="/ledger"><Export/></Staff> }
}

#[component]
fn Export() -> impl IntoView {
    let query = use_query_map();
    // A refused period comes back in the address.
    let asked = |name: &str| RwSignal::new(query.read_untracked().get(name).unwrap_or_default());
    let (format, from, to) =
        (RwSignal::new(ExportFormat::Csv.code().to_owned()), asked("since"), asked("to"));
    let wrong = Signal::derive(move || query.read().get("wrong").map(|_| w::PERIOD_WRONG.to_owned()));
    let formats = ExportFormat::ALL.iter().map(|format| Choice::new(format.code(), format.to_string()));
    view! {
        <Page title=w::EXPORT_TITLE lead=w::EXPORT_LEAD back=("/ledger".to_owned(), w::TITLE.to_owned())>
            <form class="form" method="post" action="/api/v1/ledger/file" novalidate>
                <div class="form-group">
                    <SelectField name="format" label=w::FORMAT value=format choices=formats.collect()/>
                    <div class="form-row">
                        <Field name="from" label=w::FROM kind="date" value=from hint=w::PERIOD_HINT/>
                        <Field name="to" label=w::TO kind="date" value=to hint=w::PERIOD_HINT error=wrong/>
                    </div>
                </div>
                <div class="form-actions">
                    <Button label=w::DOWNLOAD kind=ButtonKind::Primary icon=IconName::Download submit=true/>
                </div>
            </form>
        </Page>
    }
}
