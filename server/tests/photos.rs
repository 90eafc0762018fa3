//! Photos over HTTP: what is no picture, too large, broken off or called by a hostile name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::ids::ItemId;
use domain::item::ItemSheet;
use domain::photo::Photo;
use image::{DynamicImage, ImageFormat};
use std::io::Cursor;
use std::path::PathBuf;
use support::{Place, owner};
use trials::{Browser, Clerk, Shop, fresh_command};

on_both_databases! {
    a_photo_goes_in_and_comes_out
    what_is_no_photo_leaves_nothing_behind
    a_hundred_million_pixels_are_refused
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_luma8(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn upload(item: ItemId) -> String {
    format!("/api/v1/photo/upload?command_id={}&item_id={item}", fresh_command().0)
}

fn photos_of(browser: &mut Browser, shop: &Shop) -> Vec<Photo> {
    let page = format!("/api/v1/item/get?id={}", shop.pieces[0].0);
    browser.get(&page).unwrap().done::<ItemSheet>().unwrap().photos
}

/// The photos' folder, where the test has one of its own.
fn folder(place: &Place) -> Option<PathBuf> {
    match &place.location {
        db::Location::File(file) => Some(file.with_file_name("photos")),
        db::Location::Server(_) => None,
    }
}

fn a_photo_goes_in_and_comes_out(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut browser = owner(&server);
    let photo: Photo =
        browser.post_json(&upload(shop.pieces[0].0), &png(2_000, 1_000)).unwrap().done().unwrap();
    assert_eq!((photo.width, photo.height), (1_600, 800));
    for (address, width) in [(photo.address(), 1_600), (photo.small_address(), 320)] {
        let shown = browser.get(&address).unwrap();
        assert_eq!(shown.status, 200);
        let image = image::load_from_memory_with_format(&shown.body, ImageFormat::Jpeg).unwrap();
        assert_eq!(image.width(), width);
    }
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    assert_eq!(clerk.browser.get(&photo.address()).unwrap().status, 200, "whoever sees the piece");
    let refused = clerk.browser.post_json(&upload(shop.pieces[0].0), &png(20, 20)).unwrap();
    assert_eq!(refused.status, 403, "{}", refused.text());
    let stranger = Browser::at(server.address).get(&photo.address()).unwrap();
    assert_ne!(stranger.status, 200);
    place.verifies();
}

fn what_is_no_photo_leaves_nothing_behind(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut browser = owner(&server);
    let item = shop.pieces[0].0;
    let whole = png(400, 400);
    for wrong in [b"".to_vec(), b"GIF89a".to_vec(), b"<svg/>".to_vec(), whole[..whole.len() / 2].to_vec()] {
        let refused = browser.post_json(&upload(item), &wrong).unwrap();
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.text().contains("no picture that can be read"), "{}", refused.text());
    }
    browser.post_and_break_off(&upload(item), whole.len(), &whole[..whole.len() / 2]).unwrap();
    let mut large = whole.clone();
    large.resize(16 * 1024 * 1024, 0);
    let refused = browser.post_json(&upload(item), &large).unwrap();
    assert!(refused.status >= 400, "{}", refused.status);
    for name in ["../parure.db", "..%2fparure.db", "%2e%2e%2fparure.lock", &"0".repeat(64), &"A".repeat(64)] {
        let hidden = browser.get(&format!("/photos/{name}")).unwrap();
        assert_ne!(hidden.status, 200, "{name}");
    }
    assert!(photos_of(&mut browser, &shop).is_empty());
    if let Some(folder) = folder(place) {
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
    }
    place.verifies();
}

fn a_hundred_million_pixels_are_refused(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut browser = owner(&server);
    // A real one, which packs into a few kilobytes: a bomb for whoever unpacks it.
    let bomb = png(10_000, 10_000);
    assert!(bomb.len() < 1_000_000, "{}", bomb.len());
    let before = server.memory().unwrap();
    let refused = browser.post_json(&upload(shop.pieces[0].0), &bomb).unwrap();
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("100 million pixels, at most 40 million"), "{}", refused.text());
    let after = server.memory().unwrap();
    assert!(after.0 < before.0 + 50 * 1024 * 1024, "{before:?} {after:?}");
    assert!(photos_of(&mut browser, &shop).is_empty());
    place.verifies();
}
