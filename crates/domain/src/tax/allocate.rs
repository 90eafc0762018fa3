//! Splitting an amount so that no cent is lost: largest remainder.

use crate::money::{Money, MoneyError};

/// Splits an amount by weights. Each share is rounded toward zero and the cents left over go to the
/// largest remainders, earlier shares first. With no weight at all the first share takes everything.
///
/// # Errors
/// [`MoneyError::TooLarge`] when weights and amount together leave the range of the computation.
pub fn allocate(amount: Money, weights: &[i64]) -> Result<Vec<Money>, MoneyError> {
    let all: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if all <= 0 || weights.iter().any(|w| *w < 0) {
        return Ok(weights
            .iter()
            .enumerate()
            .map(|(at, _)| if at == 0 { amount } else { Money::ZERO })
            .collect());
    }
    let magnitude = i128::from(amount.minor()).abs();
    let mut shares = Vec::with_capacity(weights.len());
    let mut given: i128 = 0;
    for (at, weight) in weights.iter().enumerate() {
        let scaled = magnitude.checked_mul(i128::from(*weight)).ok_or(MoneyError::TooLarge)?;
        let (share, rest) = (scaled / all, scaled % all);
        given += share;
        shares.push((at, share, rest));
    }
    let mut left = magnitude - given;
    let mut by_rest = shares.clone();
    by_rest.sort_by(|(at_a, _, a), (at_b, _, b)| b.cmp(a).then(at_a.cmp(at_b)));
    for (at, _, _) in by_rest {
        if left == 0 {
            break;
        }
        if let Some((_, share, _)) = shares.get_mut(at) {
            *share += 1;
            left -= 1;
        }
    }
    let sign = i128::from(amount.minor().signum());
    shares
        .into_iter()
        .map(|(_, share, _)| {
            i64::try_from(sign * share).map(Money::from_minor).map_err(|_| MoneyError::TooLarge)
        })
        .collect()
}

/// Splits an amount into equal parts, the first ones a cent larger where it does not divide.
///
/// # Errors
/// [`MoneyError::TooLarge`] when the amount leaves the range of the computation.
pub fn split(amount: Money, parts: usize) -> Result<Vec<Money>, MoneyError> {
    allocate(amount, &vec![1; parts])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares(amount: &str, weights: &[i64]) -> Vec<String> {
        allocate(amount.parse().unwrap(), weights).unwrap().iter().map(Money::to_string).collect()
    }

    #[test]
    fn commission_splits() {
        assert_eq!(shares("330.00", &[50, 30, 20]), ["165.00", "99.00", "66.00"]);
        assert_eq!(shares("330.01", &[1, 1, 1]), ["110.01", "110.00", "110.00"]);
        assert_eq!(shares("1.00", &[1, 1, 1]), ["0.34", "0.33", "0.33"]);
        assert_eq!(shares("-1.00", &[1, 1, 1]), ["−0.34", "−0.33", "−0.33"]);
    }

    #[test]
    fn installments() {
        let rows = |parts| split("4,280.00".parse().unwrap(), parts).unwrap();
        assert_eq!(
            rows(6).iter().map(|m| m.minor()).collect::<Vec<_>>(),
            [71_334, 71_334, 71_333, 71_333, 71_333, 71_333]
        );
        assert_eq!(rows(5).iter().map(|m| m.minor()).collect::<Vec<_>>(), [85_600; 5]);
        assert_eq!(rows(7).iter().filter(|m| m.minor() == 61_143).count(), 6);
        assert_eq!(rows(7).last().unwrap().minor(), 61_142);
    }

    #[test]
    fn nothing_to_weigh_by() {
        assert_eq!(shares("5.00", &[0, 0]), ["5.00", "0.00"]);
        assert_eq!(shares("5.00", &[]), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn no_cent_is_lost(
            minor in -1_000_000_000_000_i64..1_000_000_000_000,
            weights in prop::collection::vec(0_i64..2_000_000, 1..12),
        ) {
            let amount = Money::from_minor(minor);
            let shares = allocate(amount, &weights).unwrap();
            prop_assert_eq!(Money::sum(shares.iter().copied()), Ok(amount));
            let all: i64 = weights.iter().sum();
            if all > 0 {
                for (share, weight) in shares.iter().zip(&weights) {
                    let exact = i128::from(minor) * i128::from(*weight);
                    let off = i128::from(share.minor()) * i128::from(all) - exact;
                    prop_assert!(off.abs() < i128::from(all), "more than a cent off");
                }
            }
        }
    }
}
