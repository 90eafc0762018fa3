//! The people and companies a store sells to.

use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, CustomerId};
use crate::sale::ExemptReason;
use crate::text::{self, TextError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A customer's card in the customer book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CustomerCard {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub email: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub note: Option<String>,
    pub exemption: Option<Exemption>,
}

/// A customer in the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub number: String,
    pub card: CustomerCard,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    pub customers: Vec<Customer>,
    pub count: u64,
}

/// A resale or exemption certificate: while it is valid, sales to this customer carry no tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exemption {
    pub certificate: String,
    pub expires_on: Option<NaiveDate>,
    /// Said where it was typed at the counter.
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
}

/// Adds a customer, or changes the card of one that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveCustomer {
    pub command_id: CommandId,
    /// `None` adds a new customer.
    pub customer_id: Option<CustomerId>,
    /// The version that was on the screen, so that two desks never overwrite each other.
    pub version: i64,
    pub typed: TypedCustomer,
}

/// What stands in the fields of the customer form, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedCustomer {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub note: String,
    pub exemption_certificate: String,
    pub exemption_expires_on: String,
}

impl TypedCustomer {
    /// # Errors
    /// Each field that does not read, with its reason. A customer needs a name or a company.
    pub fn check(&self) -> Result<CustomerCard, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let expires_on = match self.exemption_expires_on.trim() {
            "" => None,
            typed => match typed.parse::<NaiveDate>() {
                Ok(date) => Some(date),
                Err(_) => {
                    fields.complain("exemption_expires_on", "enter a date such as 2027-12-31");
                    None
                }
            },
        };
        let certificate =
            fields.read("exemption_certificate", text::optional_line(&self.exemption_certificate));
        if certificate.is_none() && expires_on.is_some() {
            fields.complain("exemption_certificate", TextError::Missing);
        }
        let card = CustomerCard {
            first_name: fields.read("first_name", text::optional_line(&self.first_name)),
            last_name: fields.read("last_name", text::optional_line(&self.last_name)),
            company: fields.read("company", text::optional_line(&self.company)),
            phone: fields.read("phone", text::phone(&self.phone)),
            email: fields.read("email", text::email(&self.email)),
            street: fields.read("street", text::optional_line(&self.street)),
            city: fields.read("city", text::optional_line(&self.city)),
            state: fields.read("state", text::optional_line(&self.state)),
            postal_code: fields.read("postal_code", text::optional_line(&self.postal_code)),
            note: fields.read("note", text::note(&self.note)),
            exemption: certificate.map(|certificate| Exemption { certificate, expires_on, reason: None }),
        };
        if fields.is_clean() && card.display_name().is_empty() {
            fields.complain("last_name", "enter a name or a company");
        }
        fields.finish(card)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_needs_a_name() {
        let errors = TypedCustomer::default().check().unwrap_err();
        assert_eq!(errors, [FieldError::new("last_name", "enter a name or a company")]);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let typed = TypedCustomer {
            first_name: "4242 4242 4242 4242".into(),
            phone: "12".into(),
            email: "nobody".into(),
            exemption_expires_on: "soon".into(),
            ..TypedCustomer::default()
        };
        let fields: Vec<_> = typed.check().unwrap_err().into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["exemption_expires_on", "first_name", "phone", "email"]);
    }

    #[test]
    fn a_certificate_expires() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let exemption =
            Exemption { certificate: "R-1".into(), expires_on: Some(day("2026-12-31")), reason: None };
        assert!(exemption.is_valid_on(day("2026-12-31")));
        assert!(!exemption.is_valid_on(day("2027-01-01")));
    }
}
