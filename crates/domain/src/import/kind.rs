//! What a file holds.

use crate::codes;

codes! {
    /// What a file holds, as the person says who brings it.
    #[derive(Default)]
    pub enum ImportKind("content of a file") {
        #[default]
        Stones = "stones", "Loose diamonds";
        /// One row, one piece.
        Pieces = "pieces", "Pieces";
        /// One row, one lot.
        Lots = "goods", "Goods that are alike";
        /// Rows of one handle are one style; what is there of each variation is a piece or a lot.
        Shopify = "shopify", "Products from Shopify";
    }
}

impl ImportKind {
    /// What so many rows of it brought, for the audit trail.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Stones => "stones",
            Self::Pieces => "pieces",
            Self::Lots => "lots",
            Self::Shopify => "products",
        }
    }
}
