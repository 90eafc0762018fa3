//! What people look at, asked of the program and of its database in turns.

use super::office::Office;
use super::plain::{self, Plain};
use anyhow::{Context, Result, ensure};
use chrono::{Days, NaiveDate};
use domain::ids::CustomerId;
use domain::ledger::TieOutAsked;
use domain::money::Money;
use domain::receivable::collect::DeskAsked;
use domain::receivable::{AccountAsked, AgingAsked, AgingBy, AgingSort};
use services::Services;
use std::time::{Duration, Instant};

/// How often each is asked, after once to warm up.
const ROUNDS: usize = 7;
/// What a page shows.
const PAGE: u64 = 50;

/// What is required of a figure.
#[derive(Debug, Clone, Copy)]
pub enum Required {
    /// Less than so many times what the plain statement takes, in hundredths.
    Times(u64),
    /// It comes before anybody wonders.
    Within(Duration),
}

/// The present is read from what is open alone.
const NOW: Required = Required::Times(120);
const THEN: Required = Required::Times(300);
/// A list of customers is put in order over all of them.
const LIST: Required = Required::Within(Duration::from_millis(1_500));
const SHEET: Required = Required::Within(Duration::from_millis(200));
/// It adds up all there ever was in a store, once a day.
const PROOF: Required = Required::Within(Duration::from_secs(3));

/// How long each took, shortest first.
#[derive(Debug)]
pub struct Measured {
    pub what: &'static str,
    pub required: Required,
    pub ours: Vec<Duration>,
    pub plain: Vec<Duration>,
}

impl Measured {
    /// What the program took in hundredths of what the plain statement took, each at its best: what else the machine
    /// does is no part of it.
    pub fn times(&self) -> u64 {
        let best = |times: &[Duration]| times.first().copied().unwrap_or_default().as_micros();
        let parts = best(&self.ours) * 100 / best(&self.plain).max(1);
        u64::try_from(parts).unwrap_or(u64::MAX)
    }

    pub fn is_met(&self) -> bool {
        match self.required {
            Required::Times(most) => self.times() < most,
            Required::Within(most) => half(&self.ours) <= most,
        }
    }
}

pub fn half(times: &[Duration]) -> Duration {
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
enum Page {
    Aging { by: AgingBy, as_of: Option<NaiveDate> },
    Account(CustomerId),
    Desk,
    TieOut,
}

/// Measures every page.
pub async fn all(
    (services, office, plain): (&Services, &Office, &mut Plain),
    one: CustomerId,
    (today, days): (NaiveDate, usize),
) -> Result<Vec<Measured>> {
    let ago = |days: usize| today.checked_sub_days(Days::new(days as u64)).context("too long ago");
    let (month, middle) = (ago(30)?, ago(days / 2)?);
    let aging = |by, as_of| Page::Aging { by, as_of };
    let (by_store, by_customer) = (AgingBy::Store, AgingBy::Customer);
    let asked = [
        ("today by store", aging(by_store, None), plain::now_by_store(today), NOW),
        ("a month ago by store", aging(by_store, Some(month)), plain::then_by_store(month), THEN),
        ("half the history ago by store", aging(by_store, Some(middle)), plain::then_by_store(middle), THEN),
        ("today, those who owe most", aging(by_customer, None), plain::now_by_customer(PAGE), LIST),
        (
            "a month ago, those who owed most",
            aging(by_customer, Some(month)),
            plain::then_by_customer(month, PAGE),
            LIST,
        ),
        ("a customer with 2,000 open items", Page::Account(one), plain.of_customer(one, today), SHEET),
        ("the collections desk", Page::Desk, plain::overdue_by_customer(today, PAGE), LIST),
        ("the tie-out of a store", Page::TieOut, plain.of_store(office.owner.store), PROOF),
    ];
    let mut measured = Vec::with_capacity(asked.len());
    for (what, page, sql, required) in asked {
        eprint!("Asking for {what}… ");
        let (_, told) = ask(services, office, page).await?;
        let (_, sum) = plain.ask(&sql).await?;
        if let Some(told) = told {
            ensure!(
                told.minor() == sum,
                "{what}: {told} on the page, {} in the tables",
                Money::from_minor(sum)
            );
        }
        let (mut ours, mut plainly) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
        for _ in 0..ROUNDS {
            ours.push(ask(services, office, page).await?.0);
            plainly.push(plain.ask(&sql).await?.0);
        }
        ours.sort_unstable();
        plainly.sort_unstable();
        eprintln!("{:.1?}, plainly {:.1?}", half(&ours), half(&plainly));
        measured.push(Measured { what, required, ours, plain: plainly });
    }
    Ok(measured)
}

/// Asks as the page does: how long it took, and what is owed by the answer where the plain statement says it too.
async fn ask(services: &Services, office: &Office, page: Page) -> Result<(Duration, Option<Money>)> {
    let (ctx, began) = (&office.owner, Instant::now());
    Ok(match page {
        Page::Aging { by, as_of } => {
            let asked = AgingAsked { by, as_of, sort: AgingSort::Owed, limit: PAGE, ..AgingAsked::default() };
            let sheet = services.aging(ctx, asked).await?;
            let took = began.elapsed();
            let owed = sheet.lines.iter().map(|line| line.sums.owed()).collect::<Result<Vec<_>, _>>()?;
            (took, Some(Money::sum(owed)?))
        }
        Page::Account(customer) => {
            let sheet =
                services.customer_account(ctx, AccountAsked { customer, offset: 0, limit: PAGE }).await?;
            (began.elapsed(), Some(sheet.standing.owed))
        }
        Page::Desk => {
            let asked = DeskAsked { limit: PAGE, ..DeskAsked::default() };
            let desk = services.collections_desk(ctx, asked).await?;
            let took = began.elapsed();
            ensure!(desk.rows.len() as u64 == PAGE, "the desk is not full");
            (took, None)
        }
        Page::TieOut => {
            let sheet = services.tie_out(ctx, TieOutAsked::default()).await?;
            let took = began.elapsed();
            ensure!(sheet.holds(), "the store does not tie out");
            (took, None)
        }
    })
}
