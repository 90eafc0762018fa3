//! One due date of an invoice.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "receivable")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub invoice_id: Uuid,
    pub position: i64,
    pub kind: String,
    pub store_id: Uuid,
    pub customer_id: Uuid,
    pub associate_id: Option<Uuid>,
    pub invoiced_on: Date,
    pub posted_on: Date,
    pub due_on: Date,
    pub amount_minor: i64,
    pub open_minor: i64,
    pub touched_on: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
