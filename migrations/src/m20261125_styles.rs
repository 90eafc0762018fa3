//! Styles with their variations, goods that are alike, and what a piece would cost again.

use crate::dialect::{append_only, run};
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261125_styles"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        run(manager, RETURNS_IN_PARTS).await?;
        append_only(manager, &["lot_move", "return_line"]).await?;
        let lock = match manager.get_database_backend() {
            DbBackend::Postgres => LOT_LOCK_POSTGRES,
            _ => LOT_LOCK_SQLITE,
        };
        run(manager, lock).await
    }
}

const TABLES: &str = "
CREATE TABLE style (
    id {uuid} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    brand TEXT,
    vendor_style TEXT,
    taxability TEXT NOT NULL,
    note TEXT,
    version {int} NOT NULL,
    created_at {instant} NOT NULL
) {table};

CREATE TABLE variation (
    id {uuid} PRIMARY KEY,
    style_id {uuid} NOT NULL REFERENCES style (id),
    position {int} NOT NULL,
    sku {text} NOT NULL UNIQUE,
    metal TEXT,
    karat TEXT,
    quality TEXT,
    size TEXT,
    price_minor {int} NOT NULL CHECK (price_minor >= 0),
    -- Unknown until somebody who may know it says so.
    cost_minor {int} CHECK (cost_minor >= 0)
) {table};
CREATE INDEX variation_by_style ON variation (style_id, position);

ALTER TABLE item ADD COLUMN variation_id {uuid} REFERENCES variation (id);
ALTER TABLE item ADD COLUMN account_code {int} NOT NULL DEFAULT 1200;
ALTER TABLE item ADD COLUMN replacement_minor {int};
-- Of goods that are alike: what they are sold by, and what is there.
ALTER TABLE item ADD COLUMN lot_unit TEXT;
ALTER TABLE item ADD COLUMN lot_pieces {int} NOT NULL DEFAULT 0 CHECK (lot_pieces >= 0);
ALTER TABLE item ADD COLUMN lot_milli {int} NOT NULL DEFAULT 0 CHECK (lot_milli >= 0);
CREATE INDEX item_by_variation ON item (variation_id) WHERE variation_id IS NOT NULL;
DROP INDEX item_listed;
CREATE INDEX item_listed ON item (store_id, id, status, kind, price_minor, cost_minor, lot_unit, lot_pieces, lot_milli);

CREATE TABLE lot_move (
    item_id {uuid} NOT NULL REFERENCES item (id),
    -- The version the lot has after the step: of two steps from one version only one is written.
    version {int} NOT NULL,
    event_id {uuid} NOT NULL REFERENCES event (id),
    reason TEXT NOT NULL,
    pieces {int} NOT NULL,
    milli {int} NOT NULL,
    cost_minor {int} NOT NULL,
    pieces_after {int} NOT NULL CHECK (pieces_after >= 0),
    milli_after {int} NOT NULL CHECK (milli_after >= 0),
    cost_after_minor {int} NOT NULL CHECK (cost_after_minor >= 0),
    PRIMARY KEY (item_id, version)
) {keyed};
CREATE INDEX lot_move_by_event ON lot_move (event_id);

-- How much of a lot a line was, and the inventory account that its cost left.
ALTER TABLE sale_line ADD COLUMN unit TEXT;
ALTER TABLE sale_line ADD COLUMN pieces {int} NOT NULL DEFAULT 0;
ALTER TABLE sale_line ADD COLUMN milli {int} NOT NULL DEFAULT 0;
ALTER TABLE sale_line ADD COLUMN unit_price_minor {int};
ALTER TABLE sale_line ADD COLUMN account_code {int} NOT NULL DEFAULT 1200;
";

/// A part of a lot may come back on several receipts, a unique piece on one.
const RETURNS_IN_PARTS: &str = "
CREATE TABLE return_part (
    line_id {uuid} NOT NULL REFERENCES sale_line (id),
    -- The receipt on which it came back.
    sale_id {uuid} NOT NULL REFERENCES sale (id),
    position {int} NOT NULL,
    item_id {uuid} NOT NULL REFERENCES item (id),
    condition TEXT NOT NULL,
    proof TEXT NOT NULL,
    net_minor {int} NOT NULL,
    tax_minor {int} NOT NULL,
    -- The parts by jurisdiction, where it was a part of a line.
    tax TEXT,
    cost_minor {int} NOT NULL,
    fee_minor {int} NOT NULL CHECK (fee_minor >= 0),
    -- How much of a lot; zero for a unique piece.
    pieces {int} NOT NULL DEFAULT 0,
    milli {int} NOT NULL DEFAULT 0,
    PRIMARY KEY (line_id, sale_id)
) {keyed};
INSERT INTO return_part (line_id, sale_id, position, item_id, condition, proof, net_minor, tax_minor, cost_minor, fee_minor)
SELECT line_id, sale_id, position, item_id, condition, proof, net_minor, tax_minor, cost_minor, fee_minor FROM return_line;
DROP TABLE return_line;
ALTER TABLE return_part RENAME TO return_line;
CREATE INDEX return_line_by_sale ON return_line (sale_id, position);
CREATE UNIQUE INDEX return_line_once ON return_line (line_id) WHERE pieces = 0 AND milli = 0;
";

/// What is there of a lot, and what it cost, changes only together with a step that says so.
const LOT_LOCK_SQLITE: &str = "
CREATE TRIGGER item_lot_lock BEFORE UPDATE OF lot_unit, lot_pieces, lot_milli, cost_minor ON item
WHEN (OLD.lot_unit IS NOT NULL OR NEW.lot_unit IS NOT NULL)
 AND (NEW.lot_unit IS NOT OLD.lot_unit OR NEW.lot_pieces <> OLD.lot_pieces OR NEW.lot_milli <> OLD.lot_milli
      OR NEW.cost_minor <> OLD.cost_minor)
 AND NOT EXISTS (
    SELECT 1 FROM lot_move m
    WHERE m.item_id = NEW.id AND m.version = NEW.version AND NEW.lot_unit IS OLD.lot_unit
      AND m.pieces_after = NEW.lot_pieces AND m.milli_after = NEW.lot_milli AND m.cost_after_minor = NEW.cost_minor
)
BEGIN SELECT RAISE(ABORT, 'item_lot_lock'); END;
";

const LOT_LOCK_POSTGRES: &str = "
CREATE FUNCTION item_lot_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.lot_unit IS NOT NULL OR NEW.lot_unit IS NOT NULL) AND NOT EXISTS (
        SELECT 1 FROM lot_move m
        WHERE m.item_id = NEW.id AND m.version = NEW.version AND NEW.lot_unit IS NOT DISTINCT FROM OLD.lot_unit
          AND m.pieces_after = NEW.lot_pieces AND m.milli_after = NEW.lot_milli AND m.cost_after_minor = NEW.cost_minor
    ) THEN
        RAISE EXCEPTION 'item_lot_lock';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_lot_lock BEFORE UPDATE ON item
FOR EACH ROW WHEN (NEW.lot_unit IS DISTINCT FROM OLD.lot_unit OR NEW.lot_pieces <> OLD.lot_pieces
                   OR NEW.lot_milli <> OLD.lot_milli OR NEW.cost_minor <> OLD.cost_minor)
EXECUTE FUNCTION item_lot_lock();
";
