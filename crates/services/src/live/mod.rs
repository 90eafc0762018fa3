//! News on its way to open pages: told after the commit, heard by the streams of this process and, on a
//! `PostgreSQL` server, by those of others.

mod others;
mod stream;

use domain::live::News;
use others::Outbox;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, watch};

pub use stream::{Heard, Listening};

/// A stream that falls this far behind is told to ask for everything.
const BACKLOG: usize = 256;
/// A browser needs one; without Web Locks each of its tabs has one.
const MOST_PER_SESSION: usize = 8;
/// Each waits in a task of its own; a store has a few dozen browsers.
const MOST_STREAMS: usize = 1_000;

/// What goes to every stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub(crate) enum Word {
    News(News),
    /// Somebody signed out, or may do something else now: each stream asks who is there.
    WhoIsThere,
    /// Words may have been lost.
    Missed,
}

#[derive(Debug)]
struct Inner {
    words: broadcast::Sender<Word>,
    open: watch::Sender<bool>,
    streams: Mutex<HashMap<Vec<u8>, usize>>,
    outbox: Option<Outbox>,
}

/// Where news is told. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Live(Arc<Inner>);

impl Live {
    pub(crate) fn new(db: &db::Db) -> Self {
        Self(Arc::new(Inner {
            words: broadcast::Sender::new(BACKLOG),
            open: watch::Sender::new(true),
            streams: Mutex::default(),
            outbox: db.is_shared().then(|| Outbox::start(db.clone())),
        }))
    }

    /// Tells what was committed. It waits for nobody.
    pub(crate) fn tell(&self, news: News) {
        self.spread(Word::News(news));
    }

    /// Tells the streams of this process alone: other processes find out by themselves.
    pub(crate) fn tell_here(&self, news: News) {
        self.hear(Word::News(news));
    }

    /// Has every stream look whether its session still stands.
    pub(crate) fn look_who_is_there(&self) {
        self.spread(Word::WhoIsThere);
    }

    fn spread(&self, word: Word) {
        self.hear(word);
        if let Some(outbox) = &self.0.outbox {
            outbox.send(word);
        }
    }

    /// Hands a word to the streams of this process.
    fn hear(&self, word: Word) {
        // Nobody listens: nobody needs to know.
        let _ = self.0.words.send(word);
    }

    fn close(&self) {
        self.0.open.send_replace(false);
    }

    /// A place for one more stream of a session, if there is room.
    fn take_place(&self, session: Vec<u8>) -> Option<Seat> {
        let mut streams = self.0.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if streams.values().sum::<usize>() >= MOST_STREAMS {
            return None;
        }
        let of_session = streams.entry(session.clone()).or_default();
        if *of_session >= MOST_PER_SESSION {
            return None;
        }
        *of_session += 1;
        Some(Seat { live: self.clone(), session })
    }
}

/// One stream's place, free again when it is dropped.
#[derive(Debug)]
struct Seat {
    live: Live,
    session: Vec<u8>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut streams = self.live.0.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = streams.get_mut(&self.session) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                streams.remove(&self.session);
            }
        }
    }
}
