//! How money came in for a customer's credit, or went back.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_tender")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub credit_id: Uuid,
    pub kind: String,
    pub label: String,
    pub nature: String,
    pub account_code: i64,
    pub amount_minor: i64,
    pub handed_over_minor: i64,
    pub change_minor: i64,
    pub reference: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
