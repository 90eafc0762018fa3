//! One batch of card payments, and taking it back.

use crate::api::proof::{load_card_batch, undo_card_batch};
use crate::client::go_to;
use crate::pages::frame::{May, Staff};
use crate::pages::loading::{id_in_address, known, shown};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::when;
use crate::ui::{
    Amount, Button, ButtonKind, Card, Field, FigureCard, IconName, LinkButton, Notice, NoticeKind, Page,
    Table,
};
use crate::words::proof as w;
use domain::ids::{CardBatchId, StoreId};
use domain::person::Permission;
use domain::settlement::{BatchSheet, UndoCardBatch};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn CardBatchPage() -> impl IntoView {
    let id = id_in_address::<CardBatchId>();
    let found = Resource::new(move || id.get(), |id| known(id, load_card_batch));
    view! {
        <Title text=w::BATCH/>
        <Staff current="/ledger">
            {shown(found, |sheet| view! { <Batch sheet/> }.into_any())}
        </Staff>
    }
}

#[component]
fn Batch(sheet: BatchSheet) -> impl IntoView {
    let BatchSheet { line, slips } = sheet;
    let batch = line.batch;
    let net = batch.net().unwrap_or_default();
    let title = format!("{} {}", w::BATCH, batch.reference.as_deref().unwrap_or_default());
    let (undone, open) = (line.undone.clone(), line.undone.is_none());
    let rows = slips.into_iter().map(|slip| {
        view! {
            <tr>
                <td class="cell-main">{slip.number} <span class="cell-sub">{slip.label}</span></td>
                <td data-label=w::ON>{when::day(slip.on)}</td>
                <td data-label=w::SLIP class="code">{slip.reference}</td>
                <td data-label=w::AMOUNT class="amount"><Amount value=slip.amount/></td>
            </tr>
        }
    });
    view! {
        <Page
            title=title.trim().to_owned()
            lead=when::day(batch.arrived_on)
            back=("/ledger/cards".to_owned(), w::CARDS.to_owned())
            actions=move || view! {
                <LinkButton href=format!("/ledger/event/{}", line.event) label=w::ENTRY icon=IconName::Ledger/>
            }
        >
            {undone.map(|why| view! { <Notice kind=NoticeKind::Warning title=w::UNDONE>{why}</Notice> })}
            <div class="figures">
                <FigureCard name=w::PAID value=batch.gross.to_string()/>
                <FigureCard name=w::FEE value=batch.fee.to_string()/>
                <FigureCard name=w::NET value=net.to_string()/>
            </div>
            <Card title=w::PAYMENTS flush=true>
                <Table label=w::PAYMENTS>
                    <thead><tr><th>{w::PAYMENT}</th><th>{w::ON}</th><th>{w::SLIP}</th><th class="amount">{w::AMOUNT}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </Table>
            </Card>
            {open.then(|| view! {
                <May permission=Permission::SettleCards><Undo store_id=batch.store_id batch_id=batch.id/></May>
            })}
        </Page>
    }
}

#[component]
fn Undo(store_id: StoreId, batch_id: CardBatchId) -> impl IntoView {
    let reason = RwSignal::new(String::new());
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd =
            UndoCardBatch { command_id: sending.id(), store_id, batch_id, reason: reason.get_untracked() };
        sending.send(undo_card_batch(cmd), |()| go_to("/ledger/cards"));
    };
    view! {
        <Card title=w::UNDO>
            <form class="form form-short" novalidate=true on:submit=send>
                <Refused sending/>
                <p class="soft">{w::UNDO_TEXT}</p>
                <Field name="reason" label=w::REASON value=reason error=sending.wrong("reason") required=true/>
                <div class="row"><Button label=w::UNDO kind=ButtonKind::Danger submit=true pending=sending.pending/></div>
            </form>
        </Card>
    }
}
