//! Writing what an event of collecting decided.

use crate::entity::{collection_note, collector, dispute, dispute_end, promise, promise_end, reminder_pause};
use crate::error::DbError;
use crate::tx::WriteTx;
use domain::ids::EventId;
use domain::receivable::collect::{CollectChange, Collector};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Writes what was decided; its event is written already.
///
/// # Errors
/// [`DbError::Conflict`] when the account was given to somebody else meanwhile.
pub async fn insert_collect(tx: &WriteTx, change: &CollectChange, event: EventId) -> Result<(), DbError> {
    match change {
        CollectChange::Noted(note) => {
            tx.insert_all(vec![collection_note::Model {
                id: note.id.0,
                customer_id: note.customer_id.0,
                store_id: note.store_id.0,
                person_id: note.person_id.0,
                kind: note.kind.code().to_owned(),
                text: note.text.clone(),
                follow_up_on: note.follow_up_on,
                noted_at: note.noted_at,
            }])
            .await
        }
        CollectChange::Promised(made) => {
            tx.insert_all(vec![promise::Model {
                id: made.id.0,
                customer_id: made.customer_id.0,
                store_id: made.store_id.0,
                invoice_id: made.invoice_id.map(Into::into),
                person_id: made.person_id.0,
                amount_minor: made.amount.minor(),
                made_on: made.made_on,
                promised_on: made.promised_on,
                event_id: event.0,
            }])
            .await
        }
        CollectChange::Withdrawn(end) => {
            tx.insert_all(vec![promise_end::Model {
                promise_id: end.promise_id.0,
                event_id: event.0,
                reason: end.reason.clone(),
                ended_on: end.ended_on,
            }])
            .await
        }
        CollectChange::Disputed(opened) => {
            tx.insert_all(vec![dispute::Model {
                id: opened.id.0,
                invoice_id: opened.invoice_id.0,
                customer_id: opened.customer_id.0,
                store_id: opened.store_id.0,
                person_id: opened.person_id.0,
                reason: opened.reason.clone(),
                opened_on: opened.opened_on,
                event_id: event.0,
            }])
            .await
        }
        CollectChange::Settled(end) => {
            tx.insert_all(vec![dispute_end::Model {
                dispute_id: end.dispute_id.0,
                event_id: event.0,
                resolution: end.resolution.clone(),
                settled_on: end.settled_on,
            }])
            .await
        }
        CollectChange::Paused(pause) => {
            tx.insert_all(vec![reminder_pause::Model {
                id: pause.id.0,
                customer_id: pause.customer_id.0,
                invoice_id: pause.invoice_id.map(Into::into),
                store_id: pause.store_id.0,
                person_id: pause.person_id.0,
                until_on: pause.until_on,
                reason: pause.reason.clone(),
            }])
            .await
        }
        CollectChange::Assigned(collector) => save_collector(tx, collector).await,
    }
}

async fn save_collector(tx: &WriteTx, whose: &Collector) -> Result<(), DbError> {
    use collector::Column as C;
    let person_id = whose.person_id.map(Into::into);
    if whose.version == 1 {
        let row = collector::Model { customer_id: whose.customer_id.0, person_id, version: 1 };
        return tx.insert_all(vec![row]).await;
    }
    let changed = collector::Entity::update_many()
        .col_expr(C::PersonId, Expr::value(person_id))
        .col_expr(C::Version, Expr::value(whose.version))
        .filter(C::CustomerId.eq(whose.customer_id.0))
        .filter(C::Version.eq(whose.version - 1))
        .exec(&tx.tx)
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(DbError::Conflict("collector".to_owned())) }
}
