use domain::customer::{ImportantDate, Occasion, PrivateEntry, RingSize};

pub const TITLE: &str = "Customers";
pub const ADD: &str = "Add customer";
pub const EDIT: &str = "Edit customer";
pub const ACCOUNT: &str = "Account";
pub const SAVE: &str = "Save customer";
pub const FIND: &str = "Name, phone or e-mail";
pub const WORDS: &str = "Words";
pub const EMPTY: &str = "Nobody here";
pub const EMPTY_TEXT: &str = "Try fewer letters, or add the customer.";
pub const NAME: &str = "Name";
pub const NUMBER: &str = "Number";
pub const FIRST_NAME: &str = "First name";
pub const LAST_NAME: &str = "Last name";
pub const COMPANY: &str = "Company";
pub const PHONE: &str = "Phone";
pub const PHONES: &str = "Phones";
pub const EMAIL: &str = "E-mail";
pub const EMAILS: &str = "E-mails";
pub const ADDRESS: &str = "Address";
pub const ADDRESSES: &str = "Addresses";
pub const STREET: &str = "Street";
pub const CITY: &str = "City";
pub const STATE: &str = "State";
pub const POSTAL_CODE: &str = "ZIP code";
pub const REACH: &str = "How to reach them";
pub const TAX: &str = "Tax";
pub const CERTIFICATE: &str = "Exemption certificate";
pub const EXEMPT_REASON: &str = "Reason for no tax";
pub const EXPIRES: &str = "Expires on";
pub const UNTIL: &str = "until";
pub const NOTE: &str = "Note on the card";
pub const HISTORY: &str = "What they bought";
pub const NO_HISTORY: &str = "Sales to this customer appear here.";
pub const VIP: &str = "VIP";
pub const ONLY_VIP: &str = "Only VIPs";
pub const VIP_HINT: &str =
    "Shown at the register. Messages that nobody writes by hand wait for an associate's approval.";
pub const TAGS: &str = "Tags";
pub const TAG: &str = "Tag";
pub const ANY_TAG: &str = "Any tag";
pub const TAGS_HINT: &str = "With commas between them, such as: watches, gold";
pub const PRIMARY: &str = "Primary";
pub const DATES: &str = "Days that matter";
pub const DATES_HINT: &str = "A birthday with its year is kept sealed.";
pub const RINGS: &str = "Ring sizes";
pub const TASTES: &str = "What they like";
pub const METAL: &str = "Metal";
pub const STYLE: &str = "Style";
pub const TASTES_TEXT: &str = "Wishes";
pub const PRIVATE: &str = "Private";
pub const PRIVATE_HINT: &str =
    "Sealed, and shown masked. Who may see it in full, and did, stands in the audit trail.";
pub const KIND_HINT: &str = "Such as mobile, home, work";
pub const FINGER_HINT: &str = "Such as left ring finger";
pub const NOTES: &str = "Notes";
pub const NEW_NOTE: &str = "New note";
pub const ADD_NOTE: &str = "Write down";
pub const NO_NOTES: &str = "Nothing is written down yet.";
pub const CHOOSE: &str = "Choose";
pub const HOUSEHOLD: &str = "Household";
pub const NO_HOUSEHOLD: &str = "Linked with nobody yet.";
pub const HOUSEHOLD_NAME: &str = "Name of the household";
pub const HOUSEHOLD_NAME_HINT: &str = "A household that is there already keeps its name";
pub const LINK: &str = "Link with somebody";
pub const LINK_NOW: &str = "Link";
pub const LEADS: &str = "Leads";
pub const LEAD: &str = "Make this the first of the household";
pub const LEAVE: &str = "Leave the household";
pub const PARTNER: &str = "Partner";
pub const DUPLICATES: &str = "Duplicates";
pub const DUPLICATES_LEAD: &str = "Cards that may be one customer, found when a card is saved.";
pub const NO_DUPLICATES: &str = "No two cards look like one customer";
pub const NO_DUPLICATES_TEXT: &str = "Pairs with the same phone, e-mail, or name and place appear here.";
pub const ONE: &str = "One";
pub const OTHER: &str = "Other";
pub const WHY: &str = "What is alike";
pub const COMPARE: &str = "Compare";
pub const MERGE_WITH: &str = "Merge with another card";
pub const MERGE: &str = "Merge the two cards";
pub const MERGE_LEAD: &str = "One card stands for both. What was sold and posted stays as it is and is found through it. It can be undone.";
pub const STAYS: &str = "This card stays";
pub const GOES: &str = "This card becomes part of it";
pub const SWAP: &str = "Keep the other card";
pub const FIRST_OF_ALL: &str = "What comes first";
pub const PRIMARY_PHONE: &str = "Primary phone";
pub const PRIMARY_EMAIL: &str = "Primary e-mail";
pub const PRIMARY_ADDRESS: &str = "Primary address";
pub const MERGED: &str = "Cards that are part of this one";
pub const UNDO_LEAD: &str =
    "Undoing gives back both cards. What was added to this one meanwhile stays with it.";
pub const STANDS_FOR_IT: &str = "The card you asked for is part of this one now.";
pub const PRINT_HISTORY: &str = "To hand out";
pub const HOUSEHOLD_HISTORY: &str = "Of the household";
pub const PRINT: &str = "Print";
pub const NO_PARTNER: &str = "End the link to the partner";

/// What a list in the form holds, and the words around its rows.
#[derive(Debug, Clone, Copy)]
pub struct ListWords {
    pub title: &'static str,
    pub one: &'static str,
    pub add: &'static str,
}

pub const PHONE_LIST: ListWords = ListWords { title: PHONES, one: PHONE, add: "Add a phone" };
pub const EMAIL_LIST: ListWords = ListWords { title: EMAILS, one: EMAIL, add: "Add an e-mail" };
pub const ADDRESS_LIST: ListWords = ListWords { title: ADDRESSES, one: ADDRESS, add: "Add an address" };
pub const DATE_LIST: ListWords = ListWords { title: DATES, one: "Day", add: "Add a day" };
pub const RING_LIST: ListWords = ListWords { title: RINGS, one: "Ring", add: "Add a ring size" };
pub const PRIVATE_LIST: ListWords =
    ListWords { title: PRIVATE, one: "Private entry", add: "Add a private entry" };

/// `Phone`, then `Phone 2`: no two fields of a page have one name.
#[must_use]
pub fn nth(one: &str, at: usize) -> String {
    if at == 0 { one.to_owned() } else { format!("{one} {}", at + 1) }
}

/// `Phone 2: kind`.
#[must_use]
pub fn part(one: &str, at: usize, part: &str) -> String {
    format!("{}: {part}", nth(one, at))
}

#[must_use]
pub fn remove(one: &str, at: usize) -> String {
    format!("Remove {}", nth(one, at).to_lowercase())
}

#[must_use]
pub fn make_primary(one: &str, at: usize) -> String {
    format!("Make {} the primary one", nth(one, at).to_lowercase())
}

#[must_use]
pub fn show_private(entry: &PrivateEntry) -> String {
    format!("Show {}", private_name(entry).to_lowercase())
}

#[must_use]
pub fn remove_private(entry: &PrivateEntry) -> String {
    format!("Take {} {} off the card", private_name(entry).to_lowercase(), entry.mask)
}

/// `Birth date of Sam`.
#[must_use]
pub fn private_name(entry: &PrivateEntry) -> String {
    of_whom(entry.kind.label(), entry.of_whom.as_deref())
}

/// `Birthday of Sam`.
#[must_use]
pub fn date_name(date: &ImportantDate) -> String {
    match (date.occasion, &date.of_whom) {
        (Occasion::Other, Some(what)) => what.clone(),
        (occasion, whom) => of_whom(occasion.label(), whom.as_deref()),
    }
}

/// `April 12`, with the year where there is one.
#[must_use]
pub fn day_of(date: &ImportantDate) -> String {
    let at = usize::try_from(date.month).unwrap_or(0).saturating_sub(1);
    let month = super::settings::MONTHS.get(at).copied().unwrap_or_default();
    match date.year {
        Some(year) => format!("{month} {}, {year}", date.day),
        None => format!("{month} {}", date.day),
    }
}

/// `Left ring finger of Sam`.
#[must_use]
pub fn ring_name(ring: &RingSize) -> String {
    of_whom(ring.finger.as_deref().unwrap_or("Ring size"), ring.of_whom.as_deref())
}

fn of_whom(what: &str, whom: Option<&str>) -> String {
    whom.map_or_else(|| what.to_owned(), |whom| format!("{what} of {whom}"))
}

#[must_use]
pub fn household(name: &str) -> String {
    format!("{HOUSEHOLD} {name}")
}

#[must_use]
pub fn make_partner(name: &str) -> String {
    format!("{name} is the partner")
}

#[must_use]
pub fn with(name: &str) -> String {
    format!("With {name}")
}

#[must_use]
pub fn undo(number: &str) -> String {
    format!("Make {number} a card of its own again")
}

#[must_use]
pub fn compare(one: &str, other: &str) -> String {
    format!("{COMPARE} {one} and {other}")
}

#[must_use]
pub fn two_people(one: &str, other: &str) -> String {
    format!("{one} and {other} are two customers")
}
