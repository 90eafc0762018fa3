//! Journal entries that balance, because nothing else can be built.

use super::AccountCode;
use crate::ids::{
    CustomerId, EntryId, EventId, ItemId, JurisdictionId, LegalEntityId, PersonId, StoreId, TillId,
};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a line is about, so that every figure opens to the things behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dimensions {
    /// The drawer, on lines of till cash.
    pub till: Option<TillId>,
    pub customer: Option<CustomerId>,
    pub item: Option<ItemId>,
    /// The sale or other document.
    pub document: Option<Uuid>,
    pub associate: Option<PersonId>,
    pub jurisdiction: Option<JurisdictionId>,
}

/// One line: a debit above zero, a credit below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub account: AccountCode,
    /// Debit positive, credit negative, in minor units.
    pub amount: Money,
    /// The selling store on what is sold and owed, the collecting store on cash.
    pub store: StoreId,
    pub dimensions: Dimensions,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryHeader {
    pub id: EntryId,
    pub event: EventId,
    /// Every entry belongs to one legal entity and balances there.
    pub legal_entity: LegalEntityId,
    pub store: StoreId,
    pub moment: Moment,
    pub narrative: String,
    /// The entry that this one undoes.
    pub reverses: Option<EntryId>,
}

/// A journal entry as it stands in the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub header: EntryHeader,
    pub lines: Vec<Line>,
}

/// A digest over the content of an entry, or over the entries of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    #[must_use]
    pub fn to_hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }
}

/// An entry whose debits equal its credits: the only kind the journal takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalancedEntry(Entry);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum EntryError {
    #[error("the entry is out of balance by {0}")]
    OutOfBalance(Money),
    #[error("an entry needs at least two lines")]
    TooFewLines,
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// An entry in the making.
#[derive(Debug, Clone)]
pub struct Draft {
    store: StoreId,
    lines: Vec<Line>,
}

impl Draft {
    /// An entry whose lines belong to one store.
    #[must_use]
    pub const fn new(store: StoreId) -> Self {
        Self { store, lines: Vec::new() }
    }

    /// Debits an account; a negative amount is a credit, zero leaves no line.
    pub fn debit(&mut self, account: AccountCode, amount: Money, dimensions: Dimensions) {
        self.debit_in(self.store, account, amount, dimensions);
    }

    /// The same for an account of another store, in an entry over several.
    pub fn debit_in(&mut self, store: StoreId, account: AccountCode, amount: Money, dimensions: Dimensions) {
        if !amount.is_zero() {
            self.lines.push(Line { account, amount, store, dimensions });
        }
    }

    /// Credits an account.
    ///
    /// # Errors
    /// [`MoneyError::TooLarge`] for the one amount that has no opposite.
    pub fn credit(
        &mut self,
        account: AccountCode,
        amount: Money,
        dimensions: Dimensions,
    ) -> Result<(), MoneyError> {
        self.debit(account, amount.negated()?, dimensions);
        Ok(())
    }

    /// Whether nothing was posted, as for a gift that cost nothing.
    /// A credit on the lines of another store of the same legal entity.
    ///
    /// # Errors
    /// [`MoneyError`] when the amount has no opposite.
    pub fn credit_in(
        &mut self,
        store: StoreId,
        account: AccountCode,
        amount: Money,
        dimensions: Dimensions,
    ) -> Result<(), MoneyError> {
        self.debit_in(store, account, amount.negated()?, dimensions);
        Ok(())
    }

    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// # Errors
    /// [`EntryError`] unless debits equal credits.
    pub fn balance(self, header: EntryHeader) -> Result<BalancedEntry, EntryError> {
        let entry = Entry { header, lines: self.lines };
        entry.check()?;
        Ok(BalancedEntry(entry))
    }
}

impl BalancedEntry {
    #[must_use]
    pub const fn entry(&self) -> &Entry {
        &self.0
    }

    /// The entry that undoes `entry`: the same lines with the sign turned, dated now.
    ///
    /// # Errors
    /// [`EntryError`] when the original does not balance or an amount has no opposite.
    pub fn reversing(entry: &Entry, header: EntryHeader) -> Result<Self, EntryError> {
        let turn = |line: &Line| Ok(Line { amount: line.amount.negated()?, ..*line });
        let lines = entry.lines.iter().map(turn).collect::<Result<Vec<_>, MoneyError>>()?;
        let reversal = Entry { header: EntryHeader { reverses: Some(entry.header.id), ..header }, lines };
        reversal.check()?;
        Ok(Self(reversal))
    }
}

impl Entry {
    /// # Errors
    /// [`EntryError`] when the lines do not sum to zero.
    pub fn check(&self) -> Result<(), EntryError> {
        let sum = Money::sum(self.lines.iter().map(|line| line.amount))?;
        if self.lines.len() < 2 {
            Err(EntryError::TooFewLines)
        } else if !sum.is_zero() {
            Err(EntryError::OutOfBalance(sum))
        } else {
            Ok(())
        }
    }

    /// Digest of the whole content, computed when the entry is written and again by `verify`.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let header = &self.header;
        hasher.update(header.id.0.as_bytes());
        hasher.update(header.event.0.as_bytes());
        hasher.update(header.legal_entity.0.as_bytes());
        hasher.update(header.store.0.as_bytes());
        hasher.update(&header.moment.recorded_at.timestamp_micros().to_be_bytes());
        hasher.update(header.moment.business_date.to_string().as_bytes());
        hash_optional(&mut hasher, header.reverses.map(Uuid::from));
        hasher.update(&header.narrative.len().to_be_bytes());
        hasher.update(header.narrative.as_bytes());
        for line in &self.lines {
            hasher.update(&line.account.get().to_be_bytes());
            hasher.update(&line.amount.minor().to_be_bytes());
            hasher.update(line.store.0.as_bytes());
            let d = &line.dimensions;
            for id in [
                d.till.map(Uuid::from),
                d.customer.map(Uuid::from),
                d.item.map(Uuid::from),
                d.document,
                d.associate.map(Uuid::from),
                d.jurisdiction.map(Uuid::from),
            ] {
                hash_optional(&mut hasher, id);
            }
        }
        Digest(*hasher.finalize().as_bytes())
    }
}

/// The digest of a document that must never change.
#[must_use]
pub fn digest_of(content: &[u8]) -> Digest {
    Digest(*blake3::hash(content).as_bytes())
}

fn hash_optional(hasher: &mut blake3::Hasher, id: Option<Uuid>) {
    match id {
        Some(id) => hasher.update(&[1]).update(id.as_bytes()),
        None => hasher.update(&[0]),
    };
}

/// The digest that closes a store day: over the day before and every entry of the day, so that
/// nothing can be slipped into or taken out of a closed day unnoticed.
#[must_use]
pub fn chain_digest(
    day_before: Option<Digest>,
    entries: impl IntoIterator<Item = (EntryId, Digest)>,
) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&day_before.map_or([0; 32], |digest| digest.0));
    for (id, digest) in entries {
        hasher.update(id.0.as_bytes());
        hasher.update(&digest.0);
    }
    Digest(*hasher.finalize().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::code;
    use proptest::prelude::*;

    fn header() -> EntryHeader {
        EntryHeader {
            id: EntryId(Uuid::from_u128(1)),
            event: EventId(Uuid::from_u128(2)),
            legal_entity: LegalEntityId(Uuid::from_u128(3)),
            store: StoreId(Uuid::from_u128(4)),
            moment: Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), "2026-03-01".parse().unwrap()),
            narrative: "Float".into(),
            reverses: None,
        }
    }

    fn draft(amounts: &[i64]) -> Draft {
        let mut draft = Draft::new(header().store);
        for amount in amounts {
            draft.debit(code::TILL_CASH, Money::from_minor(*amount), Dimensions::default());
        }
        draft
    }

    #[test]
    fn only_balanced_entries_exist() {
        assert!(draft(&[100, -100]).balance(header()).is_ok());
        assert_eq!(
            draft(&[100, -99]).balance(header()).map(|_| ()),
            Err(EntryError::OutOfBalance(Money::from_minor(1)))
        );
        assert_eq!(draft(&[]).balance(header()).map(|_| ()), Err(EntryError::TooFewLines));
        assert_eq!(draft(&[0, 0]).balance(header()).map(|_| ()), Err(EntryError::TooFewLines));
        assert_eq!(
            draft(&[i64::MAX, i64::MAX]).balance(header()).map(|_| ()),
            Err(EntryError::Money(MoneyError::TooLarge))
        );
    }

    #[test]
    fn any_change_changes_the_digest() {
        let entry = draft(&[100, -100]).balance(header()).unwrap().entry().clone();
        let mut other = entry.clone();
        other.lines[0].amount = Money::from_minor(101);
        assert_ne!(entry.digest(), other.digest());
        let mut other = entry.clone();
        other.header.narrative.push(' ');
        assert_ne!(entry.digest(), other.digest());
        let mut other = entry.clone();
        other.lines[0].dimensions.item = Some(ItemId(Uuid::nil()));
        assert_ne!(entry.digest(), other.digest());
        assert_eq!(entry.digest(), entry.clone().digest());
    }

    proptest! {
        #[test]
        fn an_entry_and_its_reversal_sum_to_nothing(
            amounts in prop::collection::vec(-1_000_000_i64..1_000_000, 2..20)
        ) {
            let mut amounts = amounts;
            amounts.push(-amounts.iter().sum::<i64>());
            let Ok(entry) = draft(&amounts).balance(header()) else { return Ok(()) };
            let undone = BalancedEntry::reversing(entry.entry(), header()).unwrap();
            let all = entry.entry().lines.iter().chain(&undone.entry().lines);
            prop_assert_eq!(Money::sum(all.map(|line| line.amount)), Ok(Money::ZERO));
            prop_assert_eq!(undone.entry().header.reverses, Some(entry.entry().header.id));
        }
    }
}
