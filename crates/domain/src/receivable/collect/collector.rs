//! Whose an overdue account is to look after.

use super::change::Said;
use super::{CollectChange, CollectOutcome};
use crate::event::{EventKind, Origin, SubjectKind};
use crate::ids::{CommandId, CustomerId, PersonId, StoreId};
use crate::moment::Moment;
use crate::person::{Permission, Person};
use crate::receivable::ReceivableRefusal;
use serde::{Deserialize, Serialize};

/// Gives an account to somebody, or to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignCollector {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub person_id: Option<PersonId>,
    /// The version that was on the screen; zero where nobody had it yet.
    pub version: i64,
}

/// Who looks after an account, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collector {
    pub customer_id: CustomerId,
    pub person_id: Option<PersonId>,
    pub version: i64,
}

/// Who looks after an account, as it is read: a merged card's until the card that stands has its own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Assigned {
    pub person_id: Option<PersonId>,
    pub name: Option<String>,
    /// Of the card that stands.
    pub version: i64,
}

impl AssignCollector {
    /// Decides whose account it is.
    ///
    /// # Errors
    /// Somebody who does not collect in this store, at the field; a conflict when it was given away meanwhile.
    pub fn decide(
        &self,
        (customer_id, name): (CustomerId, &str),
        before: &Assigned,
        person: Option<&Person>,
        origin: &Origin,
        moment: &Moment,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        if before.version != self.version {
            return Err(ReceivableRefusal::Changed);
        }
        let collects = |person: &&Person| {
            person.active
                && person.roles.get(&self.store_id).is_some_and(|role| role.may(Permission::Collect))
        };
        let person = person.filter(collects);
        if self.person_id.is_some() && person.is_none() {
            return Err(ReceivableRefusal::at(
                "person",
                "choose somebody who works with overdue accounts here",
            ));
        }
        let collector =
            Collector { customer_id, person_id: person.map(|person| person.id), version: self.version + 1 };
        let whose = person.map_or("nobody", |person| person.name.as_str());
        let summary = format!("{name}: {whose}");
        let subject = (SubjectKind::Customer, customer_id.0);
        let said = Said { command: self.command_id, origin, moment };
        let change = CollectChange::Assigned(collector);
        Ok(said.outcome(EventKind::CollectorAssigned, subject, summary, &collector, change))
    }
}
