pub const TITLE: &str = "Import goods";
pub const CHOOSE: &str = "Choose a list";
pub const CHOOSE_TEXT: &str = "A list as CSV, with the names of the columns in the first line. You see what becomes of \
                               it before anything is recorded.";
pub const HOLDS: &str = "What the list holds";
pub const LOOKS_LIKE_SHOPIFY: &str = "These are the columns of Shopify's product list.";
pub const READ_AS_SHOPIFY: &str = "Read it as products from Shopify";
pub const ASSUMED_LETTERS: &str = "It is not written in UTF-8, so it is read in the letters of older spreadsheets \
                                   (Windows-1252). Look whether accents and signs are right in the first rows.";
pub const MORE_FIELDS: &str = "More that the list may say";
pub const NOT_THERE: &str = "Not in the list";
pub const DECIMALS: &str = "Before the decimals";
pub const SAY_WHICH: &str = "Say which";
pub const POINT: &str = "A point: 1,250.50";
pub const COMMA: &str = "A comma: 1.250,50";
pub const COST_HINT: &str = "An amount, or a share of the price such as 50%";
pub const RIGHT_SO: &str = "It is right so";
pub const CONFIRMED: &str = "You said that it is right so.";
pub const SAVED_MAPPINGS: &str = "Saved mappings";
pub const MAPPING: &str = "Mapping";
pub const MAPPING_NAME: &str = "Name of the mapping";
pub const MAPPING_HINT: &str = "It is proposed again for a list with the same columns";
pub const USE_MAPPING: &str = "Use it";
pub const SAVE_MAPPING: &str = "Save the mapping";
pub const RENAME_MAPPING: &str = "Rename";
pub const DELETE_MAPPING: &str = "Delete";
pub const NO_MAPPING: &str = "Choose one";
pub const MAPPING_SAVED: &str = "The mapping is saved.";
pub const QUANTITY: &str = "Quantity";
pub const NONE_OF_IT: &str = "only the variation";
pub const LEFT_OUT_ROW: &str = "left out";
pub const LEFT_OUT_ROWS: &str = "Left out";
pub const BAD_ROWS: &str = "Rows that did not come in";
pub const LINE: &str = "Line";
pub const REASON: &str = "Reason";
pub const ROW: &str = "Row";
pub const EARLIER: &str = "Earlier rows";
pub const LATER: &str = "Later rows";
pub const GO_ON: &str = "Go on with it";
pub const FILE: &str = "File";
pub const FILE_HINT: &str = "At most 50 MB; commas, semicolons, tabs or bars between the columns";
pub const SENDING: &str = "Reading the file…";
pub const LEFT_OUT: &str = "Left out";
pub const MISSING: &str = "What the list does not say";
pub const COST_PERCENT: &str = "Cost in percent of the price";
pub const COST_NEEDED: &str = "No column is the cost";
pub const COST_FILLS: &str = "For rows without a cost";
pub const NO_COLUMN: &str = "No column says it";
pub const FILLS: &str = "For rows that do not say it";
pub const FIRST_ROWS: &str = "The first rows";
pub const OTHER_FILE: &str = "Choose another file";
pub const UNDER_WAY: &str = "Goods are coming in";
pub const MAY_LEAVE: &str = "You may leave this page: it goes on, and tills keep selling.";
pub const DONE: &str = "Import finished";
pub const STOPPED: &str = "The import stopped";
pub const IMPORTED: &str = "Imported";
pub const REJECTED: &str = "Rejected";
pub const ALREADY_THERE: &str = "Already there";
pub const REJECTS: &str = "Download the rejected rows";
pub const REJECTS_TEXT: &str =
    "Each rejected row stands in a file with its reason. Mend it there and import that file.";
pub const SHOW: &str = "Show the inventory";
pub const NEXT: &str = "Import another list";

#[must_use]
pub fn into(store: &str) -> String {
    format!("The goods enter {store} as opening stock.")
}

#[must_use]
pub fn columns_of(file: &str, rows: u64) -> String {
    format!("Columns of {file}, {rows} {}", if rows == 1 { "row" } else { "rows" })
}

#[must_use]
pub fn start(rows: u64) -> String {
    format!("Import {rows} {}", if rows == 1 { "row" } else { "rows" })
}

#[must_use]
pub fn line(number: u64) -> String {
    format!("Line {number}")
}

#[must_use]
pub fn done(file: &str) -> String {
    format!("All of {file} was read.")
}

#[must_use]
pub fn stopped(reason: &str) -> String {
    format!(
        "What came in stays, and nothing comes in twice. Go on to bring in the rest. The reason: {reason}"
    )
}

/// Where one answer stands for all rows that give none.
#[must_use]
pub fn for_all(field: &str) -> String {
    format!("{field} where it is missing")
}

#[must_use]
pub fn decimals_of(field: &str) -> String {
    format!("{DECIMALS} of {}", field.to_lowercase())
}

/// What the whole file would bring.
#[must_use]
pub fn outlook(good: u64, bad: u64, left_out: u64) -> String {
    let rows = |count: u64| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let mut text = format!("{} will come in, {} will not", rows(good), rows(bad));
    if left_out > 0 {
        text.push_str(&format!(", {} left out", rows(left_out)));
    }
    text
}

#[must_use]
pub fn of_style(number: &str) -> String {
    format!("style {number}")
}

#[must_use]
pub fn shown(first: u64, last: u64, count: u64) -> String {
    format!("{first} to {last} of {count}")
}
