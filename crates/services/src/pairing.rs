//! Making a browser a till.

use crate::auth::write_record;
use crate::clock::local_date;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret::{self, Token};
use crate::services_core::{ConfigExt, Services};
use chrono::Duration;
use db::repo::config;
use db::repo::session::{self, Pairing};
use domain::event::{Event, EventKind, Origin, Record, SubjectKind};
use domain::ids::{DeviceId, EventId, TillId};
use domain::moment::Moment;
use domain::person::Permission;
use uuid::Uuid;

/// Time enough to carry a link to a tablet in another town.
const PAIRING_LASTS: Duration = Duration::hours(24);

impl Services {
    /// Makes a one-time code that pairs a browser with a till.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to pair tills.
    pub async fn create_pairing(&self, ctx: &Ctx, till: TillId) -> Result<Token, ServiceError> {
        let store = self.config()?.till(till)?.0.store.id;
        ctx.require(Permission::PairTill, store)?;
        self.insert_pairing(Pairing { till, made_by: Some(ctx.person()) }).await
    }

    /// The same for whoever stands at the server's console.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn new_pairing(&self, till: TillId) -> Result<Token, ServiceError> {
        self.insert_pairing(Pairing { till, made_by: None }).await
    }

    async fn insert_pairing(&self, pairing: Pairing) -> Result<Token, ServiceError> {
        let code = Token::random()?;
        let (hash, expires_at) = (code.digest(), self.clock.now() + PAIRING_LASTS);
        self.db
            .write(move |tx| {
                let hash = hash.clone();
                Box::pin(async move {
                    Ok::<_, ServiceError>(session::insert_pairing(tx, &hash, pairing, expires_at).await?)
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
        let command = secret::command_id(now)?;
        let till = self
            .db
            .write(move |tx| {
                let (code, hash) = (code.clone(), hash.clone());
                Box::pin(async move {
                    let pairing = session::use_pairing(tx, &code, now).await?;
                    let Pairing { till, made_by } = pairing.ok_or_else(|| {
                        ServiceError::refused(
                            "This pairing link was used or has expired: ask a manager for a new one.",
                        )
                    })?;
                    let config = config::load(tx).await?.ok_or(ServiceError::NotSetUp)?;
                    let (store, settings) = config.till(till)?;
                    if !settings.active {
                        return Err(ServiceError::refused("This till is no longer used."));
                    }
                    session::pair(tx, &session::Device { id, till_id: till }, &hash, now).await?;
                    // A link from the server's console is nobody's: the console says so itself.
                    if let Some(actor) = made_by {
                        let date = local_date(now, &store.store.time_zone)?;
                        let (session, device) = (None, Some(id));
                        let event = Event::about(
                            EventId(command.0),
                            EventKind::TillPaired,
                            (SubjectKind::Till, till.0),
                            format!("A browser paired with {}", settings.name),
                            Moment::new(now, date),
                            Origin { actor, store: store.store.id, till: Some(till), session, device },
                        );
                        write_record(tx, Some(Record::of(event))).await?;
                    }
                    Ok::<_, ServiceError>(till)
                })
            })
            .await
            .inspect(|_| self.live.look_who_is_there())?;
        Ok((device, till))
    }
}

fn first_16(hash: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(hash) {
        *to = *from;
    }
    bytes
}
