//! Styles, their variations, and what the stores have of them.

use crate::convert::{code, money, optional_code};
use crate::entity::{item, store, style, variation};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{StoreId, StyleId, VariationId};
use domain::item::{ItemStatus, PieceDetails, Quantity, Unit, search_tokens};
use domain::money::Money;
use domain::style::{Style, StyleLine, StylePage, Variation, VariationStock, VariationTag};
use domain::vendor::KnownVariation;
use sea_orm::sea_query::{Expr, JoinType, OnConflict};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What pieces know of their variations.
pub(crate) async fn tags_of(
    db: &impl Read,
    ids: BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, VariationTag>, DbError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let of_style =
        variation::Entity::belongs_to(style::Entity).from(variation::Column::StyleId).to(style::Column::Id);
    let rows: Vec<(Uuid, Uuid, String, String)> = variation::Entity::find()
        .join(JoinType::InnerJoin, of_style.into())
        .filter(variation::Column::Id.is_in(ids))
        .select_only()
        .columns([variation::Column::Id, variation::Column::StyleId])
        .column(style::Column::Number)
        .column(variation::Column::Sku)
        .into_tuple()
        .all(db.conn())
        .await?;
    let tag = |(id, style_id, style, sku)| {
        (id, VariationTag { id: VariationId(id), style_id: StyleId(style_id), style, sku })
    };
    Ok(rows.into_iter().map(tag).collect())
}

/// What a piece of a variation knows of it, and the variation itself.
///
/// # Errors
/// [`DbError`]
pub async fn variation(
    db: &impl Read,
    id: VariationId,
) -> Result<Option<(VariationTag, Variation)>, DbError> {
    let tag = tags_of(db, BTreeSet::from([id.0])).await?.remove(&id.0);
    let row = variation::Entity::find_by_id(id.0).one(db.conn()).await?;
    match tag.zip(row) {
        Some((tag, row)) => Ok(Some((tag, to_variation(row)?))),
        None => Ok(None),
    }
}

/// Variations by their SKUs, with what their style says of them.
///
/// # Errors
/// [`DbError`]
pub async fn by_skus(db: &impl Read, skus: &BTreeSet<String>) -> Result<Vec<KnownVariation>, DbError> {
    if skus.is_empty() {
        return Ok(Vec::new());
    }
    let rows = variation::Entity::find().filter(variation::Column::Sku.is_in(skus)).all(db.conn()).await?;
    let styles: BTreeMap<Uuid, style::Model> = style::Entity::find()
        .filter(style::Column::Id.is_in(rows.iter().map(|row| row.style_id)))
        .all(db.conn())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut known = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(style) = styles.get(&row.style_id) else { continue };
        let variation = to_variation(row)?;
        let tag = VariationTag {
            id: variation.id,
            style_id: StyleId(style.id),
            style: style.number.clone(),
            sku: variation.sku,
        };
        known.push(KnownVariation {
            tag,
            details: PieceDetails {
                kind: code(&style.kind)?,
                metal: variation.metal,
                karat: variation.karat,
                size: variation.size,
                brand: style.brand.clone(),
                note: variation.quality,
                ..PieceDetails::default()
            },
            taxability: code(&style.taxability)?,
            price: variation.price,
            cost: variation.cost,
            vendor_style: style.vendor_style.clone(),
        });
    }
    Ok(known)
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: StyleId) -> Result<Option<Style>, DbError> {
    let Some(row) = style::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let variations = variation::Entity::find()
        .filter(variation::Column::StyleId.eq(id.0))
        .order_by_asc(variation::Column::Position)
        .all(db.conn())
        .await?;
    Ok(Some(Style {
        id,
        number: row.number,
        name: row.name,
        kind: code(&row.kind)?,
        brand: row.brand,
        vendor_style: row.vendor_style,
        taxability: code(&row.taxability)?,
        note: row.note,
        variations: variations.into_iter().map(to_variation).collect::<Result<_, _>>()?,
        version: row.version,
    }))
}

fn to_variation(row: variation::Model) -> Result<Variation, DbError> {
    Ok(Variation {
        id: VariationId(row.id),
        sku: row.sku,
        metal: optional_code(row.metal.as_deref())?,
        karat: optional_code(row.karat.as_deref())?,
        quality: row.quality,
        size: row.size,
        price: money(row.price_minor),
        cost: row.cost_minor.map(money),
    })
}

#[derive(Debug, FromQueryResult)]
struct LineRow {
    id: Uuid,
    number: String,
    name: String,
    kind: String,
    variations: i64,
    lowest: Option<i64>,
    highest: Option<i64>,
}

/// Styles by number, or those that have all the words.
///
/// # Errors
/// [`DbError`]
pub async fn list(
    db: &impl Read,
    stores: &[StoreId],
    typed: &str,
    offset: u64,
    limit: u64,
) -> Result<StylePage, DbError> {
    let mut styles = style::Entity::find();
    for token in search_tokens(&[typed]) {
        let ids = crate::entity::search_term::Entity::find()
            .filter(search::begins_with(Found::Style, &token))
            .select_only()
            .column(crate::entity::search_term::Column::EntityId);
        styles = styles.filter(style::Column::Id.in_subquery(QueryTrait::into_query(ids)));
    }
    let count = styles.clone().count(db.conn()).await?;
    let of_style =
        style::Entity::belongs_to(variation::Entity).from(style::Column::Id).to(variation::Column::StyleId);
    let rows = styles
        .join(JoinType::LeftJoin, of_style.into())
        .select_only()
        .columns([style::Column::Id, style::Column::Number, style::Column::Name, style::Column::Kind])
        .column_as(Expr::col((variation::Entity, variation::Column::Id)).count(), "variations")
        .column_as(Expr::col((variation::Entity, variation::Column::PriceMinor)).min(), "lowest")
        .column_as(Expr::col((variation::Entity, variation::Column::PriceMinor)).max(), "highest")
        .group_by(style::Column::Id)
        .group_by(style::Column::Number)
        .group_by(style::Column::Name)
        .group_by(style::Column::Kind)
        .order_by_asc(style::Column::Number)
        .offset(offset)
        .limit(limit)
        .into_model::<LineRow>()
        .all(db.conn())
        .await?;
    let in_case = in_case(db, stores, rows.iter().map(|row| row.id).collect()).await?;
    let line = |row: LineRow| {
        Ok(StyleLine {
            in_case: in_case.get(&row.id).copied().unwrap_or(0),
            id: StyleId(row.id),
            number: row.number,
            name: row.name,
            kind: code(&row.kind)?,
            variations: row.variations,
            prices: row.lowest.map(money).zip(row.highest.map(money)),
        })
    };
    Ok(StylePage { styles: rows.into_iter().map(line).collect::<Result<_, DbError>>()?, count })
}

/// How many unique pieces of each style lie in the case.
async fn in_case(
    db: &impl Read,
    stores: &[StoreId],
    styles: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, i64>, DbError> {
    let of_item =
        item::Entity::belongs_to(variation::Entity).from(item::Column::VariationId).to(variation::Column::Id);
    let rows: Vec<(Uuid, i64)> = item::Entity::find()
        .join(JoinType::InnerJoin, of_item.into())
        .filter(variation::Column::StyleId.is_in(styles))
        .filter(item::Column::StoreId.is_in(stores.iter().map(|id| id.0)))
        .filter(item::Column::Status.eq(ItemStatus::InStock.code()))
        .filter(item::Column::LotUnit.is_null())
        .select_only()
        .column(variation::Column::StyleId)
        .column_as(item::Column::Id.count(), "pieces")
        .group_by(variation::Column::StyleId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

#[derive(Debug, FromQueryResult)]
struct StockRow {
    variation_id: Uuid,
    store_id: Uuid,
    store_name: String,
    status: String,
    lot_unit: Option<String>,
    things: i64,
    pieces: i64,
    milli: i64,
}

/// What the stores have of a style, variation by variation.
///
/// # Errors
/// [`DbError`]
pub async fn stock(db: &impl Read, id: StyleId, stores: &[StoreId]) -> Result<Vec<VariationStock>, DbError> {
    use item::Column as C;
    let of_item = item::Entity::belongs_to(variation::Entity).from(C::VariationId).to(variation::Column::Id);
    let of_store = item::Entity::belongs_to(store::Entity).from(C::StoreId).to(store::Column::Id);
    let rows = item::Entity::find()
        .join(JoinType::InnerJoin, of_item.into())
        .join(JoinType::InnerJoin, of_store.into())
        .filter(variation::Column::StyleId.eq(id.0))
        .filter(C::StoreId.is_in(stores.iter().map(|id| id.0)))
        .select_only()
        .columns([C::VariationId, C::StoreId, C::Status, C::LotUnit])
        .column_as(store::Column::Name, "store_name")
        .column_as(C::Id.count(), "things")
        .column_as(crate::tx::sum_minor(C::LotPieces), "pieces")
        .column_as(crate::tx::sum_minor(C::LotMilli), "milli")
        .group_by(C::VariationId)
        .group_by(C::StoreId)
        .group_by(store::Column::Name)
        .group_by(C::Status)
        .group_by(C::LotUnit)
        .into_model::<StockRow>()
        .all(db.conn())
        .await?;
    let mut stock: BTreeMap<(Uuid, Uuid), VariationStock> = BTreeMap::new();
    for row in rows {
        let status: ItemStatus = code(&row.status)?;
        let unit: Option<Unit> = optional_code(row.lot_unit.as_deref())?;
        let here = stock.entry((row.variation_id, row.store_id)).or_insert_with(|| VariationStock {
            variation: VariationId(row.variation_id),
            store: StoreId(row.store_id),
            store_name: row.store_name.clone(),
            in_case: 0,
            elsewhere: 0,
            lots: Vec::new(),
        });
        match (unit, status) {
            (Some(unit), _) => here.lots.push((unit, Quantity { pieces: row.pieces, milli: row.milli })),
            (None, ItemStatus::InStock) => here.in_case += row.things,
            (None, status) if status.is_on_hand() => here.elsewhere += row.things,
            (None, _) => {}
        }
    }
    Ok(stock.into_values().collect())
}

/// # Errors
/// [`DbError::Conflict`] when a number is taken.
pub async fn insert(tx: &WriteTx, made: &Style, now: DateTime<Utc>) -> Result<(), DbError> {
    tx.insert_all(vec![style::Model {
        id: made.id.0,
        number: made.number.clone(),
        name: made.name.clone(),
        kind: made.kind.code().to_owned(),
        brand: made.brand.clone(),
        vendor_style: made.vendor_style.clone(),
        taxability: made.taxability.code().to_owned(),
        note: made.note.clone(),
        version: made.version,
        created_at: now,
    }])
    .await?;
    tx.insert_all(rows(made)).await?;
    search::insert(tx, Found::Style, tokens(made).into_iter().map(|token| (made.id.0, token))).await
}

/// Writes a style over the one that was there at `from_version`: variations that are gone are deleted, the others
/// written anew.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile, or a number is taken.
pub async fn update(tx: &WriteTx, before: &Style, after: &Style, from_version: i64) -> Result<(), DbError> {
    use style::Column as S;
    use variation::Column as V;
    let updated = style::Entity::update_many()
        .col_expr(S::Number, Expr::value(after.number.clone()))
        .col_expr(S::Name, Expr::value(after.name.clone()))
        .col_expr(S::Kind, Expr::value(after.kind.code()))
        .col_expr(S::Brand, Expr::value(after.brand.clone()))
        .col_expr(S::VendorStyle, Expr::value(after.vendor_style.clone()))
        .col_expr(S::Taxability, Expr::value(after.taxability.code()))
        .col_expr(S::Note, Expr::value(after.note.clone()))
        .col_expr(S::Version, Expr::col(S::Version).add(1))
        .filter(S::Id.eq(after.id.0))
        .filter(S::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the style was changed meanwhile".to_owned()));
    }
    let stay: BTreeSet<Uuid> = after.variations.iter().map(|v| v.id.0).collect();
    let gone = before.variations.iter().map(|v| v.id.0).filter(|id| !stay.contains(id));
    variation::Entity::delete_many().filter(V::Id.is_in(gone)).exec(&tx.tx).await?;
    let written = rows(after).into_iter().map(IntoActiveModel::into_active_model);
    let there = OnConflict::column(V::Id)
        .update_columns([
            V::Position,
            V::Sku,
            V::Metal,
            V::Karat,
            V::Quality,
            V::Size,
            V::PriceMinor,
            V::CostMinor,
        ])
        .to_owned();
    variation::Entity::insert_many(written).on_conflict(there).exec_without_returning(&tx.tx).await?;
    search::replace(tx, Found::Style, after.id.0, &tokens(after)).await
}

/// Which of these variations pieces are of.
///
/// # Errors
/// [`DbError`]
pub async fn with_pieces(tx: &WriteTx, ids: Vec<VariationId>) -> Result<BTreeSet<VariationId>, DbError> {
    let found: Vec<Uuid> = item::Entity::find()
        .filter(item::Column::VariationId.is_in(ids.iter().map(|id| id.0)))
        .select_only()
        .column(item::Column::VariationId)
        .distinct()
        .into_tuple()
        .all(&tx.tx)
        .await?;
    Ok(found.into_iter().map(VariationId).collect())
}

fn rows(made: &Style) -> Vec<variation::Model> {
    let row = |(position, v): (i64, &Variation)| variation::Model {
        id: v.id.0,
        style_id: made.id.0,
        position,
        sku: v.sku.clone(),
        metal: v.metal.map(|metal| metal.code().to_owned()),
        karat: v.karat.map(|karat| karat.code().to_owned()),
        quality: v.quality.clone(),
        size: v.size.clone(),
        price_minor: v.price.minor(),
        cost_minor: v.cost.map(Money::minor),
    };
    (0_i64..).zip(&made.variations).map(row).collect()
}

/// The words a style is found by.
fn tokens(made: &Style) -> Vec<String> {
    let mut texts = vec![made.number.as_str(), made.name.as_str(), made.kind.label()];
    texts.extend([&made.brand, &made.vendor_style].into_iter().filter_map(Option::as_deref));
    texts.extend(made.variations.iter().map(|variation| variation.sku.as_str()));
    search_tokens(&texts)
}
