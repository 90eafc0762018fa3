//! Tokens and passwords.

use crate::error::ServiceError;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use chrono::{DateTime, Utc};
use domain::ids::CommandId;
use std::fmt;

/// A random secret that a browser keeps; the database knows only its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// 256 fresh random bits, in hexadecimal.
    ///
    /// # Errors
    /// [`ServiceError::Internal`] when the system has no randomness.
    pub fn random() -> Result<Self, ServiceError> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(ServiceError::internal)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// What a browser sent; longer than any token is none.
    #[must_use]
    pub fn received(text: &str) -> Option<Self> {
        (text.len() <= 128 && !text.is_empty()).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        blake3::hash(self.0.as_bytes()).as_bytes().to_vec()
    }
}

/// Never shows itself in a log.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A fresh id for what the server records by itself, such as somebody signing in.
///
/// # Errors
/// [`ServiceError::Internal`] when the system has no randomness.
pub(crate) fn command_id(now: DateTime<Utc>) -> Result<CommandId, ServiceError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(ServiceError::internal)?;
    Ok(CommandId::from_parts(u64::try_from(now.timestamp_millis()).unwrap_or(0), &random))
}

/// Hashes a password or PIN with argon2id; slow by design, so never on an async thread.
pub(crate) fn hash(secret: &str) -> Result<String, ServiceError> {
    let hash = Argon2::default().hash_password(secret.as_bytes()).map_err(ServiceError::internal)?;
    Ok(hash.to_string())
}

pub(crate) fn matches(secret: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(secret.as_bytes(), &hash).is_ok())
}
