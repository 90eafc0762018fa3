//! The midnight of each store: what was due the day before is overdue, and open pages look again.

use services::{DaysSeen, Services};
use std::time::Duration;

/// Nobody minds half a minute after midnight.
const BETWEEN_LOOKS: Duration = Duration::from_secs(60);

/// Looks again and again whether a store's day has changed, and tells the pages of this process.
pub async fn watch(services: Services) {
    let mut seen = DaysSeen::new();
    loop {
        if let Err(error) = services.tell_new_days(&mut seen) {
            tracing::error!(%error, "the calendar of a store could not be read");
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
