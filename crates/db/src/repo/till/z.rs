//! What a session sold and took, and the Z that is written when it closes.

use super::sums::{cash_sums, no_sales, on_account, sale_sums, tax_sums, tender_sums};
use crate::convert::{instant, json, money, to_json};
use crate::entity::{account_tender, credit_out, customer_credit, sale, sale_void, store, till, z_report};
use crate::error::DbError;
use crate::repo::audit;
use crate::tx::{Read, WriteTx, sum_minor};
use domain::event::EventKind;
use domain::ids::TillSessionId;
use domain::money::Money;
use domain::tax::Jurisdiction;
use domain::till::{Counted, TillReport, TillSession};
use sea_orm::sea_query::JoinType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// # Errors
/// [`DbError`]
pub async fn insert_z(tx: &WriteTx, report: &TillReport, number: i64) -> Result<(), DbError> {
    let body = to_json(report)?;
    let row = z_report::Model {
        session_id: report.session_id.0,
        till_id: report.till_id.0,
        number,
        hash: domain::ledger::digest_of(body.as_bytes()).0.to_vec(),
        body,
    };
    tx.insert_all(vec![row]).await
}

/// The Z of a closed session, exactly as it was written.
///
/// # Errors
/// [`DbError`]
pub async fn get_z(db: &impl Read, id: TillSessionId) -> Result<Option<TillReport>, DbError> {
    let row = z_report::Entity::find_by_id(id.0).one(db.conn()).await?;
    row.map(|row| json(&row.body)).transpose()
}

/// The Z reports whose text is no longer the one that was written, or tells of other sales than there are:
/// each with its till and number. A sale is not voided after its Z.
///
/// # Errors
/// [`DbError`]
pub async fn wrong_z_reports(db: &impl Read) -> Result<(u64, Vec<String>), DbError> {
    type Sums = (Uuid, i64, Option<i64>, Option<i64>);
    let sold: Vec<Sums> = sale::Entity::find()
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(sale_void::Entity)
                .from(sale::Column::Id)
                .to(sale_void::Column::SaleId)
                .into(),
        )
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column(sale::Column::SessionId)
        .column_as(sale::Column::Id.count(), "sales")
        .column_as(sum_minor((sale::Entity, sale::Column::TaxMinor)), "tax")
        .column_as(sum_minor((sale::Entity, sale::Column::TotalMinor)), "total")
        .group_by(sale::Column::SessionId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let sold: BTreeMap<Uuid, (i64, Money, Money)> = sold
        .into_iter()
        .map(|(session, sales, tax, total)| {
            (session, (sales, money(tax.unwrap_or(0)), money(total.unwrap_or(0))))
        })
        .collect();
    let received = received_on_account(db).await?;
    let rows = z_report::Entity::find().all(db.conn()).await?;
    let wrong = |row: &z_report::Model| {
        let written = domain::ledger::digest_of(row.body.as_bytes()).0.as_slice() == row.hash;
        let Ok(z) = json::<TillReport>(&row.body) else { return true };
        let there = sold.get(&row.session_id).copied().unwrap_or_default();
        let on_account = Money::sum(z.on_account.iter().map(|line| line.amount)).ok();
        let came_in = received.get(&row.session_id).copied().unwrap_or_default();
        !written || (z.sales, z.tax, z.total) != there || on_account != Some(came_in)
    };
    let count = rows.len() as u64;
    let named = |row: z_report::Model| format!("Z {} of till session {}", row.number, row.session_id);
    Ok((count, rows.into_iter().filter(wrong).map(named).collect()))
}

/// What came in on account in each session, less what was paid back.
async fn received_on_account(db: &impl Read) -> Result<BTreeMap<Uuid, Money>, DbError> {
    use account_tender::Column as T;
    let credit = account_tender::Entity::belongs_to(customer_credit::Entity)
        .from(T::EventId)
        .to(customer_credit::Column::EventId);
    let out = account_tender::Entity::belongs_to(credit_out::Entity)
        .from(T::EventId)
        .to(credit_out::Column::EventId);
    let sum = sum_minor((account_tender::Entity, T::AmountMinor));
    let paid: Vec<(Uuid, Option<i64>)> = account_tender::Entity::find()
        .join(JoinType::InnerJoin, credit.into())
        .filter(customer_credit::Column::SessionId.is_not_null())
        .select_only()
        .column(customer_credit::Column::SessionId)
        .column_as(sum.clone(), "sum")
        .group_by(customer_credit::Column::SessionId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let back: Vec<(Uuid, Option<i64>)> = account_tender::Entity::find()
        .join(JoinType::InnerJoin, out.into())
        .filter(credit_out::Column::SessionId.is_not_null())
        .select_only()
        .column(credit_out::Column::SessionId)
        .column_as(sum, "sum")
        .group_by(credit_out::Column::SessionId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let mut sums: BTreeMap<Uuid, Money> = BTreeMap::new();
    for (session, sum) in paid.into_iter().chain(back) {
        let so_far = sums.entry(session).or_default();
        *so_far = so_far.plus(money(sum.unwrap_or(0))).map_err(DbError::corrupt)?;
    }
    Ok(sums)
}

/// Reads a session: what was sold, by which means it was paid, what should be in the drawer.
///
/// # Errors
/// [`DbError`]
pub async fn read_report(
    db: &impl Read,
    session: &TillSession,
    jurisdictions: &[Jurisdiction],
    counted: Option<Counted>,
) -> Result<TillReport, DbError> {
    let names = audit::names(db).await?;
    let till_name: Option<(String, String)> = till::Entity::find_by_id(session.till_id.0)
        .join(
            JoinType::InnerJoin,
            till::Entity::belongs_to(store::Entity).from(till::Column::StoreId).to(store::Column::Id).into(),
        )
        .select_only()
        .column(till::Column::Name)
        .column(store::Column::Name)
        .into_tuple()
        .one(db.conn())
        .await?;
    let (till_name, store_name) = till_name.unwrap_or_default();
    let sums = sale_sums(db, session.id).await?;
    let expected = counted.as_ref().map(|counted| counted.expected);
    let moved = cash_sums(db, session.id).await?;
    let cash = |kind: EventKind| moved.get(kind.code()).copied().unwrap_or_default();
    let out = |kind: EventKind| cash(kind).negated().map_err(DbError::corrupt);
    Ok(TillReport {
        session_id: session.id,
        till_id: session.till_id,
        till_name,
        store_name,
        business_date: session.business_date,
        opened_at: instant(session.opened_at),
        opened_by: names.get(&session.opened_by.0).cloned().unwrap_or_default(),
        closed_at: session.closed_at.map(instant),
        closed_by: session.closed_by.and_then(|id| names.get(&id.0).cloned()),
        number: None,
        float: session.float,
        sales: sums.sales,
        voids: sums.voids,
        first_receipt: sums.first,
        last_receipt: sums.last,
        subtotal: sums.subtotal,
        discounts: sums.discounts,
        net: sums.net,
        tax: sums.tax,
        returned: sums.returned,
        total: sums.total,
        tenders: tender_sums(db, session.id).await?,
        taxes: tax_sums(db, session.id, jurisdictions).await?,
        on_account: on_account(db, session.id).await?,
        drops: out(EventKind::CashDropped)?,
        paid_in: cash(EventKind::CashPaidIn),
        paid_out: out(EventKind::CashPaidOut)?,
        no_sales: no_sales(db, session.id).await?,
        expected,
        counted,
    })
}
