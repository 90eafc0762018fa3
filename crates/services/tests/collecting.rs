//! Working with overdue accounts: notes, promises, disputes, pauses, and the list of the day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::{Duration, NaiveDate};
use domain::customer::TypedCustomer;
use domain::ids::*;
use domain::person::Role;
use domain::receivable::collect::*;
use domain::receivable::*;
use domain::sale::{CompleteSale, Tender};
use services::{Ctx, ServiceError};
use support::{Shop, cents, command, complaint};

on_both_databases! {
    a_promise_is_kept_broken_or_partly_kept
    what_was_paid_before_the_promise_is_not_for_it
    a_check_that_comes_back_breaks_the_promise
    a_promise_is_withdrawn_until_it_is_kept
    the_counter_and_the_desk_agree_about_promises
    what_makes_no_sense_is_told_at_its_field
    what_is_sent_twice_happens_once
    a_dispute_is_settled_once
    a_pause_runs_out_or_is_lifted
    an_account_is_given_to_somebody
    two_cards_are_worked_on_together_and_apart_again
    the_list_of_the_day_says_whom_to_contact_and_why
    a_returned_check_is_called_about_until_it_is_made_good
    the_check_of_a_receipt_is_called_about_too
    history_is_never_changed
    what_is_changed_behind_its_back_is_found
}

fn contact(kind: &str, text: &str, follow_up_on: &str) -> TypedContact {
    TypedContact { kind: kind.into(), text: text.into(), follow_up_on: follow_up_on.into() }
}

impl Shop {
    fn store(&self) -> StoreId {
        self.set_up.store_id
    }

    async fn with_account(&self, name: &str) -> CustomerId {
        let customer_id =
            self.meet(TypedCustomer { last_name: name.into(), ..TypedCustomer::default() }).await;
        let typed = TypedHouseAccount::on(Terms::Net(30));
        let cmd = SaveHouseAccount {
            command_id: command(),
            store_id: self.store(),
            customer_id,
            version: 0,
            typed,
        };
        self.services.save_house_account(&self.owner, cmd).await.unwrap();
        customer_id
    }

    /// An invoice of a day; it is due thirty days later.
    async fn invoiced(&self, customer_id: CustomerId, date: &str, amount: &str) -> InvoiceId {
        let line = TypedInvoiceLine {
            description: "Appraisal".into(),
            amount: amount.into(),
            account: "4050".into(),
            ..TypedInvoiceLine::default()
        };
        let typed = TypedInvoice {
            date: date.into(),
            override_reason: "test".into(),
            lines: vec![line],
            ..TypedInvoice::default()
        };
        let cmd = IssueInvoice {
            command_id: command(),
            store_id: self.store(),
            customer_id,
            typed,
            approvals: Vec::new(),
        };
        InvoiceId(self.services.issue_invoice(&self.owner, cmd).await.unwrap().document)
    }

    async fn pays(
        &self,
        customer_id: CustomerId,
        by: &str,
        amount: &str,
        apply: ApplyTo,
    ) -> CustomerCreditId {
        let tender = Tender { kind: by.into(), amount: cents(amount), reference: "1001".into() };
        let cmd = TakePayment {
            command_id: command(),
            store_id: self.store(),
            session_id: None,
            customer_id,
            amount: amount.into(),
            tenders: vec![tender],
            apply,
            received_on: String::new(),
            note: String::new(),
        };
        CustomerCreditId(self.services.take_payment(&self.owner, cmd).await.unwrap().document)
    }

    fn promise(&self, customer_id: CustomerId, amount: &str, by: &str) -> MakePromise {
        MakePromise {
            command_id: command(),
            store_id: self.store(),
            customer_id,
            invoice_id: None,
            typed: TypedPromise { amount: amount.into(), promised_on: by.into() },
        }
    }

    async fn promises(&self, customer: CustomerId, amount: &str, by: &str) {
        self.services.make_promise(&self.owner, self.promise(customer, amount, by)).await.unwrap();
        // Whatever comes next comes later.
        self.clock.advance(Duration::seconds(1));
    }

    fn note(&self, customer_id: CustomerId, typed: TypedContact) -> AddCollectionNote {
        AddCollectionNote { command_id: command(), store_id: self.store(), customer_id, typed }
    }

    fn pause(
        &self,
        customer_id: CustomerId,
        invoice_id: Option<InvoiceId>,
        pausing: Pausing,
    ) -> PauseReminders {
        PauseReminders {
            command_id: command(),
            store_id: self.store(),
            customer_id,
            invoice_id,
            pausing,
            reason: "in hospital".into(),
        }
    }

    fn dispute(&self, invoice_id: InvoiceId, reason: &str) -> OpenDispute {
        OpenDispute { command_id: command(), store_id: self.store(), invoice_id, reason: reason.into() }
    }

    async fn sheet(&self, customer: CustomerId) -> CollectionSheet {
        self.services.collection(&self.owner, customer).await.unwrap()
    }

    async fn states(&self, customer: CustomerId) -> Vec<(PromiseState, String)> {
        let promises = self.sheet(customer).await.promises;
        promises.into_iter().map(|one| (one.state, one.came_in.to_string())).collect()
    }

    async fn held_against(&self, customer: CustomerId) -> Option<NaiveDate> {
        self.services.account_standing(&self.owner, customer).await.unwrap().standing.broken_promise
    }

    async fn desk_for(&self, ctx: &Ctx, asked: DeskAsked) -> DeskPage {
        self.services.collections_desk(ctx, DeskAsked { limit: 50, ..asked }).await.unwrap()
    }

    /// Who stands on the list of the day, and whether their turn is today.
    async fn desk(&self) -> Vec<(String, Turn)> {
        let page = self.desk_for(&self.owner, DeskAsked::default()).await;
        page.rows.into_iter().map(|one| (one.row.customer.name, one.turn)).collect()
    }

    async fn reasons(&self, name: &str) -> Vec<Reason> {
        let page = self.desk_for(&self.owner, DeskAsked::default()).await;
        page.rows
            .into_iter()
            .find(|one| one.row.customer.name == name)
            .map(|one| one.reasons)
            .unwrap_or_default()
    }

    fn days_pass(&self, days: i64) {
        self.clock.advance(Duration::days(days));
    }
}

async fn a_promise_is_kept_broken_or_partly_kept(shop: Shop) {
    let (keeps, breaks) = (shop.with_account("Keeps").await, shop.with_account("Breaks").await);
    let invoice = shop.invoiced(keeps, "2026-01-05", "300").await;
    shop.invoiced(keeps, "2026-01-06", "200").await;
    shop.invoiced(breaks, "2026-01-05", "300").await;
    let of_one = MakePromise { invoice_id: Some(invoice), ..shop.promise(keeps, "300", "2026-03-10") };
    shop.services.make_promise(&shop.owner, of_one).await.unwrap();
    shop.promises(breaks, "100", "2026-03-04").await;
    assert_eq!(shop.states(keeps).await, [(PromiseState::Open, "0.00".to_owned())]);

    // Paid on its last day, in two parts; what the other invoice gets does not count.
    shop.days_pass(2);
    shop.pays(keeps, "card", "250", ApplyTo::Invoice(invoice)).await;
    shop.days_pass(6);
    shop.pays(keeps, "card", "250", ApplyTo::OldestFirst).await;
    assert_eq!(shop.states(keeps).await, [(PromiseState::Kept, "300.00".to_owned())]);

    // Nothing came, then something: late is broken, and a part is not the whole.
    assert_eq!(shop.states(breaks).await, [(PromiseState::Broken, "0.00".to_owned())]);
    shop.pays(breaks, "card", "100", ApplyTo::OldestFirst).await;
    shop.promises(breaks, "200", "2026-03-12").await;
    shop.pays(breaks, "card", "199.99", ApplyTo::OldestFirst).await;
    shop.days_pass(3);
    let expected = [(PromiseState::Broken, "199.99".to_owned()), (PromiseState::Broken, "0.00".to_owned())];
    assert_eq!(shop.states(breaks).await, expected);
    assert_eq!(shop.held_against(breaks).await, Some("2026-03-12".parse().unwrap()));
    assert_eq!(shop.sheet(breaks).await.kept, PromisesKept { kept: 0, due: 2 });
    let page = shop.desk_for(&shop.owner, DeskAsked::default()).await;
    assert_eq!(page.kept, PromisesKept { kept: 1, due: 3 });
    assert_eq!(page.kept.rate().unwrap().to_string(), "33.33 %");

    // The last cent is paid: nothing is held against them, and the promises stay broken.
    shop.pays(breaks, "card", "0.01", ApplyTo::OldestFirst).await;
    assert_eq!(shop.held_against(breaks).await, None);
    assert_eq!(shop.states(breaks).await, expected);
    // What is bought later says nothing about what was promised before.
    shop.invoiced(breaks, "", "500").await;
    assert_eq!(shop.held_against(breaks).await, None);
    shop.verifies().await;
}

async fn what_was_paid_before_the_promise_is_not_for_it(shop: Shop) {
    let customer = shop.with_account("Person").await;
    shop.invoiced(customer, "2026-01-05", "535").await;
    shop.pays(customer, "card", "135", ApplyTo::OldestFirst).await;
    shop.clock.advance(Duration::minutes(5));
    shop.promises(customer, "400", "2026-03-06").await;
    assert_eq!(shop.states(customer).await, [(PromiseState::Open, "0.00".to_owned())]);
    shop.pays(customer, "card", "265", ApplyTo::OldestFirst).await;
    shop.days_pass(5);
    assert_eq!(shop.states(customer).await, [(PromiseState::Broken, "265.00".to_owned())]);
    shop.verifies().await;
}

async fn a_check_that_comes_back_breaks_the_promise(shop: Shop) {
    let customer = shop.with_account("Person").await;
    shop.invoiced(customer, "2026-01-05", "400").await;
    let old = shop.pays(customer, "check", "100", ApplyTo::OldestFirst).await;
    shop.days_pass(1);
    shop.promises(customer, "300", "2026-03-06").await;
    let paid = shop.pays(customer, "check", "300", ApplyTo::OldestFirst).await;
    let bounce = |credit_id| ReturnCheck {
        command_id: command(),
        store_id: shop.store(),
        credit_id,
        fee: String::new(),
        reason: "no funds".into(),
    };
    // One that was paid before has nothing to do with the promise.
    shop.days_pass(1);
    shop.services.return_check(&shop.owner, bounce(old)).await.unwrap();
    assert_eq!(shop.states(customer).await, [(PromiseState::Kept, "300.00".to_owned())]);
    shop.days_pass(10);
    shop.services.return_check(&shop.owner, bounce(paid)).await.unwrap();
    assert_eq!(shop.states(customer).await, [(PromiseState::Broken, "0.00".to_owned())]);
    assert_eq!(shop.held_against(customer).await, Some("2026-03-06".parse().unwrap()));
    shop.verifies().await;
}

async fn a_promise_is_withdrawn_until_it_is_kept(shop: Shop) {
    let customer = shop.with_account("Person").await;
    let invoice = shop.invoiced(customer, "2026-01-05", "300").await;
    shop.promises(customer, "300", "2026-03-10").await;
    let of_one = MakePromise { invoice_id: Some(invoice), ..shop.promise(customer, "100", "2026-03-20") };
    let refused = shop.services.make_promise(&shop.owner, of_one.clone()).await.unwrap_err();
    assert_eq!(refused.to_string(), "300.00 by 2026-03-10 is promised already: withdraw that first");
    let id = shop.sheet(customer).await.promises[0].id;
    let withdraw = |promise_id, reason: &str| WithdrawPromise {
        command_id: command(),
        store_id: shop.store(),
        promise_id,
        reason: reason.into(),
    };
    let refused = shop.services.withdraw_promise(&shop.owner, withdraw(id, " ")).await.unwrap_err();
    assert_eq!(complaint(refused, "reason"), "this is needed");
    shop.services.withdraw_promise(&shop.owner, withdraw(id, "called: only a part")).await.unwrap();
    let again = shop.services.withdraw_promise(&shop.owner, withdraw(id, "again")).await.unwrap_err();
    assert_eq!(again.to_string(), "this promise is withdrawn");
    let unknown = shop.services.withdraw_promise(&shop.owner, withdraw(PromiseId(command().0), "x")).await;
    assert!(matches!(unknown, Err(ServiceError::NotFound("promise"))));

    shop.services.make_promise(&shop.owner, of_one).await.unwrap();
    shop.clock.advance(Duration::minutes(1));
    shop.pays(customer, "card", "100", ApplyTo::OldestFirst).await;
    let sheet = shop.sheet(customer).await;
    let told: Vec<_> =
        sheet.promises.iter().map(|one| (one.state, one.invoice.as_deref(), one.reason.as_deref())).collect();
    let expected = [
        (PromiseState::Kept, Some("S1-INV-00001"), None),
        (PromiseState::Withdrawn, None, Some("called: only a part")),
    ];
    assert_eq!(told, expected);
    let kept =
        shop.services.withdraw_promise(&shop.owner, withdraw(sheet.promises[0].id, "x")).await.unwrap_err();
    assert_eq!(kept.to_string(), "this promise is kept");
    shop.days_pass(30);
    assert_eq!(shop.sheet(customer).await.kept, PromisesKept { kept: 1, due: 1 });
    shop.verifies().await;
}

/// The counter asks the database, the desk asks the rule: whatever happens, both say the same.
async fn the_counter_and_the_desk_agree_about_promises(shop: Shop) {
    let mut rng = fastrand::Rng::with_seed(7);
    let mut customers = Vec::new();
    for number in 0..3 {
        let customer = shop.with_account(&format!("Person {number}")).await;
        customers.push((customer, shop.invoiced(customer, "2026-01-05", "1000").await));
    }
    let (mut held, mut not_held) = (0, 0);
    for _ in 0..24 {
        let (customer, invoice) = customers[rng.usize(0..3)];
        let today = shop.services.today(shop.store()).unwrap();
        match rng.u8(0..6) {
            0..=2 => {
                let by = (today + Duration::days(rng.i64(0..5))).to_string();
                let invoice_id = rng.bool().then_some(invoice);
                let cmd = MakePromise { invoice_id, ..shop.promise(customer, "40", &by) };
                // One that is open stands in the way, or nothing is owed any more.
                drop(shop.services.make_promise(&shop.owner, cmd).await);
            }
            3 | 4 => {
                shop.pays(customer, "check", if rng.bool() { "40" } else { "25" }, ApplyTo::OldestFirst)
                    .await;
            }
            _ => drop(shop.invoiced(customer, "", "50").await),
        }
        shop.clock.advance(Duration::hours(rng.i64(1..60)));
        let today = shop.services.today(shop.store()).unwrap();
        let page = shop.desk_for(&shop.owner, DeskAsked::default()).await;
        for (customer, _) in &customers {
            let row = page.rows.iter().find(|one| one.row.customer.id == *customer).unwrap();
            let ruled = row.row.promises.iter().filter(|one| one.is_held_against(today));
            let ruled = ruled.map(|one| one.promise.promised_on).max();
            assert_eq!(ruled, shop.held_against(*customer).await);
            if ruled.is_some() { held += 1 } else { not_held += 1 }
        }
    }
    assert!(held > 5 && not_held > 5, "{held} and {not_held}");
    shop.verifies().await;
}

async fn what_makes_no_sense_is_told_at_its_field(shop: Shop) {
    let customer = shop.with_account("Person").await;
    let invoice = shop.invoiced(customer, "2026-01-05", "300").await;
    let promise = async |amount: &str, by: &str| {
        shop.services.make_promise(&shop.owner, shop.promise(customer, amount, by)).await.unwrap_err()
    };
    for amount in ["", "0", "-5", "x", "1.005"] {
        assert!(!complaint(promise(amount, "2026-03-10").await, "amount").is_empty(), "{amount}");
    }
    assert_eq!(complaint(promise("300.01", "2026-03-10").await, "amount"), "300.00 is owed");
    assert_eq!(complaint(promise("300", "").await, "promised_on"), "choose a day");
    assert_eq!(complaint(promise("300", "2026-03-01").await, "promised_on"), "this day is over");
    assert_eq!(complaint(promise("300", "2026-06-01").await, "promised_on"), "at most 90 days from today");
    shop.services.make_promise(&shop.owner, shop.promise(customer, "1", "2026-05-31")).await.unwrap();

    let note = async |typed| {
        shop.services.add_collection_note(&shop.owner, shop.note(customer, typed)).await.unwrap_err()
    };
    assert_eq!(complaint(note(contact("call", " ", "")).await, "text"), "this is needed");
    assert!(
        complaint(note(contact("call", "4242 4242 4242 4242", "")).await, "text").contains("card number")
    );
    assert!(complaint(note(contact("dance", "x", "")).await, "kind").contains("is not a kind of contact"));
    assert_eq!(complaint(note(contact("call", "x", "2026-03-01")).await, "follow_up_on"), "this day is over");
    assert!(complaint(note(contact("call", "x", "2027-03-01")).await, "follow_up_on").contains("180 days"));

    let pause = async |until: &str, reason: &str| {
        let cmd = PauseReminders {
            reason: reason.into(),
            ..shop.pause(customer, None, Pausing::Until(until.into()))
        };
        shop.services.pause_reminders(&shop.owner, cmd).await.unwrap_err()
    };
    assert_eq!(complaint(pause("2026-03-01", "x").await, "until"), "this day is over");
    assert_eq!(complaint(pause("tomorrow", "x").await, "until"), "choose a day");
    assert!(complaint(pause("2026-12-31", "x").await, "until").contains("180 days"));
    assert_eq!(complaint(pause("2026-03-05", "").await, "reason"), "this is needed");
    let lift = shop.services.pause_reminders(&shop.owner, shop.pause(customer, None, Pausing::Lift)).await;
    assert_eq!(lift.unwrap_err().to_string(), "nothing is paused here");

    // What is somebody else's, or paid, is not promised, paused or disputed.
    let other = shop.with_account("Other").await;
    let theirs = MakePromise { invoice_id: Some(invoice), ..shop.promise(other, "1", "2026-03-10") };
    let refused = shop.services.make_promise(&shop.owner, theirs).await.unwrap_err();
    assert!(refused.to_string().contains("is not an invoice of this customer"), "{refused}");
    let nothing = shop.services.make_promise(&shop.owner, shop.promise(other, "1", "2026-03-10")).await;
    assert_eq!(nothing.unwrap_err().to_string(), "nothing is owed on what was chosen");
    let theirs = shop.pause(other, Some(invoice), Pausing::Until("2026-03-05".into()));
    let refused = shop.services.pause_reminders(&shop.owner, theirs).await.unwrap_err();
    assert!(refused.to_string().contains("is not an invoice of this customer"), "{refused}");
    shop.pays(customer, "card", "300", ApplyTo::OldestFirst).await;
    let refused = shop.services.open_dispute(&shop.owner, shop.dispute(invoice, "x")).await.unwrap_err();
    assert_eq!(refused.to_string(), "nothing is owed on what was chosen");
    let unknown = shop.services.open_dispute(&shop.owner, shop.dispute(InvoiceId(command().0), "x")).await;
    assert!(matches!(unknown, Err(ServiceError::NotFound("invoice"))));
    let nobody = shop.promise(CustomerId(command().0), "1", "2026-03-10");
    assert!(matches!(
        shop.services.make_promise(&shop.owner, nobody).await,
        Err(ServiceError::NotFound("customer"))
    ));
    shop.verifies().await;
}

async fn what_is_sent_twice_happens_once(shop: Shop) {
    let customer = shop.with_account("Person").await;
    shop.invoiced(customer, "2026-01-05", "300").await;
    let cmd = shop.promise(customer, "100", "2026-03-10");
    let tries = [cmd.clone(), cmd.clone(), cmd.clone()].map(|cmd| {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.make_promise(&owner, cmd).await.unwrap() })
    });
    for one in tries {
        one.await.unwrap();
    }
    let note = shop.note(customer, contact("call", "reached nobody", ""));
    for _ in 0..2 {
        shop.services.add_collection_note(&shop.owner, note.clone()).await.unwrap();
    }
    let sheet = shop.sheet(customer).await;
    assert_eq!((sheet.promises.len(), sheet.notes.len()), (1, 1));
    let other = MakePromise { typed: TypedPromise { amount: "99".into(), ..cmd.typed.clone() }, ..cmd };
    let refused = shop.services.make_promise(&shop.owner, other).await.unwrap_err();
    assert!(matches!(refused, ServiceError::SameIdOtherBody));

    // Two people write down two promises at once: one of them stands.
    let customer = shop.with_account("Other").await;
    shop.invoiced(customer, "2026-01-05", "300").await;
    let tries = ["100", "120"].map(|amount| {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        let cmd = shop.promise(customer, amount, "2026-03-10");
        tokio::spawn(async move { services.make_promise(&owner, cmd).await })
    });
    let mut done = 0;
    for one in tries {
        done += i32::from(one.await.unwrap().is_ok());
    }
    assert_eq!((done, shop.sheet(customer).await.promises.len()), (1, 1));
    shop.verifies().await;
}

async fn a_dispute_is_settled_once(shop: Shop) {
    let customer = shop.with_account("Person").await;
    let invoice = shop.invoiced(customer, "2026-01-05", "300").await;
    let none = shop.services.open_dispute(&shop.owner, shop.dispute(invoice, " ")).await.unwrap_err();
    assert_eq!(complaint(none, "reason"), "this is needed");
    shop.services.open_dispute(&shop.owner, shop.dispute(invoice, "says it was returned")).await.unwrap();
    let again = shop.services.open_dispute(&shop.owner, shop.dispute(invoice, "again")).await.unwrap_err();
    assert_eq!(again.to_string(), "S1-INV-00001 is disputed already");
    assert_eq!(shop.desk().await, [("Person".to_owned(), Turn::Later)]);
    assert_eq!(shop.reasons("Person").await, [Reason::Disputed { amount: cents("300") }]);
    assert!(shop.services.invoice(&shop.owner, invoice).await.unwrap().disputed);

    let dispute_id = shop.sheet(customer).await.disputes[0].id;
    let settle = |resolution: &str| SettleDispute {
        command_id: command(),
        store_id: shop.store(),
        dispute_id,
        resolution: resolution.into(),
    };
    let none = shop.services.settle_dispute(&shop.owner, settle("")).await.unwrap_err();
    assert_eq!(complaint(none, "resolution"), "this is needed");
    shop.services.settle_dispute(&shop.owner, settle("receipt shown, they pay")).await.unwrap();
    let again = shop.services.settle_dispute(&shop.owner, settle("again")).await.unwrap_err();
    assert_eq!(again.to_string(), "this dispute is settled already");
    let sheet = shop.sheet(customer).await;
    assert_eq!(sheet.disputes[0].settled.as_ref().unwrap().1, "receipt shown, they pay");
    assert_eq!(sheet.disputes[0].by, "Owner");
    assert_eq!(shop.desk().await, [("Person".to_owned(), Turn::Today)]);
    // It may be disputed anew.
    shop.services.open_dispute(&shop.owner, shop.dispute(invoice, "the amount")).await.unwrap();
    assert_eq!(shop.sheet(customer).await.disputes.len(), 2);
    shop.verifies().await;
}

async fn a_pause_runs_out_or_is_lifted(shop: Shop) {
    let customer = shop.with_account("Person").await;
    let invoice = shop.invoiced(customer, "2026-01-05", "300").await;
    shop.invoiced(customer, "2026-01-06", "50").await;
    let until = |day: &str| Pausing::Until(day.into());
    shop.services
        .pause_reminders(&shop.owner, shop.pause(customer, None, until("2026-03-04")))
        .await
        .unwrap();
    assert_eq!(shop.desk().await, [("Person".to_owned(), Turn::Later)]);
    let pause = shop.sheet(customer).await.pauses.remove(0);
    assert_eq!(
        (pause.until_on.to_string().as_str(), pause.reason.as_str(), pause.by.as_str()),
        ("2026-03-04", "in hospital", "Owner")
    );
    shop.days_pass(2);
    assert_eq!(shop.desk().await, [("Person".to_owned(), Turn::Later)]);
    shop.days_pass(1);
    assert_eq!(shop.desk().await, [("Person".to_owned(), Turn::Today)]);
    assert!(shop.sheet(customer).await.pauses.is_empty());

    // A longer one, then a shorter one: the last word counts. Then it is lifted.
    for day in ["2026-04-30", "2026-03-10"] {
        shop.clock.advance(Duration::seconds(1));
        shop.services.pause_reminders(&shop.owner, shop.pause(customer, None, until(day))).await.unwrap();
    }
    assert_eq!(shop.sheet(customer).await.pauses[0].until_on.to_string(), "2026-03-10");
    shop.clock.advance(Duration::seconds(1));
    let lift = PauseReminders { reason: String::new(), ..shop.pause(customer, None, Pausing::Lift) };
    shop.services.pause_reminders(&shop.owner, lift).await.unwrap();
    assert!(shop.sheet(customer).await.pauses.is_empty());

    // One invoice: the other is still asked for.
    let one = shop.pause(customer, Some(invoice), until("2026-03-31"));
    shop.services.pause_reminders(&shop.owner, one).await.unwrap();
    let until = "2026-03-31".parse().unwrap();
    let expected = [Reason::Overdue { amount: cents("50"), days: 28 }, Reason::Paused { until }];
    assert_eq!(shop.reasons("Person").await, expected);
    assert_eq!(shop.sheet(customer).await.pauses[0].invoice.as_ref().unwrap().1, "S1-INV-00001");
    shop.verifies().await;
}

async fn an_account_is_given_to_somebody(shop: Shop) {
    let customer = shop.with_account("Person").await;
    shop.invoiced(customer, "2026-01-05", "300").await;
    let (clerk, bench) =
        (shop.hire("clerk", Role::Associate).await, shop.hire("bench", Role::BenchJeweler).await);
    let assign = |person: Option<&Ctx>, version| AssignCollector {
        command_id: command(),
        store_id: shop.store(),
        customer_id: customer,
        person_id: person.map(|ctx| ctx.actor.person_id),
        version,
    };
    let refused = shop.services.assign_collector(&shop.owner, assign(Some(&bench), 0)).await.unwrap_err();
    assert!(complaint(refused, "person").contains("overdue accounts"));
    shop.services.assign_collector(&clerk, assign(Some(&clerk), 0)).await.unwrap();
    let old = shop.services.assign_collector(&shop.owner, assign(None, 0)).await.unwrap_err();
    assert_eq!(old.to_string(), "something changed meanwhile: look again");
    let whose =
        async |ctx: &Ctx, whose| shop.desk_for(ctx, DeskAsked { whose, ..DeskAsked::default() }).await.count;
    assert_eq!((whose(&clerk, Whose::Mine).await, whose(&shop.owner, Whose::Mine).await), (1, 0));
    assert_eq!((whose(&clerk, Whose::Nobody).await, whose(&shop.owner, Whose::All).await), (0, 1));
    let sheet = shop.sheet(customer).await;
    assert_eq!((sheet.collector.name.as_deref(), sheet.collector.version), (Some("clerk"), 1));
    let people: Vec<_> = sheet.people.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(people, ["Owner", "clerk"]);
    shop.services.assign_collector(&shop.owner, assign(None, 1)).await.unwrap();
    assert_eq!((whose(&clerk, Whose::Mine).await, whose(&clerk, Whose::Nobody).await), (0, 1));
    shop.verifies().await;
}

async fn two_cards_are_worked_on_together_and_apart_again(shop: Shop) {
    let (winner, loser) = (shop.with_account("Person").await, shop.with_account("Persson").await);
    shop.invoiced(winner, "2026-01-05", "100").await;
    let theirs = shop.invoiced(loser, "2026-01-05", "200").await;
    shop.promises(loser, "200", "2026-03-03").await;
    let clerk = shop.hire("clerk", Role::Associate).await;
    let give = AssignCollector {
        command_id: command(),
        store_id: shop.store(),
        customer_id: loser,
        person_id: Some(clerk.actor.person_id),
        version: 0,
    };
    shop.services.assign_collector(&shop.owner, give.clone()).await.unwrap();
    let note = shop.note(loser, contact("visit", "nobody at home", "2026-03-05"));
    shop.services.add_collection_note(&shop.owner, note).await.unwrap();
    let merged = shop.merged(winner, loser).await;
    shop.days_pass(3);
    let page = shop.desk_for(&clerk, DeskAsked { whose: Whose::Mine, ..DeskAsked::default() }).await;
    assert_eq!(page.count, 1);
    let row = &page.rows[0].row;
    assert_eq!((row.customer.id, row.owed().unwrap()), (winner, cents("300")));
    assert_eq!(row.follow_up_on, Some("2026-03-05".parse().unwrap()));
    assert!(matches!(page.rows[0].reasons[0], Reason::PromiseBroken { .. }), "{:?}", page.rows[0].reasons);
    for id in [winner, loser] {
        let sheet = shop.sheet(id).await;
        assert_eq!((sheet.customer.id, sheet.notes.len(), sheet.promises.len()), (winner, 1, 1));
        assert_eq!((sheet.collector.name.as_deref(), sheet.collector.version), (Some("clerk"), 0));
        assert!(shop.held_against(id).await.is_some());
    }
    // By the old card or the new one: it is one account. Its own word counts from now on.
    let nobody = AssignCollector { command_id: command(), person_id: None, ..give };
    shop.services.assign_collector(&shop.owner, nobody).await.unwrap();
    assert_eq!(
        shop.desk_for(&clerk, DeskAsked { whose: Whose::Mine, ..DeskAsked::default() }).await.count,
        0
    );
    shop.services.open_dispute(&shop.owner, shop.dispute(theirs, "not mine")).await.unwrap();
    shop.taken_apart(merged).await;
    assert_eq!(shop.sheet(loser).await.collector.name.as_deref(), Some("clerk"));
    assert_eq!(shop.desk().await.len(), 2);
    shop.verifies().await;
}

async fn the_list_of_the_day_says_whom_to_contact_and_why(shop: Shop) {
    let mut ids = Vec::new();
    // Due thirty days after: overdue by 30, 61, 1 and 0 days.
    for (name, date, amount) in [
        ("Month", "2026-01-01", "1000"),
        ("Quarter", "2025-11-30", "400"),
        ("Fresh", "2026-01-30", "800"),
        ("Due today", "2026-01-31", "5000"),
        ("Held", "2025-11-30", "9000"),
        ("Promises", "2026-01-30", "700"),
    ] {
        let id = shop.with_account(name).await;
        shop.invoiced(id, date, amount).await;
        ids.push(id);
    }
    let hold = TypedHouseAccount {
        state: "on_hold".into(),
        hold_reason: "with the lawyer".into(),
        ..TypedHouseAccount::on(Terms::Net(30))
    };
    let cmd = SaveHouseAccount {
        command_id: command(),
        store_id: shop.store(),
        customer_id: ids[4],
        version: 1,
        typed: hold,
    };
    shop.services.save_house_account(&shop.owner, cmd).await.unwrap();
    shop.promises(ids[5], "700", "2026-03-02").await;
    use Turn::{Later, Today};
    let line = |name: &str, turn| (name.to_owned(), turn);
    assert_eq!(
        shop.desk().await,
        [
            line("Quarter", Today),
            line("Month", Today),
            line("Fresh", Today),
            line("Held", Later),
            line("Promises", Later)
        ]
    );
    let page = shop.desk_for(&shop.owner, DeskAsked::default()).await;
    assert_eq!((page.to_contact, page.to_collect, page.count, page.more), (3, cents("2200"), 5, false));
    assert_eq!(shop.reasons("Month").await, [Reason::Overdue { amount: cents("1000"), days: 30 }]);

    // Somebody calls, and looks again on Thursday; somebody is not overdue and called back today.
    let note = shop.note(ids[1], contact("call", "pays on Thursday", "2026-03-05"));
    shop.services.add_collection_note(&shop.owner, note).await.unwrap();
    let note = shop.note(ids[3], contact("other", "asked for a copy", "2026-03-02"));
    shop.services.add_collection_note(&shop.owner, note).await.unwrap();
    assert_eq!(
        shop.desk().await,
        [
            line("Month", Today),
            line("Fresh", Today),
            line("Due today", Today),
            line("Held", Later),
            line("Quarter", Later),
            line("Promises", Later),
        ]
    );
    // The next day a promise is broken: it counts twice.
    shop.days_pass(1);
    let names: Vec<_> = shop.desk().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Due today", "Month", "Promises", "Fresh", "Held", "Quarter"]);
    let by = "2026-03-02".parse().unwrap();
    let broken =
        Reason::PromiseBroken { amount: cents("700"), came_in: cents("0"), promised_on: by, times: 1 };
    assert_eq!(shop.reasons("Promises").await[0], broken);

    // Narrowed by words and store, and turned by the page.
    let asked = |words: &str| DeskAsked { words: words.into(), ..DeskAsked::default() };
    assert_eq!(shop.desk_for(&shop.owner, asked("due tod")).await.count, 1);
    assert_eq!(shop.desk_for(&shop.owner, asked("nobody")).await.count, 0);
    let here = DeskAsked { store: Some(shop.store()), ..DeskAsked::default() };
    assert_eq!(shop.desk_for(&shop.owner, here).await.count, 6);
    let elsewhere = DeskAsked { store: Some(StoreId(command().0)), ..DeskAsked::default() };
    let refused = shop.services.collections_desk(&shop.owner, elsewhere).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    let second = DeskAsked { offset: 4, limit: 3, ..DeskAsked::default() };
    let page = shop.services.collections_desk(&shop.owner, second).await.unwrap();
    let names: Vec<_> = page.rows.iter().map(|one| one.row.customer.name.as_str()).collect();
    assert_eq!((names, page.count), (vec!["Held", "Quarter"], 6));
    let gone = DeskAsked { offset: 9, limit: 3, ..DeskAsked::default() };
    let first = shop.services.collections_desk(&shop.owner, gone).await.unwrap();
    assert_eq!((first.rows.len(), first.rows[0].row.customer.name.as_str()), (3, "Due today"));
    let last = &page.rows[1].row.last_contact.unwrap();
    assert_eq!((last.0.to_rfc3339().as_str(), last.1), ("2026-03-02T12:00:01-06:00", ContactKind::Call));
    shop.verifies().await;
}

async fn a_returned_check_is_called_about_until_it_is_made_good(shop: Shop) {
    let customer = shop.with_account("Person").await;
    shop.invoiced(customer, "2026-01-05", "300").await;
    let credit_id = shop.pays(customer, "check", "300", ApplyTo::OldestFirst).await;
    let bounce = ReturnCheck {
        command_id: command(),
        store_id: shop.store(),
        credit_id,
        fee: "25".into(),
        reason: "no funds".into(),
    };
    shop.services.return_check(&shop.owner, bounce).await.unwrap();
    let on = "2026-03-02".parse().unwrap();
    assert_eq!(shop.reasons("Person").await[0], Reason::CheckReturned { on });
    shop.pays(customer, "card", "300", ApplyTo::OldestFirst).await;
    // The fee alone is left.
    shop.days_pass(60);
    let reasons = shop.reasons("Person").await;
    assert!(matches!(reasons.as_slice(), [Reason::Overdue { .. }]), "{reasons:?}");
    shop.verifies().await;
}

async fn the_check_of_a_receipt_is_called_about_too(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let check = Tender { kind: "check".into(), amount: cents("107"), reference: "1001".into() };
    let sale = CompleteSale {
        customer_id: Some(customer),
        tenders: vec![check],
        ..shop.sale(session, &[(ring, "100.00")], "107.00", "0")
    };
    let sale_id = shop.services.complete_sale(&shop.owner, sale).await.unwrap().sale_id;
    let (store_id, fee, reason) = (shop.store(), String::new(), "no funds".to_owned());
    let bounce = ReturnSaleCheck { command_id: command(), store_id, sale_id, fee, reason };
    shop.services.return_sale_check(&shop.owner, bounce).await.unwrap();
    shop.days_pass(1);
    let on = "2026-03-02".parse().unwrap();
    assert_eq!(shop.reasons("Person").await[0], Reason::CheckReturned { on });
    shop.pays(customer, "card", "107", ApplyTo::OldestFirst).await;
    assert!(shop.desk().await.is_empty());
    shop.verifies().await;
}

async fn history_is_never_changed(shop: Shop) {
    let customer = shop.with_account("Person").await;
    let invoice = shop.invoiced(customer, "2026-01-05", "300").await;
    shop.promises(customer, "100", "2026-03-04").await;
    shop.services.open_dispute(&shop.owner, shop.dispute(invoice, "x")).await.unwrap();
    let note = shop.note(customer, contact("letter", "sent", ""));
    shop.services.add_collection_note(&shop.owner, note).await.unwrap();
    let pause = shop.pause(customer, None, Pausing::Until("2026-03-04".into()));
    shop.services.pause_reminders(&shop.owner, pause).await.unwrap();
    let connection = db::Db::connect_for_migration(&shop.location).await.unwrap();
    for sql in [
        "UPDATE promise SET amount_minor = 1",
        "DELETE FROM promise",
        "UPDATE dispute SET reason = 'y'",
        "DELETE FROM collection_note",
        "UPDATE collection_note SET text = 'y'",
        "UPDATE reminder_pause SET until_on = '2020-01-01'",
    ] {
        assert!(migrations::run_sql(&connection, sql).await.is_err(), "{sql} went through");
    }
    connection.close().await.unwrap();
    shop.verifies().await;
}

/// A change to the rows, what undoes it, and a part of the rule that it breaks.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "UPDATE promise SET person_id = (SELECT id FROM person WHERE id <> promise.person_id ORDER BY id LIMIT 1)",
        "UPDATE promise SET person_id = (SELECT actor_id FROM event WHERE id = promise.event_id)",
        "what its event says",
    ),
    (
        "UPDATE collection_note SET customer_id = (SELECT id FROM customer WHERE id <> collection_note.customer_id ORDER BY id LIMIT 1)",
        "UPDATE collection_note SET customer_id = (SELECT subject_id FROM event WHERE id = collection_note.id)",
        "what its event says",
    ),
    (
        "UPDATE promise SET amount_minor = amount_minor + 100000 WHERE invoice_id IS NOT NULL",
        "UPDATE promise SET amount_minor = amount_minor - 100000 WHERE invoice_id IS NOT NULL",
        "not more than it",
    ),
    (
        "UPDATE promise_end SET event_id = (SELECT event_id FROM promise WHERE id = promise_id)",
        "UPDATE promise_end SET event_id = (SELECT id FROM event WHERE kind = 'promise_withdrawn')",
        "had been made, once, before",
    ),
    (
        "UPDATE dispute_end SET settled_on = '2020-01-01'",
        "UPDATE dispute_end SET settled_on = (SELECT business_date FROM event WHERE id = event_id)",
        "had been made, once, before",
    ),
];

async fn what_is_changed_behind_its_back_is_found(shop: Shop) {
    let customer = shop.with_account("Person").await;
    shop.hire("clerk", Role::Associate).await;
    shop.with_account("Other").await;
    let invoice = shop.invoiced(customer, "2026-01-05", "300").await;
    let cmd = MakePromise { invoice_id: Some(invoice), ..shop.promise(customer, "100", "2026-03-04") };
    shop.services.make_promise(&shop.owner, cmd).await.unwrap();
    let note = shop.note(customer, contact("letter", "sent", ""));
    shop.services.add_collection_note(&shop.owner, note).await.unwrap();
    shop.services.open_dispute(&shop.owner, shop.dispute(invoice, "x")).await.unwrap();
    let sheet = shop.sheet(customer).await;
    let withdraw = WithdrawPromise {
        command_id: command(),
        store_id: shop.store(),
        promise_id: sheet.promises[0].id,
        reason: "wrong".into(),
    };
    shop.services.withdraw_promise(&shop.owner, withdraw).await.unwrap();
    let settle = SettleDispute {
        command_id: command(),
        store_id: shop.store(),
        dispute_id: sheet.disputes[0].id,
        resolution: "paid".into(),
    };
    shop.services.settle_dispute(&shop.owner, settle).await.unwrap();
    shop.verifies().await;
    for (change, undo, rule) in CHANGES {
        shop.tamper(change).await;
        let report = shop.services.verify().await.unwrap();
        let found = report.findings.iter().any(|one| format!("{one:?}").contains(rule));
        assert!(found, "{change}: {:?}", report.findings);
        shop.tamper(undo).await;
        shop.verifies().await;
    }
}
