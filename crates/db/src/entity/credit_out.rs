//! What of a credit is gone without having been applied.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_out")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub credit_id: Uuid,
    pub kind: String,
    pub amount_minor: i64,
    pub out_on: Date,
    pub note: Option<String>,
    pub rounding_minor: i64,
    pub till_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
    pub tax_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
