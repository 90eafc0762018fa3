//! Statements: where a customer's account stands, told item by item or by what happened since a day.

use super::{AgingSums, CreditLine, Movement, OpenReceivable};
use crate::codes;
use crate::customer::NamedCustomer;
use crate::field::FieldReader;
use crate::ids::CustomerId;
use crate::money::{Money, MoneyError};
use crate::store::Store;
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Lines that a statement holds; nobody reads more, and a paper has no more (see `documents`).
pub const MOST_STATEMENT_LINES: usize = 2_000;

/// Days that Regulation Z gives between a statement and its minimum payment (12 CFR 1026.5(b)(2)(ii)).
const DAYS_TO_PAY: u64 = 21;

codes! {
    /// How a statement tells an account.
    #[derive(Default)]
    pub enum StatementForm("form of a statement") {
        /// Every document that is not settled.
        #[default]
        OpenItem = "open_item", "Open items";
        /// What was owed before a day, and all that happened since.
        BalanceForward = "balance_forward", "Balance forward";
    }
}

/// Which statement is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementAsked {
    pub customer: CustomerId,
    #[serde(default)]
    pub form: StatementForm,
    /// The first day of a balance forward, as typed; empty is the first of the month before.
    #[serde(default)]
    pub from: String,
}

impl StatementAsked {
    /// The first day that a balance forward tells of.
    ///
    /// # Errors
    /// A complaint at `from`: no day, or one still to come.
    pub fn first_day(&self, today: NaiveDate) -> Result<NaiveDate, Vec<crate::field::FieldError>> {
        let mut fields = FieldReader::default();
        let typed = self.from.trim();
        let day = if typed.is_empty() {
            let last_month = today.with_day(1).and_then(|first| first.pred_opt()).unwrap_or(today);
            last_month.with_day(1).unwrap_or(last_month)
        } else {
            match typed.parse::<NaiveDate>() {
                Ok(day) if day > today => {
                    fields.complain("from", "this day is still to come");
                    day
                }
                Ok(day) => day,
                Err(_) => {
                    fields.complain("from", "choose a day");
                    today
                }
            }
        };
        fields.finish(day)
    }
}

/// Where an account stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub store: Store,
    pub customer: NamedCustomer,
    /// Lines of the customer's address.
    pub address: Vec<String>,
    pub as_of: NaiveDate,
    pub body: StatementBody,
    pub aging: AgingSums,
    /// Below zero where the store owes the customer.
    pub balance: Money,
    /// The least to pay, and until when; none where no finance charges are assessed.
    pub minimum: Option<(Money, NaiveDate)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementBody {
    OpenItem(Vec<StatementItem>),
    BalanceForward {
        from: NaiveDate,
        /// What was owed before that day.
        opening: Money,
        /// In the order in which it happened.
        activity: Vec<Movement>,
    },
}

/// One document that is not settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementItem {
    /// In words: `Invoice S1-INV-00001`.
    pub document: String,
    pub dated: NaiveDate,
    /// None on a credit.
    pub due_on: Option<NaiveDate>,
    /// Below zero on a credit.
    pub amount: Money,
    pub open: Money,
    pub days_past_due: Option<u32>,
}

impl StatementItem {
    fn owed(due: &OpenReceivable, as_of: NaiveDate) -> Self {
        let late = as_of.signed_duration_since(due.due_on).num_days();
        Self {
            document: format!("{} {}", due.kind.label(), due.number),
            dated: due.invoiced_on,
            due_on: Some(due.due_on),
            amount: due.amount,
            open: due.open,
            days_past_due: u32::try_from(late).ok().filter(|days| *days > 0),
        }
    }

    fn credit(credit: &CreditLine) -> Result<Self, MoneyError> {
        Ok(Self {
            document: format!("{} {}", credit.kind.label(), credit.number),
            dated: credit.received_on,
            due_on: None,
            amount: credit.amount.negated()?,
            open: credit.left.negated()?,
            days_past_due: None,
        })
    }
}

impl StatementBody {
    /// What is open, oldest first, and the credits after it.
    ///
    /// # Errors
    /// [`MoneyError`] when an amount does not fit.
    pub fn open_items(
        open: &[OpenReceivable],
        credits: &[CreditLine],
        as_of: NaiveDate,
    ) -> Result<Self, MoneyError> {
        let mut items: Vec<StatementItem> = open.iter().map(|due| StatementItem::owed(due, as_of)).collect();
        items.sort_by(|one, other| (one.due_on, &one.document).cmp(&(other.due_on, &other.document)));
        for credit in credits.iter().filter(|credit| credit.left.is_positive()) {
            items.push(StatementItem::credit(credit)?);
        }
        Ok(Self::OpenItem(items))
    }

    /// What happened from a day on, of movements that are newest first and end with `balance`.
    ///
    /// # Errors
    /// [`MoneyError`] when an amount does not fit.
    pub fn balance_forward(
        from: NaiveDate,
        newest_first: Vec<Movement>,
        balance: Money,
    ) -> Result<Self, MoneyError> {
        let mut activity: Vec<Movement> =
            newest_first.into_iter().take_while(|movement| movement.day >= from).collect();
        activity.reverse();
        let opening = match activity.first() {
            Some(first) => first.balance.minus(first.amount)?,
            None => balance,
        };
        Ok(Self::BalanceForward { from, opening, activity })
    }

    #[must_use]
    pub fn lines(&self) -> usize {
        match self {
            Self::OpenItem(items) => items.len(),
            Self::BalanceForward { activity, .. } => activity.len(),
        }
    }
}

/// Until when the minimum payment of a statement is to be there.
#[must_use]
pub fn minimum_due_on(as_of: NaiveDate) -> NaiveDate {
    as_of.checked_add_days(Days::new(DAYS_TO_PAY)).unwrap_or(as_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::EventId;
    use crate::receivable::MovementKind;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn asked(from: &str) -> StatementAsked {
        StatementAsked {
            customer: CustomerId(Uuid::nil()),
            form: StatementForm::BalanceForward,
            from: from.into(),
        }
    }

    #[test]
    fn a_statement_begins_with_the_month_before() {
        let today = day("2026-03-31");
        assert_eq!(asked("").first_day(today), Ok(day("2026-02-01")));
        assert_eq!(asked("").first_day(day("2026-01-01")), Ok(day("2025-12-01")));
        assert_eq!(asked(" 2025-12-24 ").first_day(today), Ok(day("2025-12-24")));
        for wrong in ["2026-04-01", "yesterday", "2026-02-30"] {
            assert_eq!(asked(wrong).first_day(today).unwrap_err()[0].field, "from", "{wrong}");
        }
    }

    #[test]
    fn what_was_owed_before_and_what_happened_since() {
        let movement = |on: &str, amount: i64, balance: i64| Movement {
            day: day(on),
            event: EventId(Uuid::nil()),
            kind: MovementKind::Invoice,
            label: "Invoice".into(),
            number: "S1-INV-00001".into(),
            document: Uuid::nil(),
            dated: None,
            amount: Money::from_minor(amount),
            balance: Money::from_minor(balance),
        };
        let all = || {
            vec![
                movement("2026-03-02", -50, 60),
                movement("2026-02-01", 100, 110),
                movement("2026-01-31", 10, 10),
            ]
        };
        let told = |from: &str| match StatementBody::balance_forward(day(from), all(), Money::from_minor(60))
        {
            Ok(StatementBody::BalanceForward { opening, activity, .. }) => (opening.minor(), activity.len()),
            other => panic!("{other:?}"),
        };
        assert_eq!(told("2026-02-01"), (10, 2));
        assert_eq!(told("2026-01-01"), (0, 3));
        assert_eq!(told("2026-03-03"), (60, 0));
    }
}
