//! The history of the schema. A migration that was released is never edited again; what changes
//! later is a migration of its own. Nothing here imports an entity.
//!
//! Tables are written in SQL, because a schema should be read as one. The two databases share the
//! text; [`dialect::run`] fills in the few words that differ.

#![expect(elided_lifetimes_in_paths, reason = "the trait of the migrations elides them")]

mod dialect;
mod m20261101_organization;
mod m20261102_ledger;
mod m20261103_items;
mod m20261104_sales;
mod m20261105_audit;
mod m20261106_imports;
mod m20261108_counter;
mod m20261109_store_days;
mod m20261120_books;
mod m20261121_returns;
mod m20261122_customers;
mod m20261123_counter_live;
mod m20261124_photos;
mod m20261125_styles;
mod m20261126_vendors;
mod m20261127_import_mappings;
mod m20261128_attachments;
mod m20261129_plating;
mod m20261130_receivables;
mod m20261201_collections;
mod m20261202_aging;
mod m20261202_follow_ups;
mod m20261203_card_batches;
mod m20261204_accounts_kept;
mod m20261205_returned_checks;
mod m20261206_tie_out;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::{MigrationTrait, async_trait};

/// All migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261101_organization::Migration),
            Box::new(m20261102_ledger::Migration),
            Box::new(m20261103_items::Migration),
            Box::new(m20261104_sales::Migration),
            Box::new(m20261105_audit::Migration),
            Box::new(m20261106_imports::Migration),
            Box::new(m20261108_counter::Migration),
            Box::new(m20261109_store_days::Migration),
            Box::new(m20261120_books::Migration),
            Box::new(m20261121_returns::Migration),
            Box::new(m20261122_customers::Migration),
            Box::new(m20261123_counter_live::Migration),
            Box::new(m20261124_photos::Migration),
            Box::new(m20261125_styles::Migration),
            Box::new(m20261126_vendors::Migration),
            Box::new(m20261127_import_mappings::Migration),
            Box::new(m20261128_attachments::Migration),
            Box::new(m20261129_plating::Migration),
            Box::new(m20261130_receivables::Migration),
            Box::new(m20261201_collections::Migration),
            Box::new(m20261202_aging::Migration),
            Box::new(m20261202_follow_ups::Migration),
            Box::new(m20261203_card_batches::Migration),
            Box::new(m20261204_accounts_kept::Migration),
            Box::new(m20261205_returned_checks::Migration),
            Box::new(m20261206_tie_out::Migration),
        ]
    }
}

/// Runs a statement that is no migration, such as `CREATE DATABASE` for tests.
///
/// # Errors
/// Whatever the database refuses.
pub async fn run_sql(
    connection: &sea_orm_migration::sea_orm::DatabaseConnection,
    sql: &str,
) -> Result<(), sea_orm_migration::DbErr> {
    use sea_orm_migration::sea_orm::ConnectionTrait;
    connection.execute_unprepared(sql).await.map(|_| ())
}
