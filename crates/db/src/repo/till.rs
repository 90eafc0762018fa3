//! Till sessions, store days and Z reports.

use crate::convert::{instant, json, money, to_json};
use crate::entity::{
    event, journal_line, sale, sale_line, sale_tender, sale_void, store, store_day, till, till_session,
    z_report,
};
use crate::error::DbError;
use crate::repo::{audit, ledger};
use crate::tx::{Read, WriteTx, sum_minor};
use chrono::{DateTime, NaiveDate, Utc};
use domain::event::EventKind;
use domain::ids::{LegalEntityId, PersonId, StoreId, TillId, TillSessionId};
use domain::ledger::{Digest, code as accounts};
use domain::money::Money;
use domain::tax::{Jurisdiction, LineTax};
use domain::till::{
    Counted, DrawerState, ReportLine, SessionFilter, SessionLine, SessionPage, TillReport, TillSession,
    ZFigures,
};
use sea_orm::sea_query::{Expr, JoinType, LockType};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

fn to_session(row: till_session::Model) -> TillSession {
    TillSession {
        id: TillSessionId(row.id),
        till_id: TillId(row.till_id),
        store_id: StoreId(row.store_id),
        business_date: row.business_date,
        opened_at: row.opened_at,
        opened_by: PersonId(row.opened_by),
        float: money(row.float_minor),
        closed_at: row.closed_at,
        closed_by: row.closed_by.map(PersonId),
    }
}

/// # Errors
/// [`DbError`]
pub async fn find_open(db: &impl Read, till: TillId) -> Result<Option<TillSession>, DbError> {
    let query = till_session::Entity::find()
        .filter(till_session::Column::TillId.eq(till.0))
        .filter(till_session::Column::ClosedAt.is_null());
    Ok(query.one(db.conn()).await?.map(to_session))
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: TillSessionId) -> Result<Option<TillSession>, DbError> {
    Ok(till_session::Entity::find_by_id(id.0).one(db.conn()).await?.map(to_session))
}

/// Sessions of a store, newest first, with what their Z says.
///
/// # Errors
/// [`DbError`]
pub async fn history(db: &impl Read, store: StoreId, filter: &SessionFilter) -> Result<SessionPage, DbError> {
    use till_session::Column as C;
    let mut query = till_session::Entity::find().filter(C::StoreId.eq(store.0));
    if let Some(from) = filter.from {
        query = query.filter(C::BusinessDate.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(C::BusinessDate.lte(to));
    }
    let count = query.clone().count(db.conn()).await?;
    let rows = query.order_by_desc(C::Id).offset(filter.offset).limit(filter.limit).all(db.conn()).await?;
    let names = audit::names(db).await?;
    let tills: BTreeMap<Uuid, String> = till::Entity::find()
        .filter(till::Column::StoreId.eq(store.0))
        .all(db.conn())
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut reports: BTreeMap<Uuid, TillReport> = BTreeMap::new();
    let ids = rows.iter().map(|row| row.id);
    for row in z_report::Entity::find().filter(z_report::Column::SessionId.is_in(ids)).all(db.conn()).await? {
        reports.insert(row.session_id, json(&row.body)?);
    }
    let line = |row: till_session::Model| SessionLine {
        id: TillSessionId(row.id),
        till_name: tills.get(&row.till_id).cloned().unwrap_or_default(),
        business_date: row.business_date,
        opened_at: instant(row.opened_at),
        opened_by: names.get(&row.opened_by).cloned().unwrap_or_default(),
        closed_at: row.closed_at.map(instant),
        closed_by: row.closed_by.and_then(|id| names.get(&id).cloned()),
        z: reports.get(&row.id).map(|report| ZFigures {
            number: report.number.unwrap_or_default(),
            sales: report.sales,
            total: report.total,
            over_short: report.counted.as_ref().map(|counted| counted.over_short).unwrap_or_default(),
        }),
    };
    Ok(SessionPage { sessions: rows.into_iter().map(line).collect(), count })
}

/// Sessions of a store that are still open.
///
/// # Errors
/// [`DbError`]
pub async fn count_open(db: &impl Read, store: StoreId) -> Result<u64, DbError> {
    let query = till_session::Entity::find()
        .filter(till_session::Column::StoreId.eq(store.0))
        .filter(till_session::Column::ClosedAt.is_null());
    Ok(query.count(db.conn()).await?)
}

/// The tills that are open now, in all stores.
///
/// # Errors
/// [`DbError`]
pub async fn open_tills(db: &impl Read) -> Result<Vec<TillId>, DbError> {
    let rows: Vec<uuid::Uuid> = till_session::Entity::find()
        .filter(till_session::Column::ClosedAt.is_null())
        .select_only()
        .column(till_session::Column::TillId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(TillId).collect())
}

/// A session locked against closing or other closings, with its drawer by the ledger.
///
/// # Errors
/// [`DbError`]
pub async fn load_drawer(
    tx: &WriteTx,
    id: TillSessionId,
) -> Result<Option<(DrawerState, NaiveDate)>, DbError> {
    let mut query = till_session::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    let Some(session) = query.one(&tx.tx).await?.map(to_session) else { return Ok(None) };
    let state = drawer_state(tx, session.till_id, session.store_id, id, session.closed_at.is_none()).await?;
    Ok(Some((state, session.business_date)))
}

/// # Errors
/// [`DbError`]
pub async fn drawer_state(
    tx: &WriteTx,
    till: TillId,
    store_id: StoreId,
    session: TillSessionId,
    open: bool,
) -> Result<DrawerState, DbError> {
    Ok(DrawerState {
        till_id: till,
        session_id: session,
        legal_entity_id: legal_entity_of(tx, store_id).await?,
        open,
        expected: drawer_balance(tx, till).await?,
        safe: ledger::store_balance(tx, accounts::UNDEPOSITED_FUNDS, store_id).await?,
    })
}

/// The company whose books a store belongs to.
///
/// # Errors
/// [`DbError::Corrupt`] when the store is not there.
pub async fn legal_entity_of(db: &impl Read, store: StoreId) -> Result<LegalEntityId, DbError> {
    let query = store::Entity::find_by_id(store.0).select_only().column(store::Column::LegalEntityId);
    let id: Option<Uuid> = query.into_tuple().one(db.conn()).await?;
    id.map(LegalEntityId).ok_or_else(|| DbError::corrupt("a store without a legal entity"))
}

/// What the ledger says lies in a drawer.
///
/// # Errors
/// [`DbError`]
pub async fn drawer_balance(db: &impl Read, till: TillId) -> Result<Money, DbError> {
    let query = journal_line::Entity::find()
        .filter(journal_line::Column::TillId.eq(till.0))
        .filter(journal_line::Column::AccountCode.eq(i64::from(accounts::TILL_CASH.get())))
        .select_only()
        .column_as(sum_minor(journal_line::Column::AmountMinor), "sum");
    let sum: Option<Option<i64>> = query.into_tuple().one(db.conn()).await?;
    Ok(money(sum.flatten().unwrap_or(0)))
}

/// # Errors
/// [`DbError::Conflict`] when the till was opened meanwhile.
pub async fn insert_session(tx: &WriteTx, session: &TillSession) -> Result<(), DbError> {
    let row = till_session::Model {
        id: session.id.0,
        till_id: session.till_id.0,
        store_id: session.store_id.0,
        business_date: session.business_date,
        opened_at: session.opened_at,
        opened_by: session.opened_by.0,
        float_minor: session.float.minor(),
        closed_at: None,
        closed_by: None,
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn close_session(
    tx: &WriteTx,
    id: TillSessionId,
    by: PersonId,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    till_session::Entity::update_many()
        .col_expr(till_session::Column::ClosedAt, Expr::value(Some(at)))
        .col_expr(till_session::Column::ClosedBy, Expr::value(Some(by.0)))
        .filter(till_session::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}

/// Whether somebody changes the days and the safe of a store, or only counts on them to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Opens or closes a day, or empties the safe: one after the other.
    Change,
    /// Records something on a day, which must not be closed meanwhile.
    Stay,
}

/// Holds the days of a store until this transaction ends. On `SQLite` there is one writer and nothing to hold.
///
/// # Errors
/// [`DbError`]
pub async fn hold_days(tx: &WriteTx, id: StoreId, days: Days) -> Result<(), DbError> {
    if tx.locks_rows() {
        // Neither stands in the way of rows that refer to the store.
        let lock = match days {
            Days::Change => LockType::NoKeyUpdate,
            Days::Stay => LockType::Share,
        };
        store::Entity::find_by_id(id.0).lock(lock).one(&tx.tx).await?;
    }
    Ok(())
}

/// The open day of a store.
///
/// # Errors
/// [`DbError`]
pub async fn open_day(db: &impl Read, store: StoreId) -> Result<Option<NaiveDate>, DbError> {
    let query = store_day::Entity::find()
        .filter(store_day::Column::StoreId.eq(store.0))
        .filter(store_day::Column::ClosedAt.is_null())
        .select_only()
        .column(store_day::Column::BusinessDate);
    Ok(query.into_tuple().one(db.conn()).await?)
}

/// The last closed day of a store with the digest that sealed it.
///
/// # Errors
/// [`DbError`]
pub async fn last_closed_day(
    db: &impl Read,
    store: StoreId,
) -> Result<Option<(NaiveDate, Option<Digest>)>, DbError> {
    let query = store_day::Entity::find()
        .filter(store_day::Column::StoreId.eq(store.0))
        .filter(store_day::Column::ClosedAt.is_not_null())
        .order_by_desc(store_day::Column::BusinessDate);
    let Some(row) = query.one(db.conn()).await? else { return Ok(None) };
    Ok(Some((row.business_date, row.digest.as_deref().map(ledger::to_digest).transpose()?)))
}

/// # Errors
/// [`DbError::Conflict`] when the day was opened meanwhile.
pub async fn insert_day(
    tx: &WriteTx,
    store: StoreId,
    date: NaiveDate,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let row = store_day::Model {
        store_id: store.0,
        business_date: date,
        opened_at: at,
        closed_at: None,
        digest: None,
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn close_day(
    tx: &WriteTx,
    store: StoreId,
    date: NaiveDate,
    digest: Digest,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    store_day::Entity::update_many()
        .col_expr(store_day::Column::ClosedAt, Expr::value(Some(at)))
        .col_expr(store_day::Column::Digest, Expr::value(Some(digest.0.to_vec())))
        .filter(store_day::Column::StoreId.eq(store.0))
        .filter(store_day::Column::BusinessDate.eq(date))
        .exec(&tx.tx)
        .await?;
    Ok(())
}

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
    let rows = z_report::Entity::find().all(db.conn()).await?;
    let wrong = |row: &z_report::Model| {
        let written = domain::ledger::digest_of(row.body.as_bytes()).0.as_slice() == row.hash;
        let told = json::<TillReport>(&row.body).map(|z| (z.sales, z.tax, z.total));
        let there = sold.get(&row.session_id).copied().unwrap_or_default();
        !written || told.ok() != Some(there)
    };
    let count = rows.len() as u64;
    let named = |row: z_report::Model| format!("Z {} of till session {}", row.number, row.session_id);
    Ok((count, rows.into_iter().filter(wrong).map(named).collect()))
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
        drops: out(EventKind::CashDropped)?,
        paid_in: cash(EventKind::CashPaidIn),
        paid_out: out(EventKind::CashPaidOut)?,
        no_sales: no_sales(db, session.id).await?,
        expected,
        counted,
    })
}

#[derive(Default)]
struct SaleSums {
    sales: i64,
    voids: i64,
    first: Option<String>,
    last: Option<String>,
    subtotal: Money,
    discounts: Money,
    net: Money,
    tax: Money,
    returned: Money,
    total: Money,
}

async fn sale_sums(db: &impl Read, session: TillSessionId) -> Result<SaleSums, DbError> {
    use sale::Column as C;
    let of_session = sale::Entity::find()
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(sale_void::Entity).from(C::Id).to(sale_void::Column::SaleId).into(),
        )
        .filter(C::SessionId.eq(session.0));
    let all: Option<(i64, Option<String>, Option<String>)> = of_session
        .clone()
        .select_only()
        .column_as(C::Id.count(), "sales")
        .column_as(C::Number.min(), "first")
        .column_as(C::Number.max(), "last")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (all, first, last) = all.unwrap_or_default();
    type Sums = (i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let sums: Option<Sums> = of_session
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column_as(C::Id.count(), "sales")
        .column_as(sum_minor((sale::Entity, C::SubtotalMinor)), "subtotal")
        .column_as(sum_minor((sale::Entity, C::DiscountMinor)), "discount")
        .column_as(sum_minor((sale::Entity, C::NetMinor)), "net")
        .column_as(sum_minor((sale::Entity, C::TaxMinor)), "tax")
        .column_as(sum_minor((sale::Entity, C::ReturnedMinor)), "returned")
        .column_as(sum_minor((sale::Entity, C::TotalMinor)), "total")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (sales, subtotal, discounts, net, tax, returned, total) = sums.unwrap_or_default();
    let sum = |minor: Option<i64>| money(minor.unwrap_or(0));
    Ok(SaleSums {
        sales,
        voids: all - sales,
        first,
        last,
        subtotal: sum(subtotal),
        discounts: sum(discounts),
        net: sum(net),
        tax: sum(tax),
        returned: sum(returned),
        total: sum(total),
    })
}

async fn tender_sums(db: &impl Read, session: TillSessionId) -> Result<Vec<ReportLine>, DbError> {
    use sale_tender::Column as C;
    let rows: Vec<(String, i64, Option<i64>)> = sale_tender::Entity::find()
        .join(
            JoinType::InnerJoin,
            sale_tender::Entity::belongs_to(sale::Entity).from(C::SaleId).to(sale::Column::Id).into(),
        )
        .join(
            JoinType::LeftJoin,
            sale_tender::Entity::belongs_to(sale_void::Entity)
                .from(C::SaleId)
                .to(sale_void::Column::SaleId)
                .into(),
        )
        .filter(sale::Column::SessionId.eq(session.0))
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column(C::Label)
        .column_as(C::Label.count(), "count")
        .column_as(sum_minor((sale_tender::Entity, C::AmountMinor)), "amount")
        .group_by(C::Label)
        .order_by_asc(C::Label)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(label, count, amount)| ReportLine { label, count, amount: money(amount.unwrap_or(0)) })
        .collect())
}

/// Tax by jurisdiction, from the parts on the lines of the sales that stand, less those of what came back.
async fn tax_sums(
    db: &impl Read,
    session: TillSessionId,
    jurisdictions: &[Jurisdiction],
) -> Result<Vec<ReportLine>, DbError> {
    use sale_line::Column as C;
    let rows: Vec<String> = sale_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            sale_line::Entity::belongs_to(sale::Entity).from(C::SaleId).to(sale::Column::Id).into(),
        )
        .join(
            JoinType::LeftJoin,
            sale_line::Entity::belongs_to(sale_void::Entity)
                .from(C::SaleId)
                .to(sale_void::Column::SaleId)
                .into(),
        )
        .filter(sale::Column::SessionId.eq(session.0))
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column(C::Tax)
        .into_tuple()
        .all(db.conn())
        .await?;
    let mut sums: BTreeMap<Uuid, (i64, Money)> = BTreeMap::new();
    for text in rows {
        add_tax(&mut sums, &text, Ok)?;
    }
    for text in returned_taxes(db, session).await? {
        add_tax(&mut sums, &text, Money::negated)?;
    }
    let name =
        |id: &Uuid| jurisdictions.iter().find(|j| j.id.0 == *id).map_or_else(String::new, |j| j.name.clone());
    Ok(sums
        .iter()
        .map(|(id, (count, amount))| ReportLine { label: name(id), count: *count, amount: *amount })
        .collect())
}

fn add_tax(
    sums: &mut BTreeMap<Uuid, (i64, Money)>,
    text: &str,
    sign: fn(Money) -> Result<Money, domain::money::MoneyError>,
) -> Result<(), DbError> {
    let tax: LineTax = json(text)?;
    for part in tax.parts {
        let (count, sum) = sums.entry(part.jurisdiction_id.0).or_default();
        *count += 1;
        *sum = sign(part.tax).and_then(|tax| sum.plus(tax)).map_err(DbError::corrupt)?;
    }
    Ok(())
}

/// The tax on the lines that came back in a session.
async fn returned_taxes(db: &impl Read, session: TillSessionId) -> Result<Vec<String>, DbError> {
    use crate::entity::return_line;
    let line = sale_line::Entity::belongs_to(return_line::Entity)
        .from(sale_line::Column::Id)
        .to(return_line::Column::LineId);
    let receipt =
        return_line::Entity::belongs_to(sale::Entity).from(return_line::Column::SaleId).to(sale::Column::Id);
    let query = sale_line::Entity::find()
        .join(JoinType::InnerJoin, line.into())
        .join(JoinType::InnerJoin, receipt.into())
        .filter(sale::Column::SessionId.eq(session.0));
    Ok(query.select_only().column(sale_line::Column::Tax).into_tuple().all(db.conn()).await?)
}

/// What went into and out of the drawer without a sale, by kind of event; out of it stands below zero.
async fn cash_sums(db: &impl Read, session: TillSessionId) -> Result<BTreeMap<String, Money>, DbError> {
    use crate::entity::journal_entry;
    let rows: Vec<(String, Option<i64>)> = journal_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            journal_line::Entity::belongs_to(journal_entry::Entity)
                .from(journal_line::Column::EntryId)
                .to(journal_entry::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            journal_entry::Entity::belongs_to(event::Entity)
                .from(journal_entry::Column::EventId)
                .to(event::Column::Id)
                .into(),
        )
        .filter(event::Column::SubjectId.eq(session.0))
        .filter(journal_line::Column::AccountCode.eq(i64::from(accounts::TILL_CASH.get())))
        .select_only()
        .column(event::Column::Kind)
        .column_as(sum_minor((journal_line::Entity, journal_line::Column::AmountMinor)), "sum")
        .group_by(event::Column::Kind)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(kind, sum)| (kind, money(sum.unwrap_or(0)))).collect())
}

/// How often a drawer was opened without a sale.
async fn no_sales(db: &impl Read, session: TillSessionId) -> Result<i64, DbError> {
    let opened = event::Entity::find()
        .filter(event::Column::SubjectId.eq(session.0))
        .filter(event::Column::Kind.eq(EventKind::DrawerOpened.code()));
    let count: Option<i64> = opened
        .select_only()
        .column_as(event::Column::Id.count(), "times")
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(count.unwrap_or(0))
}
