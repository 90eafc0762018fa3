//! Papers of an account: statements, invoices, receipts of payments, credit memos.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

#[path = "support/accounts.rs"]
mod accounts;

use accounts::{on, person};
use domain::ids::*;
use domain::receivable::*;
use domain::sale::{CompleteSale, VoidSale};
use services::{Paper, ServiceError};
use support::{Shop, cents, command};

on_both_databases! {
    a_statement_tells_what_is_open_or_what_happened
    a_customer_with_nothing_has_a_statement
    every_paper_of_an_account_adds_up
    what_was_paid_at_the_register_stands_on_the_invoice
}

impl Shop {
    async fn stated(
        &self,
        customer: CustomerId,
        form: StatementForm,
        from: &str,
    ) -> Result<Statement, ServiceError> {
        let asked = StatementAsked { customer, form, from: from.into() };
        let told = self.services.statement(&self.owner, asked.clone()).await?;
        is_pdf(&self.services.statement_pdf(&self.owner, asked).await?);
        Ok(told)
    }
}

fn is_pdf(paper: &Paper) {
    assert!(paper.pdf.starts_with(b"%PDF-") && paper.pdf.len() > 5_000, "{} is no PDF", paper.name);
}

async fn a_statement_tells_what_is_open_or_what_happened(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    shop.charged(session, "100.00", customer).await;
    shop.charged(session, "200.00", customer).await;
    shop.pays(customer, "check", "150").await;
    let more = TakePayment { apply: ApplyTo::Nothing, ..shop.payment(customer, "card", "20") };
    shop.services.take_payment(&shop.owner, more).await.unwrap();

    let told = shop.stated(customer, StatementForm::OpenItem, "").await.unwrap();
    let StatementBody::OpenItem(items) = &told.body else { panic!("{:?}", told.body) };
    let rows: Vec<_> = items.iter().map(|item| (item.document.as_str(), item.open.to_string())).collect();
    let expected = [("Invoice S1-INV-00002", "171.00"), ("Payment S1-PMT-00002", "−20.00")];
    assert_eq!(rows, expected.map(|(document, open)| (document, open.to_owned())));
    assert_eq!((told.balance, told.aging.unapplied, told.minimum), (cents("151"), cents("20"), None));

    let told = shop.stated(customer, StatementForm::BalanceForward, "").await.unwrap();
    let StatementBody::BalanceForward { opening, activity, .. } = &told.body else {
        panic!("{:?}", told.body)
    };
    let balances: Vec<_> = activity.iter().map(|one| one.balance.to_string()).collect();
    assert_eq!(
        (opening.to_string(), balances.join(" ")),
        ("0.00".into(), "107.00 321.00 171.00 151.00".into())
    );
    for wrong in ["2126-01-01", "soon"] {
        let refused = shop.stated(customer, StatementForm::BalanceForward, wrong).await.unwrap_err();
        assert!(matches!(&refused, ServiceError::Fields(fields) if fields[0].field == "from"), "{refused:?}");
    }
}

async fn a_customer_with_nothing_has_a_statement(shop: Shop) {
    let customer = shop.meet(person("Nobody")).await;
    for form in StatementForm::ALL {
        let told = shop.stated(customer, *form, "").await.unwrap();
        assert_eq!((told.body.lines(), told.balance), (0, cents("0")));
    }
    let unknown = CustomerId(uuid::Uuid::from_u128(7));
    let refused = shop.stated(unknown, StatementForm::OpenItem, "").await.unwrap_err();
    assert!(matches!(refused, ServiceError::NotFound(_)), "{refused:?}");
}

async fn every_paper_of_an_account_adds_up(shop: Shop) {
    let (services, owner, store_id) = (&shop.services, &shop.owner, shop.set_up.store_id);
    let session = shop.open_till("0").await;
    let customer = shop.meet(person("Person")).await;
    shop.grant(customer, "", Terms::Installments(3)).await;
    let (_, invoice_id) = shop.charged(session, "100.01", customer).await;
    is_pdf(&services.invoice_pdf(owner, invoice_id).await.unwrap());
    let check = shop.pays(customer, "check", "150").await;
    is_pdf(&services.credit_pdf(owner, check).await.unwrap());
    is_pdf(&services.invoice_pdf(owner, invoice_id).await.unwrap());

    let back = ReturnCheck {
        command_id: command(),
        store_id,
        credit_id: check,
        fee: "25".into(),
        reason: "no funds".into(),
    };
    services.return_check(owner, back).await.unwrap();
    is_pdf(&services.credit_pdf(owner, check).await.unwrap());
    let fee =
        shop.account(customer).await.invoices.into_iter().find(|one| one.kind == InvoiceKind::Fee).unwrap();
    is_pdf(&services.invoice_pdf(owner, fee.id).await.unwrap());

    let memo = IssueCreditMemo {
        command_id: command(),
        store_id,
        customer_id: customer,
        invoice_id: Some(invoice_id),
        net: "10".into(),
        reason: "a scratch".into(),
    };
    let memo = CustomerCreditId(services.issue_credit_memo(owner, memo).await.unwrap().document);
    is_pdf(&services.credit_pdf(owner, memo).await.unwrap());
    let write_off =
        WriteOff { command_id: command(), store_id, invoice_id, amount: "1".into(), reason: "small".into() };
    let gone = CustomerCreditId(services.write_off(owner, write_off).await.unwrap().document);
    let refused = services.credit_pdf(owner, gone).await.unwrap_err();
    assert!(matches!(refused, ServiceError::NotFound(_)), "{refused:?}");

    let (sold, charged) = shop.charged(session, "50.00", customer).await;
    is_pdf(&services.receipt_pdf(owner, sold.sale_id).await.unwrap());
    let void = VoidSale {
        store_id,
        command_id: command(),
        sale_id: sold.sale_id,
        reason: "changed their mind".into(),
        approvals: Vec::new(),
    };
    services.void_sale(owner, void).await.unwrap();
    is_pdf(&services.invoice_pdf(owner, charged).await.unwrap());
    is_pdf(&services.receipt_pdf(owner, sold.sale_id).await.unwrap());
    shop.verifies().await;
}

async fn what_was_paid_at_the_register_stands_on_the_invoice(shop: Shop) {
    let session = shop.open_till("0").await;
    let customer = shop.with_account("Person", "").await;
    let ring = shop.add_ring("500.00", "40.00").await;
    let part = CompleteSale {
        tenders: vec![on("account", "300"), on("card", "235")],
        ..shop.charge(session, ring, "500.00", customer)
    };
    let sold = shop.services.complete_sale(&shop.owner, part).await.unwrap();
    let sheet = shop.services.sale(&shop.owner, sold.sale_id).await.unwrap();
    let charged = sheet.charged.unwrap();
    assert_eq!((charged.number.as_str(), charged.amount), ("S1-INV-00001", cents("300")));
    let invoice = shop.services.invoice(&shop.owner, charged.invoice).await.unwrap();
    assert_eq!(
        (invoice.net, invoice.taxes[0].1, invoice.at_register),
        (cents("500"), cents("35"), cents("235"))
    );
    assert_eq!((invoice.amount, invoice.open), (cents("300"), cents("300")));
    is_pdf(&shop.services.invoice_pdf(&shop.owner, charged.invoice).await.unwrap());
    is_pdf(&shop.services.receipt_pdf(&shop.owner, sold.sale_id).await.unwrap());
    // Nothing charged, no invoice.
    let ring = shop.add_ring("500.00", "40.00").await;
    let cash = shop.sale(session, &[(ring, "500.00")], "535.00", "535.00");
    let paid = shop.services.complete_sale(&shop.owner, cash).await.unwrap();
    assert_eq!(shop.services.sale(&shop.owner, paid.sale_id).await.unwrap().charged, None);
}
