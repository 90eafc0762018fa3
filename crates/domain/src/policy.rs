//! What a store has decided: limits, rounding, words on the receipt. Data, never code.

use crate::money::Money;
use crate::person::DiscountLimits;
use crate::rate::Rate;
use crate::receivable::ReceivablePolicy;
use crate::tax::TaxRounding;
use serde::{Deserialize, Serialize};

/// The settings of one store. Every field has a sensible value on the first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct StorePolicy {
    pub discount_limits: DiscountLimits,
    pub tax_rounding: TaxRounding,
    pub cash_rounding: CashRounding,
    /// A drawer that is over or short by more than this needs a reason.
    pub over_short_without_reason: Money,
    /// Minutes without a touch after which a till asks for a PIN.
    pub idle_lock_minutes: u32,
    pub receipt_header: String,
    pub receipt_footer: String,
    pub return_policy: String,
    /// More than this is paid out of a drawer by somebody who may approve.
    pub pay_out_limit: Money,
    /// Days after a sale on which a piece comes back without asking.
    pub return_days: u32,
    /// What the store keeps of the net price of what comes back.
    pub restocking_fee: Rate,
    pub discount_reasons: Vec<String>,
    pub receivables: ReceivablePolicy,
}

/// The store's own words on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptWords {
    pub header: String,
    pub footer: String,
    pub return_policy: String,
}

impl StorePolicy {
    #[must_use]
    pub fn receipt_words(&self) -> ReceiptWords {
        ReceiptWords {
            header: self.receipt_header.clone(),
            footer: self.receipt_footer.clone(),
            return_policy: self.return_policy.clone(),
        }
    }
}

/// Whether cash is rounded to 0.05 (`rules.md#rounding`); off unless a store asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashRounding {
    #[default]
    Exact,
    ToFiveCents,
}

impl Default for StorePolicy {
    fn default() -> Self {
        Self {
            discount_limits: DiscountLimits::default(),
            tax_rounding: TaxRounding::PerInvoice,
            cash_rounding: CashRounding::Exact,
            over_short_without_reason: Money::from_minor(500),
            idle_lock_minutes: 10,
            receipt_header: String::new(),
            receipt_footer: "Thank you.".to_owned(),
            return_policy: "Returns within 30 days with this receipt.".to_owned(),
            pay_out_limit: Money::from_minor(5_000),
            return_days: 30,
            restocking_fee: Rate::ZERO,
            discount_reasons: ["Price match", "Loyal customer", "Damaged tag", "Clearance", "Staff sale"]
                .map(str::to_owned)
                .to_vec(),
            receivables: ReceivablePolicy::default(),
        }
    }
}
