//! Approvals given.

use crate::convert::code;
use crate::entity::approval;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::approval::Approval;
use domain::ids::{ApprovalId, EventId, PersonId, StoreId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, approval: &Approval) -> Result<(), DbError> {
    let row = approval::Model {
        id: approval.id.0,
        kind: approval.kind.code().to_owned(),
        store_id: approval.store_id.0,
        subject: approval.subject.clone(),
        asked_by: approval.asked_by.0,
        approved_by: approval.approved_by.0,
        reason: approval.reason.clone(),
        expires_at: approval.expires_at,
        used_by: approval.used_by.map(Into::into),
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn list_by_id(db: &impl Read, ids: &[ApprovalId]) -> Result<Vec<Approval>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = approval::Column::Id.is_in(ids.iter().map(|id| id.0));
    let rows = approval::Entity::find().filter(wanted).all(db.conn()).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Approval {
                id: ApprovalId(row.id),
                kind: code(&row.kind)?,
                store_id: StoreId(row.store_id),
                subject: row.subject,
                asked_by: PersonId(row.asked_by),
                approved_by: PersonId(row.approved_by),
                reason: row.reason,
                expires_at: row.expires_at,
                used_by: row.used_by.map(EventId),
            })
        })
        .collect()
}
