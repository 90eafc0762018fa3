//! A backup is made while the store sells, and restored on another machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use db::{Db, Location};
use domain::ids::{SaleId, TillSessionId};
use migrations::{Migrator, MigratorTrait};
use services::{BackupError, BackupPlan, Clock, Kept, Services, back_up, unpack};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use support::{Shop, command};

on_both_databases! {
    a_backup_under_load_holds_every_sale_acknowledged_before_it
    a_damaged_backup_is_refused
    a_backup_is_private_and_overwrites_nothing
    a_backup_a_day_and_the_oldest_make_room
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("parure-backup-{}", command().0));
    std::fs::create_dir(&folder).unwrap();
    folder
}

/// What `parure restore` does, on another machine.
async fn restore(shop: &Shop, backup: &Path) -> Result<Services, BackupError> {
    let unpacked = unpack(backup, &folder()).await?;
    let elsewhere = shop.elsewhere().await;
    unpacked.fits(&elsewhere)?;
    let known: Vec<String> = Migrator::migrations().iter().map(|m| m.name().to_owned()).collect();
    let theirs = unpacked.migrations(&known)?;
    if let Location::Server(_) = &elsewhere {
        let connection = Db::connect_for_migration(&elsewhere).await.unwrap();
        Migrator::up(&connection, Some(theirs)).await.unwrap();
        connection.close().await.unwrap();
    }
    unpacked.load(&elsewhere).await?;
    let connection = Db::connect_for_migration(&elsewhere).await.unwrap();
    Migrator::up(&connection, None).await.unwrap();
    connection.close().await.unwrap();
    let db = Db::open(&elsewhere).await.unwrap();
    services::prepare(&db).await.unwrap();
    Ok(Services::new(db, Clock::standing_at(support::noon())).await.unwrap())
}

/// Receives a ring and sells it, until told to stop; notes what was acknowledged.
async fn keep_selling(
    shop: Arc<Shop>,
    session: TillSessionId,
    stop: Arc<AtomicBool>,
    done: Arc<Mutex<Vec<SaleId>>>,
) {
    while !stop.load(Ordering::Relaxed) {
        let ring = shop.add_ring("100.00", "40.00").await;
        let sale = shop.sale(session, &[(ring, "100.00")], "107.00", "107.00");
        let sold = shop.services.complete_sale(&shop.owner, sale).await.unwrap();
        done.lock().unwrap().push(sold.sale_id);
    }
}

async fn a_backup_under_load_holds_every_sale_acknowledged_before_it(shop: Shop) {
    let session = shop.open_till("200").await;
    let shop = Arc::new(shop);
    let (stop, done) = (Arc::new(AtomicBool::new(false)), Arc::<Mutex<Vec<SaleId>>>::default());
    let tills: Vec<_> = (0..4)
        .map(|_| tokio::spawn(keep_selling(shop.clone(), session, stop.clone(), done.clone())))
        .collect();
    let acknowledged = || done.lock().unwrap().clone();
    while acknowledged().len() < 20 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let before = acknowledged();
    let file = folder().join("store.tar.gz");
    back_up(&shop.location, None, &file, shop.clock.now()).await.unwrap();
    // Sales go on after it, so what is restored below is a state from the middle.
    let then = acknowledged().len();
    while acknowledged().len() < then + 5 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    stop.store(true, Ordering::Relaxed);
    for till in tills {
        till.await.unwrap();
    }

    let restored = restore(&shop, &file).await.unwrap();
    assert_eq!(restored.verify().await.unwrap().findings, []);
    for sale in &before {
        restored.sale(&shop.owner, *sale).await.unwrap();
    }
    let mut missing = 0;
    for sale in acknowledged() {
        missing += usize::from(restored.sale(&shop.owner, sale).await.is_err());
    }
    assert!(missing >= 5, "the backup holds sales from after it was complete");
    // It is a working store, triggers and all.
    let again = Shop {
        services: restored,
        clock: shop.clock.clone(),
        set_up: shop.set_up.clone(),
        owner: shop.owner.clone(),
        location: shop.location.clone(),
    };
    let ring = again.add_ring("100.00", "40.00").await;
    let sale = again.sale(session, &[(ring, "100.00")], "107.00", "107.00");
    again.services.complete_sale(&again.owner, sale).await.unwrap();
    again.verifies().await;
    shop.verifies().await;
}

async fn a_damaged_backup_is_refused(shop: Shop) {
    let folder = folder();
    let file = folder.join("store.tar.gz");
    back_up(&shop.location, None, &file, shop.clock.now()).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    let damaged = folder.join("damaged.tar.gz");
    let length = whole.len();
    let mut cases: Vec<Vec<u8>> =
        [0, 9, 100, length / 2, length - 1].map(|end| whole[..end].to_vec()).to_vec();
    for place in [length / 3, length / 2, length - 5] {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        cases.push(bytes);
    }
    cases.push(b"these are my notes".to_vec());
    for bytes in cases {
        std::fs::write(&damaged, &bytes).unwrap();
        let said = unpack(&damaged, &folder).await.unwrap_err().to_string();
        let refused =
            said.starts_with("this backup is damaged: ") || said.ends_with("is no backup of Parure");
        assert!(refused, "{} bytes: {said}", bytes.len());
    }
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "something was left behind: {left:?}");
    restore(&shop, &file).await.unwrap();
}

async fn a_backup_is_private_and_overwrites_nothing(shop: Shop) {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let file = folder.join("store.tar.gz");
    let manifest = back_up(&shop.location, None, &file, shop.clock.now()).await.unwrap();
    assert_eq!(manifest.database.rows["organization"], 1);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let said = back_up(&shop.location, None, &file, shop.clock.now()).await.unwrap_err().to_string();
    assert!(said.ends_with("is there already: name another file"), "{said}");
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);

    let unpacked = unpack(&file, &folder).await.unwrap();
    let said = unpacked.migrations(&["m1_first".to_owned()]).unwrap_err().to_string();
    assert!(said.contains("which is newer: install that version first"), "{said}");
    let other = match shop.location {
        Location::File(_) => Location::Server("postgres://nowhere/none".into()),
        Location::Server(_) => Location::File(folder.join("parure.db")),
    };
    assert!(unpacked.fits(&other).is_err());
    assert!(!db::backup::is_vacant(&shop.location).await.unwrap());
}

async fn a_backup_a_day_and_the_oldest_make_room(shop: Shop) {
    let plan = BackupPlan { folder: folder().join("backups"), keep: 2 };
    // What a killed process left half-way is in nobody's way.
    let left = plan.folder.join(format!(".parure-2026-03-02.tar.gz.{}", std::process::id()));
    std::fs::create_dir_all(left.join("database")).unwrap();
    let name = |day: &str| plan.folder.join(format!("parure-2026-03-{day}.tar.gz"));
    let today = || shop.services.back_up_today(&shop.location, &plan);
    assert_eq!(today().await.unwrap(), Kept::Made(name("02")));
    assert_eq!(today().await.unwrap(), Kept::Nothing);
    shop.clock.advance(Duration::days(1));
    assert_eq!(today().await.unwrap(), Kept::Made(name("03")));
    shop.clock.advance(Duration::days(1));
    assert_eq!(today().await.unwrap(), Kept::Made(name("04")));
    assert!(!name("02").exists() && name("03").exists());
    assert!(!left.exists());
    restore(&shop, &name("04")).await.unwrap();
}
