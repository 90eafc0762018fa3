//! Counting the float into the drawer.

use super::expect_register;
use crate::api::till::open_till;
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, ButtonSize, Card, CheckField, Field, IconName, Notice, NoticeKind};
use crate::words::register as w;
use domain::moment::Confirmed;
use domain::money::Money;
use domain::till::OpenTill;
use leptos::prelude::*;

#[component]
pub fn OpenTillCard(on_opened: impl Fn() + Clone + Send + 'static) -> impl IntoView {
    let register = expect_register();
    let float = RwSignal::new(String::from("200.00"));
    let wrong_amount = RwSignal::new(None::<String>);
    let opening = Sending::new();
    // A clock that makes no sense is asked about; whoever may close the day looks at it and says so.
    let doubt = RwSignal::new(None::<String>);
    let confirmed = RwSignal::new(false);
    Effect::new(move |_| {
        if let Some(sentence) = opening.wrong("date_confirmed").get() {
            doubt.set(Some(sentence));
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let amount = Money::parse(&float.get_untracked());
        wrong_amount.set(amount.as_ref().err().map(ToString::to_string));
        let place = register
            .snapshot
            .with_untracked(|s| s.as_ref().and_then(|s| Some((s.store.id, s.till.as_ref()?.id))));
        if let (Ok(float), Some((store_id, till_id))) = (amount, place) {
            let cmd = OpenTill {
                command_id: opening.id(),
                store_id,
                till_id,
                float,
                date_confirmed: if confirmed.get_untracked() { Confirmed::Yes } else { Confirmed::No },
            };
            let on_opened = on_opened.clone();
            opening.send(open_till(cmd), move |_| on_opened());
        }
    };
    let error = Signal::derive(move || {
        let about_date = opening.wrong("date_confirmed").get().is_some();
        wrong_amount.get().or_else(|| opening.message().get().filter(|_| !about_date))
    });
    view! {
        <div class="page">
            <Card title=w::OPEN_TITLE>
                <form class="stack" novalidate=true on:submit=send>
                    <p class="soft">{w::OPEN_TEXT}</p>
                    <Field name="float" label=w::FLOAT value=float amount=true error=error required=true/>
                    {move || doubt.get().map(|sentence| view! {
                        <Notice kind=NoticeKind::Warning>{sentence}</Notice>
                        <CheckField name="date_confirmed" label=w::DATE_IS_RIGHT value=confirmed/>
                    })}
                    <Button label=w::OPEN_BUTTON kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Till submit=true pending=opening.pending/>
                </form>
            </Card>
        </div>
    }
}
