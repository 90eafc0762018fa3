//! Asking for an approval: what it is about says the ticket itself, never a digest that somebody else computed.

use super::{Answer, Approval, ApprovalKind, Sheet, patience};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{ApprovalId, CommandId, CustomerId, EventId, Ids, PersonId, SaleId, StoreId};
use crate::moment::Moment;
use crate::money::Money;
use crate::receivable::credit_subject;
use crate::sale::{Discount, ReturnLine, TicketLine, override_subject, return_subject, void_subject};
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

/// Asks a manager, who stands here with a PIN, to approve exactly one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskApproval {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub kind: ApprovalKind,
    /// Digest of what is approved.
    pub subject: String,
    pub manager: PersonId,
    pub reason: String,
}

/// What an approval is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    Discount {
        lines: Vec<TicketLine>,
        discount: Option<Discount>,
    },
    Return {
        lines: Vec<ReturnLine>,
        pays_out: bool,
    },
    VoidSale {
        sale_id: SaleId,
    },
    /// Charging so much to the account of a customer.
    Credit {
        customer_id: CustomerId,
        amount: Money,
    },
}

impl About {
    #[must_use]
    pub const fn kind(&self) -> ApprovalKind {
        match self {
            Self::Discount { .. } => ApprovalKind::Discount,
            Self::Return { .. } => ApprovalKind::Return,
            Self::VoidSale { .. } => ApprovalKind::VoidSale,
            Self::Credit { .. } => ApprovalKind::Credit,
        }
    }

    /// The digest that the use of the approval will compare.
    #[must_use]
    pub fn subject(&self) -> String {
        match self {
            Self::Discount { lines, discount } => override_subject(lines, discount.as_ref()),
            Self::Return { lines, pays_out } => return_subject(lines, *pays_out),
            Self::VoidSale { sale_id } => void_subject(*sale_id),
            Self::Credit { customer_id, amount } => credit_subject(*customer_id, *amount),
        }
    }
}

/// Asks whoever may approve in this store, wherever they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskManager {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub about: About,
    pub reason: String,
}

/// More askings of one person at once are a mistake, or noise.
pub const MOST_WAITING: u64 = 5;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum AskRefusal {
    #[error("{MOST_WAITING} askings of yours wait already: withdraw one first")]
    TooMany,
    #[error("the reason: {0}")]
    Reason(TextError),
}

/// Asks all who may approve. `waiting` is how many askings of this person wait already.
///
/// # Errors
/// [`AskRefusal`]
pub fn asked_of_all(
    cmd: &AskManager,
    sheet: Sheet,
    waiting: u64,
    origin: &Origin,
    moment: &Moment,
) -> Result<(Approval, Record), AskRefusal> {
    if waiting >= MOST_WAITING {
        return Err(AskRefusal::TooMany);
    }
    let reason = text::required_line(&cmd.reason).map_err(AskRefusal::Reason)?;
    let kind = cmd.about.kind();
    let id: ApprovalId = Ids::new(cmd.command_id).draw();
    let event = Event::about(
        EventId(cmd.command_id.0),
        EventKind::ApprovalAsked,
        (SubjectKind::Approval, id.0),
        format!("{kind}, {}: {reason}", sheet.headline),
        *moment,
        *origin,
    );
    let approval = Approval {
        id,
        kind,
        store_id: cmd.store_id,
        till_id: origin.till,
        subject: cmd.about.subject(),
        asked_by: origin.actor,
        asked_at: moment.recorded_at,
        reason,
        sheet: Some(sheet),
        answer: Answer::Waiting,
        expires_at: moment.recorded_at + patience(),
        used_by: None,
    };
    Ok((approval, Record::of(event)))
}
