//! The register. Its first render depends on no request: no names, no data, an empty ticket. All of it
//! comes afterwards in one snapshot, so the page can be served before anybody is known.

mod approval;
mod customer;
mod discount;
mod done;
mod exempt;
mod find;
mod kept;
mod lease;
mod open_till;
mod parking;
mod quantity;
mod refund;
mod returns;
mod secret;
mod sellers;
mod standing;
mod state;
mod tender;
mod ticket;

use crate::api::register::load_register;
use crate::pages::frame::{Place, Placed, Problem};
use crate::ui::{EmptyState, IconName, Skeleton, SkeletonShape};
use crate::words::register as w;
use customer::CustomerDialog;
use discount::DiscountDialog;
use done::Done;
use exempt::ExemptDialog;
use find::FindPieces;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use open_till::OpenTillCard;
use parking::{ParkDialog, ParkedDialog};
use quantity::QuantityDialog;
use refund::RefundPanel;
use returns::ReturnDialog;
use secret::SecretDialog;
use sellers::SellersDialog;
use state::{Register, Stage};
use tender::TenderPanel;
use ticket::Ticket;

#[component]
pub fn RegisterPage() -> impl IntoView {
    let register = Register::new();
    provide_context(register);
    register.follow_standing();
    let load = Action::new_local(move |(): &()| async move {
        match load_register().await {
            Ok(snapshot) => register.start(snapshot),
            Err(error) => register.problem.set(Some(error)),
        }
    });
    Effect::new(move |_| {
        load.dispatch_local(());
    });
    register.keep_ticket();
    register.keep_pieces();
    let query = use_query_map();
    Effect::new(move |_| {
        // A sale's page sends its number here.
        if let Some(number) = query.read().get("return").filter(|_| register.shown.get() == Shown::Selling) {
            register.return_code.set(number);
            register.returning.set(true);
        }
    });
    find::listen_for_scanner(register);
    let place = Signal::derive(move || {
        register.snapshot.with(|snapshot| {
            snapshot.as_ref().map_or_else(Place::default, |s| Place {
                store: s.store.name.clone(),
                till: s.till.as_ref().map(|till| till.name.clone()),
                person: Some(s.person.clone()),
                demo: s.demo,
                permissions: s.permissions.clone(),
                idle_minutes: s.till.as_ref().map(|_| s.policy.idle_lock_minutes),
            })
        })
    });
    view! {
        <Title text=w::TITLE/>
        <Placed place current="/register" on_switch=Callback::new(move |()| { load.dispatch_local(()); })>
            <h1 class="unseen">{w::TITLE}</h1>
            {move || register.problem.get().map(|error| view! { <Problem error/> })}
            {move || match register.shown.get() {
                Shown::Starting => view! { <Starting/> }.into_any(),
                Shown::NoTill => view! {
                    <EmptyState icon=IconName::Till title=w::NO_TILL text=w::NO_TILL_TEXT/>
                }.into_any(),
                Shown::Closed => view! { <OpenTillCard on_opened=move || { load.dispatch_local(()); }/> }.into_any(),
                Shown::Selling => view! { <Selling/> }.into_any(),
            }}
        </Placed>
    }
}

pub use state::Shown;

#[component]
fn Starting() -> impl IntoView {
    view! {
        <div class="register" aria-busy="true">
            <section class="register-find" aria-label=w::STARTING><Skeleton shape=SkeletonShape::Pieces count=8/></section>
            <section class="ticket" aria-label=w::TICKET><p class="ticket-empty">{w::EMPTY_TICKET}</p></section>
        </div>
    }
}

#[component]
fn Selling() -> impl IntoView {
    let register = expect_register();
    view! {
        <div class="register" class:register-tendering=move || register.stage.get() != Stage::Ticket>
            {move || match register.stage.get() {
                Stage::Ticket => view! { <FindPieces/> }.into_any(),
                Stage::Tender if untrack(|| register.total()).is_negative() => view! { <RefundPanel/> }.into_any(),
                Stage::Tender => view! { <TenderPanel/> }.into_any(),
                Stage::Done => view! { <Done/> }.into_any(),
            }}
            <Ticket/>
        </div>
        <DiscountDialog/>
        <QuantityDialog/>
        <CustomerDialog/>
        <SellersDialog/>
        <ExemptDialog/>
        <SecretDialog/>
        <ReturnDialog/>
        <ParkDialog/>
        <ParkedDialog/>
    }
}

/// The register of this page.
fn expect_register() -> Register {
    use_context::<Register>().unwrap_or_else(Register::new)
}
