//! A made-up chain of stores to look at: made through the real use cases, the same for the same seed.

mod accounts;
mod chain;
mod day;
mod goods;
mod people;
mod pieces;
mod returning;
mod ticket;
mod vendors;

use crate::clock::Clock;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use chain::{Branch, BranchLot, STORES};
use chrono::{DateTime, Duration, Utc};
use domain::customer::{ChangeHousehold, HouseholdChange};
use domain::ids::{CommandId, CustomerId, ItemId, PersonId, TillId};
use domain::item::{Item, SaveItem, StockSource, TypedItem};
use domain::money::Money;
use domain::person::Role;
use domain::style::SaveStyle;
use domain::tax::Taxability;
use fastrand::Rng;

/// How many days of trade the demo chain looks back on, today included.
const DAYS: i64 = 90;
/// Unique pieces that each store begins with; a third is sold by today.
const PIECES: usize = 330;
const CUSTOMERS: usize = 400;

/// The demo's owner signs in with this at a desk; the others with `demo-store-` and their login.
pub const DEMO_PASSWORD: &str = "demo-store-owner";

/// What whoever starts a demo store is told.
#[derive(Debug, Clone)]
pub struct DemoStore {
    pub till_id: TillId,
    /// Name, role and PIN of everybody.
    pub people: Vec<(String, Role, &'static str)>,
}

/// Makes the chain, one use case after the other.
struct Maker<'a> {
    services: &'a Services,
    rng: Rng,
    /// The owner, standing in the first store.
    owner: Ctx,
    owner_id: PersonId,
    branches: Vec<Branch>,
    /// Everybody in the customer book, and who of them pays no tax.
    customers: Vec<(CustomerId, Taxability)>,
    buying: vendors::Buying,
    accounts: accounts::Accounts,
}

/// Fills an empty database with the demo chain.
///
/// # Errors
/// [`ServiceError`] when the database is not empty or fails.
pub async fn make(db: db::Db, seed: u64, now: DateTime<Utc>) -> Result<DemoStore, ServiceError> {
    let begin = now - Duration::days(DAYS);
    let services = Services::new(db, Clock::standing_at(begin)).await?;
    let mut rng = Rng::with_seed(seed);
    let [first, others @ ..] = &STORES;
    let set_up = services.set_up(command(&mut rng, begin), first.first_run()).await?;
    let branch = Branch::new(set_up.store_id, set_up.till_id);
    let owner = branch.ctx(set_up.owner_id, people::OWNER, Role::Owner);
    let mut maker = Maker {
        services: &services,
        rng,
        owner,
        owner_id: set_up.owner_id,
        branches: vec![branch],
        customers: Vec::new(),
        buying: vendors::Buying::new(seed),
        accounts: accounts::Accounts::new(seed),
    };
    for plan in others {
        let owner = maker.owner.clone();
        let branch = plan.open(&services, &owner, || maker.command()).await?;
        maker.owner.actor.roles.insert(branch.store, Role::Owner);
        maker.branches.push(branch);
    }
    maker.hire().await?;
    maker.stock_up().await?;
    maker.meet_customers().await?;
    maker.open_accounts().await?;
    for day in 0..DAYS {
        maker.trade_a_day(begin + Duration::days(day + 1), day == DAYS - 1).await?;
        maker.buy(day, DAYS - 1).await?;
    }
    let mut people: Vec<_> = vec![(people::OWNER.to_owned(), Role::Owner, people::OWNER_PIN)];
    people.extend(people::HIRED.iter().map(|hired| (hired.name.to_owned(), hired.role, hired.pin)));
    Ok(DemoStore { till_id: set_up.till_id, people })
}

fn command(rng: &mut Rng, at: DateTime<Utc>) -> CommandId {
    let mut random = [0; 10];
    rng.fill(&mut random);
    CommandId::from_parts(u64::try_from(at.timestamp_millis()).unwrap_or(0), &random)
}

impl Maker<'_> {
    fn command(&mut self) -> CommandId {
        command(&mut self.rng, self.services.clock.now())
    }

    /// The owner, standing in one of the stores.
    fn owner_at(&self, branch: &Branch) -> Ctx {
        branch.ctx(self.owner_id, people::OWNER, Role::Owner)
    }

    async fn hire(&mut self) -> Result<(), ServiceError> {
        let stores: Vec<_> = self.branches.iter().map(|branch| branch.store).collect();
        for hired in &people::HIRED {
            let cmd = hired.command(self.command(), &stores);
            let id = self.services.save_person(&self.owner, cmd).await?;
            for at in hired.stores {
                if let Some(branch) = self.branches.get_mut(*at) {
                    branch.staff.push(hired.staff(id));
                }
            }
        }
        Ok(())
    }

    async fn stock_up(&mut self) -> Result<(), ServiceError> {
        let mut variations = Vec::new();
        for typed in goods::styles() {
            let cmd = SaveStyle { command_id: self.command(), style_id: None, version: 0, typed };
            let id = self.services.save_style(&self.owner, cmd).await?;
            let style = self.services.style(&self.owner, id).await?.style;
            variations.extend(style.variations.into_iter().map(|variation| (style.kind, variation)));
        }
        let mut branches = std::mem::take(&mut self.branches);
        for branch in &mut branches {
            for number in 0..PIECES {
                let mut typed = pieces::piece(&mut self.rng, number);
                // Every eighth piece is one of a style.
                if let Some((kind, of)) = self.rng.choice(&variations).filter(|_| number % 8 == 7) {
                    typed = pieces::of_variation(*kind, of, typed);
                }
                let price = Money::parse(&typed.price).map_err(ServiceError::internal)?;
                let id = self.receive(branch, typed).await?;
                branch.stock.push((id, price));
            }
            for typed in goods::lots() {
                let price = Money::parse(&typed.price).map_err(ServiceError::internal)?;
                let item = self.receive(branch, typed).await?;
                let found = db::repo::item::get(self.services.db.read(), item).await?;
                let lot = found.and_then(|Item { lot, .. }| lot).ok_or(ServiceError::NotFound("lot"))?;
                branch.lots.push(BranchLot { item, price, lot });
            }
        }
        self.branches = branches;
        Ok(())
    }

    async fn receive(&mut self, branch: &Branch, typed: TypedItem) -> Result<ItemId, ServiceError> {
        self.services.clock.advance(Duration::seconds(5));
        let cmd = SaveItem {
            command_id: self.command(),
            store_id: branch.store,
            item_id: None,
            version: 0,
            source: StockSource::Opening,
            typed,
        };
        let owner = self.owner_at(branch);
        self.services.save_item(&owner, cmd).await
    }

    async fn meet_customers(&mut self) -> Result<(), ServiceError> {
        for number in 0..CUSTOMERS {
            let city = STORES.get(number % STORES.len()).map_or(("", ""), |plan| (plan.city, plan.state));
            let (id, typed) = (self.command(), people::customer(&mut self.rng, number, city));
            let exempt = !typed.exemption_certificate.is_empty();
            let taxability = if exempt { Taxability::Exempt } else { Taxability::Taxable };
            let cmd = domain::customer::SaveCustomer { command_id: id, customer_id: None, version: 0, typed };
            self.customers.push((self.services.save_customer(&self.owner, cmd).await?, taxability));
        }
        self.settle_households().await
    }

    /// Every other pair of customers lives together, partners most of them.
    async fn settle_households(&mut self) -> Result<(), ServiceError> {
        let pairs: Vec<(CustomerId, CustomerId)> = self
            .customers
            .chunks_exact(2)
            .step_by(2)
            .filter_map(|pair| Some((pair.first()?.0, pair.last()?.0)))
            .collect();
        for (number, (one, other)) in pairs.into_iter().enumerate() {
            let name = format!("Household {}", number + 1);
            self.tie(one, HouseholdChange::Join { with: other, name }).await?;
            if number % 3 > 0 {
                self.tie(one, HouseholdChange::Partner { with: other }).await?;
            }
        }
        Ok(())
    }

    async fn tie(&mut self, customer_id: CustomerId, change: HouseholdChange) -> Result<(), ServiceError> {
        let cmd = ChangeHousehold { command_id: self.command(), customer_id, change };
        self.services.change_household(&self.owner, cmd).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_shares_a_pin() {
        let mut pins: Vec<_> =
            people::HIRED.iter().map(|hired| hired.pin).chain([people::OWNER_PIN]).collect();
        pins.sort_unstable();
        pins.dedup();
        assert_eq!(pins.len(), people::HIRED.len() + 1);
    }
}
