//! What customers owe, after three years: what people look at, beside the plainest statements over the same tables.

mod history;
mod load;
mod measure;
mod office;
mod people;
mod plain;
mod rows;

use crate::report::{Lines, hundredths, ms};
use anyhow::{Result, anyhow, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use db::{Db, Location};
use history::{History, Size};
use load::Loader;
use measure::{Measured, Required, half};
use office::Office;
use people::People;
use plain::Plain;
use services::{Clock, Services};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::task;
use trials::{Shop, Stock};

/// Three years of a chain that sends out a thousand invoices a day.
const SIZE: Size = Size { customers: 200_000, invoices: 1_000_000, of_one: 2_000, days: 1_096 };
/// Noon of the day on which everything is looked at: the years before it are the same each time.
const NOW: DateTime<Utc> = match DateTime::from_timestamp(1_796_061_600, 0) {
    Some(noon) => noon,
    None => DateTime::UNIX_EPOCH,
};

/// What was found.
#[derive(Debug)]
pub struct Found {
    loaded: Duration,
    measured: Vec<Measured>,
    verified: Duration,
}

/// Makes a store with its past, looks at it, and makes sure that everything holds.
pub async fn bench(location: &Location) -> Result<Found> {
    run(location, SIZE).await
}

async fn run(location: &Location, size: Size) -> Result<Found> {
    let shop = Shop::make_at(location, Stock { tills: 1, pieces: 0, customers: 0 }, NOW).await?;
    let db = Db::open(location).await?;
    let services = Services::new(db.clone(), Clock::standing_at(NOW)).await?;
    let office = Office::open(&services, &db, &shop).await?;
    eprintln!("Writing {} invoices of {} customers…", size.invoices, size.customers);
    let began = Instant::now();
    let (office, people) = load(location, office, size).await?;
    let loaded = began.elapsed();
    let one = people.at(0)?.id;
    let mut plain = Plain::open(location).await?;
    let measured = measure::all((&services, &office, &mut plain), one, (today(), size.days)).await?;
    eprintln!("Verifying…");
    let began = Instant::now();
    let report = services.verify().await?;
    ensure!(report.findings.is_empty(), "{:?}", report.findings);
    Ok(Found { loaded, measured, verified: began.elapsed() })
}

/// The stores' day at noon.
fn today() -> NaiveDate {
    NOW.date_naive()
}

/// Decides on one core what is written on the other.
async fn load(location: &Location, office: Office, size: Size) -> Result<(Office, People)> {
    let mut loader = Loader::open(location).await?;
    let (to, mut portions) = mpsc::channel(1);
    let telling = task::spawn_blocking(move || {
        let send = |rows| to.blocking_send(rows).map_err(|_| anyhow!("nobody writes any more"));
        let people = History::new(&office, today(), size)?.tell(send)?;
        anyhow::Ok((office, people))
    });
    while let Some(rows) = portions.recv().await {
        loader.write(rows).await?;
    }
    let told = telling.await??;
    loader.finish().await?;
    Ok(told)
}

/// Prints what was found; whether all requirements are met.
pub fn print(found: &Found, location: &Location) -> bool {
    let mut lines = Lines::default();
    println!();
    let name = if matches!(location, Location::File(_)) { "SQLite" } else { "PostgreSQL" };
    let Size { customers, invoices, .. } = SIZE;
    println!("What {customers} customers owe of {invoices} invoices, {name}");
    for one in &found.measured {
        let required = match one.required {
            Required::Within(most) => format!("within {} ms", most.as_millis()),
            Required::Times(_) => String::new(),
        };
        lines.line(&format!("{}, half within", one.what), ms(half(&one.ours)), &required, one.is_met());
        lines.line("  the plain statement, half within", ms(half(&one.plain)), "", true);
        let required = match one.required {
            Required::Times(most) => format!("under {}", hundredths(most)),
            Required::Within(_) => String::new(),
        };
        lines.line("  ours as a multiple of it, at best", hundredths(one.times()), &required, one.is_met());
    }
    lines.line("written in", ms(found.loaded), "", true);
    lines.line("everything holds, verified in", ms(found.verified), "", true);
    lines.all_met()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_small_past_holds() {
        let folder = std::env::temp_dir().join(format!("parure-past-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let size = Size { customers: 300, invoices: 4_000, of_one: 20, days: 200 };
        let found = run(&trials::location_of(&folder), size).await;
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found.unwrap().measured.len(), 8);
    }
}
