//! The customer book: cards, what finds them, what is sealed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use db::Db;
use domain::customer::{
    AddNote, CustomerFilter, RevealPrivate, SaveCustomer, TypedAddress, TypedContact, TypedCustomer,
    TypedDate, TypedPrivate,
};
use domain::event::AuditFilter;
use domain::ids::{CustomerId, PrivateId};
use domain::person::Role;
use services::{ServiceError, Services, Vault};
use support::{Shop, cents, command, key};

on_both_databases! {
    a_card_holds_many_ways_to_reach_somebody
    anybody_is_found_by_whatever_reaches_them
    lists_are_narrowed_by_tag_and_vip
    two_desks_never_overwrite_each_other
    notes_stay_as_they_were_written
    what_is_private_is_sealed_and_shown_on_demand
    a_missing_or_another_key_says_so
    a_certificate_in_the_book_takes_the_tax_away_with_its_reason
    a_repeat_of_a_save_tells_a_private_change_apart
}

fn full() -> TypedCustomer {
    TypedCustomer {
        first_name: "Ada".into(),
        last_name: "Example".into(),
        tags: "Watches, gold".into(),
        phones: vec![
            TypedContact::new("mobile", "(555) 010-2030"),
            TypedContact::new("work", "+44 20 7946 0000"),
        ],
        emails: vec![TypedContact::new("", "ada@example.test"), TypedContact::new("work", "a.e@firm.test")],
        addresses: vec![
            TypedAddress { kind: "home".into(), city: "Sampleton".into(), ..TypedAddress::default() },
            TypedAddress { kind: "work".into(), city: "Mockville".into(), ..TypedAddress::default() },
        ],
        dates: vec![TypedDate {
            occasion: "anniversary".into(),
            of_whom: String::new(),
            month: "6".into(),
            day: "12".into(),
            year: "2010".into(),
        }],
        ..TypedCustomer::default()
    }
}

fn words(words: &str) -> CustomerFilter {
    CustomerFilter { words: words.into(), limit: 10, ..CustomerFilter::default() }
}

impl Shop {
    async fn found(&self, filter: CustomerFilter) -> Vec<String> {
        let page = self.services.customers(&self.owner, filter).await.unwrap();
        assert_eq!(page.count, page.customers.len() as u64);
        page.customers.iter().map(|customer| customer.card.display_name()).collect()
    }

    async fn change(&self, id: CustomerId, version: i64, typed: TypedCustomer) -> Result<(), ServiceError> {
        let cmd = SaveCustomer { command_id: command(), customer_id: Some(id), version, typed };
        self.services.save_customer(&self.owner, cmd).await.map(drop)
    }
}

async fn a_card_holds_many_ways_to_reach_somebody(shop: Shop) {
    let id = shop.meet(full()).await;
    let customer = shop.services.customer(&shop.owner, id).await.unwrap();
    assert_eq!(customer.file.phones.len(), 2);
    assert_eq!(customer.file.front().phone.as_deref(), Some("+15550102030"));
    assert_eq!(customer.file.tags, ["gold", "watches"]);
    assert_eq!(customer.file.dates[0].year, Some(2010));
    shop.verifies().await;

    // The second phone becomes the primary one, the second address goes.
    let mut typed = TypedCustomer::from(&customer);
    typed.phones.reverse();
    typed.addresses.truncate(1);
    shop.change(id, customer.version, typed).await.unwrap();
    let customer = shop.services.customer(&shop.owner, id).await.unwrap();
    assert_eq!(customer.file.front().phone.as_deref(), Some("+442079460000"));
    assert_eq!((customer.file.addresses.len(), customer.version), (1, 2));
    shop.verifies().await;
}

async fn anybody_is_found_by_whatever_reaches_them(shop: Shop) {
    let id = shop.meet(full()).await;
    shop.meet(TypedCustomer { last_name: "Other".into(), ..TypedCustomer::default() }).await;
    let ways = [
        "ada",
        "exam",
        "555 010 2030",
        "2030",
        "0102030",
        "+44 20 7946 0000",
        "0000",
        "a.e@firm.test",
        "C00001",
    ];
    for way in ways {
        assert_eq!(shop.found(words(way)).await, ["Ada Example"], "{way}");
    }
    let customer = shop.services.customer(&shop.owner, id).await.unwrap();
    let typed = TypedCustomer { phones: Vec::new(), ..TypedCustomer::from(&customer) };
    shop.change(id, customer.version, typed).await.unwrap();
    assert!(shop.found(words("2030")).await.is_empty());
    shop.verifies().await;
}

async fn lists_are_narrowed_by_tag_and_vip(shop: Shop) {
    shop.meet(full()).await;
    let vip = TypedCustomer {
        last_name: "Best".into(),
        vip: true,
        tags: "gold".into(),
        ..TypedCustomer::default()
    };
    shop.meet(vip).await;
    let tagged = |tag: &str, vip| CustomerFilter { tag: Some(tag.into()), vip, ..words("") };
    assert_eq!(shop.found(tagged("gold", false)).await, ["Best", "Ada Example"]);
    assert_eq!(shop.found(tagged("gold", true)).await, ["Best"]);
    assert_eq!(shop.found(tagged("watches", true)).await, [""; 0]);
    assert_eq!(shop.services.customer_tags(&shop.owner).await.unwrap(), ["gold", "watches"]);
    shop.verifies().await;
}

async fn two_desks_never_overwrite_each_other(shop: Shop) {
    let id = shop.meet(full()).await;
    shop.change(id, 1, full()).await.unwrap();
    let refused = shop.change(id, 1, TypedCustomer { note: "late".into(), ..full() }).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Conflict(_)), "{refused:?}");
    let customer = shop.services.customer(&shop.owner, id).await.unwrap();
    assert_eq!((customer.file.note, customer.file.phones.len()), (None, 2));
    shop.verifies().await;
}

async fn notes_stay_as_they_were_written(shop: Shop) {
    let id = shop.meet(full()).await;
    let note = |text: &str| AddNote { command_id: command(), customer_id: id, text: text.into() };
    let first = note("Looked at sapphires");
    shop.services.add_note(&shop.owner, first.clone()).await.unwrap();
    shop.services.add_note(&shop.owner, first).await.unwrap();
    shop.clock.advance(chrono::Duration::minutes(5));
    shop.services.add_note(&shop.as_role(Role::Associate), note("Came back")).await.unwrap();
    let refused = shop.services.add_note(&shop.owner, note(" ")).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Fields(_)));
    let notes = shop.services.customer(&shop.owner, id).await.unwrap().notes;
    let texts: Vec<_> = notes.iter().map(|note| (note.text.as_str(), note.by.as_str())).collect();
    assert_eq!(texts, [("Came back", "Owner"), ("Looked at sapphires", "Owner")]);

    let connection = Db::connect_for_migration(&shop.location).await.unwrap();
    for change in ["UPDATE customer_note SET text = 'x'", "DELETE FROM customer_note"] {
        assert!(migrations::run_sql(&connection, change).await.is_err(), "{change}");
    }
    connection.close().await.unwrap();
    shop.verifies().await;
}

fn with_secrets() -> TypedCustomer {
    let birthday = TypedDate {
        occasion: "birthday".into(),
        of_whom: String::new(),
        month: "4".into(),
        day: "12".into(),
        year: "1985".into(),
    };
    let tax_id = TypedPrivate { kind: "tax_id".into(), of_whom: String::new(), value: "123-45-6789".into() };
    TypedCustomer { dates: vec![birthday], private: vec![tax_id], ..full() }
}

impl Shop {
    async fn reveal(&self, services: &Services, role: Role, id: PrivateId) -> Result<String, ServiceError> {
        let cmd = RevealPrivate { command_id: command(), private_id: id };
        services.reveal_private(&self.as_role(role), cmd).await.map(|revealed| revealed.value)
    }
}

async fn what_is_private_is_sealed_and_shown_on_demand(shop: Shop) {
    let id = shop.meet(with_secrets()).await;
    let customer = shop.services.customer(&shop.as_role(Role::Associate), id).await.unwrap();
    let masks: Vec<_> = customer.private.iter().map(|entry| entry.mask.as_str()).collect();
    assert_eq!(masks, ["•••• 6789", "•• 1985"]);
    assert!(customer.file.dates.is_empty(), "a birth date is nowhere in the clear");

    let (tax_id, birth) = (customer.private[0].id, customer.private[1].id);
    let refused = shop.reveal(&shop.services, Role::Associate, birth).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Forbidden(_)));
    assert_eq!(shop.reveal(&shop.services, Role::Manager, birth).await.unwrap(), "1985-04-12");
    let again = RevealPrivate { command_id: command(), private_id: tax_id };
    for _ in 0..2 {
        let shown = shop.services.reveal_private(&shop.owner, again).await.unwrap();
        assert_eq!((shown.customer_id, shown.value.as_str()), (id, "123-45-6789"));
    }

    // Each look is in the audit trail once, and what was seen is nowhere in it.
    let filter = AuditFilter { subject: Some(id.0), limit: 50, ..AuditFilter::default() };
    let trail = shop.services.audit(&shop.owner, filter).await.unwrap();
    let looks: Vec<_> = trail.lines.iter().filter(|line| line.summary.contains("looked at")).collect();
    assert_eq!(looks.len(), 2);
    let told = format!("{:?}", trail.lines);
    assert!(!told.contains("123-45") && !told.contains("1985-04") && told.contains("2 new"), "{told}");

    // What is not kept goes; what is kept stays readable.
    let typed = TypedCustomer { keep_private: vec![birth], ..TypedCustomer::from(&customer) };
    shop.change(id, customer.version, typed).await.unwrap();
    let customer = shop.services.customer(&shop.owner, id).await.unwrap();
    assert_eq!(customer.private.iter().map(|entry| entry.id).collect::<Vec<_>>(), [birth]);
    assert_eq!(shop.reveal(&shop.services, Role::Owner, birth).await.unwrap(), "1985-04-12");
    shop.verifies().await;
}

async fn a_missing_or_another_key_says_so(shop: Shop) {
    let id = shop.meet(with_secrets()).await;
    let entry = shop.services.customer(&shop.owner, id).await.unwrap().private[0].id;
    let other = Vault::named(&"5".repeat(64), "a test").unwrap();
    assert!(shop.services.has_sealed(None).await.unwrap());
    assert!(!shop.services.has_sealed(Some(&key())).await.unwrap());
    assert!(shop.services.has_sealed(Some(&other)).await.unwrap());
    for (vault, part) in [(other, "sealed with another key"), (Vault::default(), "is not there")] {
        let services = shop.services.clone().sealing_with(vault);
        let refused = shop.reveal(&services, Role::Owner, entry).await.unwrap_err().to_string();
        assert!(refused.contains(part), "{refused}");
        assert_eq!(services.customer(&shop.owner, id).await.unwrap().private.len(), 2, "masks need no key");
    }
    let keyless = shop.services.clone().sealing_with(Vault::default());
    let cmd = SaveCustomer { command_id: command(), customer_id: None, version: 0, typed: with_secrets() };
    let refused = keyless.save_customer(&shop.owner, cmd).await.unwrap_err().to_string();
    assert!(refused.contains("private.key"), "{refused}");
    shop.verifies().await;
}

async fn a_certificate_in_the_book_takes_the_tax_away_with_its_reason(shop: Shop) {
    let typed =
        TypedCustomer { exemption_certificate: "IL-77".into(), exemption_reason: "resale".into(), ..full() };
    let id = shop.meet(typed).await;
    let ring = shop.add_ring("100.00", "40.00").await;
    let session = shop.open_till("0").await;
    let mut cmd = shop.sale(session, &[(ring, "100.00")], "100.00", "100.00");
    cmd.customer_id = Some(id);
    let done = shop.services.complete_sale(&shop.owner, cmd).await.unwrap();
    assert_eq!(done.total, cents("100.00"));
    let sale = shop.services.sale(&shop.owner, done.sale_id).await.unwrap();
    assert_eq!(sale.facts.exemption.unwrap().to_string(), "Resale IL-77");
    shop.verifies().await;
}

async fn a_repeat_of_a_save_tells_a_private_change_apart(shop: Shop) {
    let cmd = SaveCustomer { command_id: command(), customer_id: None, version: 0, typed: with_secrets() };
    let id = shop.services.save_customer(&shop.owner, cmd.clone()).await.unwrap();
    assert_eq!(shop.services.save_customer(&shop.owner, cmd.clone()).await.unwrap(), id);
    let mut other = cmd;
    other.typed.private[0].value = "987-65-4321".into();
    let refused = shop.services.save_customer(&shop.owner, other).await.unwrap_err();
    assert!(matches!(refused, ServiceError::SameIdOtherBody));
    shop.verifies().await;
}
