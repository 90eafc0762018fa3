//! Goods that went back to vendors, and the credits for them.

use crate::convert::{code, money, optional_code};
use crate::entity::{credit_use, vendor_credit, vendor_return, vendor_return_line};
use crate::error::DbError;
use crate::tx::{Read, WriteTx, sum_minor};
use domain::ids::{CreditId, EventId, ItemId, StoreId, VendorId, VendorReturnId};
use domain::item::Quantity;
use domain::vendor::{Credit, CreditLine, ReturnState, ReturnSummary, ReturnedLine, VendorReturn};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: VendorReturnId) -> Result<Option<VendorReturn>, DbError> {
    let Some(row) = vendor_return::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let lines = vendor_return_line::Entity::find()
        .filter(vendor_return_line::Column::ReturnId.eq(id.0))
        .order_by_asc(vendor_return_line::Column::Position)
        .all(db.conn())
        .await?;
    let line = |row: vendor_return_line::Model| {
        Ok(ReturnedLine {
            position: row.position,
            item: ItemId(row.item_id),
            unit: optional_code(row.unit.as_deref())?,
            quantity: Quantity { pieces: row.pieces, milli: row.milli },
            cost: money(row.cost_minor),
        })
    };
    Ok(Some(VendorReturn {
        id,
        number: row.number,
        store_id: StoreId(row.store_id),
        vendor_id: VendorId(row.vendor_id),
        reason: row.reason,
        sent_on: row.sent_on,
        state: code(&row.state)?,
        total: money(row.total_minor),
        lines: lines.into_iter().map(line).collect::<Result<_, DbError>>()?,
    }))
}

/// The returns to a vendor, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(
    db: &impl Read,
    stores: &[StoreId],
    vendor: VendorId,
    limit: u64,
) -> Result<Vec<ReturnSummary>, DbError> {
    let rows = vendor_return::Entity::find()
        .filter(vendor_return::Column::VendorId.eq(vendor.0))
        .filter(vendor_return::Column::StoreId.is_in(stores.iter().map(|id| id.0)))
        .order_by_desc(vendor_return::Column::Id)
        .limit(limit)
        .all(db.conn())
        .await?;
    let summary = |row: vendor_return::Model| {
        Ok(ReturnSummary {
            id: VendorReturnId(row.id),
            number: row.number,
            sent_on: row.sent_on,
            reason: row.reason,
            state: code(&row.state)?,
            total: money(row.total_minor),
        })
    };
    rows.into_iter().map(summary).collect()
}

/// Writes a return. Its event is written already.
///
/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, sent: &VendorReturn, event: EventId) -> Result<(), DbError> {
    tx.insert_all(vec![vendor_return::Model {
        id: sent.id.0,
        number: sent.number.clone(),
        store_id: sent.store_id.0,
        vendor_id: sent.vendor_id.0,
        reason: sent.reason.clone(),
        sent_on: sent.sent_on,
        state: sent.state.code().to_owned(),
        total_minor: sent.total.minor(),
        event_id: event.0,
    }])
    .await?;
    let line = |line: &ReturnedLine| vendor_return_line::Model {
        return_id: sent.id.0,
        position: line.position,
        item_id: line.item.0,
        unit: line.unit.map(|unit| unit.code().to_owned()),
        pieces: line.quantity.pieces,
        milli: line.quantity.milli,
        cost_minor: line.cost.minor(),
    };
    tx.insert_all(sent.lines.iter().map(line).collect()).await
}

/// The vendor has answered.
///
/// # Errors
/// [`DbError::Conflict`] when the return was closed before.
pub async fn close(
    tx: &WriteTx,
    id: VendorReturnId,
    state: ReturnState,
    credit: Option<(&Credit, EventId)>,
) -> Result<(), DbError> {
    let updated = vendor_return::Entity::update_many()
        .col_expr(vendor_return::Column::State, Expr::value(state.code()))
        .filter(vendor_return::Column::Id.eq(id.0))
        .filter(vendor_return::Column::State.eq(ReturnState::Sent.code()))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the return was closed meanwhile".to_owned()));
    }
    let row = credit.map(|(credit, event)| vendor_credit::Model {
        id: credit.id.0,
        return_id: credit.return_id.0,
        store_id: credit.store_id.0,
        vendor_id: credit.vendor_id.0,
        number: credit.number.clone(),
        credited_on: credit.credited_on,
        amount_minor: credit.amount.minor(),
        event_id: event.0,
    });
    tx.insert_all(row.into_iter().collect()).await
}

/// The credit for a return, and what is left of it.
///
/// # Errors
/// [`DbError`]
pub async fn credit_for(db: &impl Read, id: VendorReturnId) -> Result<Option<CreditLine>, DbError> {
    let found = vendor_credit::Entity::find().filter(vendor_credit::Column::ReturnId.eq(id.0));
    let Some(row) = found.one(db.conn()).await? else { return Ok(None) };
    let used: Option<Option<i64>> = credit_use::Entity::find()
        .filter(credit_use::Column::CreditId.eq(row.id))
        .select_only()
        .column_as(sum_minor(credit_use::Column::AmountMinor), "used")
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(Some(CreditLine {
        id: CreditId(row.id),
        number: row.number,
        amount: money(row.amount_minor),
        open: money(row.amount_minor - used.flatten().unwrap_or(0)),
    }))
}
