//! Who made a pairing link, and finding one's way in the audit trail.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261105_audit"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, CHANGES).await
    }
}

const CHANGES: &str = "
-- Nobody, when the server's console printed the link.
ALTER TABLE pairing ADD COLUMN made_by {uuid} REFERENCES person (id);

CREATE INDEX event_by_store ON event (store_id, id);
CREATE INDEX event_by_actor ON event (actor_id, id);
";
