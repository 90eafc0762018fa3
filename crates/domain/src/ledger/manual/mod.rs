//! Entries that somebody posts by hand: rent, payroll, an accrual, a correction.

mod lines;
mod recurring;
mod reverse;

pub use lines::{ManualLine, TypedLine};
pub use recurring::{Due, PostDue, Recurring, RecurringPage, SaveRecurring, TypedRecurring};
pub use reverse::{Original, ReverseEntry};

use super::period::read_day;
use super::{Account, BalancedEntry, BooksOf, Dimensions, Draft, EntryHeader};
use crate::attachment::{AttachedTo, Attachment, NewFile, TakenIn, attach};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, EntryId, EventId, Ids, LegalEntityId, StoreId};
use crate::moment::Moment;
use crate::settings::Config;
use crate::text;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Posts an entry by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostEntry {
    pub command_id: CommandId,
    pub typed: TypedEntry,
    /// Papers that were taken in before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<NewFile>,
}

/// An entry as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedEntry {
    pub date: String,
    pub memo: String,
    /// The day on which the entry is undone by another that is posted with it; empty for none.
    pub reverse_on: String,
    pub lines: Vec<TypedLine>,
}

impl TypedEntry {
    /// The stores that the lines name.
    #[must_use]
    pub fn stores(&self) -> Vec<StoreId> {
        lines::stores_of(&self.lines)
    }
}

/// What an entry by hand is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    pub config: &'a Config,
    pub accounts: &'a [Account],
    pub books: &'a [BooksOf],
    pub today: NaiveDate,
}

impl Standing<'_> {
    /// Why nothing may be posted on a day, if so.
    fn complaint_about(&self, date: NaiveDate, entity: Option<LegalEntityId>) -> Option<String> {
        let books = self.books.iter().find(|books| Some(books.legal_entity) == entity)?;
        books.open_on(date).err().map(|locked| locked.to_string())
    }
}

/// When and by whom something is posted by hand. The store of the origin is that of the first line.
#[derive(Debug, Clone, Copy)]
pub struct By {
    pub origin: Origin,
    pub now: DateTime<Utc>,
}

/// What a hand posts, for the books of one company. It is numbered when it is written.
#[derive(Debug, Clone)]
pub struct Posting {
    pub record: Record,
    pub legal_entity: LegalEntityId,
    /// The papers that come with it.
    pub files: Vec<Attachment>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManualRefusal {
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("the rules posted this entry: undo what it came from")]
    NotByHand,
    #[error("this entry is reversed already")]
    Reversed,
    #[error("this entry is a reversal: post the entry anew instead")]
    IsReversal,
    #[error("{0} was posted already")]
    PostedAlready(NaiveDate),
    #[error("{0} is not due")]
    NotDue(NaiveDate),
    /// An account that was closed meanwhile, a locked period.
    #[error("{0}")]
    No(String),
}

impl PostEntry {
    /// Decides about an entry, and about its reversal where a day for it is typed.
    ///
    /// # Errors
    /// Every field that is wrong; lines that do not balance are told by how much.
    pub fn decide(
        &self,
        standing: &Standing<'_>,
        files: &[TakenIn],
        by: &By,
        ids: &mut Ids,
    ) -> Result<Posting, ManualRefusal> {
        /// An accrual is undone in the next period; whoever types another year has mistyped it.
        const LONGEST_ACCRUAL: Days = Days::new(366);
        let mut fields = FieldReader::default();
        let memo = fields.read("memo", text::required_line(&self.typed.memo));
        let (entity, lines) = lines::check(&self.typed.lines, standing, &mut fields);
        let date = fields.read("date", read_day(&self.typed.date));
        if date > standing.today {
            fields.complain("date", "this day is still to come");
        } else if let Some(complaint) = standing.complaint_about(date, entity) {
            fields.complain("date", complaint);
        }
        let mut reverse_on = None;
        if !self.typed.reverse_on.trim().is_empty() {
            let day = fields.read("reverse_on", read_day(&self.typed.reverse_on));
            reverse_on = Some(day);
            if day < date {
                fields.complain("reverse_on", format!("choose {date} or a later day"));
            } else if date.checked_add_days(LONGEST_ACCRUAL).is_none_or(|last| day > last) {
                fields.complain("reverse_on", "an accrual is reversed within a year");
            } else if let Some(complaint) = standing.complaint_about(day, entity) {
                fields.complain("reverse_on", complaint);
            }
        }
        fields.finish(()).map_err(ManualRefusal::Fields)?;
        let entity = entity.ok_or_else(|| ManualRefusal::No("the entry has no lines".to_owned()))?;
        let mut posting = posted(self.command_id, entity, &lines, date, &memo, by, ids)?;
        posting.record.event.after = serde_json::to_value(&self.typed).ok();
        if let (Some(day), Some(entry)) = (reverse_on, posting.record.entries.first()) {
            let undone = reverse::reversal(entry.entry(), posting.record.event.id, day, by, ids)?;
            posting.record.entries.push(undone);
        }
        if let (false, Some(entry)) = (files.is_empty(), posting.record.entries.first()) {
            let to = AttachedTo::Entry(entry.entry().header.id);
            let attached = attach(to, &[], files, posting.record.event.id, ids);
            posting.files = attached.map_err(|refused| ManualRefusal::Fields(refused.at("files")))?;
            let said = posting.record.event.after.as_mut().and_then(serde_json::Value::as_object_mut);
            if let (Some(said), Ok(files)) = (said, serde_json::to_value(&posting.files)) {
                said.insert("files".to_owned(), files);
            }
        }
        Ok(posting)
    }
}

/// Lines that were checked, as an event with its entry.
fn posted(
    command: CommandId,
    legal_entity: LegalEntityId,
    lines: &[ManualLine],
    date: NaiveDate,
    memo: &str,
    by: &By,
    ids: &mut Ids,
) -> Result<Posting, ManualRefusal> {
    let store = lines.first().map_or(by.origin.store, |line| line.store);
    let mut draft = Draft::new(store);
    for line in lines {
        draft.debit_in(line.store, line.account, line.amount, Dimensions::default());
    }
    let header = EntryHeader {
        id: ids.draw(),
        event: EventId(command.0),
        legal_entity,
        store,
        moment: Moment::new(by.now, date),
        narrative: memo.to_owned(),
        reverses: None,
    };
    let entry = draft.balance(header).map_err(|error| ManualRefusal::No(error.to_string()))?;
    let record = recorded(command, EventKind::EntryPosted, entry, memo.to_owned(), by);
    Ok(Posting { record, legal_entity, files: Vec::new() })
}

/// An event about an entry that it posts, on the entry's business date.
fn recorded(command: CommandId, kind: EventKind, entry: BalancedEntry, summary: String, by: &By) -> Record {
    let header = &entry.entry().header;
    let (id, moment, store): (EntryId, Moment, StoreId) = (header.id, header.moment, header.store);
    let origin = Origin { store, ..by.origin };
    let subject = (SubjectKind::JournalEntry, id.0);
    let event = Event::about(EventId(command.0), kind, subject, summary, moment, origin);
    Record { entries: vec![entry], ..Record::of(event) }
}

/// An entry by hand as it stands in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualEntry {
    pub entry: EntryId,
    pub number: i64,
    /// The event that undid it.
    pub reversed_by: Option<EventId>,
}

/// What somebody who posts by hand chooses from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryChoices {
    /// The accounts that take entries by hand.
    pub accounts: Vec<Account>,
    /// The stores that the person may post for.
    pub stores: Vec<(StoreId, String)>,
    pub today: NaiveDate,
}

#[cfg(test)]
mod tests;
