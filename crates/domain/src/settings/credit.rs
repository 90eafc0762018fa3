//! What a store has decided about credit, as typed.

use crate::field::FieldReader;
use crate::money::Money;
use crate::policy::StorePolicy;
use crate::rate::Rate;
use crate::receivable::{LossRates, ReceivablePolicy, Terms};
use serde::{Deserialize, Serialize};

/// A year: whoever waits longer does not hold anybody.
const LONGEST_HOLD_DAYS: u32 = 365;
/// 36 % a year, more than any state lets a store ask and the limit of the Military Lending Act.
const HIGHEST_MONTHLY: Rate = Rate::from_ppm(30_000);

/// The rules of a store about credit, as typed. Rates are in percent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedCredit {
    /// `net` or `installments`.
    pub terms: String,
    pub net_days: String,
    pub installments: String,
    pub hold_after_days: String,
    pub returned_check_fee: String,
    pub highest_check_fee: String,
    pub bad_debt_tax_relief: bool,
    pub loss_current: String,
    pub loss_to_30: String,
    pub loss_to_60: String,
    pub loss_to_90: String,
    pub loss_to_120: String,
    pub loss_over_120: String,
    pub reg_z: bool,
    pub finance_charge: String,
    pub minimum_share: String,
    pub minimum_amount: String,
}

impl From<&StorePolicy> for TypedCredit {
    fn from(policy: &StorePolicy) -> Self {
        let policy = &policy.receivables;
        let [terms, net_days, installments] = policy.terms.typed();
        let [loss_current, loss_to_30, loss_to_60, loss_to_90, loss_to_120, loss_over_120] =
            policy.loss_rates.0.map(Rate::percent);
        Self {
            terms,
            net_days,
            installments,
            hold_after_days: policy.hold_after_days.to_string(),
            returned_check_fee: policy.returned_check_fee.to_string(),
            highest_check_fee: policy.highest_check_fee.to_string(),
            bad_debt_tax_relief: policy.bad_debt_tax_relief,
            loss_current,
            loss_to_30,
            loss_to_60,
            loss_to_90,
            loss_to_120,
            loss_over_120,
            reg_z: policy.reg_z,
            finance_charge: policy.finance_charge.percent(),
            minimum_share: policy.minimum_share.percent(),
            minimum_amount: policy.minimum_amount.to_string(),
        }
    }
}

impl TypedCredit {
    pub(super) fn check(&self, policy: StorePolicy, fields: &mut FieldReader) -> StorePolicy {
        let terms = Terms::read([&self.terms, &self.net_days, &self.installments], fields);
        let hold_after_days = self.hold_after_days.trim().parse().unwrap_or(u32::MAX);
        if hold_after_days > LONGEST_HOLD_DAYS {
            fields.complain("hold_after_days", format!("0 to {LONGEST_HOLD_DAYS} days"));
        }
        let mut amount = |field: &str, typed: &str| {
            let amount = fields.read(field, Money::parse(typed));
            if amount.is_negative() {
                fields.complain(field, "zero or more");
            }
            amount
        };
        let highest_check_fee = amount("highest_check_fee", &self.highest_check_fee);
        let returned_check_fee = amount("returned_check_fee", &self.returned_check_fee);
        if Money::parse(&self.highest_check_fee).is_ok() && returned_check_fee > highest_check_fee {
            fields.complain("returned_check_fee", "no more than may be asked for");
        }
        let mut percent = |field: &str, typed: &str| fields.read(field, Rate::parse_percent(typed));
        let loss_rates = LossRates([
            percent("loss_current", &self.loss_current),
            percent("loss_to_30", &self.loss_to_30),
            percent("loss_to_60", &self.loss_to_60),
            percent("loss_to_90", &self.loss_to_90),
            percent("loss_to_120", &self.loss_to_120),
            percent("loss_over_120", &self.loss_over_120),
        ]);
        let receivables = ReceivablePolicy {
            terms,
            hold_after_days,
            returned_check_fee,
            highest_check_fee,
            bad_debt_tax_relief: self.bad_debt_tax_relief,
            loss_rates,
            ..self.charges(policy.receivables.clone(), fields)
        };
        StorePolicy { receivables, ..policy }
    }

    /// What is charged. Switched off it stays as it was: its fields are not on the screen.
    fn charges(&self, policy: ReceivablePolicy, fields: &mut FieldReader) -> ReceivablePolicy {
        if !self.reg_z {
            return ReceivablePolicy { reg_z: false, ..policy };
        }
        let mut percent = |field: &str, typed: &str| fields.read(field, Rate::parse_percent(typed));
        let minimum_share = percent("minimum_share", &self.minimum_share);
        let finance_charge = percent("finance_charge", &self.finance_charge);
        if finance_charge > HIGHEST_MONTHLY {
            let most = HIGHEST_MONTHLY.percent();
            fields.complain("finance_charge", format!("no more than {most} % a month, which is 36 % a year"));
        }
        let minimum_amount = fields.read("minimum_amount", Money::parse(&self.minimum_amount));
        if minimum_amount.is_negative() {
            fields.complain("minimum_amount", "zero or more");
        }
        ReceivablePolicy { reg_z: true, finance_charge, minimum_share, minimum_amount, ..policy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_stays_as_it_was() {
        let policy = StorePolicy::default();
        let mut fields = FieldReader::default();
        let typed = TypedCredit { terms: "installments".into(), ..TypedCredit::from(&policy) };
        let typed = TypedCredit { installments: "4".into(), reg_z: true, ..typed };
        let now = typed.check(policy.clone(), &mut fields);
        fields.finish(()).unwrap();
        assert_eq!(now.receivables.terms, Terms::Installments(4));
        assert!(now.receivables.reg_z);
        assert_eq!(TypedCredit::from(&now), typed_again(&typed));
        let mut fields = FieldReader::default();
        assert_eq!(TypedCredit::from(&policy).check(policy.clone(), &mut fields), policy);
        fields.finish(()).unwrap();
    }

    /// The days of terms that have none are not kept.
    fn typed_again(typed: &TypedCredit) -> TypedCredit {
        TypedCredit { net_days: String::new(), ..typed.clone() }
    }

    #[test]
    fn each_field_says_what_is_wrong_with_it() {
        let policy = StorePolicy::default();
        let typed = TypedCredit {
            installments: "5".into(),
            terms: "installments".into(),
            hold_after_days: "-1".into(),
            returned_check_fee: "30".into(),
            highest_check_fee: "25".into(),
            loss_to_90: "110".into(),
            reg_z: true,
            finance_charge: "3.5".into(),
            minimum_amount: "-1".into(),
            ..TypedCredit::from(&policy)
        };
        let mut fields = FieldReader::default();
        typed.check(policy.clone(), &mut fields);
        let wrong = fields.finish(()).unwrap_err();
        let wrong: Vec<&str> = wrong.iter().map(|one| one.field.as_str()).collect();
        let all = [
            "installments",
            "hold_after_days",
            "returned_check_fee",
            "loss_to_90",
            "finance_charge",
            "minimum_amount",
        ];
        assert_eq!(wrong, all);
        // What is not on the screen is not complained about, and stays.
        let off = TypedCredit { reg_z: false, finance_charge: "much".into(), ..TypedCredit::from(&policy) };
        let mut fields = FieldReader::default();
        assert_eq!(off.check(policy.clone(), &mut fields), policy);
        fields.finish(()).unwrap();
    }
}
