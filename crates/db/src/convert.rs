//! Between rows and domain values. A row that does not convert was not written by this program.

use crate::error::DbError;
use chrono::{DateTime, FixedOffset, Utc};
use domain::item::{Lot, Portion, Quantity, Unit};
use domain::ledger::AccountCode;
use domain::money::Money;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A stored code as its enum.
pub fn code<T: FromStr<Err: ToString>>(text: &str) -> Result<T, DbError> {
    text.parse().map_err(DbError::corrupt)
}

pub fn optional_code<T: FromStr<Err: ToString>>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(code).transpose()
}

pub fn account(number: i64) -> Result<AccountCode, DbError> {
    i32::try_from(number).ok().and_then(|n| AccountCode::new(n).ok()).ok_or_else(|| DbError::corrupt(number))
}

pub fn json<T: DeserializeOwned>(text: &str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(DbError::corrupt)
}

pub fn optional_json<T: DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, DbError> {
    text.map(json).transpose()
}

pub fn to_json(value: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(DbError::corrupt)
}

pub fn optional_to_json(value: Option<&impl Serialize>) -> Result<Option<String>, DbError> {
    value.map(to_json).transpose()
}

/// An instant as read; the services turn it to the store's own time.
pub fn instant(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    at.fixed_offset()
}

pub const fn money(minor: i64) -> Money {
    Money::from_minor(minor)
}

/// A lot as its three columns hold it; `None` for a unique piece.
pub fn to_lot(unit: Option<&str>, pieces: i64, milli: i64) -> Result<Option<Lot>, DbError> {
    let unit: Option<Unit> = optional_code(unit)?;
    Ok(unit.map(|unit| Lot { unit, on_hand: Quantity { pieces, milli } }))
}

/// A part of a lot on a sale; `None` for a unique piece.
pub fn to_portion(
    unit: Option<&str>,
    pieces: i64,
    milli: i64,
    unit_price_minor: Option<i64>,
) -> Result<Option<Portion>, DbError> {
    let lot = to_lot(unit, pieces, milli)?;
    let portion = |lot: Lot| Portion {
        unit: lot.unit,
        quantity: lot.on_hand,
        unit_price: money(unit_price_minor.unwrap_or_default()),
    };
    Ok(lot.map(portion))
}
