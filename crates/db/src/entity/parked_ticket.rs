//! A ticket put aside.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "parked_ticket")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub store_id: Uuid,
    pub till_id: Uuid,
    pub parked_by: Uuid,
    pub parked_at: DateTimeUtc,
    pub label: String,
    pub pieces: i64,
    pub total_minor: i64,
    pub held_until: DateTimeUtc,
    pub ticket: String,
    pub state: String,
    pub closed_by_event: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
