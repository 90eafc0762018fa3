pub const SIGN_OUT: &str = "Sign out";
pub const CANCEL: &str = "Cancel";
pub const REASON: &str = "Reason";
pub const DEMO: &str = "Demo store: nothing here is real.";
pub const NOT_RECORDED: &str = "Nothing was recorded";
pub const MAYBE_RECORDED: &str = "No answer came back";
pub const NOTHING_HERE: &str = "Nothing here";
pub const PAGE_UNKNOWN: &str = "There is no page at this address.";
pub const TO_REGISTER: &str = "Go to the register";
pub const PREVIOUS: &str = "Previous";
pub const NEXT: &str = "Next";
pub const SHOW: &str = "Show";
pub const FIND: &str = "Find";
pub const YES: &str = "Yes";
pub const NO: &str = "No";

#[must_use]
pub fn range(first: u64, last: u64, all: u64) -> String {
    format!("{first} to {last} of {all}")
}

#[must_use]
pub fn range_of_more(first: u64, last: u64, counted: u64) -> String {
    format!("{first} to {last} of more than {counted}: more words find fewer")
}
