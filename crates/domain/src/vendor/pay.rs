//! Vendors' bills are paid: whole or in part, several at once, with money and with what the vendor owes us.

use super::goods::amount;
use super::{Vendor, VendorRefusal};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{BillId, CommandId, CreditId, EventId, Ids, LegalEntityId, StoreId, VendorId};
use crate::ledger::{
    Account, AccountCode, AccountKind, Dimensions, Draft, EntryHeader, code, standard_chart,
};
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
            ..Event::about(
                id,
                EventKind::BillsPaid,
                (SubjectKind::Vendor, self.vendor_id.0),
                summary,
                *moment,
                *origin,
            )
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
        let known =
            snapshot.accounts.iter().find(|account| Some(account.code) == code && account.pays_vendors());
        if known.is_none() {
            fields.complain("account", "choose an account that bills are paid from");
        }
        known.map_or(code::BANK, |account| account.code)
    }

    fn bills(
        &self,
        snapshot: &PaySnapshot<'_>,
        fields: &mut FieldReader,
    ) -> Result<Vec<(BillId, Money)>, VendorRefusal> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn bill(number: u128, due_on: &str, open: i64) -> OpenBill {
        OpenBill {
            id: BillId(Uuid::from_u128(number)),
            number: number.to_string(),
            store_id: StoreId(Uuid::nil()),
            vendor_id: VendorId(Uuid::nil()),
            billed_on: "2026-01-01".parse().unwrap(),
            due_on: due_on.parse().unwrap(),
            amount: Money::from_minor(open),
            open: Money::from_minor(open),
        }
    }

    #[test]
    fn what_is_due_first_is_paid_first() {
        let bills = [bill(1, "2026-03-01", 500), bill(2, "2026-02-01", 300), bill(3, "2026-02-01", 100)];
        let parts = spread(Money::from_minor(450), &bills);
        let ids: Vec<_> = parts.iter().map(|(id, part)| (id.0.as_u128(), part.minor())).collect();
        assert_eq!(ids, [(2, 300), (3, 100), (1, 50)]);
        assert!(spread(Money::ZERO, &bills).is_empty());
    }

    #[test]
    fn only_the_bank_and_own_accounts_pay() {
        let codes: Vec<_> = standard_chart()
            .iter()
            .filter(|account| account.pays_vendors())
            .map(|account| account.code.get())
            .collect();
        assert_eq!(codes, [1020]);
        let own = |code: i32, kind, active| Account {
            code: AccountCode::new(code).unwrap(),
            name: "Card of the firm".into(),
            kind,
            control: false,
            active,
        };
        assert!(own(2050, AccountKind::Liability, true).pays_vendors());
        assert!(!own(2050, AccountKind::Liability, false).pays_vendors());
        assert!(!own(6200, AccountKind::Expense, true).pays_vendors());
    }

    proptest! {
        #[test]
        fn nothing_is_paid_beyond_what_is_open(amount in 0_i64..100_000, open in prop::collection::vec(1_i64..20_000, 0..8)) {
            let bills: Vec<OpenBill> = (1_u128..).zip(&open).map(|(id, open)| bill(id, "2026-02-01", *open)).collect();
            let parts = spread(Money::from_minor(amount), &bills);
            let paid: i64 = parts.iter().map(|(_, part)| part.minor()).sum();
            prop_assert_eq!(paid, amount.min(open.iter().sum()));
            for (id, part) in parts {
                let bill = bills.iter().find(|bill| bill.id == id).unwrap();
                prop_assert!(part <= bill.open && part.is_positive());
            }
        }
    }
}
