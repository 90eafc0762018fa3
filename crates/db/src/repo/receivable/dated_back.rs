//! What was recorded after a day with an earlier date of its own.

use super::aging::{Aging, tagged};
use crate::convert::{code, money};
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::customer::NamedCustomer;
use domain::ids::CustomerId;
use domain::receivable::{CreditKind, DatedBack, DatedBackLine, MovementKind};
use sea_orm::{ConnectionTrait, QueryResult};

/// Whoever looks at a day reads a page of them; the sums are of all.
const MOST: i64 = 50;

/// Invoices and credits that say they are from a day or before, and count toward a later one.
///
/// # Errors
/// [`DbError`]
pub async fn dated_back(db: &impl Read, of: &Aging<'_>, day: NaiveDate) -> Result<DatedBack, DbError> {
    let mut sql = Sql::default();
    let (stores, day) = (sql.list(of.stores.iter().map(|store| store.0)), sql.put(day));
    let tag = of.tag.map(|tag| sql.put(tag));
    let sold_by =
        of.associate.map(|id| format!(" AND d.associate_id = {}", sql.put(id.0))).unwrap_or_default();
    let (tagged, most) = (tagged("d", tag.as_deref()), sql.put(MOST));
    let part = |what: MovementKind, table: &str, dated: &str, which: &str| {
        format!(
            "SELECT '{}' AS what, d.id, d.number, d.customer_id, d.{dated} AS dated, d.posted_on, d.amount_minor \
             FROM {table} d WHERE d.posted_on > {day} AND d.{dated} <= {day} AND d.{dated} < d.posted_on \
               AND d.store_id IN ({stores}){tagged}{which}",
            what.code()
        )
    };
    let mut parts = vec![part(MovementKind::Invoice, "invoice", "invoiced_on", &sold_by)];
    if of.associate.is_none() {
        let theirs = CreditKind::ALL.iter().filter(|kind| kind.is_the_customers());
        let theirs = theirs.map(|kind| format!("'{}'", kind.code())).collect::<Vec<_>>().join(", ");
        let theirs = format!(" AND d.kind IN ({theirs})");
        parts.push(part(MovementKind::Credit, "customer_credit", "received_on", &theirs));
    }
    let of_kind = |what: MovementKind| {
        format!(
            "CAST(SUM(CASE WHEN what = '{}' THEN amount_minor ELSE 0 END) OVER () AS bigint)",
            what.code()
        )
    };
    sql.push(&format!(
        "WITH late AS ({}), page AS (SELECT late.*, COUNT(*) OVER () AS lines, {} AS invoiced, {} AS credited \
           FROM late ORDER BY posted_on, id LIMIT {most}) \
         SELECT page.*, s.id AS stands, s.display_name, s.number AS known_by FROM page \
         JOIN customer c ON c.id = page.customer_id JOIN customer s ON s.id = COALESCE(c.merged_into, c.id) \
         ORDER BY page.posted_on, page.id",
        parts.join(" UNION ALL "),
        of_kind(MovementKind::Invoice),
        of_kind(MovementKind::Credit),
    ));
    let rows = db.conn().query_all_raw(sql.statement(db)).await?;
    let Some(first) = rows.first() else { return Ok(DatedBack::default()) };
    let count: i64 = first.try_get("", "lines")?;
    Ok(DatedBack {
        count: u64::try_from(count).unwrap_or(0),
        invoiced: money(first.try_get("", "invoiced")?),
        credited: money(first.try_get("", "credited")?),
        documents: rows.iter().map(line).collect::<Result<_, DbError>>()?,
    })
}

fn line(row: &QueryResult) -> Result<DatedBackLine, DbError> {
    let kind: String = row.try_get("", "what")?;
    Ok(DatedBackLine {
        kind: code(&kind)?,
        document: row.try_get("", "id")?,
        number: row.try_get("", "number")?,
        customer: NamedCustomer {
            id: CustomerId(row.try_get("", "stands")?),
            number: row.try_get("", "known_by")?,
            name: row.try_get("", "display_name")?,
        },
        dated: row.try_get("", "dated")?,
        posted_on: row.try_get("", "posted_on")?,
        amount: money(row.try_get("", "amount_minor")?),
    })
}
