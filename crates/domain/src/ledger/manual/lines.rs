//! The lines of an entry by hand.

use super::{ManualRefusal, Standing};
use crate::field::FieldReader;
use crate::ids::{LegalEntityId, StoreId};
use crate::ledger::{Account, AccountCode};
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A line as typed: an account, a store, and an amount on one of two sides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedLine {
    pub account: String,
    pub store: String,
    pub debit: String,
    pub credit: String,
}

/// A line that was checked: debits above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualLine {
    pub account: AccountCode,
    pub store: StoreId,
    pub amount: Money,
}

impl TypedLine {
    /// A row that nobody typed into; the store is chosen before.
    fn is_blank(&self) -> bool {
        [&self.account, &self.debit, &self.credit].iter().all(|text| text.trim().is_empty())
    }
}

impl From<&ManualLine> for TypedLine {
    fn from(line: &ManualLine) -> Self {
        let side = |amount: Money| if amount.is_positive() { amount.to_string() } else { String::new() };
        Self {
            account: line.account.to_string(),
            store: line.store.to_string(),
            debit: side(line.amount),
            credit: side(line.amount.negated().unwrap_or_default()),
        }
    }
}

/// The stores that lines name.
pub(super) fn stores_of(lines: &[TypedLine]) -> Vec<StoreId> {
    let mut stores: Vec<StoreId> = lines
        .iter()
        .filter(|line| !line.is_blank())
        .filter_map(|line| line.store.trim().parse().ok())
        .collect();
    stores.sort();
    stores.dedup();
    stores
}

/// Reads lines and complains about every field that is wrong; what the sides differ by is a complaint about the
/// lines. Gives the company in whose books they stand.
pub(super) fn check(
    typed: &[TypedLine],
    standing: &Standing<'_>,
    fields: &mut FieldReader,
) -> (Option<LegalEntityId>, Vec<ManualLine>) {
    /// More is a list for a program, not an entry by hand.
    const MOST_LINES: usize = 200;
    let mut lines = Vec::new();
    for (at, row) in typed.iter().enumerate().take(MOST_LINES).filter(|(_, row)| !row.is_blank()) {
        let name = |part: &str| format!("lines.{at}.{part}");
        let account = match find_account(&row.account, standing.accounts) {
            Ok(account) => account.code,
            Err(why) => {
                fields.complain(&name("account"), why);
                continue;
            }
        };
        let store = row.store.trim().parse().ok().filter(|id| standing.config.find_store(*id).is_some());
        let Some(store) = store else {
            fields.complain(&name("store"), "choose a store");
            continue;
        };
        let (side, typed, sign) = match (row.debit.trim(), row.credit.trim()) {
            (debit, "") => ("debit", debit, 1),
            ("", credit) => ("credit", credit, -1),
            _ => {
                fields.complain(&name("credit"), "a line is a debit or a credit");
                continue;
            }
        };
        let amount = fields.read(&name(side), Money::parse(typed));
        if fields.is_clean() && !amount.is_positive() {
            fields.complain(&name(side), "enter an amount above zero");
        }
        lines.push(ManualLine { account, store, amount: amount.times(sign).unwrap_or_default() });
    }
    if typed.len() > MOST_LINES {
        fields.complain("lines", format!("an entry has at most {MOST_LINES} lines"));
    }
    let entity_of =
        |line: &ManualLine| standing.config.find_store(line.store).map(|s| s.store.legal_entity_id);
    let entity = lines.first().and_then(entity_of);
    if lines.iter().any(|line| entity_of(line) != entity) {
        fields.complain("lines", "these stores belong to different companies: post an entry for each");
    }
    if fields.is_clean() {
        balanced(&lines, fields);
    }
    (entity, lines)
}

fn balanced(lines: &[ManualLine], fields: &mut FieldReader) {
    let amounts = || lines.iter().map(|line| line.amount);
    let debits = Money::sum(amounts().filter(|amount| amount.is_positive()));
    let credits = Money::sum(amounts().filter(|amount| amount.is_negative())).and_then(Money::negated);
    let (debits, credits) = (fields.read("lines", debits), fields.read("lines", credits));
    if lines.len() < 2 {
        fields.complain("lines", "an entry has at least two lines");
    } else if debits != credits {
        let (more, less) = if debits > credits { ("debits", "credits") } else { ("credits", "debits") };
        let difference = debits.max(credits).minus(debits.min(credits)).unwrap_or_default();
        fields.complain("lines", format!("the {more} are above the {less} by {difference}"));
    }
}

/// The account that somebody typed, if it takes entries by hand.
fn find_account<'a>(typed: &str, accounts: &'a [Account]) -> Result<&'a Account, String> {
    let code: AccountCode = typed.parse().map_err(|_| "choose an account".to_owned())?;
    let account = accounts.iter().find(|account| account.code == code);
    let account = account.ok_or_else(|| format!("there is no account {code}"))?;
    takes_entries(account).map(|()| account)
}

fn takes_entries(account: &Account) -> Result<(), String> {
    let code = account.code;
    if account.control {
        Err(format!("account {code} equals what lies behind it: no entry by hand"))
    } else if !account.active {
        Err(format!("account {code} is closed"))
    } else {
        Ok(())
    }
}

/// Lines that were checked once, looked at again before they are posted.
pub(super) fn still_stand(
    codes: impl IntoIterator<Item = AccountCode>,
    standing: &Standing<'_>,
) -> Result<(), ManualRefusal> {
    for code in codes {
        let account = standing.accounts.iter().find(|account| account.code == code);
        let account = account.ok_or_else(|| ManualRefusal::No(format!("there is no account {code}")))?;
        takes_entries(account).map_err(ManualRefusal::No)?;
    }
    Ok(())
}
