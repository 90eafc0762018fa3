//! Taking back what was sold: against its receipt, a gift receipt, or with a manager's word.

use super::SellerShare;
use super::complete::showcase;
use super::part::{SoldPart, TakenBack};
use crate::approval::{Approval, ApprovalKind, NotApproved, subject_digest};
use crate::codes;
use crate::ids::{CustomerId, ItemId, PersonId, SaleId, SaleLineId, StoreId};
use crate::item::{ItemStatus, LotNow, LotRefusal, Portion, Quantity};
use crate::ledger::AccountCode;
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::person::{Actor, Permission};
use crate::policy::StorePolicy;
use crate::tax::LineTax;
use chrono::{Duration, NaiveDate};
use serde::{Deserialize, Serialize};

codes! {
    /// What becomes of a piece that comes back, by how it looks.
    pub enum Condition("condition of a piece that comes back") {
        AsNew = "as_new", "As new: back in the case";
        ToCheck = "to_check", "To be checked: set aside";
        ToRepair = "to_repair", "To be repaired: to the bench";
    }
}

impl Condition {
    #[must_use]
    pub const fn status(self) -> ItemStatus {
        match self {
            Self::AsNew => ItemStatus::InStock,
            Self::ToCheck => ItemStatus::Quarantine,
            Self::ToRepair => ItemStatus::AtBench,
        }
    }
}

codes! {
    /// What the customer shows.
    pub enum Proof("proof of a purchase") {
        Receipt = "receipt", "Receipt";
        /// Without prices; who holds it did not pay.
        GiftReceipt = "gift_receipt", "Gift receipt";
        Nothing = "nothing", "No receipt";
    }
}

/// A line of an earlier receipt that comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnLine {
    pub line_id: SaleLineId,
    pub condition: Condition,
    pub proof: Proof,
    /// What the store keeps for its trouble; untaxed (J38).
    pub fee: Money,
    /// How much of a part of a lot; `None` takes back all that did not come back yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

/// A line that was sold, as the decision to take it back needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldLine {
    pub line_id: SaleLineId,
    pub sale_id: SaleId,
    /// The receipt it was sold on.
    pub number: String,
    pub store_id: StoreId,
    pub customer_id: Option<CustomerId>,
    pub sold_on: NaiveDate,
    pub voided: bool,
    pub item_id: ItemId,
    pub tag: String,
    pub description: String,
    pub net: Money,
    pub tax: LineTax,
    pub tax_total: Money,
    pub cost: Money,
    pub sellers: Vec<SellerShare>,
    /// The receipt on which it came back; of a part of a lot, the last of those on which some did.
    pub returned_on: Option<String>,
    /// How much of a lot it was; `None` for a unique piece.
    pub portion: Option<Portion>,
    /// What of that came back already.
    pub came_back: Quantity,
    /// The lot as it stands.
    pub lot: Option<LotNow>,
    /// The inventory account that the cost left.
    pub inventory: AccountCode,
    /// Whether it was paid for with a gift that came back.
    pub gift: bool,
    pub status: ItemStatus,
    pub version: i64,
}

/// A line that came back, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedFacts {
    pub line_id: SaleLineId,
    pub item_id: ItemId,
    /// The receipt it was sold on.
    pub number: String,
    pub tag: String,
    pub description: String,
    pub condition: Condition,
    pub proof: Proof,
    pub net: Money,
    pub tax: LineTax,
    pub tax_total: Money,
    pub cost: Money,
    pub fee: Money,
    /// How much of a lot; `None` for a unique piece.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// The inventory account that the cost goes back to.
    #[serde(default = "showcase")]
    pub inventory: AccountCode,
    pub sellers: Vec<SellerShare>,
}

/// What of a sold line comes back now, in money and goods.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    quantity: Option<Quantity>,
    net: Money,
    tax: LineTax,
    cost: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReturnRefusal {
    #[error("a line to take back is not in the books")]
    UnknownLine,
    #[error("{0} stands twice among what comes back")]
    Twice(String),
    #[error("{tag} was sold in another store: take it back there")]
    OtherStore { tag: String },
    #[error("the sale of {tag} on {number} was voided: there is nothing to take back")]
    Voided { tag: String, number: String },
    #[error("{tag} came back already, on {number}")]
    Returned { tag: String, number: String },
    #[error("{tag} is no longer with the customer: {status}")]
    MovedOn { tag: String, status: ItemStatus },
    #[error("the fee for {tag} is more than the {net} that was paid for it")]
    FeeTooHigh { tag: String, net: Money },
    #[error("{tag}: {why}")]
    Lot { tag: String, why: LotRefusal },
    #[error("{tag}: {left} can still come back, not {asked}")]
    MoreThanSold { tag: String, left: String, asked: String },
    #[error("{0} goes back among the others: count out what is damaged")]
    OnlyAsNew(String),
    #[error("a fee is not below zero")]
    FeeNegative,
    #[error("{what} needs a manager")]
    NeedsApproval { what: String, why: NotApproved },
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl SoldLine {
    /// What it was of a lot; `None` for a unique piece.
    #[must_use]
    pub fn part_of_lot(&self) -> Option<SoldPart> {
        self.portion.map(|portion| SoldPart {
            tag: self.tag.clone(),
            portion,
            came_back: self.came_back,
            net: self.net,
            tax: self.tax.clone(),
        })
    }

    /// The receipt on which the last of it came back.
    #[must_use]
    pub fn all_back(&self) -> Option<String> {
        let some_left = self.part_of_lot().is_some_and(|part| part.left() != Quantity::ZERO);
        if some_left { None } else { self.returned_on.clone() }
    }

    /// What comes back for so much of it: of a unique piece everything, of a part of a lot its share.
    fn part(&self, asked: Option<Quantity>) -> Result<Part, ReturnRefusal> {
        let Some(of_lot) = self.part_of_lot() else {
            return Ok(Part { quantity: None, net: self.net, tax: self.tax.clone(), cost: self.cost });
        };
        let TakenBack { quantity, net, tax } = of_lot.take(asked)?;
        let cost = of_lot.share(self.cost, quantity)?;
        Ok(Part { quantity: Some(quantity), net, tax, cost })
    }
}

/// What a manager approves who lets something come back: exactly these lines with these fees, and whether money is
/// paid out.
#[must_use]
pub fn return_subject(lines: &[ReturnLine], pays_out: bool) -> String {
    subject_digest(&(lines, pays_out))
}

impl StorePolicy {
    /// What the store keeps of a line that comes back, unless somebody decides otherwise.
    ///
    /// # Errors
    /// [`MoneyError`] when it does not fit.
    pub fn fee_for(&self, net: Money) -> Result<Money, MoneyError> {
        self.restocking_fee.of(net)
    }

    /// The last day on which something sold comes back without asking.
    #[must_use]
    pub fn returns_until(&self, sold_on: NaiveDate) -> NaiveDate {
        sold_on.checked_add_signed(Duration::days(i64::from(self.return_days))).unwrap_or(sold_on)
    }
}

/// What comes back, in money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReturnedSums {
    pub net: Money,
    pub tax: Money,
    pub fees: Money,
}

impl ReturnedSums {
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn of(back: &[ReturnedFacts]) -> Result<Self, MoneyError> {
        Ok(Self {
            net: Money::sum(back.iter().map(|line| line.net))?,
            tax: Money::sum(back.iter().map(|line| line.tax_total))?,
            fees: Money::sum(back.iter().map(|line| line.fee))?,
        })
    }

    /// What the customer gets for it.
    ///
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn worth(&self) -> Result<Money, MoneyError> {
        self.net.plus(self.tax)?.minus(self.fees)
    }
}

/// What somebody asks to take back, and what it depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Returning<'a> {
    pub lines: &'a [ReturnLine],
    pub sold: &'a [SoldLine],
    pub store: StoreId,
    pub policy: &'a StorePolicy,
}

impl Returning<'_> {
    /// Decides what comes back (J37, J38): each line once, from the customer, in the store that sold it, at the
    /// price, tax and cost of that very line.
    ///
    /// # Errors
    /// [`ReturnRefusal`] names the first thing that does not hold.
    pub fn take_back(&self) -> Result<Vec<ReturnedFacts>, ReturnRefusal> {
        let mut back: Vec<ReturnedFacts> = Vec::with_capacity(self.lines.len());
        for line in self.lines {
            if back.iter().any(|earlier| earlier.line_id == line.line_id) {
                return Err(ReturnRefusal::Twice(self.sold_line(line)?.tag.clone()));
            }
            back.push(self.one(line)?);
        }
        Ok(back)
    }

    fn sold_line(&self, line: &ReturnLine) -> Result<&SoldLine, ReturnRefusal> {
        self.sold.iter().find(|sold| sold.line_id == line.line_id).ok_or(ReturnRefusal::UnknownLine)
    }

    fn one(&self, line: &ReturnLine) -> Result<ReturnedFacts, ReturnRefusal> {
        let was = self.sold_line(line)?;
        let tag = was.tag.clone();
        if was.store_id != self.store {
            return Err(ReturnRefusal::OtherStore { tag });
        }
        if was.voided {
            return Err(ReturnRefusal::Voided { tag, number: was.number.clone() });
        }
        if let Some(number) = was.all_back() {
            return Err(ReturnRefusal::Returned { tag, number });
        }
        if was.portion.is_none() && was.status != ItemStatus::Sold {
            return Err(ReturnRefusal::MovedOn { tag, status: was.status });
        }
        if was.portion.is_some() && line.condition != Condition::AsNew {
            return Err(ReturnRefusal::OnlyAsNew(tag));
        }
        let part = was.part(line.quantity)?;
        if line.fee.is_negative() {
            return Err(ReturnRefusal::FeeNegative);
        }
        if line.fee > part.net {
            return Err(ReturnRefusal::FeeTooHigh { tag, net: part.net });
        }
        Ok(ReturnedFacts {
            line_id: was.line_id,
            item_id: was.item_id,
            number: was.number.clone(),
            tag,
            description: was.description.clone(),
            condition: line.condition,
            // A gift stays one, however often it is exchanged.
            proof: if was.gift { Proof::GiftReceipt } else { line.proof },
            net: part.net,
            tax_total: part.tax.total()?,
            tax: part.tax,
            cost: part.cost,
            fee: line.fee,
            quantity: part.quantity,
            inventory: was.inventory,
            sellers: was.sellers.clone(),
        })
    }

    /// Who approved it, where it needed somebody.
    ///
    /// # Errors
    /// [`ReturnRefusal::NeedsApproval`] in words.
    pub fn approver(
        &self,
        pays_out: bool,
        actor: &Actor,
        approvals: &[Approval],
        moment: &Moment,
    ) -> Result<Option<PersonId>, ReturnRefusal> {
        let exceptions = self.exceptions(pays_out, moment.business_date)?;
        if exceptions.is_empty() {
            return Ok(None);
        }
        let what = exceptions.join("; ");
        if actor.may(Permission::Approve, self.store) {
            return Ok(None);
        }
        let subject = return_subject(self.lines, pays_out);
        let mut why = NotApproved::Missing;
        // An approval of something else on the same ticket says nothing about this.
        for approval in approvals.iter().filter(|approval| approval.kind == ApprovalKind::Return) {
            match approval.covers(ApprovalKind::Return, self.store, &subject, moment.recorded_at) {
                Ok(approver) => return Ok(Some(approver)),
                Err(reason) => why = reason,
            }
        }
        Err(ReturnRefusal::NeedsApproval { what, why })
    }

    /// All that is not as the store's rules have it, in words: no receipt, money for a gift, too late, a smaller fee
    /// than the store asks.
    fn exceptions(&self, pays_out: bool, today: NaiveDate) -> Result<Vec<String>, ReturnRefusal> {
        let mut exceptions = Vec::new();
        for line in self.lines {
            let was = self.sold_line(line)?;
            let until = self.policy.returns_until(was.sold_on);
            let asked = self.policy.fee_for(was.part(line.quantity)?.net)?;
            if line.proof == Proof::Nothing {
                exceptions.push(format!("taking {} back without a receipt", was.tag));
            }
            if pays_out && (line.proof == Proof::GiftReceipt || was.gift) {
                exceptions.push(format!("paying out for {}, which was a gift,", was.tag));
            }
            if today > until {
                exceptions.push(format!("taking {} back after {until}", was.tag));
            }
            if line.fee < asked {
                exceptions.push(format!("a fee for {} below {asked}", was.tag));
            }
        }
        Ok(exceptions)
    }
}
