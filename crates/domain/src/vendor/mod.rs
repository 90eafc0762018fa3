//! Vendors: what is ordered from them, what they deliver and bill, what they are paid, and what goes back.

mod back;
mod bill;
mod edit;
mod goods;
mod order;
mod pay;
mod receive;
mod refusal;
mod view;

pub use back::{
    CloseReturn, CloseSnapshot, Closed, Closing, Credit, ReturnGoods, ReturnOutcome, ReturnSnapshot,
    ReturnState, ReturnedLine, TypedCredit, TypedReturn, TypedReturned, VendorReturn,
};
pub use bill::{Bill, BillOutcome, BillSnapshot, CostChange, EnterBill, ReceiptNow, TypedBill, TypedBilled};
pub use edit::{MOST_NET_DAYS, SaveVendor, TypedVendor};
pub use goods::{Catalog, Goods, GoodsKind, KnownVariation, MOST_LINES, TypedGoods, show_quantity};
pub use order::{
    ChangeOrder, CheckedOrder, EndOrder, Ending, Order, OrderLine, OrderState, SaveOrder, TypedOrder,
};
pub use pay::{
    OpenBill, OpenCredit, PayBills, PaySnapshot, Payment, PaymentOutcome, TypedPart, TypedPayment, spread,
};
pub use receive::{
    Arrivals, GoodsReceipt, MOST_PIECES, ReceiptLine, ReceiptOutcome, ReceiveGoods, ReceiveSnapshot,
    TypedReceipt, receive,
};
pub use refusal::VendorRefusal;
pub use view::{
    BillFilter, BillLine, BillPage, BillSheet, CreditLine, DeliveryChoices, Letterhead, OrderFilter,
    OrderPage, OrderSheet, OrderSummary, PaymentChoices, PaymentLine, ReceiptPiece, ReceiptSheet,
    ReceiptSummary, ReturnSheet, ReturnSummary, ReturnedPiece, UnbilledReceipt, VendorFilter, VendorLine,
    VendorPage, VendorSheet,
};

use crate::ids::VendorId;
use serde::{Deserialize, Serialize};

/// What a piece knows of the vendor it was bought from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorTag {
    pub id: VendorId,
    pub code: String,
    pub name: String,
}

/// What is known of somebody whom goods are bought from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorFile {
    /// Short, as it stands on tags and in lists.
    pub code: String,
    pub name: String,
    /// Whom one asks for there.
    pub contact: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    /// What we are called in their books.
    pub account_number: Option<String>,
    /// A bill is due so many days after its date.
    pub net_days: i64,
    pub note: Option<String>,
    /// Nothing is ordered from, received from or sent back to a retired vendor; what is owed is still paid.
    pub active: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vendor {
    pub id: VendorId,
    pub file: VendorFile,
    pub version: i64,
}

impl Vendor {
    #[must_use]
    pub fn tag(&self) -> VendorTag {
        VendorTag { id: self.id, code: self.file.code.clone(), name: self.file.name.clone() }
    }
}
