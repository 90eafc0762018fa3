//! Ways into sales for the people who look for them: by who sold, and by what was paid.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261108_counter"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, INDEXES).await
    }
}

const INDEXES: &str = "
CREATE INDEX sale_line_seller_by_person ON sale_line_seller (person_id);
CREATE INDEX sale_by_total ON sale (total_minor);
";
