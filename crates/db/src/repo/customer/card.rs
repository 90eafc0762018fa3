//! A whole card, as it is stored over several tables.

use super::{from_row, row};
use crate::convert::{code, optional_json};
use crate::entity::{customer, customer_address, customer_contact, customer_date, customer_tag};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::customer::{Address, Contact, CustomerFile, ImportantDate, Medium};
use domain::ids::CustomerId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// A customer with everything on the card but what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub id: CustomerId,
    pub number: String,
    pub version: i64,
    pub file: CustomerFile,
    pub merged_into: Option<CustomerId>,
}

/// The card that stands for this customer.
///
/// # Errors
/// [`DbError`]
pub async fn load(db: &impl Read, id: CustomerId) -> Result<Option<Card>, DbError> {
    match row(db, id).await? {
        Some(row) => whole(db, row).await.map(Some),
        None => Ok(None),
    }
}

/// Exactly this card, merged or not; on `PostgreSQL` nobody else changes it until this is written.
///
/// # Errors
/// [`DbError`]
pub async fn load_for_change(tx: &WriteTx, id: CustomerId) -> Result<Option<Card>, DbError> {
    let mut query = customer::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    match query.one(&tx.tx).await? {
        Some(row) => whole(tx, row).await.map(Some),
        None => Ok(None),
    }
}

async fn whole(db: &impl Read, row: customer::Model) -> Result<Card, DbError> {
    let conn = db.conn();
    let (id, merged_into) = (row.id, row.merged_into.map(CustomerId));
    let tastes = optional_json(row.tastes.as_deref())?.unwrap_or_default();
    let customer = from_row(row)?;
    let (mut phones, mut emails) = (Vec::new(), Vec::new());
    let contacts = customer_contact::Entity::find()
        .filter(customer_contact::Column::CustomerId.eq(id))
        .order_by_asc(customer_contact::Column::Position)
        .all(conn)
        .await?;
    for row in contacts {
        let contact = Contact { kind: row.kind, value: row.value };
        match code(&row.medium)? {
            Medium::Phone => phones.push(contact),
            Medium::Email => emails.push(contact),
        }
    }
    let addresses = customer_address::Entity::find()
        .filter(customer_address::Column::CustomerId.eq(id))
        .order_by_asc(customer_address::Column::Position)
        .all(conn)
        .await?;
    let dates = customer_date::Entity::find()
        .filter(customer_date::Column::CustomerId.eq(id))
        .order_by_asc(customer_date::Column::Position)
        .all(conn)
        .await?;
    let tags = customer_tag::Entity::find()
        .filter(customer_tag::Column::CustomerId.eq(id))
        .order_by_asc(customer_tag::Column::Tag)
        .select_only()
        .column(customer_tag::Column::Tag)
        .into_tuple()
        .all(conn)
        .await?;
    let address = |row: customer_address::Model| Address {
        kind: row.kind,
        street: row.street,
        city: row.city,
        state: row.state,
        postal_code: row.postal_code,
    };
    let card = customer.card;
    Ok(Card {
        id: customer.id,
        number: customer.number,
        version: customer.version,
        merged_into,
        file: CustomerFile {
            first_name: card.first_name,
            last_name: card.last_name,
            company: card.company,
            vip: card.vip,
            tags,
            phones,
            emails,
            addresses: addresses.into_iter().map(address).collect(),
            dates: dates.into_iter().map(date).collect::<Result<_, _>>()?,
            tastes,
            note: card.note,
            exemption: card.exemption,
        },
    })
}

fn date(row: customer_date::Model) -> Result<ImportantDate, DbError> {
    Ok(ImportantDate {
        occasion: code(&row.occasion)?,
        of_whom: row.of_whom,
        month: u32::try_from(row.month).map_err(DbError::corrupt)?,
        day: u32::try_from(row.day).map_err(DbError::corrupt)?,
        year: row.year.map(i32::try_from).transpose().map_err(DbError::corrupt)?,
    })
}
