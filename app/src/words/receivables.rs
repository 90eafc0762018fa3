use domain::money::Money;
use domain::receivable::OverdueAlerts;

pub const TITLE: &str = "Receivables";
pub const OVERVIEW: &str = "Overview";
pub const AGING: &str = "Aging";
pub const MEASURES: &str = "Measures";
pub const ALLOWANCE: &str = "Allowance";

pub const OWED: &str = "Owed";
pub const OVERDUE: &str = "Overdue";
pub const UNAPPLIED: &str = "Credits not applied";
pub const UNAPPLIED_SHORT: &str = "Unapplied";
pub const NOT_TAKEN_OFF: &str = "not taken off what is owed";
pub const BROKEN: &str = "Broken promises";
pub const BY_AGE: &str = "By age";
pub const WORST: &str = "Most overdue";
pub const ALL_CUSTOMERS: &str = "All customers";
pub const NOTHING_OVERDUE: &str = "Nothing is overdue";
pub const NOTHING_OVERDUE_TEXT: &str = "Everything that is due was paid.";
pub const NOTHING_OWED: &str = "Nothing is owed";
pub const NOTHING_OWED_TEXT: &str =
    "Sales charged to a house account and invoices appear here until they are paid.";
pub const STORES: &str = "Store by store";
pub const COLLECTED: &str = "Collected of what was due";
pub const TREND: &str = "Thirteen months";
pub const AT_MONTH_END: &str = "Owed at the end of each month";
pub const OVERDUE_PART_COLUMN: &str = "Overdue";

pub const AS_OF: &str = "As of";
pub const AS_OF_OR_NOW: &str = "As of (empty: now)";
pub const AGE_FROM: &str = "Age by";
pub const LINES: &str = "One line for each";
pub const STORE: &str = "Store";
pub const ALL_STORES: &str = "All stores";
pub const SOLD_BY: &str = "Sold by";
pub const ANYBODY: &str = "Anybody";
pub const TAG: &str = "Customers tagged";
pub const ANY_TAG: &str = "All customers";
pub const ORDER: &str = "Order";
pub const DOWNLOAD: &str = "Download";
pub const TOTAL: &str = "Total";
pub const NOBODY: &str = "No associate";
pub const NOBODY_TOLD: &str = "credits, and invoices without one";
pub const DATED_BACK: &str = "Recorded after this day with an earlier date";
pub const DOCUMENT: &str = "Document";
pub const CUSTOMER: &str = "Customer";
pub const ASSOCIATE: &str = "Associate";
pub const ONE_TAG: &str = "Tag";
pub const NO_TAG: &str = "Without a tag";
pub const ABOUT_TAGS: &str = "Who has several tags stands in each of their lines, and once in the total.";
pub const DATED: &str = "Its own date";
pub const POSTED: &str = "Counts from";
pub const AMOUNT: &str = "Amount";

pub const MONTH: &str = "Month";
pub const AS_TABLE: &str = "As a table";
pub const CREDIT_SALES: &str = "Credit sales";
pub const DSO: &str = "Days outstanding";
pub const DSO_OF_YEAR: &str = "Days outstanding, over a year";
pub const COUNTBACK: &str = "Counted back";
pub const BEST: &str = "Best possible";
pub const DELINQUENT: &str = "Days delinquent";
pub const EFFECTIVENESS: &str = "Effectiveness";
pub const RATE: &str = "Collection rate";
pub const DAYS_TO_PAY: &str = "Days to pay";
pub const PROMISES: &str = "Promises kept";
pub const NOT_AVAILABLE: &str = "n/a";
pub const OUTLIERS: &str = "Invoices that stretch it most";
pub const INVOICE: &str = "Invoice";
pub const AGE: &str = "Age";
pub const TRUE_DSO: &str = "True days outstanding";
pub const NO_OUTLIERS: &str = "No invoice is open.";
pub const SO_FAR: &str = "so far";
pub const ABOUT_MEASURES: &str = "What is sold on account, tax included, less credit memos and returns. Cash sales, finance charges, fees and \
     opening balances do not count. Where a measure would divide by nothing it says n/a.";

pub const NEEDED: &str = "Needed";
pub const STILL_OWED: &str = "and still owed";
pub const IN_THE_BOOKS: &str = "in the books";
pub const MORE: &str = "more bad debt expense";
pub const LESS: &str = "less bad debt expense";
pub const PRESENT: &str = "Allowance now";
pub const CHANGE: &str = "To post";
pub const LOSS_RATE: &str = "Loss rate";
pub const LOST: &str = "Probably lost";
pub const ESTIMATE: &str = "Estimate by age";
pub const ENTRY: &str = "Entry";
pub const BAD_DEBT: &str = "Bad debt expense";
pub const REVIEW: &str = "Review and post";
pub const AS_IT_SHOULD_BE: &str = "The allowance is as it should be";
pub const AS_IT_SHOULD_BE_TEXT: &str = "There is nothing to post.";
pub const ASK_BOOKKEEPER: &str = "A bookkeeper posts it.";
pub const CARD_RATES: &str = "The loss rates are the store's own settings.";

pub const LOOK: &str = "Look";
pub const DISMISS: &str = "Dismiss";
pub const NOTICE: &str = "Overdue accounts";
pub const OVERDUE_COUNT: &str = "overdue";

#[must_use]
pub fn as_it_stands(time: &str) -> String {
    format!("As of {time}; renewed while you look.")
}

#[must_use]
pub fn as_of(day: &str) -> String {
    format!("As of {day}")
}

#[must_use]
pub fn share(percent: i64) -> String {
    format!("{percent} % of what is owed")
}

#[must_use]
pub fn accounts(count: u64) -> String {
    if count == 1 { "1 customer".to_owned() } else { format!("{count} customers") }
}

#[must_use]
pub fn overdue(amount: Money) -> String {
    format!("{amount} overdue")
}

#[must_use]
pub fn dated_back(count: u64, invoiced: Money, credited: Money) -> String {
    let documents = if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
    let mut parts = vec![documents];
    if !invoiced.is_zero() {
        parts.push(format!("{invoiced} invoiced"));
    }
    if !credited.is_zero() {
        parts.push(format!("{credited} credited"));
    }
    format!("{DATED_BACK}: {}.", parts.join(", "))
}

#[must_use]
pub fn more_documents(count: u64) -> String {
    format!("and {count} more")
}

#[must_use]
pub fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

#[must_use]
pub fn rate_of(store: &str) -> String {
    format!("{RATE}, {store}")
}

#[must_use]
pub fn allowance_memo(day: &str) -> String {
    format!("Allowance for doubtful accounts as of {day}")
}

/// What became overdue, or was broken, since the page last looked.
#[must_use]
pub fn became_overdue(before: OverdueAlerts, now: OverdueAlerts) -> Option<String> {
    let overdue = match now.accounts.saturating_sub(before.accounts) {
        0 => None,
        1 => Some("1 more customer is overdue".to_owned()),
        more => Some(format!("{more} more customers are overdue")),
    };
    let broken = match now.broken_promises.saturating_sub(before.broken_promises) {
        0 => None,
        1 => Some("a promise to pay was not kept".to_owned()),
        more => Some(format!("{more} promises to pay were not kept")),
    };
    let said = overdue.into_iter().chain(broken).collect::<Vec<_>>().join("; ");
    let mut letters = said.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_said_once() {
        let alerts = |accounts, broken_promises| OverdueAlerts { accounts, broken_promises };
        let said = |before, now| became_overdue(before, now);
        assert_eq!(said(alerts(3, 1), alerts(3, 1)), None);
        assert_eq!(said(alerts(3, 1), alerts(2, 0)), None);
        assert_eq!(said(alerts(3, 1), alerts(4, 1)).as_deref(), Some("1 more customer is overdue."));
        let both = said(alerts(0, 0), alerts(2, 1));
        assert_eq!(both.as_deref(), Some("2 more customers are overdue; a promise to pay was not kept."));
        assert_eq!(said(alerts(2, 0), alerts(2, 1)).as_deref(), Some("A promise to pay was not kept."));
    }
}
