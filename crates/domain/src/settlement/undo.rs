//! Taking back a batch that was settled wrongly: its payments wait again.

use super::{CardBatch, SettlementChange, SettlementOutcome, SettlementRefusal, SlipKey};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CardBatchId, CommandId, EventId, Ids, StoreId};
use crate::ledger::{BalancedEntry, Entry, EntryHeader};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::text;
use serde::{Deserialize, Serialize};

/// Takes back a batch, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoCardBatch {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub batch_id: CardBatchId,
    pub reason: String,
}

impl UndoCardBatch {
    /// Decides about undoing a batch of these payments.
    ///
    /// # Errors
    /// No reason, at its field; a batch that was undone already.
    pub fn decide(
        &self,
        (batch, undone): (&CardBatch, bool),
        slips: &[(SlipKey, Money)],
        entries: &[Entry],
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<SettlementOutcome, SettlementRefusal> {
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        fields.finish(())?;
        if undone {
            return Err(SettlementRefusal::Undone);
        }
        let kind = EventKind::CardBatchUndone;
        let event = Event {
            before: serde_json::to_value(batch).ok(),
            ..Event::about(
                EventId(self.command_id.0),
                kind,
                (SubjectKind::CardBatch, batch.id.0),
                format!("{} of {}: {reason}", batch.gross, batch.settled_on),
                *moment,
                *origin,
            )
        };
        let mut back = Vec::with_capacity(entries.len());
        for entry in entries {
            let header = EntryHeader {
                id: ids.draw(),
                event: event.id,
                moment: *moment,
                narrative: kind.label().to_owned(),
                ..entry.header.clone()
            };
            back.push(BalancedEntry::reversing(entry, header)?);
        }
        let slips = slips.iter().map(|(key, amount)| Ok((*key, amount.negated()?)));
        let change = SettlementChange::Undone {
            batch: batch.id,
            on: moment.business_date,
            reason,
            slips: slips.collect::<Result<_, MoneyError>>()?,
        };
        Ok(SettlementOutcome { record: Record { entries: back, ..Record::of(event) }, change })
    }
}
