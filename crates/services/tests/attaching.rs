//! Papers of the books: attached when an entry is posted or later, withdrawn and never removed, part of every backup.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::attachment::{
    AttachFiles, AttachedTo, Attachment, FileKind, NewFile, TakenIn, WithdrawAttachment,
};
use domain::event::EventKind;
use domain::ids::{EventId, StoreId};
use domain::kept::KeptName;
use domain::ledger::{
    EventView, PostDue, PostEntry, ReverseEntry, SaveRecurring, TypedEntry, TypedLine, TypedRecurring,
};
use domain::person::{Actor, Role};
use services::{Ctx, ServiceError, back_up, unpack};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use support::{Shop, command};
use uuid::Uuid;

on_both_databases! {
    papers_come_with_an_entry_and_after_it
    a_paper_is_withdrawn_and_stays
    what_undoes_or_repeats_an_entry_leads_to_its_papers
    a_paper_is_for_those_who_see_the_ledger
    a_paper_that_was_changed_is_found
    two_people_attach_the_same_at_once
    papers_are_part_of_a_backup
}

const PDF: &[u8] = b"%PDF-1.7\nrent of March\n%%EOF\n";

fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("parure-papers-{}", command().0))
}

fn said(error: &ServiceError) -> String {
    match error {
        ServiceError::Fields(fields) => format!("{}: {}", fields[0].field, fields[0].message),
        other => other.to_string(),
    }
}

fn new(taken: &TakenIn) -> NewFile {
    NewFile { file: taken.file.clone(), name: taken.name.clone() }
}

impl Shop {
    fn keeping(mut self, folder: &Path) -> Self {
        self.services = self.services.clone().keeping_photos_in(folder.to_owned()).unwrap();
        self
    }

    fn bookkeeper(&self) -> Ctx {
        self.as_role(Role::Bookkeeper)
    }

    async fn take(&self, name: &str, bytes: &[u8]) -> TakenIn {
        self.services.take_paper_in(&self.bookkeeper(), name, bytes.to_vec()).await.unwrap()
    }

    fn lines(&self) -> Vec<TypedLine> {
        let line = |account: &str, debit: &str, credit: &str| TypedLine {
            account: account.into(),
            store: self.set_up.store_id.to_string(),
            debit: debit.into(),
            credit: credit.into(),
        };
        vec![line("6100", "1,000", ""), line("1020", "", "1,000")]
    }

    fn rent(&self, files: &[&TakenIn]) -> PostEntry {
        let typed = TypedEntry {
            date: "2026-03-02".into(),
            memo: "Rent".into(),
            reverse_on: String::new(),
            lines: self.lines(),
        };
        PostEntry { command_id: command(), typed, files: files.iter().map(|file| new(file)).collect() }
    }

    async fn post(&self, cmd: PostEntry) -> EventId {
        self.services.post_entry(&self.bookkeeper(), cmd).await.unwrap()
    }

    async fn view(&self, event: EventId) -> EventView {
        self.services.event(&self.owner, event).await.unwrap()
    }

    async fn names(&self, event: EventId) -> Vec<String> {
        self.view(event).await.files.into_iter().map(|file| file.name).collect()
    }

    async fn entry(&self, event: EventId) -> AttachedTo {
        AttachedTo::Entry(self.view(event).await.entries[0].header.id)
    }

    async fn attach(&self, to: AttachedTo, files: &[&TakenIn]) -> Result<Vec<Attachment>, ServiceError> {
        let files = files.iter().map(|file| new(file)).collect();
        self.services.attach_files(&self.bookkeeper(), AttachFiles { command_id: command(), to, files }).await
    }

    fn withdraw(one: &Attachment, reason: &str) -> WithdrawAttachment {
        WithdrawAttachment { command_id: command(), attachment_id: one.id, reason: reason.into() }
    }
}

async fn papers_come_with_an_entry_and_after_it(shop: Shop) {
    let shop = shop.keeping(&folder());
    let invoice = shop.take("C:\\scans\\invoice.pdf", PDF).await;
    assert_eq!((invoice.name.as_str(), invoice.kind), ("invoice.pdf", FileKind::Pdf));
    let cmd = shop.rent(&[&invoice]);
    let event = shop.post(cmd.clone()).await;
    assert_eq!(shop.post(cmd).await, event, "the same press again");
    assert_eq!(shop.names(event).await, ["invoice.pdf"]);

    let statement = shop.take("statement.csv", b"date,amount\n2026-03-02,1000\n").await;
    let entry = shop.entry(event).await;
    let attach = AttachFiles { command_id: command(), to: entry, files: vec![new(&statement)] };
    let added = shop.services.attach_files(&shop.bookkeeper(), attach.clone()).await.unwrap();
    assert_eq!(shop.services.attach_files(&shop.bookkeeper(), attach).await.unwrap(), added, "sent twice");
    assert_eq!(shop.names(event).await, ["invoice.pdf", "statement.csv"]);
    let about = shop.view(added[0].event).await;
    assert_eq!((about.event.kind, about.event.summary.as_str()), (EventKind::FilesAttached, "statement.csv"));
    assert_eq!(about.entry_event, Some(event), "its page leads to the entry");

    let twice = shop.attach(entry, &[&statement]).await.unwrap_err();
    assert_eq!(said(&twice), "files: “statement.csv” is attached here already");
    let gone = TakenIn { file: KeptName::of(b"never sent"), ..statement.clone() };
    let refused = shop.services.post_entry(&shop.owner, shop.rent(&[&gone])).await.unwrap_err();
    assert_eq!(said(&refused), "files: “statement.csv” is no longer here: choose it again");
    // The kind is that of the bytes, whatever a browser says of them later.
    let renamed = TakenIn { name: "statement.pdf".into(), ..statement };
    let refused = shop.attach(entry, &[&renamed]).await.unwrap_err();
    assert!(said(&refused).starts_with("files: “statement.pdf” is not what its name says"), "{refused:?}");

    let ring = shop.add_ring("100.00", "40.00").await;
    let session = shop.open_till("0").await;
    let sale = shop.sale(session, &[(ring, "100.00")], "107.00", "107.00");
    let sold = EventId(sale.command_id.0);
    shop.services.complete_sale(&shop.owner, sale).await.unwrap();
    let of_rules = shop.entry(sold).await;
    let refused = shop.attach(of_rules, &[&invoice]).await.unwrap_err();
    assert_eq!(said(&refused), "files: files belong to entries by hand: this one was posted by the rules");
    shop.verifies().await;
}

async fn a_paper_is_withdrawn_and_stays(shop: Shop) {
    let shop = shop.keeping(&folder());
    let invoice = shop.take("invoice.pdf", PDF).await;
    let event = shop.post(shop.rent(&[&invoice])).await;
    let one = shop.view(event).await.files.remove(0);
    let nothing = shop.services.withdraw_attachment(&shop.bookkeeper(), Shop::withdraw(&one, " ")).await;
    assert_eq!(said(&nothing.unwrap_err()), "reason: this is needed");
    let cmd = Shop::withdraw(&one, "of another store");
    shop.services.withdraw_attachment(&shop.bookkeeper(), cmd.clone()).await.unwrap();
    shop.services.withdraw_attachment(&shop.bookkeeper(), cmd).await.unwrap();
    let again = shop.services.withdraw_attachment(&shop.bookkeeper(), Shop::withdraw(&one, "again")).await;
    assert_eq!(said(&again.unwrap_err()), "reason: this file was withdrawn already");
    let shown = shop.view(event).await.files.remove(0);
    assert_eq!(shown.withdrawn.map(|gone| gone.reason).as_deref(), Some("of another store"));
    let hidden = shop.services.attachment(&shop.bookkeeper(), one.id).await;
    assert!(matches!(hidden, Err(ServiceError::NotFound(_))));
    let (_, bytes) = shop.services.attachment(&shop.owner, one.id).await.unwrap();
    assert_eq!(bytes, PDF);
    let back = shop.attach(one.to, &[&invoice]).await.unwrap();
    assert_eq!(back[0].position, 1, "it may come again");
    shop.verifies().await;
}

async fn what_undoes_or_repeats_an_entry_leads_to_its_papers(shop: Shop) {
    let shop = shop.keeping(&folder());
    let invoice = shop.take("invoice.pdf", PDF).await;
    let event = shop.post(shop.rent(&[&invoice])).await;
    let AttachedTo::Entry(entry) = shop.entry(event).await else { panic!("an entry") };
    let reverse =
        ReverseEntry { command_id: command(), entry, date: String::new(), reason: "typed twice".into() };
    let undone = shop.services.reverse_entry(&shop.owner, reverse).await.unwrap();
    assert_eq!(shop.names(undone).await, ["invoice.pdf"]);

    let typed = TypedRecurring {
        memo: "Lease".into(),
        day: "2".into(),
        from: "2026-02-02".into(),
        lines: shop.lines(),
        ..TypedRecurring::default()
    };
    let save = SaveRecurring { command_id: command(), recurring_id: None, version: 0, typed };
    let monthly = shop.services.save_recurring(&shop.owner, save).await.unwrap();
    let contract = shop.take("contract.pdf", b"%PDF-1.4 lease %%EOF").await;
    shop.attach(AttachedTo::Recurring(monthly), &[&contract]).await.unwrap();
    let page = shop.services.recurring_entries(&shop.owner).await.unwrap();
    assert_eq!(page.files.len(), 1);
    let month = "2026-02-01".parse().unwrap();
    let due = PostDue { command_id: command(), recurring_id: monthly, month };
    let posted = shop.services.post_due(&shop.owner, due).await.unwrap();
    let own = shop.take("receipt.txt", b"paid").await;
    shop.attach(shop.entry(posted).await, &[&own]).await.unwrap();
    let mut names = shop.names(posted).await;
    names.sort();
    assert_eq!(names, ["contract.pdf", "receipt.txt"]);

    let accrual = TypedEntry { reverse_on: "2026-04-01".into(), ..shop.rent(&[]).typed };
    let cmd = PostEntry { typed: accrual, ..shop.rent(&[&invoice]) };
    let event = shop.post(cmd).await;
    assert_eq!((shop.view(event).await.entries.len(), shop.names(event).await.len()), (2, 1));
    shop.verifies().await;
}

async fn a_paper_is_for_those_who_see_the_ledger(shop: Shop) {
    let shop = shop.keeping(&folder());
    let invoice = shop.take("invoice.pdf", PDF).await;
    let event = shop.post(shop.rent(&[&invoice])).await;
    let one = shop.view(event).await.files.remove(0);
    for role in [Role::Manager, Role::Bookkeeper, Role::Owner] {
        let (found, bytes) = shop.services.attachment(&shop.as_role(role), one.id).await.unwrap();
        assert_eq!((found.name.as_str(), bytes.as_slice()), ("invoice.pdf", PDF));
    }
    let clerk = shop.services.attachment(&shop.as_role(Role::Associate), one.id).await;
    assert!(matches!(clerk, Err(ServiceError::Forbidden(_))));
    let roles = BTreeMap::from([(StoreId(Uuid::from_u128(99)), Role::Owner)]);
    let foreign = Ctx { actor: Actor { roles, ..shop.owner.actor.clone() }, ..shop.owner.clone() };
    let hidden = shop.services.attachment(&foreign, one.id).await;
    assert!(matches!(hidden, Err(ServiceError::NotFound(_))));
    let files = vec![new(&shop.take("note.txt", b"from elsewhere").await)];
    let attach = AttachFiles { command_id: command(), to: one.to, files };
    let refused = shop.services.attach_files(&foreign, attach).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    let refused = shop.services.withdraw_attachment(&foreign, Shop::withdraw(&one, "mine")).await;
    assert!(matches!(refused, Err(ServiceError::Forbidden(_))));
    shop.verifies().await;
}

async fn a_paper_that_was_changed_is_found(shop: Shop) {
    let folder = folder();
    let shop = shop.keeping(&folder);
    // Larger than what is read at once.
    let large = "2026-03-02,1000\n".repeat(50_000);
    let table = shop.take("table.csv", large.as_bytes()).await;
    let event = shop.post(shop.rent(&[&table])).await;
    shop.verifies().await;
    // What something names is never swept, however old it is.
    let path = folder.join(table.file.to_string());
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(2 * 60 * 60);
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(old).unwrap();
    assert_eq!(shop.services.sweep_photos().await.unwrap(), 0);
    let mut damaged = large.clone().into_bytes();
    *damaged.last_mut().unwrap() = b' ';
    std::fs::write(&path, damaged).unwrap();
    let findings = shop.services.verify().await.unwrap().findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!((findings[0].event, &findings[0].detail), (Some(event), &format!("file {}", table.file)));
    std::fs::write(&path, large).unwrap();
    shop.verifies().await;
}

async fn two_people_attach_the_same_at_once(shop: Shop) {
    let shop = shop.keeping(&folder());
    let event = shop.post(shop.rent(&[])).await;
    let entry = shop.entry(event).await;
    let (one, two) = tokio::join!(shop.take("invoice.pdf", PDF), shop.take("invoice.pdf", PDF));
    assert_eq!(one, two);
    let (one, two) = ([&one], [&two]);
    let (first, second) = tokio::join!(shop.attach(entry, &one), shop.attach(entry, &two));
    assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1, "{first:?} {second:?}");
    assert_eq!(shop.names(event).await.len(), 1);
    shop.verifies().await;
}

async fn papers_are_part_of_a_backup(shop: Shop) {
    let kept = folder();
    let shop = shop.keeping(&kept);
    let invoice = shop.take("invoice.pdf", PDF).await;
    shop.post(shop.rent(&[&invoice])).await;
    let place = folder();
    std::fs::create_dir(&place).unwrap();
    let file = place.join("store.tar.gz");
    back_up(&shop.location, Some(&kept), &file, shop.clock.now()).await.unwrap();
    let restored = folder();
    unpack(&file, &place).await.unwrap().place_photos(&restored).unwrap();
    assert_eq!(std::fs::read(restored.join(invoice.file.to_string())).unwrap(), PDF);
    shop.verifies().await;
}
