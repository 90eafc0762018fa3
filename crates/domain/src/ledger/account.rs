//! Accounts and what kind they are.

use crate::codes;
use crate::ids::CommandId;
use crate::money::Money;
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The number of an account, 4 to 6 digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountCode(i32);

/// The accounts that the rules post to. A store may add others, but not change these codes.
pub mod code {
    use super::AccountCode as A;
    pub const TILL_CASH: A = A(1000);
    pub const UNDEPOSITED_FUNDS: A = A(1010);
    pub const BANK: A = A(1020);
    pub const CARD_CLEARING: A = A(1030);
    pub const RECEIVABLES: A = A(1100);
    pub const ALLOWANCE: A = A(1110);
    pub const INVENTORY_SHOWCASE: A = A(1200);
    pub const INVENTORY_STONES_AND_FINDINGS: A = A(1260);
    pub const INVENTORY_RETURN_TO_VENDOR: A = A(1280);
    pub const ACCOUNTS_PAYABLE: A = A(2000);
    pub const GOODS_NOT_BILLED: A = A(2030);
    pub const SALES_TAX_PAYABLE: A = A(2100);
    pub const UNAPPLIED_CREDITS: A = A(2250);
    pub const GIFT_CARDS: A = A(2300);
    pub const STORE_CREDIT: A = A(2310);
    pub const OPENING_BALANCE_EQUITY: A = A(3900);
    pub const SALES_SHOWCASE: A = A(4000);
    pub const FEE_INCOME: A = A(4080);
    pub const FINANCE_CHARGE_INCOME: A = A(4090);
    pub const SALES_RETURNS: A = A(4900);
    pub const COGS_SHOWCASE: A = A(5000);
    pub const INVENTORY_ADJUSTMENTS: A = A(5090);
    pub const CARD_FEES: A = A(6010);
    pub const BAD_DEBT: A = A(6030);
    pub const CASH_OVER_SHORT: A = A(6040);
    pub const CASH_ROUNDING: A = A(6050);
    pub const STORE_EXPENSES: A = A(6100);

    /// Accounts that only rules post to, besides those that equal a sub-ledger.
    pub const BY_RULES: [A; 7] = [
        SALES_SHOWCASE,
        FEE_INCOME,
        SALES_RETURNS,
        COGS_SHOWCASE,
        INVENTORY_ADJUSTMENTS,
        CASH_OVER_SHORT,
        CASH_ROUNDING,
    ];
}

codes! {
    /// Where an account stands in the balance sheet or the profit and loss statement.
    pub enum AccountKind("kind of account") {
        Asset = "asset", "Asset";
        ContraAsset = "contra_asset", "Contra asset";
        Liability = "liability", "Liability";
        Equity = "equity", "Equity";
        Income = "income", "Income";
        ContraIncome = "contra_income", "Contra income";
        Cogs = "cogs", "Cost of goods sold";
        ContraCogs = "contra_cogs", "Contra cost of goods sold";
        Expense = "expense", "Expense";
    }
}

impl AccountKind {
    /// The root under which plain-text accounting tools look for it.
    #[must_use]
    pub const fn plain_text_root(self) -> &'static str {
        match self {
            Self::Asset | Self::ContraAsset => "Assets",
            Self::Liability => "Liabilities",
            Self::Equity => "Equity",
            Self::Income | Self::ContraIncome => "Income",
            Self::Cogs | Self::ContraCogs | Self::Expense => "Expenses",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub code: AccountCode,
    pub name: String,
    pub kind: AccountKind,
    /// Control accounts equal a sub-ledger and take no entries by hand.
    pub control: bool,
    pub active: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AccountError {
    #[error("an account number has 4 to 6 digits")]
    NotACode,
    #[error("account {0} is there already")]
    Taken(AccountCode),
    #[error("the rules post to account {0}: it cannot be closed or change its kind")]
    UsedByRules(AccountCode),
    #[error("account {code} still holds {balance}: it can be closed at zero")]
    NotEmpty { code: AccountCode, balance: Money },
    #[error("a means of payment goes to account {0}: take that out first")]
    TakesPayments(AccountCode),
    #[error("{0}")]
    Name(TextError),
}

impl AccountCode {
    /// # Errors
    /// [`AccountError::NotACode`] unless it has 4 to 6 digits.
    pub const fn new(code: i32) -> Result<Self, AccountError> {
        if code >= 1_000 && code <= 999_999 { Ok(Self(code)) } else { Err(AccountError::NotACode) }
    }

    #[must_use]
    pub const fn get(self) -> i32 {
        self.0
    }
}

impl fmt::Display for AccountCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for AccountCode {
    type Err = AccountError;
    fn from_str(text: &str) -> Result<Self, AccountError> {
        text.trim().parse().map_err(|_| AccountError::NotACode).and_then(Self::new)
    }
}

/// Adds an account, renames one, or closes it for new entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveAccount {
    pub command_id: CommandId,
    pub code: String,
    pub name: String,
    pub kind: AccountKind,
    pub active: bool,
    /// Whether the account is new: an existing number is then refused.
    pub adding: bool,
}

impl SaveAccount {
    /// Decides about the account against what is there now: its balance, and whether a means of payment
    /// goes to it.
    ///
    /// # Errors
    /// A taken number, a code the rules need, an account that is not empty or takes payments.
    pub fn decide(
        &self,
        existing: Option<&Account>,
        balance: Money,
        takes_payments: bool,
    ) -> Result<Account, AccountError> {
        let code: AccountCode = self.code.parse()?;
        let name = text::required_line(&self.name).map_err(AccountError::Name)?;
        let Some(existing) = existing else {
            return Ok(Account { code, name, kind: self.kind, control: false, active: self.active });
        };
        if self.adding {
            return Err(AccountError::Taken(code));
        }
        let standard = super::standard_chart().iter().any(|account| account.code == code);
        if standard && (!self.active || self.kind != existing.kind) {
            return Err(AccountError::UsedByRules(code));
        }
        if !self.active && takes_payments {
            return Err(AccountError::TakesPayments(code));
        }
        if !self.active && !balance.is_zero() {
            return Err(AccountError::NotEmpty { code, balance });
        }
        Ok(Account { name, kind: self.kind, active: self.active, ..existing.clone() })
    }
}
