//! Working with overdue accounts.

use domain::money::Money;
use domain::receivable::collect::PromisesKept;

pub const TITLE: &str = "Collections";
pub const LEAD: &str = "Whom to contact today, and why";
pub const COLLECTING: &str = "Collecting";

pub const TO_CONTACT: &str = "To contact today";
pub const TO_COLLECT: &str = "May be asked for";
pub const TO_COLLECT_NOTE: &str = "of those to contact today";
pub const KEPT: &str = "Promises kept";
pub const NONE_WAS_DUE: &str = "none was due";
pub const NOT_AVAILABLE: &str = "n/a";

pub const WORDS: &str = "Customer";
pub const WORDS_HINT: &str = "Name, phone or e-mail";
pub const WHOSE: &str = "Whose accounts";
pub const STORE: &str = "Store";
pub const ALL_STORES: &str = "All stores";

pub const CUSTOMER: &str = "Customer";
pub const WHY: &str = "Why";
pub const NEXT_STEP: &str = "Next step";
pub const OVERDUE: &str = "Overdue";
pub const LOOKED_AFTER: &str = "Looked after by";
pub const NOBODY: &str = "Nobody";
pub const WAITING: &str = "Waiting";
pub const NOBODY_LISTED: &str = "Nobody is to be contacted";
pub const NOBODY_LISTED_TEXT: &str = "Nothing is overdue here, and nobody is to be looked at again.";
pub const NOBODY_FOUND: &str = "Nobody found";
pub const NOBODY_FOUND_TEXT: &str = "Other words, another store, or everybody's accounts may find more.";
pub const SHOW_ALL: &str = "Show everybody";

pub const BROKEN: &str = "Promise broken";
pub const CHECK_CAME_BACK: &str = "Check came back";
pub const FOLLOW_UP_DUE: &str = "Follow-up due";
pub const DISPUTED: &str = "Disputed";
pub const PAUSED: &str = "Paused";
pub const ON_HOLD: &str = "On hold";
pub const PROMISED: &str = "Promised";
pub const LOOKS_AGAIN: &str = "Follow-up";

pub const ASK_ABOUT_PROMISE: &str = "Ask what became of the promise";
pub const ASK_FOR_CHECK: &str = "Ask to make the check good";
pub const LOOK_AGAIN: &str = "Look again, as noted";
pub const WAIT_FOR_MANAGER: &str = "Wait until a manager lifts the hold";
pub const SETTLE_FIRST: &str = "Settle the dispute";

pub const WRITE_NOTE: &str = "Write note";
pub const ADD_PROMISE: &str = "Promise to pay";
pub const DISPUTE: &str = "Dispute";
pub const PAUSE: &str = "Pause";
pub const ASSIGN: &str = "Assign";
pub const WITHDRAW: &str = "Withdraw";
pub const SETTLE: &str = "Settle";
pub const LIFT: &str = "Lift";

pub const NOTE_TITLE: &str = "Write down a contact";
pub const PROMISE_TITLE: &str = "Write down a promise to pay";
pub const WITHDRAW_TITLE: &str = "Withdraw the promise";
pub const DISPUTE_TITLE: &str = "Dispute an invoice";
pub const SETTLE_TITLE: &str = "Settle the dispute";
pub const PAUSE_TITLE: &str = "Pause collecting";
pub const LIFT_TITLE: &str = "Lift the pause";
pub const ASSIGN_TITLE: &str = "Whose account it is";

pub const SAVE_NOTE: &str = "Save note";
pub const SAVE_PROMISE: &str = "Save promise";
pub const WITHDRAW_PROMISE: &str = "Withdraw promise";
pub const OPEN_DISPUTE: &str = "Open dispute";
pub const SETTLE_DISPUTE: &str = "Settle dispute";
pub const PAUSE_NOW: &str = "Pause";
pub const LIFT_PAUSE: &str = "Lift pause";
pub const SAVE_ASSIGNED: &str = "Save";

pub const HOW: &str = "How";
pub const WHAT_WAS_SAID: &str = "What was said";
pub const FOLLOW_UP_ON: &str = "Follow up on";
pub const FOLLOW_UP_HINT: &str = "Empty for no day. The last note decides.";
pub const ABOUT: &str = "About";
pub const EVERYTHING: &str = "Everything owed";
pub const AMOUNT: &str = "Amount";
pub const PROMISED_ON: &str = "Paid by";
pub const REASON: &str = "Reason";
pub const WHY_DISPUTED: &str = "What the customer does not agree with";
pub const INVOICE: &str = "Invoice";
pub const RESOLUTION: &str = "How it ended";
pub const RESOLUTION_HINT: &str = "A credit memo is written on its own page.";
pub const UNTIL: &str = "Through";
pub const WHY_PAUSED: &str = "Why they are left in peace";

pub const NOTES: &str = "Notes";
pub const PROMISES: &str = "Promises to pay";
pub const DISPUTES: &str = "Disputes";
pub const PAUSES: &str = "Pauses";
pub const NOTHING_YET: &str = "Nobody has written anything down yet.";
pub const SAVED: &str = "Recorded";

#[must_use]
pub fn of_listed(listed: u64) -> String {
    format!("of {listed} on the list")
}

#[must_use]
pub fn kept_rate(kept: PromisesKept) -> String {
    kept.rate().map_or_else(|| NOT_AVAILABLE.to_owned(), |rate| rate.to_string())
}

#[must_use]
pub fn kept_of(kept: PromisesKept) -> String {
    match kept.due {
        0 => NONE_WAS_DUE.to_owned(),
        due => format!("{} of {due} that were due", kept.kept),
    }
}

#[must_use]
pub fn kept_in_full(kept: PromisesKept) -> String {
    format!("{}, {}", kept_rate(kept), kept_of(kept))
}

#[must_use]
pub fn oldest(days: i64) -> String {
    if days == 1 { "oldest 1 day".to_owned() } else { format!("oldest {days} days") }
}

#[must_use]
pub fn of_owed(owed: Money) -> String {
    format!("of {owed} owed")
}

#[must_use]
pub fn broken(amount: Money, came_in: Money, by: &str, times: usize) -> String {
    let again = if times > 1 { format!(", {times} are broken") } else { String::new() };
    format!("{amount} by {by}, {}{again}", came_in_of(came_in))
}

#[must_use]
pub fn came_in_of(came_in: Money) -> String {
    if came_in.is_zero() { "nothing came in".to_owned() } else { format!("{came_in} came in") }
}

#[must_use]
pub fn overdue(amount: Money, days: i64) -> String {
    format!("{amount}, {}", oldest(days))
}

#[must_use]
pub fn by_day(amount: Money, day: &str) -> String {
    format!("{amount} by {day}")
}

#[must_use]
pub fn through(day: &str) -> String {
    format!("through {day}")
}

#[must_use]
pub fn on(day: &str) -> String {
    format!("on {day}")
}

#[must_use]
pub fn ask_for(amount: Money) -> String {
    format!("Ask for {amount}")
}

#[must_use]
pub fn wait_through(day: &str) -> String {
    format!("Leave in peace through {day}")
}

#[must_use]
pub fn wait_for_promise(day: &str) -> String {
    format!("Wait for the promise, {day}")
}

#[must_use]
pub fn look_again_on(day: &str) -> String {
    format!("Look again on {day}")
}

#[must_use]
pub fn last_contact(kind: &str, day: &str) -> String {
    format!("{kind} on {day}")
}

#[must_use]
pub fn at_most(amount: Money) -> String {
    format!("At most {amount}, which is owed")
}

/// An invoice to choose.
#[must_use]
pub fn open_of(number: &str, open: Money) -> String {
    format!("{number}, {open} open")
}

#[must_use]
pub fn follows_up(day: &str) -> String {
    format!("Follow up on {day}")
}

#[must_use]
pub fn said_by(by: &str, day: &str) -> String {
    format!("{by}, {day}")
}

#[must_use]
pub fn earlier(count: usize) -> String {
    format!("Earlier ({count})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_in_words() {
        let cents = |text: &str| text.parse::<Money>().unwrap();
        let said = |came_in, times| broken(cents("400"), cents(came_in), "Mar 6, 2026", times);
        assert_eq!(said("0", 1), "400.00 by Mar 6, 2026, nothing came in");
        assert_eq!(said("265", 3), "400.00 by Mar 6, 2026, 265.00 came in, 3 are broken");
        assert_eq!(kept_in_full(PromisesKept { kept: 2, due: 3 }), "66.67 %, 2 of 3 that were due");
        assert_eq!(kept_in_full(PromisesKept::default()), "n/a, none was due");
    }
}
