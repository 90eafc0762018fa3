//! Signing in: a password at a desk, a PIN at a paired till.

mod door;
mod own;
mod secrets;
mod session;

use crate::error::ServiceError;
use crate::secret::Token;
use crate::services_core::{ConfigExt, Services};
use chrono::Duration;
use db::repo::person;
use db::repo::session::{self as sessions, Session};
use domain::event::EventKind;
use domain::ids::{DeviceId, PersonId, TillId};
use domain::person::{SignIn, SwitchPerson};
use door::Door;
pub(crate) use door::write_record;
pub(crate) use secrets::Secret;

/// A working day; a paired till asks for a PIN in between.
const SESSION_LASTS: Duration = Duration::hours(14);

/// A fresh session; the browser keeps the token.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub token: Token,
    pub person_id: PersonId,
}

/// The browser that asks: its till pairing, if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Browser {
    pub device: DeviceId,
    pub till: TillId,
}

/// Says neither whether the login exists nor whether it waits.
const WRONG_PASSWORD: &str = "The login or the password is wrong. After five wrong tries, wait some minutes.";

impl Services {
    /// Signs in with login and password; the session that the browser had before ends.
    ///
    /// # Errors
    /// A wrong login or password (which of them is not told), or too many tries.
    pub async fn sign_in(
        &self,
        device: Option<&Token>,
        previous: Option<&Token>,
        typed: SignIn,
    ) -> Result<SignedIn, ServiceError> {
        let login = typed.login.trim().to_lowercase();
        let found = person::find_by_login(self.db.read(), &login).await?;
        let store = found.as_ref().and_then(|found| found.person.roles.keys().next().copied());
        let who = found.as_ref().map(|found| found.person.id);
        let browser = self.browser(device).await?;
        let checked = self.check_secret(found, Secret::Password, typed.password, WRONG_PASSWORD).await;
        let door = Door { browser, store, how: "with a password" };
        match checked {
            Ok(person) => self.start_session(person, &door, previous).await,
            // Waiting is told to nobody here: it would say which logins there are.
            Err(ServiceError::Refused(_) | ServiceError::TooManyTries { .. }) => {
                self.record_refusal(who, &door).await?;
                Err(ServiceError::refused(WRONG_PASSWORD))
            }
            Err(error) => Err(error),
        }
    }

    /// Signs in with a PIN, on a browser that is paired with a till.
    ///
    /// # Errors
    /// No paired till, a wrong PIN, or too many tries.
    pub async fn switch_person(
        &self,
        device: Option<&Token>,
        previous: Option<&Token>,
        typed: SwitchPerson,
    ) -> Result<SignedIn, ServiceError> {
        let browser = self.browser(device).await?.ok_or_else(|| {
            ServiceError::refused("This browser is not paired with a till: sign in with your password.")
        })?;
        let store = self.config()?.till(browser.till)?.0.store.id;
        let found = person::find(self.db.read(), typed.person_id).await?;
        let found = found.filter(|found| found.person.roles.contains_key(&store));
        let who = found.as_ref().map(|found| found.person.id);
        let door = Door { browser: Some(browser), store: Some(store), how: "with a PIN" };
        match self.check_secret(found, Secret::Pin, typed.pin, "The PIN is wrong.").await {
            Ok(person) => self.start_session(person, &door, previous).await,
            Err(error) => {
                if matches!(error, ServiceError::Refused(_) | ServiceError::TooManyTries { .. }) {
                    self.record_refusal(who, &door).await?;
                }
                Err(error)
            }
        }
    }

    async fn start_session(
        &self,
        person_id: PersonId,
        door: &Door,
        previous: Option<&Token>,
    ) -> Result<SignedIn, ServiceError> {
        let token = Token::random()?;
        let now = self.clock.now();
        let fresh = Session {
            token_hash: token.digest(),
            person_id,
            device_id: door.browser.map(|browser| browser.device),
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_LASTS,
            locked_at: None,
            ended_at: None,
        };
        let record = self.session_record(EventKind::SignedIn, person_id, door)?;
        let previous = previous.map(Token::digest);
        self.db
            .write(move |tx| {
                let (fresh, record, previous) = (fresh.clone(), record.clone(), previous.clone());
                Box::pin(async move {
                    if let Some(previous) = previous {
                        sessions::end(tx, &previous, now).await?;
                    }
                    sessions::insert(tx, &fresh).await?;
                    write_record(tx, record).await
                })
            })
            .await
            .inspect(|_| self.live.look_who_is_there())?;
        Ok(SignedIn { token, person_id })
    }
}
