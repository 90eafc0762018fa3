//! Counts what the server says to its database, from its own log.

use anyhow::Result;
use db::Location;
use std::path::Path;
use trials::{Clerk, Server, Shop, Ticket};

/// What was said to the database, and for how many sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statements {
    pub sales: usize,
    /// SQL statements; SAVEPOINT and COMMIT, which sqlx does not log, are not among them.
    pub statements: usize,
    /// How often the server waited for the database.
    pub waits: usize,
}

/// Lets one till sell the last pieces while the server logs every statement.
pub fn count(parure: &Path, location: &Location, shop: &Shop, log: &Path) -> Result<Statements> {
    let server = Server::start_logging(parure, location, "warn,sqlx::query=trace", log)?;
    let mut clerk = Clerk::sign_in(server.address, shop, 0)?;
    let last = shop.pieces.len().saturating_sub(super::COUNTED * super::PIECES_PER_SALE);
    let mut sales = shop.pieces.iter().skip(last).copied().collect::<Vec<_>>();
    let warm_up = sales.split_off(sales.len().saturating_sub(super::PIECES_PER_SALE));
    clerk.sell(Ticket { pieces: &warm_up, customer: None })?;
    let before = in_log(log)?;
    for (pieces, customer) in sales.chunks(super::PIECES_PER_SALE).zip(shop.customers.iter().cycle()) {
        clerk.sell(Ticket { pieces, customer: Some(*customer) })?;
    }
    let after = in_log(log)?;
    Ok(Statements {
        sales: sales.len() / super::PIECES_PER_SALE,
        statements: after.0 - before.0,
        waits: after.1 - before.1,
    })
}

/// Statements and lines in a log so far.
fn in_log(log: &Path) -> Result<(usize, usize)> {
    Ok(counted(&std::fs::read_to_string(log)?))
}

/// Several statements sent at once stand in one line, with a semicolon and a line break between them.
fn counted(log: &str) -> (usize, usize) {
    let lines = || log.lines().filter(|line| line.contains("sqlx::query"));
    (lines().map(|line| 1 + line.matches(";\\n").count()).sum(), lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_sent_together_are_counted_one_by_one() {
        let log = "TRACE sqlx::query: summary=\"SELECT 1\"\nWARN other\n\
                   TRACE sqlx::query: db.statement=\"\\n\\nINSERT a;\\nINSERT b\\n\"\n";
        assert_eq!(counted(log), (3, 2));
    }
}
