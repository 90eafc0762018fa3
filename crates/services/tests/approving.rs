//! An approval that is asked for at the till and answered elsewhere: once, in time, by somebody who may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use chrono::Duration;
use domain::approval::{About, ApprovalState, AskManager, Decide, Decision, Withdraw};
use domain::event::{AuditFilter, EventKind};
use domain::ids::{ApprovalId, ItemId, TillSessionId};
use domain::person::Role;
use domain::rate::Rate;
use domain::sale::{CompleteSale, Discount, DiscountOff, VoidSale};
use domain::settings::{SaveSettings, SettingsEdit, TypedStore};
use services::{Ctx, ServiceError};
use support::{Shop, cents, command};

on_both_databases! {
    a_discount_is_approved_from_elsewhere
    an_approval_runs_out
    two_managers_answer_at_once
    withdrawn_while_it_is_decided
    nobody_of_another_store_answers
    a_return_and_a_void_are_asked_for
    a_person_asks_for_a_few_things_at_once
}

impl Shop {
    /// A sale with more off than an associate may take off.
    async fn cheap_sale(&self, session: TillSessionId) -> (ItemId, CompleteSale) {
        let ring = self.add_ring("100.00", "40.00").await;
        let mut cmd = self.sale(session, &[(ring, "100.00")], "80.25", "80.25");
        let off = DiscountOff::Percent(Rate::from_ppm(250_000));
        cmd.discount = Some(Discount { off, reason: "price match".into() });
        (ring, cmd)
    }

    fn asking(&self, about: About) -> AskManager {
        AskManager {
            command_id: command(),
            store_id: self.set_up.store_id,
            about,
            reason: "price match".into(),
        }
    }

    fn asking_for(&self, cmd: &CompleteSale) -> AskManager {
        self.asking(About::Discount { lines: cmd.lines.clone(), discount: cmd.discount.clone() })
    }

    fn answer(&self, approval_id: ApprovalId, decision: Decision) -> Decide {
        Decide { command_id: command(), store_id: self.set_up.store_id, approval_id, decision }
    }

    fn back(&self, approval_id: ApprovalId) -> Withdraw {
        Withdraw { command_id: command(), store_id: self.set_up.store_id, approval_id }
    }

    async fn state(&self, ctx: &Ctx, id: ApprovalId) -> ApprovalState {
        self.services.approval_now(ctx, id).await.unwrap().state
    }

    async fn count(&self, kind: EventKind) -> usize {
        let filter = AuditFilter { limit: 100, ..AuditFilter::default() };
        let lines = self.services.audit(&self.owner, filter).await.unwrap().lines;
        lines.iter().filter(|line| line.kind == kind).count()
    }
}

fn refusal() -> Decision {
    Decision::Refuse { why: "too much".into() }
}

async fn a_discount_is_approved_from_elsewhere(shop: Shop) {
    let session = shop.open_till("0").await;
    let (aster, marlow) =
        (shop.hire("Aster", Role::Associate).await, shop.hire("Marlow", Role::Manager).await);
    let (_, mut cmd) = shop.cheap_sale(session).await;
    let needs = shop.services.complete_sale(&aster, cmd.clone()).await.unwrap_err();
    assert!(matches!(needs, ServiceError::NeedsApproval { .. }));
    let ask = shop.asking_for(&cmd);
    let id = shop.services.ask_manager(&aster, ask.clone()).await.unwrap();
    assert_eq!(shop.services.ask_manager(&aster, ask).await.unwrap(), id, "asked twice, there once");
    cmd.approvals = vec![id];
    let early = shop.services.complete_sale(&aster, cmd.clone()).await.unwrap_err();
    assert!(early.to_string().contains("nobody has approved it yet"), "{early}");

    assert_eq!(shop.services.approvals_waiting(&marlow).await.unwrap(), 1);
    let seen = shop.services.approvals(&marlow).await.unwrap().waiting.remove(0);
    let sheet = seen.sheet.unwrap();
    assert_eq!((seen.asked_by.as_str(), sheet.amount), ("Aster", cents("25")));
    assert!(sheet.headline.starts_with("25.00 off 100.00 (up to 25 %)"), "{}", sheet.headline);
    assert_eq!((sheet.lines[0].before, sheet.lines[0].after), (cents("100"), cents("75")));

    let yes = shop.answer(id, Decision::Approve);
    shop.services.decide_approval(&marlow, yes.clone()).await.unwrap();
    shop.services.decide_approval(&marlow, yes).await.unwrap();
    assert_eq!(shop.count(EventKind::ApprovalGiven).await, 1);
    let now = shop.services.approval_now(&aster, id).await.unwrap();
    assert_eq!((now.state, now.by.as_deref()), (ApprovalState::Given, Some("Marlow")));

    let mut more = cmd.clone();
    more.discount.as_mut().unwrap().off = DiscountOff::Percent(Rate::from_ppm(300_000));
    (more.expected_total, more.tenders[0].amount) = (cents("74.90"), cents("74.90"));
    let refused = shop.services.complete_sale(&aster, more).await.unwrap_err();
    assert!(refused.to_string().contains("something changed since it was approved"), "{refused}");
    shop.services.complete_sale(&aster, cmd.clone()).await.unwrap();
    assert_eq!(shop.state(&aster, id).await, ApprovalState::Used);

    // The same ticket again, after it was taken back: another sale, another approval.
    let (_, mut again) = shop.cheap_sale(session).await;
    again.approvals = vec![id];
    let refused = shop.services.complete_sale(&aster, again).await.unwrap_err();
    assert!(refused.to_string().contains("the approval was used already"), "{refused}");
    let shown = shop.services.approvals(&marlow).await.unwrap();
    assert_eq!((shown.waiting.len(), shown.decided.len()), (0, 1));
    shop.verifies().await;
}

async fn an_approval_runs_out(shop: Shop) {
    let session = shop.open_till("0").await;
    let (aster, marlow) =
        (shop.hire("Aster", Role::Associate).await, shop.hire("Marlow", Role::Manager).await);
    let (_, mut cmd) = shop.cheap_sale(session).await;
    let unheard = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
    shop.clock.advance(Duration::minutes(6));
    assert_eq!(shop.services.approvals_waiting(&marlow).await.unwrap(), 0);
    assert_eq!(shop.state(&aster, unheard).await, ApprovalState::Expired);
    let late = shop.services.decide_approval(&marlow, shop.answer(unheard, Decision::Approve)).await;
    assert_eq!(late.unwrap_err().to_string(), "it was asked too long ago: whoever asked must ask again");

    let id = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
    shop.services.decide_approval(&marlow, shop.answer(id, Decision::Approve)).await.unwrap();
    shop.clock.advance(Duration::minutes(16));
    cmd.approvals = vec![id];
    let refused = shop.services.complete_sale(&aster, cmd.clone()).await.unwrap_err();
    assert!(refused.to_string().contains("the approval has expired"), "{refused}");

    let id = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
    shop.services.decide_approval(&marlow, shop.answer(id, refusal())).await.unwrap();
    let now = shop.services.approval_now(&aster, id).await.unwrap();
    assert_eq!((now.state, now.why.as_deref()), (ApprovalState::Refused, Some("too much")));
    cmd.approvals = vec![id];
    let refused = shop.services.complete_sale(&aster, cmd).await.unwrap_err();
    assert!(refused.to_string().contains("the approval was refused"), "{refused}");
    shop.verifies().await;
}

async fn two_managers_answer_at_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let aster = shop.hire("Aster", Role::Associate).await;
    let (marlow, mina) = (shop.hire("Marlow", Role::Manager).await, shop.hire("Mina", Role::Manager).await);
    for _ in 0..8 {
        let (_, cmd) = shop.cheap_sale(session).await;
        let id = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
        let (yes, no) = (shop.answer(id, Decision::Approve), shop.answer(id, refusal()));
        let (one, other) = tokio::join!(
            shop.services.decide_approval(&marlow, yes),
            shop.services.decide_approval(&mina, no)
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
        let (won, told) = match (one, other) {
            (Ok(()), Err(told)) => (ApprovalState::Given, told),
            (Err(told), _) => (ApprovalState::Refused, told),
            (Ok(()), Ok(())) => unreachable!(),
        };
        assert_eq!(shop.state(&aster, id).await, won);
        assert!(told.to_string().starts_with("somebody else has"), "{told}");
    }
    shop.verifies().await;
}

async fn withdrawn_while_it_is_decided(shop: Shop) {
    let session = shop.open_till("0").await;
    let (aster, marlow) =
        (shop.hire("Aster", Role::Associate).await, shop.hire("Marlow", Role::Manager).await);
    let (_, mut cmd) = shop.cheap_sale(session).await;
    for _ in 0..8 {
        let id = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
        let (yes, back) = (shop.answer(id, Decision::Approve), shop.back(id));
        let (given, withdrawn) = tokio::join!(
            shop.services.decide_approval(&marlow, yes),
            shop.services.withdraw_approval(&aster, back)
        );
        assert_ne!(given.is_ok(), withdrawn.is_ok(), "{given:?} {withdrawn:?}");
        let state = shop.state(&aster, id).await;
        assert_eq!(state == ApprovalState::Given, given.is_ok());
        if withdrawn.is_ok() {
            cmd.approvals = vec![id];
            let sold = shop.services.complete_sale(&aster, cmd.clone()).await;
            assert!(matches!(sold, Err(ServiceError::NeedsApproval { .. })));
        }
    }
    shop.verifies().await;
}

async fn nobody_of_another_store_answers(mut shop: Shop) {
    let session = shop.open_till("0").await;
    let version = shop.services.config().unwrap().version;
    let typed = TypedStore {
        store_code: "S2".into(),
        store_name: "Elsewhere".into(),
        time_zone: "America/Chicago".into(),
        ..TypedStore::default()
    };
    let edit = SettingsEdit::Store { store_id: None, typed };
    shop.services
        .save_settings(&shop.owner, SaveSettings { command_id: command(), version, edit })
        .await
        .unwrap();
    let config = shop.services.config().unwrap();
    let elsewhere = config.stores.iter().find(|store| store.store.code == "S2").unwrap().store.id;
    shop.owner.actor.roles.insert(elsewhere, Role::Owner);
    let aster = shop.hire("Aster", Role::Associate).await;
    let mina = shop.hire_at(elsewhere, "Mina", Role::Manager).await;
    let (_, cmd) = shop.cheap_sale(session).await;
    let id = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
    let theirs = shop.services.decide_approval(&mina, shop.answer(id, Decision::Approve)).await;
    assert!(matches!(theirs, Err(ServiceError::Forbidden(_))));
    let pretending = Decide { store_id: elsewhere, ..shop.answer(id, Decision::Approve) };
    let refused = shop.services.decide_approval(&mina, pretending).await.unwrap_err();
    assert_eq!(refused.to_string(), "nobody asked for this in this store");
    assert!(shop.services.approvals(&mina).await.unwrap().waiting.is_empty());
    assert!(matches!(shop.services.approval_now(&mina, id).await, Err(ServiceError::NotFound(_))));
    // Nobody answers their own asking, whatever they have become meanwhile.
    let mut promoted = aster.clone();
    promoted.actor.roles.insert(shop.set_up.store_id, Role::Manager);
    let own = shop.services.decide_approval(&promoted, shop.answer(id, Decision::Approve)).await;
    assert_eq!(own.unwrap_err().to_string(), "nobody approves their own exception");
    assert_eq!(shop.state(&aster, id).await, ApprovalState::Asked);
    shop.verifies().await;
}

async fn a_return_and_a_void_are_asked_for(shop: Shop) {
    let session = shop.open_till("0").await;
    let (aster, marlow) =
        (shop.hire("Aster", Role::Associate).await, shop.hire("Marlow", Role::Manager).await);
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    let sale_id = shop.services.complete_sale(&aster, cmd).await.unwrap().sale_id;
    let id = shop.services.ask_manager(&aster, shop.asking(About::VoidSale { sale_id })).await.unwrap();
    let sheet = shop.services.approvals(&marlow).await.unwrap().waiting.remove(0).sheet.unwrap();
    assert_eq!((sheet.headline.as_str(), sheet.amount), ("Receipt S1-T1-000001 over 107.00", cents("107")));
    shop.services.decide_approval(&marlow, shop.answer(id, Decision::Approve)).await.unwrap();
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id,
        reason: "wrong ring".into(),
        approvals: vec![id],
    };
    shop.services.void_sale(&aster, void).await.unwrap();
    let sale = shop.services.sale(&shop.owner, sale_id).await.unwrap();
    assert_eq!(sale.void.unwrap().approved_by.as_deref(), Some("Marlow"));
    let unknown = About::VoidSale { sale_id: domain::ids::SaleId(uuid::Uuid::from_u128(7)) };
    assert!(shop.services.ask_manager(&aster, shop.asking(unknown)).await.is_err());
    shop.verifies().await;
}

async fn a_person_asks_for_a_few_things_at_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let aster = shop.hire("Aster", Role::Associate).await;
    let (_, cmd) = shop.cheap_sale(session).await;
    let mut asked = Vec::new();
    for _ in 0..5 {
        asked.push(shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap());
    }
    let sixth = shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap_err();
    assert_eq!(sixth.to_string(), "5 askings of yours wait already: withdraw one first");
    let back = shop.back(asked[0]);
    shop.services.withdraw_approval(&aster, back.clone()).await.unwrap();
    shop.services.withdraw_approval(&aster, back).await.unwrap();
    shop.services.ask_manager(&aster, shop.asking_for(&cmd)).await.unwrap();
    let theirs = shop.services.withdraw_approval(&shop.owner, shop.back(asked[1])).await.unwrap_err();
    assert_eq!(theirs.to_string(), "only whoever asked takes it back");
    shop.verifies().await;
}
