//! Gifts that stay a secret until their day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use db::Db;
use domain::customer::{ChangeHousehold, HistoryAsked, HouseholdChange, TypedCustomer};
use domain::event::AuditFilter;
use domain::ids::{CustomerId, SaleId, TillSessionId};
use domain::ledger::{ExportFormat, Period};
use domain::money::Money;
use domain::parking::{OpenParked, ParkTicket, ParkedLine, TicketContent};
use domain::sale::{Audience, CompleteSale, Condition, Proof, ReturnLine, SaleFilter, SetSecret};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    a_gift_is_kept_from_everybody_at_home
    a_secret_changes_and_ends
    what_is_no_secret
    a_ticket_is_a_secret_from_the_start
    what_leaves_the_store_keeps_the_secret
    what_comes_back_of_a_secret_is_one_too
}

impl Shop {
    async fn named(&self, name: &str) -> CustomerId {
        self.meet(TypedCustomer { last_name: name.into(), ..TypedCustomer::default() }).await
    }

    async fn sold_to(&self, session: TillSessionId, customer_id: Option<CustomerId>) -> SaleId {
        let ring = self.add_ring("100.00", "40.00").await;
        let sale = self.sale(session, &[(ring, "100.00")], "107.00", "107.00");
        let cmd = CompleteSale { customer_id, ..sale };
        self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id
    }

    async fn secret(&self, sale_id: SaleId, until: &str) -> Result<(), ServiceError> {
        let cmd = SetSecret { command_id: command(), sale_id, until: until.into() };
        self.services.set_secret(&self.owner, cmd.clone()).await?;
        self.services.set_secret(&self.owner, cmd).await
    }

    async fn told(&self, customer: CustomerId, audience: Audience) -> (Vec<SaleId>, Money) {
        let asked = HistoryAsked { customer, audience, offset: 0, limit: 20 };
        let page = self.services.customer_history(&self.owner, asked).await.unwrap();
        assert_eq!(page.count, page.sales.len() as u64);
        (page.sales.iter().map(|sale| sale.id).collect(), page.totals.total)
    }
}

async fn a_gift_is_kept_from_everybody_at_home(shop: Shop) {
    let (sam, pat) = (shop.named("Sam").await, shop.named("Pat").await);
    let join = HouseholdChange::Join { with: pat, name: "Example".into() };
    let cmd = ChangeHousehold { command_id: command(), customer_id: sam, change: join };
    shop.services.change_household(&shop.owner, cmd).await.unwrap();
    let session = shop.open_till("0").await;
    let (open, gift) = (shop.sold_to(session, Some(sam)).await, shop.sold_to(session, Some(sam)).await);
    let one = cents("107.00");
    shop.secret(gift, "2026-03-10").await.unwrap();

    assert_eq!(shop.told(sam, Audience::Buyer).await, (vec![open], one));
    for member in [sam, pat] {
        assert_eq!(shop.told(member, Audience::Household).await, (vec![open], one));
    }
    // Staff see that there is one; neither the total nor the list tells anything else of it.
    assert_eq!(shop.told(sam, Audience::Staff).await, (vec![gift, open], one));
    let secret_until = Some("2026-03-10".parse().unwrap());
    let sales =
        shop.services.sales(&shop.owner, SaleFilter { limit: 5, ..SaleFilter::default() }).await.unwrap();
    let badges: Vec<_> = sales.sales.iter().map(|sale| sale.secret_until).collect();
    assert_eq!(badges, [secret_until, None]);
    let told: Vec<_> = sales.sales.iter().map(|sale| (sale.customer_name.is_some(), sale.total)).collect();
    assert_eq!(told, [(false, Money::ZERO), (true, one)]);
    assert_eq!(sales.totals.total, cents("214.00"), "what the store sold is what it sold");
    let of_sam = SaleFilter { words: "sam".into(), limit: 5, ..SaleFilter::default() };
    let of_sam = shop.services.sales(&shop.owner, of_sam).await.unwrap();
    assert_eq!((of_sam.count, of_sam.totals.total), (2, one), "what Sam bought is not");
    let found = shop.services.find_everywhere(&shop.owner, "107.00").await.unwrap();
    assert_eq!((found.sales[0].secret_until, found.sales[0].total), (secret_until, Money::ZERO));
    assert_eq!(shop.services.sale(&shop.owner, gift).await.unwrap().secret_until, secret_until);

    // On its day it is a secret no more.
    shop.clock.advance(chrono::Duration::days(8));
    assert_eq!(shop.told(pat, Audience::Household).await, (vec![gift, open], cents("214.00")));
    assert_eq!(shop.services.sale(&shop.owner, gift).await.unwrap().secret_until, None);
    shop.verifies().await;
}

async fn a_secret_changes_and_ends(shop: Shop) {
    let sam = shop.named("Sam").await;
    let session = shop.open_till("0").await;
    let gift = shop.sold_to(session, Some(sam)).await;
    for (until, told) in [("2026-03-10", 0), ("2026-04-10", 0), ("", 1), ("2026-12-25", 0)] {
        shop.secret(gift, until).await.unwrap();
        assert_eq!(shop.told(sam, Audience::Buyer).await.0.len(), told, "{until}");
    }
    let connection = Db::connect_for_migration(&shop.location).await.unwrap();
    for change in ["UPDATE sale_secret SET until_date = NULL", "DELETE FROM sale_secret"] {
        assert!(migrations::run_sql(&connection, change).await.is_err(), "{change}");
    }
    connection.close().await.unwrap();
    shop.verifies().await;
}

async fn what_is_no_secret(shop: Shop) {
    let sam = shop.named("Sam").await;
    let session = shop.open_till("0").await;
    let (walk_in, gift) = (shop.sold_to(session, None).await, shop.sold_to(session, Some(sam)).await);
    let refused = shop.secret(walk_in, "2026-03-10").await.unwrap_err().to_string();
    assert_eq!(refused, "this sale names no customer: there is nobody to keep it from");
    for wrong in ["2026-03-02", "2026-03-01", "soon"] {
        let refused = shop.secret(gift, wrong).await.unwrap_err();
        assert!(matches!(refused, ServiceError::Fields(_)), "{wrong}");
    }
    assert_eq!(shop.secret(gift, "").await.unwrap_err().to_string(), "this sale is no secret");
    shop.verifies().await;
}

async fn a_ticket_is_a_secret_from_the_start(shop: Shop) {
    let sam = shop.named("Sam").await;
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sale = shop.sale(session, &[(ring, "100.00")], "107.00", "107.00");
    let cmd = CompleteSale { customer_id: Some(sam), secret_until: "2026-12-25".into(), ..sale.clone() };
    for (customer_id, until, sentence) in [
        (None, "2026-12-25", "gift secret: this sale names no customer: there is nobody to keep it from"),
        (Some(sam), "2026-03-02", "gift secret: choose a day after today and within two years"),
        (Some(sam), "soon", "gift secret: enter a date such as 2027-12-25"),
    ] {
        let wrong = CompleteSale { customer_id, secret_until: until.into(), ..sale.clone() };
        let refused = shop.services.complete_sale(&shop.owner, wrong).await.unwrap_err();
        assert_eq!(refused.to_string(), sentence);
    }

    // It survives being put aside.
    let line = ParkedLine {
        item_id: ring,
        tag: String::new(),
        price: cents("100.00"),
        discount: None,
        quantity: None,
    };
    let ticket = TicketContent {
        lines: vec![line],
        customer_id: Some(sam),
        secret_until: "2026-12-25".into(),
        ..TicketContent::default()
    };
    let park = ParkTicket {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        label: "Blue coat".into(),
        ticket,
        total: cents("107.00"),
    };
    let parked_id = shop.services.park_ticket(&shop.owner, park).await.unwrap();
    let open =
        OpenParked { command_id: command(), store_id: shop.set_up.store_id, session_id: session, parked_id };
    let opened = shop.services.open_parked(&shop.owner, open).await.unwrap();
    assert_eq!(opened.ticket.secret_until, "2026-12-25");

    let done = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.complete_sale(&shop.owner, cmd).await.unwrap(), done, "sent twice");
    assert_eq!(shop.told(sam, Audience::Household).await, (Vec::new(), Money::ZERO));
    let until = shop.services.sale(&shop.owner, done.sale_id).await.unwrap().secret_until;
    assert_eq!(until, Some("2026-12-25".parse().unwrap()));
    // One event says both.
    let asked = AuditFilter { subject: Some(done.sale_id.0), limit: 9, ..AuditFilter::default() };
    let trail = shop.services.audit(&shop.owner, asked).await.unwrap();
    let said: Vec<_> = trail.lines.iter().map(|line| line.summary.as_str()).collect();
    assert_eq!(said, ["Sold 1 piece for 107.00, gift secret until 2026-12-25"]);
    shop.secret(done.sale_id, "").await.unwrap();
    assert_eq!(shop.told(sam, Audience::Household).await.0, [done.sale_id]);
    shop.verifies().await;
}

async fn what_leaves_the_store_keeps_the_secret(shop: Shop) {
    let (sam, session) = (shop.named("Sam").await, shop.open_till("0").await);
    let (open, gift) = (shop.sold_to(session, Some(sam)).await, shop.sold_to(session, Some(sam)).await);
    shop.secret(gift, "2026-03-10").await.unwrap();
    let file = || async {
        let text = shop.services.sales_csv(&shop.owner, SaleFilter::default()).await.unwrap();
        text.lines().skip(1).map(|line| (line.contains("Sam"), line.contains("107.00"))).collect::<Vec<_>>()
    };
    // The money stands in the file as it stands in the books; whose it is does not.
    assert_eq!(file().await, [(false, true), (true, true)]);
    let text = shop.services.sales_csv(&shop.owner, SaleFilter::default()).await.unwrap();
    assert!(text.lines().nth(1).unwrap().ends_with(",secret until 2026-03-10"), "{text}");
    let journal = || async {
        let mut out = Vec::new();
        shop.services.export_ledger(ExportFormat::Csv, Period::default(), &mut out).await.unwrap();
        String::from_utf8(out).unwrap()
    };
    let number = shop.services.sale(&shop.owner, open).await.unwrap().facts.customer_id.map(|_| "C0");
    let counted = |text: &str| (text.matches(number.unwrap()).count(), text.matches("secret until").count());
    let (named, kept) = counted(&journal().await);
    assert!(named > 0 && kept > 0, "{}", journal().await);
    shop.clock.advance(chrono::Duration::days(8));
    assert_eq!(file().await, [(true, true), (true, true)]);
    assert_eq!(counted(&journal().await), (named + kept, 0));
    shop.verifies().await;
}

async fn what_comes_back_of_a_secret_is_one_too(shop: Shop) {
    let (sam, session) = (shop.named("Sam").await, shop.open_till("500").await);
    let gift = shop.sold_to(session, Some(sam)).await;
    shop.secret(gift, "2026-03-10").await.unwrap();
    let number = shop.services.sale(&shop.owner, gift).await.unwrap().number;
    let offer = shop.services.find_return(&shop.owner, &number).await.unwrap();
    assert_eq!(offer.secret_until, Some("2026-03-10".parse().unwrap()), "whoever takes it back is warned");
    let back = ReturnLine {
        line_id: offer.lines[0].line_id,
        condition: Condition::AsNew,
        proof: Proof::Receipt,
        fee: Money::ZERO,
        quantity: None,
    };
    let sale = shop.sale(session, &[], "-107.00", "107.00");
    let cmd = CompleteSale { returns: vec![back], customer_id: Some(sam), ..sale };
    let back = shop.services.complete_sale(&shop.owner, cmd).await.unwrap().sale_id;
    assert_eq!(shop.told(sam, Audience::Household).await, (Vec::new(), Money::ZERO));
    let page =
        shop.services.sales(&shop.owner, SaleFilter { limit: 5, ..SaleFilter::default() }).await.unwrap();
    assert!(page.sales.iter().all(|sale| sale.secret_until.is_some() && sale.customer_name.is_none()));
    shop.clock.advance(chrono::Duration::days(8));
    assert_eq!(shop.told(sam, Audience::Household).await, (vec![back, gift], Money::ZERO));
    shop.verifies().await;
}
