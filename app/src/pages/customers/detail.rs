//! One customer: everything on the card, and what they bought.

use super::history::{HistoryCard, history_of};
use super::household::HouseholdCard;
use super::merged::{MergeDialog, MergedCards};
use super::notes::NotesCard;
use super::private::PrivateCard;
use super::{Vip, id_in_address, load};
use crate::error::AppError;
use crate::pages::frame::{May, Problem, Staff};
use crate::pages::paging::address;
use crate::pages::when;
use crate::ui::{Button, ButtonKind, Card, IconName, LinkButton, Notice, NoticeKind, Page, Skeleton};
use crate::words::customers as w;
use domain::customer::{Address, Contact, CustomerDetail, CustomerFile};
use domain::ids::CustomerId;
use domain::person::Permission;
use domain::sale::{Audience, SalePage};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn CustomerPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/customers"><One/></Staff> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(
        move || id.get(),
        |id| async move {
            let customer = load(id).await?;
            let history = history_of(customer.id, Audience::Staff, 0).await?;
            Ok::<_, AppError>((id, customer, history))
        },
    );
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok((asked, customer, history)) => view! { <Detail asked customer history/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Detail(asked: Option<CustomerId>, customer: CustomerDetail, history: SalePage) -> impl IntoView {
    let CustomerDetail { id, number, file, private, notes, household, merged, .. } = customer;
    let (edit, account) = (format!("/customers/{id}/edit"), format!("/customers/{id}/account"));
    let merging = RwSignal::new(false);
    let in_household = household.is_some();
    view! {
        <Page
            title=file.display_name()
            lead=number
            back=("/customers".to_owned(), w::TITLE.to_owned())
            actions=move || view! {
                <May permission=Permission::MergeCustomers><Button label=w::MERGE_WITH kind=ButtonKind::Quiet on:click=move |_| merging.set(true)/></May>
                <May permission=Permission::ViewReceivables><LinkButton href=account.clone() label=w::ACCOUNT icon=IconName::Ledger/></May>
                <May permission=Permission::EditCustomers><LinkButton href=edit.clone() label=w::EDIT icon=IconName::Edit/></May>
            }
        >
            {(asked != Some(id)).then(|| view! { <Notice kind=NoticeKind::Info>{w::STANDS_FOR_IT}</Notice> })}
            <MergeDialog customer=id merging/>
            <Marks vip=file.vip tags=file.tags.clone()/>
            <ReachCard file=file.clone()/>
            <WishesCard file/>
            <PrivateCard entries=private/>
            <HouseholdCard customer=id household/>
            <NotesCard customer=id notes/>
            <MergedCards merged/>
            <HistoryCard customer=id history in_household/>
        </Page>
    }
}

/// VIP, and the tags as links to everybody who has them.
#[component]
fn Marks(vip: bool, tags: Vec<String>) -> impl IntoView {
    (vip || !tags.is_empty()).then(|| {
        view! {
            <div class="row">
                {vip.then(|| view! { <Vip/> })}
                {tags.into_iter().map(|tag| view! {
                    <a class="badge" href=address("/customers", &[("tag", &tag)])>{tag.clone()}</a>
                }).collect_view()}
            </div>
        }
    })
}

fn fact(name: String, value: impl IntoView + 'static) -> AnyView {
    view! { <div class="fact"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

/// `Phone · mobile`, the first one marked.
fn named(one: &str, kind: Option<&String>, at: usize, of: usize) -> String {
    let kind = kind.map(|kind| format!(" · {kind}")).unwrap_or_default();
    let primary = if at == 0 && of > 1 { format!(" ({})", w::PRIMARY.to_lowercase()) } else { String::new() };
    format!("{one}{kind}{primary}")
}

fn contacts(one: &'static str, scheme: &'static str, all: Vec<Contact>) -> Vec<AnyView> {
    let of = all.len();
    let shown = all.into_iter().enumerate().map(|(at, Contact { kind, value })| {
        let href = format!("{scheme}:{value}");
        fact(named(one, kind.as_ref(), at, of), view! { <a href=href rel="external">{value}</a> })
    });
    shown.collect()
}

fn addresses(all: Vec<Address>) -> Vec<AnyView> {
    let of = all.len();
    let shown = all.into_iter().enumerate().map(|(at, address)| {
        let name = named(w::ADDRESS, address.kind.as_ref(), at, of);
        let (street, place) = (address.street.clone(), address.place());
        fact(name, view! { {street.map(|street| view! { {street} <br/> })} {place} })
    });
    shown.collect()
}

#[component]
fn ReachCard(file: CustomerFile) -> impl IntoView {
    let mut facts = contacts(w::PHONE, "tel", file.phones);
    facts.extend(contacts(w::EMAIL, "mailto", file.emails));
    facts.extend(addresses(file.addresses));
    facts.extend(file.exemption.map(|exemption| {
        let until = exemption.expires_on.map(|date| format!(", {} {}", w::UNTIL, when::day(date)));
        fact(w::CERTIFICATE.to_owned(), format!("{exemption}{}", until.unwrap_or_default()))
    }));
    facts.extend(
        file.note.map(|note| fact(w::NOTE.to_owned(), view! { <span class="written">{note}</span> })),
    );
    (!facts.is_empty()).then(|| view! { <Card title=w::REACH><dl class="facts">{facts}</dl></Card> })
}

/// Days, sizes and tastes: what a present is chosen by.
#[component]
fn WishesCard(file: CustomerFile) -> impl IntoView {
    let mut facts: Vec<AnyView> =
        file.dates.iter().map(|date| fact(w::date_name(date), w::day_of(date))).collect();
    facts.extend(file.tastes.rings.iter().map(|ring| fact(w::ring_name(ring), ring.size())));
    facts.extend(file.tastes.metal.map(|metal| fact(w::METAL.to_owned(), metal)));
    facts.extend(file.tastes.style.map(|style| fact(w::STYLE.to_owned(), style)));
    facts.extend(
        file.tastes
            .text
            .map(|text| fact(w::TASTES_TEXT.to_owned(), view! { <span class="written">{text}</span> })),
    );
    (!facts.is_empty()).then(|| view! { <Card title=w::TASTES><dl class="facts">{facts}</dl></Card> })
}
