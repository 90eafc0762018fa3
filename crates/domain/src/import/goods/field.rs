//! What a column can say about a piece, about goods that are alike, or about a product.

use crate::codes;
use crate::import::ImportKind;

codes! {
    /// Something that is known of goods and may stand in a column.
    pub enum GoodsField("field of goods") {
        /// Of rows of one product: what they have in common.
        Handle = "handle", "Handle";
        Tag = "tag", "Tag or SKU";
        Title = "title", "Title";
        Kind = "kind", "Kind";
        Price = "price", "Price";
        /// Of a lot: of all of it.
        Cost = "cost", "Cost";
        UnitCost = "unit_cost", "Cost of one unit";
        Replacement = "replacement", "Replacement cost";
        Unit = "unit", "Unit";
        Quantity = "quantity", "Quantity";
        Weight = "weight", "Weight";
        Metal = "metal", "Metal";
        Karat = "karat", "Karat";
        Size = "size", "Size";
        Brand = "brand", "Brand";
        Serial = "serial", "Serial number";
        Status = "status", "Status";
        Location = "location", "Location";
        Description = "description", "Description";
        StonesText = "stones", "Stones, in words";
        Tags = "tags", "Tags";
        Note = "note", "Note";
        Style = "style", "Style number";
        Quality = "quality", "Quality";
        OptionName1 = "option1_name", "Name of option 1";
        OptionValue1 = "option1_value", "Option 1";
        OptionName2 = "option2_name", "Name of option 2";
        OptionValue2 = "option2_value", "Option 2";
        OptionName3 = "option3_name", "Name of option 3";
        OptionValue3 = "option3_value", "Option 3";
    }
}

use GoodsField as F;

const PIECES: &[F] = &[
    F::Tag,
    F::Title,
    F::Kind,
    F::Price,
    F::Cost,
    F::Replacement,
    F::Metal,
    F::Karat,
    F::Weight,
    F::Size,
    F::Brand,
    F::Serial,
    F::Quantity,
    F::Status,
    F::Location,
    F::Description,
    F::StonesText,
    F::Note,
    F::Style,
    F::Quality,
];
const LOTS: &[F] = &[
    F::Tag,
    F::Title,
    F::Kind,
    F::Unit,
    F::Quantity,
    F::Weight,
    F::Price,
    F::Cost,
    F::UnitCost,
    F::Replacement,
    F::Metal,
    F::Karat,
    F::Size,
    F::Brand,
    F::Status,
    F::Location,
    F::Description,
    F::Note,
    F::Style,
    F::Quality,
];
const SHOPIFY: &[F] = &[
    F::Handle,
    F::Title,
    F::Kind,
    F::Tag,
    F::Price,
    F::UnitCost,
    F::Quantity,
    F::Weight,
    F::Status,
    F::Description,
    F::Tags,
    F::OptionName1,
    F::OptionValue1,
    F::OptionName2,
    F::OptionValue2,
    F::OptionName3,
    F::OptionValue3,
];
/// The three options of a product, each with its name.
pub const OPTIONS: [(F, F); 3] =
    [(F::OptionName1, F::OptionValue1), (F::OptionName2, F::OptionValue2), (F::OptionName3, F::OptionValue3)];

impl GoodsField {
    /// What can be said about goods of this kind, in the order a form asks.
    #[must_use]
    pub const fn of(kind: ImportKind) -> &'static [Self] {
        match kind {
            ImportKind::Stones => &[],
            ImportKind::Pieces => PIECES,
            ImportKind::Lots => LOTS,
            ImportKind::Shopify => SHOPIFY,
        }
    }

    /// Whether its cells are figures, read with a point or a comma before their decimals.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, F::Price | F::Cost | F::UnitCost | F::Replacement | F::Weight | F::Quantity)
    }

    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, F::Price | F::Cost | F::UnitCost | F::Replacement)
    }

    /// Whether one answer may stand for all rows that give none.
    #[must_use]
    pub const fn may_be_fixed(self) -> bool {
        !matches!(self, F::Tag | F::Handle | F::Serial | F::OptionValue1 | F::OptionValue2 | F::OptionValue3)
    }

    /// Stands in the first row of a product alone and holds for all of them.
    pub(super) const fn is_of_product(self) -> bool {
        matches!(
            self,
            F::Title
                | F::Kind
                | F::Status
                | F::Description
                | F::Tags
                | F::OptionName1
                | F::OptionName2
                | F::OptionName3
        )
    }
}
