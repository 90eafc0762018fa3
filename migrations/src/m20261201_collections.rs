//! Working with overdue accounts: notes, promises, disputes, pauses, whose account it is.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261201_collections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, COLLECTIONS).await?;
        append_only(manager, &NEVER_CHANGED).await
    }
}

const NEVER_CHANGED: [&str; 6] =
    ["collection_note", "promise", "promise_end", "dispute", "dispute_end", "reminder_pause"];

const COLLECTIONS: &str = "
-- Each is its event.
CREATE TABLE collection_note (
    id {uuid} PRIMARY KEY REFERENCES event (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    -- When somebody wants to look again.
    follow_up_on {date},
    noted_at {instant} NOT NULL
) {keyed};
CREATE INDEX collection_note_by_customer ON collection_note (customer_id, id);

-- Whether it was kept is not stored: it is what came in until its day.
CREATE TABLE promise (
    id {uuid} PRIMARY KEY,
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    -- NULL is the whole account.
    invoice_id {uuid} REFERENCES invoice (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    amount_minor {int} NOT NULL CHECK (amount_minor > 0),
    made_on {date} NOT NULL,
    promised_on {date} NOT NULL,
    event_id {uuid} NOT NULL REFERENCES event (id)
) {keyed};
CREATE INDEX promise_by_customer ON promise (customer_id, promised_on);
CREATE INDEX promise_by_day ON promise (promised_on, store_id);

CREATE TABLE promise_end (
    promise_id {uuid} PRIMARY KEY REFERENCES promise (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    reason TEXT NOT NULL,
    ended_on {date} NOT NULL
) {keyed};

CREATE TABLE dispute (
    id {uuid} PRIMARY KEY,
    invoice_id {uuid} NOT NULL REFERENCES invoice (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    opened_on {date} NOT NULL,
    event_id {uuid} NOT NULL REFERENCES event (id)
) {keyed};
CREATE INDEX dispute_by_invoice ON dispute (invoice_id);
CREATE INDEX dispute_by_customer ON dispute (customer_id);

CREATE TABLE dispute_end (
    dispute_id {uuid} PRIMARY KEY REFERENCES dispute (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    resolution TEXT NOT NULL,
    settled_on {date} NOT NULL
) {keyed};

-- The last one of a customer, or of an invoice, holds.
CREATE TABLE reminder_pause (
    id {uuid} PRIMARY KEY REFERENCES event (id),
    customer_id {uuid} NOT NULL REFERENCES customer (id),
    invoice_id {uuid} REFERENCES invoice (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    person_id {uuid} NOT NULL REFERENCES person (id),
    -- Its last day; the day before it was made where it was lifted.
    until_on {date} NOT NULL,
    reason TEXT NOT NULL
) {keyed};
CREATE INDEX reminder_pause_by_customer ON reminder_pause (customer_id, id);

-- Who looks after an overdue account.
CREATE TABLE collector (
    customer_id {uuid} PRIMARY KEY REFERENCES customer (id),
    person_id {uuid} REFERENCES person (id),
    version {int} NOT NULL
) {table};
CREATE INDEX collector_by_person ON collector (person_id) WHERE person_id IS NOT NULL;
";
