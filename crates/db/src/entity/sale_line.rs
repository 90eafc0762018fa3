//! A piece on a sale.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub sale_id: Uuid,
    pub position: i64,
    pub item_id: Uuid,
    pub tag: String,
    pub description: String,
    pub price_minor: i64,
    pub line_discount_minor: i64,
    pub ticket_discount_minor: i64,
    pub discount: Option<String>,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub tax: String,
    pub cost_minor: i64,
    pub unit: Option<String>,
    pub pieces: i64,
    pub milli: i64,
    pub unit_price_minor: Option<i64>,
    pub account_code: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
