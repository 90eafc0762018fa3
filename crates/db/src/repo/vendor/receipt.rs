//! Deliveries, their lines, and the bills they are on.

use crate::convert::{money, optional_code};
use crate::entity::{bill_receipt, goods_receipt, receipt_line, vendor_bill};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ids::{BillId, EventId, GoodsReceiptId, ItemId, PurchaseOrderId, StoreId, VendorId};
use domain::item::Quantity;
use domain::vendor::{GoodsReceipt, ReceiptLine, ReceiptSummary};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Writes a delivery. Its event and its pieces are written already.
///
/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, made: &GoodsReceipt, event: EventId) -> Result<(), DbError> {
    tx.insert_all(vec![goods_receipt::Model {
        id: made.id.0,
        number: made.number.clone(),
        store_id: made.store_id.0,
        vendor_id: made.vendor_id.0,
        order_id: made.order_id.map(Into::into),
        event_id: event.0,
        slip: made.slip.clone(),
        note: made.note.clone(),
        received_on: made.received_on,
        total_minor: made.total.minor(),
    }])
    .await?;
    let line = |line: &ReceiptLine| receipt_line::Model {
        receipt_id: made.id.0,
        position: line.position,
        item_id: line.item.0,
        order_line: line.order_line,
        unit: line.unit.map(|unit| unit.code().to_owned()),
        pieces: line.quantity.pieces,
        milli: line.quantity.milli,
        cost_minor: line.cost.minor(),
        freight_minor: line.freight.minor(),
    };
    tx.insert_all(made.lines.iter().map(line).collect()).await
}

/// Deliveries with their lines, in the order they came.
///
/// # Errors
/// [`DbError`]
pub async fn get_many(db: &impl Read, ids: &[GoodsReceiptId]) -> Result<Vec<GoodsReceipt>, DbError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = goods_receipt::Entity::find()
        .filter(goods_receipt::Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(goods_receipt::Column::Id)
        .all(db.conn())
        .await?;
    let lines = receipt_line::Entity::find()
        .filter(receipt_line::Column::ReceiptId.is_in(ids))
        .order_by_asc(receipt_line::Column::ReceiptId)
        .order_by_asc(receipt_line::Column::Position)
        .all(db.conn())
        .await?;
    let mut of: BTreeMap<Uuid, Vec<ReceiptLine>> = BTreeMap::new();
    for row in lines {
        of.entry(row.receipt_id).or_default().push(ReceiptLine {
            position: row.position,
            item: ItemId(row.item_id),
            order_line: row.order_line,
            unit: optional_code(row.unit.as_deref())?,
            quantity: Quantity { pieces: row.pieces, milli: row.milli },
            cost: money(row.cost_minor),
            freight: money(row.freight_minor),
        });
    }
    let receipt = |row: goods_receipt::Model| GoodsReceipt {
        lines: of.remove(&row.id).unwrap_or_default(),
        id: GoodsReceiptId(row.id),
        number: row.number,
        store_id: StoreId(row.store_id),
        vendor_id: VendorId(row.vendor_id),
        order_id: row.order_id.map(PurchaseOrderId),
        slip: row.slip,
        note: row.note,
        received_on: row.received_on,
        total: money(row.total_minor),
    };
    Ok(rows.into_iter().map(receipt).collect())
}

/// The bills that deliveries are on.
///
/// # Errors
/// [`DbError`]
pub async fn bills_of(
    db: &impl Read,
    ids: &[GoodsReceiptId],
) -> Result<BTreeMap<GoodsReceiptId, (BillId, String)>, DbError> {
    let rows = bill_receipt::Entity::find()
        .filter(bill_receipt::Column::ReceiptId.is_in(ids.iter().map(|id| id.0)))
        .all(db.conn())
        .await?;
    let numbers: BTreeMap<Uuid, String> = vendor_bill::Entity::find()
        .filter(vendor_bill::Column::Id.is_in(rows.iter().map(|row| row.bill_id)))
        .select_only()
        .columns([vendor_bill::Column::Id, vendor_bill::Column::Number])
        .into_tuple::<(Uuid, String)>()
        .all(db.conn())
        .await?
        .into_iter()
        .collect();
    let one = |row: bill_receipt::Model| {
        let number = numbers.get(&row.bill_id).cloned().unwrap_or_default();
        (GoodsReceiptId(row.receipt_id), (BillId(row.bill_id), number))
    };
    Ok(rows.into_iter().map(one).collect())
}

fn summary(row: goods_receipt::Model) -> ReceiptSummary {
    ReceiptSummary {
        id: GoodsReceiptId(row.id),
        number: row.number,
        store_id: StoreId(row.store_id),
        received_on: row.received_on,
        slip: row.slip,
        total: money(row.total_minor),
    }
}

/// Deliveries of a vendor that no bill came for, oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn not_billed(
    db: &impl Read,
    stores: &[StoreId],
    vendor: VendorId,
    limit: u64,
) -> Result<Vec<ReceiptSummary>, DbError> {
    let billed =
        Query::select().column(bill_receipt::Column::ReceiptId).from(bill_receipt::Entity).to_owned();
    let rows = goods_receipt::Entity::find()
        .filter(goods_receipt::Column::VendorId.eq(vendor.0))
        .filter(goods_receipt::Column::StoreId.is_in(stores.iter().map(|id| id.0)))
        .filter(goods_receipt::Column::Id.not_in_subquery(billed))
        .order_by_asc(goods_receipt::Column::Id)
        .limit(limit)
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(summary).collect())
}

/// What came on an order.
///
/// # Errors
/// [`DbError`]
pub async fn of_order(db: &impl Read, order: PurchaseOrderId) -> Result<Vec<ReceiptSummary>, DbError> {
    let rows = goods_receipt::Entity::find()
        .filter(goods_receipt::Column::OrderId.eq(order.0))
        .order_by_asc(goods_receipt::Column::Id)
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(summary).collect())
}

/// The deliveries on a bill.
///
/// # Errors
/// [`DbError`]
pub async fn of_bill(db: &impl Read, bill: BillId) -> Result<Vec<ReceiptSummary>, DbError> {
    let on_it = Query::select()
        .column(bill_receipt::Column::ReceiptId)
        .from(bill_receipt::Entity)
        .and_where(bill_receipt::Column::BillId.eq(bill.0))
        .to_owned();
    let rows = goods_receipt::Entity::find()
        .filter(goods_receipt::Column::Id.in_subquery(on_it))
        .order_by_asc(goods_receipt::Column::Id)
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(summary).collect())
}
