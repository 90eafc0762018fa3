//! Every use case about a store, tried by every role and by somebody from another store.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::customer::{SaveCustomer, TypedCustomer};
use domain::event::AuditFilter;
use domain::ids::{ItemId, SaleId, StoreId, TillSessionId};
use domain::item::{ItemFilter, SaveItem, StockSource, TypedItem};
use domain::ledger::{AccountKind, LineFilter, SaveAccount, code};
use domain::moment::Confirmed;
use domain::person::{Actor, Permission as P, Role, SavePerson};
use domain::sale::{ClearTicket, SaleFilter, VoidSale};
use domain::settings::{SaveSettings, SettingsEdit, TypedLimits, TypedReceipt};
use domain::till::{CashCount, CloseDay, CloseTill, Deposit, DropCash, OpenTill};
use services::{Ctx, ServiceError};
use std::collections::BTreeMap;
use support::{Shop, cents, command};
use uuid::Uuid;

on_both_databases! { every_use_case_asks_for_its_permission }

/// What is not about one store: lists show the stores one works in, and some things belong to all stores.
const EVERYWHERE: [&str; 4] = ["list sales", "list pieces", "save a customer", "save an account"];

/// What a use case answered, as far as this test cares.
type Answer = Result<(), ServiceError>;

/// One use case in the store of the test.
struct Try {
    name: &'static str,
    needs: P,
    answer: Answer,
}

/// Everything there is to do in the store, done by somebody. What is refused for another reason than
/// permission was allowed as far as the role goes.
async fn everything(shop: &Shop, ctx: &Ctx, ring: ItemId) -> Vec<Try> {
    let services = &shop.services;
    let (store_id, till_id) = (shop.set_up.store_id, shop.set_up.till_id);
    let session_id = TillSessionId(Uuid::from_u128(1));
    let version = services.config().unwrap().version;
    let settings = |edit| SaveSettings { command_id: command(), version, edit };
    let sale = shop.sale(session_id, &[(ring, "100.00")], "107.00", "107.00");
    let void = VoidSale {
        command_id: command(),
        store_id,
        sale_id: SaleId(Uuid::from_u128(2)),
        reason: "test".into(),
        approvals: Vec::new(),
    };
    let item = SaveItem {
        command_id: command(),
        store_id,
        item_id: None,
        version: 0,
        source: StockSource::Opening,
        typed: TypedItem::default(),
    };
    let customer = SaveCustomer {
        command_id: command(),
        customer_id: None,
        version: 0,
        typed: TypedCustomer::default(),
    };
    let person = SavePerson {
        command_id: command(),
        person_id: None,
        version: 0,
        name: String::new(),
        login: String::new(),
        active: true,
        roles: BTreeMap::from([(store_id, Some(Role::Associate))]),
        password: String::new(),
        pin: String::new(),
    };
    let account = SaveAccount {
        command_id: command(),
        code: "none".into(),
        name: String::new(),
        kind: AccountKind::Expense,
        active: true,
        adding: true,
    };
    let open = OpenTill {
        command_id: command(),
        store_id,
        till_id,
        float: cents("-1.00"),
        date_confirmed: Confirmed::No,
    };
    let drop = DropCash { command_id: command(), store_id, session_id, amount: cents("1.00") };
    let close = CloseTill {
        command_id: command(),
        store_id,
        session_id,
        count: CashCount { pieces: Vec::new(), cents: 0 },
        reason: String::new(),
    };
    let clear = ClearTicket { command_id: command(), store_id, session_id, lines: Vec::new() };
    let deposit = Deposit { command_id: command(), store_id, amount: cents("1.00") };
    let limits = SettingsEdit::Limits { store_id, typed: TypedLimits::default() };
    let receipt = SettingsEdit::Receipt { store_id, typed: TypedReceipt::default() };
    let ledger = LineFilter { stores: vec![store_id], ..LineFilter::default() };
    let audit = AuditFilter { store: Some(store_id), limit: 1, ..AuditFilter::default() };
    let sales = SaleFilter { limit: 1, ..SaleFilter::default() };
    let items = ItemFilter { limit: 1, ..ItemFilter::default() };
    let of = |name, needs, answer: Answer| Try { name, needs, answer };
    vec![
        of("complete a sale", P::Sell, services.complete_sale(ctx, sale).await.map(drop_it)),
        of("void a sale", P::Sell, services.void_sale(ctx, void).await),
        of("clear a ticket", P::Sell, services.clear_ticket(ctx, clear).await),
        of("list sales", P::ViewSales, services.sales(ctx, sales).await.map(drop_it)),
        of("find pieces", P::ViewItems, services.find_items(ctx, store_id, "ring").await.map(drop_it)),
        of("list pieces", P::ViewItems, services.items(ctx, items).await.map(drop_it)),
        of("look at a piece", P::ViewItems, services.item(ctx, ring).await.map(drop_it)),
        of("save a piece", P::EditItems, services.save_item(ctx, item).await.map(drop_it)),
        of("save a customer", P::EditCustomers, services.save_customer(ctx, customer).await.map(drop_it)),
        of("open a till", P::RunTill, services.open_till(ctx, open).await.map(drop_it)),
        of("drop cash", P::RunTill, services.drop_cash(ctx, drop).await),
        of("close a till", P::RunTill, services.close_till(ctx, close).await.map(drop_it)),
        of(
            "close the day",
            P::CloseDay,
            services.close_day(ctx, CloseDay { command_id: command(), store_id }).await,
        ),
        of("deposit the safe", P::MoveSafeMoney, services.deposit_safe(ctx, deposit).await),
        of(
            "read the journal",
            P::ViewLedger,
            services.journal_lines(ctx, ledger.clone(), 0, 1).await.map(drop_it),
        ),
        of(
            "read an account",
            P::ViewLedger,
            services.account_view(ctx, code::TILL_CASH, ledger.clone(), 0, 1).await.map(drop_it),
        ),
        of("read the trial balance", P::ViewLedger, services.trial_balance(ctx, ledger).await.map(drop_it)),
        of("read the audit trail", P::ViewAudit, services.audit(ctx, audit).await.map(drop_it)),
        of("save the receipt", P::EditSettings, services.save_settings(ctx, settings(receipt)).await),
        of("save the limits", P::EditOrganization, services.save_settings(ctx, settings(limits)).await),
        of("save an account", P::EditAccounts, services.save_account(ctx, account).await),
        of("save a person", P::EditPeople, services.save_person(ctx, person).await.map(drop_it)),
        of("pair a till", P::PairTill, services.create_pairing(ctx, till_id).await.map(drop_it)),
    ]
}

fn drop_it<T>(_: T) {}

async fn every_use_case_asks_for_its_permission(shop: Shop) {
    let ring = shop.add_ring("100.00", "40.00").await;
    for role in Role::ALL {
        for Try { name, needs, answer } in everything(&shop, &shop.as_role(*role), ring).await {
            let forbidden = matches!(answer, Err(ServiceError::Forbidden(_)));
            assert_eq!(forbidden, !role.may(needs), "{role} tries to {name}: {answer:?}");
        }
    }
    let elsewhere = StoreId(Uuid::from_u128(99));
    let actor = Actor { roles: BTreeMap::from([(elsewhere, Role::Owner)]), ..shop.owner.actor.clone() };
    let foreign = Ctx { actor, store: elsewhere, ..shop.owner.clone() };
    for Try { name, answer, .. } in everything(&shop, &foreign, ring).await {
        let refused = matches!(answer, Err(ServiceError::Forbidden(_)));
        assert_eq!(refused, !EVERYWHERE.contains(&name), "an owner elsewhere tries to {name}: {answer:?}");
    }
    shop.verifies().await;
}
