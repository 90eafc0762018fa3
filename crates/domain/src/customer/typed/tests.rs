//! What stands in the fields, and what becomes of it.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn named() -> TypedCustomer {
    TypedCustomer { last_name: "Example".into(), ..TypedCustomer::default() }
}

fn complaints(typed: &TypedCustomer) -> Vec<String> {
    typed.check().unwrap_err().into_iter().map(|error| error.field).collect()
}

#[test]
fn a_customer_needs_a_name() {
    let errors = TypedCustomer::default().check().unwrap_err();
    assert_eq!(errors, [FieldError::new("last_name", "enter a name or a company")]);
}

#[test]
fn every_wrong_field_is_named() {
    let date = |month: &str, day: &str, year: &str| TypedDate {
        occasion: "birthday".into(),
        month: month.into(),
        day: day.into(),
        year: year.into(),
        ..TypedDate::default()
    };
    let typed = TypedCustomer {
        first_name: "4242 4242 4242 4242".into(),
        phones: vec![TypedContact::new("mobile", "5550102030"), TypedContact::new("", "12")],
        emails: vec![TypedContact::new("", "nobody")],
        exemption_expires_on: "soon".into(),
        dates: vec![date("2", "30", ""), date("2", "29", "2023"), date("1", "1", "85"), date("2", "29", "")],
        rings: vec![TypedRing { size: "21".into(), ..TypedRing::default() }],
        private: vec![TypedPrivate {
            kind: "tax_id".into(),
            value: "4242424242424242".into(),
            ..TypedPrivate::default()
        }],
        ..TypedCustomer::default()
    };
    assert_eq!(
        complaints(&typed),
        [
            "exemption_expires_on",
            "first_name",
            "phones.1.value",
            "emails.0.value",
            "dates.0.day",
            "dates.1.day",
            "dates.2.year",
            "rings.0.size",
            "private.0.value"
        ]
    );
}

#[test]
fn a_card_number_is_refused_in_every_field() {
    let card = || "4242 4242 4242 4242".to_owned();
    let typed = TypedCustomer {
        first_name: card(),
        last_name: card(),
        company: card(),
        tags: card(),
        metal: card(),
        style: card(),
        tastes: card(),
        note: card(),
        exemption_certificate: card(),
        phones: vec![TypedContact { kind: card(), value: String::new() }],
        emails: vec![TypedContact { kind: card(), value: card() }],
        addresses: vec![TypedAddress {
            kind: card(),
            street: card(),
            city: card(),
            state: card(),
            postal_code: card(),
        }],
        dates: vec![TypedDate { of_whom: card(), ..TypedDate::default() }],
        rings: vec![TypedRing { of_whom: card(), finger: card(), ..TypedRing::default() }],
        private: vec![TypedPrivate { kind: "id_number".into(), of_whom: card(), value: card() }],
        ..TypedCustomer::default()
    };
    let refused = typed.check().unwrap_err();
    assert_eq!(refused.len(), 22);
    assert!(refused.iter().all(|error| error.message == TextError::CardNumber.to_string()), "{refused:?}");
}

#[test]
fn a_birthday_with_its_year_is_sealed() {
    let date = |occasion: &str, year: &str| TypedDate {
        occasion: occasion.into(),
        of_whom: String::new(),
        month: "4".into(),
        day: "12".into(),
        year: year.into(),
    };
    let dates = vec![date("birthday", "1985"), date("birthday", ""), date("anniversary", "2010")];
    let checked = TypedCustomer { dates, ..named() }.check().unwrap();
    let kept: Vec<_> = checked.file.dates.iter().map(|date| (date.occasion, date.year)).collect();
    assert_eq!(kept, [(Occasion::Birthday, None), (Occasion::Anniversary, Some(2010))]);
    let sealed: Vec<_> = checked.private.iter().map(|new| (new.kind, new.value.as_str())).collect();
    assert_eq!(sealed, [(PrivateKind::BirthDate, "1985-04-12")]);
}

#[test]
fn what_stands_twice_counts_once_and_empty_rows_do_not() {
    let phones = ["(555) 010-2030", "", "+1 555 010 2030"].map(|phone| TypedContact::new("mobile", phone));
    let typed = TypedCustomer { phones: phones.into(), tags: "Watches, watches,, Gold ".into(), ..named() };
    let file = typed.check().unwrap().file;
    assert_eq!(file.phones.len(), 1);
    assert_eq!(file.tags, ["gold", "watches"]);
}

#[test]
fn a_card_is_bounded() {
    let phone = |n: usize| TypedContact::new("", format!("555 010 {n:04}"));
    let with = |count: usize| TypedCustomer { phones: (0..count).map(phone).collect(), ..named() };
    assert!(with(20).check().is_ok());
    assert_eq!(complaints(&with(21)), ["phones"]);
    let kept = |count: u128| TypedCustomer {
        keep_private: (0..count).map(|n| PrivateId(Uuid::from_u128(n))).collect(),
        private: vec![TypedPrivate { kind: "tax_id".into(), value: "1".into(), ..TypedPrivate::default() }],
        ..named()
    };
    assert!(kept(19).check().is_ok());
    assert_eq!(complaints(&kept(20)), ["private"]);
}

#[test]
fn sizes_read_as_people_write_them() {
    for (typed, size) in
        [("6", 24), ("6.25", 25), ("6 1/2", 26), ("6¾", 27), ("6.50", 26), ("0", 0), ("20", 80)]
    {
        assert_eq!(quarters(typed), Some(size), "{typed}");
    }
    for typed in ["", "6.3", "20.25", "-1", "six", "4294967295"] {
        assert_eq!(quarters(typed), None, "{typed}");
    }
}

#[test]
fn a_card_in_the_form_reads_as_itself() {
    let typed = TypedCustomer {
        vip: true,
        tags: "gold, watches".into(),
        phones: vec![TypedContact::new("mobile", "+15550102030"), TypedContact::new("", "+15550102031")],
        addresses: vec![TypedAddress {
            kind: "home".into(),
            city: "Sampleton".into(),
            ..TypedAddress::default()
        }],
        rings: vec![TypedRing { size: "6½".into(), finger: "ring".into(), of_whom: String::new() }],
        exemption_certificate: "R-1".into(),
        exemption_reason: "resale".into(),
        ..named()
    };
    let detail = CustomerDetail {
        id: CustomerId(Uuid::nil()),
        number: "C00001".into(),
        version: 1,
        file: typed.check().unwrap().file,
        private: Vec::new(),
        notes: Vec::new(),
        household: None,
        merged: Vec::new(),
    };
    assert_eq!(TypedCustomer::from(&detail), typed);
}

#[test]
fn a_digest_of_the_command_knows_nothing_private() {
    let typed = TypedCustomer {
        private: vec![TypedPrivate { value: "123-45-6789".into(), ..TypedPrivate::default() }],
        dates: vec![TypedDate { year: "1985".into(), ..TypedDate::default() }],
        ..named()
    };
    let cmd = SaveCustomer { command_id: CommandId(Uuid::nil()), customer_id: None, version: 0, typed };
    let text = serde_json::to_string(&cmd.without_private()).unwrap();
    assert!(!text.contains("6789") && !text.contains("1985"));
}

proptest! {
    #[test]
    fn no_form_makes_it_panic(text in ".{0,30}", month in "[0-9-]{0,3}", year in "[0-9]{0,12}") {
        let date = TypedDate { occasion: "other".into(), month: month.clone(), day: month, year, of_whom: text.clone() };
        let typed = TypedCustomer {
            tags: text.clone(),
            rings: vec![TypedRing { size: text.clone(), ..TypedRing::default() }],
            phones: vec![TypedContact::new(&text, text.clone())],
            dates: vec![date],
            ..TypedCustomer::default()
        };
        let _ = typed.check();
    }
}
