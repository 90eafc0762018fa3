//! The out-the-door price: "five thousand, and that is with the tax".

use crate::money::{Money, MoneyError};

/// Finds the amount before tax whose total comes to `target`, or where no cent does, the nearest
/// total below. `total_of` gives the total for an amount before tax and never falls as it rises.
///
/// # Errors
/// Whatever `total_of` refuses.
pub fn out_the_door<E: From<MoneyError>>(
    target: Money,
    most: Money,
    mut total_of: impl FnMut(Money) -> Result<Money, E>,
) -> Result<Money, E> {
    let (mut low, mut high) = (0, most.minor().max(0));
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if total_of(Money::from_minor(middle))? <= target {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Ok(Money::from_minor(low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate::Rate;

    fn price(target: &str, percent: &str) -> (String, String) {
        let rate = Rate::parse_percent(percent).unwrap();
        let target: Money = target.parse().unwrap();
        let net = out_the_door(target, target, |net| net.plus(rate.of(net)?)).unwrap();
        (net.to_string(), rate.of(net).unwrap().to_string())
    }

    #[test]
    fn totals_that_come_out() {
        for (target, percent, net, tax) in [
            ("5,000.00", "7", "4,672.90", "327.10"),
            ("4,500.00", "8.875", "4,133.18", "366.82"),
            ("1,000.00", "6.25", "941.18", "58.82"),
        ] {
            assert_eq!(price(target, percent), (net.into(), tax.into()));
        }
    }

    #[test]
    fn totals_that_no_price_gives() {
        let rate = Rate::parse_percent("7").unwrap();
        let total = |net: Money| net.plus(rate.of(net)?);
        let missing = (100..=20_000).filter(|target| {
            let target = Money::from_minor(*target);
            let net = out_the_door(target, target, total).unwrap();
            let reached = total(net).unwrap();
            assert!(reached <= target && target.minus(reached).unwrap().minor() <= 1);
            reached != target
        });
        assert_eq!(missing.count(), 1_301);
    }
}
