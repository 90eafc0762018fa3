//! What was said to a customer about what they owe, and when somebody wants to look again.

use super::change::{Said, day_to_come};
use super::{CollectChange, CollectOutcome, CollectSnapshot};
use crate::codes;
use crate::event::{EventKind, Origin, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, PersonId, StoreId};
use crate::moment::Moment;
use crate::receivable::ReceivableRefusal;
use crate::text::{self, TextError};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whoever wants to look again later than this writes a new note then.
pub const MOST_FOLLOW_UP_DAYS: u64 = 180;

codes! {
    /// How a customer was reached.
    #[derive(Default)]
    pub enum ContactKind("kind of contact") {
        #[default]
        Call = "call", "Call";
        Letter = "letter", "Letter";
        Visit = "visit", "Visit";
        /// Nobody was reached: something to know.
        Other = "other", "Note";
    }
}

/// Writes down a contact with a customer, or what there is to know about collecting from them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddCollectionNote {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub typed: TypedContact,
}

/// A contact as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedContact {
    pub kind: String,
    pub text: String,
    /// When to look again; empty for never.
    pub follow_up_on: String,
}

/// A note as it is kept. Its id is that of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionNote {
    pub id: EventId,
    pub customer_id: CustomerId,
    pub store_id: StoreId,
    pub person_id: PersonId,
    pub kind: ContactKind,
    pub text: String,
    pub follow_up_on: Option<NaiveDate>,
    pub noted_at: DateTime<Utc>,
}

impl AddCollectionNote {
    /// Decides what is written down.
    ///
    /// # Errors
    /// Each field that does not read: nothing said, a card number, a day to look again that is over or too far away.
    pub fn decide(
        &self,
        snapshot: &CollectSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        let mut fields = FieldReader::default();
        let kind = fields.read("kind", self.typed.kind.parse::<ContactKind>());
        let text = text::note(&self.typed.text).and_then(|text| text.ok_or(TextError::Missing));
        let text = fields.read("text", text);
        let follow_up_on = match self.typed.follow_up_on.trim() {
            "" => None,
            typed => {
                let within = (snapshot.today, MOST_FOLLOW_UP_DAYS);
                Some(day_to_come("follow_up_on", typed, within, &mut fields))
            }
        };
        fields.finish(())?;
        let said = Said { command: self.command_id, origin, moment };
        let (customer_id, name) = snapshot.customer;
        let note = CollectionNote {
            id: said.event(),
            customer_id,
            store_id: self.store_id,
            person_id: origin.actor,
            kind,
            text,
            follow_up_on,
            noted_at: moment.recorded_at,
        };
        let again = follow_up_on.map(|day| format!(", again on {day}")).unwrap_or_default();
        let summary = format!("{name}: {}{again}", kind.label().to_lowercase());
        let subject = (SubjectKind::Customer, customer_id.0);
        Ok(said.outcome(
            EventKind::CollectionNoted,
            subject,
            summary,
            &note,
            CollectChange::Noted(note.clone()),
        ))
    }
}
