//! Pieces, their stones, their moves, and customers.

use crate::dialect::{append_only, run};
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261103_items"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        append_only(manager, &["item_move", "item_transition"]).await?;
        let lock = match manager.get_database_backend() {
            DbBackend::Postgres => STATUS_LOCK_POSTGRES,
            _ => STATUS_LOCK_SQLITE,
        };
        run(manager, lock).await
    }
}

const TABLES: &str = "
-- The moves there are: the table of the rules, which the program fills in after each migration. A move that is not here cannot be written.
CREATE TABLE item_transition (
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    PRIMARY KEY (from_status, to_status)
) {keyed};

CREATE TABLE item (
    id {uuid} PRIMARY KEY,
    store_id {uuid} NOT NULL REFERENCES store (id),
    tag {text} NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    title TEXT,
    description TEXT NOT NULL,
    metal TEXT,
    karat TEXT,
    weight_mg {int},
    size TEXT,
    brand TEXT,
    serial TEXT,
    location TEXT,
    note TEXT,
    taxability TEXT NOT NULL,
    price_minor {int} NOT NULL CHECK (price_minor >= 0),
    cost_minor {int} NOT NULL CHECK (cost_minor >= 0),
    status TEXT NOT NULL,
    holder_id {uuid},
    held_until {instant},
    version {int} NOT NULL,
    -- The words it is found by, each with a space before it.
    search_text TEXT NOT NULL,
    created_at {instant} NOT NULL
) {table};
CREATE INDEX item_by_store ON item (store_id, status, kind);
CREATE INDEX item_by_price ON item (store_id, price_minor);

CREATE TABLE stone (
    item_id {uuid} NOT NULL REFERENCES item (id),
    position {int} NOT NULL,
    kind TEXT NOT NULL,
    shape TEXT NOT NULL,
    count {int} NOT NULL,
    carat_milli {int},
    color TEXT,
    clarity TEXT,
    cut TEXT,
    origin TEXT,
    treatment TEXT,
    lab TEXT,
    report_number {text},
    length_um {int},
    width_um {int},
    depth_um {int},
    PRIMARY KEY (item_id, position)
) {keyed};

CREATE TABLE item_move (
    item_id {uuid} NOT NULL REFERENCES item (id),
    -- The version the piece has after the move: of two moves from one version only one is written.
    version {int} NOT NULL,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    holder_id {uuid},
    held_until {instant},
    event_id {uuid} NOT NULL REFERENCES event (id),
    PRIMARY KEY (item_id, version),
    FOREIGN KEY (from_status, to_status) REFERENCES item_transition (from_status, to_status)
) {keyed};
CREATE INDEX item_move_by_event ON item_move (event_id);

CREATE TABLE customer (
    id {uuid} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    sort_name {text} NOT NULL,
    first_name TEXT,
    last_name TEXT,
    company TEXT,
    phone {text},
    email {text},
    street TEXT,
    city TEXT,
    state TEXT,
    postal_code TEXT,
    note TEXT,
    exemption_certificate TEXT,
    exemption_expires_on {date},
    version {int} NOT NULL,
    search_text TEXT NOT NULL,
    created_at {instant} NOT NULL
) {table};
CREATE INDEX customer_by_name ON customer (sort_name, id);

-- One row per word and thing, for find-as-you-type by the beginning of a word.
CREATE TABLE search_term (
    kind TEXT NOT NULL,
    token {text} NOT NULL,
    entity_id {uuid} NOT NULL,
    PRIMARY KEY (kind, token, entity_id)
) {keyed};
CREATE INDEX search_term_by_entity ON search_term (entity_id);
";

/// A status changes only together with a move that the table of moves allows.
const STATUS_LOCK_SQLITE: &str = "
CREATE TRIGGER item_status_lock BEFORE UPDATE OF status ON item
WHEN NEW.status <> OLD.status AND NOT EXISTS (
    SELECT 1 FROM item_move m
    WHERE m.item_id = NEW.id AND m.version = NEW.version
      AND m.from_status = OLD.status AND m.to_status = NEW.status
)
BEGIN SELECT RAISE(ABORT, 'item_status_lock'); END;
";

const STATUS_LOCK_POSTGRES: &str = "
CREATE FUNCTION item_status_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM item_move m
        WHERE m.item_id = NEW.id AND m.version = NEW.version
          AND m.from_status = OLD.status AND m.to_status = NEW.status
    ) THEN
        RAISE EXCEPTION 'item_status_lock';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER item_status_lock BEFORE UPDATE ON item
FOR EACH ROW WHEN (NEW.status IS DISTINCT FROM OLD.status) EXECUTE FUNCTION item_status_lock();
";
