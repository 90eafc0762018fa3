//! What happened: audit trail and memory of commands.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub business_date: NaiveDate,
    pub recorded_at: DateTimeUtc,
    pub actor_id: Option<Uuid>,
    pub approver_id: Option<Uuid>,
    pub store_id: Uuid,
    pub till_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
    pub device_id: Option<Uuid>,
    pub subject_kind: String,
    pub subject_id: Uuid,
    pub summary: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub body_hash: Vec<u8>,
    pub result: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
