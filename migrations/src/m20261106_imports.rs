//! Stones that came as a file: which row became which piece. Also what a report says of a stone's
//! proportions, and the indexes that keep finding and listing quick over a hundred thousand pieces.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261106_imports"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        append_only(manager, &["imported_stone"]).await
    }
}

const TABLES: &str = "
ALTER TABLE stone ADD COLUMN depth_ppm {int};
ALTER TABLE stone ADD COLUMN table_ppm {int};

-- The key says which row of which list it was: the same row is never brought in twice.
CREATE TABLE imported_stone (
    store_id {uuid} NOT NULL REFERENCES store (id),
    key {bytes} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    PRIMARY KEY (store_id, key)
) {keyed};

CREATE INDEX item_by_serial ON item (serial) WHERE serial IS NOT NULL;

-- A page of the list and what the list adds up to are read from the index alone, newest first.
CREATE INDEX item_listed ON item (store_id, id, status, kind, price_minor, cost_minor);
DROP INDEX item_by_price;
";
