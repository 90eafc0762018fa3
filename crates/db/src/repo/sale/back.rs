//! What was sold and may come back, and what came back.

use crate::convert::{account, code, json, money, to_json, to_lot, to_portion};
use crate::entity::{item, return_line, sale, sale_line, sale_line_seller, sale_void};
use crate::error::DbError;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerId, ItemId, PersonId, SaleId, SaleLineId, StoreId};
use domain::item::{LotNow, Quantity};
use domain::rate::Rate;
use domain::sale::{Proof, ReturnedFacts, SaleFacts, SellerShare, SoldLine};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(Debug, FromQueryResult)]
struct SoldRow {
    id: Uuid,
    sale_id: Uuid,
    number: String,
    store_id: Uuid,
    customer_id: Option<Uuid>,
    business_date: NaiveDate,
    voided: Option<Uuid>,
    item_id: Uuid,
    tag: String,
    description: String,
    net_minor: i64,
    tax: String,
    tax_minor: i64,
    cost_minor: i64,
    unit: Option<String>,
    pieces: i64,
    milli: i64,
    unit_price_minor: Option<i64>,
    account_code: i64,
    status: String,
    version: i64,
    lot_unit: Option<String>,
    lot_pieces: i64,
    lot_milli: i64,
    lot_cost_minor: i64,
}

/// Lines that were sold, by their ids.
///
/// # Errors
/// [`DbError`]
pub async fn load_sold(db: &impl Read, lines: &[SaleLineId]) -> Result<Vec<SoldLine>, DbError> {
    sold(db, Condition::all().add(sale_line::Column::Id.is_in(lines.iter().map(|id| id.0)))).await
}

/// All lines of a receipt.
///
/// # Errors
/// [`DbError`]
pub async fn sold_by_number(db: &impl Read, number: &str) -> Result<Vec<SoldLine>, DbError> {
    sold(db, Condition::all().add(sale::Column::Number.eq(number))).await
}

/// The line on which a piece that is sold now left the store.
///
/// # Errors
/// [`DbError`]
pub async fn sold_by_tag(db: &impl Read, tag: &str) -> Result<Vec<SoldLine>, DbError> {
    let holder = Expr::col((item::Entity, item::Column::HolderId)).equals((sale::Entity, sale::Column::Id));
    sold(db, Condition::all().add(item::Column::Tag.eq(tag)).add(holder)).await
}

async fn sold(db: &impl Read, which: Condition) -> Result<Vec<SoldLine>, DbError> {
    use sale_line::Column as L;
    let rows = sale_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            sale_line::Entity::belongs_to(sale::Entity).from(L::SaleId).to(sale::Column::Id).into(),
        )
        .join(
            JoinType::InnerJoin,
            sale_line::Entity::belongs_to(item::Entity).from(L::ItemId).to(item::Column::Id).into(),
        )
        .join(
            JoinType::LeftJoin,
            sale_line::Entity::belongs_to(sale_void::Entity)
                .from(L::SaleId)
                .to(sale_void::Column::SaleId)
                .into(),
        )
        .filter(which)
        .select_only()
        .columns([
            L::Id,
            L::SaleId,
            L::ItemId,
            L::Tag,
            L::Description,
            L::NetMinor,
            L::Tax,
            L::TaxMinor,
            L::CostMinor,
            L::Unit,
            L::Pieces,
            L::Milli,
            L::UnitPriceMinor,
            L::AccountCode,
        ])
        .columns([
            sale::Column::Number,
            sale::Column::StoreId,
            sale::Column::CustomerId,
            sale::Column::BusinessDate,
        ])
        .columns([item::Column::Status, item::Column::Version])
        .columns([item::Column::LotUnit, item::Column::LotPieces, item::Column::LotMilli])
        .column_as(item::Column::CostMinor, "lot_cost_minor")
        .column_as(sale_void::Column::SaleId, "voided")
        .order_by_asc(L::SaleId)
        .order_by_asc(L::Position)
        .into_model::<SoldRow>()
        .all(db.conn())
        .await?;
    let mut sellers = sellers(db, rows.iter().map(|row| row.id).collect()).await?;
    let back = returned(db, rows.iter().map(|row| row.id).collect()).await?;
    let gifts = gifts(db, rows.iter().map(|row| row.sale_id).collect()).await?;
    rows.into_iter()
        .map(|row| {
            let lot = to_lot(row.lot_unit.as_deref(), row.lot_pieces, row.lot_milli)?;
            let back = back.get(&row.id).cloned().unwrap_or_default();
            Ok(SoldLine {
                line_id: SaleLineId(row.id),
                sale_id: SaleId(row.sale_id),
                number: row.number,
                store_id: StoreId(row.store_id),
                customer_id: row.customer_id.map(CustomerId),
                sold_on: row.business_date,
                voided: row.voided.is_some(),
                item_id: ItemId(row.item_id),
                tag: row.tag,
                description: row.description,
                net: money(row.net_minor),
                tax: json(&row.tax)?,
                tax_total: money(row.tax_minor),
                cost: money(row.cost_minor),
                sellers: sellers.remove(&row.id).unwrap_or_default(),
                returned_on: back.number,
                portion: to_portion(row.unit.as_deref(), row.pieces, row.milli, row.unit_price_minor)?,
                came_back: back.quantity,
                lot: lot.map(|lot| LotNow {
                    item: ItemId(row.item_id),
                    version: row.version,
                    lot,
                    cost: money(row.lot_cost_minor),
                }),
                inventory: account(row.account_code)?,
                gift: gifts.contains(&row.sale_id),
                status: code(&row.status)?,
                version: row.version,
            })
        })
        .collect()
}

/// Who sold which line, with which weight.
pub(super) async fn sellers(
    db: &impl Read,
    lines: Vec<Uuid>,
) -> Result<BTreeMap<Uuid, Vec<SellerShare>>, DbError> {
    let mut sellers: BTreeMap<Uuid, Vec<SellerShare>> = BTreeMap::new();
    let shares = sale_line_seller::Entity::find()
        .filter(sale_line_seller::Column::LineId.is_in(lines))
        .all(db.conn())
        .await?;
    for share in shares {
        let weight = Rate::from_ppm(share.weight_ppm);
        sellers
            .entry(share.line_id)
            .or_default()
            .push(SellerShare { person_id: PersonId(share.person_id), weight });
    }
    Ok(sellers)
}

/// What of a line came back so far, and the last receipt on which some did.
#[derive(Debug, Clone, Default)]
struct CameBack {
    number: Option<String>,
    quantity: Quantity,
}

async fn returned(db: &impl Read, lines: Vec<Uuid>) -> Result<BTreeMap<Uuid, CameBack>, DbError> {
    let rows = return_line::Entity::find()
        .filter(return_line::Column::LineId.is_in(lines))
        .order_by_asc(return_line::Column::SaleId)
        .all(db.conn())
        .await?;
    let numbers = numbers(db, rows.iter().map(|row| row.sale_id).collect()).await?;
    let mut back: BTreeMap<Uuid, CameBack> = BTreeMap::new();
    for row in rows {
        let so_far = back.entry(row.line_id).or_default();
        so_far.number = numbers.get(&row.sale_id).cloned();
        so_far.quantity.pieces += row.pieces;
        so_far.quantity.milli += row.milli;
    }
    Ok(back)
}

/// Those of the receipts on which a gift came back.
async fn gifts(db: &impl Read, receipts: BTreeSet<Uuid>) -> Result<BTreeSet<Uuid>, DbError> {
    let rows: Vec<Uuid> = return_line::Entity::find()
        .filter(return_line::Column::SaleId.is_in(receipts))
        .filter(return_line::Column::Proof.eq(Proof::GiftReceipt.code()))
        .select_only()
        .column(return_line::Column::SaleId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

async fn numbers(db: &impl Read, sales: BTreeSet<Uuid>) -> Result<BTreeMap<Uuid, String>, DbError> {
    if sales.is_empty() {
        return Ok(BTreeMap::new());
    }
    let query = sale::Entity::find().filter(sale::Column::Id.is_in(sales)).select_only();
    let rows: Vec<(Uuid, String)> =
        query.column(sale::Column::Id).column(sale::Column::Number).into_tuple().all(db.conn()).await?;
    Ok(rows.into_iter().collect())
}

/// What a receipt took back, as rows.
pub(super) fn rows(facts: &SaleFacts) -> Result<Vec<return_line::Model>, DbError> {
    let row = |(position, line): (i64, &ReturnedFacts)| {
        Ok(return_line::Model {
            line_id: line.line_id.0,
            sale_id: facts.id.0,
            position,
            item_id: line.item_id.0,
            condition: line.condition.code().to_owned(),
            proof: line.proof.code().to_owned(),
            net_minor: line.net.minor(),
            tax_minor: line.tax_total.minor(),
            tax: line.quantity.map(|_| to_json(&line.tax)).transpose()?,
            cost_minor: line.cost.minor(),
            fee_minor: line.fee.minor(),
            pieces: line.quantity.unwrap_or_default().pieces,
            milli: line.quantity.unwrap_or_default().milli,
        })
    };
    (0_i64..).zip(&facts.returned).map(row).collect()
}

/// What came back on a receipt.
pub(super) async fn on_receipt(db: &impl Read, id: SaleId) -> Result<Vec<ReturnedFacts>, DbError> {
    let back = return_line::Entity::find()
        .filter(return_line::Column::SaleId.eq(id.0))
        .order_by_asc(return_line::Column::Position)
        .all(db.conn())
        .await?;
    if back.is_empty() {
        return Ok(Vec::new());
    }
    let lines: Vec<SaleLineId> = back.iter().map(|row| SaleLineId(row.line_id)).collect();
    let sold: BTreeMap<Uuid, SoldLine> =
        load_sold(db, &lines).await?.into_iter().map(|line| (line.line_id.0, line)).collect();
    let facts = |row: return_line::Model| {
        let was =
            sold.get(&row.line_id).ok_or_else(|| DbError::corrupt("a line that came back was never sold"))?;
        Ok(ReturnedFacts {
            line_id: was.line_id,
            item_id: was.item_id,
            number: was.number.clone(),
            tag: was.tag.clone(),
            description: was.description.clone(),
            condition: code(&row.condition)?,
            proof: code(&row.proof)?,
            net: money(row.net_minor),
            tax: match &row.tax {
                Some(part) => json(part)?,
                None => was.tax.clone(),
            },
            tax_total: money(row.tax_minor),
            cost: money(row.cost_minor),
            fee: money(row.fee_minor),
            quantity: was.portion.map(|_| Quantity { pieces: row.pieces, milli: row.milli }),
            inventory: was.inventory,
            sellers: was.sellers.clone(),
        })
    };
    back.into_iter().map(facts).collect()
}

/// Whether any of these lines came back.
pub(super) async fn any_of(db: &impl Read, lines: Vec<Uuid>) -> Result<bool, DbError> {
    let query = return_line::Entity::find().filter(return_line::Column::LineId.is_in(lines)).select_only();
    let first: Option<Uuid> = query.column(return_line::Column::SaleId).into_tuple().one(db.conn()).await?;
    Ok(first.is_some())
}

/// The receipts on which lines came back, for those that did.
pub(super) async fn came_back(
    db: &impl Read,
    lines: Vec<Uuid>,
) -> Result<BTreeMap<SaleLineId, (SaleId, String)>, DbError> {
    let query = return_line::Entity::find().filter(return_line::Column::LineId.is_in(lines)).select_only();
    let rows: Vec<(Uuid, Uuid)> = query
        .column(return_line::Column::LineId)
        .column(return_line::Column::SaleId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let numbers = numbers(db, rows.iter().map(|(_, sale)| *sale).collect()).await?;
    let named = |(line, sale): (Uuid, Uuid)| {
        numbers.get(&sale).map(|number| (SaleLineId(line), (SaleId(sale), number.clone())))
    };
    Ok(rows.into_iter().filter_map(named).collect())
}
