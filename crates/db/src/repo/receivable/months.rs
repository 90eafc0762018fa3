//! What the months of stores follow from: a few sums over what is open and what moved, sorted by month and due date.

use super::collect::came_in;
use crate::convert::money;
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::customer::NamedCustomer;
use domain::ids::{CustomerId, InvoiceId, StoreId};
use domain::money::Money;
use domain::receivable::{AppliedAs, InvoiceKind, MonthEnds, Moved, StoreHistory};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult};
use std::collections::BTreeMap;

/// What came back to the account, or was never owed.
const LESSENED: &str = "'credit_memo', 'return', 'void'";

/// What of a return `c` was no credit sale, because it had been paid by a check that the bank sent back: what the return
/// took off the invoice for the check, and what it left as credit where nothing of its receipts was charged.
const NEVER_CHARGED: &str = "(SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a \
       JOIN invoice b ON b.id = a.invoice_id AND b.kind = 'returned_check' \
       WHERE a.credit_id = c.id AND a.event_id = c.event_id) \
     + CASE WHEN EXISTS (SELECT 1 FROM return_line r JOIN sale_line l ON l.id = r.line_id \
         JOIN invoice b ON b.sale_id = l.sale_id AND b.kind = 'returned_check' WHERE r.sale_id = c.sale_id) \
       AND NOT EXISTS (SELECT 1 FROM return_line r JOIN sale_line l ON l.id = r.line_id \
         JOIN invoice s ON s.sale_id = l.sale_id AND s.kind = 'sale' WHERE r.sale_id = c.sale_id) \
       THEN c.amount_minor - (SELECT COALESCE(SUM(a.amount_minor), 0) FROM application a \
         WHERE a.credit_id = c.id AND a.event_id = c.event_id) ELSE 0 END";

/// What the months of each store follow from; credit sales since a day before the first of them.
///
/// # Errors
/// [`DbError`]
pub async fn load_months(
    db: &impl Read,
    stores: &[StoreId],
    ends: &MonthEnds,
    sales_since: NaiveDate,
) -> Result<BTreeMap<StoreId, StoreHistory>, DbError> {
    let mut histories: BTreeMap<StoreId, StoreHistory> = BTreeMap::new();
    let Some(since) = ends.days().get(ends.first_shown()).copied() else { return Ok(histories) };
    let rows = Question::new(stores, ends).open().ask(db).await?;
    for row in &rows {
        of(row, &mut histories)?.open.push((due(row, ends)?, amount(row)?));
    }
    for row in &Question::new(stores, ends).posted(since).ask(db).await? {
        of(row, &mut histories)?.posted.push(moved(row, ends)?);
    }
    for row in &Question::new(stores, ends).applied(since, db.conn().get_database_backend()).ask(db).await? {
        let (one, class): (Moved, i64) = (moved(row, ends)?, row.try_get("", "class")?);
        let class = match class {
            0 => AppliedAs::Payment,
            1 => AppliedAs::Lessened,
            2 => AppliedAs::WrittenOff,
            _ => AppliedAs::Again,
        };
        let history = of(row, &mut histories)?;
        history.applied.push((one, class));
        history.weighted.push((one.month, row.try_get("", "weighted")?));
    }
    for row in &Question::new(stores, ends).sales(sales_since).ask(db).await? {
        of(row, &mut histories)?.sales.push((row.try_get("", "day")?, amount(row)?));
    }
    for row in &Question::new(stores, ends).promises(since).ask(db).await? {
        let promise = (month(row, ends)?, row.try_get("", "due")?, row.try_get("", "kept")?);
        of(row, &mut histories)?.promises.push(promise);
    }
    Ok(histories)
}

fn of<'h>(
    row: &QueryResult,
    histories: &'h mut BTreeMap<StoreId, StoreHistory>,
) -> Result<&'h mut StoreHistory, DbError> {
    Ok(histories.entry(StoreId(row.try_get("", "store_id")?)).or_default())
}

fn amount(row: &QueryResult) -> Result<Money, DbError> {
    Ok(money(row.try_get("", "amount")?))
}

/// A place is counted from the end that the first shown month begins after.
fn counted(row: &QueryResult, column: &str) -> Result<usize, DbError> {
    let count: i64 = row.try_get("", column)?;
    usize::try_from(count).map_err(DbError::corrupt)
}

fn due(row: &QueryResult, ends: &MonthEnds) -> Result<usize, DbError> {
    Ok(counted(row, "place")? + 2 * ends.first_shown())
}

fn month(row: &QueryResult, ends: &MonthEnds) -> Result<usize, DbError> {
    Ok(counted(row, "month")? + ends.first_shown())
}

fn moved(row: &QueryResult, ends: &MonthEnds) -> Result<Moved, DbError> {
    Ok(Moved { month: month(row, ends)?, due: due(row, ends)?, amount: amount(row)? })
}

/// One of the questions, over the same stores and month ends.
struct Question {
    sql: Sql,
    stores: String,
    /// The ends that count, as they stand in the text.
    ends: Vec<String>,
}

impl Question {
    fn new(stores: &[StoreId], ends: &MonthEnds) -> Self {
        let mut sql = Sql::default();
        let stores = sql.list(stores.iter().map(|store| store.0));
        let ends = ends.days().iter().skip(ends.first_shown()).map(|end| sql.put(*end)).collect();
        Self { sql, stores, ends }
    }

    /// The month that a column lies in: how many ends are before it.
    fn month(&self, column: &str) -> String {
        let steps = (0..).zip(&self.ends).map(|(n, end)| format!("WHEN {column} <= {end} THEN {n} "));
        format!("CASE {}ELSE {} END", steps.collect::<String>(), self.ends.len())
    }

    /// Where a due date lies among the ends: twice the ends before it, one more where it is one.
    fn place(&self, column: &str) -> String {
        let steps = (0..).zip(&self.ends).map(|(n, end)| {
            format!("WHEN {column} < {end} THEN {} WHEN {column} = {end} THEN {} ", 2 * n, 2 * n + 1)
        });
        format!("CASE {}ELSE {} END", steps.collect::<String>(), 2 * self.ends.len())
    }

    fn says(mut self, text: &str) -> Self {
        self.sql.push(text);
        self
    }

    async fn ask(self, db: &impl Read) -> Result<Vec<QueryResult>, DbError> {
        Ok(db.conn().query_all_raw(self.sql.statement(db)).await?)
    }

    fn open(self) -> Self {
        let text = format!(
            "SELECT store_id, CAST({} AS bigint) AS place, CAST(SUM(open_minor) AS bigint) AS amount FROM receivable \
             WHERE open_minor > 0 AND store_id IN ({}) GROUP BY 1, 2",
            self.place("due_on"),
            self.stores
        );
        self.says(&text)
    }

    fn posted(mut self, since: NaiveDate) -> Self {
        let since = self.sql.put(since);
        let text = format!(
            "SELECT store_id, CAST({} AS bigint) AS month, CAST({} AS bigint) AS place, \
               CAST(SUM(amount) AS bigint) AS amount FROM (\
               SELECT store_id, posted_on, due_on, SUM(amount_minor) AS amount FROM receivable \
               WHERE posted_on > {since} AND store_id IN ({}) GROUP BY store_id, posted_on, due_on) AS day \
             GROUP BY 1, 2, 3",
            self.month("posted_on"),
            self.place("due_on"),
            self.stores
        );
        self.says(&text)
    }

    fn applied(mut self, since: NaiveDate, backend: DbBackend) -> Self {
        let since = self.sql.put(since);
        let days = match backend {
            DbBackend::Postgres => "(a.applied_on - r.invoiced_on)",
            _ => "CAST(julianday(a.applied_on) - julianday(r.invoiced_on) AS INTEGER)",
        };
        let text = format!(
            "SELECT a.store_id, CAST({} AS bigint) AS month, CAST({} AS bigint) AS place, \
               CAST(CASE WHEN c.kind IN ({LESSENED}) THEN 1 WHEN a.amount_minor < 0 THEN 3 \
                 WHEN c.kind = 'payment' THEN 0 ELSE 2 END AS bigint) AS class, \
               CAST(SUM(a.amount_minor) AS bigint) AS amount, \
               CAST(SUM(CASE WHEN c.kind = 'payment' AND a.amount_minor > 0 THEN a.amount_minor * {days} ELSE 0 END) \
                 AS bigint) AS weighted \
             FROM application a JOIN customer_credit c ON c.id = a.credit_id JOIN receivable r ON r.id = a.receivable_id \
             WHERE a.applied_on > {since} AND a.store_id IN ({}) GROUP BY 1, 2, 3, 4",
            self.month("a.applied_on"),
            self.place("a.due_on"),
            self.stores
        );
        self.says(&text)
    }

    /// Invoices of sales and services, less what came back or was never owed; a fee that is waived was no sale.
    fn sales(mut self, since: NaiveDate) -> Self {
        let since = self.sql.put(since);
        let sold = InvoiceKind::ALL.iter().filter(|kind| kind.is_credit_sale());
        let sold = sold.map(|kind| format!("'{}'", kind.code())).collect::<Vec<_>>().join(", ");
        let text = format!(
            "SELECT store_id, day, CAST(SUM(amount) AS bigint) AS amount FROM (\
               SELECT store_id, posted_on AS day, SUM(amount_minor) AS amount FROM invoice \
               WHERE posted_on > {since} AND store_id IN ({stores}) AND kind IN ({sold}) GROUP BY store_id, posted_on \
               UNION ALL SELECT c.store_id, c.posted_on, \
                 SUM(CASE WHEN c.kind = 'return' THEN {NEVER_CHARGED} ELSE 0 END - c.amount_minor) FROM customer_credit c \
               LEFT JOIN invoice i ON i.id = c.invoice_id \
               WHERE c.posted_on > {since} AND c.store_id IN ({stores}) AND c.kind IN ({LESSENED}) \
                 AND (i.kind IS NULL OR i.kind IN ({sold})) GROUP BY c.store_id, c.posted_on \
               UNION ALL SELECT c.store_id, o.out_on, SUM(o.amount_minor) FROM credit_out o \
               JOIN customer_credit c ON c.id = o.credit_id LEFT JOIN invoice i ON i.id = c.invoice_id \
               WHERE o.out_on > {since} AND c.store_id IN ({stores}) AND o.kind = 'reinstated' AND c.kind = 'credit_memo' \
                 AND (i.kind IS NULL OR i.kind IN ({sold})) GROUP BY c.store_id, o.out_on\
             ) AS sold GROUP BY store_id, day",
            stores = self.stores
        );
        self.says(&text)
    }

    /// Promises whose day is over, by the same rule that makes one a broken one.
    fn promises(mut self, since: NaiveDate) -> Self {
        let since = self.sql.put(since);
        let Some(today) = self.ends.last().cloned() else { return self };
        let text = format!(
            "SELECT promise.store_id, CAST({} AS bigint) AS month, COUNT(*) AS due, \
               CAST(SUM(CASE WHEN {} >= promise.amount_minor THEN 1 ELSE 0 END) AS bigint) AS kept FROM promise \
             WHERE promise.promised_on > {since} AND promise.promised_on < {today} AND promise.store_id IN ({}) \
               AND NOT EXISTS (SELECT 1 FROM promise_end e WHERE e.promise_id = promise.id) GROUP BY 1, 2",
            self.month("promise.promised_on"),
            came_in(),
            self.stores
        );
        self.says(&text)
    }
}

/// An open invoice with its age.
#[derive(Debug, Clone)]
pub struct OldInvoice {
    pub invoice: InvoiceId,
    pub number: String,
    pub store: StoreId,
    pub customer: NamedCustomer,
    pub invoiced_on: NaiveDate,
    pub open: Money,
}

/// The open invoices of credit sales whose age and amount weigh most, so many of each store, the heaviest first.
///
/// # Errors
/// [`DbError`]
pub async fn list_outliers(
    db: &impl Read,
    stores: &[StoreId],
    today: NaiveDate,
    most: u64,
) -> Result<Vec<OldInvoice>, DbError> {
    let mut sql = Sql::default();
    let (stores, today) = (sql.list(stores.iter().map(|store| store.0)), sql.put(today));
    let most = sql.put(i64::try_from(most).unwrap_or(i64::MAX));
    let days = match db.conn().get_database_backend() {
        DbBackend::Postgres => format!("({today} - i.invoiced_on)"),
        _ => format!("(julianday({today}) - julianday(i.invoiced_on))"),
    };
    sql.push(&format!(
        "WITH weighed AS (SELECT i.id, i.store_id, CAST(SUM(r.open_minor) AS bigint) AS open, \
             SUM(r.open_minor) * {days} AS weight FROM receivable r JOIN invoice i ON i.id = r.invoice_id \
           WHERE r.open_minor > 0 AND r.store_id IN ({stores}) AND i.kind IN ('sale', 'service') AND i.invoiced_on < {today} \
           GROUP BY i.id, i.store_id, i.invoiced_on), \
         placed AS (SELECT id, open, weight, \
           ROW_NUMBER() OVER (PARTITION BY store_id ORDER BY weight DESC, id) AS place FROM weighed), \
         heavy AS (SELECT id, open, weight FROM placed WHERE place <= {most}) \
         SELECT i.id, i.number, i.store_id, i.invoiced_on, heavy.open, s.id AS customer, s.number AS known_by, s.display_name \
         FROM heavy JOIN invoice i ON i.id = heavy.id JOIN customer c ON c.id = i.customer_id \
         JOIN customer s ON s.id = COALESCE(c.merged_into, c.id) ORDER BY heavy.weight DESC, i.id"
    ));
    let rows = db.conn().query_all_raw(sql.statement(db)).await?;
    let old = |row: &QueryResult| {
        Ok(OldInvoice {
            invoice: InvoiceId(row.try_get("", "id")?),
            number: row.try_get("", "number")?,
            store: StoreId(row.try_get("", "store_id")?),
            customer: NamedCustomer {
                id: CustomerId(row.try_get("", "customer")?),
                number: row.try_get("", "known_by")?,
                name: row.try_get("", "display_name")?,
            },
            invoiced_on: row.try_get("", "invoiced_on")?,
            open: money(row.try_get("", "open")?),
        })
    };
    rows.iter().map(old).collect()
}
