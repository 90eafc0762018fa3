//! The made-up people of the demo store.

use domain::customer::{TypedAddress, TypedContact, TypedCustomer};
use domain::ids::{CommandId, PersonId, StoreId};
use domain::person::{Role, SavePerson};
use fastrand::Rng;

pub const OWNER: &str = "Olive Vane";
pub const OWNER_PIN: &str = "1357";

/// Somebody the demo chain employs.
pub struct Hired {
    pub name: &'static str,
    login: &'static str,
    pub role: Role,
    pub pin: &'static str,
    /// Where they work, by the place of the store in the chain.
    pub stores: &'static [usize],
}

const fn associate(
    name: &'static str,
    login: &'static str,
    pin: &'static str,
    stores: &'static [usize],
) -> Hired {
    Hired { name, login, role: Role::Associate, pin, stores }
}

/// Eight associates, whoever runs each store, and who keeps the books of all.
pub const HIRED: [Hired; 13] = [
    Hired { name: "Marlow Demo", login: "manager", role: Role::Manager, pin: "2468", stores: &[0] },
    associate("Aster Sample", "associate", "1234", &[0]),
    Hired {
        name: "Bryn Ledger",
        login: "bookkeeper",
        role: Role::Bookkeeper,
        pin: "8642",
        stores: &[0, 1, 2],
    },
    associate("Corin Stand-in", "corin", "3141", &[0]),
    associate("Dell Mockup", "dell", "2718", &[0, 1]),
    Hired { name: "Harbor Demo", login: "harbor", role: Role::Manager, pin: "5791", stores: &[1] },
    associate("Ember Sample", "ember", "1618", &[1]),
    associate("Flint Stand-in", "flint", "4669", &[1]),
    Hired { name: "Ridge Demo", login: "ridge", role: Role::Manager, pin: "6853", stores: &[2] },
    associate("Gale Mockup", "gale", "1732", &[2]),
    associate("Heath Sample", "heath", "2236", &[2]),
    associate("Ivy Stand-in", "ivy", "2645", &[2]),
    Hired { name: "Jasper Bench", login: "bench", role: Role::BenchJeweler, pin: "9513", stores: &[0] },
];

#[derive(Debug, Clone)]
pub struct Staff {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
}

impl Hired {
    pub fn command(&self, command_id: CommandId, stores: &[StoreId]) -> SavePerson {
        let roles = self.stores.iter().filter_map(|at| stores.get(*at));
        SavePerson {
            command_id,
            person_id: None,
            version: 0,
            name: self.name.to_owned(),
            login: self.login.to_owned(),
            active: true,
            roles: roles.map(|store| (*store, Some(self.role))).collect(),
            password: format!("demo-store-{}", self.login),
            pin: self.pin.to_owned(),
        }
    }

    pub fn staff(&self, id: PersonId) -> Staff {
        Staff { id, name: self.name.to_owned(), role: self.role }
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
pub fn customer(rng: &mut Rng, number: usize, (city, state): (&str, &str)) -> TypedCustomer {
    let first = rng.choice(FIRST).unwrap_or("Alder");
    let last = rng.choice(LAST).unwrap_or("Example");
    let business = number % 20 == 7;
    let tag = match number % 10 {
        _ if business => Some("trade"),
        0 | 3 => Some("bridal"),
        1 | 5 => Some("collector"),
        _ => None,
    };
    let mail = format!("{}.{}{number}@example.test", first.to_lowercase(), last.to_lowercase());
    TypedCustomer {
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        company: if business { format!("{last} Trading") } else { String::new() },
        phones: vec![TypedContact::new("mobile", format!("(555) 010-{:04}", 1_000 + number))],
        emails: vec![TypedContact::new("", mail)],
        addresses: vec![TypedAddress {
            city: city.to_owned(),
            state: state.to_owned(),
            ..TypedAddress::default()
        }],
        tags: tag.map(str::to_owned).into_iter().collect(),
        exemption_certificate: if business { format!("R-{:05}", 40_000 + number) } else { String::new() },
        ..TypedCustomer::default()
    }
}
