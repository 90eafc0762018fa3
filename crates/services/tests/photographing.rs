//! Photos of pieces: kept before they are named, shown to whoever may see the piece, part of every backup.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use db::Db;
use domain::ids::{ItemId, StoreId, StyleId, VariationId};
use domain::item::{SaveItem, StockSource, TypedItem};
use domain::person::{Actor, Role};
use domain::photo::{ArrangePhotos, Photo, PhotoName, Pictured};
use domain::style::{SaveStyle, TypedStyle, TypedVariation};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use migrations::{Migrator, MigratorTrait};
use services::{Clock, Ctx, ServiceError, Services, back_up, unpack};
use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use support::{Shop, command};
use uuid::Uuid;

on_both_databases! {
    photos_are_added_ordered_and_taken_off
    a_photo_is_for_those_who_see_the_piece
    a_photo_that_is_missing_is_found
    photos_are_part_of_a_backup
    two_people_add_photos_at_once
    a_piece_shows_the_photos_of_its_variation
}

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("parure-photos-{}", command().0))
}

fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = RgbImage::from_pixel(640, 480, Rgb([shade, 90, 30]));
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

impl Shop {
    fn with_photos(mut self, folder: &Path) -> Self {
        self.services = self.services.clone().keeping_photos_in(folder.to_owned()).unwrap();
        self
    }

    async fn photograph(&self, ring: ItemId, shade: u8) -> Photo {
        self.services.add_photo(&self.owner, command(), Pictured::Item(ring), picture(shade)).await.unwrap()
    }

    fn order(ring: ItemId, photos: &[&Photo]) -> ArrangePhotos {
        let photos = photos.iter().map(|photo| photo.name.clone()).collect();
        ArrangePhotos { command_id: command(), of: Pictured::Item(ring), photos }
    }

    async fn first(&self, ring: ItemId) -> Option<PhotoName> {
        self.services.item(&self.owner, ring).await.unwrap().item.photo.map(|photo| photo.name)
    }
}

async fn photos_are_added_ordered_and_taken_off(shop: Shop) {
    let folder = folder();
    let shop = shop.with_photos(&folder);
    let ring = shop.add_ring("100.00", "40.00").await;
    let id = command();
    let one = shop.services.add_photo(&shop.owner, id, Pictured::Item(ring), picture(10)).await.unwrap();
    let again = shop.services.add_photo(&shop.owner, id, Pictured::Item(ring), picture(10)).await.unwrap();
    assert_eq!((again, one.width, one.height), (one.clone(), 640, 480), "sent twice, there once");
    let twice =
        shop.services.add_photo(&shop.owner, command(), Pictured::Item(ring), picture(10)).await.unwrap_err();
    assert_eq!(twice.to_string(), "that photo is here already");
    let two = shop.photograph(ring, 200).await;
    assert_eq!(shop.first(ring).await.as_ref(), Some(&one.name));
    let turned = shop.services.arrange_photos(&shop.owner, Shop::order(ring, &[&two, &one])).await.unwrap();
    assert_eq!(turned, [two.clone(), one.clone()]);
    assert_eq!(shop.first(ring).await.as_ref(), Some(&two.name));
    let page =
        shop.services.items(&shop.owner, domain::item::ItemFilter { limit: 9, ..Default::default() }).await;
    assert_eq!(page.unwrap().items[0].photo.as_ref().map(|photo| &photo.small), Some(&two.small));
    shop.services.arrange_photos(&shop.owner, Shop::order(ring, &[&one])).await.unwrap();
    let gone = shop.services.arrange_photos(&shop.owner, Shop::order(ring, &[&two])).await.unwrap_err();
    assert_eq!(gone.to_string(), "somebody else changed the photos meanwhile: look again");
    // What was taken off stays for an hour: another piece may be about to name it.
    assert_eq!((shop.services.sweep_photos().await.unwrap(), files(&folder)), (0, 4));
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 60 * 60);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let file = std::fs::File::options().write(true).open(entry.unwrap().path()).unwrap();
        file.set_modified(old).unwrap();
    }
    assert_eq!((shop.services.sweep_photos().await.unwrap(), files(&folder)), (2, 2));
    shop.verifies().await;
}

async fn a_photo_is_for_those_who_see_the_piece(shop: Shop) {
    let shop = shop.with_photos(&folder());
    let ring = shop.add_ring("100.00", "40.00").await;
    let photo = shop.photograph(ring, 10).await;
    let bench = shop.as_role(Role::BenchJeweler);
    let bytes = shop.services.photo(&bench, photo.name.clone()).await.unwrap();
    assert_eq!(PhotoName::of(&bytes), photo.name);
    assert!(shop.services.photo(&bench, photo.small.clone()).await.unwrap().len() < bytes.len());
    let roles = BTreeMap::from([(StoreId(Uuid::from_u128(99)), Role::Owner)]);
    let foreign = Ctx { actor: Actor { roles, ..shop.owner.actor.clone() }, ..shop.owner.clone() };
    let hidden = shop.services.photo(&foreign, photo.name).await;
    assert!(matches!(hidden, Err(ServiceError::NotFound(_))));
    let refused = shop.services.add_photo(&bench, command(), Pictured::Item(ring), picture(20)).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    shop.verifies().await;
}

async fn a_photo_that_is_missing_is_found(shop: Shop) {
    let folder = folder();
    let shop = shop.with_photos(&folder);
    let ring = shop.add_ring("100.00", "40.00").await;
    let photo = shop.photograph(ring, 10).await;
    shop.verifies().await;
    let path = folder.join(photo.name.to_string());
    let bytes = std::fs::read(&path).unwrap();
    for damage in [Some(b"other bytes".as_slice()), None] {
        match damage {
            Some(damage) => std::fs::write(&path, damage).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        let findings = shop.services.verify().await.unwrap().findings;
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].detail, format!("photo {}", photo.name));
    }
    std::fs::write(&path, bytes).unwrap();
    shop.verifies().await;
}

async fn photos_are_part_of_a_backup(shop: Shop) {
    let photos = folder();
    let shop = shop.with_photos(&photos);
    let ring = shop.add_ring("100.00", "40.00").await;
    let photo = shop.photograph(ring, 10).await;
    let place = folder();
    std::fs::create_dir(&place).unwrap();
    let file = place.join("store.tar.gz");
    back_up(&shop.location, Some(&photos), &file, shop.clock.now()).await.unwrap();

    let unpacked = unpack(&file, &place).await.unwrap();
    let (elsewhere, restored) = (shop.elsewhere().await, folder());
    unpacked.place_photos(&restored).unwrap();
    let known: Vec<String> = Migrator::migrations().iter().map(|m| m.name().to_owned()).collect();
    if let db::Location::Server(_) = &elsewhere {
        let connection = Db::connect_for_migration(&elsewhere).await.unwrap();
        Migrator::up(&connection, Some(unpacked.migrations(&known).unwrap())).await.unwrap();
        connection.close().await.unwrap();
    }
    unpacked.load(&elsewhere).await.unwrap();
    let db = Db::open(&elsewhere).await.unwrap();
    services::prepare(&db).await.unwrap();
    let services = Services::new(db, Clock::standing_at(support::noon())).await.unwrap();
    let services = services.keeping_photos_in(restored).unwrap();
    assert_eq!(services.verify().await.unwrap().findings, []);
    assert_eq!(PhotoName::of(&services.photo(&shop.owner, photo.name.clone()).await.unwrap()), photo.name);
}

async fn two_people_add_photos_at_once(shop: Shop) {
    let shop = shop.with_photos(&folder());
    let ring = shop.add_ring("100.00", "40.00").await;
    let add = |shade| shop.services.add_photo(&shop.owner, command(), Pictured::Item(ring), picture(shade));
    let (one, two, three) = tokio::join!(add(10), add(100), add(200));
    assert!(one.is_ok() && two.is_ok() && three.is_ok(), "{one:?} {two:?} {three:?}");
    assert_eq!(shop.services.item(&shop.owner, ring).await.unwrap().photos.len(), 3);
    shop.verifies().await;
}

impl Shop {
    /// A style with two variations, and a piece of the first.
    async fn style(&self) -> (StyleId, [VariationId; 2], ItemId) {
        let variation = |metal: &str| TypedVariation {
            metal: metal.into(),
            karat: "14k".into(),
            price: "100".into(),
            cost: Some("40".into()),
            ..TypedVariation::default()
        };
        let typed = TypedStyle {
            number: "1042".into(),
            name: "Halo".into(),
            kind: "ring".into(),
            variations: vec![variation("white_gold"), variation("yellow_gold")],
            ..TypedStyle::default()
        };
        let cmd = SaveStyle { command_id: command(), style_id: None, version: 0, typed };
        let id = self.services.save_style(&self.owner, cmd).await.unwrap();
        let style = self.services.style(&self.owner, id).await.unwrap().style;
        let ids = [style.variations[0].id, style.variations[1].id];
        let typed = TypedItem {
            kind: "ring".into(),
            price: "100".into(),
            variation: Some(ids[0]),
            ..TypedItem::default()
        };
        let cmd = SaveItem {
            command_id: command(),
            store_id: self.set_up.store_id,
            item_id: None,
            version: 0,
            source: StockSource::Opening,
            typed,
        };
        (id, ids, self.services.save_item(&self.owner, cmd).await.unwrap())
    }
}

async fn a_piece_shows_the_photos_of_its_variation(shop: Shop) {
    let shop = shop.with_photos(&folder());
    let (style, [white, yellow], ring) = shop.style().await;
    let add = |of, shade| shop.services.add_photo(&shop.owner, command(), of, picture(shade));
    assert_eq!(shop.first(ring).await, None);
    let second = add(Pictured::Variation(yellow), 150).await.unwrap();
    let page = shop.services.styles(&shop.owner, "", 0, 9).await.unwrap();
    assert_eq!(page.styles[0].photo.as_ref(), Some(&second), "the first variation has none yet");
    let of_white = add(Pictured::Variation(white), 10).await.unwrap();
    let page = shop.services.styles(&shop.owner, "", 0, 9).await.unwrap();
    assert_eq!(page.styles[0].photo.as_ref(), Some(&of_white));
    let sheet = shop.services.style(&shop.owner, style).await.unwrap();
    assert_eq!(sheet.photos.get(&white).map(Vec::as_slice), Some([of_white.clone()].as_slice()));

    // Everywhere where the piece is seen.
    assert_eq!(shop.first(ring).await.as_ref(), Some(&of_white.name));
    let found = shop.services.find_items(&shop.owner, shop.set_up.store_id, "1042").await.unwrap();
    assert_eq!(found[0].photo.as_ref(), Some(&of_white));
    let sheet = shop.services.item(&shop.owner, ring).await.unwrap();
    assert_eq!((sheet.photos, sheet.of_variation), (Vec::new(), vec![of_white.clone()]));
    let bench = shop.as_role(Role::BenchJeweler);
    shop.services.photo(&bench, of_white.small.clone()).await.unwrap();
    let refused = shop.services.add_photo(&bench, command(), Pictured::Variation(white), picture(9)).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));

    // A photo of its own takes their place.
    let own = shop.photograph(ring, 200).await;
    assert_eq!(shop.first(ring).await.as_ref(), Some(&own.name));
    let nothing = ArrangePhotos { command_id: command(), of: Pictured::Variation(white), photos: Vec::new() };
    shop.services.arrange_photos(&shop.owner, nothing).await.unwrap();
    let hidden = shop.services.photo(&bench, of_white.name).await;
    assert!(matches!(hidden, Err(ServiceError::NotFound(_))));

    // A variation that goes takes its photos along.
    let was = shop.services.style(&shop.owner, style).await.unwrap().style;
    let kept = &was.variations[0];
    let typed = TypedStyle {
        number: was.number.clone(),
        name: was.name.clone(),
        kind: "ring".into(),
        variations: vec![TypedVariation {
            id: Some(kept.id),
            sku: kept.sku.clone(),
            metal: "white_gold".into(),
            karat: "14k".into(),
            price: "100".into(),
            ..TypedVariation::default()
        }],
        ..TypedStyle::default()
    };
    let cmd = SaveStyle { command_id: command(), style_id: Some(style), version: was.version, typed };
    shop.services.save_style(&shop.owner, cmd).await.unwrap();
    assert!(matches!(shop.services.photo(&shop.owner, second.name).await, Err(ServiceError::NotFound(_))));
    let gone = add(Pictured::Variation(yellow), 77).await.unwrap_err();
    assert_eq!(gone.to_string(), "this variation is not in the books");
    shop.verifies().await;
}
