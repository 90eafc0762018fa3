//! Households and partners.

use super::row;
use crate::entity::{customer, household};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::customer::{ChangeHousehold, Household, HouseholdOutcome, HouseholdState, Member};
use domain::ids::{CustomerId, HouseholdId};
use sea_orm::sea_query::{Expr, Func, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Makes whoever else ties cards together wait until this is written: it is rare, and each of them may concern any
/// card. On `SQLite` there is one writer.
///
/// # Errors
/// [`DbError`]
pub async fn lock_ties(tx: &WriteTx) -> Result<(), DbError> {
    /// The key of this lock: any number that no other lock has.
    const TIES: i64 = 0x0063_7573_746f_6d65;
    if tx.locks_rows() {
        let lock = Query::select().expr(Func::cust("pg_advisory_xact_lock").arg(TIES)).to_owned();
        tx.tx.query_one(&lock).await?;
    }
    Ok(())
}

/// The household of the card that stands for a customer.
///
/// # Errors
/// [`DbError`]
pub async fn household_of(db: &impl Read, id: CustomerId) -> Result<Option<Household>, DbError> {
    match row(db, id).await? {
        Some(row) => of_row(db, &row).await,
        None => Ok(None),
    }
}

/// What a change of a household depends on.
///
/// # Errors
/// [`DbError`]
pub async fn load_household(tx: &WriteTx, cmd: &ChangeHousehold) -> Result<Option<HouseholdState>, DbError> {
    let Some(found) = row(tx, cmd.customer_id).await? else { return Ok(None) };
    let own = of_row(tx, &found).await?;
    let other = match cmd.change.other() {
        Some(other) => match row(tx, other).await? {
            Some(row) => Some((member(&row, None), of_row(tx, &row).await?)),
            None => None,
        },
        None => None,
    };
    Ok(Some(HouseholdState { customer: member(&found, None), own, other }))
}

fn member(row: &customer::Model, partner: Option<Uuid>) -> Member {
    Member {
        id: CustomerId(row.id),
        number: row.number.clone(),
        name: row.display_name.clone(),
        partner: partner.map(CustomerId),
    }
}

/// Whoever is named by a card that was merged is the one that it was merged into.
async fn of_row(db: &impl Read, row: &customer::Model) -> Result<Option<Household>, DbError> {
    let Some(id) = row.household_id else { return Ok(None) };
    let Some(found) = household::Entity::find_by_id(id).one(db.conn()).await? else { return Ok(None) };
    let rows = customer::Entity::find()
        .filter(customer::Column::HouseholdId.eq(id))
        .order_by_asc(customer::Column::Id)
        .all(db.conn())
        .await?;
    let stands_for: BTreeMap<Uuid, Uuid> =
        rows.iter().map(|row| (row.id, row.merged_into.unwrap_or(row.id))).collect();
    let survivor = |id: Uuid| stands_for.get(&id).copied().unwrap_or(id);
    let standing = || rows.iter().filter(|row| row.merged_into.is_none());
    let partner: BTreeMap<Uuid, Uuid> =
        standing().filter_map(|row| Some((row.id, survivor(row.partner_id?)))).collect();
    let each_others = |row: &customer::Model| {
        partner.get(&row.id).copied().filter(|other| partner.get(other) == Some(&row.id) && *other != row.id)
    };
    let members: Vec<Member> = standing().map(|row| member(row, each_others(row))).collect();
    let named = CustomerId(survivor(found.primary_id));
    let leads = members.iter().find(|member| member.id == named).or(members.first());
    let Some(primary) = leads.map(|member| member.id) else { return Ok(None) };
    Ok(Some(Household { id: HouseholdId(id), name: found.name, primary, members }))
}

/// Writes a change.
///
/// # Errors
/// [`DbError`]
pub async fn save_household(tx: &WriteTx, outcome: &HouseholdOutcome) -> Result<(), DbError> {
    use customer::Column as C;
    let nobody = || Expr::value(Option::<Uuid>::None);
    let free = || {
        customer::Entity::update_many().col_expr(C::HouseholdId, nobody()).col_expr(C::PartnerId, nobody())
    };
    if let Some(ends) = outcome.ends {
        free().filter(C::HouseholdId.eq(ends.0)).exec(&tx.tx).await?;
        household::Entity::delete_by_id(ends.0).exec(&tx.tx).await?;
    }
    if !outcome.alone.is_empty() {
        free().filter(C::Id.is_in(outcome.alone.iter().map(|id| id.0))).exec(&tx.tx).await?;
    }
    let Some(stays) = &outcome.stays else { return Ok(()) };
    let row = household::Model { id: stays.id.0, name: stays.name.clone(), primary_id: stays.primary.0 };
    household::Entity::delete_by_id(stays.id.0).exec(&tx.tx).await?;
    tx.insert_all(vec![row]).await?;
    customer::Entity::update_many()
        .col_expr(C::HouseholdId, Expr::value(stays.id.0))
        .col_expr(C::PartnerId, nobody())
        .filter(C::Id.is_in(stays.members.iter().map(|member| member.id.0)))
        .exec(&tx.tx)
        .await?;
    for (member, partner) in stays.members.iter().filter_map(|member| Some((member.id, member.partner?))) {
        customer::Entity::update_many()
            .col_expr(C::PartnerId, Expr::value(partner.0))
            .filter(C::Id.eq(member.0))
            .exec(&tx.tx)
            .await?;
    }
    Ok(())
}
