//! The other processes of a `PostgreSQL` database.
//!
//! A word is said after the commit and outside of any transaction: a NOTIFY inside one takes a lock that all
//! committing transactions of the server wait for, and a sale must not. What a process did not get to say before it
//! was killed is found by the pages' own slow renewal.

use super::{Live, Word};
use crate::services_core::Services;
use db::{Db, Hearing};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::time::Duration;
use tokio::sync::mpsc;
use uuid::Uuid;

/// More than this on their way say nothing that "everything may have changed" does not say.
const WAITING: usize = 256;
/// Words that are said again and again within this time are said once.
const GATHER: Duration = Duration::from_millis(50);
/// How long a server out of reach is left alone.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    /// The process that says it, which has heard it already.
    by: Uuid,
    word: Word,
}

/// What this process says.
#[derive(Debug)]
pub(super) struct Outbox {
    ourselves: Uuid,
    sender: mpsc::Sender<Word>,
}

impl Outbox {
    pub(super) fn start(db: Db) -> Self {
        let mut random = [0; 16];
        // Without randomness this process hears its own words twice, which changes nothing.
        let _ = getrandom::fill(&mut random);
        let ourselves = Uuid::from_bytes(random);
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(say(db, ourselves, receiver));
        Self { ourselves, sender }
    }

    pub(super) fn send(&self, word: Word) {
        // Full means that very much happens: the others hear of it by what is on its way already.
        if self.sender.try_send(word).is_err() {
            tracing::debug!("news for other processes was left out");
        }
    }
}

async fn say(db: Db, by: Uuid, mut words: mpsc::Receiver<Word>) {
    let mut gathered = Vec::new();
    while words.recv_many(&mut gathered, WAITING).await > 0 {
        tokio::time::sleep(GATHER).await;
        while let Ok(word) = words.try_recv() {
            gathered.push(word);
        }
        let once: HashSet<Word> = gathered.drain(..).collect();
        let texts = once.into_iter().filter_map(|word| serde_json::to_string(&Said { by, word }).ok());
        if let Err(error) = db.say(texts.collect()).await {
            tracing::warn!(%error, "other processes could not be told");
        }
    }
}

impl Services {
    /// Hears what other processes on the same database tell, until the server stops.
    pub async fn hear_others(&self) {
        let Some(ourselves) = self.live.0.outbox.as_ref().map(|outbox| outbox.ourselves) else { return };
        let mut open = self.live.0.open.subscribe();
        loop {
            let listening = async {
                match self.db.listen().await {
                    Ok(Some(hearing)) => hear(&self.live, hearing, ourselves).await,
                    Ok(None) => {}
                    Err(error) => tracing::warn!(%error, "news of other processes is not heard"),
                }
                tokio::time::sleep(PATIENCE).await;
            };
            tokio::select! {
                () = listening => {}
                _ = open.wait_for(|open| !open) => return,
            }
        }
    }
}

async fn hear(live: &Live, mut hearing: Hearing, ourselves: Uuid) {
    // Until here nobody listened.
    live.hear(Word::Missed);
    loop {
        match hearing.next().await {
            Ok(Some(text)) => match serde_json::from_str::<Said>(&text) {
                Ok(said) if said.by == ourselves => {}
                Ok(said) => live.hear(said.word),
                // A newer program says what this one does not know.
                Err(_) => live.hear(Word::Missed),
            },
            Ok(None) => live.hear(Word::Missed),
            Err(error) => {
                tracing::warn!(%error, "news of other processes is not heard");
                return;
            }
        }
    }
}
