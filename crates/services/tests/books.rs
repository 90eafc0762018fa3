//! Keeping the books: entries by hand, what comes every month, locked periods and statements.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::{Duration, NaiveDate};
use domain::event::{AuditFilter, EventKind};
use domain::ids::{EventId, RecurringId};
use domain::ledger::*;
use domain::person::{Permission, Role};
use domain::settings::{SaveSettings, SettingsEdit};
use domain::till::{CashCount, CloseDay, CloseTill};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    an_entry_by_hand_is_posted_once
    an_entry_to_a_closed_day_leaves_its_seal
    an_accrual_is_reversed_with_it
    an_entry_over_two_stores
    entries_at_once_are_numbered_one_after_another
    what_comes_every_month_is_posted_once
    a_receipt_in_a_locked_period
    a_lock_is_taken_back_by_the_owner
    the_year_and_what_it_earned
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Shop {
    fn line(&self, account: &str, debit: &str, credit: &str) -> TypedLine {
        TypedLine {
            account: account.into(),
            store: self.set_up.store_id.to_string(),
            debit: debit.into(),
            credit: credit.into(),
        }
    }

    /// An amount from the bank for something.
    fn paid(&self, date: &str, account: &str, amount: &str) -> PostEntry {
        let typed = TypedEntry {
            date: date.into(),
            memo: "Rent".into(),
            reverse_on: String::new(),
            lines: vec![self.line(account, amount, ""), self.line("1020", "", amount)],
        };
        PostEntry { command_id: command(), typed, files: Vec::new() }
    }

    async fn post(&self, cmd: PostEntry) -> EventId {
        self.services.post_entry(&self.as_role(Role::Bookkeeper), cmd).await.unwrap()
    }

    async fn a_day_closed(&self) {
        let session = self.open_till("0").await;
        let store_id = self.set_up.store_id;
        let count = CashCount { pieces: Vec::new(), cents: 0 };
        let close =
            CloseTill { command_id: command(), store_id, session_id: session, count, reason: String::new() };
        self.services.close_till(&self.owner, close).await.unwrap();
        self.services.close_day(&self.owner, CloseDay { command_id: command(), store_id }).await.unwrap();
    }

    fn lock(&self, through: &str) -> LockPeriod {
        let legal_entity = self.services.config().unwrap().stores[0].store.legal_entity_id;
        LockPeriod { command_id: command(), legal_entity, through: through.into() }
    }
}

fn said(error: &ServiceError) -> String {
    match error {
        ServiceError::Fields(fields) => {
            fields.iter().map(|f| format!("{}: {}", f.field, f.message)).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

async fn an_entry_by_hand_is_posted_once(shop: Shop) {
    let cmd = shop.paid("2026-02-28", "6100", "1,000");
    let event = shop.post(cmd.clone()).await;
    assert_eq!(shop.post(cmd).await, event, "the same press again");
    assert_eq!(shop.balance_text(6100).await, "1,000.00");
    let view = shop.services.event(&shop.owner, event).await.unwrap();
    assert_eq!((view.event.kind, view.event.summary.as_str()), (EventKind::EntryPosted, "J000001 Rent"));
    let moment = view.entries[0].header.moment;
    assert_eq!((moment.business_date, moment.recorded_at), (day("2026-02-28"), support::noon()));
    assert_eq!((view.by_hand.len(), view.by_hand[0].number, view.by_hand[0].reversed_by), (1, 1, None));

    let off = {
        let mut cmd = shop.paid("2026-02-28", "6100", "10");
        cmd.typed.lines[0].debit = "12".into();
        shop.services.post_entry(&shop.owner, cmd).await.unwrap_err()
    };
    assert_eq!(said(&off), "lines: the debits are above the credits by 2.00");
    let control =
        shop.services.post_entry(&shop.owner, shop.paid("2026-02-28", "1200", "10")).await.unwrap_err();
    assert!(said(&control).starts_with("lines.0.account"), "{control}");
    let manager = shop.as_role(Role::Manager);
    let refused =
        shop.services.post_entry(&manager, shop.paid("2026-02-28", "6100", "10")).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)));

    let reverse = |reason: &str| ReverseEntry {
        command_id: command(),
        entry: view.entries[0].header.id,
        date: String::new(),
        reason: reason.into(),
    };
    let undone = shop.services.reverse_entry(&shop.owner, reverse("typed twice")).await.unwrap();
    assert_eq!(shop.balance_text(6100).await, "0.00");
    let view = shop.services.event(&shop.owner, event).await.unwrap();
    assert_eq!(view.by_hand[0].reversed_by, Some(undone));
    let again = shop.services.reverse_entry(&shop.owner, reverse("typed twice")).await.unwrap_err();
    assert_eq!(said(&again), "this entry is reversed already");
    shop.verifies().await;
}

async fn an_entry_to_a_closed_day_leaves_its_seal(shop: Shop) {
    shop.a_day_closed().await;
    shop.clock.advance(Duration::days(1));
    shop.post(shop.paid("2026-03-02", "6100", "1,000")).await;
    shop.verifies().await;
    // A Sunday on which only the bookkeeper worked is no store day.
    shop.post(shop.paid("2026-03-03", "6100", "500")).await;
    shop.clock.advance(Duration::days(2));
    shop.open_till("0").await;
    shop.verifies().await;
    let report = shop.services.verify().await.unwrap();
    let sealed = |check: &str| report.checked.iter().find(|(name, _)| name.starts_with(check)).unwrap().1;
    assert_eq!(sealed("Closed days"), 1);
    assert_eq!(sealed("Entries by hand are as they were sealed"), 2);
    let mut text = Vec::new();
    let period = Period::new(Some(day("2026-03-02")), Some(day("2026-03-03"))).unwrap();
    let count = shop.services.export_ledger(ExportFormat::Csv, period, &mut text).await.unwrap();
    assert_eq!(count, 2, "exports hold them");
}

async fn an_accrual_is_reversed_with_it(shop: Shop) {
    let mut cmd = shop.paid("2026-02-28", "6100", "300");
    cmd.typed.reverse_on = "2026-03-01".into();
    let event = shop.post(cmd).await;
    let view = shop.services.event(&shop.owner, event).await.unwrap();
    assert_eq!(view.entries.len(), 2);
    assert_eq!(view.by_hand[0].reversed_by, Some(event));
    let at = |to: &str| LineFilter {
        to: Some(day(to)),
        account: Some("6100".parse().unwrap()),
        ..LineFilter::default()
    };
    let sums = shop.services.trial_balance(&shop.owner, at("2026-02-28")).await.unwrap();
    assert_eq!(sums[0].debit, cents("300"));
    assert_eq!(shop.balance_text(6100).await, "0.00");
    let reversal = ReverseEntry {
        command_id: command(),
        entry: view.entries[1].header.id,
        date: String::new(),
        reason: "once more".into(),
    };
    let refused = shop.services.reverse_entry(&shop.owner, reversal).await.unwrap_err();
    assert!(said(&refused).contains("is a reversal"), "{refused}");
    shop.verifies().await;
}

async fn an_entry_over_two_stores(shop: Shop) {
    let (there, owner) = shop.second_store().await;
    let mut cmd = shop.paid("2026-03-01", "6100", "90");
    cmd.typed.lines[0].store = there.to_string();
    let refused = shop.services.post_entry(&shop.owner, cmd.clone()).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)), "only with the right in each store");
    let event = shop.services.post_entry(&owner, cmd).await.unwrap();
    let sheet = async |store| {
        let ask = AskBalanceSheet { as_of: None, store };
        shop.services.balance_sheet(&owner, ask).await.unwrap().sheet
    };
    let whole = sheet(None).await;
    assert!(whole.balances() && whole.between_stores.is_zero());
    let one = sheet(Some(there)).await;
    assert!(one.balances());
    assert_eq!(one.between_stores, cents("90"), "the other store paid for it");
    // Who keeps the books of the second store alone sees the whole entry.
    let mut elsewhere = owner.clone();
    elsewhere.actor.roles = [(there, Role::Bookkeeper)].into();
    elsewhere.store = there;
    assert_eq!(shop.services.event(&elsewhere, event).await.unwrap().entries[0].lines.len(), 2);
    shop.verifies().await;
}

async fn entries_at_once_are_numbered_one_after_another(shop: Shop) {
    let tries = (0..8).map(|_| {
        let (services, owner, cmd) =
            (shop.services.clone(), shop.owner.clone(), shop.paid("2026-03-02", "6100", "1"));
        tokio::spawn(async move { services.post_entry(&owner, cmd).await.unwrap() })
    });
    for done in tries.collect::<Vec<_>>() {
        done.await.unwrap();
    }
    assert_eq!(shop.balance_text(6100).await, "8.00");
    shop.verifies().await;
}

async fn what_comes_every_month_is_posted_once(shop: Shop) {
    let bookkeeper = shop.as_role(Role::Bookkeeper);
    let typed = TypedRecurring {
        memo: "Lease".into(),
        day: "31".into(),
        from: "2026-01-01".into(),
        lines: vec![shop.line("6100", "250", ""), shop.line("1020", "", "250")],
        ..TypedRecurring::default()
    };
    let save = |recurring_id: Option<RecurringId>, version: i64, typed: &TypedRecurring| SaveRecurring {
        command_id: command(),
        recurring_id,
        version,
        typed: typed.clone(),
    };
    let id = shop.services.save_recurring(&bookkeeper, save(None, 0, &typed)).await.unwrap();
    let page = shop.services.recurring_entries(&bookkeeper).await.unwrap();
    let due: Vec<_> = page.due.iter().map(|due| (due.date.to_string(), due.amount)).collect();
    assert_eq!(due, [("2026-01-31".into(), cents("250")), ("2026-02-28".into(), cents("250"))]);

    let post = |month: &str| PostDue { command_id: command(), recurring_id: id, month: day(month) };
    let first = post("2026-01-31");
    let event = shop.services.post_due(&bookkeeper, first).await.unwrap();
    assert_eq!(shop.services.post_due(&bookkeeper, first).await.unwrap(), event, "the same press again");
    let twice = shop.services.post_due(&bookkeeper, post("2026-01-01")).await.unwrap_err();
    assert_eq!(said(&twice), "2026-01-31 was posted already");
    let tries = (0..6).map(|_| {
        let (services, ctx, cmd) = (shop.services.clone(), bookkeeper.clone(), post("2026-02-01"));
        tokio::spawn(async move { services.post_due(&ctx, cmd).await.is_ok() })
    });
    let mut posted = 0;
    for done in tries.collect::<Vec<_>>() {
        posted += usize::from(done.await.unwrap());
    }
    assert_eq!(posted, 1, "two desks at once post one");
    assert_eq!(shop.balance_text(6100).await, "500.00");

    let stopped = TypedRecurring { active: false, ..typed.clone() };
    shop.services.save_recurring(&bookkeeper, save(Some(id), 1, &stopped)).await.unwrap();
    let outdated = shop.services.save_recurring(&bookkeeper, save(Some(id), 1, &typed)).await.unwrap_err();
    assert!(matches!(outdated, ServiceError::Conflict(_)), "{outdated:?}");
    shop.clock.advance(Duration::days(60));
    assert!(shop.services.recurring_entries(&bookkeeper).await.unwrap().due.is_empty());
    shop.verifies().await;
}

async fn a_receipt_in_a_locked_period(shop: Shop) {
    let ring = shop.add_ring("100.00", "40.00").await;
    let bookkeeper = shop.as_role(Role::Bookkeeper);
    shop.services.lock_period(&bookkeeper, shop.lock("2026-03-01")).await.unwrap();
    let by_hand =
        shop.services.post_entry(&bookkeeper, shop.paid("2026-03-01", "6100", "1")).await.unwrap_err();
    assert!(said(&by_hand).starts_with("date: the books are locked through 2026-03-01"), "{by_hand}");
    // A computer whose clock was set back opens its till on a day that is locked.
    shop.clock.advance(Duration::days(-1));
    let session = shop.open_till("0").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107.00");
    let refused = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap_err();
    let sentence = "the books are locked through 2026-03-01: nothing is posted on or before that day";
    assert_eq!(refused.to_string(), sentence);
    let piece = shop.services.save_item(&shop.owner, shop.new_ring("50.00", "20.00")).await.unwrap_err();
    assert_eq!(piece.to_string(), sentence);
    let open = shop.services.lock_period(&bookkeeper, shop.lock("2026-03-01")).await.unwrap_err();
    assert!(said(&open).starts_with("through: "), "{open}");
    let legal_entity = shop.lock("").legal_entity;
    let unlock = UnlockPeriod {
        command_id: command(),
        legal_entity,
        through: "2026-02-28".into(),
        reason: "the clock was wrong".into(),
    };
    shop.services.unlock_period(&shop.owner, unlock).await.unwrap();
    shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    shop.verifies().await;
}

async fn a_lock_is_taken_back_by_the_owner(shop: Shop) {
    let bookkeeper = shop.as_role(Role::Bookkeeper);
    shop.a_day_closed().await;
    shop.clock.advance(Duration::days(1));
    shop.open_till("0").await;
    shop.clock.advance(Duration::days(1));
    let open = shop.services.lock_period(&bookkeeper, shop.lock("2026-03-03")).await.unwrap_err();
    assert_eq!(said(&open), "through: the store day 2026-03-03 is still open: close it first");
    shop.services.lock_period(&bookkeeper, shop.lock("2026-03-02")).await.unwrap();
    let unlock = |reason: &str| UnlockPeriod {
        command_id: command(),
        legal_entity: shop.lock("").legal_entity,
        through: String::new(),
        reason: reason.into(),
    };
    let refused = shop.services.unlock_period(&bookkeeper, unlock("please")).await.unwrap_err();
    assert!(
        matches!(refused, ServiceError::Forbidden(f) if f.to_string().contains(Permission::UnlockPeriod.label()))
    );
    let no_reason = shop.services.unlock_period(&shop.owner, unlock(" ")).await.unwrap_err();
    assert_eq!(said(&no_reason), "reason: this is needed");
    shop.services.unlock_period(&shop.owner, unlock("a bill came late")).await.unwrap();
    assert_eq!(shop.services.period_locks(&bookkeeper).await.unwrap()[0].locked_through, None);
    shop.post(shop.paid("2026-03-02", "6100", "1")).await;
    let trail = AuditFilter { limit: 3, ..AuditFilter::default() };
    let lines = shop.services.audit(&shop.owner, trail).await.unwrap().lines;
    assert_eq!((lines[1].kind, lines[2].kind), (EventKind::PeriodUnlocked, EventKind::PeriodLocked));
    let locked = |value: &Option<serde_json::Value>| value.as_ref().unwrap()["locked_through"].clone();
    assert_eq!(locked(&lines[1].before), "2026-03-02");
    assert!(locked(&lines[1].after).is_null() && lines[1].summary.contains("a bill came late"));
    assert_eq!(locked(&lines[2].after), "2026-03-02");
    shop.verifies().await;
}

async fn the_year_and_what_it_earned(shop: Shop) {
    let version = shop.services.config().unwrap().version;
    let edit = SettingsEdit::Organization { name: "Test Jewelers".into(), fiscal_year: Some("2".into()) };
    shop.services
        .save_settings(&shop.owner, SaveSettings { command_id: command(), version, edit })
        .await
        .unwrap();
    assert_eq!(shop.services.config().unwrap().organization.fiscal_year.month(), 2);
    shop.post(shop.paid("2026-01-31", "6100", "70")).await;
    shop.post(shop.paid("2026-02-01", "6100", "5")).await;
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let sale = shop.sale(session, &[(ring, "100.00")], "107.00", "107.00");
    shop.services.complete_sale(&shop.owner, sale).await.unwrap();

    let earned = async |ask: AskProfitAndLoss| shop.services.profit_and_loss(&shop.owner, ask).await.unwrap();
    let named = |period| AskProfitAndLoss { period: Some(period), ..AskProfitAndLoss::default() };
    let month = earned(named(StatementPeriod::ThisMonth)).await;
    assert_eq!(month.period.to_string(), "2026-03-01 to 2026-03-02");
    assert_eq!((month.statement.gross, month.statement.result), (cents("60"), cents("60")));
    assert_eq!(earned(AskProfitAndLoss::default()).await.statement.result, cents("55"));
    let last = earned(named(StatementPeriod::LastYear)).await;
    assert_eq!(
        (last.period.to_string().as_str(), last.statement.result),
        ("2025-02-01 to 2026-01-31", cents("-70"))
    );
    let days = AskProfitAndLoss { from: Some(day("2026-01-01")), ..AskProfitAndLoss::default() };
    assert_eq!(earned(days).await.statement.result, cents("-15"));
    let backwards = AskProfitAndLoss {
        from: Some(day("2026-02-01")),
        to: Some(day("2026-01-01")),
        ..AskProfitAndLoss::default()
    };
    assert!(shop.services.profit_and_loss(&shop.owner, backwards).await.is_err());

    let sheet = async |as_of: Option<NaiveDate>| {
        let ask = AskBalanceSheet { as_of, store: None };
        shop.services.balance_sheet(&shop.owner, ask).await.unwrap().sheet
    };
    let now = sheet(None).await;
    assert!(now.balances());
    assert_eq!((now.retained, now.result_of_year), (cents("-70"), cents("55")));
    assert_eq!((now.assets.total, now.liabilities.total), (cents("32"), cents("7")));
    let then = sheet(Some(day("2026-01-31"))).await;
    assert_eq!((then.retained, then.result_of_year, then.balances()), (cents("0"), cents("-70"), true));
    shop.verifies().await;
}
