//! Papers of the books: the invoice, the bank's statement, the contract behind an entry by hand or behind one that
//! comes every month. What was attached stays; a paper that does not belong there is withdrawn with a reason.

mod kind;
mod name;

pub use kind::FileKind;

use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldError;
use crate::ids::{AttachmentId, CommandId, EntryId, EventId, Ids, RecurringId};
use crate::kept::KeptName;
use crate::moment::Moment;
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A scanned contract is smaller.
pub const LARGEST_ATTACHMENT: usize = 10 * 1024 * 1024;
/// Those that were withdrawn count: they are kept.
pub const MOST_ATTACHMENTS: usize = 20;

/// What a paper belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachedTo {
    Entry(EntryId),
    Recurring(RecurringId),
}

impl AttachedTo {
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Entry(id) => id.0,
            Self::Recurring(id) => id.0,
        }
    }

    const fn subject(self) -> SubjectKind {
        match self {
            Self::Entry(_) => SubjectKind::JournalEntry,
            Self::Recurring(_) => SubjectKind::RecurringEntry,
        }
    }
}

/// A file that was taken in, as its bytes tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    pub file: KeptName,
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
}

/// A file that was taken in before, to be attached under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFile {
    pub file: KeptName,
    pub name: String,
}

/// Attaches files to an entry that was posted, or to one that comes every month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachFiles {
    pub command_id: CommandId,
    pub to: AttachedTo,
    pub files: Vec<NewFile>,
}

/// Says that a paper does not belong where it is. It stays, for the owner to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawAttachment {
    pub command_id: CommandId,
    pub attachment_id: AttachmentId,
    pub reason: String,
}

/// A paper where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: AttachmentId,
    pub to: AttachedTo,
    /// Its place among those of the same entry, from zero.
    pub position: u32,
    pub file: KeptName,
    pub name: String,
    pub kind: FileKind,
    pub bytes: u64,
    /// What attached it.
    pub event: EventId,
    pub withdrawn: Option<Withdrawn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub event: EventId,
    pub reason: String,
}

impl Attachment {
    /// Where it is downloaded.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/attachments/{}", self.id)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AttachmentRefusal {
    #[error("choose a file")]
    Nothing,
    #[error("“{0}” is empty")]
    Empty(String),
    #[error("“{0}” is larger than 10 MB")]
    TooLarge(String),
    #[error("“{0}” is none of the kinds that are kept here: PDF, PNG, JPEG, CSV or plain text")]
    Unknown(String),
    #[error("“{name}” is not what its name says: inside it is of the kind “{is}”")]
    NotAsNamed { name: String, is: FileKind },
    #[error("the file's name cannot be kept: {0}")]
    Name(TextError),
    #[error("an entry has at most {MOST_ATTACHMENTS} files")]
    TooMany,
    #[error("“{0}” is attached here already")]
    Twice(String),
    #[error("“{0}” is no longer here: choose it again")]
    Gone(String),
    #[error("files belong to entries by hand: this one was posted by the rules")]
    NotByHand,
    #[error("this file was withdrawn already")]
    Withdrawn,
}

impl AttachmentRefusal {
    /// As a complaint about the field of a form.
    #[must_use]
    pub fn at(self, field: &str) -> Vec<FieldError> {
        vec![FieldError::new(field, self)]
    }
}

/// Looks at a file that somebody sent: what it is, and how it is called here.
///
/// # Errors
/// [`AttachmentRefusal`] for what is not kept, or is not what its name says.
pub fn look_at(said: &str, bytes: &[u8]) -> Result<TakenIn, AttachmentRefusal> {
    let name = name::clean(said).map_err(AttachmentRefusal::Name)?;
    if bytes.is_empty() {
        return Err(AttachmentRefusal::Empty(name));
    }
    if bytes.len() > LARGEST_ATTACHMENT {
        return Err(AttachmentRefusal::TooLarge(name));
    }
    let ending = name::ending(&name).to_ascii_lowercase();
    let Some(kind) = FileKind::of(bytes, &ending) else { return Err(AttachmentRefusal::Unknown(name)) };
    if FileKind::said_by(&ending).is_some_and(|said| said != kind) {
        return Err(AttachmentRefusal::NotAsNamed { name, is: kind });
    }
    let name = name::ending_as(name, kind);
    Ok(TakenIn { file: KeptName::of(bytes), name, kind, bytes: bytes.len() as u64 })
}

/// Attaches files beside those that are there.
///
/// # Errors
/// [`AttachmentRefusal`] for too many of them, or one that is there already.
pub fn attach(
    to: AttachedTo,
    there: &[Attachment],
    more: &[TakenIn],
    event: EventId,
    ids: &mut Ids,
) -> Result<Vec<Attachment>, AttachmentRefusal> {
    if there.len() + more.len() > MOST_ATTACHMENTS {
        return Err(AttachmentRefusal::TooMany);
    }
    let mut attached: Vec<Attachment> = Vec::with_capacity(more.len());
    let first = u32::try_from(there.len()).unwrap_or(u32::MAX);
    for (position, taken) in (first..).zip(more) {
        let stands = |other: &&Attachment| other.file == taken.file && other.withdrawn.is_none();
        if there.iter().chain(&attached).any(|other| stands(&other)) {
            return Err(AttachmentRefusal::Twice(taken.name.clone()));
        }
        attached.push(Attachment {
            id: ids.draw(),
            to,
            position,
            file: taken.file.clone(),
            name: taken.name.clone(),
            kind: taken.kind,
            bytes: taken.bytes,
            event,
            withdrawn: None,
        });
    }
    Ok(attached)
}

impl AttachFiles {
    /// Decides about files that are attached after an entry was posted.
    ///
    /// # Errors
    /// [`AttachmentRefusal`]
    pub fn decide(
        &self,
        there: &[Attachment],
        more: &[TakenIn],
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<(Vec<Attachment>, Record), AttachmentRefusal> {
        if more.is_empty() {
            return Err(AttachmentRefusal::Nothing);
        }
        let id = EventId(self.command_id.0);
        let attached = attach(self.to, there, more, id, ids)?;
        let names: Vec<&str> = attached.iter().map(|one| one.name.as_str()).collect();
        let event = Event {
            after: serde_json::to_value(&attached).ok(),
            ..Event::about(
                id,
                EventKind::FilesAttached,
                (self.to.subject(), self.to.id()),
                names.join(", "),
                *moment,
                *origin,
            )
        };
        Ok((attached, Record::of(event)))
    }
}

impl WithdrawAttachment {
    /// # Errors
    /// No reason, or a file that was withdrawn before.
    pub fn decide(
        &self,
        attachment: &Attachment,
        origin: &Origin,
        moment: &Moment,
    ) -> Result<(Withdrawn, Record), Vec<FieldError>> {
        let reason =
            text::required_line(&self.reason).map_err(|error| vec![FieldError::new("reason", error)])?;
        if attachment.withdrawn.is_some() {
            return Err(AttachmentRefusal::Withdrawn.at("reason"));
        }
        let event = Event {
            before: serde_json::to_value(attachment).ok(),
            ..Event::about(
                EventId(self.command_id.0),
                EventKind::FileWithdrawn,
                (attachment.to.subject(), attachment.to.id()),
                format!("{}: {reason}", attachment.name),
                *moment,
                *origin,
            )
        };
        Ok((Withdrawn { event: event.id, reason }, Record::of(event)))
    }
}

#[cfg(test)]
mod tests;
