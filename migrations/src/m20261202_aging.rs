//! What was owed on any day, from indexes alone: an aging adds up what moved on one side of the day.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261202_aging"
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
DROP INDEX receivable_open;
CREATE INDEX receivable_open ON receivable (store_id, due_on, customer_id, open_minor) WHERE open_minor > 0;
CREATE INDEX receivable_by_day ON receivable (store_id, posted_on, due_on, customer_id, amount_minor);
DROP INDEX application_by_day;
CREATE INDEX application_by_day ON application (store_id, applied_on, due_on, customer_id, amount_minor);
DROP INDEX invoice_by_day;
CREATE INDEX invoice_by_day ON invoice (store_id, posted_on, kind, amount_minor);
-- Few are dated back, and whoever looks at an old day asks for them.
CREATE INDEX invoice_dated_back ON invoice (posted_on) WHERE invoiced_on < posted_on;
CREATE INDEX customer_credit_dated_back ON customer_credit (posted_on) WHERE received_on < posted_on;
";
