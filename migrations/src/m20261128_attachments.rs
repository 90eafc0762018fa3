//! Papers attached to entries of the books.

use crate::dialect::{append_only, run};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261128_attachments"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, PAPERS).await?;
        append_only(manager, &["attachment", "attachment_withdrawal"]).await
    }
}

/// A paper belongs to one entry by hand, or to one that comes every month. What it belongs to is also one column, so
/// that one index finds both.
const PAPERS: &str = "
CREATE TABLE attachment (
    id {uuid} PRIMARY KEY,
    owner_id {uuid} NOT NULL,
    entry_id {uuid} REFERENCES manual_entry (entry_id),
    recurring_id {uuid} REFERENCES recurring_entry (id),
    position {int} NOT NULL,
    -- The name of the file is the digest of its bytes.
    digest {bytes} NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bytes {int} NOT NULL CHECK (bytes > 0),
    event_id {uuid} NOT NULL REFERENCES event (id),
    UNIQUE (owner_id, position),
    CHECK ((entry_id IS NULL) <> (recurring_id IS NULL) AND owner_id = COALESCE(entry_id, recurring_id))
) {table};

CREATE TABLE attachment_withdrawal (
    attachment_id {uuid} PRIMARY KEY REFERENCES attachment (id),
    event_id {uuid} NOT NULL REFERENCES event (id),
    reason TEXT NOT NULL
) {table};

CREATE INDEX recurring_post_by_event ON recurring_post (event_id);
";
