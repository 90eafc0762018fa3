//! Promises, with what came in for them.

use crate::convert::money;
use crate::entity::{invoice, promise, promise_end};
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::known_as;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerId, InvoiceId, PersonId, PromiseId, StoreId};
use domain::receivable::collect::{Promise, PromiseStanding, PromisesKept};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// The cards of whoever made the promise of a row of `promise`, in SQL: the one that stands, and those merged into it.
const CARDS: &str = "(SELECT x.id FROM customer own JOIN customer x \
    ON x.id = COALESCE(own.merged_into, own.id) OR x.merged_into = COALESCE(own.merged_into, own.id) \
    WHERE own.id = promise.customer_id)";

/// What came in for the promise of a row of `promise`, in SQL: the payments that were applied to what it is about, after
/// it was made and until its day. What a check had paid that came back is taken off again, whenever that was.
pub fn came_in() -> String {
    format!(
        "(SELECT CAST(COALESCE(SUM(a.amount_minor), 0) AS bigint) FROM receivable r \
         JOIN application a ON a.receivable_id = r.id \
         JOIN customer_credit c ON c.id = a.credit_id JOIN event ae ON ae.id = a.event_id \
         WHERE r.customer_id IN {CARDS} AND c.kind = 'payment' \
           AND (promise.invoice_id IS NULL OR r.invoice_id = promise.invoice_id) \
           AND ae.recorded_at > (SELECT me.recorded_at FROM event me WHERE me.id = promise.event_id) \
           AND (ae.kind <> 'check_returned' AND a.applied_on <= promise.promised_on \
                OR ae.kind = 'check_returned' AND c.posted_on >= promise.made_on))"
    )
}

/// Whether something of what was owed when the promise of a row of `promise` was made is owed still, in SQL.
pub fn still_owed() -> String {
    format!(
        "EXISTS (SELECT 1 FROM receivable r WHERE r.customer_id IN {CARDS} AND r.open_minor > 0 \
           AND r.posted_on <= promise.made_on \
           AND (promise.invoice_id IS NULL OR r.invoice_id = promise.invoice_id))"
    )
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    customer_id: Uuid,
    store_id: Uuid,
    invoice_id: Option<Uuid>,
    person_id: Uuid,
    amount_minor: i64,
    made_on: NaiveDate,
    promised_on: NaiveDate,
    came_in: i64,
    still_owed: bool,
    invoice: Option<String>,
    reason: Option<String>,
}

impl From<Row> for PromiseStanding {
    fn from(row: Row) -> Self {
        Self {
            promise: Promise {
                id: PromiseId(row.id),
                customer_id: CustomerId(row.customer_id),
                store_id: StoreId(row.store_id),
                invoice_id: row.invoice_id.map(InvoiceId),
                person_id: PersonId(row.person_id),
                amount: money(row.amount_minor),
                made_on: row.made_on,
                promised_on: row.promised_on,
            },
            came_in: money(row.came_in),
            still_owed: row.still_owed,
            ended: row.reason.is_some(),
        }
    }
}

/// The newest promises of a condition.
async fn rows(db: &impl Read, which: Condition, limit: Option<u64>) -> Result<Vec<Row>, DbError> {
    use promise::Column as P;
    let ended =
        promise::Entity::belongs_to(promise_end::Entity).from(P::Id).to(promise_end::Column::PromiseId);
    let about = promise::Entity::belongs_to(invoice::Entity).from(P::InvoiceId).to(invoice::Column::Id);
    let query = promise::Entity::find()
        .join(JoinType::LeftJoin, ended.into())
        .join(JoinType::LeftJoin, about.into())
        .filter(which)
        .select_only()
        .columns([P::Id, P::CustomerId, P::StoreId, P::InvoiceId, P::PersonId, P::AmountMinor])
        .columns([P::MadeOn, P::PromisedOn])
        .column_as(Expr::cust(came_in()), "came_in")
        .column_as(Expr::cust(still_owed()), "still_owed")
        .column_as(invoice::Column::Number, "invoice")
        .column_as(promise_end::Column::Reason, "reason")
        .order_by_desc(P::PromisedOn)
        .order_by_desc(P::Id)
        .limit(limit);
    Ok(query.into_model::<Row>().all(db.conn()).await?)
}

/// A promise as it is listed.
#[derive(Debug, Clone)]
pub struct PromiseRow {
    pub standing: PromiseStanding,
    /// Number of the invoice it is about.
    pub invoice: Option<String>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    pub by: String,
}

/// The promises of a customer, those with the latest day first.
///
/// # Errors
/// [`DbError`]
pub async fn list_promises(db: &impl Read, customer: CustomerId) -> Result<Vec<PromiseRow>, DbError> {
    /// Those before are history that nobody reads.
    const MOST: u64 = 100;
    let theirs = promise::Column::CustomerId.in_subquery(known_as(customer));
    let rows = rows(db, Condition::all().add(theirs), Some(MOST)).await?;
    let names = audit::names(db).await?;
    let line = |row: Row| PromiseRow {
        invoice: row.invoice.clone(),
        reason: row.reason.clone(),
        by: names.get(&row.person_id).cloned().unwrap_or_default(),
        standing: row.into(),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// One promise with what became of it so far.
///
/// # Errors
/// [`DbError`]
pub async fn find_promise(db: &impl Read, id: PromiseId) -> Result<Option<PromiseStanding>, DbError> {
    let this = Condition::all().add(promise::Column::Id.eq(id.0));
    Ok(rows(db, this, None).await?.into_iter().next().map(Into::into))
}

/// The promises on these cards that may matter today: not withdrawn, and open or about something that is owed still.
pub(super) async fn that_matter(
    db: &impl Read,
    cards: &[Uuid],
    today: NaiveDate,
) -> Result<Vec<PromiseStanding>, DbError> {
    use promise::Column as P;
    let which = Condition::all()
        .add(P::CustomerId.is_in(cards.iter().copied()))
        .add(promise_end::Column::PromiseId.is_null())
        .add(Condition::any().add(P::PromisedOn.gte(today)).add(Expr::cust(still_owed())));
    Ok(rows(db, which, None).await?.into_iter().map(Into::into).collect())
}

/// Of the promises in these stores whose day fell into a period and that were not withdrawn, how many were kept.
///
/// # Errors
/// [`DbError`]
pub async fn count_kept(
    db: &impl Read,
    stores: &[StoreId],
    (from, before): (NaiveDate, NaiveDate),
) -> Result<PromisesKept, DbError> {
    use promise::Column as P;
    let ended =
        promise::Entity::belongs_to(promise_end::Entity).from(P::Id).to(promise_end::Column::PromiseId);
    let kept =
        format!("CAST(SUM(CASE WHEN {} >= promise.amount_minor THEN 1 ELSE 0 END) AS bigint)", came_in());
    let counted: Option<(Option<i64>, i64)> = promise::Entity::find()
        .join(JoinType::LeftJoin, ended.into())
        .filter(P::StoreId.is_in(stores.iter().map(|store| store.0)))
        .filter(P::PromisedOn.gte(from))
        .filter(P::PromisedOn.lt(before))
        .filter(promise_end::Column::PromiseId.is_null())
        .select_only()
        .column_as(Expr::cust(kept), "kept")
        .column_as(P::Id.count(), "due")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (kept, due) = counted.unwrap_or_default();
    Ok(PromisesKept { kept: kept.unwrap_or(0), due })
}
