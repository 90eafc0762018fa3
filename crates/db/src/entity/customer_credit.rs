//! What lessens what a customer owes.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_credit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub number: String,
    pub store_id: Uuid,
    pub customer_id: Uuid,
    pub till_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
    pub sale_id: Option<Uuid>,
    pub invoice_id: Option<Uuid>,
    pub event_id: Uuid,
    pub received_on: Date,
    pub posted_on: Date,
    pub amount_minor: i64,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub tax: String,
    pub rounding_minor: i64,
    pub note: Option<String>,
    pub left_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
