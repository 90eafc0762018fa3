//! Open invoices and credits as they are listed, and whose they are.

use crate::convert::{code, money};
use crate::entity::{customer, customer_credit, dispute, dispute_end, invoice, receivable, store};
use crate::error::DbError;
use crate::repo::customer::known_as;
use crate::tx::{Read, WriteTx, sum_minor};
use chrono::{Datelike, NaiveDate};
use domain::customer::NamedCustomer;
use domain::ids::{CustomerCreditId, CustomerId, InvoiceId, StoreId};
use domain::receivable::{CreditLine, InvoiceKind, InvoiceLineItem, OpenReceivable};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct InvoiceSums {
    id: Uuid,
    number: String,
    kind: String,
    store_id: Uuid,
    invoiced_on: NaiveDate,
    next_due: NaiveDate,
    amount_minor: i64,
    open: Option<i64>,
    overdue: Option<i64>,
}

/// The open invoices of a customer, oldest due first.
///
/// # Errors
/// [`DbError`]
pub async fn list_open_invoices(
    db: &impl Read,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Vec<InvoiceLineItem>, DbError> {
    use invoice::Column as I;
    use receivable::Column as R;
    /// More than anybody pays by hand; the page of the account says how many there are.
    const MOST: u64 = 500;
    let overdue = Expr::case(R::DueOn.lt(today), Expr::col((receivable::Entity, R::OpenMinor)))
        .finally(Expr::value(0_i64))
        .sum()
        .cast_as("bigint");
    let of_invoice = receivable::Entity::belongs_to(invoice::Entity).from(R::InvoiceId).to(I::Id);
    let rows = receivable::Entity::find()
        .join(JoinType::InnerJoin, of_invoice.into())
        .filter(R::CustomerId.in_subquery(known_as(customer)))
        .filter(R::OpenMinor.gt(0))
        .select_only()
        .columns([I::Id, I::Number, I::Kind, I::StoreId, I::InvoicedOn, I::AmountMinor])
        .column_as(R::DueOn.min(), "next_due")
        .column_as(sum_minor((receivable::Entity, R::OpenMinor)), "open")
        .column_as(overdue, "overdue")
        .group_by(I::Id)
        .group_by(I::Number)
        .group_by(I::Kind)
        .group_by(I::StoreId)
        .group_by(I::InvoicedOn)
        .group_by(I::AmountMinor)
        .order_by_asc(R::DueOn.min())
        .order_by_asc(I::Id)
        .limit(MOST)
        .into_model::<InvoiceSums>()
        .all(db.conn())
        .await?;
    let disputed = disputed(db, rows.iter().map(|row| row.id).collect()).await?;
    let line = |row: InvoiceSums| {
        Ok(InvoiceLineItem {
            disputed: disputed.contains(&row.id),
            id: InvoiceId(row.id),
            number: row.number,
            kind: code(&row.kind)?,
            store_id: StoreId(row.store_id),
            invoiced_on: row.invoiced_on,
            due_on: row.next_due,
            amount: money(row.amount_minor),
            open: money(row.open.unwrap_or(0)),
            overdue: money(row.overdue.unwrap_or(0)),
        })
    };
    rows.into_iter().map(line).collect()
}

/// Those of some invoices that a customer does not agree with.
///
/// # Errors
/// [`DbError`]
pub async fn disputed(db: &impl Read, invoices: Vec<Uuid>) -> Result<BTreeSet<Uuid>, DbError> {
    let open: Vec<Uuid> = open_disputes()
        .filter(dispute::Column::InvoiceId.is_in(invoices))
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(open.into_iter().collect())
}

/// The invoices of disputes that are not settled.
pub(super) fn open_disputes() -> Select<dispute::Entity> {
    let ended = dispute_end::Entity::find().select_only().column(dispute_end::Column::DisputeId);
    dispute::Entity::find()
        .filter(dispute::Column::Id.not_in_subquery(QueryTrait::into_query(ended)))
        .select_only()
        .column(dispute::Column::InvoiceId)
}

/// The credits of a customer of which something is left, the oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_open_credits(db: &impl Read, customer: CustomerId) -> Result<Vec<CreditLine>, DbError> {
    use customer_credit::Column as C;
    const MOST: u64 = 200;
    let rows = customer_credit::Entity::find()
        .filter(C::CustomerId.in_subquery(known_as(customer)))
        .filter(C::LeftMinor.gt(0))
        .order_by_asc(C::Id)
        .limit(MOST)
        .all(db.conn())
        .await?;
    let line = |row: customer_credit::Model| {
        Ok(CreditLine {
            id: CustomerCreditId(row.id),
            kind: code(&row.kind)?,
            number: row.number,
            received_on: row.received_on,
            amount: money(row.amount_minor),
            left: money(row.left_minor),
        })
    };
    rows.into_iter().map(line).collect()
}

/// Customers by name and number, each under the id that was asked for.
///
/// # Errors
/// [`DbError`]
pub async fn names_of(
    db: &impl Read,
    ids: impl IntoIterator<Item = CustomerId>,
) -> Result<BTreeMap<CustomerId, NamedCustomer>, DbError> {
    let ids: BTreeSet<Uuid> = ids.into_iter().map(|id| id.0).collect();
    let rows: Vec<(Uuid, String, String)> = customer::Entity::find()
        .filter(customer::Column::Id.is_in(ids))
        .select_only()
        .columns([customer::Column::Id, customer::Column::Number, customer::Column::DisplayName])
        .into_tuple()
        .all(db.conn())
        .await?;
    let named = |(id, number, name)| (CustomerId(id), NamedCustomer { id: CustomerId(id), number, name });
    Ok(rows.into_iter().map(named).collect())
}

/// Counts what is open under the card that stands for each customer.
///
/// # Errors
/// [`DbError`]
pub async fn by_standing_card(db: &impl Read, open: &mut [OpenReceivable]) -> Result<(), DbError> {
    let stands = standing_cards(db, open.iter().map(|item| item.customer_id.0).collect()).await?;
    for item in open {
        if let Some(stands) = stands.get(&item.customer_id.0) {
            item.customer_id = CustomerId(*stands);
        }
    }
    Ok(())
}

/// The cards that stand for those of these that were merged.
pub(super) async fn standing_cards(
    db: &impl Read,
    ids: BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, Uuid>, DbError> {
    let merged: Vec<(Uuid, Option<Uuid>)> = customer::Entity::find()
        .filter(customer::Column::Id.is_in(ids))
        .filter(customer::Column::MergedInto.is_not_null())
        .select_only()
        .columns([customer::Column::Id, customer::Column::MergedInto])
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(merged.into_iter().filter_map(|(id, stands)| Some((id, stands?))).collect())
}

/// The customers whose finance charge of the month of a day was assessed already, by the cards that stand.
///
/// # Errors
/// [`DbError`]
pub async fn charged_in_month(
    db: &impl Read,
    store: StoreId,
    day: NaiveDate,
) -> Result<BTreeSet<CustomerId>, DbError> {
    use invoice::Column as I;
    let first = day.with_day(1).unwrap_or(day);
    let rows: Vec<Uuid> = invoice::Entity::find()
        .filter(I::StoreId.eq(store.0))
        .filter(I::PostedOn.gte(first))
        .filter(I::Kind.eq(InvoiceKind::FinanceCharge.code()))
        .select_only()
        .column(I::CustomerId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let stands = standing_cards(db, rows.iter().copied().collect()).await?;
    Ok(rows.into_iter().map(|id| CustomerId(stands.get(&id).copied().unwrap_or(id))).collect())
}

/// Makes whoever else decides about all accounts of a store wait. On `SQLite` there is one writer.
///
/// # Errors
/// [`DbError`]
pub async fn lock_store(tx: &WriteTx, id: StoreId) -> Result<(), DbError> {
    if tx.locks_rows() {
        let row = store::Entity::find_by_id(id.0).select_only().column(store::Column::Id);
        row.lock_exclusive().into_tuple::<Uuid>().one(&tx.tx).await?;
    }
    Ok(())
}
