//! Parts that several papers have in common.

use crate::shown;
use chrono::NaiveDate;
use domain::money::Money;
use serde::Serialize;

/// What is charged or credited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub description: String,
    /// Tag number, serial, certificate: small print under the description.
    pub detail: Option<String>,
    /// `2`, `3.5 g`; in words, because pieces, grams and carats all occur.
    pub quantity: Option<String>,
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
}

/// One tax by its name, such as `FL sales tax 7 %`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxLine {
    pub name: String,
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
}

/// Money that came or went by one means: `Visa 4242`, `Cash`, `Credit memo CM-7`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paid {
    pub means: String,
    /// Check number, authorization, the day it was paid.
    pub reference: Option<String>,
    /// Below zero where it was handed back.
    #[serde(serialize_with = "shown::money")]
    pub amount: Money,
}

/// How much of a payment or a credit went to one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppliedTo {
    /// `Invoice INV-1001`.
    pub document: String,
    #[serde(serialize_with = "shown::day")]
    pub dated: NaiveDate,
    #[serde(serialize_with = "shown::money")]
    pub applied: Money,
    /// What is still open on it afterwards.
    #[serde(serialize_with = "shown::money")]
    pub open: Money,
}

/// Says on every page that the paper no longer counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VoidMark {
    #[serde(serialize_with = "shown::day")]
    pub on: NaiveDate,
    pub reason: Option<String>,
}
