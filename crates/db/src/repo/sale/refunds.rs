//! What was paid for receipts, and how much of it can still be paid back.

use crate::convert::{account, money};
use crate::entity::{return_line, sale, sale_line, sale_tender, tender_kind};
use crate::error::DbError;
use crate::repo::receivable;
use crate::tx::Read;
use domain::ids::SaleId;
use domain::money::Money;
use domain::sale::{Refundable, TenderKind, TenderNature, checks_to_account};
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// All receipts that hang together with these: what came back on one was sold on another. They share what was
/// paid, because what was exchanged was paid for by what came back.
///
/// # Errors
/// [`DbError`]
pub async fn connected(db: &impl Read, sales: BTreeSet<SaleId>) -> Result<BTreeSet<SaleId>, DbError> {
    let mut all: BTreeSet<Uuid> = sales.into_iter().map(|id| id.0).collect();
    let mut ends = all.clone();
    while !ends.is_empty() {
        let mut found = before(db, &ends).await?;
        found.extend(after(db, &ends).await?);
        ends = found.into_iter().filter(|id| !all.contains(id)).collect();
        all.extend(&ends);
    }
    Ok(all.into_iter().map(SaleId).collect())
}

/// What is left of the payments for receipts that hang together, the newest first; a check that the bank sent back goes
/// to the account. Cash counts as it was before it was rounded, so that a receipt can come back in parts.
///
/// # Errors
/// [`DbError`]
pub async fn refundable(db: &impl Read, receipts: &BTreeSet<SaleId>) -> Result<Vec<Refundable>, DbError> {
    let kinds = tender_kind::Entity::find().all(db.conn()).await?;
    let (paid, paid_out): (Vec<_>, Vec<_>) =
        payments(db, receipts).await?.into_iter().partition(|(_, amount)| amount.is_positive());
    let mut left: Vec<Refundable> = Vec::new();
    // The payments first: they are in their order, and nothing is paid out that was not paid.
    for (code, amount) in paid.into_iter().chain(paid_out) {
        if let Some(payment) = left.iter_mut().find(|payment| payment.kind.code == code) {
            payment.left = payment.left.plus(amount).map_err(DbError::corrupt)?;
        } else if let Some(row) = kinds.iter().find(|row| row.code == code) {
            left.push(Refundable { kind: tender_kind_of(row)?, left: amount });
        }
    }
    let bounced = receivable::bounced(db, receipts).await?;
    if bounced.is_positive() {
        let account = kinds.iter().find(|row| row.nature == TenderNature::Account.code());
        let account = account.ok_or_else(|| DbError::corrupt("no way to charge an account"))?;
        left = checks_to_account(left, bounced, tender_kind_of(account)?).map_err(DbError::corrupt)?;
    }
    left.retain(|payment| payment.left.is_positive());
    Ok(left)
}

fn tender_kind_of(row: &tender_kind::Model) -> Result<TenderKind, DbError> {
    Ok(TenderKind {
        nature: crate::convert::code(&row.nature)?,
        account: account(row.account_code)?,
        code: row.code.clone(),
        label: row.label.clone(),
        active: row.active,
    })
}

/// The receipts of what came back on these.
async fn before(db: &impl Read, receipts: &BTreeSet<Uuid>) -> Result<Vec<Uuid>, DbError> {
    let query = sale_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            sale_line::Entity::belongs_to(return_line::Entity)
                .from(sale_line::Column::Id)
                .to(return_line::Column::LineId)
                .into(),
        )
        .filter(return_line::Column::SaleId.is_in(receipts.iter().copied()));
    Ok(query.select_only().column(sale_line::Column::SaleId).distinct().into_tuple().all(db.conn()).await?)
}

/// The receipts on which something of these came back.
async fn after(db: &impl Read, receipts: &BTreeSet<Uuid>) -> Result<Vec<Uuid>, DbError> {
    let query = return_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            return_line::Entity::belongs_to(sale_line::Entity)
                .from(return_line::Column::LineId)
                .to(sale_line::Column::Id)
                .into(),
        )
        .filter(sale_line::Column::SaleId.is_in(receipts.iter().copied()));
    Ok(query.select_only().column(return_line::Column::SaleId).distinct().into_tuple().all(db.conn()).await?)
}

/// Payments and refunds by kind, the newest first; refunds stand below zero.
async fn payments(db: &impl Read, receipts: &BTreeSet<SaleId>) -> Result<Vec<(String, Money)>, DbError> {
    use sale_tender::Column as T;
    let rows: Vec<(String, String, i64, i64)> = sale_tender::Entity::find()
        .join(
            JoinType::InnerJoin,
            sale_tender::Entity::belongs_to(sale::Entity).from(T::SaleId).to(sale::Column::Id).into(),
        )
        .filter(T::SaleId.is_in(receipts.iter().map(|id| id.0)))
        .order_by_desc(sale::Column::CompletedAt)
        .order_by_desc(T::Position)
        .select_only()
        .column(T::Kind)
        .column(T::Nature)
        .column(T::AmountMinor)
        .column(sale::Column::RoundingMinor)
        .into_tuple()
        .all(db.conn())
        .await?;
    let exact = |(kind, nature, amount, rounding): (String, String, i64, i64)| {
        let rounded = if nature == TenderNature::Currency.code() { rounding } else { 0 };
        (kind, money(amount.saturating_sub(rounded)))
    };
    Ok(rows.into_iter().map(exact).collect())
}
