//! A store's limits, rounding and words on the receipt.

use crate::field::FieldReader;
use crate::money::Money;
use crate::person::DiscountLimits;
use crate::policy::{CashRounding, StorePolicy};
use crate::rate::Rate;
use crate::tax::TaxRounding;
use crate::text;
use serde::{Deserialize, Serialize};

/// The longest a till may wait for a touch before it asks for a PIN.
const LONGEST_IDLE_MINUTES: u32 = 240;
/// Ten years.
const LONGEST_RETURN_DAYS: u32 = 3_650;
/// More reasons than this nobody reads at the counter.
const MOST_REASONS: usize = 20;

/// The words on a receipt, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedReceipt {
    pub receipt_header: String,
    pub receipt_footer: String,
    pub return_policy: String,
}

impl From<&StorePolicy> for TypedReceipt {
    fn from(policy: &StorePolicy) -> Self {
        Self {
            receipt_header: policy.receipt_header.clone(),
            receipt_footer: policy.receipt_footer.clone(),
            return_policy: policy.return_policy.clone(),
        }
    }
}

impl TypedReceipt {
    pub(super) fn check(&self, policy: StorePolicy, fields: &mut FieldReader) -> StorePolicy {
        let mut note = |field: &str, typed: &str| fields.read(field, text::note(typed)).unwrap_or_default();
        StorePolicy {
            receipt_header: note("receipt_header", &self.receipt_header),
            receipt_footer: note("receipt_footer", &self.receipt_footer),
            return_policy: note("return_policy", &self.return_policy),
            ..policy
        }
    }
}

/// What each role may do alone, and how a store rounds, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedLimits {
    pub associate_discount: String,
    pub manager_discount: String,
    pub owner_discount: String,
    pub tax_rounding: String,
    pub five_cents: bool,
    pub over_short: String,
    pub idle_lock_minutes: String,
    pub pay_out_limit: String,
    pub return_days: String,
    pub restocking_fee: String,
    /// One reason on each line.
    pub discount_reasons: String,
}

impl From<&StorePolicy> for TypedLimits {
    fn from(policy: &StorePolicy) -> Self {
        Self {
            associate_discount: policy.discount_limits.associate.percent(),
            manager_discount: policy.discount_limits.manager.percent(),
            owner_discount: policy.discount_limits.owner.percent(),
            tax_rounding: policy.tax_rounding.code().to_owned(),
            five_cents: policy.cash_rounding == CashRounding::ToFiveCents,
            over_short: policy.over_short_without_reason.to_string(),
            idle_lock_minutes: policy.idle_lock_minutes.to_string(),
            pay_out_limit: policy.pay_out_limit.to_string(),
            return_days: policy.return_days.to_string(),
            restocking_fee: policy.restocking_fee.percent(),
            discount_reasons: policy.discount_reasons.join("\n"),
        }
    }
}

impl TypedLimits {
    pub(super) fn check(&self, policy: StorePolicy, fields: &mut FieldReader) -> StorePolicy {
        let mut percent = |field: &str, typed: &str| fields.read(field, Rate::parse_percent(typed));
        let discount_limits = DiscountLimits {
            associate: percent("associate_discount", &self.associate_discount),
            manager: percent("manager_discount", &self.manager_discount),
            owner: percent("owner_discount", &self.owner_discount),
        };
        let restocking_fee = percent("restocking_fee", &self.restocking_fee);
        let return_days = self.return_days.trim().parse().unwrap_or(u32::MAX);
        if return_days > LONGEST_RETURN_DAYS {
            fields.complain("return_days", format!("0 to {LONGEST_RETURN_DAYS} days"));
        }
        let tax_rounding: TaxRounding = fields.read("tax_rounding", self.tax_rounding.parse());
        let over_short_without_reason = fields.read("over_short", Money::parse(&self.over_short));
        if over_short_without_reason.is_negative() {
            fields.complain("over_short", "zero or more");
        }
        let pay_out_limit = fields.read("pay_out_limit", Money::parse(&self.pay_out_limit));
        if pay_out_limit.is_negative() {
            fields.complain("pay_out_limit", "zero or more");
        }
        let idle_lock_minutes = self.idle_lock_minutes.trim().parse().unwrap_or(0);
        if !(1..=LONGEST_IDLE_MINUTES).contains(&idle_lock_minutes) {
            fields.complain("idle_lock_minutes", format!("1 to {LONGEST_IDLE_MINUTES} minutes"));
        }
        let reasons = self.discount_reasons.lines().map(str::trim).filter(|line| !line.is_empty());
        let reasons = reasons.map(|line| fields.read("discount_reasons", text::required_line(line)));
        let discount_reasons: Vec<String> = reasons.collect();
        if discount_reasons.is_empty() || discount_reasons.len() > MOST_REASONS {
            fields.complain("discount_reasons", format!("1 to {MOST_REASONS} reasons, one on each line"));
        }
        StorePolicy {
            discount_limits,
            tax_rounding,
            cash_rounding: if self.five_cents { CashRounding::ToFiveCents } else { CashRounding::Exact },
            over_short_without_reason,
            idle_lock_minutes,
            pay_out_limit,
            return_days,
            restocking_fee,
            discount_reasons,
            ..policy
        }
    }
}
