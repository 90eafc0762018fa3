//! The numbers of the documents that an event makes.

use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use db::WriteTx;
use db::repo::config::Config;
use db::repo::receivable::{self, Numbers};
use db::repo::series;
use domain::receivable::{Changes, Credit, CreditKind};
use domain::series::{SeriesKind, account_payment_number, credit_memo_number, invoice_number};

/// Draws a number for each invoice, payment and credit memo; what stands on a receipt has the receipt's.
pub(crate) async fn numbered(
    tx: &WriteTx,
    config: &Config,
    changes: &Changes,
    receipt: Option<&str>,
) -> Result<Numbers, ServiceError> {
    let mut numbers = Numbers::default();
    if let Some(first) = changes.invoices.first() {
        // All invoices of an event are of one store.
        let store = &config.store(first.store_id)?.store;
        let count = i64::try_from(changes.invoices.len()).map_err(ServiceError::internal)?;
        let from = series::draw(tx, SeriesKind::Invoice, store.id.0, count).await?;
        numbers.invoices = (from..from + count).map(|number| invoice_number(&store.code, number)).collect();
    }
    for credit in &changes.credits {
        numbers.credits.push(number_of(tx, config, credit, receipt).await?);
    }
    Ok(numbers)
}

async fn number_of(
    tx: &WriteTx,
    config: &Config,
    credit: &Credit,
    receipt: Option<&str>,
) -> Result<String, ServiceError> {
    let store = &config.store(credit.store_id)?.store;
    let drawn = async |kind| series::draw(tx, kind, store.id.0, 1).await;
    Ok(match credit.kind {
        CreditKind::Payment => account_payment_number(&store.code, drawn(SeriesKind::AccountPayment).await?),
        CreditKind::CreditMemo => credit_memo_number(&store.code, drawn(SeriesKind::CreditMemo).await?),
        CreditKind::Return | CreditKind::Void => receipt.unwrap_or_default().to_owned(),
        CreditKind::WriteOff => {
            let invoice = match credit.invoice_id {
                Some(id) => receivable::find_invoice(tx, id).await?,
                None => None,
            };
            invoice.map(|invoice| invoice.number).unwrap_or_default()
        }
    })
}
