//! What happens at the counter around a sale: who sold it, no tax, lines taken off, a void that needs
//! somebody with the right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::approval::{ApprovalKind, AskApproval};
use domain::event::{AuditFilter, AuditLine, EventKind};
use domain::ids::{ApprovalId, ItemId, PersonId, SaleId};
use domain::item::ItemStatus;
use domain::person::{Role, SavePerson};
use domain::sale::{
    ClearTicket, ExemptReason, SellerShare, TypedExemption, VoidBy, VoidSale, VoidedLine, even_shares,
    void_subject,
};
use domain::till::{CashCount, CashWay, CloseTill, MoveCash, NoSale};
use services::{Ctx, ServiceError};
use std::collections::BTreeMap;
use support::{Shop, cents, command};

on_both_databases! {
    several_people_sell_one_piece
    a_certificate_shown_takes_the_tax_away
    lines_taken_off_go_with_the_sale
    a_ticket_put_away_is_recorded_once
    an_associate_voids_with_a_managers_pin
    cash_goes_in_and_out_without_a_sale
}

impl Shop {
    /// Hires somebody who can enter a PIN, as somebody signed in at the till.
    async fn hire_with_pin(&self, name: &str, role: Role, pin: &str) -> Ctx {
        let cmd = SavePerson {
            command_id: command(),
            person_id: None,
            version: 0,
            name: name.into(),
            login: name.to_lowercase(),
            active: true,
            roles: BTreeMap::from([(self.set_up.store_id, Some(role))]),
            password: format!("password of {name}"),
            pin: pin.into(),
        };
        let person_id = self.services.save_person(&self.owner, cmd).await.unwrap();
        let mut ctx = self.owner.clone();
        ctx.actor.person_id = person_id;
        ctx.actor.name = name.into();
        ctx.actor.roles = BTreeMap::from([(self.set_up.store_id, role)]);
        ctx
    }

    async fn audit_of(&self, kind: EventKind) -> Vec<AuditLine> {
        let filter = AuditFilter { limit: 100, ..AuditFilter::default() };
        let lines = self.services.audit(&self.owner, filter).await.unwrap().lines;
        lines.into_iter().filter(|line| line.kind == kind).collect()
    }

    async fn approval(
        &self,
        ctx: &Ctx,
        sale: SaleId,
        manager: PersonId,
        pin: &str,
    ) -> Result<ApprovalId, ServiceError> {
        let ask = AskApproval {
            command_id: command(),
            store_id: self.set_up.store_id,
            kind: ApprovalKind::VoidSale,
            subject: void_subject(sale),
            manager,
            reason: "wrong ring".into(),
        };
        self.services.approve_at_till(ctx, ask, pin.into()).await
    }

    fn void_of(&self, sale_id: SaleId, approvals: Vec<ApprovalId>) -> VoidSale {
        VoidSale {
            command_id: command(),
            store_id: self.set_up.store_id,
            sale_id,
            reason: "wrong ring".into(),
            approvals,
        }
    }
}

fn taken_off(item: ItemId, tag: &str) -> VoidedLine {
    VoidedLine { item_id: item, tag: tag.into(), price: cents("100.00") }
}

async fn several_people_sell_one_piece(shop: Shop) {
    let session = shop.open_till("0").await;
    let aster = shop.hire_with_pin("Aster", Role::Associate, "2580").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let mut cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    cmd.sellers =
        vec![SellerShare { person_id: PersonId(uuid::Uuid::from_u128(1)), weight: domain::rate::Rate::ONE }];
    let refused = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap_err();
    assert_eq!(refused.to_string(), "a seller does not work in this store");
    cmd.sellers = even_shares(&[aster.person(), shop.owner.person()]).unwrap();
    let done = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap();
    let sale = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    let mut stored = sale.facts.lines[0].sellers.clone();
    stored.sort_by_key(|share| share.person_id);
    cmd.sellers.sort_by_key(|share| share.person_id);
    assert_eq!(stored, cmd.sellers);
    assert_eq!(sale.sellers().len(), 2);
    shop.verifies().await;
}

async fn a_certificate_shown_takes_the_tax_away(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let mut cmd = shop.sale(session, &[(ring, "100.00")], "100.00", "100");
    let shown =
        |certificate: &str| TypedExemption { certificate: certificate.into(), reason: ExemptReason::Resale };
    cmd.exemption = Some(shown(""));
    let refused = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap_err();
    assert_eq!(refused.to_string(), "no tax needs the number of a certificate: this is needed");
    cmd.exemption = Some(shown("IL-77"));
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    let kept = shop.services.sale(&shop.owner, done.sale_id).await.unwrap().facts.exemption.unwrap();
    assert_eq!(kept.to_string(), "Resale IL-77");
    let sold = shop.audit_of(EventKind::SaleCompleted).await;
    assert_eq!(sold[0].summary, "Sold 1 piece for 100.00, no tax: Resale IL-77");
    shop.verifies().await;
}

async fn lines_taken_off_go_with_the_sale(shop: Shop) {
    let session = shop.open_till("0").await;
    let (ring, other) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("100.00", "40.00").await);
    let mut cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    cmd.voided = vec![taken_off(other, "P000002")];
    let done = shop.services.complete_sale(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.complete_sale(&shop.owner, cmd).await.unwrap(), done);
    let lines = shop.audit_of(EventKind::LineVoided).await;
    assert_eq!(lines.len(), 1, "sent twice, recorded once");
    assert_eq!(lines[0].subject_id, done.sale_id.0);
    let sale = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    assert_eq!(sale.taken_off.as_deref(), Some("Taken off the ticket: P000002 at 100.00"));
    assert_eq!(shop.services.item(&shop.owner, other).await.unwrap().item.status, ItemStatus::InStock);
    shop.verifies().await;
}

async fn a_ticket_put_away_is_recorded_once(shop: Shop) {
    let session = shop.open_till("0").await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let cmd = ClearTicket {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        lines: vec![taken_off(ring, "P000001")],
    };
    let bench = shop.as_role(Role::BenchJeweler);
    let refused = shop.services.clear_ticket(&bench, cmd.clone()).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    shop.services.clear_ticket(&shop.owner, cmd.clone()).await.unwrap();
    shop.services.clear_ticket(&shop.owner, cmd.clone()).await.unwrap();
    let lines = shop.audit_of(EventKind::LineVoided).await;
    assert_eq!((lines.len(), lines[0].subject_id), (1, session.0));
    let nothing = ClearTicket { command_id: command(), lines: Vec::new(), ..cmd };
    let refused = shop.services.clear_ticket(&shop.owner, nothing).await.unwrap_err();
    assert_eq!(refused.to_string(), "there is nothing on the ticket");
    shop.verifies().await;
}

async fn an_associate_voids_with_a_managers_pin(shop: Shop) {
    let session = shop.open_till("0").await;
    let aster = shop.hire_with_pin("Aster", Role::Associate, "2580").await;
    let marlow = shop.hire_with_pin("Marlow", Role::Manager, "8642").await;
    let (ring, band) = (shop.add_ring("100.00", "40.00").await, shop.add_ring("50.00", "20.00").await);
    let cmd = shop.sale(session, &[(ring, "100.00")], "107.00", "107");
    let sold = shop.services.complete_sale(&aster, cmd).await.unwrap().sale_id;
    let cmd = shop.sale(session, &[(band, "50.00")], "53.50", "53.50");
    let other = shop.services.complete_sale(&aster, cmd).await.unwrap().sale_id;

    let sheet = shop.services.sale_sheet(&aster, sold).await.unwrap();
    let VoidBy::WithApproval(approvers) = sheet.void_by else { panic!("an associate needs approval") };
    assert!(approvers.iter().any(|(id, _)| *id == marlow.person()));
    assert!(approvers.iter().all(|(id, _)| *id != aster.person()));
    let alone = shop.services.void_sale(&aster, shop.void_of(sold, Vec::new())).await;
    assert!(matches!(alone, Err(ServiceError::NeedsApproval { .. })));
    let wrong = shop.approval(&aster, sold, marlow.person(), "1111").await.unwrap_err();
    assert!(wrong.to_string().contains("PIN is wrong"), "{wrong}");

    let approval = shop.approval(&aster, sold, marlow.person(), "8642").await.unwrap();
    let elsewhere = shop.services.void_sale(&aster, shop.void_of(other, vec![approval])).await;
    assert!(matches!(elsewhere, Err(ServiceError::NeedsApproval { .. })), "it was for the other sale");
    shop.services.void_sale(&aster, shop.void_of(sold, vec![approval])).await.unwrap();
    let voided = shop.audit_of(EventKind::SaleVoided).await;
    let names = (voided[0].actor.as_deref(), voided[0].approver.as_deref());
    assert_eq!(names, (Some("Aster"), Some("Marlow")));
    let sheet = shop.services.sale_sheet(&aster, sold).await.unwrap();
    let void = sheet.sale.void.unwrap();
    assert_eq!((void.by.as_str(), void.approved_by.as_deref()), ("Aster", Some("Marlow")));
    assert_eq!(sheet.void_by, VoidBy::Nobody);
    assert_eq!(shop.services.item(&shop.owner, ring).await.unwrap().item.status, ItemStatus::InStock);
    shop.verifies().await;
}

async fn cash_goes_in_and_out_without_a_sale(shop: Shop) {
    let session = shop.open_till("100.00").await;
    let associate = shop.as_role(Role::Associate);
    let accounts = shop.services.cash_accounts(&associate).await.unwrap();
    assert!(accounts.iter().all(domain::till::is_for_cash));
    let pay = |way, amount: &str| MoveCash {
        command_id: command(),
        store_id: shop.set_up.store_id,
        session_id: session,
        way,
        amount: cents(amount),
        account: accounts.iter().find(|account| account.name == "Store expenses").unwrap().code,
        reason: "window cleaner".into(),
    };
    let out = pay(CashWay::PaidOut, "18.50");
    shop.services.move_cash(&associate, out.clone()).await.unwrap();
    shop.services.move_cash(&associate, out).await.unwrap();
    shop.services.move_cash(&associate, pay(CashWay::PaidIn, "5.00")).await.unwrap();
    let much = shop.services.move_cash(&associate, pay(CashWay::PaidOut, "60.00")).await.unwrap_err();
    assert!(much.to_string().contains("by a manager"), "{much}");
    shop.services.move_cash(&shop.owner, pay(CashWay::PaidOut, "60.00")).await.unwrap();
    let empty = shop.services.move_cash(&shop.owner, pay(CashWay::PaidOut, "60.00")).await.unwrap_err();
    assert_eq!(empty.to_string(), "there is 26.50 in the drawer");
    let store_id = shop.set_up.store_id;
    let no_sale =
        |reason: &str| NoSale { command_id: command(), store_id, session_id: session, reason: reason.into() };
    assert!(shop.services.open_drawer(&associate, no_sale(" ")).await.is_err());
    shop.services.open_drawer(&associate, no_sale("change a note")).await.unwrap();
    let report = shop.services.till_report(&associate, session).await.unwrap();
    assert_eq!((report.paid_in, report.paid_out, report.no_sales), (cents("5.00"), cents("78.50"), 1));
    let count = CashCount { pieces: Vec::new(), cents: 2_650 };
    let close =
        CloseTill { command_id: command(), store_id, session_id: session, count, reason: String::new() };
    let z = shop.services.close_till(&associate, close).await.unwrap();
    assert_eq!((z.paid_out, z.counted.unwrap().over_short), (cents("78.50"), cents("0")));
    shop.verifies().await;
}
