//! The customer book.

use crate::entity::customer;
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, Utc};
use domain::customer::{Customer, CustomerCard, CustomerPage, Exemption};
use domain::ids::CustomerId;
use domain::item::search_tokens;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// Customers by name, or those that have all the words.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, typed: &str, offset: u64, limit: u64) -> Result<CustomerPage, DbError> {
    let mut which = Condition::all();
    let tokens = search_tokens(&[typed]);
    if let Some(rarest) = search::rarest(db, Found::Customer, &tokens).await? {
        let ids = crate::entity::search_term::Entity::find()
            .filter(search::begins_with(Found::Customer, rarest))
            .select_only()
            .column(crate::entity::search_term::Column::EntityId);
        which = which.add(customer::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(ids)));
        for token in tokens.iter().filter(|token| *token != rarest) {
            which = which.add(customer::Column::SearchText.contains(format!(" {token}")));
        }
    }
    let query = customer::Entity::find().filter(which);
    let count = query.clone().count(db.conn()).await?;
    let rows = query
        .order_by_asc(customer::Column::SortName)
        .order_by_asc(customer::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(db.conn())
        .await?;
    Ok(CustomerPage { customers: rows.into_iter().map(from_row).collect(), count })
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: CustomerId) -> Result<Option<Customer>, DbError> {
    Ok(customer::Entity::find_by_id(id.0).one(db.conn()).await?.map(from_row))
}

fn from_row(row: customer::Model) -> Customer {
    let exemption = row.exemption_certificate.map(|certificate| Exemption {
        certificate,
        expires_on: row.exemption_expires_on,
        reason: None,
    });
    Customer {
        id: CustomerId(row.id),
        number: row.number,
        version: row.version,
        card: CustomerCard {
            first_name: row.first_name,
            last_name: row.last_name,
            company: row.company,
            phone: row.phone,
            email: row.email,
            street: row.street,
            city: row.city,
            state: row.state,
            postal_code: row.postal_code,
            note: row.note,
            exemption,
        },
    }
}

fn to_row(customer: &Customer, tokens: &[String], now: DateTime<Utc>) -> customer::Model {
    let card = &customer.card;
    let family_first = [card.last_name.as_deref(), card.first_name.as_deref(), card.company.as_deref()];
    let family_first = family_first.into_iter().flatten().collect::<Vec<_>>().join(" ");
    customer::Model {
        id: customer.id.0,
        number: customer.number.clone(),
        display_name: card.display_name(),
        sort_name: family_first.to_lowercase(),
        first_name: card.first_name.clone(),
        last_name: card.last_name.clone(),
        company: card.company.clone(),
        phone: card.phone.clone(),
        email: card.email.clone(),
        street: card.street.clone(),
        city: card.city.clone(),
        state: card.state.clone(),
        postal_code: card.postal_code.clone(),
        note: card.note.clone(),
        exemption_certificate: card.exemption.as_ref().map(|e| e.certificate.clone()),
        exemption_expires_on: card.exemption.as_ref().and_then(|e| e.expires_on),
        version: customer.version,
        search_text: search::search_text(tokens),
        created_at: now,
    }
}

/// Number, names, mail, and the phone as a whole and by its last digits.
fn tokens(customer: &Customer) -> Vec<String> {
    let card = &customer.card;
    let phone = card.phone.as_deref().unwrap_or_default().trim_start_matches('+');
    let local = phone.get(phone.len().saturating_sub(10)..).unwrap_or_default();
    let last_four = phone.get(phone.len().saturating_sub(4)..).unwrap_or_default();
    let mut texts = vec![customer.number.as_str(), phone, local, last_four];
    let named = [&card.first_name, &card.last_name, &card.company, &card.email, &card.city];
    texts.extend(named.into_iter().filter_map(Option::as_deref));
    search_tokens(&texts)
}

/// # Errors
/// [`DbError`]
pub async fn insert(tx: &WriteTx, customer: &Customer, now: DateTime<Utc>) -> Result<(), DbError> {
    let words = tokens(customer);
    tx.insert_all(vec![to_row(customer, &words, now)]).await?;
    search::insert(tx, Found::Customer, words.into_iter().map(|word| (customer.id.0, word))).await
}

/// Writes a card over the one that was there at `from_version`.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(
    tx: &WriteTx,
    customer: &Customer,
    from_version: i64,
    now: DateTime<Utc>,
) -> Result<(), DbError> {
    use customer::Column as C;
    let words = tokens(customer);
    let row = to_row(customer, &words, now);
    let updated = customer::Entity::update_many()
        .col_expr(C::DisplayName, Expr::value(row.display_name))
        .col_expr(C::SortName, Expr::value(row.sort_name))
        .col_expr(C::FirstName, Expr::value(row.first_name))
        .col_expr(C::LastName, Expr::value(row.last_name))
        .col_expr(C::Company, Expr::value(row.company))
        .col_expr(C::Phone, Expr::value(row.phone))
        .col_expr(C::Email, Expr::value(row.email))
        .col_expr(C::Street, Expr::value(row.street))
        .col_expr(C::City, Expr::value(row.city))
        .col_expr(C::State, Expr::value(row.state))
        .col_expr(C::PostalCode, Expr::value(row.postal_code))
        .col_expr(C::Note, Expr::value(row.note))
        .col_expr(C::ExemptionCertificate, Expr::value(row.exemption_certificate))
        .col_expr(C::ExemptionExpiresOn, Expr::value(row.exemption_expires_on))
        .col_expr(C::SearchText, Expr::value(row.search_text))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(customer.id.0))
        .filter(C::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("the customer was changed meanwhile".to_owned()));
    }
    search::replace(tx, Found::Customer, customer.id.0, &words).await
}
