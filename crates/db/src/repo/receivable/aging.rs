//! How old what is owed is, as it stands or as of any day.
//!
//! As it stands it is what is open, read from the index of open rows. As of a day it is what was posted by then, less
//! what was applied by then. The same comes out the other way around: what is open, less what was posted since, plus what
//! was applied since. Whichever side of the day is the shorter one is added up, from indexes by day that hold all it
//! takes.

use crate::convert::money;
use crate::error::DbError;
use crate::text::Sql;
use crate::tx::Read;
use chrono::NaiveDate;
use domain::ids::{CustomerId, PersonId, StoreId};
use domain::receivable::{AgingBasis, AgingBy, AgingKey, AgingLine, AgingSort, AgingSums, BUCKETS, Bucket};
use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

/// Which day, and whether it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// Everything that was recorded, by its age on this day.
    Now(NaiveDate),
    /// What counts toward days up to this one.
    Day(NaiveDate),
}

/// What an aging is read of.
#[derive(Debug, Clone)]
pub struct Aging<'a> {
    pub as_of: AsOf,
    pub basis: AgingBasis,
    /// The stores that sold, and for credits those that collected.
    pub stores: &'a [StoreId],
    pub associate: Option<PersonId>,
    pub tag: Option<&'a str>,
}

/// The part of a list that is shown.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub sort: AgingSort,
    pub offset: u64,
    pub limit: u64,
}

/// Where what is added up comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// What is open, and nothing else.
    Open,
    /// What is open, with everything after the day taken back.
    After(NaiveDate),
    /// Everything up to the day.
    UpTo(NaiveDate),
}

/// Which side of a day is the shorter one.
async fn side(db: &impl Read, of: &Aging<'_>, today: NaiveDate) -> Result<Side, DbError> {
    let AsOf::Day(day) = of.as_of else { return Ok(Side::Open) };
    let mut sql = Sql::default();
    let of_store = |store: &StoreId| {
        format!("SELECT MIN(posted_on) AS first FROM receivable WHERE store_id = {}", sql.put(store.0))
    };
    let firsts = of.stores.iter().map(of_store).collect::<Vec<_>>().join(" UNION ALL ");
    sql.push(&format!("SELECT MIN(first) AS first FROM ({firsts}) AS each"));
    let row = db.conn().query_one_raw(sql.statement(db)).await?;
    let first: Option<NaiveDate> = row.map(|row| row.try_get("", "first")).transpose()?.flatten();
    let Some(first) = first else { return Ok(Side::Open) };
    let (before, after) = (day.signed_duration_since(first), today.signed_duration_since(day));
    Ok(if before < after { Side::UpTo(day) } else { Side::After(day) })
}

impl Aging<'_> {
    const fn day(&self) -> NaiveDate {
        match self.as_of {
            AsOf::Now(day) | AsOf::Day(day) => day,
        }
    }

    /// Everything that is added up, in rows of a key, six sums by least age, and what of credits is left.
    fn parts(&self, sql: &mut Sql, by: AgingBy, side: Side) -> String {
        let stores = sql.list(self.stores.iter().map(|store| store.0));
        let older = self.older(sql);
        let tag = self.tag.map(|tag| sql.put(tag));
        let owed = |table: &str, columns: &str, amount: &str, which: &str, sql: &mut Sql| {
            let key = match by {
                AgingBy::Customer | AgingBy::Tag => customer_key(columns),
                AgingBy::Store => format!("{columns}.store_id"),
                AgingBy::Associate => "r.associate_id".to_owned(),
            };
            let dated = match self.basis {
                AgingBasis::DueDate => format!("{columns}.due_on"),
                AgingBasis::InvoiceDate => "r.invoiced_on".to_owned(),
            };
            let sums = older.iter().map(|least| match least {
                None => format!("SUM({amount})"),
                Some(day) => format!("SUM(CASE WHEN {dated} < {day} THEN {amount} ELSE 0 END)"),
            });
            let sums = (0..).zip(sums).map(|(n, sum)| format!("CAST({sum} AS bigint) AS s{n}"));
            let (sums, tagged) = (sums.collect::<Vec<_>>().join(", "), tagged(columns, tag.as_deref()));
            let sold_by = match self.associate {
                Some(associate) => format!(" AND r.associate_id = {}", sql.put(associate.0)),
                None => String::new(),
            };
            format!(
                "SELECT {key} AS k, {sums}, CAST(0 AS bigint) AS credit FROM {table} \
                 WHERE {which} AND {columns}.store_id IN ({stores}){tagged}{sold_by} GROUP BY {key}"
            )
        };
        // What an application is of stands on it, but for these two.
        let looks =
            by == AgingBy::Associate || self.associate.is_some() || self.basis == AgingBasis::InvoiceDate;
        let applied =
            if looks { "application a JOIN receivable r ON r.id = a.receivable_id" } else { "application a" };
        let mut parts = Vec::new();
        if side.reads_open() && by == AgingBy::Store && !looks && tag.is_none() {
            // The index of open rows has them by store and due date: each is added up once, and only what falls due
            // on one day together goes into six sums.
            let by_day = format!(
                "(SELECT r.store_id, r.due_on, CAST(SUM(r.open_minor) AS bigint) AS open_minor FROM receivable r \
                 WHERE r.open_minor > 0 AND r.store_id IN ({stores}) GROUP BY r.store_id, r.due_on) AS r"
            );
            parts.push(owed(&by_day, "r", "r.open_minor", "r.open_minor > 0", sql));
        } else if side.reads_open() {
            parts.push(owed("receivable r", "r", "r.open_minor", "r.open_minor > 0", sql));
        }
        if let Some((since, plus, minus)) = side.moved(sql) {
            let posted = format!("{minus}r.amount_minor");
            parts.push(owed("receivable r", "r", &posted, &format!("r.posted_on {since}"), sql));
            let moved = format!("{plus}a.amount_minor");
            parts.push(owed(applied, "a", &moved, &format!("a.applied_on {since}"), sql));
        }
        // Nobody sold a credit.
        if self.associate.is_none() {
            parts.extend(credits(sql, by, side, &stores, tag.as_deref()));
        }
        parts.join(" UNION ALL ")
    }

    /// Below which date something is older than each column's predecessor; the first holds everything.
    fn older(&self, sql: &mut Sql) -> [Option<String>; BUCKETS] {
        let mut days = Bucket::LAST_DAYS.iter().map(|last| {
            let last = u64::try_from(*last).unwrap_or(0);
            sql.put(self.day().checked_sub_days(chrono::Days::new(last)).unwrap_or(NaiveDate::MIN))
        });
        [None, days.next(), days.next(), days.next(), days.next(), days.next()]
    }
}

impl Side {
    const fn reads_open(self) -> bool {
        matches!(self, Self::Open | Self::After(_))
    }

    /// Which movements are added up, and with which sign what is applied and what is posted.
    fn moved(self, sql: &mut Sql) -> Option<(String, &'static str, &'static str)> {
        match self {
            Self::Open => None,
            Self::After(day) => Some((format!("> {}", sql.put(day)), "", "-")),
            Self::UpTo(day) => Some((format!("<= {}", sql.put(day)), "-", "")),
        }
    }
}

/// Narrows to customers whose card that stands has a tag.
pub(super) fn tagged(columns: &str, tag: Option<&str>) -> String {
    let Some(tag) = tag else { return String::new() };
    format!(
        " AND {columns}.customer_id IN (\
           SELECT t.customer_id FROM customer_tag t JOIN customer x ON x.id = t.customer_id \
           WHERE t.tag = {tag} AND x.merged_into IS NULL \
           UNION ALL SELECT x.id FROM customer_tag t JOIN customer x ON x.merged_into = t.customer_id \
           WHERE t.tag = {tag})"
    )
}

/// The customer, so that `SQLite` reads the index of the rows that are asked for: by the bare column it would read all
/// rows there ever were, in the order of customers, to save itself the sorting.
fn customer_key(columns: &str) -> String {
    format!("COALESCE({columns}.customer_id, NULL)")
}

/// What lies there as credit, by whose it is and who collected it.
fn credits(sql: &mut Sql, by: AgingBy, side: Side, stores: &str, tag: Option<&str>) -> Vec<String> {
    let key = match by {
        AgingBy::Customer | AgingBy::Tag => customer_key("c"),
        AgingBy::Store => "c.store_id".to_owned(),
        AgingBy::Associate => "CAST(NULL AS uuid)".to_owned(),
    };
    let group = if by == AgingBy::Associate { String::new() } else { format!(" GROUP BY {key}") };
    let (nothing, tagged) = ("CAST(0 AS bigint), ".repeat(BUCKETS), tagged("c", tag));
    let part = |table: &str, amount: String, which: String| {
        format!(
            "SELECT {key} AS k, {nothing}CAST(COALESCE(SUM({amount}), 0) AS bigint) FROM {table} \
             WHERE {which} AND c.store_id IN ({stores}){tagged}{group}"
        )
    };
    let mut parts = Vec::new();
    if side.reads_open() {
        parts.push(part("customer_credit c", "c.left_minor".to_owned(), "c.left_minor > 0".to_owned()));
    }
    if let Some((since, plus, minus)) = side.moved(sql) {
        parts.push(part(
            "customer_credit c",
            format!("{minus}c.amount_minor"),
            format!("c.posted_on {since}"),
        ));
        let used = [("application", "applied_on"), ("credit_out", "out_on")];
        parts.extend(used.map(|(table, day)| {
            let from = format!("{table} u JOIN customer_credit c ON c.id = u.credit_id");
            part(&from, format!("{plus}u.amount_minor"), format!("u.{day} {since}"))
        }));
    }
    parts
}

fn columns(of: impl Fn(&str) -> String) -> String {
    let names = (0..BUCKETS).map(|n| format!("s{n}")).chain(["credit".to_owned()]);
    names.map(|name| of(&name)).collect::<Vec<_>>().join(", ")
}

/// The order of a list of customers.
fn order(sort: AgingSort, of: &str, names: &str) -> String {
    match sort {
        AgingSort::Overdue => format!("{of}.s1 DESC, {of}.s0 DESC"),
        AgingSort::Owed => format!("{of}.s0 DESC"),
        AgingSort::Oldest => format!("{of}.s5 DESC, {of}.s1 DESC"),
        AgingSort::Unapplied => format!("{of}.credit DESC, {of}.s0 DESC"),
        AgingSort::Name => format!("{names}.sort_name"),
    }
}

fn sums(row: &QueryResult, prefix: &str) -> Result<AgingSums, DbError> {
    let mut older = [0_i64; BUCKETS];
    for (n, sum) in older.iter_mut().enumerate() {
        *sum = row.try_get(prefix, &format!("s{n}"))?;
    }
    let younger = older.iter().skip(1).copied().chain([0]);
    let mut sums = AgingSums { unapplied: money(row.try_get(prefix, "credit")?), ..AgingSums::default() };
    for (column, (all, less)) in sums.buckets.iter_mut().zip(older.iter().zip(younger)) {
        *column = money(all - less);
    }
    Ok(sums)
}

/// What each card that stands owes, as `who` of the statement that follows.
fn who(parts: &str) -> String {
    let summed = columns(|name| format!("CAST(SUM({name}) AS bigint) AS {name}"));
    format!(
        "WITH merged AS MATERIALIZED (SELECT id, merged_into FROM customer WHERE merged_into IS NOT NULL), \
         who AS MATERIALIZED (SELECT COALESCE(merged.merged_into, part.k) AS k, {summed} FROM ({parts}) AS part \
           LEFT JOIN merged ON merged.id = part.k GROUP BY COALESCE(merged.merged_into, part.k) \
           HAVING SUM(s0) <> 0 OR SUM(s1) <> 0 OR SUM(credit) <> 0)"
    )
}

/// By the tags of customers, with what is owed by those who have none.
///
/// # Errors
/// [`DbError`]
pub async fn aging_by_tag(
    db: &impl Read,
    of: &Aging<'_>,
    today: NaiveDate,
) -> Result<Vec<(AgingKey, AgingSums)>, DbError> {
    let side = side(db, of, today).await?;
    let mut sql = Sql::default();
    let parts = of.parts(&mut sql, AgingBy::Tag, side);
    let all = columns(|name| format!("CAST(SUM(who.{name}) AS bigint) AS {name}"));
    sql.push(&format!(
        "{} SELECT t.tag AS tag, {all} FROM who LEFT JOIN customer_tag t ON t.customer_id = who.k GROUP BY t.tag",
        who(&parts)
    ));
    let rows = db.conn().query_all_raw(sql.statement(db)).await?;
    let line = |row: &QueryResult| {
        let tag: Option<String> = row.try_get("", "tag")?;
        Ok((tag.map_or(AgingKey::NoTag, AgingKey::Tag), sums(row, "")?))
    };
    rows.iter().map(line).collect()
}

/// By store or by associate, without names.
///
/// # Errors
/// [`DbError`]
pub async fn aging_by(
    db: &impl Read,
    of: &Aging<'_>,
    by: AgingBy,
    today: NaiveDate,
) -> Result<Vec<(AgingKey, AgingSums)>, DbError> {
    let side = side(db, of, today).await?;
    let mut sql = Sql::default();
    let (parts, all) =
        (of.parts(&mut sql, by, side), columns(|name| format!("CAST(SUM({name}) AS bigint) AS {name}")));
    sql.push(&format!("SELECT k, {all} FROM ({parts}) AS part GROUP BY k"));
    let key = |id: Option<Uuid>| match (by, id) {
        (_, None) => AgingKey::NoAssociate,
        (AgingBy::Customer | AgingBy::Tag, Some(id)) => AgingKey::Customer(CustomerId(id)),
        (AgingBy::Store, Some(id)) => AgingKey::Store(StoreId(id)),
        (AgingBy::Associate, Some(id)) => AgingKey::Associate(PersonId(id)),
    };
    let rows = db.conn().query_all_raw(sql.statement(db)).await?;
    let line = |row: &QueryResult| Ok((key(row.try_get("", "k")?), sums(row, "")?));
    let lines = rows.iter().map(line).collect::<Result<Vec<_>, DbError>>()?;
    Ok(lines.into_iter().filter(|(_, sums)| *sums != AgingSums::default()).collect())
}

/// A page of customers by the cards that stand, how many there are, and what all of them owe: one statement, so that
/// the sums are those of the list.
///
/// # Errors
/// [`DbError`]
pub async fn aging_of_customers(
    db: &impl Read,
    of: &Aging<'_>,
    shown: Shown,
    today: NaiveDate,
) -> Result<(Vec<AgingLine>, u64, AgingSums), DbError> {
    let side = side(db, of, today).await?;
    let mut sql = Sql::default();
    let parts = of.parts(&mut sql, AgingBy::Customer, side);
    let limit = sql.put(i64::try_from(shown.limit).unwrap_or(i64::MAX));
    let offset = sql.put(i64::try_from(shown.offset).unwrap_or(i64::MAX));
    // Only an order by name needs the names of all of them.
    let by_name = shown.sort == AgingSort::Name;
    let (named, sort_name) =
        if by_name { (" JOIN customer n ON n.id = who.k", ", n.sort_name") } else { ("", "") };
    let (first, again) = (order(shown.sort, "who", "n"), order(shown.sort, "page", "page"));
    let all = columns(|name| format!("CAST(SUM({name}) AS bigint) AS all_{name}"));
    let (own, of_page) =
        (columns(|name| format!("who.{name}")), columns(|name| format!("page.{name}, every.all_{name}")));
    // The sums of all are one more look at what is there by then. As windows over each row they took SQLite longer than
    // everything else.
    sql.push(&format!(
        "{}, every AS MATERIALIZED (SELECT {all}, COUNT(*) AS lines FROM who), \
         page AS (SELECT who.k, {own}{sort_name} FROM who{named} \
           ORDER BY {first}, who.k LIMIT {limit} OFFSET {offset}) \
         SELECT page.k, every.lines, {of_page}, c.display_name, c.number FROM page CROSS JOIN every \
         JOIN customer c ON c.id = page.k ORDER BY {again}, page.k",
        who(&parts)
    ));
    let rows = db.conn().query_all_raw(sql.statement(db)).await?;
    let Some(first) = rows.first() else { return Ok((Vec::new(), 0, AgingSums::default())) };
    let (count, totals): (i64, _) = (first.try_get("", "lines")?, sums(first, "all_")?);
    let line = |row: &QueryResult| {
        Ok(AgingLine {
            key: AgingKey::Customer(CustomerId(row.try_get("", "k")?)),
            name: row.try_get("", "display_name")?,
            number: row.try_get("", "number")?,
            sums: sums(row, "")?,
        })
    };
    let lines = rows.iter().map(line).collect::<Result<Vec<_>, DbError>>()?;
    Ok((lines, u64::try_from(count).unwrap_or(0), totals))
}
