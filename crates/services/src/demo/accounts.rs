//! House accounts of the demo chain: what some customers are billed for, and how well they pay.

use super::chain::Branch;
use super::{Maker, command};
use crate::context::Ctx;
use crate::error::ServiceError;
use chrono::Duration;
use domain::ids::{CommandId, CustomerId};
use domain::money::Money;
use domain::receivable::collect::{
    AddCollectionNote, AssignCollector, DeskAsked, DeskPage, MakePromise, OpenDispute, PauseReminders,
    Pausing, PromiseState, Ranked, Turn, TypedContact, TypedPromise,
};
use domain::receivable::{
    ApplyTo, IssueInvoice, SaveHouseAccount, TakePayment, Terms, TypedHouseAccount, TypedInvoice,
    TypedInvoiceLine,
};
use domain::sale::Tender;
use fastrand::Rng;

/// What is billed without a sale.
const SERVICES: [(&str, i64, i64); 4] = [
    ("Appraisal of an estate", 15_000, 90_000),
    ("Resetting of stones", 8_000, 60_000),
    ("Engraving of awards", 12_000, 150_000),
    ("Care of a collection", 20_000, 240_000),
];

/// What is said about what is overdue.
const SAID: [(&str, &str); 5] = [
    ("call", "Nobody answered, left word to call back"),
    ("call", "Had not seen the invoice; a copy is on its way"),
    ("call", "Waits for a check of their own and asks for a little time"),
    ("visit", "Came by, will settle it at the end of the week"),
    ("letter", "Second notice with a copy of the invoice"),
];

/// Every twentieth customer has an account.
const EACH: usize = 20;

/// Who has an account, and when they will pay what. Drawn apart, so that everything else in the demo stays what it was.
pub(super) struct Accounts {
    rng: Rng,
    /// What collectors do, drawn apart once more.
    luck: Rng,
    customers: Vec<CustomerId>,
    day: i64,
    /// Payments to come, by days to go.
    coming: Vec<(i64, usize, CustomerId, Money)>,
}

impl Accounts {
    pub fn new(seed: u64) -> Self {
        let drawn = |number| Rng::with_seed(seed.wrapping_add(number));
        Self { rng: drawn(2), luck: drawn(3), customers: Vec::new(), day: 0, coming: Vec::new() }
    }
}

impl Maker<'_> {
    fn account_command(&mut self) -> CommandId {
        self.services.clock.advance(Duration::seconds(20));
        command(&mut self.accounts.rng, self.services.clock.now())
    }

    pub(super) async fn open_accounts(&mut self) -> Result<(), ServiceError> {
        let chosen: Vec<CustomerId> =
            self.customers.iter().step_by(EACH).map(|(customer, _)| *customer).collect();
        for customer_id in chosen {
            let typed =
                TypedHouseAccount { limit: "10,000".to_owned(), ..TypedHouseAccount::on(Terms::Net(15)) };
            let (command_id, store_id) = (self.account_command(), self.owner.store);
            let cmd = SaveHouseAccount { command_id, store_id, customer_id, version: 0, typed };
            self.services.save_house_account(&self.owner, cmd).await?;
            self.accounts.customers.push(customer_id);
        }
        Ok(())
    }

    /// What is billed and what comes in on a day.
    pub(super) async fn work_accounts(&mut self) -> Result<(), ServiceError> {
        self.accounts.day += 1;
        let day = self.accounts.day;
        let branches = std::mem::take(&mut self.branches);
        for (at, branch) in branches.iter().enumerate() {
            if self.accounts.rng.u8(0..3) == 0 {
                self.bill_somebody(at, branch).await?;
            }
        }
        let due = |coming: &(i64, usize, CustomerId, Money)| coming.0 <= day;
        let (now, later) = std::mem::take(&mut self.accounts.coming).into_iter().partition(due);
        self.accounts.coming = later;
        let now: Vec<(i64, usize, CustomerId, Money)> = now;
        for (_, at, customer, amount) in now {
            if let Some(branch) = branches.get(at) {
                self.is_paid(branch, customer, amount).await?;
            }
        }
        for (at, branch) in branches.iter().enumerate() {
            if self.accounts.luck.u8(0..4) == 0 {
                self.collect_at(at, branch).await?;
            }
        }
        self.branches = branches;
        Ok(())
    }

    fn collect_command(&mut self) -> CommandId {
        self.services.clock.advance(Duration::seconds(20));
        command(&mut self.accounts.luck, self.services.clock.now())
    }

    /// Whoever stands first on the desk is called.
    async fn collect_at(&mut self, at: usize, branch: &Branch) -> Result<(), ServiceError> {
        let by = self.head_of(branch);
        let asked = DeskAsked { limit: 1, ..DeskAsked::default() };
        let desk = self.services.collections_desk(&by, asked).await?;
        let first = desk.rows.first().filter(|first| first.turn == Turn::Today);
        let Some(first) = first else { return Ok(()) };
        match self.accounts.luck.u8(0..10) {
            0 => self.hear_an_objection(&by, &desk, first).await,
            1 => self.leave_in_peace(&by, &desk, first).await,
            2..=5 => self.are_promised(&by, at, &desk, first).await,
            _ => self.talk_to(&by, &desk, first).await,
        }
    }

    /// A note with a day to look again, and somebody who looks then.
    async fn talk_to(&mut self, by: &Ctx, desk: &DeskPage, first: &Ranked) -> Result<(), ServiceError> {
        let (kind, text) = self.accounts.luck.choice(SAID).unwrap_or_default();
        let again = desk.today + Duration::days(self.accounts.luck.i64(3..15));
        let typed =
            TypedContact { kind: kind.to_owned(), text: text.to_owned(), follow_up_on: again.to_string() };
        let (store_id, customer_id) = (desk.store_id, first.row.customer.id);
        let cmd = AddCollectionNote { command_id: self.collect_command(), store_id, customer_id, typed };
        self.services.add_collection_note(by, cmd).await?;
        let (command_id, version) = (self.collect_command(), first.row.collector.version);
        let person_id = self.accounts.luck.choice(&desk.people).map(|(id, _)| *id);
        let cmd = AssignCollector { command_id, store_id, customer_id, person_id, version };
        self.services.assign_collector(by, cmd).await
    }

    async fn are_promised(
        &mut self,
        by: &Ctx,
        at: usize,
        desk: &DeskPage,
        first: &Ranked,
    ) -> Result<(), ServiceError> {
        // While one is open there is no other.
        if first.row.promises.iter().any(|one| one.state(desk.today) == PromiseState::Open) {
            return self.talk_to(by, desk, first).await;
        }
        let overdue = first.row.overdue(desk.today).map_err(ServiceError::internal)?;
        if !overdue.is_positive() {
            return self.talk_to(by, desk, first).await;
        }
        let days = self.accounts.luck.i64(4..12);
        let promised_on = desk.today + Duration::days(days);
        // Half of them keep their word.
        if self.accounts.luck.bool() {
            let customer = first.row.customer.id;
            self.accounts.coming.push((self.accounts.day + days - 1, at, customer, overdue));
        }
        let typed = TypedPromise { amount: overdue.to_string(), promised_on: promised_on.to_string() };
        let cmd = MakePromise {
            command_id: self.collect_command(),
            store_id: desk.store_id,
            customer_id: first.row.customer.id,
            invoice_id: None,
            typed,
        };
        self.services.make_promise(by, cmd).await
    }

    async fn hear_an_objection(
        &mut self,
        by: &Ctx,
        desk: &DeskPage,
        first: &Ranked,
    ) -> Result<(), ServiceError> {
        let Some(invoice) = first.row.invoices.iter().find(|one| !one.disputed) else { return Ok(()) };
        let cmd = OpenDispute {
            command_id: self.collect_command(),
            store_id: desk.store_id,
            invoice_id: invoice.id,
            reason: "Says that half of it was agreed".to_owned(),
        };
        self.services.open_dispute(by, cmd).await
    }

    async fn leave_in_peace(
        &mut self,
        by: &Ctx,
        desk: &DeskPage,
        first: &Ranked,
    ) -> Result<(), ServiceError> {
        let until = desk.today + Duration::days(self.accounts.luck.i64(10..30));
        let cmd = PauseReminders {
            command_id: self.collect_command(),
            store_id: desk.store_id,
            customer_id: first.row.customer.id,
            invoice_id: None,
            pausing: Pausing::Until(until.to_string()),
            reason: "Ill, the family asked for time".to_owned(),
        };
        self.services.pause_reminders(by, cmd).await
    }

    async fn bill_somebody(&mut self, at: usize, branch: &Branch) -> Result<(), ServiceError> {
        let rng = &mut self.accounts.rng;
        let Some(customer_id) = rng.choice(&self.accounts.customers).copied() else { return Ok(()) };
        let Some((description, from, to)) = rng.choice(SERVICES) else { return Ok(()) };
        let amount = Money::from_minor(rng.i64(from..to) / 500 * 500);
        // Two of three pay within the terms or soon after, others late, some in part, some not at all.
        let (after, part) = match rng.u8(0..12) {
            0..=6 => (rng.i64(3..16), amount),
            7..=8 => (rng.i64(16..50), amount),
            9 => (rng.i64(10..30), Money::from_minor(amount.minor() / 200 * 100)),
            _ => (i64::MAX, amount),
        };
        let line = TypedInvoiceLine {
            description: description.to_owned(),
            amount: amount.to_string(),
            taxed: false,
            account: "4050".to_owned(),
        };
        let typed = TypedInvoice {
            terms: "account".to_owned(),
            override_reason: "A good customer".to_owned(),
            lines: vec![line],
            ..TypedInvoice::default()
        };
        let (command_id, store_id, by) = (self.account_command(), branch.store, self.head_of(branch));
        let cmd = IssueInvoice { command_id, store_id, customer_id, typed, approvals: Vec::new() };
        self.services.issue_invoice(&by, cmd).await?;
        if after < i64::MAX {
            self.accounts.coming.push((self.accounts.day + after, at, customer_id, part));
        }
        Ok(())
    }

    /// Whoever runs the store, else the owner.
    fn head_of(&self, branch: &Branch) -> Ctx {
        branch.head().map_or_else(|| self.owner_at(branch), |head| branch.ctx_of(head))
    }

    async fn is_paid(
        &mut self,
        branch: &Branch,
        customer_id: CustomerId,
        amount: Money,
    ) -> Result<(), ServiceError> {
        // Some checks come without a word what they are for, and lie there as credit until somebody applies them.
        let apply = if self.accounts.rng.u8(0..12) == 0 { ApplyTo::Nothing } else { ApplyTo::OldestFirst };
        let kind = if self.accounts.rng.bool() { "check" } else { "transfer" };
        let tender = Tender {
            kind: kind.to_owned(),
            amount,
            reference: self.accounts.rng.u32(1_000..9_999).to_string(),
        };
        let (command_id, by) = (self.account_command(), self.head_of(branch));
        let cmd = TakePayment {
            command_id,
            store_id: branch.store,
            session_id: None,
            customer_id,
            amount: amount.to_string(),
            tenders: vec![tender],
            apply,
            received_on: String::new(),
            note: String::new(),
        };
        self.services.take_payment(&by, cmd).await?;
        Ok(())
    }
}
