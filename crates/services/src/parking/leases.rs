//! What stands on the ticket that is being made at a till.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use db::repo::{lease, sale};
use domain::ids::ItemId;
use domain::item::{Item, ItemStatus};
use domain::live::{News, NewsKind};
use domain::parking::{self as rules, KeepOnTicket, Kept, Lease, lease_words, leased_for};
use domain::person::Permission;
use domain::sale::MOST_LINES;
use std::sync::Arc;

impl Services {
    /// Keeps what stands on the ticket of this till from other tills, for a few minutes; what is no longer on it is let
    /// go, and nothing of any other till. A register says so again as long as its ticket is open. It is no event:
    /// nothing happened yet, and saying it twice changes nothing.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not sell here, a refusal where this is no till of the store.
    pub async fn keep_on_ticket(&self, ctx: &Ctx, cmd: KeepOnTicket) -> Result<Kept, ServiceError> {
        ctx.require(Permission::Sell, cmd.store_id)?;
        let config = self.config()?;
        let here = config.store(cmd.store_id)?.tills.iter().find(|till| Some(till.id) == ctx.till);
        let till = here.ok_or_else(|| ServiceError::refused("this browser is no till of this store"))?;
        let (store, till_id, now) = (cmd.store_id, till.id, self.clock.now());
        let lease = Lease {
            till: till_id,
            until: now + leased_for(),
            said: lease_words(&ctx.actor.name, &till.name),
        };
        let (cmd, lease) = (Arc::new(cmd), Arc::new(lease));
        let (kept, others_see) = self
            .db
            .write(move |tx| {
                let (cmd, lease) = (Arc::clone(&cmd), Arc::clone(&lease));
                Box::pin(async move {
                    let ids: Vec<ItemId> = cmd.pieces.iter().copied().take(MOST_LINES).collect();
                    // Locked before they are read: of two tills that scan a piece at once, the second sees the first.
                    sale::lock_items(tx, &ids.iter().copied().collect()).await?;
                    let items = if ids.is_empty() { Vec::new() } else { sale::load_items(tx, &ids).await? };
                    let kept = rules::keep(till_id, &items, &cmd, now);
                    let ours = items.iter().filter(|item| kept.ours.contains(&item.id));
                    let begun = ours.filter(|item| rules::begins(item, till_id, now)).count();
                    let gone = lease::keep(tx, &kept.ours, &lease, now).await?;
                    Ok::<_, ServiceError>((kept, begun > 0 || gone > 0))
                })
            })
            .await?;
        if others_see {
            self.live.tell(News::of(NewsKind::Tickets, store, till_id));
        }
        Ok(kept)
    }

    /// Says of pieces whose open ticket they stand on, as whoever asks sees it.
    pub(crate) async fn on_tickets(&self, ctx: &Ctx, items: &mut [Item]) -> Result<(), ServiceError> {
        if items.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        let leases = lease::of(self.db.read(), items.iter().map(|item| item.id)).await?;
        for item in items {
            let lease = leases.get(&item.id).filter(|lease| lease.keeps_from(ctx.till, now));
            // What was sold meanwhile is on nobody's ticket.
            let for_sale = matches!(item.status, ItemStatus::InStock | ItemStatus::Reserved);
            item.on_ticket = lease.filter(|_| for_sale).map(|lease| lease.said.clone());
        }
        Ok(())
    }
}
