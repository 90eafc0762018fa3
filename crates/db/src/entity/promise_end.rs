//! That a promise does not count any more.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promise_end")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub promise_id: Uuid,
    pub event_id: Uuid,
    pub reason: String,
    pub ended_on: Date,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
