//! One style with its variations and what the stores have of each.

use super::{id_in_address, load};
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::inventory::photos::VariationPhotos;
use crate::pages::paging::address;
use crate::ui::{Amount, Card, IconName, LinkButton, Page, Skeleton, Table};
use crate::words::{photos as words_of_photos, styles as w};
use domain::item::{ItemKind, PieceDetails};
use domain::person::Permission;
use domain::photo::Photo;
use domain::style::{StyleSheet, Variation, VariationStock};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn StylePage() -> impl IntoView {
    view! { <Title text=w::STYLE/> <Staff current="/inventory"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(move || id.get(), load);
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(sheet) => detail(sheet).into_any(),
                }
            })}
        </Suspense>
    }
}

fn detail(StyleSheet { style, stock, mut photos }: StyleSheet) -> impl IntoView {
    let edit = format!("/inventory/styles/{}/edit", style.id);
    let lead =
        [Some(style.number.clone()), Some(style.kind.label().to_owned()), style.brand, style.vendor_style];
    let lead = lead.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let costs = style.variations.iter().any(|variation| variation.cost.is_some());
    view! {
        <Page
            title=style.name
            lead=lead
            back=("/inventory/styles".to_owned(), w::TITLE.to_owned())
            actions=move || view! {
                <May permission=Permission::EditItems><LinkButton href=edit.clone() label=w::EDIT icon=IconName::Edit/></May>
            }
        >
            {style.note.map(|note| view! { <Card><p>{note}</p></Card> })}
            <Table label=w::VARIATIONS>
                <thead><tr>
                    <th class="cell-drawing"><span class="unseen">{words_of_photos::PHOTOS}</span></th>
                    <th>{w::VARIATION}</th><th>{w::STOCK}</th>
                    {costs.then(|| view! { <th class="amount">{w::COST}</th> })}
                    <th class="amount">{w::PRICE}</th><th></th>
                </tr></thead>
                <tbody>{style.variations.into_iter().map(|variation| {
                    let here = stock.iter().filter(|stock| stock.variation == variation.id).cloned().collect();
                    let shown = photos.remove(&variation.id).unwrap_or_default();
                    row(variation, style.kind, here, shown, costs)
                }).collect_view()}</tbody>
            </Table>
        </Page>
    }
}

fn row(
    variation: Variation,
    kind: ItemKind,
    stock: Vec<VariationStock>,
    photos: Vec<Photo>,
    costs: bool,
) -> impl IntoView {
    let id = variation.id.to_string();
    let (metal, karat) = (variation.metal, variation.karat);
    let details = PieceDetails { kind, metal, karat, ..PieceDetails::default() };
    let what = variation.describe();
    let name = if what.is_empty() { variation.sku.clone() } else { what };
    let pieces = address("/inventory", &[("variation", &id)]);
    let add = address("/inventory/new", &[("variation", &id)]);
    let in_stores = if stock.is_empty() {
        view! { <span class="soft">{w::NO_STOCK}</span> }.into_any()
    } else {
        view! { <a href=pieces>{stock.iter().map(in_store).collect::<Vec<_>>().join("; ")}</a> }.into_any()
    };
    view! {
        <tr>
            <td class="cell-drawing"><VariationPhotos id=variation.id sku=variation.sku.clone() photos details/></td>
            <td class="cell-main">{name}<span class="cell-sub code">{variation.sku}</span></td>
            <td data-label=w::STOCK class="cell-text">{in_stores}</td>
            {costs.then(|| view! {
                <td data-label=w::COST class="amount">
                    {match variation.cost {
                        Some(cost) => view! { <Amount value=cost/> }.into_any(),
                        None => view! { <span class="soft">{w::NO_COST}</span> }.into_any(),
                    }}
                </td>
            })}
            <td data-label=w::PRICE class="amount"><Amount value=variation.price/></td>
            <td><May permission=Permission::EditItems><a class="chip" href=add.clone()>{w::ADD_PIECE}</a></May></td>
        </tr>
    }
}

fn in_store(stock: &VariationStock) -> String {
    let lots = stock.lots.iter().map(|(unit, quantity)| quantity.show(*unit));
    let unique = (stock.in_case + stock.elsewhere > 0)
        .then(|| w::in_store(stock.in_case, stock.elsewhere, &stock.store_name));
    unique.into_iter().chain(lots).collect::<Vec<_>>().join(", ")
}
