//! Entries that somebody posted by hand, numbered and sealed one over the other.

use crate::entity::{journal_entry, manual_entry};
use crate::error::DbError;
use crate::repo::ledger::{self, to_digest};
use crate::tx::{Read, WriteTx};
use domain::ids::{EntryId, EventId, LegalEntityId};
use domain::ledger::{BalancedEntry, Digest, ManualEntry, Original, chain_digest};
use sea_orm::sea_query::{JoinType, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The ids of all entries by hand, for a filter.
pub(crate) fn ids() -> SelectStatement {
    manual_entry::Entity::find().select_only().column(manual_entry::Column::EntryId).into_query()
}

/// Marks entries that were just written as posted by hand. Their numbers are drawn, so that nobody else adds to
/// the books of the company meanwhile.
///
/// # Errors
/// [`DbError`]
pub async fn insert(
    tx: &WriteTx,
    legal_entity: LegalEntityId,
    first_number: i64,
    entries: &[BalancedEntry],
) -> Result<(), DbError> {
    let before: Option<Vec<u8>> = manual_entry::Entity::find()
        .filter(manual_entry::Column::LegalEntityId.eq(legal_entity.0))
        .filter(manual_entry::Column::Number.eq(first_number - 1))
        .select_only()
        .column(manual_entry::Column::Seal)
        .into_tuple()
        .one(&tx.tx)
        .await?;
    let mut seal = before.as_deref().map(to_digest).transpose()?;
    let mut rows = Vec::with_capacity(entries.len());
    for (number, entry) in (first_number..).zip(entries.iter().map(BalancedEntry::entry)) {
        let next = chain_digest(seal, [(entry.header.id, entry.digest())]);
        rows.push(manual_entry::Model {
            entry_id: entry.header.id.0,
            legal_entity_id: legal_entity.0,
            number,
            seal: next.0.to_vec(),
        });
        seal = Some(next);
    }
    tx.insert_all(rows).await
}

/// Those of the entries of an event that were posted by hand, with what undid them.
///
/// # Errors
/// [`DbError`]
pub async fn of_event(db: &impl Read, event: EventId) -> Result<Vec<ManualEntry>, DbError> {
    let of_event = journal_entry::Entity::find()
        .filter(journal_entry::Column::EventId.eq(event.0))
        .select_only()
        .column(journal_entry::Column::Id)
        .into_query();
    let rows = manual_entry::Entity::find()
        .filter(manual_entry::Column::EntryId.in_subquery(of_event.clone()))
        .order_by_asc(manual_entry::Column::Number)
        .all(db.conn())
        .await?;
    let undone: BTreeMap<Uuid, Uuid> = journal_entry::Entity::find()
        .filter(journal_entry::Column::ReversesId.in_subquery(of_event))
        .select_only()
        .column(journal_entry::Column::ReversesId)
        .column(journal_entry::Column::EventId)
        .into_tuple::<(Uuid, Uuid)>()
        .all(db.conn())
        .await?
        .into_iter()
        .collect();
    let shown = |row: manual_entry::Model| ManualEntry {
        entry: EntryId(row.entry_id),
        number: row.number,
        reversed_by: undone.get(&row.entry_id).copied().map(EventId),
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// An entry that somebody wants to undo, with what has become of it.
///
/// # Errors
/// [`DbError`]
pub async fn load_to_reverse(db: &impl Read, id: EntryId) -> Result<Option<Original>, DbError> {
    let Some(entry) = ledger::find_entry(db, id).await? else { return Ok(None) };
    let by_hand = manual_entry::Entity::find_by_id(id.0).count(db.conn()).await? > 0;
    let undone = journal_entry::Entity::find().filter(journal_entry::Column::ReversesId.eq(id.0));
    Ok(Some(Original { entry, by_hand, reversed: undone.count(db.conn()).await? > 0 }))
}

/// An entry by hand with its seal, and the digest stored with the entry.
#[derive(Debug, Clone, Copy)]
pub struct Sealed {
    pub legal_entity: LegalEntityId,
    pub number: i64,
    pub entry: EntryId,
    pub event: EventId,
    pub digest: Digest,
    pub seal: Digest,
}

/// All entries by hand, company by company, in the order of their numbers.
///
/// # Errors
/// [`DbError`]
pub async fn list_sealed(db: &impl Read) -> Result<Vec<Sealed>, DbError> {
    use manual_entry::Column as C;
    type Row = (Uuid, i64, Uuid, Vec<u8>, Uuid, Vec<u8>);
    let rows: Vec<Row> = manual_entry::Entity::find()
        .join(
            JoinType::InnerJoin,
            manual_entry::Entity::belongs_to(journal_entry::Entity)
                .from(C::EntryId)
                .to(journal_entry::Column::Id)
                .into(),
        )
        .select_only()
        .columns([C::LegalEntityId, C::Number, C::EntryId, C::Seal])
        .columns([journal_entry::Column::EventId, journal_entry::Column::Hash])
        .order_by_asc(C::LegalEntityId)
        .order_by_asc(C::Number)
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.into_iter()
        .map(|(legal_entity, number, entry, seal, event, hash)| {
            Ok(Sealed {
                legal_entity: LegalEntityId(legal_entity),
                number,
                entry: EntryId(entry),
                event: EventId(event),
                digest: to_digest(&hash)?,
                seal: to_digest(&seal)?,
            })
        })
        .collect()
}
