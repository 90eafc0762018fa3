//! Choosing who sold the ticket, and how much of it counts as whose.

use super::expect_register;
use crate::ui::{Button, ButtonKind, CheckField, Dialog, Field, Notice, NoticeKind};
use crate::words::register as w;
use domain::ids::PersonId;
use domain::rate::Rate;
use domain::sale::{SellerShare, check_shares, even_shares};
use leptos::prelude::*;

#[component]
pub fn SellersDialog() -> impl IntoView {
    let register = expect_register();
    view! {
        <Dialog id="sellers" title=w::SELLERS open=register.choosing_sellers>
            {move || register.choosing_sellers.get().then(|| view! { <SellersForm/> })}
        </Dialog>
    }
}

/// Somebody who may have sold it.
#[derive(Debug, Clone)]
struct Seller {
    id: PersonId,
    name: String,
    ticked: RwSignal<bool>,
    percent: RwSignal<String>,
}

/// A share as it stands in a field.
fn percent(weight: Rate) -> String {
    weight.to_string().trim_end_matches([' ', '%']).to_owned()
}

/// Whoever may sell here, those of the ticket with their shares.
fn sellers() -> Vec<Seller> {
    let register = expect_register();
    let chosen = register.sellers.get_untracked();
    register.snapshot.with_untracked(|snapshot| {
        let Some(snapshot) = snapshot else { return Vec::new() };
        let weight = |id: PersonId| match chosen.iter().find(|share| share.person_id == id) {
            Some(share) => Some(share.weight),
            None => (chosen.is_empty() && id == snapshot.person_id).then_some(Rate::ONE),
        };
        let seller = |(id, name): &(PersonId, String)| Seller {
            id: *id,
            name: name.clone(),
            ticked: RwSignal::new(weight(*id).is_some()),
            percent: RwSignal::new(weight(*id).map(percent).unwrap_or_default()),
        };
        snapshot.staff.iter().map(seller).collect()
    })
}

#[component]
fn SellersForm() -> impl IntoView {
    let register = expect_register();
    let sellers = StoredValue::new(sellers());
    let error = RwSignal::new(None::<String>);
    // Whoever joins or leaves changes the shares of all: the same for each, until somebody types others.
    Effect::new(move |before: Option<Vec<PersonId>>| {
        let ticked: Vec<PersonId> =
            sellers.with_value(|sellers| sellers.iter().filter(|s| s.ticked.get()).map(|s| s.id).collect());
        if before.is_some_and(|before| before != ticked)
            && let Ok(shares) = even_shares(&ticked)
        {
            sellers.with_value(|sellers| {
                for seller in sellers {
                    let share = shares.iter().find(|share| share.person_id == seller.id);
                    seller.percent.set(share.map(|share| percent(share.weight)).unwrap_or_default());
                }
            });
        }
        ticked
    });
    let apply = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let read = sellers.with_value(|sellers| {
            let ticked = sellers.iter().filter(|seller| seller.ticked.get_untracked());
            ticked
                .map(|seller| {
                    let weight = Rate::parse_percent(&seller.percent.get_untracked())
                        .map_err(|error| format!("{}: {error}", seller.name))?;
                    Ok(SellerShare { person_id: seller.id, weight })
                })
                .collect::<Result<Vec<_>, String>>()
        });
        match read
            .and_then(|shares| check_shares(&shares).map(|()| shares).map_err(|error| error.to_string()))
        {
            Ok(shares) => {
                register.sellers.set(shares);
                register.sending.changed();
                register.choosing_sellers.set(false);
            }
            Err(refused) => error.set(Some(refused)),
        }
    };
    let rows = sellers
        .get_value()
        .into_iter()
        .map(|Seller { id, name, ticked, percent }| {
            let share = w::share_of(&name);
            view! {
                <div class="seller">
                    <CheckField name=format!("seller-{id}") label=name value=ticked/>
                    {move || ticked.get().then(|| view! {
                        <Field name=format!("share-{id}") label=share.clone() value=percent amount=true/>
                    })}
                </div>
            }
        })
        .collect_view();
    view! {
        <form class="stack" novalidate=true on:submit=apply>
            {move || error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error}</Notice> })}
            <div class="sellers">{rows}</div>
            <Button label=w::SET_SELLERS kind=ButtonKind::Primary submit=true wide=true/>
        </form>
    }
}
