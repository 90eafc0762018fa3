//! "Five thousand, and that is with the tax": the price of a whole ticket that makes it so.

use super::{Cart, Discount, DiscountOff, PriceError, TaxTable, price};
use crate::money::Money;
use crate::tax;

/// A price of the ticket before tax, and what it then comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxedPrice {
    /// What to enter as the ticket's new price.
    pub price: Money,
    pub total: Money,
}

/// What a wish for a total leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriceWithTax {
    Exactly(TaxedPrice),
    /// No price before tax gives this total; these are the nearest ones.
    Nearest {
        below: TaxedPrice,
        above: Option<TaxedPrice>,
    },
    /// The ticket comes to less than that without any discount.
    MoreThanTicket(Money),
}

/// Finds the new price of a ticket whose total with tax is `target`. The tax of a ticket of several
/// lines may jump by a cent against its neighbor, so the cents around the first answer are tried, too.
///
/// # Errors
/// [`PriceError`] when the ticket cannot be priced or the target lies below zero.
pub fn price_with_tax(cart: &Cart, taxes: &TaxTable, target: Money) -> Result<PriceWithTax, PriceError> {
    /// Cents to either side of the first answer.
    const AROUND: i64 = 3;
    if target.is_negative() {
        return Err(PriceError::NegativeDiscount);
    }
    let full = price(&Cart { discount: None, ..cart.clone() }, taxes)?;
    if target > full.total {
        return Ok(PriceWithTax::MoreThanTicket(full.total));
    }
    let most = Money::sum(full.lines.iter().map(|line| line.net))?;
    let total_at = |net: Money| -> Result<Money, PriceError> {
        let discount = Discount { off: DiscountOff::NewPrice(net), reason: String::new() };
        Ok(price(&Cart { discount: Some(discount), ..cart.clone() }, taxes)?.total)
    };
    let taxed = |price: Money| -> Result<TaxedPrice, PriceError> {
        Ok(TaxedPrice { price, total: total_at(price)? })
    };
    let mut below = taxed(tax::out_the_door(target, most, total_at)?)?;
    let mut above = None::<TaxedPrice>;
    let first = below.price.minor();
    for minor in (first - AROUND).max(0)..=(first + AROUND).min(most.minor()) {
        let found = taxed(Money::from_minor(minor))?;
        if found.total == target {
            return Ok(PriceWithTax::Exactly(found));
        }
        if found.total > target {
            above = above.filter(|best| best.total <= found.total).or(Some(found));
        } else if found.total > below.total {
            below = found;
        }
    }
    Ok(PriceWithTax::Nearest { below, above })
}

#[cfg(test)]
mod tests {
    use super::super::CartLine;
    use super::*;
    use crate::ids::{ItemId, JurisdictionId};
    use crate::rate::Rate;
    use crate::tax::{Levy, TaxRounding, Taxability};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn taxes(percent: &str, rounding: TaxRounding) -> TaxTable {
        let levy = Levy {
            jurisdiction_id: JurisdictionId(Uuid::nil()),
            rate: Rate::parse_percent(percent).unwrap(),
            cap_per_item: None,
        };
        TaxTable { levies: vec![levy], rounding }
    }

    fn cart(prices: &[Money]) -> Cart {
        let line = |price: &Money| CartLine {
            item_id: ItemId(Uuid::nil()),
            price: *price,
            items: 1,
            taxability: Taxability::Taxable,
            discount: None,
        };
        Cart { lines: prices.iter().map(line).collect(), discount: None }
    }

    fn wish(price: &str, percent: &str, target: &str) -> PriceWithTax {
        price_with_tax(&cart(&[cents(price)]), &taxes(percent, TaxRounding::PerInvoice), cents(target))
            .unwrap()
    }

    fn taxed(price: &str, total: &str) -> TaxedPrice {
        TaxedPrice { price: cents(price), total: cents(total) }
    }

    #[test]
    fn totals_of_the_rule_book() {
        use PriceWithTax::Exactly;
        assert_eq!(wish("6,000", "7", "5,000"), Exactly(taxed("4,672.90", "5,000.00")));
        assert_eq!(wish("6,000", "8.875", "4,500"), Exactly(taxed("4,133.18", "4,500.00")));
        assert_eq!(wish("6,000", "6.25", "1,000"), Exactly(taxed("941.18", "1,000.00")));
        assert_eq!(wish("6,000", "7", "0"), Exactly(taxed("0", "0")));
    }

    #[test]
    fn totals_that_cannot_be_met() {
        let (below, above) = (taxed("1.02", "1.09"), taxed("1.03", "1.10"));
        assert_eq!(wish("200", "7", "1.09"), PriceWithTax::Exactly(below));
        assert_eq!(wish("200", "7", "1.10"), PriceWithTax::Exactly(above));
        // 1.07 net is 1.14 with tax, 1.08 net is 1.16: nothing comes to 1.15.
        assert_eq!(
            wish("200", "7", "1.15"),
            PriceWithTax::Nearest { below: taxed("1.07", "1.14"), above: Some(taxed("1.08", "1.16")) }
        );
        assert_eq!(wish("100", "7", "107.01"), PriceWithTax::MoreThanTicket(cents("107.00")));
        let none = price_with_tax(&cart(&[cents("5")]), &taxes("7", TaxRounding::PerInvoice), cents("-1"));
        assert_eq!(none, Err(PriceError::NegativeDiscount));
    }

    proptest! {
        /// What is offered is what the ticket then costs, and nothing nearer is overlooked nearby.
        #[test]
        fn an_answer_holds_at_the_register(
            prices in prop::collection::vec(1_i64..1_000_000, 1..6),
            share in 0_i64..=100,
            per_line: bool,
        ) {
            let rounding = if per_line { TaxRounding::PerLine } else { TaxRounding::PerInvoice };
            let (cart, taxes) = (cart(&prices.iter().map(|p| Money::from_minor(*p)).collect::<Vec<_>>()), taxes("8.875", rounding));
            let full = price(&cart, &taxes).unwrap().total;
            let target = Money::from_minor(full.minor() * share / 100);
            let costs = |net: Money| {
                let discount = Discount { off: DiscountOff::NewPrice(net), reason: "Price match".into() };
                price(&Cart { discount: Some(discount), ..cart.clone() }, &taxes).unwrap().total
            };
            match price_with_tax(&cart, &taxes, target).unwrap() {
                PriceWithTax::Exactly(found) => prop_assert_eq!(costs(found.price), target),
                PriceWithTax::Nearest { below, above } => {
                    prop_assert_eq!(costs(below.price), below.total);
                    prop_assert!(below.total < target);
                    if let Some(above) = above {
                        prop_assert_eq!(costs(above.price), above.total);
                        prop_assert!(above.total > target);
                    }
                }
                PriceWithTax::MoreThanTicket(_) => prop_assert!(false, "the target is not above the ticket"),
            }
        }
    }
}
