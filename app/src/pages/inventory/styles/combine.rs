//! Many variations at once: every metal with every quality and size.

use super::form::Rows;
use crate::ui::{Button, ButtonKind, CheckField, Dialog, Field};
use crate::words::styles as w;
use domain::item::{Karat, Metal};
use domain::style::combine;
use leptos::prelude::*;

/// What styles are most often made in.
const METALS: [(Metal, Option<Karat>); 7] = [
    (Metal::YellowGold, Some(Karat::K14)),
    (Metal::WhiteGold, Some(Karat::K14)),
    (Metal::RoseGold, Some(Karat::K14)),
    (Metal::YellowGold, Some(Karat::K18)),
    (Metal::WhiteGold, Some(Karat::K18)),
    (Metal::Platinum, None),
    (Metal::Silver, None),
];

#[component]
pub fn Combine(open: RwSignal<bool>, rows: Rows) -> impl IntoView {
    let chosen = METALS.map(|metal| (metal, RwSignal::new(false)));
    let (qualities, sizes, price) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let listed = |text: RwSignal<String>| {
        text.with_untracked(|text| {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect::<Vec<_>>()
        })
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let metals: Vec<_> =
            chosen.iter().filter(|(_, on)| on.get_untracked()).map(|(metal, _)| *metal).collect();
        let price = price.get_untracked();
        for made in combine(&rows.read(), &metals, &listed(qualities), &listed(sizes), price.trim()) {
            rows.add(&made);
        }
        open.set(false);
    };
    let choice = |((metal, karat), on): ((Metal, Option<Karat>), RwSignal<bool>)| {
        let label = karat.map_or_else(|| metal.label().to_owned(), |karat| format!("{karat} {metal}"));
        let name = format!("combine-{}-{}", metal.code(), karat.map(Karat::code).unwrap_or_default());
        view! { <CheckField name label value=on/> }
    };
    view! {
        <Dialog id="combine" title=w::COMBINE open>
            <form class="stack" novalidate=true on:submit=send>
                <p class="soft">{w::COMBINE_TEXT}</p>
                <fieldset class="stack">
                    <legend class="field-label">{w::METALS}</legend>
                    {chosen.map(choice).collect_view()}
                </fieldset>
                <Field name="combine-qualities" label=w::QUALITIES value=qualities optional=true/>
                <Field name="combine-sizes" label=w::SIZES value=sizes optional=true/>
                <Field name="combine-price" label=w::PRICE_OF_EACH value=price amount=true optional=true/>
                <Button label=w::COMBINE kind=ButtonKind::Primary submit=true wide=true/>
            </form>
        </Dialog>
    }
}
