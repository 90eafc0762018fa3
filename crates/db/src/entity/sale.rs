//! A sale.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sale")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub event_id: Uuid,
    pub number: String,
    pub store_id: Uuid,
    pub till_id: Uuid,
    pub session_id: Uuid,
    pub business_date: NaiveDate,
    pub completed_at: DateTimeUtc,
    pub customer_id: Option<Uuid>,
    pub cashier_id: Uuid,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub rounding_minor: i64,
    pub change_minor: i64,
    pub returned_minor: i64,
    pub ticket_discount: Option<String>,
    pub exemption: Option<String>,
    pub note: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
