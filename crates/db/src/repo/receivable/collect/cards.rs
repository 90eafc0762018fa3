//! Customers by all of their cards, and whose account each is.

use crate::entity::{collector, customer};
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::known_as;
use crate::tx::Read;
use domain::customer::NamedCustomer;
use domain::ids::{CustomerId, PersonId};
use domain::receivable::collect::Assigned;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A customer as lists show them.
#[derive(Debug, Clone)]
pub(super) struct Who {
    pub named: NamedCustomer,
    pub phone: Option<String>,
    pub vip: bool,
}

/// Some customers, and which card stands for each of their cards.
#[derive(Debug, Default)]
pub(super) struct Cards {
    pub who: BTreeMap<Uuid, Who>,
    stands: BTreeMap<Uuid, Uuid>,
}

impl Cards {
    /// The customers of some cards, each with all of their cards.
    pub async fn load(db: &impl Read, found: &[Uuid]) -> Result<Self, DbError> {
        use customer::Column as C;
        type Row = (Uuid, Option<Uuid>, String, String, Option<String>, bool);
        let standing: Vec<(Uuid, Option<Uuid>)> = customer::Entity::find()
            .filter(C::Id.is_in(found.iter().copied()))
            .select_only()
            .columns([C::Id, C::MergedInto])
            .into_tuple()
            .all(db.conn())
            .await?;
        let standing: BTreeSet<Uuid> = standing.into_iter().map(|(id, into)| into.unwrap_or(id)).collect();
        let theirs = Condition::any()
            .add(C::Id.is_in(standing.iter().copied()))
            .add(C::MergedInto.is_in(standing.iter().copied()));
        let rows: Vec<Row> = customer::Entity::find()
            .filter(theirs)
            .select_only()
            .columns([C::Id, C::MergedInto, C::Number, C::DisplayName, C::Phone, C::Vip])
            .into_tuple()
            .all(db.conn())
            .await?;
        let mut cards = Self::default();
        for (id, merged_into, number, name, phone, vip) in rows {
            cards.stands.insert(id, merged_into.unwrap_or(id));
            if merged_into.is_none() {
                let named = NamedCustomer { id: CustomerId(id), number, name };
                cards.who.insert(id, Who { named, phone, vip });
            }
        }
        Ok(cards)
    }

    pub fn ids(&self) -> Vec<Uuid> {
        self.stands.keys().copied().collect()
    }

    /// Rows of any of their cards, by the card that stands.
    pub fn by_standing<T>(
        &self,
        rows: impl IntoIterator<Item = (Uuid, T)>,
    ) -> BTreeMap<Uuid, Vec<(Uuid, T)>> {
        let mut sorted: BTreeMap<Uuid, Vec<(Uuid, T)>> = BTreeMap::new();
        for (card, row) in rows {
            let stands = self.stands.get(&card).copied().unwrap_or(card);
            sorted.entry(stands).or_default().push((card, row));
        }
        sorted
    }
}

/// Who looks after an account, of the rows of its cards.
pub(super) fn resolve(
    stands: Uuid,
    rows: &[(Uuid, (Option<Uuid>, i64))],
    names: &BTreeMap<Uuid, String>,
) -> Assigned {
    let own = rows.iter().find(|(card, _)| *card == stands).map(|(_, row)| *row);
    let others = || rows.iter().find(|(_, (person, _))| person.is_some()).map(|(_, row)| *row);
    let person = own.or_else(others).and_then(|(person, _)| person);
    Assigned {
        person_id: person.map(PersonId),
        name: person.and_then(|id| names.get(&id).cloned()),
        version: own.map_or(0, |(_, version)| version),
    }
}

pub(super) async fn collectors(
    db: &impl Read,
    which: Condition,
) -> Result<Vec<(Uuid, (Option<Uuid>, i64))>, DbError> {
    let rows = collector::Entity::find().filter(which).all(db.conn()).await?;
    Ok(rows.into_iter().map(|row| (row.customer_id, (row.person_id, row.version))).collect())
}

/// Who looks after a customer's account.
///
/// # Errors
/// [`DbError`]
pub async fn assigned(db: &impl Read, customer: CustomerId) -> Result<Assigned, DbError> {
    let theirs = collector::Column::CustomerId.in_subquery(known_as(customer));
    let rows = collectors(db, Condition::all().add(theirs)).await?;
    Ok(resolve(customer.0, &rows, &audit::names(db).await?))
}
