//! What was said to customers about what they owe.

use crate::convert::{code, instant};
use crate::entity::collection_note;
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::known_as;
use crate::tx::Read;
use domain::ids::{CustomerId, EventId};
use domain::receivable::collect::ContactLine;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// The newest notes about collecting from a customer, those on merged cards too.
///
/// # Errors
/// [`DbError`]
pub async fn list_contacts(db: &impl Read, customer: CustomerId) -> Result<Vec<ContactLine>, DbError> {
    /// Those before are history that nobody reads.
    const MOST: u64 = 100;
    use collection_note::Column as N;
    let rows = collection_note::Entity::find()
        .filter(N::CustomerId.in_subquery(known_as(customer)))
        .order_by_desc(N::NotedAt)
        .order_by_desc(N::Id)
        .limit(MOST)
        .all(db.conn())
        .await?;
    let names = audit::names(db).await?;
    let line = |row: collection_note::Model| {
        Ok(ContactLine {
            id: EventId(row.id),
            kind: code(&row.kind)?,
            text: row.text,
            follow_up_on: row.follow_up_on,
            noted_at: instant(row.noted_at),
            by: names.get(&row.person_id).cloned().unwrap_or_default(),
        })
    };
    rows.into_iter().map(line).collect()
}
