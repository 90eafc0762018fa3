//! What is owed by age, now and as of any day; the measures of months; the allowance; what wants attention.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::{Duration, NaiveDate};
use domain::customer::{MergeCustomers, Primaries, TypedCustomer, UndoMerge};
use domain::ids::*;
use domain::ledger::{LineFilter, PostEntry, TypedEntry};
use domain::live::NewsKind;
use domain::moment::Confirmed;
use domain::money::Money;
use domain::person::{Role, SignIn};
use domain::receivable::collect::{MakePromise, TypedPromise};
use domain::receivable::*;
use domain::sale::{CompleteSale, Tender};
use domain::till::{CashCount, CloseDay, CloseTill, OpenTill};
use services::{Ctx, DaysSeen, Heard, ServiceError};
use support::{Shop, cents, command};

on_both_databases! {
    columns_follow_the_due_date_or_the_invoice
    a_past_day_stays_as_it_was_reported
    what_is_dated_back_is_told_beside
    cards_that_are_one_owe_together
    a_list_is_narrowed_ordered_and_turned
    a_day_to_come_is_no_day
    months_are_measured
    what_stretches_most_is_told_by_its_own_store
    the_allowance_is_estimated_and_posted_by_hand
    midnight_makes_things_overdue
}

fn person(name: &str) -> TypedCustomer {
    TypedCustomer { last_name: name.into(), ..TypedCustomer::default() }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn columns(sums: &AgingSums) -> String {
    let buckets: Vec<_> = sums.buckets.iter().map(ToString::to_string).collect();
    format!("{} | {}", buckets.join(" "), sums.unapplied)
}

fn on(by: &str, amount: &str) -> Tender {
    Tender { kind: by.into(), amount: cents(amount), reference: "1001".into() }
}

impl Shop {
    /// Moves the clock to noon of a day.
    fn on(&self, date: &str) {
        self.clock.set(format!("{date}T18:00:00Z").parse().unwrap());
    }

    async fn with_account(&self, name: &str, net: u32) -> CustomerId {
        self.known(person(name), net).await
    }

    async fn known(&self, typed: TypedCustomer, net: u32) -> CustomerId {
        let customer_id = self.meet(typed).await;
        let typed = TypedHouseAccount::on(Terms::Net(net));
        let store_id = self.set_up.store_id;
        let cmd = SaveHouseAccount { command_id: command(), store_id, customer_id, version: 0, typed };
        self.services.save_house_account(&self.owner, cmd).await.unwrap();
        customer_id
    }

    fn bill(&self, store_id: StoreId, customer_id: CustomerId, amount: &str) -> IssueInvoice {
        let line = TypedInvoiceLine {
            description: "Appraisal".into(),
            amount: amount.into(),
            taxed: false,
            account: "4050".into(),
        };
        let typed = TypedInvoice {
            terms: "account".into(),
            override_reason: "the owner says so".into(),
            lines: vec![line],
            ..TypedInvoice::default()
        };
        IssueInvoice { command_id: command(), store_id, customer_id, typed, approvals: Vec::new() }
    }

    async fn invoiced(&self, customer: CustomerId, amount: &str) -> InvoiceId {
        let cmd = self.bill(self.set_up.store_id, customer, amount);
        InvoiceId(self.services.issue_invoice(&self.owner, cmd).await.unwrap().document)
    }

    fn payment(&self, store_id: StoreId, customer_id: CustomerId, by: &str, amount: &str) -> TakePayment {
        TakePayment {
            command_id: command(),
            store_id,
            session_id: None,
            customer_id,
            amount: amount.into(),
            tenders: vec![on(by, amount)],
            apply: ApplyTo::OldestFirst,
            received_on: String::new(),
            note: String::new(),
        }
    }

    async fn pays(&self, customer: CustomerId, amount: &str) -> CustomerCreditId {
        let cmd = self.payment(self.set_up.store_id, customer, "card", amount);
        CustomerCreditId(self.services.take_payment(&self.owner, cmd).await.unwrap().document)
    }

    async fn aged(&self, asked: AgingAsked) -> AgingSheet {
        self.services.aging(&self.owner, AgingAsked { limit: 100, ..asked }).await.unwrap()
    }

    async fn totals(&self, as_of: Option<&str>, basis: AgingBasis) -> String {
        let as_of = as_of.map(day);
        let sheet = self.aged(AgingAsked { as_of, basis, ..AgingAsked::default() }).await;
        columns(&sheet.totals)
    }

    /// What an account holds in all stores of somebody, up to a day.
    async fn balance_until(&self, ctx: &Ctx, account: i32, to: Option<NaiveDate>) -> Money {
        let sums =
            self.services.trial_balance(ctx, LineFilter { to, ..LineFilter::default() }).await.unwrap();
        let sum = sums.iter().find(|sum| sum.account.get() == account);
        sum.map_or(Money::ZERO, |sum| sum.debit.minus(sum.credit).unwrap())
    }

    async fn sign_in(&self) -> services::Token {
        let typed = SignIn { login: "owner".into(), password: "correct horse".into() };
        self.services.sign_in(None, None, typed).await.unwrap().token
    }
}

async fn columns_follow_the_due_date_or_the_invoice(shop: Shop) {
    shop.on("2026-01-30");
    let customer = shop.with_account("Person", 30).await;
    shop.invoiced(customer, "100").await;
    shop.on("2026-04-01");
    shop.invoiced(customer, "7").await;
    // Due on March 1: thirty days past due on the 31st, thirty-one on April 1.
    let due = AgingBasis::DueDate;
    for (as_of, told) in [
        ("2026-01-29", "0.00 0.00 0.00 0.00 0.00 0.00 | 0.00"),
        ("2026-01-30", "100.00 0.00 0.00 0.00 0.00 0.00 | 0.00"),
        ("2026-03-01", "100.00 0.00 0.00 0.00 0.00 0.00 | 0.00"),
        ("2026-03-02", "0.00 100.00 0.00 0.00 0.00 0.00 | 0.00"),
        ("2026-03-31", "0.00 100.00 0.00 0.00 0.00 0.00 | 0.00"),
        ("2026-04-01", "7.00 0.00 100.00 0.00 0.00 0.00 | 0.00"),
    ] {
        assert_eq!(shop.totals(Some(as_of), due).await, told, "{as_of}");
    }
    assert_eq!(shop.totals(None, due).await, "7.00 0.00 100.00 0.00 0.00 0.00 | 0.00");
    assert_eq!(shop.totals(None, AgingBasis::InvoiceDate).await, "7.00 0.00 0.00 100.00 0.00 0.00 | 0.00");
    shop.pays(customer, "150").await;
    assert_eq!(shop.totals(None, due).await, "0.00 0.00 0.00 0.00 0.00 0.00 | 43.00");
    shop.on("2026-06-29");
    shop.invoiced(customer, "10").await;
    assert_eq!(shop.totals(None, due).await, "10.00 0.00 0.00 0.00 0.00 0.00 | 43.00");
    assert_eq!(shop.totals(Some("2026-03-31"), due).await, "0.00 100.00 0.00 0.00 0.00 0.00 | 0.00");
    shop.verifies().await;
}

/// What was reported: by customer, store and associate, by due date and by invoice date.
type Reported = Vec<(AgingBy, AgingBasis, Vec<(String, AgingSums)>, AgingSums)>;

/// A shop in which anything may happen to accounts.
struct Random {
    rng: fastrand::Rng,
    both: Ctx,
    stores: [StoreId; 2],
    customers: Vec<CustomerId>,
    invoices: Vec<(CustomerId, InvoiceId)>,
    credits: Vec<CustomerCreditId>,
    write_offs: Vec<CustomerCreditId>,
    happened: usize,
}

impl Random {
    fn amount(&mut self) -> String {
        Money::from_minor(self.rng.i64(100..60_000)).to_string()
    }

    async fn something(&mut self, shop: &Shop, session: TillSessionId) {
        let store_id = self.stores[self.rng.usize(0..2)];
        let customer_id = self.customers[self.rng.usize(0..self.customers.len())];
        let (services, both) = (&shop.services, self.both.clone());
        let invoice = self.rng.choice(&self.invoices).copied();
        let credit = self.rng.choice(&self.credits).copied();
        let write_off = self.rng.choice(&self.write_offs).copied();
        let reason = || "it happens".to_owned();
        let amount = self.amount();
        let done = match self.rng.u8(0..15) {
            0..=2 => {
                let mut cmd = shop.bill(store_id, customer_id, &amount);
                let back = Duration::days(self.rng.i64(0..20));
                cmd.typed.date = (shop.clock.now() - back).date_naive().to_string();
                cmd.typed.terms = self.rng.choice(["account", "net", "installments"]).unwrap().into();
                (cmd.typed.net_days, cmd.typed.installments) = ("10".into(), "3".into());
                let done = services.issue_invoice(&both, cmd).await;
                self.invoices.extend(done.iter().map(|done| (customer_id, InvoiceId(done.document))));
                done
            }
            3 => {
                let ring = shop.add_ring("100.00", "40.00").await;
                let sale = CompleteSale {
                    customer_id: Some(customer_id),
                    tenders: vec![Tender {
                        kind: "account".into(),
                        amount: cents("107"),
                        reference: String::new(),
                    }],
                    override_reason: reason(),
                    ..shop.sale(session, &[(ring, "100.00")], "107.00", "0")
                };
                let sale_id = services.complete_sale(&both, sale).await.unwrap().sale_id;
                let asked = AccountAsked { customer: customer_id, offset: 0, limit: 20 };
                let account = services.customer_account(&both, asked).await.unwrap();
                let newest = account.movements.iter().find(|one| one.kind == MovementKind::Invoice).unwrap();
                self.invoices.push((customer_id, InvoiceId(newest.document)));
                Ok(AccountDone { event: EventId(sale_id.0), document: sale_id.0, number: String::new() })
            }
            4..=6 => {
                let by = if self.rng.bool() { "check" } else { "card" };
                let mut cmd = shop.payment(store_id, customer_id, by, &amount);
                if self.rng.u8(0..4) == 0 {
                    cmd.apply = ApplyTo::Nothing;
                }
                let done = services.take_payment(&both, cmd).await;
                self.credits.extend(done.iter().map(|done| CustomerCreditId(done.document)));
                done
            }
            7 => {
                let of = invoice.filter(|_| self.rng.bool());
                let (customer_id, invoice_id) = of.map_or((customer_id, None), |(id, one)| (id, Some(one)));
                let store_id = match invoice_id {
                    Some(id) => services.invoice(&both, id).await.unwrap().store.id,
                    None => store_id,
                };
                let net = Money::from_minor(self.rng.i64(100..3_000)).to_string();
                let cmd = IssueCreditMemo {
                    command_id: command(),
                    store_id,
                    customer_id,
                    invoice_id,
                    net,
                    reason: reason(),
                };
                let done = services.issue_credit_memo(&both, cmd).await;
                self.credits.extend(done.iter().map(|done| CustomerCreditId(done.document)));
                done
            }
            8 => {
                let Some(credit_id) = credit else { return };
                let sheet = services.customer_credit(&both, credit_id).await.unwrap();
                let Some(applied) = sheet.applied.first() else { return };
                let invoice_id = applied.invoice_id;
                let cmd = UnapplyCredit {
                    command_id: command(),
                    store_id,
                    credit_id,
                    invoice_id,
                    reason: reason(),
                };
                services.unapply_credit(&both, cmd).await
            }
            9 => {
                let Some(credit_id) = credit else { return };
                let store_id = services.customer_credit(&both, credit_id).await.unwrap().store.id;
                let cmd = ReturnCheck {
                    command_id: command(),
                    store_id,
                    credit_id,
                    fee: "25".into(),
                    reason: reason(),
                };
                services.return_check(&both, cmd).await
            }
            10 => {
                let Some((_, invoice_id)) = invoice else { return };
                let store_id = services.invoice(&both, invoice_id).await.unwrap().store.id;
                let cmd = WriteOff {
                    command_id: command(),
                    store_id,
                    invoice_id,
                    amount: String::new(),
                    reason: reason(),
                };
                let done = services.write_off(&both, cmd).await;
                self.write_offs.extend(done.iter().map(|done| CustomerCreditId(done.document)));
                done
            }
            11 => {
                let any = if self.rng.bool() { write_off } else { credit };
                let Some(credit_id) = any else { return };
                let store_id = services.customer_credit(&both, credit_id).await.unwrap().store.id;
                let cmd = ReverseCredit { command_id: command(), store_id, credit_id, reason: reason() };
                services.reverse_credit(&both, cmd).await
            }
            12 => {
                let Some(credit_id) = write_off else { return };
                let store_id = services.customer_credit(&both, credit_id).await.unwrap().store.id;
                let tenders = vec![on("card", &amount)];
                let cmd = RecoverWriteOff {
                    command_id: command(),
                    store_id,
                    session_id: None,
                    credit_id,
                    amount,
                    tenders,
                };
                let done = services.recover_write_off(&both, cmd).await;
                self.credits.extend(done.iter().map(|done| CustomerCreditId(done.document)));
                done
            }
            13 => {
                let Some(credit_id) = credit else { return };
                let tenders = vec![on("check", &amount)];
                let cmd = RefundCredit {
                    command_id: command(),
                    store_id,
                    session_id: None,
                    credit_id,
                    amount,
                    tenders,
                    reason: reason(),
                };
                services.refund_credit(&both, cmd).await
            }
            _ => {
                let Some(credit_id) = credit else { return };
                let cmd =
                    ApplyCredit { command_id: command(), store_id, credit_id, apply: ApplyTo::OldestFirst };
                services.apply_credit(&both, cmd).await
            }
        };
        match done {
            Ok(_) => self.happened += 1,
            Err(ServiceError::Refused(_) | ServiceError::Fields(_)) => {}
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn report(&self, shop: &Shop, as_of: Option<NaiveDate>) -> Reported {
        let mut reported = Vec::new();
        for by in AgingBy::ALL {
            for basis in AgingBasis::ALL {
                let asked = AgingAsked { as_of, by: *by, basis: *basis, limit: 100, ..AgingAsked::default() };
                let sheet = shop.services.aging(&self.both, asked).await.unwrap();
                let mut lines: Vec<_> =
                    sheet.lines.into_iter().map(|line| (format!("{:?}", line.key), line.sums)).collect();
                lines.sort_by(|one, other| one.0.cmp(&other.0));
                reported.push((*by, *basis, lines, sheet.totals));
            }
        }
        reported
    }
}

/// Whatever happens later, a past day says what it said when it was today; and it says what the ledger says.
async fn a_past_day_stays_as_it_was_reported(shop: Shop) {
    const DAYS: usize = 9;
    let (other, both) = shop.second_store().await;
    let mut random = Random {
        rng: fastrand::Rng::with_seed(20_260_302),
        both,
        stores: [shop.set_up.store_id, other],
        customers: Vec::new(),
        invoices: Vec::new(),
        credits: Vec::new(),
        write_offs: Vec::new(),
        happened: 0,
    };
    for name in ["Ash", "Birch", "Cedar", "Damson"] {
        random.customers.push(shop.with_account(name, 30).await);
    }
    let mut days = Vec::new();
    for _ in 0..DAYS {
        let open = OpenTill {
            command_id: command(),
            store_id: shop.set_up.store_id,
            till_id: shop.set_up.till_id,
            float: Money::ZERO,
            date_confirmed: Confirmed::Yes,
        };
        let session = shop.services.open_till(&shop.owner, open).await.unwrap();
        for _ in 0..9 {
            random.something(&shop, session).await;
        }
        let today = shop.clock.now().date_naive();
        days.push((today, random.report(&shop, None).await));
        assert_eq!(random.report(&shop, Some(today)).await, days.last().unwrap().1, "both ways on {today}");
        let store_id = shop.set_up.store_id;
        let close = CloseTill {
            command_id: command(),
            store_id,
            session_id: session,
            count: CashCount::default(),
            reason: String::new(),
        };
        shop.services.close_till(&shop.owner, close).await.unwrap();
        shop.services.close_day(&shop.owner, CloseDay { command_id: command(), store_id }).await.unwrap();
        shop.clock.advance(Duration::days(random.rng.i64(1..28)));
    }
    assert!(random.happened > DAYS * 5, "only {} things happened", random.happened);
    for (date, reported) in &days {
        let again = random.report(&shop, Some(*date)).await;
        assert_eq!(again, *reported, "{date} as it was");
        let totals = again[0].3;
        assert_eq!(
            shop.balance_until(&random.both, 1100, Some(*date)).await,
            totals.owed().unwrap(),
            "1100 on {date}"
        );
        assert_eq!(
            shop.balance_until(&random.both, 2250, Some(*date)).await,
            totals.unapplied.negated().unwrap(),
            "2250 on {date}"
        );
        for (by, basis, _, sums) in &again {
            assert_eq!(
                (sums.owed().unwrap(), sums.unapplied),
                (totals.owed().unwrap(), totals.unapplied),
                "{by} by {basis}"
            );
        }
    }
    shop.verifies().await;
}

async fn what_is_dated_back_is_told_beside(shop: Shop) {
    let customer = shop.with_account("Person", 30).await;
    shop.invoiced(customer, "100").await;
    shop.on("2026-03-05");
    let mut late = shop.bill(shop.set_up.store_id, customer, "40");
    late.typed.date = "2026-03-01".into();
    shop.services.issue_invoice(&shop.owner, late).await.unwrap();
    let paid = TakePayment {
        received_on: "2026-03-02".into(),
        ..shop.payment(shop.set_up.store_id, customer, "check", "7")
    };
    shop.services.take_payment(&shop.owner, paid).await.unwrap();
    let as_of = |date: &str| AgingAsked { as_of: Some(day(date)), ..AgingAsked::default() };
    let sheet = shop.aged(as_of("2026-03-02")).await;
    assert_eq!(sheet.totals.owed().unwrap(), cents("100"));
    let beside = sheet.dated_back;
    assert_eq!((beside.count, beside.invoiced, beside.credited), (2, cents("40"), cents("7")));
    let told: Vec<_> =
        beside.documents.iter().map(|one| (one.number.as_str(), one.dated, one.posted_on)).collect();
    let posted = day("2026-03-05");
    assert_eq!(
        told,
        [("S1-INV-00002", day("2026-03-01"), posted), ("S1-PAY-00001", day("2026-03-02"), posted)]
    );
    assert_eq!(beside.documents[0].customer.name, "Person");
    let before = shop.aged(as_of("2026-03-01")).await.dated_back;
    assert_eq!((before.count, before.invoiced), (1, cents("40")));
    for asked in [as_of("2026-02-28"), as_of("2026-03-05"), AgingAsked::default()] {
        assert_eq!(shop.aged(asked).await.dated_back, DatedBack::default());
    }
    shop.verifies().await;
}

async fn cards_that_are_one_owe_together(shop: Shop) {
    let (winner, loser) = (shop.with_account("Person", 0).await, shop.with_account("Persson", 0).await);
    shop.invoiced(winner, "100").await;
    shop.invoiced(loser, "20").await;
    shop.on("2026-03-10");
    shop.pays(loser, "25").await;
    let merge = MergeCustomers {
        command_id: command(),
        winner_id: winner,
        loser_id: loser,
        winner_version: shop.services.customer(&shop.owner, winner).await.unwrap().version,
        loser_version: shop.services.customer(&shop.owner, loser).await.unwrap().version,
        primaries: Primaries::default(),
    };
    let merged = merge.command_id;
    shop.services.merge_customers(&shop.owner, merge).await.unwrap();
    let lines = async |as_of: Option<&str>| {
        let sheet = shop.aged(AgingAsked { as_of: as_of.map(day), ..AgingAsked::default() }).await;
        sheet.lines.iter().map(|line| (line.key.clone(), columns(&line.sums))).collect::<Vec<_>>()
    };
    let key = AgingKey::Customer(winner);
    assert_eq!(lines(None).await, [(key.clone(), "0.00 100.00 0.00 0.00 0.00 0.00 | 5.00".to_owned())]);
    assert_eq!(lines(Some("2026-03-02")).await, [(key, "120.00 0.00 0.00 0.00 0.00 0.00 | 0.00".to_owned())]);
    assert_eq!(shop.services.overdue_alerts(&shop.owner).await.unwrap().accounts, 1);
    let undo = UndoMerge { command_id: command(), merge_id: EventId(merged.0) };
    shop.services.undo_merge(&shop.owner, undo).await.unwrap();
    assert_eq!(lines(None).await.len(), 2);
    shop.verifies().await;
}

async fn a_list_is_narrowed_ordered_and_turned(shop: Shop) {
    let (other, both) = shop.second_store().await;
    let mut customers = Vec::new();
    for (name, tag, amounts) in [
        ("Ash", "bridal, wholesale", ["10", "500"]),
        ("Birch", "", ["300", "0.50"]),
        ("Cedar", "bridal", ["20", "1"]),
    ] {
        let customer = shop.known(TypedCustomer { tags: tag.into(), ..person(name) }, 0).await;
        for (store, amount) in [(shop.set_up.store_id, amounts[0]), (other, amounts[1])] {
            shop.services.issue_invoice(&both, shop.bill(store, customer, amount)).await.unwrap();
        }
        customers.push(customer);
    }
    shop.on("2026-03-12");
    shop.pays(customers[1], "400").await;
    let names = async |asked: AgingAsked| {
        let sheet = shop.services.aging(&both, asked).await.unwrap();
        let names: Vec<_> = sheet.lines.iter().map(|line| line.name.clone()).collect();
        (names.join(" "), sheet.count, sheet.totals.owed().unwrap().to_string())
    };
    let all = || AgingAsked { limit: 10, ..AgingAsked::default() };
    let told = |names: &str, count, owed: &str| (names.to_owned(), count, owed.to_owned());
    assert_eq!(names(all()).await, told("Ash Cedar Birch", 3, "531.00"));
    for (sort, order) in [(AgingSort::Name, "Ash Birch Cedar"), (AgingSort::Unapplied, "Birch Ash Cedar")] {
        assert_eq!(names(AgingAsked { sort, ..all() }).await, told(order, 3, "531.00"));
    }
    let page = |offset| AgingAsked { sort: AgingSort::Name, offset, limit: 1, ..all() };
    assert_eq!(names(page(1)).await, told("Birch", 3, "531.00"));
    assert_eq!(names(page(9)).await, told("Ash", 3, "531.00"), "a page that is gone");
    let tagged = AgingAsked { tag: Some("bridal".into()), ..all() };
    assert_eq!(names(tagged.clone()).await, told("Ash Cedar", 2, "531.00"));
    assert_eq!(names(AgingAsked { tag: Some("nobody".into()), ..all() }).await, told("", 0, "0.00"));
    assert_eq!(names(AgingAsked { store: Some(other), ..all() }).await, told("Ash Cedar", 2, "501.00"));
    let by = |by| AgingAsked { by, sort: AgingSort::Owed, ..all() };
    assert_eq!(names(by(AgingBy::Store)).await, told("Harbor Main Street", 2, "531.00"));
    assert_eq!(names(by(AgingBy::Associate)).await.1, 2, "the owner's, and the credit");
    // Ash has both tags and owes once; Birch has none, and a credit.
    assert_eq!(names(by(AgingBy::Tag)).await, told("bridal wholesale ", 3, "531.00"));
    let tags = shop.services.aging(&both, by(AgingBy::Tag)).await.unwrap().lines;
    let sums: Vec<_> =
        tags.iter().map(|line| (line.key.clone(), line.sums.owed().unwrap().to_string())).collect();
    let tag = |name: &str| AgingKey::Tag(name.to_owned());
    let told_of = [(tag("bridal"), "531.00"), (tag("wholesale"), "510.00"), (AgingKey::NoTag, "0.00")];
    assert_eq!(sums, told_of.map(|(key, owed)| (key, owed.to_owned())));
    assert_eq!(tags[2].sums.unapplied, cents("99.50"));
    let owners = AgingAsked { associate: Some(shop.set_up.owner_id), ..all() };
    assert_eq!(names(owners).await, told("Ash Cedar", 2, "531.00"));

    let csv = shop.services.aging_csv(&both, tagged).await.unwrap();
    let rows: Vec<_> = csv.lines().collect();
    assert_eq!((rows.len(), rows[0]), (3, AgingLine::csv_head().trim_end()));
    assert!(
        rows[1].starts_with("\"Ash\",") && rows[1].ends_with(",510.00,0.00,510.00,0.00,0.00,0.00,0.00,0.00"),
        "{csv}"
    );
    let here = shop.services.aging_csv(&shop.owner, all()).await.unwrap();
    assert!(!here.contains("510.00") && here.contains(",10.00,"), "another store's: {here}");
    let foreign = shop.services.aging(&shop.owner, AgingAsked { store: Some(other), ..all() }).await;
    assert!(matches!(foreign, Err(ServiceError::Forbidden(_))));

    let owed = shop.services.owed_to_stores(&both).await.unwrap();
    assert_eq!((owed.customers, owed.worst.len(), owed.alerts.accounts), (3, 2, 2));
    assert_eq!(owed.totals.unapplied, cents("99.50"));
    let stores: Vec<_> =
        owed.stores.iter().map(|one| (one.name.as_str(), one.sums.owed().unwrap())).collect();
    assert_eq!(stores, [("Main Street", cents("30")), ("Harbor", cents("501"))]);
    shop.verifies().await;
}

async fn a_day_to_come_is_no_day(shop: Shop) {
    let tomorrow = || AgingAsked { as_of: Some(day("2026-03-03")), ..AgingAsked::default() };
    let refused = shop.services.aging(&shop.owner, tomorrow()).await.unwrap_err();
    assert_eq!(refused.to_string(), "this day is still to come");
    // Once the day is closed, work counts toward tomorrow already.
    let (session, store_id) = (shop.open_till("0").await, shop.set_up.store_id);
    let close = CloseTill {
        command_id: command(),
        store_id,
        session_id: session,
        count: CashCount::default(),
        reason: String::new(),
    };
    shop.services.close_till(&shop.owner, close).await.unwrap();
    shop.services.close_day(&shop.owner, CloseDay { command_id: command(), store_id }).await.unwrap();
    let customer = shop.with_account("Person", 0).await;
    shop.invoiced(customer, "10").await;
    assert_eq!(shop.aged(tomorrow()).await.totals.owed().unwrap(), cents("10"));
    assert_eq!(shop.totals(None, AgingBasis::DueDate).await, "10.00 0.00 0.00 0.00 0.00 0.00 | 0.00");
    assert_eq!(
        shop.totals(Some("2026-03-02"), AgingBasis::DueDate).await,
        "0.00 0.00 0.00 0.00 0.00 0.00 | 0.00"
    );
    shop.verifies().await;
}

/// January: 10,000 billed, due February 10. February: 6,000 billed, due March 20, and 7,500 paid on the 20th, 28 days
/// after its invoice. March: a memo over 1,000.
async fn months_are_measured(shop: Shop) {
    shop.on("2026-01-23");
    let customer = shop.with_account("Person", 18).await;
    let old = shop.invoiced(customer, "10,000").await;
    shop.on("2026-01-25");
    promised(&shop, customer, "7,500", "2026-02-20").await;
    shop.on("2026-02-20");
    shop.pays(customer, "7,500").await;
    let mut later = shop.bill(shop.set_up.store_id, customer, "6,000");
    (later.typed.terms, later.typed.net_days) = ("net".into(), "28".into());
    shop.services.issue_invoice(&shop.owner, later).await.unwrap();
    shop.on("2026-03-12");
    let memo = IssueCreditMemo {
        command_id: command(),
        store_id: shop.set_up.store_id,
        customer_id: customer,
        invoice_id: Some(old),
        net: "1,000".into(),
        reason: "scratch".into(),
    };
    shop.services.issue_credit_memo(&shop.owner, memo).await.unwrap();
    let sheet = shop.services.receivable_measures(&shop.owner).await.unwrap();
    assert_eq!((sheet.months.len(), sheet.stores.len()), (MONTHS_SHOWN, 1));
    assert_eq!(sheet.months, sheet.stores[0].months);
    let shown = |value: Option<String>| value.unwrap_or_else(|| "n/a".to_owned());
    let rate = |value: Option<domain::rate::Rate>| shown(value.map(|rate| rate.to_string()));
    let [.., december, january, february, march] = sheet.months.as_slice() else { panic!() };
    assert_eq!((december.to, december.facts.ending), (day("2025-12-31"), Money::ZERO));
    assert_eq!(
        (shown(december.measures.dso.map(|d| d.to_string())), rate(december.measures.collection_rate)),
        ("n/a".into(), "n/a".into())
    );
    assert_eq!((january.facts.ending, january.facts.current), (cents("10,000"), cents("10,000")));
    assert_eq!(shown(january.measures.dso.map(|d| d.to_string())), "31.0");
    let (facts, of) = (february.facts, february.measures);
    assert_eq!(
        (facts.ending, facts.current, facts.credit_sales),
        (cents("8,500"), cents("6,000"), cents("6,000"))
    );
    assert_eq!((facts.collected, facts.collectable), (cents("7,500"), cents("10,000")));
    let days = |value: Option<TenthDays>| shown(value.map(|days| days.to_string()));
    assert_eq!(
        (days(of.dso), days(of.best_possible), days(of.delinquent)),
        ("39.7".into(), "28.0".into(), "11.7".into())
    );
    // 8,500 − 6,000 of February, then 2,500 of the 10,000 of January: 28 + 7.75 days.
    assert_eq!(shown(of.countback.map(|back| back.to_string())), "35.8");
    assert_eq!((rate(of.effectiveness), rate(of.collection_rate)), ("75 %".into(), "75 %".into()));
    assert_eq!((days(of.days_to_pay), rate(of.promises_kept)), ("28.0".into(), "100 %".into()));
    assert_eq!(
        (march.to, march.facts.ending, march.facts.credit_sales),
        (day("2026-03-12"), cents("7,500"), cents("-1,000"))
    );
    assert_eq!((days(march.measures.dso), march.facts.current), ("n/a".into(), cents("6,000")));
    // As of the ends of months the aging says the same.
    for month in [january, february] {
        let asked = AgingAsked { as_of: Some(month.to), ..AgingAsked::default() };
        let totals = shop.aged(asked).await.totals;
        assert_eq!(
            (totals.owed().unwrap(), totals.bucket(Bucket::Current)),
            (month.facts.ending, month.facts.current)
        );
    }
    // 48 days × 1,500 of 10,000; 20 days × 6,000 of 6,000, the heavier one first.
    let told: Vec<_> = sheet.outliers.iter().map(|one| (one.days, one.open, days(one.true_dso))).collect();
    assert_eq!(told, [(20, cents("6,000"), "20.0".to_owned()), (48, cents("1,500"), "7.2".to_owned())]);
    shop.verifies().await;
}

async fn what_stretches_most_is_told_by_its_own_store(shop: Shop) {
    let (other, owner) = shop.second_store().await;
    let customer = shop.with_account("Person", 30).await;
    shop.on("2026-02-10");
    let here = shop.set_up.store_id;
    for (store, amount) in [(here, "400"), (other, "100"), (other, "300")] {
        shop.services.issue_invoice(&owner, shop.bill(store, customer, amount)).await.unwrap();
    }
    shop.on("2026-03-02");
    let told = shop.services.receivable_measures(&owner).await.unwrap().outliers;
    let told: Vec<_> =
        told.iter().map(|one| (one.open, one.true_dso.map(|days| days.to_string()).unwrap())).collect();
    // 20 days of all that was sold there in February, and of a half and three quarters of it elsewhere.
    let expected = [("400", "20.0"), ("300", "15.0"), ("100", "5.0")];
    assert_eq!(told, expected.map(|(open, days)| (cents(open), days.to_owned())));
    shop.verifies().await;
}

/// A promise that a customer makes now.
async fn promised(shop: &Shop, customer_id: CustomerId, amount: &str, by: &str) {
    let typed = TypedPromise { amount: amount.into(), promised_on: by.into() };
    let store_id = shop.set_up.store_id;
    let cmd = MakePromise { command_id: command(), store_id, customer_id, invoice_id: None, typed };
    shop.services.make_promise(&shop.owner, cmd).await.unwrap();
    // Whatever comes next comes later.
    shop.clock.advance(Duration::seconds(1));
}

async fn the_allowance_is_estimated_and_posted_by_hand(shop: Shop) {
    shop.on("2026-02-20");
    let customer = shop.with_account("Person", 0).await;
    shop.invoiced(customer, "1,000").await;
    shop.on("2026-03-05");
    shop.invoiced(customer, "50").await;
    let asked = AllowanceAsked::default();
    let sheet = shop.services.allowance(&shop.owner, asked).await.unwrap();
    // Eight days past due at the end of February: 5 %.
    assert_eq!(
        (sheet.as_of, sheet.estimate.needed, sheet.estimate.present),
        (day("2026-02-28"), cents("50"), Money::ZERO)
    );
    assert!(sheet.may_post);
    let manager = shop.services.allowance(&shop.as_role(Role::Manager), asked).await.unwrap();
    assert!(!manager.may_post);
    let typed = TypedEntry {
        date: sheet.as_of.to_string(),
        memo: "Allowance".into(),
        lines: sheet.lines,
        ..TypedEntry::default()
    };
    let cmd = PostEntry { command_id: command(), typed, files: Vec::new() };
    shop.services.post_entry(&shop.owner, cmd).await.unwrap();
    assert_eq!(shop.balance_until(&shop.owner, 1110, None).await, cents("-50"));
    let again = shop.services.allowance(&shop.owner, asked).await.unwrap();
    assert_eq!((again.estimate.present, again.estimate.change), (cents("50"), Money::ZERO));
    assert!(again.lines.is_empty());
    // Of 1,050 today: 5 % of 1,000 and 1 % of 50.
    let today = AllowanceAsked { as_of: Some(day("2026-03-05")), ..asked };
    let today = shop.services.allowance(&shop.owner, today).await.unwrap();
    assert_eq!((today.estimate.needed, today.estimate.change), (cents("50.50"), cents("0.50")));
    shop.verifies().await;
}

async fn midnight_makes_things_overdue(shop: Shop) {
    let customer = shop.with_account("Person", 0).await;
    shop.invoiced(customer, "100").await;
    promised(&shop, customer, "50", &shop.clock.now().date_naive().to_string()).await;
    let token = shop.sign_in().await;
    let mut listening = shop.services.listen(Some(&token), None).await.unwrap().unwrap();
    assert!(matches!(listening.next().await, Some(Heard::News(_))), "a stream begins with a look");
    let mut seen = DaysSeen::new();
    shop.services.tell_new_days(&mut seen).unwrap();
    assert_eq!(shop.services.overdue_alerts(&shop.owner).await.unwrap(), OverdueAlerts::default());
    // 11:59 in the evening in Chicago, and a minute later.
    shop.clock.set("2026-03-03T05:59:00Z".parse().unwrap());
    shop.services.tell_new_days(&mut seen).unwrap();
    assert_eq!(shop.services.overdue_alerts(&shop.owner).await.unwrap(), OverdueAlerts::default());
    shop.clock.advance(Duration::minutes(1));
    shop.services.tell_new_days(&mut seen).unwrap();
    let Some(Heard::News(news)) = listening.next().await else { panic!("no news") };
    assert_eq!((news.kind, news.store), (NewsKind::Receivables, shop.set_up.store_id));
    let alerts = shop.services.overdue_alerts(&shop.owner).await.unwrap();
    assert_eq!(alerts, OverdueAlerts { accounts: 1, broken_promises: 1 });
    shop.pays(customer, "100").await;
    assert_eq!(shop.services.overdue_alerts(&shop.owner).await.unwrap(), OverdueAlerts::default());
    shop.verifies().await;
}
