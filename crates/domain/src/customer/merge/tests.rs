//! Merging and undoing.

use super::*;
use crate::customer::Contact;
use proptest::prelude::*;
use uuid::Uuid;

fn id(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

fn phones(values: &[&str]) -> Vec<Contact> {
    values.iter().map(|value| Contact { kind: None, value: (*value).to_owned() }).collect()
}

fn card(n: u128, values: &[&str]) -> ToMerge {
    let file = CustomerFile {
        last_name: Some(format!("Person {n}")),
        phones: phones(values),
        ..CustomerFile::default()
    };
    let standing = Standing { file, ..Standing::default() };
    ToMerge { id: id(n), number: format!("C{n}"), version: 1, merged_into: None, standing }
}

fn cmd(phone: Option<&str>) -> MergeCustomers {
    MergeCustomers {
        command_id: CommandId::from_parts(1, &[0; 10]),
        winner_id: id(1),
        winner_version: 1,
        loser_id: id(2),
        loser_version: 1,
        primaries: Primaries { phone: phone.map(str::to_owned), ..Primaries::default() },
    }
}

fn values(standing: &Standing) -> Vec<&str> {
    standing.file.phones.iter().map(|phone| phone.value.as_str()).collect()
}

#[test]
fn one_card_has_what_both_had() {
    let (winner, loser) = (card(1, &["+1", "+2"]), card(2, &["+2", "+3"]));
    let merged = merge(&winner, &loser, &cmd(None)).unwrap();
    assert_eq!(values(&merged), ["+1", "+2", "+3"]);
    assert_eq!(merged.file.last_name.as_deref(), Some("Person 1"));
    let merged = merge(&winner, &loser, &cmd(Some("+3"))).unwrap();
    assert_eq!(values(&merged), ["+3", "+1", "+2"]);
}

#[test]
fn what_is_not_merged() {
    use MergeRefusal as R;
    let (winner, loser) = (card(1, &[]), card(2, &[]));
    let refusal = |w: &ToMerge, l: &ToMerge| merge(w, l, &cmd(None)).unwrap_err();
    assert_eq!(refusal(&winner, &winner), R::Oneself);
    let merged = ToMerge { merged_into: Some(id(9)), ..loser.clone() };
    assert_eq!(refusal(&winner, &merged), R::Merged("C2".into()));
    assert_eq!(refusal(&merged, &winner), R::Merged("C2".into()));
    assert_eq!(refusal(&winner, &ToMerge { version: 2, ..loser.clone() }), R::Changed);
    let partner = Standing { partner: Some(id(1)), ..Standing::default() };
    assert_eq!(refusal(&winner, &ToMerge { standing: partner, ..loser }), R::Partners);
    let many: Vec<String> = (0..11).map(|n| format!("+{n}")).collect();
    let other: Vec<String> = (20..30).map(|n| format!("+{n}")).collect();
    let with = |n, list: &[String]| card(n, &list.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(refusal(&with(1, &many), &with(2, &other)), R::TooMuch { what: "phones".into(), most: 20 });
}

#[test]
fn a_household_comes_along_where_there_is_none() {
    let home = |n| Some(HouseholdId(Uuid::from_u128(n)));
    let of = |n, household, partner| ToMerge {
        standing: Standing { household, partner, ..Standing::default() },
        ..card(n, &[])
    };
    let ends = |w, l| merge(&w, &l, &cmd(None)).map(|s| (s.household, s.partner)).unwrap();
    assert_eq!(ends(of(1, None, None), of(2, home(7), Some(id(3)))), (home(7), Some(id(3))));
    assert_eq!(ends(of(1, home(8), None), of(2, home(7), Some(id(3)))), (home(8), None));
    assert_eq!(ends(of(1, home(8), Some(id(4))), of(2, home(8), Some(id(3)))), (home(8), Some(id(4))));
}

#[test]
fn what_came_meanwhile_stays_and_what_the_merge_brought_goes() {
    let (winner, loser) = (card(1, &["+1"]), card(2, &["+2"]));
    let after = merge(&winner, &loser, &cmd(Some("+2"))).unwrap();
    let mut now = after.clone();
    now.file.phones.push(Contact { kind: None, value: "+9".into() });
    now.file.note = Some("new".into());
    let undone = undo(&winner.standing, &after, &now, &[]);
    assert_eq!(values(&undone), ["+1", "+9"]);
    assert_eq!(undone.file.note.as_deref(), Some("new"));
    // A third card that is still merged has the number too.
    let still = CustomerFile { phones: phones(&["+2"]), ..CustomerFile::default() };
    assert_eq!(values(&undo(&winner.standing, &after, &after, &[still])), ["+2", "+1"]);
}

#[test]
fn chains_end_at_the_card_that_stands() {
    let merges = BTreeMap::from([(id(1), id(2)), (id(2), id(3)), (id(4), id(3))]);
    let stand = survivors(&merges);
    assert!([1, 2, 4].into_iter().all(|n| stand[&id(n)] == id(3)));
    let circle = BTreeMap::from([(id(1), id(2)), (id(2), id(1))]);
    assert_eq!(survivors(&circle).len(), 2, "even nonsense ends");
}

fn any_file() -> impl Strategy<Value = CustomerFile> {
    let text = || prop::option::of("[a-c]{1,3}");
    let list = || prop::collection::btree_set("[a-f]", 0..5);
    (text(), text(), any::<bool>(), list(), list(), text()).prop_map(
        |(first_name, company, vip, tags, values, note)| CustomerFile {
            first_name,
            last_name: Some("Example".into()),
            company,
            vip,
            tags: tags.into_iter().collect(),
            phones: values.into_iter().map(|value| Contact { kind: None, value }).collect(),
            note,
            ..CustomerFile::default()
        },
    )
}

proptest! {
    #[test]
    fn undoing_a_merge_gives_back_exactly_what_was(w in any_file(), l in any_file(), first in "[a-f]") {
        let of = |n, file| ToMerge { standing: Standing { file, ..Standing::default() }, ..card(n, &[]) };
        let (winner, loser) = (of(1, w), of(2, l));
        let after = merge(&winner, &loser, &cmd(Some(&first))).unwrap();
        prop_assert_eq!(undo(&winner.standing, &after, &after, &[]), winner.standing.clone());
        for phone in loser.standing.file.phones.iter().chain(&winner.standing.file.phones) {
            prop_assert!(after.file.phones.iter().any(|there| there.value == phone.value));
        }
    }
}
