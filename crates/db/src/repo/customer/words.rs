//! The words a customer is found by: those of the card, and those of the cards that were merged into it.

use crate::entity::{customer, customer_contact};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::WriteTx;
use domain::customer::{CustomerFile, Medium, phone_words};
use domain::ids::CustomerId;
use domain::item::search_tokens;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// By which a list is ordered: the family name first.
pub(super) fn sort_name(file: &CustomerFile) -> String {
    let family_first = [file.last_name.as_deref(), file.first_name.as_deref(), file.company.as_deref()];
    family_first.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The words of a card that nobody knew before.
pub(super) fn of_new(number: &str, file: &CustomerFile) -> Vec<String> {
    let mut texts = vec![number];
    let names = [&file.first_name, &file.last_name, &file.company];
    texts.extend(names.into_iter().filter_map(Option::as_deref));
    texts.extend(file.addresses.first().and_then(|address| address.city.as_deref()));
    texts.extend(file.phones.iter().flat_map(|phone| phone_words(&phone.value)));
    texts.extend(file.emails.iter().map(|email| email.value.as_str()));
    search_tokens(&texts)
}

/// Reads the words of a card anew, after it or what is merged into it changed. A merged card is found by none.
pub(super) async fn renew(tx: &WriteTx, id: CustomerId) -> Result<(), DbError> {
    let own_and_merged = customer::Column::Id.eq(id.0).or(customer::Column::MergedInto.eq(id.0));
    let cards = customer::Entity::find().filter(own_and_merged).all(&tx.tx).await?;
    let contacts = customer_contact::Entity::find()
        .filter(customer_contact::Column::CustomerId.is_in(cards.iter().map(|card| card.id)))
        .all(&tx.tx)
        .await?;
    let merged = cards.iter().any(|card| card.id == id.0 && card.merged_into.is_some());
    let mut texts: Vec<&str> = Vec::new();
    if !merged {
        for card in &cards {
            texts.push(&card.number);
            let words = [&card.first_name, &card.last_name, &card.company, &card.city];
            texts.extend(words.into_iter().filter_map(Option::as_deref));
        }
        for contact in &contacts {
            if contact.medium == Medium::Phone.code() {
                texts.extend(phone_words(&contact.value));
            } else {
                texts.push(&contact.value);
            }
        }
    }
    let words = search_tokens(&texts);
    customer::Entity::update_many()
        .col_expr(customer::Column::SearchText, Expr::value(search::search_text(&words)))
        .filter(customer::Column::Id.eq(id.0))
        .exec(&tx.tx)
        .await?;
    search::replace(tx, Found::Customer, id.0, &words).await
}
