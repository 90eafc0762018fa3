//! Finding pieces by typing or scanning.

use super::expect_register;
use super::state::{Register, Stage};
use crate::api::register::find_items;
use crate::client::{in_a_field, is_covered, listen_for_keys, target_tag};
use crate::live::renew_on;
use crate::ui::{Amount, EmptyState, FindField, IconName, Picture, StatusBadge};
use crate::words::register as w;
use domain::item::{ItemStatus, Quantity, ShownItem, describe};
use domain::live::NewsKind;
use domain::sale::{Proof, shown_for_return};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;

/// Typing pauses this long before the server is asked.
const PAUSE: Duration = Duration::from_millis(120);

/// Sends what was typed or scanned. A scanner ends with Enter: an exact tag goes on the ticket at once, a receipt
/// begins a return.
fn look_up(register: Register, typed: String, scanned: Scanned) {
    let Some(store) = register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.store.id)) else { return };
    if typed.trim().is_empty() {
        register.found.set(None);
        return;
    }
    leptos::task::spawn_local(async move {
        match find_items(store, typed.clone()).await {
            Ok(found) => {
                let exact = found.iter().find(|item| item.tag.eq_ignore_ascii_case(typed.trim())).cloned();
                match (scanned, exact) {
                    (Scanned::Yes, Some(item)) if is_for_sale(&item) => {
                        register.add(item);
                        register.find.set(String::new());
                        register.found.set(None);
                    }
                    (Scanned::Yes, None) if shown_for_return(&typed).proof != Proof::Nothing => {
                        register.find.set(String::new());
                        register.found.set(None);
                        register.return_code.set(typed);
                        register.returning.set(true);
                    }
                    // An answer to what was typed before must not replace a newer one, and the same answer once more
                    // must not take the focus from a card.
                    _ if register.find.get_untracked() == typed
                        && register.found.with_untracked(|shown| shown.as_ref() != Some(&found)) =>
                    {
                        register.found.set(Some(found));
                    }
                    _ => {}
                }
            }
            Err(error) => register.problem.set(Some(error)),
        }
    });
}

/// In the case, and of goods that are alike some are left.
fn is_for_sale(item: &ShownItem) -> bool {
    item.status == ItemStatus::InStock
        && item.on_ticket.is_none()
        && item.lot.is_none_or(|lot| lot.on_hand != Quantity::ZERO)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scanned {
    Yes,
    No,
}

/// Keys further apart than this belong to different scans.
const BETWEEN_SCANS_MS: f64 = 500.0;

/// A scanner types anywhere: what is typed outside of a field goes to the find field, each scan anew.
pub fn listen_for_scanner(register: Register) {
    let last_key = StoredValue::new(0.0_f64);
    listen_for_keys(move |event| {
        if register.stage.get_untracked() == Stage::Tender
            || is_covered()
            || in_a_field(&event)
            || event.ctrl_key()
            || event.meta_key()
        {
            return;
        }
        let key = event.key();
        let now = event.time_stamp();
        if key.chars().count() == 1 {
            let same_scan = is_same_scan(last_key.get_value(), now);
            last_key.set_value(now);
            register.find.update(|find| {
                if !same_scan {
                    find.clear();
                }
                find.push_str(&key);
            });
            event.prevent_default();
        } else if key == "Enter" && !on_a_button(&event) {
            // Else the same key would press the first button of a dialog that it opens.
            event.prevent_default();
            look_up(register, register.find.get_untracked(), Scanned::Yes);
        }
    });
}

#[expect(clippy::float_arithmetic, reason = "the browser's clock counts milliseconds in floats")]
fn is_same_scan(last_key: f64, now: f64) -> bool {
    now - last_key < BETWEEN_SCANS_MS
}

fn on_a_button(event: &ev::KeyboardEvent) -> bool {
    matches!(target_tag(event).as_str(), "BUTTON" | "A")
}

#[component]
pub fn FindPieces() -> impl IntoView {
    let register = expect_register();
    let waiting = StoredValue::new_local(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let typed = register.find.get();
        if let Some(Some(earlier)) = waiting.try_update_value(Option::take) {
            earlier.clear();
        }
        let ask = move || look_up(register, typed.clone(), Scanned::No);
        waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    });
    // What others put on their tickets, or take off, shows on the cards.
    renew_on(&[NewsKind::Tickets], move || {
        if register.found.with_untracked(Option::is_some) {
            look_up(register, register.find.get_untracked(), Scanned::No);
        }
    });
    let sent = Callback::new(move |typed: String| look_up(register, typed, Scanned::Yes));
    view! {
        <section class="register-find" aria-label=w::PIECES>
            <FindField label=w::FIND value=register.find large=true action="/register" on_find=sent/>
            {move || match register.found.get() {
                None => view! { <EmptyState icon=IconName::Search title=w::FIND_FIRST text=w::FIND_FIRST_TEXT/> }.into_any(),
                Some(found) if found.is_empty() => view! {
                    <EmptyState icon=IconName::Search title=w::NOT_FOUND text=w::NOT_FOUND_TEXT/>
                }.into_any(),
                Some(found) => view! {
                    <ul class="piece-grid">{found.into_iter().map(|item| view! { <Piece item/> }).collect_view()}</ul>
                }.into_any(),
            }}
        </section>
        <a class="ticket-peek" href="#ticket">
            <span>{move || w::lines(register.lines.with(Vec::len))}</span>
            <span>{move || register.total().to_string()}</span>
        </a>
    }
}

#[component]
fn Piece(item: ShownItem) -> impl IntoView {
    let register = expect_register();
    let id = item.id;
    let for_sale = is_for_sale(&item);
    let lot = item.lot;
    let on_ticket = move || register.lines.with(|lines| lines.iter().any(|line| line.item.id == id));
    let name = describe(&item.details);
    let place = item.details.location.clone();
    let (tag, price, status, details) = (item.tag.clone(), item.price, item.status, item.details.clone());
    let photo = item.photo.clone();
    let elsewhere = item.on_ticket.clone();
    view! {
        <li>
            <button
                type="button"
                class="piece-card"
                class:piece-gone=!for_sale
                disabled=!for_sale
                aria-pressed=move || on_ticket().then_some("true")
                on:click=move |_| register.add(item.clone())
            >
                <span class="piece-picture"><Picture photo details decorative=true/></span>
                <span class="piece-words">
                    <span class="piece-meta"><span class="code">{tag}</span> {place}</span>
                    <span class="piece-name">{name}</span>
                </span>
                <span class="piece-foot">
                    <span class="piece-price"><Amount value=price/> {lot.map(|lot| view! { " " <span class="small soft">{lot.unit.each()}</span> })}</span>
                    {match lot {
                        Some(lot) => view! { <span class="small soft">{lot.on_hand.show(lot.unit)}</span> }.into_any(),
                        None => match elsewhere {
                            Some(said) => view! { <span class="small">{said}</span> }.into_any(),
                            None => view! { <StatusBadge status=status/> }.into_any(),
                        },
                    }}
                </span>
            </button>
        </li>
    }
}
