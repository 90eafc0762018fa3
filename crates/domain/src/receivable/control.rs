//! Whether a customer may have more charged. What speaks against it is told, and a manager may decide otherwise.

use super::{AccountState, HouseAccount, ReceivableRefusal};
use crate::approval::{Approval, ApprovalKind, NotApproved, subject_digest};
use crate::ids::{CustomerId, PersonId, StoreId};
use crate::money::{Money, MoneyError};
use crate::person::{Actor, Permission};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a customer stands with the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountStanding {
    pub customer_id: CustomerId,
    pub account: Option<HouseAccount>,
    pub owed: Money,
    pub overdue: Money,
    /// What lies there as credit.
    pub unapplied: Money,
    /// The oldest due date of what is open.
    pub oldest_due: Option<NaiveDate>,
    /// The last promise that was not kept.
    pub broken_promise: Option<NaiveDate>,
}

impl AccountStanding {
    /// Somebody who owes nothing and has no account.
    #[must_use]
    pub const fn nothing(customer_id: CustomerId) -> Self {
        Self {
            customer_id,
            account: None,
            owed: Money::ZERO,
            overdue: Money::ZERO,
            unapplied: Money::ZERO,
            oldest_due: None,
            broken_promise: None,
        }
    }

    /// What is owed less what lies there as credit.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn balance(&self) -> Result<Money, MoneyError> {
        self.owed.minus(self.unapplied)
    }
}

/// What speaks against charging more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditWarning {
    OnHold {
        reason: String,
    },
    /// With this charge more would be owed than the limit.
    OverLimit {
        limit: Money,
        would_owe: Money,
    },
    PastDue {
        days: i64,
        overdue: Money,
    },
    PromiseBroken {
        promised_on: NaiveDate,
    },
}

impl fmt::Display for CreditWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnHold { reason } => write!(f, "the account is on hold: {reason}"),
            Self::OverLimit { limit, would_owe } => {
                write!(f, "{would_owe} would be owed, the limit is {limit}")
            }
            Self::PastDue { days, overdue } => write!(f, "{overdue} is overdue, the oldest by {days} days"),
            Self::PromiseBroken { promised_on } => {
                write!(f, "the promise to pay by {promised_on} was not kept")
            }
        }
    }
}

/// All that speaks against charging an amount, in the order of its weight.
///
/// # Errors
/// [`MoneyError`] when a sum does not fit.
pub fn warnings(
    standing: &AccountStanding,
    charge: Money,
    hold_after_days: u32,
    today: NaiveDate,
) -> Result<Vec<CreditWarning>, MoneyError> {
    let mut warnings = Vec::new();
    if let Some(account) = &standing.account {
        if account.state == AccountState::OnHold {
            let reason = account.hold_reason.clone().unwrap_or_default();
            warnings.push(CreditWarning::OnHold { reason });
        }
        let would_owe = standing.balance()?.plus(charge)?;
        if let Some(limit) = account.limit.filter(|limit| would_owe > *limit) {
            warnings.push(CreditWarning::OverLimit { limit, would_owe });
        }
    }
    let days = standing.oldest_due.map_or(0, |due| today.signed_duration_since(due).num_days());
    if days > i64::from(hold_after_days) {
        warnings.push(CreditWarning::PastDue { days, overdue: standing.overdue });
    }
    if let Some(promised_on) = standing.broken_promise {
        warnings.push(CreditWarning::PromiseBroken { promised_on });
    }
    Ok(warnings)
}

/// What a manager approves who lets an account be charged all the same: this customer, this amount.
#[must_use]
pub fn credit_subject(customer: CustomerId, amount: Money) -> String {
    subject_digest(&(customer, amount))
}

/// A charge, and who lets it through.
#[derive(Debug, Clone, Copy)]
pub struct ChargeAsked<'a> {
    pub amount: Money,
    pub store: StoreId,
    pub hold_after_days: u32,
    pub today: NaiveDate,
    pub actor: &'a Actor,
    pub approvals: &'a [Approval],
    /// Why somebody who may grant credit lets it through.
    pub reason: Option<&'a str>,
    pub now: DateTime<Utc>,
}

/// What was said against a charge, and who let it through all the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetThrough {
    pub warnings: Vec<CreditWarning>,
    pub approver: Option<PersonId>,
}

impl ChargeAsked<'_> {
    /// Decides whether an account may be charged. Who may grant credit decides for themselves, with a reason.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: no account, a closed one, or something against it that nobody approved.
    pub fn check(&self, standing: &AccountStanding) -> Result<LetThrough, ReceivableRefusal> {
        let account = standing.account.as_ref().ok_or(ReceivableRefusal::NoAccount)?;
        if account.state == AccountState::Closed {
            return Err(ReceivableRefusal::AccountClosed);
        }
        let warnings = warnings(standing, self.amount, self.hold_after_days, self.today)?;
        if warnings.is_empty() {
            return Ok(LetThrough::default());
        }
        let warning = warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        if self.actor.may(Permission::GrantCredit, self.store) {
            return match self.reason {
                Some(_) => Ok(LetThrough { warnings, approver: None }),
                None => Err(ReceivableRefusal::ReasonNeeded(warning)),
            };
        }
        let subject = credit_subject(standing.customer_id, self.amount);
        let mut why = NotApproved::Missing;
        for approval in self.approvals.iter().filter(|approval| approval.kind == ApprovalKind::Credit) {
            match approval.covers(ApprovalKind::Credit, self.store, &subject, self.now) {
                Ok(approver) => return Ok(LetThrough { warnings, approver: Some(approver) }),
                Err(reason) => why = reason,
            }
        }
        Err(ReceivableRefusal::Blocked { warning, why })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receivable::Terms;
    use uuid::Uuid;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn standing(limit: &str) -> AccountStanding {
        let customer_id = CustomerId(Uuid::from_u128(1));
        AccountStanding {
            account: Some(HouseAccount {
                customer_id,
                terms: Terms::Net(30),
                limit: Some(cents(limit)),
                state: AccountState::Open,
                hold_reason: None,
                opened_on: "2026-01-01".parse().unwrap(),
                version: 1,
            }),
            owed: cents("1,000"),
            overdue: cents("400"),
            unapplied: cents("100"),
            oldest_due: Some("2026-02-01".parse().unwrap()),
            ..AccountStanding::nothing(customer_id)
        }
    }

    #[test]
    fn what_speaks_against_a_charge() {
        let today = "2026-03-03".parse().unwrap();
        let told = |standing: &AccountStanding, charge: &str, after| {
            let warnings = warnings(standing, cents(charge), after, today).unwrap();
            warnings.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert!(told(&standing("5,000"), "4,100", 30).is_empty());
        assert_eq!(
            told(&standing("5,000"), "4,100.01", 30),
            ["5,000.01 would be owed, the limit is 5,000.00"]
        );
        assert_eq!(told(&standing("5,000"), "1", 29), ["400.00 is overdue, the oldest by 30 days"]);
        let promised_on = Some("2026-02-20".parse().unwrap());
        let broken = AccountStanding { broken_promise: promised_on, ..standing("5,000") };
        assert_eq!(told(&broken, "1", 30), ["the promise to pay by 2026-02-20 was not kept"]);
    }
}
