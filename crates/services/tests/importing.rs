//! Stones that come as a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::ImportId;
use domain::import::{
    ImportCounts, ImportKind, ImportOutcome, ImportState, StartImport, StoneColumn, StonePlan,
};
use domain::item::{ItemFilter, SaveItem, StockSource, TypedItem};
use domain::person::Role;
use services::{Ctx, ServiceError, TableFile};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use support::{Shop, cents, command};

on_both_databases! {
    good_rows_go_in_and_bad_rows_come_back
    a_second_run_adds_nothing
    an_import_that_was_killed_is_run_again
    a_till_sells_meanwhile
    only_who_may_know_cost_imports
    what_is_missing_is_asked_for
    two_runs_at_once_bring_each_stone_once
    tags_have_no_gaps_and_pass_over_typed_ones
    a_file_from_the_screen_is_kept_only_as_long_as_needed
}

/// A list with this many good rows; every fourth repeats the one before, and every hundredth is followed by
/// a bad one.
fn list(good: usize) -> String {
    let mut text = String::from("carat,cut,color,clarity,depth,table,price,x,y,z\n");
    let mut last = String::new();
    for number in 0..good {
        if number % 4 != 3 || last.is_empty() {
            let color = ["D", "E", "F", "G", "H", "I", "J"][number % 7];
            let clarity = ["IF", "VVS1", "VS1", "VS2", "SI1"][number % 5];
            last = format!("0.{:02},Ideal,{color},{clarity},60,55,{},5,5,3", 20 + number % 80, 300 + number);
        }
        writeln!(text, "{last}").unwrap();
        if number % 100 == 99 {
            text.push_str("0.5,Ideal,E,VS1,60,55,900,5,5,0\n");
        }
    }
    text
}

fn file(text: &str) -> TableFile {
    TableFile::read("stones.csv", text.as_bytes()).unwrap()
}

fn plan(file: &TableFile) -> StonePlan {
    StonePlan {
        cost_percent: "55".into(),
        origin: "natural".into(),
        shape: "round".into(),
        ..StonePlan::guessed(&file.headers)
    }
}

fn start(shop: &Shop, file: &TableFile) -> StartImport {
    StartImport {
        command_id: command(),
        store_id: shop.set_up.store_id,
        import_id: ImportId(command().0),
        plan: plan(file).into(),
    }
}

async fn import(shop: &Shop, file: &TableFile) -> (ImportCounts, String) {
    let done = shop.services.import_file(&shop.owner, &start(shop, file), file, |_| ()).await.unwrap();
    (done.counts, String::from_utf8(done.rejects).unwrap())
}

fn counts(imported: u64, rejected: u64, already_there: u64) -> ImportCounts {
    ImportCounts { imported, rejected, already_there, left_out: 0, rows: imported + rejected + already_there }
}

async fn pieces(shop: &Shop) -> u64 {
    let filter = ItemFilter { limit: 1, ..ItemFilter::default() };
    shop.services.items(&shop.owner, filter).await.unwrap().count
}

async fn good_rows_go_in_and_bad_rows_come_back(shop: Shop) {
    let list = file("carat,color,price,x,y,z\n1,E,1000,6.5,6.5,4\n1,E,1000,6.5,6.5,0\n=cmd|x,B,-5,,,\n");
    let (done, rejects) = import(&shop, &list).await;
    assert_eq!(done, counts(1, 2, 0));
    assert_eq!(
        rejects,
        "Line in the file,Reason,carat,color,price,x,y,z\n\
         3,z: the measure is zero,1,E,1000,6.5,6.5,0\n\
         4,carat: “=cmd|x” is no weight in carat such as 1.02; price: the price must be more than zero; \
         color: “B” is no color,'=cmd|x,B,'-5,,,\n"
    );
    assert_eq!((shop.balance(1200).await, shop.balance(3900).await), (cents("550"), cents("-550")));

    // Mended, the same file brings in what was wrong.
    let mended = rejects.replace(",0\n", ",4\n").replace("'=cmd|x,B,'-5", "0.5,F,700");
    assert_eq!(import(&shop, &file(&mended)).await.0, counts(1, 0, 1), "one of them is there already");
    shop.verifies().await;
}

async fn a_second_run_adds_nothing(shop: Shop) {
    let list = file(&list(1_000));
    assert_eq!(import(&shop, &list).await.0, counts(1_000, 10, 0));
    let worth = shop.balance(1200).await;
    assert_eq!(import(&shop, &list).await.0, counts(0, 10, 1_000));
    assert_eq!((pieces(&shop).await, shop.balance(1200).await), (1_000, worth));
    shop.verifies().await;
}

async fn an_import_that_was_killed_is_run_again(shop: Shop) {
    let list = file(&list(1_000));
    let (services, owner, cmd, part) =
        (shop.services.clone(), shop.owner.clone(), start(&shop, &list), list.clone());
    let (told, done) = (tokio::sync::Notify::new(), AtomicU64::new(0));
    let run = services.import_file(&owner, &cmd, &part, |counts| {
        done.store(counts.imported, Ordering::Relaxed);
        if counts.imported >= 200 {
            told.notify_one();
        }
    });
    tokio::select! {
        biased;
        () = told.notified() => {}
        _ = run => panic!("it ran to its end"),
    }
    let before = pieces(&shop).await;
    assert!((200..1_000).contains(&before), "{before}");
    let (after, _) = import(&shop, &list).await;
    assert_eq!(after.imported + after.already_there, 1_000);
    assert!(after.already_there >= before, "a portion may have been under way");
    assert_eq!(pieces(&shop).await, 1_000);
    shop.verifies().await;
}

async fn a_till_sells_meanwhile(shop: Shop) {
    let session = shop.open_till("0").await;
    let mut rings = Vec::new();
    for _ in 0..20 {
        rings.push(shop.add_ring("100.00", "40.00").await);
    }
    let list = file(&list(2_000));
    let (services, owner, cmd) = (shop.services.clone(), shop.owner.clone(), start(&shop, &list));
    let importing = AtomicBool::new(true);
    let run = async {
        let done = services.import_file(&owner, &cmd, &list, |_| ()).await.unwrap();
        importing.store(false, Ordering::Relaxed);
        done.counts
    };
    let sell = async {
        let mut meanwhile = 0;
        for ring in rings {
            let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107.00");
            let begun = Instant::now();
            shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
            // Generous for a debug build on a busy machine; what counts is that it does not wait for the end.
            assert!(begun.elapsed() < Duration::from_secs(5));
            meanwhile += u32::from(importing.load(Ordering::Relaxed));
        }
        meanwhile
    };
    let (done, meanwhile) = tokio::join!(run, sell);
    assert_eq!(done, counts(2_000, 20, 0));
    assert!(meanwhile > 0, "no sale was made while the import ran");
    shop.verifies().await;
}

async fn only_who_may_know_cost_imports(shop: Shop) {
    let list = file(&list(1));
    for role in [Role::Associate, Role::BenchJeweler] {
        let refused =
            shop.services.import_file(&shop.as_role(role), &start(&shop, &list), &list, |_| ()).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{role}");
        let refused = shop.services.begin_upload(&shop.as_role(role), command());
        assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{role}");
    }
    let elsewhere = Ctx {
        actor: domain::person::Actor { roles: [].into(), ..shop.owner.actor.clone() },
        ..shop.owner.clone()
    };
    let refused = shop.services.import_file(&elsewhere, &start(&shop, &list), &list, |_| ()).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    assert_eq!(pieces(&shop).await, 0);
    let (bookkeeper, cmd) = (shop.as_role(Role::Bookkeeper), start(&shop, &list));
    let done = shop.services.import_file(&bookkeeper, &cmd, &list, |_| ()).await.unwrap();
    assert_eq!(done.counts, counts(1, 0, 0));
}

async fn what_is_missing_is_asked_for(shop: Shop) {
    let list = file("weight,value\n1,100\n");
    let cmd = StartImport { plan: StonePlan::guessed(&list.headers).into(), ..start(&shop, &list) };
    let Err(ServiceError::Fields(missing)) =
        shop.services.import_file(&shop.owner, &cmd, &list, |_| ()).await
    else {
        panic!("it is not known what “value” means")
    };
    let fields: Vec<&str> = missing.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["columns", "cost_percent", "origin", "shape"]);
    let mut said = plan(&list);
    said.say(&list.headers, "Value", StoneColumn::Price).unwrap();
    let cmd = StartImport { plan: said.into(), ..start(&shop, &list) };
    let done = shop.services.import_file(&shop.owner, &cmd, &list, |_| ()).await.unwrap();
    assert_eq!(done.counts, counts(1, 0, 0));
}

async fn two_runs_at_once_bring_each_stone_once(shop: Shop) {
    let list = file(&list(300));
    let ((one, _), (other, _)) = tokio::join!(import(&shop, &list), import(&shop, &list));
    assert_eq!(one.imported + other.imported, 300);
    assert_eq!((one.done(), other.done()), (303, 303));
    assert_eq!(pieces(&shop).await, 300);
    shop.verifies().await;
}

async fn tags_have_no_gaps_and_pass_over_typed_ones(shop: Shop) {
    let typed = TypedItem {
        tag: "P000003".into(),
        kind: "watch".into(),
        price: "10".into(),
        cost: Some("5".into()),
        ..TypedItem::default()
    };
    let cmd = SaveItem {
        command_id: command(),
        store_id: shop.set_up.store_id,
        item_id: None,
        version: 0,
        source: StockSource::Opening,
        typed,
    };
    shop.services.save_item(&shop.owner, cmd).await.unwrap();
    import(&shop, &file(&list(10))).await;
    shop.add_ring("1", "1").await;
    let filter = ItemFilter { limit: 50, ..ItemFilter::default() };
    let found = shop.services.items(&shop.owner, filter).await.unwrap();
    let mut tags: Vec<String> = found.items.into_iter().map(|item| item.tag).collect();
    tags.sort();
    let expected: Vec<String> = (1..=12).map(|number| format!("P{number:06}")).collect();
    assert_eq!(tags, expected);
}

async fn a_file_from_the_screen_is_kept_only_as_long_as_needed(shop: Shop) {
    let folder = std::env::temp_dir().join(format!("parure-desk-{}", command().0));
    let services = shop.services.clone().keeping_files_in(folder.clone()).unwrap();
    let upload = services.begin_upload(&shop.owner, command()).unwrap();
    std::fs::write(&upload.path, [0; 40]).unwrap();
    let refused = services.uploaded(&shop.owner, &upload, "photo.jpg", ImportKind::Stones).await.unwrap_err();
    assert_eq!(refused.to_string(), "this is not a table in text: save it as CSV");
    assert!(!upload.path.exists());

    let upload = services.begin_upload(&shop.owner, command()).unwrap();
    std::fs::write(&upload.path, list(500)).unwrap();
    let preview =
        services.uploaded(&shop.owner, &upload, r"C:\lists\stones.csv", ImportKind::Stones).await.unwrap();
    assert_eq!((preview.file.as_str(), preview.rows, preview.first.len()), ("stones.csv", 505, 10));
    assert_eq!(preview.missing.len(), 3);
    let list = file(&list(500));
    let cmd = StartImport { import_id: upload.import, plan: plan(&list).into(), ..start(&shop, &list) };
    let seen = services.look_at_import(&shop.owner, upload.import, cmd.plan.clone()).await.unwrap();
    assert!(seen.missing.is_empty() && seen.first.iter().all(|row| row.piece.is_some()));

    services.start_import(&shop.owner, cmd.clone()).await.unwrap();
    services.start_import(&shop.owner, cmd.clone()).await.unwrap();
    let refused = services.begin_upload(&shop.owner, command()).unwrap_err();
    assert!(refused.to_string().starts_with("an import into this store is under way"));
    let begun = Instant::now();
    let ended = loop {
        match services.import_state(&shop.owner).unwrap() {
            ImportState::Ended(_, _, counts, outcome) => break (counts, outcome),
            _ if begun.elapsed() > Duration::from_secs(60) => panic!("it does not end"),
            _ => tokio::task::yield_now().await,
        }
    };
    assert_eq!(ended, (counts(500, 5, 0), ImportOutcome::Finished));
    assert!(!upload.path.exists(), "the file is not needed any more");
    let (name, rejects) = services.import_rejects(&shop.owner, upload.import).await.unwrap();
    assert_eq!((name.as_str(), rejects.iter().filter(|b| **b == b'\n').count()), ("stones-rejects.csv", 6));
    assert!(services.import_rejects(&shop.as_role(Role::Associate), upload.import).await.is_err());
    services.discard_import(&shop.owner, upload.import).unwrap();
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    assert_eq!(services.import_state(&shop.owner).unwrap(), ImportState::None);
    shop.verifies().await;
}
