//! How the columns of a file are read, saved under a name for the next file of its kind.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261127_import_mappings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await
    }
}

const TABLES: &str = "
CREATE TABLE import_mapping (
    id {uuid} PRIMARY KEY,
    name {text} NOT NULL UNIQUE,
    kind {text} NOT NULL,
    -- Tells files with the same columns from others.
    columns_digest {bytes} NOT NULL,
    -- The plan with the names of the columns, as JSON.
    content TEXT NOT NULL,
    version {int} NOT NULL,
    -- The event that saved it as it is now.
    event_id {uuid} NOT NULL REFERENCES event (id)
) {table};
CREATE INDEX import_mapping_by_kind ON import_mapping (kind, name);
";
