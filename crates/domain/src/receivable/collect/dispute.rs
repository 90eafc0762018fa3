//! A customer does not agree with an invoice: nobody asks for it until that is settled.

use super::change::Said;
use super::{CollectChange, CollectOutcome, CollectSnapshot};
use crate::event::{EventKind, Origin, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, DisputeId, Ids, InvoiceId, PersonId, StoreId};
use crate::moment::Moment;
use crate::receivable::ReceivableRefusal;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Writes down that a customer does not agree with an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDispute {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub invoice_id: InvoiceId,
    pub reason: String,
}

/// Writes down how that ended. What changes on the account by it, such as a credit memo, is done there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleDispute {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub dispute_id: DisputeId,
    pub resolution: String,
}

/// A dispute as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    pub id: DisputeId,
    pub invoice_id: InvoiceId,
    pub customer_id: CustomerId,
    pub store_id: StoreId,
    pub person_id: PersonId,
    pub reason: String,
    pub opened_on: NaiveDate,
}

/// How a dispute ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisputeEnd {
    pub dispute_id: DisputeId,
    pub resolution: String,
    pub settled_on: NaiveDate,
}

impl OpenDispute {
    /// Decides about a dispute of something that is open.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] for an invoice that was voided, is paid, or is disputed already; no reason, at its field.
    pub fn decide(
        &self,
        snapshot: &CollectSnapshot<'_>,
        is_disputed: bool,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        let (number, open) = snapshot.invoice(self.invoice_id)?;
        if !open.is_positive() {
            return Err(ReceivableRefusal::NothingOwed);
        }
        if is_disputed {
            return Err(ReceivableRefusal::Disputed(number));
        }
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        fields.finish(())?;
        let (customer_id, name) = snapshot.customer;
        let summary = format!("{name}: {number}: {reason}");
        let dispute = Dispute {
            id: ids.draw(),
            invoice_id: self.invoice_id,
            customer_id,
            store_id: self.store_id,
            person_id: origin.actor,
            reason,
            opened_on: moment.business_date,
        };
        let subject = (SubjectKind::Invoice, self.invoice_id.0);
        let said = Said { command: self.command_id, origin, moment };
        Ok(said.outcome(
            EventKind::DisputeOpened,
            subject,
            summary,
            &dispute,
            CollectChange::Disputed(dispute.clone()),
        ))
    }
}

impl SettleDispute {
    /// Decides how a dispute ends.
    ///
    /// # Errors
    /// [`ReceivableRefusal`] for a dispute that is settled already; nothing said, at its field.
    pub fn decide(
        &self,
        (name, number): (&str, &str),
        dispute: &Dispute,
        is_settled: bool,
        origin: &Origin,
        moment: &Moment,
    ) -> Result<CollectOutcome, ReceivableRefusal> {
        if is_settled {
            return Err(ReceivableRefusal::DisputeSettled);
        }
        let mut fields = FieldReader::default();
        let resolution = fields.read("resolution", text::required_line(&self.resolution));
        fields.finish(())?;
        let summary = format!("{name}: {number}: {resolution}");
        let end = DisputeEnd { dispute_id: dispute.id, resolution, settled_on: moment.business_date };
        let subject = (SubjectKind::Invoice, dispute.invoice_id.0);
        let said = Said { command: self.command_id, origin, moment };
        Ok(said.outcome(
            EventKind::DisputeSettled,
            subject,
            summary,
            &end,
            CollectChange::Settled(end.clone()),
        ))
    }
}
