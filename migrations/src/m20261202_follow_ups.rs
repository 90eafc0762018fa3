//! Finding the notes that say when somebody looks again.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261202_follow_ups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, FOLLOW_UPS).await
    }
}

const FOLLOW_UPS: &str = "
CREATE INDEX collection_note_to_follow ON collection_note (follow_up_on, customer_id, noted_at)
    WHERE follow_up_on IS NOT NULL;
";
