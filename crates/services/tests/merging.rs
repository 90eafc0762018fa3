//! Cards that are one customer, and cards that are two again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::customer::{
    AddNote, ChangeHousehold, CustomerDetail, CustomerFilter, HistoryAsked, HouseholdChange, MergeCustomers,
    Primaries, SaveCustomer, SettleDuplicate, TypedAddress, TypedContact, TypedCustomer, TypedPrivate,
    UndoMerge,
};
use domain::event::AuditFilter;
use domain::ids::{CustomerId, EventId, SaleId, TillSessionId};
use domain::ledger::{Dimensions, LineFilter};
use domain::sale::{Audience, CompleteSale, Condition, ReturnLine, SaleFilter};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    history_is_read_through_the_card_that_stands
    a_merge_with_open_items_and_its_undo
    selling_to_a_merged_customer_is_selling_to_the_survivor
    undoing_gives_back_both_cards
    what_cannot_be_merged
    chains_are_read_to_their_end
    merges_that_race_each_other
    duplicates_are_found_when_a_card_is_saved
    a_merged_card_keeps_its_household_and_partner
}

fn named(name: &str, phone: &str) -> TypedCustomer {
    TypedCustomer {
        last_name: name.into(),
        phones: vec![TypedContact::new("mobile", phone)],
        ..TypedCustomer::default()
    }
}

impl Shop {
    async fn card(&self, id: CustomerId) -> CustomerDetail {
        self.services.customer(&self.owner, id).await.unwrap()
    }

    async fn merging(&self, winner_id: CustomerId, loser_id: CustomerId) -> MergeCustomers {
        let (winner, loser) = (self.card(winner_id).await, self.card(loser_id).await);
        MergeCustomers {
            command_id: command(),
            winner_id,
            winner_version: winner.version,
            loser_id,
            loser_version: loser.version,
            primaries: Primaries::default(),
        }
    }

    async fn merge(&self, winner: CustomerId, loser: CustomerId) -> Result<EventId, ServiceError> {
        let cmd = self.merging(winner, loser).await;
        let event = EventId(cmd.command_id.0);
        assert_eq!(self.services.merge_customers(&self.owner, cmd.clone()).await?, winner);
        // A repeat is answered and does nothing.
        assert_eq!(self.services.merge_customers(&self.owner, cmd).await?, winner);
        Ok(event)
    }

    async fn undo(&self, merge_id: EventId) -> Result<CustomerId, ServiceError> {
        let cmd = UndoMerge { command_id: command(), merge_id };
        let done = self.services.undo_merge(&self.owner, cmd).await?;
        assert_eq!(self.services.undo_merge(&self.owner, cmd).await?, done);
        Ok(done)
    }

    async fn sell_to(&self, session: TillSessionId, customer: CustomerId) -> SaleId {
        let ring = self.add_ring("100.00", "40.00").await;
        let sale = self.sale(session, &[(ring, "100.00")], "107.00", "107.00");
        let cmd = CompleteSale { customer_id: Some(customer), ..sale };
        self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id
    }

    async fn history(&self, customer: CustomerId) -> Vec<SaleId> {
        let asked = HistoryAsked { customer, audience: Audience::Staff, offset: 0, limit: 20 };
        let page = self.services.customer_history(&self.owner, asked).await.unwrap();
        assert_eq!(page.count, page.sales.len() as u64);
        page.sales.iter().map(|sale| sale.id).collect()
    }

    async fn found(&self, words: &str) -> Vec<CustomerId> {
        let filter = CustomerFilter { words: words.into(), limit: 20, ..CustomerFilter::default() };
        let page = self.services.customers(&self.owner, filter).await.unwrap();
        page.customers.iter().map(|customer| customer.id).collect()
    }

    async fn lines_of(&self, customer: CustomerId) -> usize {
        let about = Dimensions { customer: Some(customer), ..Dimensions::default() };
        let filter = LineFilter { about, ..LineFilter::default() };
        self.services.journal_lines(&self.owner, filter, 0, 100).await.unwrap().0.len()
    }
}

async fn history_is_read_through_the_card_that_stands(shop: Shop) {
    let session = shop.open_till("500").await;
    let (ann, anne) =
        (shop.meet(named("Ann", "555 010 0001")).await, shop.meet(named("Anne", "555 010 0002")).await);
    let (first, second) = (shop.sell_to(session, ann).await, shop.sell_to(session, anne).await);
    let lines = (shop.lines_of(ann).await, shop.lines_of(anne).await);
    shop.merge(ann, anne).await.unwrap();

    assert_eq!(shop.history(ann).await, [second, first]);
    assert_eq!(shop.history(anne).await, [second, first]);
    assert_eq!(shop.card(anne).await.id, ann, "who asks for the one gets the other");
    assert_eq!(shop.lines_of(ann).await, lines.0 + lines.1);
    assert_eq!(shop.lines_of(anne).await, lines.0 + lines.1);
    for words in ["ann", "anne", "0001", "0002", "C00001", "C00002"] {
        assert_eq!(shop.found(words).await, [ann], "{words}");
    }
    let sale = shop.services.sale(&shop.owner, second).await.unwrap();
    assert_eq!(sale.facts.customer_id, Some(anne), "what was posted stays");
    assert_eq!(sale.customer_name.as_deref(), Some("Ann"));
    let by_name = SaleFilter { words: "ann".into(), limit: 20, ..SaleFilter::default() };
    let sales = shop.services.sales(&shop.owner, by_name).await.unwrap().sales;
    assert!(sales.len() == 2 && sales.iter().all(|sale| sale.customer_name.as_deref() == Some("Ann")));
    let everywhere = shop.services.find_everywhere(&shop.owner, "anne").await.unwrap();
    assert_eq!(everywhere.customers.iter().map(|customer| customer.id).collect::<Vec<_>>(), [ann]);
    shop.verifies().await;
}

async fn a_merge_with_open_items_and_its_undo(shop: Shop) {
    let session = shop.open_till("500").await;
    let (ann, anne) =
        (shop.meet(named("Ann", "555 010 0001")).await, shop.meet(named("Anne", "555 010 0002")).await);
    let (kept, open) = (shop.sell_to(session, ann).await, shop.sell_to(session, anne).await);
    let merge = shop.merge(ann, anne).await.unwrap();

    // What was sold to the one comes back while there is one card, on a receipt of the survivor's.
    let number = shop.services.sale(&shop.owner, open).await.unwrap().number;
    let offer = shop.services.find_return(&shop.owner, &number).await.unwrap();
    assert_eq!(offer.customer.as_ref().map(|customer| customer.id), Some(ann));
    let back = ReturnLine {
        line_id: offer.lines[0].line_id,
        condition: Condition::AsNew,
        proof: offer.proof,
        fee: cents("0"),
        quantity: None,
    };
    let sale = shop.sale(session, &[], "-107.00", "107.00");
    let cmd = CompleteSale { returns: vec![back], customer_id: Some(anne), ..sale };
    let returned = shop.services.complete_sale(&shop.owner, cmd).await.unwrap().sale_id;
    assert_eq!(shop.history(ann).await, [returned, open, kept]);
    shop.verifies().await;

    assert_eq!(shop.undo(merge).await.unwrap(), anne);
    assert_eq!(shop.history(ann).await, [returned, kept], "the survivor keeps what was done with it");
    assert_eq!(shop.history(anne).await, [open]);
    shop.verifies().await;
}

async fn selling_to_a_merged_customer_is_selling_to_the_survivor(shop: Shop) {
    let session = shop.open_till("500").await;
    let exempt = TypedCustomer { exemption_certificate: "R-1".into(), ..named("Ann", "555 010 0001") };
    let (ann, anne) = (shop.meet(exempt).await, shop.meet(named("Anne", "555 010 0002")).await);
    shop.merge(ann, anne).await.unwrap();
    let ring = shop.add_ring("100.00", "40.00").await;
    // The till still shows the old card; the certificate is that of the one who stands.
    let sale = shop.sale(session, &[(ring, "100.00")], "100.00", "100.00");
    let cmd = CompleteSale { customer_id: Some(anne), ..sale };
    let sold = shop.services.complete_sale(&shop.owner, cmd).await.unwrap().sale_id;
    assert_eq!(shop.services.sale(&shop.owner, sold).await.unwrap().facts.customer_id, Some(ann));
    shop.verifies().await;
}

async fn undoing_gives_back_both_cards(shop: Shop) {
    let secret =
        TypedPrivate { kind: "id_number".into(), value: "D1234567".into(), ..TypedPrivate::default() };
    let anne = TypedCustomer {
        private: vec![secret],
        tags: "gold".into(),
        vip: true,
        ..named("Anne", "555 010 0002")
    };
    let (ann, anne) = (shop.meet(named("Ann", "555 010 0001")).await, shop.meet(anne).await);
    let note = |customer_id, text: &str| AddNote { command_id: command(), customer_id, text: text.into() };
    shop.services.add_note(&shop.owner, note(anne, "before")).await.unwrap();
    let (ann_was, anne_was) = (shop.card(ann).await, shop.card(anne).await);

    let mut cmd = shop.merging(ann, anne).await;
    cmd.primaries.phone = Some("+15550100002".into());
    let merge = EventId(cmd.command_id.0);
    shop.services.merge_customers(&shop.owner, cmd).await.unwrap();
    let one = shop.card(ann).await;
    assert_eq!(one.file.front().phone.as_deref(), Some("+15550100002"));
    assert_eq!((one.file.phones.len(), one.file.vip, one.private.len(), one.notes.len()), (2, true, 1, 1));
    assert_eq!(one.merged.iter().map(|card| card.number.as_str()).collect::<Vec<_>>(), ["C00002"]);
    shop.services.add_note(&shop.owner, note(anne, "meanwhile")).await.unwrap();
    // An address is added while there is one card.
    let mut typed = TypedCustomer::from(&one);
    typed.addresses = vec![TypedAddress { city: "Sampleton".into(), ..TypedAddress::default() }];
    let save = SaveCustomer { command_id: command(), customer_id: Some(ann), version: one.version, typed };
    shop.services.save_customer(&shop.owner, save).await.unwrap();
    shop.verifies().await;

    shop.undo(merge).await.unwrap();
    let (ann_is, anne_is) = (shop.card(ann).await, shop.card(anne).await);
    assert_eq!(anne_is.file, anne_was.file);
    assert_eq!(anne_is.private, anne_was.private);
    assert_eq!(anne_is.notes, anne_was.notes);
    assert_eq!((ann_is.file.phones.clone(), ann_is.file.vip), (ann_was.file.phones, false));
    assert_eq!(ann_is.file.addresses.len(), 1, "what was added to the survivor meanwhile stays with it");
    assert_eq!(ann_is.notes[0].text, "meanwhile");
    assert_eq!((shop.found("anne").await, shop.found("0002").await), (vec![anne], vec![anne]));

    let trail = AuditFilter { subject: Some(ann.0), limit: 50, ..AuditFilter::default() };
    let lines = shop.services.audit(&shop.owner, trail).await.unwrap().lines;
    let told = |part: &str| lines.iter().any(|line| line.summary.contains(part));
    assert!(told("C00002 is part of C00001 now") && told("C00002 is a card of its own again"));
    let refused = shop.undo(merge).await.unwrap_err().to_string();
    assert_eq!(refused, "this was undone already");
    shop.verifies().await;
}

async fn what_cannot_be_merged(shop: Shop) {
    let mut ids = Vec::new();
    for name in ["Ann", "Anne", "Anna"] {
        ids.push(shop.meet(named(name, "")).await);
    }
    let refused = shop.merge(ids[0], ids[0]).await.unwrap_err().to_string();
    assert_eq!(refused, "a card cannot be merged into itself");
    let stale = shop.merging(ids[0], ids[2]).await;
    shop.merge(ids[0], ids[1]).await.unwrap();
    let refused = shop.services.merge_customers(&shop.owner, stale).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Conflict(_)), "the card that was on the screen is another now");
    for (winner, loser) in [(ids[1], ids[2]), (ids[2], ids[1])] {
        let refused = shop.merge(winner, loser).await.unwrap_err().to_string();
        assert_eq!(refused, "C00002 is part of another card already: merge that one");
    }
    // A form of the merged card that is still open somewhere saves nothing.
    let save =
        SaveCustomer { command_id: command(), customer_id: Some(ids[1]), version: 1, typed: named("X", "") };
    let refused = shop.services.save_customer(&shop.owner, save).await.unwrap_err();
    assert!(matches!(refused, ServiceError::Conflict(_)));
    shop.verifies().await;
}

async fn chains_are_read_to_their_end(shop: Shop) {
    let mut ids = Vec::new();
    for (name, phone) in [("Ann", "555 010 0001"), ("Anne", "555 010 0002"), ("Anna", "555 010 0003")] {
        ids.push(shop.meet(named(name, phone)).await);
    }
    let session = shop.open_till("500").await;
    let sold = shop.sell_to(session, ids[0]).await;
    let first = shop.merge(ids[1], ids[0]).await.unwrap();
    let second = shop.merge(ids[2], ids[1]).await.unwrap();
    assert_eq!((shop.card(ids[0]).await.id, shop.history(ids[2]).await), (ids[2], vec![sold]));
    assert_eq!(shop.found("0001").await, [ids[2]]);
    shop.verifies().await;
    let refused = shop.undo(first).await.unwrap_err().to_string();
    assert_eq!(refused, "the card C00002 was merged further: undo that first");
    shop.undo(second).await.unwrap();
    assert_eq!((shop.card(ids[0]).await.id, shop.card(ids[2]).await.id), (ids[1], ids[2]));
    assert_eq!((shop.found("0001").await, shop.card(ids[2]).await.file.phones.len()), (vec![ids[1]], 1));
    shop.verifies().await;
    shop.undo(first).await.unwrap();
    assert_eq!(shop.history(ids[0]).await, [sold]);
    shop.verifies().await;
}

async fn merges_that_race_each_other(shop: Shop) {
    let (ann, anne) =
        (shop.meet(named("Ann", "555 010 0001")).await, shop.meet(named("Anne", "555 010 0002")).await);
    let session = shop.open_till("500").await;
    let (there, back) = (shop.merging(ann, anne).await, shop.merging(anne, ann).await);
    let mut running = Vec::new();
    for cmd in [there, back] {
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        running.push(tokio::spawn(async move { services.merge_customers(&owner, cmd).await }));
    }
    let sold = shop.sell_to(session, anne).await;
    let mut done = Vec::new();
    for run in running {
        done.push(run.await.unwrap());
    }
    assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 1, "{done:?}");
    assert_eq!((shop.history(ann).await, shop.history(anne).await), (vec![sold], vec![sold]));
    shop.verifies().await;
}

async fn duplicates_are_found_when_a_card_is_saved(shop: Shop) {
    let ann = shop.meet(named("Ann", "555 010 0001")).await;
    let anne = shop.meet(named("Anne", "(555) 010-0001")).await;
    let at = |name: &str| TypedCustomer {
        addresses: vec![TypedAddress { city: "Sampleton".into(), ..TypedAddress::default() }],
        ..named(name, "")
    };
    let (bea, twin) = (shop.meet(at("Bea")).await, shop.meet(at("bea")).await);
    shop.meet(named("Bea", "")).await;
    let page = shop.services.duplicates(&shop.owner, 0, 20).await.unwrap();
    let pairs: Vec<_> =
        page.duplicates.iter().map(|pair| (pair.one.id, pair.other.id, pair.why.label())).collect();
    assert_eq!(pairs, [(ann, anne, "The same phone"), (bea, twin, "The same name and place")]);
    assert_eq!(
        (page.count, shop.services.duplicates(&shop.owner, 1, 1).await.unwrap().duplicates.len()),
        (2, 1)
    );

    let settle = SettleDuplicate { command_id: command(), one_id: anne, other_id: ann };
    shop.services.settle_duplicate(&shop.owner, settle).await.unwrap();
    let save = SaveCustomer {
        command_id: command(),
        customer_id: Some(ann),
        version: 1,
        typed: named("Ann", "555 010 0001"),
    };
    shop.services.save_customer(&shop.owner, save).await.unwrap();
    assert_eq!(shop.services.duplicates(&shop.owner, 0, 20).await.unwrap().count, 1, "settled stays settled");
    shop.merge(bea, twin).await.unwrap();
    assert_eq!(shop.services.duplicates(&shop.owner, 0, 20).await.unwrap().count, 0);
    shop.verifies().await;
}

async fn a_merged_card_keeps_its_household_and_partner(shop: Shop) {
    let mut ids = Vec::new();
    for name in ["Ann", "Anne", "Bob"] {
        ids.push(shop.meet(named(name, "")).await);
    }
    let [ann, anne, bob] = ids[..] else { panic!("three") };
    let tie = async |customer_id, change| {
        let cmd = ChangeHousehold { command_id: command(), customer_id, change };
        shop.services.change_household(&shop.owner, cmd).await
    };
    tie(anne, HouseholdChange::Join { with: bob, name: "Example".into() }).await.unwrap();
    tie(anne, HouseholdChange::Partner { with: bob }).await.unwrap();
    let was = shop.card(bob).await.household;
    let refused = shop.merge(anne, bob).await.unwrap_err().to_string();
    assert_eq!(refused, "these two are partners: end the link between them first");

    let merge = shop.merge(ann, anne).await.unwrap();
    let household = shop.card(bob).await.household.unwrap();
    assert_eq!(
        household.members.iter().map(|m| (m.id, m.partner)).collect::<Vec<_>>(),
        [(ann, Some(bob)), (bob, Some(ann))]
    );
    assert_eq!(household.primary, ann);
    shop.verifies().await;
    // Somebody joins and another leads meanwhile; taken apart, the household stays whole.
    tie(ann, HouseholdChange::Lead).await.unwrap();
    shop.verifies().await;
    shop.undo(merge).await.unwrap();
    assert_eq!((shop.card(bob).await.household, shop.card(ann).await.household), (was, None));
    shop.verifies().await;
}
