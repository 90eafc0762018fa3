//! What the tie-out adds up lies in indexes as a whole: it is looked at every day, over everything there ever was.

use crate::dialect::run;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261206_tie_out"
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
DROP INDEX journal_line_by_account;
CREATE INDEX journal_line_by_account ON journal_line (account_code, business_date, store_id, amount_minor);

DROP INDEX journal_line_by_till;
CREATE INDEX journal_line_by_till ON journal_line (till_id, account_code, business_date, amount_minor)
WHERE till_id IS NOT NULL;

DROP INDEX invoice_by_day;
CREATE INDEX invoice_by_day ON invoice (store_id, posted_on, kind, amount_minor, tax_minor);

DROP INDEX customer_credit_by_day;
CREATE INDEX customer_credit_by_day ON customer_credit (posted_on, store_id, amount_minor);

CREATE INDEX customer_credit_with_tax ON customer_credit (store_id, posted_on, tax_minor)
WHERE kind IN ('credit_memo', 'write_off');
";
