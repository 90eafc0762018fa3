//! Invoices as decisions need them.

use super::list::standing_cards;
use crate::convert::{code, json, money};
use crate::entity::{invoice, receivable, store};
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerId, InvoiceId, LegalEntityId, SaleId, StoreId};
use domain::money::Money;
use domain::receivable::{InvoiceKind, Lessened, MemoInvoice};
use domain::sale::ChargedSale;
use domain::tax::LineTax;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeSet;
use uuid::Uuid;

/// An invoice without its due dates.
#[derive(Debug, Clone)]
pub struct InvoiceRow {
    pub id: InvoiceId,
    pub kind: InvoiceKind,
    pub sale: Option<SaleId>,
    pub number: String,
    pub store_id: StoreId,
    pub legal_entity: LegalEntityId,
    pub customer_id: CustomerId,
    pub net: Money,
    pub tax: LineTax,
    pub amount: Money,
}

/// # Errors
/// [`DbError`]
pub async fn find_invoice(db: &impl Read, id: InvoiceId) -> Result<Option<InvoiceRow>, DbError> {
    let Some(row) = invoice::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let entity: Option<Uuid> = store::Entity::find_by_id(row.store_id)
        .select_only()
        .column(store::Column::LegalEntityId)
        .into_tuple()
        .one(db.conn())
        .await?;
    let entity = entity.ok_or_else(|| DbError::corrupt("an invoice without its store"))?;
    Ok(Some(InvoiceRow {
        id,
        kind: code(&row.kind)?,
        sale: row.sale_id.map(SaleId),
        number: row.number,
        store_id: StoreId(row.store_id),
        legal_entity: LegalEntityId(entity),
        customer_id: CustomerId(row.customer_id),
        net: money(row.net_minor),
        tax: json(&row.tax)?,
        amount: money(row.amount_minor),
    }))
}

/// An invoice as a credit memo needs it: what earlier ones took off it, and what is open.
///
/// # Errors
/// [`DbError`]
pub async fn load_for_memo(
    db: &impl Read,
    id: InvoiceId,
) -> Result<Option<(CustomerId, MemoInvoice)>, DbError> {
    let Some(row) = find_invoice(db, id).await? else { return Ok(None) };
    let (returned, returned_tax) = returned(db, &row).await?;
    let taken_off = taken_off(db, id).await?;
    let plus = |one: Money, other: Money| one.plus(other).map_err(DbError::corrupt);
    let open = super::open_of_invoices(db, &[id]).await?;
    let invoice = MemoInvoice {
        id,
        kind: row.kind,
        number: row.number,
        store_id: row.store_id,
        legal_entity_id: row.legal_entity,
        net: row.net,
        tax: row.tax,
        voided: open.iter().any(|item| item.voided),
        credited: plus(taken_off.memos, returned)?,
        credited_tax: plus(taken_off.memo_tax, returned_tax)?,
        written_off: taken_off.written_off,
        open,
    };
    Ok(Some((row.customer_id, invoice)))
}

/// What a memo or a write-off `c` still takes off: less what was recovered.
const STILL_OFF: &str = "(c.amount_minor - (SELECT CAST(COALESCE(SUM(o.amount_minor), 0) AS bigint) \
     FROM credit_out o WHERE o.credit_id = c.id AND o.kind = 'reinstated'))";
/// A memo or a write-off `c` that was not taken back as a whole.
const NOT_TAKEN_BACK: &str =
    "NOT EXISTS (SELECT 1 FROM event e WHERE e.subject_id = c.id AND e.kind = 'credit_reversed')";

/// What memos and write-offs still take off an invoice.
struct TakenOff {
    memos: Money,
    memo_tax: Money,
    /// Tax included.
    written_off: Money,
}

async fn taken_off(db: &impl Read, id: InvoiceId) -> Result<TakenOff, DbError> {
    let mut sql = Sql::default();
    let id = sql.put(id.0);
    let sum = |of: &str| format!("CAST(COALESCE(SUM({of}), 0) AS bigint)");
    let (net, tax) = (
        sum("CASE WHEN c.kind = 'credit_memo' THEN c.net_minor ELSE 0 END"),
        sum("CASE WHEN c.kind = 'credit_memo' THEN c.tax_minor ELSE 0 END"),
    );
    let off = sum(&format!("CASE WHEN c.kind = 'write_off' THEN {STILL_OFF} ELSE 0 END"));
    sql.push(&format!(
        "SELECT {net} AS net, {tax} AS tax, {off} AS written_off FROM customer_credit c \
         WHERE c.invoice_id = {id} AND {NOT_TAKEN_BACK}"
    ));
    let row = db.conn().query_one_raw(sql.statement(db)).await?;
    let row = row.ok_or_else(|| DbError::corrupt("sums without a row"))?;
    Ok(TakenOff {
        memos: money(row.try_get("", "net")?),
        memo_tax: money(row.try_get("", "tax")?),
        written_off: money(row.try_get("", "written_off")?),
    })
}

/// What of an invoice is written off, tax included.
///
/// # Errors
/// [`DbError`]
pub async fn written_off(db: &impl Read, id: InvoiceId) -> Result<Money, DbError> {
    Ok(taken_off(db, id).await?.written_off)
}

/// What came back of what an invoice is for and went to the account, without its tax, and its tax: what returns took off
/// it, and what they left as credit because everything was paid by then. Goods may come back by way of other receipts,
/// for which they were exchanged.
async fn returned(db: &impl Read, invoice: &InvoiceRow) -> Result<(Money, Money), DbError> {
    let Some(sale) = invoice.sale else { return Ok((Money::ZERO, Money::ZERO)) };
    let together = crate::repo::sale::connected(db, BTreeSet::from([sale])).await?;
    let mut sql = Sql::default();
    let receipts = sql.list(together.iter().map(|id| id.0));
    let id = sql.put(invoice.id.0);
    sql.push(&format!(
        "SELECT CAST(COALESCE(SUM(c.amount_minor \
           - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a \
              WHERE a.credit_id = c.id AND a.event_id = c.event_id AND a.invoice_id <> {id})), 0) AS bigint) AS off \
         FROM customer_credit c WHERE c.kind = 'return' AND c.sale_id IN ({receipts})"
    ));
    let row = db.conn().query_one_raw(sql.statement(db)).await?;
    let off = money(row.map_or(Ok(0), |row| row.try_get("", "off"))?).min(invoice.amount);
    if !off.is_positive() {
        return Ok((Money::ZERO, Money::ZERO));
    }
    let tax = invoice.tax.total().and_then(|tax| tax.share(off.minor(), invoice.amount.minor()));
    let tax = tax.map_err(DbError::corrupt)?;
    Ok((off.minus(tax).map_err(DbError::corrupt)?, tax))
}

/// What still lessens what is owed on one of these receipts without being part of a receipt: the first memo or write-off.
///
/// # Errors
/// [`DbError`]
pub async fn lessened(db: &impl Read, sales: &BTreeSet<SaleId>) -> Result<Option<Lessened>, DbError> {
    if sales.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::default();
    let sales = sql.list(sales.iter().map(|id| id.0));
    sql.push(&format!(
        "SELECT number, kind, amount FROM (\
           SELECT i.number AS number, c.kind AS kind, c.id AS id, {STILL_OFF} AS amount \
           FROM invoice i JOIN customer_credit c ON c.invoice_id = i.id \
           WHERE i.sale_id IN ({sales}) AND c.kind IN ('credit_memo', 'write_off') AND {NOT_TAKEN_BACK}) AS one \
         WHERE amount > 0 ORDER BY id LIMIT 1"
    ));
    let Some(row) = db.conn().query_one_raw(sql.statement(db)).await? else { return Ok(None) };
    let kind: String = row.try_get("", "kind")?;
    Ok(Some(Lessened {
        invoice: row.try_get("", "number")?,
        kind: code(&kind)?,
        amount: money(row.try_get("", "amount")?),
    }))
}

/// What checks came to that paid for these receipts and that the bank sent back.
///
/// # Errors
/// [`DbError`]
pub async fn bounced(db: &impl Read, sales: &BTreeSet<SaleId>) -> Result<Money, DbError> {
    let amounts: Vec<i64> = invoice::Entity::find()
        .filter(invoice::Column::SaleId.is_in(sales.iter().map(|id| id.0)))
        .filter(invoice::Column::Kind.eq(InvoiceKind::ReturnedCheck.code()))
        .select_only()
        .column(invoice::Column::AmountMinor)
        .into_tuple()
        .all(db.conn())
        .await?;
    Money::sum(amounts.into_iter().map(money)).map_err(DbError::corrupt)
}

/// The invoice for what of a sale was charged.
///
/// # Errors
/// [`DbError`]
pub async fn charged_for(db: &impl Read, sale: SaleId) -> Result<Option<ChargedSale>, DbError> {
    let found = invoice::Entity::find()
        .filter(invoice::Column::SaleId.eq(sale.0))
        .filter(invoice::Column::Kind.eq(InvoiceKind::Sale.code()))
        .one(db.conn())
        .await?;
    let Some(found) = found else { return Ok(None) };
    let last: Option<NaiveDate> = receivable::Entity::find()
        .filter(receivable::Column::InvoiceId.eq(found.id))
        .select_only()
        .column_as(receivable::Column::DueOn.max(), "due_on")
        .into_tuple()
        .one(db.conn())
        .await?
        .flatten();
    Ok(Some(ChargedSale {
        invoice: InvoiceId(found.id),
        number: found.number,
        amount: money(found.amount_minor),
        due_on: last.unwrap_or(found.invoiced_on),
    }))
}

/// The cards that stand for whoever owes something for these receipts, or did: they were charged, or the check came
/// back.
///
/// # Errors
/// [`DbError`]
pub async fn charged_to(db: &impl Read, sales: &BTreeSet<SaleId>) -> Result<BTreeSet<CustomerId>, DbError> {
    if sales.is_empty() {
        return Ok(BTreeSet::new());
    }
    let charged: Vec<Uuid> = invoice::Entity::find()
        .filter(invoice::Column::SaleId.is_in(sales.iter().map(|id| id.0)))
        .select_only()
        .column(invoice::Column::CustomerId)
        .distinct()
        .into_tuple()
        .all(db.conn())
        .await?;
    let stands = standing_cards(db, charged.iter().copied().collect()).await?;
    Ok(charged.into_iter().map(|id| CustomerId(stands.get(&id).copied().unwrap_or(id))).collect())
}
