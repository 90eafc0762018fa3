//! Changing the pieces of a list at once: what would happen is shown before it does.

use super::list::filter_in;
use crate::api::item::{change_items, preview_bulk};
use crate::api::register::load_register;
use crate::pages::frame::{Problem, Staff};
use crate::pages::inventory::form::choices;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::ui::{
    Button, ButtonKind, Card, EmptyState, Field, IconName, Notice, NoticeKind, Page, SelectField, Skeleton,
    Table,
};
use crate::words::inventory as w;
use domain::ids::StoreId;
use domain::item::{BulkKind, BulkPreview, ChangeItems, PriceEnding, TypedBulk};
use domain::tax::Taxability;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn BulkPage() -> impl IntoView {
    view! { <Title text=w::CHANGE_MANY/> <Staff current="/inventory"><Bulk/></Staff> }
}

#[component]
fn Bulk() -> impl IntoView {
    let place = Resource::new(|| (), |()| load_register());
    view! {
        <Page title=w::CHANGE_MANY lead=w::CHANGE_MANY_LEAD back=("/inventory".to_owned(), w::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=4/> }>
                {move || Suspend::new(async move {
                    match place.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(place) => view! { <Form store=place.store.id/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

#[component]
fn Form(store: StoreId) -> impl IntoView {
    let query = use_query_map();
    let fields = Typed::of(&TypedBulk {
        kind: BulkKind::default().code().to_owned(),
        ending: PriceEnding::default().code().to_owned(),
        taxability: Taxability::default().code().to_owned(),
        ..TypedBulk::default()
    });
    let text = move |name: &'static str| fields.text(name);
    let kind = Memo::new(move |_| text("kind").with(|kind| kind.parse::<BulkKind>().unwrap_or_default()));
    let shown = RwSignal::new(None::<(TypedBulk, BulkPreview)>);
    let done = RwSignal::new(None::<usize>);
    let (looking, changing) = (Sending::new(), Sending::new());
    // What was shown is of what was typed then.
    Effect::new(move |_| {
        drop(fields.get());
        shown.set(None);
        changing.changed();
    });
    let look = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        done.set(None);
        let (typed, filter) = (fields.read(), query.with_untracked(filter_in));
        looking
            .send(preview_bulk(store, filter, typed.clone()), move |found| shown.set(Some((typed, found))));
    };
    let change = move |_| {
        let Some((typed, preview)) = shown.get_untracked() else { return };
        let pieces = preview.lines.iter().map(|line| (line.id, line.version)).collect();
        let cmd = ChangeItems { command_id: changing.id(), store_id: store, typed, pieces };
        changing.send(change_items(cmd), move |count| {
            shown.set(None);
            done.set(Some(count));
        });
    };
    let wrong = move |name: &'static str| looking.wrong(name);
    view! {
        <form class="form" novalidate=true on:submit=look>
            <div class="form-row">
                <SelectField name="kind" label=w::WHAT value=text("kind") choices=choices!(BulkKind) error=wrong("kind")/>
                {move || match kind.get() {
                    BulkKind::PriceUp | BulkKind::PriceDown => view! {
                        <Field name="percent" label=w::PERCENT value=text("percent") amount=true error=wrong("percent") required=true/>
                        <SelectField name="ending" label=w::ENDING value=text("ending") choices=choices!(PriceEnding) error=wrong("ending")/>
                    }.into_any(),
                    BulkKind::Location => view! {
                        <Field name="location" label=w::WHERE value=text("location") error=wrong("location")/>
                    }.into_any(),
                    BulkKind::Taxability => view! {
                        <SelectField name="taxability" label=w::TAXED value=text("taxability") choices=choices!(Taxability) error=wrong("taxability")/>
                    }.into_any(),
                }}
            </div>
            <div class="form-actions"><Button label=w::PREVIEW submit=true pending=looking.pending/></div>
        </form>
        {move || changing.error.get().map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })}
        {move || done.get().map(|count| view! { <Notice kind=NoticeKind::Success>{w::changed(count)}</Notice> })}
        {move || shown.get().map(|(_, preview)| view! { <Preview preview/> <Change shown changing on_change=Callback::new(change)/> })}
    }
}

#[component]
fn Change(
    shown: RwSignal<Option<(TypedBulk, BulkPreview)>>,
    changing: Sending,
    on_change: Callback<()>,
) -> impl IntoView {
    let count = shown.with_untracked(|shown| shown.as_ref().map_or(0, |(_, preview)| preview.lines.len()));
    (count > 0).then(|| view! {
        <div class="form-actions">
            <Button label=w::change(count) kind=ButtonKind::Primary pending=changing.pending on:click=move |_| on_change.run(())/>
        </div>
    })
}

#[component]
fn Preview(preview: BulkPreview) -> impl IntoView {
    let BulkPreview { lines, same, more } = preview;
    view! {
        {more.then(|| view! { <Notice kind=NoticeKind::Warning>{w::MORE_THAN_AT_ONCE}</Notice> })}
        {(same > 0).then(|| view! { <p class="soft">{w::same(same)}</p> })}
        {if lines.is_empty() {
            view! { <EmptyState icon=IconName::Inventory title=w::NOTHING_TO_CHANGE text=w::EMPTY_TEXT/> }.into_any()
        } else {
            view! {
                <Card flush=true>
                    <Table label=w::PREVIEW>
                        <thead><tr><th>{w::PIECE}</th><th class="amount">{w::BEFORE}</th><th class="amount">{w::AFTER}</th></tr></thead>
                        <tbody>
                            {lines.into_iter().map(|line| view! {
                                <tr>
                                    <td class="cell-main">{line.description}<span class="cell-sub code">{line.tag}</span></td>
                                    <td data-label=w::BEFORE class="amount">{line.before}</td>
                                    <td data-label=w::AFTER class="amount"><strong>{line.after}</strong></td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </Table>
                </Card>
            }.into_any()
        }}
    }
}
