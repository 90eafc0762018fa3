//! Headings while a command works, and how long each phase took.

use anyhow::Result;
use std::time::{Duration, Instant};

/// The phases of one command, in order.
#[derive(Debug)]
pub struct Phases {
    started: Instant,
    done: Vec<(String, Duration)>,
}

impl Phases {
    /// Starts the clock.
    pub fn start() -> Self {
        Self { started: Instant::now(), done: Vec::new() }
    }

    /// Prints a heading with the time since the start, does the work and remembers how long it took.
    ///
    /// # Errors
    /// Those of the work.
    pub fn phase<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        eprintln!("\n==> [{}] {name}", clock(self.started.elapsed()));
        let began = Instant::now();
        let result = work();
        self.done.push((name.to_owned(), began.elapsed()));
        result
    }

    /// One line per phase with its time, and the sum.
    pub fn print_times(&self) {
        eprintln!();
        for (name, took) in &self.done {
            eprintln!("{:>6}  {name}", clock(*took));
        }
        eprintln!("{:>6}  in all", clock(self.started.elapsed()));
    }
}

/// Minutes and seconds.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_minutes_and_seconds() {
        assert_eq!(clock(Duration::from_secs(9)), "0:09");
        assert_eq!(clock(Duration::from_secs(754)), "12:34");
    }
}
