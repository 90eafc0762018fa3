//! Sales tax of the United States: jurisdictions with dated rates, caps per item, rounding per
//! invoice or per line. See `rules.md#sales-tax`.

mod allocate;
mod compute;
mod out_the_door;

pub use allocate::{allocate, split};
pub use compute::{LineTax, TaxPart, TaxableLine, compute};
pub use out_the_door::out_the_door;

use crate::codes;
use crate::ids::JurisdictionId;
use crate::money::Money;
use crate::rate::Rate;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Where a cent is rounded; a store chooses once and keeps to it.
    #[derive(Default)]
    pub enum TaxRounding("tax rounding") {
        #[default]
        PerInvoice = "per_invoice", "Once per receipt";
        PerLine = "per_line", "On every line";
    }
}

codes! {
    /// Whether a kind of goods is taxed.
    #[derive(Default)]
    pub enum Taxability("taxability") {
        #[default]
        Taxable = "taxable", "Taxed";
        Exempt = "exempt", "Not taxed";
    }
}

/// A state, county, city or district that levies sales tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jurisdiction {
    pub id: JurisdictionId,
    pub name: String,
    /// Newest last; each holds until the next one begins.
    pub rates: Vec<DatedRate>,
}

/// A rate from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedRate {
    pub valid_from: NaiveDate,
    pub rate: Rate,
    /// Only this much of each single item is taxed (Florida's county surtax: 5,000.00).
    pub cap_per_item: Option<Money>,
}

/// What one jurisdiction levies on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Levy {
    pub jurisdiction_id: JurisdictionId,
    pub rate: Rate,
    pub cap_per_item: Option<Money>,
}

impl Jurisdiction {
    /// The levy in force on a day, if the jurisdiction had begun to tax by then.
    #[must_use]
    pub fn levy_on(&self, date: NaiveDate) -> Option<Levy> {
        let dated = self.rates.iter().filter(|r| r.valid_from <= date).max_by_key(|r| r.valid_from)?;
        Some(Levy { jurisdiction_id: self.id, rate: dated.rate, cap_per_item: dated.cap_per_item })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_rate_holds_until_the_next_begins() {
        let dated = |from: &str, ppm| DatedRate {
            valid_from: from.parse().unwrap(),
            rate: Rate::from_ppm(ppm),
            cap_per_item: None,
        };
        let state = Jurisdiction {
            id: JurisdictionId(Uuid::from_u128(1)),
            name: "State".into(),
            rates: vec![dated("2026-07-01", 72_500), dated("2025-01-01", 70_000)],
        };
        let on = |day: &str| state.levy_on(day.parse().unwrap()).map(|levy| levy.rate.ppm());
        assert_eq!(on("2024-12-31"), None);
        assert_eq!(on("2026-06-30"), Some(70_000));
        assert_eq!(on("2026-07-01"), Some(72_500));
    }
}
