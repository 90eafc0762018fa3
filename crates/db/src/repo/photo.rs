//! Which photos a piece has, or a variation. The files are somebody else's.

use crate::entity::{item, photo_use, variation};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ids::StoreId;
use domain::photo::{Photo, PhotoName, Pictured};
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn name(bytes: &[u8]) -> Result<PhotoName, DbError> {
    PhotoName::from_bytes(bytes).map_err(DbError::corrupt)
}

fn read(row: &photo_use::Model) -> Result<Photo, DbError> {
    Ok(Photo {
        name: name(&row.digest)?,
        small: name(&row.small_digest)?,
        width: u32::try_from(row.width).map_err(DbError::corrupt)?,
        height: u32::try_from(row.height).map_err(DbError::corrupt)?,
    })
}

/// The photos of pieces and variations, by their ids, each one's in their order.
///
/// # Errors
/// [`DbError`]
pub async fn list(
    db: &impl Read,
    owners: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Vec<Photo>>, DbError> {
    let rows = photo_use::Entity::find()
        .filter(photo_use::Column::OwnerId.is_in(owners))
        .order_by_asc(photo_use::Column::OwnerId)
        .order_by_asc(photo_use::Column::Position)
        .all(db.conn())
        .await?;
    let mut photos: BTreeMap<Uuid, Vec<Photo>> = BTreeMap::new();
    for row in &rows {
        photos.entry(row.owner_id).or_default().push(read(row)?);
    }
    Ok(photos)
}

/// The first photo of each of these pieces and variations that has one.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn first_of(
    db: &impl Read,
    owners: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Photo>, DbError> {
    let rows = photo_use::Entity::find()
        .filter(photo_use::Column::OwnerId.is_in(owners))
        .filter(photo_use::Column::Position.eq(0))
        .all(db.conn())
        .await?;
    rows.iter().map(|row| Ok((row.owner_id, read(row)?))).collect()
}

/// The photo that shows each of these styles: the first one of its first variation that has any.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn first_of_styles(
    db: &impl Read,
    styles: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, Photo>, DbError> {
    use variation::Column as V;
    let rows: Vec<(Uuid, Uuid)> = variation::Entity::find()
        .filter(V::StyleId.is_in(styles))
        .select_only()
        .columns([V::StyleId, V::Id])
        .order_by_asc(V::Position)
        .into_tuple()
        .all(db.conn())
        .await?;
    let mut photos = first_of(db, rows.iter().map(|(_, variation)| *variation)).await?;
    let mut shown = BTreeMap::new();
    for (style, variation) in rows {
        if let Some(photo) = photos.remove(&variation) {
            shown.entry(style).or_insert(photo);
        }
    }
    Ok(shown)
}

/// Gives a piece or a variation these photos and no others. It is locked, so that nobody else does so meanwhile.
///
/// # Errors
/// [`DbError`]
pub async fn replace(tx: &WriteTx, of: Pictured, photos: &[Photo]) -> Result<(), DbError> {
    take_off(tx, [of.id()]).await?;
    let row = |(position, photo): (i64, &Photo)| photo_use::Model {
        owner_id: of.id(),
        position,
        item_id: matches!(of, Pictured::Item(_)).then_some(of.id()),
        variation_id: matches!(of, Pictured::Variation(_)).then_some(of.id()),
        digest: photo.name.bytes().to_vec(),
        small_digest: photo.small.bytes().to_vec(),
        width: i64::from(photo.width),
        height: i64::from(photo.height),
    };
    tx.insert_all((0..).zip(photos).map(row).collect()).await
}

/// Takes all photos off these pieces and variations.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn take_off(tx: &WriteTx, owners: impl IntoIterator<Item = Uuid>) -> Result<(), DbError> {
    let all = photo_use::Entity::delete_many().filter(photo_use::Column::OwnerId.is_in(owners));
    all.exec(&tx.tx).await?;
    Ok(())
}

/// Where a photo is seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// The stores that have a piece with it.
    pub stores: BTreeSet<StoreId>,
    /// Whether it hangs on a variation: styles belong to all stores.
    pub on_variation: bool,
}

/// Where a photo is seen, large or small.
///
/// # Errors
/// [`DbError`]
pub async fn seen_at(db: &impl Read, photo: &PhotoName) -> Result<Seen, DbError> {
    use photo_use::Column as C;
    let digest = photo.bytes().to_vec();
    let piece = photo_use::Entity::belongs_to(item::Entity).from(C::ItemId).to(item::Column::Id);
    let stores: Vec<Option<Uuid>> = photo_use::Entity::find()
        .join(JoinType::LeftJoin, piece.into())
        .filter(Condition::any().add(C::Digest.eq(digest.clone())).add(C::SmallDigest.eq(digest)))
        .select_only()
        .column(item::Column::StoreId)
        .distinct()
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(Seen {
        on_variation: stores.contains(&None),
        stores: stores.into_iter().flatten().map(StoreId).collect(),
    })
}

/// Every file that a piece or a variation names.
///
/// # Errors
/// [`DbError`]
pub async fn all_names(db: &impl Read) -> Result<BTreeSet<PhotoName>, DbError> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = photo_use::Entity::find()
        .select_only()
        .column(photo_use::Column::Digest)
        .column(photo_use::Column::SmallDigest)
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.iter().flat_map(|(large, small)| [large, small]).map(|digest| name(digest)).collect()
}
