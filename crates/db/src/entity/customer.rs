//! A customer.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub number: String,
    pub display_name: String,
    pub sort_name: String,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub company: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub note: Option<String>,
    pub exemption_certificate: Option<String>,
    pub exemption_expires_on: Option<NaiveDate>,
    pub exemption_reason: Option<String>,
    pub version: i64,
    pub search_text: String,
    pub created_at: DateTimeUtc,
    pub vip: bool,
    pub tastes: Option<String>,
    pub household_id: Option<Uuid>,
    pub partner_id: Option<Uuid>,
    pub merged_into: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
