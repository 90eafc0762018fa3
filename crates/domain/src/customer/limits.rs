//! How much one card holds. More than this is not one customer, or not a card.

/// Phones, e-mails and addresses, of each.
pub const MOST_CONTACTS: usize = 20;
/// Birthdays and anniversaries of a large family.
pub const MOST_DATES: usize = 50;
pub const MOST_RINGS: usize = 50;
pub const MOST_TAGS: usize = 30;
/// Birth dates and numbers of documents.
pub const MOST_PRIVATE: usize = 20;
/// Twice a month for twenty years.
pub const MOST_NOTES: u64 = 500;
