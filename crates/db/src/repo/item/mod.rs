//! Pieces and their stones.

mod row;
mod write;

pub use write::{insert_many, taken_tags, update, update_costs, update_many};

use row::{to_item, to_stone};

use crate::convert::{code, money};
use crate::entity::{item, item_move, lot_move, receipt_line, stone};
use crate::error::DbError;
use crate::repo::photo;
use crate::repo::search::{self, Where};
use crate::repo::style;
use crate::repo::vendor;
use crate::tx::{Read, WriteTx};
use domain::ids::{EventId, ItemId, StoreId};
use domain::item::{FindWord, find_words, still_typing};
use domain::item::{Item, ItemFilter, ItemPage, ItemStatus, ItemTotals, LotLine, MoveLine, Quantity, Stone};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A page of the pieces that fit, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &ItemFilter) -> Result<ItemPage<Item>, DbError> {
    let words = find_words(&filter.words);
    if words.is_empty() { list_all(db, filter).await } else { list_found(db, filter, &words).await }
}

/// Without words: a page and the sums of all, both from the index `item_listed`.
async fn list_all(db: &impl Read, filter: &ItemFilter) -> Result<ItemPage<Item>, DbError> {
    let mut which = Condition::all().add(item::Column::StoreId.is_in(filter.stores.iter().map(|id| id.0)));
    if let Some(kind) = filter.kind {
        which = which.add(item::Column::Kind.eq(kind.code()));
    }
    if let Some(status) = filter.status {
        which = which.add(item::Column::Status.eq(status.code()));
    }
    if let Some(of) = of_what(filter) {
        which = which.add(of);
    }
    let (count, totals) = count_and_sums(db, which.clone()).await?;
    let ids: Vec<Uuid> = item::Entity::find()
        .filter(which)
        .select_only()
        .column(item::Column::Id)
        .order_by_desc(item::Column::Id)
        .offset(filter.offset)
        .limit(filter.limit)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(ItemPage { items: in_order(db, &ids).await?, count, more: false, totals: Some(totals) })
}

/// Only pieces of a variation, of a vendor, or of one delivery.
fn of_what(filter: &ItemFilter) -> Option<Condition> {
    let variation = filter.variation.map(|id| item::Column::VariationId.eq(id.0));
    let vendor = filter.vendor.map(|id| item::Column::VendorId.eq(id.0));
    let receipt = filter.receipt.map(|id| {
        let came = receipt_line::Entity::find()
            .filter(receipt_line::Column::ReceiptId.eq(id.0))
            .select_only()
            .column(receipt_line::Column::ItemId);
        item::Column::Id.in_subquery(came.into_query())
    });
    let parts: Vec<_> = [variation, vendor, receipt].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.into_iter().fold(Condition::all(), Condition::add))
}

/// By words: what is found up to a bound, and its sums where the bound was not reached.
async fn list_found(
    db: &impl Read,
    filter: &ItemFilter,
    words: &[FindWord],
) -> Result<ItemPage<Item>, DbError> {
    /// Nobody turns twenty pages of a search; another word is quicker.
    const MOST_FOUND: usize = 1_000;
    let place =
        Where { stores: &filter.stores, status: filter.status, kind: filter.kind, not_in_case_of: None };
    let bound = MOST_FOUND as u64 + 1;
    let mut found = search::pieces(db, words, place, bound).await?;
    if found.is_empty()
        && let Some(words) = still_typing(words)
    {
        found = search::pieces(db, &words, place, bound).await?;
    }
    let more = found.len() > MOST_FOUND;
    found.truncate(MOST_FOUND);
    if let Some(of) = of_what(filter) {
        found = item::Entity::find()
            .select_only()
            .column(item::Column::Id)
            .filter(item::Column::Id.is_in(found))
            .filter(of)
            .into_tuple()
            .all(db.conn())
            .await?;
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    let totals = if more {
        None
    } else {
        let (_, totals) =
            count_and_sums(db, Condition::all().add(item::Column::Id.is_in(found.iter().copied()))).await?;
        Some(totals)
    };
    let skip = usize::try_from(filter.offset).unwrap_or(usize::MAX);
    let take = usize::try_from(filter.limit).unwrap_or(usize::MAX);
    let page: Vec<Uuid> = found.iter().copied().skip(skip).take(take).collect();
    Ok(ItemPage { items: in_order(db, &page).await?, count: found.len() as u64, more, totals })
}

/// What everything in a list would be sold for: of a lot, all that is there at the price of one unit. A cent or two
/// of rounding is no matter here.
const PRICE_OF_ALL: &str = "CAST(SUM(CASE WHEN lot_unit IS NULL THEN price_minor \
    WHEN lot_unit = 'piece' THEN price_minor * lot_pieces ELSE price_minor * lot_milli / 1000 END) AS bigint)";

async fn count_and_sums(db: &impl Read, which: Condition) -> Result<(u64, ItemTotals), DbError> {
    let query = item::Entity::find()
        .filter(which)
        .select_only()
        .column_as(Expr::cust("COUNT(*)"), "pieces")
        .column_as(Expr::cust(PRICE_OF_ALL), "price")
        .column_as(crate::tx::sum_minor(item::Column::CostMinor), "cost");
    let sums: Option<(i64, Option<i64>, Option<i64>)> = query.into_tuple().one(db.conn()).await?;
    let (count, price, cost) = sums.unwrap_or_default();
    let totals = ItemTotals { price: money(price.unwrap_or(0)), cost: Some(money(cost.unwrap_or(0))) };
    Ok((u64::try_from(count).unwrap_or(0), totals))
}

/// Pieces that have all the words in the stores that may be looked into, the best first: an exact tag or
/// serial, then what is in the case here, then the rest.
///
/// # Errors
/// [`DbError`]
pub async fn find(
    db: &impl Read,
    here: StoreId,
    stores: &[StoreId],
    typed: &str,
    limit: u64,
) -> Result<Vec<Item>, DbError> {
    /// A serial number is one maker's; the same from two makers is rare.
    const MOST_ALIKE: u64 = 100;
    let exact = typed.trim().to_uppercase();
    // Asked without the stores, which would lead the database to walk through all their pieces.
    let by_number: Vec<(Uuid, Uuid)> = item::Entity::find()
        .select_only()
        .column(item::Column::Id)
        .column(item::Column::StoreId)
        .filter(Condition::any().add(item::Column::Tag.eq(exact)).add(item::Column::Serial.eq(typed.trim())))
        .limit(MOST_ALIKE)
        .into_tuple()
        .all(db.conn())
        .await?;
    let may_see = |store: Uuid| stores.iter().any(|may| may.0 == store);
    let mut found: Vec<Uuid> =
        by_number.into_iter().filter(|(_, store)| may_see(*store)).map(|(id, _)| id).collect();
    let words = find_words(typed);
    let typing = still_typing(&words);
    for words in [Some(words), typing].into_iter().flatten() {
        if (found.len() as u64) < limit {
            found.extend(by_words(db, here, stores, &words, limit).await?);
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|id| seen.insert(*id));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    in_order(db, &found).await
}

/// What has all the words: first what is in the case here, then the rest.
async fn by_words(
    db: &impl Read,
    here: StoreId,
    stores: &[StoreId],
    words: &[FindWord],
    limit: u64,
) -> Result<Vec<Uuid>, DbError> {
    /// So few are found once and sorted here. Where there are more, enough of them are soon found twice.
    const FEW: u64 = 500;
    let anywhere = Where { stores, status: None, kind: None, not_in_case_of: None };
    let all = search::pieces(db, words, anywhere, FEW).await?;
    if (all.len() as u64) < FEW {
        let in_case: Vec<Uuid> = item::Entity::find()
            .select_only()
            .column(item::Column::Id)
            .filter(item::Column::Id.is_in(all.iter().copied()))
            .filter(item::Column::StoreId.eq(here.0))
            .filter(item::Column::Status.eq(ItemStatus::InStock.code()))
            .into_tuple()
            .all(db.conn())
            .await?;
        let in_case: BTreeSet<Uuid> = in_case.into_iter().collect();
        let (first, rest): (Vec<Uuid>, Vec<Uuid>) = all.into_iter().partition(|id| in_case.contains(id));
        return Ok(first.into_iter().chain(rest).collect());
    }
    let case = Where { stores: &[here], status: Some(ItemStatus::InStock), ..anywhere };
    let mut found = search::pieces(db, words, case, limit).await?;
    if (found.len() as u64) < limit {
        let rest = Where { not_in_case_of: Some(here), ..anywhere };
        found.extend(search::pieces(db, words, rest, limit).await?);
    }
    Ok(found)
}

/// Pieces by their ids, in that order.
async fn in_order(db: &impl Read, ids: &[Uuid]) -> Result<Vec<Item>, DbError> {
    let rows =
        item::Entity::find().filter(item::Column::Id.is_in(ids.iter().copied())).all(db.conn()).await?;
    let mut items: BTreeMap<Uuid, Item> =
        with_stones(db, rows).await?.into_iter().map(|item| (item.id.0, item)).collect();
    Ok(ids.iter().filter_map(|id| items.remove(id)).collect())
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: ItemId) -> Result<Option<Item>, DbError> {
    let row = item::Entity::find_by_id(id.0).one(db.conn()).await?;
    Ok(with_stones(db, row.into_iter().collect()).await?.pop())
}

/// # Errors
/// [`DbError`]
pub async fn get_many(db: &impl Read, ids: &[ItemId]) -> Result<Vec<Item>, DbError> {
    let rows =
        item::Entity::find().filter(item::Column::Id.is_in(ids.iter().map(|id| id.0))).all(db.conn()).await?;
    with_stones(db, rows).await
}

async fn with_stones(db: &impl Read, rows: Vec<item::Model>) -> Result<Vec<Item>, DbError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut stones: BTreeMap<Uuid, Vec<Stone>> = BTreeMap::new();
    let query = stone::Entity::find().filter(stone::Column::ItemId.is_in(rows.iter().map(|row| row.id)));
    for row in
        query.order_by_asc(stone::Column::ItemId).order_by_asc(stone::Column::Position).all(db.conn()).await?
    {
        stones.entry(row.item_id).or_default().push(to_stone(row)?);
    }
    let variations = style::tags_of(db, rows.iter().filter_map(|row| row.variation_id).collect()).await?;
    let vendors = vendor::tags_of(db, rows.iter().filter_map(|row| row.vendor_id).collect()).await?;
    let mut photos = photo::first_of(db, rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let (stones, photo) = (stones.remove(&row.id).unwrap_or_default(), photos.remove(&row.id));
            let variation = row.variation_id.and_then(|id| variations.get(&id).cloned());
            let vendor = row.vendor_id.and_then(|id| vendors.get(&id).cloned());
            to_item(row, stones, variation, vendor, photo)
        })
        .collect()
}

/// Pieces and lots of a store by their tags.
///
/// # Errors
/// [`DbError`]
pub async fn by_tags(db: &impl Read, store: StoreId, tags: &BTreeSet<String>) -> Result<Vec<Item>, DbError> {
    let rows = item::Entity::find()
        .filter(item::Column::Tag.is_in(tags))
        .filter(item::Column::StoreId.eq(store.0))
        .all(db.conn())
        .await?;
    with_stones(db, rows).await
}

/// The steps of a piece, oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_moves(db: &impl Read, id: ItemId) -> Result<Vec<MoveLine>, DbError> {
    /// A piece that moved more often than this shows its first moves only.
    const MOST: u64 = 500;
    let query = item_move::Entity::find().filter(item_move::Column::ItemId.eq(id.0));
    let rows = query.order_by_asc(item_move::Column::Version).limit(MOST).all(db.conn()).await?;
    rows.into_iter()
        .map(|row| {
            Ok(MoveLine {
                event: EventId(row.event_id),
                from: code(&row.from_status)?,
                to: code(&row.to_status)?,
            })
        })
        .collect()
}

/// The steps of goods that are alike, the last ones, oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_steps(db: &impl Read, id: ItemId) -> Result<Vec<LotLine>, DbError> {
    /// Older ones stand in the journal.
    const MOST: u64 = 100;
    let query = lot_move::Entity::find().filter(lot_move::Column::ItemId.eq(id.0));
    let mut rows = query.order_by_desc(lot_move::Column::Version).limit(MOST).all(db.conn()).await?;
    rows.reverse();
    let line = |row: lot_move::Model| {
        let after = Quantity { pieces: row.pieces_after, milli: row.milli_after };
        Ok(LotLine {
            event: EventId(row.event_id),
            reason: code(&row.reason)?,
            before: Quantity { pieces: after.pieces - row.pieces, milli: after.milli - row.milli },
            after,
            cost: Some(money(row.cost_minor)),
        })
    };
    rows.into_iter().map(line).collect()
}

/// A piece that nobody else changes until this is written.
///
/// # Errors
/// [`DbError`]
pub async fn get_locked(tx: &WriteTx, id: ItemId) -> Result<Option<Item>, DbError> {
    super::sale::lock_items(tx, &BTreeSet::from([id])).await?;
    get(tx, id).await
}

/// Fills the table of moves that the database allows; moves that are there stay.
///
/// # Errors
/// [`DbError`]
pub async fn insert_transitions(tx: &WriteTx) -> Result<(), DbError> {
    use crate::entity::item_transition as t;
    let rows = domain::item::transitions().map(|(from, to)| {
        t::Model { from_status: from.code().to_owned(), to_status: to.code().to_owned() }.into_active_model()
    });
    let nothing = sea_orm::sea_query::OnConflict::columns([t::Column::FromStatus, t::Column::ToStatus])
        .do_nothing()
        .to_owned();
    t::Entity::insert_many(rows).on_conflict(nothing).exec_without_returning(&tx.tx).await?;
    Ok(())
}
