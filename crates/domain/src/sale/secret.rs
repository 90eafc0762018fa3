//! A gift that somebody must not hear of before its day.

use super::SaleStatus;
use crate::ids::{CommandId, SaleId};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// Whom something is shown or addressed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Those who work here, on their own screens.
    Staff,
    /// Whoever bought it: what is sent or printed for them is read by others at home.
    Buyer,
    /// Anybody of the household.
    Household,
    /// Whoever asks.
    Public,
}

/// Whether an audience may know of a sale. A secret ends on its day.
#[must_use]
pub fn visible_to(audience: Audience, secret_until: Option<NaiveDate>, today: NaiveDate) -> bool {
    match audience {
        Audience::Staff => true,
        Audience::Buyer | Audience::Household => secret_until.is_none_or(|until| today >= until),
        Audience::Public => false,
    }
}

/// Keeps a sale a secret until a day, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetSecret {
    pub command_id: CommandId,
    pub sale_id: SaleId,
    /// As typed; nothing ends the secret now.
    pub until: String,
}

/// What the decision depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretState {
    pub status: SaleStatus,
    pub has_customer: bool,
    /// The day that was said last.
    pub until: Option<NaiveDate>,
    pub today: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum SecretRefusal {
    #[error("a voided sale is no gift")]
    Voided,
    #[error("this sale names no customer: there is nobody to keep it from")]
    Nobody,
    #[error("enter a date such as 2027-12-25")]
    NoDate,
    #[error("choose a day after today and within two years")]
    OtherDay,
    #[error("this sale is no secret")]
    NoSecret,
}

impl SetSecret {
    /// The day to write down; `None` ends the secret.
    ///
    /// # Errors
    /// [`SecretRefusal`]
    pub fn decide(&self, state: &SecretState) -> Result<Option<NaiveDate>, SecretRefusal> {
        let secret = state.until.is_some_and(|until| state.today < until);
        match self.until.trim() {
            "" if secret => Ok(None),
            "" => Err(SecretRefusal::NoSecret),
            _ if state.status == SaleStatus::Voided => Err(SecretRefusal::Voided),
            _ if !state.has_customer => Err(SecretRefusal::Nobody),
            typed => secret_day(typed, state.today).map(Some),
        }
    }
}

/// The day on which a secret ends, as typed.
///
/// # Errors
/// [`SecretRefusal`] for what is no day after today.
pub fn secret_day(typed: &str, today: NaiveDate) -> Result<NaiveDate, SecretRefusal> {
    /// Whoever forgets the end has no secret for ever.
    const LONGEST: Days = Days::new(2 * 366);
    let until: NaiveDate = typed.trim().parse().map_err(|_| SecretRefusal::NoDate)?;
    let last = today.checked_add_days(LONGEST);
    if until > today && last.is_some_and(|last| until <= last) {
        Ok(until)
    } else {
        Err(SecretRefusal::OtherDay)
    }
}

/// What is said of a ticket before it is completed: nothing, or the day on which its secret ends.
///
/// # Errors
/// [`SecretRefusal`] for what is no day after today, or where there is nobody to keep it from.
pub fn secret_on_ticket(
    typed: &str,
    has_customer: bool,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, SecretRefusal> {
    match typed.trim() {
        "" => Ok(None),
        _ if !has_customer => Err(SecretRefusal::Nobody),
        typed => secret_day(typed, today).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_gift_is_heard_of_on_its_day() {
        use Audience::{Buyer, Household, Public, Staff};
        let until = Some(day("2026-12-25"));
        let seen = |audience, today: &str| visible_to(audience, until, day(today));
        assert_eq!(
            [Staff, Buyer, Household, Public].map(|a| seen(a, "2026-12-24")),
            [true, false, false, false]
        );
        assert_eq!(
            [Staff, Buyer, Household, Public].map(|a| seen(a, "2026-12-25")),
            [true, true, true, false]
        );
        assert!(visible_to(Household, None, day("2026-12-24")));
    }

    #[test]
    fn a_ticket_may_say_that_it_is_a_secret() {
        let today = day("2026-12-01");
        let said = |typed, has_customer| secret_on_ticket(typed, has_customer, today);
        assert_eq!(said(" ", false), Ok(None));
        assert_eq!(said("2026-12-25", true), Ok(Some(day("2026-12-25"))));
        assert_eq!(said("2026-12-25", false), Err(SecretRefusal::Nobody));
        assert_eq!(said("2026-12-01", true), Err(SecretRefusal::OtherDay));
        assert_eq!(said("Christmas", true), Err(SecretRefusal::NoDate));
    }

    #[test]
    fn a_secret_has_a_day_and_somebody_to_keep_it_from() {
        use SecretRefusal as R;
        let decide = |until: &str, state: SecretState| {
            let cmd = SetSecret {
                command_id: CommandId(Uuid::nil()),
                sale_id: SaleId(Uuid::nil()),
                until: until.into(),
            };
            cmd.decide(&state)
        };
        let today = day("2026-12-01");
        let sold = SecretState { status: SaleStatus::Completed, has_customer: true, until: None, today };
        let until = Some(day("2026-12-25"));
        assert_eq!(decide(" 2026-12-25 ", sold), Ok(until));
        assert_eq!(decide("", SecretState { until, ..sold }), Ok(None));
        for (typed, state, refusal) in [
            ("", sold, R::NoSecret),
            ("", SecretState { until: Some(today), ..sold }, R::NoSecret),
            ("soon", sold, R::NoDate),
            ("2026-12-01", sold, R::OtherDay),
            ("2028-12-04", sold, R::OtherDay),
            ("2026-12-25", SecretState { has_customer: false, ..sold }, R::Nobody),
            ("2026-12-25", SecretState { status: SaleStatus::Voided, ..sold }, R::Voided),
        ] {
            assert_eq!(decide(typed, state), Err(refusal), "{typed}");
        }
    }
}
