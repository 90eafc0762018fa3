//! A month of a recurring entry that was posted.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recurring_post")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recurring_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: NaiveDate,
    pub event_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
