//! Photos of pieces. The files lie in the data folder, named by their digest.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261124_photos"
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
CREATE TABLE item_photo (
    item_id {uuid} NOT NULL REFERENCES item (id),
    -- The photo at 0 is the one that lists show.
    position {int} NOT NULL,
    -- The digests of both files, which are their names.
    digest {bytes} NOT NULL,
    small_digest {bytes} NOT NULL,
    width {int} NOT NULL,
    height {int} NOT NULL,
    PRIMARY KEY (item_id, position)
) {keyed};
CREATE INDEX item_photo_by_digest ON item_photo (digest);
CREATE INDEX item_photo_by_small ON item_photo (small_digest);
";
