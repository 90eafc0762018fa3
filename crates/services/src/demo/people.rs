//! The made-up people of the demo store.

use crate::context::Ctx;
use domain::customer::{TypedAddress, TypedContact, TypedCustomer};
use domain::ids::{CommandId, PersonId, StoreId};
use domain::person::{Actor, Role, SavePerson};
use domain::store::SetUp;
use fastrand::Rng;
use std::collections::BTreeMap;

pub const OWNER: &str = "Olive Vane";
pub const OWNER_PIN: &str = "1357";

/// Somebody the demo store employs.
pub struct Hired {
    name: &'static str,
    login: &'static str,
    role: Role,
    pin: &'static str,
}

pub const HIRED: [Hired; 3] = [
    Hired { name: "Marlow Demo", login: "manager", role: Role::Manager, pin: "2468" },
    Hired { name: "Aster Sample", login: "associate", role: Role::Associate, pin: "1234" },
    Hired { name: "Bryn Ledger", login: "bookkeeper", role: Role::Bookkeeper, pin: "8642" },
];

#[derive(Debug, Clone)]
pub struct Staff {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
    pub pin: &'static str,
}

pub fn owner(id: PersonId) -> Staff {
    Staff { id, name: OWNER.to_owned(), role: Role::Owner, pin: OWNER_PIN }
}

impl Hired {
    pub fn command(&self, command_id: CommandId, store: StoreId) -> SavePerson {
        SavePerson {
            command_id,
            person_id: None,
            version: 0,
            name: self.name.to_owned(),
            login: self.login.to_owned(),
            active: true,
            roles: BTreeMap::from([(store, Some(self.role))]),
            password: format!("demo-store-{}", self.login),
            pin: self.pin.to_owned(),
        }
    }

    pub fn staff(&self, id: PersonId) -> Staff {
        Staff { id, name: self.name.to_owned(), role: self.role, pin: self.pin }
    }
}

impl Staff {
    pub fn ctx(&self, set_up: &SetUp) -> Ctx {
        let roles = BTreeMap::from([(set_up.store_id, self.role)]);
        Ctx {
            actor: Actor { person_id: self.id, name: self.name.clone(), roles },
            device: None,
            till: Some(set_up.till_id),
            store: set_up.store_id,
        }
    }
}

const FIRST: [&str; 16] = [
    "Alder", "Birch", "Clover", "Dahlia", "Elm", "Fern", "Ginger", "Hazel", "Iris", "Juniper", "Linden",
    "Maple", "Nettle", "Poppy", "Rowan", "Sage",
];
const LAST: [&str; 12] = [
    "Placeholder",
    "Example",
    "Specimen",
    "Mockingham",
    "Fictor",
    "Invented",
    "Pretend",
    "Makebelieve",
    "Sampleby",
    "Testwood",
    "Madeupson",
    "Imaginari",
];

/// A customer nobody could take for a real one.
pub fn customer(rng: &mut Rng, number: usize) -> TypedCustomer {
    let first = rng.choice(FIRST).unwrap_or("Alder");
    let last = rng.choice(LAST).unwrap_or("Example");
    let business = number % 20 == 7;
    let mail = format!("{}.{}{number}@example.test", first.to_lowercase(), last.to_lowercase());
    TypedCustomer {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        company: if business { format!("{last} Trading") } else { String::new() },
        phones: vec![TypedContact::new("mobile", format!("(555) 010-{:04}", 1_000 + number))],
        emails: vec![TypedContact::new("", mail)],
        addresses: vec![TypedAddress {
            city: "Sampleton".to_owned(),
            state: "IL".to_owned(),
            ..TypedAddress::default()
        }],
        exemption_certificate: if business { format!("R-{:05}", 40_000 + number) } else { String::new() },
        ..TypedCustomer::default()
    }
}
