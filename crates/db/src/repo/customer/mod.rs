//! The customer book. A card that was merged into another is read through it: whoever names the one gets the other.

mod card;
mod duplicate;
mod household;
mod merge;
mod notes;
mod private;
mod ties;
mod words;
mod write;

pub use card::{Card, load, load_for_change};
pub use duplicate::{count_duplicates, find_duplicates, list_duplicates, settle};
pub use household::{household_of, load_household, lock_ties, save_household};
pub use merge::{MergeRow, list_merged, load_merge, load_to_merge, save_merge, save_undo, still_merged};
pub use notes::{count_notes, insert_note, list_notes};
pub use private::{Sealed, count_sealed, delete_private, find_private, insert_private, list_private};
pub use write::{insert, update};

use crate::convert::optional_code;
use crate::entity::{customer, customer_tag, search_term};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::Read;
use domain::customer::{Customer, CustomerCard, CustomerFilter, CustomerPage, Exemption, find_words};
use domain::ids::CustomerId;
use sea_orm::sea_query::{Expr, Func, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

/// Customers by name, or those that have all the words.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &CustomerFilter) -> Result<CustomerPage, DbError> {
    use customer::Column as C;
    let mut which = Condition::all().add(C::MergedInto.is_null());
    let words = find_words(&filter.words);
    if let Some(rarest) = search::rarest(db, Found::Customer, &words).await? {
        let ids = search_term::Entity::find()
            .filter(search::begins_with(Found::Customer, rarest))
            .select_only()
            .column(search_term::Column::EntityId);
        which = which.add(C::Id.in_subquery(ids.into_query()));
        for word in words.iter().filter(|word| *word != rarest) {
            which = which.add(C::SearchText.contains(format!(" {word}")));
        }
    }
    if let Some(tag) = &filter.tag {
        let tagged = customer_tag::Entity::find()
            .filter(customer_tag::Column::Tag.eq(tag))
            .select_only()
            .column(customer_tag::Column::CustomerId);
        which = which.add(C::Id.in_subquery(tagged.into_query()));
    }
    if filter.vip {
        which = which.add(C::Vip.eq(true));
    }
    let query = customer::Entity::find().filter(which);
    let count = query.clone().count(db.conn()).await?;
    let rows = query
        .order_by_asc(C::SortName)
        .order_by_asc(C::Id)
        .offset(filter.offset)
        .limit(filter.limit)
        .all(db.conn())
        .await?;
    let customers = rows.into_iter().map(from_row).collect::<Result<_, _>>()?;
    Ok(CustomerPage { customers, count })
}

/// The tags there are, in order.
///
/// # Errors
/// [`DbError`]
pub async fn list_tags(db: &impl Read) -> Result<Vec<String>, DbError> {
    /// More are no choice any more.
    const MOST: u64 = 200;
    let query = customer_tag::Entity::find()
        .select_only()
        .column(customer_tag::Column::Tag)
        .distinct()
        .order_by_asc(customer_tag::Column::Tag)
        .limit(MOST);
    Ok(query.into_tuple().all(db.conn()).await?)
}

/// The customer of this card, by the card that stands for it.
///
/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: CustomerId) -> Result<Option<Customer>, DbError> {
    row(db, id).await?.map(from_row).transpose()
}

/// The row that stands for a customer.
async fn row(db: &impl Read, id: CustomerId) -> Result<Option<customer::Model>, DbError> {
    let found = customer::Entity::find_by_id(id.0).one(db.conn()).await?;
    match found.as_ref().and_then(|row| row.merged_into) {
        Some(survivor) => Ok(customer::Entity::find_by_id(survivor).one(db.conn()).await?),
        None => Ok(found),
    }
}

/// The card that stands for a customer: the one theirs was merged into, else their own.
pub(crate) fn who_stands_for(id: CustomerId) -> Expr {
    let survivor = customer::Entity::find_by_id(id.0).select_only().column(customer::Column::MergedInto);
    let survivor = Expr::SubQuery(None, Box::new(survivor.into_query().into()));
    Func::coalesce([survivor, Expr::value(id.0)]).into()
}

/// The ids under which a customer was sold to: the card that stands for them and those that were merged into it.
pub(crate) fn known_as(id: CustomerId) -> SelectStatement {
    let stands = || who_stands_for(id);
    let column = |column: customer::Column| Expr::col((customer::Entity, column));
    let any = column(customer::Column::Id).eq(stands()).or(column(customer::Column::MergedInto).eq(stands()));
    customer::Entity::find().filter(any).select_only().column(customer::Column::Id).into_query()
}

/// The name that sales and entries show for a customer: that of the card that stands.
///
/// # Errors
/// [`DbError`]
pub(crate) async fn name_of(db: &impl Read, id: CustomerId) -> Result<Option<String>, DbError> {
    Ok(row(db, id).await?.map(|row| row.display_name))
}

/// The ids of those whom a word finds, merged cards too.
pub(crate) fn found_by(word: &str) -> SelectStatement {
    let found = || {
        search_term::Entity::find()
            .filter(search::begins_with(Found::Customer, word))
            .select_only()
            .column(search_term::Column::EntityId)
            .into_query()
    };
    let any = customer::Column::Id.in_subquery(found()).or(customer::Column::MergedInto.in_subquery(found()));
    customer::Entity::find().filter(any).select_only().column(customer::Column::Id).into_query()
}

fn from_row(row: customer::Model) -> Result<Customer, DbError> {
    let reason = optional_code(row.exemption_reason.as_deref())?;
    let exemption = row.exemption_certificate.map(|certificate| Exemption {
        certificate,
        expires_on: row.exemption_expires_on,
        reason,
    });
    Ok(Customer {
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
            vip: row.vip,
        },
    })
}
