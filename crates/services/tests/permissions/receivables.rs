//! What is done with customers' accounts.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, cents, command};
use Needs::{Anywhere, Here};
use domain::ids::{CustomerCreditId, InvoiceId};
use domain::money::Money;
use domain::person::Permission as P;
use domain::receivable::{
    AccountAsked, ApplyCredit, ApplyTo, AssessFinanceCharges, IssueCreditMemo, IssueInvoice, RecoverWriteOff,
    RefundCredit, ReturnCheck, ReturnSaleCheck, ReverseCredit, SaveHouseAccount, StatementAsked,
    StatementForm, TakePayment, Terms, TypedHouseAccount, TypedInvoice, TypedInvoiceLine, UnapplyCredit,
    WriteOff,
};
use domain::sale::Tender;
use services::Ctx;

/// An invoice and a payment of one customer.
pub struct Owing {
    invoice: InvoiceId,
    credit: CustomerCreditId,
}

impl Shop {
    pub async fn owing(&self, customer_id: domain::ids::CustomerId) -> Owing {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let typed = TypedHouseAccount::on(Terms::Net(30));
        let grant = SaveHouseAccount { command_id: command(), store_id, customer_id, version: 0, typed };
        services.save_house_account(&self.owner, grant).await.unwrap();
        let line = TypedInvoiceLine {
            description: "Appraisal".into(),
            amount: "90".into(),
            taxed: false,
            account: "4100".into(),
        };
        let typed = TypedInvoice { terms: "account".into(), lines: vec![line], ..TypedInvoice::default() };
        let issue =
            IssueInvoice { command_id: command(), store_id, customer_id, typed, approvals: Vec::new() };
        let invoice = services.issue_invoice(&self.owner, issue).await.unwrap();
        let pay = self.pay(customer_id, "100");
        let credit = services.take_payment(&self.owner, pay).await.unwrap();
        Owing { invoice: InvoiceId(invoice.document), credit: CustomerCreditId(credit.document) }
    }

    fn pay(&self, customer_id: domain::ids::CustomerId, amount: &str) -> TakePayment {
        TakePayment {
            command_id: command(),
            store_id: self.set_up.store_id,
            session_id: None,
            customer_id,
            amount: amount.into(),
            tenders: vec![Tender { kind: "check".into(), amount: cents("100"), reference: "1001".into() }],
            apply: ApplyTo::OldestFirst,
            received_on: String::new(),
            note: String::new(),
        }
    }

    pub async fn with_accounts(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let services = &self.services;
        let (store_id, customer_id) = (self.set_up.store_id, known.customer);
        let (invoice_id, credit_id) = (known.owing.invoice, known.owing.credit);
        let asked = AccountAsked { customer: customer_id, offset: 0, limit: 1 };
        let typed = TypedHouseAccount::default();
        let grant = SaveHouseAccount { command_id: command(), store_id, customer_id, version: 9, typed };
        let pay = self.pay(customer_id, "");
        let apply = ApplyCredit { command_id: command(), store_id, credit_id, apply: ApplyTo::Nothing };
        let off =
            UnapplyCredit { command_id: command(), store_id, credit_id, invoice_id, reason: String::new() };
        let refund = RefundCredit {
            command_id: command(),
            store_id,
            session_id: None,
            credit_id,
            amount: String::new(),
            tenders: Vec::new(),
            reason: String::new(),
        };
        let back = ReturnCheck {
            command_id: command(),
            store_id,
            credit_id,
            fee: String::new(),
            reason: String::new(),
        };
        let back_again = ReturnSaleCheck {
            command_id: command(),
            store_id,
            sale_id: known.sale,
            fee: String::new(),
            reason: String::new(),
        };
        let reverse = ReverseCredit { command_id: command(), store_id, credit_id, reason: String::new() };
        let memo = IssueCreditMemo {
            command_id: command(),
            store_id,
            customer_id,
            invoice_id: Some(invoice_id),
            net: String::new(),
            reason: String::new(),
        };
        let typed = TypedInvoice::default();
        let issue =
            IssueInvoice { command_id: command(), store_id, customer_id, typed, approvals: Vec::new() };
        let write_off = WriteOff {
            command_id: command(),
            store_id,
            invoice_id,
            amount: String::new(),
            reason: String::new(),
        };
        let recover = RecoverWriteOff {
            command_id: command(),
            store_id,
            session_id: None,
            credit_id,
            amount: String::new(),
            tenders: Vec::new(),
        };
        let assess = AssessFinanceCharges {
            command_id: command(),
            store_id,
            accounts: 1,
            total: Money::from_minor(1),
        };
        let form = StatementForm::OpenItem;
        let statement = StatementAsked { customer: customer_id, form, from: String::new() };
        vec![
            tried(
                "account_standing",
                Anywhere(P::ViewReceivables),
                services.account_standing(ctx, customer_id).await,
            ),
            tried(
                "customer_account",
                Anywhere(P::ViewReceivables),
                services.customer_account(ctx, asked).await,
            ),
            tried("save_house_account", Here(P::GrantCredit), services.save_house_account(ctx, grant).await),
            tried(
                "account_payment_choices",
                Anywhere(P::TakePayment),
                services.account_payment_choices(ctx, customer_id).await,
            ),
            tried("take_payment", Here(P::TakePayment), services.take_payment(ctx, pay).await),
            tried("apply_credit", Here(P::AdjustReceivables), services.apply_credit(ctx, apply).await),
            tried("unapply_credit", Here(P::AdjustReceivables), services.unapply_credit(ctx, off).await),
            tried("refund_credit", Here(P::AdjustReceivables), services.refund_credit(ctx, refund).await),
            tried("return_check", Here(P::AdjustReceivables), services.return_check(ctx, back).await),
            tried(
                "return_sale_check",
                Here(P::AdjustReceivables),
                services.return_sale_check(ctx, back_again).await,
            ),
            tried("reverse_credit", Here(P::AdjustReceivables), services.reverse_credit(ctx, reverse).await),
            tried(
                "issue_credit_memo",
                Here(P::AdjustReceivables),
                services.issue_credit_memo(ctx, memo).await,
            ),
            tried(
                "invoice_choices",
                Anywhere(P::IssueInvoice),
                services.invoice_choices(ctx, customer_id).await,
            ),
            tried("invoice_taxes", Anywhere(P::IssueInvoice), services.invoice_taxes(ctx, String::new())),
            tried("issue_invoice", Here(P::IssueInvoice), services.issue_invoice(ctx, issue).await),
            tried("invoice", Here(P::ViewReceivables), services.invoice(ctx, invoice_id).await),
            tried(
                "customer_credit",
                Here(P::ViewReceivables),
                services.customer_credit(ctx, credit_id).await,
            ),
            tried("invoice_pdf", Here(P::ViewReceivables), services.invoice_pdf(ctx, invoice_id).await),
            tried("credit_pdf", Here(P::ViewReceivables), services.credit_pdf(ctx, credit_id).await),
            tried("receipt_pdf", Here(P::ViewSales), services.receipt_pdf(ctx, known.sale).await),
            tried(
                "statement",
                Anywhere(P::ViewReceivables),
                services.statement(ctx, statement.clone()).await,
            ),
            tried(
                "statement_pdf",
                Anywhere(P::ViewReceivables),
                services.statement_pdf(ctx, statement).await,
            ),
            tried("write_off", Here(P::WriteOff), services.write_off(ctx, write_off).await),
            tried("recover_write_off", Here(P::WriteOff), services.recover_write_off(ctx, recover).await),
            tried("finance_charges", Anywhere(P::WriteOff), services.finance_charges(ctx).await),
            tried(
                "assess_finance_charges",
                Here(P::WriteOff),
                services.assess_finance_charges(ctx, assess).await,
            ),
        ]
    }
}
