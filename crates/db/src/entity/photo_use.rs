//! A photo where it hangs: on a piece, or on a variation of a style.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "photo_use")]
pub struct Model {
    /// The piece or the variation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub owner_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub item_id: Option<Uuid>,
    pub variation_id: Option<Uuid>,
    pub digest: Vec<u8>,
    pub small_digest: Vec<u8>,
    pub width: i64,
    pub height: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
