//! A line of an earlier sale that came back.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "return_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sale_id: Uuid,
    pub position: i64,
    pub item_id: Uuid,
    pub condition: String,
    pub proof: String,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub tax: Option<String>,
    pub cost_minor: i64,
    pub fee_minor: i64,
    pub pieces: i64,
    pub milli: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
