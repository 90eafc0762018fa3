//! Vendors' bills are paid: whole or in part, several at once, with money and with what the vendor owes us.

use super::goods::amount;
use super::{Vendor, VendorRefusal};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{BillId, CommandId, CreditId, EventId, Ids, LegalEntityId, StoreId, VendorId};
use crate::ledger::{Account, AccountCode, AccountKind, Dimensions, Draft, EntryHeader, code, standard_chart};
use crate::moment::Moment;
use crate::money::Money;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Pays bills of one vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayBills {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub typed: TypedPayment,
}

/// A payment as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedPayment {
    /// The account the money leaves.
    pub account: String,
    /// Number of the check or the transfer.
    pub reference: String,
    /// How much of it the vendor's credits pay; empty for nothing.
    pub credit: String,
    pub bills: Vec<TypedPart>,
}

/// What one bill gets; empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedPart {
    pub bill: BillId,
    pub amount: String,
}

/// A bill of which something is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenBill {
    pub id: BillId,
    pub number: String,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub billed_on: NaiveDate,
    pub due_on: NaiveDate,
    pub amount: Money,
    pub open: Money,
}

/// A vendor's credit of which something is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCredit {
    pub id: CreditId,
    pub number: Option<String>,
    pub store_id: StoreId,
    pub open: Money,
}

/// What a payment is decided on.
#[derive(Debug, Clone, Copy)]
pub struct PaySnapshot<'a> {
    pub vendor: &'a Vendor,
    /// Those that are named, with what is open of them now.
    pub bills: &'a [OpenBill],
    /// Of this store, oldest first.
    pub credits: &'a [OpenCredit],
    pub accounts: &'a [Account],
    pub legal_entity: LegalEntityId,
}

/// A payment as it is kept. Its id is that of its event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    pub id: EventId,
    pub store_id: StoreId,
    pub vendor_id: VendorId,
    pub account: AccountCode,
    pub reference: Option<String>,
    pub paid_on: NaiveDate,
    pub money: Money,
    pub bills: Vec<(BillId, Money)>,
    pub credits: Vec<(CreditId, Money)>,
}

#[derive(Debug, Clone)]
pub struct PaymentOutcome {
    pub record: Record,
    pub payment: Payment,
}

/// The accounts that bills may be paid from: the bank, and what the store added itself.
pub(super) fn pays(account: &Account) -> bool {
    let own = standard_chart().iter().all(|standard| standard.code != account.code);
    let kind = matches!(account.kind, AccountKind::Asset | AccountKind::Liability);
    account.active && !account.control && (account.code == code::BANK || (own && kind))
}

/// An amount over bills, the first that is due first: what each of them gets. Nothing gets more than is open.
#[must_use]
pub fn spread(amount: Money, bills: &[OpenBill]) -> Vec<(BillId, Money)> {
    let mut order: Vec<&OpenBill> = bills.iter().collect();
    order.sort_by_key(|bill| (bill.due_on, bill.id));
    let mut left = amount;
    let mut parts = Vec::new();
    for bill in order {
        let part = left.min(bill.open);
        if part.is_positive() {
            parts.push((bill.id, part));
            left = left.minus(part).unwrap_or_default();
        }
    }
    parts
}

impl Account {
    /// Whether vendors may be paid from it.
    #[must_use]
    pub fn pays_vendors(&self) -> bool {
        pays(self)
    }
}

impl PayBills {
    /// Decides about a payment.
    ///
    /// # Errors
    /// Each field that is wrong: more than is open of a bill or of the credits, an account that pays no bills.
    pub fn decide(
        &self,
        snapshot: &PaySnapshot<'_>,
        origin: &Origin,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<PaymentOutcome, VendorRefusal> {
        let mut fields = FieldReader::default();
        let account = self.account(snapshot, &mut fields);
        let reference = fields.read("reference", text::optional_line(&self.typed.reference));
        let bills = self.bills(snapshot, &mut fields)?;
        let total = Money::sum(bills.iter().map(|(_, amount)| *amount))?;
        let wanted = match self.typed.credit.trim() {
            "" => Money::ZERO,
            typed => fields.read("credit", amount(typed)),
        };
        let there = Money::sum(snapshot.credits.iter().map(|credit| credit.open))?;
        if wanted > there {
            fields.complain("credit", format!("there is {there} of credit left"));
        } else if wanted > total {
            fields.complain("credit", format!("the bills get {total} altogether"));
        }
        fields.finish(())?;
        if bills.is_empty() {
            return Err(VendorRefusal::NoBill);
        }
        let credits = use_up(wanted, snapshot.credits);
        let money = total.minus(wanted)?;
        let id = EventId(self.command_id.0);
        let about = |document| Dimensions { document: Some(document), ..Dimensions::default() };
        let mut draft = Draft::new(self.store_id);
        for (bill, amount) in &bills {
            draft.debit(code::ACCOUNTS_PAYABLE, *amount, about(bill.0));
        }
        for (credit, amount) in &credits {
            draft.credit(code::ACCOUNTS_PAYABLE, *amount, about(credit.0))?;
        }
        draft.credit(account, money, about(id.0))?;
        let name = &snapshot.vendor.file.name;
        let summary = match wanted.is_zero() {
            true => format!("{name}: {total}"),
            false => format!("{name}: {total}, of which {wanted} credit"),
        };
        let payment = Payment {
            id,
            store_id: self.store_id,
            vendor_id: self.vendor_id,
            account,
            reference,
            paid_on: moment.business_date,
            money,
            bills,
            credits,
        };
        let event = Event {
            after: serde_json::to_value(&payment).ok(),
            ..Event::about(id, EventKind::BillsPaid, (SubjectKind::Vendor, self.vendor_id.0), summary, *moment, *origin)
        };
        let entry = draft.balance(EntryHeader {
            id: ids.draw(),
            event: id,
            legal_entity: snapshot.legal_entity,
            store: self.store_id,
            moment: *moment,
            narrative: EventKind::BillsPaid.label().to_owned(),
            reverses: None,
        })?;
        Ok(PaymentOutcome { record: Record { entries: vec![entry], ..Record::of(event) }, payment })
    }

    fn account(&self, snapshot: &PaySnapshot<'_>, fields: &mut FieldReader) -> AccountCode {
        let code = self.typed.account.trim().parse::<AccountCode>().ok();
        let known = snapshot.accounts.iter().find(|account| Some(account.code) == code && account.pays_vendors());
        if known.is_none() {
            fields.complain("account", "choose an account that bills are paid from");
        }
        known.map_or(code::BANK, |account| account.code)
    }

    fn bills(&self, snapshot: &PaySnapshot<'_>, fields: &mut FieldReader) -> Result<Vec<(BillId, Money)>, VendorRefusal> {
        let mut paid: Vec<(BillId, Money)> = Vec::new();
        for (row, part) in self.typed.bills.iter().enumerate() {
            let name = format!("bills.{row}.amount");
            let typed = match part.amount.trim() {
                "" => continue,
                typed => fields.read(&name, amount(typed)),
            };
            if typed.is_zero() {
                continue;
            }
            let here = |bill: &&OpenBill| {
                bill.id == part.bill && bill.store_id == self.store_id && bill.vendor_id == self.vendor_id
            };
            let bill = snapshot.bills.iter().find(here).ok_or(VendorRefusal::BillElsewhere)?;
            if paid.iter().any(|(id, _)| *id == bill.id) {
                fields.complain(&name, "this bill stands here twice");
            } else if typed > bill.open {
                fields.complain(&name, format!("{} is open of this bill", bill.open));
            }
            paid.push((bill.id, typed));
        }
        Ok(paid)
    }
}

/// Takes an amount from the oldest credits.
fn use_up(amount: Money, credits: &[OpenCredit]) -> Vec<(CreditId, Money)> {
    let mut left = amount;
    let mut used = Vec::new();
    for credit in credits {
        let part = left.min(credit.open);
        if part.is_positive() {
            used.push((credit.id, part));
            left = left.minus(part).unwrap_or_default();
        }
    }
    used
}
