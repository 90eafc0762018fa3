//! Cards that stand for others.

use super::{duplicate, load_for_change, ties, words, write};
use crate::convert::{json, to_json};
use crate::entity::{customer, customer_merge, customer_unmerge};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::customer::{CustomerFile, MergedCard, Standing, ToMerge, survivors};
use domain::ids::{CustomerId, EventId, HouseholdId};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A merge as it is remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct MergeRow {
    pub event: EventId,
    pub loser: CustomerId,
    pub winner: CustomerId,
    pub before: Standing,
    pub after: Standing,
    pub undone: bool,
}

/// Exactly this card; nobody else changes it until this is written.
///
/// # Errors
/// [`DbError`]
pub async fn load_to_merge(tx: &WriteTx, id: CustomerId) -> Result<Option<ToMerge>, DbError> {
    let Some(card) = load_for_change(tx, id).await? else { return Ok(None) };
    type Ties = (Option<Uuid>, Option<Uuid>);
    let ties: Option<Ties> = customer::Entity::find_by_id(id.0)
        .select_only()
        .column(customer::Column::HouseholdId)
        .column(customer::Column::PartnerId)
        .into_tuple()
        .one(&tx.tx)
        .await?;
    let (household, partner) = ties.unwrap_or_default();
    Ok(Some(ToMerge {
        id: card.id,
        number: card.number,
        version: card.version,
        merged_into: card.merged_into,
        standing: Standing {
            file: card.file,
            household: household.map(HouseholdId),
            partner: partner.map(CustomerId),
        },
    }))
}

/// # Errors
/// [`DbError`]
pub async fn load_merge(db: &impl Read, event: EventId) -> Result<Option<MergeRow>, DbError> {
    let Some(row) = customer_merge::Entity::find_by_id(event.0).one(db.conn()).await? else {
        return Ok(None);
    };
    let undone = customer_unmerge::Entity::find_by_id(event.0).one(db.conn()).await?.is_some();
    Ok(Some(MergeRow {
        event,
        loser: CustomerId(row.loser_id),
        winner: CustomerId(row.winner_id),
        before: json(&row.before)?,
        after: json(&row.after)?,
        undone,
    }))
}

/// The cards that were merged right into this one, the last first.
///
/// # Errors
/// [`DbError`]
pub async fn list_merged(db: &impl Read, id: CustomerId) -> Result<Vec<MergedCard>, DbError> {
    use customer_merge::Column as M;
    let loser =
        customer_merge::Entity::belongs_to(customer::Entity).from(M::LoserId).to(customer::Column::Id);
    let rows: Vec<(Uuid, String, String)> = standing_merges()
        .join(JoinType::InnerJoin, loser.into())
        .filter(M::WinnerId.eq(id.0))
        .order_by_desc(M::EventId)
        .select_only()
        .column(M::EventId)
        .columns([customer::Column::Number, customer::Column::DisplayName])
        .into_tuple()
        .all(db.conn())
        .await?;
    let card = |(id, number, name)| MergedCard { merge_id: EventId(id), number, name };
    Ok(rows.into_iter().map(card).collect())
}

/// The merges that were not undone.
fn standing_merges() -> sea_orm::Select<customer_merge::Entity> {
    let undone = customer_merge::Entity::belongs_to(customer_unmerge::Entity)
        .from(customer_merge::Column::EventId)
        .to(customer_unmerge::Column::MergeId);
    customer_merge::Entity::find()
        .join(JoinType::LeftJoin, undone.into())
        .filter(customer_unmerge::Column::MergeId.is_null())
}

/// For whom each card that points to the winner of a merge stands once that merge is undone.
async fn without(tx: &WriteTx, merge: &MergeRow) -> Result<Vec<(CustomerId, Option<CustomerId>)>, DbError> {
    use customer_merge::Column as M;
    let pointing: Vec<Uuid> = customer::Entity::find()
        .filter(customer::Column::MergedInto.eq(merge.winner.0))
        .select_only()
        .column(customer::Column::Id)
        .into_tuple()
        .all(&tx.tx)
        .await?;
    let merges: Vec<(Uuid, Uuid)> = standing_merges()
        .filter(M::LoserId.is_in(pointing.iter().copied()))
        .filter(M::EventId.ne(merge.event.0))
        .select_only()
        .columns([M::LoserId, M::WinnerId])
        .into_tuple()
        .all(&tx.tx)
        .await?;
    let merges = merges.into_iter().map(|(loser, winner)| (CustomerId(loser), CustomerId(winner)));
    let stands = survivors(&merges.collect::<BTreeMap<_, _>>());
    let pointing = pointing.into_iter().map(CustomerId);
    Ok(pointing.map(|id| (id, stands.get(&id).copied())).collect())
}

/// The cards that the winner of a merge still stands for once that merge is undone.
///
/// # Errors
/// [`DbError`]
pub async fn still_merged(tx: &WriteTx, merge: &MergeRow) -> Result<Vec<CustomerFile>, DbError> {
    let mut files = Vec::new();
    for (id, into) in without(tx, merge).await? {
        if into == Some(merge.winner) {
            files.extend(load_for_change(tx, id).await?.map(|card| card.file));
        }
    }
    Ok(files)
}

/// Points one card to the other, and whatever pointed to it.
///
/// # Errors
/// [`DbError::Conflict`] when one of them was changed meanwhile.
pub async fn save_merge(
    tx: &WriteTx,
    event: EventId,
    (winner, loser): (&ToMerge, &ToMerge),
    after: &Standing,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    use customer::Column as C;
    let merged = customer::Entity::update_many()
        .col_expr(C::MergedInto, Expr::value(winner.id.0))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(loser.id.0).or(C::MergedInto.eq(loser.id.0)));
    merged.exec(&tx.tx).await?;
    let row = customer_merge::Model {
        event_id: event.0,
        loser_id: loser.id.0,
        winner_id: winner.id.0,
        before: to_json(&winner.standing)?,
        after: to_json(after)?,
    };
    tx.insert_all(vec![row]).await?;
    words::renew(tx, loser.id).await?;
    stand(tx, winner.id, winner.version, after).await?;
    ties::merged(tx, winner.id, loser.id, after).await?;
    for id in [loser.id, winner.id] {
        duplicate::find_duplicates(tx, id, now).await?;
    }
    Ok(())
}

/// Lets a card stand for itself again, with those that came with it.
///
/// # Errors
/// [`DbError::Conflict`] when the winner was changed meanwhile.
pub async fn save_undo(
    tx: &WriteTx,
    event: EventId,
    merge: &MergeRow,
    (winner, loser): (&ToMerge, &ToMerge),
    becomes: &Standing,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    use customer::Column as C;
    tx.insert_all(vec![customer_unmerge::Model { merge_id: merge.event.0, event_id: event.0 }]).await?;
    for (id, into) in without(tx, merge).await? {
        if into != Some(winner.id) {
            customer::Entity::update_many()
                .col_expr(C::MergedInto, Expr::value(into.map(|id| id.0)))
                .col_expr(C::Version, Expr::col(C::Version).add(1))
                .filter(C::Id.eq(id.0))
                .exec(&tx.tx)
                .await?;
        }
    }
    stand(tx, winner.id, winner.version, becomes).await?;
    ties::parted(tx, winner.id, loser, becomes).await?;
    words::renew(tx, loser.id).await?;
    for id in [winner.id, loser.id] {
        duplicate::find_duplicates(tx, id, now).await?;
    }
    Ok(())
}

/// Writes what a merge may change of the card that stands.
async fn stand(tx: &WriteTx, id: CustomerId, version: i64, standing: &Standing) -> Result<(), DbError> {
    write::update(tx, id, &standing.file, version).await?;
    customer::Entity::update_many()
        .col_expr(customer::Column::HouseholdId, Expr::value(standing.household.map(|id| id.0)))
        .col_expr(customer::Column::PartnerId, Expr::value(standing.partner.map(|id| id.0)))
        .filter(customer::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
