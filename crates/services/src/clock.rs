//! The time, and the calendar of a store.

use crate::error::ServiceError;
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use std::sync::{Arc, Mutex, PoisonError};

/// Where `now` comes from. The demo store and tests live through days that are over.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    set: Option<Arc<Mutex<DateTime<Utc>>>>,
}

impl Clock {
    /// A clock that stands still until it is moved.
    #[must_use]
    pub fn standing_at(now: DateTime<Utc>) -> Self {
        Self { set: Some(Arc::new(Mutex::new(now))) }
    }

    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.set {
            Some(set) => *set.lock().unwrap_or_else(PoisonError::into_inner),
            None => Utc::now(),
        }
    }

    /// Moves a standing clock; the real one takes no orders.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Some(set) = &self.set {
            *set.lock().unwrap_or_else(PoisonError::into_inner) = now;
        }
    }

    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}

/// An instant in a store's own time.
pub(crate) fn local_time(
    at: DateTime<FixedOffset>,
    time_zone: &str,
) -> Result<DateTime<FixedOffset>, ServiceError> {
    let zone: Tz = time_zone.parse().map_err(ServiceError::internal)?;
    Ok(at.with_timezone(&zone).fixed_offset())
}

/// The calendar date at an instant in a time zone.
pub(crate) fn local_date(now: DateTime<Utc>, time_zone: &str) -> Result<NaiveDate, ServiceError> {
    let zone: Tz = time_zone.parse().map_err(ServiceError::internal)?;
    Ok(now.with_timezone(&zone).date_naive())
}
