//! Adding a vendor and changing what is known of one.

use super::VendorFile;
use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, VendorId};
use crate::text;
use serde::{Deserialize, Serialize};

/// Longer than half a year is no term of payment but a mistake.
pub const MOST_NET_DAYS: i64 = 180;

/// Adds a vendor (`vendor_id` is `None`) or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveVendor {
    pub command_id: CommandId,
    pub vendor_id: Option<VendorId>,
    /// The version that was on the screen.
    pub version: i64,
    pub typed: TypedVendor,
}

/// What stands in the fields of the vendor form, exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedVendor {
    pub code: String,
    pub name: String,
    pub contact: String,
    pub phone: String,
    pub email: String,
    pub street: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub account_number: String,
    pub net_days: String,
    pub note: String,
    pub active: bool,
}

impl Default for TypedVendor {
    fn default() -> Self {
        let none = String::new;
        Self {
            code: none(),
            name: none(),
            contact: none(),
            phone: none(),
            email: none(),
            street: none(),
            city: none(),
            state: none(),
            postal_code: none(),
            account_number: none(),
            net_days: "30".to_owned(),
            note: none(),
            active: true,
        }
    }
}

impl TypedVendor {
    /// # Errors
    /// Each field that does not read, with its reason.
    pub fn check(&self) -> Result<VendorFile, Vec<FieldError>> {
        /// It has to fit on a tag.
        const LONGEST_CODE: usize = 12;
        let mut fields = FieldReader::default();
        let code = fields.read("code", text::required_line(&self.code)).to_uppercase();
        if code.chars().count() > LONGEST_CODE {
            fields.complain("code", format!("a code has at most {LONGEST_CODE} characters"));
        }
        let net_days = match self.net_days.trim().parse() {
            Ok(days @ 0..=MOST_NET_DAYS) => days,
            _ => {
                fields.complain("net_days", format!("enter a number of days from 0 to {MOST_NET_DAYS}"));
                0
            }
        };
        let mut line = |name: &str, typed: &str| fields.read(name, text::optional_line(typed));
        let (contact, street, city) =
            (line("contact", &self.contact), line("street", &self.street), line("city", &self.city));
        let (state, postal_code) = (line("state", &self.state), line("postal_code", &self.postal_code));
        let account_number = line("account_number", &self.account_number);
        let file = VendorFile {
            code,
            name: fields.read("name", text::required_line(&self.name)),
            contact,
            phone: fields.read("phone", text::phone(&self.phone)),
            email: fields.read("email", text::email(&self.email)),
            street,
            city,
            state,
            postal_code,
            account_number,
            net_days,
            note: fields.read("note", text::note(&self.note)),
            active: self.active,
        };
        fields.finish(file)
    }
}

impl From<&VendorFile> for TypedVendor {
    fn from(file: &VendorFile) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            code: file.code.clone(),
            name: file.name.clone(),
            contact: text(&file.contact),
            phone: text(&file.phone),
            email: text(&file.email),
            street: text(&file.street),
            city: text(&file.city),
            state: text(&file.state),
            postal_code: text(&file.postal_code),
            account_number: text(&file.account_number),
            net_days: file.net_days.to_string(),
            note: text(&file.note),
            active: file.active,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(typed: &TypedVendor) -> Vec<String> {
        typed.check().map_or_else(|errors| errors.into_iter().map(|e| e.field).collect(), |_| Vec::new())
    }

    #[test]
    fn a_vendor_as_typed() {
        let typed = TypedVendor {
            code: "gem".into(),
            name: "Example Gems".into(),
            phone: "555 010 2030".into(),
            ..TypedVendor::default()
        };
        let file = typed.check().unwrap();
        assert_eq!((file.code.as_str(), file.net_days, file.active), ("GEM", 30, true));
        assert_eq!(file.phone.as_deref(), Some("+15550102030"));
        assert_eq!(TypedVendor::from(&file).check().unwrap(), file, "what is kept reads again");
    }

    #[test]
    fn what_is_wrong_is_named() {
        let typed = TypedVendor {
            code: "MUCH TOO LONG A CODE".into(),
            net_days: "181".into(),
            email: "nobody".into(),
            phone: "12".into(),
            ..TypedVendor::default()
        };
        assert_eq!(wrong(&typed), ["code", "net_days", "name", "phone", "email"]);
        assert_eq!(wrong(&TypedVendor::default()), ["code", "name"]);
    }
}
