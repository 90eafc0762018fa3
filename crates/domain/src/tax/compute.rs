//! The tax on a ticket, line by line and jurisdiction by jurisdiction.

use super::{Levy, TaxRounding, Taxability, allocate};
use crate::ids::JurisdictionId;
use crate::money::{Money, MoneyError};
use crate::rate::{Rate, round_half_up};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What of a line matters for its tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxableLine {
    /// Price after every discount, for all of the line's items.
    pub net: Money,
    pub quantity: i64,
    pub taxability: Taxability,
}

/// What one jurisdiction takes on one line. A return gives back exactly this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxPart {
    pub jurisdiction_id: JurisdictionId,
    pub rate: Rate,
    /// What of the line was taxed: the net price, or the cap.
    pub base: Money,
    pub tax: Money,
}

/// The tax on one line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LineTax {
    pub parts: Vec<TaxPart>,
}

impl LineTax {
    /// # Errors
    /// [`MoneyError::TooLarge`] when the sum does not fit.
    pub fn total(&self) -> Result<Money, MoneyError> {
        Money::sum(self.parts.iter().map(|part| part.tax))
    }
}

/// Computes the tax of a ticket. All uncapped levies are combined and rounded once, each capped levy
/// is rounded on its own; what was rounded together is handed out by largest remainder, so the parts
/// always add up to what the customer pays.
///
/// # Errors
/// [`MoneyError::TooLarge`] when an amount does not fit.
pub fn compute(
    lines: &[TaxableLine],
    levies: &[Levy],
    rounding: TaxRounding,
) -> Result<Vec<LineTax>, MoneyError> {
    let mut taxes = vec![LineTax::default(); lines.len()];
    let (capped, combined): (Vec<Levy>, Vec<Levy>) =
        levies.iter().copied().partition(|levy| levy.cap_per_item.is_some());
    let groups = std::iter::once(combined).chain(capped.into_iter().map(|levy| vec![levy]));
    for group in groups.filter(|group| !group.is_empty()) {
        tax_group(lines, &group, rounding, &mut taxes)?;
    }
    Ok(taxes)
}

/// Adds what one rounding group levies to each line.
fn tax_group(
    lines: &[TaxableLine],
    group: &[Levy],
    rounding: TaxRounding,
    taxes: &mut [LineTax],
) -> Result<(), MoneyError> {
    let rate = Rate::sum(group.iter().map(|levy| levy.rate));
    let bases = lines.iter().map(|line| base(line, group)).collect::<Result<Vec<_>, _>>()?;
    let line_totals = match rounding {
        TaxRounding::PerLine => bases.iter().map(|base| rate.of(*base)).collect::<Result<Vec<_>, _>>()?,
        TaxRounding::PerInvoice => {
            let total = rate.of(Money::sum(bases.iter().copied())?)?;
            allocate(total, &bases.iter().map(|base| base.minor()).collect::<Vec<_>>())?
        }
    };
    let mut owed = vec![Decimal::ZERO; group.len()];
    for ((line_tax, base), total) in taxes.iter_mut().zip(&bases).zip(line_totals) {
        if base.is_zero() {
            continue;
        }
        for (levy, tax) in group.iter().zip(share_out(total, *base, group, &mut owed)?) {
            line_tax.parts.push(TaxPart {
                jurisdiction_id: levy.jurisdiction_id,
                rate: levy.rate,
                base: *base,
                tax,
            });
        }
    }
    Ok(())
}

fn base(line: &TaxableLine, group: &[Levy]) -> Result<Money, MoneyError> {
    if line.taxability == Taxability::Exempt {
        return Ok(Money::ZERO);
    }
    match group.first().and_then(|levy| levy.cap_per_item) {
        Some(cap) => Ok(line.net.min(cap.times(line.quantity)?)),
        None => Ok(line.net),
    }
}

/// Hands a line's rounded tax to the jurisdictions: whole shares first, the last cents to whoever is
/// owed most over the lines so far, so that the jurisdictions' sums stay within a cent of exact.
fn share_out(
    total: Money,
    base: Money,
    group: &[Levy],
    owed: &mut [Decimal],
) -> Result<Vec<Money>, MoneyError> {
    for (owed, levy) in owed.iter_mut().zip(group) {
        *owed = owed.checked_add(levy.rate.of_exactly(base)?).ok_or(MoneyError::TooLarge)?;
    }
    let mut shares = owed
        .iter()
        .map(|owed| round_half_up(owed.trunc()).map(|share| share.max(Money::ZERO).min(total)))
        .collect::<Result<Vec<_>, _>>()?;
    let mut left = total.minus(Money::sum(shares.iter().copied())?)?.minor();
    while left != 0 {
        let step = Money::from_minor(left.signum());
        let rests = owed.iter().zip(&shares).map(|(owed, share)| owed - Decimal::from(share.minor()));
        let candidates =
            rests.enumerate().filter(|(at, _)| left > 0 || shares.get(*at).is_some_and(|s| s.is_positive()));
        let next = if left > 0 {
            candidates.reduce(|best, next| if next.1 > best.1 { next } else { best })
        } else {
            candidates.reduce(|best, next| if next.1 < best.1 { next } else { best })
        };
        let Some(share) = next.and_then(|(at, _)| shares.get_mut(at)) else { break };
        *share = share.plus(step)?;
        left -= step.minor();
    }
    for (owed, share) in owed.iter_mut().zip(&shares) {
        *owed -= Decimal::from(share.minor());
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::JurisdictionId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn levy(id: u128, percent: &str, cap: Option<&str>) -> Levy {
        Levy {
            jurisdiction_id: JurisdictionId(Uuid::from_u128(id)),
            rate: Rate::parse_percent(percent).unwrap(),
            cap_per_item: cap.map(|cap| cap.parse().unwrap()),
        }
    }

    fn line(net: &str, quantity: i64) -> TaxableLine {
        TaxableLine { net: net.parse().unwrap(), quantity, taxability: Taxability::Taxable }
    }

    fn by_jurisdiction(lines: &[TaxableLine], levies: &[Levy], rounding: TaxRounding) -> Vec<String> {
        let taxes = compute(lines, levies, rounding).unwrap();
        levies
            .iter()
            .map(|levy| {
                let parts = taxes.iter().flat_map(|line| &line.parts);
                let own = parts.filter(|part| part.jurisdiction_id == levy.jurisdiction_id);
                Money::sum(own.map(|part| part.tax)).unwrap().to_string()
            })
            .collect()
    }

    #[test]
    fn florida_caps_the_county_surtax_per_item() {
        let levies = [levy(1, "6", None), levy(2, "1", Some("5,000.00"))];
        for rounding in [TaxRounding::PerInvoice, TaxRounding::PerLine] {
            assert_eq!(by_jurisdiction(&[line("9,000.00", 3)], &levies, rounding), ["540.00", "90.00"]);
            let three = [line("3,000.00", 1), line("3,000.00", 1), line("3,000.00", 1)];
            assert_eq!(by_jurisdiction(&three, &levies, rounding), ["540.00", "90.00"]);
            assert_eq!(by_jurisdiction(&[line("8,000.00", 1)], &levies, rounding), ["480.00", "50.00"]);
        }
    }

    #[test]
    fn a_combined_rate_is_rounded_once() {
        let levies = [levy(1, "4", None), levy(2, "4.5", None), levy(3, "0.375", None)];
        for rounding in [TaxRounding::PerInvoice, TaxRounding::PerLine] {
            let taxes = compute(&[line("100.13", 1)], &levies, rounding).unwrap();
            assert_eq!(taxes[0].total(), Ok("8.89".parse().unwrap()));
            assert_eq!(by_jurisdiction(&[line("100.13", 1)], &levies, rounding), ["4.00", "4.51", "0.38"]);
        }
    }

    #[test]
    fn per_invoice_and_per_line_differ() {
        let (levies, lines) = ([levy(1, "7", None)], [line("0.07", 1), line("0.07", 1), line("0.07", 1)]);
        assert_eq!(by_jurisdiction(&lines, &levies, TaxRounding::PerInvoice), ["0.01"]);
        assert_eq!(by_jurisdiction(&lines, &levies, TaxRounding::PerLine), ["0.00"]);
    }

    #[test]
    fn exempt_goods_carry_none() {
        let exempt = TaxableLine { taxability: Taxability::Exempt, ..line("500.00", 1) };
        let taxes =
            compute(&[exempt, line("100.00", 1)], &[levy(1, "7", None)], TaxRounding::PerInvoice).unwrap();
        assert!(taxes[0].parts.is_empty());
        assert_eq!(taxes[1].total(), Ok("7.00".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn parts_add_up_and_stay_within_a_cent(
            nets in prop::collection::vec(0_i64..5_000_000, 1..20),
            rates in prop::collection::vec(1_i64..100_000, 1..5),
        ) {
            let lines: Vec<_> = nets.iter()
                .map(|net| TaxableLine { net: Money::from_minor(*net), quantity: 1, taxability: Taxability::Taxable })
                .collect();
            let levies: Vec<_> = rates.iter().enumerate()
                .map(|(at, ppm)| Levy { jurisdiction_id: JurisdictionId(Uuid::from_u128(at as u128)), rate: Rate::from_ppm(*ppm), cap_per_item: None })
                .collect();
            let taxes = compute(&lines, &levies, TaxRounding::PerInvoice).unwrap();
            let paid = Money::sum(taxes.iter().map(|t| t.total().unwrap())).unwrap();
            let net = Money::from_minor(nets.iter().sum());
            prop_assert_eq!(paid, Rate::sum(levies.iter().map(|l| l.rate)).of(net).unwrap());
            for part in taxes.iter().flat_map(|t| &t.parts) {
                prop_assert!(!part.tax.is_negative());
            }
        }
    }
}
