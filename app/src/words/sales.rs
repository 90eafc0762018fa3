pub const TITLE: &str = "Sales";
pub const WORDS: &str = "Words";
pub const FIND: &str = "Receipt, customer, piece, total";
pub const ANYBODY: &str = "Anybody";
pub const ANYTHING: &str = "Anything";
pub const ALL: &str = "All";
pub const PAID_WITH: &str = "Paid with";
pub const DOWNLOAD: &str = "Download";
pub const SALES_COUNT: &str = "Receipts";
pub const TAX: &str = "Sales tax";
pub const STANDING: &str = "Without voided sales";
pub const NUMBER: &str = "Receipt";
pub const DATE: &str = "Date";
pub const CUSTOMER: &str = "Customer";
pub const SOLD_BY: &str = "Sold by";
pub const STATUS: &str = "Status";
pub const TOTAL: &str = "Total";
pub const EMPTY: &str = "No sales";
pub const EMPTY_TEXT: &str = "Sales appear here as soon as the register has made one.";
pub const VOID: &str = "Void sale";
pub const VOID_TEXT: &str = "Every entry is reversed and the pieces go back to the case. The number stays.";
pub const VOIDED: &str = "Voided";
pub const COMPLETED: &str = "Completed";
pub const PIECES: &str = "Pieces";
pub const WHAT_WAS_POSTED: &str = "What was posted";
pub const PAYMENTS: &str = "Payments";
pub const CHANGE: &str = "Change";
pub const DISCOUNT: &str = "Discount";
pub const SOLD_BY_SHORT: &str = "Served by ";
pub const SOLD_TO: &str = "Sold to";
pub const TAG: &str = "Tag";
pub const PRICE: &str = "Price";
pub const NET: &str = "Net";
pub const NO_TAX: &str = "No tax";
pub const DISCOUNT_APPROVED: &str = "Discount approved by";
pub const VOID_APPROVAL: &str = "Your role needs a manager's approval for this.";

#[must_use]
pub fn voided_by(name: &str, when: &str) -> String {
    format!("By {name}, {when}")
}

#[must_use]
pub fn approved_by(name: &str) -> String {
    format!("approved by {name}")
}

pub const SECRET: &str = "Gift secret";
pub const SECRET_UNTIL: &str = "Gift secret until";
pub const SECRET_HINT: &str = "Until that day it stands in nobody's history, total or letter";
pub const KEEP_SECRET: &str = "Keep it secret";
pub const NO_SECRET: &str = "No secret";
pub const STANDING_TOLD: &str = "Without voided sales and gift secrets";
pub const END_SECRET: &str = "End the secret";

#[must_use]
pub fn secret_until(day: &str) -> String {
    format!("{SECRET_UNTIL} {day}")
}
