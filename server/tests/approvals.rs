//! An approval lives on the disk: the server is killed after each step, and nothing is lost or done twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::approval::{About, ApprovalNow, ApprovalState, AskManager, Decide, Decision};
use domain::ids::ApprovalId;
use domain::rate::Rate;
use domain::sale::{Cart, CartLine, CompleteSale, Discount, DiscountOff, SaleDone, price};
use domain::tax::Taxability;
use support::{Place, owner, send};
use trials::{Browser, Clerk, Server, Shop, Ticket, fresh_command};

on_both_databases! { an_approval_survives_the_server }

/// A ticket with more off than the clerk may take off.
fn cheap_sale(clerk: &Clerk<'_>, shop: &Shop) -> CompleteSale {
    let mut sale = clerk.cash_sale(Ticket { pieces: &shop.pieces, customer: None }).unwrap();
    let off = DiscountOff::Percent(Rate::from_ppm(250_000));
    sale.discount = Some(Discount { off, reason: "price match".into() });
    let line = |line: &domain::sale::TicketLine| CartLine {
        items: 1,
        item_id: line.item_id,
        price: line.price,
        taxability: Taxability::Taxable,
        discount: None,
    };
    let cart = Cart { lines: sale.lines.iter().map(line).collect(), discount: sale.discount.clone() };
    sale.expected_total = price(&cart, &shop.taxes).unwrap().total;
    sale.tenders[0].amount = sale.expected_total;
    sale
}

fn an_approval_survives_the_server(place: &Place) {
    let shop = place.shop(1, 1);
    let mut server = place.serve();
    let mut clerk = Clerk::sign_in(server.address, &shop, 0).unwrap();
    let mut owner = owner(&server);
    let mut sale = cheap_sale(&clerk, &shop);
    assert!(clerk.send(&sale).unwrap().text().contains("needs a manager's approval"));
    let about = About::Discount { lines: sale.lines.clone(), discount: sale.discount.clone() };
    let store_id = shop.set_up.store_id;
    let ask = AskManager { command_id: fresh_command(), store_id, about, reason: "price match".into() };
    let id: ApprovalId = send(&mut clerk.browser, "/api/v1/approval/ask", &ask).unwrap().done().unwrap();

    let again = |server: &mut Server, clerk: &mut Clerk<'_>, owner: &mut Browser| {
        server.kill().unwrap();
        *server = place.serve();
        clerk.browser.move_to(server.address);
        owner.move_to(server.address);
    };
    again(&mut server, &mut clerk, &mut owner);
    let asked: ApprovalId = send(&mut clerk.browser, "/api/v1/approval/ask", &ask).unwrap().done().unwrap();
    assert_eq!(asked, id, "sent again after the answer was lost");
    let yes = Decide { command_id: fresh_command(), store_id, approval_id: id, decision: Decision::Approve };
    assert_eq!(send(&mut owner, "/api/v1/approval/decide", &yes).unwrap().status, 200);
    again(&mut server, &mut clerk, &mut owner);
    assert_eq!(
        send(&mut owner, "/api/v1/approval/decide", &yes).unwrap().status,
        200,
        "the same answer once more"
    );
    let now: ApprovalNow =
        clerk.browser.get(&format!("/api/v1/approval/now?id={id}")).unwrap().done().unwrap();
    assert_eq!(now.state, ApprovalState::Given);
    sale.approvals = vec![id];
    let done: SaleDone = clerk.send(&sale).unwrap().done().unwrap();
    again(&mut server, &mut clerk, &mut owner);
    let once: SaleDone = clerk.send(&sale).unwrap().done().unwrap();
    assert_eq!(once, done);
    let now: ApprovalNow =
        clerk.browser.get(&format!("/api/v1/approval/now?id={id}")).unwrap().done().unwrap();
    assert_eq!(now.state, ApprovalState::Used);
    place.verifies();
}
