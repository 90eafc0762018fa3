//! People, their roles and what they sign in with.

use crate::convert::code;
use crate::entity::{person, person_role};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{PersonId, StoreId};
pub use domain::person::Person;
use domain::person::Role;
use domain::tries::Tries;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub person: Person,
    pub password_hash: Option<String>,
    pub pin_hash: Option<String>,
}

/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read) -> Result<Vec<Person>, DbError> {
    let rows = person::Entity::find().order_by_asc(person::Column::Name).all(db.conn()).await?;
    let mut roles = roles_of(db, None).await?;
    Ok(rows.into_iter().map(|row| to_person(&row, &mut roles)).collect())
}

/// # Errors
/// [`DbError`]
pub async fn find(db: &impl Read, id: PersonId) -> Result<Option<Credentials>, DbError> {
    let row = person::Entity::find_by_id(id.0).one(db.conn()).await?;
    credentials(db, row).await
}

/// # Errors
/// [`DbError`]
pub async fn find_by_login(db: &impl Read, login: &str) -> Result<Option<Credentials>, DbError> {
    let query = person::Entity::find().filter(person::Column::Login.eq(login));
    let row = query.one(db.conn()).await?;
    credentials(db, row).await
}

async fn credentials(db: &impl Read, row: Option<person::Model>) -> Result<Option<Credentials>, DbError> {
    let Some(row) = row else { return Ok(None) };
    let mut roles = roles_of(db, Some(row.id)).await?;
    Ok(Some(Credentials {
        person: to_person(&row, &mut roles),
        password_hash: row.password_hash,
        pin_hash: row.pin_hash,
    }))
}

type Roles = BTreeMap<uuid::Uuid, BTreeMap<StoreId, Role>>;

async fn roles_of(db: &impl Read, person: Option<uuid::Uuid>) -> Result<Roles, DbError> {
    let mut query = person_role::Entity::find();
    if let Some(person) = person {
        query = query.filter(person_role::Column::PersonId.eq(person));
    }
    let mut roles = Roles::new();
    for row in query.all(db.conn()).await? {
        roles.entry(row.person_id).or_default().insert(StoreId(row.store_id), code(&row.role)?);
    }
    Ok(roles)
}

fn to_person(row: &person::Model, roles: &mut Roles) -> Person {
    Person {
        id: PersonId(row.id),
        name: row.name.clone(),
        login: row.login.clone(),
        active: row.active,
        version: row.version,
        roles: roles.remove(&row.id).unwrap_or_default(),
        has_pin: row.pin_hash.is_some(),
        has_password: row.password_hash.is_some(),
    }
}

/// What is written of a person; a hash that is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct SavePerson {
    pub person: Person,
    pub password_hash: Option<String>,
    pub pin_hash: Option<String>,
    pub now: DateTime<Utc>,
}

/// Adds a person or changes one.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else has the login.
pub async fn save(tx: &WriteTx, save: &SavePerson) -> Result<(), DbError> {
    use person::Column as C;
    let p = &save.person;
    let row = person::Model {
        id: p.id.0,
        name: p.name.clone(),
        login: p.login.clone(),
        password_hash: save.password_hash.clone(),
        pin_hash: save.pin_hash.clone(),
        active: p.active,
        version: p.version,
        failed_attempts: 0,
        locked_until: None,
        created_at: save.now,
    };
    let mut upsert = OnConflict::column(C::Id);
    upsert.update_columns([C::Name, C::Login, C::Active, C::Version, C::FailedAttempts, C::LockedUntil]);
    if save.password_hash.is_some() {
        upsert.update_column(C::PasswordHash);
    }
    if save.pin_hash.is_some() {
        upsert.update_column(C::PinHash);
    }
    person::Entity::insert(row.into_active_model())
        .on_conflict(upsert)
        .exec_without_returning(&tx.tx)
        .await?;
    person_role::Entity::delete_many().filter(person_role::Column::PersonId.eq(p.id.0)).exec(&tx.tx).await?;
    let roles = p.roles.iter().map(|(store, role)| person_role::Model {
        person_id: p.id.0,
        store_id: store.0,
        role: role.code().to_owned(),
    });
    tx.insert_all(roles.collect()).await
}

/// Gives a person a role in a store where they have none.
///
/// # Errors
/// [`DbError`]
pub async fn add_role(tx: &WriteTx, id: PersonId, store: StoreId, role: Role) -> Result<(), DbError> {
    let row = person_role::Model { person_id: id.0, store_id: store.0, role: role.code().to_owned() };
    tx.insert_all(vec![row]).await
}

/// Replaces a password or PIN; a hash that is `None` stays as it is.
///
/// # Errors
/// [`DbError`]
pub async fn set_secrets(
    tx: &WriteTx,
    id: PersonId,
    password_hash: Option<String>,
    pin_hash: Option<String>,
) -> Result<(), DbError> {
    for (column, hash) in [(person::Column::PasswordHash, password_hash), (person::Column::PinHash, pin_hash)]
    {
        if hash.is_some() {
            person::Entity::update_many()
                .col_expr(column, Expr::value(hash))
                .filter(person::Column::Id.eq(id.0))
                .exec(&tx.tx)
                .await?;
        }
    }
    Ok(())
}

/// Makes whoever else decides about this person wait until this is written. On `SQLite` there is one writer.
///
/// # Errors
/// [`DbError`]
pub async fn lock(tx: &WriteTx, id: PersonId) -> Result<(), DbError> {
    if tx.locks_rows() {
        let query = person::Entity::find_by_id(id.0).select_only().column(person::Column::Id);
        query.lock_exclusive().into_tuple::<uuid::Uuid>().one(&tx.tx).await?;
    }
    Ok(())
}

/// The tries at somebody's secrets; none at those of nobody.
///
/// # Errors
/// [`DbError`]
pub async fn tries(tx: &WriteTx, id: PersonId) -> Result<Tries, DbError> {
    let row: Option<(i64, Option<DateTime<Utc>>)> = person::Entity::find_by_id(id.0)
        .select_only()
        .column(person::Column::FailedAttempts)
        .column(person::Column::LockedUntil)
        .into_tuple()
        .one(&tx.tx)
        .await?;
    Ok(row.map(|(failed, locked_until)| Tries { failed, locked_until }).unwrap_or_default())
}

/// Writes the tries at somebody's secrets.
///
/// # Errors
/// [`DbError`]
pub async fn set_tries(tx: &WriteTx, id: PersonId, tries: Tries) -> Result<(), DbError> {
    person::Entity::update_many()
        .col_expr(person::Column::FailedAttempts, Expr::value(tries.failed))
        .col_expr(person::Column::LockedUntil, Expr::value(tries.locked_until))
        .filter(person::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
