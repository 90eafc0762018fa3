//! A ticket with the figures of the rule book.
#![allow(dead_code, reason = "each test file uses a part")]

use domain::event::{Origin, Record};
use domain::ids::*;
use domain::item::{Holder, ItemStatus};
use domain::ledger::{AccountCode, code};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::{Actor, Role};
use domain::policy::StorePolicy;
use domain::rate::Rate;
use domain::sale::*;
use domain::tax::{Levy, TaxRounding, Taxability};
use std::collections::BTreeMap;
use uuid::Uuid;

pub fn cents(text: &str) -> Money {
    text.parse().unwrap()
}

pub fn store() -> StoreId {
    StoreId(Uuid::from_u128(1))
}

pub fn item(id: u128, price: &str, cost: &str) -> ItemInSale {
    ItemInSale {
        id: ItemId(Uuid::from_u128(id)),
        store_id: store(),
        tag: format!("P{id}"),
        description: "Ring".into(),
        taxability: Taxability::Taxable,
        price: cents(price),
        cost: cents(cost),
        lot: None,
        account: code::INVENTORY_SHOWCASE,
        status: ItemStatus::InStock,
        version: 1,
        holder: Holder::default(),
        held_by: None,
        lease: None,
    }
}

pub fn snapshot(items: Vec<ItemInSale>) -> Snapshot {
    let kind = |code: &str, nature, account| TenderKind {
        code: code.into(),
        label: code.into(),
        nature,
        account,
        active: true,
    };
    Snapshot {
        items,
        till: Some(TillInSale {
            session_id: TillSessionId(Uuid::from_u128(2)),
            till_id: TillId(Uuid::from_u128(3)),
            store_id: store(),
            legal_entity_id: LegalEntityId(Uuid::from_u128(4)),
            open: true,
        }),
        customer: None,
        taxes: TaxTable {
            levies: vec![Levy {
                jurisdiction_id: JurisdictionId(Uuid::from_u128(5)),
                rate: Rate::from_ppm(70_000),
                cap_per_item: None,
            }],
            rounding: TaxRounding::PerInvoice,
        },
        policy: StorePolicy::default(),
        tender_kinds: vec![
            kind("cash", TenderNature::Currency, code::TILL_CASH),
            kind("check", TenderNature::Check, code::UNDEPOSITED_FUNDS),
            kind("card", TenderNature::CardTerminal, code::CARD_CLEARING),
            kind("gift", TenderNature::StoredValue, code::GIFT_CARDS),
            kind("credit", TenderNature::StoredValue, code::STORE_CREDIT),
            kind("account", TenderNature::Account, code::RECEIVABLES),
            kind("transfer", TenderNature::BankTransfer, code::BANK),
        ],
        approvals: Vec::new(),
        sold: Vec::new(),
        refundable: Vec::new(),
        drawer: cents("100,000"),
        account: None,
        charged: Vec::new(),
        charged_to: std::collections::BTreeSet::new(),
        lessened: None,
        staff: vec![
            (actor(Role::Associate).person_id, Role::Associate),
            (PersonId(Uuid::from_u128(21)), Role::Associate),
            (manager(), Role::Manager),
        ],
    }
}

pub fn actor(role: Role) -> Actor {
    Actor {
        person_id: PersonId(Uuid::from_u128(20)),
        name: "Ada".into(),
        roles: BTreeMap::from([(store(), role)]),
    }
}

pub fn manager() -> PersonId {
    PersonId(Uuid::from_u128(77))
}

pub fn moment() -> Moment {
    Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), "2026-03-01".parse().unwrap())
}

pub fn command_id() -> CommandId {
    CommandId::from_parts(1_790_000_000_000, &[3; 10])
}

pub fn origin() -> Origin {
    Origin {
        actor: actor(Role::Associate).person_id,
        store: store(),
        till: Some(TillId(Uuid::from_u128(3))),
        session: None,
        device: None,
    }
}

pub fn tender(kind: &str, amount: &str) -> Tender {
    Tender { kind: kind.into(), amount: cents(amount), reference: "0042".into() }
}

pub fn command(snapshot: &Snapshot, total: &str, tenders: Vec<Tender>) -> CompleteSale {
    let line = |item: &ItemInSale| TicketLine {
        item_id: item.id,
        price: item.price,
        discount: None,
        quantity: None,
    };
    CompleteSale {
        command_id: command_id(),
        store_id: store(),
        session_id: TillSessionId(Uuid::from_u128(2)),
        customer_id: None,
        lines: snapshot.items.iter().map(line).collect(),
        discount: None,
        sellers: Vec::new(),
        tenders,
        expected_total: cents(total),
        approvals: Vec::new(),
        note: String::new(),
        exemption: None,
        voided: Vec::new(),
        returns: Vec::new(),
        secret_until: String::new(),
        override_reason: String::new(),
    }
}

pub fn run(snapshot: &Snapshot, cmd: &CompleteSale) -> Result<Outcome, Refusal> {
    complete(snapshot, cmd, &actor(Role::Associate), &origin(), &moment(), &mut Ids::new(cmd.command_id))
}

/// Sum per account, debit positive, in the order of the accounts.
pub fn sums(record: &Record) -> Vec<(i32, String)> {
    let mut sums: BTreeMap<AccountCode, Money> = BTreeMap::new();
    for line in record.entries.iter().flat_map(|entry| &entry.entry().lines) {
        let sum = sums.entry(line.account).or_default();
        *sum = sum.plus(line.amount).unwrap();
    }
    sums.into_iter()
        .filter(|(_, sum)| !sum.is_zero())
        .map(|(code, sum)| (code.get(), sum.to_string()))
        .collect()
}

pub fn posts(snapshot: &Snapshot, cmd: &CompleteSale, expected: &[(i32, &str)]) {
    let outcome = run(snapshot, cmd).unwrap();
    let expected: Vec<_> = expected.iter().map(|(code, amount)| (*code, cents(amount).to_string())).collect();
    assert_eq!(sums(&outcome.record), expected);
}
