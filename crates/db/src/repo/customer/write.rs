//! Writing a card over the tables it is stored in.

use super::words;
use crate::batch::Batch;
use crate::convert::to_json;
use crate::entity::{customer, customer_address, customer_contact, customer_date, customer_tag};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::WriteTx;
use chrono::{DateTime, Utc};
use domain::customer::{Contact, CustomerFile, Medium, Tastes};
use domain::ids::CustomerId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use uuid::Uuid;

/// Puts a new card into the book.
///
/// # Errors
/// [`DbError`]
pub async fn insert(
    tx: &WriteTx,
    id: CustomerId,
    number: &str,
    file: &CustomerFile,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    let words = words::of_new(number, file);
    let front = file.front();
    let mut batch = Batch::new(tx);
    batch.insert_all(vec![customer::Model {
        id: id.0,
        number: number.to_owned(),
        display_name: front.display_name(),
        sort_name: words::sort_name(file),
        first_name: front.first_name,
        last_name: front.last_name,
        company: front.company,
        phone: front.phone,
        email: front.email,
        street: front.street,
        city: front.city,
        state: front.state,
        postal_code: front.postal_code,
        note: front.note,
        exemption_certificate: front.exemption.as_ref().map(|e| e.certificate.clone()),
        exemption_expires_on: front.exemption.as_ref().and_then(|e| e.expires_on),
        exemption_reason: reason(file),
        version: 1,
        search_text: search::search_text(&words),
        created_at: now,
        vip: file.vip,
        tastes: tastes(file)?,
        household_id: None,
        partner_id: None,
        merged_into: None,
    }]);
    plan_lists(&mut batch, id.0, file);
    batch.run(tx).await?;
    search::insert(tx, Found::Customer, words.into_iter().map(|word| (id.0, word))).await
}

/// Writes a card over the one that was there at `from_version`.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile, or it was merged into another.
pub async fn update(
    tx: &WriteTx,
    id: CustomerId,
    file: &CustomerFile,
    from_version: i64,
) -> Result<(), DbError> {
    use customer::Column as C;
    let front = file.front();
    let certificate = front.exemption.as_ref().map(|e| e.certificate.clone());
    let updated = customer::Entity::update_many()
        .col_expr(C::DisplayName, Expr::value(front.display_name()))
        .col_expr(C::SortName, Expr::value(words::sort_name(file)))
        .col_expr(C::FirstName, Expr::value(front.first_name))
        .col_expr(C::LastName, Expr::value(front.last_name))
        .col_expr(C::Company, Expr::value(front.company))
        .col_expr(C::Phone, Expr::value(front.phone))
        .col_expr(C::Email, Expr::value(front.email))
        .col_expr(C::Street, Expr::value(front.street))
        .col_expr(C::City, Expr::value(front.city))
        .col_expr(C::State, Expr::value(front.state))
        .col_expr(C::PostalCode, Expr::value(front.postal_code))
        .col_expr(C::Note, Expr::value(front.note))
        .col_expr(C::ExemptionCertificate, Expr::value(certificate))
        .col_expr(C::ExemptionExpiresOn, Expr::value(front.exemption.and_then(|e| e.expires_on)))
        .col_expr(C::ExemptionReason, Expr::value(reason(file)))
        .col_expr(C::Vip, Expr::value(file.vip))
        .col_expr(C::Tastes, Expr::value(tastes(file)?))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(id.0))
        .filter(C::Version.eq(from_version))
        .filter(C::MergedInto.is_null())
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the customer was changed meanwhile".to_owned()));
    }
    clear_lists(tx, id.0).await?;
    let mut batch = Batch::new(tx);
    plan_lists(&mut batch, id.0, file);
    batch.run(tx).await?;
    words::renew(tx, id).await
}

fn reason(file: &CustomerFile) -> Option<String> {
    file.exemption.as_ref().and_then(|e| e.reason).map(|reason| reason.code().to_owned())
}

fn tastes(file: &CustomerFile) -> Result<Option<String>, DbError> {
    (file.tastes != Tastes::default()).then(|| to_json(&file.tastes)).transpose()
}

async fn clear_lists(tx: &WriteTx, id: Uuid) -> Result<(), DbError> {
    let conn = &tx.tx;
    customer_contact::Entity::delete_many()
        .filter(customer_contact::Column::CustomerId.eq(id))
        .exec(conn)
        .await?;
    customer_address::Entity::delete_many()
        .filter(customer_address::Column::CustomerId.eq(id))
        .exec(conn)
        .await?;
    customer_date::Entity::delete_many().filter(customer_date::Column::CustomerId.eq(id)).exec(conn).await?;
    customer_tag::Entity::delete_many().filter(customer_tag::Column::CustomerId.eq(id)).exec(conn).await?;
    Ok(())
}

fn plan_lists(batch: &mut Batch, customer_id: Uuid, file: &CustomerFile) {
    let contact = |medium: Medium, position: i64, contact: &Contact| customer_contact::Model {
        customer_id,
        medium: medium.code().to_owned(),
        position,
        kind: contact.kind.clone(),
        value: contact.value.clone(),
    };
    let phones = (0..).zip(&file.phones).map(|(at, phone)| contact(Medium::Phone, at, phone));
    let emails = (0..).zip(&file.emails).map(|(at, email)| contact(Medium::Email, at, email));
    batch.insert_all(phones.chain(emails).collect());
    let addresses =
        (0..).zip(file.addresses.iter().cloned()).map(|(position, address)| customer_address::Model {
            customer_id,
            position,
            kind: address.kind,
            street: address.street,
            city: address.city,
            state: address.state,
            postal_code: address.postal_code,
        });
    batch.insert_all(addresses.collect());
    let dates = (0..).zip(&file.dates).map(|(position, date)| customer_date::Model {
        customer_id,
        position,
        occasion: date.occasion.code().to_owned(),
        of_whom: date.of_whom.clone(),
        month: date.month.into(),
        day: date.day.into(),
        year: date.year.map(Into::into),
    });
    batch.insert_all(dates.collect());
    let tags = file.tags.iter().map(|tag| customer_tag::Model { customer_id, tag: tag.clone() });
    batch.insert_all(tags.collect());
}
