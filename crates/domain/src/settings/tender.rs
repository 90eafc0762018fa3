//! The means of payment a store takes.

use crate::field::FieldReader;
use crate::ledger::{Account, AccountCode, AccountKind, code};
use crate::sale::{TenderKind, TenderNature};
use crate::text;
use serde::{Deserialize, Serialize};

/// A means of payment as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedTender {
    pub code: String,
    pub label: String,
    pub nature: String,
    pub account: String,
    pub active: bool,
}

impl From<&TenderKind> for TypedTender {
    fn from(kind: &TenderKind) -> Self {
        Self {
            code: kind.code.clone(),
            label: kind.label.clone(),
            nature: kind.nature.code().to_owned(),
            account: kind.account.to_string(),
            active: kind.active,
        }
    }
}

/// Whether what is taken may be debited to an account: where it waits for its deposit or settlement, or
/// another asset that no sub-ledger owns.
#[must_use]
pub fn may_take_tenders(account: &Account) -> bool {
    let waits = [code::UNDEPOSITED_FUNDS, code::CARD_CLEARING].contains(&account.code);
    account.active && account.kind == AccountKind::Asset && (waits || !account.control)
}

impl TypedTender {
    pub(super) fn check(
        &self,
        existing: Option<&TenderKind>,
        accounts: &[Account],
        fields: &mut FieldReader,
    ) -> TenderKind {
        let label = fields.read("label", text::required_line(&self.label));
        if let Some(existing) = existing {
            // What it is and where it goes stays: the drawer counts and the clearing rely on it.
            return TenderKind { label, active: self.active, ..existing.clone() };
        }
        let word = fields.read("code", text::required_line(&self.code)).to_lowercase();
        if word.len() > 20 || !word.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            fields.complain("code", "one word of letters, such as wire");
        }
        let nature = self.nature.parse().ok();
        let takes = [TenderNature::CardTerminal, TenderNature::Check, TenderNature::BankTransfer];
        let nature = nature.filter(|nature| takes.contains(nature));
        if nature.is_none() {
            fields.complain("nature", "choose card terminal, check or bank transfer");
        }
        let account: Option<AccountCode> = self.account.parse().ok();
        let account = account.filter(|code| accounts.iter().any(|a| a.code == *code && may_take_tenders(a)));
        if account.is_none() {
            fields.complain("account", "choose an asset account that takes payments");
        }
        TenderKind {
            code: word,
            label,
            nature: nature.unwrap_or(TenderNature::CardTerminal),
            account: account.unwrap_or(code::CARD_CLEARING),
            active: self.active,
        }
    }
}
