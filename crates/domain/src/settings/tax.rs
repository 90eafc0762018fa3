//! Who taxes which store, at which rate from which day on.

use crate::field::FieldReader;
use crate::ids::{JurisdictionId, StoreId};
use crate::money::Money;
use crate::rate::Rate;
use crate::tax::{DatedRate, Jurisdiction};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A jurisdiction as typed. Rates that have begun are not in here: they stay as they are, because sales
/// were taxed with them; a wrong one is mended by another that begins today.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedJurisdiction {
    pub name: String,
    /// The rates from today on; a row left empty is no rate.
    pub rates: Vec<TypedRate>,
    /// The stores it taxes.
    pub stores: Vec<StoreId>,
}

/// A rate as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedRate {
    /// The first day it holds; empty for always.
    pub valid_from: String,
    pub percent: String,
    /// Only this much of each item is taxed; empty for no cap.
    pub cap: String,
}

impl From<&DatedRate> for TypedRate {
    fn from(rate: &DatedRate) -> Self {
        Self {
            valid_from: rate.valid_from.to_string(),
            percent: rate.rate.percent(),
            cap: rate.cap_per_item.map(|cap| cap.to_string()).unwrap_or_default(),
        }
    }
}

/// Reads a rate; complaints go to the fields of the row named `row`.
pub fn check_rate(typed: &TypedRate, row: &str, fields: &mut FieldReader) -> DatedRate {
    let field = |name: &str| format!("{row}.{name}");
    let cap_per_item = match typed.cap.trim() {
        "" => None,
        typed => Some(fields.read(&field("cap"), Money::parse(typed))),
    };
    if cap_per_item.is_some_and(|cap| !cap.is_positive()) {
        fields.complain(&field("cap"), "a cap is above zero, or empty");
    }
    let valid_from = match typed.valid_from.trim() {
        "" => always(),
        typed => fields.read(&field("valid_from"), typed.parse().map_err(|_| "enter a date")),
    };
    DatedRate {
        valid_from,
        rate: fields.read(&field("percent"), Rate::parse_percent(&typed.percent)),
        cap_per_item,
    }
}

/// Before anything was sold with this program.
fn always() -> NaiveDate {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default()
}

impl TypedJurisdiction {
    pub(super) fn check(
        &self,
        existing: Option<&Jurisdiction>,
        id: JurisdictionId,
        today: NaiveDate,
        fields: &mut FieldReader,
    ) -> Jurisdiction {
        let begun = existing.into_iter().flat_map(|j| &j.rates).filter(|rate| rate.valid_from < today);
        let mut rates: Vec<DatedRate> = begun.copied().collect();
        let mut days: BTreeSet<NaiveDate> = rates.iter().map(|rate| rate.valid_from).collect();
        let typed = self.rates.iter().enumerate().filter(|(_, rate)| **rate != TypedRate::default());
        for (at, typed) in typed {
            let row = format!("rates.{at}");
            let rate = check_rate(typed, &row, fields);
            let field = format!("{row}.valid_from");
            if existing.is_some() && rate.valid_from < today {
                fields.complain(&field, "a rate that is added begins today or later");
            } else if !days.insert(rate.valid_from) {
                fields.complain(&field, "another rate begins on this day");
            }
            rates.push(rate);
        }
        if rates.is_empty() {
            fields.complain("rates.0.percent", "a jurisdiction has a rate, even if it is 0");
        }
        rates.sort_by_key(|rate| rate.valid_from);
        Jurisdiction { id, name: fields.read("name", text::required_line(&self.name)), rates }
    }
}
