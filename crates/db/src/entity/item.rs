//! A piece.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub store_id: Uuid,
    pub tag: String,
    pub kind: String,
    pub title: Option<String>,
    pub description: String,
    pub metal: Option<String>,
    pub karat: Option<String>,
    pub weight_mg: Option<i64>,
    pub plating_nm: Option<i64>,
    pub size: Option<String>,
    pub brand: Option<String>,
    pub serial: Option<String>,
    pub location: Option<String>,
    pub note: Option<String>,
    pub taxability: String,
    pub price_minor: i64,
    pub cost_minor: i64,
    pub status: String,
    pub holder_id: Option<Uuid>,
    pub held_until: Option<DateTimeUtc>,
    pub version: i64,
    pub search_text: String,
    pub created_at: DateTimeUtc,
    pub variation_id: Option<Uuid>,
    pub account_code: i64,
    pub replacement_minor: Option<i64>,
    pub lot_unit: Option<String>,
    pub lot_pieces: i64,
    pub lot_milli: i64,
    pub vendor_id: Option<Uuid>,
    pub vendor_style: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
