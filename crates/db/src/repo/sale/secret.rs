//! Sales that are a secret for a while.

use crate::entity::{return_line, sale, sale_line, sale_secret, sale_void};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::NaiveDate;
use domain::ids::{EventId, SaleId, StoreId};
use domain::sale::{SaleStatus, SecretState};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The sales that are a secret on a day: what was said last counts.
pub(super) fn secret_on(today: NaiveDate) -> SelectStatement {
    use sale_secret::Column as S;
    let later = Alias::new("later");
    let of_later = |column: S| Expr::col((later.clone(), column));
    let of_this = |column: S| Expr::col((sale_secret::Entity, column));
    let said_later = Query::select()
        .expr(Expr::val(1))
        .from_as(sale_secret::Entity, later.clone())
        .and_where(of_later(S::SaleId).eq(of_this(S::SaleId)))
        .and_where(of_later(S::Version).gt(of_this(S::Version)))
        .to_owned();
    Query::select()
        .column((sale_secret::Entity, S::SaleId))
        .from(sale_secret::Entity)
        .and_where(of_this(S::UntilDate).gt(today))
        .and_where(Expr::exists(said_later).not())
        .to_owned()
}

/// The receipts on which something of a secret sale came back: they tell as much as the sale itself.
pub(super) fn took_back_secret_on(today: NaiveDate) -> SelectStatement {
    let line = |column: sale_line::Column| Expr::col((sale_line::Entity, column));
    Query::select()
        .column((return_line::Entity, return_line::Column::SaleId))
        .from(return_line::Entity)
        .inner_join(
            sale_line::Entity,
            line(sale_line::Column::Id).equals((return_line::Entity, return_line::Column::LineId)),
        )
        .and_where(line(sale_line::Column::SaleId).in_subquery(secret_on(today)))
        .to_owned()
}

/// Until when each of these sales is a secret, as it was said last; where something of a secret came back, until that
/// one's day.
///
/// # Errors
/// [`DbError`]
pub async fn until(db: &impl Read, sales: &[Uuid]) -> Result<BTreeMap<Uuid, NaiveDate>, DbError> {
    let from = return_line::Entity::belongs_to(sale_line::Entity)
        .from(return_line::Column::LineId)
        .to(sale_line::Column::Id);
    let back: Vec<(Uuid, Uuid)> = return_line::Entity::find()
        .join(JoinType::InnerJoin, from.into())
        .filter(return_line::Column::SaleId.is_in(sales.iter().copied()))
        .select_only()
        .column(return_line::Column::SaleId)
        .column(sale_line::Column::SaleId)
        .distinct()
        .into_tuple()
        .all(db.conn())
        .await?;
    let originals = back.iter().map(|(_, original)| *original);
    let asked: Vec<Uuid> = sales.iter().copied().chain(originals).collect();
    let mut until = said_last(db, &asked).await?;
    for (receipt, original) in back {
        if let Some(day) = until.get(&original).copied() {
            let longest = until.get(&receipt).map_or(day, |own| Ord::max(day, *own));
            until.insert(receipt, longest);
        }
    }
    Ok(until)
}

async fn said_last(db: &impl Read, sales: &[Uuid]) -> Result<BTreeMap<Uuid, NaiveDate>, DbError> {
    use sale_secret::Column as S;
    let said = sale_secret::Entity::find()
        .filter(S::SaleId.is_in(sales.iter().copied()))
        .order_by_asc(S::Version)
        .all(db.conn())
        .await?;
    let last: BTreeMap<Uuid, Option<NaiveDate>> =
        said.into_iter().map(|row| (row.sale_id, row.until_date)).collect();
    Ok(last.into_iter().filter_map(|(sale, until)| Some((sale, until?))).collect())
}

/// Where something was sold.
///
/// # Errors
/// [`DbError`]
pub async fn store_of(db: &impl Read, id: SaleId) -> Result<Option<StoreId>, DbError> {
    Ok(sale::Entity::find_by_id(id.0).one(db.conn()).await?.map(|row| StoreId(row.store_id)))
}

/// What keeping a sale a secret depends on, and how often something was said about it.
///
/// # Errors
/// [`DbError`]
pub async fn load_secret(
    tx: &WriteTx,
    id: SaleId,
    today: NaiveDate,
) -> Result<Option<(SecretState, u64)>, DbError> {
    super::lock(tx, &[id].into()).await?;
    let Some(row) = sale::Entity::find_by_id(id.0).one(&tx.tx).await? else { return Ok(None) };
    let voided = sale_void::Entity::find_by_id(id.0).one(&tx.tx).await?.is_some();
    let said = sale_secret::Entity::find().filter(sale_secret::Column::SaleId.eq(id.0)).count(&tx.tx).await?;
    let state = SecretState {
        status: if voided { SaleStatus::Voided } else { SaleStatus::Completed },
        has_customer: row.customer_id.is_some(),
        until: said_last(tx, &[id.0]).await?.remove(&id.0),
        today,
    };
    Ok(Some((state, said)))
}

/// # Errors
/// [`DbError`]
pub async fn insert_secret(
    tx: &WriteTx,
    sale: SaleId,
    said_before: u64,
    until: Option<NaiveDate>,
    event: EventId,
) -> Result<(), DbError> {
    let version = i64::try_from(said_before).map_err(DbError::corrupt)?.saturating_add(1);
    let row = sale_secret::Model { sale_id: sale.0, version, until_date: until, event_id: event.0 };
    tx.insert_all(vec![row]).await
}
