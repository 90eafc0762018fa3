//! Some rows of a file coming in, in one transaction.

use super::Run;
use super::file::Rejects;
use super::pace::Pace;
use crate::command::Head;
use crate::days::Now;
use crate::error::ServiceError;
use crate::services_core::Services;
use chrono::{DateTime, Utc};
use db::WriteTx;
use db::repo::{import, item, record, style};
use domain::event::Event;
use domain::field::FieldError;
use domain::ids::{CommandId, EventId, Ids};
use domain::import::{Arranged, Arrival, ImportCounts, Receipt, Stock, Tagged, arrange, receive};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// A row that waits for its portion, with its cells for when it does not come in after all.
pub(super) struct Waiting {
    pub arrival: Arrival,
    pub cells: Vec<String>,
}

/// What is written in one transaction.
struct Portion {
    run: Arc<Run>,
    arrivals: Vec<Arrival>,
    command: CommandId,
    head: Head,
    now: DateTime<Utc>,
    today: chrono::NaiveDate,
}

/// What became of a portion.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Done {
    imported: u64,
    /// Rows that do not go with what is there, by their line.
    refused: BTreeMap<u64, FieldError>,
}

impl Services {
    /// Brings in the rows that wait, in one transaction.
    pub(super) async fn receive_some(
        &self,
        run: &Arc<Run>,
        waiting: &mut Vec<Waiting>,
        counts: &mut ImportCounts,
        pace: &mut Pace,
        rejects: &mut Rejects,
    ) -> Result<(), ServiceError> {
        let waiting = std::mem::take(waiting);
        // What is there already is found by reading: a second run never stands in a till's way.
        let keys = waiting.iter().map(|row| row.arrival.key);
        let known = import::known(self.db.read(), run.store, keys).await?;
        counts.already_there += known.len() as u64;
        let mut cells = BTreeMap::new();
        let mut arrivals = Vec::with_capacity(waiting.len());
        for row in waiting.into_iter().filter(|row| !known.contains(&row.arrival.key)) {
            cells.insert(row.arrival.line, row.cells);
            arrivals.push(row.arrival);
        }
        if arrivals.is_empty() {
            return Ok(());
        }
        let all = arrivals.len() as u64;
        let command = self.fresh_command(run, counts.done());
        let keys: Vec<[u8; 32]> = arrivals.iter().map(|row| row.key.0).collect();
        let portion = Arc::new(Portion {
            run: Arc::clone(run),
            command,
            head: Head::of(command, &(run.import, keys))?,
            now: self.clock.now(),
            today: self.today(run.store)?,
            arrivals,
        });
        let (done, took) = self
            .db
            .write(move |tx| {
                let portion = Arc::clone(&portion);
                Box::pin(async move { write(tx, &portion).await })
            })
            .await?;
        pace.took(done.imported, took);
        counts.imported += done.imported;
        counts.rejected += done.refused.len() as u64;
        counts.already_there += all - done.imported - done.refused.len() as u64;
        for (line, reason) in done.refused {
            rejects.add(line, &[reason], cells.remove(&line).unwrap_or_default());
        }
        Ok(())
    }
}

/// Gives what became of the rows, and how long it held the writer.
async fn write(tx: &WriteTx, portion: &Portion) -> Result<(Done, Duration), ServiceError> {
    let begun = Instant::now();
    let run = &portion.run;
    if let Some(done) = portion.head.replay(tx, &run.ctx).await? {
        return Ok((done, begun.elapsed()));
    }
    import::lock_store(tx, run.store).await?;
    let known = import::known(tx, run.store, portion.arrivals.iter().map(|row| row.key)).await?;
    let mut done = Done::default();
    let arrivals = portion.arrivals.iter().filter(|row| !known.contains(&row.key)).cloned().collect();
    let arrivals = with_free_tags(tx, run, arrivals, &mut done).await?;
    let mut ids = Ids::new(portion.command);
    let arranged = arrange(&arrivals, known_styles(tx, &arrivals).await?, &mut ids);
    for (at, refusal) in &arranged.refused {
        done.refused.extend(arrivals.get(*at).map(|row| (row.line, refusal.clone())));
    }
    let rows: Vec<(usize, &Arrival)> = arrivals
        .iter()
        .enumerate()
        .filter(|(at, row)| {
            let fresh = arranged.fresh.get(*at).copied().unwrap_or(false);
            !arranged.refused.contains_key(at) && (row.row.stock != Stock::Nothing || fresh)
        })
        .collect();
    if rows.is_empty() {
        return Ok((done, begun.elapsed()));
    }
    done.imported = rows.len() as u64;
    let tags = tags_for(tx, run, &rows).await?;
    let tagged: Vec<Tagged<'_>> = rows
        .iter()
        .zip(&tags)
        .map(|((at, arrival), tag)| Tagged {
            arrival,
            tag,
            variation: arranged.tags.get(*at).and_then(Option::as_ref),
        })
        .collect();
    let moment = Now { at: portion.now, today: portion.today }.work_moment(tx, run.store).await?;
    let at = Receipt {
        event: EventId(portion.command.0),
        import: run.import,
        kind: run.kind,
        file: &run.file,
        origin: run.ctx.origin(run.store, None),
        legal_entity: run.legal_entity,
        moment,
    };
    let mut received = receive(&tagged, &at, &mut ids).map_err(ServiceError::internal)?;
    note_styles(&mut received.record.event, &arranged);
    save_styles(tx, &arranged, portion.now).await?;
    item::insert_many(tx, &received.items, portion.now).await?;
    record::insert(tx, &received.record, portion.head.body_hash(), &done).await?;
    import::insert(tx, run.store, at.event, &received.keys).await?;
    Ok((done, begun.elapsed()))
}

/// Leaves out the rows whose number is on another tag already.
async fn with_free_tags(
    tx: &WriteTx,
    run: &Run,
    arrivals: Vec<Arrival>,
    done: &mut Done,
) -> Result<Vec<Arrival>, ServiceError> {
    let own: Vec<String> = arrivals.iter().filter_map(|row| row.row.tag.clone()).collect();
    if own.is_empty() {
        return Ok(arrivals);
    }
    let taken = item::taken_tags(tx, &own).await?;
    let (bad, good): (Vec<Arrival>, Vec<Arrival>) = arrivals.into_iter().partition(|row| {
        row.row.stock != Stock::Nothing && row.row.tag.as_ref().is_some_and(|tag| taken.contains(tag))
    });
    for row in bad {
        let tag = row.row.tag.unwrap_or_default();
        let reason = FieldError::new(&run.tag_name, format!("{tag} is on another piece already"));
        done.refused.insert(row.line, reason);
    }
    Ok(good)
}

async fn known_styles(tx: &WriteTx, arrivals: &[Arrival]) -> Result<Vec<domain::style::Style>, ServiceError> {
    let named = || arrivals.iter().filter_map(|row| row.row.variation.as_ref());
    let numbers: BTreeSet<String> = named().map(|variation| variation.style.clone()).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let skus = named().map(domain::import::NamedVariation::number).collect();
    Ok(style::with_numbers(tx, numbers, skus).await?)
}

/// The trail says which styles were made or widened.
fn note_styles(event: &mut Event, arranged: &Arranged) {
    let numbers: Vec<&str> =
        arranged.made.iter().chain(&arranged.widened).map(|style| style.number.as_str()).collect();
    if let Some(serde_json::Value::Object(after)) = event.after.as_mut().filter(|_| !numbers.is_empty()) {
        after.insert("styles".to_owned(), numbers.into());
    }
}

async fn save_styles(tx: &WriteTx, arranged: &Arranged, now: DateTime<Utc>) -> Result<(), ServiceError> {
    if !arranged.made.is_empty() {
        style::insert_many(tx, &arranged.made, now).await?;
    }
    if !arranged.widened.is_empty() {
        style::widen(tx, &arranged.widened, &arranged.added).await?;
    }
    Ok(())
}

/// The number on each tag: its own, else the next of the series that no row here brings.
async fn tags_for(tx: &WriteTx, run: &Run, rows: &[(usize, &Arrival)]) -> Result<Vec<String>, ServiceError> {
    let own: BTreeSet<&str> = rows.iter().filter_map(|(_, row)| row.row.tag.as_deref()).collect();
    let needed =
        rows.iter().filter(|(_, row)| row.row.tag.is_none() && row.row.stock != Stock::Nothing).count();
    let mut drawn = Vec::with_capacity(needed);
    while drawn.len() < needed {
        let more = crate::items::draw_tags(tx, run.organization, needed - drawn.len()).await?;
        drawn.extend(more.into_iter().filter(|tag| !own.contains(tag.as_str())));
    }
    let mut drawn = drawn.into_iter();
    let tag = |(_, row): &(usize, &Arrival)| match (&row.row.tag, row.row.stock) {
        (_, Stock::Nothing) => String::new(),
        (Some(tag), _) => tag.clone(),
        (None, _) => drawn.next().unwrap_or_default(),
    };
    Ok(rows.iter().map(tag).collect())
}
