//! Changing the settings and the people, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::event::{AuditFilter, EventKind};
use domain::ids::{JurisdictionId, PersonId};
use domain::ledger::{AccountKind, SaveAccount};
use domain::person::{Actor, ChangeSecrets, Role, SavePerson, SignIn, SwitchPerson};
use domain::sale::Tender;
use domain::settings::{
    SaveSettings, SettingsEdit, TypedJurisdiction, TypedLimits, TypedRate, TypedStore, TypedTender,
};
use services::{Ctx, ServiceError, Token};
use std::collections::BTreeMap;
use support::{Shop, cents, command};

on_both_databases! {
    a_new_rate_taxes_the_next_sale
    a_store_is_added_with_its_owner
    a_till_is_added_paired_and_taken_out
    a_means_of_payment_is_added_and_taken
    settings_are_not_overwritten_unseen
    an_account_is_added_and_closed
    people_are_hired_and_let_go
    signing_in_leaves_a_trail
    a_browser_nobody_uses_is_signed_out
    a_session_of_a_till_ends_with_its_pairing
    ones_own_secrets
    ones_own_secrets_sent_again
    somebody_with_only_a_pin_changes_it
    locked_out_people_are_not_told_apart
    tries_at_once_are_counted_one_after_another
    two_desks_that_save_at_once
    signing_in_again_ends_the_session_before
}

impl Shop {
    async fn hire_by_login(&self, login: &str, role: Role) -> PersonId {
        let cmd = person(login, BTreeMap::from([(self.set_up.store_id, Some(role))]));
        self.services.save_person(&self.owner, cmd).await.unwrap()
    }

    async fn trail(&self) -> Vec<(EventKind, String)> {
        let lines =
            self.services.audit(&self.owner, AuditFilter { limit: 50, ..AuditFilter::default() }).await;
        lines.unwrap().lines.into_iter().map(|line| (line.kind, line.summary)).collect()
    }
}

fn person(login: &str, roles: BTreeMap<domain::ids::StoreId, Option<Role>>) -> SavePerson {
    SavePerson {
        command_id: command(),
        person_id: None,
        version: 0,
        name: format!("Test {login}"),
        login: login.into(),
        active: true,
        roles,
        password: "long enough to use".into(),
        pin: "2580".into(),
    }
}

fn sign_in(login: &str, password: &str) -> SignIn {
    SignIn { login: login.into(), password: password.into() }
}

async fn a_new_rate_taxes_the_next_sale(shop: Shop) {
    let id: JurisdictionId = shop.services.config().unwrap().jurisdictions[0].id;
    let ring = shop.add_ring("100.00", "40.00").await;
    let session = shop.open_till("0.00").await;
    let typed = TypedJurisdiction {
        name: "State".into(),
        rates: vec![TypedRate { valid_from: "2026-03-02".into(), percent: "8".into(), cap: String::new() }],
        stores: vec![shop.set_up.store_id],
    };
    shop.edit(&shop.owner, SettingsEdit::Tax { jurisdiction_id: Some(id), typed }).await.unwrap();
    let sale = shop.sale(session, &[(ring, "100.00")], "108.00", "108.00");
    assert_eq!(shop.services.complete_sale(&shop.owner, sale).await.unwrap().total, cents("108.00"));
    let manager = shop.as_role(Role::Manager);
    let typed = TypedJurisdiction::default();
    let refused = shop.edit(&manager, SettingsEdit::Tax { jurisdiction_id: None, typed }).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "a manager sets no tax: {refused:?}");
    shop.verifies().await;
}

async fn a_store_is_added_with_its_owner(shop: Shop) {
    let typed = TypedStore {
        store_code: "S2".into(),
        store_name: "Elm Street".into(),
        time_zone: "America/Denver".into(),
        ..TypedStore::default()
    };
    shop.edit(&shop.owner, SettingsEdit::Store { store_id: None, typed }).await.unwrap();
    let config = shop.services.config().unwrap();
    let added = config.stores.iter().find(|store| store.store.code == "S2").unwrap();
    let signed_in = shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await.unwrap();
    let owner = shop.services.authenticate(Some(&signed_in.token), None).await.unwrap();
    assert_eq!(owner.actor.roles.get(&added.store.id), Some(&Role::Owner));
    let manager = shop.as_role(Role::Manager);
    let typed = TypedStore::from(&added.store);
    let refused = shop.edit(&manager, SettingsEdit::Store { store_id: Some(added.store.id), typed }).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "no manager there: {refused:?}");
    shop.verifies().await;
}

async fn a_till_is_added_paired_and_taken_out(shop: Shop) {
    let store_id = shop.set_up.store_id;
    let till =
        |till_id, name: &str, active| SettingsEdit::Till { store_id, till_id, name: name.into(), active };
    shop.edit(&shop.owner, till(None, "Window", true)).await.unwrap();
    let added = shop.services.config().unwrap().stores[0].tills[1].clone();
    assert_eq!((added.code.as_str(), added.name.as_str()), ("T2", "Window"));
    let link = shop.services.create_pairing(&shop.owner, added.id).await.unwrap();
    let (device, paired) = shop.services.pair(&link).await.unwrap();
    assert_eq!(paired, added.id);
    assert!(shop.services.pair(&link).await.is_err(), "a link works once");
    assert_eq!(shop.services.paired_tills(&shop.owner).await.unwrap().len(), 1);
    assert!(shop.trail().await.contains(&(EventKind::TillPaired, "A browser paired with Window".into())));
    shop.edit(&shop.owner, till(Some(added.id), "Window", false)).await.unwrap();
    assert_eq!(shop.services.browser(Some(&device)).await.unwrap(), None, "its browser is no till any more");
    shop.open_till("0.00").await;
    let refused = shop.edit(&shop.owner, till(Some(shop.set_up.till_id), "Till 1", false)).await;
    assert_eq!(refused.unwrap_err().to_string(), "the till is open: count and close it first");
    shop.verifies().await;
}

async fn a_means_of_payment_is_added_and_taken(shop: Shop) {
    let tender = |adding, active| SettingsEdit::Tender {
        adding,
        typed: TypedTender {
            code: "wire".into(),
            label: "Wire".into(),
            nature: "check".into(),
            account: "1020".into(),
            active,
        },
    };
    shop.edit(&shop.owner, tender(true, true)).await.unwrap();
    let rings = [shop.add_ring("100.00", "40.00").await, shop.add_ring("200.00", "80.00").await];
    let session = shop.open_till("0.00").await;
    let wired = |ring, price: &str, total: &str| {
        let mut sale = shop.sale(session, &[(ring, price)], total, total);
        sale.tenders = vec![Tender { kind: "wire".into(), amount: cents(total), reference: "W-1".into() }];
        sale
    };
    shop.services.complete_sale(&shop.owner, wired(rings[0], "100.00", "107.00")).await.unwrap();
    shop.edit(&shop.owner, tender(false, false)).await.unwrap();
    let refused = shop.services.complete_sale(&shop.owner, wired(rings[1], "200.00", "214.00")).await;
    assert!(refused.is_err(), "it is taken no more");
    shop.verifies().await;
}

async fn settings_are_not_overwritten_unseen(shop: Shop) {
    let version = shop.services.config().unwrap().version;
    let rename = |name: &str| SaveSettings {
        command_id: command(),
        version,
        edit: SettingsEdit::Organization { name: name.into(), fiscal_year: None },
    };
    let first = rename("First");
    shop.services.save_settings(&shop.owner, first.clone()).await.unwrap();
    shop.services.save_settings(&shop.owner, first).await.unwrap();
    let late = shop.services.save_settings(&shop.owner, rename("Second")).await;
    assert!(matches!(late, Err(ServiceError::Conflict(_))), "{late:?}");
    assert_eq!(shop.services.config().unwrap().organization.name, "First");
    let limits = TypedLimits { manager_discount: "100".into(), ..TypedLimits::default() };
    let edit = SettingsEdit::Limits { store_id: shop.set_up.store_id, typed: limits };
    let refused = shop.edit(&shop.as_role(Role::Manager), edit).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "nobody raises their own limit: {refused:?}");
}

async fn an_account_is_added_and_closed(shop: Shop) {
    let save = |code: &str, adding, active| SaveAccount {
        command_id: command(),
        code: code.into(),
        name: "Window display".into(),
        kind: AccountKind::Expense,
        active,
        adding,
    };
    shop.services.save_account(&shop.owner, save("6990", true, true)).await.unwrap();
    let taken = shop.services.save_account(&shop.owner, save("6990", true, true)).await;
    assert!(matches!(taken, Err(ServiceError::Fields(_))), "{taken:?}");
    shop.services.save_account(&shop.owner, save("6990", false, false)).await.unwrap();
    let needed = shop.services.save_account(&shop.owner, save("1000", false, false)).await;
    assert!(matches!(needed, Err(ServiceError::Refused(_))), "the rules need the drawer: {needed:?}");
    let refused = shop.services.save_account(&shop.as_role(Role::Manager), save("6991", true, true)).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))), "{refused:?}");
    shop.verifies().await;
}

async fn people_are_hired_and_let_go(shop: Shop) {
    let id = shop.hire_by_login("pat", Role::Associate).await;
    let signed_in = shop.services.sign_in(None, None, sign_in("pat", "long enough to use")).await.unwrap();
    assert!(shop.services.authenticate(Some(&signed_in.token), None).await.is_ok());
    let again = person("kim", BTreeMap::from([(shop.set_up.store_id, Some(Role::Associate))]));
    let first = shop.services.save_person(&shop.owner, again.clone()).await.unwrap();
    assert_eq!(shop.services.save_person(&shop.owner, again).await.unwrap(), first, "a repeat is one person");
    let taken = person("pat", BTreeMap::from([(shop.set_up.store_id, Some(Role::Associate))]));
    match shop.services.save_person(&shop.owner, taken).await {
        Err(ServiceError::Fields(fields)) => assert_eq!(fields[0].field, "login"),
        other => panic!("two people had one login: {other:?}"),
    }
    let let_go = SavePerson {
        person_id: Some(id),
        version: 1,
        active: false,
        password: String::new(),
        pin: String::new(),
        ..person("pat", BTreeMap::new())
    };
    shop.services.save_person(&shop.owner, let_go).await.unwrap();
    let gone = shop.services.authenticate(Some(&signed_in.token), None).await;
    assert!(matches!(gone, Err(ServiceError::NotSignedIn)), "{gone:?}");
    assert!(shop.services.sign_in(None, None, sign_in("pat", "long enough to use")).await.is_err());
    let manager = shop.as_role(Role::Manager);
    let manager = Ctx { actor: domain::person::Actor { person_id: id, ..manager.actor }, ..manager };
    let reset = SavePerson {
        person_id: Some(shop.set_up.owner_id),
        version: 1,
        pin: "1379".into(),
        ..person("owner", BTreeMap::new())
    };
    let refused = shop.services.save_person(&manager, reset).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "nobody takes over the owner: {refused:?}");
    let refused = shop.services.sign_out_everywhere(&manager, shop.set_up.owner_id).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "nor signs them out: {refused:?}");
    shop.verifies().await;
}

async fn signing_in_leaves_a_trail(shop: Shop) {
    let id = shop.hire_by_login("pat", Role::Associate).await;
    let link = shop.services.new_pairing(shop.set_up.till_id).await.unwrap();
    let (device, _) = shop.services.pair(&link).await.unwrap();
    let typed = |pin: &str| SwitchPerson { person_id: id, pin: pin.into() };
    shop.clock.advance(chrono::Duration::seconds(1));
    assert!(shop.services.switch_person(Some(&device), None, typed("0000")).await.is_err());
    shop.clock.advance(chrono::Duration::seconds(1));
    let signed_in = shop.services.switch_person(Some(&device), None, typed("2580")).await.unwrap();
    shop.clock.advance(chrono::Duration::seconds(1));
    shop.services.sign_out(&signed_in.token, Some(&device)).await.unwrap();
    let after = shop.services.authenticate(Some(&signed_in.token), Some(&device)).await;
    assert!(matches!(after, Err(ServiceError::NotSignedIn)), "a session ends by signing out: {after:?}");
    let trail: Vec<EventKind> = shop.trail().await.into_iter().map(|(kind, _)| kind).take(3).collect();
    assert_eq!(trail, [EventKind::SignedOut, EventKind::SignedIn, EventKind::SignInRefused]);
    shop.verifies().await;
}

async fn a_browser_nobody_uses_is_signed_out(shop: Shop) {
    let signed_in = shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await.unwrap();
    for (minutes, stays) in [(100, true), (100, true), (121, false), (0, false)] {
        shop.clock.advance(chrono::Duration::minutes(minutes));
        let asked = shop.services.authenticate(Some(&signed_in.token), None).await;
        assert_eq!(asked.is_ok(), stays, "after {minutes} minutes more");
    }
    // A page that renews itself is nobody's touch.
    let signed_in = shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await.unwrap();
    for stays in [true, false] {
        shop.clock.advance(chrono::Duration::minutes(70));
        let polled = shop.services.authenticate_polling(Some(&signed_in.token), None).await;
        assert_eq!(polled.is_ok(), stays);
    }
}

async fn a_session_of_a_till_ends_with_its_pairing(shop: Shop) {
    let pair = || async {
        let link = shop.services.new_pairing(shop.set_up.till_id).await.unwrap();
        shop.services.pair(&link).await.unwrap().0
    };
    let device = pair().await;
    let typed = SwitchPerson { person_id: shop.set_up.owner_id, pin: "4711".into() };
    let signed_in = shop.services.switch_person(Some(&device), None, typed).await.unwrap();
    let asked = |device: Option<Token>| {
        let (services, token) = (shop.services.clone(), signed_in.token.clone());
        async move { services.authenticate(Some(&token), device.as_ref()).await }
    };
    assert!(asked(Some(device.clone())).await.is_ok());
    let without = asked(None).await;
    assert!(matches!(without, Err(ServiceError::NotSignedIn)), "a PIN is for the till alone: {without:?}");
    let other = pair().await;
    assert!(asked(Some(device)).await.is_err(), "another browser is the till now");
    assert!(asked(Some(other)).await.is_err());
}

async fn ones_own_secrets(shop: Shop) {
    let signed_in = |login: &'static str, password: &'static str| {
        let services = shop.services.clone();
        async move { services.sign_in(None, None, sign_in(login, password)).await }
    };
    let here = signed_in("owner", "correct horse").await.unwrap();
    let elsewhere = signed_in("owner", "correct horse").await.unwrap();
    let change = |current: &str, password: &str| ChangeSecrets {
        command_id: command(),
        current_password: current.into(),
        password: password.into(),
        pin: String::new(),
    };
    let token: Option<&Token> = Some(&here.token);
    let wrong =
        shop.services.change_own_secrets(&shop.owner, token, change("wrong horse", "battery staple")).await;
    assert!(matches!(wrong, Err(ServiceError::Fields(_))), "{wrong:?}");
    shop.services
        .change_own_secrets(&shop.owner, token, change("correct horse", "battery staple"))
        .await
        .unwrap();
    assert!(shop.services.authenticate(Some(&here.token), None).await.is_ok(), "this browser stays");
    assert!(shop.services.authenticate(Some(&elsewhere.token), None).await.is_err(), "others do not");
    assert!(signed_in("owner", "correct horse").await.is_err());
    assert!(signed_in("owner", "battery staple").await.is_ok());
}

async fn locked_out_people_are_not_told_apart(shop: Shop) {
    let try_as = |login: &'static str| {
        let services = shop.services.clone();
        async move { services.sign_in(None, None, sign_in(login, "guess")).await.unwrap_err().to_string() }
    };
    for _ in 0..7 {
        assert_eq!(try_as("owner").await, try_as("nobody").await);
    }
    let right = shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await;
    assert!(right.is_err(), "the right password waits too");
    shop.clock.advance(chrono::Duration::minutes(16));
    assert!(shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await.is_ok());
}

async fn ones_own_secrets_sent_again(shop: Shop) {
    let cmd = ChangeSecrets {
        command_id: command(),
        current_password: "correct horse".into(),
        password: "battery staple".into(),
        pin: "2580".into(),
    };
    shop.services.change_own_secrets(&shop.owner, None, cmd.clone()).await.unwrap();
    let later = shop.services.sign_in(None, None, sign_in("owner", "battery staple")).await.unwrap();
    shop.services.change_own_secrets(&shop.owner, None, cmd.clone()).await.unwrap();
    assert!(shop.services.authenticate(Some(&later.token), None).await.is_ok(), "done once, not twice");
    let other = ChangeSecrets { pin: String::new(), ..cmd };
    let other = shop.services.change_own_secrets(&shop.owner, None, other).await;
    assert!(matches!(other, Err(ServiceError::SameIdOtherBody)), "{other:?}");
}

async fn somebody_with_only_a_pin_changes_it(shop: Shop) {
    let roles = BTreeMap::from([(shop.set_up.store_id, Some(Role::Associate))]);
    let cmd = SavePerson { password: String::new(), ..person("pat", roles) };
    let id = shop.services.save_person(&shop.owner, cmd).await.unwrap();
    let ctx =
        Ctx { actor: Actor { person_id: id, ..shop.as_role(Role::Associate).actor }, ..shop.owner.clone() };
    let change = |current: &str| ChangeSecrets {
        command_id: command(),
        current_password: current.into(),
        password: String::new(),
        pin: "8642".into(),
    };
    let wrong = shop.services.change_own_secrets(&ctx, None, change("1379")).await;
    assert!(matches!(wrong, Err(ServiceError::Fields(_))), "{wrong:?}");
    shop.services.change_own_secrets(&ctx, None, change("2580")).await.unwrap();
    shop.services.change_own_secrets(&ctx, None, change("8642")).await.unwrap();
}

async fn tries_at_once_are_counted_one_after_another(shop: Shop) {
    let guess = |_| {
        let services = shop.services.clone();
        tokio::spawn(async move {
            services.sign_in(None, None, sign_in("owner", "a wild guess")).await.map(drop).unwrap_err()
        })
    };
    for guess in futures::future::join_all((0..12).map(guess)).await {
        assert!(matches!(guess.unwrap(), ServiceError::Refused(_)));
    }
    let right = shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await;
    assert!(right.is_err(), "twelve tries at once are no five");
    // The first five counted, the others waited: the wait is the first one.
    shop.clock.advance(chrono::Duration::seconds(31));
    shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await.unwrap();
}

async fn two_desks_that_save_at_once(shop: Shop) {
    let version = shop.services.config().unwrap().version;
    let rename = |name: String| {
        let edit = SettingsEdit::Organization { name, fiscal_year: None };
        let cmd = SaveSettings { command_id: command(), version, edit };
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.save_settings(&owner, cmd).await })
    };
    let saved = futures::future::join_all((0..6).map(|n| rename(format!("Jewelers {n}")))).await;
    let saved: Vec<_> = saved.into_iter().map(Result::unwrap).collect();
    assert_eq!(saved.iter().filter(|saved| saved.is_ok()).count(), 1, "one of them: {saved:?}");
    assert_eq!(shop.services.config().unwrap().version, version + 1);

    let pat = shop.hire_by_login("pat", Role::Associate).await;
    let rename = |name: String| {
        let roles = BTreeMap::from([(shop.set_up.store_id, Some(Role::Associate))]);
        let cmd = SavePerson {
            person_id: Some(pat),
            version: 1,
            name,
            password: String::new(),
            pin: String::new(),
            ..person("pat", roles)
        };
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.save_person(&owner, cmd).await })
    };
    let saved = futures::future::join_all((0..6).map(|n| rename(format!("Pat {n}")))).await;
    assert_eq!(saved.into_iter().filter(|saved| saved.as_ref().unwrap().is_ok()).count(), 1);
}

async fn signing_in_again_ends_the_session_before(shop: Shop) {
    let first = shop.services.sign_in(None, None, sign_in("owner", "correct horse")).await.unwrap();
    let second =
        shop.services.sign_in(None, Some(&first.token), sign_in("owner", "correct horse")).await.unwrap();
    assert!(shop.services.authenticate(Some(&first.token), None).await.is_err());
    assert!(shop.services.authenticate(Some(&second.token), None).await.is_ok());
}
