//! Cash that moves in and out of an open drawer without a sale.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use crate::tills::drawer_of;
use db::repo::{account, record};
use domain::event::Origin;
use domain::ids::{Ids, StoreId, TillSessionId};
use domain::ledger::{Account, AccountCode};
use domain::moment::Moment;
use domain::person::Permission;
use domain::till::{self as rules, DrawerState, DropCash, MoveCash, NoSale, PayRules, TillMove, TillRefusal};

/// What a command at a drawer names.
struct Named {
    store: StoreId,
    session: TillSessionId,
    account: Option<AccountCode>,
}

/// What it is decided on, as it stood when the transaction began.
struct Standing {
    drawer: DrawerState,
    account: Option<Account>,
    origin: Origin,
    moment: Moment,
    ids: Ids,
}

impl Services {
    /// Drops cash into the safe.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn drop_cash(&self, ctx: &Ctx, cmd: DropCash) -> Result<(), ServiceError> {
        let named = Named { store: cmd.store_id, session: cmd.session_id, account: None };
        let head = Head::of(cmd.command_id, &cmd)?;
        self.at_drawer(ctx, head, named, move |at| {
            rules::drop_cash(&at.drawer, &cmd, &at.origin, &at.moment, &mut at.ids)
        })
        .await
    }

    /// Pays cash into a drawer or out of it, for something that is no sale.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn move_cash(&self, ctx: &Ctx, cmd: MoveCash) -> Result<(), ServiceError> {
        ctx.require(Permission::RunTill, cmd.store_id)?;
        let limit = self.config()?.store(cmd.store_id)?.policy.pay_out_limit;
        let may_approve = ctx.actor.may(Permission::Approve, cmd.store_id);
        let named = Named { store: cmd.store_id, session: cmd.session_id, account: Some(cmd.account) };
        let head = Head::of(cmd.command_id, &cmd)?;
        self.at_drawer(ctx, head, named, move |at| {
            let pay = PayRules { account: at.account.as_ref(), limit, may_approve };
            rules::move_cash(&at.drawer, &cmd, &pay, &at.origin, &at.moment, &mut at.ids)
        })
        .await
    }

    /// Records that a drawer was opened without a sale.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn open_drawer(&self, ctx: &Ctx, cmd: NoSale) -> Result<(), ServiceError> {
        let named = Named { store: cmd.store_id, session: cmd.session_id, account: None };
        let head = Head::of(cmd.command_id, &cmd)?;
        self.at_drawer(ctx, head, named, move |at| {
            rules::no_sale(&at.drawer, &cmd, &at.origin, &at.moment, &mut at.ids)
        })
        .await
    }

    /// What cash may be paid in from or out for.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who run no till here.
    pub async fn cash_accounts(&self, ctx: &Ctx) -> Result<Vec<Account>, ServiceError> {
        ctx.require(Permission::RunTill, ctx.store)?;
        let mut accounts = account::list(self.db.read()).await?;
        accounts.retain(rules::is_for_cash);
        Ok(accounts)
    }

    /// Runs a command at a drawer once: it is decided on the drawer as it stands, and posted.
    async fn at_drawer(
        &self,
        ctx: &Ctx,
        head: Head,
        named: Named,
        decide: impl Fn(&mut Standing) -> Result<TillMove, TillRefusal> + Send + Sync + Clone + 'static,
    ) -> Result<(), ServiceError> {
        ctx.require(Permission::RunTill, named.store)?;
        let Named { store, session, account } = named;
        let (ctx, now) = (ctx.clone(), self.clock.now());
        self.db
            .write(move |tx| {
                let (ctx, head, decide) = (ctx.clone(), head.clone(), decide.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let (drawer, date) = drawer_of(tx, session, store).await?;
                    let mut at = Standing {
                        drawer,
                        account: match account {
                            Some(code) => account::find(tx, code).await?,
                            None => None,
                        },
                        origin: ctx.origin(store, Some(session)),
                        moment: Moment::new(now, date),
                        ids: Ids::new(head.id()),
                    };
                    let moved = decide(&mut at)?;
                    Ok(record::insert(tx, &moved.record, head.body_hash(), &()).await?)
                })
            })
            .await
    }
}
