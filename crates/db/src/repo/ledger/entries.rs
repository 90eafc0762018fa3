//! Entries as they were posted, and the days they seal.

use crate::convert::{account as account_code, money};
use crate::entity::{customer, event, item, journal_entry, journal_line, manual_entry, sale};
use crate::error::DbError;
use crate::repo::manual;
use crate::tx::Read;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{
    CustomerId, EntryId, EventId, ItemId, JurisdictionId, LegalEntityId, PersonId, StoreId, TillId,
};
use domain::ledger::{Digest, Dimensions, Entry, EntryHeader, Line, Period};
use domain::moment::Moment;
use sea_orm::sea_query::{JoinType, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// An entry as stored, with the digest stored beside it.
#[derive(Debug, Clone)]
pub struct StoredEntry {
    pub entry: Entry,
    pub digest: Digest,
}

pub(crate) fn to_digest(bytes: &[u8]) -> Result<Digest, DbError> {
    bytes.try_into().map(Digest).map_err(|_| DbError::corrupt("a digest of the wrong length"))
}

/// The entries that an event posted.
///
/// # Errors
/// [`DbError`]
pub async fn entries_of_event(db: &impl Read, event: EventId) -> Result<Vec<Entry>, DbError> {
    let query = journal_entry::Entity::find().filter(journal_entry::Column::EventId.eq(event.0));
    let headers = query.order_by_asc(journal_entry::Column::Id).all(db.conn()).await?;
    Ok(with_lines(db, headers).await?.into_iter().map(|stored| stored.entry).collect())
}

/// A page of entries in the order of their ids, for reading the whole journal.
///
/// # Errors
/// [`DbError`]
pub async fn entries_after(
    db: &impl Read,
    after: Option<EntryId>,
    limit: u64,
) -> Result<Vec<StoredEntry>, DbError> {
    let mut query = journal_entry::Entity::find().order_by_asc(journal_entry::Column::Id).limit(limit);
    if let Some(after) = after {
        query = query.filter(journal_entry::Column::Id.gt(after.0));
    }
    let headers = query.all(db.conn()).await?;
    with_lines(db, headers).await
}

/// The same for the entries of some stores in a period: an entry by hand over several stores is in the books of
/// each of them.
///
/// # Errors
/// [`DbError`]
pub async fn entries_in_period(
    db: &impl Read,
    stores: &[StoreId],
    period: &Period,
    after: Option<EntryId>,
    limit: u64,
) -> Result<Vec<StoredEntry>, DbError> {
    let mut query = journal_entry::Entity::find()
        .filter(
            Condition::any()
                .add(journal_entry::Column::StoreId.is_in(stores.iter().map(|store| store.0)))
                .add(journal_entry::Column::Id.in_subquery(by_hand_in(stores))),
        )
        .order_by_asc(journal_entry::Column::Id)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(journal_entry::Column::Id.gt(after.0));
    }
    if let Some(from) = period.from() {
        query = query.filter(journal_entry::Column::BusinessDate.gte(from));
    }
    if let Some(to) = period.to() {
        query = query.filter(journal_entry::Column::BusinessDate.lte(to));
    }
    let headers = query.all(db.conn()).await?;
    with_lines(db, headers).await
}

fn by_hand_in(stores: &[StoreId]) -> SelectStatement {
    let on_entry = manual_entry::Entity::belongs_to(journal_line::Entity)
        .from(manual_entry::Column::EntryId)
        .to(journal_line::Column::EntryId);
    manual_entry::Entity::find()
        .join(JoinType::InnerJoin, on_entry.into())
        .filter(journal_line::Column::StoreId.is_in(stores.iter().map(|store| store.0)))
        .select_only()
        .column(manual_entry::Column::EntryId)
        .into_query()
}

/// One entry.
///
/// # Errors
/// [`DbError`]
pub async fn find_entry(db: &impl Read, id: EntryId) -> Result<Option<Entry>, DbError> {
    let header = journal_entry::Entity::find_by_id(id.0).all(db.conn()).await?;
    Ok(with_lines(db, header).await?.into_iter().map(|stored| stored.entry).next())
}

/// Which entries count toward the store day of their date: all but those by hand, which may carry any.
fn of_the_day() -> SimpleExpr {
    journal_entry::Column::Id.not_in_subquery(manual::ids())
}

/// The dates after one day and before another on which the store did something, in order.
///
/// # Errors
/// [`DbError`]
pub async fn dates_between(
    db: &impl Read,
    store: StoreId,
    after: Option<NaiveDate>,
    before: NaiveDate,
) -> Result<Vec<NaiveDate>, DbError> {
    let mut dates = journal_entry::Entity::find()
        .filter(journal_entry::Column::StoreId.eq(store.0))
        .filter(of_the_day())
        .filter(journal_entry::Column::BusinessDate.lt(before));
    if let Some(after) = after {
        dates = dates.filter(journal_entry::Column::BusinessDate.gt(after));
    }
    let dates = dates
        .order_by_asc(journal_entry::Column::BusinessDate)
        .select_only()
        .column(journal_entry::Column::BusinessDate)
        .distinct();
    Ok(dates.into_tuple().all(db.conn()).await?)
}

/// When the last entry of a store day was recorded.
///
/// # Errors
/// [`DbError`]
pub async fn last_recorded(
    db: &impl Read,
    store: StoreId,
    date: NaiveDate,
) -> Result<Option<DateTime<Utc>>, DbError> {
    let last = journal_entry::Entity::find()
        .filter(journal_entry::Column::StoreId.eq(store.0))
        .filter(journal_entry::Column::BusinessDate.eq(date))
        .filter(of_the_day())
        .order_by_desc(journal_entry::Column::RecordedAt)
        .select_only()
        .column(journal_entry::Column::RecordedAt);
    Ok(last.into_tuple().one(db.conn()).await?)
}

/// The digests of a store day, in order.
///
/// # Errors
/// [`DbError`]
pub async fn day_digests(
    db: &impl Read,
    store: StoreId,
    date: NaiveDate,
) -> Result<Vec<(EntryId, Digest)>, DbError> {
    let rows: Vec<(Uuid, Vec<u8>)> = journal_entry::Entity::find()
        .filter(journal_entry::Column::StoreId.eq(store.0))
        .filter(journal_entry::Column::BusinessDate.eq(date))
        .filter(of_the_day())
        .order_by_asc(journal_entry::Column::Id)
        .select_only()
        .column(journal_entry::Column::Id)
        .column(journal_entry::Column::Hash)
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.into_iter().map(|(id, hash)| Ok((EntryId(id), to_digest(&hash)?))).collect()
}

/// Words for the things that entries are about, by their ids.
///
/// # Errors
/// [`DbError`]
pub async fn words_for(db: &impl Read, entries: &[StoredEntry]) -> Result<BTreeMap<Uuid, String>, DbError> {
    let dimensions = || entries.iter().flat_map(|stored| &stored.entry.lines).map(|line| &line.dimensions);
    let items: BTreeSet<Uuid> = dimensions().filter_map(|d| d.item.map(Uuid::from)).collect();
    let customers: BTreeSet<Uuid> = dimensions().filter_map(|d| d.customer.map(Uuid::from)).collect();
    let documents: BTreeSet<Uuid> = dimensions().filter_map(|d| d.document).collect();
    let events: BTreeSet<Uuid> = entries.iter().map(|stored| stored.entry.header.event.0).collect();
    let conn = db.conn();
    let tags = item::Entity::find().filter(item::Column::Id.is_in(items));
    let tags = tags.select_only().column(item::Column::Id).column(item::Column::Tag);
    let numbers = customer::Entity::find().filter(customer::Column::Id.is_in(customers));
    let numbers = numbers.select_only().column(customer::Column::Id).column(customer::Column::Number);
    let receipts = sale::Entity::find().filter(sale::Column::Id.is_in(documents));
    let receipts = receipts.select_only().column(sale::Column::Id).column(sale::Column::Number);
    let summaries = event::Entity::find().filter(event::Column::Id.is_in(events));
    let summaries = summaries.select_only().column(event::Column::Id).column(event::Column::Summary);
    let mut words: BTreeMap<Uuid, String> = BTreeMap::new();
    words.extend(tags.into_tuple::<(Uuid, String)>().all(conn).await?);
    words.extend(numbers.into_tuple::<(Uuid, String)>().all(conn).await?);
    words.extend(receipts.into_tuple::<(Uuid, String)>().all(conn).await?);
    words.extend(summaries.into_tuple::<(Uuid, String)>().all(conn).await?);
    words.extend(crate::repo::audit::names(db).await?);
    Ok(words)
}

async fn with_lines(db: &impl Read, headers: Vec<journal_entry::Model>) -> Result<Vec<StoredEntry>, DbError> {
    let mut lines: BTreeMap<Uuid, Vec<Line>> = BTreeMap::new();
    if let (Some(first), Some(last)) = (headers.first(), headers.last()) {
        // Headers come sorted by id, so one range holds all their lines, and a few of others.
        let query = journal_line::Entity::find()
            .filter(journal_line::Column::EntryId.between(first.id, last.id))
            .order_by_asc(journal_line::Column::EntryId)
            .order_by_asc(journal_line::Column::LineNo);
        for row in query.all(db.conn()).await? {
            lines.entry(row.entry_id).or_default().push(to_line(&row)?);
        }
    }
    headers
        .into_iter()
        .map(|row| {
            Ok(StoredEntry {
                digest: to_digest(&row.hash)?,
                entry: Entry { lines: lines.remove(&row.id).unwrap_or_default(), header: to_header(row) },
            })
        })
        .collect()
}

fn to_header(row: journal_entry::Model) -> EntryHeader {
    EntryHeader {
        id: EntryId(row.id),
        event: EventId(row.event_id),
        legal_entity: LegalEntityId(row.legal_entity_id),
        store: StoreId(row.store_id),
        moment: Moment::new(row.recorded_at, row.business_date),
        narrative: row.narrative,
        reverses: row.reverses_id.map(EntryId),
    }
}

fn to_line(row: &journal_line::Model) -> Result<Line, DbError> {
    Ok(Line {
        account: account_code(row.account_code)?,
        amount: money(row.amount_minor),
        store: StoreId(row.store_id),
        dimensions: Dimensions {
            till: row.till_id.map(TillId),
            customer: row.customer_id.map(CustomerId),
            item: row.item_id.map(ItemId),
            document: row.document_id,
            associate: row.associate_id.map(PersonId),
            jurisdiction: row.jurisdiction_id.map(JurisdictionId),
        },
    })
}
