//! What customers owe, with the amounts of the rule book.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::NaiveDate;
use domain::approval::{Answer, Approval, ApprovalKind, lifetime};
use domain::event::Origin;
use domain::field::FieldError;
use domain::ids::*;
use domain::ledger::code;
use domain::moment::Moment;
use domain::money::Money;
use domain::person::Role;
use domain::policy::CashRounding;
use domain::rate::Rate;
use domain::receivable::*;
use domain::sale::*;
use domain::tax::{LineTax, TaxPart};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use support::*;
use uuid::Uuid;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn customer() -> CustomerId {
    CustomerId(Uuid::from_u128(30))
}

fn company() -> LegalEntityId {
    LegalEntityId(Uuid::from_u128(4))
}

fn at(date: &str) -> Moment {
    Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), day(date))
}

fn ids() -> Ids {
    Ids::new(command_id())
}

fn office() -> Origin {
    Origin { till: None, ..origin() }
}

fn tax_of(net: &str, tax: &str) -> LineTax {
    let jurisdiction_id = JurisdictionId(Uuid::from_u128(5));
    LineTax {
        parts: vec![TaxPart {
            jurisdiction_id,
            rate: Rate::from_ppm(70_000),
            base: cents(net),
            tax: cents(tax),
        }],
    }
}

/// A due date of an invoice with this number.
fn owed(number: u128, due_on: &str, open: &str) -> OpenReceivable {
    OpenReceivable {
        id: ReceivableId(Uuid::from_u128(1_000 + number)),
        invoice_id: InvoiceId(Uuid::from_u128(number)),
        number: format!("S1-INV-{number:05}"),
        kind: ReceivableKind::Principal,
        store_id: store(),
        legal_entity_id: company(),
        customer_id: customer(),
        associate_id: None,
        invoiced_on: day("2026-01-01"),
        posted_on: day("2026-01-01"),
        due_on: day(due_on),
        amount: cents(open),
        open: cents(open),
        touched_on: None,
        voided: false,
    }
}

fn standing() -> AccountStanding {
    AccountStanding {
        account: Some(HouseAccount {
            customer_id: customer(),
            terms: Terms::Net(30),
            limit: Some(cents("10,000")),
            state: AccountState::Open,
            hold_reason: None,
            opened_on: day("2026-01-01"),
            version: 1,
        }),
        ..AccountStanding::nothing(customer())
    }
}

fn with_account(items: Vec<ItemInSale>, standing: AccountStanding) -> Snapshot {
    let customer = Some(CustomerInSale { id: standing.customer_id, exemption: None });
    Snapshot { account: Some(standing), customer, ..snapshot(items) }
}

fn charged(s: &Snapshot, total: &str, tenders: Vec<Tender>) -> CompleteSale {
    CompleteSale { customer_id: Some(customer()), ..command(s, total, tenders) }
}

fn complaint(refused: ReceivableRefusal, field: &str) -> String {
    let ReceivableRefusal::Fields(fields) = refused else { panic!("{refused:?}") };
    let find = |one: &&FieldError| one.field == field;
    fields.iter().find(find).map(|one| one.message.clone()).unwrap_or_else(|| panic!("{fields:?}"))
}

/// The sums of an outcome by account, as expected.
fn posted(outcome: &ReceivableOutcome, expected: &[(i32, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(code, amount)| (*code, cents(amount).to_string())).collect();
    assert_eq!(sums(&outcome.record), expected);
}

// ---- At the register ----

#[test]
fn j03_a_sale_on_the_house_account_makes_an_invoice() {
    let s = with_account(vec![item(1, "5,000", "2,200")], standing());
    let cmd = charged(&s, "5,350", vec![tender("account", "5,350")]);
    posts(&s, &cmd, &[(1100, "5,350"), (1200, "-2,200"), (2100, "-350"), (4000, "-5,000"), (5000, "2,200")]);
    let outcome = run(&s, &cmd).unwrap();
    let [invoice] = outcome.account.invoices.as_slice() else { panic!("one invoice") };
    assert_eq!((invoice.net, invoice.amount), (cents("5,000"), cents("5,350")));
    assert_eq!(invoice.tax.total().unwrap(), cents("350"));
    assert_eq!(invoice.dues.len(), 1);
    assert_eq!(invoice.dues[0].due_on, day("2026-03-31"));
    let on_account = |line: &&domain::ledger::Line| line.account == code::RECEIVABLES;
    let lines = &outcome.record.entries[0].entry().lines;
    let line = lines.iter().find(on_account).unwrap();
    assert_eq!((line.dimensions.document, line.dimensions.customer), (Some(invoice.id.0), Some(customer())));
}

#[test]
fn a_part_may_be_paid_and_the_rest_charged_in_installments() {
    let mut terms = standing();
    terms.account.as_mut().unwrap().terms = Terms::Installments(3);
    let s = with_account(vec![item(1, "100", "40")], terms);
    let cmd = charged(&s, "107", vec![tender("card", "7"), tender("account", "100")]);
    let outcome = run(&s, &cmd).unwrap();
    let invoice = &outcome.account.invoices[0];
    let dues: Vec<_> = invoice.dues.iter().map(|due| due.amount.to_string()).collect();
    assert_eq!(dues, ["33.34", "33.33", "33.33"]);
    assert_eq!((invoice.net, invoice.tax.total().unwrap()), (cents("93.46"), cents("6.54")));
}

#[test]
fn a_charge_needs_a_customer_with_an_account() {
    let nobody = snapshot(vec![item(1, "100", "40")]);
    let cmd = command(&nobody, "107", vec![tender("account", "107")]);
    assert_eq!(run(&nobody, &cmd).unwrap_err(), Refusal::Account(ReceivableRefusal::NoCustomer));
    let s = with_account(vec![item(1, "100", "40")], AccountStanding::nothing(customer()));
    let cmd = charged(&s, "107", vec![tender("account", "107")]);
    assert_eq!(run(&s, &cmd).unwrap_err(), Refusal::Account(ReceivableRefusal::NoAccount));
    let mut closed = standing();
    closed.account.as_mut().unwrap().state = AccountState::Closed;
    let s = with_account(vec![item(1, "100", "40")], closed);
    assert_eq!(run(&s, &cmd).unwrap_err(), Refusal::Account(ReceivableRefusal::AccountClosed));
}

#[test]
fn a_blocked_account_is_charged_with_a_managers_approval_or_by_a_manager_with_a_reason() {
    let mut over = standing();
    over.account.as_mut().unwrap().limit = Some(cents("100"));
    let s = with_account(vec![item(1, "100", "40")], over);
    let cmd = charged(&s, "107", vec![tender("account", "107")]);
    let refused = run(&s, &cmd).unwrap_err();
    assert!(
        matches!(&refused, Refusal::Account(ReceivableRefusal::Blocked { warning, .. })
        if warning == "107.00 would be owed, the limit is 100.00"),
        "{refused:?}"
    );
    let approval = |amount: &str| Approval {
        id: ApprovalId(Uuid::from_u128(50)),
        kind: ApprovalKind::Credit,
        store_id: store(),
        till_id: None,
        subject: credit_subject(customer(), cents(amount)),
        asked_by: actor(Role::Associate).person_id,
        asked_at: moment().recorded_at,
        reason: "known for years".into(),
        sheet: None,
        answer: Answer::Given { by: manager(), at: moment().recorded_at },
        expires_at: moment().recorded_at + lifetime(),
        used_by: None,
    };
    let approved = CompleteSale { approvals: vec![ApprovalId(Uuid::from_u128(50))], ..cmd.clone() };
    let done = run(&Snapshot { approvals: vec![approval("107")], ..s.clone() }, &approved).unwrap();
    assert_eq!((done.record.event.approver, done.record.approvals.len()), (Some(manager()), 1));
    assert!(done.record.event.summary.contains("the limit is 100.00"));
    assert!(run(&Snapshot { approvals: vec![approval("106.99")], ..s.clone() }, &approved).is_err());

    let by_manager = |reason: &str| {
        let cmd = CompleteSale { override_reason: reason.into(), ..cmd.clone() };
        complete(&s, &cmd, &actor(Role::Manager), &origin(), &moment(), &mut ids())
    };
    assert!(matches!(by_manager("").unwrap_err(), Refusal::Account(ReceivableRefusal::ReasonNeeded(_))));
    assert!(by_manager("good for it").unwrap().record.event.summary.contains("(good for it)"));
}

/// A charged sale comes back: J65.
fn coming_back(open: &str) -> (Snapshot, CompleteSale) {
    let s = with_account(Vec::new(), standing());
    let sold = SoldLine {
        line_id: SaleLineId(Uuid::from_u128(1)),
        sale_id: SaleId(Uuid::from_u128(900)),
        number: "S1-T1-000007".into(),
        store_id: store(),
        customer_id: Some(customer()),
        sold_on: day("2026-02-20"),
        voided: false,
        item_id: ItemId(Uuid::from_u128(1)),
        tag: "P1".into(),
        description: "Ring".into(),
        net: cents("5,000"),
        tax: tax_of("5,000", "350"),
        tax_total: cents("350"),
        cost: cents("2,200"),
        sellers: Vec::new(),
        portion: None,
        came_back: domain::item::Quantity::ZERO,
        lot: None,
        inventory: code::INVENTORY_SHOWCASE,
        returned_on: None,
        gift: false,
        status: domain::item::ItemStatus::Sold,
        version: 2,
    };
    let kind = s.tender_kinds.iter().find(|kind| kind.code == "account").unwrap().clone();
    let s = Snapshot {
        sold: vec![sold],
        refundable: vec![Refundable { kind, left: cents("5,350") }],
        charged: vec![OpenReceivable { amount: cents("5,350"), ..owed(7, "2026-03-22", open) }],
        charged_to: [customer()].into(),
        ..s
    };
    let line = ReturnLine {
        line_id: SaleLineId(Uuid::from_u128(1)),
        condition: Condition::AsNew,
        proof: Proof::Receipt,
        fee: Money::ZERO,
        quantity: None,
    };
    let cmd = CompleteSale { returns: vec![line], ..charged(&s, "-5,350", vec![tender("account", "5,350")]) };
    (s, cmd)
}

#[test]
fn j65_a_charged_sale_comes_back_to_the_account() {
    let (s, cmd) = coming_back("5,350");
    posts(&s, &cmd, &[(1100, "-5,350"), (1200, "2,200"), (2100, "350"), (4900, "5,000"), (5000, "-2,200")]);
}

#[test]
fn what_was_paid_already_of_a_charged_sale_becomes_credit() {
    let (s, cmd) = coming_back("1,000");
    let paid = [
        (1100, "-1,000"),
        (1200, "2,200"),
        (2100, "350"),
        (2250, "-4,350"),
        (4900, "5,000"),
        (5000, "-2,200"),
    ];
    posts(&s, &cmd, &paid);
    let outcome = run(&s, &cmd).unwrap();
    let tenders: Vec<_> = outcome
        .sale
        .tenders
        .iter()
        .map(|tender| (tender.kind.account.get(), tender.amount.to_string()))
        .collect();
    assert_eq!(tenders, [(1100, "−1,000.00".to_owned()), (2250, "−4,350.00".to_owned())]);
    assert_eq!(outcome.account.credits[0].kind, CreditKind::Return);
}

#[test]
fn nothing_goes_to_the_account_of_somebody_else() {
    let (s, cmd) = coming_back("5,350");
    let other = Snapshot { charged_to: [CustomerId(Uuid::from_u128(31))].into(), ..s };
    assert!(matches!(run(&other, &cmd).unwrap_err(), Refusal::Account(ReceivableRefusal::OtherCustomer(_))));
}

// ---- Payments ----

struct Owing {
    open: Vec<OpenReceivable>,
    kinds: Vec<TenderKind>,
    till: Option<TillInSale>,
}

fn owing(open: Vec<OpenReceivable>) -> Owing {
    let s = snapshot(Vec::new());
    Owing { open, kinds: s.tender_kinds, till: s.till }
}

impl Owing {
    fn snapshot(&self) -> PaymentSnapshot<'_> {
        PaymentSnapshot {
            customer: (customer(), "Person"),
            till: self.till.as_ref(),
            open: &self.open,
            tender_kinds: &self.kinds,
            rounding: CashRounding::Exact,
            legal_entity: company(),
            today: day("2026-03-01"),
        }
    }

    fn take(&self, cmd: &TakePayment) -> Result<ReceivableOutcome, ReceivableRefusal> {
        cmd.decide(&self.snapshot(), &origin(), &at("2026-03-01"), &mut ids())
    }
}

fn payment(amount: &str, tenders: Vec<Tender>) -> TakePayment {
    TakePayment {
        command_id: command_id(),
        store_id: store(),
        session_id: None,
        customer_id: customer(),
        amount: amount.into(),
        tenders,
        apply: ApplyTo::OldestFirst,
        received_on: String::new(),
        note: String::new(),
    }
}

#[test]
fn j06_a_payment_against_an_invoice() {
    let owing = owing(vec![owed(1, "2026-02-01", "535")]);
    posted(
        &owing.take(&payment("535", vec![tender("card", "535")])).unwrap(),
        &[(1030, "535"), (1100, "-535")],
    );
}

#[test]
fn j07_more_than_is_owed_stays_as_credit() {
    let owing = owing(vec![owed(1, "2026-02-01", "535")]);
    let done = owing.take(&payment("600", vec![tender("card", "600")])).unwrap();
    posted(&done, &[(1030, "600"), (1100, "-535"), (2250, "-65")]);
    assert_eq!(done.changes.used().unwrap(), [(done.changes.credits[0].id, cents("535"))]);
}

#[test]
fn cash_goes_into_a_drawer_and_gives_change() {
    let owing = owing(vec![owed(1, "2026-02-01", "535")]);
    let cash = payment("535", vec![tender("cash", "600")]);
    assert_eq!(owing.take(&cash).unwrap_err(), ReceivableRefusal::CashWithoutTill);
    let at_till = TakePayment { session_id: Some(TillSessionId(Uuid::from_u128(2))), ..cash };
    let done = owing.take(&at_till).unwrap();
    posted(&done, &[(1000, "535"), (1100, "-535")]);
    let drawer =
        done.record.entries[0].entry().lines.iter().find(|line| line.account == code::TILL_CASH).unwrap();
    assert_eq!(drawer.dimensions.till, origin().till);
    assert_eq!(done.changes.credits[0].tenders[0].change, cents("65"));
}

#[test]
fn a_payment_that_makes_no_sense_is_told_at_its_field() {
    let later = OpenReceivable { invoiced_on: day("2026-02-15"), ..owed(2, "2026-03-15", "300") };
    let owing = owing(vec![owed(1, "2026-02-01", "535"), later]);
    let card = |amount: &str| payment(amount, vec![tender("card", amount)]);
    let by_hand = |rows: &[(u128, &str)]| TakePayment {
        apply: ApplyTo::ByHand(
            rows.iter()
                .map(|(id, amount)| TypedApplication {
                    invoice_id: InvoiceId(Uuid::from_u128(*id)),
                    amount: (*amount).into(),
                })
                .collect(),
        ),
        ..card("600")
    };
    let refused = |cmd: &TakePayment, field: &str| complaint(owing.take(cmd).unwrap_err(), field);
    let amount = TakePayment { amount: "0".into(), ..card("600") };
    assert_eq!(refused(&amount, "amount"), "the amount must be more than zero");
    assert_eq!(refused(&by_hand(&[(1, "535.01")]), "apply.0.amount"), "535.00 is open of this invoice");
    assert_eq!(
        refused(&by_hand(&[(1, "300"), (1, "1")]), "apply.1.amount"),
        "this invoice stands here twice"
    );
    assert_eq!(refused(&by_hand(&[(1, "535"), (2, "100")]), "apply"), "635.00 is applied, 600.00 is there");
    assert_eq!(refused(&by_hand(&[(1, "x")]), "apply.0.amount"), "enter an amount such as 1,234.56");
    let dated = |date: &str, apply: ApplyTo| TakePayment { received_on: date.into(), apply, ..card("600") };
    let future = dated("2026-03-02", ApplyTo::OldestFirst);
    assert_eq!(refused(&future, "received_on"), "this day is still to come");
    let before = dated("2026-02-14", ApplyTo::Invoice(InvoiceId(Uuid::from_u128(2))));
    assert_eq!(refused(&before, "apply"), "S1-INV-00002 is of 2026-02-15, after this payment");
    let early = TakePayment { received_on: "0202-03-01".into(), ..card("600") };
    assert_eq!(refused(&early, "received_on"), "this is more than ten years ago: look at the year");
    let skips = owing.take(&dated("2026-02-14", ApplyTo::OldestFirst)).unwrap();
    posted(&skips, &[(1030, "600"), (1100, "-535"), (2250, "-65")]);
    let wrong = |open: OpenReceivable| Owing { open: vec![open], ..self::owing(Vec::new()) };
    let chosen = TakePayment { apply: ApplyTo::Invoice(InvoiceId(Uuid::from_u128(1))), ..card("10") };
    let voided = wrong(OpenReceivable { voided: true, ..owed(1, "2026-02-01", "0") });
    let told = |owing: &Owing| complaint(owing.take(&chosen).unwrap_err(), "apply");
    assert_eq!(told(&voided), "S1-INV-00001 was voided: nothing is owed on it");
    let elsewhere =
        OpenReceivable { legal_entity_id: LegalEntityId(Uuid::nil()), ..owed(1, "2026-02-01", "10") };
    assert_eq!(told(&wrong(elsewhere)), "S1-INV-00001 belongs to another company: it is paid there");
    assert_eq!(told(&wrong(owed(9, "2026-02-01", "1"))), "this is not an invoice of this customer");
    // Another row is looked at all the same.
    let rows = by_hand(&[(9, "1"), (1, "535.01")]);
    assert_eq!(refused(&rows, "apply.0.amount"), "this is not an invoice of this customer");
    assert_eq!(refused(&rows, "apply.1.amount"), "535.00 is open of this invoice");
    let account = payment("10", vec![tender("account", "10")]);
    assert_eq!(owing.take(&account).unwrap_err(), ReceivableRefusal::PaidByAccount);
}

// ---- Credits ----

fn credit(kind: CreditKind, amount: &str, left: &str) -> OpenCredit {
    OpenCredit {
        id: CustomerCreditId(Uuid::from_u128(60)),
        kind,
        number: "S1-PAY-00001".into(),
        store_id: store(),
        legal_entity_id: company(),
        customer_id: customer(),
        received_on: day("2026-02-01"),
        posted_on: day("2026-02-01"),
        amount: cents(amount),
        left: cents(left),
    }
}

/// A credit that lies on these due dates with so much.
struct Lying {
    credit: OpenCredit,
    open: Vec<OpenReceivable>,
    applied: Vec<(ReceivableId, Money)>,
}

impl Lying {
    fn snapshot(&self) -> CreditSnapshot<'_> {
        CreditSnapshot {
            customer_name: "Person",
            credit: &self.credit,
            open: &self.open,
            applied: &self.applied,
        }
    }
}

fn lying(credit: OpenCredit, on: &[(OpenReceivable, &str)]) -> Lying {
    Lying {
        credit,
        open: on.iter().map(|(item, _)| item.clone()).collect(),
        applied: on.iter().map(|(item, amount)| (item.id, cents(amount))).collect(),
    }
}

#[test]
fn j08_a_credit_is_applied_and_the_rest_refunded() {
    let there = lying(credit(CreditKind::Payment, "600", "65"), &[(owed(2, "2026-03-01", "40"), "0")]);
    let apply = ApplyCredit {
        command_id: command_id(),
        store_id: store(),
        credit_id: there.credit.id,
        apply: ApplyTo::OldestFirst,
    };
    let done = apply.decide(&there.snapshot(), &office(), &at("2026-03-01"), &mut ids()).unwrap();
    posted(&done, &[(1100, "-40"), (2250, "40")]);

    let kinds = snapshot(Vec::new()).tender_kinds;
    let card = kinds.iter().find(|kind| kind.code == "card").unwrap().clone();
    let left = credit(CreditKind::Payment, "600", "25");
    let snapshot = RefundSnapshot {
        customer_name: "Person",
        credit: &left,
        till: None,
        paid: &[Refundable { kind: card, left: cents("600") }],
        tender_kinds: &kinds,
        rounding: CashRounding::Exact,
        drawer: Money::ZERO,
    };
    let refund = |amount: &str, by: &str| RefundCredit {
        command_id: command_id(),
        store_id: store(),
        session_id: None,
        credit_id: left.id,
        amount: amount.into(),
        tenders: vec![tender(by, amount)],
        reason: "moved away".into(),
    };
    let run = |cmd: &RefundCredit| cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids());
    posted(&run(&refund("25", "card")).unwrap(), &[(1030, "-25"), (2250, "25")]);
    posted(&run(&refund("25", "check")).unwrap(), &[(1020, "-25"), (2250, "25")]);
    assert_eq!(
        complaint(run(&refund("25.01", "card")).unwrap_err(), "amount"),
        "25.00 is left of this credit"
    );
    assert!(matches!(
        run(&refund("25", "cash")).unwrap_err(),
        ReceivableRefusal::Tender(TenderRefusal::NotPaidBy(_))
    ));
    let silent = RefundCredit { reason: " ".into(), ..refund("25", "card") };
    assert_eq!(complaint(run(&silent).unwrap_err(), "reason"), "this is needed");
}

#[test]
fn what_was_applied_is_taken_off_by_an_event_and_owed_again() {
    let paid = OpenReceivable { amount: cents("535"), ..owed(1, "2026-02-01", "0") };
    let there = lying(credit(CreditKind::Payment, "600", "65"), &[(paid, "535")]);
    let off = UnapplyCredit {
        command_id: command_id(),
        store_id: store(),
        credit_id: there.credit.id,
        invoice_id: InvoiceId(Uuid::from_u128(1)),
        reason: "was for the other one".into(),
    };
    let done = off.decide(&there.snapshot(), &office(), &at("2026-03-01"), &mut ids()).unwrap();
    posted(&done, &[(1100, "535"), (2250, "-535")]);
    assert_eq!(done.changes.applied().unwrap(), [(there.open[0].id, cents("-535"))]);
    let other = UnapplyCredit { invoice_id: InvoiceId(Uuid::from_u128(2)), ..off.clone() };
    let refused = other.decide(&there.snapshot(), &office(), &at("2026-03-01"), &mut ids()).unwrap_err();
    assert_eq!(refused, ReceivableRefusal::NothingOwed);
    let voided = Lying { credit: credit(CreditKind::Void, "535", "0"), ..there };
    let refused = off.decide(&voided.snapshot(), &office(), &at("2026-03-01"), &mut ids()).unwrap_err();
    assert_eq!(refused, ReceivableRefusal::NotTheirs(CreditKind::Void));
}

fn memo_invoice(open: &str, credited: &str, credited_tax: &str) -> MemoInvoice {
    MemoInvoice {
        id: InvoiceId(Uuid::from_u128(1)),
        kind: InvoiceKind::Sale,
        number: "S1-INV-00001".into(),
        store_id: store(),
        legal_entity_id: company(),
        net: cents("5,000"),
        tax: tax_of("5,000", "350"),
        voided: false,
        credited: cents(credited),
        credited_tax: cents(credited_tax),
        written_off: Money::ZERO,
        open: vec![OpenReceivable { amount: cents("5,350"), ..owed(1, "2026-02-01", open) }],
    }
}

fn issue_memo(invoice: Option<&MemoInvoice>, net: &str) -> Result<ReceivableOutcome, ReceivableRefusal> {
    let cmd = IssueCreditMemo {
        command_id: command_id(),
        store_id: store(),
        customer_id: customer(),
        invoice_id: invoice.map(|invoice| invoice.id),
        net: net.into(),
        reason: "scratch on the band".into(),
    };
    let snapshot = MemoSnapshot { customer: (customer(), "Person"), invoice, legal_entity: company() };
    cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids())
}

#[test]
fn j09_the_tax_follows_the_price_down() {
    let done = issue_memo(Some(&memo_invoice("5,350", "0", "0")), "100").unwrap();
    posted(&done, &[(1100, "-107"), (2100, "7"), (4900, "100")]);
    // What was paid already stays as credit; what is not on an invoice has no tax.
    let paid = issue_memo(Some(&memo_invoice("50", "0", "0")), "100").unwrap();
    posted(&paid, &[(1100, "-50"), (2100, "7"), (2250, "-57"), (4900, "100")]);
    posted(&issue_memo(None, "100").unwrap(), &[(2250, "-100"), (4900, "100")]);
    let rest = issue_memo(Some(&memo_invoice("5,350", "4,999.99", "349.98")), "0.01").unwrap();
    posted(&rest, &[(1100, "-0.03"), (2100, "0.02"), (4900, "0.01")]);
    let too_much = issue_memo(Some(&memo_invoice("5,350", "4,999.99", "349.98")), "0.02").unwrap_err();
    assert_eq!(complaint(too_much, "net"), "0.01 of S1-INV-00001 can still be credited");
    let voided = MemoInvoice { voided: true, ..memo_invoice("0", "0", "0") };
    assert_eq!(issue_memo(Some(&voided), "1").unwrap_err(), ReceivableRefusal::Voided("S1-INV-00001".into()));
}

#[test]
fn a_memo_takes_off_no_more_than_is_there_after_returns_and_write_offs() {
    let left = |invoice: MemoInvoice| complaint(issue_memo(Some(&invoice), "5,001").unwrap_err(), "net");
    let told = |left: &str| format!("{left} of S1-INV-00001 can still be credited");
    assert_eq!(left(memo_invoice("5,350", "0", "0")), told("5,000.00"));
    assert_eq!(left(memo_invoice("0", "5,000", "350")), told("0.00"), "all of it came back");
    let half = MemoInvoice { written_off: cents("2,675"), ..memo_invoice("2,675", "0", "0") };
    assert_eq!(left(half), told("2,500.00"));
    let all = MemoInvoice { written_off: cents("5,350"), ..memo_invoice("0", "0", "0") };
    assert_eq!(left(all), told("0.00"));
}

#[test]
fn a_fee_that_is_waived_is_no_sale_that_came_back() {
    let untaxed = |kind| MemoInvoice {
        kind,
        net: cents("25"),
        tax: LineTax::default(),
        open: vec![owed(1, "2026-02-01", "25")],
        ..memo_invoice("25", "0", "0")
    };
    let waived = |kind| issue_memo(Some(&untaxed(kind)), "25").unwrap();
    posted(&waived(InvoiceKind::Fee), &[(1100, "-25"), (4080, "25")]);
    posted(&waived(InvoiceKind::FinanceCharge), &[(1100, "-25"), (4090, "25")]);
    posted(&waived(InvoiceKind::Service), &[(1100, "-25"), (4900, "25")]);
}

fn reverse(there: &Lying, tax: &LineTax, reinstated: &str) -> Result<ReceivableOutcome, ReceivableRefusal> {
    let snapshot = ReversalSnapshot {
        credit: there.snapshot(),
        tax,
        reinstated: cents(reinstated),
        reversed: false,
        income: code::SALES_RETURNS,
    };
    let cmd = ReverseCredit {
        command_id: command_id(),
        store_id: store(),
        credit_id: there.credit.id,
        reason: "for another customer".into(),
    };
    cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids())
}

#[test]
fn a_memo_is_taken_back_as_it_was_issued() {
    let tax = tax_of("100", "7");
    let item = OpenReceivable { amount: cents("5,350"), ..owed(1, "2026-02-01", "5,293") };
    let there = lying(credit(CreditKind::CreditMemo, "107", "50"), &[(item.clone(), "57")]);
    let done = reverse(&there, &tax, "0").unwrap();
    // What was applied is owed again, and the rest lies on the account no more.
    posted(&done, &[(1100, "57"), (2100, "-7"), (2250, "50"), (4900, "-100")]);
    assert_eq!(done.changes.applied().unwrap(), [(item.id, cents("-57"))]);
    assert_eq!(done.changes.outs[0].amount, cents("107"));
    // What was paid back of it is owed at once, and the tax in it stands on that invoice.
    let paid_back = lying(credit(CreditKind::CreditMemo, "107", "0"), &[(item.clone(), "57")]);
    let done = reverse(&paid_back, &tax, "0").unwrap();
    posted(&done, &[(1100, "107"), (2100, "-7"), (4900, "-100")]);
    let invoice = &done.changes.invoices[0];
    assert_eq!((invoice.kind, invoice.amount), (InvoiceKind::TakenBack, cents("50")));
    let split = (invoice.tax.total().unwrap(), done.changes.outs[0].tax, done.changes.outs[0].amount);
    assert_eq!(split, (cents("3.27"), cents("3.73"), cents("57")));
    let all = lying(credit(CreditKind::CreditMemo, "107", "0"), &[]);
    let done = reverse(&all, &tax, "0").unwrap();
    assert_eq!((done.changes.invoices[0].amount, done.changes.outs.len()), (cents("107"), 0));
    let again = lying(credit(CreditKind::CreditMemo, "107", "0"), &[]);
    assert_eq!(reverse(&again, &tax, "107").unwrap_err(), ReceivableRefusal::NothingLeft);
    let payment = lying(credit(CreditKind::Payment, "107", "50"), &[(item, "57")]);
    assert_eq!(
        reverse(&payment, &tax, "0").unwrap_err(),
        ReceivableRefusal::NotReversed(CreditKind::Payment)
    );
}

#[test]
fn a_write_off_is_taken_back_as_far_as_it_stands() {
    let tax = tax_of("1,000", "70");
    let item = OpenReceivable { amount: cents("1,070"), ..owed(1, "2025-10-01", "535.01") };
    let there = lying(credit(CreditKind::WriteOff, "1,070", "0"), &[(item, "534.99")]);
    let done = reverse(&there, &tax, "535.01").unwrap();
    posted(&done, &[(1100, "534.99"), (1110, "-499.99"), (2100, "-35")]);
}

#[test]
fn nothing_is_taken_off_before_the_day_it_was_applied() {
    let later = OpenReceivable { touched_on: Some(day("2026-03-02")), ..owed(1, "2026-02-01", "0") };
    let there = lying(credit(CreditKind::CreditMemo, "107", "0"), &[(later, "107")]);
    let refused = reverse(&there, &tax_of("100", "7"), "0").unwrap_err();
    assert_eq!(refused, ReceivableRefusal::DayBehind("S1-INV-00001".into(), day("2026-03-02")));
}

#[test]
fn nothing_is_paid_before_the_day_it_counts_toward() {
    let tomorrow = OpenReceivable { posted_on: day("2026-03-02"), ..owed(2, "2026-03-30", "300") };
    let owing = owing(vec![owed(1, "2026-02-01", "535"), tomorrow]);
    let both = owing.take(&payment("600", vec![tender("card", "600")])).unwrap();
    posted(&both, &[(1030, "600"), (1100, "-535"), (2250, "-65")]);
    let apply = ApplyTo::Invoice(InvoiceId(Uuid::from_u128(2)));
    let chosen = TakePayment { apply, ..payment("300", vec![tender("card", "300")]) };
    assert_eq!(
        complaint(owing.take(&chosen).unwrap_err(), "apply"),
        "S1-INV-00002 counts toward 2026-03-02, and here an earlier day is still open: close that first"
    );
    let late = OpenCredit { posted_on: day("2026-03-02"), ..credit(CreditKind::Payment, "600", "65") };
    let there = lying(late, &[(owed(1, "2026-02-01", "40"), "0")]);
    let apply = ApplyTo::OldestFirst;
    let cmd = ApplyCredit { command_id: command_id(), store_id: store(), credit_id: there.credit.id, apply };
    let refused = cmd.decide(&there.snapshot(), &office(), &at("2026-03-01"), &mut ids()).unwrap_err();
    assert_eq!(refused, ReceivableRefusal::DayBehind("S1-PAY-00001".into(), day("2026-03-02")));
}

fn sale_check(
    by: &[&str],
    customer: Option<CustomerId>,
    fee: &str,
) -> Result<ReceivableOutcome, ReceivableRefusal> {
    let kinds = snapshot(Vec::new()).tender_kinds;
    let tender = |code: &&str| TenderFacts {
        kind: kinds.iter().find(|kind| kind.code == **code).unwrap().clone(),
        amount: cents("500"),
        handed_over: cents("500"),
        change: Money::ZERO,
        reference: None,
    };
    let tenders: Vec<_> = by.iter().map(tender).collect();
    let snapshot = SaleCheckSnapshot {
        number: "S1-T1-000001",
        customer: customer.map(|id| (id, "Person")),
        store_id: store(),
        legal_entity: company(),
        tenders: &tenders,
        voided: false,
        came_back: false,
        highest_fee: cents("25"),
    };
    let sale_id = SaleId(Uuid::from_u128(70));
    let reason = "no funds".to_owned();
    let cmd =
        ReturnSaleCheck { command_id: command_id(), store_id: store(), sale_id, fee: fee.into(), reason };
    cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids())
}

#[test]
fn the_check_of_a_receipt_that_came_back_is_owed_at_once() {
    let done = sale_check(&["check", "card"], Some(customer()), "25").unwrap();
    posted(&done, &[(1020, "-500"), (1100, "525"), (4080, "-25")]);
    let kinds: Vec<_> = done.changes.invoices.iter().map(|invoice| invoice.kind).collect();
    assert_eq!(kinds, [InvoiceKind::ReturnedCheck, InvoiceKind::Fee]);
    assert_eq!(done.changes.invoices[0].dues[0].due_on, day("2026-03-01"));
    assert!(!InvoiceKind::ReturnedCheck.is_credit_sale());
    assert_eq!(sale_check(&["card"], Some(customer()), "").unwrap_err(), ReceivableRefusal::NoCheck);
    let nobody = sale_check(&["check"], None, "").unwrap_err();
    assert_eq!(nobody, ReceivableRefusal::NobodyKnown("S1-T1-000001".into()));
    assert_eq!(
        complaint(sale_check(&["check"], Some(customer()), "25.01").unwrap_err(), "fee"),
        "at most 25.00: the store's limit"
    );
}

#[test]
fn what_was_paid_back_of_a_check_that_came_back_is_owed_too() {
    // 600 came in on 535, 65 went back, and then the bank returned the 600.
    let paid = OpenReceivable { amount: cents("535"), ..owed(1, "2026-01-31", "0") };
    let there = lying(credit(CreditKind::Payment, "600", "0"), &[(paid, "535")]);
    let done = bounce(&there, "check", "600", "25", false).unwrap();
    posted(&done, &[(1020, "-600"), (1100, "625"), (4080, "-25")]);
    assert_eq!(done.changes.outs[0].amount, cents("535"));
    let owed: Vec<_> = done.changes.invoices.iter().map(|one| (one.kind, one.amount.to_string())).collect();
    let expected = [(InvoiceKind::ReturnedCheck, "65.00".into()), (InvoiceKind::Fee, "25.00".into())];
    assert_eq!(owed, expected);
}

#[test]
fn what_was_credited_or_written_off_does_not_come_back_for_its_whole_price() {
    let (s, cmd) = coming_back("5,243");
    let lessened =
        Lessened { invoice: "S1-INV-00007".into(), kind: CreditKind::CreditMemo, amount: cents("107") };
    let s = Snapshot { lessened: Some(lessened), ..s };
    assert_eq!(
        run(&s, &cmd).unwrap_err().to_string(),
        "Credit memo of 107.00 lessened S1-INV-00007: take that back first, on its own page"
    );
}

fn bounce(
    there: &Lying,
    by: &str,
    amount: &str,
    fee: &str,
    came_back: bool,
) -> Result<ReceivableOutcome, ReceivableRefusal> {
    let kinds = snapshot(Vec::new()).tender_kinds;
    let kind = kinds.iter().find(|kind| kind.code == by).unwrap().clone();
    let amount = cents(amount);
    let tenders = [TenderFacts { kind, amount, handed_over: amount, change: Money::ZERO, reference: None }];
    let snapshot = ReturnedCheckSnapshot {
        payment: there.snapshot(),
        tenders: &tenders,
        came_back,
        highest_fee: cents("25"),
    };
    let cmd = ReturnCheck {
        command_id: command_id(),
        store_id: store(),
        credit_id: there.credit.id,
        fee: fee.into(),
        reason: "no funds".into(),
    };
    cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids())
}

#[test]
fn j10_a_returned_check_reopens_the_invoice_on_its_own_due_date() {
    let paid = OpenReceivable { amount: cents("535"), ..owed(1, "2026-01-31", "0") };
    let there = lying(credit(CreditKind::Payment, "535", "0"), &[(paid, "535")]);
    let done = bounce(&there, "check", "535", "25", false).unwrap();
    posted(&done, &[(1020, "-535"), (1100, "560"), (4080, "-25")]);
    assert_eq!(done.changes.applications[0].due_on, day("2026-01-31"));
    assert_eq!(done.changes.invoices[0].kind, InvoiceKind::Fee);
    assert_eq!(
        complaint(bounce(&there, "check", "535", "25.01", false).unwrap_err(), "fee"),
        "at most 25.00: the store's limit"
    );
    assert_eq!(bounce(&there, "check", "535", "", true).unwrap_err(), ReceivableRefusal::CameBack);
    assert_eq!(bounce(&there, "card", "535", "", false).unwrap_err(), ReceivableRefusal::NoCheck);
}

#[test]
fn of_a_returned_check_the_credit_goes_first_then_what_was_due_last() {
    let item = |number, due| OpenReceivable { amount: cents("300"), ..owed(number, due, "0") };
    let on = [(item(1, "2026-01-31"), "300"), (item(2, "2026-02-28"), "200")];
    let there = lying(credit(CreditKind::Payment, "600", "100"), &on);
    let done = bounce(&there, "check", "350", "", false).unwrap();
    posted(&done, &[(1020, "-350"), (1100, "250"), (2250, "100")]);
    let again: Vec<_> = done
        .changes
        .applications
        .iter()
        .map(|one| (one.due_on.to_string(), one.amount.to_string()))
        .collect();
    let expected = [("2026-02-28", "−200.00"), ("2026-01-31", "−50.00")];
    assert_eq!(again, expected.map(|(due, amount)| (due.to_owned(), amount.to_owned())));
}

#[test]
fn j11_a_finance_charge_only_where_the_switch_is_on() {
    let off = ReceivablePolicy::default();
    let on = ReceivablePolicy { reg_z: true, ..ReceivablePolicy::default() };
    let fee = OpenReceivable { kind: ReceivableKind::Fee, ..owed(3, "2026-01-01", "500") };
    let open = [owed(1, "2026-02-01", "1,000"), owed(2, "2026-03-31", "700"), fee];
    let (nobody, charged) = (BTreeSet::new(), BTreeSet::from([customer()]));
    let snapshot =
        |policy, charged| FinanceSnapshot { policy, open: &open, charged, legal_entity: company() };
    let cmd =
        AssessFinanceCharges { command_id: command_id(), store_id: store(), accounts: 1, total: cents("15") };
    let run = |cmd: &AssessFinanceCharges, s| cmd.decide(&s, &office(), &at("2026-03-01"), &mut ids());
    let done = run(&cmd, snapshot(&on, &nobody)).unwrap();
    posted(&done, &[(1100, "15"), (4090, "-15")]);
    assert_eq!(done.changes.invoices[0].dues[0].due_on, day("2026-03-22"));
    assert_eq!(run(&cmd, snapshot(&off, &nobody)).unwrap_err(), ReceivableRefusal::NoFinanceCharges);
    assert_eq!(run(&cmd, snapshot(&on, &charged)).unwrap_err(), ReceivableRefusal::NothingOwed);
    let other = AssessFinanceCharges { total: cents("16"), ..cmd };
    assert_eq!(run(&other, snapshot(&on, &nobody)).unwrap_err(), ReceivableRefusal::Changed);
}

fn write_off(tax_relief: bool, amount: &str) -> Result<ReceivableOutcome, ReceivableRefusal> {
    let (open, tax) = ([owed(1, "2025-10-01", "1,070")], tax_of("1,000", "70"));
    let snapshot = WriteOffSnapshot {
        customer: (customer(), "Person"),
        number: "S1-INV-00001",
        store_id: store(),
        legal_entity: company(),
        amount: cents("1,070"),
        tax: &tax,
        open: &open,
        written_off: Money::ZERO,
        tax_relief,
    };
    let cmd = WriteOff {
        command_id: command_id(),
        store_id: store(),
        invoice_id: InvoiceId(Uuid::from_u128(1)),
        amount: amount.into(),
        reason: "moved, no address".into(),
    };
    cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids())
}

#[test]
fn j13_a_write_off_takes_its_tax_along_where_the_state_lets_it() {
    posted(&write_off(true, "").unwrap(), &[(1100, "-1,070"), (1110, "1,000"), (2100, "70")]);
    posted(&write_off(false, "").unwrap(), &[(1100, "-1,070"), (1110, "1,070")]);
    posted(&write_off(true, "535").unwrap(), &[(1100, "-535"), (1110, "500"), (2100, "35")]);
    assert_eq!(
        complaint(write_off(true, "1,070.01").unwrap_err(), "amount"),
        "1,070.00 is open of S1-INV-00001"
    );
}

fn recover(
    there: &Lying,
    reinstated: &str,
    amount: &str,
    by: &str,
) -> Result<ReceivableOutcome, ReceivableRefusal> {
    let (kinds, tax) = (snapshot(Vec::new()).tender_kinds, tax_of("1,000", "70"));
    let snapshot = RecoverySnapshot {
        write_off: there.snapshot(),
        amount: cents("1,070"),
        tax: &tax,
        reinstated: cents(reinstated),
        till: None,
        tender_kinds: &kinds,
        rounding: CashRounding::Exact,
    };
    let cmd = RecoverWriteOff {
        command_id: command_id(),
        store_id: store(),
        session_id: None,
        credit_id: there.credit.id,
        amount: amount.into(),
        tenders: vec![tender(by, amount)],
    };
    cmd.decide(&snapshot, &office(), &at("2026-03-01"), &mut ids())
}

#[test]
fn j14_what_was_written_off_is_owed_again_before_it_is_paid() {
    let gone = OpenReceivable { amount: cents("1,070"), ..owed(1, "2025-10-01", "0") };
    let there = lying(credit(CreditKind::WriteOff, "1,070", "0"), &[(gone.clone(), "1,070")]);
    let done = recover(&there, "0", "1,070", "card").unwrap();
    posted(&done, &[(1030, "1,070"), (1110, "-1,000"), (2100, "-70")]);
    let entries: Vec<_> = done
        .record
        .entries
        .iter()
        .map(|entry| {
            entry
                .entry()
                .lines
                .iter()
                .filter(|line| line.account == code::RECEIVABLES)
                .map(|line| line.amount.to_string())
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(entries, [["1,070.00"], ["−1,070.00"]]);
    // In parts: the last cent of tax comes with the last part.
    posted(
        &recover(&there, "0", "535.01", "card").unwrap(),
        &[(1030, "535.01"), (1110, "-500.01"), (2100, "-35")],
    );
    let rest = lying(credit(CreditKind::WriteOff, "1,070", "0"), &[(gone, "534.99")]);
    posted(
        &recover(&rest, "535.01", "534.99", "card").unwrap(),
        &[(1030, "534.99"), (1110, "-499.99"), (2100, "-35")],
    );
    assert_eq!(
        complaint(recover(&rest, "535.01", "535", "card").unwrap_err(), "amount"),
        "534.99 of it is still written off"
    );
    assert_eq!(recover(&there, "0", "10", "cash").unwrap_err(), ReceivableRefusal::CashWithoutTill);
}

// ---- Laws ----

/// What one step does to what is open and to the journal.
fn balances(
    open: &[OpenReceivable],
    outcomes: &[ReceivableOutcome],
) -> (BTreeMap<ReceivableId, i64>, i64, i64) {
    let mut left: BTreeMap<ReceivableId, i64> =
        open.iter().map(|item| (item.id, item.open.minor())).collect();
    let (mut receivables, mut unapplied) = (0, 0);
    for outcome in outcomes {
        for (id, amount) in outcome.changes.applied().unwrap() {
            *left.get_mut(&id).unwrap() -= amount.minor();
        }
        for line in outcome.record.entries.iter().flat_map(|entry| &entry.entry().lines) {
            match line.account.get() {
                1100 => receivables += line.amount.minor(),
                2250 => unapplied += line.amount.minor(),
                _ => {}
            }
        }
    }
    (left, receivables, unapplied)
}

proptest! {
    #[test]
    fn a_payment_and_its_undoing_keep_ledger_and_invoices_together(
        amount in 1_i64..200_000, open in prop::collection::vec(1_i64..60_000, 1..6), undo in 0_usize..6,
    ) {
        let items: Vec<OpenReceivable> = (1_u128..).zip(&open)
            .map(|(number, open)| OpenReceivable { open: Money::from_minor(*open), amount: Money::from_minor(*open), ..owed(number, "2026-02-01", "1") })
            .collect();
        let owing = owing(items.clone());
        let money = Money::from_minor(amount);
        let paid = owing.take(&payment(&money.to_string(), vec![Tender { amount: money, ..tender("card", "1") }])).unwrap();
        let all: i64 = open.iter().sum();
        let (left, receivables, unapplied) = balances(&items, std::slice::from_ref(&paid));
        prop_assert_eq!(left.values().sum::<i64>(), all + receivables);
        prop_assert_eq!(-unapplied, (amount - all).max(0));
        prop_assert!(left.values().all(|open| *open >= 0));

        let applied = paid.changes.applied().unwrap();
        let invoice = items[undo % items.len()].invoice_id;
        let there = Lying { credit: OpenCredit { amount: money, left: Money::from_minor(-unapplied), ..credit(CreditKind::Payment, "1", "1") }, open: items.clone(), applied };
        let off = UnapplyCredit { command_id: command_id(), store_id: store(), credit_id: there.credit.id, invoice_id: invoice, reason: "wrong".into() };
        match off.decide(&there.snapshot(), &office(), &at("2026-03-01"), &mut ids()) {
            Ok(undone) => {
                let (left, receivables, unapplied) = balances(&items, &[paid, undone]);
                prop_assert_eq!(left.values().sum::<i64>(), all + receivables);
                prop_assert_eq!(receivables + unapplied, -amount);
            }
            Err(refused) => prop_assert_eq!(refused, ReceivableRefusal::NothingOwed),
        }
    }
}
