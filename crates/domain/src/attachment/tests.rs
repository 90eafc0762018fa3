//! Papers as a bookkeeper sends them.

use super::*;
use crate::ids::{PersonId, StoreId};
use chrono::{DateTime, NaiveDate};

const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

fn ids() -> Ids {
    Ids::new(CommandId(Uuid::from_u128(5)))
}

fn entry() -> AttachedTo {
    AttachedTo::Entry(EntryId(Uuid::from_u128(1)))
}

fn around() -> (Origin, Moment) {
    let (actor, store) = (PersonId(Uuid::nil()), StoreId(Uuid::nil()));
    let origin = Origin { actor, store, till: None, session: None, device: None };
    (origin, Moment::new(DateTime::default(), NaiveDate::default()))
}

fn text(number: usize) -> TakenIn {
    look_at("note.txt", format!("note {number}").as_bytes()).unwrap()
}

#[test]
fn a_file_is_what_it_says() {
    let taken = look_at("folder/March.PDF", PDF).unwrap();
    assert_eq!((taken.name.as_str(), taken.kind, taken.bytes), ("March.PDF", FileKind::Pdf, 15));
    assert_eq!(taken.file, KeptName::of(PDF));
    let refused = |name: &str, bytes: &[u8]| look_at(name, bytes).unwrap_err().to_string();
    for (name, bytes, sentence) in [
        (
            "rent.pdf",
            &b"rent"[..],
            "“rent.pdf” is not what its name says: inside it is of the kind “Plain text”",
        ),
        ("rent.csv", PDF, "“rent.csv” is not what its name says: inside it is of the kind “PDF”"),
        (
            "rent.exe",
            b"MZ\0",
            "“rent.exe” is none of the kinds that are kept here: PDF, PNG, JPEG, CSV or plain text",
        ),
        ("rent.txt", b"", "“rent.txt” is empty"),
        (
            "5555555555554444.pdf",
            PDF,
            "the file's name cannot be kept: this looks like a card number: card data is never kept here",
        ),
    ] {
        assert_eq!(refused(name, bytes), sentence);
    }
    let large = vec![b'a'; LARGEST_ATTACHMENT + 1];
    assert_eq!(refused("a.txt", &large), "“a.txt” is larger than 10 MB");
    assert!(look_at("a.txt", &large[1..]).is_ok());
}

#[test]
fn files_are_attached_once_and_a_few() {
    let event = EventId(Uuid::from_u128(9));
    let attach =
        |there: &[Attachment], more: &[TakenIn]| super::attach(entry(), there, more, event, &mut ids());
    let two = attach(&[], &[text(1), text(2)]).unwrap();
    assert_eq!(two.iter().map(|one| one.position).collect::<Vec<_>>(), [0, 1]);
    assert_ne!(two[0].id, two[1].id);
    let twice = AttachmentRefusal::Twice("note.txt".into());
    assert_eq!(attach(&two, &[text(2)]), Err(twice.clone()));
    assert_eq!(attach(&[], &[text(3), text(3)]), Err(twice));
    let withdrawn = Withdrawn { event, reason: "of another store".into() };
    let gone: Vec<Attachment> =
        two.into_iter().map(|one| Attachment { withdrawn: Some(withdrawn.clone()), ..one }).collect();
    assert_eq!(attach(&gone, &[text(2)]).map(|more| more[0].position), Ok(2), "it may come again");
    let many: Vec<TakenIn> = (0..=MOST_ATTACHMENTS).map(text).collect();
    assert_eq!(attach(&[], &many), Err(AttachmentRefusal::TooMany));
    assert_eq!(attach(&[], &many[1..]).map(|all| all.len()), Ok(20));
    assert_eq!(attach(&gone, &many[2..]), Err(AttachmentRefusal::TooMany), "what was withdrawn counts");
}

#[test]
fn a_file_is_withdrawn_once_and_for_a_reason() {
    let (origin, moment) = around();
    let event = EventId(Uuid::from_u128(9));
    let one = super::attach(entry(), &[], &[text(1)], event, &mut ids()).unwrap().remove(0);
    let cmd = |reason: &str| WithdrawAttachment {
        command_id: CommandId(Uuid::from_u128(6)),
        attachment_id: one.id,
        reason: reason.into(),
    };
    let (withdrawn, record) = cmd(" of another store ").decide(&one, &origin, &moment).unwrap();
    assert_eq!(withdrawn.reason, "of another store");
    assert_eq!(record.event.summary, "note.txt: of another store");
    assert_eq!(cmd("").decide(&one, &origin, &moment).unwrap_err()[0].message, "this is needed");
    let gone = Attachment { withdrawn: Some(withdrawn), ..one.clone() };
    let again = cmd("again").decide(&gone, &origin, &moment).unwrap_err();
    assert_eq!(again[0].message, "this file was withdrawn already");
}
