//! A vendor's bill for what was delivered. Where it is another amount than was thought, what is still here costs
//! that much, and what has left the store cost it when it was sold.

use super::goods::amount;
use super::{GoodsReceipt, ReceiptLine, Vendor, VendorRefusal};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{BillId, CommandId, EventId, GoodsReceiptId, Ids, ItemId, LegalEntityId, StoreId, VendorId};
use crate::item::{Item, LotMove, LotNow, Unit};
use crate::ledger::{Dimensions, Draft, EntryHeader, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::tax::allocate;
use crate::text;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Enters a vendor's bill against deliveries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnterBill {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub typed: TypedBill,
}

/// A bill as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedBill {
    /// The vendor's own number.
    pub number: String,
    pub date: String,
    /// Empty is as the vendor's terms say.
    pub due: String,
    /// What all of it comes to, with freight.
    pub total: String,
    /// Somebody has looked: the bill was written before the goods came.
    pub early: bool,
    pub receipts: Vec<GoodsReceiptId>,
    /// What the bill says of single lines; the others are as they were received.
    pub lines: Vec<TypedBilled>,
}

/// What a bill says of one line of a delivery, without freight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedBilled {
    pub receipt: GoodsReceiptId,
    pub position: i64,
    pub amount: String,
}

/// A delivery, and whether it was billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptNow {
    pub receipt: GoodsReceipt,
    pub billed: bool,
}

/// What a bill is decided on.
#[derive(Debug, Clone, Copy)]
pub struct BillSnapshot<'a> {
    pub vendor: &'a Vendor,
    /// Those that are named.
    pub receipts: &'a [ReceiptNow],
    /// The pieces and lots that came with them.
    pub items: &'a BTreeMap<ItemId, Item>,
    pub legal_entity: LegalEntityId,
    pub today: NaiveDate,
}

/// A bill as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub id: BillId,
    /// The vendor's number, in capitals.
    pub number: String,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub billed_on: NaiveDate,
    pub due_on: NaiveDate,
    pub entered_on: NaiveDate,
    pub amount: Money,
    /// What it is more, or less, than was received.
    pub difference: Money,
    pub receipts: Vec<GoodsReceiptId>,
}

/// What a unique piece costs now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostChange {
    pub item: ItemId,
    /// The version it was seen in.
    pub version: i64,
    pub tag: String,
    pub before: Money,
    pub after: Money,
}

#[derive(Debug, Clone)]
pub struct BillOutcome {
    pub record: Record,
    pub bill: Bill,
    pub costs: Vec<CostChange>,
}

/// What a bill says, read.
struct Said {
    number: String,
    billed_on: NaiveDate,
    due_on: NaiveDate,
    total: Money,
    /// What the bill says of each line.
    lines: BTreeMap<(GoodsReceiptId, i64), Money>,
}

impl EnterBill {
    /// Decides about a bill.
    ///
    /// # Errors
    /// Each field that is wrong; a delivery that was billed or is somebody else's.
    pub fn decide(
        &self,
        snapshot: &BillSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<BillOutcome, VendorRefusal> {
        let receipts: Vec<&GoodsReceipt> = self.receipts(snapshot)?;
        let said = self.read(snapshot, &receipts)?;
        let received = Money::sum(receipts.iter().map(|receipt| receipt.total))?;
        let lines: Vec<(&GoodsReceipt, &ReceiptLine)> = receipts
            .iter()
            .flat_map(|receipt| receipt.lines.iter().map(move |line| (*receipt, line)))
            .collect();
        let goods: Vec<Money> = lines
            .iter()
            .map(|(receipt, line)| said.lines.get(&(receipt.id, line.position)).copied().unwrap_or(line.cost))
            .collect();
        // What the lines do not say is freight, duty or a discount, and belongs to all of them by value.
        let beside = said.total.minus(Money::sum(goods.iter().copied())?)?;
        let beside = allocate(beside, &goods.iter().map(|cost| cost.minor()).collect::<Vec<_>>())?;
        let (event_id, id): (EventId, BillId) = (EventId(self.command_id.0), ids.draw());
        let entry_id = ids.draw();
        let mut books = Books {
            items: snapshot.items,
            draft: Draft::new(self.store_id),
            event: event_id,
            document: id,
            costs: BTreeMap::new(),
            lots: Vec::new(),
            now: BTreeMap::new(),
        };
        let about = |document| Dimensions { document: Some(document), ..Dimensions::default() };
        for receipt in &receipts {
            books.draft.debit(code::GOODS_NOT_BILLED, receipt.total, about(receipt.id.0));
        }
        for (((_, line), cost), beside) in lines.iter().zip(&goods).zip(&beside) {
            books.difference(line, cost.plus(*beside)?.minus(line.landed()?)?)?;
        }
        books.draft.credit(code::ACCOUNTS_PAYABLE, said.total, about(id.0))?;
        let Books { draft, costs, lots, .. } = books;
        let costs: Vec<CostChange> = costs.into_values().collect();
        let name = &snapshot.vendor.file.name;
        let bill = Bill {
            id,
            number: said.number,
            store_id: self.store_id,
            vendor_id: self.vendor_id,
            billed_on: said.billed_on,
            due_on: said.due_on,
            entered_on: moment.business_date,
            amount: said.total,
            difference: said.total.minus(received)?,
            receipts: receipts.iter().map(|receipt| receipt.id).collect(),
        };
        let event = Event {
            after: Some(serde_json::json!({ "bill": bill, "costs": costs })),
            ..Event::about(
                event_id,
                EventKind::BillEntered,
                (SubjectKind::Bill, id.0),
                format!("{} of {name}: {}, due {}", bill.number, bill.amount, bill.due_on),
                *moment,
                *origin,
            )
        };
        let mut record = Record { lots, ..Record::of(event) };
        if !draft.is_empty() {
            record.entries.push(draft.balance(EntryHeader {
                id: entry_id,
                event: event_id,
                legal_entity: snapshot.legal_entity,
                store: self.store_id,
                moment: *moment,
                narrative: EventKind::BillEntered.label().to_owned(),
                reverses: None,
            })?);
        }
        Ok(BillOutcome { record, bill, costs })
    }

    fn receipts<'a>(&self, snapshot: &BillSnapshot<'a>) -> Result<Vec<&'a GoodsReceipt>, VendorRefusal> {
        let mut receipts: Vec<&GoodsReceipt> = Vec::new();
        for id in &self.typed.receipts {
            let now =
                snapshot.receipts.iter().find(|now| now.receipt.id == *id).ok_or(VendorRefusal::NoReceipt)?;
            let number = || now.receipt.number.clone();
            if now.receipt.store_id != self.store_id || now.receipt.vendor_id != self.vendor_id {
                return Err(VendorRefusal::ReceiptElsewhere(number()));
            }
            if now.billed || receipts.iter().any(|other| other.id == *id) {
                return Err(VendorRefusal::Billed(number()));
            }
            receipts.push(&now.receipt);
        }
        if receipts.is_empty() { Err(VendorRefusal::NoReceipt) } else { Ok(receipts) }
    }

    fn read(&self, snapshot: &BillSnapshot<'_>, receipts: &[&GoodsReceipt]) -> Result<Said, VendorRefusal> {
        const PROBLEM: &str = "enter a date such as 2026-11-30";
        let mut fields = FieldReader::default();
        let number = fields.read("number", text::required_line(&self.typed.number)).to_uppercase();
        let total = fields.read("total", amount(&self.typed.total));
        let billed_on = fields.read("date", self.typed.date.trim().parse::<NaiveDate>().map_err(|_| PROBLEM));
        let came = receipts.iter().map(|receipt| receipt.received_on).max();
        if fields.is_clean() && billed_on > snapshot.today {
            fields.complain("date", "this day is still to come");
        } else if fields.is_clean() && !self.typed.early && came.is_some_and(|came| billed_on < came) {
            let came = came.unwrap_or_default();
            fields.complain(
                "date",
                format!(
                    "the goods came on {came}, after this date: confirm that the bill was written before"
                ),
            );
        }
        let terms = Days::new(u64::try_from(snapshot.vendor.file.net_days).unwrap_or(0));
        let due_on = match self.typed.due.trim() {
            "" => billed_on.checked_add_days(terms).unwrap_or(billed_on),
            typed => fields.read("due", typed.parse::<NaiveDate>().map_err(|_| PROBLEM)),
        };
        if fields.is_clean() && due_on < billed_on {
            fields.complain("due", "a bill is not due before its date");
        }
        let mut lines = BTreeMap::new();
        for (row, billed) in self.typed.lines.iter().enumerate() {
            let cost = fields.read(&format!("lines.{row}.amount"), amount(&billed.amount));
            lines.insert((billed.receipt, billed.position), cost);
        }
        fields.finish(Said { number, billed_on, due_on, total, lines }).map_err(VendorRefusal::from)
    }
}

/// The bill as it is posted, line by line.
struct Books<'a> {
    items: &'a BTreeMap<ItemId, Item>,
    draft: Draft,
    event: EventId,
    document: BillId,
    costs: BTreeMap<ItemId, CostChange>,
    lots: Vec<LotMove>,
    now: BTreeMap<ItemId, LotNow>,
}

impl Books<'_> {
    /// What a line costs more, or less: on the goods as far as they are here, else on what was sold. Nothing costs
    /// less than nothing.
    fn difference(&mut self, line: &ReceiptLine, difference: Money) -> Result<(), VendorRefusal> {
        if difference.is_zero() {
            return Ok(());
        }
        let items = self.items;
        let Some(item) = items.get(&line.item) else {
            return Err(VendorRefusal::at("lines", "a piece of this delivery is not in the books"));
        };
        let here = match item.lot {
            Some(_) => self.on_lot(item, line, difference)?,
            None if item.status.is_on_hand() => self.on_piece(item, difference)?,
            None => Money::ZERO,
        };
        let about =
            Dimensions { item: Some(line.item), document: Some(self.document.0), ..Dimensions::default() };
        self.draft.debit(item.account, here, about);
        self.draft.debit(code::COGS_SHOWCASE, difference.minus(here)?, about);
        Ok(())
    }

    fn on_piece(&mut self, item: &Item, difference: Money) -> Result<Money, VendorRefusal> {
        let change = self.costs.entry(item.id).or_insert_with(|| CostChange {
            item: item.id,
            version: item.version,
            tag: item.tag.clone(),
            before: item.cost,
            after: item.cost,
        });
        let here = difference.max(change.after.negated()?);
        change.after = change.after.plus(here)?;
        Ok(here)
    }

    /// The part of the delivery that may still be in the lot: not more than is there.
    fn on_lot(&mut self, item: &Item, line: &ReceiptLine, difference: Money) -> Result<Money, VendorRefusal> {
        let known = self.now.get(&item.id).copied().or_else(|| LotNow::of(item));
        let Some(now) = known else { return Ok(Money::ZERO) };
        let unit = line.unit.unwrap_or(Unit::Piece);
        let (came, there) = (line.quantity.basis(unit), now.lot.on_hand.basis(unit));
        let here = difference.share(came.min(there), came)?.max(now.cost.negated()?);
        if here.is_zero() {
            return Ok(here);
        }
        let step = now.cost_more(here, self.event)?;
        self.now.insert(item.id, now.after(&step));
        self.lots.push(step);
        Ok(here)
    }
}
