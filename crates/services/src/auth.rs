//! Signing in: a password at a desk, a PIN at a paired till.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret::{self, Token};
use crate::services_core::{ConfigExt, Services};
use chrono::{DateTime, Duration, Utc};
use db::WriteTx;
use db::repo::person::{self, Credentials};
use db::repo::record;
use db::repo::session::{self, Session};
use domain::event::{Event, EventKind, Origin, Record, SubjectKind};
use domain::ids::{DeviceId, EventId, PersonId, StoreId, TillId};
use domain::moment::Moment;
use domain::people::LONGEST_PASSWORD;
use domain::person::{Actor, Permission, SignIn, SwitchPerson};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A working day; a paired till asks for a PIN in between.
const SESSION_LASTS: Duration = Duration::hours(14);
/// A browser that is no till is signed out after this long without use.
const DESK_IDLE: Duration = Duration::hours(2);
/// A session's last use is written at most this often.
const SEEN_EVERY: Duration = Duration::minutes(1);
const FREE_TRIES: i64 = 5;
const LONGEST_LOCK_SECONDS: i64 = 900;

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

/// Where somebody signs in or out.
struct Door {
    browser: Option<Browser>,
    store: Option<StoreId>,
    how: &'static str,
}

/// Says neither whether the login exists nor whether it waits.
const WRONG_PASSWORD: &str = "The login or the password is wrong. After five wrong tries, wait some minutes.";

pub(crate) async fn write_record(tx: &WriteTx, record: Option<Record>) -> Result<(), ServiceError> {
    if let Some(record) = record {
        record::insert(tx, &record, &[], &()).await?;
    }
    Ok(())
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
        let store = found.as_ref().and_then(|found| found.person.roles.keys().next().copied());
        let who = found.as_ref().map(|found| found.person.id);
        let browser = self.browser(device).await?;
        let checked = self.check_secret(found, hash, typed.password, WRONG_PASSWORD).await;
        let door = Door { browser, store, how: "with a password" };
        match checked {
            Ok(person) => self.start_session(person, &door, None).await,
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
        let (store, _) = {
            let config = self.config()?;
            let (s, t) = config.till(browser.till)?;
            (s.store.id, t.id)
        };
        let found = person::find(self.db.read(), typed.person_id).await?;
        let found = found.filter(|found| found.person.roles.contains_key(&store));
        let hash = found.as_ref().and_then(|found| found.pin_hash.clone());
        let who = found.as_ref().map(|found| found.person.id);
        let door = Door { browser: Some(browser), store: Some(store), how: "with a PIN" };
        match self.check_secret(found, hash, typed.pin, "The PIN is wrong.").await {
            Ok(person) => self.start_session(person, &door, previous).await,
            Err(error) => {
                if matches!(error, ServiceError::Refused(_)) {
                    self.record_refusal(who, &door).await?;
                }
                Err(error)
            }
        }
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
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let short = typed.len() <= LONGEST_PASSWORD;
        let right = short && self.hashing.run(move || secret::matches(&typed, &hash)).await?;
        if let Some(until) = found.as_ref().and_then(|found| found.locked_until).filter(|until| *until > now)
        {
            return Err(ServiceError::TooManyTries { seconds: (until - now).num_seconds().max(1) });
        }
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
                        session::end(tx, &previous, now).await?;
                    }
                    session::insert(tx, &fresh).await?;
                    write_record(tx, record).await
                })
            })
            .await?;
        Ok(SignedIn { token, person_id })
    }

    /// Records a wrong secret for somebody who is known. For an unknown login nothing is kept: it may be a
    /// password that slipped into the wrong field.
    async fn record_refusal(&self, who: Option<PersonId>, door: &Door) -> Result<(), ServiceError> {
        let Some(who) = who else { return Ok(()) };
        let record = self.session_record(EventKind::SignInRefused, who, door)?;
        self.db
            .write(move |tx| {
                let record = record.clone();
                Box::pin(async move { write_record(tx, record).await })
            })
            .await
    }

    /// An event about somebody's session; none for somebody who works in no store.
    fn session_record(
        &self,
        kind: EventKind,
        person: PersonId,
        door: &Door,
    ) -> Result<Option<Record>, ServiceError> {
        let Some(store) = door.store else { return Ok(None) };
        let now = self.clock.now();
        let id = secret::command_id(now)?;
        Ok(Some(Record::of(Event {
            id: EventId(id.0),
            kind,
            moment: Moment::new(now, self.today(store)?),
            origin: Origin {
                actor: person,
                store,
                till: door.browser.map(|browser| browser.till),
                session: None,
                device: door.browser.map(|browser| browser.device),
            },
            approver: None,
            subject: SubjectKind::Person,
            subject_id: person.0,
            summary: format!("{kind} {}", door.how),
            before: None,
            after: None,
        })))
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
        // A session that began at a till ends with the pairing: without it nothing would ask for the PIN.
        if found.device_id.is_some() && found.device_id != browser.map(|browser| browser.device) {
            return Err(ServiceError::NotSignedIn);
        }
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
        } else if now - found.seen_at > DESK_IDLE {
            return Err(ServiceError::NotSignedIn);
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
    pub async fn sign_out(&self, token: &Token, device: Option<&Token>) -> Result<(), ServiceError> {
        let record = match self.authenticate(Some(token), device).await {
            Ok(ctx) => self.session_record(EventKind::SignedOut, ctx.person(), &ctx.door("here"))?,
            // Locked or run out: there is nobody to tell about.
            Err(ServiceError::NotSignedIn | ServiceError::Locked) => None,
            Err(error) => return Err(error),
        };
        let (hash, now) = (token.digest(), self.clock.now());
        self.db
            .write(move |tx| {
                let (hash, record) = (hash.clone(), record.clone());
                Box::pin(async move {
                    session::end(tx, &hash, now).await?;
                    write_record(tx, record).await
                })
            })
            .await
    }

    /// Ends all sessions of a person: one's own, or somebody else's by permission.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to edit people, a refusal for somebody who may do more.
    pub async fn sign_out_everywhere(&self, ctx: &Ctx, id: PersonId) -> Result<(), ServiceError> {
        if id != ctx.person() {
            ctx.require_anywhere(Permission::EditPeople)?;
            let found = person::find(self.db.read(), id).await?;
            let found = found.ok_or(ServiceError::NotFound("person"))?.person;
            domain::people::may_change(&found, &ctx.actor)?;
        }
        let now = self.clock.now();
        let record =
            self.session_record(EventKind::SignedOutEverywhere, ctx.person(), &ctx.door("by hand"))?;
        let record =
            record.map(|record| Record { event: Event { subject_id: id.0, ..record.event }, ..record });
        self.db
            .write(move |tx| {
                let record = record.clone();
                Box::pin(async move {
                    session::end_all(tx, id, None, now).await?;
                    write_record(tx, record).await
                })
            })
            .await
    }

    /// Whose session this is or was, if it is one.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn person_of(&self, token: &Token) -> Result<Option<PersonId>, ServiceError> {
        let asking = session::find_asking(self.db.read(), &token.digest(), None).await?;
        Ok(asking.map(|asking| asking.session.person_id))
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

impl Ctx {
    fn door(&self, how: &'static str) -> Door {
        let browser = self.device.zip(self.till).map(|(device, till)| Browser { device, till });
        Door { browser, store: Some(self.store), how }
    }
}
