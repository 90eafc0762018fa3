//! How old what customers owe is, now or as of any day.

use super::Services;
use crate::clock::local_time;
use crate::context::Ctx;
use crate::days::work_date;
use crate::error::ServiceError;
use crate::sales::LONGEST_PAGE;
use crate::services_core::ConfigExt;
use chrono::NaiveDate;
use db::repo::receivable::{self, Aging, AsOf, Shown};
use db::repo::{customer, person};
use domain::ids::StoreId;
use domain::money::MoneyError;
use domain::person::Permission;
use domain::receivable::{
    AgingAsked, AgingBy, AgingKey, AgingLine, AgingSheet, AgingSort, AgingSums, OwedSheet, StoreOwed,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// An owner's phone shows so many of those who owe most.
const WORST: u64 = 10;

impl Services {
    /// What is owed by age: by customer, by their tags, by store, or by who sold, in the stores whose ledger this person sees.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the ledger; a day that is still to come.
    pub async fn aging(&self, ctx: &Ctx, asked: AgingAsked) -> Result<AgingSheet, ServiceError> {
        let asked = AgingAsked { limit: asked.limit.min(LONGEST_PAGE), ..asked };
        let view = self.aging_view(ctx, &asked).await?;
        let (lines, count, totals) = self.aged(&view, &asked).await?;
        let dated_back = match view.as_of {
            AsOf::Now(_) => domain::receivable::DatedBack::default(),
            AsOf::Day(day) => receivable::dated_back(self.db.read(), &view.of(&asked), day).await?,
        };
        let people = person::list(self.db.read()).await?;
        Ok(AgingSheet {
            as_of: view.day(),
            lines,
            count,
            totals,
            dated_back,
            stores: self.stores_with(ctx, Permission::ViewLedger)?,
            associates: people.into_iter().map(|person| (person.id, person.name)).collect(),
            tags: customer::list_tags(self.db.read()).await?,
        })
    }

    /// The same lines as a file for spreadsheets.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the ledger; more customers than one file holds.
    pub async fn aging_csv(&self, ctx: &Ctx, asked: AgingAsked) -> Result<String, ServiceError> {
        /// More than a person looks at; the file is made in memory.
        const MOST: u64 = 100_000;
        let asked = AgingAsked { offset: 0, limit: MOST, ..asked };
        let view = self.aging_view(ctx, &asked).await?;
        let (lines, count, _) = self.aged(&view, &asked).await?;
        if count > MOST {
            return Err(ServiceError::refused(format!(
                "These are {count} customers, one file holds {MOST}: choose a store or a tag."
            )));
        }
        let mut text = AgingLine::csv_head();
        for line in &lines {
            text.push_str(&line.csv().map_err(ServiceError::internal)?);
        }
        Ok(text)
    }

    /// The owner's look at what is owed: each store, the customers with the most overdue, what wants attention.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the ledger.
    pub async fn owed_to_stores(&self, ctx: &Ctx) -> Result<OwedSheet, ServiceError> {
        let by_store = AgingAsked { by: AgingBy::Store, ..AgingAsked::default() };
        let view = self.aging_view(ctx, &by_store).await?;
        let (found, _, totals) = self.aged(&view, &by_store).await?;
        let stores = self.stores_with(ctx, Permission::ViewLedger)?.into_iter().map(|(store, name)| {
            let of = found.iter().find(|line| line.key == AgingKey::Store(store));
            StoreOwed { store, name, sums: of.map(|line| line.sums).unwrap_or_default() }
        });
        let shown = Shown { sort: AgingSort::Overdue, offset: 0, limit: WORST };
        let of = view.of(&by_store);
        let (mut worst, customers, _) =
            receivable::aging_of_customers(self.db.read(), &of, shown, view.today).await?;
        worst.retain(|line| line.sums.overdue().is_ok_and(|overdue| overdue.is_positive()));
        let config = self.config()?;
        let zone = &config.store(ctx.store)?.store.time_zone;
        Ok(OwedSheet {
            stores: stores.collect(),
            totals,
            customers,
            worst,
            alerts: self.overdue_alerts(ctx).await?,
            at: local_time(self.clock.now().fixed_offset(), zone)?,
        })
    }

    async fn aged(
        &self,
        view: &View,
        asked: &AgingAsked,
    ) -> Result<(Vec<AgingLine>, u64, AgingSums), ServiceError> {
        let (db, of) = (self.db.read(), view.of(asked));
        if asked.by == AgingBy::Customer {
            let shown = Shown { sort: asked.sort, offset: asked.offset, limit: asked.limit };
            let found = receivable::aging_of_customers(db, &of, shown, view.today).await?;
            // The list became shorter meanwhile: it is shown from its beginning.
            if found.0.is_empty() && asked.offset > 0 {
                let shown = Shown { offset: 0, ..shown };
                return Ok(receivable::aging_of_customers(db, &of, shown, view.today).await?);
            }
            return Ok(found);
        }
        let by_tag = asked.by == AgingBy::Tag;
        let found = match asked.by {
            AgingBy::Tag => receivable::aging_by_tag(db, &of, view.today).await?,
            by => receivable::aging_by(db, &of, by, view.today).await?,
        };
        let names = self.names_of_keys(asked.by).await?;
        let named = |(key, sums): (AgingKey, AgingSums)| AgingLine {
            name: match &key {
                AgingKey::Tag(tag) => tag.clone(),
                key => {
                    names.iter().find(|(one, _)| one == key).map(|(_, name)| name.clone()).unwrap_or_default()
                }
            },
            key,
            number: String::new(),
            sums,
        };
        let mut lines: Vec<AgingLine> = found.into_iter().map(named).collect();
        let total = |lines: &[AgingLine]| -> Result<AgingSums, MoneyError> {
            lines.iter().try_fold(AgingSums::default(), |sum, line| sum.plus(&line.sums))
        };
        // Who has two tags stands in two lines, and owes once.
        let totals = if by_tag {
            let stores = receivable::aging_by(db, &of, AgingBy::Store, view.today).await?;
            stores.iter().try_fold(AgingSums::default(), |sum, (_, one)| sum.plus(one))
        } else {
            total(&lines)
        };
        let totals = totals.map_err(ServiceError::internal)?;
        put_in_order(&mut lines, asked.sort).map_err(ServiceError::internal)?;
        let count = u64::try_from(lines.len()).map_err(ServiceError::internal)?;
        Ok((lines, count, totals))
    }

    async fn names_of_keys(&self, by: AgingBy) -> Result<Vec<(AgingKey, String)>, ServiceError> {
        Ok(match by {
            AgingBy::Store => {
                let config = self.config()?;
                let name = |one: &db::repo::config::StoreConfig| {
                    (AgingKey::Store(one.store.id), one.store.name.clone())
                };
                config.stores.iter().map(name).collect()
            }
            AgingBy::Associate => {
                let people = person::list(self.db.read()).await?;
                people.into_iter().map(|person| (AgingKey::Associate(person.id), person.name)).collect()
            }
            AgingBy::Customer | AgingBy::Tag => Vec::new(),
        })
    }

    async fn aging_view(&self, ctx: &Ctx, asked: &AgingAsked) -> Result<View, ServiceError> {
        let mut stores = ctx.stores_with(Permission::ViewLedger)?;
        if let Some(store) = asked.store {
            ctx.require(Permission::ViewLedger, store)?;
            stores = vec![store];
        }
        let today = self.today(ctx.store)?;
        let as_of = match asked.as_of {
            None => AsOf::Now(today),
            Some(day) => {
                if day > today && day > self.last_work_date(&stores).await? {
                    return Err(ServiceError::refused("this day is still to come"));
                }
                AsOf::Day(day)
            }
        };
        Ok(View { stores, as_of, today })
    }

    /// The latest day that work in these stores counts toward now: after a store is closed that is tomorrow.
    async fn last_work_date(&self, stores: &[StoreId]) -> Result<NaiveDate, ServiceError> {
        let mut last = NaiveDate::MIN;
        for store in stores {
            last = last.max(work_date(self.db.read(), *store, self.today(*store)?).await?);
        }
        Ok(last)
    }

    /// The calendar day of each store in which a person may do something.
    pub(super) fn days_of(
        &self,
        ctx: &Ctx,
        permission: Permission,
    ) -> Result<BTreeMap<StoreId, NaiveDate>, ServiceError> {
        let stores = ctx.stores_with(permission)?;
        stores.into_iter().map(|store| Ok((store, self.today(store)?))).collect()
    }
}

/// Which stores on which day.
struct View {
    stores: Vec<StoreId>,
    as_of: AsOf,
    today: NaiveDate,
}

impl View {
    const fn day(&self) -> NaiveDate {
        match self.as_of {
            AsOf::Now(day) | AsOf::Day(day) => day,
        }
    }

    fn of<'a>(&'a self, asked: &'a AgingAsked) -> Aging<'a> {
        let AgingAsked { basis, associate, ref tag, .. } = *asked;
        Aging { as_of: self.as_of, basis, stores: &self.stores, associate, tag: tag.as_deref() }
    }
}

/// Stores, associates and tags are few: they are put in order here.
fn put_in_order(lines: &mut [AgingLine], sort: AgingSort) -> Result<(), MoneyError> {
    let mut amounts = Vec::with_capacity(lines.len());
    for line in lines.iter() {
        amounts.push(match sort {
            AgingSort::Overdue | AgingSort::Name => line.sums.overdue()?,
            AgingSort::Owed => line.sums.owed()?,
            AgingSort::Oldest => line.sums.bucket(domain::receivable::Bucket::Over120),
            AgingSort::Unapplied => line.sums.unapplied,
        });
    }
    let mut order: Vec<_> = amounts.into_iter().zip(lines.iter().cloned()).collect();
    order.sort_by(|(one, this), (other, that)| match sort {
        AgingSort::Name => this.name.cmp(&that.name),
        _ => (Reverse(one), &this.name).cmp(&(Reverse(other), &that.name)),
    });
    for (line, (_, sorted)) in lines.iter_mut().zip(order) {
        *line = sorted;
    }
    Ok(())
}
