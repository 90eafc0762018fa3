//! What a customer is billed for.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub kind: String,
    pub store_id: Uuid,
    pub customer_id: Uuid,
    pub sale_id: Option<Uuid>,
    pub associate_id: Option<Uuid>,
    pub event_id: Uuid,
    pub invoiced_on: Date,
    pub posted_on: Date,
    pub net_days: i64,
    pub installments: i64,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub tax: String,
    pub amount_minor: i64,
    pub reference: Option<String>,
    pub note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
