//! Counting the float into the drawer.

use super::expect_register;
use crate::api::till::open_till;
use crate::client::new_command_id;
use crate::ui::{Button, ButtonKind, ButtonSize, Card, Field, IconName};
use crate::words::register as w;
use domain::moment::Confirmed;
use domain::money::Money;
use domain::till::OpenTill;
use leptos::prelude::*;

#[component]
pub fn OpenTillCard(on_opened: impl Fn() + Clone + 'static) -> impl IntoView {
    let register = expect_register();
    let float = RwSignal::new(String::from("200.00"));
    let error = RwSignal::new(None::<String>);
    let command = new_command_id();
    let opening = Action::new_local(move |cmd: &OpenTill| {
        let (cmd, on_opened) = (cmd.clone(), on_opened.clone());
        async move {
            match open_till(cmd).await {
                Ok(_) => on_opened(),
                Err(refused) => error.set(Some(refused.message)),
            }
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let amount = Money::parse(&float.get_untracked());
        error.set(amount.as_ref().err().map(ToString::to_string));
        let place = register
            .snapshot
            .with_untracked(|s| s.as_ref().and_then(|s| Some((s.store.id, s.till.as_ref()?.id))));
        if let (Ok(float), Some((store_id, till_id))) = (amount, place) {
            opening.dispatch_local(OpenTill {
                command_id: command,
                store_id,
                till_id,
                float,
                date_confirmed: Confirmed::No,
            });
        }
    };
    view! {
        <div class="page">
            <Card title=w::OPEN_TITLE>
                <form class="stack" on:submit=send>
                    <p class="soft">{w::OPEN_TEXT}</p>
                    <Field name="float" label=w::FLOAT value=float amount=true error=error required=true/>
                    <Button label=w::OPEN_BUTTON kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Till submit=true pending=opening.pending()/>
                </form>
            </Card>
        </div>
    }
}
