//! Signed-in browsers and browsers paired with a till. Only digests of tokens are kept.

use crate::convert::code;
use crate::entity::{device, pairing, person, person_role, session};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::ids::{DeviceId, PersonId, StoreId, TillId};
use domain::person::Role;
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QuerySelect, QueryTrait};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub token_hash: Vec<u8>,
    pub person_id: PersonId,
    pub device_id: Option<DeviceId>,
    pub created_at: DateTime<Utc>,
    pub seen_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// Since when the till waits for a PIN.
    pub locked_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// A browser paired with a till.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    pub id: DeviceId,
    pub till_id: TillId,
}

/// Everything that tells who is asking, in one look: every request begins with it.
#[derive(Debug, Clone)]
pub struct Asking {
    pub session: Session,
    pub name: String,
    pub active: bool,
    pub roles: BTreeMap<StoreId, Role>,
    /// The browser, where its cookie says that it is paired with a till.
    pub device: Option<Device>,
}

#[derive(Debug, FromQueryResult)]
struct AskingRow {
    token_hash: Vec<u8>,
    person_id: Uuid,
    device_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    locked_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    name: String,
    active: bool,
    store_id: Option<Uuid>,
    role: Option<String>,
    paired_device_id: Option<Uuid>,
    till_id: Option<Uuid>,
}

/// Who is asking, by the digests of both cookies.
///
/// # Errors
/// [`DbError`]
pub async fn find_asking(
    db: &impl Read,
    token_hash: &[u8],
    device_hash: Option<&[u8]>,
) -> Result<Option<Asking>, DbError> {
    use session::Column as C;
    let person = session::Entity::belongs_to(person::Entity).from(C::PersonId).to(person::Column::Id).into();
    let roles = session::Entity::belongs_to(person_role::Entity)
        .from(C::PersonId)
        .to(person_role::Column::PersonId)
        .into();
    let mut query = session::Entity::find_by_id(token_hash.to_vec())
        .join(JoinType::InnerJoin, person)
        .join(JoinType::LeftJoin, roles)
        .columns([person::Column::Name, person::Column::Active])
        .columns([person_role::Column::StoreId, person_role::Column::Role])
        .column_as(device::Column::Id, "paired_device_id")
        .column(device::Column::TillId);
    let paired = Expr::col((device::Entity, device::Column::TokenHash))
        .eq(device_hash.map(<[u8]>::to_vec))
        .and(Expr::col((device::Entity, device::Column::RevokedAt)).is_null());
    QueryTrait::query(&mut query).join(JoinType::LeftJoin, device::Entity, paired);
    let rows = query.into_model::<AskingRow>().all(db.conn()).await?;
    let mut roles = BTreeMap::new();
    for row in &rows {
        if let (Some(store), Some(role)) = (row.store_id, &row.role) {
            roles.insert(StoreId(store), code(role)?);
        }
    }
    Ok(rows.into_iter().next().map(|row| Asking {
        session: Session {
            token_hash: row.token_hash,
            person_id: PersonId(row.person_id),
            device_id: row.device_id.map(DeviceId),
            created_at: row.created_at,
            seen_at: row.seen_at,
            expires_at: row.expires_at,
            locked_at: row.locked_at,
            ended_at: row.ended_at,
        },
        name: row.name,
        active: row.active,
        roles,
        device: row
            .paired_device_id
            .zip(row.till_id)
            .map(|(id, till_id)| Device { id: DeviceId(id), till_id: TillId(till_id) }),
    }))
}

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, session: &Session) -> Result<(), DbError> {
    let row = session::Model {
        token_hash: session.token_hash.clone(),
        person_id: session.person_id.0,
        device_id: session.device_id.map(Into::into),
        created_at: session.created_at,
        seen_at: session.seen_at,
        expires_at: session.expires_at,
        locked_at: session.locked_at,
        ended_at: session.ended_at,
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn end(tx: &WriteTx, token_hash: &[u8], now: DateTime<Utc>) -> Result<(), DbError> {
    set(tx, session::Column::TokenHash.eq(token_hash.to_vec()), session::Column::EndedAt, Some(now)).await
}

/// Ends every session of a person, on every browser, but for one.
///
/// # Errors
/// [`DbError`]
pub async fn end_all(
    tx: &WriteTx,
    person: PersonId,
    but: Option<&[u8]>,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let mut of_person = session::Column::PersonId.eq(person.0).and(session::Column::EndedAt.is_null());
    if let Some(but) = but {
        of_person = of_person.and(session::Column::TokenHash.ne(but.to_vec()));
    }
    set(tx, of_person, session::Column::EndedAt, Some(now)).await
}

/// # Errors
/// [`DbError`]
pub async fn set_locked(tx: &WriteTx, token_hash: &[u8], at: Option<DateTime<Utc>>) -> Result<(), DbError> {
    set(tx, session::Column::TokenHash.eq(token_hash.to_vec()), session::Column::LockedAt, at).await
}

/// # Errors
/// [`DbError`]
pub async fn set_seen(tx: &WriteTx, token_hash: &[u8], at: DateTime<Utc>) -> Result<(), DbError> {
    set(tx, session::Column::TokenHash.eq(token_hash.to_vec()), session::Column::SeenAt, Some(at)).await
}

async fn set(
    tx: &WriteTx,
    which: sea_orm::sea_query::SimpleExpr,
    column: session::Column,
    value: Option<DateTime<Utc>>,
) -> Result<(), DbError> {
    session::Entity::update_many().col_expr(column, Expr::value(value)).filter(which).exec(&tx.tx).await?;
    Ok(())
}

/// # Errors
/// [`DbError`]
pub async fn find_device(db: &impl Read, token_hash: &[u8]) -> Result<Option<Device>, DbError> {
    let query = device::Entity::find()
        .filter(device::Column::TokenHash.eq(token_hash.to_vec()))
        .filter(device::Column::RevokedAt.is_null());
    let row = query.one(db.conn()).await?;
    Ok(row.map(|row| Device { id: DeviceId(row.id), till_id: TillId(row.till_id) }))
}

/// Pairs a browser with a till; the browser that was paired before no longer is.
///
/// # Errors
/// [`DbError`]
pub async fn pair(
    tx: &WriteTx,
    device: &Device,
    token_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    unpair(tx, device.till_id, now).await?;
    let row = device::Model {
        id: device.id.0,
        till_id: device.till_id.0,
        token_hash: token_hash.to_vec(),
        paired_at: now,
        revoked_at: None,
    };
    tx.insert_all(vec![row]).await
}

/// # Errors
/// [`DbError`]
pub async fn insert_pairing(
    tx: &WriteTx,
    code_hash: &[u8],
    pairing: Pairing,
    expires_at: DateTime<Utc>,
) -> Result<(), DbError> {
    let row = pairing::Model {
        code_hash: code_hash.to_vec(),
        till_id: pairing.till.0,
        expires_at,
        used_at: None,
        made_by: pairing.made_by.map(Into::into),
    };
    tx.insert_all(vec![row]).await
}

/// What a pairing code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairing {
    pub till: TillId,
    /// Who asked for it; nobody when it was printed on the server's console.
    pub made_by: Option<PersonId>,
}

/// Takes the till away from the browser it is paired with.
///
/// # Errors
/// [`DbError`]
pub async fn unpair(tx: &WriteTx, till: TillId, now: DateTime<Utc>) -> Result<(), DbError> {
    device::Entity::update_many()
        .col_expr(device::Column::RevokedAt, Expr::value(Some(now)))
        .filter(device::Column::TillId.eq(till.0))
        .filter(device::Column::RevokedAt.is_null())
        .exec(&tx.tx)
        .await?;
    Ok(())
}

/// Since when each till is paired with a browser.
///
/// # Errors
/// [`DbError`]
pub async fn paired_tills(db: &impl Read) -> Result<Vec<(TillId, DateTime<Utc>)>, DbError> {
    let rows: Vec<(uuid::Uuid, DateTime<Utc>)> = device::Entity::find()
        .filter(device::Column::RevokedAt.is_null())
        .select_only()
        .column(device::Column::TillId)
        .column(device::Column::PairedAt)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(till, at)| (TillId(till), at)).collect())
}

/// Uses a pairing code up; `None` when it is unknown, expired or used.
///
/// # Errors
/// [`DbError`]
pub async fn use_pairing(
    tx: &WriteTx,
    code_hash: &[u8],
    now: DateTime<Utc>,
) -> Result<Option<Pairing>, DbError> {
    let Some(row) = pairing::Entity::find_by_id(code_hash.to_vec()).one(&tx.tx).await? else {
        return Ok(None);
    };
    if row.expires_at < now {
        return Ok(None);
    }
    let used = pairing::Entity::update_many()
        .col_expr(pairing::Column::UsedAt, Expr::value(Some(now)))
        .filter(pairing::Column::CodeHash.eq(code_hash.to_vec()))
        .filter(pairing::Column::UsedAt.is_null())
        .exec(&tx.tx)
        .await?;
    let pairing = Pairing { till: TillId(row.till_id), made_by: row.made_by.map(PersonId) };
    Ok((used.rows_affected == 1).then_some(pairing))
}
