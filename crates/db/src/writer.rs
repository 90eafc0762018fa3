//! The one writer of an embedded database.
//!
//! Waiting commands are run together in one `BEGIN IMMEDIATE` transaction, each in a savepoint of
//! its own unless it is alone, and are answered only after the commit: a slow disk is waited for once per group, not
//! once per sale. A command that is refused or panics rolls back to its savepoint and disturbs
//! nobody. When beginning, releasing, rolling back or committing fails, nothing about the connection
//! can be trusted any more: the whole group is answered with the error and the connection replaced.

use crate::error::DbError;
use crate::tx::WriteTx;
use futures::FutureExt;
use sea_orm::{DatabaseConnection, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use tokio::sync::{mpsc, oneshot};

pub type BoxFuture<'t, T> = Pin<Box<dyn Future<Output = T> + Send + 't>>;

/// More commands than this wait outside the queue.
const QUEUE_LENGTH: usize = 1_024;
/// A group is at most this long, so that the first in it does not wait for the last too long.
const LONGEST_GROUP: usize = 64;

/// What a command wants once its group is committed or lost.
type Answer = Box<dyn FnOnce(Result<(), DbError>) + Send>;

/// Whether a command's work is to be kept, and whom to tell.
pub(crate) struct Done {
    keep: bool,
    answer: Answer,
}

type Work = Box<dyn for<'t> FnOnce(&'t WriteTx) -> BoxFuture<'t, Done> + Send>;

/// Opens a fresh connection for the writer.
pub(crate) type Connect = Box<dyn Fn() -> BoxFuture<'static, Result<DatabaseConnection, DbErr>> + Send>;

#[derive(Debug, Clone)]
pub(crate) struct Queue {
    sender: mpsc::Sender<Work>,
}

struct Job(Work);

impl Queue {
    /// Starts the writer on a thread and a runtime of its own, so that commands hop between as few
    /// threads as possible.
    pub(crate) fn start(connect: Connect) -> Result<Self, DbError> {
        let (sender, receiver) = mpsc::channel(QUEUE_LENGTH);
        // It talks to a thread and never to a socket: without the network's driver it wakes up faster.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .map_err(|e| DbError::Unavailable(e.to_string()))?;
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || {
                stay_on_one_core();
                runtime.block_on(serve(connect, receiver));
            })
            .map_err(|e| DbError::Unavailable(e.to_string()))?;
        Ok(Self { sender })
    }

    /// Queues a command and waits until it is committed, refused or lost.
    pub(crate) async fn run<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
        F: for<'t> Fn(&'t WriteTx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    {
        let (reply, answered) = oneshot::channel::<Result<T, E>>();
        let job: Work = Box::new(move |tx| {
            Box::pin(async move {
                let outcome = AssertUnwindSafe(async { work(tx).await }).catch_unwind().await;
                let outcome = outcome.unwrap_or_else(|_| Err(DbError::Panicked.into()));
                let keep = outcome.is_ok();
                // Whoever asked may be gone by now (a closed browser); the write stands all the same.
                let answer: Answer = Box::new(move |group| {
                    let _ = reply.send(match group {
                        Ok(()) => outcome,
                        // Its own reason, where it has one: the group may be lost because of it.
                        Err(lost) => Err(outcome.err().unwrap_or_else(|| lost.into())),
                    });
                });
                Done { keep, answer }
            })
        });
        self.sender.send(job).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

/// Keeps this thread on one core, and with it the thread of `SQLite` that it will start. Every statement goes
/// over to that thread and back, and waking somebody on another core costs more than most statements do: together
/// on one core they sell half as much again.
fn stay_on_one_core() {
    let last = core_affinity::get_core_ids().and_then(|cores| cores.last().copied());
    if !last.is_some_and(core_affinity::set_for_current) {
        tracing::debug!("the writer may not choose its core");
    }
}

fn gone() -> DbError {
    DbError::Unavailable("the writer has stopped".to_owned())
}

async fn serve(connect: Connect, mut receiver: mpsc::Receiver<Work>) {
    let mut connection: Option<DatabaseConnection> = None;
    let mut group = Vec::with_capacity(LONGEST_GROUP);
    while receiver.recv_many(&mut group, LONGEST_GROUP).await > 0 {
        let jobs = group.drain(..).map(Job).collect();
        let current = match connection.take() {
            Some(current) => Ok(current),
            None => connect().await,
        };
        match current {
            Ok(current) => connection = run_group(current, jobs).await,
            Err(error) => {
                tracing::error!(%error, "the writer cannot open the database");
                drop_all(jobs);
            }
        }
    }
}

/// Dropping a job drops its reply, which its caller hears as "the writer has stopped".
fn drop_all(jobs: Vec<Job>) {
    drop(jobs);
}

/// Runs one group; gives the connection back only when nothing about it failed.
async fn run_group(connection: DatabaseConnection, jobs: Vec<Job>) -> Option<DatabaseConnection> {
    let mut answers = Vec::with_capacity(jobs.len());
    let result = run_in_transaction(&connection, jobs, &mut answers).await;
    match result {
        Ok(()) => {
            answers.into_iter().for_each(|answer| answer(Ok(())));
            Some(connection)
        }
        Err(error) => {
            let error = DbError::from(error);
            tracing::error!(%error, commands = answers.len(), "a group of commands was lost, the writer reconnects");
            if let Err(error) = connection.close().await {
                tracing::warn!(%error, "closing the writer's connection");
            }
            for answer in answers {
                answer(Err(match &error {
                    DbError::DiskFull => DbError::DiskFull,
                    other => DbError::Unavailable(other.to_string()),
                }));
            }
            None
        }
    }
}

async fn run_in_transaction(
    connection: &DatabaseConnection,
    jobs: Vec<Job>,
    answers: &mut Vec<Answer>,
) -> Result<(), DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let group = WriteTx { tx: connection.begin_with_options(options).await? };
    match <[Job; 1]>::try_from(jobs) {
        Ok([Job(alone)]) => settle(alone(&group).await, group, answers).await,
        Err(jobs) => {
            for Job(work) in jobs {
                let savepoint = WriteTx { tx: group.tx.begin().await? };
                settle(work(&savepoint).await, savepoint, answers).await?;
            }
            group.tx.commit().await
        }
    }
}

/// Keeps what a command wrote, or undoes it: to its savepoint, or whole where it was alone.
async fn settle(done: Done, written: WriteTx, answers: &mut Vec<Answer>) -> Result<(), DbErr> {
    answers.push(done.answer);
    if done.keep { written.tx.commit().await } else { written.tx.rollback().await }
}
