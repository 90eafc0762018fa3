//! A case full of loose diamonds: brought in through the command, as a list from a dealer comes, and looked
//! for as somebody types.

use anyhow::{Context, Result, ensure};
use db::Location;
use fastrand::Rng;
use std::fmt::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use trials::{Clerk, Shop, parure_at};

/// As many as the largest list the project was tried with.
const STONES: usize = 54_000;
/// What a jeweler types on the way to a stone, each letter a request.
const TYPED: [&str; 12] = [
    "r",
    "round",
    "round%20e",
    "round%20e%20vs",
    "1.5%20ct",
    "1.5%20ct%20round%20E%20VS1",
    "2ct",
    ".5",
    "vs2%20si1",
    "premium%20g%20vs2",
    "d",
    "P0001",
];
const ROUNDS: usize = 20;

/// Writes a list and imports it.
pub fn import(parure: &Path, location: &Location, folder: &Path) -> Result<Duration> {
    let file = folder.join("stones.csv");
    std::fs::write(&file, list()?)?;
    let began = Instant::now();
    let output = parure_at(parure, location)
        .args(["import", "stones"])
        .arg(&file)
        .args(["--cost-percent", "55", "--origin", "natural", "--shape", "round"])
        .output()?;
    let took = began.elapsed();
    let said = String::from_utf8_lossy(&output.stdout);
    let wanted = format!("imported {STONES}, rejected 0, already there 0");
    ensure!(said.contains(&wanted), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Ok(took)
}

/// The list, the same each time.
fn list() -> Result<String> {
    const CUTS: [&str; 5] = ["Fair", "Good", "Very Good", "Premium", "Ideal"];
    const COLORS: [&str; 7] = ["D", "E", "F", "G", "H", "I", "J"];
    const CLARITIES: [&str; 8] = ["I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF"];
    let mut rng = Rng::with_seed(7);
    let mut text = String::from("carat,cut,color,clarity,depth,table,price,x,y,z\n");
    let mut one_of = |words: &[&'static str]| rng.choice(words.iter().copied()).context("no words");
    for number in 0..STONES {
        let carat = 20 + number % 230;
        // Half the width of a round stone is its height, give or take: 60 percent depth.
        let width = 400 + number % 400;
        let height = width * 6 / 10;
        writeln!(
            text,
            "{}.{:02},{},{},{},60.0,57,{},{width_mm},{width_mm},{height_mm}",
            carat / 100,
            carat % 100,
            one_of(&CUTS)?,
            one_of(&COLORS)?,
            one_of(&CLARITIES)?,
            300 + number % 9_000,
            width_mm = millimeters(width),
            height_mm = millimeters(height),
        )?;
    }
    Ok(text)
}

fn millimeters(hundredths: usize) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// How long each answer to a letter took, shortest first.
pub fn find(clerk: &mut Clerk<'_>, shop: &Shop) -> Result<Vec<Duration>> {
    let mut times = Vec::with_capacity(TYPED.len() * ROUNDS);
    for _ in 0..ROUNDS {
        for typed in TYPED {
            let path = format!("/api/v1/register/find?store_id={}&typed={typed}", shop.set_up.store_id);
            let began = Instant::now();
            let answer = clerk.browser.get(&path)?;
            times.push(began.elapsed());
            ensure!(answer.status == 200, "{typed}: {}", answer.text());
        }
    }
    times.sort_unstable();
    Ok(times)
}
