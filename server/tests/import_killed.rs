//! The plug is pulled while a file comes in: what came in is in the books, and going on brings the rest, once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::ImportId;
use domain::import::{ImportCounts, ImportOutcome, ImportPreview, ImportState, ImportView, StartImport};
use std::fmt::Write as _;
use support::{Place, owner, send};
use trials::{Browser, Shop, fresh_command};

on_both_databases! {
    killed_in_the_middle_it_goes_on
}

const ROWS: u64 = 6_000;

fn list() -> String {
    let mut text = String::from("SKU,Name,Kind,Price,Cost,Style,Size\n");
    for number in 0..ROWS {
        // Three in a hundred are bad.
        let price = if number % 100 < 3 { "?".to_owned() } else { format!("{}.00", 100 + number) };
        writeln!(text, "K-{number},Ring {number},ring,{price},40.00,K-{},{}", number % 50, number % 7)
            .unwrap();
    }
    text
}

fn state(browser: &mut Browser) -> ImportState {
    browser.get("/api/v1/import/state").unwrap().done().unwrap()
}

fn start(browser: &mut Browser, shop: &Shop, import_id: ImportId, preview: &ImportPreview) {
    let cmd = StartImport {
        command_id: fresh_command(),
        store_id: shop.set_up.store_id,
        import_id,
        plan: preview.plan.clone(),
    };
    send(browser, "/api/v1/import/start", &cmd).unwrap().done::<()>().unwrap();
}

fn until(browser: &mut Browser, done: impl Fn(&ImportCounts) -> bool) -> ImportState {
    let begun = std::time::Instant::now();
    loop {
        let now = state(browser);
        match &now {
            ImportState::Running(_, _, counts) if !done(counts) => {}
            _ => return now,
        }
        assert!(begun.elapsed().as_secs() < 120, "it does not get on: {now:?}");
    }
}

fn killed_in_the_middle_it_goes_on(place: &Place) {
    let shop = place.shop(1, 1);
    let mut server = place.serve();
    let mut browser = owner(&server);
    let upload = format!("/api/v1/import/upload?command_id={}&name=k.csv&kind=pieces", fresh_command().0);
    let preview: ImportPreview = browser.post_json(&upload, list().as_bytes()).unwrap().done().unwrap();
    let surveyed = preview.surveyed.clone().unwrap();
    assert_eq!((surveyed.good, surveyed.bad, preview.missing.len()), (ROWS / 100 * 97, ROWS / 100 * 3, 0));
    let ImportState::Waiting(import, _) = state(&mut browser) else { panic!("it waits") };
    start(&mut browser, &shop, import, &preview);
    let before = until(&mut browser, |counts| counts.imported >= 500);
    let ImportState::Running(_, _, before) = before else { panic!("it was done too soon: {before:?}") };
    server.kill().unwrap();
    place.verifies();

    // The next server knows of it, and begins nothing by itself.
    server = place.serve();
    let mut browser = owner(&server);
    let view: ImportView = browser.get("/api/v1/import/view").unwrap().done().unwrap();
    let ImportState::Ended(found, name, _, ImportOutcome::Stopped(why)) = view.state else {
        panic!("{:?}", view.state)
    };
    assert_eq!(
        (found, name.as_str(), why.as_str()),
        (import, "k.csv", "the server was stopped in the middle")
    );
    start(&mut browser, &shop, import, &view.preview.unwrap());
    let ImportState::Ended(_, _, counts, outcome) = until(&mut browser, |_| false) else {
        panic!("not done")
    };
    assert_eq!(outcome, ImportOutcome::Finished);
    assert!(counts.already_there >= before.imported, "{counts:?} after {before:?}");
    assert_eq!(counts.imported + counts.already_there, ROWS / 100 * 97);
    assert_eq!(counts.rejected, ROWS / 100 * 3);
    let list = serde_json::json!({ "filter": domain::item::ItemFilter { limit: 1, ..Default::default() } });
    let page: domain::item::ItemPage =
        browser.post_json("/api/v1/item/list", &serde_json::to_vec(&list).unwrap()).unwrap().done().unwrap();
    assert_eq!(page.count, ROWS / 100 * 97 + 1, "the piece that was there, and each piece of the list once");
    server.kill().unwrap();
    place.verifies();
}
