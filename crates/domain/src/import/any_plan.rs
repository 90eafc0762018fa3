//! A plan for a file of any kind, and the rows it reads.

use super::file::Delimiter;
use super::goods::{CheckedGoods, ColumnFigures, GoodsField, GoodsPlan, GoodsReader};
use super::{CheckedPlan, ImportKind, RowRead, StonePlan};
use crate::field::FieldError;
use serde::{Deserialize, Serialize};

/// What a person says about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportPlan {
    Stones(StonePlan),
    Goods(GoodsPlan),
}

impl From<StonePlan> for ImportPlan {
    fn from(plan: StonePlan) -> Self {
        Self::Stones(plan)
    }
}

impl From<GoodsPlan> for ImportPlan {
    fn from(plan: GoodsPlan) -> Self {
        Self::Goods(plan)
    }
}

impl ImportPlan {
    /// What the names of the columns say.
    #[must_use]
    pub fn guessed(kind: ImportKind, headers: &[String]) -> Self {
        match kind {
            ImportKind::Stones => Self::Stones(StonePlan::guessed(headers)),
            ImportKind::Pieces | ImportKind::Lots | ImportKind::Shopify => {
                Self::Goods(GoodsPlan::guessed(kind, headers))
            }
        }
    }

    #[must_use]
    pub const fn kind(&self) -> ImportKind {
        match self {
            Self::Stones(_) => ImportKind::Stones,
            Self::Goods(plan) => plan.kind,
        }
    }

    /// # Errors
    /// What is missing or does not read, each under its field.
    pub fn check(
        &self,
        headers: &[String],
        delimiter: Delimiter,
        figures: &[ColumnFigures],
    ) -> Result<CheckedImport, Vec<FieldError>> {
        match self {
            Self::Stones(plan) => plan.check(headers, delimiter).map(CheckedImport::Stones),
            Self::Goods(plan) => plan.check(headers, figures).map(CheckedImport::Goods),
        }
    }
}

/// A plan that fits its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckedImport {
    Stones(CheckedPlan),
    Goods(CheckedGoods),
}

impl CheckedImport {
    #[must_use]
    pub const fn kind(&self) -> ImportKind {
        match self {
            Self::Stones(_) => ImportKind::Stones,
            Self::Goods(plan) => plan.kind(),
        }
    }

    /// The name of the column with the number on the tag.
    #[must_use]
    pub fn tag_name(&self) -> &str {
        match self {
            Self::Stones(_) => GoodsField::Tag.label(),
            Self::Goods(plan) => plan.name_of(GoodsField::Tag),
        }
    }

    /// Reads the rows of a file from its first one on.
    #[must_use]
    pub const fn reader(&self) -> RowReader<'_> {
        match self {
            Self::Stones(plan) => RowReader::Stones(plan),
            Self::Goods(plan) => RowReader::Goods(plan.reader()),
        }
    }
}

/// Reads the rows of a file in their order.
#[derive(Debug)]
pub enum RowReader<'a> {
    Stones(&'a CheckedPlan),
    Goods(GoodsReader<'a>),
}

impl RowReader<'_> {
    /// Reads the next row; what it leaves to a row before it is filled in.
    pub fn read(&mut self, cells: &mut [String]) -> RowRead {
        match self {
            Self::Stones(plan) => match plan.read(cells) {
                Ok(row) => RowRead::Good(Box::new(row)),
                Err(reasons) => RowRead::Bad(reasons),
            },
            Self::Goods(reader) => reader.read(cells),
        }
    }
}
