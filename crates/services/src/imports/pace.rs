//! How many stones are written at once: as many as the writer can take in while nobody at a till notices.

use std::time::Duration;

/// A sale that arrives in the middle waits at most about this long for the writer.
const LONGEST: Duration = Duration::from_millis(30);
/// Below this, more at once would make it quicker.
const SHORT: Duration = Duration::from_millis(12);
const FEWEST: usize = 16;
const MOST: usize = 256;

/// The size of the next portion; sizes double and halve, so that the database sees few different statements.
#[derive(Debug)]
pub struct Pace {
    size: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { size: 64 }
    }
}

impl Pace {
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Learns from the last portion.
    pub fn took(&mut self, stones: u64, time: Duration) {
        if time > LONGEST {
            self.size = (self.size / 2).max(FEWEST);
        } else if time < SHORT && stones >= self.size as u64 {
            self.size = (self.size * 2).min(MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_disk_gets_less_at_once() {
        let mut pace = Pace::default();
        let sizes: Vec<usize> = [5, 5, 5, 20, 80, 80, 80, 80, 80]
            .into_iter()
            .map(|ms| {
                pace.took(pace.size() as u64, Duration::from_millis(ms));
                pace.size()
            })
            .collect();
        assert_eq!(sizes, [128, 256, 256, 256, 128, 64, 32, 16, 16]);
        pace.took(3, Duration::ZERO);
        assert_eq!(pace.size(), 16, "a portion that was mostly there already says nothing");
    }
}
