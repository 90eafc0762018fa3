//! The days of a store: which one work belongs to, opening the next, sealing what is over.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use chrono::{DateTime, NaiveDate, Utc};
use db::WriteTx;
use db::repo::till::Days;
use db::repo::{ledger, record, till};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, StoreId};
use domain::ledger::chain_digest;
use domain::moment::{ClockDoubt, Confirmed, Moment, next_business_date};

/// A doubtful date is answered at its field, where somebody who has looked at the clock can confirm it.
impl From<ClockDoubt> for ServiceError {
    fn from(doubt: ClockDoubt) -> Self {
        Self::Fields(vec![FieldError::new("date_confirmed", doubt)])
    }
}

/// When somebody works without a till: the instant, and the calendar date in the store.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now {
    pub at: DateTime<Utc>,
    pub today: NaiveDate,
}

impl Now {
    /// The moment for work without a till: on the open day, which stays open until the work is recorded, else on
    /// the first date that is not closed.
    pub(crate) async fn work_moment(self, tx: &WriteTx, store: StoreId) -> Result<Moment, ServiceError> {
        till::hold_days(tx, store, Days::Stay).await?;
        Ok(Moment::new(self.at, work_date(tx, store, self.today).await?))
    }
}

/// The date for work without a till.
pub(crate) async fn work_date(
    db: &impl db::Read,
    store: StoreId,
    today: NaiveDate,
) -> Result<NaiveDate, ServiceError> {
    if let Some(open) = till::open_day(db, store).await? {
        return Ok(open);
    }
    let closed = till::last_closed_day(db, store).await?.map(|(date, _)| date);
    Ok(match closed {
        Some(closed) if today <= closed => closed.succ_opt().unwrap_or(today),
        _ => today,
    })
}

/// Opens and seals days for one command.
pub(crate) struct Calendar<'a> {
    pub tx: &'a WriteTx,
    pub ctx: &'a Ctx,
    pub head: &'a Head,
    pub store: StoreId,
    pub now: Now,
}

impl Calendar<'_> {
    /// The day a till works on that is opened now: the one that is open, unless the calendar has moved on and no
    /// till holds it open; then that day is sealed and the next begins.
    pub(crate) async fn open(&self, confirmed: Confirmed, ids: &mut Ids) -> Result<NaiveDate, ServiceError> {
        let (tx, today) = (self.tx, self.now.today);
        till::hold_days(tx, self.store, Days::Change).await?;
        if let Some(open) = till::open_day(tx, self.store).await? {
            if open >= today || till::count_open(tx, self.store).await? > 0 {
                return Ok(open);
            }
            next_business_date(Some(open), today, confirmed)?;
            self.close(open, EventId(ids.draw())).await?;
        }
        let closed = till::last_closed_day(tx, self.store).await?.map(|(date, _)| date);
        let date = next_business_date(closed, today, confirmed)?;
        // Days without a till on which something was recorded all the same: a piece received on a Sunday.
        for quiet in ledger::dates_between(tx, self.store, closed, date).await? {
            till::insert_day(tx, self.store, quiet, self.now.at).await?;
            self.close(quiet, EventId(ids.draw())).await?;
        }
        till::insert_day(tx, self.store, date, self.now.at).await?;
        Ok(date)
    }

    /// Closes an open day under an event of its own and seals it with a digest over all its entries.
    pub(crate) async fn close(&self, date: NaiveDate, event: EventId) -> Result<(), ServiceError> {
        let moment = Moment::new(self.now.at, date);
        let event = Event::about(
            event,
            EventKind::DayClosed,
            (SubjectKind::Store, self.store.0),
            format!("Closed {date}"),
            moment,
            self.ctx.origin(self.store, None),
        );
        record::insert(self.tx, &Record::of(event), self.head.body_hash(), &()).await?;
        let before = till::last_closed_day(self.tx, self.store).await?.and_then(|(_, digest)| digest);
        let digest = chain_digest(before, ledger::day_digests(self.tx, self.store, date).await?);
        // A clock that was set back closes no day before its own last entry.
        let last = ledger::last_recorded(self.tx, self.store, date).await?.unwrap_or(moment.recorded_at);
        Ok(till::close_day(self.tx, self.store, date, digest, last.max(moment.recorded_at)).await?)
    }
}
