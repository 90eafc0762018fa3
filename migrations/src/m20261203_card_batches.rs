//! Card payments and what arrived at the bank for them; what has taken cards finds its payments.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261203_card_batches"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, CARD_BATCHES).await?;
        append_only(manager, &NEVER_CHANGED).await
    }
}

const NEVER_CHANGED: [&str; 3] = ["card_batch", "card_batch_line", "card_batch_undo"];

const CARD_BATCHES: &str = "
CREATE TABLE card_batch (
    id {uuid} PRIMARY KEY,
    store_id {uuid} NOT NULL REFERENCES store (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    arrived_on {date} NOT NULL,
    settled_on {date} NOT NULL,
    gross_minor {int} NOT NULL,
    fee_minor {int} NOT NULL CHECK (fee_minor >= 0),
    reference TEXT
) {keyed};
CREATE INDEX card_batch_by_store ON card_batch (store_id, settled_on);

-- A tender of an event: settled above zero for what was paid, and the other way when the batch is undone.
CREATE TABLE card_batch_line (
    event_id {uuid} NOT NULL REFERENCES event (id),
    slip_event_id {uuid} NOT NULL REFERENCES event (id),
    slip_position {int} NOT NULL,
    batch_id {uuid} NOT NULL REFERENCES card_batch (id),
    amount_minor {int} NOT NULL CHECK (amount_minor <> 0),
    PRIMARY KEY (event_id, slip_event_id, slip_position)
) {keyed};
CREATE INDEX card_batch_line_by_slip ON card_batch_line (slip_event_id, slip_position);
CREATE INDEX card_batch_line_by_batch ON card_batch_line (batch_id);

CREATE TABLE card_batch_undo (
    batch_id {uuid} PRIMARY KEY REFERENCES card_batch (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    undone_on {date} NOT NULL,
    reason TEXT NOT NULL
) {keyed};

-- 1030, the clearing of cards.
CREATE INDEX sale_tender_by_card ON sale_tender (sale_id) WHERE account_code = 1030;
CREATE INDEX account_tender_by_card ON account_tender (event_id) WHERE account_code = 1030;

-- The sales tax that is owed again with what was written off.
ALTER TABLE credit_out ADD COLUMN tax_minor {int} NOT NULL DEFAULT 0;
";
