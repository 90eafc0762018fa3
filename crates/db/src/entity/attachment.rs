//! A paper attached to an entry.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub entry_id: Option<Uuid>,
    pub recurring_id: Option<Uuid>,
    pub position: i64,
    pub digest: Vec<u8>,
    pub name: String,
    pub kind: String,
    pub bytes: i64,
    pub event_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
