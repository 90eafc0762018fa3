//! Checking a password or a PIN.

use crate::error::ServiceError;
use crate::secret;
use crate::services_core::Services;
use db::repo::person::{self, Credentials};
use domain::ids::PersonId;
use domain::people::LONGEST_PASSWORD;
use domain::tries::{Tries, Wait};

/// Which of somebody's secrets was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secret {
    Password,
    Pin,
}

impl Secret {
    fn hash_of(self, found: &Credentials) -> Option<String> {
        match self {
            Self::Password => found.password_hash.clone(),
            Self::Pin => found.pin_hash.clone(),
        }
    }
}

impl From<Wait> for ServiceError {
    fn from(wait: Wait) -> Self {
        Self::TooManyTries { seconds: wait.seconds }
    }
}

impl Services {
    /// Checks what somebody typed. The try is counted before the check, so that many at once are not free,
    /// and the check is made whether there is such a person or not, and whether they wait or not: it is what
    /// takes the time.
    pub(crate) async fn check_secret(
        &self,
        found: Option<Credentials>,
        which: Secret,
        typed: String,
        wrong: &'static str,
    ) -> Result<PersonId, ServiceError> {
        /// A hash that no secret has.
        const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let found = found.filter(|found| found.person.active);
        let id = found.as_ref().map(|found| found.person.id);
        let taken = match id {
            Some(id) => self.take_try(id).await,
            None => Ok(()),
        };
        let hash = found.and_then(|found| which.hash_of(&found)).unwrap_or_else(|| NOBODY.to_owned());
        let short = typed.len() <= LONGEST_PASSWORD;
        let right = short && self.hashing.run(move || secret::matches(&typed, &hash)).await?;
        taken?;
        let id = id.filter(|_| right).ok_or_else(|| ServiceError::refused(wrong))?;
        self.db
            .write(move |tx| {
                Box::pin(
                    async move { Ok::<_, ServiceError>(person::set_tries(tx, id, Tries::default()).await?) },
                )
            })
            .await?;
        Ok(id)
    }

    async fn take_try(&self, id: PersonId) -> Result<(), ServiceError> {
        let now = self.clock.now();
        self.db
            .write(move |tx| {
                Box::pin(async move {
                    person::lock(tx, id).await?;
                    let tries = person::tries(tx, id).await?;
                    Ok(person::set_tries(tx, id, tries.take(now)?).await?)
                })
            })
            .await
    }
}
