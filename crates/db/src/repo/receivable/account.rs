//! House accounts, and how a customer stands.

use super::collect::{came_in, still_owed};
use crate::convert::{code, money};
use crate::entity::{customer, customer_credit, house_account, promise, promise_end, receivable};
use crate::error::DbError;
use crate::repo::customer::{known_as, who_stands_for};
use crate::tx::{Read, WriteTx, sum_minor};
use chrono::NaiveDate;
use domain::ids::CustomerId;
use domain::money::Money;
use domain::receivable::{AccountStanding, HouseAccount, Terms};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Makes whoever else decides about this customer's account wait, and says whose account it is by the card that stands.
/// On `SQLite` there is one writer.
///
/// # Errors
/// [`DbError`]
pub async fn lock_customer(tx: &WriteTx, id: CustomerId) -> Result<Option<(CustomerId, String)>, DbError> {
    let mut query = customer::Entity::find()
        .filter(Expr::col((customer::Entity, customer::Column::Id)).eq(who_stands_for(id)))
        .select_only()
        .column(customer::Column::Id)
        .column(customer::Column::DisplayName);
    if tx.locks_rows() {
        query = query.lock(LockType::Update);
    }
    let row: Option<(Uuid, String)> = query.into_tuple().one(&tx.tx).await?;
    Ok(row.map(|(id, name)| (CustomerId(id), name)))
}

/// The house account of a customer: that of the card that stands, else the oldest of those it stands for.
///
/// # Errors
/// [`DbError`]
pub async fn find_account(db: &impl Read, customer: CustomerId) -> Result<Option<HouseAccount>, DbError> {
    let rows = house_account::Entity::find()
        .filter(house_account::Column::CustomerId.in_subquery(known_as(customer)))
        .order_by_asc(house_account::Column::OpenedOn)
        .order_by_asc(house_account::Column::CustomerId)
        .all(db.conn())
        .await?;
    let own = rows.iter().position(|row| row.customer_id == customer.0).unwrap_or(0);
    rows.into_iter().nth(own).map(account).transpose()
}

pub(super) fn account(row: house_account::Model) -> Result<HouseAccount, DbError> {
    let number = |number: i64| u32::try_from(number).map_err(DbError::corrupt);
    Ok(HouseAccount {
        customer_id: CustomerId(row.customer_id),
        terms: Terms::of_numbers(number(row.net_days)?, number(row.installments)?),
        limit: row.limit_minor.map(money),
        state: code(&row.state)?,
        hold_reason: row.hold_reason,
        opened_on: row.opened_on,
        version: row.version,
    })
}

/// Writes a house account.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else opened or changed it meanwhile.
pub async fn save_account(tx: &WriteTx, account: &HouseAccount) -> Result<(), DbError> {
    use house_account::Column as C;
    let (net_days, installments) = account.terms.numbers();
    let limit_minor = account.limit.map(Money::minor);
    if account.version == 1 {
        return tx
            .insert_all(vec![house_account::Model {
                customer_id: account.customer_id.0,
                net_days: i64::from(net_days),
                installments: i64::from(installments),
                limit_minor,
                state: account.state.code().to_owned(),
                hold_reason: account.hold_reason.clone(),
                opened_on: account.opened_on,
                version: 1,
            }])
            .await;
    }
    let changed = house_account::Entity::update_many()
        .col_expr(C::NetDays, Expr::value(i64::from(net_days)))
        .col_expr(C::Installments, Expr::value(i64::from(installments)))
        .col_expr(C::LimitMinor, Expr::value(limit_minor))
        .col_expr(C::State, Expr::value(account.state.code()))
        .col_expr(C::HoldReason, Expr::value(account.hold_reason.clone()))
        .col_expr(C::Version, Expr::value(account.version))
        .filter(C::CustomerId.eq(account.customer_id.0))
        .filter(C::Version.eq(account.version - 1))
        .exec(&tx.tx)
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(DbError::Conflict("house_account".to_owned())) }
}

/// How a customer stands on a day.
///
/// # Errors
/// [`DbError`]
pub async fn load_standing(
    db: &impl Read,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<AccountStanding, DbError> {
    use receivable::Column as R;
    let overdue = Expr::case(R::DueOn.lt(today), Expr::col((receivable::Entity, R::OpenMinor)))
        .finally(Expr::value(0_i64))
        .sum()
        .cast_as("bigint");
    type Sums = (Option<i64>, Option<i64>, Option<NaiveDate>);
    let sums: Option<Sums> = receivable::Entity::find()
        .filter(R::CustomerId.in_subquery(known_as(customer)))
        .filter(R::OpenMinor.gt(0))
        .select_only()
        .column_as(sum_minor((receivable::Entity, R::OpenMinor)), "owed")
        .column_as(overdue, "overdue")
        .column_as(R::DueOn.min(), "oldest_due")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (owed, overdue, oldest_due) = sums.unwrap_or_default();
    let left: Option<Option<i64>> = customer_credit::Entity::find()
        .filter(customer_credit::Column::CustomerId.in_subquery(known_as(customer)))
        .filter(customer_credit::Column::LeftMinor.gt(0))
        .select_only()
        .column_as(sum_minor((customer_credit::Entity, customer_credit::Column::LeftMinor)), "left")
        .into_tuple()
        .one(db.conn())
        .await?;
    let account = find_account(db, customer).await?;
    Ok(AccountStanding {
        customer_id: customer,
        account,
        owed: money(owed.unwrap_or(0)),
        overdue: money(overdue.unwrap_or(0)),
        unapplied: money(left.flatten().unwrap_or(0)),
        oldest_due,
        broken_promise: broken_promise(db, customer, today).await?,
    })
}

/// The last promise of a customer that was not kept, while something is owed of what was owed when it was made. What
/// `PromiseStanding` says of each promise, asked of all of them at once.
async fn broken_promise(
    db: &impl Read,
    customer: CustomerId,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, DbError> {
    use promise::Column as P;
    let ended = promise_end::Entity::find().select_only().column(promise_end::Column::PromiseId);
    let last = promise::Entity::find()
        .filter(P::CustomerId.in_subquery(known_as(customer)))
        .filter(P::PromisedOn.lt(today))
        .filter(P::Id.not_in_subquery(sea_orm::QueryTrait::into_query(ended)))
        .filter(Expr::cust(format!("promise.amount_minor > {}", came_in())))
        .filter(Expr::cust(still_owed()))
        .order_by_desc(P::PromisedOn)
        .select_only()
        .column(P::PromisedOn);
    Ok(last.into_tuple().one(db.conn()).await?)
}
