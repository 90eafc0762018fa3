pub const FIND: &str = "Find";
pub const LABEL: &str = "Find pieces, customers, receipts, pages";
pub const RESULTS: &str = "Found";
pub const PAGES: &str = "Pages";
pub const PIECES: &str = "Pieces";
pub const CUSTOMERS: &str = "Customers";
pub const SALES: &str = "Sales";
pub const HINT: &str = "A tag or serial, a name or phone, a receipt number or a total.";
pub const NOTHING: &str = "Nothing found.";
pub const KEYS: &str = "Ctrl K";

#[must_use]
pub fn found(count: usize) -> String {
    if count == 1 { "1 found".to_owned() } else { format!("{count} found") }
}
