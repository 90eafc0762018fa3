//! What is open, as decisions need it.

use super::list::open_disputes;
use crate::convert::{code, money};
use crate::entity::{customer_credit, invoice, receivable, store};
use crate::error::DbError;
use crate::repo::customer::known_as;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerId, InvoiceId, LegalEntityId, PersonId, ReceivableId, SaleId, StoreId};
use domain::receivable::{CreditKind, OpenReceivable};
use sea_orm::sea_query::{Expr, JoinType, Query};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct OpenRow {
    id: Uuid,
    invoice_id: Uuid,
    number: String,
    kind: String,
    store_id: Uuid,
    legal_entity_id: Uuid,
    customer_id: Uuid,
    associate_id: Option<Uuid>,
    invoiced_on: NaiveDate,
    posted_on: NaiveDate,
    due_on: NaiveDate,
    amount_minor: i64,
    open_minor: i64,
    touched_on: Option<NaiveDate>,
    voided: bool,
}

impl OpenRow {
    fn open(self) -> Result<OpenReceivable, DbError> {
        Ok(OpenReceivable {
            id: ReceivableId(self.id),
            invoice_id: InvoiceId(self.invoice_id),
            number: self.number,
            kind: code(&self.kind)?,
            store_id: StoreId(self.store_id),
            legal_entity_id: LegalEntityId(self.legal_entity_id),
            customer_id: CustomerId(self.customer_id),
            associate_id: self.associate_id.map(PersonId),
            invoiced_on: self.invoiced_on,
            posted_on: self.posted_on,
            due_on: self.due_on,
            amount: money(self.amount_minor),
            open: money(self.open_minor),
            touched_on: self.touched_on,
            voided: self.voided,
        })
    }
}

/// The due dates of a condition, oldest due first.
async fn find(db: &impl Read, which: Condition) -> Result<Vec<OpenReceivable>, DbError> {
    use receivable::Column as R;
    let of_invoice =
        receivable::Entity::belongs_to(invoice::Entity).from(R::InvoiceId).to(invoice::Column::Id);
    let of_store = receivable::Entity::belongs_to(store::Entity).from(R::StoreId).to(store::Column::Id);
    let void = Query::select()
        .expr(Expr::value(1))
        .from(customer_credit::Entity)
        .and_where(
            Expr::col((customer_credit::Entity, customer_credit::Column::InvoiceId))
                .equals((receivable::Entity, R::InvoiceId)),
        )
        .and_where(customer_credit::Column::Kind.eq(CreditKind::Void.code()))
        .to_owned();
    let rows = receivable::Entity::find()
        .join(JoinType::InnerJoin, of_invoice.into())
        .join(JoinType::InnerJoin, of_store.into())
        .filter(which)
        .select_only()
        .columns([
            R::Id,
            R::InvoiceId,
            R::Kind,
            R::StoreId,
            R::CustomerId,
            R::AssociateId,
            R::InvoicedOn,
            R::PostedOn,
            R::DueOn,
            R::AmountMinor,
            R::OpenMinor,
            R::TouchedOn,
        ])
        .column(invoice::Column::Number)
        .column(store::Column::LegalEntityId)
        .column_as(Expr::exists(void), "voided")
        .order_by_asc(R::DueOn)
        .order_by_asc(R::Id)
        .into_model::<OpenRow>()
        .all(db.conn())
        .await?;
    rows.into_iter().map(OpenRow::open).collect()
}

fn is_open() -> Condition {
    Condition::all().add(receivable::Column::OpenMinor.gt(0))
}

/// What a customer owes.
///
/// # Errors
/// [`DbError`]
pub async fn open_of(db: &impl Read, customer: CustomerId) -> Result<Vec<OpenReceivable>, DbError> {
    let theirs = receivable::Column::CustomerId.in_subquery(known_as(customer));
    find(db, is_open().add(theirs)).await
}

/// What a customer owes, and these invoices of theirs whether open or not, so that a refusal can say why.
///
/// # Errors
/// [`DbError`]
pub async fn open_with(
    db: &impl Read,
    customer: CustomerId,
    named: &[InvoiceId],
) -> Result<Vec<OpenReceivable>, DbError> {
    let theirs = receivable::Column::CustomerId.in_subquery(known_as(customer));
    let named = receivable::Column::InvoiceId.is_in(named.iter().map(|id| id.0));
    find(db, Condition::all().add(theirs).add(is_open_or(named))).await
}

fn is_open_or(named: Expr) -> Condition {
    Condition::any().add(receivable::Column::OpenMinor.gt(0)).add(named)
}

/// All due dates of some invoices.
///
/// # Errors
/// [`DbError`]
pub async fn open_of_invoices(db: &impl Read, ids: &[InvoiceId]) -> Result<Vec<OpenReceivable>, DbError> {
    let named = receivable::Column::InvoiceId.is_in(ids.iter().map(|id| id.0));
    find(db, Condition::all().add(named)).await
}

/// The due dates of what is owed for some receipts: they were charged, or their check came back.
///
/// # Errors
/// [`DbError`]
pub async fn open_of_sales(db: &impl Read, sales: &BTreeSet<SaleId>) -> Result<Vec<OpenReceivable>, DbError> {
    if sales.is_empty() {
        return Ok(Vec::new());
    }
    let charged = invoice::Entity::find()
        .filter(invoice::Column::SaleId.is_in(sales.iter().map(|id| id.0)))
        .select_only()
        .column(invoice::Column::Id);
    let theirs = receivable::Column::InvoiceId.in_subquery(QueryTrait::into_query(charged));
    find(db, Condition::all().add(theirs)).await
}

/// What is open in a store, but for what is disputed.
///
/// # Errors
/// [`DbError`]
pub async fn undisputed_in_store(db: &impl Read, id: StoreId) -> Result<Vec<OpenReceivable>, DbError> {
    let disputed = receivable::Column::InvoiceId.not_in_subquery(QueryTrait::into_query(open_disputes()));
    find(db, is_open().add(receivable::Column::StoreId.eq(id.0)).add(disputed)).await
}
