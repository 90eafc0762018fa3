//! Guessing a password or a PIN: how many tries somebody has, and how long they wait after them.

use chrono::{DateTime, Duration, Utc};

/// Wrong tries in a row after which each further one waits.
const FREE: i64 = 5;
/// The first wait; each further wrong try doubles it.
const FIRST_WAIT_SECONDS: i64 = 30;
const LONGEST_WAIT_SECONDS: i64 = 900;

/// The tries at somebody's secrets since the last right one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tries {
    pub failed: i64,
    pub locked_until: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many tries: wait {seconds} seconds")]
pub struct Wait {
    pub seconds: i64,
}

impl Tries {
    /// Takes one try. It counts as wrong until the secret proves right, so that tries sent at once are
    /// counted one after another.
    ///
    /// # Errors
    /// [`Wait`] while it is too early for another try.
    pub fn take(self, now: DateTime<Utc>) -> Result<Self, Wait> {
        if let Some(until) = self.locked_until.filter(|until| *until > now) {
            return Err(Wait { seconds: (until - now).num_seconds().max(1) });
        }
        let failed = self.failed.saturating_add(1);
        let beyond = failed - FREE;
        let wait = (beyond >= 0).then(|| (FIRST_WAIT_SECONDS << beyond.min(5)).min(LONGEST_WAIT_SECONDS));
        Ok(Self { failed, locked_until: wait.map(|seconds| now + Duration::seconds(seconds)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_tries_are_free_and_each_further_one_waits_longer() {
        let mut now = DateTime::UNIX_EPOCH;
        let mut tries = Tries::default();
        for _ in 0..4 {
            tries = tries.take(now).unwrap();
            assert_eq!(tries.locked_until, None);
        }
        for wait in [30, 60, 120, 240, 480, 900, 900] {
            tries = tries.take(now).unwrap();
            assert_eq!(tries.take(now), Err(Wait { seconds: wait }));
            now += Duration::seconds(wait);
        }
    }
}
