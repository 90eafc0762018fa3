//! Events, approvals and the journal. Events and journal are append-only.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261102_ledger"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        append_only(manager, &["event", "journal_entry", "journal_line", "z_report"]).await
    }
}

const TABLES: &str = "
CREATE TABLE account (
    code {int} PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    control {bool} NOT NULL,
    active {bool} NOT NULL
) {table};

CREATE TABLE tender_kind (
    code {text} PRIMARY KEY,
    label TEXT NOT NULL,
    nature TEXT NOT NULL,
    account_code {int} NOT NULL REFERENCES account (code),
    position {int} NOT NULL,
    active {bool} NOT NULL
) {table};

-- What happened. The id of an event is the id of the command that caused it; its result is kept so
-- that a repeated command gets the same answer.
CREATE TABLE event (
    id {uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    business_date {date} NOT NULL,
    recorded_at {instant} NOT NULL,
    actor_id {uuid} REFERENCES person (id),
    approver_id {uuid} REFERENCES person (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    till_id {uuid} REFERENCES till (id),
    session_id {uuid},
    device_id {uuid} REFERENCES device (id),
    subject_kind TEXT NOT NULL,
    subject_id {uuid} NOT NULL,
    summary TEXT NOT NULL,
    before TEXT,
    after TEXT,
    body_hash {bytes} NOT NULL,
    result TEXT NOT NULL
) {keyed};
CREATE INDEX event_by_subject ON event (subject_id);

CREATE TABLE approval (
    id {uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    store_id {uuid} NOT NULL REFERENCES store (id),
    subject {text} NOT NULL,
    asked_by {uuid} NOT NULL REFERENCES person (id),
    approved_by {uuid} NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    expires_at {instant} NOT NULL,
    used_by {uuid} REFERENCES event (id)
) {table};

CREATE TABLE journal_entry (
    id {uuid} PRIMARY KEY,
    event_id {uuid} NOT NULL REFERENCES event (id),
    legal_entity_id {uuid} NOT NULL REFERENCES legal_entity (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    business_date {date} NOT NULL,
    recorded_at {instant} NOT NULL,
    narrative TEXT NOT NULL,
    -- An entry is undone at most once.
    reverses_id {uuid} UNIQUE REFERENCES journal_entry (id),
    hash {bytes} NOT NULL
) {keyed};
CREATE INDEX journal_entry_by_event ON journal_entry (event_id);
CREATE INDEX journal_entry_by_day ON journal_entry (store_id, business_date);

CREATE TABLE journal_line (
    entry_id {uuid} NOT NULL REFERENCES journal_entry (id),
    line_no {int} NOT NULL,
    account_code {int} NOT NULL REFERENCES account (code),
    -- Debit above zero, credit below.
    amount_minor {int} NOT NULL CHECK (amount_minor <> 0),
    store_id {uuid} NOT NULL,
    business_date {date} NOT NULL,
    till_id {uuid},
    customer_id {uuid},
    item_id {uuid},
    document_id {uuid},
    associate_id {uuid},
    jurisdiction_id {uuid},
    PRIMARY KEY (entry_id, line_no)
) {keyed};
CREATE INDEX journal_line_by_account ON journal_line (account_code, business_date);
CREATE INDEX journal_line_by_till ON journal_line (till_id, account_code) WHERE till_id IS NOT NULL;
CREATE INDEX journal_line_by_item ON journal_line (item_id) WHERE item_id IS NOT NULL;

-- A store day: open from its first till session until somebody closes it. The digest seals it.
CREATE TABLE store_day (
    store_id {uuid} NOT NULL REFERENCES store (id),
    business_date {date} NOT NULL,
    opened_at {instant} NOT NULL,
    closed_at {instant},
    digest {bytes},
    PRIMARY KEY (store_id, business_date)
) {keyed};
CREATE UNIQUE INDEX store_day_one_open ON store_day (store_id) WHERE closed_at IS NULL;

CREATE TABLE till_session (
    id {uuid} PRIMARY KEY,
    till_id {uuid} NOT NULL REFERENCES till (id),
    store_id {uuid} NOT NULL REFERENCES store (id),
    business_date {date} NOT NULL,
    opened_at {instant} NOT NULL,
    opened_by {uuid} NOT NULL REFERENCES person (id),
    float_minor {int} NOT NULL,
    closed_at {instant},
    closed_by {uuid} REFERENCES person (id)
) {table};
CREATE UNIQUE INDEX till_session_one_open ON till_session (till_id) WHERE closed_at IS NULL;
CREATE INDEX till_session_by_day ON till_session (store_id, business_date);

CREATE TABLE z_report (
    session_id {uuid} PRIMARY KEY REFERENCES till_session (id),
    till_id {uuid} NOT NULL REFERENCES till (id),
    number {int} NOT NULL,
    body TEXT NOT NULL,
    hash {bytes} NOT NULL,
    UNIQUE (till_id, number)
) {table};
";
