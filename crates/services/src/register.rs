//! Everything the register page needs, in one answer.

use crate::context::Ctx;
use crate::days::work_date;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::{item, person};
use domain::ids::StoreId;
use domain::item::{CostShown, Item, ShownItem};
use domain::person::Permission;
use domain::register::RegisterSnapshot;

/// Who is signed in, where, and what they may do there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub person: String,
    pub store: String,
    pub till: Option<String>,
    pub demo: bool,
    pub permissions: Vec<Permission>,
    /// Minutes without a touch after which a till asks for a PIN; none on a browser that is no till.
    pub idle_minutes: Option<u32>,
}

/// The most pieces a find shows at once; the next letter narrows it down.
pub(crate) const FOUND_AT_ONCE: u64 = 24;

impl Services {
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn register_snapshot(&self, ctx: &Ctx) -> Result<RegisterSnapshot, ServiceError> {
        let config = self.config()?;
        let store = config.store(ctx.store)?;
        let till = match ctx.till {
            Some(till) => Some(config.till(till)?)
                .filter(|(store, _)| store.store.id == ctx.store)
                .map(|(_, till)| till.clone()),
            None => None,
        };
        let session = match &till {
            Some(till) => self.open_session(till.id).await?,
            None => None,
        };
        let date = match &session {
            Some(session) => session.business_date,
            None => work_date(self.db.read(), ctx.store, self.today(ctx.store)?).await?,
        };
        let role = ctx.actor.roles.get(&ctx.store).copied().ok_or(ServiceError::NotSignedIn)?;
        let people = person::list(self.db.read()).await?;
        let here = people.iter().filter(|p| p.active && p.roles.contains_key(&ctx.store));
        let named = |p: &person::Person| (p.id, p.name.clone());
        Ok(RegisterSnapshot {
            organization: config.organization.name.clone(),
            demo: config.organization.demo,
            store: store.store.clone(),
            till,
            session_id: session.map(|session| session.id),
            person_id: ctx.person(),
            person: ctx.actor.name.clone(),
            role,
            permissions: Permission::ALL.iter().copied().filter(|p| role.may(*p)).collect(),
            business_date: date,
            taxes: config.taxes(ctx.store, date)?,
            discount_limit: store.policy.discount_limits.of(role),
            policy: store.policy.clone(),
            tender_kinds: config.tender_kinds.iter().filter(|kind| kind.active).cloned().collect(),
            staff: here.clone().filter(|p| p.actor().may(Permission::Sell, ctx.store)).map(named).collect(),
            approvers: here
                .filter(|p| p.has_pin && p.actor().may(Permission::Approve, ctx.store))
                .map(named)
                .collect(),
        })
    }

    /// Pieces by tag, serial or words, the best first. Cost is hidden from those without the right.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to see pieces.
    pub async fn find_items(
        &self,
        ctx: &Ctx,
        store: StoreId,
        typed: &str,
    ) -> Result<Vec<ShownItem>, ServiceError> {
        ctx.require(Permission::ViewItems, store)?;
        let stores = ctx.stores_with(Permission::ViewItems)?;
        let (till, now) = (ctx.till, self.clock.now());
        let mut items = item::find(self.db.read(), (store, &stores), typed, FOUND_AT_ONCE, now).await?;
        self.on_tickets(ctx, &mut items).await?;
        let shown = |item: Item| without_secret_cost(ctx, item.as_seen_from(till, now));
        Ok(items.into_iter().map(shown).collect())
    }
}

/// Takes the cost off a piece that this person may not know the cost of.
pub(crate) fn without_secret_cost(ctx: &Ctx, item: Item) -> ShownItem {
    let may = ctx.actor.may(Permission::ViewCost, item.store_id);
    item.shown(if may { CostShown::Yes } else { CostShown::No })
}

impl Services {
    /// The till a browser is paired with, as its sign-in page shows it.
    ///
    /// # Errors
    /// [`ServiceError`] when the database fails.
    pub async fn sign_in_page(
        &self,
        till: domain::ids::TillId,
    ) -> Result<(domain::store::Store, String, Vec<(domain::ids::PersonId, String)>), ServiceError> {
        let config = self.config()?;
        let (store, settings) = config.till(till)?;
        Ok((store.store.clone(), settings.name.clone(), self.people_at(till).await?))
    }

    /// What the frame around every page shows, from the settings in memory.
    ///
    /// # Errors
    /// [`ServiceError::NotSignedIn`] for somebody without a role in the store.
    pub fn place(&self, ctx: &Ctx) -> Result<Place, ServiceError> {
        let config = self.config()?;
        let store = config.store(ctx.store)?;
        let role = ctx.actor.roles.get(&ctx.store).copied().ok_or(ServiceError::NotSignedIn)?;
        let till = store.tills.iter().find(|till| Some(till.id) == ctx.till);
        Ok(Place {
            person: ctx.actor.name.clone(),
            store: store.store.name.clone(),
            till: till.map(|till| till.name.clone()),
            demo: config.organization.demo,
            permissions: Permission::ALL.iter().copied().filter(|p| role.may(*p)).collect(),
            idle_minutes: till.map(|_| store.policy.idle_lock_minutes),
        })
    }

    /// The first till of a demo store; a real one prints no pairing links.
    #[must_use]
    pub fn demo_till(&self) -> Option<domain::ids::TillId> {
        let config = self.config().ok().filter(|config| config.organization.demo)?;
        config.stores.first()?.tills.first().map(|till| till.id)
    }
}
