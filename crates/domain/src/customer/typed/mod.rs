//! The customer's form: what stands in its fields, and the card it makes.

use super::card::{Address, Contact, CustomerFile, ImportantDate, Occasion, RingSize, Tastes};
use super::limits::{MOST_CONTACTS, MOST_DATES, MOST_RINGS, MOST_TAGS};
use super::private::{self, NewPrivate, PrivateEntry, PrivateKind, TypedPrivate};
use super::{CustomerDetail, Exemption};
use crate::field::FieldError;
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, PrivateId};
use crate::text::{self, TextError};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

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

impl SaveCustomer {
    /// The command without what nobody may read later, not even by guessing at its digest.
    #[must_use]
    pub fn without_private(&self) -> Self {
        let year_taken = |date: &TypedDate| TypedDate { year: String::new(), ..date.clone() };
        let typed = TypedCustomer {
            private: Vec::new(),
            dates: self.typed.dates.iter().map(year_taken).collect(),
            ..self.typed.clone()
        };
        Self { typed, ..self.clone() }
    }
}

/// What stands in the fields of the customer form, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedCustomer {
    pub first_name: String,
    pub last_name: String,
    pub company: String,
    pub vip: bool,
    /// With commas between them.
    pub tags: String,
    /// The first of each is the primary one.
    pub phones: Vec<TypedContact>,
    pub emails: Vec<TypedContact>,
    pub addresses: Vec<TypedAddress>,
    pub dates: Vec<TypedDate>,
    pub rings: Vec<TypedRing>,
    pub metal: String,
    pub style: String,
    pub tastes: String,
    pub note: String,
    pub exemption_certificate: String,
    pub exemption_reason: String,
    pub exemption_expires_on: String,
    /// What is to be sealed.
    pub private: Vec<TypedPrivate>,
    /// The sealed entries that stay; those that are not named go.
    pub keep_private: Vec<PrivateId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedContact {
    pub kind: String,
    pub value: String,
}

impl TypedContact {
    #[must_use]
    pub fn new(kind: &str, value: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), value: value.into() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedAddress {
    pub kind: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedDate {
    pub occasion: String,
    pub of_whom: String,
    pub month: String,
    pub day: String,
    pub year: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedRing {
    pub of_whom: String,
    pub finger: String,
    pub size: String,
}

/// A form that reads: the card, and what is to be sealed beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedCustomer {
    pub file: CustomerFile,
    pub private: Vec<NewPrivate>,
    pub keep_private: Vec<PrivateId>,
}

impl TypedCustomer {
    /// # Errors
    /// Each field that does not read, with its reason. A customer needs a name or a company.
    pub fn check(&self) -> Result<CheckedCustomer, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let f = &mut fields;
        let exemption = self.exemption(f);
        let first_name = f.read("first_name", text::optional_line(&self.first_name));
        let last_name = f.read("last_name", text::optional_line(&self.last_name));
        let company = f.read("company", text::optional_line(&self.company));
        let tags = self.tags(f);
        let phones = contacts("phones", &self.phones, text::phone, f);
        let emails = contacts("emails", &self.emails, text::email, f);
        let addresses = self.addresses(f);
        let (dates, births) = self.dates(f);
        let tastes = self.tastes(f);
        let note = f.read("note", text::note(&self.note));
        let mut private = private::read(&self.private, self.keep_private.len() + births.len(), f);
        private.extend(births);
        let file = CustomerFile {
            first_name,
            last_name,
            company,
            vip: self.vip,
            tags,
            phones,
            emails,
            addresses,
            dates,
            tastes,
            note,
            exemption,
        };
        if fields.is_clean() && file.display_name().is_empty() {
            fields.complain("last_name", "enter a name or a company");
        }
        fields.finish(CheckedCustomer { file, private, keep_private: self.keep_private.clone() })
    }

    fn exemption(&self, fields: &mut FieldReader) -> Option<Exemption> {
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
        let reason = match self.exemption_reason.trim() {
            "" => None,
            code => fields.read("exemption_reason", code.parse().map(Some)),
        };
        let typed = text::optional_line(&self.exemption_certificate);
        let certificate = fields.read("exemption_certificate", typed);
        if certificate.is_none() && (expires_on.is_some() || reason.is_some()) {
            fields.complain("exemption_certificate", TextError::Missing);
        }
        certificate.map(|certificate| Exemption { certificate, expires_on, reason })
    }

    fn tags(&self, fields: &mut FieldReader) -> Vec<String> {
        /// A tag is a word or two.
        const LONGEST_TAG: usize = 40;
        let mut tags = BTreeSet::new();
        for typed in self.tags.split(',') {
            match text::optional_line(typed) {
                Ok(Some(tag)) if tag.chars().count() > LONGEST_TAG => {
                    fields.complain("tags", TextError::TooLong(LONGEST_TAG));
                }
                Ok(tag) => tags.extend(tag.map(|tag| tag.to_lowercase())),
                Err(error) => fields.complain("tags", error),
            }
        }
        if tags.len() > MOST_TAGS {
            fields.complain("tags", format!("a card holds at most {MOST_TAGS} tags"));
        }
        tags.into_iter().collect()
    }

    fn addresses(&self, fields: &mut FieldReader) -> Vec<Address> {
        let mut addresses = Vec::new();
        for (at, row) in self.addresses.iter().enumerate() {
            let mut line = |part: &str, typed: &str| {
                fields.read(&format!("addresses.{at}.{part}"), text::optional_line(typed))
            };
            let address = Address {
                kind: line("kind", &row.kind),
                street: line("street", &row.street),
                city: line("city", &row.city),
                state: line("state", &row.state),
                postal_code: line("postal_code", &row.postal_code),
            };
            if !address.is_empty() && !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        if addresses.len() > MOST_CONTACTS {
            fields.complain("addresses", format!("a card holds at most {MOST_CONTACTS} addresses"));
        }
        addresses
    }

    /// The days of the card, and the birth dates among them: those are sealed.
    fn dates(&self, fields: &mut FieldReader) -> (Vec<ImportantDate>, Vec<NewPrivate>) {
        let (mut dates, mut births) = (Vec::new(), Vec::new());
        for (at, row) in self.dates.iter().enumerate() {
            let Some(date) = row.read(at, fields) else { continue };
            match (date.occasion, date.year) {
                (Occasion::Birthday, Some(year)) => births.push(NewPrivate {
                    kind: PrivateKind::BirthDate,
                    of_whom: date.of_whom,
                    value: format!("{year:04}-{:02}-{:02}", date.month, date.day),
                }),
                _ if dates.contains(&date) => {}
                _ => dates.push(date),
            }
        }
        if dates.len() > MOST_DATES {
            fields.complain("dates", format!("a card holds at most {MOST_DATES} dates"));
        }
        (dates, births)
    }

    fn tastes(&self, fields: &mut FieldReader) -> Tastes {
        let mut rings = Vec::new();
        for (at, row) in self.rings.iter().enumerate() {
            let name = |part: &str| format!("rings.{at}.{part}");
            let of_whom = fields.read(&name("of_whom"), text::optional_line(&row.of_whom));
            let finger = fields.read(&name("finger"), text::optional_line(&row.finger));
            match (row.size.trim(), quarters(&row.size)) {
                ("", _) if of_whom.is_none() && finger.is_none() => {}
                ("", _) => fields.complain(&name("size"), TextError::Missing),
                (_, None) => {
                    fields.complain(&name("size"), "enter a size from 0 to 20, such as 6.5 or 6 1/2");
                }
                (_, Some(quarters)) => {
                    let ring = RingSize { of_whom, finger, quarters };
                    if !rings.contains(&ring) {
                        rings.push(ring);
                    }
                }
            }
        }
        if rings.len() > MOST_RINGS {
            fields.complain("rings", format!("a card holds at most {MOST_RINGS} ring sizes"));
        }
        Tastes {
            metal: fields.read("metal", text::optional_line(&self.metal)),
            style: fields.read("style", text::optional_line(&self.style)),
            text: fields.read("tastes", text::note(&self.tastes)),
            rings,
        }
    }
}

/// Reads phones or e-mails. Rows without one are passed over, and what stands there twice counts once.
fn contacts(
    list: &str,
    rows: &[TypedContact],
    read: fn(&str) -> Result<Option<String>, TextError>,
    fields: &mut FieldReader,
) -> Vec<Contact> {
    let mut contacts: Vec<Contact> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let kind = fields.read(&format!("{list}.{at}.kind"), text::optional_line(&row.kind));
        let value = fields.read(&format!("{list}.{at}.value"), read(&row.value));
        let Some(value) = value else { continue };
        if !contacts.iter().any(|contact| contact.value == value) {
            contacts.push(Contact { kind, value });
        }
    }
    if contacts.len() > MOST_CONTACTS {
        fields.complain(list, format!("a card holds at most {MOST_CONTACTS} of these"));
    }
    contacts
}

impl TypedDate {
    fn read(&self, at: usize, fields: &mut FieldReader) -> Option<ImportantDate> {
        /// A leap year, so that the 29th of February is a day.
        const ANY_YEAR: i32 = 2000;
        let name = |part: &str| format!("dates.{at}.{part}");
        let of_whom = fields.read(&name("of_whom"), text::optional_line(&self.of_whom));
        let (month, day, year) = (self.month.trim(), self.day.trim(), self.year.trim());
        if month.is_empty() && day.is_empty() && year.is_empty() && of_whom.is_none() {
            return None;
        }
        let occasion = match self.occasion.parse() {
            Ok(occasion) => occasion,
            Err(_) => {
                fields.complain(&name("occasion"), "choose what is celebrated");
                return None;
            }
        };
        let year = match year {
            "" => None,
            typed => match typed.parse::<i32>() {
                Ok(year @ 1850..=2200) => Some(year),
                _ => {
                    fields.complain(&name("year"), "enter a year such as 1985, or none");
                    return None;
                }
            },
        };
        let day_of = |month: u32, day: u32| NaiveDate::from_ymd_opt(year.unwrap_or(ANY_YEAR), month, day);
        let date = month.parse().ok().zip(day.parse().ok()).and_then(|(month, day)| day_of(month, day));
        let Some(date) = date else {
            fields.complain(&name("day"), "there is no such day");
            return None;
        };
        Some(ImportantDate { occasion, of_whom, month: date.month(), day: date.day(), year })
    }
}

/// A ring size of the United States in quarters: `6`, `6.25`, `6 1/4`, `6¼`.
fn quarters(typed: &str) -> Option<u32> {
    /// The largest mandrels end here.
    const LARGEST: u32 = 20 * 4;
    let typed = typed.trim();
    let parts = [
        (".25", 1),
        (".5", 2),
        (".50", 2),
        (".75", 3),
        (".0", 0),
        (".00", 0),
        ("¼", 1),
        ("½", 2),
        ("¾", 3),
        (" 1/4", 1),
        (" 1/2", 2),
        (" 3/4", 3),
    ];
    let (whole, part) = parts
        .iter()
        .find_map(|(end, part)| typed.strip_suffix(end).map(|whole| (whole, *part)))
        .unwrap_or((typed, 0));
    let whole: u32 = whole.trim().parse().ok()?;
    whole.checked_mul(4)?.checked_add(part).filter(|quarters| *quarters <= LARGEST)
}

impl From<&CustomerDetail> for TypedCustomer {
    /// The card as it stands in the fields.
    fn from(customer: &CustomerDetail) -> Self {
        let file = customer.file.clone();
        let text = Option::unwrap_or_default;
        let contact = |c: Contact| TypedContact { kind: text(c.kind), value: c.value };
        let address = |a: Address| TypedAddress {
            kind: text(a.kind),
            street: text(a.street),
            city: text(a.city),
            state: text(a.state),
            postal_code: text(a.postal_code),
        };
        let date = |d: ImportantDate| TypedDate {
            occasion: d.occasion.code().to_owned(),
            of_whom: text(d.of_whom),
            month: d.month.to_string(),
            day: d.day.to_string(),
            year: d.year.map(|year| year.to_string()).unwrap_or_default(),
        };
        let ring =
            |r: RingSize| TypedRing { size: r.size(), of_whom: text(r.of_whom), finger: text(r.finger) };
        let exemption = file.exemption.as_ref();
        Self {
            first_name: text(file.first_name),
            last_name: text(file.last_name),
            company: text(file.company),
            vip: file.vip,
            tags: file.tags.join(", "),
            phones: file.phones.into_iter().map(contact).collect(),
            emails: file.emails.into_iter().map(contact).collect(),
            addresses: file.addresses.into_iter().map(address).collect(),
            dates: file.dates.into_iter().map(date).collect(),
            rings: file.tastes.rings.into_iter().map(ring).collect(),
            metal: text(file.tastes.metal),
            style: text(file.tastes.style),
            tastes: text(file.tastes.text),
            note: text(file.note),
            exemption_certificate: exemption.map(|e| e.certificate.clone()).unwrap_or_default(),
            exemption_reason: exemption.and_then(|e| e.reason).map_or("", |reason| reason.code()).to_owned(),
            exemption_expires_on: exemption
                .and_then(|e| e.expires_on)
                .map(|date| date.to_string())
                .unwrap_or_default(),
            private: Vec::new(),
            keep_private: customer.private.iter().map(|entry: &PrivateEntry| entry.id).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
