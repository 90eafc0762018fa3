//! Tills that sell as fast as the server answers.

use anyhow::{Result, anyhow, ensure};
use domain::ids::ItemId;
use domain::money::Money;
use domain::sale::SaleDone;
use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};
use trials::{Browser, Clerk, Memory, Server, Shop, Ticket};

/// What some tills did together.
#[derive(Debug)]
pub struct Run {
    pub took: Duration,
    /// How long each sale took, shortest first.
    pub times: Vec<Duration>,
    pub failures: Vec<String>,
    done: Vec<SaleDone>,
}

impl Run {
    pub fn count(&self) -> usize {
        self.done.len()
    }

    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        self.done.iter().map(|sale| sale.number.as_str())
    }
}

/// From the start of the process to the first page.
pub fn first_answer(server: &Server) -> Result<Duration> {
    let began = Instant::now();
    let answer = Browser::at(server.address).get("/sign-in")?;
    ensure!(answer.status == 200, "the first page is {}", answer.status);
    Ok(server.ready_after + began.elapsed())
}

pub fn sign_in<'s>(server: &Server, shop: &'s Shop, tills: usize) -> Result<Vec<Clerk<'s>>> {
    (0..tills).map(|till| Clerk::sign_in(server.address, shop, till)).collect()
}

/// Each clerk sells so many tickets, all of them at once, as fast as they are answered.
pub fn all_at_once(
    clerks: &mut [Clerk<'_>],
    shop: &Shop,
    each: usize,
    pieces: &mut impl Iterator<Item = (ItemId, Money)>,
) -> Result<Run> {
    let piles: Vec<Vec<_>> =
        clerks.iter().map(|_| pieces.by_ref().take(each * super::PIECES_PER_SALE).collect()).collect();
    let began = Instant::now();
    let parts: Vec<Result<Part>> = thread::scope(|scope| {
        let running: Vec<_> = clerks
            .iter_mut()
            .zip(&piles)
            .map(|(clerk, pile)| scope.spawn(move || sell_pile(clerk, shop, pile)))
            .collect();
        let joined = running.into_iter().map(|clerk| clerk.join());
        joined.map(|part| part.unwrap_or_else(|_| Err(anyhow!("a clerk fell over")))).collect()
    });
    let took = began.elapsed();
    let mut run = Run { took, times: Vec::new(), failures: Vec::new(), done: Vec::new() };
    for part in parts {
        let part = part?;
        run.times.extend(part.times);
        run.failures.extend(part.failures);
        run.done.extend(part.done);
    }
    run.times.sort_unstable();
    Ok(run)
}

#[derive(Default)]
struct Part {
    times: Vec<Duration>,
    failures: Vec<String>,
    done: Vec<SaleDone>,
}

fn sell_pile(clerk: &mut Clerk<'_>, shop: &Shop, pile: &[(ItemId, Money)]) -> Result<Part> {
    let mut part = Part::default();
    let mut customers = shop.customers.iter().copied().cycle();
    for pieces in pile.chunks(super::PIECES_PER_SALE) {
        let sale = clerk.cash_sale(Ticket { pieces, customer: customers.next() })?;
        let began = Instant::now();
        let answer = clerk.send(&sale);
        let took = began.elapsed();
        match answer.map_err(anyhow::Error::from).and_then(|answer| answer.done()) {
            Ok(done) => {
                part.times.push(took);
                part.done.push(done);
            }
            Err(failure) => part.failures.push(failure.to_string()),
        }
    }
    Ok(part)
}

/// Memory once the server has nothing to do.
pub fn idle_memory(server: &Server) -> Result<Memory> {
    thread::sleep(Duration::from_secs(2));
    server.memory()
}

/// How many receipt numbers are missing: each till counts from 1.
pub fn gaps<'n>(numbers: impl Iterator<Item = &'n str>) -> usize {
    let mut tills: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for number in numbers {
        let (till, count) = number.rsplit_once('-').unwrap_or_default();
        let (highest, seen) = tills.entry(till).or_default();
        *highest = (*highest).max(count.parse().unwrap_or_default());
        *seen += 1;
    }
    tills.values().map(|(highest, seen)| highest.abs_diff(*seen)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_number_is_a_gap() {
        assert_eq!(gaps(["S1-T1-000001", "S1-T1-000002", "S1-T2-000001"].into_iter()), 0);
        assert_eq!(gaps(["S1-T1-000001", "S1-T1-000004"].into_iter()), 2);
    }
}
