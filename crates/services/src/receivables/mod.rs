//! What customers owe: house accounts, invoices, payments, credits.

mod accounts;
mod aging;
mod alerts;
mod allowance;
mod collect;
mod credits;
mod desk;
mod finance;
mod invoices;
mod measures;
mod numbers;
mod payments;
mod sheets;
mod write_offs;

pub use alerts::DaysSeen;
pub(crate) use numbers::numbered;
pub(crate) use sheets::taxes_by_name;

use crate::command::Head;
use crate::context::Ctx;
use crate::days::Now;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::config::{self, Config};
use db::repo::receivable::{self, CreditRow};
use db::repo::sale::{self, AtTill};
use db::repo::{record, till};
use db::{BoxFuture, WriteTx};
use domain::approval::ApprovalKind;
use domain::event::Origin;
use domain::field::FieldError;
use domain::ids::{CommandId, CustomerCreditId, CustomerId, Ids, LegalEntityId, StoreId, TillSessionId};
use domain::live::{News, NewsKind};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::{Actor, Permission};
use domain::receivable::{AccountDone, CreditSnapshot, OpenReceivable, ReceivableOutcome, ReceivableRefusal};
use domain::sale::TillInSale;
use serde::Serialize;
use std::sync::Arc;

impl From<ReceivableRefusal> for ServiceError {
    fn from(refusal: ReceivableRefusal) -> Self {
        match refusal {
            ReceivableRefusal::Fields(fields) => Self::Fields(fields),
            ReceivableRefusal::Blocked { ref why, .. } => {
                Self::NeedsApproval { kind: ApprovalKind::Credit, sentence: format!("{refusal}: {why}") }
            }
            ReceivableRefusal::ReasonNeeded(_) => {
                Self::Fields(vec![FieldError::new("override_reason", refusal)])
            }
            other => Self::refused(other),
        }
    }
}

/// Where a command about an account comes from.
#[derive(Debug, Clone, Copy)]
struct Place {
    store: StoreId,
    /// The open till that money goes into or comes from.
    session: Option<TillSessionId>,
}

impl Place {
    const fn office(store: StoreId) -> Self {
        Self { store, session: None }
    }
}

/// A command about an account: the right that it takes, its id, and where it comes from.
#[derive(Debug, Clone, Copy)]
struct Work {
    needs: Permission,
    command: CommandId,
    place: Place,
}

/// What every decision about an account stands on.
struct Desk<'t> {
    tx: &'t WriteTx,
    actor: Actor,
    config: Config,
    moment: Moment,
    origin: Origin,
    now: Now,
    store: StoreId,
    till: Option<TillInSale>,
    ids: Ids,
}

/// A customer whose account is held while it is decided about.
struct Held {
    id: CustomerId,
    name: String,
}

impl Desk<'_> {
    /// Whose account this is, by the card that stands. Nobody else changes it until this is written.
    async fn customer(&self, id: CustomerId) -> Result<Held, ServiceError> {
        let held = receivable::lock_customer(self.tx, id).await?;
        let (id, name) = held.ok_or(ServiceError::NotFound("customer"))?;
        Ok(Held { id, name })
    }

    /// A credit with what its customer owes, their account held.
    async fn credit(&self, id: CustomerCreditId) -> Result<(Held, CreditRow), ServiceError> {
        let not_found = || ServiceError::NotFound("credit");
        let row = receivable::load_credit(self.tx, id).await?.ok_or_else(not_found)?;
        let held = self.customer(row.credit.customer_id).await?;
        // Until the account was held, somebody else may have used it.
        let row = receivable::load_credit(self.tx, id).await?.ok_or_else(not_found)?;
        Ok((held, row))
    }

    /// A document is corrected in the store that issued it: the right to correct counts store by store.
    fn issued_here(&self, what: &'static str, store: StoreId) -> Result<(), ServiceError> {
        if store == self.store { Ok(()) } else { Err(ServiceError::NotFound(what)) }
    }

    /// Whether whoever works here may do this in another store too.
    fn may(&self, needs: Permission, store: StoreId) -> Result<(), ServiceError> {
        Ok(self.actor.require(needs, store)?)
    }

    fn legal_entity(&self) -> Result<LegalEntityId, ServiceError> {
        Ok(self.config.store(self.store)?.store.legal_entity_id)
    }
}

/// The view of a credit that decisions are made on.
fn as_snapshot<'a>(held: &'a Held, row: &'a CreditRow, open: &'a [OpenReceivable]) -> CreditSnapshot<'a> {
    CreditSnapshot { customer_name: &held.name, credit: &row.credit, open, applied: &row.applied }
}

impl Services {
    /// Runs a decision about an account as one command: once, in one transaction, with its documents numbered.
    async fn change_account<C, F>(
        &self,
        ctx: &Ctx,
        Work { needs, command, place }: Work,
        cmd: C,
        decide: F,
    ) -> Result<AccountDone, ServiceError>
    where
        C: Serialize + Send + Sync + 'static,
        F: for<'d> Fn(&'d mut Desk<'_>, Arc<C>) -> BoxFuture<'d, Result<ReceivableOutcome, ServiceError>>
            + Send
            + Sync
            + 'static,
    {
        ctx.require(needs, place.store)?;
        let head = Head::of(command, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(place.store)?);
        let (cmd, decide) = (Arc::new(cmd), Arc::new(decide));
        let done = self
            .db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                let (cmd, decide) = (Arc::clone(&cmd), Arc::clone(&decide));
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let config = config::load(tx).await?.ok_or(ServiceError::NotSetUp)?;
                    let (moment, at_till) = moment_of(tx, place, now, head.id()).await?;
                    let mut desk = Desk {
                        tx,
                        actor: ctx.actor.clone(),
                        moment,
                        origin: ctx.origin(place.store, place.session),
                        now,
                        store: place.store,
                        till: at_till,
                        ids: Ids::new(head.id()),
                        config,
                    };
                    let outcome = decide(&mut desk, cmd).await?;
                    write(&desk, &head, outcome).await
                })
            })
            .await?;
        self.live.tell(News::of(NewsKind::Receivables, place.store, done.document));
        Ok(done)
    }
}

/// The store day that work at a till or in the office counts toward.
async fn moment_of(
    tx: &WriteTx,
    place: Place,
    now: Now,
    command: CommandId,
) -> Result<(Moment, Option<TillInSale>), ServiceError> {
    let Some(session) = place.session else { return Ok((now.work_moment(tx, place.store).await?, None)) };
    let asked = AtTill { command, session, customer: None };
    let found = sale::load_till(tx, asked).await?;
    let found = found.ok_or_else(|| ServiceError::refused(ReceivableRefusal::TillClosed))?;
    Ok((Moment::new(now.at, found.business_date), Some(found.till)))
}

/// Numbers and writes what was decided.
async fn write(
    desk: &Desk<'_>,
    head: &Head,
    outcome: ReceivableOutcome,
) -> Result<AccountDone, ServiceError> {
    let ReceivableOutcome { record, changes } = outcome;
    let numbers = numbered(desk.tx, &desk.config, &changes, None).await?;
    let event = record.event.id;
    let made = changes.invoices.first().map(|invoice| invoice.id.0).zip(numbers.invoices.first());
    let credit = changes.credits.first().map(|credit| credit.id.0).zip(numbers.credits.first());
    let done = match credit.or(made) {
        Some((document, number)) => AccountDone { event, document, number: number.clone() },
        None => AccountDone { event, document: record.event.subject_id, number: String::new() },
    };
    record::insert(desk.tx, &record, head.body_hash(), &done).await?;
    receivable::insert(desk.tx, &changes, &numbers, event).await?;
    Ok(done)
}

/// What lies in the drawer of a till, where money may leave it.
async fn drawer(desk: &Desk<'_>) -> Result<Money, ServiceError> {
    match &desk.till {
        Some(at) => Ok(till::drawer_balance(desk.tx, at.till_id).await?),
        None => Ok(Money::ZERO),
    }
}
