//! Vendors' bills, what was paid of them, and what is left of credits.

use crate::convert::{account, money};
use crate::entity::{bill_payment, bill_payment_line, bill_receipt, credit_use, vendor_bill, vendor_credit};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use chrono::NaiveDate;
use domain::ids::{BillId, CreditId, EventId, GoodsReceiptId, StoreId, VendorId};
use domain::money::Money;
use domain::vendor::{Bill, BillFilter, BillLine, OpenBill, OpenCredit, Payment, PaymentLine, VendorTag};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What was paid of a bill.
const PAID: &str = "(SELECT CAST(COALESCE(SUM(l.amount_minor), 0) AS bigint) \
    FROM bill_payment_line l WHERE l.bill_id = vendor_bill.id)";
/// What of a credit was used.
const USED: &str = "(SELECT CAST(COALESCE(SUM(u.amount_minor), 0) AS bigint) \
    FROM credit_use u WHERE u.credit_id = vendor_credit.id)";

#[derive(Debug, FromQueryResult)]
struct OpenRow {
    id: Uuid,
    store_id: Uuid,
    vendor_id: Uuid,
    number: String,
    billed_on: NaiveDate,
    due_on: NaiveDate,
    amount_minor: i64,
    paid: i64,
}

impl OpenRow {
    fn bill(self) -> OpenBill {
        OpenBill {
            id: BillId(self.id),
            number: self.number,
            store_id: StoreId(self.store_id),
            vendor_id: VendorId(self.vendor_id),
            billed_on: self.billed_on,
            due_on: self.due_on,
            amount: money(self.amount_minor),
            open: money(self.amount_minor - self.paid),
        }
    }
}

fn with_paid(query: Select<vendor_bill::Entity>) -> Select<vendor_bill::Entity> {
    query.column_as(Expr::cust(PAID), "paid")
}

fn open(filter: &BillFilter) -> Condition {
    let mut which = Condition::all()
        .add(vendor_bill::Column::StoreId.is_in(filter.stores.iter().map(|id| id.0)))
        .add(Expr::cust(format!("vendor_bill.amount_minor > {PAID}")));
    if let Some(vendor) = filter.vendor {
        which = which.add(vendor_bill::Column::VendorId.eq(vendor.0));
    }
    if let Some(day) = filter.due_by {
        which = which.add(vendor_bill::Column::DueOn.lte(day));
    }
    which
}

/// A page of open bills, the first that is due first.
///
/// # Errors
/// [`DbError`]
pub async fn list_open(db: &impl Read, filter: &BillFilter) -> Result<Vec<BillLine>, DbError> {
    let rows = with_paid(vendor_bill::Entity::find().filter(open(filter)))
        .order_by_asc(vendor_bill::Column::DueOn)
        .order_by_asc(vendor_bill::Column::Id)
        .offset(filter.offset)
        .limit(filter.limit)
        .into_model::<OpenRow>()
        .all(db.conn())
        .await?;
    let vendors = super::tags_of(db, rows.iter().map(|row| row.vendor_id).collect()).await?;
    let unknown = |id| VendorTag { id: VendorId(id), code: String::new(), name: String::new() };
    let line = |row: OpenRow| {
        let vendor = vendors.get(&row.vendor_id).cloned().unwrap_or_else(|| unknown(row.vendor_id));
        BillLine { bill: row.bill(), vendor }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// How many bills are open, and what is open of them.
///
/// # Errors
/// [`DbError`]
pub async fn sum_open(db: &impl Read, filter: &BillFilter) -> Result<(u64, Money), DbError> {
    let open_sum = format!("CAST(COALESCE(SUM(vendor_bill.amount_minor - {PAID}), 0) AS bigint)");
    let sums: Option<(i64, i64)> = vendor_bill::Entity::find()
        .filter(open(filter))
        .select_only()
        .column_as(Expr::cust("COUNT(*)"), "bills")
        .column_as(Expr::cust(open_sum), "open")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (count, open) = sums.unwrap_or_default();
    Ok((u64::try_from(count).unwrap_or(0), money(open)))
}

/// Bills with what is open of them, open or not.
///
/// # Errors
/// [`DbError`]
pub async fn get_many(db: &impl Read, ids: &[BillId]) -> Result<Vec<OpenBill>, DbError> {
    let query = vendor_bill::Entity::find().filter(vendor_bill::Column::Id.is_in(ids.iter().map(|id| id.0)));
    let rows = with_paid(query).into_model::<OpenRow>().all(db.conn()).await?;
    Ok(rows.into_iter().map(OpenRow::bill).collect())
}

/// A bill with its deliveries and the event that entered it.
///
/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: BillId) -> Result<Option<(Bill, EventId)>, DbError> {
    let Some(row) = vendor_bill::Entity::find_by_id(id.0).one(db.conn()).await? else { return Ok(None) };
    let receipts: Vec<Uuid> = bill_receipt::Entity::find()
        .filter(bill_receipt::Column::BillId.eq(id.0))
        .select_only()
        .column(bill_receipt::Column::ReceiptId)
        .into_tuple()
        .all(db.conn())
        .await?;
    let bill = Bill {
        id,
        number: row.number,
        store_id: StoreId(row.store_id),
        vendor_id: VendorId(row.vendor_id),
        billed_on: row.billed_on,
        due_on: row.due_on,
        entered_on: row.entered_on,
        amount: money(row.amount_minor),
        difference: money(row.difference_minor),
        receipts: receipts.into_iter().map(GoodsReceiptId).collect(),
    };
    Ok(Some((bill, EventId(row.event_id))))
}

/// Writes a bill. Its event is written already.
///
/// # Errors
/// [`DbError::Conflict`] when the vendor's number, or one of the deliveries, has a bill.
pub async fn insert(tx: &WriteTx, bill: &Bill, event: EventId) -> Result<(), DbError> {
    tx.insert_all(vec![vendor_bill::Model {
        id: bill.id.0,
        store_id: bill.store_id.0,
        vendor_id: bill.vendor_id.0,
        number: bill.number.clone(),
        billed_on: bill.billed_on,
        due_on: bill.due_on,
        entered_on: bill.entered_on,
        amount_minor: bill.amount.minor(),
        difference_minor: bill.difference.minor(),
        event_id: event.0,
    }])
    .await?;
    let on_it = |id: &GoodsReceiptId| bill_receipt::Model { receipt_id: id.0, bill_id: bill.id.0 };
    tx.insert_all(bill.receipts.iter().map(on_it).collect()).await
}

/// Writes a payment. Its event is written already.
///
/// # Errors
/// [`DbError`]
pub async fn insert_payment(tx: &WriteTx, payment: &Payment) -> Result<(), DbError> {
    tx.insert_all(vec![bill_payment::Model {
        id: payment.id.0,
        store_id: payment.store_id.0,
        vendor_id: payment.vendor_id.0,
        account_code: i64::from(payment.account.get()),
        reference: payment.reference.clone(),
        paid_on: payment.paid_on,
        money_minor: payment.money.minor(),
    }])
    .await?;
    let part = |(bill, amount): &(BillId, Money)| bill_payment_line::Model {
        payment_id: payment.id.0,
        bill_id: bill.0,
        amount_minor: amount.minor(),
    };
    tx.insert_all(payment.bills.iter().map(part).collect()).await?;
    let used = |(credit, amount): &(CreditId, Money)| credit_use::Model {
        payment_id: payment.id.0,
        credit_id: credit.0,
        amount_minor: amount.minor(),
    };
    tx.insert_all(payment.credits.iter().map(used).collect()).await
}

fn payment_line(row: bill_payment::Model, amount: i64) -> Result<PaymentLine, DbError> {
    Ok(PaymentLine {
        event: EventId(row.id),
        paid_on: row.paid_on,
        reference: row.reference,
        account: account(row.account_code)?,
        amount: money(amount),
    })
}

/// The last payments to a vendor, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn payments_to(
    db: &impl Read,
    stores: &[StoreId],
    vendor: VendorId,
    limit: u64,
) -> Result<Vec<PaymentLine>, DbError> {
    let rows = bill_payment::Entity::find()
        .filter(bill_payment::Column::VendorId.eq(vendor.0))
        .filter(bill_payment::Column::StoreId.is_in(stores.iter().map(|id| id.0)))
        .order_by_desc(bill_payment::Column::Id)
        .limit(limit)
        .all(db.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            let amount = row.money_minor;
            payment_line(row, amount)
        })
        .collect()
}

/// What was paid of a bill, oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn payments_of(db: &impl Read, bill: BillId) -> Result<Vec<PaymentLine>, DbError> {
    let parts: BTreeMap<Uuid, i64> = bill_payment_line::Entity::find()
        .filter(bill_payment_line::Column::BillId.eq(bill.0))
        .all(db.conn())
        .await?
        .into_iter()
        .map(|row| (row.payment_id, row.amount_minor))
        .collect();
    let rows = bill_payment::Entity::find()
        .filter(bill_payment::Column::Id.is_in(parts.keys().copied()))
        .order_by_asc(bill_payment::Column::Id)
        .all(db.conn())
        .await?;
    rows.into_iter()
        .map(|row| {
            let amount = parts.get(&row.id).copied().unwrap_or_default();
            payment_line(row, amount)
        })
        .collect()
}

#[derive(Debug, FromQueryResult)]
struct CreditRow {
    id: Uuid,
    number: Option<String>,
    store_id: Uuid,
    amount_minor: i64,
    used: i64,
}

/// A vendor's credits in some stores of which something is left, oldest first.
///
/// # Errors
/// [`DbError`]
pub async fn open_credits(
    db: &impl Read,
    stores: &[StoreId],
    vendor: VendorId,
) -> Result<Vec<OpenCredit>, DbError> {
    let rows = vendor_credit::Entity::find()
        .filter(vendor_credit::Column::VendorId.eq(vendor.0))
        .filter(vendor_credit::Column::StoreId.is_in(stores.iter().map(|id| id.0)))
        .filter(Expr::cust(format!("vendor_credit.amount_minor > {USED}")))
        .column_as(Expr::cust(USED), "used")
        .order_by_asc(vendor_credit::Column::Id)
        .into_model::<CreditRow>()
        .all(db.conn())
        .await?;
    let credit = |row: CreditRow| OpenCredit {
        id: CreditId(row.id),
        number: row.number,
        store_id: StoreId(row.store_id),
        open: money(row.amount_minor - row.used),
    };
    Ok(rows.into_iter().map(credit).collect())
}
