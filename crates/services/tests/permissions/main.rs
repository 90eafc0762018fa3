//! Every use case that somebody asks for, tried by every role and by somebody from another store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod aging;
mod books;
mod counter;
mod customers;
mod people;
mod proof;
mod receivables;
mod receivables_collect;
mod vendors;

use domain::ids::{CustomerId, EventId, ItemId, SaleId, StoreId, TillSessionId};
use domain::person::{Actor, Permission, Role};
use services::{Ctx, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use support::Shop;
use uuid::Uuid;

on_both_databases! { every_use_case_asks_for_its_permission }

/// Who may do something in the store of the test.
enum Needs {
    /// Whoever has the permission there.
    Here(Permission),
    /// Whoever has the permission in any store: lists show the stores one works in, and some things belong
    /// to all stores.
    Anywhere(Permission),
    /// Whoever has one of two permissions there.
    Either(Permission, Permission),
    /// Whoever is signed in; it is about themselves, or shows to each what they may see.
    Nothing,
}

/// One use case by its name in the services, and what it answered as far as this test cares.
struct Try {
    name: &'static str,
    needs: Needs,
    answer: Result<(), ServiceError>,
}

fn tried<T>(name: &'static str, needs: Needs, answer: Result<T, ServiceError>) -> Try {
    Try { name, needs, answer: answer.map(drop) }
}

/// What there is in the store.
struct Known {
    ring: ItemId,
    sale: SaleId,
    event: EventId,
    session: TillSessionId,
    customer: CustomerId,
    owing: receivables::Owing,
}

impl Shop {
    async fn stocked(&self) -> Known {
        let ring = self.add_ring("100.00", "40.00").await;
        let band = self.add_ring("100.00", "40.00").await;
        let session = self.open_till("0").await;
        let cmd = self.sale(session, &[(band, "100.00")], "107.00", "107.00");
        let event = EventId(cmd.command_id.0);
        let sale = self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id;
        let typed = domain::customer::TypedCustomer { last_name: "Person".into(), ..Default::default() };
        let customer = self.meet(typed).await;
        let owing = self.owing(customer).await;
        Known { ring, sale, event, session, customer, owing }
    }

    /// Everything there is to do in the store, done by somebody. What is refused for another reason than
    /// permission was allowed as far as the role goes.
    async fn everything(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let mut all = self.at_the_counter(ctx, known).await;
        all.extend(self.in_the_books(ctx, known).await);
        all.extend(self.about_people(ctx).await);
        all.extend(self.in_the_customer_book(ctx, known).await);
        all.extend(self.with_vendors(ctx).await);
        all.extend(self.with_accounts(ctx, known).await);
        all.extend(self.with_overdue_accounts(ctx, known).await);
        all.extend(self.in_the_reports(ctx).await);
        all.extend(self.with_cards(ctx, known.customer).await);
        all
    }
}

async fn every_use_case_asks_for_its_permission(shop: Shop) {
    let known = shop.stocked().await;
    let mut names = BTreeSet::new();
    for role in Role::ALL {
        for Try { name, needs, answer } in shop.everything(&shop.as_role(*role), &known).await {
            names.insert(name);
            let may = match needs {
                Needs::Here(permission) | Needs::Anywhere(permission) => role.may(permission),
                Needs::Either(one, other) => role.may(one) || role.may(other),
                Needs::Nothing => true,
            };
            let forbidden = matches!(answer, Err(ServiceError::Forbidden(_)));
            assert_eq!(forbidden, !may, "{role} tries {name}: {answer:?}");
        }
    }
    let untried: Vec<_> = use_cases().into_iter().filter(|name| !names.contains(name.as_str())).collect();
    assert!(untried.is_empty(), "use cases that no test tries as every role: {untried:?}");

    let elsewhere = StoreId(Uuid::from_u128(99));
    let actor = Actor { roles: BTreeMap::from([(elsewhere, Role::Owner)]), ..shop.owner.actor.clone() };
    let foreign = Ctx { actor, store: elsewhere, ..shop.owner.clone() };
    for Try { name, needs, answer } in shop.everything(&foreign, &known).await {
        let refused = matches!(answer, Err(ServiceError::Forbidden(_)));
        let here = matches!(needs, Needs::Here(_) | Needs::Either(..));
        assert_eq!(refused, here, "an owner elsewhere tries {name}: {answer:?}");
    }
    shop.verifies().await;
}

/// The names of all functions of the services that somebody asks for, from their source.
fn use_cases() -> Vec<String> {
    fn read(folder: &Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, into);
                continue;
            }
            let source: String = std::fs::read_to_string(&path).unwrap().split_whitespace().collect();
            let asked = source.split("(&self,ctx:&Ctx").filter_map(|before| before.rsplit_once("fn"));
            into.extend(
                asked
                    .filter(|(head, _)| head.ends_with("pub") || head.ends_with("pubasync"))
                    .map(|(_, name)| name.to_owned()),
            );
        }
    }
    let mut names = Vec::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
    names.retain(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'));
    assert!(names.len() > 40, "{names:?}");
    names
}
