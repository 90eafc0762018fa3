//! Reading the journal: balances, and the lines of accounts.

mod entries;

pub(crate) use entries::to_digest;
pub use entries::{
    StoredEntry, dates_between, day_digests, entries_after, entries_in_period, entries_of_event, find_entry,
    last_recorded, words_for,
};

use crate::convert::{account as account_code, instant, money};
use crate::entity::{event, item, journal_entry, journal_line, sale};
use crate::error::DbError;
use crate::repo::customer::{known_as, name_of};
use crate::tx::{Read, sum_minor};
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{EntryId, EventId, ItemId, StoreId};
use domain::ledger::{AccountCode, AccountSum, Dimensions, LineFilter, PostedLine};
use domain::money::Money;
use sea_orm::sea_query::{Alias, Expr, JoinType, Order, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// The balance of an account on the lines of one store.
///
/// # Errors
/// [`DbError`]
pub async fn store_balance(db: &impl Read, account: AccountCode, store: StoreId) -> Result<Money, DbError> {
    balance(db, account, journal_line::Column::StoreId.eq(store.0)).await
}

/// The balance of an account on the lines of one store, at the end of a day.
///
/// # Errors
/// [`DbError`]
pub async fn balance_until(
    db: &impl Read,
    account: AccountCode,
    store: StoreId,
    day: NaiveDate,
) -> Result<Money, DbError> {
    let lines = journal_line::Column::StoreId.eq(store.0).and(journal_line::Column::BusinessDate.lte(day));
    balance(db, account, lines).await
}

/// The balance of an account over everything.
///
/// # Errors
/// [`DbError`]
pub async fn account_balance(db: &impl Read, account: AccountCode) -> Result<Money, DbError> {
    balance(db, account, Expr::value(true)).await
}

async fn balance(db: &impl Read, account: AccountCode, which: Expr) -> Result<Money, DbError> {
    let query = journal_line::Entity::find()
        .filter(journal_line::Column::AccountCode.eq(i64::from(account.get())))
        .filter(which)
        .select_only()
        .column_as(sum_minor(journal_line::Column::AmountMinor), "sum");
    let sum: Option<Option<i64>> = query.into_tuple().one(db.conn()).await?;
    Ok(money(sum.flatten().unwrap_or(0)))
}

fn condition(filter: &LineFilter) -> Condition {
    let mut which = Condition::all();
    if !filter.stores.is_empty() {
        which = which.add(journal_line::Column::StoreId.is_in(filter.stores.iter().map(|id| id.0)));
    }
    if let Some(from) = filter.from {
        which = which.add(journal_line::Column::BusinessDate.gte(from));
    }
    if let Some(to) = filter.to {
        which = which.add(journal_line::Column::BusinessDate.lte(to));
    }
    if let Some(account) = filter.account {
        which = which.add(journal_line::Column::AccountCode.eq(i64::from(account.get())));
    }
    which.add(about(&filter.about))
}

/// Lines that are about all of these.
fn about(dimensions: &Dimensions) -> Condition {
    use journal_line::Column as L;
    let Dimensions { till, customer, item, document, associate, jurisdiction } = *dimensions;
    [
        (L::TillId, till.map(Uuid::from)),
        (L::ItemId, item.map(Uuid::from)),
        (L::DocumentId, document),
        (L::AssociateId, associate.map(Uuid::from)),
        (L::JurisdictionId, jurisdiction.map(Uuid::from)),
    ]
    .into_iter()
    .fold(Condition::all(), |which, (column, id)| which.add_option(id.map(|id| column.eq(id))))
    .add_option(customer.map(|id| L::CustomerId.in_subquery(known_as(id))))
}

/// Which end of the journal comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    Newest,
    Oldest,
}

/// What the first so many lines of an account come to, oldest first: what stood above a page.
///
/// # Errors
/// [`DbError`]
pub async fn sum_of_first(db: &impl Read, filter: &LineFilter, lines: u64) -> Result<Money, DbError> {
    use journal_line::Column as L;
    let earlier = sea_orm::QueryTrait::into_query(
        journal_line::Entity::find()
            .filter(condition(filter))
            .select_only()
            .column(L::AmountMinor)
            .order_by_asc(L::BusinessDate)
            .order_by_asc(L::EntryId)
            .order_by_asc(L::LineNo)
            .limit(lines),
    );
    let sum = Query::select()
        .expr_as(sum_minor(Alias::new("amount_minor")), "sum")
        .from_subquery(earlier, "earlier")
        .to_owned();
    let row = db.conn().query_one(&sum).await?;
    let sum: Option<i64> = row.map(|row| row.try_get("", "sum")).transpose()?.flatten();
    Ok(money(sum.unwrap_or(0)))
}

/// Debits, credits and their difference over everything a filter means.
///
/// # Errors
/// [`DbError`]
pub async fn total(db: &impl Read, filter: &LineFilter) -> Result<(Money, Money), DbError> {
    let sums = sums(db, filter).await?;
    let debit = Money::sum(sums.iter().map(|sum| sum.debit)).map_err(DbError::corrupt)?;
    let credit = Money::sum(sums.iter().map(|sum| sum.credit)).map_err(DbError::corrupt)?;
    Ok((debit, credit))
}

/// The customer, the piece and the sale that lines are narrowed to, in words.
///
/// # Errors
/// [`DbError`]
pub async fn about_in_words(db: &impl Read, about: &Dimensions) -> Result<Vec<String>, DbError> {
    let conn = db.conn();
    let mut words: Vec<Option<String>> = Vec::new();
    if let Some(id) = about.customer {
        words.push(name_of(db, id).await?);
    }
    if let Some(id) = about.item {
        let query = item::Entity::find_by_id(id.0).select_only().column(item::Column::Tag);
        words.push(query.into_tuple().one(conn).await?);
    }
    if let Some(id) = about.document {
        let query = sale::Entity::find_by_id(id).select_only().column(sale::Column::Number);
        words.push(query.into_tuple().one(conn).await?);
    }
    Ok(words.into_iter().flatten().collect())
}

/// Sums per account.
///
/// # Errors
/// [`DbError`]
pub async fn sums(db: &impl Read, filter: &LineFilter) -> Result<Vec<AccountSum>, DbError> {
    let amount = || Expr::col((journal_line::Entity, journal_line::Column::AmountMinor));
    let side =
        |condition: Expr| Expr::case(condition, amount()).finally(Expr::value(0_i64)).sum().cast_as("bigint");
    let rows: Vec<(i64, Option<i64>, Option<i64>)> = journal_line::Entity::find()
        .filter(condition(filter))
        .select_only()
        .column(journal_line::Column::AccountCode)
        .column_as(side(amount().gt(0)), "debit")
        .column_as(side(amount().lt(0)), "credit")
        .group_by(journal_line::Column::AccountCode)
        .order_by_asc(journal_line::Column::AccountCode)
        .into_tuple()
        .all(db.conn())
        .await?;
    rows.into_iter()
        .map(|(account, debit, credit)| {
            Ok(AccountSum {
                account: account_code(account)?,
                debit: money(debit.unwrap_or(0)),
                credit: money(-credit.unwrap_or(0)),
            })
        })
        .collect()
}

#[derive(Debug, FromQueryResult)]
struct PostedRow {
    entry_id: Uuid,
    event_id: Uuid,
    account_code: i64,
    amount_minor: i64,
    business_date: NaiveDate,
    recorded_at: DateTime<Utc>,
    narrative: String,
    store_id: Uuid,
    summary: String,
    item_id: Option<Uuid>,
    document_id: Option<Uuid>,
}

/// A page of lines and how many there are.
///
/// # Errors
/// [`DbError`]
pub async fn lines(
    db: &impl Read,
    filter: &LineFilter,
    first: First,
    offset: u64,
    limit: u64,
) -> Result<(Vec<PostedLine>, u64), DbError> {
    use journal_line::Column as L;
    let query = journal_line::Entity::find().filter(condition(filter));
    let count = query.clone().count(db.conn()).await?;
    let order = match first {
        First::Newest => Order::Desc,
        First::Oldest => Order::Asc,
    };
    let rows = query
        .join(
            JoinType::InnerJoin,
            journal_line::Entity::belongs_to(journal_entry::Entity)
                .from(L::EntryId)
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
        .select_only()
        .columns([
            L::EntryId,
            L::AccountCode,
            L::AmountMinor,
            L::BusinessDate,
            L::StoreId,
            L::ItemId,
            L::DocumentId,
        ])
        .columns([
            journal_entry::Column::EventId,
            journal_entry::Column::RecordedAt,
            journal_entry::Column::Narrative,
        ])
        .column(event::Column::Summary)
        .order_by(L::BusinessDate, order.clone())
        .order_by(L::EntryId, order)
        .order_by_asc(L::LineNo)
        .offset(offset)
        .limit(limit)
        .into_model::<PostedRow>()
        .all(db.conn())
        .await?;
    let rows = rows.into_iter().map(|row| {
        Ok(PostedLine {
            entry: EntryId(row.entry_id),
            event: EventId(row.event_id),
            account: account_code(row.account_code)?,
            amount: money(row.amount_minor),
            business_date: row.business_date,
            recorded_at: instant(row.recorded_at),
            narrative: row.narrative,
            store: StoreId(row.store_id),
            summary: row.summary,
            item: row.item_id.map(ItemId),
            document: row.document_id,
        })
    });
    Ok((rows.collect::<Result<Vec<_>, DbError>>()?, count))
}
