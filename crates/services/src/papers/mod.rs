//! Papers as PDF: what the screens show, typeset for whoever takes it along.

mod credit;
mod invoice;
mod receipt;
mod statement;

use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::NaiveDate;
use documents::DocumentError;
use documents::letterhead::{Letterhead, Party};
use documents::lines::TaxLine;
use domain::customer::NamedCustomer;
use domain::money::Money;
use domain::store::Store;

/// A PDF and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub pdf: Vec<u8>,
}

impl From<DocumentError> for ServiceError {
    fn from(error: DocumentError) -> Self {
        match error {
            DocumentError::TooManyLines(_)
            | DocumentError::TextTooLong(_)
            | DocumentError::TooManyInstallments(_) => Self::refused(error),
            // A sheet that does not add up is a fault of the books or of this program, and must not leave the store.
            DocumentError::DoesNotAdd { .. } | DocumentError::Money(_) | DocumentError::NotSet(_) => {
                Self::internal(error)
            }
        }
    }
}

impl Services {
    /// Sets a paper; the name is what it is saved as, without its ending.
    async fn typeset(
        &self,
        name: &str,
        set: impl FnOnce() -> Result<Vec<u8>, DocumentError> + Send + 'static,
    ) -> Result<Paper, ServiceError> {
        let pdf = self.typesetting.run(set).await??;
        Ok(Paper { name: format!("{name}.pdf"), pdf })
    }

    /// The head of every paper of a store.
    fn letterhead(&self, store: &Store) -> Result<Letterhead, ServiceError> {
        let config = self.config()?;
        let words = config.store(store.id)?.policy.receipt_words();
        let city = format!("{} {} {}", store.city, store.state, store.postal_code);
        Ok(Letterhead {
            store_name: store.name.clone(),
            address: vec![store.street.clone(), city.trim().to_owned()],
            phone: store.phone.clone(),
            header: Some(words.header).filter(|header| !header.is_empty()),
            currency: config.organization.currency.clone(),
        })
    }
}

fn party(customer: NamedCustomer, address: Vec<String>) -> Party {
    Party { name: customer.name, address, customer_number: Some(customer.number) }
}

fn tax_lines(taxes: Vec<(String, Money)>) -> Vec<TaxLine> {
    taxes.into_iter().map(|(name, amount)| TaxLine { name, amount }).collect()
}

/// A day as papers say it in the middle of a line.
fn in_words(day: NaiveDate) -> String {
    day.format("%b %-d, %Y").to_string()
}
