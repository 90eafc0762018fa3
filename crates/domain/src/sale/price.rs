//! What a ticket costs. The browser and the server run this same code, so the total on the screen
//! is the total that is posted.

use crate::codes;
use crate::ids::ItemId;
use crate::item::Portion;
use crate::money::{Money, MoneyError};
use crate::rate::Rate;
use crate::tax::{self, Levy, LineTax, TaxRounding, Taxability, TaxableLine};
use serde::{Deserialize, Serialize};

/// A ticket has at most this many lines; more is a delivery, not a sale at the counter.
pub const MOST_LINES: usize = 200;

codes! {
    pub enum DiscountKind("discount") {
        Percent = "percent", "Percent off";
        Amount = "amount", "Amount off";
        NewPrice = "new_price", "New price";
        /// For a whole ticket: the new price whose total with tax was asked for.
        WithTax = "with_tax", "Price with tax";
    }
}

/// Something taken off a price, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Discount {
    pub off: DiscountOff,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiscountOff {
    Percent(Rate),
    Amount(Money),
    NewPrice(Money),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    pub item_id: ItemId,
    /// The price on the tag, of a lot for the part that is sold.
    pub price: Money,
    /// How many things a tax with a cap per item sees.
    pub items: i64,
    pub taxability: Taxability,
    pub discount: Option<Discount>,
}

impl CartLine {
    /// A piece at its price, or a part of a lot.
    ///
    /// # Errors
    /// [`PriceError`] when the price of the part does not fit.
    pub fn new(
        item_id: ItemId,
        price: Money,
        portion: Option<Portion>,
        taxability: Taxability,
        discount: Option<Discount>,
    ) -> Result<Self, PriceError> {
        let (price, items) = match portion {
            None => (price, 1),
            Some(portion) => (portion.price()?, portion.items()),
        };
        Ok(Self { item_id, price, items, taxability, discount })
    }
}

/// A ticket before it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cart {
    pub lines: Vec<CartLine>,
    pub discount: Option<Discount>,
}

/// What the store's jurisdictions levy on the day, and how it is rounded.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TaxTable {
    pub levies: Vec<Levy>,
    pub rounding: TaxRounding,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    pub item_id: ItemId,
    pub price: Money,
    pub line_discount: Money,
    /// This line's share of what is taken off the whole ticket.
    pub ticket_discount: Money,
    /// What is left: revenue, and the base of its tax.
    pub net: Money,
    pub tax: LineTax,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PricedTicket {
    pub lines: Vec<PricedLine>,
    /// Sum of the tag prices.
    pub subtotal: Money,
    pub discount: Money,
    pub net: Money,
    pub tax: Money,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PriceError {
    #[error("a ticket has at most {MOST_LINES} lines")]
    TooManyLines,
    #[error("a discount cannot be below zero")]
    NegativeDiscount,
    #[error("{discount} is more than the price of {price}")]
    MoreThanPrice { discount: Money, price: Money },
    #[error("a percentage lies between 0 and 100")]
    NotAShare,
    #[error("the new price must not be above the price of {0}")]
    AbovePrice(Money),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Discount {
    /// What comes off a price: a percentage is rounded half up once.
    ///
    /// # Errors
    /// [`PriceError`] where more would come off than there is, or less than nothing.
    pub fn off(&self, price: Money) -> Result<Money, PriceError> {
        let off = match self.off {
            DiscountOff::Percent(rate) if rate < Rate::ZERO || rate > Rate::ONE => {
                return Err(PriceError::NotAShare);
            }
            DiscountOff::Percent(rate) => rate.of(price)?,
            DiscountOff::Amount(amount) if amount.is_negative() => return Err(PriceError::NegativeDiscount),
            DiscountOff::Amount(amount) => amount,
            DiscountOff::NewPrice(new) if new.is_negative() => return Err(PriceError::NegativeDiscount),
            DiscountOff::NewPrice(new) if new > price => return Err(PriceError::AbovePrice(price)),
            DiscountOff::NewPrice(new) => price.minus(new)?,
        };
        if off > price { Err(PriceError::MoreThanPrice { discount: off, price }) } else { Ok(off) }
    }
}

impl PricedLine {
    /// Everything that came off this line, as a share of its price.
    #[must_use]
    pub fn discount_rate(&self) -> Rate {
        self.price.minus(self.net).map_or(Rate::ONE, |off| Rate::of_whole(off, self.price))
    }
}

/// Prices a ticket: line discounts, then the ticket's discount shared over the lines by what is left
/// of them, then tax on what is left after both.
///
/// # Errors
/// [`PriceError`] when a discount or the ticket does not make sense.
pub fn price(cart: &Cart, taxes: &TaxTable) -> Result<PricedTicket, PriceError> {
    if cart.lines.len() > MOST_LINES {
        return Err(PriceError::TooManyLines);
    }
    let line_discounts = cart
        .lines
        .iter()
        .map(|line| line.discount.as_ref().map_or(Ok(Money::ZERO), |discount| discount.off(line.price)))
        .collect::<Result<Vec<_>, _>>()?;
    let after_line = cart
        .lines
        .iter()
        .zip(&line_discounts)
        .map(|(line, off)| line.price.minus(*off))
        .collect::<Result<Vec<_>, _>>()?;
    let before_ticket = Money::sum(after_line.iter().copied())?;
    let ticket_off =
        cart.discount.as_ref().map_or(Ok(Money::ZERO), |discount| discount.off(before_ticket))?;
    let weights: Vec<i64> = after_line.iter().map(|net| net.minor()).collect();
    let shares = tax::allocate(ticket_off, &weights)?;
    let nets = after_line
        .iter()
        .zip(&shares)
        .map(|(net, share)| net.minus(*share))
        .collect::<Result<Vec<_>, _>>()?;
    let taxable: Vec<TaxableLine> = cart
        .lines
        .iter()
        .zip(&nets)
        .map(|(line, net)| TaxableLine { net: *net, quantity: line.items, taxability: line.taxability })
        .collect();
    let line_taxes = tax::compute(&taxable, &taxes.levies, taxes.rounding)?;
    let mut ticket = PricedTicket::default();
    for ((((line, line_discount), ticket_discount), net), tax) in
        cart.lines.iter().zip(line_discounts).zip(shares).zip(nets).zip(line_taxes)
    {
        ticket.subtotal = ticket.subtotal.plus(line.price)?;
        ticket.net = ticket.net.plus(net)?;
        ticket.tax = ticket.tax.plus(tax.total()?)?;
        ticket.lines.push(PricedLine {
            item_id: line.item_id,
            price: line.price,
            line_discount,
            ticket_discount,
            net,
            tax,
        });
    }
    ticket.discount = ticket.subtotal.minus(ticket.net)?;
    ticket.total = ticket.net.plus(ticket.tax)?;
    Ok(ticket)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::JurisdictionId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn seven_percent() -> TaxTable {
        let levy = Levy {
            jurisdiction_id: JurisdictionId(Uuid::nil()),
            rate: Rate::from_ppm(70_000),
            cap_per_item: None,
        };
        TaxTable { levies: vec![levy], rounding: TaxRounding::PerInvoice }
    }

    fn line(price: &str, off: Option<DiscountOff>) -> CartLine {
        CartLine {
            item_id: ItemId(Uuid::nil()),
            price: price.parse().unwrap(),
            items: 1,
            taxability: Taxability::Taxable,
            discount: off.map(discount),
        }
    }

    fn discount(off: DiscountOff) -> Discount {
        Discount { off, reason: "Price match".into() }
    }

    fn total(lines: Vec<CartLine>, off: Option<DiscountOff>) -> Result<String, PriceError> {
        let cart = Cart { lines, discount: off.map(discount) };
        price(&cart, &seven_percent()).map(|ticket| ticket.total.to_string())
    }

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn discounts_come_off_before_tax() {
        use DiscountOff::{Amount, NewPrice, Percent};
        assert_eq!(total(vec![line("5,000.00", None)], None).as_deref(), Ok("5,350.00"));
        let ten = Percent(Rate::from_ppm(100_000));
        assert_eq!(total(vec![line("5,000.00", Some(ten))], None).as_deref(), Ok("4,815.00"));
        assert_eq!(
            total(vec![line("5,000.00", Some(Amount(cents("500"))))], None).as_deref(),
            Ok("4,815.00")
        );
        assert_eq!(
            total(vec![line("5,000.00", None)], Some(NewPrice(cents("4,500")))).as_deref(),
            Ok("4,815.00")
        );
        assert_eq!(total(vec![], None).as_deref(), Ok("0.00"));
    }

    #[test]
    fn a_ticket_discount_is_shared_by_largest_remainder() {
        let cart = Cart {
            lines: vec![line("10.00", None), line("10.00", None), line("10.00", None)],
            discount: Some(discount(DiscountOff::Amount(cents("1.00")))),
        };
        let shares: Vec<_> =
            price(&cart, &seven_percent()).unwrap().lines.iter().map(|l| l.ticket_discount.minor()).collect();
        assert_eq!(shares, [34, 33, 33]);
    }

    #[test]
    fn discounts_that_make_no_sense() {
        use DiscountOff::{Amount, NewPrice, Percent};
        let one = |off| total(vec![line("100.00", Some(off))], None);
        assert_eq!(one(Amount(cents("-1"))), Err(PriceError::NegativeDiscount));
        assert_eq!(one(NewPrice(cents("-1"))), Err(PriceError::NegativeDiscount));
        assert_eq!(one(NewPrice(cents("101"))), Err(PriceError::AbovePrice(cents("100"))));
        assert_eq!(one(Percent(Rate::from_ppm(1_000_001))), Err(PriceError::NotAShare));
        assert_eq!(one(Percent(Rate::from_ppm(-1))), Err(PriceError::NotAShare));
        let more = PriceError::MoreThanPrice { discount: cents("101"), price: cents("100") };
        assert_eq!(one(Amount(cents("101"))), Err(more));
    }

    proptest! {
        #[test]
        fn what_is_paid_is_what_is_posted(
            prices in prop::collection::vec(0_i64..10_000_000, 1..20),
            line_ppm in prop::collection::vec(0_i64..=1_000_000, 20),
            ticket_ppm in 0_i64..=1_000_000,
        ) {
            let lines = prices.iter().zip(&line_ppm).map(|(minor, ppm)| CartLine {
                price: Money::from_minor(*minor),
                discount: Some(discount(DiscountOff::Percent(Rate::from_ppm(*ppm)))),
                ..line("1", None)
            }).collect();
            let cart = Cart { lines, discount: Some(discount(DiscountOff::Percent(Rate::from_ppm(ticket_ppm)))) };
            let ticket = price(&cart, &seven_percent()).unwrap();
            let sum = |of: fn(&PricedLine) -> Money| Money::sum(ticket.lines.iter().map(of)).unwrap();
            prop_assert_eq!(sum(|l| l.net), ticket.net);
            prop_assert_eq!(sum(|l| l.tax.total().unwrap()), ticket.tax);
            prop_assert_eq!(ticket.net.plus(ticket.tax).unwrap(), ticket.total);
            prop_assert_eq!(ticket.subtotal.minus(ticket.discount).unwrap(), ticket.net);
            for line in &ticket.lines {
                prop_assert!(!line.net.is_negative(), "no line is sold below zero");
                prop_assert_eq!(line.price.minus(line.line_discount).unwrap().minus(line.ticket_discount).unwrap(), line.net);
            }
        }
    }
}
