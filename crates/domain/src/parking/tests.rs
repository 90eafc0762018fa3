use super::*;
use crate::event::Origin;
use crate::ids::{CommandId, LegalEntityId, PersonId, StoreId, TillId, TillSessionId};
use crate::item::{Holder, ItemStatus};
use crate::moment::Moment;
use crate::person::{Actor, Role};
use crate::policy::StorePolicy;
use crate::sale::{Discount, DiscountOff, ItemInSale, TillInSale};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::collections::BTreeMap;
use uuid::Uuid;

fn store() -> StoreId {
    StoreId(Uuid::from_u128(1))
}

fn till(number: u128) -> TillInSale {
    TillInSale {
        session_id: TillSessionId(Uuid::from_u128(2)),
        till_id: TillId(Uuid::from_u128(number)),
        store_id: store(),
        legal_entity_id: LegalEntityId(Uuid::from_u128(4)),
        open: true,
    }
}

fn command(number: u8) -> CommandId {
    CommandId::from_parts(1_790_000_000_000, &[number; 10])
}

fn at(minutes: i64) -> DateTime<Utc> {
    let noon: DateTime<Utc> = "2026-03-01T12:00:00Z".parse().unwrap();
    noon + Duration::minutes(minutes)
}

fn moment(minutes: i64) -> Moment {
    Moment::new(at(minutes), "2026-03-01".parse().unwrap())
}

fn origin(till: u128) -> Origin {
    let (actor, till) = (PersonId(Uuid::from_u128(5)), Some(TillId(Uuid::from_u128(till))));
    Origin { actor, store: store(), till, session: None, device: None }
}

fn piece(number: u128) -> ItemInSale {
    ItemInSale {
        id: ItemId(Uuid::from_u128(number)),
        store_id: store(),
        tag: format!("P{number}"),
        description: "ring".into(),
        taxability: crate::tax::Taxability::Taxable,
        price: Money::from_minor(10_000),
        cost: Money::from_minor(4_000),
        lot: None,
        account: crate::ledger::code::INVENTORY_SHOWCASE,
        status: ItemStatus::InStock,
        version: 1,
        holder: Holder::default(),
        held_by: None,
        lease: None,
    }
}

fn reserved(item: ItemInSale, whose: Uuid, until: i64) -> ItemInSale {
    let holder = Holder { id: Some(whose), until: Some(at(until)) };
    ItemInSale { status: ItemStatus::Reserved, holder, ..item }
}

fn ticket(items: &[ItemInSale]) -> TicketContent {
    let line = |item: &ItemInSale| ParkedLine {
        item_id: item.id,
        tag: item.tag.clone(),
        price: item.price,
        discount: None,
        quantity: None,
    };
    TicketContent { lines: items.iter().map(line).collect(), ..TicketContent::default() }
}

fn park_command(items: &[ItemInSale]) -> ParkTicket {
    ParkTicket {
        command_id: command(1),
        store_id: store(),
        session_id: TillSessionId(Uuid::from_u128(2)),
        label: "Blue coat".into(),
        ticket: ticket(items),
        total: Money::from_minor(10_700),
    }
}

fn parked(items: &[ItemInSale], minutes: i64) -> Result<Parked, ParkRefusal> {
    park(&till(3), items, &park_command(items), &origin(3), &moment(minutes)).map(|(parked, _)| parked)
}

fn open_command(parked: &Parked) -> OpenParked {
    OpenParked {
        command_id: command(2),
        store_id: store(),
        session_id: TillSessionId(Uuid::from_u128(2)),
        parked_id: parked.id,
    }
}

fn opened(parked: &Parked, at_till: u128, items: &[ItemInSale], minutes: i64) -> Result<Opened, OpenRefusal> {
    let cmd = open_command(parked);
    open(
        parked,
        &till(at_till),
        items,
        (&[], &StorePolicy::default()),
        &cmd,
        &origin(at_till),
        &moment(minutes),
    )
    .map(|(opened, _)| opened)
}

#[test]
fn a_hold_is_for_one_and_runs_out() {
    let ours = Uuid::from_u128(3);
    let hold = |id, minutes| Holder { id: Some(id), until: Some(at(minutes)) };
    for (status, holder, now, expected) in [
        (ItemStatus::InStock, Holder::default(), 0, Held::Free),
        (ItemStatus::Reserved, hold(ours, 30), 30, Held::Ours),
        (ItemStatus::Reserved, hold(ours, 30), 31, Held::Free),
        (ItemStatus::Reserved, hold(Uuid::from_u128(8), 30), 30, Held::Away),
        (ItemStatus::Reserved, hold(Uuid::from_u128(8), 30), 31, Held::Free),
        (ItemStatus::Reserved, Holder { id: Some(ours), until: None }, 0, Held::Ours),
        (ItemStatus::Sold, hold(ours, 30), 31, Held::Away),
        (ItemStatus::Layaway, hold(ours, 30), 31, Held::Away),
    ] {
        assert_eq!(held(status, holder, ours, at(now)), expected, "{status} {holder:?} at {now}");
    }
}

#[test]
fn a_ticket_is_parked_with_its_pieces() {
    let items = [piece(10), reserved(piece(11), Uuid::from_u128(3), 20)];
    let (parked, record) = park(&till(3), &items, &park_command(&items), &origin(3), &moment(0)).unwrap();
    assert_eq!((parked.label.as_str(), parked.held_until), ("Blue coat", at(12 * 60)));
    let steps: Vec<_> =
        record.moves.iter().map(|step| (step.item(), step.from_version(), step.to())).collect();
    let (one, other) = (items[0].id, items[1].id);
    assert_eq!(
        steps,
        [(other, 1, ItemStatus::InStock), (one, 1, ItemStatus::Reserved), (other, 2, ItemStatus::Reserved)],
        "what this till held goes through the case"
    );
    assert!(record.moves.iter().skip(1).all(|step| step.holder().id == Some(parked.id.0)));

    let away = reserved(piece(11), Uuid::from_u128(8), 20);
    let refused = self::parked(std::slice::from_ref(&away), 0).unwrap_err();
    assert_eq!(refused.to_string(), "P11 is not to be had: Reserved");
    assert!(self::parked(&[away], 21).is_ok(), "its time is over");
    assert_eq!(self::parked(&[], 0), Err(ParkRefusal::Empty));
    let nameless = ParkTicket { label: " ".into(), ..park_command(&items) };
    let refused = park(&till(3), &items, &nameless, &origin(3), &moment(0)).map(|_| ());
    assert!(matches!(refused, Err(ParkRefusal::Label(_))));
    let elsewhere = park(&till(3), &items, &park_command(&items), &origin(4), &moment(0)).map(|_| ());
    assert_eq!(elsewhere, Err(ParkRefusal::OtherTill));
}

#[test]
fn what_changed_is_said_when_it_is_opened() {
    let items = [piece(10), piece(11), piece(12)];
    let mut parked = parked(&items, 0).unwrap();
    let off = DiscountOff::NewPrice(Money::from_minor(25_000));
    parked.ticket.discount = Some(Discount { off, reason: "price match".into() });
    let held = |item: &ItemInSale| reserved(item.clone(), parked.id.0, 720);
    let dearer = ItemInSale { price: Money::from_minor(12_000), ..held(&items[0]) };
    let sold = ItemInSale { held_by: Some("receipt 7".into()), status: ItemStatus::Sold, ..items[1].clone() };
    let now = [dearer, sold, held(&items[2])];
    let Opened { ticket, changes } = opened(&parked, 4, &now, 5).unwrap();
    let said: Vec<String> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "P10 costs 120.00 now, not 100.00",
            "P11 is off the ticket: Sold (receipt 7)",
            "the price agreed for the whole ticket is off: it was for the ticket as it was",
        ]
    );
    assert_eq!((ticket.lines.len(), ticket.discount), (2, None));
    assert_eq!(ticket.lines[0].price, Money::from_minor(12_000));
    for (state, refusal) in
        [(TicketState::Opened, OpenRefusal::Opened), (TicketState::ThrownAway, OpenRefusal::ThrownAway)]
    {
        let over = Parked { state, ..parked.clone() };
        assert_eq!(opened(&over, 4, &now, 5), Err(refusal));
    }
    let elsewhere = Parked { store_id: StoreId(Uuid::from_u128(9)), ..parked };
    assert_eq!(opened(&elsewhere, 4, &now, 5), Err(OpenRefusal::Unknown));
}

#[test]
fn a_manager_releases_what_others_hold() {
    let somebody = |role| Actor {
        person_id: PersonId(Uuid::from_u128(5)),
        name: "Test".into(),
        roles: BTreeMap::from([(store(), role)]),
    };
    let cmd =
        ReleasePiece { command_id: command(3), store_id: store(), item_id: piece(10).id, only_ours: false };
    let try_it = |item: &ItemInSale, role, minutes| {
        release(Some(item), &cmd, &somebody(role), &origin(3), &moment(minutes))
            .map(|record| record.moves.len())
    };
    let theirs = ItemInSale {
        held_by: Some("ticket “Blue coat”".into()),
        ..reserved(piece(10), Uuid::from_u128(8), 20)
    };
    let refused = try_it(&theirs, Role::Associate, 0).unwrap_err();
    assert_eq!(refused.to_string(), "P10 is held for ticket “Blue coat”: a manager may release it");
    assert_eq!(try_it(&theirs, Role::Manager, 0), Ok(1));
    assert_eq!(try_it(&theirs, Role::Associate, 21), Ok(1), "its time is over");
    assert_eq!(try_it(&reserved(piece(10), Uuid::from_u128(3), 20), Role::Associate, 0), Ok(1), "our own");
    assert_eq!(try_it(&piece(10), Role::Manager, 0), Err(ReleaseRefusal::NotHeld("P10".into())));
}

proptest! {
    /// However holds begin, run out and are taken: at any instant at most one till may sell a piece while a hold is
    /// on, and once it is over every till may.
    #[test]
    fn a_hold_keeps_out_all_but_one(whose in 3_u128..6, until in 0_i64..60, now in 0_i64..90) {
        let item = reserved(piece(10), Uuid::from_u128(whose), until);
        let tills = (3..6).filter(|till| item.is_for_sale_at(TillId(Uuid::from_u128(*till)), at(now)));
        prop_assert_eq!(tills.count(), if now > until { 3 } else { 1 });
    }

    /// Every step starts from the version before it, so the table of moves takes all of them.
    #[test]
    fn steps_follow_each_other(holds in prop::collection::vec((0_u128..4, 0_i64..60), 1..6), now in 0_i64..90) {
        let items: Vec<_> = holds.iter().zip(10_u128..).map(|((whose, until), number)| match whose {
            0 => piece(number),
            whose => reserved(piece(number), Uuid::from_u128(whose + 2), *until),
        }).collect();
        if let Ok((_, record)) = park(&till(3), &items, &park_command(&items), &origin(3), &moment(now)) {
            let mut versions: BTreeMap<ItemId, i64> = items.iter().map(|item| (item.id, item.version)).collect();
            for step in &record.moves {
                prop_assert_eq!(versions.get(&step.item()).copied(), Some(step.from_version()));
                versions.insert(step.item(), step.to_version());
            }
        }
    }
}

fn leased(item: ItemInSale, till: u128, until: i64) -> ItemInSale {
    let till = TillId(Uuid::from_u128(till));
    ItemInSale { lease: Some(Lease { till, until: at(until), said: lease_words("Ana", "Till 2") }), ..item }
}

#[test]
fn a_piece_on_a_ticket_is_for_nobody_else() {
    let till = TillId(Uuid::from_u128(3));
    let items = [
        piece(10),
        leased(piece(11), 8, 3),
        leased(piece(12), 3, 3),
        reserved(piece(13), Uuid::from_u128(8), 3),
    ];
    let cmd = KeepOnTicket { store_id: store(), pieces: items.iter().map(|item| item.id).collect() };
    let kept = keep(till, &items, &cmd, at(3));
    assert_eq!(kept.ours, [items[0].id, items[2].id]);
    let said: Vec<_> = kept.away.iter().map(|away| format!("{} is {}", away.tag, away.why)).collect();
    assert_eq!(said, ["P11 is on Ana's ticket at Till 2", "P13 is Reserved"]);
    // A lease that outlived its tablet is none.
    assert_eq!(keep(till, &items, &cmd, at(4)).ours.len(), 4);
    assert!(!items[1].is_for_sale_at(till, at(3)) && items[1].is_for_sale_at(till, at(4)));
    assert!(items[2].is_for_sale_at(till, at(3)), "it is ours");
    assert!(
        begins(&items[0], till, at(3)) && !begins(&items[2], till, at(3)) && begins(&items[2], till, at(4))
    );

    let refused = parked(&items[1..2], 3).unwrap_err();
    assert_eq!(refused.to_string(), "P11 is on Ana's ticket at Till 2");
    assert!(parked(&items[1..2], 4).is_ok());
    let ours = parked(&items[..1], 0).unwrap();
    let ran_out = leased(reserved(piece(10), ours.id.0, 720), 8, 730);
    let changes = opened(&ours, 3, &[ran_out], 725).unwrap().changes;
    assert_eq!(changes[0].to_string(), "P10 is off the ticket: it is on Ana's ticket at Till 2");
}
