//! What customers owe: charged at the register, paid, applied, corrected.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

#[path = "support/accounts.rs"]
mod accounts;

use accounts::{on, person};
use domain::approval::{About, AskManager, Decide, Decision};
use domain::ids::*;
use domain::money::Money;
use domain::person::Role;
use domain::receivable::collect::{OpenDispute, SettleDispute};
use domain::receivable::*;
use domain::sale::{CompleteSale, VoidSale};
use domain::settings::{SettingsEdit, TypedCredit, TypedJurisdiction, TypedRate};
use domain::till::{CashCount, CloseTill};
use services::ServiceError;
use std::collections::BTreeMap;
use support::{Shop, cents, command, complaint};

on_both_databases! {
    an_invoice_of_another_day_has_the_taxes_of_that_day
    a_charged_sale_is_paid_in_parts_and_overpaid
    a_charge_that_is_blocked_waits_for_a_manager
    a_charged_sale_is_voided_until_something_was_paid
    a_charged_sale_comes_back_to_the_account
    two_desks_never_pay_more_than_is_owed
    a_payment_and_a_return_meet
    a_payment_and_a_void_meet
    payments_are_sent_twice_and_happen_once
    a_credit_moves_from_one_invoice_to_another
    a_check_comes_back_and_the_invoice_is_old_again
    what_is_written_off_may_be_recovered
    a_memo_takes_its_tax_along_and_no_more_than_the_price
    services_are_invoiced_without_a_sale
    what_makes_no_sense_is_told_at_its_field
    the_database_lets_nobody_cheat
    a_closed_day_stays_as_it_was
    documents_are_corrected_where_they_were_issued
    finance_charges_are_off_until_somebody_answers_for_them
}

impl Shop {
    fn voiding(&self, sale_id: SaleId) -> VoidSale {
        VoidSale {
            command_id: command(),
            store_id: self.set_up.store_id,
            sale_id,
            reason: "wrong customer".into(),
            approvals: Vec::new(),
        }
    }
}

async fn a_charged_sale_is_paid_in_parts_and_overpaid(shop: Shop) {
    let session = shop.open_till("100").await;
    let customer = shop.with_account("Person", "10,000").await;
    let (sold, invoice) = shop.charged(session, "500.00", customer).await;
    let sheet = shop.services.invoice(&shop.owner, invoice).await.unwrap();
    assert_eq!(
        (sheet.number.as_str(), sheet.amount, sheet.open),
        ("S1-INV-00001", cents("535"), cents("535"))
    );
    assert_eq!(sheet.sale.unwrap().1, sold.number);
    assert_eq!(shop.balance_text(1100).await, "535.00");

    // In cash at the till, with change.
    let cash = TakePayment {
        session_id: Some(session),
        tenders: vec![on("cash", "200")],
        ..shop.payment(customer, "cash", "135.00")
    };
    let done = shop.services.take_payment(&shop.owner, cash).await.unwrap();
    assert_eq!(done.number, "S1-PAY-00001");
    assert_eq!(shop.balance_text(1000).await, "235.00");
    let receipt = shop.services.customer_credit(&shop.owner, CustomerCreditId(done.document)).await.unwrap();
    assert_eq!(receipt.tenders[0].change, cents("65"));
    assert_eq!(
        (receipt.applied[0].invoice_number.as_str(), receipt.applied[0].amount),
        ("S1-INV-00001", cents("135"))
    );

    // More than is owed, from the office: J07.
    shop.pays(customer, "card", "465.00").await;
    let account = shop.account(customer).await;
    assert_eq!((account.standing.owed, account.standing.unapplied), (Money::ZERO, cents("65")));
    assert!(account.invoices.is_empty());
    assert_eq!(shop.balance_text(2250).await, "−65.00");
    let told: Vec<_> = account
        .movements
        .iter()
        .map(|m| (m.label.as_str(), m.amount.to_string(), m.balance.to_string()))
        .collect();
    assert_eq!(
        told,
        [
            ("Payment", "−465.00".to_owned(), "−65.00".to_owned()),
            ("Payment", "−135.00".to_owned(), "400.00".to_owned()),
            ("Sale on account", "535.00".to_owned(), "535.00".to_owned()),
        ]
    );
    let asked = AccountAsked { customer, offset: 1, limit: 1 };
    let page = shop.services.customer_account(&shop.owner, asked).await.unwrap();
    assert_eq!((page.movements[0].balance, page.movement_count), (cents("400"), 3));

    // The next charge uses the credit when somebody applies it: J08.
    let (_, next) = shop.charged(session, "100.00", customer).await;
    let credit = shop.account(customer).await.credits[0].id;
    let apply = ApplyCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        credit_id: credit,
        apply: ApplyTo::Invoice(next),
    };
    shop.services.apply_credit(&shop.owner, apply.clone()).await.unwrap();
    let again = ApplyCredit { command_id: command(), ..apply };
    let refused = shop.services.apply_credit(&shop.owner, again).await.unwrap_err();
    assert_eq!(refused.to_string(), "nothing of this credit is left");
    assert_eq!(shop.account(customer).await.standing.owed, cents("42"));

    let report = shop.services.till_report(&shop.owner, session).await.unwrap();
    let told: Vec<_> =
        report.on_account.iter().map(|line| (line.label.as_str(), line.amount.to_string())).collect();
    assert_eq!(told, [("Cash", "135.00".to_owned())]);
    let today = shop.services.today_in_stores(&shop.owner).await.unwrap();
    assert_eq!(today.stores[0].on_account, [("Card".into(), cents("465")), ("Cash".into(), cents("135"))]);
    let close = CloseTill {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        count: CashCount { pieces: vec![2, 0, 1, 1, 1], cents: 0 },
        reason: String::new(),
    };
    let z = shop.services.close_till(&shop.owner, close).await.unwrap();
    assert_eq!(z.expected, Some(cents("235")));
    shop.verifies().await;
}

async fn a_charge_that_is_blocked_waits_for_a_manager(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "100").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.charge(session, ring, "100.00", customer);
    let associate = shop.as_role(Role::Associate);
    let blocked = shop.services.complete_sale(&associate, cmd.clone()).await.unwrap_err();
    let ServiceError::NeedsApproval { sentence, .. } = &blocked else { panic!("{blocked:?}") };
    assert!(sentence.contains("107.00 would be owed, the limit is 100.00"), "{sentence}");

    // The owner rings it up themselves: a reason is enough.
    let own = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap_err();
    assert!(complaint(own, "override_reason").contains("say why"));

    // The manager hears of it on their own screen, with what speaks against it, and lets it through once.
    let ask = AskManager {
        command_id: command(),
        store_id: shop.set_up.store_id,
        about: About::Credit { customer_id: customer, amount: cents("107") },
        reason: "old customer".into(),
    };
    let clerk = shop.hire("clerk", Role::Associate).await;
    let id = shop.services.ask_manager(&clerk, ask).await.unwrap();
    let waiting = shop.services.approvals(&shop.owner).await.unwrap().waiting;
    let sheet = waiting[0].sheet.clone().unwrap();
    assert_eq!(sheet.headline, "107.00 on the account of Person");
    assert_eq!((sheet.lines[0].before, sheet.lines[0].after), (Money::ZERO, cents("107")));
    assert!(sheet.lines[0].note.contains("the limit is 100.00"));
    let decide = Decide {
        command_id: command(),
        store_id: shop.set_up.store_id,
        approval_id: id,
        decision: Decision::Approve,
    };
    shop.services.decide_approval(&shop.owner, decide).await.unwrap();
    let approved = CompleteSale { command_id: command(), approvals: vec![id], ..cmd };
    shop.services.complete_sale(&clerk, approved.clone()).await.unwrap();
    let ring = shop.add_ring("100.00", "40.00").await;
    let again = CompleteSale { approvals: vec![id], ..shop.charge(session, ring, "100.00", customer) };
    assert!(matches!(
        shop.services.complete_sale(&clerk, again).await,
        Err(ServiceError::NeedsApproval { .. })
    ));

    // Nobody without an account is charged at all.
    let nobody = shop.meet(person("Nobody")).await;
    let refused =
        shop.services.complete_sale(&clerk, shop.charge(session, ring, "100.00", nobody)).await.unwrap_err();
    assert!(refused.to_string().contains("no house account"), "{refused}");
    shop.verifies().await;
}

async fn a_charged_sale_is_voided_until_something_was_paid(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (first, invoice) = shop.charged(session, "100.00", customer).await;
    let (second, _) = shop.charged(session, "200.00", customer).await;
    shop.pays(customer, "card", "10.00").await;
    let refused = shop.services.void_sale(&shop.owner, shop.voiding(first.sale_id)).await.unwrap_err();
    assert!(refused.to_string().contains("something was paid or credited on S1-INV-00001"), "{refused}");
    shop.services.void_sale(&shop.owner, shop.voiding(second.sale_id)).await.unwrap();
    let account = shop.account(customer).await;
    assert_eq!((account.standing.owed, account.invoices.len()), (cents("97"), 1));
    assert_eq!(account.movements[0].label, "Void");
    let voided = account.movements.iter().find(|m| m.number == "S1-INV-00002").unwrap();
    let pay = TakePayment {
        apply: ApplyTo::Invoice(InvoiceId(voided.document)),
        ..shop.payment(customer, "card", "1.00")
    };
    let refused = shop.services.take_payment(&shop.owner, pay).await.unwrap_err();
    assert_eq!(complaint(refused, "apply"), "S1-INV-00002 was voided: nothing is owed on it");
    let sheet = shop.services.invoice(&shop.owner, invoice).await.unwrap();
    assert!(!sheet.voided);
    shop.verifies().await;
}

async fn a_charged_sale_comes_back_to_the_account(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (sold, _) = shop.charged(session, "5,000.00", customer).await;
    shop.pays(customer, "card", "350.00").await;
    let cmd = shop.taking_back(session, customer, &[&sold.number], "5,350.00").await;
    let ways = shop.services.refundable(&shop.owner, &[cmd.returns[0].line_id]).await.unwrap();
    assert_eq!((ways[0].kind.code.as_str(), ways[0].left), ("account", cents("5,350")));
    let other = shop.with_account("Other", "").await;
    let theirs = CompleteSale { command_id: command(), customer_id: Some(other), ..cmd.clone() };
    let refused = shop.services.complete_sale(&shop.owner, theirs).await.unwrap_err();
    assert!(refused.to_string().contains("is not an invoice of this customer"), "{refused}");
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    // J65: what was still open is gone, what was paid is credit.
    assert_eq!(shop.balance_text(1100).await, "0.00");
    assert_eq!(shop.balance_text(2250).await, "−350.00");
    let account = shop.account(customer).await;
    assert_eq!((account.standing.owed, account.standing.unapplied), (Money::ZERO, cents("350")));
    assert_eq!(account.credits[0].kind, CreditKind::Return);
    let refund = RefundCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: None,
        credit_id: account.credits[0].id,
        amount: "350".into(),
        tenders: vec![on("check", "350")],
        reason: "wants it back".into(),
    };
    shop.services.refund_credit(&shop.owner, refund).await.unwrap();
    assert_eq!(shop.balance_text(2250).await, "0.00");
    assert_eq!(shop.balance_text(1020).await, "−350.00");
    shop.verifies().await;
}

async fn two_desks_never_pay_more_than_is_owed(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice) = shop.charged(session, "100.00", customer).await;
    let by_hand = |amount: &str| TakePayment {
        apply: ApplyTo::ByHand(vec![TypedApplication { invoice_id: invoice, amount: amount.into() }]),
        ..shop.payment(customer, "card", amount)
    };
    let both = [by_hand("107.00"), by_hand("107.00"), by_hand("60.00"), by_hand("60.00")];
    let tries = both.map(|cmd| {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.take_payment(&owner, cmd).await })
    });
    let mut refused = Vec::new();
    for one in tries {
        if let Err(error) = one.await.unwrap() {
            refused.push(complaint(error, "apply.0.amount"));
        }
    }
    let account = shop.account(customer).await;
    let open = account.standing.owed;
    assert!(open == Money::ZERO || open == cents("47"), "{open} is open");
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert!(refused.iter().all(|why| why.ends_with("is open of this invoice")));
    shop.verifies().await;
}

async fn a_payment_and_a_return_meet(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    for round in 1..=6 {
        let (sold, _) = shop.charged(session, "100.00", customer).await;
        let back = shop.taking_back(session, customer, &[&sold.number], "107.00").await;
        let (returned, paid) = tokio::join!(
            shop.services.complete_sale(&shop.owner, back),
            shop.services.take_payment(&shop.owner, shop.payment(customer, "card", "107.00")),
        );
        returned.unwrap();
        paid.unwrap();
        let standing = shop.account(customer).await.standing;
        assert_eq!(standing.owed, Money::ZERO);
        assert_eq!(standing.unapplied, cents("107").times(round).unwrap());
    }
    shop.verifies().await;
}

async fn a_payment_and_a_void_meet(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    for _ in 0..6 {
        let (sold, invoice) = shop.charged(session, "100.00", customer).await;
        let cmd =
            TakePayment { apply: ApplyTo::Invoice(invoice), ..shop.payment(customer, "card", "107.00") };
        let (voided, paid) = tokio::join!(
            shop.services.void_sale(&shop.owner, shop.voiding(sold.sale_id)),
            shop.services.take_payment(&shop.owner, cmd),
        );
        let refused = match (voided, paid) {
            (Ok(()), Err(refused)) => complaint(refused, "apply"),
            (Err(refused), Ok(_)) => refused.to_string(),
            both => panic!("{both:?}"),
        };
        assert!(refused.contains("voided") || refused.contains("something was paid"), "{refused}");
        assert_eq!(shop.account(customer).await.standing.owed, Money::ZERO);
    }
    shop.verifies().await;
}

async fn payments_are_sent_twice_and_happen_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    shop.charged(session, "100.00", customer).await;
    let cmd = shop.payment(customer, "card", "50.00");
    let tries = [cmd.clone(), cmd.clone(), cmd.clone()].map(|cmd| {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.take_payment(&owner, cmd).await.unwrap() })
    });
    let mut answers = Vec::new();
    for one in tries {
        answers.push(one.await.unwrap());
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(shop.account(customer).await.standing.owed, cents("57"));
    let other = TakePayment { amount: "51.00".into(), tenders: vec![on("card", "51.00")], ..cmd };
    let refused = shop.services.take_payment(&shop.owner, other).await.unwrap_err();
    assert!(matches!(refused, ServiceError::SameIdOtherBody));
    shop.verifies().await;
}

async fn a_credit_moves_from_one_invoice_to_another(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, first) = shop.charged(session, "100.00", customer).await;
    let (_, second) = shop.charged(session, "200.00", customer).await;
    let credit = shop.pays(customer, "card", "107.00").await;
    let off = UnapplyCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        credit_id: credit,
        invoice_id: first,
        reason: "meant for the other".into(),
    };
    shop.services.unapply_credit(&shop.owner, off.clone()).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.unapplied, cents("107"));
    let again = UnapplyCredit { command_id: command(), ..off };
    assert!(shop.services.unapply_credit(&shop.owner, again).await.is_err());
    let on = ApplyCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        credit_id: credit,
        apply: ApplyTo::Invoice(second),
    };
    shop.services.apply_credit(&shop.owner, on).await.unwrap();
    let sheet = shop.services.customer_credit(&shop.owner, credit).await.unwrap();
    let told: Vec<_> =
        sheet.applied.iter().map(|one| (one.invoice_number.as_str(), one.amount.to_string())).collect();
    let expected = [("S1-INV-00001", "107.00"), ("S1-INV-00001", "−107.00"), ("S1-INV-00002", "107.00")];
    assert_eq!(told, expected.map(|(number, amount)| (number, amount.to_owned())));
    shop.verifies().await;
}

async fn a_check_comes_back_and_the_invoice_is_old_again(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice) = shop.charged(session, "500.00", customer).await;
    let due = shop.services.invoice(&shop.owner, invoice).await.unwrap().dues[0].due_on;
    let credit = shop.pays(customer, "check", "535.00").await;
    shop.clock.advance(chrono::Duration::days(20));
    let bounce = ReturnCheck {
        command_id: command(),
        store_id: shop.set_up.store_id,
        credit_id: credit,
        fee: "25".into(),
        reason: "no funds".into(),
    };
    shop.services.return_check(&shop.owner, bounce.clone()).await.unwrap();
    let sheet = shop.services.invoice(&shop.owner, invoice).await.unwrap();
    assert_eq!((sheet.open, sheet.dues[0].due_on), (cents("535"), due));
    assert_eq!(shop.account(customer).await.standing.owed, cents("560"));
    let again = ReturnCheck { command_id: command(), ..bounce };
    let refused = shop.services.return_check(&shop.owner, again).await.unwrap_err();
    assert_eq!(refused.to_string(), "this check came back already");
    shop.verifies().await;
}

async fn what_is_written_off_may_be_recovered(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice) = shop.charged(session, "1,000.00", customer).await;
    let cmd = WriteOff {
        command_id: command(),
        store_id: shop.set_up.store_id,
        invoice_id: invoice,
        amount: String::new(),
        reason: "no address".into(),
    };
    let manager = shop.as_role(Role::Manager);
    assert!(matches!(shop.services.write_off(&manager, cmd.clone()).await, Err(ServiceError::Forbidden(_))));
    let done = shop.services.write_off(&shop.owner, cmd.clone()).await.unwrap();
    let written_off = shop.account(customer).await.movements[0].document;
    let again = WriteOff { command_id: command(), ..cmd };
    let refused = shop.services.write_off(&shop.owner, again).await.unwrap_err();
    assert_eq!(refused.to_string(), "nothing is owed on what was chosen");
    let credit_id = CustomerCreditId(written_off);
    assert_eq!(done.document, written_off);
    let recover = |session_id, by: &str, amount: &str| RecoverWriteOff {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id,
        credit_id,
        amount: amount.into(),
        tenders: vec![on(by, amount)],
    };
    let refused =
        shop.services.recover_write_off(&shop.owner, recover(None, "cash", "400")).await.unwrap_err();
    assert_eq!(refused.to_string(), "cash goes into a drawer: take it at an open till");
    shop.services.recover_write_off(&shop.owner, recover(Some(session), "cash", "400")).await.unwrap();
    shop.services.recover_write_off(&shop.owner, recover(None, "card", "670")).await.unwrap();
    let refused =
        shop.services.recover_write_off(&shop.owner, recover(None, "card", "0.01")).await.unwrap_err();
    assert_eq!(complaint(refused, "amount"), "0.00 of it is still written off");
    let balances =
        (shop.balance_text(1100).await, shop.balance_text(1110).await, shop.balance_text(1030).await);
    assert_eq!(balances, ("0.00".into(), "0.00".into(), "670.00".into()));
    assert_eq!(shop.balance_text(1000).await, "400.00");
    shop.verifies().await;
}

async fn a_memo_takes_its_tax_along_and_no_more_than_the_price(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice) = shop.charged(session, "500.00", customer).await;
    let memo = |invoice_id, net: &str| IssueCreditMemo {
        command_id: command(),
        store_id: shop.set_up.store_id,
        customer_id: customer,
        invoice_id,
        net: net.into(),
        reason: "scratch".into(),
    };
    let done = shop.services.issue_credit_memo(&shop.owner, memo(Some(invoice), "100")).await.unwrap();
    assert_eq!(done.number, "S1-CM-00001");
    assert_eq!(shop.account(customer).await.standing.owed, cents("428"));
    let refused =
        shop.services.issue_credit_memo(&shop.owner, memo(Some(invoice), "400.01")).await.unwrap_err();
    assert_eq!(complaint(refused, "net"), "400.00 of S1-INV-00001 can still be credited");
    shop.services.issue_credit_memo(&shop.owner, memo(Some(invoice), "400")).await.unwrap();
    assert_eq!(shop.balance_text(2100).await, "0.00");
    shop.services.issue_credit_memo(&shop.owner, memo(None, "30")).await.unwrap();
    assert_eq!(shop.account(customer).await.standing.unapplied, cents("30"));
    let other = shop.with_account("Other", "").await;
    let theirs = IssueCreditMemo { customer_id: other, ..memo(Some(invoice), "1") };
    let refused = shop.services.issue_credit_memo(&shop.owner, theirs).await.unwrap_err();
    assert!(refused.to_string().contains("is not an invoice of this customer"), "{refused}");
    shop.verifies().await;
}

fn line(description: &str, amount: &str, taxed: bool) -> TypedInvoiceLine {
    TypedInvoiceLine { description: description.into(), amount: amount.into(), taxed, account: "4050".into() }
}

async fn services_are_invoiced_without_a_sale(shop: Shop) {
    let customer = shop.with_account("Person", "1,000").await;
    let issue = |typed| IssueInvoice {
        command_id: command(),
        store_id: shop.set_up.store_id,
        customer_id: customer,
        typed,
        approvals: Vec::new(),
    };
    let typed = TypedInvoice {
        terms: "installments".into(),
        installments: "3".into(),
        reference: "PO 17".into(),
        lines: vec![line("Appraisal of an estate", "90", false), line("Polishing cloths", "9.35", true)],
        ..TypedInvoice::default()
    };
    let done = shop.services.issue_invoice(&shop.owner, issue(typed.clone())).await.unwrap();
    let sheet = shop.services.invoice(&shop.owner, InvoiceId(done.document)).await.unwrap();
    assert_eq!((sheet.net, sheet.amount, sheet.taxes[0].1), (cents("99.35"), cents("100"), cents("0.65")));
    let dues: Vec<_> = sheet.dues.iter().map(|due| due.amount.to_string()).collect();
    assert_eq!(dues, ["33.34", "33.33", "33.33"]);
    let wrong = TypedInvoice {
        date: "2026-03-03".into(),
        installments: "5".into(),
        lines: vec![TypedInvoiceLine { account: "4000".into(), ..line(" ", "x", false) }],
        ..typed.clone()
    };
    let refused = shop.services.issue_invoice(&shop.owner, issue(wrong)).await.unwrap_err();
    let ServiceError::Fields(fields) = refused else { panic!("{refused:?}") };
    let names: Vec<_> = fields.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(names, ["date", "installments", "lines.0.description", "lines.0.amount", "lines.0.account"]);
    let over = TypedInvoice { lines: vec![line("Appraisal", "900.01", false)], ..typed };
    let bookkeeper = shop.as_role(Role::Bookkeeper);
    let refused = shop.services.issue_invoice(&bookkeeper, issue(over)).await.unwrap_err();
    assert!(matches!(refused, ServiceError::NeedsApproval { .. }), "{refused:?}");
    shop.verifies().await;
}

async fn what_makes_no_sense_is_told_at_its_field(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice) = shop.charged(session, "100.00", customer).await;
    let pay = async |cmd: TakePayment| shop.services.take_payment(&shop.owner, cmd).await.unwrap_err();
    let card = || shop.payment(customer, "card", "50.00");
    for amount in ["0", "-5", "x", "1.005", "99999999999"] {
        let refused = pay(TakePayment { amount: amount.into(), ..card() }).await;
        assert!(!complaint(refused, "amount").is_empty());
    }
    let future = TakePayment { received_on: "2026-03-03".into(), ..card() };
    assert_eq!(complaint(pay(future).await, "received_on"), "this day is still to come");
    let before = TakePayment { received_on: "2026-03-01".into(), apply: ApplyTo::Invoice(invoice), ..card() };
    assert!(complaint(pay(before).await, "apply").contains("after this payment"));
    let other = shop.with_account("Other", "").await;
    let theirs = TakePayment { customer_id: other, apply: ApplyTo::Invoice(invoice), ..card() };
    assert_eq!(complaint(pay(theirs).await, "apply"), "this is not an invoice of this customer");
    let nobody = TakePayment { customer_id: CustomerId(uuid::Uuid::nil()), ..card() };
    assert!(matches!(pay(nobody).await, ServiceError::NotFound("customer")));
    let closed = TakePayment { session_id: Some(TillSessionId(uuid::Uuid::nil())), ..card() };
    assert!(pay(closed).await.to_string().contains("the till is closed"));
    let short = TakePayment { tenders: vec![on("card", "49.99")], ..card() };
    assert_eq!(pay(short).await.to_string(), "0.01 is still to be paid");
    let store_id = shop.set_up.store_id;
    let save = async |version, typed| {
        let cmd = SaveHouseAccount { command_id: command(), store_id, customer_id: customer, version, typed };
        shop.services.save_house_account(&shop.owner, cmd).await
    };
    let typed = TypedHouseAccount::on(Terms::Net(30));
    assert!(matches!(save(0, typed.clone()).await, Err(ServiceError::Conflict(_))));
    let hold = TypedHouseAccount { state: "on_hold".into(), ..typed.clone() };
    assert!(complaint(save(1, hold).await.unwrap_err(), "hold_reason").contains("say why"));
    let five = TypedHouseAccount { terms: "installments".into(), installments: "5".into(), ..typed };
    assert!(complaint(save(1, five).await.unwrap_err(), "installments").contains("Regulation Z"));
    let nothing = shop.account(other).await;
    assert!(nothing.movements.is_empty() && nothing.invoices.is_empty());
    shop.verifies().await;
}

async fn the_database_lets_nobody_cheat(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    shop.charged(session, "100.00", customer).await;
    shop.invoiced(customer, "2026-03-01", "10.00").await;
    let credit_id = shop.pays(customer, "card", "200.00").await;
    let refund = RefundCredit {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: None,
        credit_id,
        amount: "5".into(),
        tenders: vec![on("card", "5")],
        reason: "wants it back".into(),
    };
    shop.services.refund_credit(&shop.owner, refund).await.unwrap();
    let connection = db::Db::connect_for_migration(&shop.location).await.unwrap();
    for sql in [
        "UPDATE receivable SET open_minor = 1",
        "UPDATE receivable SET amount_minor = amount_minor + 1",
        "UPDATE receivable SET touched_on = '2020-01-01'",
        "DELETE FROM receivable",
        "UPDATE customer_credit SET left_minor = left_minor - 1",
        "UPDATE customer_credit SET amount_minor = 1",
        "DELETE FROM customer_credit",
        "UPDATE application SET amount_minor = 1",
        "DELETE FROM application",
        "DELETE FROM invoice",
        "UPDATE invoice SET amount_minor = 1",
        "DELETE FROM account_tender",
        "DELETE FROM invoice_line",
        "UPDATE invoice_line SET net_minor = 1",
        "DELETE FROM credit_out",
        "UPDATE credit_out SET amount_minor = 1",
        "DELETE FROM house_account",
        "DELETE FROM customer",
        "DELETE FROM sale",
    ] {
        assert!(migrations::run_sql(&connection, sql).await.is_err(), "{sql} went through");
    }
    connection.close().await.unwrap();
    shop.verifies().await;
}

async fn a_closed_day_stays_as_it_was(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    shop.charged(session, "100.00", customer).await;
    let store_id = shop.set_up.store_id;
    let close = CloseTill {
        command_id: command(),
        store_id,
        session_id: session,
        count: CashCount::default(),
        reason: String::new(),
    };
    shop.services.close_till(&shop.owner, close).await.unwrap();
    let close = domain::till::CloseDay { command_id: command(), store_id };
    shop.services.close_day(&shop.owner, close).await.unwrap();
    // What came that same day counts toward the next, and says which day it came.
    let cmd = TakePayment { received_on: "2026-03-02".into(), ..shop.payment(customer, "check", "7.00") };
    let credit = CustomerCreditId(shop.services.take_payment(&shop.owner, cmd).await.unwrap().document);
    let sheet = shop.services.customer_credit(&shop.owner, credit).await.unwrap();
    assert_eq!(
        (sheet.received_on.to_string(), sheet.posted_on.to_string()),
        ("2026-03-02".into(), "2026-03-03".into())
    );
    assert_eq!(shop.account(customer).await.movements[0].dated, Some(sheet.received_on));
    shop.verifies().await;
}

async fn finance_charges_are_off_until_somebody_answers_for_them(shop: Shop) {
    let customer = shop.with_account("Person", "").await;
    let store_id = shop.set_up.store_id;
    let invoice_id = shop.invoiced(customer, "2026-01-05", "1,000.00").await;
    let assess =
        || AssessFinanceCharges { command_id: command(), store_id, accounts: 1, total: cents("15.00") };
    let refused = shop.services.finance_charges(&shop.owner).await.unwrap_err();
    assert!(refused.to_string().contains("assesses no finance charges"), "{refused}");
    assert!(shop.services.assess_finance_charges(&shop.owner, assess()).await.is_err());
    let typed = TypedCredit { reg_z: true, ..TypedCredit::from(&shop.policy()) };
    shop.edit(&shop.owner, SettingsEdit::Credit { store_id, typed }).await.unwrap();
    let dispute = OpenDispute { command_id: command(), store_id, invoice_id, reason: "never came".into() };
    shop.services.open_dispute(&shop.owner, dispute).await.unwrap();
    assert_eq!(shop.services.finance_charges(&shop.owner).await.unwrap().charges, []);
    let dispute_id = shop.services.collection(&shop.owner, customer).await.unwrap().disputes[0].id;
    let resolution = "it came".into();
    let settle = SettleDispute { command_id: command(), store_id, dispute_id, resolution };
    shop.services.settle_dispute(&shop.owner, settle).await.unwrap();
    let plan = shop.services.finance_charges(&shop.owner).await.unwrap();
    assert_eq!((plan.charges.len(), plan.charges[0].charge), (1, cents("15")));
    shop.services.assess_finance_charges(&shop.owner, assess()).await.unwrap();
    assert_eq!(shop.balance_text(4090).await, "−15.00");
    assert!(shop.services.assess_finance_charges(&shop.owner, assess()).await.is_err(), "once a month");
    shop.verifies().await;
}

async fn documents_are_corrected_where_they_were_issued(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let (_, invoice_id) = shop.charged(session, "100.00", customer).await;
    let credit_id = shop.pays(customer, "check", "57").await;
    // Whoever may write off in one store only names that store, and an invoice of the other.
    let (elsewhere, mut bookkeeper) = shop.second_store().await;
    bookkeeper.actor.roles = BTreeMap::from([(elsewhere, Role::Bookkeeper)]);
    let reason = || "out of business".to_owned();
    let write_off = WriteOff {
        command_id: command(),
        store_id: elsewhere,
        invoice_id,
        amount: String::new(),
        reason: reason(),
    };
    let memo = IssueCreditMemo {
        command_id: command(),
        store_id: elsewhere,
        customer_id: customer,
        invoice_id: Some(invoice_id),
        net: "10".into(),
        reason: reason(),
    };
    let back = ReturnCheck {
        command_id: command(),
        store_id: elsewhere,
        credit_id,
        fee: String::new(),
        reason: reason(),
    };
    let refused = [
        shop.services.write_off(&bookkeeper, write_off).await,
        shop.services.issue_credit_memo(&bookkeeper, memo).await,
        shop.services.return_check(&bookkeeper, back).await,
    ];
    assert!(refused.iter().all(|answer| matches!(answer, Err(ServiceError::NotFound(_)))), "{refused:?}");
    assert_eq!(shop.account(customer).await.standing.owed, cents("50"));
    shop.verifies().await;
}

async fn an_invoice_of_another_day_has_the_taxes_of_that_day(shop: Shop) {
    let id = shop.services.config().unwrap().jurisdictions[0].id;
    // It has been 7 % until today.
    let rate = TypedRate { valid_from: "2026-03-02".into(), percent: "8".into(), cap: String::new() };
    let typed =
        TypedJurisdiction { name: "State".into(), rates: vec![rate], stores: vec![shop.set_up.store_id] };
    shop.edit(&shop.owner, SettingsEdit::Tax { jurisdiction_id: Some(id), typed }).await.unwrap();
    let customer_id = shop.with_account("Person", "").await;
    for (date, total) in [("2026-03-01", "107"), ("2026-03-02", "108"), ("", "108")] {
        let line = TypedInvoiceLine {
            description: "Chain, made longer".into(),
            amount: "100".into(),
            account: "4050".into(),
            taxed: true,
        };
        let typed = TypedInvoice { date: date.into(), lines: vec![line], ..TypedInvoice::default() };
        let (command_id, store_id, approvals) = (command(), shop.set_up.store_id, Vec::new());
        let cmd = IssueInvoice { command_id, store_id, customer_id, typed, approvals };
        let done = shop.services.issue_invoice(&shop.owner, cmd).await.unwrap();
        let sheet = shop.services.invoice(&shop.owner, InvoiceId(done.document)).await.unwrap();
        assert_eq!(sheet.amount, cents(total), "{date}");
        // The form goes by the same.
        let levies = shop.services.invoice_taxes(&shop.owner, date.to_owned()).unwrap().levies;
        let percent: Vec<_> = levies.iter().map(|levy| levy.rate.to_string()).collect();
        assert_eq!(percent, [format!("{} %", total.trim_start_matches("10"))], "{date}");
    }
    shop.ties_out().await;
}
