//! Who is asking: the session of a browser, from its cookie to its end.

use super::Browser;
use super::door::write_record;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret::Token;
use crate::services_core::{ConfigExt, Services};
use chrono::Duration;
use db::repo::person;
use db::repo::session::{self, Session};
use domain::event::{Event, EventKind, Record};
use domain::ids::{PersonId, StoreId, TillId};
use domain::person::{Actor, Permission};

/// A browser that is no till is signed out after this long without use.
const DESK_IDLE: Duration = Duration::hours(2);
/// A session's last use is written at most this often.
const SEEN_EVERY: Duration = Duration::minutes(1);

impl Services {
    /// The till a browser is paired with.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn browser(&self, device: Option<&Token>) -> Result<Option<Browser>, ServiceError> {
        let Some(token) = device else { return Ok(None) };
        let found = session::find_device(self.db.read(), &token.digest()).await?;
        Ok(found.map(|device| Browser { device: device.id, till: device.till_id }))
    }

    /// Who is asking. It is a use of the session: it puts off the lock.
    ///
    /// # Errors
    /// [`ServiceError::NotSignedIn`] without a living session, [`ServiceError::Locked`] where a till
    /// waits for a PIN.
    pub async fn authenticate(
        &self,
        session: Option<&Token>,
        device: Option<&Token>,
    ) -> Result<Ctx, ServiceError> {
        let (ctx, found) = self.recognize(session, device).await?;
        let now = self.clock.now();
        if now - found.seen_at > SEEN_EVERY {
            self.db
                .write(move |tx| {
                    let hash = found.token_hash.clone();
                    Box::pin(async move { Ok::<_, ServiceError>(session::set_seen(tx, &hash, now).await?) })
                })
                .await?;
        }
        Ok(ctx)
    }

    /// Who is asking, for a page that asks by itself: it is nobody's touch and puts no lock off.
    ///
    /// # Errors
    /// As [`Services::authenticate`].
    pub async fn authenticate_polling(
        &self,
        session: Option<&Token>,
        device: Option<&Token>,
    ) -> Result<Ctx, ServiceError> {
        Ok(self.recognize(session, device).await?.0)
    }

    async fn recognize(
        &self,
        session: Option<&Token>,
        device: Option<&Token>,
    ) -> Result<(Ctx, Session), ServiceError> {
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
            // The last use may be younger than what is written of it. The screen itself locks to the minute.
            let idle = Duration::minutes(i64::from(store.policy.idle_lock_minutes)) + SEEN_EVERY;
            if found.locked_at.is_some() || now - found.seen_at > idle {
                return Err(ServiceError::Locked);
            }
        } else if now - found.seen_at > DESK_IDLE {
            return Err(ServiceError::NotSignedIn);
        }
        let own_store = actor.roles.keys().next().copied();
        let store: StoreId = till_store
            .map(|store| store.store.id)
            .filter(|store| actor.roles.contains_key(store))
            .or(own_store)
            .ok_or(ServiceError::NotSignedIn)?;
        let ctx = Ctx { actor, device: browser.map(|b| b.device), till: browser.map(|b| b.till), store };
        Ok((ctx, found))
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
            .inspect(|_| self.live.look_who_is_there())
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
            .inspect(|_| self.live.look_who_is_there())
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
            .inspect(|_| self.live.look_who_is_there())
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
