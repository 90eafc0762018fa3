//! What a customer shows at the counter, and what may come back for it.

use super::part::SoldPart;
use super::{Proof, ReturnRefusal, SoldLine};
use crate::customer::Customer;
use crate::ids::{ItemId, SaleId, SaleLineId};
use crate::item::{ItemStatus, Portion, Quantity};
use crate::money::Money;
use crate::policy::StorePolicy;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What stands before a receipt's number on a gift receipt.
pub const GIFT_PREFIX: &str = "G-";

/// What was scanned or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub proof: Proof,
    pub text: String,
}

/// Reads what was scanned or typed: a gift receipt's code, a receipt's number such as `S1-T1-000042`, else the
/// tag of a piece.
#[must_use]
pub fn shown_for_return(typed: &str) -> Shown {
    let text = typed.trim().to_uppercase();
    if let Some(number) = text.strip_prefix(GIFT_PREFIX).filter(|number| is_receipt_number(number)) {
        return Shown { proof: Proof::GiftReceipt, text: number.to_owned() };
    }
    let proof = if is_receipt_number(&text) { Proof::Receipt } else { Proof::Nothing };
    Shown { proof, text }
}

/// Whether a text looks like the number of a receipt: store, till and six digits.
#[must_use]
pub fn is_receipt_number(text: &str) -> bool {
    let mut parts = text.rsplitn(3, '-');
    let digits = parts.next().is_some_and(|no| no.len() >= 6 && no.bytes().all(|b| b.is_ascii_digit()));
    digits && parts.next().is_some_and(|till| !till.is_empty()) && parts.next().is_some_and(|s| !s.is_empty())
}

/// A line that may come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedLine {
    pub line_id: SaleLineId,
    pub item_id: ItemId,
    pub tag: String,
    pub description: String,
    /// What was paid for it, or for what of it can still come back.
    pub net: Money,
    pub tax: Money,
    /// What it was of a lot; `None` for a unique piece.
    #[serde(default)]
    pub part: Option<SoldPart>,
    /// What the store asks to keep of it.
    pub fee: Money,
    /// Why it cannot come back, in words.
    pub refused: Option<String>,
}

impl OfferedLine {
    /// A line of a receipt as it may come back now.
    ///
    /// # Errors
    /// [`ReturnRefusal`] when a fee does not fit.
    pub fn of(was: &SoldLine, policy: &StorePolicy) -> Result<Self, ReturnRefusal> {
        let refused = refused(was);
        let part = was.part_of_lot();
        let (net, tax) = match part.as_ref().filter(|_| refused.is_none()) {
            Some(part) => {
                let back = part.take(None)?;
                (back.net, back.tax.total()?)
            }
            None => (was.net, was.tax_total),
        };
        Ok(Self {
            line_id: was.line_id,
            item_id: was.item_id,
            tag: was.tag.clone(),
            description: was.description.clone(),
            net,
            tax,
            part,
            fee: policy.fee_for(net)?,
            refused,
        })
    }

    /// What the store asks to keep of so much of it: the share of what it asks of all.
    ///
    /// # Errors
    /// [`ReturnRefusal`] when it does not fit.
    pub fn fee_of(&self, quantity: Quantity) -> Result<Money, ReturnRefusal> {
        match &self.part {
            Some(part) => {
                let left = Portion { quantity: part.left(), ..part.portion };
                Ok(left.share_of(self.fee, Quantity::ZERO, quantity)?)
            }
            None => Ok(self.fee),
        }
    }

    /// What was paid for so much of it, with its tax.
    ///
    /// # Errors
    /// [`ReturnRefusal`] when so much cannot come back.
    pub fn worth_of(&self, quantity: Option<Quantity>) -> Result<Money, ReturnRefusal> {
        match &self.part {
            Some(part) => {
                let back = part.take(quantity)?;
                Ok(back.net.plus(back.tax.total()?)?)
            }
            None => Ok(self.net.plus(self.tax)?),
        }
    }
}

/// What may come back of one receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnOffer {
    pub sale_id: SaleId,
    pub number: String,
    pub proof: Proof,
    pub sold_on: NaiveDate,
    /// The last day on which it comes back without asking.
    pub until: NaiveDate,
    /// Who bought it; of a gift it is not told.
    pub customer: Option<Customer>,
    pub lines: Vec<OfferedLine>,
    /// A gift that nobody should hear of before this day: whoever stands at the counter may not be who bought it.
    #[serde(default)]
    pub secret_until: Option<NaiveDate>,
    /// The bank sent its check back: what that paid goes to the account.
    #[serde(default)]
    pub check_returned: bool,
}

impl ReturnOffer {
    /// The lines of one receipt as they may come back. It takes at least one.
    ///
    /// # Errors
    /// [`ReturnRefusal`] when there is no line, or a fee does not fit.
    pub fn new(
        proof: Proof,
        sold: &[SoldLine],
        customer: Option<Customer>,
        policy: &StorePolicy,
    ) -> Result<Self, ReturnRefusal> {
        let first = sold.first().ok_or(ReturnRefusal::UnknownLine)?;
        Ok(Self {
            sale_id: first.sale_id,
            number: first.number.clone(),
            proof,
            sold_on: first.sold_on,
            until: policy.returns_until(first.sold_on),
            customer,
            lines: sold.iter().map(|was| OfferedLine::of(was, policy)).collect::<Result<_, _>>()?,
            secret_until: None,
            check_returned: false,
        })
    }
}

fn refused(was: &SoldLine) -> Option<String> {
    let tag = was.tag.clone();
    if was.voided {
        Some(ReturnRefusal::Voided { tag, number: was.number.clone() }.to_string())
    } else if let Some(number) = was.all_back() {
        Some(ReturnRefusal::Returned { tag, number }.to_string())
    } else if was.portion.is_none() && was.status != ItemStatus::Sold {
        Some(ReturnRefusal::MovedOn { tag, status: was.status }.to_string())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read() {
        for (typed, proof, text) in [
            (" s1-t1-000042", Proof::Receipt, "S1-T1-000042"),
            ("G-S1-T1-000042", Proof::GiftReceipt, "S1-T1-000042"),
            ("P000042", Proof::Nothing, "P000042"),
            ("G-000042", Proof::Nothing, "G-000042"),
            ("-T1-000042", Proof::Nothing, "-T1-000042"),
            ("S1-T1-00042", Proof::Nothing, "S1-T1-00042"),
        ] {
            assert_eq!(shown_for_return(typed), Shown { proof, text: text.into() }, "{typed}");
        }
    }
}
