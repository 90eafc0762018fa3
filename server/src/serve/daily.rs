//! A backup a day while the store is open.

use db::Location;
use services::{BackupPlan, Kept, Services};
use std::time::Duration;

/// The first look is not at once, so that opening the store is not slowed; and a day without a backup, because
/// the disk was away, is made up for soon.
const BETWEEN_LOOKS: Duration = Duration::from_secs(10 * 60);

/// Looks again and again whether today's backup is there, and makes it.
pub async fn back_up(services: Services, location: Location, plan: BackupPlan) {
    loop {
        tokio::time::sleep(BETWEEN_LOOKS).await;
        match services.back_up_today(&location, &plan).await {
            Ok(Kept::Made(file)) => tracing::info!(file = %file.display(), "today's backup is made"),
            Ok(Kept::Nothing) => {}
            Err(error) => tracing::error!(%error, "today's backup could not be made"),
        }
    }
}
