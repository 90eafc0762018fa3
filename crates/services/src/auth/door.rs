//! What is written down about somebody who signs in, out, or in vain.

use super::Browser;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret;
use crate::services_core::Services;
use db::WriteTx;
use db::repo::record;
use domain::event::{Event, EventKind, Origin, Record, SubjectKind};
use domain::ids::{EventId, PersonId, StoreId};
use domain::moment::Moment;

/// Where somebody signs in or out.
pub(super) struct Door {
    pub browser: Option<Browser>,
    pub store: Option<StoreId>,
    pub how: &'static str,
}

impl Ctx {
    pub(super) fn door(&self, how: &'static str) -> Door {
        let browser = self.device.zip(self.till).map(|(device, till)| Browser { device, till });
        Door { browser, store: Some(self.store), how }
    }
}

pub(crate) async fn write_record(tx: &WriteTx, record: Option<Record>) -> Result<(), ServiceError> {
    if let Some(record) = record {
        record::insert(tx, &record, &[], &()).await?;
    }
    Ok(())
}

impl Services {
    /// Records a wrong secret, or a try that came too early, for somebody who is known. For an unknown login
    /// nothing is kept: it may be a password that slipped into the wrong field.
    pub(super) async fn record_refusal(
        &self,
        who: Option<PersonId>,
        door: &Door,
    ) -> Result<(), ServiceError> {
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
    pub(super) fn session_record(
        &self,
        kind: EventKind,
        person: PersonId,
        door: &Door,
    ) -> Result<Option<Record>, ServiceError> {
        let Some(store) = door.store else { return Ok(None) };
        let now = self.clock.now();
        let id = EventId(secret::command_id(now)?.0);
        let origin = Origin {
            actor: person,
            store,
            till: door.browser.map(|browser| browser.till),
            session: None,
            device: door.browser.map(|browser| browser.device),
        };
        let (subject, moment) = ((SubjectKind::Person, person.0), Moment::new(now, self.today(store)?));
        let summary = format!("{kind} {}", door.how);
        Ok(Some(Record::of(Event::about(id, kind, subject, summary, moment, origin))))
    }
}
