//! Lists of sales.

use super::secret::{secret_on, took_back_secret_on, until};
use crate::convert::{instant, money};
use crate::entity::{customer, sale, sale_line, sale_line_seller, sale_tender, sale_void, search_term};
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::{found_by, known_as};
use crate::repo::search::{self, Found};
use crate::tx::Read;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{SaleId, StoreId};
use domain::item::search_tokens;
use domain::money::Money;
use domain::sale::{SaleFilter, SaleStatus, SaleSummary, SaleTotals};
use sea_orm::sea_query::{Alias, Expr, JoinType, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

/// Which sales a filter means.
fn condition(filter: &SaleFilter) -> Condition {
    use sale::Column as C;
    let mut which = Condition::all().add(C::StoreId.is_in(filter.stores.iter().map(|id| id.0)));
    if let Some(from) = filter.from {
        which = which.add(C::BusinessDate.gte(from));
    }
    if let Some(to) = filter.to {
        which = which.add(C::BusinessDate.lte(to));
    }
    if !filter.customers.is_empty() {
        let any = filter.customers.iter().map(|customer| C::CustomerId.in_subquery(known_as(*customer)));
        which = which.add(any.fold(Condition::any(), Condition::add));
    }
    if let Some(today) = filter.without_secrets_on {
        which = which.add(C::Id.not_in_subquery(secret_on(today)));
        which = which.add(C::Id.not_in_subquery(took_back_secret_on(today)));
    }
    if let Some(seller) = filter.seller {
        let lines = sale_line_seller::Entity::find()
            .filter(sale_line_seller::Column::PersonId.eq(seller.0))
            .select_only()
            .column(sale_line_seller::Column::LineId);
        which = which.add(on_a_line(sale_line::Column::Id, lines.into_query()));
    }
    if let Some(tender) = &filter.tender {
        let paid = sale_tender::Entity::find()
            .filter(sale_tender::Column::Kind.eq(tender))
            .select_only()
            .column(sale_tender::Column::SaleId);
        which = which.add(C::Id.in_subquery(paid.into_query()));
    }
    which = match filter.status {
        Some(SaleStatus::Completed) => which.add(sale_void::Column::SaleId.is_null()),
        Some(SaleStatus::Voided) => which.add(sale_void::Column::SaleId.is_not_null()),
        None => which,
    };
    let amount = Money::parse(filter.words.trim()).ok();
    let words = search_tokens(&[&filter.words]);
    if words.is_empty() {
        return which;
    }
    let all_words = words.iter().fold(Condition::all(), |all, word| all.add(has_word(word)));
    let total = amount.map(|amount| C::TotalMinor.eq(amount.minor()));
    which.add(Condition::any().add(all_words).add_option(total))
}

/// Sales that have a line among these.
fn on_a_line(column: sale_line::Column, among: SelectStatement) -> Expr {
    let sales = sale_line::Entity::find()
        .filter(column.in_subquery(among))
        .select_only()
        .column(sale_line::Column::SaleId);
    sale::Column::Id.in_subquery(sales.into_query())
}

/// A word of the receipt number, of the customer, or of a piece on the sale.
fn has_word(word: &str) -> Condition {
    let pieces = search_term::Entity::find()
        .filter(search::begins_with(Found::Item, word))
        .select_only()
        .column(search_term::Column::EntityId);
    Condition::any()
        .add(sale::Column::Number.contains(word.to_uppercase()))
        .add(sale::Column::CustomerId.in_subquery(found_by(word)))
        .add(on_a_line(sale_line::Column::ItemId, pieces.into_query()))
}

fn filtered(which: Condition) -> Select<sale::Entity> {
    let void = sale::Entity::belongs_to(sale_void::Entity)
        .from(sale::Column::Id)
        .to(sale_void::Column::SaleId)
        .into();
    sale::Entity::find().join(JoinType::LeftJoin, void).filter(which)
}

/// How many sales a filter means, and what those that stand come to.
///
/// # Errors
/// [`DbError`]
pub async fn totals(db: &impl Read, filter: &SaleFilter) -> Result<(u64, SaleTotals), DbError> {
    use sale::Column as C;
    let which = condition(filter);
    let count = filtered(which.clone()).count(db.conn()).await?;
    let sum = |column: C| crate::tx::sum_minor((sale::Entity, column));
    type Sums = (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let sums: Option<Sums> = filtered(which)
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column_as(sum(C::DiscountMinor), "discount")
        .column_as(sum(C::NetMinor), "net")
        .column_as(sum(C::TaxMinor), "tax")
        .column_as(sum(C::ReturnedMinor), "returned")
        .column_as(sum(C::TotalMinor), "total")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (discount, net, tax, returned, total) = sums.unwrap_or_default();
    let sum = |minor: Option<i64>| money(minor.unwrap_or(0));
    Ok((
        count,
        SaleTotals {
            discount: sum(discount),
            net: sum(net),
            tax: sum(tax),
            returned: sum(returned),
            total: sum(total),
        },
    ))
}

/// Sales, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &SaleFilter) -> Result<Vec<SaleSummary>, DbError> {
    let mut query = filtered(condition(filter)).offset(filter.offset).limit(filter.limit);
    if let Some(before) = filter.before {
        query = query.filter(sale::Column::Id.lt(before.0));
    }
    summaries(db, query).await
}

/// The newest sales with this receipt number, a part of it, or this total.
///
/// # Errors
/// [`DbError`]
pub async fn find(
    db: &impl Read,
    stores: &[StoreId],
    typed: &str,
    limit: u64,
) -> Result<Vec<SaleSummary>, DbError> {
    use sale::Column as C;
    /// Fewer signs stand in almost every number.
    const FEWEST: usize = 3;
    let typed = typed.trim();
    let mut any = Condition::any();
    if typed.chars().count() >= FEWEST {
        any = any.add(C::Number.contains(typed.to_uppercase()));
    }
    if let Ok(running) = typed.parse::<u32>() {
        any = any.add(C::Number.ends_with(format!("-{running:06}")));
    }
    if let Ok(amount) = Money::parse(typed) {
        any = any.add(C::TotalMinor.eq(amount.minor()));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    let which = Condition::all().add(C::StoreId.is_in(stores.iter().map(|id| id.0))).add(any);
    summaries(db, filtered(which).limit(limit)).await
}

#[derive(Debug, FromQueryResult)]
struct SummaryRow {
    id: Uuid,
    store_id: Uuid,
    number: String,
    business_date: NaiveDate,
    completed_at: DateTime<Utc>,
    display_name: Option<String>,
    survivor_name: Option<String>,
    cashier_id: Uuid,
    discount_minor: i64,
    net_minor: i64,
    tax_minor: i64,
    returned_minor: i64,
    total_minor: i64,
    voided: Option<Uuid>,
}

async fn summaries(db: &impl Read, query: Select<sale::Entity>) -> Result<Vec<SaleSummary>, DbError> {
    use sale::Column as C;
    let survivor = Alias::new("survivor");
    let stands = Expr::col((survivor.clone(), customer::Column::Id))
        .equals((customer::Entity, customer::Column::MergedInto));
    let mut query = query.join(
        JoinType::LeftJoin,
        sale::Entity::belongs_to(customer::Entity).from(C::CustomerId).to(customer::Column::Id).into(),
    );
    let plain = QueryTrait::query(&mut query);
    plain.join_as(JoinType::LeftJoin, customer::Entity, survivor.clone(), stands);
    let rows = query
        .select_only()
        .columns([C::Id, C::StoreId, C::Number, C::BusinessDate, C::CompletedAt])
        .column(customer::Column::DisplayName)
        .expr_as(Expr::col((survivor, customer::Column::DisplayName)), "survivor_name")
        .columns([C::CashierId, C::DiscountMinor, C::NetMinor, C::TaxMinor, C::ReturnedMinor, C::TotalMinor])
        .column_as(sale_void::Column::SaleId, "voided")
        .order_by_desc(C::Id)
        .into_model::<SummaryRow>()
        .all(db.conn())
        .await?;
    let names = audit::names(db).await?;
    let secrets = until(db, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let line = |row: SummaryRow| SaleSummary {
        id: SaleId(row.id),
        store: StoreId(row.store_id),
        number: row.number,
        business_date: row.business_date,
        completed_at: instant(row.completed_at),
        customer_name: row.survivor_name.or(row.display_name),
        cashier_name: names.get(&row.cashier_id).cloned().unwrap_or_default(),
        discount: money(row.discount_minor),
        net: money(row.net_minor),
        tax: money(row.tax_minor),
        returned: money(row.returned_minor),
        total: money(row.total_minor),
        secret_until: secrets.get(&row.id).copied(),
        status: if row.voided.is_some() { SaleStatus::Voided } else { SaleStatus::Completed },
    };
    Ok(rows.into_iter().map(line).collect())
}
