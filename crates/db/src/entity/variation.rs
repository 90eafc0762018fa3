//! A variation of a style.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "variation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub style_id: Uuid,
    pub position: i64,
    pub sku: String,
    pub metal: Option<String>,
    pub karat: Option<String>,
    pub quality: Option<String>,
    pub size: Option<String>,
    pub price_minor: i64,
    pub cost_minor: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
