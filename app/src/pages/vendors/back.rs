//! Sending goods back to a vendor, and what the vendor answered.

use super::{Area, id_in_address, known, shown};
use crate::api::vendor::{close_return, delivery_choices, load_return, return_goods};
use crate::client::go_to;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{
    Amount, Button, ButtonKind, Card, Dialog, Field, FigureCard, IconName, LinkButton, Notice, NoticeKind,
    Page, Table,
};
use crate::words::{common, vendors as w};
use domain::ids::{VendorId, VendorReturnId};
use domain::person::Permission;
use domain::vendor::{
    CloseReturn, Closing, DeliveryChoices, ReturnGoods, ReturnSheet, ReturnState, ReturnedPiece, TypedCredit,
    TypedReturn, TypedReturned,
};
use leptos::prelude::*;

#[component]
pub fn SendBackPage() -> impl IntoView {
    view! { <Area title=w::SEND_BACK><SendBack/></Area> }
}

#[component]
fn SendBack() -> impl IntoView {
    let id = id_in_address::<VendorId>();
    let found = Resource::new(move || id.get(), |id| known(id, |id| delivery_choices(id, None)));
    shown(found, |choices: DeliveryChoices| {
        let back = (format!("/vendors/{}", choices.vendor.id), choices.vendor.file.name.clone());
        view! { <Page title=w::SEND_BACK back><Form choices/></Page> }.into_any()
    })
}

#[component]
fn Form(choices: DeliveryChoices) -> impl IntoView {
    let (vendor_id, store_id) = (choices.vendor.id, choices.store_id);
    let reason = RwSignal::new(String::new());
    let rows = RwSignal::new(vec![Typed::of(&TypedReturned::default())]);
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let lines = rows.with_untracked(|rows| rows.iter().map(|row| row.read()).collect());
        let typed = TypedReturn { reason: reason.get_untracked(), lines };
        let cmd = ReturnGoods { command_id: sending.id(), store_id, vendor_id, typed };
        sending.send(return_goods(cmd), |id| go_to(&format!("/vendors/returns/{id}")));
    };
    let of_lines = sending.wrong("lines");
    let fields = move |(at, row): (usize, Typed<TypedReturned>)| {
        let name = |part: &str| format!("lines.{at}.{part}");
        let label = |label: &str| w::of_row(label, at + 1);
        view! {
            <div class="form-row">
                <Field name=name("tag") label=label(w::PIECE_OR_LOT) value=row.text("tag") error=sending.wrong(name("tag")) required=true/>
                <Field name=name("pieces") label=label(w::PIECES_OF_LOT) value=row.text("pieces") inputmode="numeric" amount=true error=sending.wrong(name("pieces")) optional=true/>
                <Field name=name("measure") label=label(w::MEASURE_OF_LOT) value=row.text("measure") amount=true error=sending.wrong(name("measure")) optional=true/>
            </div>
        }
    };
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::RETURN}</legend>
                <Field name="reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
                {move || of_lines.get().map(|wrong| view! { <Notice kind=NoticeKind::Error>{wrong}</Notice> })}
                {move || rows.get().into_iter().enumerate().map(fields).collect_view()}
                <Button label=w::ADD_LINE icon=IconName::Plus on:click=move |_| rows.update(|rows| rows.push(Typed::of(&TypedReturned::default())))/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href=format!("/vendors/{vendor_id}") label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SEND_BACK kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

#[component]
pub fn ReturnPage() -> impl IntoView {
    view! { <Area title=w::RETURN><One/></Area> }
}

#[component]
fn One() -> impl IntoView {
    let id = id_in_address::<VendorReturnId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_return));
    shown(found, move |sheet| view! { <Detail sheet on_change=move || found.refetch()/> }.into_any())
}

#[component]
fn Detail(sheet: ReturnSheet, on_change: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let ReturnSheet { sent, vendor, pieces, credit } = sheet;
    let (id, total) = (sent.id, sent.total);
    let open = sent.state == ReturnState::Sent;
    let (crediting, refusing) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <Page
            title=sent.number.clone()
            lead=format!("{} · {} · {}", sent.state.label(), when::day(sent.sent_on), sent.reason)
            back=(format!("/vendors/{}", vendor.id), vendor.name)
            actions=move || view! {
                <May permission=Permission::Purchase>
                    {open.then(|| view! {
                        <Button label=w::CAME_HOME icon=IconName::Back on:click=move |_| refusing.set(true)/>
                        <Button label=w::GOT_CREDIT kind=ButtonKind::Primary icon=IconName::Check on:click=move |_| crediting.set(true)/>
                    })}
                </May>
            }
        >
            <div class="figures">
                <FigureCard name=w::LANDED value=total.to_string()/>
                {credit.map(|credit| view! {
                    <FigureCard name=w::CREDIT value=credit.amount.to_string() note=credit.number.unwrap_or_default()/>
                    <FigureCard name=w::CREDIT_LEFT value=credit.open.to_string()/>
                })}
            </div>
            <Card title=w::LINES flush=true>
                <Table label=w::LINES>
                    <thead><tr><th>{w::TAG}</th><th>{w::PIECES}</th><th class="amount">{w::LANDED}</th></tr></thead>
                    <tbody>{pieces.into_iter().map(row).collect_view()}</tbody>
                </Table>
            </Card>
        </Page>
        {open.then(|| view! {
            <CreditDialog open=crediting id amount=total.to_string() on_done=on_change/>
            <RefusedDialog open=refusing id on_done=on_change/>
        })}
    }
}

fn row(piece: ReturnedPiece) -> impl IntoView {
    let line = piece.line;
    view! {
        <tr class="row-opens">
            <td class="cell-main">
                <a href=format!("/inventory/{}", line.item)>{piece.description}</a><span class="cell-sub code">{piece.tag}</span>
            </td>
            <td data-label=w::PIECES>{line.amount()}</td>
            <td data-label=w::LANDED class="amount"><Amount value=line.cost/></td>
        </tr>
    }
}

#[component]
fn CreditDialog(
    open: RwSignal<bool>,
    id: VendorReturnId,
    amount: String,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let fields = Typed::of(&TypedCredit { amount, ..TypedCredit::default() });
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd =
            CloseReturn { command_id: sending.id(), return_id: id, closing: Closing::Credit(fields.read()) };
        sending.send(close_return(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="credit" title=w::GOT_CREDIT open>
            <form class="stack" novalidate=true on:submit=send>
                <Refused sending/>
                <Field name="credit-amount" label=w::AMOUNT value=fields.text("amount") amount=true error=sending.wrong("amount") required=true/>
                <Field name="credit-number" label=w::CREDIT_NUMBER value=fields.text("number") error=sending.wrong("number") optional=true/>
                <Button label=w::GOT_CREDIT kind=ButtonKind::Primary submit=true wide=true pending=sending.pending/>
            </form>
        </Dialog>
    }
}

#[component]
fn RefusedDialog(
    open: RwSignal<bool>,
    id: VendorReturnId,
    on_done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let closing = Closing::Refused(reason.get_untracked());
        let cmd = CloseReturn { command_id: sending.id(), return_id: id, closing };
        sending.send(close_return(cmd), move |()| {
            open.set(false);
            on_done();
        });
    };
    view! {
        <Dialog id="refused" title=w::CAME_HOME open>
            <form class="stack" novalidate=true on:submit=send>
                <Field name="home-reason" label=common::REASON value=reason error=sending.message() required=true/>
                <Button label=w::CAME_HOME kind=ButtonKind::Primary submit=true wide=true pending=sending.pending/>
            </form>
        </Dialog>
    }
}
