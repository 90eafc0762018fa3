//! The invoice for a check that the bank sent back names the receipt that it had paid for, beside the invoice for what
//! of the receipt was charged.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261205_returned_checks"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, INDEX).await
    }
}

const INDEX: &str = "
DROP INDEX invoice_by_sale;
CREATE UNIQUE INDEX invoice_by_sale ON invoice (sale_id, kind) WHERE sale_id IS NOT NULL;
";
