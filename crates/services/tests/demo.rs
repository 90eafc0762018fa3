//! The demo chain: three stores with everything a visitor looks for, the same for the same seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use db::Db;
use domain::customer::CustomerFilter;
use domain::ids::StoreId;
use domain::item::{ItemFilter, ItemStatus};
use domain::ledger::{AccountSum, LineFilter};
use domain::person::{Actor, Role};
use domain::sale::{SaleFilter, TenderKind, TenderNature};
use domain::vendor::{BillFilter, OrderFilter, VendorFilter};
use migrations::{Migrator, MigratorTrait};
use services::{Clock, Ctx, Services};
use support::{Shop, noon};

on_both_databases! { the_demo_chain_is_whole }

/// A demo chain of its own, and its owner.
async fn demo(shop: &Shop) -> (Services, Ctx) {
    let location = shop.elsewhere().await;
    let connection = Db::connect_for_migration(&location).await.unwrap();
    Migrator::up(&connection, None).await.unwrap();
    connection.close().await.unwrap();
    let db = Db::open(&location).await.unwrap();
    services::prepare(&db).await.unwrap();
    services::make_demo(db, 1, noon()).await.unwrap();
    let services =
        Services::new(Db::open(&location).await.unwrap(), Clock::standing_at(noon())).await.unwrap();
    let stores: Vec<StoreId> = services.config().unwrap().stores.iter().map(|store| store.store.id).collect();
    let roles = stores.iter().map(|store| (*store, Role::Owner)).collect();
    let actor = Actor { roles, ..shop.owner.actor.clone() };
    (services, Ctx { actor, device: None, till: None, store: stores[0] })
}

async fn the_demo_chain_is_whole(shop: Shop) {
    let (services, owner) = demo(&shop).await;
    let config = services.config().unwrap();
    let states: Vec<_> = config.stores.iter().map(|store| store.store.state.clone()).collect();
    assert_eq!(states, ["IL", "FL", "CO"]);
    assert!(config.jurisdictions.iter().any(|one| one.rates.iter().any(|rate| rate.cap_per_item.is_some())));
    let people = services.people(&owner).await.unwrap();
    let associates =
        people.iter().filter(|person| person.roles.values().any(|role| *role == Role::Associate));
    assert_eq!(associates.count(), 8);
    let in_case = ItemFilter { status: Some(ItemStatus::InStock), limit: 1, ..ItemFilter::default() };
    let in_case = services.items(&owner, in_case).await.unwrap().count;
    assert!(in_case >= 600, "{in_case} pieces");
    assert_eq!(
        services
            .customers(&owner, CustomerFilter { limit: 1, ..CustomerFilter::default() })
            .await
            .unwrap()
            .count,
        400
    );
    assert_eq!(services.styles(&owner, "", 0, 10).await.unwrap().count, 3);
    let sales = SaleFilter { limit: 200, ..SaleFilter::default() };
    let page = services.sales(&owner, sales.clone()).await.unwrap();
    assert!(page.count >= 200, "{} sales", page.count);
    assert!(page.totals.returned.is_positive() && page.totals.discount.is_positive());
    assert!(
        page.sales.iter().any(|sale| sale.returned.is_positive() && sale.net.is_positive()),
        "an exchange"
    );
    // What is charged to an account or comes by transfer is the office's: the demo bills and is paid there.
    let in_office =
        |kind: &&TenderKind| matches!(kind.nature, TenderNature::Account | TenderNature::BankTransfer);
    for kind in config.tender_kinds.iter().filter(|kind| !in_office(kind)) {
        let with = SaleFilter { tender: Some(kind.code.clone()), ..sales.clone() };
        assert!(services.sales(&owner, with).await.unwrap().count > 10, "{}", kind.code);
    }
    for store in &config.stores {
        let sold = page.sales.iter().filter(|sale| sale.store == store.store.id).count();
        assert!(sold > 20, "{sold} of the last sales in {}", store.store.name);
    }
    let vendors = VendorFilter { limit: 10, ..VendorFilter::default() };
    let vendors = services.vendors(&owner, vendors).await.unwrap();
    assert_eq!(vendors.count, 4);
    let owed = services.open_bills(&owner, BillFilter { limit: 10, ..BillFilter::default() }).await.unwrap();
    assert!(owed.count == 2 && owed.overdue.is_positive() && owed.open > owed.overdue, "{owed:?}");
    assert_eq!(
        services.orders(&owner, OrderFilter { limit: 10, ..OrderFilter::default() }).await.unwrap().count,
        2
    );
    let report = services.verify().await.unwrap();
    assert_eq!(report.findings, []);
    let sums: Vec<AccountSum> = services.trial_balance(&owner, LineFilter::default()).await.unwrap();
    let (again, its_owner) = demo_again(&shop).await;
    assert_eq!(again.trial_balance(&its_owner, LineFilter::default()).await.unwrap(), sums, "the same seed");
}

async fn demo_again(shop: &Shop) -> (Services, Ctx) {
    let other = match &shop.location {
        db::Location::File(_) => Shop::on_sqlite().await,
        db::Location::Server(_) => Shop::on_postgres().await,
    };
    demo(&other).await
}
