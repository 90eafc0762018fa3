//! An approval: asked for, answered, used.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approval")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub store_id: Uuid,
    pub till_id: Option<Uuid>,
    pub subject: String,
    pub asked_by: Uuid,
    pub asked_at: DateTimeUtc,
    pub reason: String,
    pub sheet: Option<String>,
    pub state: String,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTimeUtc>,
    pub answer: Option<String>,
    pub expires_at: DateTimeUtc,
    pub used_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
