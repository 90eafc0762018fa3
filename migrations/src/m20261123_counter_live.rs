//! Approvals that are asked for and answered elsewhere, and tickets that are parked.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261123_counter_live"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, APPROVALS).await?;
        run(manager, TICKETS).await
    }
}

/// A column that must not be empty cannot be made to be on SQLite: the table is written anew. Nothing refers to it.
const APPROVALS: &str = "
CREATE TABLE approval_anew (
    id {uuid} PRIMARY KEY,
    kind TEXT NOT NULL,
    store_id {uuid} NOT NULL REFERENCES store (id),
    till_id {uuid} REFERENCES till (id),
    subject {text} NOT NULL,
    asked_by {uuid} NOT NULL REFERENCES person (id),
    asked_at {instant} NOT NULL,
    reason TEXT NOT NULL,
    -- What those who decide read; nothing where a manager stood at the till.
    sheet TEXT,
    state TEXT NOT NULL CHECK (state IN ('asked', 'given', 'refused', 'withdrawn')),
    decided_by {uuid} REFERENCES person (id),
    decided_at {instant},
    -- Why it was refused.
    answer TEXT,
    expires_at {instant} NOT NULL,
    used_by {uuid} REFERENCES event (id),
    CHECK ((state = 'asked') = (decided_at IS NULL)),
    CHECK ((state IN ('given', 'refused')) = (decided_by IS NOT NULL)),
    CHECK (used_by IS NULL OR state = 'given')
) {table};
INSERT INTO approval_anew (id, kind, store_id, subject, asked_by, asked_at, reason, state, decided_by, decided_at,
                           expires_at, used_by)
SELECT a.id, a.kind, a.store_id, a.subject, a.asked_by, COALESCE(e.recorded_at, a.expires_at), a.reason, 'given',
       a.approved_by, COALESCE(e.recorded_at, a.expires_at), a.expires_at, a.used_by
FROM approval a LEFT JOIN event e ON e.kind = 'approval_given' AND e.subject_id = a.id;
DROP TABLE approval;
ALTER TABLE approval_anew RENAME TO approval;
CREATE INDEX approval_by_store ON approval (store_id, asked_at);
CREATE INDEX approval_waiting ON approval (store_id, expires_at) WHERE state = 'asked';
";

const TICKETS: &str = "
-- A ticket put aside. One that was opened is no longer parked; what stood on it is in its event.
CREATE TABLE parked_ticket (
    id {uuid} PRIMARY KEY,
    store_id {uuid} NOT NULL REFERENCES store (id),
    till_id {uuid} NOT NULL REFERENCES till (id),
    parked_by {uuid} NOT NULL REFERENCES person (id),
    parked_at {instant} NOT NULL,
    label TEXT NOT NULL,
    pieces {int} NOT NULL,
    total_minor {int} NOT NULL,
    -- Until when its pieces are held.
    held_until {instant} NOT NULL,
    ticket TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('parked', 'opened', 'thrown_away')),
    closed_by_event {uuid} REFERENCES event (id),
    CHECK ((state = 'parked') = (closed_by_event IS NULL))
) {table};
CREATE INDEX parked_ticket_waiting ON parked_ticket (store_id, parked_at) WHERE state = 'parked';
CREATE INDEX item_held ON item (store_id, held_until) WHERE status = 'reserved';
";
