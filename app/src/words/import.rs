pub const TITLE: &str = "Import stones";
pub const CHOOSE: &str = "Choose a list";
pub const CHOOSE_TEXT: &str = "A list of loose diamonds as CSV: one row for each stone, with the names of the \
                               columns in the first line. You see what becomes of it before anything is recorded.";
pub const FILE: &str = "File";
pub const FILE_HINT: &str = "At most 50 MB; commas, semicolons or tabs between the columns";
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
pub const UNDER_WAY: &str = "Stones are coming in";
pub const MAY_LEAVE: &str = "You may leave this page: it goes on, and tills keep selling.";
pub const DONE: &str = "Import finished";
pub const STOPPED: &str = "The import stopped";
pub const IMPORTED: &str = "Imported";
pub const REJECTED: &str = "Rejected";
pub const ALREADY_THERE: &str = "Already there";
pub const REJECTS: &str = "Download the rejected rows";
pub const REJECTS_TEXT: &str =
    "Each rejected row stands in a file with its reason. Mend it there and import that file.";
pub const SHOW: &str = "Show the stones";
pub const NEXT: &str = "Import another list";

#[must_use]
pub fn into(store: &str) -> String {
    format!("The stones enter {store} as opening stock.")
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
    format!("What came in stays. Choose the same file again to bring in the rest. The reason: {reason}")
}
