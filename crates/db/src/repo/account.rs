//! The chart of accounts.

use crate::convert::{account as account_code, code};
use crate::entity::account;
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ledger::{Account, AccountCode};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder};

/// The whole chart by number.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read) -> Result<Vec<Account>, DbError> {
    let rows = account::Entity::find().order_by_asc(account::Column::Code).all(db.conn()).await?;
    rows.into_iter().map(from_row).collect()
}

/// # Errors
/// [`DbError`]
pub async fn find(db: &impl Read, code: AccountCode) -> Result<Option<Account>, DbError> {
    let row = account::Entity::find_by_id(i64::from(code.get())).one(db.conn()).await?;
    row.map(from_row).transpose()
}

fn from_row(row: account::Model) -> Result<Account, DbError> {
    Ok(Account {
        code: account_code(row.code)?,
        kind: code(&row.kind)?,
        name: row.name,
        control: row.control,
        active: row.active,
    })
}

fn to_row(account: &Account) -> account::Model {
    account::Model {
        code: i64::from(account.code.get()),
        name: account.name.clone(),
        kind: account.kind.code().to_owned(),
        control: account.control,
        active: account.active,
    }
}

/// Adds the accounts a store starts with.
///
/// # Errors
/// [`DbError`]
pub async fn insert_all(tx: &WriteTx, accounts: &[Account]) -> Result<(), DbError> {
    tx.insert_all(accounts.iter().map(to_row).collect()).await
}

/// Adds an account or changes its name, kind and whether it is open.
///
/// # Errors
/// [`DbError`]
pub async fn save(tx: &WriteTx, account: &Account) -> Result<(), DbError> {
    use account::Column as C;
    let upsert = OnConflict::column(C::Code).update_columns([C::Name, C::Kind, C::Active]).to_owned();
    let row = to_row(account).into_active_model();
    account::Entity::insert(row).on_conflict(upsert).exec_without_returning(&tx.tx).await?;
    Ok(())
}
