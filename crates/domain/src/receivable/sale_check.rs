//! A check for a receipt that the bank sent back: what it paid for is owed now, by whoever the receipt is for.

use super::at_once::AtOnce;
use super::bounced::{came_as_check, read_fee};
use super::{Changes, ReceivableOutcome, ReceivableRefusal, post};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, Ids, LegalEntityId, SaleId, StoreId};
use crate::ledger::{Draft, code};
use crate::moment::Moment;
use crate::money::Money;
use crate::sale::TenderFacts;
use crate::text;
use serde::{Deserialize, Serialize};

/// Says that the bank sent the check of a receipt back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnSaleCheck {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub sale_id: SaleId,
    /// What the customer is charged for it; empty for nothing.
    pub fee: String,
    pub reason: String,
}

/// The receipt whose check came back.
#[derive(Debug, Clone, Copy)]
pub struct SaleCheckSnapshot<'a> {
    pub number: &'a str,
    pub customer: Option<(CustomerId, &'a str)>,
    pub store_id: StoreId,
    pub legal_entity: LegalEntityId,
    pub tenders: &'a [TenderFacts],
    pub voided: bool,
    /// Whether its check came back before.
    pub came_back: bool,
    pub highest_fee: Money,
}

impl ReturnSaleCheck {
    /// Decides what is owed: the check, and the fee.
    ///
    /// # Errors
    /// [`ReceivableRefusal`]: no check, one that came back already, a voided receipt, nobody who would owe it; a fee
    /// above the limit.
    pub fn decide(
        &self,
        snapshot: &SaleCheckSnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let mut fields = FieldReader::default();
        let fee = read_fee(&self.fee, snapshot.highest_fee, &mut fields);
        let reason = fields.read("reason", text::optional_line(&self.reason));
        fields.finish(())?;
        if snapshot.voided {
            return Err(ReceivableRefusal::Voided(snapshot.number.to_owned()));
        }
        if snapshot.came_back {
            return Err(ReceivableRefusal::CameBack);
        }
        let check = came_as_check(snapshot.tenders)?;
        if !check.is_positive() {
            return Err(ReceivableRefusal::NoCheck);
        }
        let nobody = || ReceivableRefusal::NobodyKnown(snapshot.number.to_owned());
        let (customer_id, name) = snapshot.customer.ok_or_else(nobody)?;

        let (event, kind) = (EventId(self.command_id.0), EventKind::CheckReturned);
        let mut draft = Draft::new(snapshot.store_id);
        draft.credit(code::BANK, check, post::about(customer_id, self.sale_id.0))?;
        let owes = AtOnce { store_id: snapshot.store_id, customer_id, moment };
        let again = owes.check(&mut draft, check, Some(self.sale_id), ids)?;
        let fee = owes.fee(&mut draft, fee, ids)?;
        let place = (snapshot.store_id, snapshot.legal_entity);
        let entry = draft.balance(post::header(ids.draw(), event, kind, place, moment))?;
        let why = reason.map(|why| format!(": {why}")).unwrap_or_default();
        let summary = format!("{name}: check of {check}, {}{why}", snapshot.number);
        let event = Event::about(event, kind, (SubjectKind::Sale, self.sale_id.0), summary, *moment, *origin);
        let invoices = again.into_iter().chain(fee).collect();
        let changes = Changes { invoices, ..Changes::default() };
        Ok(ReceivableOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, changes })
    }
}
