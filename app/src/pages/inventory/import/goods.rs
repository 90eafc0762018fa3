//! Which column says what, the first rows as they would come in, and what looks wrong about the whole list.

use super::Stand;
use super::fields::{Said, SourceField, Warnings};
use super::mappings::Mappings;
use super::plan::{first_rows, look_again};
use crate::api::import::{discard_import, look_at_import, start_import};
use crate::pages::sending::Sending;
use crate::ui::{Button, ButtonKind, Card, Choice, Notice, NoticeKind};
use crate::words::import as w;
use domain::ids::{ImportId, StoreId};
use domain::import::{
    Alphabet, GoodsField, GoodsPlan, ImportCounts, ImportKind, ImportPlan, ImportPreview, ImportState,
    StartImport,
};
use leptos::prelude::*;

#[component]
pub fn Goods(
    stand: Stand,
    store: StoreId,
    import: ImportId,
    preview: ImportPreview,
    plan: GoodsPlan,
) -> impl IntoView {
    let ImportPreview { file, rows, headers, alphabet, looks_like_shopify, .. } = preview;
    let kind = plan.kind;
    let all: Vec<Said> = GoodsField::of(kind).iter().map(|field| Said::of(&plan.source(*field))).collect();
    let confirmed = RwSignal::new(plan.confirmed);
    let said = {
        let all = all.clone();
        Memo::new(move |_| GoodsPlan {
            kind,
            fields: all.iter().map(|said| said.source()).collect(),
            confirmed: confirmed.get(),
        })
    };
    let starting = Sending::new();
    look_again(stand, import, Signal::derive(move || ImportPlan::from(said.get())), starting);
    let tried = RwSignal::new(false);
    let wrong = move |code: &'static str| {
        Signal::derive(move || {
            stand.preview.with(|preview| {
                let missing = preview.as_ref()?.missing.iter().find(|error| error.field == code)?;
                tried.get().then(|| missing.message.clone())
            })
        })
    };
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        tried.set(true);
        let plan = said.get_untracked().into();
        let cmd = StartImport { command_id: starting.id(), store_id: store, import_id: import, plan };
        starting.send(start_import(cmd), move |()| {
            let counts = ImportCounts { rows, ..ImportCounts::default() };
            stand.state.update(|state| {
                if let ImportState::Waiting(import, file) = state {
                    *state = ImportState::Running(*import, file.clone(), counts);
                }
            });
        });
    };
    let putting_away = Sending::new();
    let other_file = move |_| {
        putting_away.send(discard_import(import), move |()| {
            stand.preview.set(None);
            stand.state.set(ImportState::None);
        });
    };
    let columns: Vec<Choice> =
        headers.iter().enumerate().map(|(at, header)| Choice::new(at.to_string(), header.clone())).collect();
    let control = move |said: Said, columns: Vec<Choice>| {
        view! { <SourceField said stand columns wrong=wrong(said.field.code()) confirmed/> }
    };
    let (first, more): (Vec<Said>, Vec<Said>) =
        all.into_iter().partition(|said| is_asked_first(kind, said.field));
    let more_columns = columns.clone();
    let shopify = looks_like_shopify.then(|| view! { <AsShopify stand import headers=headers.clone()/> });
    let outlook = move || {
        let surveyed =
            stand.preview.with(|preview| preview.as_ref().and_then(|preview| preview.surveyed.clone()));
        surveyed.map(|s| view! { <p role="status">{w::outlook(s.good, s.bad, s.left_out)}</p> })
    };
    view! {
        <form class="form form-wide" novalidate=true on:submit=start>
            {move || starting.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            {move || putting_away.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
            {(alphabet == Alphabet::Windows1252).then(|| view! { <Notice>{w::ASSUMED_LETTERS}</Notice> })}
            {shopify}
            <Mappings stand import headers plan=said/>
            <fieldset class="form-group">
                <legend>{w::columns_of(&file, rows)}</legend>
                {first.into_iter().map(|said| control(said, columns.clone())).collect_view()}
                <details class="import-more">
                    <summary>{w::MORE_FIELDS}</summary>
                    {more.into_iter().map(|said| control(said, more_columns.clone())).collect_view()}
                </details>
            </fieldset>
            <Card title=w::FIRST_ROWS flush=true>{move || stand.preview.get().map(first_rows)}</Card>
            <Warnings stand about=None confirmed/>
            {outlook}
            <div class="form-actions">
                <Button label=w::OTHER_FILE kind=ButtonKind::Quiet pending=putting_away.pending on:click=other_file/>
                <Button label=w::start(rows) kind=ButtonKind::Primary submit=true pending=starting.pending/>
            </div>
        </form>
    }
}

/// What every list must say somehow, and the number on the tag.
const fn is_asked_first(kind: ImportKind, field: GoodsField) -> bool {
    use GoodsField as F;
    match kind {
        ImportKind::Lots => matches!(
            field,
            F::Tag
                | F::Title
                | F::Kind
                | F::Unit
                | F::Quantity
                | F::Weight
                | F::Price
                | F::Cost
                | F::UnitCost
        ),
        ImportKind::Shopify => {
            matches!(field, F::Handle | F::Title | F::Kind | F::Tag | F::Price | F::UnitCost | F::Quantity)
        }
        ImportKind::Pieces | ImportKind::Stones => {
            matches!(field, F::Tag | F::Title | F::Kind | F::Price | F::Cost | F::Metal | F::Quantity)
        }
    }
}

/// Says that the list looks like one of Shopify's, with the way to read it so.
#[component]
fn AsShopify(stand: Stand, import: ImportId, headers: Vec<String>) -> impl IntoView {
    let asking = Sending::new();
    let read = move |_| {
        let plan = ImportPlan::guessed(ImportKind::Shopify, &headers);
        asking.send(look_at_import(import, plan), move |preview| stand.exchange(preview));
    };
    view! {
        <Notice>
            <p>{w::LOOKS_LIKE_SHOPIFY}</p>
            <Button label=w::READ_AS_SHOPIFY kind=ButtonKind::Secondary pending=asking.pending on:click=read/>
            {move || asking.error.get().map(|error| view! { <p>{error.message}</p> })}
        </Notice>
    }
}
