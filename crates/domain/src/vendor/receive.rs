//! Goods arrive from a vendor (J64): each unique piece becomes a row of its own, a lot takes a step, and all of it is
//! owed as goods received and not billed. Freight and duty are part of what the goods cost.

use super::goods::{amount, check_lines};
use super::{Catalog, Goods, Order, OrderState, TypedGoods, Vendor, VendorRefusal, VendorTag, show_quantity};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{
    CommandId, EventId, GoodsReceiptId, Ids, ItemId, LegalEntityId, PurchaseOrderId, StoreId, VendorId,
};
use crate::item::{
    Holder, Item, ItemMove, ItemStatus, Lot, LotMove, LotNow, LotReason, Quantity, Unit, account_for,
};
use crate::ledger::{AccountCode, Dimensions, Draft, EntryHeader, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::tax::allocate;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A delivery has at most this many unique pieces and lots; its tags are printed in one run.
pub const MOST_PIECES: usize = 300;

/// Receives goods, on an order or without one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiveGoods {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub order_id: Option<PurchaseOrderId>,
    pub typed: TypedReceipt,
}

/// A delivery as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedReceipt {
    /// The number on the paper that came with it.
    pub slip: String,
    /// Freight and duty that the vendor charges; empty for none.
    pub freight: String,
    pub note: String,
    /// Somebody has looked: more came than was ordered, and it is kept.
    pub over: bool,
    pub lines: Vec<TypedGoods>,
}

/// A delivery that reads.
#[derive(Debug, Clone)]
pub struct Arrivals {
    slip: Option<String>,
    freight: Money,
    note: Option<String>,
    lines: Vec<(Option<i64>, Goods)>,
}

/// What a delivery is decided on.
#[derive(Debug, Clone, Copy)]
pub struct ReceiveSnapshot<'a> {
    pub vendor: &'a Vendor,
    pub order: Option<&'a Order>,
    pub catalog: &'a Catalog,
    pub legal_entity: LegalEntityId,
    /// The number of the delivery.
    pub number: &'a str,
    /// A tag for each piece and each new lot.
    pub tags: &'a [String],
}

/// A delivery as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodsReceipt {
    pub id: GoodsReceiptId,
    pub number: String,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub order_id: Option<PurchaseOrderId>,
    pub slip: Option<String>,
    pub note: Option<String>,
    pub received_on: NaiveDate,
    /// What all of it costs with freight and duty.
    pub total: Money,
    pub lines: Vec<ReceiptLine>,
}

/// One unique piece of a delivery, or a part of a lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptLine {
    pub position: i64,
    pub item: ItemId,
    /// The place of the order's line it came on.
    pub order_line: Option<i64>,
    pub unit: Option<Unit>,
    pub quantity: Quantity,
    /// As the vendor charges it.
    pub cost: Money,
    /// Its part of freight and duty.
    pub freight: Money,
}

/// Everything to write.
#[derive(Debug, Clone)]
pub struct ReceiptOutcome {
    pub record: Record,
    pub items: Vec<Item>,
    pub receipt: GoodsReceipt,
    /// Where the order stands now.
    pub order: Option<OrderState>,
}

impl TypedReceipt {
    /// Reads the delivery against what the store knows.
    ///
    /// # Errors
    /// Each field that does not read; more than was ordered, unless somebody has looked.
    pub fn check(&self, catalog: &Catalog, order: Option<&Order>) -> Result<Arrivals, VendorRefusal> {
        let mut fields = FieldReader::default();
        let slip = fields.read("slip", text::optional_line(&self.slip));
        let note = fields.read("note", text::note(&self.note));
        let freight = match self.freight.trim() {
            "" => Money::ZERO,
            typed => fields.read("freight", amount(typed)),
        };
        let goods = check_lines(&self.lines, catalog, &mut fields);
        fields.finish(())?;
        let mut fields = FieldReader::default();
        let places: Vec<Option<i64>> =
            self.lines.iter().map(|line| line.order_line.trim().parse().ok()).collect();
        let lines: Vec<(Option<i64>, Goods)> = places.into_iter().zip(goods).collect();
        if count_pieces(&lines) > i64::try_from(MOST_PIECES).unwrap_or(0) {
            fields.complain(
                "lines",
                format!("a delivery has at most {MOST_PIECES} pieces: receive it in parts"),
            );
        }
        if !self.over {
            complain_about_more(&lines, order, &mut fields);
        }
        fields.finish(())?;
        Ok(Arrivals { slip, freight, note, lines })
    }
}

/// Unique pieces, and one for each part of a lot.
fn count_pieces(lines: &[(Option<i64>, Goods)]) -> i64 {
    lines.iter().map(|(_, goods)| if goods.unit.is_some() { 1 } else { goods.quantity.pieces }).sum()
}

/// What arrives on each line of an order is not more than what is still to come.
fn complain_about_more(lines: &[(Option<i64>, Goods)], order: Option<&Order>, fields: &mut FieldReader) {
    let Some(order) = order else { return };
    let mut arrived: BTreeMap<i64, i64> = BTreeMap::new();
    for (row, (place, goods)) in lines.iter().enumerate() {
        let name = format!(
            "lines.{row}.{}",
            if goods.unit.is_some_and(Unit::weighs) { "measure" } else { "pieces" }
        );
        let Some(line) = place.and_then(|place| order.lines.iter().find(|line| line.position == place))
        else {
            fields.complain(
                &name,
                "this was not ordered: confirm that more came, or receive it without the order",
            );
            continue;
        };
        let now = arrived.entry(line.position).or_default();
        *now += goods.basis(goods.quantity);
        let left = line.goods.basis(line.goods.quantity) - line.goods.basis(line.received);
        if *now > left {
            let unit = line.goods.unit;
            let (ordered, came) =
                (show_quantity(unit, line.goods.quantity), show_quantity(unit, line.received));
            fields.complain(
                &name,
                format!("{ordered} were ordered and {came} came before: confirm that more came"),
            );
        }
    }
}

impl Arrivals {
    /// How many tags it takes.
    #[must_use]
    pub fn tags(&self) -> usize {
        let new = self.lines.iter().filter(|(_, goods)| goods.lot.is_none());
        let count: i64 =
            new.map(|(_, goods)| if goods.unit.is_some() { 1 } else { goods.quantity.pieces }).sum();
        usize::try_from(count).unwrap_or(0)
    }
}

/// One row of the delivery in the making.
struct Arriving<'a> {
    place: Option<i64>,
    goods: &'a Goods,
    quantity: Quantity,
    cost: Money,
}

/// Receives goods.
///
/// # Errors
/// [`VendorRefusal`]: a retired vendor, an order that is not open, amounts that do not fit.
pub fn receive(
    snapshot: &ReceiveSnapshot<'_>,
    cmd: &ReceiveGoods,
    arrivals: &Arrivals,
    origin: &Origin,
    moment: &Moment,
    ids: &mut Ids,
) -> Result<ReceiptOutcome, VendorRefusal> {
    let vendor = snapshot.vendor;
    if !vendor.file.active {
        return Err(VendorRefusal::Retired(vendor.file.name.clone()));
    }
    if let Some(order) = snapshot.order {
        order.takes_goods(cmd)?;
    }
    let rows = rows(arrivals)?;
    let weights: Vec<i64> = rows.iter().map(|row| row.cost.minor()).collect();
    let freight = allocate(arrivals.freight, &weights)?;
    let (event_id, id): (EventId, GoodsReceiptId) = (EventId(cmd.command_id.0), ids.draw());
    let entry_id = ids.draw();
    let mut made = Made { items: Vec::new(), moves: Vec::new(), lots: Vec::new(), now: BTreeMap::new() };
    let mut draft = Draft::new(cmd.store_id);
    let mut lines = Vec::with_capacity(rows.len());
    let mut tags = snapshot.tags.iter();
    let place = Place { cmd, vendor: vendor.tag(), event: event_id };
    for (position, (row, freight)) in (0_i64..).zip(rows.iter().zip(freight)) {
        let landed = row.cost.plus(freight)?;
        let (item, account) = match row.goods.lot {
            Some(lot) => made.more_of(lot, row, landed, snapshot.catalog, event_id)?,
            None => {
                made.new_piece(ids.draw(), tags.next().cloned().unwrap_or_default(), row, landed, &place)?
            }
        };
        let about = Dimensions { item: Some(item), document: Some(id.0), ..Dimensions::default() };
        draft.debit(account, landed, about);
        lines.push(ReceiptLine {
            position,
            item,
            order_line: row.place,
            unit: row.goods.unit,
            quantity: row.quantity,
            cost: row.cost,
            freight,
        });
    }
    let total = Money::sum(lines.iter().map(|line| line.cost))?.plus(arrivals.freight)?;
    let about = Dimensions { document: Some(id.0), ..Dimensions::default() };
    draft.credit(code::GOODS_NOT_BILLED, total, about)?;
    let receipt = GoodsReceipt {
        id,
        number: snapshot.number.to_owned(),
        store_id: cmd.store_id,
        vendor_id: vendor.id,
        order_id: cmd.order_id,
        slip: arrivals.slip.clone(),
        note: arrivals.note.clone(),
        received_on: moment.business_date,
        total,
        lines,
    };
    let event = Event {
        after: serde_json::to_value(&receipt).ok(),
        ..Event::about(
            event_id,
            EventKind::GoodsReceived,
            (SubjectKind::GoodsReceipt, id.0),
            format!("{} from {}: {total}", receipt.number, vendor.file.name),
            *moment,
            *origin,
        )
    };
    let mut record = Record { moves: made.moves, lots: made.lots, ..Record::of(event) };
    if !draft.is_empty() {
        record.entries.push(draft.balance(EntryHeader {
            id: entry_id,
            event: event_id,
            legal_entity: snapshot.legal_entity,
            store: cmd.store_id,
            moment: *moment,
            narrative: EventKind::GoodsReceived.label().to_owned(),
            reverses: None,
        })?);
    }
    let order = snapshot.order.map(|order| order.after(&receipt.lines));
    Ok(ReceiptOutcome { record, items: made.items, receipt, order })
}

/// Each unique piece apart, each part of a lot as one.
fn rows(arrivals: &Arrivals) -> Result<Vec<Arriving<'_>>, VendorRefusal> {
    let mut rows = Vec::new();
    for (place, goods) in &arrivals.lines {
        let row = |quantity, cost| Arriving { place: *place, goods, quantity, cost };
        match goods.unit {
            Some(_) => rows.push(row(goods.quantity, goods.value()?)),
            None => rows.extend((0..goods.quantity.pieces).map(|_| row(Quantity::ONE, goods.cost))),
        }
    }
    Ok(rows)
}

/// Where the goods come in.
struct Place<'a> {
    cmd: &'a ReceiveGoods,
    vendor: VendorTag,
    event: EventId,
}

/// What comes into being.
struct Made {
    items: Vec<Item>,
    moves: Vec<ItemMove>,
    lots: Vec<LotMove>,
    /// Lots behind the steps that were made.
    now: BTreeMap<ItemId, LotNow>,
}

impl Made {
    fn more_of(
        &mut self,
        lot: ItemId,
        row: &Arriving<'_>,
        landed: Money,
        catalog: &Catalog,
        event: EventId,
    ) -> Result<(ItemId, AccountCode), VendorRefusal> {
        let gone = || VendorRefusal::at("lines", "this lot is not in the books");
        let item = catalog.lots.values().find(|item| item.id == lot).ok_or_else(gone)?;
        let now = match self.now.get(&lot) {
            Some(now) => *now,
            None => LotNow::of(item).ok_or_else(gone)?,
        };
        let step = now.add(LotReason::Received, row.quantity, landed, event)?;
        self.now.insert(lot, now.after(&step));
        self.lots.push(step);
        Ok((lot, item.account))
    }

    fn new_piece(
        &mut self,
        id: ItemId,
        tag: String,
        row: &Arriving<'_>,
        landed: Money,
        place: &Place<'_>,
    ) -> Result<(ItemId, AccountCode), VendorRefusal> {
        let goods = row.goods;
        let account = account_for(goods.details.kind, goods.unit);
        let lot = goods.unit.map(|unit| Lot { unit, on_hand: row.quantity });
        self.moves.push(ItemMove::new(
            id,
            0,
            ItemStatus::New,
            ItemStatus::InStock,
            Holder::default(),
            place.event,
        )?);
        if let Some(lot) = lot {
            let nothing = LotNow { item: id, version: 0, lot: Lot::empty(lot.unit), cost: Money::ZERO };
            self.lots.push(nothing.add(LotReason::Received, lot.on_hand, landed, place.event)?);
        }
        self.items.push(Item {
            id,
            store_id: place.cmd.store_id,
            tag,
            details: goods.details.clone(),
            taxability: goods.taxability,
            price: goods.price,
            cost: landed,
            replacement: None,
            lot,
            variation: goods.variation.clone(),
            vendor: Some(place.vendor.clone()),
            vendor_style: goods.vendor_style.clone(),
            account,
            status: ItemStatus::InStock,
            holder: Holder::default(),
            version: 1,
            photo: None,
        });
        Ok((id, account))
    }
}

impl Order {
    /// Whether goods may come on it.
    fn takes_goods(&self, cmd: &ReceiveGoods) -> Result<(), VendorRefusal> {
        if self.store_id != cmd.store_id {
            return Err(VendorRefusal::OrderElsewhere(self.number.clone()));
        }
        if self.vendor_id != cmd.vendor_id {
            return Err(VendorRefusal::OtherVendor(self.number.clone()));
        }
        if !self.state.takes_goods() {
            return Err(VendorRefusal::OrderNotOpen {
                number: self.number.clone(),
                state: self.state.label(),
            });
        }
        Ok(())
    }

    /// Where it stands behind a delivery.
    fn after(&self, lines: &[ReceiptLine]) -> OrderState {
        let came = |position: i64| {
            let now = lines.iter().filter(|line| line.order_line == Some(position));
            now.map(|line| line.quantity.basis(line.unit.unwrap_or(Unit::Piece))).sum::<i64>()
        };
        let whole = self.lines.iter().all(|line| {
            let there = line.goods.basis(line.received) + came(line.position);
            there >= line.goods.basis(line.goods.quantity)
        });
        if whole { OrderState::Received } else { OrderState::PartlyReceived }
    }
}

impl ReceiptLine {
    /// What it costs with its part of freight and duty.
    ///
    /// # Errors
    /// [`crate::money::MoneyError`] when it does not fit.
    pub fn landed(&self) -> Result<Money, crate::money::MoneyError> {
        self.cost.plus(self.freight)
    }
}
