//! What a report of a session adds up.

use crate::convert::{json, money};
use crate::entity::{
    account_tender, credit_out, customer_credit, event, journal_line, sale, sale_line, sale_tender, sale_void,
};
use crate::error::DbError;
use crate::tx::{Read, sum_minor};
use domain::event::EventKind;
use domain::ids::TillSessionId;
use domain::ledger::code as accounts;
use domain::money::Money;
use domain::tax::{Jurisdiction, LineTax};
use domain::till::ReportLine;
use sea_orm::sea_query::{JoinType, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Default)]
pub(super) struct SaleSums {
    pub sales: i64,
    pub voids: i64,
    pub first: Option<String>,
    pub last: Option<String>,
    pub subtotal: Money,
    pub discounts: Money,
    pub net: Money,
    pub tax: Money,
    pub returned: Money,
    pub total: Money,
}

pub(super) async fn sale_sums(db: &impl Read, session: TillSessionId) -> Result<SaleSums, DbError> {
    use sale::Column as C;
    let of_session = sale::Entity::find()
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(sale_void::Entity).from(C::Id).to(sale_void::Column::SaleId).into(),
        )
        .filter(C::SessionId.eq(session.0));
    let all: Option<(i64, Option<String>, Option<String>)> = of_session
        .clone()
        .select_only()
        .column_as(C::Id.count(), "sales")
        .column_as(C::Number.min(), "first")
        .column_as(C::Number.max(), "last")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (all, first, last) = all.unwrap_or_default();
    type Sums = (i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let sums: Option<Sums> = of_session
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column_as(C::Id.count(), "sales")
        .column_as(sum_minor((sale::Entity, C::SubtotalMinor)), "subtotal")
        .column_as(sum_minor((sale::Entity, C::DiscountMinor)), "discount")
        .column_as(sum_minor((sale::Entity, C::NetMinor)), "net")
        .column_as(sum_minor((sale::Entity, C::TaxMinor)), "tax")
        .column_as(sum_minor((sale::Entity, C::ReturnedMinor)), "returned")
        .column_as(sum_minor((sale::Entity, C::TotalMinor)), "total")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (sales, subtotal, discounts, net, tax, returned, total) = sums.unwrap_or_default();
    let sum = |minor: Option<i64>| money(minor.unwrap_or(0));
    Ok(SaleSums {
        sales,
        voids: all - sales,
        first,
        last,
        subtotal: sum(subtotal),
        discounts: sum(discounts),
        net: sum(net),
        tax: sum(tax),
        returned: sum(returned),
        total: sum(total),
    })
}

/// The sales of a session that were not voided.
fn standing(session: TillSessionId) -> SelectStatement {
    let on_sale =
        sale::Entity::belongs_to(sale_void::Entity).from(sale::Column::Id).to(sale_void::Column::SaleId);
    let sales = sale::Entity::find()
        .join(JoinType::LeftJoin, on_sale.into())
        .filter(sale::Column::SessionId.eq(session.0))
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column(sale::Column::Id);
    QueryTrait::into_query(sales)
}

pub(super) async fn tender_sums(db: &impl Read, session: TillSessionId) -> Result<Vec<ReportLine>, DbError> {
    use sale_tender::Column as C;
    let rows: Vec<(String, i64, Option<i64>)> = sale_tender::Entity::find()
        .filter(C::SaleId.in_subquery(standing(session)))
        .select_only()
        .column(C::Label)
        .column_as(C::Label.count(), "count")
        .column_as(sum_minor((sale_tender::Entity, C::AmountMinor)), "amount")
        .group_by(C::Label)
        .order_by_asc(C::Label)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows
        .into_iter()
        .map(|(label, count, amount)| ReportLine { label, count, amount: money(amount.unwrap_or(0)) })
        .collect())
}

/// What came in on account by each means, and what of credits was paid back, below zero.
pub(super) async fn on_account(db: &impl Read, session: TillSessionId) -> Result<Vec<ReportLine>, DbError> {
    use account_tender::Column as T;
    let paid = customer_credit::Entity::find()
        .filter(customer_credit::Column::SessionId.eq(session.0))
        .select_only()
        .column(customer_credit::Column::EventId);
    let back = credit_out::Entity::find()
        .filter(credit_out::Column::SessionId.eq(session.0))
        .select_only()
        .column(credit_out::Column::EventId);
    let either = Condition::any()
        .add(T::EventId.in_subquery(QueryTrait::into_query(paid)))
        .add(T::EventId.in_subquery(QueryTrait::into_query(back)));
    let rows: Vec<(String, i64, Option<i64>)> = account_tender::Entity::find()
        .filter(either)
        .select_only()
        .column(T::Label)
        .column_as(T::Label.count(), "count")
        .column_as(sum_minor((account_tender::Entity, T::AmountMinor)), "amount")
        .group_by(T::Label)
        .order_by_asc(T::Label)
        .into_tuple()
        .all(db.conn())
        .await?;
    let line = |(label, count, amount): (String, i64, Option<i64>)| ReportLine {
        label,
        count,
        amount: money(amount.unwrap_or(0)),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Tax by jurisdiction, from the parts on the lines of the sales that stand, less those of what came back.
pub(super) async fn tax_sums(
    db: &impl Read,
    session: TillSessionId,
    jurisdictions: &[Jurisdiction],
) -> Result<Vec<ReportLine>, DbError> {
    use sale_line::Column as C;
    let rows: Vec<String> = sale_line::Entity::find()
        .filter(C::SaleId.in_subquery(standing(session)))
        .select_only()
        .column(C::Tax)
        .into_tuple()
        .all(db.conn())
        .await?;
    let mut sums: BTreeMap<Uuid, (i64, Money)> = BTreeMap::new();
    for text in rows {
        add_tax(&mut sums, &text, Ok)?;
    }
    for text in returned_taxes(db, session).await? {
        add_tax(&mut sums, &text, Money::negated)?;
    }
    let name =
        |id: &Uuid| jurisdictions.iter().find(|j| j.id.0 == *id).map_or_else(String::new, |j| j.name.clone());
    Ok(sums
        .iter()
        .map(|(id, (count, amount))| ReportLine { label: name(id), count: *count, amount: *amount })
        .collect())
}

fn add_tax(
    sums: &mut BTreeMap<Uuid, (i64, Money)>,
    text: &str,
    sign: fn(Money) -> Result<Money, domain::money::MoneyError>,
) -> Result<(), DbError> {
    let tax: LineTax = json(text)?;
    for part in tax.parts {
        let (count, sum) = sums.entry(part.jurisdiction_id.0).or_default();
        *count += 1;
        *sum = sign(part.tax).and_then(|tax| sum.plus(tax)).map_err(DbError::corrupt)?;
    }
    Ok(())
}

/// The tax on the lines that came back in a session.
async fn returned_taxes(db: &impl Read, session: TillSessionId) -> Result<Vec<String>, DbError> {
    use crate::entity::return_line;
    let line = sale_line::Entity::belongs_to(return_line::Entity)
        .from(sale_line::Column::Id)
        .to(return_line::Column::LineId);
    let receipt =
        return_line::Entity::belongs_to(sale::Entity).from(return_line::Column::SaleId).to(sale::Column::Id);
    let query = sale_line::Entity::find()
        .join(JoinType::InnerJoin, line.into())
        .join(JoinType::InnerJoin, receipt.into())
        .filter(sale::Column::SessionId.eq(session.0));
    Ok(query.select_only().column(sale_line::Column::Tax).into_tuple().all(db.conn()).await?)
}

/// What went into and out of the drawer without a sale, by kind of event; out of it stands below zero.
pub(super) async fn cash_sums(
    db: &impl Read,
    session: TillSessionId,
) -> Result<BTreeMap<String, Money>, DbError> {
    use crate::entity::journal_entry;
    let rows: Vec<(String, Option<i64>)> = journal_line::Entity::find()
        .join(
            JoinType::InnerJoin,
            journal_line::Entity::belongs_to(journal_entry::Entity)
                .from(journal_line::Column::EntryId)
                .to(journal_entry::Column::Id)
                .into(),
        )
        .join(
            JoinType::InnerJoin,
            journal_entry::Entity::belongs_to(event::Entity)
                .from(journal_entry::Column::EventId)
                .to(event::Column::Id)
                .into(),
        )
        .filter(event::Column::SubjectId.eq(session.0))
        .filter(journal_line::Column::AccountCode.eq(i64::from(accounts::TILL_CASH.get())))
        .select_only()
        .column(event::Column::Kind)
        .column_as(sum_minor((journal_line::Entity, journal_line::Column::AmountMinor)), "sum")
        .group_by(event::Column::Kind)
        .into_tuple()
        .all(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(kind, sum)| (kind, money(sum.unwrap_or(0)))).collect())
}

/// How often a drawer was opened without a sale.
pub(super) async fn no_sales(db: &impl Read, session: TillSessionId) -> Result<i64, DbError> {
    let opened = event::Entity::find()
        .filter(event::Column::SubjectId.eq(session.0))
        .filter(event::Column::Kind.eq(EventKind::DrawerOpened.code()));
    let count: Option<i64> = opened
        .select_only()
        .column_as(event::Column::Id.count(), "times")
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(count.unwrap_or(0))
}
