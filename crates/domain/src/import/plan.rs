//! What a person says about a file before its stones come in.

use super::file::Delimiter;
use super::{StoneColumn, guess, words};
use crate::field::{FieldError, FieldReader};
use crate::item::{StoneOrigin, StoneShape};
use crate::rate::Rate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the columns mean, and what is true of stones that do not say it themselves, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StonePlan {
    /// What each column of the file means, in its order; empty for what is left out.
    pub columns: Vec<Option<StoneColumn>>,
    /// The cost in percent of the price, where no cost stands in the row.
    pub cost_percent: String,
    /// Natural or laboratory-grown, where the row does not say.
    pub origin: String,
    /// The shape, where the row does not say.
    pub shape: String,
}

/// A plan that fits its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPlan {
    pub(super) headers: Vec<String>,
    pub(super) places: BTreeMap<StoneColumn, usize>,
    pub(super) cost: Option<Rate>,
    pub(super) origin: Option<StoneOrigin>,
    pub(super) shape: Option<StoneShape>,
    /// Between semicolons or tabs a comma is the mark of decimals.
    pub(super) decimal_comma: bool,
}

impl StonePlan {
    /// What the names of the columns say.
    #[must_use]
    pub fn guessed(headers: &[String]) -> Self {
        Self { columns: guess(headers), ..Self::default() }
    }

    /// Says what the column of this name means, whatever its name says.
    ///
    /// # Errors
    /// A sentence when there is no such column.
    pub fn say(&mut self, headers: &[String], name: &str, meant: StoneColumn) -> Result<(), String> {
        let same = |header: &String| header.trim().eq_ignore_ascii_case(name.trim());
        let place =
            headers.iter().position(same).ok_or_else(|| format!("the file has no column “{name}”"))?;
        self.columns.resize(headers.len(), None);
        for (at, column) in self.columns.iter_mut().enumerate() {
            if at == place {
                *column = Some(meant);
            } else if *column == Some(meant) {
                *column = None;
            }
        }
        Ok(())
    }

    /// Whether a column of the file is this.
    #[must_use]
    pub fn has(&self, column: StoneColumn) -> bool {
        self.columns.contains(&Some(column))
    }

    /// # Errors
    /// What is missing or said twice, each under its field: `columns`, `cost_percent`, `origin`, `shape`.
    pub fn check(&self, headers: &[String], delimiter: Delimiter) -> Result<CheckedPlan, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let mut places = BTreeMap::new();
        for (place, column) in self.columns.iter().take(headers.len()).enumerate() {
            if let Some(column) = column
                && places.insert(*column, place).is_some()
            {
                fields.complain("columns", format!("two columns are said to be “{column}”: choose one"));
            }
        }
        for needed in [StoneColumn::Carat, StoneColumn::Price] {
            if !places.contains_key(&needed) {
                fields.complain("columns", format!("say which column is “{needed}”"));
            }
        }
        let sides = [StoneColumn::Length, StoneColumn::Width, StoneColumn::Height];
        if !matches!(sides.iter().filter(|side| places.contains_key(side)).count(), 0 | 3) {
            fields.complain("columns", "length, width and height belong together: all three, or none");
        }
        let cost = match self.cost_percent.trim() {
            "" => None,
            typed => Some(fields.read("cost_percent", Rate::parse_percent(typed))),
        };
        if cost == Some(Rate::ZERO) && fields.is_clean() {
            fields.complain("cost_percent", "a stone costs more than nothing");
        }
        let origin =
            said("origin", &self.origin, words::origin, "a diamond is natural or lab-grown", &mut fields);
        let shape = said("shape", &self.shape, words::shape, "choose a shape such as round", &mut fields);
        for (column, said, field, sentence) in [
            (
                StoneColumn::Cost,
                cost.is_some(),
                "cost_percent",
                "no column is the cost: say how many percent of the price the stones cost",
            ),
            (
                StoneColumn::Origin,
                !self.origin.trim().is_empty(),
                "origin",
                "no column is the origin: say whether the stones are natural or lab-grown",
            ),
            (
                StoneColumn::Shape,
                !self.shape.trim().is_empty(),
                "shape",
                "no column is the shape: say which shape the stones have",
            ),
        ] {
            if !said && !places.contains_key(&column) {
                fields.complain(field, sentence);
            }
        }
        let decimal_comma = delimiter != Delimiter::Comma;
        fields.finish(CheckedPlan { headers: headers.to_vec(), places, cost, origin, shape, decimal_comma })
    }
}

fn said<T>(
    field: &str,
    typed: &str,
    read: fn(&str) -> Option<T>,
    sentence: &str,
    fields: &mut FieldReader,
) -> Option<T> {
    if typed.trim().is_empty() {
        return None;
    }
    let found = read(typed);
    if found.is_none() {
        fields.complain(field, sentence);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    fn complaints(plan: &StonePlan, headers: &[String]) -> Vec<String> {
        match plan.check(headers, Delimiter::Comma) {
            Ok(_) => Vec::new(),
            Err(errors) => errors.into_iter().map(|error| error.field).collect(),
        }
    }

    #[test]
    fn what_is_missing_is_asked_for() {
        let headers = headers(&["carat", "price", "x", "y", "z"]);
        let mut plan = StonePlan::guessed(&headers);
        assert_eq!(complaints(&plan, &headers), ["cost_percent", "origin", "shape"]);
        plan = StonePlan {
            cost_percent: "55".into(),
            origin: "lab-grown".into(),
            shape: "round".into(),
            ..plan
        };
        assert_eq!(complaints(&plan, &headers), [""; 0]);
        assert_eq!(plan.check(&headers, Delimiter::Comma).unwrap().cost, Some(Rate::from_ppm(550_000)));
        plan.columns = vec![None, Some(StoneColumn::Price), Some(StoneColumn::Length), None, None];
        assert_eq!(complaints(&plan, &headers), ["columns", "columns"]);
        plan.columns = vec![Some(StoneColumn::Carat), Some(StoneColumn::Price), Some(StoneColumn::Price)];
        assert_eq!(complaints(&plan, &headers), ["columns"]);
    }

    #[test]
    fn what_is_typed_must_read() {
        let headers = headers(&["carat", "price", "cost", "origin", "shape"]);
        let plan = StonePlan::guessed(&headers);
        assert_eq!(complaints(&plan, &headers), [""; 0]);
        for (percent, origin, shape, field) in [
            ("lots", "", "", "cost_percent"),
            ("101", "", "", "cost_percent"),
            ("0", "", "", "cost_percent"),
            ("", "moon", "", "origin"),
            ("", "", "triangle", "shape"),
        ] {
            let plan = StonePlan {
                cost_percent: percent.into(),
                origin: origin.into(),
                shape: shape.into(),
                ..plan.clone()
            };
            assert_eq!(complaints(&plan, &headers), [field]);
        }
    }

    #[test]
    fn a_column_may_be_said() {
        let headers = headers(&["Size", "ct", "price"]);
        let mut plan = StonePlan::guessed(&headers);
        assert_eq!(plan.columns, [Some(StoneColumn::Carat), None, Some(StoneColumn::Price)]);
        plan.say(&headers, "CT", StoneColumn::Carat).unwrap();
        assert_eq!(plan.columns, [None, Some(StoneColumn::Carat), Some(StoneColumn::Price)]);
        assert!(plan.say(&headers, "weight", StoneColumn::Carat).is_err());
    }
}
