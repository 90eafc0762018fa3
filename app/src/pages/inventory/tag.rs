//! The tag of a piece, and the tags of a whole list in one run.

use super::list::{filter_in, of_what};
use crate::api::item::list_items;
use crate::client::print_page;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{Paging, address};
use crate::ui::{Barcode, Button, ButtonKind, EmptyState, IconName, Page, QrCode, Skeleton};
use crate::words::inventory as w;
use domain::item::{ItemFilter, ItemKind, ItemPage, ItemStatus, ShownItem, describe};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// What a machine reads off a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagCode {
    Bars,
    Square,
}

#[component]
fn CodeChoice(code: RwSignal<TagCode>) -> impl IntoView {
    let choice = move |of: TagCode, label: &'static str| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (code.get() == of).to_string() on:click=move |_| code.set(of)>
                {label}
            </button>
        }
    };
    view! {
        <div class="filters" role="group" aria-label=w::TAG_CODE>{choice(TagCode::Bars, w::BARS)} {choice(TagCode::Square, w::SQUARE)}</div>
    }
}

/// One printed tag, with bars for a scanner or a square for a camera.
#[component]
fn Label(item: ShownItem, code: RwSignal<TagCode>) -> impl IntoView {
    let (value, label) = (item.tag.clone(), w::tag(&item.tag));
    let each = item.lot.map(|lot| lot.unit.each());
    view! {
        <div class="tag-label">
            {move || match code.get() {
                TagCode::Bars => view! { <Barcode value=value.clone() bars_only=true/> }.into_any(),
                TagCode::Square => view! { <QrCode value=value.clone() label=label.clone()/> }.into_any(),
            }}
            <div>
                <div class="code">{item.tag}</div>
                <div class="tag-name">{describe(&item.details)}</div>
                <div class="tag-price">{item.price.to_string()} {each.map(|each| format!(" {each}"))}</div>
            </div>
        </div>
    }
}

/// The tag on a piece's own page.
#[component]
pub fn Tag(item: ShownItem) -> impl IntoView {
    let code = RwSignal::new(TagCode::Bars);
    view! {
        <CodeChoice code/>
        <div class="print-area"><Label item code/></div>
    }
}

#[component]
pub fn TagsPage() -> impl IntoView {
    view! { <Title text=w::PRINT_TAGS/> <Staff current="/inventory"><Tags/></Staff> }
}

#[component]
fn Tags() -> impl IntoView {
    let query = use_query_map();
    let filter = Memo::new(move |_| filter_in(&query.read()));
    let page = Resource::new(move || filter.get(), list_items);
    let code = RwSignal::new(TagCode::Bars);
    view! {
        <Page title=w::PRINT_TAGS back=("/inventory".to_owned(), w::TITLE.to_owned()) actions=|| view! {
            <Button label=w::PRINT kind=ButtonKind::Primary icon=IconName::Print on:click=move |_| print_page()/>
        }>
            <CodeChoice code/>
            <Suspense fallback=|| view! { <Skeleton count=6/> }>
                {move || Suspend::new(async move {
                    match page.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) if page.items.is_empty() => view! {
                            <EmptyState icon=IconName::Inventory title=w::EMPTY text=w::EMPTY_TEXT/>
                        }.into_any(),
                        Ok(page) => view! { <Run page filter=filter.get_untracked() code/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// The tags of one page of the list, printed together.
#[component]
fn Run(page: ItemPage, filter: ItemFilter, code: RwSignal<TagCode>) -> impl IntoView {
    let (shown, all, more) = (page.items.len() as u64, page.count, page.more);
    let offset = filter.offset;
    view! {
        <div class="tag-run print-area">
            {page.items.into_iter().map(|item| view! { <Label item code/> }).collect_view()}
        </div>
        <Paging offset shown all more label=w::PRINT_TAGS address=move |from| {
            let from = if from == 0 { String::new() } else { from.to_string() };
            let [variation, vendor, receipt] = of_what(&filter);
            address("/inventory/tags", &[
                ("q", &filter.words),
                ("kind", filter.kind.map_or("", ItemKind::code)),
                ("status", filter.status.map_or("", ItemStatus::code)),
                ("variation", &variation),
                ("vendor", &vendor),
                ("receipt", &receipt),
                ("from", &from),
            ])
        }/>
    }
}
