//! Sealed entries. This crate neither seals nor opens them.

use super::known_as;
use crate::convert::code;
use crate::entity::customer_private;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::customer::PrivateEntry;
use domain::ids::{CustomerId, PrivateId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    pub customer: CustomerId,
    pub entry: PrivateEntry,
    /// Which key sealed it.
    pub key_id: Vec<u8>,
    pub bytes: Vec<u8>,
}

/// The sealed entries of a customer, those on merged cards too, in the order they came.
///
/// # Errors
/// [`DbError`]
pub async fn list_private(db: &impl Read, id: CustomerId) -> Result<Vec<PrivateEntry>, DbError> {
    let rows = customer_private::Entity::find()
        .filter(customer_private::Column::CustomerId.in_subquery(known_as(id)))
        .order_by_asc(customer_private::Column::Id)
        .all(db.conn())
        .await?;
    rows.into_iter().map(|row| Ok(from_row(row)?.entry)).collect()
}

/// # Errors
/// [`DbError`]
pub async fn find_private(db: &impl Read, id: PrivateId) -> Result<Option<Sealed>, DbError> {
    customer_private::Entity::find_by_id(id.0).one(db.conn()).await?.map(from_row).transpose()
}

/// Whether anything is sealed with a key, or with any but that one.
///
/// # Errors
/// [`DbError`]
pub async fn count_sealed(db: &impl Read, other_than: Option<&[u8]>) -> Result<u64, DbError> {
    let mut query = customer_private::Entity::find();
    if let Some(key) = other_than {
        query = query.filter(customer_private::Column::KeyId.ne(key));
    }
    Ok(query.count(db.conn()).await?)
}

/// # Errors
/// [`DbError`]
pub async fn insert_private(tx: &WriteTx, sealed: Vec<Sealed>) -> Result<(), DbError> {
    let row = |s: Sealed| customer_private::Model {
        id: s.entry.id.0,
        customer_id: s.customer.0,
        kind: s.entry.kind.code().to_owned(),
        of_whom: s.entry.of_whom,
        mask: s.entry.mask,
        key_id: s.key_id,
        sealed: s.bytes,
    };
    tx.insert_all(sealed.into_iter().map(row).collect()).await
}

/// Takes entries off a card, for good.
///
/// # Errors
/// [`DbError`]
pub async fn delete_private(tx: &WriteTx, ids: &[PrivateId]) -> Result<(), DbError> {
    customer_private::Entity::delete_many()
        .filter(customer_private::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .exec(&tx.tx)
        .await?;
    Ok(())
}

fn from_row(row: customer_private::Model) -> Result<Sealed, DbError> {
    Ok(Sealed {
        customer: CustomerId(row.customer_id),
        entry: PrivateEntry {
            id: PrivateId(row.id),
            kind: code(&row.kind)?,
            of_whom: row.of_whom,
            mask: row.mask,
        },
        key_id: row.key_id,
        bytes: row.sealed,
    })
}
