//! Whom to contact today, and why.

use super::desk_rows::listed;
use super::{DESK, Ways};
use crate::api::receivable_collect::{desk_in, load_desk};
use crate::error::AppError;
use crate::live::renew_on;
use crate::pages::frame::{Problem, Staff};
use crate::pages::paging::{address, offset};
use crate::ui::{Button, ButtonKind, Choice, Field, FigureCard, Page, SelectField, Skeleton};
use crate::words::{collect as w, common, receivables};
use domain::live::NewsKind;
use domain::receivable::collect::{DeskAsked, DeskPage as Listed, Whose};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

#[component]
pub fn DeskPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/receivables"><Desk/></Staff> }
}

/// The list as it was looked at again, and what it had been asked for.
type Renewed = Option<(DeskAsked, Result<Listed, AppError>)>;

#[component]
fn Desk() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        DeskAsked { offset: offset(&query), ..desk_in(|name| query.get(name)) }
    });
    let found = Resource::new(move || asked.get(), load_desk);
    // News change the list and leave the filter alone, in which somebody may be typing.
    let renewed = RwSignal::<Renewed>::new(None);
    renew_on(&[NewsKind::Receivables], move || {
        let asked = asked.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = load_desk(asked.clone()).await;
            // The page may be gone meanwhile.
            renewed.try_set(Some((asked, answer)));
        });
    });
    view! {
        <Page title=receivables::TITLE lead=w::LEAD>
            <Ways current=DESK/>
            <Suspense fallback=|| view! { <Skeleton count=8/> }>
                {move || Suspend::new(async move {
                    let asked = asked.get_untracked();
                    match found.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(page) => view! {
                            {filters(&page, &asked)}
                            {move || match renewed.get() {
                                Some((same, Ok(newer))) if same == asked => shown(newer, &asked).into_any(),
                                Some((same, Err(error))) if same == asked => view! {
                                    <Problem error/>
                                    {shown(page.clone(), &asked)}
                                }.into_any(),
                                _ => shown(page.clone(), &asked).into_any(),
                            }}
                        }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// The address of the list, narrowed like this.
pub(super) fn narrowed(asked: &DeskAsked, from: u64) -> String {
    let whose = if asked.whose == Whose::default() { "" } else { asked.whose.code() };
    let store = asked.store.map(|id| id.to_string()).unwrap_or_default();
    let from = if from == 0 { String::new() } else { from.to_string() };
    address(DESK, &[("q", &asked.words), ("whose", whose), ("store", &store), ("from", &from)])
}

/// Where in the list somebody came from to an account, if the address says so.
pub(in crate::pages) fn back_to_desk(address: Option<String>) -> Option<String> {
    address
        .filter(|back| back.strip_prefix(DESK).is_some_and(|rest| rest.is_empty() || rest.starts_with('?')))
}

fn filters(page: &Listed, asked: &DeskAsked) -> impl IntoView + use<> {
    let words = RwSignal::new(asked.words.clone());
    let whose = RwSignal::new(asked.whose.code().to_owned());
    let store = RwSignal::new(asked.store.map(|id| id.to_string()).unwrap_or_default());
    let everybody = Whose::ALL.iter().map(|one| Choice::new(one.code(), one.label())).collect::<Vec<_>>();
    let stores: Vec<_> =
        page.stores.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    view! {
        <form class="list-filters" method="get" action=DESK role="search" aria-label=w::TITLE>
            <Field name="q" label=w::WORDS placeholder=w::WORDS_HINT value=words/>
            <SelectField name="whose" label=w::WHOSE value=whose choices=everybody/>
            {(stores.len() > 1).then(|| view! { <SelectField name="store" label=w::STORE value=store choices=stores none=w::ALL_STORES/> })}
            <div class="row"><Button label=common::SHOW kind=ButtonKind::Primary submit=true/></div>
        </form>
    }
}

fn shown(page: Listed, asked: &DeskAsked) -> impl IntoView + use<> {
    view! {
        <div class="figures figures-money">
            <FigureCard name=w::TO_CONTACT value=page.to_contact.to_string() note=w::of_listed(page.count)/>
            <FigureCard name=w::TO_COLLECT value=page.to_collect.to_string() note=w::TO_COLLECT_NOTE/>
            <FigureCard name=w::KEPT value=w::kept_rate(page.kept) note=w::kept_of(page.kept)/>
        </div>
        {listed(page, asked)}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_leads_to_the_desk_and_nowhere_else() {
        let back = |address: &str| back_to_desk(Some(address.to_owned()));
        for address in ["/receivables/desk", "/receivables/desk?whose=mine&from=50"] {
            assert_eq!(back(address).as_deref(), Some(address));
        }
        for address in ["", "//elsewhere.example", "/receivables/desks", "javascript:/receivables/desk"] {
            assert_eq!(back(address), None);
        }
        assert_eq!(back_to_desk(None), None);
        let mine = DeskAsked { words: "ada b".into(), whose: Whose::Mine, ..DeskAsked::default() };
        let there = narrowed(&mine, 50);
        assert_eq!(back(&there).as_deref(), Some(there.as_str()));
        assert_eq!(narrowed(&DeskAsked::default(), 0), "/receivables/desk");
    }
}
