//! Finding pieces, and what a list shows to whom.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::{ImportId, StoreId};
use domain::import::{StartImport, StonePlan};
use domain::item::{ItemFilter, ItemKind, ItemStatus, describe};
use domain::person::{Actor, Role};
use services::{Ctx, TableFile};
use std::fmt::Write as _;
use support::{Shop, cents, command};

on_both_databases! {
    a_jeweler_finds_the_stone
    a_tag_of_another_store_is_not_found
    a_search_counts_only_so_far
    who_may_not_know_cost_does_not_get_it
}

async fn bring_in(shop: &Shop, rows: &str) {
    let list =
        TableFile::read("stones.csv", format!("carat,color,clarity,price,shape,sku\n{rows}").as_bytes())
            .unwrap();
    let plan = StonePlan {
        cost_percent: "50".into(),
        origin: "natural".into(),
        ..StonePlan::guessed(&list.headers)
    };
    let cmd = StartImport {
        command_id: command(),
        store_id: shop.set_up.store_id,
        import_id: ImportId(command().0),
        plan: plan.into(),
    };
    let done = shop.services.import_file(&shop.owner, &cmd, &list, |_| ()).await.unwrap();
    assert_eq!(done.counts.rejected, 0, "{}", String::from_utf8_lossy(&done.rejects));
}

async fn found(shop: &Shop, typed: &str) -> Vec<String> {
    let items = shop.services.find_items(&shop.owner, shop.set_up.store_id, typed).await.unwrap();
    let mut names: Vec<String> = items.iter().map(|item| describe(&item.details)).collect();
    names.sort();
    names
}

async fn a_jeweler_finds_the_stone(shop: Shop) {
    bring_in(
        &shop,
        "1.5,E,VS1,9000,round,\n1.52,E,VS1,9100,round,\n1.5,D,VS1,9900,round,\n1.5,E,VS2,8000,round,\n\
         1.5,E,VS1,9000,emerald,\n0.5,E,VS1,1500,round,X-77\n2.01,E,VS1,20000,round,\n",
    )
    .await;
    let wanted = ["1.50 ct round natural diamond E VS1", "1.52 ct round natural diamond E VS1"];
    for typed in ["1.5 ct round E VS1", "1.5ct round e vs1", "vs1 E round 1.5"] {
        assert_eq!(found(&shop, typed).await, wanted, "{typed}");
    }
    assert_eq!(found(&shop, "1.5 round d").await[..1], ["1.50 ct round natural diamond D VS1"]);
    assert_eq!(found(&shop, ".5 round").await, ["0.50 ct round natural diamond E VS1"]);
    assert_eq!(found(&shop, "2 ct").await, ["2.01 ct round natural diamond E VS1"]);
    assert_eq!(found(&shop, "x-77").await, ["0.50 ct round natural diamond E VS1"]);
    // Somebody on the way to "emerald" is not led astray by the color.
    assert!(found(&shop, "1.5 e").await.iter().any(|name| name.contains("emerald")));
    assert_eq!(found(&shop, "1.5 em").await, ["1.50 ct emerald-cut natural diamond E VS1"]);
    assert_eq!(found(&shop, "vs1 vs2").await, [""; 0]);
}

async fn a_tag_of_another_store_is_not_found(shop: Shop) {
    let ring = shop.add_ring("100.00", "40.00").await;
    let ring = shop.services.item(&shop.owner, ring).await.unwrap().item;
    let elsewhere = StoreId(command().0);
    let stranger = Ctx {
        actor: Actor { roles: [(elsewhere, Role::Owner)].into(), ..shop.owner.actor.clone() },
        store: elsewhere,
        ..shop.owner.clone()
    };
    for typed in [ring.tag.as_str(), "platinum ring"] {
        assert_eq!(
            shop.services.find_items(&shop.owner, shop.set_up.store_id, typed).await.unwrap().len(),
            1
        );
        assert_eq!(shop.services.find_items(&stranger, elsewhere, typed).await.unwrap(), [], "{typed}");
    }
}

async fn a_search_counts_only_so_far(shop: Shop) {
    let mut rows = String::new();
    for number in 0..1_050 {
        writeln!(rows, "1.{:02},E,VS1,{},round,", number % 100, 1_000 + number).unwrap();
    }
    bring_in(&shop, &rows).await;
    shop.add_ring("100.00", "40.00").await;
    let list = |words: &str, offset| ItemFilter {
        words: words.to_owned(),
        offset,
        limit: 50,
        ..ItemFilter::default()
    };
    let page = |filter| shop.services.items(&shop.owner, filter);
    let all = page(list("", 0)).await.unwrap();
    assert_eq!((all.count, all.more), (1_051, false));
    assert_eq!(all.items[0].details.kind, ItemKind::Ring, "what came last stands first");
    assert_eq!(page(list("", 1_050)).await.unwrap().items.len(), 1);
    let diamonds = page(list("diamond", 950)).await.unwrap();
    assert_eq!(
        (diamonds.count, diamonds.more, diamonds.totals, diamonds.items.len()),
        (1_000, true, None, 50)
    );
    let few = page(list("1.07 diamond", 0)).await.unwrap();
    assert_eq!((few.count, few.more), (11, false));
    assert!(few.items.is_sorted_by(|one, other| one.id > other.id));
    let price = few.items.iter().map(|item| item.price.minor()).sum::<i64>();
    assert_eq!(few.totals.map(|totals| totals.price.minor()), Some(price));
    let none = ItemFilter { status: Some(ItemStatus::Sold), ..list("1.07 diamond", 0) };
    assert_eq!(page(none).await.unwrap().count, 0);
    let rings = ItemFilter { kind: Some(ItemKind::Ring), ..list("", 0) };
    let rings = page(rings).await.unwrap();
    assert_eq!((rings.count, rings.totals.and_then(|totals| totals.cost)), (1, Some(cents("40"))));
    shop.verifies().await;
}

async fn who_may_not_know_cost_does_not_get_it(shop: Shop) {
    let ring = shop.add_ring("100.00", "40.00").await;
    for (role, cost) in [(Role::Associate, None), (Role::Bookkeeper, Some(cents("40")))] {
        let ctx = shop.as_role(role);
        assert_eq!(shop.services.item(&ctx, ring).await.unwrap().item.cost, cost, "{role}");
        let page = shop.services.items(&ctx, ItemFilter { limit: 5, ..ItemFilter::default() }).await.unwrap();
        assert_eq!((page.items[0].cost, page.totals.and_then(|totals| totals.cost)), (cost, cost), "{role}");
        let found = shop.services.find_items(&ctx, shop.set_up.store_id, "ring").await.unwrap();
        assert_eq!(found[0].cost, cost, "{role}");
        let sent = serde_json::to_value(&found[0]).unwrap();
        assert_eq!(sent["cost"].is_null(), cost.is_none(), "{role}");
    }
}
