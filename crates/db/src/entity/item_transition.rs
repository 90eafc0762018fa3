//! A move that the rules allow.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item_transition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_status: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_status: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
