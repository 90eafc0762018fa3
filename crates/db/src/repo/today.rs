//! What stores have done on their business dates: one question per kind of figure, whatever the number of
//! stores.

use crate::convert::money;
use crate::entity::{
    account_tender, event, return_line, sale, sale_tender, sale_void, store_day, till_session,
};
use crate::error::DbError;
use crate::tx::{Read, sum_minor};
use chrono::NaiveDate;
use domain::event::EventKind;
use domain::ids::StoreId;
use domain::money::Money;
use sea_orm::sea_query::JoinType;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The business date on which a store works.
pub type Dates = BTreeMap<StoreId, NaiveDate>;

/// The days that are open.
///
/// # Errors
/// [`DbError`]
pub async fn open_days(db: &impl Read) -> Result<Dates, DbError> {
    let query = store_day::Entity::find().filter(store_day::Column::ClosedAt.is_null()).select_only();
    let rows: Vec<(Uuid, NaiveDate)> = query
        .column(store_day::Column::StoreId)
        .column(store_day::Column::BusinessDate)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(store, date)| (StoreId(store), date)).collect())
}

/// Sums over the receipts of a store that stand.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub struct Sold {
    store_id: Uuid,
    pub sales: i64,
    discount: Option<i64>,
    net: Option<i64>,
    tax: Option<i64>,
    returned: Option<i64>,
    total: Option<i64>,
}

impl Sold {
    #[must_use]
    pub fn discount(&self) -> Money {
        money(self.discount.unwrap_or(0))
    }
    #[must_use]
    pub fn net(&self) -> Money {
        money(self.net.unwrap_or(0))
    }
    #[must_use]
    pub fn tax(&self) -> Money {
        money(self.tax.unwrap_or(0))
    }
    #[must_use]
    pub fn returned(&self) -> Money {
        money(self.returned.unwrap_or(0))
    }
    #[must_use]
    pub fn total(&self) -> Money {
        money(self.total.unwrap_or(0))
    }
}

fn on(dates: &Dates) -> Condition {
    dates.iter().fold(Condition::any(), |any, (store, date)| {
        any.add(sale::Column::StoreId.eq(store.0).and(sale::Column::BusinessDate.eq(*date)))
    })
}

/// What was sold in each store.
///
/// # Errors
/// [`DbError`]
pub async fn sold(db: &impl Read, dates: &Dates) -> Result<BTreeMap<StoreId, Sold>, DbError> {
    use sale::Column as C;
    let sum = |column: C| sum_minor((sale::Entity, column));
    let rows = sale::Entity::find()
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(sale_void::Entity).from(C::Id).to(sale_void::Column::SaleId).into(),
        )
        .filter(on(dates))
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column(C::StoreId)
        .column_as(C::Id.count(), "sales")
        .column_as(sum(C::DiscountMinor), "discount")
        .column_as(sum(C::NetMinor), "net")
        .column_as(sum(C::TaxMinor), "tax")
        .column_as(sum(C::ReturnedMinor), "returned")
        .column_as(sum(C::TotalMinor), "total")
        .group_by(C::StoreId)
        .into_model::<Sold>()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (StoreId(row.store_id), row)).collect())
}

/// By which means each store was paid.
///
/// # Errors
/// [`DbError`]
pub async fn payments(
    db: &impl Read,
    dates: &Dates,
) -> Result<BTreeMap<StoreId, Vec<(String, Money)>>, DbError> {
    use sale_tender::Column as T;
    let tender = sale_tender::Entity::belongs_to(sale::Entity).from(T::SaleId).to(sale::Column::Id);
    let void =
        sale_tender::Entity::belongs_to(sale_void::Entity).from(T::SaleId).to(sale_void::Column::SaleId);
    let rows: Vec<(Uuid, String, Option<i64>)> = sale_tender::Entity::find()
        .join(JoinType::InnerJoin, tender.into())
        .join(JoinType::LeftJoin, void.into())
        .filter(on(dates))
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column(sale::Column::StoreId)
        .column(T::Label)
        .column_as(sum_minor((sale_tender::Entity, T::AmountMinor)), "amount")
        .group_by(sale::Column::StoreId)
        .group_by(T::Label)
        .order_by_asc(T::Label)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(by_store(rows))
}

/// How many pieces came back to each store.
///
/// # Errors
/// [`DbError`]
pub async fn returns(db: &impl Read, dates: &Dates) -> Result<BTreeMap<StoreId, i64>, DbError> {
    let back =
        return_line::Entity::belongs_to(sale::Entity).from(return_line::Column::SaleId).to(sale::Column::Id);
    let rows: Vec<(Uuid, i64)> = return_line::Entity::find()
        .join(JoinType::InnerJoin, back.into())
        .filter(on(dates))
        .select_only()
        .column(sale::Column::StoreId)
        .column_as(return_line::Column::LineId.count(), "pieces")
        .group_by(sale::Column::StoreId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(store, pieces)| (StoreId(store), pieces)).collect())
}

/// What came in on account in each store by each means, less what of credits was paid back.
///
/// # Errors
/// [`DbError`]
pub async fn on_account(
    db: &impl Read,
    dates: &Dates,
) -> Result<BTreeMap<StoreId, Vec<(String, Money)>>, DbError> {
    use account_tender::Column as T;
    let taken = account_tender::Entity::belongs_to(event::Entity).from(T::EventId).to(event::Column::Id);
    let rows: Vec<(Uuid, String, Option<i64>)> = account_tender::Entity::find()
        .join(JoinType::InnerJoin, taken.into())
        .filter(happened(dates))
        .select_only()
        .column(event::Column::StoreId)
        .column(T::Label)
        .column_as(sum_minor((account_tender::Entity, T::AmountMinor)), "amount")
        .group_by(event::Column::StoreId)
        .group_by(T::Label)
        .order_by_asc(T::Label)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(by_store(rows))
}

/// Label by label, store by store.
fn by_store(rows: Vec<(Uuid, String, Option<i64>)>) -> BTreeMap<StoreId, Vec<(String, Money)>> {
    let mut by: BTreeMap<StoreId, Vec<(String, Money)>> = BTreeMap::new();
    for (store, label, amount) in rows {
        by.entry(StoreId(store)).or_default().push((label, money(amount.unwrap_or(0))));
    }
    by
}

/// The events of these dates.
fn happened(dates: &Dates) -> Condition {
    use event::Column as E;
    let on = dates.iter().fold(Condition::any(), |any, (store, date)| {
        any.add(E::StoreId.eq(store.0).and(E::BusinessDate.eq(*date)))
    });
    // A business date begins on its calendar date in every time zone a day earlier at the most: the index of
    // events knows when they were recorded.
    let earliest =
        dates.values().min().and_then(|date| date.pred_opt()).and_then(|date| date.and_hms_opt(0, 0, 0));
    Condition::all().add(on).add_option(earliest.map(|earliest| E::RecordedAt.gte(earliest.and_utc())))
}

/// How often something of a kind happened in each store.
///
/// # Errors
/// [`DbError`]
pub async fn events(
    db: &impl Read,
    dates: &Dates,
    kind: EventKind,
) -> Result<BTreeMap<StoreId, i64>, DbError> {
    use event::Column as E;
    let rows: Vec<(Uuid, i64)> = event::Entity::find()
        .filter(happened(dates))
        .filter(E::Kind.eq(kind.code()))
        .select_only()
        .column(E::StoreId)
        .column_as(E::Id.count(), "times")
        .group_by(E::StoreId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(store, times)| (StoreId(store), times)).collect())
}

/// How many tills are open in each store.
///
/// # Errors
/// [`DbError`]
pub async fn open_tills(db: &impl Read) -> Result<BTreeMap<StoreId, i64>, DbError> {
    use till_session::Column as S;
    let open = till_session::Entity::find().filter(S::ClosedAt.is_null()).select_only();
    let rows: Vec<(Uuid, i64)> = open
        .column(S::StoreId)
        .column_as(S::Id.count(), "tills")
        .group_by(S::StoreId)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(store, tills)| (StoreId(store), tills)).collect())
}
