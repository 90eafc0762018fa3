//! Entries by hand, entries that come every month, a lock on periods, and when the fiscal year begins.

use crate::dialect::{append_only, run};
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261120_books"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        let lock = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES_LOCK,
            _ => SQLITE_LOCK,
        };
        run(manager, lock).await?;
        append_only(manager, &["manual_entry", "recurring_post"]).await
    }
}

const TABLES: &str = "
ALTER TABLE organization ADD COLUMN fiscal_year_start {int} NOT NULL DEFAULT 1;

-- Nothing is posted on or before this day; the instant is that of the last lock.
ALTER TABLE legal_entity ADD COLUMN locked_through {date};
ALTER TABLE legal_entity ADD COLUMN locked_at {instant};

-- Which entries somebody posted by hand. They are in no store day's seal, whatever their date: each is sealed
-- over the one before it in the books of its company.
CREATE TABLE manual_entry (
    entry_id {uuid} PRIMARY KEY REFERENCES journal_entry (id),
    legal_entity_id {uuid} NOT NULL REFERENCES legal_entity (id),
    number {int} NOT NULL,
    seal {bytes} NOT NULL,
    UNIQUE (legal_entity_id, number)
) {table};

CREATE TABLE recurring_entry (
    id {uuid} PRIMARY KEY,
    legal_entity_id {uuid} NOT NULL REFERENCES legal_entity (id),
    memo TEXT NOT NULL,
    day_of_month {int} NOT NULL,
    from_date {date} NOT NULL,
    to_date {date},
    active {bool} NOT NULL,
    lines TEXT NOT NULL,
    version {int} NOT NULL
) {table};

-- A month of a recurring entry is posted at most once.
CREATE TABLE recurring_post (
    recurring_id {uuid} NOT NULL REFERENCES recurring_entry (id),
    month {date} NOT NULL,
    event_id {uuid} NOT NULL REFERENCES event (id),
    PRIMARY KEY (recurring_id, month)
) {table};
";

const SQLITE_LOCK: &str = "
CREATE TRIGGER journal_entry_in_open_period BEFORE INSERT ON journal_entry
WHEN NEW.business_date <= (SELECT locked_through FROM legal_entity WHERE id = NEW.legal_entity_id)
BEGIN
    SELECT RAISE(ABORT, 'period_locked:' ||
        (SELECT locked_through FROM legal_entity WHERE id = NEW.legal_entity_id));
END;
";

/// The row is held, so that nobody locks a period under a posting that is on its way.
const POSTGRES_LOCK: &str = "
CREATE FUNCTION refuse_locked_period() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE locked date;
BEGIN
    SELECT locked_through INTO locked FROM legal_entity WHERE id = NEW.legal_entity_id FOR SHARE;
    IF NEW.business_date <= locked THEN
        RAISE EXCEPTION 'period_locked:%', to_char(locked, 'YYYY-MM-DD');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_entry_in_open_period BEFORE INSERT ON journal_entry
FOR EACH ROW EXECUTE FUNCTION refuse_locked_period();
";
