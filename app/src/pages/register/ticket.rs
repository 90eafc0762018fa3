//! The ticket: who buys, what, for how much.

use super::expect_register;
use super::lease::TakenElsewhere;
use super::parking::{ParkedChanges, ParkingTools};
use super::secret::TicketSecret;
use super::standing::StandingLine;
use super::state::{DiscountTarget, Line, Register, Returning, Stage};
use crate::pages::customers::Vip;
use crate::ui::{
    Amount, Badge, Button, ButtonKind, DrawingSize, Icon, IconName, Notice, NoticeKind, Picture, Tone,
};
use crate::words::{register as w, returns, sales};
use domain::item::describe;
use domain::money::Money;
use domain::sale::SellerShare;
use leptos::prelude::*;

#[component]
pub fn Ticket() -> impl IntoView {
    let register = expect_register();
    let editing = move || register.stage.get() == Stage::Ticket;
    let empty = move || register.is_empty();
    view! {
        <section class="ticket" id="ticket" aria-label=w::TICKET>
            <header class="ticket-head">
                <button
                    type="button"
                    class="ticket-customer"
                    class:ticket-customer-known=move || register.customer.with(Option::is_some)
                    disabled=move || !editing()
                    on:click=move |_| register.choosing_customer.set(true)
                >
                    <Icon name=IconName::User/>
                    <span class="ticket-customer-words">
                        {move || match register.customer.get() {
                            Some(customer) => view! {
                                <strong>{customer.card.display_name()}</strong>
                                {customer.card.vip.then(|| view! { <Vip/> })}
                                <span class="soft small">{customer.number}</span>
                            }.into_any(),
                            None => view! {
                                <strong>{w::NO_CUSTOMER}</strong>
                                <span class="soft small">{w::WALK_IN}</span>
                            }.into_any(),
                        }}
                    </span>
                </button>
                <div class="ticket-head-row">
                    <button
                        type="button"
                        class="button button-quiet ticket-sellers"
                        disabled=move || !editing()
                        on:click=move |_| register.choosing_sellers.set(true)
                    >
                        <span class="soft small">{w::SOLD_BY}</span> " " <span>{move || sold_by(register)}</span>
                    </button>
                    <Show when=editing><ParkingTools/></Show>
                </div>
                {move || register.exemption().map(|exemption| view! {
                    <div class="ticket-warnings"><Badge tone=Tone::Held icon=IconName::Info label=w::exempt(&exemption)/></div>
                })}
                <StandingLine/>
                <TicketSecret/>
                {move || register.certificate_expired().then(|| view! {
                    <div class="ticket-warnings"><Badge tone=Tone::Due icon=IconName::Warning label=w::CERTIFICATE_EXPIRED/></div>
                })}
            </header>
            <Show when=move || !empty() fallback=|| view! { <p class="ticket-empty">{w::EMPTY_TICKET}</p> }>
                <ol class="ticket-lines">
                    <For each=move || register.lines.get() key=|line| (line.item.id, line.quantity, line.discount.clone()) let:line>
                        <TicketLine line/>
                    </For>
                    <For each=move || register.returns.get() key=|back| (back.line.line_id, back.condition, back.fee, back.quantity) let:back>
                        <ReturnedLine back/>
                    </For>
                </ol>
            </Show>
            <div class="ticket-foot">
                <ParkedChanges/>
                <TakenElsewhere/>
                <Show when=editing>
                    <div class="ticket-tools">
                        <Button label=returns::RETURN on:click=move |_| { register.return_code.set(String::new()); register.returning.set(true); }/>
                        <Show when=move || !empty()>
                        <Button label=w::DISCOUNT on:click=move |_| register.discounting.set(Some(DiscountTarget::Ticket))/>
                        <Button label=w::NO_TAX on:click=move |_| register.exempting.set(true)/>
                        <Show when=move || register.customer.with(Option::is_some)>
                            <Button label=sales::SECRET on:click=move |_| register.choosing_secret.set(true)/>
                        </Show>
                        <Button label=w::CLEAR on:click=move |_| register.clear()/>
                        </Show>
                    </div>
                </Show>
                {move || register.priced.get().err().map(|error| view! {
                    <Notice kind=NoticeKind::Error>{error.to_string()}</Notice>
                })}
                <Totals/>
                <Show when=move || editing() && !empty()>
                    <button
                        type="button"
                        class="button button-primary button-large tender-button"
                        disabled=move || register.priced.with(Result::is_err)
                        on:click=move |_| register.stage.set(Stage::Tender)
                    >
                        <span>{move || if register.total().is_negative() { returns::REFUND } else { w::TAKE_PAYMENT }}</span>
                        <span>{move || register.total().to_string()}</span>
                    </button>
                </Show>
            </div>
        </section>
    }
}

/// Who sold it, with the shares where there are several.
fn sold_by(register: Register) -> String {
    let shares = register.sellers.get();
    register.snapshot.with(|snapshot| {
        let Some(snapshot) = snapshot else { return String::new() };
        if shares.is_empty() {
            return snapshot.person.clone();
        }
        let name = |share: &SellerShare| {
            let name =
                snapshot.staff.iter().find(|(id, _)| *id == share.person_id).map(|(_, name)| name.clone());
            match shares.len() {
                1 => name.unwrap_or_default(),
                _ => format!("{} {}", name.unwrap_or_default(), share.weight),
            }
        };
        shares.iter().map(name).collect::<Vec<_>>().join(", ")
    })
}

#[component]
fn TicketLine(line: Line) -> impl IntoView {
    let register = expect_register();
    let id = line.item.id;
    let editing = move || register.stage.get() == Stage::Ticket;
    let price = line.price();
    let before_ticket = line.discount.as_ref().and_then(|discount| discount.off(price).ok());
    let portion = line.portion().map(|portion| portion.to_string());
    let lot = line.item.lot.map(|_| line.item.clone());
    let net = line.net();
    let name = describe(&line.item.details);
    let reason = line.discount.as_ref().map(|discount| discount.reason.clone());
    view! {
        <li class="ticket-line">
            <Picture photo=line.item.photo.clone() details=line.item.details.clone() size=DrawingSize::Row decorative=true/>
            <div class="ticket-line-words">
                <span class="ticket-line-name">{name}</span>
                <span class="soft small">
                    <span class="code">{line.item.tag.clone()}</span>
                    {portion.map(|portion| format!(" · {portion}"))}
                    {before_ticket.map(|off| format!(" · {price} −{off}"))}
                    {reason.map(|reason| format!(" · {reason}"))}
                </span>
            </div>
            <Amount value=net/>
            <Show when=editing>
                <div class="ticket-line-actions">
                    {lot.clone().map(|lot| view! {
                        <Button label=w::QUANTITY kind=ButtonKind::Quiet icon=IconName::Edit
                            on:click=move |_| register.measuring.set(Some(lot.clone()))/>
                    })}
                    <Button label=w::DISCOUNT kind=ButtonKind::Quiet icon=IconName::Percent
                        on:click=move |_| register.discounting.set(Some(DiscountTarget::Line(id)))/>
                    <Button label=w::REMOVE kind=ButtonKind::Quiet icon=IconName::Close on:click=move |_| register.remove(id)/>
                </div>
            </Show>
        </li>
    }
}

/// Something that comes back, for which the customer is paid.
#[component]
fn ReturnedLine(back: Returning) -> impl IntoView {
    let register = expect_register();
    let id = back.line.line_id;
    let editing = move || register.stage.get() == Stage::Ticket;
    let much = back.in_words();
    let worth = back.worth().negated().unwrap_or_default();
    view! {
        <li class="ticket-line ticket-line-back">
            <Icon name=IconName::Back/>
            <div class="ticket-line-words">
                <span class="ticket-line-name">{back.line.description}</span>
                <span class="soft small">
                    <span class="code">{back.line.tag}</span> " · " {back.number} " · " {back.condition.label()}
                    {much.map(|much| format!(" · {much}"))}
                    {(!back.fee.is_zero()).then(|| format!(" · {} {}", returns::FEE, back.fee))}
                </span>
            </div>
            <Amount value=worth/>
            <Show when=editing>
                <div class="ticket-line-actions">
                    <Button label=w::REMOVE kind=ButtonKind::Quiet icon=IconName::Close on:click=move |_| register.keep_with_customer(id)/>
                </div>
            </Show>
        </li>
    }
}

#[component]
fn Totals() -> impl IntoView {
    let register = expect_register();
    let figure = move |of: fn(&domain::sale::PricedTicket) -> Money| {
        Signal::derive(move || register.priced.with(|p| p.as_ref().map_or(Money::ZERO, of)))
    };
    let (subtotal, discount) = (figure(|t| t.subtotal), figure(|t| t.discount));
    let (tax, total) = (figure(|t| t.tax), Signal::derive(move || register.total()));
    let back = Signal::derive(move || register.returned().negated().unwrap_or_default());
    let off = Signal::derive(move || discount.get().negated().unwrap_or_default());
    view! {
        <dl class="totals">
            <div class="totals-row"><dt>{w::SUBTOTAL}</dt><dd><Amount value=subtotal/></dd></div>
            <Show when=move || !discount.get().is_zero()>
                <div class="totals-row"><dt>{w::DISCOUNT}</dt><dd><Amount value=off/></dd></div>
            </Show>
            <div class="totals-row"><dt>{w::SALES_TAX}</dt><dd><Amount value=tax/></dd></div>
            <Show when=move || !back.get().is_zero()>
                <div class="totals-row"><dt>{returns::RETURNED}</dt><dd><Amount value=back/></dd></div>
            </Show>
            <div class="totals-row totals-due"><dt>{w::TOTAL}</dt><dd><Amount value=total/></dd></div>
        </dl>
    }
}
