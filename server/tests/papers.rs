//! Papers of the books over HTTP: what is not what it says, too large, broken off, or called by a hostile name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::attachment::{FileKind, LARGEST_ATTACHMENT, TakenIn};
use std::path::PathBuf;
use support::{Place, owner};
use trials::{Browser, Clerk};

on_both_databases! {
    a_paper_goes_in_for_those_who_post
    what_is_no_paper_leaves_nothing_behind
}

const PDF: &[u8] = b"%PDF-1.7\nrent\n%%EOF\n";

fn upload(name: &str) -> String {
    format!("/api/v1/books/paper?name={name}")
}

/// The folder of files, where the test has one of its own.
fn folder(place: &Place) -> Option<PathBuf> {
    match &place.location {
        db::Location::File(file) => Some(file.with_file_name("photos")),
        db::Location::Server(_) => None,
    }
}

fn a_paper_goes_in_for_those_who_post(place: &Place) {
    let shop = place.shop(1, 1);
    let server = place.serve();
    let mut browser = owner(&server);
    let taken: TakenIn =
        browser.post_json(&upload("..%2F..%2FMarch%20rent.pdf"), PDF).unwrap().done().unwrap();
    assert_eq!((taken.name.as_str(), taken.kind), ("March rent.pdf", FileKind::Pdf));
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    assert_eq!(clerk.browser.post_json(&upload("a.pdf"), PDF).unwrap().status, 403);
    let stranger = Browser::at(server.address).post_json(&upload("a.pdf"), PDF).unwrap();
    assert_eq!(stranger.status, 401);
    for id in ["..%2fparure.db", "1", "00000000-0000-0000-0000-000000000000"] {
        assert_eq!(browser.get(&format!("/attachments/{id}")).unwrap().status, 404, "{id}");
    }
    place.verifies();
}

fn what_is_no_paper_leaves_nothing_behind(place: &Place) {
    place.shop(1, 1);
    let server = place.serve();
    let mut browser = owner(&server);
    for (name, bytes, words) in [
        ("a.pdf", &b""[..], "is empty"),
        ("a.pdf", b"MZ\0\0", "none of the kinds that are kept here"),
        ("a.pdf", b"rent", "not what its name says"),
        ("a.pdf", &PDF[..12], "none of the kinds that are kept here"),
        ("4242424242424242.pdf", PDF, "card number"),
    ] {
        let refused = browser.post_json(&upload(name), bytes).unwrap();
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert!(refused.text().contains(words), "{}", refused.text());
    }
    browser.post_and_break_off(&upload("a.pdf"), PDF.len(), &PDF[..12]).unwrap();
    let large = vec![b'a'; LARGEST_ATTACHMENT + 1];
    let refused = browser.post_json(&upload("a.txt"), &large).unwrap();
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("“a.txt” is larger than 10 MB"), "{}", refused.text());
    let fits: TakenIn = browser.post_json(&upload("a.txt"), &large[1..]).unwrap().done().unwrap();
    assert_eq!(fits.kind, FileKind::Text);
    if let Some(folder) = folder(place) {
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1, "only what was taken in");
    }
    place.verifies();
}
