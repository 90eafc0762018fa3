//! Orders to vendors.

use crate::convert::{code, json, money, to_json};
use crate::entity::{goods_receipt, purchase_line, purchase_order, receipt_line};
use crate::error::DbError;
use crate::tx::{Read, WriteTx, sum_minor};
use chrono::{DateTime, Utc};
use domain::ids::{PurchaseOrderId, StoreId, VendorId};
use domain::item::Quantity;
use domain::money::Money;
use domain::vendor::{Order, OrderFilter, OrderLine, OrderPage, OrderState, OrderSummary};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// An order with what came on each of its lines.
///
/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: PurchaseOrderId) -> Result<Option<Order>, DbError> {
    let Some(row) = purchase_order::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let of_receipt = receipt_line::Entity::belongs_to(goods_receipt::Entity)
        .from(receipt_line::Column::ReceiptId)
        .to(goods_receipt::Column::Id);
    let came: BTreeMap<i64, Quantity> = receipt_line::Entity::find()
        .join(JoinType::InnerJoin, of_receipt.into())
        .filter(goods_receipt::Column::OrderId.eq(id.0))
        .filter(receipt_line::Column::OrderLine.is_not_null())
        .select_only()
        .column(receipt_line::Column::OrderLine)
        .column_as(sum_minor(receipt_line::Column::Pieces), "pieces")
        .column_as(sum_minor(receipt_line::Column::Milli), "milli")
        .group_by(receipt_line::Column::OrderLine)
        .into_tuple::<(i64, i64, i64)>()
        .all(db.conn())
        .await?
        .into_iter()
        .map(|(line, pieces, milli)| (line, Quantity { pieces, milli }))
        .collect();
    let lines = purchase_line::Entity::find()
        .filter(purchase_line::Column::OrderId.eq(id.0))
        .order_by_asc(purchase_line::Column::Position)
        .all(db.conn())
        .await?;
    let line = |row: purchase_line::Model| {
        let received = came.get(&row.position).copied().unwrap_or_default();
        Ok(OrderLine { position: row.position, goods: json(&row.goods)?, received })
    };
    Ok(Some(Order {
        id,
        number: row.number,
        store_id: StoreId(row.store_id),
        vendor_id: VendorId(row.vendor_id),
        state: code(&row.state)?,
        expected_on: row.expected_on,
        placed_on: row.placed_on,
        note: row.note,
        lines: lines.into_iter().map(line).collect::<Result<_, DbError>>()?,
        version: row.version,
    }))
}

/// A page of orders, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &OrderFilter) -> Result<OrderPage, DbError> {
    use purchase_order::Column as C;
    let mut orders =
        purchase_order::Entity::find().filter(C::StoreId.is_in(filter.stores.iter().map(|id| id.0)));
    if let Some(vendor) = filter.vendor {
        orders = orders.filter(C::VendorId.eq(vendor.0));
    }
    if let Some(state) = filter.state {
        orders = orders.filter(C::State.eq(state.code()));
    }
    let count = orders.clone().count(db.conn()).await?;
    let rows = orders.order_by_desc(C::Id).offset(filter.offset).limit(filter.limit).all(db.conn()).await?;
    let vendors = super::tags_of(db, rows.iter().map(|row| row.vendor_id).collect()).await?;
    let summary = |row: purchase_order::Model| {
        Ok(OrderSummary {
            vendor: vendors.get(&row.vendor_id).map(|vendor| vendor.name.clone()).unwrap_or_default(),
            id: PurchaseOrderId(row.id),
            number: row.number,
            state: code(&row.state)?,
            expected_on: row.expected_on,
            total: money(row.total_minor),
        })
    };
    Ok(OrderPage { orders: rows.into_iter().map(summary).collect::<Result<_, DbError>>()?, count })
}

fn lines(order: &Order) -> Result<Vec<purchase_line::Model>, DbError> {
    let row = |line: &OrderLine| {
        Ok(purchase_line::Model {
            order_id: order.id.0,
            position: line.position,
            goods: to_json(&line.goods)?,
        })
    };
    order.lines.iter().map(row).collect()
}

fn total(order: &Order) -> Result<Money, DbError> {
    order.total().map_err(DbError::corrupt)
}

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, order: &Order, now: DateTime<Utc>) -> Result<(), DbError> {
    tx.insert_all(vec![purchase_order::Model {
        id: order.id.0,
        number: order.number.clone(),
        store_id: order.store_id.0,
        vendor_id: order.vendor_id.0,
        state: order.state.code().to_owned(),
        expected_on: order.expected_on,
        placed_on: order.placed_on,
        note: order.note.clone(),
        total_minor: total(order)?.minor(),
        version: order.version,
        created_at: now,
    }])
    .await?;
    tx.insert_all(lines(order)?).await
}

/// Writes an order with its lines over the one that was there at `from_version`.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &WriteTx, order: &Order, from_version: i64) -> Result<(), DbError> {
    use purchase_order::Column as C;
    let updated = purchase_order::Entity::update_many()
        .col_expr(C::State, Expr::value(order.state.code()))
        .col_expr(C::ExpectedOn, Expr::value(order.expected_on))
        .col_expr(C::PlacedOn, Expr::value(order.placed_on))
        .col_expr(C::Note, Expr::value(order.note.clone()))
        .col_expr(C::TotalMinor, Expr::value(total(order)?.minor()))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(order.id.0))
        .filter(C::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the order was changed meanwhile".to_owned()));
    }
    purchase_line::Entity::delete_many()
        .filter(purchase_line::Column::OrderId.eq(order.id.0))
        .exec(&tx.tx)
        .await?;
    tx.insert_all(lines(order)?).await
}

/// Goods came on an order: where it stands now. What came is told by the deliveries.
///
/// # Errors
/// [`DbError`]
pub async fn update_state(tx: &WriteTx, id: PurchaseOrderId, state: OrderState) -> Result<(), DbError> {
    use purchase_order::Column as C;
    purchase_order::Entity::update_many()
        .col_expr(C::State, Expr::value(state.code()))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
