//! Goods go back to a vendor: they leave the case, and later the vendor credits them or sends them home.

use super::goods::amount;
use super::{Vendor, VendorRefusal, show_quantity};
use crate::codes;
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{
    CommandId, CreditId, EventId, Ids, ItemId, LegalEntityId, StoreId, VendorId, VendorReturnId,
};
use crate::item::{
    Holder, Item, ItemMove, ItemStatus, LotMove, LotNow, LotReason, Quantity, TypedQuantity, Unit,
};
use crate::ledger::{Dimensions, Draft, EntryHeader, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// Where a return to a vendor stands.
    pub enum ReturnState("state of a return") {
        Sent = "sent", "On its way";
        Credited = "credited", "Credited";
        Refused = "refused", "Refused";
    }
}

/// Sends goods back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnGoods {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub typed: TypedReturn,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedReturn {
    pub reason: String,
    pub lines: Vec<TypedReturned>,
}

/// One piece, or a part of a lot, by its tag.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedReturned {
    pub tag: String,
    pub pieces: String,
    pub measure: String,
}

/// What a return is decided on.
#[derive(Debug, Clone, Copy)]
pub struct ReturnSnapshot<'a> {
    pub vendor: &'a Vendor,
    /// The pieces and lots of the store, by their tags.
    pub items: &'a BTreeMap<String, Item>,
    pub legal_entity: LegalEntityId,
    pub number: &'a str,
}

/// A return as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorReturn {
    pub id: VendorReturnId,
    pub number: String,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub reason: String,
    pub sent_on: NaiveDate,
    pub state: ReturnState,
    pub total: Money,
    pub lines: Vec<ReturnedLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedLine {
    pub position: i64,
    pub item: ItemId,
    pub unit: Option<Unit>,
    pub quantity: Quantity,
    pub cost: Money,
}

#[derive(Debug, Clone)]
pub struct ReturnOutcome {
    pub record: Record,
    pub sent: VendorReturn,
}

/// The vendor has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseReturn {
    pub command_id: CommandId,
    pub return_id: VendorReturnId,
    pub closing: Closing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closing {
    /// The vendor owes us for it.
    Credit(TypedCredit),
    /// The goods came home, and why.
    Refused(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedCredit {
    /// The vendor's number of it.
    pub number: String,
    pub amount: String,
}

/// A vendor's credit as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    pub id: CreditId,
    pub return_id: VendorReturnId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub number: Option<String>,
    pub credited_on: NaiveDate,
    pub amount: Money,
}

/// What the answer to a return is decided on.
#[derive(Debug, Clone, Copy)]
pub struct CloseSnapshot<'a> {
    pub sent: &'a VendorReturn,
    pub items: &'a BTreeMap<ItemId, Item>,
    pub legal_entity: LegalEntityId,
}

#[derive(Debug, Clone)]
pub struct Closed {
    pub record: Record,
    pub state: ReturnState,
    pub credit: Option<Credit>,
}

impl ReturnGoods {
    /// Decides about a return.
    ///
    /// # Errors
    /// Each line that is wrong: a piece that is sold, held or of another store; more of a lot than is there.
    pub fn decide(
        &self,
        snapshot: &ReturnSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReturnOutcome, VendorRefusal> {
        if !snapshot.vendor.file.active {
            return Err(VendorRefusal::Retired(snapshot.vendor.file.name.clone()));
        }
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.typed.reason));
        if self.typed.lines.is_empty() {
            fields.complain("lines", "add at least one piece");
        }
        let (event, id): (EventId, VendorReturnId) = (EventId(self.command_id.0), ids.draw());
        let mut leaving = Leaving { event, id, moves: Vec::new(), lots: Vec::new(), lines: Vec::new() };
        let mut draft = Draft::new(self.store_id);
        for (row, typed) in self.typed.lines.iter().enumerate() {
            match leaving.take(typed, snapshot) {
                Ok((item, cost)) => {
                    let about =
                        Dimensions { item: Some(item.id), document: Some(id.0), ..Dimensions::default() };
                    draft.debit(code::INVENTORY_RETURN_TO_VENDOR, cost, about);
                    draft.credit(item.account, cost, about)?;
                }
                Err((field, message)) => fields.complain(&format!("lines.{row}.{field}"), message),
            }
        }
        fields.finish(())?;
        let total = Money::sum(leaving.lines.iter().map(|line| line.cost))?;
        let sent = VendorReturn {
            id,
            number: snapshot.number.to_owned(),
            store_id: self.store_id,
            vendor_id: self.vendor_id,
            reason,
            sent_on: moment.business_date,
            state: ReturnState::Sent,
            total,
            lines: leaving.lines,
        };
        let summary = format!("{} to {}: {}", sent.number, snapshot.vendor.file.name, sent.reason);
        let event = Event {
            after: serde_json::to_value(&sent).ok(),
            ..Event::about(
                event,
                EventKind::GoodsSentBack,
                (SubjectKind::VendorReturn, id.0),
                summary,
                *moment,
                *origin,
            )
        };
        let record = Record { moves: leaving.moves, lots: leaving.lots, ..Record::of(event) };
        let record = with_entry(record, draft, snapshot.legal_entity, ids)?;
        Ok(ReturnOutcome { record, sent })
    }
}

/// What leaves the case.
struct Leaving {
    event: EventId,
    id: VendorReturnId,
    moves: Vec<ItemMove>,
    lots: Vec<LotMove>,
    lines: Vec<ReturnedLine>,
}

impl Leaving {
    /// Takes one line; a complaint with its field where that cannot be.
    fn take<'a>(
        &mut self,
        typed: &TypedReturned,
        snapshot: &ReturnSnapshot<'a>,
    ) -> Result<(&'a Item, Money), (&'static str, String)> {
        let tag = typed.tag.trim().to_uppercase();
        let item = snapshot.items.get(&tag).ok_or_else(|| {
            (
                "tag",
                if tag.is_empty() {
                    "enter a tag".to_owned()
                } else {
                    format!("no piece of this store has the tag {tag}")
                },
            )
        })?;
        if self.lines.iter().any(|line| line.item == item.id) {
            return Err(("tag", format!("{tag} stands here twice")));
        }
        let (quantity, cost) = match LotNow::of(item) {
            Some(now) => {
                let mut fields = FieldReader::default();
                let quantity = TypedQuantity { pieces: typed.pieces.clone(), measure: typed.measure.clone() };
                let quantity = quantity.read(now.lot.unit, &mut fields);
                if let Err(errors) = fields.finish(()) {
                    let first = errors.into_iter().next();
                    let field = first
                        .as_ref()
                        .map_or("pieces", |e| if e.field == "measure" { "measure" } else { "pieces" });
                    return Err((field, first.map(|e| e.message).unwrap_or_default()));
                }
                let field = if now.lot.unit.counts_pieces() { "pieces" } else { "measure" };
                let step = now.send_back(quantity, self.event).map_err(|error| (field, error.to_string()))?;
                let cost = now.cost.minus(step.cost_after).map_err(|error| (field, error.to_string()))?;
                self.lots.push(step);
                (quantity, cost)
            }
            None => {
                if !matches!(item.status, ItemStatus::InStock | ItemStatus::Quarantine) {
                    return Err(("tag", format!("{tag} is “{}” now", item.status)));
                }
                let holder = Holder { id: Some(self.id.0), until: None };
                let step = ItemMove::new(
                    item.id,
                    item.version,
                    item.status,
                    ItemStatus::ReturnedToVendor,
                    holder,
                    self.event,
                );
                self.moves.push(step.map_err(|error| ("tag", error.to_string()))?);
                (Quantity::ONE, item.cost)
            }
        };
        let position = i64::try_from(self.lines.len()).unwrap_or(i64::MAX);
        let unit = item.lot.map(|lot| lot.unit);
        self.lines.push(ReturnedLine { position, item: item.id, unit, quantity, cost });
        Ok((item, cost))
    }
}

impl CloseReturn {
    /// Decides about the vendor's answer.
    ///
    /// # Errors
    /// Each field that does not read; a return that was closed.
    pub fn decide(
        &self,
        snapshot: &CloseSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<Closed, VendorRefusal> {
        if snapshot.sent.state != ReturnState::Sent {
            return Err(VendorRefusal::ReturnClosed);
        }
        match &self.closing {
            Closing::Credit(typed) => self.credit(typed, snapshot, origin, moment, ids),
            Closing::Refused(reason) => self.home(reason, snapshot, origin, moment, ids),
        }
    }

    fn credit(
        &self,
        typed: &TypedCredit,
        snapshot: &CloseSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<Closed, VendorRefusal> {
        let sent = snapshot.sent;
        let mut fields = FieldReader::default();
        let number = fields.read("number", text::optional_line(&typed.number));
        let credited = fields.read("amount", amount(&typed.amount));
        fields.finish(())?;
        let credit = Credit {
            id: ids.draw(),
            return_id: sent.id,
            store_id: sent.store_id,
            vendor_id: sent.vendor_id,
            number,
            credited_on: moment.business_date,
            amount: credited,
        };
        let mut draft = Draft::new(sent.store_id);
        let about = |document| Dimensions { document: Some(document), ..Dimensions::default() };
        draft.debit(code::ACCOUNTS_PAYABLE, credited, about(credit.id.0));
        leave_the_way(&mut draft, sent)?;
        // What the vendor keeps for taking it back, or gives beyond what it cost.
        draft.debit(code::INVENTORY_ADJUSTMENTS, sent.total.minus(credited)?, about(sent.id.0));
        let summary = format!("{}: {credited} for what cost {}", sent.number, sent.total);
        let event = self.event(EventKind::CreditReceived, summary, origin, moment);
        let event = Event { after: serde_json::to_value(&credit).ok(), ..event };
        let record = with_entry(Record::of(event), draft, snapshot.legal_entity, ids)?;
        Ok(Closed { record, state: ReturnState::Credited, credit: Some(credit) })
    }

    fn home(
        &self,
        reason: &str,
        snapshot: &CloseSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<Closed, VendorRefusal> {
        let sent = snapshot.sent;
        let reason = text::required_line(reason).map_err(|error| VendorRefusal::at("reason", error))?;
        let id = EventId(self.command_id.0);
        let (mut moves, mut lots) = (Vec::new(), Vec::new());
        let mut draft = Draft::new(sent.store_id);
        for line in &sent.lines {
            let item = snapshot
                .items
                .get(&line.item)
                .ok_or_else(|| VendorRefusal::at("reason", "a piece is missing"))?;
            match LotNow::of(item) {
                Some(now) => lots.push(now.add(LotReason::Refused, line.quantity, line.cost, id)?),
                None => {
                    let home = Holder::default();
                    moves.push(ItemMove::new(
                        item.id,
                        item.version,
                        item.status,
                        ItemStatus::InStock,
                        home,
                        id,
                    )?);
                }
            }
            let about =
                Dimensions { item: Some(line.item), document: Some(sent.id.0), ..Dimensions::default() };
            draft.debit(item.account, line.cost, about);
        }
        leave_the_way(&mut draft, sent)?;
        let event =
            self.event(EventKind::ReturnRefused, format!("{}: {reason}", sent.number), origin, moment);
        let record = Record { moves, lots, ..Record::of(event) };
        let record = with_entry(record, draft, snapshot.legal_entity, ids)?;
        Ok(Closed { record, state: ReturnState::Refused, credit: None })
    }

    fn event(&self, kind: EventKind, summary: String, origin: &Origin, moment: &Moment) -> Event {
        let subject = (SubjectKind::VendorReturn, self.return_id.0);
        Event::about(EventId(self.command_id.0), kind, subject, summary, *moment, *origin)
    }
}

/// What was on its way is there, line by line.
fn leave_the_way(draft: &mut Draft, sent: &VendorReturn) -> Result<(), VendorRefusal> {
    for line in &sent.lines {
        let about = Dimensions { item: Some(line.item), document: Some(sent.id.0), ..Dimensions::default() };
        draft.credit(code::INVENTORY_RETURN_TO_VENDOR, line.cost, about)?;
    }
    Ok(())
}

/// The entry, unless nothing cost anything.
fn with_entry(
    record: Record,
    draft: Draft,
    legal_entity: LegalEntityId,
    ids: &mut Ids,
) -> Result<Record, VendorRefusal> {
    if draft.is_empty() {
        return Ok(record);
    }
    let header = EntryHeader {
        id: ids.draw(),
        event: record.event.id,
        legal_entity,
        store: record.event.origin.store,
        moment: record.event.moment,
        narrative: record.event.kind.label().to_owned(),
        reverses: None,
    };
    Ok(Record { entries: vec![draft.balance(header)?], ..record })
}

impl ReturnedLine {
    /// How much of it goes back, for people.
    #[must_use]
    pub fn amount(&self) -> String {
        show_quantity(self.unit, self.quantity)
    }
}
