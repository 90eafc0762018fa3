//! Accounts of customers.

use domain::money::Money;
use domain::rate::Rate;
use domain::receivable::ReceivableKind;

pub const ACCOUNT: &str = "Account";
pub const TAKE_PAYMENT: &str = "Take payment on account";
pub const PAY: &str = "Take payment";
pub const NEW_INVOICE: &str = "Write invoice";
pub const INVOICE: &str = "Invoice";
pub const CREDIT: &str = "Credit";
pub const CREDIT_MEMO: &str = "Credit memo";
pub const TERMS: &str = "Terms";
pub const NET: &str = "Net days";
pub const INSTALLMENTS: &str = "Monthly installments";
pub const AS_ACCOUNT: &str = "As the account has it";
pub const DAYS: &str = "Days";
pub const HOW_MANY: &str = "How many";
pub const LIMIT: &str = "Credit limit";
pub const LIMIT_HINT: &str = "Empty for no limit";
pub const STATE: &str = "State";
pub const HOLD_REASON: &str = "Why it is on hold";
pub const HOLD_HINT: &str = "Whoever stands at the counter reads it";
pub const OPEN_ACCOUNT: &str = "Open house account";
pub const CHANGE_ACCOUNT: &str = "Change house account";
pub const SAVE_ACCOUNT: &str = "Save house account";
pub const NO_ACCOUNT: &str = "No house account";
pub const NO_ACCOUNT_TEXT: &str = "Nothing is charged until a manager opens one.";
pub const BALANCE: &str = "Balance";
pub const OWED: &str = "Owed";
pub const OVERDUE: &str = "Overdue";
pub const UNAPPLIED: &str = "Unapplied credit";
pub const OPEN_INVOICES: &str = "Open invoices";
pub const CREDITS: &str = "Credits to use";
pub const RUNNING: &str = "Running account";
pub const NOTHING_YET: &str = "Nothing was charged or paid on this account yet.";
pub const NUMBER: &str = "Number";
pub const DATE: &str = "Date";
pub const DUE: &str = "Due";
pub const AMOUNT: &str = "Amount";
pub const OPEN: &str = "Open";
pub const LEFT: &str = "Left";
pub const WHAT: &str = "What";
pub const DISPUTED: &str = "Disputed";
pub const VOIDED: &str = "Voided";
pub const PAID: &str = "Paid";
pub const AGAINST: &str = "Something speaks against charging";
pub const WHY_CHARGE: &str = "Why it is charged all the same";
pub const WHY_CHARGE_HINT: &str = "Stands in the audit trail with your name";
pub const HOW_MUCH: &str = "What is paid";
pub const HOW: &str = "How it is paid";
pub const HANDED_OVER: &str = "Cash handed over";
pub const HANDED_OVER_HINT: &str = "Empty when it is exactly that";
pub const REFERENCE: &str = "Number on the slip, check or transfer";
pub const RECEIVED_ON: &str = "Day it came";
pub const RECEIVED_HINT: &str = "For what came by mail before today";
pub const APPLY_TO: &str = "What it is for";
pub const OLDEST: &str = "What is due first";
pub const BY_HAND: &str = "So much of each invoice";
pub const ON_CREDIT: &str = "Keep it as credit for now";
pub const NOTE: &str = "Note";
pub const RECORD_PAYMENT: &str = "Record payment";
pub const RECORDED: &str = "Payment recorded";
pub const NEXT: &str = "Back to the account";
pub const PRINT: &str = "Print";
pub const APPLIED: &str = "What it was applied to";
pub const PAID_WITH: &str = "What was applied to it";
pub const NOT_APPLIED: &str = "It lies on the account and is applied to no invoice.";
pub const GONE: &str = "What else became of it";
pub const CHANGE: &str = "Change";
pub const BY: &str = "Taken by";
pub const APPLY: &str = "Apply";
pub const APPLY_CREDIT: &str = "Apply to invoices";
pub const TAKE_OFF: &str = "Take off";
pub const REASON: &str = "Reason";
pub const REFUND: &str = "Pay back";
pub const REFUND_CREDIT: &str = "Pay what is left back";
pub const RETURN_CHECK: &str = "The bank sent the check back";
pub const REVERSE: &str = "Take it back";
pub const REVERSE_MEMO: &str = "This credit memo should not be";
pub const REVERSE_WRITE_OFF: &str = "It should not have been written off";
pub const REVERSE_HINT: &str =
    "What it took off is owed again, each on the day it was due, and what was paid back of it at once.";
pub const REVERSED: &str = "Taken back";
pub const ONE_INVOICE: &str = "One invoice";
pub const RECORD_RETURN: &str = "Record returned check";
pub const FEE: &str = "Fee";
pub const SALE_FEE_HINT: &str = "Empty for none. What it paid for is owed at once.";
pub const FEE_HINT: &str = "Empty for none. What it paid is owed again from its own due date.";
pub const CAME_BACK: &str = "Check came back";
pub const MEMO_NET: &str = "Price goes down by";
pub const MEMO_HINT: &str = "Without tax: the tax follows by itself";
pub const ISSUE_MEMO: &str = "Issue credit memo";
pub const WRITE_OFF: &str = "Write off";
pub const WRITE_OFF_HINT: &str = "Empty for all that is open";
pub const RECOVER: &str = "Money came after all";
pub const RECORD_RECOVERY: &str = "Record recovery";
pub const LINE: &str = "Line";
pub const DESCRIPTION: &str = "What is billed";
pub const INCOME: &str = "Income account";
pub const TAXED: &str = "Sales tax";
pub const ADD_LINE: &str = "Add line";
pub const REMOVE_LINE: &str = "Remove line";
pub const THEIR_NUMBER: &str = "Customer's own number";
pub const THEIR_NUMBER_HINT: &str = "Such as a purchase order";
pub const INVOICE_DATE: &str = "Invoice date";
pub const ISSUE: &str = "Issue invoice";
pub const NET_TOTAL: &str = "Net";
pub const TOTAL: &str = "Total";
pub const SALE: &str = "Receipt";
pub const WRITTEN_FOR: &str = "For";
pub const FINANCE: &str = "Finance charges";
pub const FINANCE_LEAD: &str = "Once a month, on what is overdue of prices. Never on charges and fees.";
pub const FINANCE_NONE: &str = "Nothing to charge";
pub const FINANCE_NONE_TEXT: &str = "No account is overdue, or all were charged this month.";
pub const CHARGE: &str = "Charge";
pub const ASSESS: &str = "Assess these charges";
pub const NOTHING_OWED: &str = "Nothing is owed";
pub const NOTHING_OWED_TEXT: &str = "What comes in now stays as the customer's credit.";
pub const CASH_BACK_AT_TILL: &str = "What came as cash is paid back at an open till of the store.";
pub const CASH_AT_TILL: &str = "Cash is taken at an open till.";

pub const STATEMENT: &str = "Statement";
pub const PDF: &str = "PDF";
pub const TOLD_BY: &str = "Told by";
pub const SINCE: &str = "Since";
pub const SINCE_HINT: &str = "Empty for the month before and this one";
pub const OPEN_ITEMS: &str = "Open items";
pub const ACTIVITY: &str = "What happened";
pub const OWED_BEFORE: &str = "Owed before";
pub const NOTHING_OPEN: &str = "Every invoice is paid, and no credit is left.";
pub const AT_REGISTER: &str = "Paid at the register";
pub const INVOICED: &str = "Invoiced";

/// What a due date is for, as a customer calls it.
#[must_use]
pub const fn due_for(kind: ReceivableKind) -> &'static str {
    match kind {
        ReceivableKind::Principal => INVOICE,
        ReceivableKind::Fee => FEE,
        ReceivableKind::FinanceCharge => "Finance charge",
    }
}

#[must_use]
pub fn due_by(day: &str) -> String {
    format!("due {day}")
}

#[must_use]
pub fn minimum_until(day: &str) -> String {
    format!("At least, by {day}")
}

/// The balance, and how far it may go.
#[must_use]
pub fn balance(balance: Money, limit: Option<Money>) -> String {
    let owes = if balance.is_negative() {
        format!("Has {} of credit", balance.negated().unwrap_or_default())
    } else {
        format!("Owes {balance}")
    };
    match limit {
        Some(limit) => format!("{owes} of {limit}"),
        None => owes,
    }
}

#[must_use]
pub fn days_late(days: i64) -> String {
    if days == 1 { "1 day late".to_owned() } else { format!("{days} days late") }
}

#[must_use]
pub fn comes_to(applied: Money, amount: Money) -> String {
    let left = amount.minus(applied).unwrap_or_default();
    if left.is_zero() {
        format!("{applied} is applied.")
    } else {
        format!("{applied} is applied, {left} stays as credit.")
    }
}

#[must_use]
pub fn gets(number: &str) -> String {
    format!("{number} gets")
}

#[must_use]
pub fn dated(day: &str) -> String {
    format!("dated {day}")
}

#[must_use]
pub fn posted_on(day: &str) -> String {
    format!("Posted on {day}")
}

#[must_use]
pub fn assessed(count: usize, total: Money, rate: Rate) -> String {
    let accounts = if count == 1 { "1 account".to_owned() } else { format!("{count} accounts") };
    format!("{accounts}, {total} at {rate} a month")
}

#[must_use]
pub fn at_most(amount: Money) -> String {
    format!("at most {amount}")
}
