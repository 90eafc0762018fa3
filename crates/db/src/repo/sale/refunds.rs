//! What was paid for receipts, and how much of it can still be paid back.

use crate::convert::{account, code, money};
use crate::entity::{return_line, sale, sale_line, sale_tender, tender_kind};
use crate::error::DbError;
use crate::tx::{Read, sum_minor};
use domain::ids::SaleId;
use domain::money::Money;
use domain::sale::{Refundable, TenderKind};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What is left of the payments for these receipts, newest first. What was exchanged was paid for by what came
/// back, so the receipts before an exchange count too; what has been paid out since, for any of them, is gone.
///
/// # Errors
/// [`DbError`]
pub async fn refundable(db: &impl Read, sales: BTreeSet<SaleId>) -> Result<Vec<Refundable>, DbError> {
    let mut chain: BTreeSet<Uuid> = sales.into_iter().map(|id| id.0).collect();
    let mut ends = chain.clone();
    while !ends.is_empty() {
        ends = before(db, &ends).await?.into_iter().filter(|id| !chain.contains(id)).collect();
        chain.extend(&ends);
    }
    let after = after(db, &chain).await?;
    let paid = payments(db, &chain, sale_tender::Column::AmountMinor.gt(0)).await?;
    let paid_out =
        payments(db, &chain.union(&after).copied().collect(), sale_tender::Column::AmountMinor.lt(0)).await?;
    let mut kinds: BTreeMap<String, TenderKind> = BTreeMap::new();
    for row in tender_kind::Entity::find().all(db.conn()).await? {
        let kind = TenderKind {
            nature: code(&row.nature)?,
            account: account(row.account_code)?,
            code: row.code,
            label: row.label,
            active: row.active,
        };
        kinds.insert(kind.code.clone(), kind);
    }
    let mut left: Vec<Refundable> = Vec::new();
    for (kind, amount) in paid {
        let Some(kind) = kinds.get(&kind).cloned() else { continue };
        let out: i64 =
            paid_out.iter().filter(|(code, _)| *code == kind.code).map(|(_, amount)| *amount).sum();
        left.push(Refundable { kind, left: money(amount.saturating_add(out)).max(Money::ZERO) });
    }
    Ok(left)
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
async fn after(db: &impl Read, receipts: &BTreeSet<Uuid>) -> Result<BTreeSet<Uuid>, DbError> {
    let query = return_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            return_line::Entity::belongs_to(sale_line::Entity)
                .from(return_line::Column::LineId)
                .to(sale_line::Column::Id)
                .into(),
        )
        .filter(sale_line::Column::SaleId.is_in(receipts.iter().copied()));
    let rows: Vec<Uuid> = query
        .select_only()
        .column(return_line::Column::SaleId)
        .distinct()
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

/// Sums of payments by kind, the kind used last first.
async fn payments(
    db: &impl Read,
    receipts: &BTreeSet<Uuid>,
    which: Expr,
) -> Result<Vec<(String, i64)>, DbError> {
    use sale_tender::Column as T;
    let rows: Vec<(String, Option<i64>)> = sale_tender::Entity::find()
        .join(
            JoinType::InnerJoin,
            sale_tender::Entity::belongs_to(sale::Entity).from(T::SaleId).to(sale::Column::Id).into(),
        )
        .filter(T::SaleId.is_in(receipts.iter().copied()))
        .filter(which)
        .select_only()
        .column(T::Kind)
        .column_as(sum_minor((sale_tender::Entity, T::AmountMinor)), "amount")
        .group_by(T::Kind)
        .order_by_desc(sale::Column::CompletedAt.max())
        .order_by_desc(T::Position.max())
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(kind, amount)| (kind, amount.unwrap_or(0))).collect())
}
