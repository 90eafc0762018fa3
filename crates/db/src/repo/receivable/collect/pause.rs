//! Who is left in peace.

use crate::entity::{event, reminder_pause};
use crate::error::DbError;
use crate::repo::customer::known_as;
use crate::tx::Read;
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::ids::{CustomerId, EventId, InvoiceId, PersonId, StoreId};
use domain::receivable::collect::{MOST_PAUSE_DAYS, ReminderPause, in_force};
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    customer_id: Uuid,
    invoice_id: Option<Uuid>,
    store_id: Uuid,
    person_id: Uuid,
    until_on: NaiveDate,
    reason: String,
    recorded_at: DateTime<Utc>,
}

/// Pauses with the instant of each; those that are too old to hold on a day are left out.
pub(super) async fn rows(
    db: &impl Read,
    which: Condition,
    today: NaiveDate,
) -> Result<Vec<(DateTime<Utc>, ReminderPause)>, DbError> {
    use reminder_pause::Column as R;
    // A day more, because the calendar of the store may be ahead of its business date.
    let earliest = today.checked_sub_days(Days::new(MOST_PAUSE_DAYS + 1)).unwrap_or(today);
    let said = reminder_pause::Entity::belongs_to(event::Entity).from(R::Id).to(event::Column::Id);
    let rows = reminder_pause::Entity::find()
        .join(JoinType::InnerJoin, said.into())
        .filter(which)
        .filter(event::Column::BusinessDate.gte(earliest))
        .select_only()
        .columns([R::Id, R::CustomerId, R::InvoiceId, R::StoreId, R::PersonId, R::UntilOn, R::Reason])
        .column(event::Column::RecordedAt)
        .into_model::<Row>()
        .all(db.conn())
        .await?;
    let pause = |row: Row| {
        let pause = ReminderPause {
            id: EventId(row.id),
            customer_id: CustomerId(row.customer_id),
            invoice_id: row.invoice_id.map(InvoiceId),
            store_id: StoreId(row.store_id),
            person_id: PersonId(row.person_id),
            until_on: row.until_on,
            reason: row.reason,
        };
        (row.recorded_at, pause)
    };
    Ok(rows.into_iter().map(pause).collect())
}

/// The pauses of a customer that hold on a day.
///
/// # Errors
/// [`DbError`]
pub async fn list_pauses(
    db: &impl Read,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Vec<ReminderPause>, DbError> {
    let theirs = reminder_pause::Column::CustomerId.in_subquery(known_as(customer));
    Ok(in_force(rows(db, Condition::all().add(theirs), today).await?, today))
}
