pub const TITLE: &str = "Styles";
pub const STYLE: &str = "Style";
pub const ADD: &str = "Add style";
pub const EDIT: &str = "Edit style";
pub const SAVE: &str = "Save style";
pub const FIND: &str = "Number, name or SKU";
pub const EMPTY: &str = "No styles";
pub const EMPTY_TEXT: &str = "A style is a design made in several metals, qualities and sizes.";
pub const NUMBER: &str = "Style number";
pub const NAME: &str = "Name";
pub const KIND: &str = "Kind";
pub const BRAND: &str = "Brand";
pub const VENDOR_STYLE: &str = "Vendor's number";
pub const TAXED: &str = "Sales tax";
pub const NOTE: &str = "Note";
pub const VARIATIONS: &str = "Variations";
pub const VARIATION: &str = "Variation";
pub const SKU: &str = "SKU";
pub const SKU_HINT: &str = "Empty is made from what it is";
pub const METAL: &str = "Metal";
pub const KARAT: &str = "Karat or fineness";
pub const QUALITY: &str = "Stone quality";
pub const SIZE: &str = "Size";
pub const PRICE: &str = "Price";
pub const COST: &str = "Cost";
pub const NO_COST: &str = "not known";
pub const NONE: &str = "None";
pub const STOCK: &str = "In the case";
pub const NO_STOCK: &str = "none";
pub const ADD_PIECE: &str = "Add piece";
pub const REMOVE: &str = "Remove";
pub const ADD_VARIATION: &str = "Add variation";
pub const COMBINE: &str = "Add combinations";
pub const COMBINE_TEXT: &str =
    "Every metal with every quality and size becomes a variation; those there are stay as they are.";
pub const QUALITIES: &str = "Qualities, with commas between";
pub const SIZES: &str = "Sizes, with commas between";
pub const METALS: &str = "Metals";
pub const PRICE_OF_EACH: &str = "Price of each";

#[must_use]
pub fn prices(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low} to {high}") }
}

#[must_use]
pub fn in_store(pieces: i64, elsewhere: i64, store: &str) -> String {
    match elsewhere {
        0 => format!("{pieces} in {store}"),
        held => format!("{pieces} in {store}, {held} held"),
    }
}

/// The fields of one variation among many need names of their own.
#[must_use]
pub fn of_row(label: &str, row: usize) -> String {
    format!("{label} {row}")
}
