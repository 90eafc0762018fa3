//! No tax on this ticket: the customer's own certificate, or one that was shown at the counter.

use crate::codes;
use crate::customer::Exemption;
use crate::text::{self, TextError};
use serde::{Deserialize, Serialize};

codes! {
    /// Why a sale carries no tax (`rules.md#sales-tax`).
    pub enum ExemptReason("reason for no tax") {
        Resale = "resale", "Resale";
        Nonprofit = "nonprofit", "Non-profit";
        Government = "government", "Government";
        OutOfState = "out_of_state", "Delivered out of state";
        Tribal = "tribal", "Tribal";
        Diplomat = "diplomat", "Diplomat";
    }
}

/// A certificate or proof that a customer without one in the book shows at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedExemption {
    /// Number of the certificate, or what proves the delivery.
    pub certificate: String,
    pub reason: ExemptReason,
}

impl TypedExemption {
    /// # Errors
    /// [`TextError`] when nothing that identifies the proof was typed.
    pub fn check(&self) -> Result<Exemption, TextError> {
        let certificate = text::required_line(&self.certificate)?;
        Ok(Exemption { certificate, expires_on: None, reason: Some(self.reason) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_has_a_number() {
        let typed = |certificate: &str| {
            TypedExemption { certificate: certificate.into(), reason: ExemptReason::Resale }.check()
        };
        assert_eq!(typed(" ").map(|_| ()), Err(TextError::Missing));
        assert_eq!(typed("4242 4242 4242 4242").map(|_| ()), Err(TextError::CardNumber));
        let exemption = typed(" IL-77 ").unwrap();
        assert_eq!((exemption.certificate.as_str(), exemption.reason), ("IL-77", Some(ExemptReason::Resale)));
    }
}
