//! Completing a sale: the ticket is priced again, the money settled, the pieces taken out of the
//! case and everything posted at once.

use super::back::Returning;
use super::charge::{At, OnAccount};
use super::check::{cart, check_discounts, items_for_sale, portions, sellers};
use super::lots::Lots;
use super::post::post;
use super::refund::refund;
use super::{
    Discount, PriceError, PricedTicket, Refundable, ReturnLine, ReturnRefusal, ReturnedFacts, ReturnedSums,
    SecretRefusal, SellerShare, SellersRefusal, Settlement, SoldLine, TaxTable, Tender, TenderKind,
    TenderRefusal, TypedExemption, VoidedLine, price, secret_on_ticket, settle, ticket,
};
use crate::approval::{Approval, NotApproved, subject_digest};
use crate::customer::Exemption;
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{
    ApprovalId, CommandId, CustomerId, EventId, Ids, ItemId, LegalEntityId, PersonId, SaleId, SaleLineId,
    StoreId, TillId, TillSessionId,
};
use crate::item::{Holder, ItemMove, ItemStatus, Lot, LotRefusal, MoveError, Portion, Quantity};
use crate::ledger::{AccountCode, EntryError, EntryHeader, code};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::parking::Lease;
use crate::person::{Actor, Permission, Role};
use crate::policy::StorePolicy;
use crate::rate::Rate;
use crate::receivable::{AccountStanding, Changes, Lessened, OpenReceivable, ReceivableRefusal};
use crate::tax::{LineTax, Taxability};
use crate::text::{self, TextError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A line as the ticket shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketLine {
    pub item_id: ItemId,
    /// The tag price the customer was told, of a lot the price of one unit; a price that changed meanwhile is refused.
    pub price: Money,
    pub discount: Option<Discount>,
    /// How much of a lot; `None` for a unique piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

impl TicketLine {
    /// The part of the lot that the line is of; `None` for a unique piece.
    #[must_use]
    pub fn portion(&self, lot: Option<Lot>) -> Option<Portion> {
        let (lot, quantity) = lot.zip(self.quantity)?;
        Some(Portion { unit: lot.unit, quantity, unit_price: self.price })
    }
}

/// Sells the pieces of a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompleteSale {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub session_id: TillSessionId,
    pub customer_id: Option<CustomerId>,
    pub lines: Vec<TicketLine>,
    pub discount: Option<Discount>,
    /// Who sold it; empty means whoever is signed in.
    pub sellers: Vec<SellerShare>,
    pub tenders: Vec<Tender>,
    /// The total that stood on the screen.
    pub expected_total: Money,
    pub approvals: Vec<ApprovalId>,
    pub note: String,
    /// A certificate shown at the counter; the customer's own needs no typing.
    #[serde(default)]
    pub exemption: Option<TypedExemption>,
    /// What was taken off the ticket on the way here.
    #[serde(default)]
    pub voided: Vec<VoidedLine>,
    /// What the customer brings back; with pieces on the ticket it is an exchange.
    #[serde(default)]
    pub returns: Vec<ReturnLine>,
    /// The day until which it is kept a secret, as typed; empty is no secret.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub secret_until: String,
    /// Why the account is charged although something speaks against it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub override_reason: String,
}

/// A piece as the decision needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemInSale {
    pub id: ItemId,
    pub store_id: StoreId,
    pub tag: String,
    pub description: String,
    pub taxability: Taxability,
    pub price: Money,
    pub cost: Money,
    /// `None` for a unique piece.
    pub lot: Option<Lot>,
    /// The inventory account that holds its cost.
    pub account: AccountCode,
    pub status: ItemStatus,
    pub version: i64,
    pub holder: Holder,
    /// Who holds a piece that is not in the case, in words.
    pub held_by: Option<String>,
    /// The open ticket that it stands on.
    pub lease: Option<Lease>,
}

/// The open till session the sale is rung up on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TillInSale {
    pub session_id: TillSessionId,
    pub till_id: TillId,
    pub store_id: StoreId,
    pub legal_entity_id: LegalEntityId,
    pub open: bool,
}

/// Everything a sale depends on, as it stood when the transaction began.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub items: Vec<ItemInSale>,
    pub till: Option<TillInSale>,
    /// `None` when the command names a customer that is not there.
    pub customer: Option<CustomerInSale>,
    pub taxes: TaxTable,
    pub policy: StorePolicy,
    pub tender_kinds: Vec<TenderKind>,
    pub approvals: Vec<Approval>,
    /// The people who work in this store.
    pub staff: Vec<(PersonId, Role)>,
    /// The lines that come back, and what was paid for the receipts they are on, newest first.
    pub sold: Vec<SoldLine>,
    pub refundable: Vec<Refundable>,
    /// What the ledger says lies in the drawer, where something comes back.
    pub drawer: Money,
    /// How the customer stands, where something goes to their account.
    pub account: Option<AccountStanding>,
    /// The due dates of what is owed on the receipts from which something comes back, because it was charged or their
    /// check came back, and the cards that stand for whoever owes it.
    pub charged: Vec<OpenReceivable>,
    pub charged_to: BTreeSet<CustomerId>,
    /// What lessened them without being part of a receipt.
    pub lessened: Option<Lessened>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerInSale {
    pub id: CustomerId,
    pub exemption: Option<Exemption>,
}

/// The sale as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleFacts {
    pub id: SaleId,
    pub store_id: StoreId,
    pub till_id: TillId,
    pub session_id: TillSessionId,
    pub customer_id: Option<CustomerId>,
    pub cashier: PersonId,
    pub subtotal: Money,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    pub total: Money,
    pub rounding: Money,
    pub change: Money,
    pub ticket_discount: Option<Discount>,
    pub exemption: Option<Exemption>,
    pub note: Option<String>,
    pub lines: Vec<SaleLineFacts>,
    pub tenders: Vec<super::TenderFacts>,
    /// What came back on the same receipt.
    #[serde(default)]
    pub returned: Vec<ReturnedFacts>,
    /// What the customer got for it.
    #[serde(default)]
    pub returned_worth: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaleLineFacts {
    pub id: SaleLineId,
    pub item_id: ItemId,
    pub tag: String,
    pub description: String,
    pub price: Money,
    pub line_discount: Money,
    pub ticket_discount: Money,
    pub discount: Option<Discount>,
    pub net: Money,
    pub tax: LineTax,
    pub tax_total: Money,
    /// What exactly this piece cost, or this part of a lot at its average.
    pub cost: Money,
    /// How much of a lot it was; `None` for a unique piece.
    #[serde(default)]
    pub portion: Option<Portion>,
    /// The inventory account that the cost left.
    #[serde(default = "showcase")]
    pub inventory: AccountCode,
    pub sellers: Vec<SellerShare>,
}

pub(super) const fn showcase() -> AccountCode {
    code::INVENTORY_SHOWCASE
}

/// Facts to record. The caller decides nothing; it writes all of this or none of it.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub sale: SaleFacts,
    pub record: Record,
    /// That lines were taken off before; an event of its own beside the sale's.
    pub voided: Option<Record>,
    /// The day until which it is a secret.
    pub secret_until: Option<NaiveDate>,
    /// What it does to the customer's account.
    pub account: Changes,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Refusal {
    #[error("the ticket is empty")]
    Empty,
    #[error("piece {0} stands on the ticket twice")]
    Twice(String),
    #[error("{tag}: {why}")]
    Lot { tag: String, why: LotRefusal },
    #[error("{0} is sold as a whole, not in parts")]
    NotInParts(String),
    #[error("a piece on the ticket is not in this store's books")]
    UnknownItem,
    #[error("{tag} is not for sale here: {status}{}", .held_by.as_ref().map(|who| format!(" ({who})")).unwrap_or_default())]
    NotForSale { tag: String, status: ItemStatus, held_by: Option<String> },
    #[error("{tag} is {who}")]
    OnTicket { tag: String, who: String },
    #[error("{tag} is in another store")]
    OtherStore { tag: String },
    #[error("the price of {tag} is now {now}, not {was}: look at the ticket again")]
    PriceChanged { tag: String, was: Money, now: Money },
    #[error("the total is now {now}, not {was}: look at the ticket again")]
    TotalChanged { was: Money, now: Money },
    #[error("the till is closed: open it with a float first")]
    TillClosed,
    #[error("this browser is not paired with that till")]
    OtherTill,
    #[error("this customer is not in the book")]
    UnknownCustomer,
    #[error(transparent)]
    Sellers(#[from] SellersRefusal),
    #[error("no tax needs the number of a certificate: {0}")]
    Certificate(TextError),
    #[error("a discount of {rate} is above your limit of {limit}")]
    DiscountNeedsApproval { rate: Rate, limit: Rate, why: NotApproved },
    #[error("a discount needs a reason")]
    DiscountReason,
    #[error("{0}")]
    Note(TextError),
    #[error(transparent)]
    Price(#[from] PriceError),
    #[error(transparent)]
    Tender(#[from] TenderRefusal),
    /// It does not say how much there is: the count is blind.
    #[error("the drawer does not hold that much cash: bring some from the safe first")]
    DrawerTooEmpty,
    #[error("gift secret: {0}")]
    Secret(#[from] SecretRefusal),
    #[error(transparent)]
    Return(#[from] ReturnRefusal),
    #[error(transparent)]
    Account(#[from] ReceivableRefusal),
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        Self::Price(PriceError::Money(error))
    }
}

/// What a manager approves when a discount is above the limit: these pieces at these prices with these
/// discounts. Any change to them needs a new approval.
#[must_use]
pub fn override_subject(lines: &[TicketLine], discount: Option<&Discount>) -> String {
    subject_digest(&(lines, discount))
}

/// Completes a sale, a return or an exchange (J01 to J03, J05, J37 to J39, J63, J65).
///
/// The ticket is priced again from the pieces as they are now; what the customer was shown must
/// still hold. A piece is sold only from the case of this store. Revenue is the net price, cost is
/// that of exactly this piece, tax goes to its jurisdictions, each tender to its own account.
///
/// # Errors
/// [`Refusal`] names the first thing that does not hold; nothing has happened then.
pub fn complete(
    snapshot: &Snapshot,
    cmd: &CompleteSale,
    actor: &Actor,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<Outcome, Refusal> {
    let till = snapshot.till.as_ref().filter(|till| till.open && till.store_id == cmd.store_id);
    let till = till.ok_or(Refusal::TillClosed)?;
    if origin.till != Some(till.till_id) {
        return Err(Refusal::OtherTill);
    }
    let items = items_for_sale(snapshot, cmd, till.till_id, moment)?;
    let customer = match cmd.customer_id {
        None => None,
        Some(_) => Some(snapshot.customer.as_ref().ok_or(Refusal::UnknownCustomer)?),
    };
    let secret_until = secret_on_ticket(&cmd.secret_until, customer.is_some(), moment.business_date)?;
    let exemption = match &cmd.exemption {
        Some(shown) => Some(shown.check().map_err(Refusal::Certificate)?),
        None => customer.and_then(|c| c.exemption.clone()).filter(|e| e.is_valid_on(moment.business_date)),
    };
    let taxes = if exemption.is_some() { &TaxTable::default() } else { &snapshot.taxes };
    let portions = portions(cmd, &items)?;
    let ticket = price(&cart(cmd, &items, &portions)?, taxes)?;
    let returning = Returning {
        lines: &cmd.returns,
        sold: &snapshot.sold,
        store: cmd.store_id,
        policy: &snapshot.policy,
    };
    let returned = returning.take_back()?;
    if let Some(lessened) = snapshot.lessened.as_ref().filter(|_| !returned.is_empty()) {
        return Err(ReceivableRefusal::from(lessened.clone()).into());
    }
    let returned_worth = ReturnedSums::of(&returned)?.worth()?;
    let total = ticket.total.minus(returned_worth)?;
    if total != cmd.expected_total {
        return Err(Refusal::TotalChanged { was: cmd.expected_total, now: total });
    }
    let approver = check_discounts(snapshot, cmd, &ticket, actor, moment)?;
    let let_back = returning.approver(total.is_negative(), actor, &snapshot.approvals, moment)?;
    let settlement = settle_either_way(snapshot, cmd, total, actor)?;
    let sellers = sellers(snapshot, cmd, origin.actor)?;

    let event_id = EventId(cmd.command_id.0);
    let sale_id: SaleId = ids.draw();
    let unique = items.iter().filter(|item| item.lot.is_none()).map(|item| {
        let holder = Holder { id: Some(sale_id.0), until: None };
        ItemMove::new(item.id, item.version, item.status, ItemStatus::Sold, holder, event_id)
    });
    let back = snapshot.sold.iter().filter(|sold| sold.lot.is_none()).filter_map(|sold| {
        let line = cmd.returns.iter().find(|line| line.line_id == sold.line_id)?;
        let (from, to) = (sold.status, line.condition.status());
        Some(ItemMove::new(sold.item_id, sold.version, from, to, Holder::default(), event_id))
    });
    let moves = unique.chain(back).collect::<Result<Vec<_>, _>>()?;
    let mut lots = Lots::new(event_id);
    let costs = lots.sell(&items, &portions)?;
    lots.take_back(&snapshot.sold, &returned)?;
    let sold = SoldPieces { items: &items, portions: &portions, costs: &costs };
    let sale = facts(cmd, till, &sold, ticket, &settlement, &sellers, exemption, origin, sale_id, ids)?;
    // The card that was named may have been merged into another: the sale is that customer's.
    let customer_id = customer.map(|customer| customer.id);
    let mut sale = SaleFacts { customer_id, total, returned, returned_worth, ..sale };
    let account = OnAccount::of(snapshot, cmd, &mut sale, &settlement, At { actor, moment }, ids)?;
    let header = EntryHeader {
        id: ids.draw(),
        event: event_id,
        legal_entity: till.legal_entity_id,
        store: cmd.store_id,
        moment: *moment,
        narrative: narrative(&sale).to_owned(),
        reverses: None,
    };
    let entries = post(&sale, &account, header)?.into_iter().collect();
    let event = Event {
        approver: approver.or(let_back).or(account.approver),
        ..Event::about(
            event_id,
            EventKind::SaleCompleted,
            (SubjectKind::Sale, sale_id.0),
            summary(&sale, secret_until) + &account.against,
            *moment,
            *origin,
        )
    };
    let approved = approver.is_some() || let_back.is_some() || account.approver.is_some();
    let approvals = if approved { cmd.approvals.clone() } else { Vec::new() };
    let voided = voided(cmd, sale_id, origin, moment, ids)?;
    let record = Record { event, entries, moves, lots: lots.steps, approvals };
    Ok(Outcome { sale, record, voided, secret_until, account: account.changes })
}

/// What was taken off the ticket, for the audit trail.
fn voided(
    cmd: &CompleteSale,
    sale: SaleId,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<Option<Record>, Refusal> {
    if cmd.voided.len() > super::MOST_LINES {
        return Err(PriceError::TooManyLines.into());
    }
    if cmd.voided.is_empty() {
        return Ok(None);
    }
    let event = ticket::event(ids.draw(), &cmd.voided, (SubjectKind::Sale, sale.0), origin, moment);
    Ok(Some(Record::of(event)))
}

/// The customer pays for the ticket, or is paid for what comes back.
fn settle_either_way(
    snapshot: &Snapshot,
    cmd: &CompleteSale,
    total: Money,
    actor: &Actor,
) -> Result<Settlement, Refusal> {
    let rounding = snapshot.policy.cash_rounding;
    if !total.is_negative() {
        return Ok(settle(total, &cmd.tenders, &snapshot.tender_kinds, rounding)?);
    }
    let may_choose = actor.may(Permission::Approve, cmd.store_id);
    let settlement = refund(total.negated()?, &cmd.tenders, &snapshot.refundable, rounding, may_choose)?;
    let from_drawer = settlement.tenders.iter().filter(|tender| tender.kind.account == code::TILL_CASH);
    let left = snapshot.drawer.plus(Money::sum(from_drawer.map(|tender| tender.amount))?)?;
    if left.is_negative() {
        return Err(Refusal::DrawerTooEmpty);
    }
    Ok(settlement)
}

fn narrative(sale: &SaleFacts) -> &'static str {
    match (sale.lines.is_empty(), sale.returned.is_empty()) {
        (false, true) => "Sale",
        (false, false) => "Exchange",
        (true, _) => "Return",
    }
}

/// What happened, for the audit trail. A sale without tax says why.
fn summary(sale: &SaleFacts, secret_until: Option<NaiveDate>) -> String {
    let pieces = plural(sale.lines.len(), "piece");
    let back = plural(sale.returned.len(), "piece");
    let sold = match (sale.lines.is_empty(), sale.returned.is_empty()) {
        (false, true) => format!("Sold {pieces} for {}", sale.total),
        (false, false) => format!("Sold {pieces}, took back {back}, for {}", sale.total),
        (true, _) => format!("Took back {back} for {}", sale.total),
    };
    let sold = match &sale.exemption {
        Some(exemption) => format!("{sold}, no tax: {exemption}"),
        None => sold,
    };
    match secret_until {
        Some(until) => format!("{sold}, gift secret until {until}"),
        None => sold,
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The pieces of a ticket in its order, how much of each lot, and what each cost.
struct SoldPieces<'a> {
    items: &'a [&'a ItemInSale],
    portions: &'a [Option<Portion>],
    costs: &'a [Money],
}

#[expect(clippy::too_many_arguments, reason = "gathers what was decided, one value each")]
fn facts(
    cmd: &CompleteSale,
    till: &TillInSale,
    sold: &SoldPieces<'_>,
    ticket: PricedTicket,
    settlement: &Settlement,
    sellers: &[SellerShare],
    exemption: Option<Exemption>,
    origin: &Origin,
    id: SaleId,
    ids: &mut Ids,
) -> Result<SaleFacts, Refusal> {
    let pieces = sold.items.iter().zip(sold.portions).zip(sold.costs);
    let lines = ticket.lines.into_iter().zip(&cmd.lines).zip(pieces);
    let lines = lines.map(|((priced, typed), ((item, portion), cost))| {
        Ok(SaleLineFacts {
            id: ids.draw(),
            item_id: item.id,
            tag: item.tag.clone(),
            description: item.description.clone(),
            price: priced.price,
            line_discount: priced.line_discount,
            ticket_discount: priced.ticket_discount,
            discount: typed.discount.clone(),
            net: priced.net,
            tax_total: priced.tax.total()?,
            tax: priced.tax,
            cost: *cost,
            portion: *portion,
            inventory: item.account,
            sellers: sellers.to_vec(),
        })
    });
    Ok(SaleFacts {
        id,
        store_id: cmd.store_id,
        till_id: till.till_id,
        session_id: till.session_id,
        customer_id: None,
        cashier: origin.actor,
        subtotal: ticket.subtotal,
        discount: ticket.discount,
        net: ticket.net,
        tax: ticket.tax,
        total: ticket.total,
        rounding: settlement.rounding,
        change: settlement.change,
        ticket_discount: cmd.discount.clone(),
        exemption,
        note: text::note(&cmd.note).map_err(Refusal::Note)?,
        lines: lines.collect::<Result<Vec<_>, Refusal>>()?,
        tenders: settlement.tenders.clone(),
        returned: Vec::new(),
        returned_worth: Money::ZERO,
    })
}
