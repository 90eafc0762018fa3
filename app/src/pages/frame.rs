//! The frame with its data: who is signed in, where, and which areas they may open.

use super::find::FindEverywhere;
use super::lock::{LockScreen, Locked};
use super::receivables::{DESK, OVERVIEW as RECEIVABLES};
use super::settings;
use super::sign_in::door_from;
use crate::api::approval::approvals_waiting;
use crate::api::receivable_reports::load_overdue;
use crate::api::session::{SignOut, Whoami, whoami};
use crate::client::{go_to, here};
use crate::error::{AppError, ErrorKind};
use crate::live;
use crate::ui::{
    Banner, Button, ButtonKind, Connection, Covered, Frame, IconName, LinkButton, NavItem, Notice,
    NoticeKind, TopBar,
};
use crate::words::{common, me, nav, receivables};
use domain::live::NewsKind;
use domain::person::Permission;
use domain::receivable::OverdueAlerts;
use leptos::prelude::*;

/// What the frame shows, from wherever the page has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    pub store: String,
    pub till: Option<String>,
    pub person: Option<String>,
    pub demo: bool,
    pub permissions: Vec<Permission>,
    pub idle_minutes: Option<u32>,
}

impl From<Whoami> for Place {
    fn from(who: Whoami) -> Self {
        Self {
            store: who.store,
            till: who.till,
            person: Some(who.person),
            demo: who.demo,
            permissions: who.permissions,
            idle_minutes: who.idle_minutes,
        }
    }
}

const APPROVALS: &str = "/approvals";

/// The areas this person may open; an area appears when it works.
pub(super) fn areas(place: &Place, current: &str) -> Vec<NavItem> {
    // Whoever does not see the books begins with what is overdue.
    let (receivables, sees) = if place.permissions.contains(&Permission::ViewLedger) {
        (RECEIVABLES, Permission::ViewLedger)
    } else {
        (DESK, Permission::Collect)
    };
    let mut areas: Vec<NavItem> = [
        ("/today", nav::TODAY, IconName::Reports, Permission::ViewLedger),
        ("/register", nav::REGISTER, IconName::Register, Permission::Sell),
        ("/customers", nav::CUSTOMERS, IconName::Customers, Permission::ViewCustomers),
        (receivables, nav::RECEIVABLES, IconName::Cash, sees),
        ("/sales", nav::SALES, IconName::Receipt, Permission::ViewSales),
        ("/inventory", nav::INVENTORY, IconName::Inventory, Permission::ViewItems),
        ("/vendors", nav::VENDORS, IconName::Download, Permission::ViewVendors),
        ("/till", nav::TILL, IconName::Till, Permission::RunTill),
        ("/ledger", nav::LEDGER, IconName::Ledger, Permission::ViewLedger),
        (APPROVALS, nav::APPROVALS, IconName::Check, Permission::Approve),
    ]
    .into_iter()
    .filter(|(_, _, _, needed)| place.permissions.contains(needed))
    .map(|(href, label, icon, _)| NavItem {
        href: href.to_owned(),
        label: label.to_owned(),
        icon,
        current: href == current || href == DESK && current == RECEIVABLES,
        count: None,
        counted: "",
    })
    .collect();
    if let Some(first) = settings::tabs(&place.permissions).first() {
        areas.push(NavItem {
            href: first.href.to_owned(),
            label: nav::SETTINGS.to_owned(),
            icon: IconName::Settings,
            current: current == "/settings",
            count: None,
            counted: "",
        });
    }
    areas
}

/// Where somebody begins: at the register if they sell, else in the first area their role opens.
#[must_use]
pub fn home(permissions: &[Permission]) -> String {
    if permissions.contains(&Permission::Sell) {
        return "/register".to_owned();
    }
    let place = Place { permissions: permissions.to_vec(), ..Place::default() };
    areas(&place, "").into_iter().next().map_or_else(|| "/me".to_owned(), |area| area.href)
}

/// Says at an area how much wants attention there.
fn counted(mut items: Vec<NavItem>, approvals: u64, overdue: u64) -> Vec<NavItem> {
    for item in &mut items {
        let (count, counted) = match item.href.as_str() {
            APPROVALS => (approvals, "waiting"),
            RECEIVABLES => (overdue, receivables::OVERDUE_COUNT),
            _ => continue,
        };
        (item.count, item.counted) = (u32::try_from(count).ok(), counted);
    }
    items
}

/// The bar of a phone holds five: the first four areas and the way to the others. Where something waits, or is being answered,
/// the way to it is among the four.
fn bottom(mut items: Vec<NavItem>, current: &str) -> Vec<NavItem> {
    const ROOM: usize = 5;
    if items.len() > ROOM {
        let waits = |item: &NavItem| {
            item.count.is_some_and(|count| count > 0) || item.current && item.href == APPROVALS
        };
        if let Some(hidden) = items.iter().skip(ROOM - 1).position(waits) {
            let item = items.remove(ROOM - 1 + hidden);
            items.insert(ROOM - 2, item);
        }
        let further = items.split_off(ROOM - 1);
        items.push(NavItem {
            href: "/more".to_owned(),
            label: nav::MORE.to_owned(),
            icon: IconName::Menu,
            current: current == "/more" || further.iter().any(|item| item.current),
            count: None,
            counted: "",
        });
    }
    items
}

/// How many approvals wait for this person, as it changes.
fn approvals_that_wait(place: Signal<Place>) -> RwSignal<u64> {
    let waiting = RwSignal::new(0);
    let may = Memo::new(move |_| place.with(|place| place.permissions.contains(&Permission::Approve)));
    let look = move || {
        if !may.get_untracked() {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(count) = approvals_waiting().await {
                // The page may be gone meanwhile.
                waiting.try_set(count);
            }
        });
    };
    Effect::new(move |_| {
        if may.get() {
            look();
        }
    });
    live::renew_on(&[NewsKind::Approvals], look);
    waiting
}

/// What is overdue, as it changes.
#[derive(Debug, Clone, Copy)]
struct Overdue {
    accounts: RwSignal<u64>,
    /// What became overdue while the page was open, until somebody has read it.
    news: RwSignal<Option<String>>,
}

fn what_is_overdue(place: Signal<Place>) -> Overdue {
    let overdue = Overdue { accounts: RwSignal::new(0), news: RwSignal::new(None) };
    let known = StoredValue::new(None::<OverdueAlerts>);
    let may = Memo::new(move |_| place.with(|place| place.permissions.contains(&Permission::ViewLedger)));
    let look = move || {
        if !may.get_untracked() {
            return;
        }
        leptos::task::spawn_local(async move {
            let Ok(now) = load_overdue().await else { return };
            // The page may be gone meanwhile.
            overdue.accounts.try_set(now.accounts);
            let before = known.try_update_value(|known| known.replace(now)).flatten();
            if let Some(said) = before.and_then(|before| receivables::became_overdue(before, now)) {
                overdue.news.try_set(Some(said));
            }
        });
    };
    Effect::new(move |_| {
        if may.get() {
            look();
        }
    });
    live::renew_on(&[NewsKind::Receivables], look);
    overdue
}

/// Says calmly what became overdue, and leads there.
#[component]
fn OverdueNews(news: RwSignal<Option<String>>) -> impl IntoView {
    view! {
        <div role="status">
            {move || news.get().map(|said| view! {
                <Banner label=receivables::NOTICE icon=IconName::Warning>
                    {said} " "
                    <a class="banner-link" href=RECEIVABLES>{receivables::LOOK}</a>
                    <button type="button" class="banner-link" on:click=move |_| news.set(None)>{receivables::DISMISS}</button>
                </Banner>
            })}
        </div>
    }
}

/// The frame around a page whose place is known.
#[component]
pub fn Placed(
    #[prop(into)] place: Signal<Place>,
    current: &'static str,
    /// Another person has taken over the till: without it the page is loaded again.
    #[prop(optional, into)]
    on_switch: Option<Callback<()>>,
    children: Children,
) -> impl IntoView {
    provide_context(place);
    let locked = Locked(RwSignal::new(false));
    provide_context(locked);
    provide_context(Covered(locked.0.into()));
    let on_switch = on_switch.unwrap_or_else(|| Callback::new(|()| crate::client::reload()));
    let idle_minutes = Signal::derive(move || place.with(|place| place.idle_minutes));
    let waiting = approvals_that_wait(place);
    let overdue = what_is_overdue(place);
    let items =
        Signal::derive(move || counted(areas(&place.get(), current), waiting.get(), overdue.accounts.get()));
    let bottom_items = Signal::derive(move || bottom(items.get(), current));
    // Where nobody is known yet, or a PIN is asked for, there is nothing to hear.
    let present = Memo::new(move |_| !locked.0.get() && place.with(|place| place.person.is_some()));
    Effect::new(move |_| if present.get() { live::listen() } else { live::fall_silent() });
    let sign_out = ServerAction::<SignOut>::new();
    view! {
        <Frame
            rail=items
            inert=locked.0
            bottom=bottom_items
            top=move || view! {
                <TopBar
                    store=move || place.get().store
                    till=move || place.get().till
                    associate=move || place.get().person
                    on_person=Callback::new(move |()| {
                        if idle_minutes.get_untracked().is_some() { locked.0.set(true) } else { go_to("/me") }
                    })
                    connection=Connection::Online
                    tools=move || view! { <FindEverywhere place current/> }
                >
                    // On a till the name asks for the next PIN, so one's own page has its own way in.
                    {move || idle_minutes.get().map(|_| view! { <LinkButton href="/me" label=me::TITLE kind=ButtonKind::Quiet icon=IconName::User/> })}
                    <ActionForm action=sign_out>
                        <Button label=common::SIGN_OUT kind=ButtonKind::Quiet icon=IconName::Out submit=true/>
                    </ActionForm>
                </TopBar>
            }
            banner=move || view! {
                {move || place.get().demo.then(|| view! { <Banner icon=IconName::Info>{common::DEMO}</Banner> })}
                <OverdueNews news=overdue.news/>
            }
        >
            {children()}
        </Frame>
        <LockScreen locked person=Signal::derive(move || place.with(|place| place.person.clone())) idle_minutes on_switch/>
    }
}

/// The frame around a page that the server renders with its data. Who is signed in comes with the page;
/// a page reached without the server asks for it.
#[component]
pub fn Staff(current: &'static str, children: Children) -> impl IntoView {
    let known = SharedValue::new(use_context::<Whoami>).into_inner();
    let place = RwSignal::new(known.map(Place::from).unwrap_or_default());
    Effect::new(move |_| {
        if place.with_untracked(|place| place.person.is_none()) {
            leptos::task::spawn_local(async move {
                if let Ok(who) = whoami().await {
                    place.set(who.into());
                }
            });
        }
    });
    view! { <Placed place current>{children()}</Placed> }
}

/// Shows what is in it to whoever has the permission in this store. A courtesy: the service decides.
#[component]
pub fn May(permission: Permission, children: ChildrenFn) -> impl IntoView {
    let place = use_context::<Signal<Place>>();
    let may = move || place.is_some_and(|place| place.with(|place| place.permissions.contains(&permission)));
    view! { <Show when=may>{children()}</Show> }
}

/// What went wrong, where the page would have been. Whoever is not signed in is led to the door.
#[component]
pub fn Problem(error: AppError) -> impl IntoView {
    let locked = use_context::<Locked>().filter(|_| error.kind == ErrorKind::Locked);
    match (locked, error.kind) {
        (Some(Locked(open)), _) => Effect::new(move |_| open.set(true)),
        (None, ErrorKind::NotSignedIn | ErrorKind::Locked) => Effect::new(|_| go_to(&door_from(&here()))),
        _ => Effect::new(|_| {}),
    };
    let title = if error.may_have_happened() { common::MAYBE_RECORDED } else { common::NOT_RECORDED };
    view! {
        <Notice kind=NoticeKind::Error title=title reference=error.reference.clone()>{error.message}</Notice>
    }
}
