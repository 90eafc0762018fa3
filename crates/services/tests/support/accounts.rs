//! Customers with house accounts who are charged and pay.
#![allow(dead_code, reason = "each test binary uses a part")]

use crate::support::{Shop, cents, command};
use domain::customer::TypedCustomer;
use domain::ids::*;
use domain::ledger::TieOutAsked;
use domain::money::Money;
use domain::receivable::*;
use domain::sale::{CompleteSale, Condition, Proof, ReturnLine, SaleDone, Tender};

pub fn person(name: &str) -> TypedCustomer {
    TypedCustomer { last_name: name.into(), ..TypedCustomer::default() }
}

pub fn on(kind: &str, amount: &str) -> Tender {
    Tender { kind: kind.into(), amount: cents(amount), reference: "1001".into() }
}

impl Shop {
    pub async fn with_account(&self, name: &str, limit: &str) -> CustomerId {
        let customer = self.meet(person(name)).await;
        self.grant(customer, limit, Terms::Net(30)).await;
        customer
    }

    pub async fn grant(&self, customer_id: CustomerId, limit: &str, terms: Terms) {
        let typed = TypedHouseAccount { limit: limit.into(), ..TypedHouseAccount::on(terms) };
        let store_id = self.set_up.store_id;
        let cmd = SaveHouseAccount { command_id: command(), store_id, customer_id, version: 0, typed };
        self.services.save_house_account(&self.owner, cmd).await.unwrap();
    }

    pub fn charge(
        &self,
        session: TillSessionId,
        ring: ItemId,
        price: &str,
        customer: CustomerId,
    ) -> CompleteSale {
        let total = cents(price).plus(cents(price).share(7, 100).unwrap()).unwrap().to_string();
        CompleteSale {
            customer_id: Some(customer),
            tenders: vec![on("account", &total)],
            ..self.sale(session, &[(ring, price)], &total, "0")
        }
    }

    pub async fn charged(
        &self,
        session: TillSessionId,
        price: &str,
        customer: CustomerId,
    ) -> (SaleDone, InvoiceId) {
        let ring = self.add_ring(price, "40.00").await;
        let cmd = self.charge(session, ring, price, customer);
        let done = self.services.complete_sale(&self.owner, cmd).await.unwrap();
        let account = self.account(customer).await;
        (done, account.invoices.last().unwrap().id)
    }

    /// Everything on these receipts of one piece comes back, and the money goes to the account.
    pub async fn taking_back(
        &self,
        session: TillSessionId,
        customer: CustomerId,
        numbers: &[&str],
        total: &str,
    ) -> CompleteSale {
        let mut returns = Vec::new();
        for number in numbers {
            let offer = self.services.find_return(&self.owner, number).await.unwrap();
            returns.push(ReturnLine {
                line_id: offer.lines[0].line_id,
                condition: Condition::AsNew,
                proof: Proof::Receipt,
                fee: Money::ZERO,
                quantity: None,
            });
        }
        CompleteSale {
            customer_id: Some(customer),
            returns,
            tenders: vec![on("account", total)],
            ..self.sale(session, &[], &format!("-{total}"), "0")
        }
    }

    pub async fn account(&self, customer: CustomerId) -> AccountSheet {
        let asked = AccountAsked { customer, offset: 0, limit: 100 };
        self.services.customer_account(&self.owner, asked).await.unwrap()
    }

    /// An invoice of a day for services, untaxed.
    pub async fn invoiced(&self, customer_id: CustomerId, date: &str, amount: &str) -> InvoiceId {
        let line = TypedInvoiceLine {
            description: "Appraisal".into(),
            amount: amount.into(),
            account: "4050".into(),
            ..TypedInvoiceLine::default()
        };
        let typed = TypedInvoice {
            date: date.into(),
            // What is overdue already speaks against more.
            override_reason: "test".into(),
            lines: vec![line],
            ..TypedInvoice::default()
        };
        let cmd = IssueInvoice {
            command_id: command(),
            store_id: self.set_up.store_id,
            customer_id,
            typed,
            approvals: Vec::new(),
        };
        InvoiceId(self.services.issue_invoice(&self.owner, cmd).await.unwrap().document)
    }

    pub fn payment(&self, customer_id: CustomerId, by: &str, amount: &str) -> TakePayment {
        TakePayment {
            command_id: command(),
            store_id: self.set_up.store_id,
            session_id: None,
            customer_id,
            amount: amount.into(),
            tenders: vec![on(by, amount)],
            apply: ApplyTo::OldestFirst,
            received_on: String::new(),
            note: String::new(),
        }
    }

    pub async fn pays(&self, customer: CustomerId, by: &str, amount: &str) -> CustomerCreditId {
        let done = self.services.take_payment(&self.owner, self.payment(customer, by, amount)).await.unwrap();
        CustomerCreditId(done.document)
    }

    /// Every sub-ledger is as its account, and everything is whole.
    pub async fn ties_out(&self) {
        let sheet = self.services.tie_out(&self.owner, TieOutAsked::default()).await.unwrap();
        assert!(sheet.holds(), "{sheet:?}");
        self.verifies().await;
    }
}
