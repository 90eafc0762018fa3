//! What those who decide read: the lines themselves as the books know them, not what the asker says of them.

use crate::money::{Money, MoneyError};
use crate::receivable::{AccountStanding, CreditWarning};
use crate::sale::{
    Cart, CartLine, Discount, DiscountOff, ItemInSale, PriceError, ReturnLine, SaleDetail, SoldLine,
    TaxTable, TicketLine, price,
};
use serde::{Deserialize, Serialize};

/// One piece of what is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLine {
    pub tag: String,
    pub description: String,
    pub before: Money,
    /// What is left of it, or paid back for it.
    pub after: Money,
    /// What else there is to know, in words.
    pub note: String,
}

/// What exactly is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The whole of it in a few words.
    pub headline: String,
    /// How much money it is about.
    pub amount: Money,
    pub lines: Vec<SheetLine>,
}

/// What a discount takes off which pieces.
///
/// # Errors
/// [`PriceError`] when the ticket makes no sense.
pub fn discount_sheet(
    lines: &[TicketLine],
    discount: Option<&Discount>,
    items: &[ItemInSale],
) -> Result<Sheet, PriceError> {
    let find = |line: &TicketLine| items.iter().find(|item| item.id == line.item_id);
    let priced_line = |line: &TicketLine| {
        let item = find(line);
        let portion = line.portion(item.and_then(|item| item.lot));
        let taxability = item.map(|item| item.taxability).unwrap_or_default();
        CartLine::new(line.item_id, line.price, portion, taxability, line.discount.clone())
    };
    let lines_priced = lines.iter().map(priced_line).collect::<Result<_, _>>()?;
    let cart = Cart { lines: lines_priced, discount: discount.cloned() };
    let priced = price(&cart, &TaxTable::default())?;
    let sheet_line = |(line, priced): (&TicketLine, &crate::sale::PricedLine)| {
        let item = find(line);
        SheetLine {
            tag: item.map(|item| item.tag.clone()).unwrap_or_default(),
            description: item.map(|item| item.description.clone()).unwrap_or_default(),
            before: priced.price,
            after: priced.net,
            note: line.discount.as_ref().map(in_words).unwrap_or_default(),
        }
    };
    let rate = priced.lines.iter().map(crate::sale::PricedLine::discount_rate).max().unwrap_or_default();
    let whole = discount.map(|discount| match discount.off {
        DiscountOff::Percent(rate) => format!(": {rate} off the ticket"),
        DiscountOff::Amount(amount) => format!(": {amount} off the ticket"),
        DiscountOff::NewPrice(new) => format!(": the ticket for {new}"),
    });
    Ok(Sheet {
        headline: format!(
            "{} off {} (up to {rate}){}",
            priced.discount,
            priced.subtotal,
            whole.unwrap_or_default()
        ),
        amount: priced.discount,
        lines: lines.iter().zip(&priced.lines).map(sheet_line).collect(),
    })
}

fn in_words(discount: &Discount) -> String {
    let off = match discount.off {
        DiscountOff::Percent(rate) => format!("{rate} off"),
        DiscountOff::Amount(amount) => format!("{amount} off"),
        DiscountOff::NewPrice(new) => format!("for {new}"),
    };
    format!("{off}: {}", discount.reason)
}

/// What comes back, and what is given for it.
///
/// # Errors
/// [`MoneyError`] when the sums do not fit.
pub fn return_sheet(lines: &[ReturnLine], sold: &[SoldLine], pays_out: bool) -> Result<Sheet, MoneyError> {
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let Some(sold) = sold.iter().find(|sold| sold.line_id == line.line_id) else { continue };
        let paid = match sold.part_of_lot().map(|part| part.take(line.quantity)) {
            Some(Ok(part)) => part.net.plus(part.tax.total()?)?,
            _ => sold.net.plus(sold.tax_total)?,
        };
        let fee = if line.fee.is_zero() { String::new() } else { format!(", fee {}", line.fee) };
        shown.push(SheetLine {
            tag: sold.tag.clone(),
            description: sold.description.clone(),
            before: paid,
            after: paid.minus(line.fee)?,
            note: format!("{}, sold {} on {}{fee}", line.proof, sold.sold_on, sold.number),
        });
    }
    let amount = Money::sum(shown.iter().map(|line| line.after))?;
    let how = if pays_out { "paid back" } else { "credited" };
    Ok(Sheet { headline: format!("{amount} {how}"), amount, lines: shown })
}

/// The sale to be undone.
///
/// # Errors
/// [`MoneyError`] when the sums do not fit.
pub fn void_sheet(sale: &SaleDetail) -> Result<Sheet, MoneyError> {
    let lines = sale.facts.lines.iter().map(|line| {
        Ok(SheetLine {
            tag: line.tag.clone(),
            description: line.description.clone(),
            before: line.price,
            after: line.net.plus(line.tax_total)?,
            note: String::new(),
        })
    });
    Ok(Sheet {
        headline: format!("Receipt {} over {}", sale.number, sale.facts.total),
        amount: sale.facts.total,
        lines: lines.collect::<Result<_, MoneyError>>()?,
    })
}

/// The account that is to be charged, and what speaks against it.
///
/// # Errors
/// [`MoneyError`] when the sums do not fit.
pub fn credit_sheet(
    customer: &str,
    standing: &AccountStanding,
    amount: Money,
    warnings: &[CreditWarning],
) -> Result<Sheet, MoneyError> {
    let limit = standing.account.as_ref().and_then(|account| account.limit);
    let limit = limit.map_or_else(|| "no limit".to_owned(), |limit| format!("limit {limit}"));
    let owed = standing.balance()?;
    let line = SheetLine {
        tag: String::new(),
        description: format!("{customer}, {limit}"),
        before: owed,
        after: owed.plus(amount)?,
        note: warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    };
    Ok(Sheet { headline: format!("{amount} on the account of {customer}"), amount, lines: vec![line] })
}
