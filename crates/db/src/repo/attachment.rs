//! Papers attached to entries. The files are somebody else's.

use crate::convert::code;
use crate::entity::{attachment, attachment_withdrawal, manual_entry, recurring_entry, recurring_post};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::attachment::{AttachedTo, Attachment, Withdrawn};
use domain::ids::{AttachmentId, EntryId, EventId, RecurringId};
use domain::kept::KeptName;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn read(row: attachment::Model, withdrawn: Option<Withdrawn>) -> Result<Attachment, DbError> {
    let to = match (row.entry_id, row.recurring_id) {
        (Some(entry), None) => AttachedTo::Entry(EntryId(entry)),
        (None, Some(recurring)) => AttachedTo::Recurring(RecurringId(recurring)),
        _ => return Err(DbError::corrupt(row.id)),
    };
    Ok(Attachment {
        id: AttachmentId(row.id),
        to,
        position: u32::try_from(row.position).map_err(DbError::corrupt)?,
        file: KeptName::from_bytes(&row.digest).map_err(DbError::corrupt)?,
        name: row.name,
        kind: code(&row.kind)?,
        bytes: u64::try_from(row.bytes).map_err(DbError::corrupt)?,
        event: EventId(row.event_id),
        withdrawn,
    })
}

async fn with_withdrawals(db: &impl Read, rows: Vec<attachment::Model>) -> Result<Vec<Attachment>, DbError> {
    use attachment_withdrawal::Column as C;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let gone =
        attachment_withdrawal::Entity::find().filter(C::AttachmentId.is_in(ids)).all(db.conn()).await?;
    let gone = gone
        .into_iter()
        .map(|row| (row.attachment_id, Withdrawn { event: EventId(row.event_id), reason: row.reason }));
    let mut gone: BTreeMap<Uuid, Withdrawn> = gone.collect();
    rows.into_iter()
        .map(|row| {
            let withdrawn = gone.remove(&row.id);
            read(row, withdrawn)
        })
        .collect()
}

/// The papers of these entries, each entry's in their order.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, owners: &[Uuid]) -> Result<Vec<Attachment>, DbError> {
    if owners.is_empty() {
        return Ok(Vec::new());
    }
    let rows = attachment::Entity::find()
        .filter(attachment::Column::OwnerId.is_in(owners.iter().copied()))
        .order_by_asc(attachment::Column::OwnerId)
        .order_by_asc(attachment::Column::Position)
        .all(db.conn())
        .await?;
    with_withdrawals(db, rows).await
}

/// # Errors
/// [`DbError`]
pub async fn find(db: &impl Read, id: AttachmentId) -> Result<Option<Attachment>, DbError> {
    let row = attachment::Entity::find_by_id(id.0).all(db.conn()).await?;
    Ok(with_withdrawals(db, row).await?.pop())
}

/// Holds what papers belong to, so that nobody else attaches or withdraws one meanwhile; whether it is there, and for
/// an entry that it was posted by hand.
///
/// # Errors
/// [`DbError`]
pub async fn lock_owner(tx: &WriteTx, to: AttachedTo) -> Result<bool, DbError> {
    match to {
        AttachedTo::Entry(id) => {
            let mut query = manual_entry::Entity::find_by_id(id.0);
            if tx.locks_rows() {
                query = query.lock_exclusive();
            }
            Ok(query.one(&tx.tx).await?.is_some())
        }
        AttachedTo::Recurring(id) => {
            let mut query = recurring_entry::Entity::find_by_id(id.0);
            if tx.locks_rows() {
                query = query.lock_exclusive();
            }
            Ok(query.one(&tx.tx).await?.is_some())
        }
    }
}

/// Adds papers; the event that attaches them is written before.
///
/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, attached: &[Attachment]) -> Result<(), DbError> {
    let row = |one: &Attachment| {
        Ok(attachment::Model {
            id: one.id.0,
            owner_id: one.to.id(),
            entry_id: matches!(one.to, AttachedTo::Entry(_)).then_some(one.to.id()),
            recurring_id: matches!(one.to, AttachedTo::Recurring(_)).then_some(one.to.id()),
            position: i64::from(one.position),
            digest: one.file.bytes().to_vec(),
            name: one.name.clone(),
            kind: one.kind.code().to_owned(),
            bytes: i64::try_from(one.bytes).map_err(DbError::corrupt)?,
            event_id: one.event.0,
        })
    };
    tx.insert_all(attached.iter().map(row).collect::<Result<Vec<_>, DbError>>()?).await
}

/// Remembers that a paper was withdrawn.
///
/// # Errors
/// [`DbError::Conflict`] when it was before.
pub async fn insert_withdrawal(tx: &WriteTx, id: AttachmentId, withdrawn: &Withdrawn) -> Result<(), DbError> {
    let row = attachment_withdrawal::Model {
        attachment_id: id.0,
        event_id: withdrawn.event.0,
        reason: withdrawn.reason.clone(),
    };
    tx.insert_all(vec![row]).await
}

/// What comes every month and posted this event, if it did.
///
/// # Errors
/// [`DbError`]
pub async fn recurring_behind(db: &impl Read, event: EventId) -> Result<Option<RecurringId>, DbError> {
    let query = recurring_post::Entity::find().filter(recurring_post::Column::EventId.eq(event.0));
    Ok(query.one(db.conn()).await?.map(|row| RecurringId(row.recurring_id)))
}

/// Every file that is attached to something, with one of the events that attached it.
///
/// # Errors
/// [`DbError`]
pub async fn all_files(db: &impl Read) -> Result<BTreeMap<KeptName, EventId>, DbError> {
    use attachment::Column as C;
    let query = attachment::Entity::find().select_only().columns([C::Digest, C::EventId]);
    let rows: Vec<(Vec<u8>, Uuid)> = query.into_tuple().all(db.conn()).await?;
    rows.into_iter()
        .map(|(digest, event)| Ok((KeptName::from_bytes(&digest).map_err(DbError::corrupt)?, EventId(event))))
        .collect()
}

/// Every file of the store that something names: photos and papers.
///
/// # Errors
/// [`DbError`]
pub async fn all_kept(db: &impl Read) -> Result<BTreeSet<KeptName>, DbError> {
    let mut names = super::photo::all_names(db).await?;
    names.extend(all_files(db).await?.into_keys());
    Ok(names)
}
