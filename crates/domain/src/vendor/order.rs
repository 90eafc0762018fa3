//! Orders to a vendor: drafted, placed, received in part or whole, closed short or cancelled.

use super::goods::check_lines;
use super::{Catalog, Goods, TypedGoods, VendorRefusal};
use crate::codes;
use crate::field::FieldReader;
use crate::ids::{CommandId, PurchaseOrderId, StoreId, VendorId};
use crate::item::Quantity;
use crate::money::{Money, MoneyError};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Where an order stands.
    pub enum OrderState("state of an order") {
        Draft = "draft", "Draft";
        Placed = "placed", "Placed";
        PartlyReceived = "partly_received", "Partly received";
        Received = "received", "Received";
        ClosedShort = "closed_short", "Closed short";
        Cancelled = "cancelled", "Cancelled";
    }
}

impl OrderState {
    /// Whether goods may come on it. What was received whole may still bring more, when somebody confirms it.
    #[must_use]
    pub const fn takes_goods(self) -> bool {
        matches!(self, Self::Placed | Self::PartlyReceived | Self::Received)
    }

    /// Whether it is still on its way.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Placed | Self::PartlyReceived)
    }

    #[must_use]
    pub const fn may_change(self) -> bool {
        matches!(self, Self::Draft | Self::Placed | Self::PartlyReceived)
    }
}

/// An order as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub id: PurchaseOrderId,
    pub number: String,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub state: OrderState,
    pub expected_on: Option<NaiveDate>,
    pub placed_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub lines: Vec<OrderLine>,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    pub position: i64,
    pub goods: Goods,
    /// What came of it so far.
    pub received: Quantity,
}

/// Drafts an order (`order_id` is `None`), or changes one that is not closed. Of a placed order the event tells
/// what it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveOrder {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub order_id: Option<PurchaseOrderId>,
    /// The version that was on the screen.
    pub version: i64,
    pub typed: TypedOrder,
}

/// An order as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedOrder {
    pub expected_on: String,
    pub note: String,
    pub lines: Vec<TypedGoods>,
}

/// An order that reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedOrder {
    pub expected_on: Option<NaiveDate>,
    pub note: Option<String>,
    pub goods: Vec<Goods>,
}

/// What becomes of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndOrder {
    pub command_id: CommandId,
    pub order_id: PurchaseOrderId,
    pub version: i64,
    pub ending: Ending,
    pub reason: String,
}

codes! {
    /// A step of an order that is not a delivery.
    pub enum Ending("step of an order") {
        /// It went to the vendor.
        Place = "place", "Place the order";
        /// What is still missing does not come any more.
        CloseShort = "close_short", "Close short";
        Cancel = "cancel", "Cancel the order";
    }
}

/// An order that was changed, and whether it was with the vendor already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeOrder {
    Draft(Order),
    Placed(Order),
}

impl TypedOrder {
    /// # Errors
    /// Each field that does not read, with its reason.
    pub fn check(&self, catalog: &Catalog) -> Result<CheckedOrder, VendorRefusal> {
        let mut fields = FieldReader::default();
        let expected_on = match self.expected_on.trim() {
            "" => None,
            typed => match typed.parse() {
                Ok(date) => Some(date),
                Err(_) => {
                    fields.complain("expected_on", "enter a date such as 2026-11-30");
                    None
                }
            },
        };
        let note = fields.read("note", text::note(&self.note));
        let goods = check_lines(&self.lines, catalog, &mut fields);
        fields.finish(())?;
        Ok(CheckedOrder { expected_on, note, goods })
    }
}

impl CheckedOrder {
    fn lines(&self, received: impl Fn(i64) -> Quantity) -> Vec<OrderLine> {
        let line = |(position, goods): (i64, &Goods)| OrderLine {
            position,
            goods: goods.clone(),
            received: received(position),
        };
        (0_i64..).zip(&self.goods).map(line).collect()
    }

    /// A new order.
    #[must_use]
    pub fn draft(&self, id: PurchaseOrderId, number: String, cmd: &SaveOrder) -> Order {
        Order {
            id,
            number,
            store_id: cmd.store_id,
            vendor_id: cmd.vendor_id,
            state: OrderState::Draft,
            expected_on: self.expected_on,
            placed_on: None,
            note: self.note.clone(),
            lines: self.lines(|_| Quantity::ZERO),
            version: 1,
        }
    }

    /// The order as it is to be. Lines that something came on stay, in their place, as what they are, and with at
    /// least as much as came.
    ///
    /// # Errors
    /// An order that is closed; a line that goods came on and that is gone or smaller than what came.
    pub fn change(&self, before: &Order) -> Result<ChangeOrder, VendorRefusal> {
        if !before.state.may_change() {
            return Err(before.is_now());
        }
        let came = |position: i64| {
            before
                .lines
                .iter()
                .find(|line| line.position == position)
                .map_or(Quantity::ZERO, |line| line.received)
        };
        let mut fields = FieldReader::default();
        for was in before.lines.iter().filter(|line| line.received != Quantity::ZERO) {
            let now = usize::try_from(was.position).ok().and_then(|at| self.goods.get(at));
            let same = |goods: &Goods| {
                (goods.what, &goods.of, goods.unit) == (was.goods.what, &was.goods.of, was.goods.unit)
            };
            let name = format!("lines.{}.pieces", was.position);
            match now {
                Some(goods) if same(goods) && goods.basis(goods.quantity) >= goods.basis(was.received) => {}
                _ => fields.complain(
                    &name,
                    format!(
                        "{} came on this line: it stays what it is",
                        super::show_quantity(was.goods.unit, was.received)
                    ),
                ),
            }
        }
        fields.finish(())?;
        let lines = self.lines(came);
        let state = match before.state {
            OrderState::Draft => OrderState::Draft,
            _ => state_of(&lines),
        };
        let after =
            Order { expected_on: self.expected_on, note: self.note.clone(), lines, state, ..before.clone() };
        Ok(if before.state == OrderState::Draft {
            ChangeOrder::Draft(after)
        } else {
            ChangeOrder::Placed(after)
        })
    }
}

fn state_of(lines: &[OrderLine]) -> OrderState {
    let whole =
        lines.iter().all(|line| line.goods.basis(line.received) >= line.goods.basis(line.goods.quantity));
    if whole {
        OrderState::Received
    } else if lines.iter().any(|line| line.received != Quantity::ZERO) {
        OrderState::PartlyReceived
    } else {
        OrderState::Placed
    }
}

impl Order {
    fn is_now(&self) -> VendorRefusal {
        VendorRefusal::OrderState { number: self.number.clone(), state: self.state.label() }
    }

    /// # Errors
    /// A step that an order in this state does not take.
    pub fn end(&self, ending: Ending, today: NaiveDate) -> Result<Self, VendorRefusal> {
        let (state, placed_on) = match (ending, self.state) {
            (Ending::Place, OrderState::Draft) => (OrderState::Placed, Some(today)),
            (Ending::CloseShort, OrderState::PartlyReceived) => (OrderState::ClosedShort, self.placed_on),
            (Ending::Cancel, OrderState::Draft | OrderState::Placed) => {
                (OrderState::Cancelled, self.placed_on)
            }
            _ => return Err(self.is_now()),
        };
        Ok(Self { state, placed_on, ..self.clone() })
    }

    /// What all of it is expected to cost.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.goods.value()?))
    }

    /// What is still to come, as lines of a delivery.
    #[must_use]
    pub fn to_come(&self) -> Vec<TypedGoods> {
        self.lines
            .iter()
            .filter_map(|line| {
                let left = line.goods.quantity.minus(line.received)?;
                (line.goods.basis(left) > 0).then(|| TypedGoods {
                    order_line: line.position.to_string(),
                    ..Goods { quantity: left, ..line.goods.clone() }.typed()
                })
            })
            .collect()
    }
}
