use domain::money::Money;

pub const TITLE: &str = "Today";
pub const TOTAL: &str = "Sales with tax, less returns";
pub const NET: &str = "Net sales";
pub const RETURNS: &str = "Returned, with tax";
pub const DISCOUNTS: &str = "Discounts";
pub const PAYMENTS: &str = "Payments";
pub const ON_ACCOUNT: &str = "On account, less what was paid back";
pub const VOIDS: &str = "Voided";
pub const RECEIPT: &str = "receipt";
pub const RECEIPTS: &str = "receipts";
pub const PIECE: &str = "piece";
pub const PIECES: &str = "pieces";
pub const APPROVAL: &str = "approval given";
pub const APPROVALS: &str = "approvals given";
pub const NONE: &str = "none";
pub const NOT_OPEN: &str = "Not open";
pub const ALL_TILLS_CLOSED: &str = "All tills closed";

#[must_use]
pub fn as_of(time: &str) -> String {
    format!("As of {time}; renewed while you look.")
}

#[must_use]
pub fn tax(tax: Money) -> String {
    format!("and {tax} tax")
}

#[must_use]
pub fn open_tills(tills: u64) -> String {
    if tills == 1 { "1 till open".to_owned() } else { format!("{tills} tills open") }
}

#[must_use]
pub fn waiting(count: i64) -> String {
    if count == 1 {
        "1 approval waits for an answer".to_owned()
    } else {
        format!("{count} approvals wait for an answer")
    }
}
