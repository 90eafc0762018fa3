//! Credits as decisions need them: what is left of them, and where the rest lies.

use crate::convert::{account, code, json, money};
use crate::entity::{account_tender, application, credit_out, customer_credit, event, store};
use crate::error::DbError;
use crate::repo::receivable::open_of_invoices;
use crate::tx::{Read, sum_minor};
use domain::event::EventKind;
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId, LegalEntityId, ReceivableId, StoreId};
use domain::money::Money;
use domain::receivable::{CreditOutKind, OpenCredit, OpenReceivable};
use domain::sale::{Refundable, TenderFacts, TenderKind};
use domain::tax::LineTax;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A credit with where it lies.
#[derive(Debug, Clone)]
pub struct CreditRow {
    pub credit: OpenCredit,
    pub net: Money,
    pub tax: LineTax,
    pub invoice: Option<InvoiceId>,
    pub tenders: Vec<TenderFacts>,
    /// The due dates of every invoice that it was ever applied to.
    pub lies_on: Vec<OpenReceivable>,
    /// How much of it lies on each.
    pub applied: Vec<(ReceivableId, Money)>,
}

/// # Errors
/// [`DbError`]
pub async fn load_credit(db: &impl Read, id: CustomerCreditId) -> Result<Option<CreditRow>, DbError> {
    let Some(row) = customer_credit::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let entity: Option<Uuid> = store::Entity::find_by_id(row.store_id)
        .select_only()
        .column(store::Column::LegalEntityId)
        .into_tuple()
        .one(db.conn())
        .await?;
    let entity = entity.ok_or_else(|| DbError::corrupt("a credit without its store"))?;
    let sums: Vec<(Uuid, Uuid, Option<i64>)> = application::Entity::find()
        .filter(application::Column::CreditId.eq(id.0))
        .select_only()
        .column(application::Column::ReceivableId)
        .column(application::Column::InvoiceId)
        .column_as(sum_minor((application::Entity, application::Column::AmountMinor)), "amount")
        .group_by(application::Column::ReceivableId)
        .group_by(application::Column::InvoiceId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let invoices: BTreeSet<Uuid> = sums.iter().map(|(_, invoice, _)| *invoice).collect();
    let invoices: Vec<InvoiceId> = invoices.into_iter().map(InvoiceId).collect();
    Ok(Some(CreditRow {
        lies_on: open_of_invoices(db, &invoices).await?,
        applied: sums.into_iter().map(|(id, _, sum)| (ReceivableId(id), money(sum.unwrap_or(0)))).collect(),
        tenders: tenders(db, id).await?,
        net: money(row.net_minor),
        tax: json(&row.tax)?,
        invoice: row.invoice_id.map(InvoiceId),
        credit: OpenCredit {
            id,
            kind: code(&row.kind)?,
            number: row.number,
            store_id: StoreId(row.store_id),
            legal_entity_id: LegalEntityId(entity),
            customer_id: CustomerId(row.customer_id),
            received_on: row.received_on,
            posted_on: row.posted_on,
            amount: money(row.amount_minor),
            left: money(row.left_minor),
        },
    }))
}

/// How a credit came in, and what of it was paid back, below zero.
async fn tenders(db: &impl Read, id: CustomerCreditId) -> Result<Vec<TenderFacts>, DbError> {
    let rows = account_tender::Entity::find()
        .filter(account_tender::Column::CreditId.eq(id.0))
        .order_by_asc(account_tender::Column::EventId)
        .order_by_asc(account_tender::Column::Position)
        .all(db.conn())
        .await?;
    rows.into_iter().map(tender).collect()
}

pub(super) fn tender(row: account_tender::Model) -> Result<TenderFacts, DbError> {
    Ok(TenderFacts {
        kind: TenderKind {
            code: row.kind,
            label: row.label,
            nature: code(&row.nature)?,
            account: account(row.account_code)?,
            active: true,
        },
        amount: money(row.amount_minor),
        handed_over: money(row.handed_over_minor),
        change: money(row.change_minor),
        reference: row.reference,
    })
}

/// What is left of each means that a credit was paid by.
///
/// # Errors
/// [`DbError`] when a sum does not fit.
pub fn paid_by(tenders: &[TenderFacts]) -> Result<Vec<Refundable>, DbError> {
    let mut left: Vec<Refundable> = Vec::new();
    for tender in tenders {
        match left.iter_mut().find(|one| one.kind.code == tender.kind.code) {
            Some(one) => one.left = one.left.plus(tender.amount).map_err(DbError::corrupt)?,
            None => left.push(Refundable { kind: tender.kind.clone(), left: tender.amount }),
        }
    }
    left.retain(|one| one.left.is_positive());
    Ok(left)
}

/// Whether the check of a payment came back.
///
/// # Errors
/// [`DbError`]
pub async fn came_back(db: &impl Read, id: CustomerCreditId) -> Result<bool, DbError> {
    let bounced = credit_out::Entity::find()
        .filter(credit_out::Column::CreditId.eq(id.0))
        .filter(credit_out::Column::Kind.eq(CreditOutKind::Bounced.code()));
    Ok(bounced.count(db.conn()).await? > 0)
}

/// Whether a memo or a write-off was taken back.
///
/// # Errors
/// [`DbError`]
pub async fn reversed(db: &impl Read, id: CustomerCreditId) -> Result<bool, DbError> {
    let reversals = event::Entity::find()
        .filter(event::Column::SubjectId.eq(id.0))
        .filter(event::Column::Kind.eq(EventKind::CreditReversed.code()));
    Ok(reversals.count(db.conn()).await? > 0)
}

/// What of a write-off stands again.
///
/// # Errors
/// [`DbError`]
pub async fn reinstated(db: &impl Read, id: CustomerCreditId) -> Result<Money, DbError> {
    let sum: Option<Option<i64>> = credit_out::Entity::find()
        .filter(credit_out::Column::CreditId.eq(id.0))
        .filter(credit_out::Column::Kind.eq(CreditOutKind::Reinstated.code()))
        .select_only()
        .column_as(sum_minor((credit_out::Entity, credit_out::Column::AmountMinor)), "sum")
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(money(sum.flatten().unwrap_or(0)))
}
