//! A stone, or several alike, of a piece.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub kind: String,
    pub shape: String,
    pub count: i64,
    pub carat_milli: Option<i64>,
    pub color: Option<String>,
    pub clarity: Option<String>,
    pub cut: Option<String>,
    pub origin: Option<String>,
    pub treatment: Option<String>,
    pub lab: Option<String>,
    pub report_number: Option<String>,
    pub length_um: Option<i64>,
    pub width_um: Option<i64>,
    pub depth_um: Option<i64>,
    pub depth_ppm: Option<i64>,
    pub table_ppm: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
