//! Writing what an event does to receivables, whole.

use crate::batch::Batch;
use crate::convert::to_json;
use crate::entity::{
    account_tender, application, credit_out, customer_credit, invoice, invoice_line, receivable,
};
use crate::error::DbError;
use crate::tx::WriteTx;
use domain::ids::{CustomerCreditId, EventId};
use domain::money::Money;
use domain::receivable::{Changes, Credit, Invoice};
use domain::sale::TenderFacts;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// The numbers of the documents that changes make, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    pub invoices: Vec<String>,
    pub credits: Vec<String>,
}

/// Writes changes whose event is written already.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else paid or used a credit meanwhile.
pub async fn insert(
    tx: &WriteTx,
    changes: &Changes,
    numbers: &Numbers,
    event: EventId,
) -> Result<(), DbError> {
    let mut batch = Batch::new(tx);
    plan(&mut batch, changes, numbers, event)?;
    batch.run(tx).await
}

/// Plans changes, for those who write more with them.
pub(crate) fn plan(
    batch: &mut Batch,
    changes: &Changes,
    numbers: &Numbers,
    event: EventId,
) -> Result<(), DbError> {
    if changes.is_empty() {
        return Ok(());
    }
    if (changes.invoices.len(), changes.credits.len()) != (numbers.invoices.len(), numbers.credits.len()) {
        return Err(DbError::corrupt("a document without its number"));
    }
    for (facts, number) in changes.invoices.iter().zip(&numbers.invoices) {
        plan_invoice(batch, facts, number, event)?;
    }
    let mut used = changes.used().map_err(DbError::corrupt)?;
    for (facts, number) in changes.credits.iter().zip(&numbers.credits) {
        let taken = used.iter().position(|(id, _)| *id == facts.id).map(|at| used.swap_remove(at).1);
        plan_credit(batch, facts, number, taken.unwrap_or_default(), event)?;
    }
    plan_tenders(batch, changes, event);
    batch.insert_all(
        changes
            .applications
            .iter()
            .map(|one| application::Model {
                event_id: event.0,
                credit_id: one.credit_id.0,
                receivable_id: one.receivable_id.0,
                invoice_id: one.invoice_id.0,
                store_id: one.store_id.0,
                customer_id: one.customer_id.0,
                due_on: one.due_on,
                applied_on: one.applied_on,
                amount_minor: one.amount.minor(),
            })
            .collect(),
    );
    batch.insert_all(
        changes
            .outs
            .iter()
            .map(|out| credit_out::Model {
                event_id: event.0,
                credit_id: out.credit_id.0,
                kind: out.kind.code().to_owned(),
                amount_minor: out.amount.minor(),
                tax_minor: out.tax.minor(),
                out_on: out.out_on,
                note: out.note.clone(),
                rounding_minor: out.rounding.minor(),
                till_id: out.till_id.map(Into::into),
                session_id: out.session_id.map(Into::into),
            })
            .collect(),
    );
    plan_open(batch, changes)?;
    plan_left(batch, used);
    Ok(())
}

fn plan_invoice(batch: &mut Batch, facts: &Invoice, number: &str, event: EventId) -> Result<(), DbError> {
    let (net_days, installments) = facts.terms.numbers();
    batch.insert_all(vec![invoice::Model {
        id: facts.id.0,
        number: number.to_owned(),
        kind: facts.kind.code().to_owned(),
        store_id: facts.store_id.0,
        customer_id: facts.customer_id.0,
        sale_id: facts.sale_id.map(Into::into),
        associate_id: facts.associate_id.map(Into::into),
        event_id: event.0,
        invoiced_on: facts.invoiced_on,
        posted_on: facts.posted_on,
        net_days: i64::from(net_days),
        installments: i64::from(installments),
        net_minor: facts.net.minor(),
        tax_minor: facts.tax.total().map_err(DbError::corrupt)?.minor(),
        tax: to_json(&facts.tax)?,
        amount_minor: facts.amount.minor(),
        reference: facts.reference.clone(),
        note: facts.note.clone(),
    }]);
    let lines = (0_i64..).zip(&facts.lines).map(|(position, line)| {
        Ok(invoice_line::Model {
            invoice_id: facts.id.0,
            position,
            description: line.description.clone(),
            net_minor: line.net.minor(),
            tax_minor: line.tax.total().map_err(DbError::corrupt)?.minor(),
            tax: to_json(&line.tax)?,
            account_code: i64::from(line.account.get()),
        })
    });
    batch.insert_all(lines.collect::<Result<Vec<_>, DbError>>()?);
    batch.insert_all(
        (0_i64..)
            .zip(&facts.dues)
            .map(|(position, due)| receivable::Model {
                id: due.id.0,
                invoice_id: facts.id.0,
                position,
                kind: due.kind.code().to_owned(),
                store_id: facts.store_id.0,
                customer_id: facts.customer_id.0,
                associate_id: facts.associate_id.map(Into::into),
                invoiced_on: facts.invoiced_on,
                posted_on: facts.posted_on,
                due_on: due.due_on,
                amount_minor: due.amount.minor(),
                open_minor: due.amount.minor(),
                touched_on: None,
            })
            .collect(),
    );
    Ok(())
}

fn plan_credit(
    batch: &mut Batch,
    facts: &Credit,
    number: &str,
    used: Money,
    event: EventId,
) -> Result<(), DbError> {
    batch.insert_all(vec![customer_credit::Model {
        id: facts.id.0,
        kind: facts.kind.code().to_owned(),
        number: number.to_owned(),
        store_id: facts.store_id.0,
        customer_id: facts.customer_id.0,
        till_id: facts.till_id.map(Into::into),
        session_id: facts.session_id.map(Into::into),
        sale_id: facts.sale_id.map(Into::into),
        invoice_id: facts.invoice_id.map(Into::into),
        event_id: event.0,
        received_on: facts.received_on,
        posted_on: facts.posted_on,
        amount_minor: facts.amount.minor(),
        net_minor: facts.net.minor(),
        tax_minor: facts.tax.total().map_err(DbError::corrupt)?.minor(),
        tax: to_json(&facts.tax)?,
        rounding_minor: facts.rounding.minor(),
        note: facts.note.clone(),
        left_minor: facts.amount.minus(used).map_err(DbError::corrupt)?.minor(),
    }]);
    Ok(())
}

fn plan_tenders(batch: &mut Batch, changes: &Changes, event: EventId) {
    let came = changes.credits.iter().flat_map(|credit| credit.tenders.iter().map(|one| (credit.id, one)));
    let went = changes.outs.iter().flat_map(|out| out.tenders.iter().map(|one| (out.credit_id, one)));
    let row = |(position, (credit, tender)): (i64, (CustomerCreditId, &TenderFacts))| account_tender::Model {
        event_id: event.0,
        position,
        credit_id: credit.0,
        kind: tender.kind.code.clone(),
        label: tender.kind.label.clone(),
        nature: tender.kind.nature.code().to_owned(),
        account_code: i64::from(tender.kind.account.get()),
        amount_minor: tender.amount.minor(),
        handed_over_minor: tender.handed_over.minor(),
        change_minor: tender.change.minor(),
        reference: tender.reference.clone(),
    };
    batch.insert_all((0_i64..).zip(came.chain(went)).map(row).collect());
}

/// What is open of each due date follows what was applied; the lock of the database lets nothing else through.
fn plan_open(batch: &mut Batch, changes: &Changes) -> Result<(), DbError> {
    use receivable::Column as R;
    let day = changes.applications.iter().map(|one| one.applied_on).max();
    let touched: std::collections::BTreeSet<_> =
        changes.applications.iter().map(|one| one.receivable_id).collect();
    let sums = changes.applied().map_err(DbError::corrupt)?;
    let Some(day) = day else { return Ok(()) };
    for id in touched {
        let sum = sums.iter().find(|(one, _)| *one == id).map(|(_, sum)| *sum).unwrap_or_default();
        let earlier = Expr::col(R::TouchedOn).is_null().or(Expr::col(R::TouchedOn).lt(day));
        let last = Expr::case(earlier, Expr::value(day)).finally(Expr::col(R::TouchedOn));
        let update = receivable::Entity::update_many()
            .col_expr(R::OpenMinor, Expr::col(R::OpenMinor).sub(sum.minor()))
            .col_expr(R::TouchedOn, last.into())
            .filter(R::Id.eq(id.0))
            .filter(R::OpenMinor.gte(sum.minor()));
        batch.plan(update, 1);
    }
    Ok(())
}

/// What is left of credits that were there before.
fn plan_left(batch: &mut Batch, used: Vec<(CustomerCreditId, Money)>) {
    use customer_credit::Column as C;
    for (id, amount) in used {
        if amount.is_zero() {
            continue;
        }
        let update = customer_credit::Entity::update_many()
            .col_expr(C::LeftMinor, Expr::col(C::LeftMinor).sub(amount.minor()))
            .filter(C::Id.eq(id.0))
            .filter(C::LeftMinor.gte(amount.minor()));
        batch.plan(update, 1);
    }
}
