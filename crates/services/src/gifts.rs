//! Keeping gifts a secret, and what a customer bought as somebody may see it.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::Services;
use db::repo::{customer, record, sale};
use domain::customer::HistoryAsked;
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::field::FieldError;
use domain::ids::EventId;
use domain::person::Permission;
use domain::sale::{Audience, SaleFilter, SalePage, SaleSummary, SecretRefusal, SetSecret, visible_to};

impl From<SecretRefusal> for ServiceError {
    fn from(refusal: SecretRefusal) -> Self {
        match refusal {
            SecretRefusal::NoDate | SecretRefusal::OtherDay => {
                Self::Fields(vec![FieldError::new("until", refusal)])
            }
            other => Self::refused(other),
        }
    }
}

impl Services {
    /// Keeps a sale a secret until a day, or ends that.
    ///
    /// # Errors
    /// A refusal in words.
    pub async fn set_secret(&self, ctx: &Ctx, cmd: SetSecret) -> Result<(), ServiceError> {
        let store = sale::store_of(self.db.read(), cmd.sale_id).await?;
        let store = store.ok_or(ServiceError::NotFound("sale"))?;
        ctx.require(Permission::Sell, store)?;
        let head = Head::of(cmd.command_id, &cmd)?;
        let (ctx, now) = (ctx.clone(), self.now_in(store)?);
        self.db
            .write(move |tx| {
                let (ctx, head, cmd) = (ctx.clone(), head.clone(), cmd.clone());
                Box::pin(async move {
                    if let Some(()) = head.replay(tx, &ctx).await? {
                        return Ok(());
                    }
                    let found = sale::load_secret(tx, cmd.sale_id, now.today).await?;
                    let (state, said) = found.ok_or(ServiceError::NotFound("sale"))?;
                    let until = cmd.decide(&state)?;
                    let moment = now.work_moment(tx, store).await?;
                    let summary = match until {
                        Some(until) => format!("Gift secret until {until}"),
                        None => "No gift secret any more".to_owned(),
                    };
                    let event = Event::about(
                        EventId(cmd.command_id.0),
                        EventKind::GiftSecretSet,
                        (SubjectKind::Sale, cmd.sale_id.0),
                        summary,
                        moment,
                        ctx.origin(store, None),
                    );
                    let id = event.id;
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(sale::insert_secret(tx, cmd.sale_id, said, until, id).await?)
                })
            })
            .await
    }

    /// What a customer bought, for those who will read it. Staff see that there is a secret and not what it came to;
    /// nobody's total has it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see customers and sales.
    pub async fn customer_history(&self, ctx: &Ctx, asked: HistoryAsked) -> Result<SalePage, ServiceError> {
        ctx.require(Permission::ViewCustomers, ctx.store)?;
        let stores = ctx.stores_with(Permission::ViewSales)?;
        let (db, today) = (self.db.read(), self.now_in(ctx.store)?.today);
        let mut customers = vec![asked.customer];
        if asked.audience == Audience::Household
            && let Some(household) = customer::household_of(db, asked.customer).await?
        {
            customers = household.members.iter().map(|member| member.id).collect();
        }
        let told = SaleFilter {
            stores,
            customers,
            without_secrets_on: Some(today),
            offset: asked.offset,
            limit: asked.limit.min(LONGEST_PAGE),
            ..SaleFilter::default()
        };
        let (known, totals) = sale::totals(db, &told).await?;
        if asked.audience != Audience::Staff {
            let sales = self.as_listed(sale::list(db, &told).await?)?;
            return Ok(SalePage { sales, count: known, totals });
        }
        let all = SaleFilter { without_secrets_on: None, ..told };
        let (count, _) = sale::totals(db, &all).await?;
        Ok(SalePage { sales: self.as_listed(sale::list(db, &all).await?)?, count, totals })
    }

    /// Takes out of a list what nobody should read in passing. Whoever opens the sale sees it.
    pub(crate) fn keep_secrets(&self, sale: &mut SaleSummary) -> Result<(), ServiceError> {
        let today = self.now_in(sale.store)?.today;
        sale.secret_until =
            sale.secret_until.filter(|until| !visible_to(Audience::Buyer, Some(*until), today));
        Ok(())
    }
}
