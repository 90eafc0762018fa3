//! People, their roles and what they sign in with.

use crate::convert::code;
use crate::entity::{person, person_role};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{PersonId, StoreId};
use domain::person::{Actor, Role};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use std::collections::BTreeMap;

/// Somebody who works here. Hashes never leave the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub login: String,
    pub active: bool,
    pub version: i64,
    pub roles: BTreeMap<StoreId, Role>,
    pub has_pin: bool,
    pub has_password: bool,
}

/// What a sign-in is checked against.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub person: Person,
    pub password_hash: Option<String>,
    pub pin_hash: Option<String>,
    pub failed_attempts: i64,
    pub locked_until: Option<DateTime<Utc>>,
}

impl Person {
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { person_id: self.id, name: self.name.clone(), roles: self.roles.clone() }
    }
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
        failed_attempts: row.failed_attempts,
        locked_until: row.locked_until,
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
    pub id: PersonId,
    pub name: String,
    pub login: String,
    pub active: bool,
    pub roles: BTreeMap<StoreId, Role>,
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
    let row = person::Model {
        id: save.id.0,
        name: save.name.clone(),
        login: save.login.clone(),
        password_hash: save.password_hash.clone(),
        pin_hash: save.pin_hash.clone(),
        active: save.active,
        version: 1,
        failed_attempts: 0,
        locked_until: None,
        created_at: save.now,
    };
    let mut upsert = OnConflict::column(C::Id);
    upsert
        .update_columns([C::Name, C::Login, C::Active, C::FailedAttempts, C::LockedUntil])
        .value(C::Version, sea_orm::ExprTrait::add(Expr::col((person::Entity, C::Version)), 1));
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
    person_role::Entity::delete_many()
        .filter(person_role::Column::PersonId.eq(save.id.0))
        .exec(&tx.tx)
        .await?;
    let roles = save.roles.iter().map(|(store, role)| person_role::Model {
        person_id: save.id.0,
        store_id: store.0,
        role: role.code().to_owned(),
    });
    tx.insert_all(roles.collect()).await
}

/// Whether somebody active still is owner somewhere.
///
/// # Errors
/// [`DbError`]
pub async fn has_owner(db: &impl Read) -> Result<bool, DbError> {
    let people = list(db).await?;
    Ok(people.iter().any(|p| p.active && p.roles.values().any(|role| *role == Role::Owner)))
}

/// Counts a wrong password or PIN, or clears the count.
///
/// # Errors
/// [`DbError`]
pub async fn set_failures(
    tx: &WriteTx,
    id: PersonId,
    failed_attempts: i64,
    locked_until: Option<DateTime<Utc>>,
) -> Result<(), DbError> {
    person::Entity::update_many()
        .col_expr(person::Column::FailedAttempts, Expr::value(failed_attempts))
        .col_expr(person::Column::LockedUntil, Expr::value(locked_until))
        .filter(person::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
