//! The daily tie-out, and settling card payments.

use domain::money::Money;

pub const TIE_OUT: &str = "Tie-out";
pub const TIE_OUT_LEAD: &str =
    "Every list of the store beside its account in the ledger, at the end of a day.";
pub const DAY: &str = "Day";
pub const STORE: &str = "Store";
pub const GREEN: &str = "Everything ties out";
pub const GREEN_TEXT: &str = "Each list comes to what its account says, and each drawer to its count.";
pub const RED: &str = "Something does not tie out";
pub const RED_TEXT: &str = "Each difference below leads to the event that made it: void, return or undo that one. Where nothing of the kind is offered, “Check the books” tells whoever looks after the program what is wrong.";
pub const RED_UNLISTED: &str =
    "The rows below say where; no event of these days tells why. “Check the books” looks at everything.";
pub const CLOSED: &str = "Day closed";
pub const STILL_OPEN: &str = "Day still open";
pub const ACCOUNTS: &str = "Accounts";
pub const ACCOUNT: &str = "Account";
pub const IN_LEDGER: &str = "Ledger";
pub const IN_LIST: &str = "List";
pub const OFF_BY: &str = "Off by";
pub const TIES: &str = "Ties";
pub const DOES_NOT: &str = "Does not";
pub const DIFFERENCES: &str = "Differences";
pub const WHAT: &str = "What happened";
pub const ON: &str = "On";
pub const DRAWERS: &str = "Drawers";
pub const NO_DRAWERS: &str = "No till was open on this day.";
pub const TILL: &str = "Till";
pub const SHOULD: &str = "Should be";
pub const COUNTED: &str = "Counted";
pub const OVER_SHORT: &str = "Over or short";
pub const POSTED: &str = "Posted to the safe";
pub const NOT_COUNTED: &str = "Not counted yet";
pub const TO_THE_SAFE: &str = "In the safe, to count by hand";
pub const UNSETTLED: &str = "Card payments not settled";

pub const CARDS: &str = "Card payments";
pub const CARDS_LEAD: &str = "What customers paid with cards waits here until the bank shows it.";
pub const WAITING: &str = "Waiting";
pub const CLEARING: &str = "By the ledger";
pub const UNTIL: &str = "Of this day and before";
pub const NOTHING_WAITS: &str = "Nothing waits";
pub const NOTHING_WAITS_TEXT: &str = "Every card payment has arrived at the bank.";
pub const NOTHING_WAITED_TEXT: &str = "Everything of these days has arrived; newer payments wait.";
pub const SETTLE: &str = "Settle";
pub const SETTLE_TEXT: &str = "Tick the payments of one deposit, as the processor's report lists them.";
pub const CHOOSE_ALL: &str = "All";
pub const CHOOSE_NONE: &str = "None";
pub const PAYMENT: &str = "Payment";
pub const SLIP: &str = "Slip";
pub const AMOUNT: &str = "Amount";
pub const ARRIVED: &str = "Arrived at the bank";
pub const ARRIVED_HINT: &str =
    "The amount of the deposit. What the payments come to above it is the processor's fee.";
pub const ARRIVED_ON: &str = "Day it arrived";
pub const ARRIVED_ON_HINT: &str = "Empty is today";
pub const REFERENCE: &str = "Number of the batch";
pub const SETTLED: &str = "Settled";
pub const NO_BATCHES: &str = "Nothing was settled yet";
pub const NO_BATCHES_TEXT: &str = "Settled deposits are listed here.";
pub const PAID: &str = "Paid";
pub const FEE: &str = "Fee";
pub const NET: &str = "Arrived";
pub const PAYMENTS: &str = "Payments";
pub const UNDONE: &str = "Undone";
pub const BATCH: &str = "Card batch";
pub const UNDO: &str = "Undo this batch";
pub const UNDO_TEXT: &str = "Its entry is reversed and its payments wait again. Nothing is deleted.";
pub const REASON: &str = "Reason";
pub const ENTRY: &str = "Its entry";
pub const PAGES: &str = "Pages of card batches";

/// What is said of drawers that are open.
#[must_use]
pub fn uncounted(drawers: usize) -> String {
    match drawers {
        1 => "One drawer is open and not counted yet.".to_owned(),
        more => format!("{more} drawers are open and not counted yet."),
    }
}

/// What is ticked, and the fee that follows.
#[must_use]
pub fn chosen(count: usize, sum: Money, fee: Option<Money>) -> String {
    let payments = if count == 1 { "1 payment".to_owned() } else { format!("{count} payments") };
    match fee {
        Some(fee) => format!("{payments} of {sum}, fee {fee}"),
        None => format!("{payments} of {sum}"),
    }
}

/// How many of all are listed.
#[must_use]
pub fn oldest(listed: usize, all: u64) -> String {
    format!("The oldest {listed} of {all}: settle these first.")
}
