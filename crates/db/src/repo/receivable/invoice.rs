//! Invoices as decisions need them.

use super::list::standing_cards;
use crate::convert::{json, money};
use crate::entity::{customer_credit, invoice, receivable, store};
use crate::error::DbError;
use crate::tx::{Read, sum_minor};
use chrono::NaiveDate;
use domain::ids::{CustomerId, InvoiceId, LegalEntityId, SaleId, StoreId};
use domain::money::Money;
use domain::receivable::{CreditKind, MemoInvoice};
use domain::sale::ChargedSale;
use domain::tax::LineTax;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An invoice without its due dates.
#[derive(Debug, Clone)]
pub struct InvoiceRow {
    pub id: InvoiceId,
    pub number: String,
    pub store_id: StoreId,
    pub legal_entity: LegalEntityId,
    pub customer_id: CustomerId,
    pub net: Money,
    pub tax: LineTax,
    pub amount: Money,
}

/// # Errors
/// [`DbError`]
pub async fn find_invoice(db: &impl Read, id: InvoiceId) -> Result<Option<InvoiceRow>, DbError> {
    let Some(row) = invoice::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let entity: Option<Uuid> = store::Entity::find_by_id(row.store_id)
        .select_only()
        .column(store::Column::LegalEntityId)
        .into_tuple()
        .one(db.conn())
        .await?;
    let entity = entity.ok_or_else(|| DbError::corrupt("an invoice without its store"))?;
    Ok(Some(InvoiceRow {
        id,
        number: row.number,
        store_id: StoreId(row.store_id),
        legal_entity: LegalEntityId(entity),
        customer_id: CustomerId(row.customer_id),
        net: money(row.net_minor),
        tax: json(&row.tax)?,
        amount: money(row.amount_minor),
    }))
}

/// An invoice as a credit memo needs it: what earlier ones took off it, and what is open.
///
/// # Errors
/// [`DbError`]
pub async fn load_for_memo(
    db: &impl Read,
    id: InvoiceId,
) -> Result<Option<(CustomerId, MemoInvoice)>, DbError> {
    let Some(row) = find_invoice(db, id).await? else { return Ok(None) };
    let sums: Option<(Option<i64>, Option<i64>)> = customer_credit::Entity::find()
        .filter(customer_credit::Column::InvoiceId.eq(id.0))
        .filter(customer_credit::Column::Kind.eq(CreditKind::CreditMemo.code()))
        .select_only()
        .column_as(sum_minor((customer_credit::Entity, customer_credit::Column::NetMinor)), "net")
        .column_as(sum_minor((customer_credit::Entity, customer_credit::Column::TaxMinor)), "tax")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (credited, credited_tax) = sums.unwrap_or_default();
    let open = super::open_of_invoices(db, &[id]).await?;
    let invoice = MemoInvoice {
        id,
        number: row.number,
        store_id: row.store_id,
        legal_entity_id: row.legal_entity,
        net: row.net,
        tax: row.tax,
        voided: open.iter().any(|item| item.voided),
        credited: money(credited.unwrap_or(0)),
        credited_tax: money(credited_tax.unwrap_or(0)),
        open,
    };
    Ok(Some((row.customer_id, invoice)))
}

/// The sale that an invoice charged.
///
/// # Errors
/// [`DbError`]
pub async fn sale_of(db: &impl Read, id: InvoiceId) -> Result<Option<SaleId>, DbError> {
    let sale: Option<Option<Uuid>> = invoice::Entity::find_by_id(id.0)
        .select_only()
        .column(invoice::Column::SaleId)
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(sale.flatten().map(SaleId))
}

/// The invoice for what of a sale was charged.
///
/// # Errors
/// [`DbError`]
pub async fn charged_for(db: &impl Read, sale: SaleId) -> Result<Option<ChargedSale>, DbError> {
    let found = invoice::Entity::find().filter(invoice::Column::SaleId.eq(sale.0)).one(db.conn()).await?;
    let Some(found) = found else { return Ok(None) };
    let last: Option<NaiveDate> = receivable::Entity::find()
        .filter(receivable::Column::InvoiceId.eq(found.id))
        .select_only()
        .column_as(receivable::Column::DueOn.max(), "due_on")
        .into_tuple()
        .one(db.conn())
        .await?
        .flatten();
    Ok(Some(ChargedSale {
        invoice: InvoiceId(found.id),
        number: found.number,
        amount: money(found.amount_minor),
        due_on: last.unwrap_or(found.invoiced_on),
    }))
}

/// The card that stands for whoever was charged for these receipts; nobody, where it was more than one.
///
/// # Errors
/// [`DbError`]
pub async fn charged_to(db: &impl Read, sales: &BTreeSet<SaleId>) -> Result<Option<CustomerId>, DbError> {
    if sales.is_empty() {
        return Ok(None);
    }
    let charged: Vec<Uuid> = invoice::Entity::find()
        .filter(invoice::Column::SaleId.is_in(sales.iter().map(|id| id.0)))
        .select_only()
        .column(invoice::Column::CustomerId)
        .distinct()
        .into_tuple()
        .all(db.conn())
        .await?;
    let stands = standing_cards(db, charged.iter().copied().collect()).await?;
    let cards: BTreeSet<Uuid> =
        charged.into_iter().map(|id| stands.get(&id).copied().unwrap_or(id)).collect();
    Ok(cards.first().filter(|_| cards.len() == 1).copied().map(CustomerId))
}
