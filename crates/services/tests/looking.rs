//! Looking back: sales by what somebody remembers of them, accounts line by line, tills and their Z, the
//! safe on its way to the bank, and one find for everything.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::customer::{SaveCustomer, TypedCustomer};
use domain::event::SubjectKind;
use domain::ids::{CustomerId, SaleId};
use domain::ledger::{Dimensions, LineFilter, code};
use domain::money::Money;
use domain::person::Role;
use domain::sale::{SaleFilter, SaleStatus, Tender, VoidSale};
use domain::till::{CashCount, CloseTill, Deposit, SessionFilter};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    sales_are_found_by_what_is_remembered
    a_file_of_sales_holds_no_formula
    an_account_runs_from_line_to_line
    every_z_stays_in_the_history
    the_safe_goes_to_the_bank
    one_find_for_everything
}

impl Shop {
    async fn customer(&self, last_name: &str) -> CustomerId {
        let typed = TypedCustomer { last_name: last_name.into(), ..TypedCustomer::default() };
        let cmd = SaveCustomer { command_id: command(), customer_id: None, version: 0, typed };
        self.services.save_customer(&self.owner, cmd).await.unwrap()
    }

    /// Three sales: 107.00 in cash to a customer, 214.00 by card, and 53.50 in cash that is voided.
    async fn three_sales(&self, customer: CustomerId) -> [SaleId; 3] {
        let session = self.open_till("100").await;
        let ring = self.add_ring("100.00", "40.00").await;
        let mut cmd = self.sale(session, &[(ring, "100.00")], "107.00", "107");
        cmd.customer_id = Some(customer);
        let first = self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id;
        let ring = self.add_ring("200.00", "80.00").await;
        let mut cmd = self.sale(session, &[(ring, "200.00")], "214.00", "214");
        cmd.tenders = vec![Tender { kind: "card".into(), amount: cents("214"), reference: "0042".into() }];
        let second = self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id;
        let ring = self.add_ring("50.00", "20.00").await;
        let cmd = self.sale(session, &[(ring, "50.00")], "53.50", "53.50");
        let third = self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id;
        let void = VoidSale {
            command_id: command(),
            store_id: self.set_up.store_id,
            sale_id: third,
            reason: "rung up twice".into(),
            approvals: Vec::new(),
        };
        self.services.void_sale(&self.owner, void).await.unwrap();
        [first, second, third]
    }

    async fn found(&self, filter: SaleFilter) -> (Vec<SaleId>, String) {
        let page = self.services.sales(&self.owner, SaleFilter { limit: 50, ..filter }).await.unwrap();
        assert_eq!(page.count, page.sales.len() as u64);
        (page.sales.iter().map(|sale| sale.id).collect(), page.totals.total.to_string())
    }
}

async fn sales_are_found_by_what_is_remembered(shop: Shop) {
    let customer = shop.customer("Lovelace").await;
    let [first, second, third] = shop.three_sales(customer).await;
    let by = |filter: SaleFilter| shop.found(filter);
    let words = |words: &str| SaleFilter { words: words.into(), ..SaleFilter::default() };
    assert_eq!(by(SaleFilter::default()).await, (vec![third, second, first], "321.00".into()));
    assert_eq!(by(words("love")).await.0, [first]);
    assert_eq!(by(words("S1-T1-000002")).await.0, [second]);
    assert_eq!(by(words("P000003")).await.0, [third]);
    assert_eq!(by(words("214")).await.0, [second]);
    assert_eq!(by(words("214.00 love")).await.0, []);
    let card = SaleFilter { tender: Some("card".into()), ..SaleFilter::default() };
    assert_eq!(by(card).await.0, [second]);
    let voided = SaleFilter { status: Some(SaleStatus::Voided), ..SaleFilter::default() };
    assert_eq!(by(voided).await, (vec![third], "0.00".into()));
    let standing = SaleFilter { status: Some(SaleStatus::Completed), ..SaleFilter::default() };
    assert_eq!(by(standing).await.0, [second, first]);
    let mine = SaleFilter { seller: Some(shop.owner.person()), ..SaleFilter::default() };
    assert_eq!(by(mine).await.0.len(), 3);
    let nobodys = SaleFilter { seller: Some(uuid::Uuid::from_u128(1).into()), ..SaleFilter::default() };
    assert_eq!(by(nobodys).await.0, []);
    let tomorrow = SaleFilter { from: "2026-03-03".parse().ok(), ..SaleFilter::default() };
    assert_eq!(by(tomorrow).await.0, []);
    let bench = shop.services.sales(&shop.as_role(Role::BenchJeweler), SaleFilter::default()).await;
    assert!(matches!(bench, Err(ServiceError::Forbidden(_))));
    shop.verifies().await;
}

async fn a_file_of_sales_holds_no_formula(shop: Shop) {
    let customer = shop.customer("=HYPERLINK(\"http://evil.example\")").await;
    shop.three_sales(customer).await;
    let text = shop.services.sales_csv(&shop.owner, SaleFilter::default()).await.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[0],
        "receipt,date,time,customer,sold by,status,discount,net,tax,returned,total,gift secret"
    );
    assert!(lines[1].contains("voided") && lines[1].ends_with("0.00,50.00,3.50,0.00,53.50,"), "{}", lines[1]);
    assert!(lines[3].contains("\"'=HYPERLINK(\"\"http://evil.example\"\")\""), "{}", lines[3]);
    let bench = shop.services.sales_csv(&shop.as_role(Role::BenchJeweler), SaleFilter::default()).await;
    assert!(matches!(bench, Err(ServiceError::Forbidden(_))));
}

async fn an_account_runs_from_line_to_line(shop: Shop) {
    let customer = shop.customer("Lovelace").await;
    let [first, _, _] = shop.three_sales(customer).await;
    let view = |filter: LineFilter, offset: u64| {
        let services = shop.services.clone();
        let owner = shop.owner.clone();
        async move { services.account_view(&owner, code::TILL_CASH, filter, offset, 2).await.unwrap() }
    };
    // The float, two cash sales, and the void of the second.
    let page = view(LineFilter::default(), 0).await;
    let balances = |view: &domain::ledger::AccountView| {
        view.lines.iter().map(|line| line.balance.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((page.count, page.opening, page.closing), (4, Money::ZERO, cents("207")));
    assert_eq!((page.debit, page.credit), (cents("260.50"), cents("53.50")));
    assert_eq!(balances(&page), ["100.00", "207.00"]);
    assert_eq!(balances(&view(LineFilter::default(), 2).await), ["260.50", "207.00"]);
    let tomorrow = LineFilter { from: "2026-03-03".parse().ok(), ..LineFilter::default() };
    let page = view(tomorrow, 0).await;
    assert_eq!((page.count, page.opening, page.closing), (0, cents("207"), cents("207")));
    let about = Dimensions { document: Some(first.0), ..Dimensions::default() };
    let page = view(LineFilter { about, ..LineFilter::default() }, 0).await;
    assert_eq!((page.closing, page.about), (cents("107"), vec!["S1-T1-000001".to_owned()]));

    let sale = shop.services.sale(&shop.owner, first).await.unwrap();
    let event = shop.services.event(&shop.owner, sale.event).await.unwrap();
    assert_eq!((event.event.subject, event.event.subject_id), (SubjectKind::Sale, first.0));
    assert_eq!(event.entries.len(), 1);
    assert!(event.accounts.contains_key(&code::TILL_CASH));
    let associate = shop.services.event(&shop.as_role(Role::Associate), sale.event).await;
    assert!(matches!(associate, Err(ServiceError::Forbidden(_))));
}

async fn every_z_stays_in_the_history(shop: Shop) {
    let customer = shop.customer("Lovelace").await;
    shop.three_sales(customer).await;
    let all = || SessionFilter { limit: 10, ..SessionFilter::default() };
    let open = shop.services.till_history(&shop.owner, all()).await.unwrap();
    assert_eq!((open.count, open.sessions[0].z), (1, None));
    let close = CloseTill {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: open.sessions[0].id,
        count: CashCount { pieces: vec![2], cents: 500 },
        reason: String::new(),
    };
    shop.services.close_till(&shop.owner, close).await.unwrap();
    shop.clock.advance(chrono::Duration::days(1));
    shop.open_till("100").await;
    let page = shop.services.till_history(&shop.owner, all()).await.unwrap();
    assert_eq!(page.count, 2);
    let z = page.sessions[1].z.unwrap();
    assert_eq!((z.number, z.sales, z.total, z.over_short), (1, 2, cents("321"), cents("-2")));
    let today = SessionFilter { from: "2026-03-03".parse().ok(), ..all() };
    assert_eq!(shop.services.till_history(&shop.owner, today).await.unwrap().count, 1);
    let bookkeeper = shop.as_role(Role::Bookkeeper);
    assert_eq!(shop.services.till_history(&bookkeeper, all()).await.unwrap().count, 2);
    assert!(shop.services.till_report(&bookkeeper, page.sessions[1].id).await.is_ok());
    let bench = shop.services.till_history(&shop.as_role(Role::BenchJeweler), all()).await;
    assert!(matches!(bench, Err(ServiceError::Forbidden(_))));
    shop.verifies().await;
}

async fn the_safe_goes_to_the_bank(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("1,000.00", "400.00").await;
    let cmd = shop.sale(session, &[(ring, "1,000.00")], "1,070.00", "1,070");
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let drop = domain::till::DropCash {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        amount: cents("500"),
    };
    shop.services.drop_cash(&shop.owner, drop).await.unwrap();
    let safe = shop.services.safe(&shop.owner).await.unwrap();
    assert_eq!((safe.balance, safe.moves.len()), (cents("500"), 1));
    let deposit = |amount: &str| Deposit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        amount: cents(amount),
    };
    let refused = shop.services.deposit_safe(&shop.owner, deposit("500.01")).await.unwrap_err();
    assert_eq!(refused.to_string(), "there is 500.00 in the safe");
    shop.services.deposit_safe(&shop.as_role(Role::Bookkeeper), deposit("450")).await.unwrap();
    let safe = shop.services.safe(&shop.owner).await.unwrap();
    assert_eq!((safe.balance, safe.moves[0].amount), (cents("50"), cents("-450")));
    let associate = shop.services.safe(&shop.as_role(Role::Associate)).await;
    assert!(matches!(associate, Err(ServiceError::Forbidden(_))));
    shop.verifies().await;
}

async fn one_find_for_everything(shop: Shop) {
    let customer = shop.customer("Lovelace").await;
    let [first, second, _] = shop.three_sales(customer).await;
    let find = |typed: &str| {
        let (services, owner, typed) = (shop.services.clone(), shop.owner.clone(), typed.to_owned());
        async move { services.find_everywhere(&owner, &typed).await.unwrap() }
    };
    assert_eq!(find("love").await.customers[0].id, customer);
    assert_eq!(find("P000001").await.items[0].tag, "P000001");
    let sales = |found: &domain::find::Found| found.sales.iter().map(|sale| sale.id).collect::<Vec<_>>();
    assert_eq!(sales(&find("T1-000001").await), [first]);
    assert_eq!(sales(&find("2").await), [second]);
    assert_eq!(sales(&find("107.00").await), [first]);
    assert_eq!(find(" ").await, domain::find::Found::default());
    let bench = shop.services.find_everywhere(&shop.as_role(Role::BenchJeweler), "love").await.unwrap();
    assert!(bench.customers.is_empty() && bench.sales.is_empty());
    let bench = shop.services.find_everywhere(&shop.as_role(Role::BenchJeweler), "platinum").await.unwrap();
    assert!(!bench.items.is_empty() && bench.items.iter().all(|item| item.cost.is_none()));
}
