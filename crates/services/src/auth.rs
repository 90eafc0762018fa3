//! Signing in: a password at a desk, a PIN at a paired till.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret::{self, Token};
use crate::services_core::{ConfigExt, Services};
use chrono::{DateTime, Duration, Utc};
use db::repo::person::{self, Credentials};
use db::repo::session::{self, Session};
use domain::ids::{DeviceId, PersonId, StoreId, TillId};
use domain::person::{Actor, Permission, SignIn, SwitchPerson};
use std::sync::Arc;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// A working day; a paired till asks for a PIN in between.
const SESSION_LASTS: Duration = Duration::hours(14);
/// A session's last use is written at most this often.
const SEEN_EVERY: Duration = Duration::minutes(1);
const FREE_TRIES: i64 = 5;
const LONGEST_LOCK_SECONDS: i64 = 900;
const PAIRING_LASTS: Duration = Duration::hours(24);

/// At most two password checks run at once: each takes about 19 MiB and a core.
#[derive(Debug, Clone)]
pub(crate) struct HashGate(Arc<Semaphore>);

impl Default for HashGate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(2)))
    }
}

impl HashGate {
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        let _permit = self.0.acquire().await.map_err(ServiceError::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)
    }
}

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

impl Services {
    /// Signs in with login and password.
    ///
    /// # Errors
    /// A wrong login or password (which of them is not told), or too many tries.
    pub async fn sign_in(&self, device: Option<&Token>, typed: SignIn) -> Result<SignedIn, ServiceError> {
        let login = typed.login.trim().to_lowercase();
        let found = person::find_by_login(self.db.read(), &login).await?;
        let hash = found.as_ref().and_then(|found| found.password_hash.clone());
        let person =
            self.check_secret(found, hash, typed.password, "The login or the password is wrong.").await?;
        let browser = self.browser(device).await?;
        self.start_session(person, browser.map(|browser| browser.device)).await
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
        let (store, _) = {
            let config = self.config()?;
            let (s, t) = config.till(browser.till)?;
            (s.store.id, t.id)
        };
        let found = person::find(self.db.read(), typed.person_id).await?;
        let found = found.filter(|found| found.person.roles.contains_key(&store));
        let hash = found.as_ref().and_then(|found| found.pin_hash.clone());
        let person = self.check_secret(found, hash, typed.pin, "The PIN is wrong.").await?;
        if let Some(previous) = previous {
            let (hash, now) = (previous.digest(), self.clock.now());
            self.db
                .write(move |tx| {
                    let hash = hash.clone();
                    Box::pin(async move { Ok::<_, ServiceError>(session::end(tx, &hash, now).await?) })
                })
                .await?;
        }
        self.start_session(person, Some(browser.device)).await
    }

    /// Checks a password or PIN with counting of failures; both unknown people and wrong secrets
    /// cost the same time.
    pub(crate) async fn check_secret(
        &self,
        found: Option<Credentials>,
        hash: Option<String>,
        typed: String,
        wrong: &'static str,
    ) -> Result<PersonId, ServiceError> {
        /// A hash that no password has.
        const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        let now = self.clock.now();
        if let Some(until) = found.as_ref().and_then(|found| found.locked_until).filter(|until| *until > now)
        {
            return Err(ServiceError::TooManyTries { seconds: (until - now).num_seconds().max(1) });
        }
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let right = typed.len() <= 200 && self.hashing.run(move || secret::matches(&typed, &hash)).await?;
        let Some(found) = found else { return Err(ServiceError::refused(wrong)) };
        let id = found.person.id;
        if right && found.person.active {
            if found.failed_attempts > 0 {
                self.count_failures(id, 0, None).await?;
            }
            return Ok(id);
        }
        let failures = found.failed_attempts + 1;
        let over = failures - FREE_TRIES;
        let wait = (over >= 0).then(|| Duration::seconds((30_i64 << over.min(5)).min(LONGEST_LOCK_SECONDS)));
        self.count_failures(id, failures, wait.map(|wait| now + wait)).await?;
        Err(ServiceError::refused(wrong))
    }

    async fn count_failures(
        &self,
        id: PersonId,
        failures: i64,
        until: Option<DateTime<Utc>>,
    ) -> Result<(), ServiceError> {
        self.db
            .write(move |tx| {
                Box::pin(async move { Ok(person::set_failures(tx, id, failures, until).await?) })
            })
            .await
    }

    async fn start_session(
        &self,
        person_id: PersonId,
        device_id: Option<DeviceId>,
    ) -> Result<SignedIn, ServiceError> {
        let token = Token::random()?;
        let now = self.clock.now();
        let fresh = Session {
            token_hash: token.digest(),
            person_id,
            device_id,
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_LASTS,
            locked_at: None,
            ended_at: None,
        };
        self.db
            .write(move |tx| {
                let fresh = fresh.clone();
                Box::pin(async move { Ok::<_, ServiceError>(session::insert(tx, &fresh).await?) })
            })
            .await?;
        Ok(SignedIn { token, person_id })
    }

    /// The till a browser is paired with.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn browser(&self, device: Option<&Token>) -> Result<Option<Browser>, ServiceError> {
        let Some(token) = device else { return Ok(None) };
        let found = session::find_device(self.db.read(), &token.digest()).await?;
        Ok(found.map(|device| Browser { device: device.id, till: device.till_id }))
    }

    /// Who is asking.
    ///
    /// # Errors
    /// [`ServiceError::NotSignedIn`] without a living session, [`ServiceError::Locked`] where a till
    /// waits for a PIN.
    pub async fn authenticate(
        &self,
        session: Option<&Token>,
        device: Option<&Token>,
    ) -> Result<Ctx, ServiceError> {
        let token = session.ok_or(ServiceError::NotSignedIn)?;
        let now = self.clock.now();
        let device = device.map(Token::digest);
        let asking = session::find_asking(self.db.read(), &token.digest(), device.as_deref()).await?;
        let asking = asking
            .filter(|asking| asking.active)
            .filter(|asking| asking.session.ended_at.is_none() && asking.session.expires_at > now)
            .ok_or(ServiceError::NotSignedIn)?;
        let found = asking.session;
        let actor = Actor { person_id: found.person_id, name: asking.name, roles: asking.roles };
        let browser = asking.device.map(|device| Browser { device: device.id, till: device.till_id });
        let config = self.config()?;
        let till_store = match browser {
            Some(browser) => Some(config.till(browser.till)?.0),
            None => None,
        };
        if let Some(store) = till_store {
            let idle = Duration::minutes(i64::from(store.policy.idle_lock_minutes));
            if found.locked_at.is_some() || now - found.seen_at > idle {
                return Err(ServiceError::Locked);
            }
        }
        if now - found.seen_at > SEEN_EVERY {
            let hash = found.token_hash.clone();
            self.db
                .write(move |tx| {
                    let hash = hash.clone();
                    Box::pin(async move { Ok::<_, ServiceError>(session::set_seen(tx, &hash, now).await?) })
                })
                .await?;
        }
        let own_store = actor.roles.keys().next().copied();
        let store: StoreId = till_store
            .map(|store| store.store.id)
            .filter(|store| actor.roles.contains_key(store))
            .or(own_store)
            .ok_or(ServiceError::NotSignedIn)?;
        Ok(Ctx { actor, device: browser.map(|b| b.device), till: browser.map(|b| b.till), store })
    }

    /// Ends a session on this browser.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn sign_out(&self, token: &Token) -> Result<(), ServiceError> {
        let (hash, now) = (token.digest(), self.clock.now());
        self.db
            .write(move |tx| {
                let hash = hash.clone();
                Box::pin(async move { Ok(session::end(tx, &hash, now).await?) })
            })
            .await
    }

    /// Ends all sessions of a person: one's own, or somebody else's by permission.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to edit people.
    pub async fn sign_out_everywhere(&self, ctx: &Ctx, person: PersonId) -> Result<(), ServiceError> {
        if person != ctx.person() {
            ctx.require(Permission::EditPeople, ctx.store)?;
        }
        let now = self.clock.now();
        self.db.write(move |tx| Box::pin(async move { Ok(session::end_all(tx, person, now).await?) })).await
    }

    /// Locks a till until somebody enters a PIN.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn lock(&self, token: &Token) -> Result<(), ServiceError> {
        let (hash, now) = (token.digest(), self.clock.now());
        self.db
            .write(move |tx| {
                let hash = hash.clone();
                Box::pin(async move { Ok(session::set_locked(tx, &hash, Some(now)).await?) })
            })
            .await
    }

    /// Makes a one-time code that pairs a browser with a till.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to pair tills.
    pub async fn create_pairing(&self, ctx: &Ctx, till: TillId) -> Result<Token, ServiceError> {
        let store = self.config()?.till(till)?.0.store.id;
        ctx.require(Permission::PairTill, store)?;
        self.new_pairing(till).await
    }

    /// The same for whoever stands at the server's console.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn new_pairing(&self, till: TillId) -> Result<Token, ServiceError> {
        let code = Token::random()?;
        let (hash, expires_at) = (code.digest(), self.clock.now() + PAIRING_LASTS);
        self.db
            .write(move |tx| {
                let hash = hash.clone();
                Box::pin(async move {
                    Ok::<_, ServiceError>(session::insert_pairing(tx, &hash, till, expires_at).await?)
                })
            })
            .await?;
        Ok(code)
    }

    /// Pairs this browser with the till of a code; the token goes into its cookie.
    ///
    /// # Errors
    /// An unknown, used or expired code.
    pub async fn pair(&self, code: &Token) -> Result<(Token, TillId), ServiceError> {
        let device = Token::random()?;
        let (code, hash, now) = (code.digest(), device.digest(), self.clock.now());
        let id = DeviceId(Uuid::from_bytes(first_16(&hash)));
        let till = self
            .db
            .write(move |tx| {
                let (code, hash) = (code.clone(), hash.clone());
                Box::pin(async move {
                    let till = session::use_pairing(tx, &code, now).await?;
                    let till_id = till.ok_or_else(|| {
                        ServiceError::refused(
                            "This pairing link was used or has expired: ask a manager for a new one.",
                        )
                    })?;
                    session::pair(tx, &session::Device { id, till_id }, &hash, now).await?;
                    Ok::<_, ServiceError>(till_id)
                })
            })
            .await?;
        Ok((device, till))
    }

    /// The people who may sign in with a PIN at a till.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn people_at(&self, till: TillId) -> Result<Vec<(PersonId, String)>, ServiceError> {
        let store = self.config()?.till(till)?.0.store.id;
        let people = person::list(self.db.read()).await?;
        let here = people.into_iter().filter(|p| p.active && p.has_pin && p.roles.contains_key(&store));
        Ok(here.map(|p| (p.id, p.name)).collect())
    }
}

fn first_16(hash: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash) {
        *to = *from;
    }
    bytes
}
