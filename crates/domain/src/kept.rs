//! Files that are kept: photos of pieces, papers of the books. A file is known by the digest of its bytes, so it never
//! changes: other bytes are another file.

use serde::{Deserialize, Serialize};

/// The name of a kept file: the BLAKE3 digest of its bytes, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeptName([u8; 32]);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no name of a kept file")]
pub struct NotAKeptName;

impl KeptName {
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// # Errors
    /// [`NotAKeptName`] for anything but a digest's 32 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAKeptName> {
        bytes.try_into().map(Self).map_err(|_| NotAKeptName)
    }

    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Display for KeptName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for KeptName {
    type Err = NotAKeptName;

    /// Exactly 64 digits: whatever else is asked for, no path is made of it.
    fn from_str(text: &str) -> Result<Self, NotAKeptName> {
        if text.len() != 64 || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(NotAKeptName);
        }
        blake3::Hash::from_hex(text).map(|hash| Self(*hash.as_bytes())).map_err(|_| NotAKeptName)
    }
}

impl TryFrom<String> for KeptName {
    type Error = NotAKeptName;
    fn try_from(text: String) -> Result<Self, NotAKeptName> {
        text.parse()
    }
}

impl From<KeptName> for String {
    fn from(name: KeptName) -> Self {
        name.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_digest_and_nothing_else() {
        let name = KeptName::of(b"picture");
        assert_eq!(name.to_string().parse(), Ok(name.clone()));
        for wrong in
            ["", "../../parure.db", &name.to_string()[1..], &name.to_string().to_uppercase(), "%2e%2e"]
        {
            assert_eq!(wrong.parse::<KeptName>(), Err(NotAKeptName), "{wrong}");
        }
    }
}
