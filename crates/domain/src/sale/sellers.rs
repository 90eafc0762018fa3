//! Who sold a ticket, and how much of it counts as whose.

use crate::ids::PersonId;
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use serde::{Deserialize, Serialize};

/// More than five names on a ticket is nobody's sale.
pub const MOST_SELLERS: usize = 5;

/// Somebody's part in a line; the weights of a line add up to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellerShare {
    pub person_id: PersonId,
    pub weight: Rate,
}

/// Why shares make no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum SellersRefusal {
    #[error("a ticket has at most {MOST_SELLERS} sellers")]
    TooMany,
    #[error("each seller stands on the ticket once")]
    Twice,
    #[error("each seller's share is above zero")]
    NotPositive,
    #[error("the sellers' shares add up to {0}, not to 100 %")]
    NotWhole(Rate),
    #[error("a seller does not work in this store")]
    Stranger,
}

/// Shares of equal weight for several sellers, to the last ppm.
///
/// # Errors
/// [`MoneyError`] never for a handful of sellers.
pub fn even_shares(people: &[PersonId]) -> Result<Vec<SellerShare>, MoneyError> {
    let weights = crate::tax::split(Money::from_minor(Rate::ONE.ppm()), people.len())?;
    let share = |(person_id, weight): (&PersonId, Money)| SellerShare {
        person_id: *person_id,
        weight: Rate::from_ppm(weight.minor()),
    };
    Ok(people.iter().zip(weights).map(share).collect())
}

/// Checks the shares of a ticket: a few different people, each with a part, together the whole.
///
/// # Errors
/// [`SellersRefusal`] names what does not add up.
pub fn check_shares(shares: &[SellerShare]) -> Result<(), SellersRefusal> {
    if shares.len() > MOST_SELLERS {
        return Err(SellersRefusal::TooMany);
    }
    let mut people: Vec<PersonId> = shares.iter().map(|share| share.person_id).collect();
    people.sort_unstable();
    people.dedup();
    if people.len() != shares.len() {
        return Err(SellersRefusal::Twice);
    }
    if shares.iter().any(|share| share.weight <= Rate::ZERO) {
        return Err(SellersRefusal::NotPositive);
    }
    match Rate::sum(shares.iter().map(|share| share.weight)) {
        Rate::ONE => Ok(()),
        sum => Err(SellersRefusal::NotWhole(sum)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn shares(of: &[(u128, &str)]) -> Vec<SellerShare> {
        of.iter()
            .map(|(id, percent)| SellerShare {
                person_id: PersonId(Uuid::from_u128(*id)),
                weight: Rate::parse_percent(percent).unwrap(),
            })
            .collect()
    }

    #[test]
    fn shares_add_up_to_the_whole() {
        let check = |of: &[(u128, &str)]| check_shares(&shares(of));
        assert_eq!(check(&[(1, "100")]), Ok(()));
        assert_eq!(check(&[(1, "60"), (2, "40")]), Ok(()));
        assert_eq!(check(&[(1, "33.3334"), (2, "33.3333"), (3, "33.3333")]), Ok(()));
        assert_eq!(
            check(&[(1, "60"), (2, "30")]),
            Err(SellersRefusal::NotWhole(Rate::parse_percent("90").unwrap()))
        );
        assert_eq!(check(&[]), Err(SellersRefusal::NotWhole(Rate::ZERO)));
        assert_eq!(check(&[(1, "50"), (1, "50")]), Err(SellersRefusal::Twice));
        assert_eq!(check(&[(1, "100"), (2, "0")]), Err(SellersRefusal::NotPositive));
        let six: Vec<_> = (1..=6).map(|id| (id, "10")).collect();
        assert_eq!(check(&six), Err(SellersRefusal::TooMany));
    }

    #[test]
    fn even_shares_lose_nothing() {
        for count in 1..=MOST_SELLERS {
            let people: Vec<_> = (0..count as u128).map(|id| PersonId(Uuid::from_u128(id))).collect();
            assert_eq!(check_shares(&even_shares(&people).unwrap()), Ok(()));
        }
    }
}
