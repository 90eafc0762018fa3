//! How fast a store sells, and shows what customers owe, beside what the database alone could do. `cargo xtask bench` builds and runs it.

mod hurry;
mod raw_postgres;
mod raw_sqlite;
mod receivables;
mod report;
mod statements;
mod stones;

use anyhow::{Context, Result, ensure};
use clap::{Parser, ValueEnum};
use db::Location;
use hurry::Run;
use report::Figures;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::runtime::Runtime;
use trials::{Server, Shop, Stock, location_of, verify};

/// As many as a large store has on its busiest day, and as the requirements name.
const TILLS: usize = 16;
/// What one till sells alone: enough to see its median, and the point at which memory is looked at.
const ALONE: usize = 1_000;
/// What each till sells when all of them do.
const EACH: usize = 400;
/// Before anything is measured: pages are in memory, statements prepared.
const WARM_UP: usize = 50;
/// Sales whose statements are counted.
const COUNTED: usize = 100;
const PIECES_PER_SALE: usize = 2;
const CUSTOMERS: usize = 500;

/// Measures whole sales over HTTP, and what customers owe after three years.
#[derive(Debug, Parser)]
struct Cli {
    /// The release build of the server.
    #[arg(long)]
    parure: PathBuf,
    /// An empty folder for the data, on a real disk.
    #[arg(long)]
    data: PathBuf,
    /// A PostgreSQL server that may be filled with databases, in place of SQLite.
    #[arg(long)]
    postgres: Option<String>,
    /// Only one part of it.
    #[arg(long)]
    only: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Tills that sell.
    Sales,
    /// What customers owe after three years.
    Owed,
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let runtime = Runtime::new()?;
    let wanted = |part| cli.only.is_none_or(|only| only == part);
    let mut holds = true;
    if wanted(Part::Sales) {
        let location = place(&cli, &runtime, "bench")?;
        holds &= sales(&cli, &runtime, &location)?;
    }
    if wanted(Part::Owed) {
        let location = place(&cli, &runtime, "owed")?;
        let found = runtime.block_on(receivables::bench(&location))?;
        holds &= receivables::print(&found, &location);
    }
    ensure!(holds, "a requirement is not met");
    Ok(())
}

/// An empty database for one part.
fn place(cli: &Cli, runtime: &Runtime, name: &str) -> Result<Location> {
    let folder = cli.data.join(name);
    std::fs::create_dir_all(&folder)?;
    match &cli.postgres {
        Some(server) => runtime.block_on(raw_postgres::create_database(server, name)),
        None => Ok(location_of(&folder)),
    }
}

/// Sells whole days, and the same rows without us; whether all requirements are met.
fn sales(cli: &Cli, runtime: &Runtime, location: &Location) -> Result<bool> {
    let sales = ALONE + TILLS * (WARM_UP + EACH) + COUNTED;
    let stock = Stock { tills: TILLS, pieces: sales * PIECES_PER_SALE, customers: CUSTOMERS };
    eprintln!("Making a store with {} pieces and {TILLS} tills…", stock.pieces);
    let shop = runtime.block_on(Shop::make(location, stock))?;
    eprintln!("Importing stones…");
    let imported = stones::import(&cli.parure, location, &cli.data)?;
    let copy = match location {
        Location::File(file) => raw_sqlite::copy(file, &cli.data.join("raw.db")),
        Location::Server(url) => runtime.block_on(raw_postgres::copy(url)),
    }
    .context("copying the store for the raw limit")?;

    let figures = Figures { imported, ..sell(&cli.parure, location, &shop)? };
    eprintln!("Counting statements…");
    let statements = statements::count(&cli.parure, location, &shop, &cli.data.join("statements.log"))?;
    eprintln!("Verifying…");
    verify(&cli.parure, location)?;
    eprintln!("Writing the same rows without us…");
    let raw = match (location, &copy) {
        (Location::File(file), Location::File(copy)) => raw_sqlite::replay(file, copy)?,
        (Location::Server(url), Location::Server(copy)) => {
            runtime.block_on(raw_postgres::replay(url, copy, TILLS))?
        }
        _ => anyhow::bail!("the copy lies elsewhere"),
    };
    Ok(report::print(&figures, &statements, &raw, location))
}

/// The measured part: one till alone, then all of them.
fn sell(parure: &Path, location: &Location, shop: &Shop) -> Result<Figures> {
    let mut pieces = shop.pieces.iter().copied();
    let server = Server::start(parure, location)?;
    let first_answer = hurry::first_answer(&server)?;
    let mut clerks = hurry::sign_in(&server, shop, TILLS)?;
    let (first, _) = clerks.split_first_mut().context("no till")?;
    eprintln!("One till sells {ALONE} times…");
    let alone = hurry::all_at_once(std::slice::from_mut(first), shop, ALONE, &mut pieces)?;
    let idle = hurry::idle_memory(&server)?;
    let (first, _) = clerks.split_first_mut().context("no till")?;
    let found = stones::find(first, shop)?;
    eprintln!("{TILLS} tills sell {EACH} times each…");
    let warm_up = hurry::all_at_once(&mut clerks, shop, WARM_UP, &mut pieces)?;
    let before = server.spent()?;
    let together = hurry::all_at_once(&mut clerks, shop, EACH, &mut pieces)?;
    let after = server.spent()?;
    let numbers = [&alone, &warm_up, &together].into_iter().flat_map(Run::numbers);
    Ok(Figures {
        imported: Duration::ZERO,
        found,
        first_answer,
        idle,
        gaps: hurry::gaps(numbers),
        cpu_per_sale: (after.cpu - before.cpu) / u32::try_from(together.count().max(1))?,
        written_per_sale: (after.written - before.written) / u64::try_from(together.count().max(1))?,
        alone,
        together,
    })
}

/// The time within which so many in a hundred were done, of times with the shortest first.
fn within(times: &[Duration], percent: usize) -> Duration {
    let index = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(index).copied().unwrap_or_default()
}

/// How many in a second.
fn per_second(count: usize, took: Duration) -> u64 {
    let rate = count as u128 * 1_000_000 / took.as_micros().max(1);
    u64::try_from(rate).unwrap_or(u64::MAX)
}
