//! What comes back: a line of an earlier receipt on a later one.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261121_returns"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        append_only(manager, &["return_line"]).await
    }
}

const TABLES: &str = "
-- What the customer got for the pieces that came back on this receipt: net and tax, less the fees.
ALTER TABLE sale ADD COLUMN returned_minor {int} NOT NULL DEFAULT 0;

-- A line that was sold comes back once.
CREATE TABLE return_line (
    line_id {uuid} PRIMARY KEY REFERENCES sale_line (id),
    -- The receipt on which it came back.
    sale_id {uuid} NOT NULL REFERENCES sale (id),
    position {int} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    condition TEXT NOT NULL,
    proof TEXT NOT NULL,
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    cost_minor {int} NOT NULL,
    fee_minor {int} NOT NULL CHECK (fee_minor >= 0)
) {keyed};
CREATE INDEX return_line_by_sale ON return_line (sale_id, position);
";
