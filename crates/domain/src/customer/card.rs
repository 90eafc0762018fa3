//! Everything that stands on a customer's card.

use super::{CustomerCard, Exemption};
use crate::codes;
use crate::ids::CustomerId;
use serde::{Deserialize, Serialize};

codes! {
    /// How somebody is reached.
    pub enum Medium("medium") {
        Phone = "phone", "Phone";
        Email = "email", "E-mail";
    }
}

/// A phone or an e-mail. The first of a card is the primary one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Contact {
    /// In the customer's own words: mobile, work, her sister.
    pub kind: Option<String>,
    /// E.164, or a mail address in lower case.
    pub value: String,
}

/// An address for the post. The first of a card is the primary one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Address {
    pub kind: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
}

impl Address {
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.street.is_none() && self.city.is_none() && self.state.is_none() && self.postal_code.is_none()
    }

    /// City, state and ZIP code in one line.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let parts = [self.city.as_deref(), self.state.as_deref(), self.postal_code.as_deref()];
        let place = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(place).filter(|place| !place.is_empty())
    }
}

codes! {
    pub enum Occasion("occasion") {
        Birthday = "birthday", "Birthday";
        Anniversary = "anniversary", "Anniversary";
        Other = "other", "Other";
    }
}

/// A day that comes every year. A birthday with its year is a birth date, and kept apart (`private.rs`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ImportantDate {
    pub occasion: Occasion,
    /// Whose it is, or what; nobody named is the customer.
    pub of_whom: Option<String>,
    pub month: u32,
    pub day: u32,
    pub year: Option<i32>,
}

/// How large a ring somebody wears.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RingSize {
    pub of_whom: Option<String>,
    pub finger: Option<String>,
    /// Quarters of a size of the United States: 6½ is 26.
    pub quarters: u32,
}

impl RingSize {
    /// The size as a jeweler writes it.
    #[must_use]
    pub fn size(&self) -> String {
        let whole = self.quarters / 4;
        match self.quarters % 4 {
            0 => whole.to_string(),
            1 => format!("{whole}¼"),
            2 => format!("{whole}½"),
            _ => format!("{whole}¾"),
        }
    }
}

/// What somebody likes to wear.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tastes {
    pub metal: Option<String>,
    pub style: Option<String>,
    pub text: Option<String>,
    #[serde(default)]
    pub rings: Vec<RingSize>,
}

/// The whole card but for what is kept sealed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CustomerFile {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company: Option<String>,
    pub vip: bool,
    /// In order, each once, in lower case.
    pub tags: Vec<String>,
    pub phones: Vec<Contact>,
    pub emails: Vec<Contact>,
    pub addresses: Vec<Address>,
    pub dates: Vec<ImportantDate>,
    pub tastes: Tastes,
    pub note: Option<String>,
    pub exemption: Option<Exemption>,
}

impl CustomerFile {
    /// The front of the card, with the first of each kind of contact.
    #[must_use]
    pub fn front(&self) -> CustomerCard {
        let address = self.addresses.first().cloned().unwrap_or_default();
        let first = |contacts: &[Contact]| contacts.first().map(|contact| contact.value.clone());
        CustomerCard {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            company: self.company.clone(),
            phone: first(&self.phones),
            email: first(&self.emails),
            street: address.street,
            city: address.city,
            state: address.state,
            postal_code: address.postal_code,
            note: self.note.clone(),
            exemption: self.exemption.clone(),
            vip: self.vip,
        }
    }

    #[must_use]
    pub fn display_name(&self) -> String {
        self.front().display_name()
    }
}

/// Somebody in the book by name and number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCustomer {
    pub id: CustomerId,
    pub number: String,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_is_the_primary() {
        let phone = |value: &str| Contact { kind: None, value: value.into() };
        let file = CustomerFile {
            phones: vec![phone("+15550102030"), phone("+15550102031")],
            addresses: vec![Address { city: Some("Sampleton".into()), ..Address::default() }],
            ..CustomerFile::default()
        };
        let front = file.front();
        assert_eq!(front.phone.as_deref(), Some("+15550102030"));
        assert_eq!((front.email, front.city.as_deref()), (None, Some("Sampleton")));
    }

    #[test]
    fn sizes_are_written_in_quarters() {
        let size = |quarters| RingSize { of_whom: None, finger: None, quarters }.size();
        assert_eq!([size(24), size(25), size(26), size(27)], ["6", "6¼", "6½", "6¾"]);
    }
}
