//! Saved mappings of files.

use crate::convert::{code, json, to_json};
use crate::entity::import_mapping::{Column, Entity, Model};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ids::{EventId, MappingId};
use domain::import::{ImportKind, MappingContent, columns_digest};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

/// A mapping as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    pub id: MappingId,
    pub name: String,
    pub content: MappingContent,
    pub version: i64,
    pub event: EventId,
}

/// A mapping as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingLine {
    pub id: MappingId,
    pub name: String,
    pub kind: ImportKind,
    pub columns_digest: Vec<u8>,
    pub version: i64,
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: MappingId) -> Result<Option<Mapping>, DbError> {
    Entity::find_by_id(id.0).one(db.conn()).await?.map(to_mapping).transpose()
}

/// The one of this name.
///
/// # Errors
/// [`DbError`]
pub async fn named(db: &impl Read, name: &str) -> Result<Option<Mapping>, DbError> {
    Entity::find().filter(Column::Name.eq(name)).one(db.conn()).await?.map(to_mapping).transpose()
}

/// Those for a kind of file, by name; or all of them.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, limit: u64) -> Result<Vec<MappingLine>, DbError> {
    let rows: Vec<(uuid::Uuid, String, String, Vec<u8>, i64)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name, Column::Kind, Column::ColumnsDigest, Column::Version])
        .order_by_asc(Column::Kind)
        .order_by_asc(Column::Name)
        .limit(limit)
        .into_tuple()
        .all(db.conn())
        .await?;
    let line = |(id, name, kind, columns_digest, version): (_, _, String, _, _)| {
        Ok(MappingLine { id: MappingId(id), name, kind: code(&kind)?, columns_digest, version })
    };
    rows.into_iter().map(line).collect()
}

/// # Errors
/// [`DbError`]
pub async fn count(db: &impl Read) -> Result<u64, DbError> {
    Ok(Entity::find().count(db.conn()).await?)
}

/// # Errors
/// [`DbError::Conflict`] when the name is taken.
pub async fn insert(tx: &WriteTx, mapping: &Mapping) -> Result<(), DbError> {
    tx.insert_all(vec![to_row(mapping)?]).await
}

/// Writes a mapping over what it was at `from_version`.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile, or the name is taken.
pub async fn update(tx: &WriteTx, mapping: &Mapping, from_version: i64) -> Result<(), DbError> {
    use sea_orm::sea_query::Expr;
    let row = to_row(mapping)?;
    let updated = Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name))
        .col_expr(Column::Kind, Expr::value(row.kind))
        .col_expr(Column::ColumnsDigest, Expr::value(row.columns_digest))
        .col_expr(Column::Content, Expr::value(row.content))
        .col_expr(Column::Version, Expr::value(row.version))
        .col_expr(Column::EventId, Expr::value(row.event_id))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected == 1 {
        Ok(())
    } else {
        Err(DbError::Conflict("the mapping was changed meanwhile".to_owned()))
    }
}

/// # Errors
/// [`DbError`]
pub async fn delete(tx: &WriteTx, id: MappingId) -> Result<(), DbError> {
    Entity::delete_by_id(id.0).exec(&tx.tx).await?;
    Ok(())
}

fn to_mapping(row: Model) -> Result<Mapping, DbError> {
    Ok(Mapping {
        id: MappingId(row.id),
        name: row.name,
        content: json(&row.content)?,
        version: row.version,
        event: EventId(row.event_id),
    })
}

fn to_row(mapping: &Mapping) -> Result<Model, DbError> {
    Ok(Model {
        id: mapping.id.0,
        name: mapping.name.clone(),
        kind: mapping.content.plan.kind.code().to_owned(),
        columns_digest: columns_digest(&mapping.content.headers).0.to_vec(),
        content: to_json(&mapping.content)?,
        version: mapping.version,
        event_id: mapping.event.0,
    })
}
