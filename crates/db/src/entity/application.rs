//! So much of a credit on a due date.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub credit_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub receivable_id: Uuid,
    pub invoice_id: Uuid,
    pub store_id: Uuid,
    pub customer_id: Uuid,
    pub due_on: Date,
    pub applied_on: Date,
    pub amount_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
