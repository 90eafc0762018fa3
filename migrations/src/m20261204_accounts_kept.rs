//! A house account is closed and never deleted: what was granted to whom is history.

use crate::dialect::run;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

#[derive(Debug)]
pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261204_accounts_kept"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_connection().get_database_backend() == DbBackend::Postgres;
        run(manager, if postgres { KEPT_POSTGRES } else { KEPT_SQLITE }).await
    }
}

const KEPT_SQLITE: &str = "
CREATE TRIGGER house_account_no_delete BEFORE DELETE ON house_account
BEGIN SELECT RAISE(ABORT, 'append_only:house_account'); END;
";

const KEPT_POSTGRES: &str = "
CREATE TRIGGER house_account_no_delete BEFORE DELETE ON house_account
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER house_account_no_truncate BEFORE TRUNCATE ON house_account
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
";
