//! Which rows of which files are in a store already.

use crate::entity::{imported_stone, store};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ids::{EventId, ItemId, StoreId};
use domain::import::RowKey;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;

/// Makes a second import into the store wait until this transaction ends, so that of two runs of one file
/// each row is brought in by one. Sales do not wait for it.
///
/// # Errors
/// [`DbError`]
pub async fn lock_store(tx: &WriteTx, id: StoreId) -> Result<(), DbError> {
    if tx.locks_rows() {
        let query = store::Entity::find_by_id(id.0).select_only().column(store::Column::Id);
        query.lock(LockType::NoKeyUpdate).into_tuple::<uuid::Uuid>().one(&tx.tx).await?;
    }
    Ok(())
}

/// Which of these rows are in the store.
///
/// # Errors
/// [`DbError`]
pub async fn known(
    db: &impl Read,
    store: StoreId,
    keys: impl IntoIterator<Item = RowKey>,
) -> Result<BTreeSet<RowKey>, DbError> {
    let rows: Vec<Vec<u8>> = imported_stone::Entity::find()
        .select_only()
        .column(imported_stone::Column::Key)
        .filter(imported_stone::Column::StoreId.eq(store.0))
        .filter(imported_stone::Column::Key.is_in(keys.into_iter().map(|key| key.0.to_vec())))
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.into_iter().map(|key| key.try_into().map(RowKey).map_err(|_| DbError::corrupt("a key"))).collect()
}

/// Remembers which rows became which pieces.
///
/// # Errors
/// [`DbError::Conflict`] when one is there already.
pub async fn insert(
    tx: &WriteTx,
    store: StoreId,
    event: EventId,
    rows: &[(RowKey, ItemId)],
) -> Result<(), DbError> {
    let row = |(key, item): &(RowKey, ItemId)| imported_stone::Model {
        store_id: store.0,
        key: key.0.to_vec(),
        item_id: item.0,
        event_id: event.0,
    };
    tx.insert_all(rows.iter().map(row).collect()).await
}
