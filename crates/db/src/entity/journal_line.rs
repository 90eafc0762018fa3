//! A line of a journal entry.

use chrono::NaiveDate;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub line_no: i64,
    pub account_code: i64,
    pub amount_minor: i64,
    pub store_id: Uuid,
    pub business_date: NaiveDate,
    pub till_id: Option<Uuid>,
    pub customer_id: Option<Uuid>,
    pub item_id: Option<Uuid>,
    pub document_id: Option<Uuid>,
    pub associate_id: Option<Uuid>,
    pub jurisdiction_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
