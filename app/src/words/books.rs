use domain::money::Money;

pub const POST_ENTRY: &str = "Post an entry";
pub const POST_LEAD: &str =
    "Rent, payroll, a correction. Accounts that equal what lies behind them take no entries by hand.";
pub const POST: &str = "Post";
pub const MEMO: &str = "What it is for";
pub const BUSINESS_DATE: &str = "Business date";
pub const REVERSE_ON: &str = "Reverse on";
pub const REVERSE_ON_HINT: &str = "For an accrual: the entry that undoes it is posted with it";
pub const TODAY_HINT: &str = "Today where nothing is chosen";
pub const LINES: &str = "Lines";
pub const ADD_LINE: &str = "Add a line";
pub const CHOOSE: &str = "Choose";
pub const STORE: &str = "Store";
pub const ALL_STORES: &str = "All stores";
pub const AMOUNT: &str = "Amount";
pub const REVERSE: &str = "Reverse the entry";
pub const REVERSE_TITLE: &str = "Undo this entry with another";
pub const RECORDED: &str = "Recorded on";
pub const RECURRING: &str = "Every month";
pub const RECURRING_LEAD: &str = "Entries that come again, such as rent. Each month is posted once.";
pub const RECURRING_ENTRY: &str = "Entry of every month";
pub const ADD_RECURRING: &str = "Add an entry of every month";
pub const ALL_RECURRING: &str = "What comes every month";
pub const DUE: &str = "Due now";
pub const NOTHING_DUE: &str = "Nothing is due";
pub const NOTHING_DUE_TEXT: &str = "What comes every month appears here on its day.";
pub const DAY: &str = "Day of the month";
pub const DAY_HINT: &str = "A shorter month has it on its last day";
pub const ACTIVE: &str = "Comes every month";
pub const STOPPED: &str = "Stopped";
pub const LOCK: &str = "Locked periods";
pub const LOCK_LEAD: &str = "Nothing is posted on or before the day through which the books are locked.";
pub const NOT_LOCKED: &str = "Nothing is locked.";
pub const LOCK_THROUGH: &str = "Lock through";
pub const LOCK_BUTTON: &str = "Lock";
pub const STAYS_LOCKED: &str = "Stays locked through";
pub const STAYS_LOCKED_HINT: &str = "Empty unlocks everything";
pub const UNLOCK: &str = "Unlock";
pub const PROFIT_AND_LOSS: &str = "Profit and loss";
pub const BALANCE_SHEET: &str = "Balance sheet";
pub const PERIOD: &str = "Period";
pub const THESE_DAYS: &str = "The days below";
pub const GROSS: &str = "Gross profit";
pub const RESULT: &str = "Result";
pub const RETAINED: &str = "Retained earnings (computed)";
pub const RESULT_OF_YEAR: &str = "Result of this year";
pub const BETWEEN_STORES: &str = "Owed to other stores (computed)";

#[must_use]
pub fn sides(debits: Money, credits: Money, difference: Money) -> String {
    if difference.is_zero() {
        format!("Debits {debits}, credits {credits}")
    } else {
        format!("Debits {debits}, credits {credits}, difference {difference}")
    }
}

#[must_use]
pub fn post_one(memo: &str, day: &str) -> String {
    format!("Post {memo} of {day}")
}

#[must_use]
pub fn reversed(number: &str) -> String {
    format!("{number} was reversed")
}

#[must_use]
pub fn locked(day: &str) -> String {
    format!("Locked through {day}.")
}

#[must_use]
pub fn proves(assets: Money, liabilities: Money, equity: Money) -> String {
    format!("Assets of {assets} are liabilities of {liabilities} and equity of {equity}.")
}

#[must_use]
pub fn proves_not(difference: Money) -> String {
    format!("Assets are above liabilities and equity by {difference}: the books are wrong somewhere.")
}
