//! Accounts, invoices and credits as their pages show them.

use super::credit::tender;
use crate::convert::{account, code, json, money};
use crate::entity::{
    account_tender, application, credit_out, customer_credit, event, invoice, invoice_line, receivable, sale,
};
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::known_as;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerCreditId, CustomerId, EventId, InvoiceId, SaleId, StoreId};
use domain::money::Money;
use domain::receivable::{
    AppliedLine, CreditKind, CreditOutKind, DueLine, InvoiceKind, InvoiceLine, Movement, MovementKind,
    OutLine, Terms,
};
use domain::sale::TenderFacts;
use domain::tax::LineTax;
use sea_orm::sea_query::{Alias, Expr, JoinType, Order, Query, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

/// An invoice as it was written, with what happened to it since.
#[derive(Debug, Clone)]
pub struct InvoiceDetail {
    pub id: InvoiceId,
    pub number: String,
    pub kind: InvoiceKind,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub sale: Option<(SaleId, String)>,
    pub invoiced_on: NaiveDate,
    pub posted_on: NaiveDate,
    pub terms: Terms,
    pub reference: Option<String>,
    pub note: Option<String>,
    pub lines: Vec<InvoiceLine>,
    pub net: Money,
    pub tax: LineTax,
    pub amount: Money,
    pub dues: Vec<DueLine>,
    pub applied: Vec<AppliedLine>,
    pub event: EventId,
}

/// # Errors
/// [`DbError`]
pub async fn get_invoice(db: &impl Read, id: InvoiceId) -> Result<Option<InvoiceDetail>, DbError> {
    let conn = db.conn();
    let Some(row) = invoice::Entity::find_by_id(id.0).one(conn).await? else { return Ok(None) };
    let sale = match row.sale_id {
        None => None,
        Some(sale) => {
            let query = sale::Entity::find_by_id(sale).select_only().column(sale::Column::Number);
            query.into_tuple::<String>().one(conn).await?.map(|number| (SaleId(sale), number))
        }
    };
    let lines = invoice_line::Entity::find()
        .filter(invoice_line::Column::InvoiceId.eq(id.0))
        .order_by_asc(invoice_line::Column::Position)
        .all(conn)
        .await?;
    let lines = lines.into_iter().map(|line| {
        Ok(InvoiceLine {
            description: line.description,
            net: money(line.net_minor),
            tax: json(&line.tax)?,
            account: account(line.account_code)?,
        })
    });
    let dues = receivable::Entity::find()
        .filter(receivable::Column::InvoiceId.eq(id.0))
        .order_by_asc(receivable::Column::Position)
        .all(conn)
        .await?;
    let dues = dues.into_iter().map(|due| {
        Ok(DueLine {
            kind: code(&due.kind)?,
            due_on: due.due_on,
            amount: money(due.amount_minor),
            open: money(due.open_minor),
        })
    });
    let number = |number: i64| u32::try_from(number).map_err(DbError::corrupt);
    Ok(Some(InvoiceDetail {
        id,
        kind: code(&row.kind)?,
        store_id: StoreId(row.store_id),
        customer_id: CustomerId(row.customer_id),
        sale,
        invoiced_on: row.invoiced_on,
        posted_on: row.posted_on,
        terms: Terms::of_numbers(number(row.net_days)?, number(row.installments)?),
        reference: row.reference,
        note: row.note,
        lines: lines.collect::<Result<_, DbError>>()?,
        net: money(row.net_minor),
        tax: json(&row.tax)?,
        amount: money(row.amount_minor),
        dues: dues.collect::<Result<_, DbError>>()?,
        applied: applied(db, application::Column::InvoiceId.eq(id.0)).await?,
        event: EventId(row.event_id),
        number: row.number,
    }))
}

#[derive(Debug, FromQueryResult)]
struct AppliedRow {
    event_id: Uuid,
    applied_on: NaiveDate,
    credit_id: Uuid,
    credit_kind: String,
    credit_number: String,
    invoice_id: Uuid,
    invoice_number: String,
    amount: Option<i64>,
}

/// What was applied, event by event and invoice by invoice, oldest first.
async fn applied(db: &impl Read, which: Expr) -> Result<Vec<AppliedLine>, DbError> {
    use application::Column as A;
    use customer_credit::Column as C;
    use invoice::Column as I;
    let of_credit = application::Entity::belongs_to(customer_credit::Entity).from(A::CreditId).to(C::Id);
    let of_invoice = application::Entity::belongs_to(invoice::Entity).from(A::InvoiceId).to(I::Id);
    let rows = application::Entity::find()
        .join(JoinType::InnerJoin, of_credit.into())
        .join(JoinType::InnerJoin, of_invoice.into())
        .filter(which)
        .select_only()
        .columns([A::EventId, A::AppliedOn, A::CreditId, A::InvoiceId])
        .column_as(C::Kind, "credit_kind")
        .column_as(C::Number, "credit_number")
        .column_as(I::Number, "invoice_number")
        .column_as(crate::tx::sum_minor((application::Entity, A::AmountMinor)), "amount")
        .group_by(A::EventId)
        .group_by(A::AppliedOn)
        .group_by(A::CreditId)
        .group_by(A::InvoiceId)
        .group_by(C::Kind)
        .group_by(C::Number)
        .group_by(I::Number)
        .order_by_asc(A::EventId)
        .into_model::<AppliedRow>()
        .all(db.conn())
        .await?;
    let line = |row: AppliedRow| {
        Ok(AppliedLine {
            event: EventId(row.event_id),
            applied_on: row.applied_on,
            credit_id: CustomerCreditId(row.credit_id),
            credit_kind: code(&row.credit_kind)?,
            credit_number: row.credit_number,
            invoice_id: InvoiceId(row.invoice_id),
            invoice_number: row.invoice_number,
            amount: money(row.amount.unwrap_or(0)),
        })
    };
    rows.into_iter().map(line).collect()
}

/// A credit as it was written, with what happened to it since.
#[derive(Debug, Clone)]
pub struct CreditDetail {
    pub id: CustomerCreditId,
    pub kind: CreditKind,
    pub number: String,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub received_on: NaiveDate,
    pub posted_on: NaiveDate,
    pub amount: Money,
    pub net: Money,
    pub tax: LineTax,
    pub left: Money,
    pub note: Option<String>,
    pub invoice: Option<(InvoiceId, String)>,
    pub tenders: Vec<TenderFacts>,
    pub applied: Vec<AppliedLine>,
    pub outs: Vec<OutLine>,
    pub came_back: bool,
    pub event: EventId,
    pub by: String,
}

/// # Errors
/// [`DbError`]
pub async fn get_credit(db: &impl Read, id: CustomerCreditId) -> Result<Option<CreditDetail>, DbError> {
    let conn = db.conn();
    let Some(row) = customer_credit::Entity::find_by_id(id.0).one(conn).await? else { return Ok(None) };
    let tenders = account_tender::Entity::find()
        .filter(account_tender::Column::CreditId.eq(id.0))
        .order_by_asc(account_tender::Column::EventId)
        .order_by_asc(account_tender::Column::Position)
        .all(conn)
        .await?;
    let invoice = match row.invoice_id {
        None => None,
        Some(invoice) => {
            let query = invoice::Entity::find_by_id(invoice).select_only().column(invoice::Column::Number);
            query.into_tuple::<String>().one(conn).await?.map(|number| (InvoiceId(invoice), number))
        }
    };
    let outs = credit_out::Entity::find()
        .filter(credit_out::Column::CreditId.eq(id.0))
        .order_by_asc(credit_out::Column::EventId)
        .all(conn)
        .await?;
    let came_back = outs.iter().any(|out| out.kind == CreditOutKind::Bounced.code());
    let outs = outs.into_iter().map(|out| {
        Ok(OutLine {
            event: EventId(out.event_id),
            label: code::<CreditOutKind>(&out.kind)?.label().to_owned(),
            out_on: out.out_on,
            amount: money(out.amount_minor),
            note: out.note,
        })
    });
    let actor: Option<Option<Uuid>> = event::Entity::find_by_id(row.event_id)
        .select_only()
        .column(event::Column::ActorId)
        .into_tuple()
        .one(conn)
        .await?;
    let names = audit::names(db).await?;
    Ok(Some(CreditDetail {
        id,
        kind: code(&row.kind)?,
        number: row.number,
        store_id: StoreId(row.store_id),
        customer_id: CustomerId(row.customer_id),
        received_on: row.received_on,
        posted_on: row.posted_on,
        amount: money(row.amount_minor),
        net: money(row.net_minor),
        tax: json(&row.tax)?,
        left: money(row.left_minor),
        note: row.note,
        invoice,
        tenders: tenders.into_iter().map(tender).collect::<Result<_, DbError>>()?,
        applied: applied(db, application::Column::CreditId.eq(id.0)).await?,
        outs: outs.collect::<Result<_, DbError>>()?,
        came_back,
        event: EventId(row.event_id),
        by: actor.flatten().and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
    }))
}

#[derive(Debug, FromQueryResult)]
struct MovementRow {
    day: NaiveDate,
    event_id: Uuid,
    what: String,
    kind: String,
    number: String,
    document: Uuid,
    dated: NaiveDate,
    amount: i64,
}

/// Everything that moved the account of a customer: invoices, credits, and what of credits is gone.
fn movements_of(customer: CustomerId) -> SelectStatement {
    use customer_credit::Column as C;
    use invoice::Column as I;
    let what = |kind: MovementKind| Expr::value(kind.code());
    let mut invoices = Query::select();
    invoices
        .expr_as(Expr::col(I::PostedOn), "day")
        .column(I::EventId)
        .expr_as(what(MovementKind::Invoice), "what")
        .expr_as(Expr::col(I::Kind), "kind")
        .column(I::Number)
        .expr_as(Expr::col(I::Id), "document")
        .expr_as(Expr::col(I::InvoicedOn), "dated")
        .expr_as(Expr::col(I::AmountMinor), "amount")
        .from(invoice::Entity)
        .and_where(I::CustomerId.in_subquery(known_as(customer)));
    let credits = Query::select()
        .expr_as(Expr::col(C::PostedOn), "day")
        .column(C::EventId)
        .expr_as(what(MovementKind::Credit), "what")
        .expr_as(Expr::col(C::Kind), "kind")
        .column(C::Number)
        .expr_as(Expr::col(C::Id), "document")
        .expr_as(Expr::col(C::ReceivedOn), "dated")
        .expr_as(Expr::value(0_i64).sub(Expr::col(C::AmountMinor)), "amount")
        .from(customer_credit::Entity)
        .and_where(C::CustomerId.in_subquery(known_as(customer)))
        .to_owned();
    let out = |column| Expr::col((credit_out::Entity, column));
    let outs = Query::select()
        .expr_as(out(credit_out::Column::OutOn), "day")
        .expr_as(out(credit_out::Column::EventId), "event_id")
        .expr_as(what(MovementKind::Out), "what")
        .expr_as(out(credit_out::Column::Kind), "kind")
        .column((customer_credit::Entity, C::Number))
        .expr_as(Expr::col((customer_credit::Entity, C::Id)), "document")
        .expr_as(out(credit_out::Column::OutOn), "dated")
        .expr_as(out(credit_out::Column::AmountMinor), "amount")
        .from(credit_out::Entity)
        .join(
            JoinType::InnerJoin,
            customer_credit::Entity,
            out(credit_out::Column::CreditId).equals((customer_credit::Entity, C::Id)),
        )
        .and_where(C::CustomerId.in_subquery(known_as(customer)))
        .to_owned();
    invoices.union(UnionType::All, credits).union(UnionType::All, outs);
    invoices
}

/// The newest movements first.
fn newest(customer: CustomerId) -> SelectStatement {
    let column = |name: &'static str| Alias::new(name);
    Query::select()
        .columns(["day", "event_id", "what", "kind", "number", "document", "dated", "amount"].map(column))
        .from_subquery(movements_of(customer), Alias::new("movement"))
        .order_by(column("day"), Order::Desc)
        .order_by(column("event_id"), Order::Desc)
        .order_by(column("what"), Order::Desc)
        .order_by(column("document"), Order::Desc)
        .to_owned()
}

/// A page of a customer's running account, the newest first, and how many movements there are. `balance` is what is owed
/// after the last of them.
///
/// # Errors
/// [`DbError`]
pub async fn list_movements(
    db: &impl Read,
    customer: CustomerId,
    balance: Money,
    offset: u64,
    limit: u64,
) -> Result<(Vec<Movement>, u64), DbError> {
    let conn = db.conn();
    let newer = newest(customer).limit(offset).to_owned();
    let sums = Query::select()
        .expr_as(Expr::col(Alias::new("amount")).sum().cast_as("bigint"), "sum")
        .from_subquery(newer, Alias::new("newer"))
        .to_owned();
    let sum: Option<i64> =
        conn.query_one(&sums).await?.map(|row| row.try_get("", "sum")).transpose()?.flatten();
    let counted = Query::select()
        .expr_as(Expr::cust("COUNT(*)"), "n")
        .from_subquery(movements_of(customer), Alias::new("movement"))
        .to_owned();
    let count: i64 = conn.query_one(&counted).await?.map_or(Ok(0), |row| row.try_get("", "n"))?;
    let page = newest(customer).limit(limit).offset(offset).to_owned();
    let rows = conn.query_all(&page).await?;
    let mut balance = balance.minus(money(sum.unwrap_or(0))).map_err(DbError::corrupt)?;
    let mut movements = Vec::with_capacity(rows.len());
    for row in &rows {
        let row = MovementRow::from_query_result(row, "")?;
        let amount = money(row.amount);
        let kind: MovementKind = code(&row.what)?;
        movements.push(Movement {
            label: label(kind, &row.kind)?.to_owned(),
            dated: Some(row.dated).filter(|dated| *dated != row.day),
            day: row.day,
            event: EventId(row.event_id),
            kind,
            number: row.number,
            document: row.document,
            amount,
            balance,
        });
        balance = balance.minus(amount).map_err(DbError::corrupt)?;
    }
    Ok((movements, u64::try_from(count).unwrap_or(0)))
}

fn label(kind: MovementKind, of: &str) -> Result<&'static str, DbError> {
    Ok(match kind {
        MovementKind::Invoice => code::<InvoiceKind>(of)?.label(),
        MovementKind::Credit => code::<CreditKind>(of)?.label(),
        MovementKind::Out => code::<CreditOutKind>(of)?.label(),
    })
}

/// How many invoices a customer ever had.
///
/// # Errors
/// [`DbError`]
pub async fn count_invoices(db: &impl Read, customer: CustomerId) -> Result<u64, DbError> {
    let theirs = invoice::Entity::find().filter(invoice::Column::CustomerId.in_subquery(known_as(customer)));
    Ok(theirs.count(db.conn()).await?)
}
