//! The disk takes no more. The kernel is told to let the server's files grow no further, which SQLite sees as
//! it sees a full disk or a used-up quota, and needs no rights.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::process::{Command, Stdio};
use support::{Place, numbers, parure};
use trials::{Answer, Clerk, Server, Ticket};

#[test]
fn a_full_disk_refuses_reads_on_and_heals() {
    let place = Place::on_sqlite();
    let shop = place.shop(1, 3);
    let server = serve_unmoved_by_limits(&place);
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let sale = |clerk: &Clerk<'_>, piece: usize| {
        clerk.cash_sale(Ticket { pieces: &shop.pieces[piece..=piece], customer: None }).unwrap()
    };
    let before = sale(&clerk, 0);
    assert_eq!(clerk.send(&before).unwrap().status, 200);

    let folder = match &place.location {
        db::Location::File(file) => file.parent().unwrap().to_owned(),
        db::Location::Server(_) => unreachable!("on SQLite"),
    };
    let grown = std::fs::metadata(folder.join("parure.db-wal")).unwrap().len();
    limit_files(&server, &grown.to_string());
    let refused = sale(&clerk, 1);
    for _ in 0..3 {
        full(&clerk.send(&refused).unwrap());
        assert_eq!(numbers(&mut clerk).len(), 1, "reads go on");
        assert_eq!(clerk.browser.get("/sign-in").unwrap().status, 200);
    }

    limit_files(&server, "unlimited");
    let done: domain::sale::SaleDone = clerk.send(&refused).unwrap().done().unwrap();
    assert_eq!(done.number, "S1-T1-000002", "what was refused drew no number");
    let after = sale(&clerk, 2);
    assert_eq!(clerk.send(&after).unwrap().status, 200);
    assert_eq!(numbers(&mut clerk).len(), 3);
    place.verifies();
}

/// A server whose writes fail at a limit, where the kernel would otherwise end it.
fn serve_unmoved_by_limits(place: &Place) -> Server {
    let serve = trials::serve(parure(), &place.location);
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(serve.get_program()).args(serve.get_args());
    Server::spawn(command.stdin(Stdio::null()).stdout(Stdio::piped())).unwrap()
}

/// How large a file of the server may become.
fn limit_files(server: &Server, bytes: &str) {
    let limit = format!("--fsize={bytes}:");
    let done = Command::new("prlimit").args(["--pid", &server.id().to_string(), &limit]).status().unwrap();
    assert!(done.success());
}

#[track_caller]
fn full(answer: &Answer) {
    assert_eq!(answer.status, 422, "{}", answer.text());
    assert!(answer.text().contains("nothing was recorded"), "{}", answer.text());
}
