//! Vendors and their papers as they are listed and shown.

use super::{
    Bill, GoodsReceipt, OpenBill, Order, OrderState, Payment, ReceiptLine, ReturnState, ReturnedLine, Vendor,
    VendorReturn, VendorTag,
};
use crate::csv::{cell, decimal};
use crate::ids::{
    BillId, CreditId, EventId, GoodsReceiptId, PurchaseOrderId, StoreId, VendorId, VendorReturnId,
};
use crate::ledger::AccountCode;
use crate::money::Money;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Which vendors to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct VendorFilter {
    pub words: String,
    pub retired: bool,
    pub offset: u64,
    pub limit: u64,
}

/// A vendor as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorLine {
    pub id: VendorId,
    pub code: String,
    pub name: String,
    pub phone: Option<String>,
    pub active: bool,
    /// Bills less credits, in the stores that may be looked into.
    pub owed: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorPage {
    pub vendors: Vec<VendorLine>,
    pub count: u64,
    /// What all vendors are owed together.
    pub owed: Money,
}

/// A vendor with what is open there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorSheet {
    pub vendor: Vendor,
    pub owed: Money,
    /// What is left of the credits.
    pub credit: Money,
    pub open_bills: Vec<OpenBill>,
    pub not_billed: Vec<ReceiptSummary>,
    pub orders: Vec<OrderSummary>,
    pub returns: Vec<ReturnSummary>,
    pub payments: Vec<PaymentLine>,
    /// Pieces and lots from them in the stores that may be looked into.
    pub on_hand: u64,
    pub today: NaiveDate,
}

/// A delivery as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSummary {
    pub id: GoodsReceiptId,
    pub number: String,
    pub store_id: StoreId,
    pub received_on: NaiveDate,
    pub slip: Option<String>,
    pub total: Money,
}

/// A delivery, with its pieces by their tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptSheet {
    pub receipt: GoodsReceipt,
    pub vendor: VendorTag,
    pub order: Option<(PurchaseOrderId, String)>,
    pub bill: Option<(BillId, String)>,
    pub pieces: Vec<ReceiptPiece>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPiece {
    pub line: ReceiptLine,
    pub tag: String,
    pub description: String,
}

/// A delivery that a bill is still to come for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnbilledReceipt {
    pub receipt: GoodsReceipt,
    pub pieces: Vec<ReceiptPiece>,
}

/// What somebody needs who receives goods or enters a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryChoices {
    pub vendor: Vendor,
    pub store_id: StoreId,
    pub order: Option<Order>,
    pub not_billed: Vec<UnbilledReceipt>,
    pub today: NaiveDate,
}

/// What somebody needs who pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentChoices {
    pub vendor: Vendor,
    pub store_id: StoreId,
    pub bills: Vec<OpenBill>,
    pub credit: Money,
    pub accounts: Vec<(AccountCode, String)>,
    pub today: NaiveDate,
}

/// Which bills to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BillFilter {
    pub stores: Vec<StoreId>,
    pub vendor: Option<VendorId>,
    /// Only what is due by this day.
    pub due_by: Option<NaiveDate>,
    pub offset: u64,
    pub limit: u64,
}

/// An open bill as it is listed, the first that is due first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillLine {
    pub bill: OpenBill,
    pub vendor: VendorTag,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillPage {
    pub bills: Vec<BillLine>,
    pub count: u64,
    pub open: Money,
    /// Of which due before today.
    pub overdue: Money,
    pub today: NaiveDate,
}

impl BillLine {
    pub const CSV_HEAD: &'static str = "vendor_code,vendor,bill,billed_on,due_on,amount,open\n";

    /// A row of the file.
    #[must_use]
    pub fn csv(&self) -> String {
        let bill = &self.bill;
        let cells = [
            cell(&self.vendor.code),
            cell(&self.vendor.name),
            cell(&bill.number),
            bill.billed_on.to_string(),
            bill.due_on.to_string(),
            decimal(bill.amount),
            decimal(bill.open),
        ];
        cells.join(",") + "\n"
    }
}

/// One bill with what it is for and what was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillSheet {
    pub bill: Bill,
    pub vendor: VendorTag,
    pub open: Money,
    pub event: EventId,
    pub receipts: Vec<ReceiptSummary>,
    pub payments: Vec<PaymentLine>,
}

/// A payment as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentLine {
    pub event: EventId,
    pub paid_on: NaiveDate,
    pub reference: Option<String>,
    pub account: AccountCode,
    /// What the bill, or all bills, got.
    pub amount: Money,
}

impl From<&Payment> for PaymentLine {
    fn from(payment: &Payment) -> Self {
        Self {
            event: payment.id,
            paid_on: payment.paid_on,
            reference: payment.reference.clone(),
            account: payment.account,
            amount: payment.money,
        }
    }
}

/// What is left of a vendor's credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLine {
    pub id: CreditId,
    pub number: Option<String>,
    pub amount: Money,
    pub open: Money,
}

/// Which orders to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderFilter {
    pub stores: Vec<StoreId>,
    pub vendor: Option<VendorId>,
    pub state: Option<OrderState>,
    pub offset: u64,
    pub limit: u64,
}

/// An order as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSummary {
    pub id: PurchaseOrderId,
    pub number: String,
    pub vendor: String,
    pub state: OrderState,
    pub expected_on: Option<NaiveDate>,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    pub orders: Vec<OrderSummary>,
    pub count: u64,
}

/// Who writes to the vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    pub name: String,
    pub lines: Vec<String>,
}

/// An order as it is shown and printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSheet {
    pub order: Order,
    pub total: Money,
    pub vendor: Vendor,
    pub from: Letterhead,
    pub receipts: Vec<ReceiptSummary>,
}

/// A return as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSummary {
    pub id: VendorReturnId,
    pub number: String,
    pub sent_on: NaiveDate,
    pub reason: String,
    pub state: ReturnState,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedPiece {
    pub line: ReturnedLine,
    pub tag: String,
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSheet {
    pub sent: VendorReturn,
    pub vendor: VendorTag,
    pub pieces: Vec<ReturnedPiece>,
    pub credit: Option<CreditLine>,
}
