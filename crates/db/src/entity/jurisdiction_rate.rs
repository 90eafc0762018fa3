//! What a jurisdiction levies from a date on.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jurisdiction_rate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub jurisdiction_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: NaiveDate,
    pub rate_ppm: i64,
    pub cap_minor: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
