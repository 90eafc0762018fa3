//! The people and companies a store sells to.

mod card;
mod duplicate;
mod find;
mod household;
mod limits;
mod merge;
mod note;
mod private;
mod typed;

pub use card::{
    Address, Contact, CustomerFile, ImportantDate, Medium, NamedCustomer, Occasion, RingSize, Tastes,
};
pub use duplicate::{Duplicate, DuplicatePage, DuplicateWhy, SettleDuplicate};
pub use find::{find_words, phone_words};
pub use household::{
    ChangeHousehold, Household, HouseholdChange, HouseholdOutcome, HouseholdRefusal, HouseholdState,
    MOST_MEMBERS, Member, change as change_household,
};
pub use limits::{MOST_CONTACTS, MOST_DATES, MOST_NOTES, MOST_PRIVATE, MOST_RINGS, MOST_TAGS};
pub use merge::{
    MergeCustomers, MergeRefusal, MergedCard, Primaries, Standing, ToMerge, UndoMerge, merge, survivors,
    undo as undo_merge,
};
pub use note::{AddNote, CustomerNote, NoteRefusal};
pub use private::{NewPrivate, PrivateEntry, PrivateKind, RevealPrivate, Revealed, TypedPrivate, mask};
pub use typed::{
    CheckedCustomer, SaveCustomer, TypedAddress, TypedContact, TypedCustomer, TypedDate, TypedRing,
};

use crate::ids::CustomerId;
use crate::sale::{Audience, ExemptReason};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The front of a customer's card: who they are and how to reach them first. Lists, the register and receipts
/// need no more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CustomerCard {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company: Option<String>,
    /// E.164; the first of all phones.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub note: Option<String>,
    pub exemption: Option<Exemption>,
    #[serde(default)]
    pub vip: bool,
}

/// A customer in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub number: String,
    pub card: CustomerCard,
    pub version: i64,
}

/// Which customers to list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerFilter {
    /// Words of a number, a name, a phone, an e-mail or a city.
    pub words: String,
    pub tag: Option<String>,
    pub vip: bool,
    pub offset: u64,
    pub limit: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    pub customers: Vec<Customer>,
    pub count: u64,
}

/// What a customer bought, as somebody will read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryAsked {
    pub customer: CustomerId,
    pub audience: Audience,
    pub offset: u64,
    pub limit: u64,
}

/// A customer with everything on the card, as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetail {
    pub id: CustomerId,
    pub number: String,
    pub version: i64,
    pub file: CustomerFile,
    /// Masked.
    pub private: Vec<PrivateEntry>,
    /// Newest first.
    pub notes: Vec<CustomerNote>,
    pub household: Option<Household>,
    /// The cards that this one stands for.
    pub merged: Vec<MergedCard>,
}

/// A resale or exemption certificate: while it is valid, sales to this customer carry no tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    pub certificate: String,
    pub expires_on: Option<NaiveDate>,
    #[serde(default)]
    pub reason: Option<ExemptReason>,
}

impl std::fmt::Display for Exemption {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.reason {
            Some(reason) => write!(f, "{reason} {}", self.certificate),
            None => f.write_str(&self.certificate),
        }
    }
}

impl Exemption {
    #[must_use]
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.expires_on.is_none_or(|expires| date <= expires)
    }
}

impl CustomerCard {
    /// The name a list shows: the person, else the company.
    #[must_use]
    pub fn display_name(&self) -> String {
        let person = [self.first_name.as_deref(), self.last_name.as_deref()];
        let person = person.into_iter().flatten().collect::<Vec<_>>().join(" ");
        match (person.is_empty(), &self.company) {
            (true, Some(company)) => company.clone(),
            (false, Some(company)) => format!("{person} ({company})"),
            (_, None) => person,
        }
    }

    /// A message that nobody wrote by hand goes to a VIP only once an associate has approved it.
    #[must_use]
    pub const fn needs_approval_to_message(&self) -> bool {
        self.vip
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_expires() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let exemption =
            Exemption { certificate: "R-1".into(), expires_on: Some(day("2026-12-31")), reason: None };
        assert!(exemption.is_valid_on(day("2026-12-31")));
        assert!(!exemption.is_valid_on(day("2027-01-01")));
    }

    #[test]
    fn messages_to_a_vip_are_approved() {
        let card = |vip| CustomerCard { vip, ..CustomerCard::default() };
        assert!(card(true).needs_approval_to_message());
        assert!(!card(false).needs_approval_to_message());
    }
}
