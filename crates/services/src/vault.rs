//! The key that private data is sealed with. It lies outside of the database, so that a copy of the database alone
//! tells nothing private.

use crate::error::ServiceError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use std::fmt;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// The file in the data folder.
pub const KEY_FILE: &str = "private.key";

/// Seals with XChaCha20-Poly1305: a sealed text that was changed, or put into another row, does not open.
#[derive(Clone, Default)]
pub struct Vault {
    key: Option<Arc<[u8; 32]>>,
}

/// A key that is none.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    #[error("the key for private data must be 64 hexadecimal digits, in {0}")]
    Unreadable(String),
    #[error("the key for private data cannot be read or written: {0}")]
    File(String),
}

const NO_KEY: &str = "The key for private data is not there. Put the file private.key back into the data folder, \
                      or name the key in PARURE_KEY, and start again.";
const OTHER_KEY: &str = "This was sealed with another key. Put the file private.key of that time back into the \
                         data folder, or name that key in PARURE_KEY, and start again.";
const DAMAGED: &str = "This sealed entry was changed and cannot be opened. Enter it anew.";

const NONCE: usize = 24;

impl Vault {
    /// The key as somebody wrote it down: 64 hexadecimal digits.
    ///
    /// # Errors
    /// Anything else; `place` is told.
    pub fn named(text: &str, place: &str) -> Result<Self, VaultError> {
        let digits = text.trim();
        let unreadable = || VaultError::Unreadable(place.to_owned());
        if digits.len() != 64 || !digits.is_ascii() {
            return Err(unreadable());
        }
        let mut key = [0_u8; 32];
        for (at, byte) in key.iter_mut().enumerate() {
            let pair = digits.get(2 * at..2 * at + 2).ok_or_else(unreadable)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| unreadable())?;
        }
        Ok(Self { key: Some(Arc::new(key)) })
    }

    /// The key of a data folder, if it has one.
    ///
    /// # Errors
    /// A file that cannot be read, or holds no key.
    pub fn of_folder(folder: &Path) -> Result<Option<Self>, VaultError> {
        let path = folder.join(KEY_FILE);
        let mut text = String::new();
        match std::fs::File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(VaultError::File(error.to_string())),
            Ok(file) => file.take(1_000).read_to_string(&mut text),
        }
        .map_err(|error| VaultError::File(error.to_string()))?;
        Self::named(&text, &path.display().to_string()).map(Some)
    }

    /// Makes a fresh key in a data folder, for its owner alone.
    ///
    /// # Errors
    /// A folder that takes no file, or a system without randomness.
    pub fn make_in(folder: &Path) -> Result<Self, VaultError> {
        let failed = |error: &dyn fmt::Display| VaultError::File(error.to_string());
        let mut key = [0_u8; 32];
        getrandom::fill(&mut key).map_err(|error| failed(&error))?;
        let text: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(folder.join(KEY_FILE)).map_err(|error| failed(&error))?;
        writeln!(file, "{text}").and_then(|()| file.sync_all()).map_err(|error| failed(&error))?;
        Ok(Self { key: Some(Arc::new(key)) })
    }

    /// Tells keys apart without telling anything about them.
    #[must_use]
    pub fn key_id(&self) -> Option<Vec<u8>> {
        let key = self.key.as_deref()?;
        let id = blake3::derive_key("parure 2026-11 the name of a key for private data", key);
        Some(id.iter().take(8).copied().collect())
    }

    /// A digest that nobody can guess at without the key: of what a command says in private.
    pub(crate) fn digest(&self, private: &[u8]) -> Vec<u8> {
        let key = self.key.as_deref().copied().unwrap_or_default();
        let key = blake3::derive_key("parure 2026-11 digests of private parts of commands", &key);
        blake3::keyed_hash(&key, private).as_bytes().to_vec()
    }

    /// Seals a text for one place.
    ///
    /// # Errors
    /// A refusal in words when there is no key.
    pub(crate) fn seal(&self, text: &str, place: &[u8]) -> Result<Sealed, ServiceError> {
        let (cipher, key_id) = self.cipher()?;
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce).map_err(ServiceError::internal)?;
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: text.as_bytes(), aad: place })
            .map_err(ServiceError::internal)?;
        let mut bytes = nonce.to_vec();
        bytes.extend(sealed);
        Ok(Sealed { key_id, bytes })
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    /// A refusal in words when the key is missing or another, or the text was changed.
    pub(crate) fn open(&self, sealed: &Sealed, place: &[u8]) -> Result<String, ServiceError> {
        let (cipher, key_id) = self.cipher()?;
        if key_id != sealed.key_id {
            return Err(ServiceError::refused(OTHER_KEY));
        }
        let damaged = || ServiceError::refused(DAMAGED);
        let (nonce, text) = sealed.bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged())?;
        let opened = cipher.decrypt(&XNonce::from(nonce), Payload { msg: text, aad: place });
        String::from_utf8(opened.map_err(|_| damaged())?).map_err(|_| damaged())
    }

    fn cipher(&self) -> Result<(XChaCha20Poly1305, Vec<u8>), ServiceError> {
        let no_key = || ServiceError::refused(NO_KEY);
        let key = self.key.as_deref().ok_or_else(no_key)?;
        Ok((XChaCha20Poly1305::new(&Key::from(*key)), self.key_id().ok_or_else(no_key)?))
    }
}

/// A sealed text, and which key opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub key_id: Vec<u8>,
    /// The nonce, then the sealed text with its tag.
    pub bytes: Vec<u8>,
}

/// Never shows itself in a log.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.key.is_some() { "Vault(…)" } else { "Vault(empty)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vault(digit: &str) -> Vault {
        Vault::named(&digit.repeat(64), "a test").unwrap()
    }

    #[test]
    fn what_was_sealed_opens_in_its_place_alone() {
        let sealed = vault("a").seal("1985-04-12", b"row 1").unwrap();
        assert_eq!(vault("a").open(&sealed, b"row 1").unwrap(), "1985-04-12");
        assert!(!sealed.bytes.windows(4).any(|part| part == b"1985"));
        let refusal =
            |vault: Vault, sealed: &Sealed, place: &[u8]| vault.open(sealed, place).unwrap_err().to_string();
        assert_eq!(refusal(vault("a"), &sealed, b"row 2"), DAMAGED);
        assert_eq!(refusal(vault("b"), &sealed, b"row 1"), OTHER_KEY);
        assert_eq!(refusal(Vault::default(), &sealed, b"row 1"), NO_KEY);
        assert_eq!(Vault::default().seal("x", b"").unwrap_err().to_string(), NO_KEY);
        let cut = Sealed { bytes: sealed.bytes[..20].to_vec(), ..sealed };
        assert_eq!(refusal(vault("a"), &cut, b"row 1"), DAMAGED);
    }

    #[test]
    fn a_folder_keeps_its_key_for_its_owner() {
        let folder = std::env::temp_dir().join(format!("parure-key-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        drop(std::fs::remove_file(folder.join(KEY_FILE)));
        assert!(Vault::of_folder(&folder).unwrap().is_none());
        let made = Vault::make_in(&folder).unwrap();
        assert_eq!(Vault::of_folder(&folder).unwrap().unwrap().key_id(), made.key_id());
        assert!(Vault::make_in(&folder).is_err(), "a key is never written over");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(folder.join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        std::fs::write(folder.join(KEY_FILE), "no key").unwrap();
        assert!(matches!(Vault::of_folder(&folder), Err(VaultError::Unreadable(_))));
        assert!(!format!("{made:?}").contains(|c: char| c.is_ascii_digit()));
    }

    proptest! {
        #[test]
        fn whatever_is_changed_does_not_open(text in ".{0,60}", at: prop::sample::Index, flip in 1_u8..) {
            let mut sealed = vault("c").seal(&text, b"row").unwrap();
            prop_assert_eq!(vault("c").open(&sealed, b"row").unwrap(), text);
            let at = at.index(sealed.bytes.len());
            sealed.bytes[at] ^= flip;
            prop_assert!(vault("c").open(&sealed, b"row").is_err());
        }

        #[test]
        fn no_text_makes_a_key_of_it(text in ".{0,80}") {
            prop_assert!(Vault::named(&text, "").is_err() || text.trim().len() == 64);
        }
    }
}
