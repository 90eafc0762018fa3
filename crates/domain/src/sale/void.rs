//! Taking back a whole sale on the day it was made, on the till that made it. After the Z it is a
//! return.

use super::SaleStatus;
use super::charge::void_invoice;
use crate::approval::{Approval, ApprovalKind, NotApproved, subject_digest};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{ApprovalId, CommandId, EventId, Ids, ItemId, SaleId, StoreId, TillId, TillSessionId};
use crate::item::{Holder, ItemMove, ItemStatus, LotNow, LotReason, LotRefusal, MoveError, Quantity};
use crate::ledger::{BalancedEntry, Entry, EntryError, EntryHeader};
use crate::moment::Moment;
use crate::money::Money;
use crate::person::{Actor, Permission};
use crate::receivable::{Changes, Lessened, OpenReceivable, ReceivableRefusal};
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidSale {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub sale_id: SaleId,
    pub reason: String,
    pub approvals: Vec<ApprovalId>,
}

/// The sale and what it wrote.
#[derive(Debug, Clone)]
pub struct SaleToVoid {
    pub id: SaleId,
    pub store_id: StoreId,
    pub number: String,
    pub status: SaleStatus,
    pub session_id: TillSessionId,
    pub till_id: TillId,
    pub session_open: bool,
    /// Whether pieces came back on it.
    pub took_back: bool,
    pub items: Vec<(ItemId, ItemStatus, i64, Option<uuid::Uuid>)>,
    /// Whether some of it came back on another receipt.
    pub came_back: bool,
    /// The lots it took from, what it took, and at what cost.
    pub lots: Vec<(LotNow, Quantity, Money)>,
    pub entries: Vec<Entry>,
    pub approvals: Vec<Approval>,
    /// The due dates of its invoice, where it was charged to an account.
    pub charged: Vec<OpenReceivable>,
    /// Whether the bank sent its check back.
    pub check_returned: bool,
    /// What lessened it, and lies elsewhere by now.
    pub lessened: Option<Lessened>,
}

#[derive(Debug, Clone)]
pub struct VoidOutcome {
    pub sale_id: SaleId,
    pub reason: String,
    pub record: Record,
    pub account: Changes,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum VoidRefusal {
    #[error("this sale is not in this store's books")]
    Unknown,
    #[error("the sale is voided already")]
    AlreadyVoided,
    #[error("the till that made this sale is closed: take the pieces back as a return")]
    TillClosed,
    #[error("void this sale on the till that made it: its cash lies in that drawer")]
    OtherTill,
    #[error("a receipt on which pieces came back is not voided: sell them again")]
    TookBack,
    #[error("a piece of this sale has moved on since: take the others back as a return")]
    PieceMovedOn,
    #[error(
        "the bank sent the check of this sale back, and its customer owes it: take the goods back as a return"
    )]
    CheckReturned,
    #[error("goods of this sale do not go back: {0}")]
    Lot(LotRefusal),
    #[error("say why the sale is voided")]
    ReasonMissing,
    #[error("{0}")]
    Reason(TextError),
    #[error("{0}")]
    Approval(NotApproved),
    #[error(transparent)]
    Account(#[from] ReceivableRefusal),
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Entry(#[from] EntryError),
}

/// Voids a sale: every entry is reversed line by line, every piece goes back to the case.
///
/// # Errors
/// [`VoidRefusal`] says why the sale stands.
pub fn void(
    sale: &SaleToVoid,
    cmd: &VoidSale,
    actor: &Actor,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<VoidOutcome, VoidRefusal> {
    if sale.store_id != cmd.store_id {
        return Err(VoidRefusal::Unknown);
    }
    if sale.status == SaleStatus::Voided {
        return Err(VoidRefusal::AlreadyVoided);
    }
    if sale.took_back {
        return Err(VoidRefusal::TookBack);
    }
    if sale.check_returned {
        return Err(VoidRefusal::CheckReturned);
    }
    if !sale.session_open {
        return Err(VoidRefusal::TillClosed);
    }
    if origin.till != Some(sale.till_id) {
        return Err(VoidRefusal::OtherTill);
    }
    let reason = text::required_line(&cmd.reason).map_err(|error| match error {
        TextError::Missing => VoidRefusal::ReasonMissing,
        other => VoidRefusal::Reason(other),
    })?;
    let approver =
        if actor.may(Permission::VoidSale, cmd.store_id) { None } else { Some(approver(sale, cmd, moment)?) };
    let event_id = EventId(cmd.command_id.0);
    let moves = sale.items.iter().map(|(item, status, version, holder)| {
        if *status != ItemStatus::Sold || *holder != Some(sale.id.0) {
            return Err(VoidRefusal::PieceMovedOn);
        }
        Ok(ItemMove::new(*item, *version, *status, ItemStatus::InStock, Holder::default(), event_id)?)
    });
    let moves = moves.collect::<Result<Vec<_>, _>>()?;
    if sale.came_back {
        return Err(VoidRefusal::PieceMovedOn);
    }
    let lots = sale.lots.iter().map(|(lot, quantity, cost)| {
        lot.add(LotReason::Voided, *quantity, *cost, event_id).map_err(VoidRefusal::Lot)
    });
    let lots = lots.collect::<Result<Vec<_>, _>>()?;
    let entries = sale.entries.iter().map(|entry| {
        let header = EntryHeader {
            id: ids.draw(),
            event: event_id,
            moment: *moment,
            narrative: format!("Void of {}", sale.number),
            ..entry.header.clone()
        };
        BalancedEntry::reversing(entry, header)
    });
    let entries = entries.collect::<Result<Vec<_>, _>>()?;
    let event = Event {
        approver,
        ..Event::about(
            event_id,
            EventKind::SaleVoided,
            (SubjectKind::Sale, sale.id.0),
            format!("Voided {}: {reason}", sale.number),
            *moment,
            *origin,
        )
    };
    let approvals = if approver.is_some() { cmd.approvals.clone() } else { Vec::new() };
    if let Some(lessened) = &sale.lessened {
        return Err(ReceivableRefusal::from(lessened.clone()).into());
    }
    let account = void_invoice(sale.id, &sale.charged, event_id, moment)?;
    let record = Record { event, entries, moves, lots, approvals };
    Ok(VoidOutcome { sale_id: sale.id, reason, record, account })
}

/// What somebody approves who lets another void a sale: exactly this one.
#[must_use]
pub fn void_subject(sale: SaleId) -> String {
    subject_digest(&sale)
}

fn approver(sale: &SaleToVoid, cmd: &VoidSale, moment: &Moment) -> Result<crate::ids::PersonId, VoidRefusal> {
    let subject = void_subject(cmd.sale_id);
    let mut why = NotApproved::Missing;
    for approval in sale.approvals.iter().filter(|approval| cmd.approvals.contains(&approval.id)) {
        match approval.covers(ApprovalKind::VoidSale, cmd.store_id, &subject, moment.recorded_at) {
            Ok(approver) => return Ok(approver),
            Err(reason) => why = reason,
        }
    }
    Err(VoidRefusal::Approval(why))
}
