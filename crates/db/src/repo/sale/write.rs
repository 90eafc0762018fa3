//! What a sale wrote, and that it was voided.

use super::back;
use crate::batch::Batch;
use crate::convert::{optional_to_json, to_json};
use crate::entity::{sale, sale_line, sale_line_seller, sale_secret, sale_tender, sale_void};
use crate::error::DbError;
use crate::repo::receivable::Numbers;
use crate::repo::{receivable, record};
use crate::tx::WriteTx;
use chrono::{DateTime, Utc};
use domain::ids::{EventId, SaleId};
use domain::sale::{Outcome, SaleDone, TenderFacts};

/// Writes a sale with all that it caused, in one go.
///
/// # Errors
/// [`DbError::Conflict`] when a piece moved on or an approval was used meanwhile.
pub async fn insert(
    tx: &WriteTx,
    Outcome { sale: facts, record, voided, secret_until, account }: &Outcome,
    body_hash: &[u8],
    done: &SaleDone,
    numbers: &Numbers,
) -> Result<(), DbError> {
    let mut batch = Batch::new(tx);
    record::plan(&mut batch, record, body_hash, done)?;
    if let Some(voided) = voided {
        record::plan(&mut batch, voided, body_hash, &())?;
    }
    batch.insert_all(vec![sale::Model {
        id: facts.id.0,
        event_id: record.event.id.0,
        number: done.number.clone(),
        store_id: facts.store_id.0,
        till_id: facts.till_id.0,
        session_id: facts.session_id.0,
        business_date: record.event.moment.business_date,
        completed_at: record.event.moment.recorded_at,
        customer_id: facts.customer_id.map(Into::into),
        cashier_id: facts.cashier.0,
        subtotal_minor: facts.subtotal.minor(),
        discount_minor: facts.discount.minor(),
        net_minor: facts.net.minor(),
        tax_minor: facts.tax.minor(),
        total_minor: facts.total.minor(),
        rounding_minor: facts.rounding.minor(),
        change_minor: facts.change.minor(),
        returned_minor: facts.returned_worth.minor(),
        ticket_discount: optional_to_json(facts.ticket_discount.as_ref())?,
        exemption: optional_to_json(facts.exemption.as_ref())?,
        note: facts.note.clone(),
    }]);
    if let Some(until) = secret_until {
        batch.insert_all(vec![sale_secret::Model {
            sale_id: facts.id.0,
            version: 1,
            until_date: Some(*until),
            event_id: record.event.id.0,
        }]);
    }
    let mut lines = Vec::with_capacity(facts.lines.len());
    let mut sellers = Vec::with_capacity(facts.lines.len());
    for (position, line) in (0_i64..).zip(&facts.lines) {
        lines.push(sale_line::Model {
            id: line.id.0,
            sale_id: facts.id.0,
            position,
            item_id: line.item_id.0,
            tag: line.tag.clone(),
            description: line.description.clone(),
            price_minor: line.price.minor(),
            line_discount_minor: line.line_discount.minor(),
            ticket_discount_minor: line.ticket_discount.minor(),
            discount: optional_to_json(line.discount.as_ref())?,
            net_minor: line.net.minor(),
            tax_minor: line.tax_total.minor(),
            tax: to_json(&line.tax)?,
            cost_minor: line.cost.minor(),
            unit: line.portion.map(|portion| portion.unit.code().to_owned()),
            pieces: line.portion.map_or(0, |portion| portion.quantity.pieces),
            milli: line.portion.map_or(0, |portion| portion.quantity.milli),
            unit_price_minor: line.portion.map(|portion| portion.unit_price.minor()),
            account_code: i64::from(line.inventory.get()),
        });
        sellers.extend(line.sellers.iter().map(|share| sale_line_seller::Model {
            line_id: line.id.0,
            person_id: share.person_id.0,
            weight_ppm: share.weight.ppm(),
        }));
    }
    batch.insert_all(lines);
    batch.insert_all(sellers);
    batch.insert_all(back::rows(facts)?);
    let tender = |(position, t): (i64, &TenderFacts)| sale_tender::Model {
        sale_id: facts.id.0,
        position,
        kind: t.kind.code.clone(),
        label: t.kind.label.clone(),
        nature: t.kind.nature.code().to_owned(),
        account_code: i64::from(t.kind.account.get()),
        amount_minor: t.amount.minor(),
        handed_over_minor: t.handed_over.minor(),
        change_minor: t.change.minor(),
        reference: t.reference.clone(),
    };
    batch.insert_all((0_i64..).zip(&facts.tenders).map(tender).collect());
    receivable::plan(&mut batch, account, numbers, record.event.id)?;
    batch.run(tx).await
}

/// # Errors
/// [`DbError::Conflict`] when the sale was voided meanwhile.
pub async fn insert_void(
    tx: &WriteTx,
    id: SaleId,
    event: EventId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let row = sale_void::Model { sale_id: id.0, event_id: event.0, reason: reason.to_owned(), voided_at: at };
    tx.insert_all(vec![row]).await
}
