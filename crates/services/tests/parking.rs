//! Tickets put aside, and the pieces held for them: for one, and no longer than said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use domain::event::{AuditFilter, EventKind};
use domain::ids::{ItemId, ParkedId, TillId, TillSessionId};
use domain::item::{Aside, ItemFilter, ItemStatus, SaveItem, SetAside};
use domain::moment::Confirmed;
use domain::parking::{
    KeepOnTicket, Kept, OpenParked, ParkTicket, ParkedLine, ReleasePiece, ThrowAway, TicketContent,
};
use domain::person::Role;
use domain::sale::CompleteSale;
use domain::settings::{SaveSettings, SettingsEdit};
use domain::style::{SaveStyle, TypedStyle, TypedVariation};
use domain::till::OpenTill;
use services::{Ctx, ServiceError};
use support::{Shop, cents, command};

on_both_databases! {
    a_ticket_is_opened_at_another_till
    a_ticket_is_opened_once
    a_hold_runs_out_by_itself
    what_changed_is_said
    a_ticket_is_thrown_away
    a_manager_releases_a_piece
    a_hold_outlives_its_tablet
    what_ran_out_lies_in_the_case
    a_hold_begins_with_the_scan
    a_lease_outlives_its_tablet_by_minutes
    two_tills_scan_a_piece_at_once
}

/// Two tills of the store, open, with somebody at each.
struct Tills {
    one: (Ctx, TillSessionId),
    other: (Ctx, TillSessionId),
}

impl Shop {
    async fn tills(&self) -> Tills {
        let store_id = self.set_up.store_id;
        let version = self.services.config().unwrap().version;
        let edit = SettingsEdit::Till { store_id, till_id: None, name: "Till 2".into(), active: true };
        let cmd = SaveSettings { command_id: command(), version, edit };
        self.services.save_settings(&self.owner, cmd).await.unwrap();
        let config = self.services.config().unwrap();
        let second: TillId =
            config.stores[0].tills.iter().map(|till| till.id).find(|id| *id != self.set_up.till_id).unwrap();
        let one = (self.as_role(Role::Associate), self.open_till("0").await);
        let there = Ctx { till: Some(second), ..self.as_role(Role::Associate) };
        let open = OpenTill {
            command_id: command(),
            store_id,
            till_id: second,
            float: cents("0"),
            date_confirmed: Confirmed::No,
        };
        let session = self.services.open_till(&there, open).await.unwrap();
        Tills { one, other: (there, session) }
    }

    fn parking(&self, session: TillSessionId, pieces: &[(ItemId, &str)]) -> ParkTicket {
        let line = |(item, price): &(ItemId, &str)| ParkedLine {
            item_id: *item,
            tag: "tag".into(),
            price: cents(price),
            discount: None,
            quantity: None,
        };
        ParkTicket {
            command_id: command(),
            store_id: self.set_up.store_id,
            session_id: session,
            label: "Blue coat".into(),
            ticket: TicketContent { lines: pieces.iter().map(line).collect(), ..TicketContent::default() },
            total: cents("107.00"),
        }
    }

    fn opening(&self, session_id: TillSessionId, parked_id: ParkedId) -> OpenParked {
        OpenParked { command_id: command(), store_id: self.set_up.store_id, session_id, parked_id }
    }

    async fn try_to_sell(
        &self,
        (ctx, session): &(Ctx, TillSessionId),
        ring: ItemId,
    ) -> Result<(), ServiceError> {
        self.services.complete_sale(ctx, self.ring_sale(*session, ring)).await.map(drop)
    }

    fn ring_sale(&self, session: TillSessionId, ring: ItemId) -> CompleteSale {
        self.sale(session, &[(ring, "100.00")], "107.00", "107")
    }

    async fn status(&self, ring: ItemId) -> ItemStatus {
        self.services.item(&self.owner, ring).await.unwrap().item.status
    }

    async fn count(&self, kind: EventKind) -> usize {
        let filter = AuditFilter { limit: 100, ..AuditFilter::default() };
        let lines = self.services.audit(&self.owner, filter).await.unwrap().lines;
        lines.iter().filter(|line| line.kind == kind).count()
    }
}

async fn a_ticket_is_opened_at_another_till(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.parking(one.1, &[(ring, "100.00")]);
    let id = shop.services.park_ticket(&one.0, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.park_ticket(&one.0, cmd).await.unwrap(), id, "sent twice, parked once");
    let list = shop.services.parked_tickets(&other.0, shop.set_up.store_id).await.unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].label.as_str(), list[0].pieces, list[0].ran_out), ("Blue coat", 1, false));
    assert_eq!((list[0].till.as_str(), list[0].parked_by.as_str()), ("Till 1", "Owner"));

    let holder = shop.services.piece_holder(&other.0, ring).await.unwrap().unwrap();
    assert_eq!(holder.by.as_deref(), Some("parked ticket “Blue coat”"));
    for till in [&one, &other] {
        let refused = shop.try_to_sell(till, ring).await.unwrap_err();
        assert!(
            refused.to_string().ends_with("not for sale here: Reserved (parked ticket “Blue coat”)"),
            "{refused}"
        );
    }
    let aside = SetAside {
        command_id: command(),
        item_id: ring,
        aside: Aside::Quarantine,
        reason: "scratched".into(),
    };
    assert!(shop.services.set_aside(&shop.owner, aside).await.is_err(), "it is held");

    let opened = shop.services.open_parked(&other.0, shop.opening(other.1, id)).await.unwrap();
    assert_eq!((opened.changes.len(), opened.ticket.lines.len(), opened.items.len()), (0, 1, 1));
    assert!(shop.services.parked_tickets(&one.0, shop.set_up.store_id).await.unwrap().is_empty());
    let refused = shop.try_to_sell(&one, ring).await.unwrap_err();
    assert!(refused.to_string().ends_with("Reserved (Till 2)"), "{refused}");
    shop.verifies().await;
    shop.try_to_sell(&other, ring).await.unwrap();
    assert_eq!(shop.status(ring).await, ItemStatus::Sold);
    shop.verifies().await;
}

async fn a_ticket_is_opened_once(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    for _ in 0..6 {
        let ring = shop.add_ring("100.00", "40.00").await;
        let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(ring, "100.00")])).await.unwrap();
        let (here, there) = (shop.opening(one.1, id), shop.opening(other.1, id));
        let (first, second) = tokio::join!(
            shop.services.open_parked(&one.0, here.clone()),
            shop.services.open_parked(&other.0, there.clone())
        );
        let (won, again, lost) = match (first, second) {
            (Ok(won), Err(lost)) => (won, shop.services.open_parked(&one.0, here).await, lost),
            (Err(lost), Ok(won)) => (won, shop.services.open_parked(&other.0, there).await, lost),
            both => panic!("{both:?}"),
        };
        assert_eq!(again.unwrap(), won, "whoever sends again gets the same answer");
        assert_eq!(lost.to_string(), "somebody else has opened this ticket already");
    }
    shop.verifies().await;
}

async fn a_hold_runs_out_by_itself(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
    let both = [(ring, "100.00"), (band, "100.00")];
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &both)).await.unwrap();
    shop.clock.advance(Duration::hours(12));
    assert!(shop.try_to_sell(&other, ring).await.is_err(), "to the minute");
    shop.clock.advance(Duration::seconds(1));
    assert!(shop.services.parked_tickets(&one.0, shop.set_up.store_id).await.unwrap()[0].ran_out);
    // Nothing ran meanwhile: the sale itself decides by the clock.
    assert_eq!(shop.status(ring).await, ItemStatus::InStock);
    let tag = shop.services.item(&shop.owner, ring).await.unwrap().item.tag;
    let found = shop.services.find_items(&other.0, shop.set_up.store_id, &tag).await.unwrap();
    assert_eq!(found[0].status, ItemStatus::InStock, "a till may take it");
    shop.try_to_sell(&other, ring).await.unwrap();
    shop.verifies().await;
    // The ticket can still be opened, with what is left of it.
    let opened = shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap();
    let said: Vec<String> = opened.changes.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["tag is off the ticket: Sold (receipt S1-T2-000001)"]);
    assert_eq!(opened.ticket.lines.len(), 1);
    shop.try_to_sell(&one, band).await.unwrap();
    shop.verifies().await;
}

async fn what_changed_is_said(shop: Shop) {
    let Tills { one, .. } = shop.tills().await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(ring, "100.00")])).await.unwrap();
    let mut dearer = shop.new_ring("120.00", "40.00");
    (dearer.item_id, dearer.version) =
        (Some(ring), shop.services.item(&shop.owner, ring).await.unwrap().item.version);
    shop.services.save_item(&shop.owner, dearer).await.unwrap();
    let opened = shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap();
    assert_eq!(opened.changes[0].to_string(), "tag costs 120.00 now, not 100.00");
    assert_eq!((opened.ticket.lines[0].price, opened.items[0].price), (cents("120"), cents("120")));
    let sale = shop.sale(one.1, &[(ring, "120.00")], "128.40", "128.40");
    shop.services.complete_sale(&one.0, sale).await.unwrap();
    shop.verifies().await;
}

async fn a_ticket_is_thrown_away(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(ring, "100.00")])).await.unwrap();
    let store_id = shop.set_up.store_id;
    let away = ThrowAway { command_id: command(), store_id, parked_id: id };
    shop.services.throw_away_parked(&other.0, away.clone()).await.unwrap();
    shop.services.throw_away_parked(&other.0, away).await.unwrap();
    assert_eq!(
        (shop.status(ring).await, shop.count(EventKind::TicketThrownAway).await),
        (ItemStatus::InStock, 1)
    );
    let late = shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap_err();
    assert_eq!(late.to_string(), "this ticket was thrown away");
    shop.try_to_sell(&one, ring).await.unwrap();
    shop.verifies().await;
}

async fn a_manager_releases_a_piece(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(ring, "100.00")])).await.unwrap();
    let release = || ReleasePiece {
        command_id: command(),
        store_id: shop.set_up.store_id,
        item_id: ring,
        only_ours: false,
    };
    let refused = shop.services.release_piece(&other.0, release()).await.unwrap_err();
    assert!(refused.to_string().ends_with("a manager may release it"), "{refused}");
    let manager = Ctx { till: None, ..shop.as_role(Role::Manager) };
    shop.services.release_piece(&manager, release()).await.unwrap();
    shop.try_to_sell(&other, ring).await.unwrap();
    let opened = shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap();
    assert!(opened.ticket.lines.is_empty());
    // A till gives back what it holds itself.
    let band = shop.add_ring("100.00", "40.00").await;
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(band, "100.00")])).await.unwrap();
    shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap();
    let own = ReleasePiece { item_id: band, ..release() };
    shop.services.release_piece(&one.0, own).await.unwrap();
    shop.try_to_sell(&other, band).await.unwrap();
    shop.verifies().await;
}

async fn a_hold_outlives_its_tablet(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(ring, "100.00")])).await.unwrap();
    shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap();
    // The tablet dies with the ticket on its screen. Its till keeps the piece for half an hour.
    shop.clock.advance(Duration::minutes(30));
    assert!(shop.try_to_sell(&other, ring).await.is_err());
    shop.clock.advance(Duration::seconds(1));
    // What somebody parks next sweeps what ran out along.
    let band = shop.add_ring("100.00", "40.00").await;
    shop.services.park_ticket(&other.0, shop.parking(other.1, &[(band, "100.00")])).await.unwrap();
    assert_eq!(shop.status(ring).await, ItemStatus::InStock);
    shop.try_to_sell(&other, ring).await.unwrap();
    shop.verifies().await;
}

async fn what_ran_out_lies_in_the_case(shop: Shop) {
    let Tills { one, .. } = shop.tills().await;
    let variation =
        TypedVariation { price: "100".into(), cost: Some("40".into()), ..TypedVariation::default() };
    let typed = TypedStyle {
        number: "1042".into(),
        name: "Halo".into(),
        kind: "ring".into(),
        variations: vec![variation],
        ..TypedStyle::default()
    };
    let cmd = SaveStyle { command_id: command(), style_id: None, version: 0, typed };
    let style = shop.services.save_style(&shop.owner, cmd).await.unwrap();
    let of = shop.services.style(&shop.owner, style).await.unwrap().style.variations[0].id;
    let mut rings = Vec::new();
    for _ in 0..2 {
        let mut cmd: SaveItem = shop.new_ring("100.00", "40.00");
        cmd.typed.variation = Some(of);
        rings.push(shop.services.save_item(&shop.owner, cmd).await.unwrap());
    }
    let (ring, other) = (rings[0], rings[1]);
    let id = shop.services.park_ticket(&one.0, shop.parking(one.1, &[(ring, "100.00")])).await.unwrap();
    let stood = || async {
        let listed = |status, words: &str| {
            let filter =
                ItemFilter { status: Some(status), words: words.into(), limit: 9, ..ItemFilter::default() };
            let services = shop.services.clone();
            let owner = shop.owner.clone();
            async move { services.items(&owner, filter).await.unwrap().count }
        };
        let page = shop.services.styles(&shop.owner, "", 0, 9).await.unwrap();
        let stock = shop.services.style(&shop.owner, style).await.unwrap().stock;
        let everywhere = shop.services.find_everywhere(&shop.owner, "1042").await.unwrap().items;
        let for_sale = everywhere.iter().filter(|item| item.status == ItemStatus::InStock).count();
        (
            (page.styles[0].in_case, stock[0].in_case, stock[0].elsewhere, for_sale),
            (listed(ItemStatus::InStock, "").await, listed(ItemStatus::Reserved, "").await),
            (listed(ItemStatus::InStock, "1042").await, listed(ItemStatus::Reserved, "1042").await),
        )
    };
    assert_eq!(stood().await, ((1, 1, 1, 1), (1, 1), (1, 1)));
    shop.clock.advance(Duration::hours(12) + Duration::seconds(1));
    assert_eq!(stood().await, ((2, 2, 0, 2), (2, 0), (2, 0)), "nothing ran meanwhile");
    let aside = |item_id| SetAside {
        command_id: command(),
        item_id,
        aside: Aside::Quarantine,
        reason: "scratched".into(),
    };
    let cmd = aside(ring);
    shop.services.set_aside(&shop.owner, cmd.clone()).await.unwrap();
    shop.services.set_aside(&shop.owner, cmd).await.unwrap();
    assert_eq!(shop.status(ring).await, ItemStatus::Quarantine);
    let sheet = shop.services.item(&shop.owner, ring).await.unwrap();
    let steps: Vec<_> = sheet.moves.iter().map(|step| step.to).collect();
    assert_eq!(steps[2..], [ItemStatus::InStock, ItemStatus::Quarantine], "through the case, in one event");
    assert_eq!(sheet.moves[2].event, sheet.moves[3].event);
    let opened = shop.services.open_parked(&one.0, shop.opening(one.1, id)).await.unwrap();
    assert!(opened.changes[0].to_string().contains("is off the ticket: Set aside"), "{:?}", opened.changes);
    assert!(shop.services.set_aside(&shop.owner, aside(ring)).await.is_err(), "once");
    shop.try_to_sell(&one, other).await.unwrap();
    shop.verifies().await;
}

impl Shop {
    async fn on_ticket(&self, (ctx, _): &(Ctx, TillSessionId), pieces: &[ItemId]) -> Kept {
        let cmd = KeepOnTicket { store_id: self.set_up.store_id, pieces: pieces.to_vec() };
        self.services.keep_on_ticket(ctx, cmd).await.unwrap()
    }

    /// Whose ticket a piece is on, as somebody at a till sees it.
    async fn seen_on(&self, (ctx, _): &(Ctx, TillSessionId), ring: ItemId) -> Option<String> {
        let found = self.services.item(ctx, ring).await.unwrap().item;
        let cards = self.services.find_items(ctx, self.set_up.store_id, &found.tag).await.unwrap();
        assert_eq!(cards[0].on_ticket, found.on_ticket);
        found.on_ticket
    }
}

async fn a_hold_begins_with_the_scan(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
    let events = shop.services.audit(&shop.owner, AuditFilter { limit: 100, ..AuditFilter::default() }).await;
    assert_eq!(shop.on_ticket(&one, &[ring]).await, Kept { ours: vec![ring], away: Vec::new() });
    assert_eq!(shop.on_ticket(&one, &[ring]).await.ours, [ring], "said again");
    let whose = Some("on Owner's ticket at Till 1".to_owned());
    assert_eq!((shop.seen_on(&one, ring).await, shop.seen_on(&other, ring).await), (None, whose.clone()));
    // Nowhere else, and everybody is told whose it is.
    let kept = shop.on_ticket(&other, &[ring, band]).await;
    assert_eq!(kept.ours, [band]);
    assert_eq!(Some(kept.away[0].why.clone()), whose);
    let refused = shop.try_to_sell(&other, ring).await.unwrap_err();
    assert!(refused.to_string().ends_with("is on Owner's ticket at Till 1"), "{refused}");
    let parked = shop.services.park_ticket(&other.0, shop.parking(other.1, &[(ring, "100.00")])).await;
    assert!(parked.unwrap_err().to_string().ends_with("is on Owner's ticket at Till 1"));
    // Whoever clears a ticket lets go of nothing but their own.
    shop.on_ticket(&other, &[]).await;
    assert_eq!((shop.seen_on(&other, ring).await, shop.seen_on(&one, band).await), (whose, None));
    shop.on_ticket(&one, &[]).await;
    assert_eq!(shop.seen_on(&other, ring).await, None);
    // It is no history.
    let after = shop.services.audit(&shop.owner, AuditFilter { limit: 100, ..AuditFilter::default() }).await;
    assert_eq!(events.unwrap(), after.unwrap());
    assert_eq!(shop.services.item(&shop.owner, ring).await.unwrap().moves.len(), 1);
    // Somebody's own ticket is sold as ever.
    shop.on_ticket(&one, &[ring]).await;
    shop.try_to_sell(&one, ring).await.unwrap();
    let sold = shop.on_ticket(&one, &[ring]).await;
    assert!(sold.away[0].why.starts_with("Sold (receipt "), "{sold:?}");
    let nowhere = Ctx { till: None, ..one.0.clone() };
    let cmd = KeepOnTicket { store_id: shop.set_up.store_id, pieces: vec![band] };
    let refused = shop.services.keep_on_ticket(&nowhere, cmd).await.unwrap_err();
    assert_eq!(refused.to_string(), "this browser is no till of this store");
    shop.verifies().await;
}

async fn a_lease_outlives_its_tablet_by_minutes(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    let ring = shop.add_ring("100.00", "40.00").await;
    shop.on_ticket(&one, &[ring]).await;
    // The tablet dies. Its lease is over by the clock, and no task has to run.
    shop.clock.advance(Duration::minutes(3));
    assert!(shop.try_to_sell(&other, ring).await.is_err(), "to the minute");
    shop.clock.advance(Duration::seconds(1));
    assert_eq!(shop.seen_on(&other, ring).await, None);
    assert_eq!(shop.on_ticket(&other, &[ring]).await.ours, [ring]);
    // It comes back and says what it had on its ticket.
    let late = shop.on_ticket(&one, &[ring]).await;
    assert_eq!(late.away[0].why, "on Owner's ticket at Till 2");
    // As long as a ticket is open its lease is renewed.
    for _ in 0..5 {
        shop.clock.advance(Duration::minutes(2));
        assert_eq!(shop.on_ticket(&other, &[ring]).await.ours, [ring]);
        assert!(shop.try_to_sell(&one, ring).await.is_err());
    }
    shop.try_to_sell(&other, ring).await.unwrap();
    shop.verifies().await;
}

async fn two_tills_scan_a_piece_at_once(shop: Shop) {
    let Tills { one, other } = shop.tills().await;
    for _ in 0..6 {
        let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
        let (here, there) = ([ring, band], [band, ring]);
        let (first, second) = tokio::join!(shop.on_ticket(&one, &here), shop.on_ticket(&other, &there));
        let had = first.ours.len() + second.ours.len();
        assert_eq!((had, first.away.len() + second.away.len()), (2, 2), "{first:?} {second:?}");
        let won = if first.ours.is_empty() { &other } else { &one };
        let lost = if first.ours.is_empty() { &one } else { &other };
        assert!(shop.try_to_sell(lost, ring).await.is_err());
        shop.try_to_sell(won, ring).await.unwrap();
        shop.on_ticket(won, &[]).await;
    }
    shop.verifies().await;
}
