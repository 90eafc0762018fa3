pub const OWN_SECRETS: &str = "You change your own password and PIN here:";
pub const SAVE: &str = "Save";
pub const EDIT: &str = "Edit";
pub const COMPANY: &str = "Company";
pub const COMPANY_NAME: &str = "Company name";
pub const FISCAL_YEAR: &str = "The fiscal year begins in";
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub const PEOPLE: &str = "People";
pub const TAXES: &str = "Taxes";
pub const PAYMENTS: &str = "Payments";
pub const ACCOUNTS: &str = "Accounts";
pub const AUDIT: &str = "Audit trail";
pub const STORES: &str = "Stores";
pub const STORE: &str = "Store";
pub const STORE_CODE: &str = "Code";
pub const PLACE: &str = "Place";
pub const ADD_STORE: &str = "Add store";
pub const ADD_STORE_LEAD: &str = "You become its owner; give others their roles afterwards.";
pub const TILLS: &str = "Tills";
pub const TILL: &str = "Till";
pub const TILL_NAME: &str = "Name of the till";
pub const TILL_ACTIVE: &str = "In use";
pub const TILL_ACTIVE_HINT: &str = "A till out of use keeps its reports; its browser is no till any more.";
pub const ADD_TILL: &str = "Add till";
pub const TAKEN_OUT: &str = "Out of use";
pub const BROWSER: &str = "Browser";
pub const NOT_PAIRED: &str = "No browser";
pub const PAIR: &str = "Pair a browser";
pub const LINK_TITLE: &str = "Open this on the tablet that becomes the till";
pub const LINK_TEXT: &str = "The link works once, for 24 hours.";
pub const RETURN_POLICY: &str = "Return policy";
pub const LIMITS: &str = "Limits and rounding";
pub const LIMITS_TEXT: &str = "How much of a price each role takes off without asking anybody, in percent.";
pub const ASSOCIATE_DISCOUNT: &str = "Associate";
pub const MANAGER_DISCOUNT: &str = "Manager";
pub const OWNER_DISCOUNT: &str = "Owner";
pub const OVER_SHORT: &str = "Drawer over or short needs a reason above";
pub const PAY_OUT_LIMIT: &str = "Paid out of a drawer by a manager above";
pub const RETURN_DAYS: &str = "Days in which a piece comes back without asking";
pub const RESTOCKING_FEE: &str = "Restocking fee, in percent";
pub const IDLE_LOCK: &str = "Minutes without a touch until a till asks for a PIN";
pub const TAX_ROUNDING: &str = "Sales tax is rounded";
pub const FIVE_CENTS: &str = "Round cash to five cents";
pub const FIVE_CENTS_HINT: &str = "Only what is paid in cash; cards and checks stay exact.";
pub const REASONS: &str = "Reasons for a discount";
pub const REASONS_HINT: &str = "One on each line";
pub const JURISDICTION: &str = "Jurisdiction";
pub const RATES: &str = "Rates";
pub const ADD_TAX: &str = "Add jurisdiction";
pub const EDIT_TAX: &str = "Jurisdiction";
pub const TAX_NAME: &str = "Name, as on the receipt";
pub const NO_TAXES: &str = "No sales tax";
pub const NO_TAXES_TEXT: &str = "Add the state, county or city that taxes your sales.";
pub const BEGUN_STAY: &str =
    "Rates that have begun stay: sales were taxed with them. A new rate begins today or later.";
pub const ADD_RATE: &str = "Add a rate";
pub const FROM: &str = "From";
pub const PERCENT: &str = "Percent";
pub const CAP: &str = "Taxed at most, per item";
pub const PAYMENT: &str = "Means of payment";
pub const PAYMENT_LABEL: &str = "What the button says";
pub const PAYMENT_CODE: &str = "Short word";
pub const PAYMENT_CODE_HINT: &str = "Letters only, such as wire; it never changes";
pub const PAYMENT_ACTIVE: &str = "Taken at the register";
pub const ADD_PAYMENT: &str = "Add a means of payment";
pub const NATURE: &str = "Works like";
pub const ACCOUNT: &str = "Account";
pub const ACCOUNT_ACTIVE: &str = "Open for entries";
pub const ADD_ACCOUNT: &str = "Add account";
pub const NUMBER: &str = "Number";
pub const NAME: &str = "Name";
pub const KIND: &str = "Kind";
pub const CONTROL: &str = "Control";
pub const CLOSED: &str = "Closed";
pub const PERSON: &str = "Person";
pub const ADD_PERSON: &str = "Add person";
pub const EDIT_PERSON: &str = "Person";
pub const LOGIN: &str = "Login";
pub const ROLES: &str = "Roles";
pub const NO_ROLE: &str = "No role here";
pub const STATE: &str = "State";
pub const LEFT: &str = "Works here no more";
pub const NO_PIN: &str = "No PIN";
pub const WORKS_HERE: &str = "Works here";
pub const SECRETS: &str = "Password and PIN";
pub const PASSWORD: &str = "Password";
pub const PIN: &str = "PIN";
pub const KEEP_HINT: &str = "Empty keeps the one there is";
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out on all browsers";
pub const SIGNED_OUT: &str = "Signed out everywhere.";
pub const WHEN: &str = "When";
pub const WHAT: &str = "What";
pub const WHO: &str = "Who";
pub const APPROVED_BY: &str = "Approved by";
pub const CHANGES: &str = "What changed";
pub const OLDER: &str = "Older";
pub const AUDIT_EMPTY: &str = "Nothing was recorded that fits.";

#[must_use]
pub fn tills(count: usize) -> String {
    if count == 1 { "1 till".to_owned() } else { format!("{count} tills") }
}

#[must_use]
pub fn paired(since: &str) -> String {
    format!("Paired {since}")
}

#[must_use]
pub fn from(day: &str) -> String {
    if day == "Jan 1, 2000" { "Always".to_owned() } else { format!("From {day}") }
}

#[must_use]
pub fn up_to(cap: &str) -> String {
    format!("up to {cap} per item")
}
