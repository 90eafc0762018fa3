//! Disputes, open and settled.

use crate::entity::{dispute, dispute_end, invoice};
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::known_as;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerId, DisputeId, InvoiceId, PersonId, StoreId};
use domain::receivable::collect::{Dispute, DisputeLine};
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// A dispute, and whether it is settled.
///
/// # Errors
/// [`DbError`]
pub async fn find_dispute(db: &impl Read, id: DisputeId) -> Result<Option<(Dispute, bool)>, DbError> {
    let Some(row) = dispute::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let end = dispute_end::Entity::find_by_id(id.0).one(db.conn()).await?;
    let dispute = Dispute {
        id,
        invoice_id: InvoiceId(row.invoice_id),
        customer_id: CustomerId(row.customer_id),
        store_id: StoreId(row.store_id),
        person_id: PersonId(row.person_id),
        reason: row.reason,
        opened_on: row.opened_on,
    };
    Ok(Some((dispute, end.is_some())))
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    invoice_id: Uuid,
    number: String,
    reason: String,
    opened_on: NaiveDate,
    person_id: Uuid,
    settled_on: Option<NaiveDate>,
    resolution: Option<String>,
}

/// The newest disputes of a customer.
///
/// # Errors
/// [`DbError`]
pub async fn list_disputes(db: &impl Read, customer: CustomerId) -> Result<Vec<DisputeLine>, DbError> {
    use dispute::Column as D;
    /// Those before are history that nobody reads.
    const MOST: u64 = 50;
    let ended =
        dispute::Entity::belongs_to(dispute_end::Entity).from(D::Id).to(dispute_end::Column::DisputeId);
    let about = dispute::Entity::belongs_to(invoice::Entity).from(D::InvoiceId).to(invoice::Column::Id);
    let rows = dispute::Entity::find()
        .join(JoinType::LeftJoin, ended.into())
        .join(JoinType::InnerJoin, about.into())
        .filter(D::CustomerId.in_subquery(known_as(customer)))
        .select_only()
        .columns([D::Id, D::InvoiceId, D::Reason, D::OpenedOn, D::PersonId])
        .column(invoice::Column::Number)
        .columns([dispute_end::Column::SettledOn, dispute_end::Column::Resolution])
        .order_by_desc(D::OpenedOn)
        .order_by_desc(D::Id)
        .limit(MOST)
        .into_model::<Row>()
        .all(db.conn())
        .await?;
    let names = audit::names(db).await?;
    let line = |row: Row| DisputeLine {
        id: DisputeId(row.id),
        invoice_id: InvoiceId(row.invoice_id),
        invoice: row.number,
        reason: row.reason,
        opened_on: row.opened_on,
        by: names.get(&row.person_id).cloned().unwrap_or_default(),
        settled: row.settled_on.zip(row.resolution),
    };
    Ok(rows.into_iter().map(line).collect())
}
