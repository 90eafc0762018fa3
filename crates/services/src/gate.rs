//! Work that takes a core and memory waits its turn, so that it never starves the counter.

use crate::error::ServiceError;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Lets so many pieces of work run at once, away from the threads that answer.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<Semaphore>);

impl Gate {
    pub(crate) fn of(at_once: usize) -> Self {
        Self(Arc::new(Semaphore::new(at_once)))
    }

    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ServiceError> {
        let _permit = self.0.acquire().await.map_err(ServiceError::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(ServiceError::internal)
    }
}
