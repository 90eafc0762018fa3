//! Cards that may be one customer.

use crate::convert::code;
use crate::entity::{customer, customer_contact, customer_duplicate};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::customer::{Duplicate, DuplicateWhy, NamedCustomer};
use domain::ids::{CustomerId, EventId};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// More with one phone is a switchboard, and no list of duplicates.
const MOST_FOUND: u64 = 20;

/// Looks for cards that may be this customer too, by the indexes of phones, e-mails and names. What was settled stays
/// settled; what is alike no more is forgotten.
///
/// # Errors
/// [`DbError`]
pub async fn find_duplicates(tx: &WriteTx, id: CustomerId, now: DateTime<Utc>) -> Result<(), DbError> {
    use customer_duplicate::Column as D;
    customer_duplicate::Entity::delete_many()
        .filter(about(id))
        .filter(D::SettledBy.is_null())
        .exec(&tx.tx)
        .await?;
    let Some(card) = customer::Entity::find_by_id(id.0).one(&tx.tx).await? else { return Ok(()) };
    if card.merged_into.is_some() {
        return Ok(());
    }
    let mut alike: BTreeMap<Uuid, DuplicateWhy> = BTreeMap::new();
    for other in same_name_and_place(tx, &card).await? {
        alike.insert(other, DuplicateWhy::NameAndPlace);
    }
    // What says more about two people wins.
    for (why, medium) in [(DuplicateWhy::Email, "email"), (DuplicateWhy::Phone, "phone")] {
        for other in same_contact(tx, id, medium).await? {
            alike.insert(other, why);
        }
    }
    let row = |(other, why): (Uuid, DuplicateWhy)| customer_duplicate::Model {
        one_id: Ord::min(id.0, other),
        other_id: Ord::max(id.0, other),
        why: why.code().to_owned(),
        found_at: now,
        settled_by: None,
    };
    let rows: Vec<_> = alike.into_iter().map(row).map(IntoActiveModel::into_active_model).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let known = OnConflict::columns([D::OneId, D::OtherId]).do_nothing().to_owned();
    customer_duplicate::Entity::insert_many(rows).on_conflict(known).exec_without_returning(&tx.tx).await?;
    Ok(())
}

fn about(id: CustomerId) -> Condition {
    use customer_duplicate::Column as D;
    Condition::any().add(D::OneId.eq(id.0)).add(D::OtherId.eq(id.0))
}

async fn same_contact(tx: &WriteTx, id: CustomerId, medium: &str) -> Result<Vec<Uuid>, DbError> {
    use customer_contact::Column as C;
    let values: Vec<String> = customer_contact::Entity::find()
        .filter(C::CustomerId.eq(id.0))
        .filter(C::Medium.eq(medium))
        .select_only()
        .column(C::Value)
        .into_tuple()
        .all(&tx.tx)
        .await?;
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let card = customer_contact::Entity::belongs_to(customer::Entity)
        .from(C::CustomerId)
        .to(customer::Column::Id)
        .into();
    let found = customer_contact::Entity::find()
        .join(sea_orm::JoinType::InnerJoin, card)
        .filter(C::Medium.eq(medium))
        .filter(C::Value.is_in(values))
        .filter(C::CustomerId.ne(id.0))
        .filter(customer::Column::MergedInto.is_null())
        .select_only()
        .column(C::CustomerId)
        .limit(MOST_FOUND);
    Ok(found.into_tuple().all(&tx.tx).await?)
}

async fn same_name_and_place(tx: &WriteTx, card: &customer::Model) -> Result<Vec<Uuid>, DbError> {
    use customer::Column as C;
    let mut place = Condition::any();
    if let Some(code) = &card.postal_code {
        place = place.add(C::PostalCode.eq(code));
    }
    if let Some(city) = &card.city {
        place = place.add(C::City.eq(city));
    }
    if place.is_empty() {
        return Ok(Vec::new());
    }
    let found = customer::Entity::find()
        .filter(C::SortName.eq(&card.sort_name))
        .filter(C::Id.ne(card.id))
        .filter(C::MergedInto.is_null())
        .filter(place)
        .select_only()
        .column(C::Id)
        .limit(MOST_FOUND);
    Ok(found.into_tuple().all(&tx.tx).await?)
}

/// How many pairs wait for somebody to look at them.
///
/// # Errors
/// [`DbError`]
pub async fn count_duplicates(db: &impl Read) -> Result<u64, DbError> {
    let open = customer_duplicate::Entity::find().filter(customer_duplicate::Column::SettledBy.is_null());
    Ok(open.count(db.conn()).await?)
}

/// Pairs that nobody has settled, those found first first.
///
/// # Errors
/// [`DbError`]
pub async fn list_duplicates(db: &impl Read, offset: u64, limit: u64) -> Result<Vec<Duplicate>, DbError> {
    use customer_duplicate::Column as D;
    let pairs = customer_duplicate::Entity::find()
        .filter(D::SettledBy.is_null())
        .order_by_asc(D::FoundAt)
        .order_by_asc(D::OneId)
        .order_by_asc(D::OtherId)
        .offset(offset)
        .limit(limit)
        .all(db.conn())
        .await?;
    let ids: Vec<Uuid> = pairs.iter().flat_map(|pair| [pair.one_id, pair.other_id]).collect();
    let cards = customer::Entity::find().filter(customer::Column::Id.is_in(ids)).all(db.conn()).await?;
    let names: BTreeMap<Uuid, NamedCustomer> = cards.into_iter().map(|card| (card.id, named(card))).collect();
    let mut list = Vec::with_capacity(pairs.len());
    for pair in pairs {
        if let (Some(one), Some(other)) = (names.get(&pair.one_id), names.get(&pair.other_id)) {
            list.push(Duplicate { one: one.clone(), other: other.clone(), why: code(&pair.why)? });
        }
    }
    Ok(list)
}

fn named(card: customer::Model) -> NamedCustomer {
    NamedCustomer { id: CustomerId(card.id), number: card.number, name: card.display_name }
}

/// Keeps a pair from being listed again, whether it was listed or not.
///
/// # Errors
/// [`DbError`]
pub async fn settle(
    tx: &WriteTx,
    one: CustomerId,
    other: CustomerId,
    by: EventId,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    use customer_duplicate::Column as D;
    let (first, second) = (Ord::min(one.0, other.0), Ord::max(one.0, other.0));
    let settled = customer_duplicate::Entity::update_many()
        .col_expr(D::SettledBy, Expr::value(by.0))
        .filter(D::OneId.eq(first).and(D::OtherId.eq(second)))
        .exec(&tx.tx)
        .await?;
    if settled.rows_affected == 0 {
        let row = customer_duplicate::Model {
            one_id: first,
            other_id: second,
            why: DuplicateWhy::NameAndPlace.code().to_owned(),
            found_at: now,
            settled_by: Some(by.0),
        };
        tx.insert_all(vec![row]).await?;
    }
    Ok(())
}
