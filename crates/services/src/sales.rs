//! Selling, voiding, and looking at sales.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::receivables::numbered;
use crate::returns::receipts;
use crate::services_core::{ConfigExt, Services};
use chrono::NaiveDate;
use db::WriteTx;
use db::repo::config::Config;
use db::repo::receivable::{self, Numbers};
use db::repo::sale::AtTill;
use db::repo::{approval, person, record, sale, series, till};
use domain::approval::ApprovalKind;
use domain::ids::{Ids, ItemId, SaleId, SaleLineId};
use domain::live::{News, NewsKind};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::Permission;
use domain::receivable::AccountStanding;
use domain::sale::{
    self as rules, Audience, ClearRefusal, ClearTicket, CompleteSale, CustomerInSale, Refundable, Refusal,
    ReturnRefusal, SaleChoices, SaleDetail, SaleDone, SaleFilter, SalePage, SaleSheet, SaleSummary, Snapshot,
    SoldLine, Tender, TenderNature, VoidBy, VoidSale,
};
use domain::series::{SeriesKind, receipt_number};
use std::collections::BTreeSet;
use std::sync::Arc;

/// No list is longer, whatever is asked for.
pub(crate) const LONGEST_PAGE: u64 = 200;

impl Services {
    /// Completes a sale: one transaction, one commit.
    ///
    /// # Errors
    /// A refusal in words, [`ServiceError::NeedsApproval`] for a discount above the limit.
    pub async fn complete_sale(&self, ctx: &Ctx, cmd: CompleteSale) -> Result<SaleDone, ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let cmd = Arc::new(cmd);
        let sold = match self.try_sale(ctx, &head, &cmd).await {
            Err(ServiceError::ConfigChanged) => {
                self.reload_config().await?;
                self.try_sale(ctx, &head, &cmd).await
            }
            result => result,
        };
        match sold {
            Ok(done) => Ok(done),
            Err(refused) => head.earlier(self.db.read(), ctx).await?.ok_or(refused),
        }
    }

    async fn try_sale(
        &self,
        ctx: &Ctx,
        head: &Head,
        cmd: &Arc<CompleteSale>,
    ) -> Result<SaleDone, ServiceError> {
        let (config, now) = (self.config()?, self.clock.now());
        let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(cmd));
        let (store, charged) = (cmd.store_id, goes_to_account(&config, &cmd.tenders));
        let done = self
            .db
            .write(move |tx| {
                let (config, ctx, head, cmd) =
                    (Arc::clone(&config), ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move { sell(tx, &config, &ctx, &head, &cmd, now).await })
            })
            .await?;
        self.live.tell(News::of(NewsKind::Sales, store, done.sale_id));
        if charged {
            self.live.tell(News::of(NewsKind::Receivables, store, done.sale_id));
        }
        Ok(done)
    }

    /// Puts a ticket away that nobody pays; what stood on it goes to the audit trail.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn clear_ticket(&self, ctx: &Ctx, cmd: ClearTicket) -> Result<(), ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, cmd, now) = (ctx.clone(), Arc::new(cmd), self.clock.now());
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), Arc::clone(&cmd));
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let asked = AtTill { command: cmd.command_id, session: cmd.session_id, customer: None };
                    let till = sale::load_till(tx, asked).await?;
                    let till = till.ok_or_else(|| ServiceError::refused(ClearRefusal::TillClosed))?;
                    let origin = ctx.origin(cmd.store_id, Some(cmd.session_id));
                    let moment = Moment::new(now, till.business_date);
                    let record =
                        rules::clear(&till.till, &cmd, &origin, &moment).map_err(ServiceError::refused)?;
                    record::insert(tx, &record, head.body_hash(), &()).await?;
                    Ok(())
                })
            })
            .await
    }

    /// Voids a sale of today on the till that made it.
    ///
    /// # Errors
    /// A refusal in words, [`ServiceError::NeedsApproval`] where the role lacks the right.
    pub async fn void_sale(&self, ctx: &Ctx, cmd: VoidSale) -> Result<(), ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(cmd.store_id)?);
        let news = News::of(NewsKind::Sales, cmd.store_id, cmd.sale_id);
        let voided: Result<(), ServiceError> = self
            .db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let moment = now.work_moment(tx, cmd.store_id).await?;
                    let found = sale::load_to_void(tx, cmd.sale_id, &cmd.approvals).await?;
                    let found = found.ok_or(ServiceError::NotFound("sale"))?;
                    let origin = ctx.origin(cmd.store_id, Some(found.session_id));
                    let outcome = rules::void(
                        &found,
                        &cmd,
                        &ctx.actor,
                        &origin,
                        &moment,
                        &mut Ids::new(cmd.command_id),
                    )?;
                    record::insert(tx, &outcome.record, head.body_hash(), &()).await?;
                    let event = outcome.record.event.id;
                    let numbers = Numbers {
                        credits: outcome.account.credits.iter().map(|_| found.number.clone()).collect(),
                        ..Numbers::default()
                    };
                    receivable::insert(tx, &outcome.account, &numbers, event).await?;
                    sale::insert_void(tx, outcome.sale_id, event, &outcome.reason, moment.recorded_at)
                        .await?;
                    Ok(())
                })
            })
            .await;
        voided.inspect(|()| {
            self.live.tell(news);
            // What it charged is owed no more.
            self.live.tell(News { kind: NewsKind::Receivables, ..news });
        })
    }

    /// One sale with everything on it.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn sale(&self, ctx: &Ctx, id: SaleId) -> Result<SaleDetail, ServiceError> {
        let mut detail = sale::get(self.db.read(), id).await?.ok_or(ServiceError::NotFound("sale"))?;
        let store = detail.facts.store_id;
        ctx.require(Permission::ViewSales, store)?;
        self.in_store_time(&mut detail.completed_at, store)?;
        if !ctx.actor.may(Permission::ViewCost, store) {
            for line in &mut detail.facts.lines {
                line.cost = Money::ZERO;
            }
            for line in &mut detail.facts.returned {
                line.cost = Money::ZERO;
            }
        }
        let today = self.now_in(store)?.today;
        detail.secret_until =
            detail.secret_until.filter(|until| !rules::visible_to(Audience::Buyer, Some(*until), today));
        if let Some(void) = &mut detail.void {
            self.in_store_time(&mut void.at, store)?;
        }
        Ok(detail)
    }

    /// One sale as it is shown and printed.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`], or [`ServiceError::Forbidden`] in another store.
    pub async fn sale_sheet(&self, ctx: &Ctx, id: SaleId) -> Result<SaleSheet, ServiceError> {
        let sale = self.sale(ctx, id).await?;
        let config = self.config()?;
        let store = config.store(sale.facts.store_id)?;
        let id = store.store.id;
        let too_late = sale.void.is_some() || !sale.session_open;
        let moved_on =
            !sale.facts.returned.is_empty() || !sale.came_back.is_empty() || sale.check_returned.is_some();
        let void_by = if too_late || moved_on || !ctx.actor.may(Permission::Sell, id) {
            VoidBy::Nobody
        } else if ctx.actor.may(Permission::VoidSale, id) {
            VoidBy::Oneself
        } else {
            VoidBy::WithApproval(self.approvers(ctx, id).await?)
        };
        Ok(SaleSheet {
            sale,
            store: store.store.clone(),
            words: store.policy.receipt_words(),
            void_by,
            check_fee: store.policy.receivables.returned_check_fee,
        })
    }

    /// A page of sales in the stores where the person may see them.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] where there is none.
    pub async fn sales(&self, ctx: &Ctx, filter: SaleFilter) -> Result<SalePage, ServiceError> {
        let filter = SaleFilter {
            stores: ctx.stores_with(Permission::ViewSales)?,
            limit: filter.limit.min(LONGEST_PAGE),
            ..filter
        };
        let (count, totals) = sale::totals(self.db.read(), &filter).await?;
        // Narrowed to somebody, the sums would tell what their secret came to.
        let about_somebody = !filter.words.trim().is_empty() || !filter.customers.is_empty();
        let totals = if about_somebody {
            let today = self.now_in(ctx.store)?.today;
            let told = SaleFilter { without_secrets_on: Some(today), ..filter.clone() };
            sale::totals(self.db.read(), &told).await?.1
        } else {
            totals
        };
        let sales = self.as_listed(sale::list(self.db.read(), &filter).await?)?;
        Ok(SalePage { sales, count, totals })
    }

    /// All sales of a filter as a file for spreadsheets.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`], or a refusal where there are too many for one file.
    pub async fn sales_csv(&self, ctx: &Ctx, filter: SaleFilter) -> Result<String, ServiceError> {
        /// A spreadsheet takes a million rows, a person looks at fewer; the file is made in memory.
        const MOST: u64 = 100_000;
        const AT_ONCE: u64 = 1_000;
        let stores = ctx.stores_with(Permission::ViewSales)?;
        let mut filter = SaleFilter { stores, offset: 0, limit: AT_ONCE, ..filter };
        let (count, _) = sale::totals(self.db.read(), &filter).await?;
        if count > MOST {
            return Err(ServiceError::refused(format!(
                "These are {count} sales, one file holds {MOST}: choose fewer days."
            )));
        }
        let mut text = rules::SALES_CSV_HEAD.to_owned();
        // What is sold meanwhile is newer than what is still to be read: nothing is skipped or told twice.
        loop {
            let sales = self.in_their_time(sale::list(self.db.read(), &filter).await?)?;
            text.extend(sales.iter().map(SaleSummary::csv));
            let Some(last) = sales.last() else { return Ok(text) };
            filter.before = Some(last.id);
        }
    }

    /// What a list of sales can be narrowed by.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who see no sales.
    pub async fn sale_choices(&self, ctx: &Ctx) -> Result<SaleChoices, ServiceError> {
        ctx.require_anywhere(Permission::ViewSales)?;
        let config = self.config()?;
        let people = person::list(self.db.read()).await?;
        Ok(SaleChoices {
            people: people.into_iter().map(|person| (person.id, person.name)).collect(),
            tenders: config.tender_kinds.iter().map(|kind| (kind.code.clone(), kind.label.clone())).collect(),
        })
    }

    /// Sales as lists show them: in their time, and of a secret nothing but that there is one.
    pub(crate) fn as_listed(&self, sales: Vec<SaleSummary>) -> Result<Vec<SaleSummary>, ServiceError> {
        Ok(self.in_their_time(sales)?.into_iter().map(SaleSummary::in_a_list).collect())
    }

    /// Sales with their times as their stores' clocks showed them.
    pub(crate) fn in_their_time(
        &self,
        mut sales: Vec<SaleSummary>,
    ) -> Result<Vec<SaleSummary>, ServiceError> {
        for sale in &mut sales {
            self.in_store_time(&mut sale.completed_at, sale.store)?;
            self.keep_secrets(sale)?;
        }
        Ok(sales)
    }
}

async fn sell(
    tx: &WriteTx,
    config: &Config,
    ctx: &Ctx,
    head: &Head,
    cmd: &CompleteSale,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<SaleDone, ServiceError> {
    // It waits for nobody who runs the same command: of two the event's id lets one through, and the other finds its
    // answer after its refusal.
    let asked = AtTill { command: head.id(), session: cmd.session_id, customer: cmd.customer_id };
    let till = sale::load_till(tx, asked).await?.ok_or_else(|| ServiceError::refused(Refusal::TillClosed))?;
    if let Some(earlier) = &till.earlier {
        return head.answer(earlier, ctx);
    }
    if till.config_version != config.version {
        return Err(ServiceError::ConfigChanged);
    }
    let mut ids: Vec<ItemId> = cmd.lines.iter().map(|line| line.item_id).collect();
    ids.truncate(rules::MOST_LINES + 1);
    let store = config.store(cmd.store_id)?;
    let mut back: Vec<SaleLineId> = cmd.returns.iter().map(|line| line.line_id).collect();
    back.truncate(rules::MOST_LINES + 1);
    let ComingBack { sold, refundable, receipts } = returned(tx, &back, &ids).await?;
    let account = account_of(tx, config, cmd, till.customer.as_ref(), till.business_date).await?;
    let charged_to = receivable::charged_to(tx, &receipts).await?;
    for customer in &charged_to {
        receivable::lock_customer(tx, *customer).await?;
    }
    let snapshot = Snapshot {
        account,
        // Only now that the account is held: somebody may have paid at another desk meanwhile.
        charged: receivable::open_of_sales(tx, &receipts).await?,
        charged_to,
        lessened: receivable::lessened(tx, &receipts).await?,
        items: sale::load_items(tx, &ids).await?,
        customer: till.customer.clone(),
        staff: if cmd.sellers.is_empty() && cmd.approvals.is_empty() {
            Vec::new()
        } else {
            sale::load_staff(tx, cmd.store_id).await?
        },
        approvals: approval::list_by_id(tx, &cmd.approvals).await?,
        drawer: if sold.is_empty() {
            Money::ZERO
        } else {
            till::drawer_balance(tx, till.till.till_id).await?
        },
        sold,
        refundable,
        taxes: config.taxes(cmd.store_id, till.business_date)?,
        policy: store.policy.clone(),
        tender_kinds: config.tender_kinds.iter().filter(|kind| kind.active).cloned().collect(),
        till: Some(till.till.clone()),
    };
    let moment = Moment::new(now, till.business_date);
    let origin = ctx.origin(cmd.store_id, Some(cmd.session_id));
    let outcome =
        rules::complete(&snapshot, cmd, &ctx.actor, &origin, &moment, &mut Ids::new(cmd.command_id))?;
    let (_, till_settings) = config.till(till.till.till_id)?;
    let number = series::draw(tx, SeriesKind::Receipt, till_settings.id.0, 1).await?;
    let number = receipt_number(&store.store.code, &till_settings.code, number);
    let numbers = numbered(tx, config, &outcome.account, Some(&number)).await?;
    let out = outcome.sale.tenders.iter().map(|tender| tender.amount).filter(|amount| amount.is_negative());
    let done = SaleDone {
        sale_id: outcome.sale.id,
        number,
        total: outcome.sale.total,
        change: outcome.sale.change,
        paid_out: Money::sum(out).and_then(Money::negated).map_err(ServiceError::internal)?,
    };
    sale::insert(tx, &outcome, head.body_hash(), &done, &numbers).await?;
    Ok(done)
}

/// What comes back, and what it depends on.
#[derive(Debug, Default)]
struct ComingBack {
    sold: Vec<SoldLine>,
    refundable: Vec<Refundable>,
    /// All receipts that hang together with theirs.
    receipts: BTreeSet<SaleId>,
}

/// The lines that come back, and what was paid for the receipts that hang together with theirs. Whoever takes back
/// something of any of them waits, so that no payment is paid back twice; whoever sells of the same lots waits too.
async fn returned(
    tx: &WriteTx,
    lines: &[SaleLineId],
    on_ticket: &[ItemId],
) -> Result<ComingBack, ServiceError> {
    if lines.is_empty() {
        return Ok(ComingBack::default());
    }
    let asked_for = sale::load_sold(tx, lines).await?;
    let asked = receipts(&asked_for);
    let mut together = sale::connected(tx, asked.clone()).await?;
    loop {
        sale::lock(tx, &together).await?;
        // Until the lock was had, another receipt may have joined them.
        let now = sale::connected(tx, asked.clone()).await?;
        if now == together {
            break;
        }
        together = now;
    }
    let pieces = asked_for.iter().map(|line| line.item_id).chain(on_ticket.iter().copied());
    sale::lock_items(tx, &pieces.collect()).await?;
    Ok(ComingBack {
        sold: sale::load_sold(tx, lines).await?,
        refundable: sale::refundable(tx, &together).await?,
        receipts: together,
    })
}

/// Whether something is charged to an account, or taken off it.
fn goes_to_account(config: &Config, tenders: &[Tender]) -> bool {
    let mut accounts = config.tender_kinds.iter().filter(|kind| kind.nature == TenderNature::Account);
    accounts.any(|kind| tenders.iter().any(|tender| tender.kind == kind.code))
}

/// How the customer stands, where something goes to their account: it is held until this is written.
async fn account_of(
    tx: &WriteTx,
    config: &Config,
    cmd: &CompleteSale,
    customer: Option<&CustomerInSale>,
    today: NaiveDate,
) -> Result<Option<AccountStanding>, ServiceError> {
    let Some(customer) = customer.filter(|_| goes_to_account(config, &cmd.tenders)) else { return Ok(None) };
    receivable::lock_customer(tx, customer.id).await?;
    Ok(Some(receivable::load_standing(tx, customer.id, today).await?))
}

impl From<Refusal> for ServiceError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::DiscountNeedsApproval { ref why, .. } => {
                Self::NeedsApproval { kind: ApprovalKind::Discount, sentence: format!("{refusal}: {why}") }
            }
            Refusal::Return(ReturnRefusal::NeedsApproval { ref why, .. }) => {
                Self::NeedsApproval { kind: ApprovalKind::Return, sentence: format!("{refusal}: {why}") }
            }
            Refusal::Account(refusal) => refusal.into(),
            other => Self::refused(other),
        }
    }
}

impl From<rules::VoidRefusal> for ServiceError {
    fn from(refusal: rules::VoidRefusal) -> Self {
        match refusal {
            rules::VoidRefusal::Approval(why) => {
                Self::NeedsApproval { kind: ApprovalKind::VoidSale, sentence: why.to_string() }
            }
            rules::VoidRefusal::Account(refusal) => refusal.into(),
            other => Self::refused(other),
        }
    }
}
