//! One browser's stream of news, for as long as its session stands.

use super::{Live, Seat, Word};
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::secret::Token;
use crate::services_core::Services;
use domain::live::{News, NewsKind};
use std::time::{Duration, Instant};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

/// A connection on which nothing is said for this long is cut by some routers.
const QUIET: Duration = Duration::from_secs(15);
/// News goes to nobody whose session was not looked at for this long.
const FRESH: Duration = Duration::from_secs(5);

/// What a stream carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    News(News),
    /// Nothing happened; the connection is there.
    Quiet,
}

/// A browser that listens. Dropping it frees its place.
#[derive(Debug)]
pub struct Listening {
    services: Services,
    session: Token,
    device: Option<Token>,
    ctx: Ctx,
    looked: Instant,
    words: Receiver<Word>,
    open: watch::Receiver<bool>,
    first: bool,
    _seat: Seat,
}

impl Services {
    /// Begins a stream for the browser with these cookies; `None` when it has too many already. Listening is no
    /// use of the session: it puts off no lock.
    ///
    /// # Errors
    /// [`ServiceError::NotSignedIn`] or [`ServiceError::Locked`].
    pub async fn listen(
        &self,
        session: Option<&Token>,
        device: Option<&Token>,
    ) -> Result<Option<Listening>, ServiceError> {
        let ctx = self.authenticate_polling(session, device).await?;
        let session = session.ok_or(ServiceError::NotSignedIn)?.clone();
        let Some(seat) = self.live.take_place(session.digest()) else { return Ok(None) };
        let Live(inner) = &self.live;
        Ok(Some(Listening {
            services: self.clone(),
            session,
            device: device.cloned(),
            ctx,
            looked: Instant::now(),
            words: inner.words.subscribe(),
            open: inner.open.subscribe(),
            first: true,
            _seat: seat,
        }))
    }

    /// Has every stream look whether its session still stands.
    pub fn look_who_listens(&self) {
        self.live.look_who_is_there();
    }

    /// Ends all streams, so that the server can stop.
    pub fn end_streams(&self) {
        self.live.close();
    }
}

impl Listening {
    /// Waits for what this person may know; `None` when the session or the server has ended.
    pub async fn next(&mut self) -> Option<Heard> {
        // What happened while nobody listened is asked for.
        if std::mem::take(&mut self.first) {
            return Some(self.everything());
        }
        loop {
            let word = tokio::select! {
                word = tokio::time::timeout(QUIET, self.words.recv()) => word,
                _ = self.open.wait_for(|open| !open) => return None,
            };
            match word {
                Err(_) if self.is_there().await => return Some(Heard::Quiet),
                Ok(Ok(Word::News(news))) => {
                    if self.looked.elapsed() > FRESH && !self.is_there().await {
                        return None;
                    }
                    if news.is_for(&self.ctx.actor) {
                        return Some(Heard::News(news.outside()));
                    }
                }
                Ok(Ok(Word::WhoIsThere)) if self.is_there().await => {}
                Ok(Ok(Word::Missed) | Err(RecvError::Lagged(_))) if self.is_there().await => {
                    return Some(self.everything());
                }
                _ => return None,
            }
        }
    }

    fn everything(&self) -> Heard {
        Heard::News(News::of(NewsKind::Everything, self.ctx.store, self.ctx.store))
    }

    /// Asks again who listens. A database out of reach ends the stream too: the browser begins another.
    async fn is_there(&mut self) -> bool {
        match self.services.authenticate_polling(Some(&self.session), self.device.as_ref()).await {
            Ok(ctx) => {
                (self.ctx, self.looked) = (ctx, Instant::now());
                true
            }
            Err(_) => false,
        }
    }
}
