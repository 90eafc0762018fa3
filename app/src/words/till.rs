pub const TITLE: &str = "Till";
pub const X_REPORT: &str = "X report";
pub const Z_REPORT: &str = "Z report";
pub const OPENED: &str = "Opened";
pub const SALES: &str = "Sales";
pub const VOIDS: &str = "Voids";
pub const NET: &str = "Net sales";
pub const TAX: &str = "Sales tax";
pub const TOTAL: &str = "Total";
pub const ON_ACCOUNT: &str = "On account";
pub const FLOAT: &str = "Float";
pub const DROPS: &str = "Dropped in the safe";
pub const EXPECTED: &str = "Expected in the drawer";
pub const COUNTED: &str = "Counted";
pub const OVER_SHORT: &str = "Over or short";
pub const DROP: &str = "Drop cash";
pub const AMOUNT: &str = "Amount";
pub const PAY_IN_OUT: &str = "Pay in or out";
pub const WAY: &str = "Which way";
pub const WHAT_FOR: &str = "What for";
pub const CASH_AMOUNT: &str = "Cash in or out";
pub const CASH_WHY: &str = "Say in words what it was for";
pub const OPENED_WHY: &str = "Why the drawer was opened";
pub const RECORD: &str = "Record";
pub const PAID_IN: &str = "Paid in";
pub const PAID_OUT: &str = "Paid out";
pub const NO_SALE: &str = "Open without a sale";
pub const NO_SALE_TEXT: &str = "Such as to change a note. It is counted on the Z.";
pub const NO_SALES: &str = "Opened without a sale";
pub const COUNT: &str = "Count and close";
pub const COUNT_TEXT: &str = "Count what lies in the drawer. What should be there is shown afterwards.";
pub const CENTS: &str = "Cents";
pub const CLOSE: &str = "Close till";
pub const CLOSED: &str = "This till is closed.";
pub const CLOSE_DAY: &str = "Close the day";
pub const DAY_CLOSED: &str = "The day is closed and sealed.";
pub const RECEIPTS: &str = "Receipts";
pub const SUBTOTAL: &str = "Tag prices";
pub const DISCOUNTS: &str = "Discounts";
pub const CLOSED_AT: &str = "Closed";
pub const HISTORY: &str = "Till history";
pub const HISTORY_LEAD: &str = "Every till session of this store with its Z report.";
pub const NO_SESSIONS: &str = "No till sessions";
pub const NO_SESSIONS_TEXT: &str = "They appear here as soon as a till was opened on these days.";
pub const REPORT: &str = "Report";
pub const STILL_OPEN: &str = "Open";
pub const PRINTED: &str = "To print";
pub const PRINT: &str = "Print report";
pub const Z_LEAD: &str = "Written when the till was closed. It never changes.";
pub const X_LEAD: &str = "The till is still open: these figures change with the next sale.";
pub const SIGNED: &str = "Counted by";
pub const SAFE: &str = "Safe and bank";
pub const SAFE_LEAD: &str =
    "Cash and checks that were dropped or counted into the safe, on their way to the bank.";
pub const IN_SAFE: &str = "In the safe by the books";
pub const SAFE_MOVES: &str = "What moved it last";
pub const SAFE_EMPTY_TEXT: &str = "Floats, drops, counts and deposits appear here.";
pub const DEPOSIT: &str = "Take to the bank";
pub const DEPOSIT_AMOUNT: &str = "Amount on the deposit slip";

#[must_use]
pub fn deposited(amount: domain::money::Money) -> String {
    format!("Recorded: {amount} taken to the bank.")
}
