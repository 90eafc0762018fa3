//! Changing what the organization decided about itself, and pairing its browsers.

use crate::clock::local_time;
use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use crate::setup::is_zone;
use chrono::{DateTime, FixedOffset};
use db::repo::config::{self, Config};
use db::repo::{account, ledger, person, record, session, till};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::{EventId, Ids, StoreId, TillId};
use domain::ledger::{AccountError, SaveAccount};
use domain::moment::Moment;
use domain::person::{Permission, Role};
use domain::settings::{SaveSettings, SettingsChange, SettingsRefusal, Standing, decide};
use uuid::Uuid;

impl From<SettingsRefusal> for ServiceError {
    fn from(refusal: SettingsRefusal) -> Self {
        match refusal {
            SettingsRefusal::Fields(fields) => Self::Fields(fields),
            SettingsRefusal::Unknown(what) => Self::NotFound(what),
            SettingsRefusal::Outdated => Self::Conflict("settings".to_owned()),
            other => Self::refused(other),
        }
    }
}

impl From<AccountError> for ServiceError {
    fn from(refusal: AccountError) -> Self {
        let field = match refusal {
            AccountError::NotACode | AccountError::Taken(_) => "code",
            AccountError::Name(_) => "name",
            AccountError::UsedByRules(_) | AccountError::NotEmpty { .. } | AccountError::TakesPayments(_) => {
                return Self::refused(refusal);
            }
        };
        Self::Fields(vec![FieldError::new(field, refusal)])
    }
}

impl Services {
    /// The settings that somebody may see, for whoever may change some of them.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to change settings.
    pub fn settings(&self, ctx: &Ctx) -> Result<Config, ServiceError> {
        ctx.require_anywhere(Permission::EditSettings)?;
        Ok(self.config()?.seen_by(&ctx.actor))
    }

    /// The stores in which this person may do something, with their names.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] where there is none.
    pub fn stores_with(
        &self,
        ctx: &Ctx,
        permission: Permission,
    ) -> Result<Vec<(StoreId, String)>, ServiceError> {
        let allowed = ctx.stores_with(permission)?;
        let config = self.config()?;
        let stores = config.stores.iter().filter(|store| allowed.contains(&store.store.id));
        Ok(stores.map(|store| (store.store.id, store.store.name.clone())).collect())
    }

    /// Since when each till has been paired with a browser, in its store's time.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to pair.
    pub async fn paired_tills(
        &self,
        ctx: &Ctx,
    ) -> Result<Vec<(TillId, DateTime<FixedOffset>)>, ServiceError> {
        let stores = ctx.stores_with(Permission::PairTill)?;
        let config = self.config()?;
        let mut paired = Vec::new();
        for (till, at) in session::paired_tills(self.db.read()).await? {
            let store = &config.till(till)?.0.store;
            if stores.contains(&store.id) {
                paired.push((till, local_time(at.fixed_offset(), &store.time_zone)?));
            }
        }
        Ok(paired)
    }

    /// Changes one thing in the settings. Whoever adds a store becomes its owner.
    ///
    /// # Errors
    /// Each field that does not read; a conflict when somebody else changed the settings meanwhile.
    pub async fn save_settings(&self, ctx: &Ctx, cmd: SaveSettings) -> Result<(), ServiceError> {
        let (permission, about) = cmd.edit.needs();
        match about {
            Some(store) => ctx.require(permission, store)?,
            None => ctx.require_anywhere(permission)?,
        }
        // The event is filed where it belongs, so that those who run that store find it.
        let store = about.unwrap_or(ctx.store);
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(store)?);
        let saved = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok::<_, ServiceError>(());
                    }
                    let config = config::load_to_change(tx).await?.ok_or(ServiceError::NotSetUp)?;
                    let accounts = account::list(tx).await?;
                    let open_tills = till::open_tills(tx).await?;
                    let standing =
                        Standing { config: &config, accounts: &accounts, open_tills: &open_tills, today };
                    let mut ids = Ids::new(cmd.command_id);
                    let decided = decide(&standing, &cmd.edit, cmd.version, is_zone, &mut ids)?;
                    config::apply(tx, &decided.change).await?;
                    match &decided.change {
                        SettingsChange::Store { store, new: true, .. } => {
                            person::add_role(tx, ctx.person(), store.id, Role::Owner).await?;
                        }
                        SettingsChange::Till(till) if !till.active => {
                            session::unpair(tx, till.id, now).await?;
                        }
                        _ => {}
                    }
                    let event = Event {
                        before: decided.before,
                        after: decided.after,
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::SettingsChanged,
                            (decided.subject.0, decided.subject.1),
                            decided.summary,
                            Moment::new(now, today),
                            ctx.origin(store, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(())
                })
            })
            .await;
        // After a conflict too: another process changed them, and the next look must show it.
        self.reload_config().await?;
        saved
    }

    /// Adds an account, renames one, or closes it for new entries.
    ///
    /// # Errors
    /// A taken number, an account the rules need, one that is not empty.
    pub async fn save_account(&self, ctx: &Ctx, cmd: SaveAccount) -> Result<(), ServiceError> {
        ctx.require_anywhere(Permission::EditAccounts)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now, today) = (ctx.clone(), self.clock.now(), self.today(ctx.store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let code = cmd.code.parse()?;
                    let config = config::load_to_change(tx).await?.ok_or(ServiceError::NotSetUp)?;
                    let existing = account::find(tx, code).await?;
                    let balance = ledger::account_balance(tx, code).await?;
                    let takes = config.tender_kinds.iter().any(|kind| kind.active && kind.account == code);
                    let saved = cmd.decide(existing.as_ref(), balance, takes)?;
                    account::save(tx, &saved).await?;
                    let event = Event {
                        before: existing.and_then(|account| serde_json::to_value(account).ok()),
                        after: serde_json::to_value(&saved).ok(),
                        ..Event::about(
                            EventId(cmd.command_id.0),
                            EventKind::AccountSaved,
                            (SubjectKind::Account, account_id(saved.code.get())),
                            format!("{} {}", saved.code, saved.name),
                            Moment::new(now, today),
                            ctx.origin(ctx.store, None),
                        )
                    };
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(())
                })
            })
            .await
    }
}

/// The number of an account where the audit trail wants an id.
fn account_id(code: i32) -> Uuid {
    Uuid::from_u128(u128::from(code.unsigned_abs()))
}
