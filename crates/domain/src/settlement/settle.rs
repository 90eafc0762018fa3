//! Saying which card payments arrived at the bank (J54).

use super::{
    CardBatch, CardSlip, MOST_SLIPS, SettlementChange, SettlementOutcome, SettlementRefusal, SlipKey,
};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CardBatchId, CommandId, EventId, Ids, LegalEntityId, StoreId};
use crate::ledger::{Dimensions, Draft, EntryHeader, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Settles card payments with what arrived for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleCards {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub slips: Vec<SlipKey>,
    pub typed: TypedSettlement,
}

/// What the bank and the processor say, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedSettlement {
    pub arrived: String,
    /// Empty is today.
    pub arrived_on: String,
    pub reference: String,
}

impl SettleCards {
    /// Decides about a batch: what was paid, less what arrived, is the processor's fee. `today` is the calendar's: the
    /// bank shows a deposit in the morning, while the store day is still the one before.
    ///
    /// # Errors
    /// Each field that does not read, more that arrived than was paid; payments that do not wait in this store.
    pub fn decide(
        &self,
        slips: &[CardSlip],
        (legal_entity, today): (LegalEntityId, NaiveDate),
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<SettlementOutcome, SettlementRefusal> {
        let mut fields = FieldReader::default();
        let chosen: BTreeSet<SlipKey> = self.slips.iter().copied().collect();
        match chosen.len() {
            0 => fields.complain("slips", "choose the payments that arrived"),
            1..=MOST_SLIPS => {}
            _ => fields.complain("slips", format!("at most {MOST_SLIPS} at once")),
        }
        let arrived = fields.read("arrived", Money::parse(&self.typed.arrived));
        let arrived_on = fields.day_until_today("arrived_on", &self.typed.arrived_on, today);
        let reference = fields.read("reference", text::optional_line(&self.typed.reference));
        if !fields.is_clean() {
            return Err(fields.finish(()).err().unwrap_or_default().into());
        }
        let waits = |slip: &&CardSlip| {
            chosen.contains(&slip.key) && slip.store_id == self.store_id && !slip.waiting.is_zero()
        };
        let slips: Vec<(SlipKey, Money)> =
            slips.iter().filter(waits).map(|slip| (slip.key, slip.waiting)).collect();
        if slips.len() != chosen.len() {
            return Err(SettlementRefusal::NotWaiting);
        }
        let gross = Money::sum(slips.iter().map(|(_, amount)| *amount))?;
        let fee = gross.minus(arrived)?;
        if fee.is_negative() {
            fields.complain("arrived", format!("that is more than the {gross} that was paid"));
        }
        fields.finish(())?;

        let id: CardBatchId = ids.draw();
        let about = Dimensions { document: Some(id.0), ..Dimensions::default() };
        let mut draft = Draft::new(self.store_id);
        draft.debit(code::BANK, arrived, about);
        draft.debit(code::CARD_FEES, fee, about);
        draft.credit(code::CARD_CLEARING, gross, about)?;
        let batch = CardBatch {
            id,
            store_id: self.store_id,
            arrived_on,
            settled_on: moment.business_date,
            gross,
            fee,
            reference,
        };
        let kind = EventKind::CardsSettled;
        let event = Event {
            after: serde_json::to_value(&batch).ok(),
            ..Event::about(
                EventId(self.command_id.0),
                kind,
                (SubjectKind::CardBatch, id.0),
                format!("{} payments of {gross}, fee {fee}, {arrived} arrived", slips.len()),
                *moment,
                *origin,
            )
        };
        // Payments and refunds may cancel out, and nothing arrives: then there is nothing to post.
        let moves = !(gross.is_zero() && fee.is_zero());
        let header = EntryHeader {
            id: ids.draw(),
            event: event.id,
            legal_entity,
            store: self.store_id,
            moment: *moment,
            narrative: kind.label().to_owned(),
            reverses: None,
        };
        let entries = if moves { vec![draft.balance(header)?] } else { Vec::new() };
        let change = SettlementChange::Settled { batch, slips };
        Ok(SettlementOutcome { record: Record { entries, ..Record::of(event) }, change })
    }
}
