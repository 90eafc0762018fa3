//! Pieces and their stones.

use crate::convert::{code, money, optional_code};
use crate::entity::{item, item_move, stone};
use crate::error::DbError;
use crate::repo::photo;
use crate::repo::search::{self, Found, Where};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{EventId, ItemId, StoreId};
use domain::item::{
    CaratMilli, Holder, Item, ItemFilter, ItemPage, ItemStatus, ItemTotals, MoveLine, PieceDetails, Stone,
    describe, search_tokens,
};
use domain::item::{FindWord, find_words, still_typing};
use domain::photo::Photo;
use domain::rate::Rate;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
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

async fn count_and_sums(db: &impl Read, which: Condition) -> Result<(u64, ItemTotals), DbError> {
    let query = item::Entity::find()
        .filter(which)
        .select_only()
        .column_as(Expr::cust("COUNT(*)"), "pieces")
        .column_as(crate::tx::sum_minor(item::Column::PriceMinor), "price")
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
    let mut photos = photo::first_of(db, rows.iter().map(|row| row.id)).await?;
    rows.into_iter()
        .map(|row| {
            let (stones, photo) = (stones.remove(&row.id).unwrap_or_default(), photos.remove(&row.id));
            to_item(row, stones, photo)
        })
        .collect()
}

fn to_item(row: item::Model, stones: Vec<Stone>, photo: Option<Photo>) -> Result<Item, DbError> {
    Ok(Item {
        id: ItemId(row.id),
        store_id: StoreId(row.store_id),
        tag: row.tag,
        taxability: code(&row.taxability)?,
        price: money(row.price_minor),
        cost: money(row.cost_minor),
        status: code(&row.status)?,
        holder: Holder { id: row.holder_id, until: row.held_until },
        version: row.version,
        photo,
        details: PieceDetails {
            kind: code(&row.kind)?,
            title: row.title,
            metal: optional_code(row.metal.as_deref())?,
            karat: optional_code(row.karat.as_deref())?,
            weight_mg: row.weight_mg,
            size: row.size,
            brand: row.brand,
            serial: row.serial,
            location: row.location,
            note: row.note,
            stones,
        },
    })
}

fn to_stone(row: stone::Model) -> Result<Stone, DbError> {
    Ok(Stone {
        kind: code(&row.kind)?,
        shape: code(&row.shape)?,
        count: row.count,
        carat: row.carat_milli.map(CaratMilli),
        color: row.color,
        clarity: row.clarity,
        cut: row.cut,
        origin: optional_code(row.origin.as_deref())?,
        treatment: row.treatment,
        lab: row.lab,
        report_number: row.report_number,
        measures: match (row.length_um, row.width_um, row.depth_um) {
            (Some(length), Some(width), Some(height)) => Some([length, width, height]),
            _ => None,
        },
        depth: row.depth_ppm.map(Rate::from_ppm),
        table: row.table_ppm.map(Rate::from_ppm),
    })
}

fn item_row(item: &Item, tokens: &[String], now: DateTime<Utc>) -> item::Model {
    let d = &item.details;
    item::Model {
        id: item.id.0,
        store_id: item.store_id.0,
        tag: item.tag.clone(),
        kind: d.kind.code().to_owned(),
        title: d.title.clone(),
        description: describe(d),
        metal: d.metal.map(|metal| metal.code().to_owned()),
        karat: d.karat.map(|karat| karat.code().to_owned()),
        weight_mg: d.weight_mg,
        size: d.size.clone(),
        brand: d.brand.clone(),
        serial: d.serial.clone(),
        location: d.location.clone(),
        note: d.note.clone(),
        taxability: item.taxability.code().to_owned(),
        price_minor: item.price.minor(),
        cost_minor: item.cost.minor(),
        status: item.status.code().to_owned(),
        holder_id: item.holder.id,
        held_until: item.holder.until,
        version: item.version,
        search_text: search::search_text(tokens),
        created_at: now,
    }
}

fn stone_rows(item: &Item) -> impl Iterator<Item = stone::Model> {
    (0_i64..).zip(&item.details.stones).map(|(position, s)| stone::Model {
        item_id: item.id.0,
        position,
        kind: s.kind.code().to_owned(),
        shape: s.shape.code().to_owned(),
        count: s.count,
        carat_milli: s.carat.map(|carat| carat.0),
        color: s.color.clone(),
        clarity: s.clarity.clone(),
        cut: s.cut.clone(),
        origin: s.origin.map(|origin| origin.code().to_owned()),
        treatment: s.treatment.clone(),
        lab: s.lab.clone(),
        report_number: s.report_number.clone(),
        length_um: s.measures.map(|[length, _, _]| length),
        width_um: s.measures.map(|[_, width, _]| width),
        depth_um: s.measures.map(|[_, _, height]| height),
        depth_ppm: s.depth.map(Rate::ppm),
        table_ppm: s.table.map(Rate::ppm),
    })
}

/// The words a piece is found by.
fn tokens(item: &Item) -> Vec<String> {
    let d = &item.details;
    let description = describe(d);
    let mut texts = vec![item.tag.as_str(), description.as_str()];
    texts.extend(
        [&d.title, &d.brand, &d.serial, &d.size, &d.location].into_iter().filter_map(Option::as_deref),
    );
    for stone in &d.stones {
        texts.extend([&stone.cut, &stone.lab, &stone.report_number].into_iter().filter_map(Option::as_deref));
    }
    search_tokens(&texts)
}

/// Adds pieces with their stones and search words. Their moves out of nothing are written with the
/// record of the event.
///
/// # Errors
/// [`DbError::Conflict`] when a tag is taken.
pub async fn insert_many(tx: &WriteTx, items: &[Item], now: DateTime<Utc>) -> Result<(), DbError> {
    let words: Vec<Vec<String>> = items.iter().map(tokens).collect();
    tx.insert_all(items.iter().zip(&words).map(|(item, tokens)| item_row(item, tokens, now)).collect())
        .await?;
    tx.insert_all(items.iter().flat_map(stone_rows).collect()).await?;
    let words =
        items.iter().zip(words).flat_map(|(item, tokens)| tokens.into_iter().map(|token| (item.id.0, token)));
    search::insert(tx, Found::Item, words).await
}

/// Which of these tag numbers pieces have already.
///
/// # Errors
/// [`DbError`]
pub async fn taken_tags(db: &impl Read, tags: &[String]) -> Result<BTreeSet<String>, DbError> {
    let query = item::Entity::find().select_only().column(item::Column::Tag);
    let taken: Vec<String> = query.filter(item::Column::Tag.is_in(tags)).into_tuple().all(db.conn()).await?;
    Ok(taken.into_iter().collect())
}

/// Writes what is known of a piece over what was known at `from_version`. Status and holder change
/// only by moves.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &WriteTx, item: &Item, from_version: i64, now: DateTime<Utc>) -> Result<(), DbError> {
    use item::Column as C;
    let words = tokens(item);
    let row = item_row(item, &words, now);
    let updated = item::Entity::update_many()
        .col_expr(C::Tag, Expr::value(row.tag))
        .col_expr(C::Kind, Expr::value(row.kind))
        .col_expr(C::Title, Expr::value(row.title))
        .col_expr(C::Description, Expr::value(row.description))
        .col_expr(C::Metal, Expr::value(row.metal))
        .col_expr(C::Karat, Expr::value(row.karat))
        .col_expr(C::WeightMg, Expr::value(row.weight_mg))
        .col_expr(C::Size, Expr::value(row.size))
        .col_expr(C::Brand, Expr::value(row.brand))
        .col_expr(C::Serial, Expr::value(row.serial))
        .col_expr(C::Location, Expr::value(row.location))
        .col_expr(C::Note, Expr::value(row.note))
        .col_expr(C::Taxability, Expr::value(row.taxability))
        .col_expr(C::PriceMinor, Expr::value(row.price_minor))
        .col_expr(C::CostMinor, Expr::value(row.cost_minor))
        .col_expr(C::SearchText, Expr::value(row.search_text))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(item.id.0))
        .filter(C::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the piece was changed meanwhile".to_owned()));
    }
    stone::Entity::delete_many().filter(stone::Column::ItemId.eq(item.id.0)).exec(&tx.tx).await?;
    tx.insert_all(stone_rows(item).collect()).await?;
    search::replace(tx, Found::Item, item.id.0, &words).await
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
