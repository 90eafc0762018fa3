//! What a store has decided about credit. Data, never code; what the law says differs from state to state.

use super::{LossRates, Terms};
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// The settings of one store about what customers owe. Every field has a value that is right on the first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReceivablePolicy {
    /// The terms a new house account begins with.
    pub terms: Terms,
    /// Nothing is charged once something is overdue by more days than this.
    pub hold_after_days: u32,
    /// What is asked for a check that the bank sent back.
    pub returned_check_fee: Money,
    /// The most that may be asked for one; many states have a limit.
    pub highest_check_fee: Money,
    /// Whether the state gives the sales tax of bad debt back.
    pub bad_debt_tax_relief: bool,
    pub loss_rates: LossRates,
    /// Whether finance charges are assessed at all: then Regulation Z applies, with its disclosures.
    pub reg_z: bool,
    /// Of what is overdue, each month.
    pub finance_charge: Rate,
    /// The least that a statement asks for: a share of the balance, and not below an amount.
    pub minimum_share: Rate,
    pub minimum_amount: Money,
}

impl Default for ReceivablePolicy {
    fn default() -> Self {
        Self {
            terms: Terms::default(),
            hold_after_days: 30,
            returned_check_fee: Money::from_minor(2_500),
            highest_check_fee: Money::from_minor(2_500),
            bad_debt_tax_relief: false,
            loss_rates: LossRates::default(),
            reg_z: false,
            finance_charge: Rate::from_ppm(15_000),
            minimum_share: Rate::from_ppm(100_000),
            minimum_amount: Money::from_minor(2_500),
        }
    }
}

impl ReceivablePolicy {
    /// The least to pay of a balance of which so much is overdue: what is overdue, and of the rest the store's share,
    /// but never more than the balance. Nothing where no finance charge is assessed.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn minimum_payment(&self, balance: Money, overdue: Money) -> Result<Option<Money>, MoneyError> {
        if !self.reg_z || !balance.is_positive() {
            return Ok(None);
        }
        let rest = balance.minus(overdue)?.max(Money::ZERO);
        let share = self.minimum_share.of(rest)?.max(self.minimum_amount.min(rest));
        Ok(Some(overdue.plus(share)?.min(balance)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_to_pay() {
        let cents = |text: &str| text.parse::<Money>().unwrap();
        let asked = |balance: &str, overdue: &str, reg_z| {
            let policy = ReceivablePolicy { reg_z, ..ReceivablePolicy::default() };
            policy.minimum_payment(cents(balance), cents(overdue)).unwrap().map(|least| least.to_string())
        };
        assert_eq!(asked("1,000", "0", false), None);
        assert_eq!(asked("1,000", "0", true).as_deref(), Some("100.00"));
        assert_eq!(asked("1,000", "400", true).as_deref(), Some("460.00"));
        assert_eq!(asked("100", "0", true).as_deref(), Some("25.00"));
        assert_eq!(asked("10", "0", true).as_deref(), Some("10.00"));
        assert_eq!(asked("0", "0", true), None);
    }
}
