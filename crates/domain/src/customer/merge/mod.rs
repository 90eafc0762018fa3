//! Two cards that are one customer. One card stands for both; the other points to it and stays as it is, so that
//! undoing gives back both. What was sold and posted stays where it is and is read through the card that stands.

use crate::customer::card::{Address, CustomerFile, Tastes};
use crate::customer::limits::{MOST_CONTACTS, MOST_DATES, MOST_RINGS, MOST_TAGS};
use crate::ids::{CommandId, CustomerId, EventId, HouseholdId};
use crate::text;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Makes one card stand for two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeCustomers {
    pub command_id: CommandId,
    /// The card that stays.
    pub winner_id: CustomerId,
    pub winner_version: i64,
    pub loser_id: CustomerId,
    pub loser_version: i64,
    pub primaries: Primaries,
}

/// Which of all the ways to reach them comes first; nothing chosen leaves the first of the card that stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Primaries {
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<Address>,
}

/// Makes two cards of one again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoMerge {
    pub command_id: CommandId,
    /// The event of the merge.
    pub merge_id: EventId,
}

/// What of a customer a merge may change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    pub file: CustomerFile,
    pub household: Option<HouseholdId>,
    pub partner: Option<CustomerId>,
}

/// One of the two, as it stood when the transaction began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToMerge {
    pub id: CustomerId,
    pub number: String,
    pub version: i64,
    pub merged_into: Option<CustomerId>,
    pub standing: Standing,
}

/// A card that another one stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedCard {
    pub merge_id: EventId,
    pub number: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum MergeRefusal {
    #[error("a card cannot be merged into itself")]
    Oneself,
    #[error("{0} is part of another card already: merge that one")]
    Merged(String),
    #[error("the cards were changed meanwhile: look at both again")]
    Changed,
    #[error("these two are partners: end the link between them first")]
    Partners,
    #[error("together they have more than {most} {what}: take some off first")]
    TooMuch { what: String, most: usize },
    #[error("this was undone already")]
    Undone,
    #[error("the card {0} was merged further: undo that first")]
    MergedFurther(String),
}

/// The card that stands for both, as it becomes. What both say stays as the winner says it; lists become one; nothing
/// private moves.
///
/// # Errors
/// [`MergeRefusal`]
pub fn merge(winner: &ToMerge, loser: &ToMerge, cmd: &MergeCustomers) -> Result<Standing, MergeRefusal> {
    if winner.id == loser.id {
        return Err(MergeRefusal::Oneself);
    }
    if let Some(merged) = [winner, loser].into_iter().find(|card| card.merged_into.is_some()) {
        return Err(MergeRefusal::Merged(merged.number.clone()));
    }
    if winner.version != cmd.winner_version || loser.version != cmd.loser_version {
        return Err(MergeRefusal::Changed);
    }
    let (w, l) = (&winner.standing, &loser.standing);
    if w.partner == Some(loser.id) || l.partner == Some(winner.id) {
        return Err(MergeRefusal::Partners);
    }
    let file = one_file(&w.file, &l.file, &cmd.primaries);
    fits(&file)?;
    let household = w.household.or(l.household);
    let partner = w.partner.or_else(|| l.partner.filter(|_| household == l.household));
    Ok(Standing { file, household, partner })
}

fn one_file(w: &CustomerFile, l: &CustomerFile, first: &Primaries) -> CustomerFile {
    let either = |one: &Option<String>, other: &Option<String>| one.clone().or_else(|| other.clone());
    let phones = both_by(&w.phones, &l.phones, |one, other| one.value == other.value);
    let emails = both_by(&w.emails, &l.emails, |one, other| one.value == other.value);
    CustomerFile {
        first_name: either(&w.first_name, &l.first_name),
        last_name: either(&w.last_name, &l.last_name),
        company: either(&w.company, &l.company),
        vip: w.vip || l.vip,
        tags: w.tags.iter().chain(&l.tags).cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        phones: to_front(phones, |contact| Some(&contact.value) == first.phone.as_ref()),
        emails: to_front(emails, |contact| Some(&contact.value) == first.email.as_ref()),
        addresses: to_front(both(&w.addresses, &l.addresses), |address| {
            Some(address) == first.address.as_ref()
        }),
        dates: both(&w.dates, &l.dates),
        tastes: Tastes {
            metal: either(&w.tastes.metal, &l.tastes.metal),
            style: either(&w.tastes.style, &l.tastes.style),
            text: texts(w.tastes.text.as_ref(), l.tastes.text.as_ref()),
            rings: both(&w.tastes.rings, &l.tastes.rings),
        },
        note: texts(w.note.as_ref(), l.note.as_ref()),
        exemption: w.exemption.clone().or_else(|| l.exemption.clone()),
    }
}

fn both<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    both_by(one, other, PartialEq::eq)
}

/// All of one, and of the other what one has not.
fn both_by<T: Clone>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let new = other.iter().filter(|there| !one.iter().any(|here| same(here, there)));
    one.iter().chain(new).cloned().collect()
}

fn to_front<T>(mut list: Vec<T>, is_first: impl Fn(&T) -> bool) -> Vec<T> {
    if let Some(list) = list.iter().position(is_first).and_then(|at| list.get_mut(..=at)) {
        list.rotate_right(1);
    }
    list
}

/// One text under the other; the winner's alone where both are too long for one.
fn texts(one: Option<&String>, other: Option<&String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => {
            let both = format!("{one}\n{other}");
            Some(if both.chars().count() > text::LONGEST_NOTE { one.clone() } else { both })
        }
        _ => one.or(other).cloned(),
    }
}

fn fits(file: &CustomerFile) -> Result<(), MergeRefusal> {
    let lists = [
        ("phones", file.phones.len(), MOST_CONTACTS),
        ("e-mails", file.emails.len(), MOST_CONTACTS),
        ("addresses", file.addresses.len(), MOST_CONTACTS),
        ("days", file.dates.len(), MOST_DATES),
        ("ring sizes", file.tastes.rings.len(), MOST_RINGS),
        ("tags", file.tags.len(), MOST_TAGS),
    ];
    match lists.into_iter().find(|(_, count, most)| count > most) {
        Some((what, _, most)) => Err(MergeRefusal::TooMuch { what: what.to_owned(), most }),
        None => Ok(()),
    }
}

/// The winner as it becomes when a merge is undone. Untouched since, it is exactly what it was before. What was
/// changed or added to it meanwhile stays; what the merge brought goes, unless a card that is still merged has it too.
#[must_use]
pub fn undo(before: &Standing, after: &Standing, now: &Standing, still: &[CustomerFile]) -> Standing {
    let Standing { file: b, .. } = before;
    let (a, n) = (&after.file, &now.file);
    let text = |b: &Option<String>, a: &Option<String>, n: &Option<String>| back(b, a, n);
    Standing {
        file: CustomerFile {
            first_name: text(&b.first_name, &a.first_name, &n.first_name),
            last_name: text(&b.last_name, &a.last_name, &n.last_name),
            company: text(&b.company, &a.company, &n.company),
            vip: back(&b.vip, &a.vip, &n.vip),
            tags: list_back(b, a, n, still, |file| &file.tags),
            phones: list_back(b, a, n, still, |file| &file.phones),
            emails: list_back(b, a, n, still, |file| &file.emails),
            addresses: list_back(b, a, n, still, |file| &file.addresses),
            dates: list_back(b, a, n, still, |file| &file.dates),
            tastes: Tastes {
                metal: text(&b.tastes.metal, &a.tastes.metal, &n.tastes.metal),
                style: text(&b.tastes.style, &a.tastes.style, &n.tastes.style),
                text: text(&b.tastes.text, &a.tastes.text, &n.tastes.text),
                rings: list_back(b, a, n, still, |file| &file.tastes.rings),
            },
            note: text(&b.note, &a.note, &n.note),
            exemption: back(&b.exemption, &a.exemption, &n.exemption),
        },
        household: back(&before.household, &after.household, &now.household),
        partner: back(&before.partner, &after.partner, &now.partner),
    }
}

/// What was, unless it was changed since.
fn back<T: Clone + PartialEq>(before: &T, after: &T, now: &T) -> T {
    if now == after { before.clone() } else { now.clone() }
}

fn list_back<T: Clone + PartialEq>(
    before: &CustomerFile,
    after: &CustomerFile,
    now: &CustomerFile,
    still: &[CustomerFile],
    list: impl Fn(&CustomerFile) -> &Vec<T>,
) -> Vec<T> {
    let held =
        |entry: &T| list(before).contains(entry) || still.iter().any(|file| list(file).contains(entry));
    if list(now) == list(after)
        && list(after).iter().all(|entry| !held(entry) || list(before).contains(entry))
    {
        return list(before).clone();
    }
    let brought = |entry: &T| list(after).contains(entry) && !held(entry);
    list(now).iter().filter(|entry| !brought(entry)).cloned().collect()
}

/// Which card stands for each merged one, from the merges that were not undone: loser and winner of each.
#[must_use]
pub fn survivors(merges: &BTreeMap<CustomerId, CustomerId>) -> BTreeMap<CustomerId, CustomerId> {
    let last = |mut id: CustomerId| {
        // No chain is longer than there are merges.
        for _ in 0..merges.len() {
            match merges.get(&id) {
                Some(next) => id = *next,
                None => break,
            }
        }
        id
    };
    merges.keys().map(|loser| (*loser, last(*loser))).collect()
}

#[cfg(test)]
mod tests;
