//! A store day that was closed stays as it was sealed.

use crate::dialect::run;
use sea_orm_migration::sea_orm::DbBackend;
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261109_store_days"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let triggers = match manager.get_database_backend() {
            DbBackend::Postgres => POSTGRES,
            _ => SQLITE,
        };
        run(manager, triggers).await
    }
}

const SQLITE: &str = "
CREATE TRIGGER store_day_no_update BEFORE UPDATE ON store_day
WHEN OLD.closed_at IS NOT NULL OR NEW.store_id <> OLD.store_id OR NEW.business_date <> OLD.business_date
BEGIN SELECT RAISE(ABORT, 'append_only:store_day'); END;
CREATE TRIGGER store_day_no_delete BEFORE DELETE ON store_day
BEGIN SELECT RAISE(ABORT, 'append_only:store_day'); END;
";

const POSTGRES: &str = "
CREATE TRIGGER store_day_no_update BEFORE UPDATE ON store_day FOR EACH ROW
WHEN (OLD.closed_at IS NOT NULL OR NEW.store_id <> OLD.store_id OR NEW.business_date <> OLD.business_date)
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER store_day_no_delete BEFORE DELETE ON store_day FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER store_day_no_truncate BEFORE TRUNCATE ON store_day
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
";
