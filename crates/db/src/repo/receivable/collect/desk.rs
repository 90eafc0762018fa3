//! The list of the day: who is looked at, with everything that ranks them.

use super::cards::Cards;
use super::facts;
use crate::entity::{collection_note, collector, customer, receivable};
use crate::error::DbError;
use crate::repo::customer::found_by;
use crate::tx::Read;
use chrono::{Days, NaiveDate};
use domain::customer::find_words;
use domain::ids::{PersonId, StoreId};
use domain::receivable::Bucket;
use domain::receivable::collect::{DeskRow, MOST_FOLLOW_UP_DAYS, Whose};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Order, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use uuid::Uuid;

/// Nobody calls more people in a day; whoever has more to do narrows the list to a store or to their own accounts.
const MOST_ON_DESK: u64 = 500;

/// What the list is narrowed to.
#[derive(Debug, Clone)]
pub struct DeskNarrow<'a> {
    pub stores: &'a [StoreId],
    pub words: &'a str,
    pub whose: Whose,
    /// Who asks.
    pub person: PersonId,
    pub today: NaiveDate,
}

/// The customers there are to look at.
#[derive(Debug)]
pub struct Desk {
    pub rows: Vec<DeskRow>,
    /// There are more.
    pub more: bool,
}

/// The customers to look at with all that ranks them: one statement for whom, and one for each kind of fact, whatever
/// their number. Only open rows are read.
///
/// # Errors
/// [`DbError`]
pub async fn load_desk(db: &impl Read, narrow: &DeskNarrow<'_>) -> Result<Desk, DbError> {
    let candidates = candidates(narrow).limit(MOST_ON_DESK + 1).to_owned();
    let found = db.conn().query_all(&candidates).await?;
    let mut found: Vec<Uuid> =
        found.iter().map(|row| row.try_get("", "customer_id")).collect::<Result<_, sea_orm::DbErr>>()?;
    let most = usize::try_from(MOST_ON_DESK).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let cards = Cards::load(db, &found).await?;
    let mut rows = facts::rows(db, &cards, narrow).await?;
    // A card that was merged away may have been given to somebody while the one that stands is not.
    rows.retain(|row| match narrow.whose {
        Whose::All => true,
        Whose::Mine => row.collector.person_id == Some(narrow.person),
        Whose::Nobody => row.collector.person_id.is_none(),
    });
    Ok(Desk { rows, more })
}

/// The cards to look at: those first whom somebody wanted to look at again by today, then by amount and age as
/// `domain::receivable::collect::rank` has them. What merged cards owe is put together afterwards, so that this reads one
/// index; no more than who comes last depends on it.
fn candidates(narrow: &DeskNarrow<'_>) -> SelectStatement {
    let of = |name: &'static str| Expr::col((Alias::new("found"), Alias::new(name)));
    let mut found = overdue(narrow);
    found.union(UnionType::All, looked_at_again(narrow));
    let mut query = Query::select();
    query
        .expr_as(of("customer_id"), "customer_id")
        .from_subquery(found, Alias::new("found"))
        .add_group_by([of("customer_id")])
        .order_by_expr(of("again").max(), Order::Desc)
        .order_by_expr(of("weight").sum(), Order::Desc)
        .order_by_expr(of("customer_id"), Order::Asc);
    for word in find_words(narrow.words) {
        query.and_where(of("customer_id").in_subquery(found_by(&word)));
    }
    match narrow.whose {
        Whose::All => {}
        Whose::Mine => {
            query.and_where(of("customer_id").in_subquery(given_to(Some(narrow.person))));
        }
        Whose::Nobody => {
            query.and_where(of("customer_id").not_in_subquery(given_to(None)));
        }
    }
    query
}

/// What is overdue, each cent once for every column of the aging it has reached.
fn overdue(narrow: &DeskNarrow<'_>) -> SelectStatement {
    use receivable::Column as R;
    let mut columns = Expr::case(R::DueOn.gte(narrow.today), 0_i64);
    // The last column first: the first case that holds counts.
    let mut reached = i64::try_from(Bucket::LAST_DAYS.len()).unwrap_or(0) + 1;
    for last in Bucket::LAST_DAYS.iter().rev() {
        reached -= 1;
        let before = narrow.today.checked_sub_days(Days::new(last.unsigned_abs())).unwrap_or(narrow.today);
        columns = columns.case(R::DueOn.lt(before), reached);
    }
    let open = Expr::col((receivable::Entity, R::OpenMinor));
    receivable::Entity::find()
        // In words that SQLite recognizes: it takes the index of open rows for no condition that is bound.
        .filter(Expr::cust("receivable.open_minor > 0"))
        .filter(R::DueOn.lt(narrow.today))
        .filter(R::StoreId.is_in(narrow.stores.iter().map(|store| store.0)))
        .select_only()
        .column(R::CustomerId)
        .column_as(open.mul(columns.finally(0_i64)), "weight")
        .column_as(Expr::value(0_i64), "again")
        .into_query()
}

/// Cards whose last note says that somebody looks again by today, and which owe something.
fn looked_at_again(narrow: &DeskNarrow<'_>) -> SelectStatement {
    use collection_note::Column as N;
    use receivable::Column as R;
    let earliest = narrow.today.checked_sub_days(Days::new(MOST_FOLLOW_UP_DAYS)).unwrap_or(narrow.today);
    let owes = receivable::Entity::find()
        .filter(
            Expr::col((receivable::Entity, R::CustomerId)).equals((collection_note::Entity, N::CustomerId)),
        )
        .filter(R::OpenMinor.gt(0))
        .filter(R::StoreId.is_in(narrow.stores.iter().map(|store| store.0)))
        .select_only()
        .expr(Expr::value(1));
    collection_note::Entity::find()
        .filter(N::FollowUpOn.between(earliest, narrow.today))
        .filter(Expr::cust(IS_THE_LAST))
        .filter(Expr::exists(owes.into_query()))
        .select_only()
        .column(N::CustomerId)
        .column_as(Expr::value(0_i64), "weight")
        .column_as(Expr::value(1_i64), "again")
        .into_query()
}

/// No note was written on the same card after this one.
pub(super) const IS_THE_LAST: &str = "NOT EXISTS (SELECT 1 FROM collection_note later \
    WHERE later.customer_id = collection_note.customer_id AND (later.noted_at > collection_note.noted_at \
       OR later.noted_at = collection_note.noted_at AND later.id > collection_note.id))";

/// All cards of the accounts that are given to this person, or to anybody.
fn given_to(person: Option<PersonId>) -> SelectStatement {
    use collector::Column as K;
    const THEIRS: &str = "customer.id = COALESCE(own.merged_into, own.id) OR customer.merged_into = COALESCE(own.merged_into, own.id)";
    let own = Alias::new("own");
    let mut query = Query::select();
    query
        .column((customer::Entity, customer::Column::Id))
        .from(collector::Entity)
        .join_as(
            JoinType::InnerJoin,
            customer::Entity,
            own.clone(),
            Expr::col((own, customer::Column::Id)).equals((collector::Entity, K::CustomerId)),
        )
        .inner_join(customer::Entity, Expr::cust(THEIRS));
    match person {
        Some(person) => query.and_where(Expr::col((collector::Entity, K::PersonId)).eq(person.0)),
        None => query.and_where(Expr::col((collector::Entity, K::PersonId)).is_not_null()),
    };
    query
}
