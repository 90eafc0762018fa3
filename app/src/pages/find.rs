//! One find for everything: opened by a button, Ctrl or Cmd and K, or a slash.

use super::frame::{Place, areas};
use super::lock::Locked;
use super::when;
use crate::api::find::find_everywhere;
use crate::client::{in_a_field, listen_for_keys, press, scroll_to};
use crate::error::AppError;
use crate::pages::frame::Problem;
use crate::pages::secret::SecretBadge;
use crate::ui::{Amount, Dialog, DrawingSize, Icon, IconName, Picture, StatusBadge};
use crate::words::find as w;
use domain::find::Found;
use domain::item::{ShownItem, describe};
use domain::sale::SaleSummary;
use leptos::prelude::*;
use leptos::{ev, html};
use std::time::Duration;

/// Typing pauses this long before the server is asked.
const PAUSE: Duration = Duration::from_millis(150);
const LIST: &str = "everywhere-list";

/// What can be chosen, in the order shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Hit {
    Page { label: String, href: String, icon: IconName },
    Piece(Box<ShownItem>),
    Customer { name: String, number: String, phone: Option<String>, href: String },
    Sale(SaleSummary),
}

impl Hit {
    fn href(&self) -> String {
        match self {
            Self::Page { href, .. } | Self::Customer { href, .. } => href.clone(),
            Self::Piece(item) => format!("/inventory/{}", item.id),
            Self::Sale(sale) => format!("/sales/{}", sale.id),
        }
    }

    const fn group(&self) -> &'static str {
        match self {
            Self::Page { .. } => w::PAGES,
            Self::Piece(_) => w::PIECES,
            Self::Customer { .. } => w::CUSTOMERS,
            Self::Sale(_) => w::SALES,
        }
    }
}

/// Pages whose name begins with what was typed, then what the server found.
fn hits(place: &Place, typed: &str, found: Found) -> Vec<Hit> {
    let typed = typed.trim().to_lowercase();
    let pages = areas(place, "").into_iter().filter(|area| {
        !typed.is_empty() && area.label.to_lowercase().split(' ').any(|word| word.starts_with(&typed))
    });
    let pages = pages.map(|area| Hit::Page { label: area.label, href: area.href, icon: area.icon });
    let pieces = found.items.into_iter().map(|item| Hit::Piece(Box::new(item)));
    let customers = found.customers.into_iter().map(|customer| Hit::Customer {
        href: format!("/customers/{}", customer.id),
        name: customer.card.display_name(),
        number: customer.number,
        phone: customer.card.phone,
    });
    pages.chain(pieces).chain(customers).chain(found.sales.into_iter().map(Hit::Sale)).collect()
}

/// The button in the bar, and the dialog it opens.
#[component]
pub fn FindEverywhere(place: Signal<Place>, current: &'static str) -> impl IntoView {
    let open = RwSignal::new(false);
    let locked = use_context::<Locked>();
    let is_locked = Signal::derive(move || locked.is_some_and(|locked| locked.0.get()));
    listen(open, is_locked, current);
    // A locked screen hides what was found, too.
    Effect::new(move |_| {
        if is_locked.get() {
            open.set(false);
        }
    });
    let known = move || place.with(|place| place.person.is_some());
    view! {
        <Show when=known>
            <button type="button" class="button button-quiet find-everywhere" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                <Icon name=IconName::Search/>
                <span class="find-everywhere-word">{w::FIND}</span>
                <kbd class="find-everywhere-keys" aria-hidden="true">{w::KEYS}</kbd>
            </button>
        </Show>
        <Dialog id="everywhere" title=w::FIND open>
            <Everywhere place open/>
        </Dialog>
    }
}

/// Ctrl or Cmd and K anywhere; a slash where nobody types. On the register every sign belongs to the scanner.
fn listen(open: RwSignal<bool>, is_locked: Signal<bool>, current: &'static str) {
    listen_for_keys(move |event| {
        let chord = (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k");
        let slash = event.key() == "/" && current != "/register" && !in_a_field(&event);
        if (chord || slash) && !is_locked.get_untracked() {
            event.prevent_default();
            open.set(true);
        }
    });
}

/// A combobox over the list of what was found: arrows move, Enter opens, Escape closes.
#[component]
fn Everywhere(place: Signal<Place>, open: RwSignal<bool>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = RwSignal::new(Vec::<Hit>::new());
    let problem = RwSignal::new(None::<AppError>);
    let chosen = RwSignal::new(0_usize);
    let field = NodeRef::<html::Input>::new();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let ask = move |text: String| {
        leptos::task::spawn_local(async move {
            let answer = find_everywhere(text.clone()).await;
            // An answer to what was typed before must not replace a newer one.
            if typed.get_untracked() != text {
                return;
            }
            problem.set(answer.as_ref().err().cloned());
            found.set(hits(&place.get_untracked(), &text, answer.unwrap_or_default()));
            chosen.set(0);
        });
    };
    Effect::new(move |_| {
        let text = typed.get();
        if let Some(Some(earlier)) = waiting.try_update_value(Option::take) {
            earlier.clear();
        }
        if text.trim().is_empty() {
            found.set(Vec::new());
            problem.set(None);
            return;
        }
        waiting.set_value(set_timeout_with_handle(move || ask(text.clone()), PAUSE).ok());
    });
    Effect::new(move |_| {
        if open.get() {
            typed.set(String::new());
            if let Some(field) = field.get() {
                field.set_value("");
                // After the dialog has come up and put the focus on its first button.
                request_animation_frame(move || drop(field.focus()));
            }
        }
    });
    let pressed = move |event: ev::KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let at = chosen.get_untracked();
        let to = match event.key().as_str() {
            "ArrowDown" if count > 0 => Some((at + 1) % count),
            "ArrowUp" if count > 0 => Some((at + count - 1) % count),
            "Enter" => {
                event.prevent_default();
                press(&option_id(at));
                None
            }
            _ => None,
        };
        if let Some(to) = to {
            event.prevent_default();
            chosen.set(to);
            scroll_to(&option_id(to));
        }
    };
    let active = move || found.with(|hits| (!hits.is_empty()).then(|| option_id(chosen.get())));
    view! {
        <div class="find find-large">
            <Icon name=IconName::Search/>
            <input
                node_ref=field
                class="input"
                type="text"
                role="combobox"
                aria-label=w::LABEL
                aria-autocomplete="list"
                aria-controls=LIST
                aria-expanded=move || found.with(|hits| !hits.is_empty()).to_string()
                aria-activedescendant=active
                placeholder=w::LABEL
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=pressed
            />
        </div>
        <p class="unseen" role="status">
            {move || (!typed.with(String::is_empty)).then(|| w::found(found.with(Vec::len)))}
        </p>
        {move || problem.get().map(|error| view! { <Problem error/> })}
        <div id=LIST role="listbox" aria-label=w::RESULTS class="everywhere-list">
            {move || groups(found.get()).into_iter().map(|(name, hits)| view! {
                <div role="group" aria-label=name class="hits">
                    <p class="hits-name" aria-hidden="true">{name}</p>
                    {hits.into_iter().map(|(at, hit)| { let href = hit.href(); view! {
                        <a
                            id=option_id(at)
                            role="option"
                            tabindex="-1"
                            class="hit"
                            href=href
                            aria-selected=move || (chosen.get() == at).to_string()
                            on:click=move |_| open.set(false)
                        >
                            {line(hit)}
                        </a>
                    } }).collect_view()}
                </div>
            }).collect_view()}
        </div>
        {move || match (typed.with(|typed| typed.trim().is_empty()), found.with(Vec::is_empty)) {
            (true, _) => Some(view! { <p class="soft">{w::HINT}</p> }),
            (false, true) => Some(view! { <p class="soft">{w::NOTHING}</p> }),
            _ => None,
        }}
    }
}

fn option_id(at: usize) -> String {
    format!("everywhere-{at}")
}

/// The hits under their names, each with its place in the whole list.
fn groups(hits: Vec<Hit>) -> Vec<(&'static str, Vec<(usize, Hit)>)> {
    let mut groups: Vec<(&'static str, Vec<(usize, Hit)>)> = Vec::new();
    for (at, hit) in hits.into_iter().enumerate() {
        match groups.last_mut() {
            Some((name, of)) if *name == hit.group() => of.push((at, hit)),
            _ => groups.push((hit.group(), vec![(at, hit)])),
        }
    }
    groups
}

fn line(hit: Hit) -> AnyView {
    match hit {
        Hit::Page { label, icon, .. } => {
            view! { <Icon name=icon/> <span class="hit-words">{label}</span> }.into_any()
        }
        Hit::Piece(item) => view! {
            <Picture photo=item.photo.clone() details=item.details.clone() size=DrawingSize::Row decorative=true/>
            <span class="hit-words">{describe(&item.details)} <span class="code soft small">{item.tag.clone()}</span></span>
            <span class="hit-end"><Amount value=item.price/> <StatusBadge status=item.status/></span>
        }
        .into_any(),
        Hit::Customer { name, number, phone, .. } => view! {
            <Icon name=IconName::User/>
            <span class="hit-words"><strong>{name}</strong> <span class="soft small">{phone}</span></span>
            <span class="hit-end code">{number}</span>
        }
        .into_any(),
        Hit::Sale(sale) => view! {
            <Icon name=IconName::Receipt/>
            <span class="hit-words">
                <span class="code">{sale.number}</span>
                <span class="soft small">{when::day(sale.business_date)} " " {sale.customer_name.filter(|_| sale.secret_until.is_none())}</span>
            </span>
            <span class="hit-end">
                {match sale.secret_until {
                    Some(until) => view! { <SecretBadge until/> }.into_any(),
                    None => view! { <Amount value=sale.total/> }.into_any(),
                }}
                <span class="soft small">{sale.status.label()}</span>
            </span>
        }
        .into_any(),
    }
}
