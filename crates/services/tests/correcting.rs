//! Corrections of what customers owe that meet each other: memos, write-offs, returns, checks that come back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

#[path = "support/accounts.rs"]
mod accounts;

use accounts::{on, person};
use domain::ids::*;
use domain::money::Money;
use domain::person::Role;
use domain::receivable::*;
use domain::sale::{CompleteSale, SaleDone, VoidBy, VoidSale};
use domain::settings::{SettingsEdit, TypedCredit};
use services::ServiceError;
use std::collections::BTreeMap;
use support::{Shop, cents, command, complaint};

on_both_databases! {
    a_return_waits_until_a_memo_is_taken_back
    a_memo_that_was_paid_back_is_taken_back_too
    a_return_waits_until_a_write_off_is_taken_back
    what_came_back_is_not_credited_once_more
    a_memo_that_lies_elsewhere_stops_a_void
    a_memo_and_a_return_meet
    a_credit_is_used_once_from_many_desks
    what_was_paid_back_of_a_bad_check_is_owed_again
    the_check_of_a_receipt_comes_back_once
    the_usual_fee_is_proposed
    goods_of_a_bad_check_go_to_the_account
    goods_of_a_bad_check_come_back_by_way_of_others
    a_part_by_check_and_a_part_on_account_come_back
    a_bad_check_that_names_no_receipt_is_found
    a_receipt_paid_by_a_bad_check_is_not_voided
    what_a_bad_check_owes_is_credited_once
    a_payment_is_taken_off_by_whoever_may_where_it_came
    parts_that_are_written_off_have_the_whole_tax
    a_bad_check_makes_no_payment_slower
}

impl Shop {
    fn memo(&self, customer_id: CustomerId, invoice: InvoiceId, net: &str) -> IssueCreditMemo {
        IssueCreditMemo {
            command_id: command(),
            store_id: self.set_up.store_id,
            customer_id,
            invoice_id: Some(invoice),
            net: net.into(),
            reason: "scratch on the band".into(),
        }
    }

    async fn credited(&self, customer: CustomerId, invoice: InvoiceId, net: &str) -> CustomerCreditId {
        let cmd = self.memo(customer, invoice, net);
        CustomerCreditId(self.services.issue_credit_memo(&self.owner, cmd).await.unwrap().document)
    }

    async fn written_off(&self, invoice_id: InvoiceId, amount: &str) -> CustomerCreditId {
        let cmd = WriteOff {
            command_id: command(),
            store_id: self.set_up.store_id,
            invoice_id,
            amount: amount.into(),
            reason: "no address".into(),
        };
        CustomerCreditId(self.services.write_off(&self.owner, cmd).await.unwrap().document)
    }

    fn reversing(&self, credit_id: CustomerCreditId) -> ReverseCredit {
        let (store_id, reason) = (self.set_up.store_id, "should not be".into());
        ReverseCredit { command_id: command(), store_id, credit_id, reason }
    }
}

async fn a_return_waits_until_a_memo_is_taken_back(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (sold, invoice) = shop.charged(session, "5,000.00", customer).await;
    let back = shop.taking_back(session, customer, &[&sold.number], "5,350.00").await;
    let memo = shop.credited(customer, invoice, "100").await;
    let why = "Credit memo of 107.00 lessened S1-INV-00001: take that back first, on its own page";
    let refused = shop.services.complete_sale(&shop.owner, back.clone()).await.unwrap_err();
    assert_eq!(refused.to_string(), why);
    let refused = shop.services.find_return(&shop.owner, &sold.number).await.unwrap_err();
    assert_eq!(refused.to_string(), why);
    let silent = ReverseCredit { reason: " ".into(), ..shop.reversing(memo) };
    let refused = shop.services.reverse_credit(&shop.owner, silent).await.unwrap_err();
    assert_eq!(complaint(refused, "reason"), "this is needed");

    shop.services.reverse_credit(&shop.owner, shop.reversing(memo)).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.owed, cents("5,350"));
    assert_eq!(
        (shop.balance_text(4900).await, shop.balance_text(2100).await),
        ("0.00".into(), "−350.00".into())
    );
    let refused = shop.services.reverse_credit(&shop.owner, shop.reversing(memo)).await.unwrap_err();
    assert_eq!(refused.to_string(), "nothing of this credit is left");
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let standing = shop.account(customer).await.standing;
    assert_eq!((standing.owed, standing.unapplied), (Money::ZERO, Money::ZERO));
    assert_eq!(
        (shop.balance_text(2100).await, shop.balance_text(2250).await),
        ("0.00".into(), "0.00".into())
    );
    shop.ties_out().await;
}

async fn a_memo_that_was_paid_back_is_taken_back_too(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (sold, invoice) = shop.charged(session, "5,000.00", customer).await;
    let back = shop.taking_back(session, customer, &[&sold.number], "5,350.00").await;
    shop.pays(customer, "card", "5,350.00").await;
    let memo = shop.credited(customer, invoice, "100").await;
    let refund = RefundCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: None,
        credit_id: memo,
        amount: "107".into(),
        tenders: vec![on("check", "107")],
        reason: "wants it back".into(),
    };
    shop.services.refund_credit(&shop.owner, refund).await.unwrap();
    assert!(shop.services.complete_sale(&shop.owner, back.clone()).await.is_err());
    shop.services.reverse_credit(&shop.owner, shop.reversing(memo)).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.owed, cents("107"));
    let again = shop.services.reverse_credit(&shop.owner, shop.reversing(memo)).await.unwrap_err();
    assert_eq!(again.to_string(), "nothing of this credit is left");
    let measured = shop.services.receivable_measures(&shop.owner).await.unwrap();
    assert_eq!(measured.months.last().unwrap().facts.credit_sales, cents("5,350"));
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let standing = shop.account(customer).await.standing;
    assert_eq!((standing.owed, standing.unapplied), (cents("107"), cents("5,350")));
    assert_eq!(
        (shop.balance_text(2100).await, shop.balance_text(4900).await),
        ("0.00".into(), "5,000.00".into())
    );
    shop.ties_out().await;
}

async fn a_return_waits_until_a_write_off_is_taken_back(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (sold, invoice) = shop.charged(session, "1,000.00", customer).await;
    let back = shop.taking_back(session, customer, &[&sold.number], "1,070.00").await;
    let write_off = shop.written_off(invoice, "").await;
    let refused = shop.services.complete_sale(&shop.owner, back.clone()).await.unwrap_err();
    assert!(refused.to_string().contains("Write-off of 1,070.00 lessened S1-INV-00001"), "{refused}");
    let refused = shop.services.issue_credit_memo(&shop.owner, shop.memo(customer, invoice, "1")).await;
    assert_eq!(complaint(refused.unwrap_err(), "net"), "0.00 of S1-INV-00001 can still be credited");
    // Whoever may not write off does not take it back either.
    let manager = shop.as_role(Role::Manager);
    let refused = shop.services.reverse_credit(&manager, shop.reversing(write_off)).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused:?}");
    shop.services.reverse_credit(&shop.owner, shop.reversing(write_off)).await.unwrap();
    assert_eq!(shop.balance_text(1110).await, "0.00");
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let standing = shop.account(customer).await.standing;
    assert_eq!((standing.owed, standing.unapplied), (Money::ZERO, Money::ZERO));
    assert_eq!(shop.balance_text(2100).await, "0.00");
    shop.ties_out().await;
}

async fn what_came_back_is_not_credited_once_more(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (sold, invoice) = shop.charged(session, "5,000.00", customer).await;
    let back = shop.taking_back(session, customer, &[&sold.number], "5,350.00").await;
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let refused = shop.services.issue_credit_memo(&shop.owner, shop.memo(customer, invoice, "1")).await;
    assert_eq!(complaint(refused.unwrap_err(), "net"), "0.00 of S1-INV-00001 can still be credited");
    shop.ties_out().await;
}

async fn a_memo_that_lies_elsewhere_stops_a_void(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (sold, invoice_id) = shop.charged(session, "100.00", customer).await;
    let credit_id = shop.credited(customer, invoice_id, "10").await;
    let (store_id, reason) = (shop.set_up.store_id, "for the next one".to_owned());
    let off = UnapplyCredit { command_id: command(), store_id, credit_id, invoice_id, reason };
    shop.services.unapply_credit(&shop.owner, off).await.unwrap();
    let void = || VoidSale {
        command_id: command(),
        store_id,
        sale_id: sold.sale_id,
        reason: "wrong customer".into(),
        approvals: Vec::new(),
    };
    let refused = shop.services.void_sale(&shop.owner, void()).await.unwrap_err();
    assert!(refused.to_string().contains("Credit memo of 10.70 lessened S1-INV-00001"), "{refused}");
    shop.services.reverse_credit(&shop.owner, shop.reversing(credit_id)).await.unwrap();
    shop.services.void_sale(&shop.owner, void()).await.unwrap();
    assert_eq!(
        (shop.balance_text(1100).await, shop.balance_text(2250).await),
        ("0.00".into(), "0.00".into())
    );
    shop.ties_out().await;
}

async fn a_memo_and_a_return_meet(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    for _ in 0..6 {
        let (sold, invoice) = shop.charged(session, "100.00", customer).await;
        let back = shop.taking_back(session, customer, &[&sold.number], "107.00").await;
        let (returned, credited) = tokio::join!(
            shop.services.complete_sale(&shop.owner, back),
            shop.services.issue_credit_memo(&shop.owner, shop.memo(customer, invoice, "10")),
        );
        assert_ne!(returned.is_ok(), credited.is_ok(), "{returned:?}, {credited:?}");
        let standing = shop.account(customer).await.standing;
        assert_eq!(standing.unapplied, Money::ZERO);
        shop.pays(customer, "card", "96.30").await;
        let left = shop.account(customer).await;
        for credit in left.credits {
            // Nothing was owed: it goes back.
            let refund = RefundCredit {
                command_id: command(),
                store_id: shop.set_up.store_id,
                session_id: None,
                credit_id: credit.id,
                amount: "96.30".into(),
                tenders: vec![on("card", "96.30")],
                reason: "came back".into(),
            };
            shop.services.refund_credit(&shop.owner, refund).await.unwrap();
        }
        assert_eq!(shop.account(customer).await.standing.owed, Money::ZERO);
    }
    shop.ties_out().await;
}

async fn a_credit_is_used_once_from_many_desks(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let store_id = shop.set_up.store_id;
    let credit_id = shop.pays(customer, "card", "100.00").await;
    let (_, invoice_id) = shop.charged(session, "500.00", customer).await;
    let apply = ApplyTo::Invoice(invoice_id);
    let applying = || ApplyCredit { command_id: command(), store_id, credit_id, apply: apply.clone() };
    let refunding = || RefundCredit {
        command_id: command(),
        store_id,
        session_id: None,
        credit_id,
        amount: "100".into(),
        tenders: vec![on("card", "100")],
        reason: "wants it back".into(),
    };
    let (one, two, three, four) = tokio::join!(
        shop.services.apply_credit(&shop.owner, applying()),
        shop.services.refund_credit(&shop.owner, refunding()),
        shop.services.apply_credit(&shop.owner, applying()),
        shop.services.refund_credit(&shop.owner, refunding()),
    );
    let done = [&one, &two, &three, &four].iter().filter(|tried| tried.is_ok()).count();
    assert_eq!(done, 1, "{one:?} {two:?} {three:?} {four:?}");
    // A memo, a write-off and a payment of all that is owed: together never more than that.
    let owed = shop.account(customer).await.standing.owed;
    let cmd = WriteOff {
        command_id: command(),
        store_id,
        invoice_id,
        amount: String::new(),
        reason: "no address".into(),
    };
    let pay = shop.payment(customer, "card", &owed.to_string());
    let (credited, off, paid) = tokio::join!(
        shop.services.issue_credit_memo(&shop.owner, shop.memo(customer, invoice_id, "10")),
        shop.services.write_off(&shop.owner, cmd),
        shop.services.take_payment(&shop.owner, pay),
    );
    paid.unwrap();
    assert!(credited.is_ok() || off.is_ok(), "{credited:?} {off:?}");
    assert_eq!(shop.account(customer).await.standing.owed, Money::ZERO);
    shop.ties_out().await;
}

async fn what_was_paid_back_of_a_bad_check_is_owed_again(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    shop.charged(session, "500.00", customer).await;
    let credit_id = shop.pays(customer, "check", "600.00").await;
    let store_id = shop.set_up.store_id;
    let refund = RefundCredit {
        command_id: command(),
        store_id,
        session_id: None,
        credit_id,
        amount: "65".into(),
        tenders: vec![on("check", "65")],
        reason: "asked for it".into(),
    };
    shop.services.refund_credit(&shop.owner, refund).await.unwrap();
    let (fee, reason) = ("25".to_owned(), "no funds".to_owned());
    let cmd = ReturnCheck { command_id: command(), store_id, credit_id, fee, reason };
    shop.services.return_check(&shop.owner, cmd).await.unwrap();
    // The bank took the whole check back, and paid the store's own.
    assert_eq!(shop.balance_text(1020).await, "−665.00");
    assert_eq!(shop.account(customer).await.standing.owed, cents("625"));
    shop.ties_out().await;
}

async fn the_check_of_a_receipt_comes_back_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.meet(person("Person")).await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = CompleteSale {
        customer_id: Some(customer),
        tenders: vec![on("check", "107.00")],
        ..shop.sale(session, &[(ring, "100.00")], "107.00", "0")
    };
    let sale_id = shop.services.complete_sale(&shop.owner, cmd).await.unwrap().sale_id;
    let ring = shop.add_ring("100.00", "40.00").await;
    let unknown = CompleteSale {
        tenders: vec![on("check", "107.00")],
        ..shop.sale(session, &[(ring, "100.00")], "107.00", "0")
    };
    let unknown = shop.services.complete_sale(&shop.owner, unknown).await.unwrap().sale_id;
    let back = |sale_id, fee: &str| ReturnSaleCheck {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id,
        fee: fee.into(),
        reason: "no funds".into(),
    };
    let refused = shop.services.return_sale_check(&shop.owner, back(sale_id, "1,000")).await.unwrap_err();
    assert!(complaint(refused, "fee").starts_with("at most"));
    let refused = shop.services.return_sale_check(&shop.owner, back(unknown, "")).await.unwrap_err();
    assert!(refused.to_string().contains("has no customer"), "{refused}");
    let clerk = shop.as_role(Role::Associate);
    let refused = shop.services.return_sale_check(&clerk, back(sale_id, "")).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused:?}");

    let both = [back(sale_id, "25"), back(sale_id, "25")].map(|cmd| {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.return_sale_check(&owner, cmd).await })
    });
    let mut refused = Vec::new();
    for one in both {
        if let Err(error) = one.await.unwrap() {
            refused.push(error.to_string());
        }
    }
    assert_eq!(refused, ["this check came back already"]);
    let account = shop.account(customer).await;
    assert_eq!((account.standing.owed, account.invoices.len()), (cents("132"), 2));
    assert_eq!(
        (shop.balance_text(1020).await, shop.balance_text(4080).await),
        ("−107.00".into(), "−25.00".into())
    );
    assert!(shop.services.sale(&shop.owner, sale_id).await.unwrap().check_returned.is_some());
    // It is money that is owed, and no sale on credit.
    let measured = shop.services.receivable_measures(&shop.owner).await.unwrap();
    assert_eq!(measured.months.last().unwrap().facts.credit_sales, Money::ZERO);
    shop.ties_out().await;
}

impl Shop {
    /// A ring for 107.00 by check, and the check comes back.
    async fn bounced(&self, session: TillSessionId, customer_id: CustomerId) -> SaleDone {
        let ring = self.add_ring("100.00", "40.00").await;
        let cmd = CompleteSale {
            customer_id: Some(customer_id),
            tenders: vec![on("check", "107.00")],
            ..self.sale(session, &[(ring, "100.00")], "107.00", "0")
        };
        let sold = self.services.complete_sale(&self.owner, cmd).await.unwrap();
        let (store_id, sale_id) = (self.set_up.store_id, sold.sale_id);
        let (fee, reason) = ("25".into(), "no funds".into());
        let back = ReturnSaleCheck { command_id: command(), store_id, sale_id, fee, reason };
        self.services.return_sale_check(&self.owner, back).await.unwrap();
        sold
    }

    /// The invoice for a check that came back.
    async fn for_the_check(&self, customer: CustomerId) -> InvoiceId {
        let open = self.account(customer).await.invoices;
        open.iter().find(|one| one.kind == InvoiceKind::ReturnedCheck).unwrap().id
    }
}

async fn goods_of_a_bad_check_go_to_the_account(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.meet(person("Person")).await;
    let sold = shop.bounced(session, customer).await;
    let invoice = shop.services.invoice(&shop.owner, shop.for_the_check(customer).await).await.unwrap();
    assert_eq!((invoice.sale.unwrap().1, invoice.lines.len()), (sold.number.clone(), 1));
    assert_eq!(invoice.lines[0].description, "Returned check");

    let offer = shop.services.find_return(&shop.owner, &sold.number).await.unwrap();
    assert!(offer.check_returned);
    let ways = shop.services.refundable(&shop.owner, &[offer.lines[0].line_id]).await.unwrap();
    let ways: Vec<_> = ways.iter().map(|way| (way.kind.code.as_str(), way.left)).collect();
    assert_eq!(ways, [("account", cents("107"))]);
    let back = shop.taking_back(session, customer, &[&sold.number], "107.00").await;
    let by_check =
        CompleteSale { command_id: command(), tenders: vec![on("check", "107.00")], ..back.clone() };
    let refused = shop.services.complete_sale(&shop.owner, by_check).await.unwrap_err();
    assert_eq!(refused.to_string(), "nothing of it was paid by “check”");
    let somebody = shop.meet(person("Somebody else")).await;
    let theirs = CompleteSale { command_id: command(), customer_id: Some(somebody), ..back.clone() };
    let refused = shop.services.complete_sale(&shop.owner, theirs).await.unwrap_err();
    assert!(refused.to_string().contains("is not an invoice of this customer"), "{refused}");

    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let standing = shop.account(customer).await.standing;
    assert_eq!((standing.owed, standing.unapplied), (cents("25"), Money::ZERO), "the fee is still owed");
    assert_eq!(shop.balance(1020).await, cents("-107"), "the bank took the check back, and nobody was paid");
    // Neither what was sold nor what came back was on credit.
    let measured = shop.services.receivable_measures(&shop.owner).await.unwrap();
    assert_eq!(measured.months.last().unwrap().facts.credit_sales, Money::ZERO);

    // Who made the check good has their money on the account when the goods come back.
    let sold = shop.bounced(session, customer).await;
    shop.pays(customer, "card", "157.00").await;
    let back = shop.taking_back(session, customer, &[&sold.number], "107.00").await;
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let standing = shop.account(customer).await.standing;
    assert_eq!((standing.owed, standing.unapplied), (Money::ZERO, cents("107")));
    shop.ties_out().await;
}

async fn goods_of_a_bad_check_come_back_by_way_of_others(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let sold = shop.bounced(session, customer).await;
    let invoice = shop.for_the_check(customer).await;
    // For another ring of the same price, and that one comes back.
    let ring = shop.add_ring("100.00", "40.00").await;
    let exchange = CompleteSale {
        customer_id: Some(customer),
        returns: shop.taking_back(session, customer, &[&sold.number], "107.00").await.returns,
        tenders: Vec::new(),
        ..shop.sale(session, &[(ring, "100.00")], "0", "0")
    };
    let exchanged = shop.services.complete_sale(&shop.owner, exchange).await.unwrap();
    assert!(shop.services.find_return(&shop.owner, &exchanged.number).await.unwrap().check_returned);
    let back = shop.taking_back(session, customer, &[&exchanged.number], "107.00").await;
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.owed, cents("25"));
    let refused = shop.services.issue_credit_memo(&shop.owner, shop.memo(customer, invoice, "1")).await;
    assert!(complaint(refused.unwrap_err(), "net").starts_with("0.00 of "));
    let measured = shop.services.receivable_measures(&shop.owner).await.unwrap();
    assert_eq!(measured.months.last().unwrap().facts.credit_sales, Money::ZERO);
    shop.ties_out().await;
}

async fn a_part_by_check_and_a_part_on_account_come_back(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = CompleteSale {
        customer_id: Some(customer),
        tenders: vec![on("check", "57.00"), on("account", "50.00")],
        ..shop.sale(session, &[(ring, "100.00")], "107.00", "0")
    };
    let sold = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let (store_id, sale_id) = (shop.set_up.store_id, sold.sale_id);
    let (fee, reason) = (String::new(), "no funds".into());
    let bad = ReturnSaleCheck { command_id: command(), store_id, sale_id, fee, reason };
    shop.services.return_sale_check(&shop.owner, bad).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.owed, cents("107"));
    // What may be credited of each is what is owed on it, whatever the other is.
    let charged = shop.account(customer).await.invoices.into_iter().find(|one| one.kind == InvoiceKind::Sale);
    let memo = shop.credited(customer, charged.unwrap().id, "1").await;
    shop.services.reverse_credit(&shop.owner, shop.reversing(memo)).await.unwrap();
    let back = shop.taking_back(session, customer, &[&sold.number], "107.00").await;
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let standing = shop.account(customer).await.standing;
    assert_eq!((standing.owed, standing.unapplied), (Money::ZERO, Money::ZERO));
    let measured = shop.services.receivable_measures(&shop.owner).await.unwrap();
    assert_eq!(measured.months.last().unwrap().facts.credit_sales, Money::ZERO);
    shop.ties_out().await;
}

async fn a_bad_check_that_names_no_receipt_is_found(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.meet(person("Person")).await;
    shop.bounced(session, customer).await;
    shop.verifies().await;
    let to = "UPDATE invoice SET sale_id =";
    shop.tamper(&format!("{to} NULL WHERE kind = 'returned_check'")).await;
    let report = shop.services.verify().await.unwrap();
    let rule = "A check that came back is owed for the receipt that it had paid";
    assert!(report.findings.iter().any(|one| format!("{one:?}").contains(rule)), "{:?}", report.findings);
    let of_event = "(SELECT subject_id FROM event WHERE id = invoice.event_id)";
    shop.tamper(&format!("{to} {of_event} WHERE kind = 'returned_check'")).await;
    shop.verifies().await;
}

async fn the_usual_fee_is_proposed(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let store_id = shop.set_up.store_id;
    let typed = TypedCredit { returned_check_fee: "15".into(), ..TypedCredit::from(&shop.policy()) };
    shop.edit(&shop.owner, SettingsEdit::Credit { store_id, typed }).await.unwrap();
    let (sold, _) = shop.charged(session, "100.00", customer).await;
    let paid = shop.pays(customer, "check", "107.00").await;
    assert_eq!(shop.services.customer_credit(&shop.owner, paid).await.unwrap().check_fee, cents("15"));
    assert_eq!(shop.services.sale_sheet(&shop.owner, sold.sale_id).await.unwrap().check_fee, cents("15"));
}

async fn a_receipt_paid_by_a_bad_check_is_not_voided(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.meet(person("Person")).await;
    let sold = shop.bounced(session, customer).await;
    assert_eq!(shop.services.sale_sheet(&shop.owner, sold.sale_id).await.unwrap().void_by, VoidBy::Nobody);
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id: sold.sale_id,
        reason: "wrong customer".into(),
        approvals: Vec::new(),
    };
    let refused = shop.services.void_sale(&shop.owner, void).await.unwrap_err();
    assert!(refused.to_string().starts_with("the bank sent the check of this sale back"), "{refused}");
    shop.ties_out().await;
}

async fn what_a_bad_check_owes_is_credited_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.meet(person("Person")).await;
    let sold = shop.bounced(session, customer).await;
    let invoice = shop.for_the_check(customer).await;
    let given_up = shop.written_off(invoice, "107").await;
    let back = shop.taking_back(session, customer, &[], "107.00").await;
    let refused = shop.services.find_return(&shop.owner, &sold.number).await.unwrap_err();
    assert!(refused.to_string().contains("Write-off of 107.00 lessened"), "{refused}");
    shop.services.reverse_credit(&shop.owner, shop.reversing(given_up)).await.unwrap();
    let back = CompleteSale {
        returns: shop.taking_back(session, customer, &[&sold.number], "107.00").await.returns,
        ..back
    };
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    let refused = shop.services.issue_credit_memo(&shop.owner, shop.memo(customer, invoice, "1")).await;
    assert!(complaint(refused.unwrap_err(), "net").starts_with("0.00 of "));
    shop.ties_out().await;
}

async fn a_payment_is_taken_off_by_whoever_may_where_it_came(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice_id) = shop.charged(session, "100.00", customer).await;
    let credit_id = shop.pays(customer, "card", "107.00").await;
    let (elsewhere, mut manager) = shop.second_store().await;
    manager.actor.roles = BTreeMap::from([(elsewhere, Role::Manager)]);
    let reason = "was for the other one".to_owned();
    let off = UnapplyCredit { command_id: command(), store_id: elsewhere, credit_id, invoice_id, reason };
    let refused = shop.services.unapply_credit(&manager, off.clone()).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "{refused:?}");
    manager.actor.roles.insert(shop.set_up.store_id, Role::Manager);
    shop.services.unapply_credit(&manager, off).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.owed, cents("107"));
    shop.ties_out().await;
}

async fn parts_that_are_written_off_have_the_whole_tax(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let store_id = shop.set_up.store_id;
    let typed = TypedCredit { bad_debt_tax_relief: true, ..TypedCredit::from(&shop.policy()) };
    shop.edit(&shop.owner, SettingsEdit::Credit { store_id, typed }).await.unwrap();
    // 7 % of 9.50 is 0.67 when it is rounded, and three parts of it by themselves would round to 0.66.
    let (_, invoice) = shop.charged(session, "9.50", customer).await;
    for part in ["3.39", "3.39", ""] {
        shop.written_off(invoice, part).await;
    }
    assert_eq!(
        (shop.balance_text(1100).await, shop.balance_text(2100).await),
        ("0.00".into(), "0.00".into())
    );
    shop.ties_out().await;
}

async fn a_bad_check_makes_no_payment_slower(shop: Shop) {
    let customer = shop.with_account("Person", "").await;
    let store_id = shop.set_up.store_id;
    let first = shop.invoiced(customer, "2026-01-31", "535.00").await;
    let to = |apply, by: &str, amount: &str| TakePayment { apply, ..shop.payment(customer, by, amount) };
    let by_check = to(ApplyTo::Invoice(first), "check", "535.00");
    let check = shop.services.take_payment(&shop.owner, by_check).await.unwrap();
    let second = shop.invoiced(customer, "2026-02-20", "1,000.00").await;
    let by_card = to(ApplyTo::Invoice(second), "card", "1,000.00");
    shop.services.take_payment(&shop.owner, by_card).await.unwrap();
    let measures = async || {
        let sheet = shop.services.receivable_measures(&shop.owner).await.unwrap();
        sheet.months.last().unwrap().measures
    };
    let before = measures().await.days_to_pay;
    let credit_id = CustomerCreditId(check.document);
    let (fee, reason) = (String::new(), "no funds".to_owned());
    let cmd = ReturnCheck { command_id: command(), store_id, credit_id, fee, reason };
    shop.services.return_check(&shop.owner, cmd).await.unwrap();
    assert_eq!(measures().await.days_to_pay, before);
    let rate = measures().await.collection_rate.unwrap();
    // Of 535 that was due, 535 came in and was owed once more.
    assert_eq!(rate.ppm(), 500_000);
    shop.ties_out().await;
}
