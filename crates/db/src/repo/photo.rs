//! Which photos a piece has. The files are somebody else's.

use crate::entity::{item, item_photo};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ids::{ItemId, StoreId};
use domain::photo::{Photo, PhotoName};
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn name(bytes: &[u8]) -> Result<PhotoName, DbError> {
    PhotoName::from_bytes(bytes).map_err(DbError::corrupt)
}

fn read(row: &item_photo::Model) -> Result<Photo, DbError> {
    Ok(Photo {
        name: name(&row.digest)?,
        small: name(&row.small_digest)?,
        width: u32::try_from(row.width).map_err(DbError::corrupt)?,
        height: u32::try_from(row.height).map_err(DbError::corrupt)?,
    })
}

/// The photos of a piece in their order.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, item: ItemId) -> Result<Vec<Photo>, DbError> {
    let rows = item_photo::Entity::find()
        .filter(item_photo::Column::ItemId.eq(item.0))
        .order_by_asc(item_photo::Column::Position)
        .all(db.conn())
        .await?;
    rows.iter().map(read).collect()
}

/// The first photo of each of these pieces that has one.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn first_of(
    db: &impl Read,
    items: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Photo>, DbError> {
    let rows = item_photo::Entity::find()
        .filter(item_photo::Column::ItemId.is_in(items))
        .filter(item_photo::Column::Position.eq(0))
        .all(db.conn())
        .await?;
    rows.iter().map(|row| Ok((row.item_id, read(row)?))).collect()
}

/// Gives a piece these photos and no others. The piece is locked, so that nobody else does so meanwhile.
///
/// # Errors
/// [`DbError`]
pub async fn replace(tx: &WriteTx, item: ItemId, photos: &[Photo]) -> Result<(), DbError> {
    item_photo::Entity::delete_many().filter(item_photo::Column::ItemId.eq(item.0)).exec(&tx.tx).await?;
    let row = |(position, photo): (i64, &Photo)| item_photo::Model {
        item_id: item.0,
        position,
        digest: photo.name.bytes().to_vec(),
        small_digest: photo.small.bytes().to_vec(),
        width: i64::from(photo.width),
        height: i64::from(photo.height),
    };
    tx.insert_all((0..).zip(photos).map(row).collect()).await
}

/// The stores that have a piece with this photo, large or small.
///
/// # Errors
/// [`DbError`]
pub async fn stores_of(db: &impl Read, photo: &PhotoName) -> Result<BTreeSet<StoreId>, DbError> {
    use item_photo::Column as C;
    let digest = photo.bytes().to_vec();
    let piece = item_photo::Entity::belongs_to(item::Entity).from(C::ItemId).to(item::Column::Id);
    let stores: Vec<Uuid> = item_photo::Entity::find()
        .join(JoinType::InnerJoin, piece.into())
        .filter(Condition::any().add(C::Digest.eq(digest.clone())).add(C::SmallDigest.eq(digest)))
        .select_only()
        .column(item::Column::StoreId)
        .distinct()
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(stores.into_iter().map(StoreId).collect())
}

/// Every file that a piece names.
///
/// # Errors
/// [`DbError`]
pub async fn all_names(db: &impl Read) -> Result<BTreeSet<PhotoName>, DbError> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = item_photo::Entity::find()
        .select_only()
        .column(item_photo::Column::Digest)
        .column(item_photo::Column::SmallDigest)
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.iter().flat_map(|(large, small)| [large, small]).map(|digest| name(digest)).collect()
}
