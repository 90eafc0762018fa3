pub const IMPORT: &str = "Import";
pub const TITLE: &str = "Inventory";
pub const ADD: &str = "Add piece";
pub const EDIT: &str = "Edit piece";
pub const SAVE: &str = "Save piece";
pub const FIND: &str = "Tag, serial or words";
pub const EMPTY: &str = "No pieces";
pub const EMPTY_TEXT: &str = "Try fewer words or another filter, or add a piece.";
pub const ALL: &str = "All";
pub const PIECE: &str = "Piece";
pub const WHERE: &str = "Where";
pub const STATUS: &str = "Status";
pub const COST: &str = "Cost";
pub const PRICE: &str = "Price";
pub const PICTURE: &str = "Picture";
pub const KIND: &str = "Kind";
pub const KINDS: &str = "Kinds";
pub const STATUSES: &str = "Statuses";
pub const METAL: &str = "Metal";
pub const KARAT: &str = "Karat or fineness";
pub const PLATING: &str = "Gold layer in µm";
pub const WEIGHT: &str = "Weight in grams";
pub const SIZE: &str = "Size";
pub const BRAND: &str = "Brand";
pub const SERIAL: &str = "Serial number";
pub const TAG: &str = "Tag number";
pub const TAG_HINT: &str = "Empty draws the next number";
pub const TITLE_FIELD: &str = "Description in your own words";
pub const TITLE_HINT: &str = "Empty is made from what stands below";
pub const NOTE: &str = "Note";
pub const TAXED: &str = "Sales tax";
pub const SOURCE: &str = "Where it comes from";
pub const STONES: &str = "Stones";
pub const STONE: &str = "Stone";
pub const ADD_STONE: &str = "Add stone";
pub const SHAPE: &str = "Shape";
pub const COUNT: &str = "How many";
pub const CARAT: &str = "Carat, together";
pub const COLOR: &str = "Color";
pub const CLARITY: &str = "Clarity";
pub const CUT: &str = "Cut";
pub const ORIGIN: &str = "Origin";
pub const TREATMENT: &str = "Treatment";
pub const LAB: &str = "Lab";
pub const REPORT: &str = "Report number";
pub const MEASURES: &str = "Length × width × height, mm";
pub const DEPTH: &str = "Depth, percent";
pub const STONE_TABLE: &str = "Table, percent";
pub const DEPTH_SHORT: &str = "depth";
pub const TABLE_SHORT: &str = "table";
pub const NONE: &str = "None";
pub const IDENTITY: &str = "What it is";
pub const MONEY: &str = "Price and place";
pub const HISTORY: &str = "What happened";
pub const SET_ASIDE: &str = "Set aside";
pub const BACK_IN_CASE: &str = "Back in the case";
pub const PRINT_TAG: &str = "Print tag";
pub const TAG_CODE: &str = "What stands on the tag";
pub const BARS: &str = "Bar code";
pub const SQUARE: &str = "QR code";

#[must_use]
pub fn micrometers(nm: i64) -> String {
    format!("{}.{:03}", nm / 1_000, nm % 1_000)
}

pub fn tag(number: &str) -> String {
    format!("QR code {number}")
}

pub const REMOVE: &str = "Remove";

pub const SOLD_BY: &str = "Sold";
pub const UNIQUE: &str = "As one unique piece";
pub const HOW_MANY: &str = "Pieces";
pub const GRAMS: &str = "Grams";
pub const CARATS: &str = "Carat";
pub const ON_HAND: &str = "On hand";
pub const STOCK: &str = "What came and went";
pub const RECEIVE: &str = "Receive more";
pub const COUNT_LOT: &str = "Count";
pub const COUNT_LOT_TEXT: &str =
    "Enter what is there. What is missing or found goes to inventory adjustments.";
pub const COST_OF_ALL: &str = "Cost of all of it";
pub const REPLACEMENT: &str = "Replacement cost";
pub const ON_THE_TAG: &str = "On tag and receipt:";
pub const STYLE: &str = "Style";
pub const STYLES: &str = "Styles";

#[must_use]
pub fn lot_hint(each: &str) -> String {
    format!("The price is {each}; the cost is what all of it cost together.")
}

#[must_use]
pub fn amiss(what: &str) -> String {
    format!("Description: {what}.")
}

pub const PRINT_TAGS: &str = "Print tags";
pub const PRINT: &str = "Print";
pub const CHANGE_MANY: &str = "Change many";
pub const CHANGE_MANY_LEAD: &str = "The pieces on hand in this store that the list shows.";
pub const WHAT: &str = "What to change";
pub const PERCENT: &str = "Percent";
pub const ENDING: &str = "New prices";
pub const PREVIEW: &str = "Show what would change";
pub const BEFORE: &str = "Now";
pub const AFTER: &str = "Then";
pub const NOTHING_TO_CHANGE: &str = "Nothing would change";
pub const MORE_THAN_AT_ONCE: &str = "The list has more pieces than are changed at once: these are the first.";

#[must_use]
pub fn same(count: usize) -> String {
    format!("{} are so already.", counted(count))
}

#[must_use]
pub fn change(count: usize) -> String {
    format!("Change {}", counted(count))
}

#[must_use]
pub fn changed(count: usize) -> String {
    format!("{} changed.", counted(count))
}

fn counted(pieces: usize) -> String {
    if pieces == 1 { "1 piece".to_owned() } else { format!("{pieces} pieces") }
}

/// Whose open ticket a piece is on, as a sentence.
#[must_use]
pub fn on_ticket(said: &str) -> String {
    format!("It is {said}.")
}
