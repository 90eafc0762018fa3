//! Who belongs together: a household with a name and one who leads it, and partners within it.

use crate::ids::{CommandId, CustomerId, HouseholdId, Ids};
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

/// More is a club.
pub const MOST_MEMBERS: usize = 30;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Household {
    pub id: HouseholdId,
    pub name: String,
    /// Whoever is written to for all of them.
    pub primary: CustomerId,
    /// In the order in which they came into the book.
    pub members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub id: CustomerId,
    pub number: String,
    pub name: String,
    /// Each other's, or nobody's.
    pub partner: Option<CustomerId>,
}

/// Changes the household of one customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeHousehold {
    pub command_id: CommandId,
    pub customer_id: CustomerId,
    pub change: HouseholdChange,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum HouseholdChange {
    /// Goes into the household of the other, takes them into the own one, or begins one of this name.
    Join {
        with: CustomerId,
        name: String,
    },
    Leave,
    Rename {
        name: String,
    },
    /// Becomes the one who leads it.
    Lead,
    Partner {
        with: CustomerId,
    },
    NoPartner,
}

impl HouseholdChange {
    /// Whom it names besides the customer.
    #[must_use]
    pub const fn other(&self) -> Option<CustomerId> {
        match self {
            Self::Join { with, .. } | Self::Partner { with } => Some(*with),
            _ => None,
        }
    }
}

/// Everything the change depends on.
#[derive(Debug, Clone)]
pub struct HouseholdState {
    pub customer: Member,
    pub own: Option<Household>,
    /// Whom the change names, with their household.
    pub other: Option<(Member, Option<Household>)>,
}

/// What there is to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdOutcome {
    /// The household as it is afterwards, with everybody in it.
    pub stays: Option<Household>,
    /// A household that ends.
    pub ends: Option<HouseholdId>,
    /// Those who are in none afterwards.
    pub alone: Vec<CustomerId>,
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum HouseholdRefusal {
    #[error("somebody else is needed for a household")]
    Oneself,
    #[error("{0} and {1} are in one household already")]
    Together(String, String),
    #[error("{0} and {1} are in different households: one of them leaves theirs first")]
    Apart(String, String),
    #[error("a household has at most {MOST_MEMBERS} members")]
    TooMany,
    #[error("{0} is in no household")]
    InNone(String),
    #[error("partners are members of one household: link the two first")]
    NoMember,
    #[error("this customer is not in the book")]
    Unknown,
    /// What is wrong with the name.
    #[error(transparent)]
    Name(#[from] TextError),
}

/// Decides a change.
///
/// A household has at least two members: the last one left has none. Who leaves is nobody's partner any more, and if
/// they led, whoever has been in the book longest leads.
///
/// # Errors
/// [`HouseholdRefusal`]
pub fn change(
    state: &HouseholdState,
    cmd: &ChangeHousehold,
    ids: &mut Ids,
) -> Result<HouseholdOutcome, HouseholdRefusal> {
    use HouseholdRefusal as R;
    let customer = &state.customer;
    let own = || state.own.clone().ok_or_else(|| R::InNone(customer.name.clone()));
    let stays = |household: Household, summary: String| {
        let (ends, alone) = (None, Vec::new());
        HouseholdOutcome { stays: Some(household), ends, alone, summary }
    };
    match &cmd.change {
        HouseholdChange::Join { name, .. } => {
            let (other, theirs) = state.other.clone().ok_or(R::Unknown)?;
            if other.id == customer.id {
                return Err(R::Oneself);
            }
            let household = match (state.own.clone(), theirs) {
                (Some(own), Some(theirs)) if own.id == theirs.id => {
                    return Err(R::Together(customer.name.clone(), other.name));
                }
                (Some(_), Some(_)) => return Err(R::Apart(customer.name.clone(), other.name)),
                (Some(own), None) => with(own, other.clone())?,
                (None, Some(theirs)) => with(theirs, customer.clone())?,
                (None, None) => {
                    let name = text::required_line(name)?;
                    let members = in_order(vec![customer.clone(), other.clone()]);
                    Household { id: ids.draw(), name, primary: customer.id, members }
                }
            };
            let summary =
                format!("{} and {} are of the household {}", customer.name, other.name, household.name);
            Ok(stays(household, summary))
        }
        HouseholdChange::Leave => Ok(leave(own()?, customer)),
        HouseholdChange::Rename { name } => {
            let household = Household { name: text::required_line(name)?, ..own()? };
            let summary = format!("The household is now {}", household.name);
            Ok(stays(household, summary))
        }
        HouseholdChange::Lead => {
            let household = Household { primary: customer.id, ..own()? };
            let summary = format!("{} leads the household {}", customer.name, household.name);
            Ok(stays(household, summary))
        }
        HouseholdChange::Partner { with } => {
            let mut household = own()?;
            let other = household.members.iter().find(|member| member.id == *with && *with != customer.id);
            let summary = format!("{} and {} are partners", customer.name, other.ok_or(R::NoMember)?.name);
            part(&mut household, customer.id);
            part(&mut household, *with);
            for member in &mut household.members {
                match member.id {
                    id if id == customer.id => member.partner = Some(*with),
                    id if id == *with => member.partner = Some(customer.id),
                    _ => {}
                }
            }
            Ok(stays(household, summary))
        }
        HouseholdChange::NoPartner => {
            let mut household = own()?;
            part(&mut household, customer.id);
            let summary = format!("{} is nobody's partner any more", customer.name);
            Ok(stays(household, summary))
        }
    }
}

fn in_order(mut members: Vec<Member>) -> Vec<Member> {
    members.sort_by_key(|member| member.id);
    members
}

fn with(mut household: Household, joins: Member) -> Result<Household, HouseholdRefusal> {
    if household.members.len() >= MOST_MEMBERS {
        return Err(HouseholdRefusal::TooMany);
    }
    household.members.push(joins);
    Ok(Household { members: in_order(household.members), ..household })
}

/// Ends the link between somebody and their partner.
fn part(household: &mut Household, id: CustomerId) {
    for member in &mut household.members {
        if member.id == id || member.partner == Some(id) {
            member.partner = None;
        }
    }
}

fn leave(mut household: Household, customer: &Member) -> HouseholdOutcome {
    let summary = format!("{} left the household {}", customer.name, household.name);
    part(&mut household, customer.id);
    household.members.retain(|member| member.id != customer.id);
    let mut alone = vec![customer.id];
    match household.members.as_slice() {
        [] | [_] => {
            alone.extend(household.members.iter().map(|member| member.id));
            HouseholdOutcome { stays: None, ends: Some(household.id), alone, summary }
        }
        [longest, ..] => {
            let primary = if household.primary == customer.id { longest.id } else { household.primary };
            let stays = Some(Household { primary, ..household });
            HouseholdOutcome { stays, ends: None, alone, summary }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u128) -> CustomerId {
        CustomerId(Uuid::from_u128(n))
    }

    fn member(n: u128) -> Member {
        Member { id: id(n), number: format!("C{n}"), name: format!("Person {n}"), partner: None }
    }

    fn household(members: &[u128]) -> Household {
        Household {
            id: HouseholdId(Uuid::from_u128(100)),
            name: "Example".into(),
            primary: id(members[0]),
            members: members.iter().map(|n| member(*n)).collect(),
        }
    }

    fn decide(
        own: Option<Household>,
        other: Option<(Member, Option<Household>)>,
        change: HouseholdChange,
    ) -> Result<HouseholdOutcome, HouseholdRefusal> {
        let command_id = CommandId::from_parts(1, &[0; 10]);
        let cmd = ChangeHousehold { command_id, customer_id: id(1), change };
        let state = HouseholdState { customer: member(1), own, other };
        super::change(&state, &cmd, &mut Ids::new(command_id))
    }

    fn join(with: u128) -> HouseholdChange {
        HouseholdChange::Join { with: id(with), name: "Example".into() }
    }

    fn members(outcome: &HouseholdOutcome) -> Vec<CustomerId> {
        outcome.stays.iter().flat_map(|h| &h.members).map(|member| member.id).collect()
    }

    #[test]
    fn two_begin_a_household_or_one_joins_the_other() {
        let begun = decide(None, Some((member(2), None)), join(2)).unwrap();
        assert_eq!(members(&begun), [id(1), id(2)]);
        assert_eq!(begun.stays.unwrap().primary, id(1));
        let joined = decide(None, Some((member(2), Some(household(&[2, 3])))), join(2)).unwrap();
        assert_eq!(members(&joined), [id(1), id(2), id(3)]);
        assert_eq!(joined.stays.unwrap().primary, id(2));
        let took = decide(Some(household(&[1, 3])), Some((member(2), None)), join(2)).unwrap();
        assert_eq!(members(&took), [id(1), id(2), id(3)]);
    }

    #[test]
    fn what_makes_no_household() {
        use HouseholdRefusal as R;
        let refusal = |own, other, change| decide(own, other, change).unwrap_err();
        assert_eq!(refusal(None, Some((member(1), None)), join(1)), R::Oneself);
        assert_eq!(refusal(None, None, join(9)), R::Unknown);
        let one = household(&[1, 2]);
        let name = |n: u128| member(n).name;
        assert_eq!(
            refusal(Some(one.clone()), Some((member(2), Some(one.clone()))), join(2)),
            R::Together(name(1), name(2))
        );
        let another = Household { id: HouseholdId(Uuid::from_u128(101)), ..household(&[3, 4]) };
        assert_eq!(
            refusal(Some(one.clone()), Some((member(3), Some(another))), join(3)),
            R::Apart(name(1), name(3))
        );
        let full: Vec<u128> = (2..32).collect();
        assert_eq!(refusal(None, Some((member(2), Some(household(&full)))), join(2)), R::TooMany);
        let nameless = HouseholdChange::Join { with: id(2), name: " ".into() };
        assert_eq!(refusal(None, Some((member(2), None)), nameless), R::Name(TextError::Missing));
        for change in [HouseholdChange::Leave, HouseholdChange::Lead, HouseholdChange::NoPartner] {
            assert_eq!(refusal(None, None, change), R::InNone(name(1)));
        }
        assert_eq!(refusal(Some(one.clone()), None, HouseholdChange::Partner { with: id(9) }), R::NoMember);
        assert_eq!(refusal(Some(one), None, HouseholdChange::Partner { with: id(1) }), R::NoMember);
    }

    #[test]
    fn whoever_leaves_leaves_leader_and_partner_behind() {
        let mut family = household(&[1, 2, 3]);
        family.members[0].partner = Some(id(2));
        family.members[1].partner = Some(id(1));
        let left = decide(Some(family), None, HouseholdChange::Leave).unwrap();
        assert_eq!((members(&left), left.alone.as_slice()), (vec![id(2), id(3)], [id(1)].as_slice()));
        let stays = left.stays.unwrap();
        assert_eq!((stays.primary, stays.members[0].partner), (id(2), None));
        let ended = decide(Some(household(&[1, 2])), None, HouseholdChange::Leave).unwrap();
        assert_eq!((ended.stays, ended.alone), (None, vec![id(1), id(2)]));
        assert!(ended.ends.is_some());
    }

    #[test]
    fn a_new_partner_frees_the_old_ones() {
        let mut family = household(&[1, 2, 3, 4]);
        for (one, other) in [(0, 2), (1, 1), (2, 4), (3, 3)] {
            family.members[one].partner = Some(id(other));
        }
        let changed = decide(Some(family), None, HouseholdChange::Partner { with: id(3) }).unwrap();
        let partners: Vec<_> = changed.stays.unwrap().members.iter().map(|member| member.partner).collect();
        assert_eq!(partners, [Some(id(3)), None, Some(id(1)), None]);
    }

    proptest! {
        #[test]
        fn partners_are_each_others_whatever_happens(steps in prop::collection::vec((1_u128..6, 0..4), 0..20)) {
            let mut now = household(&[1, 2, 3, 4, 5]);
            for (other, kind) in steps {
                let change = match kind {
                    0 => HouseholdChange::Partner { with: id(other) },
                    1 => HouseholdChange::NoPartner,
                    2 => HouseholdChange::Lead,
                    _ => HouseholdChange::Rename { name: "Another".into() },
                };
                if let Ok(HouseholdOutcome { stays: Some(stays), .. }) = decide(Some(now.clone()), None, change) {
                    now = stays;
                }
                for member in &now.members {
                    if let Some(partner) = member.partner {
                        let back = now.members.iter().find(|m| m.id == partner).unwrap().partner;
                        prop_assert_eq!(back, Some(member.id));
                    }
                }
            }
        }
    }
}
