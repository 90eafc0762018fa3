//! Cards that may be one customer. They are looked for when a card is saved, never over the whole book.

use super::card::NamedCustomer;
use crate::codes;
use crate::ids::{CommandId, CustomerId};
use serde::{Deserialize, Serialize};

codes! {
    /// What two cards have in common.
    pub enum DuplicateWhy("reason for a duplicate") {
        Phone = "phone", "The same phone";
        Email = "email", "The same e-mail";
        NameAndPlace = "name_and_place", "The same name and place";
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    pub one: NamedCustomer,
    pub other: NamedCustomer,
    pub why: DuplicateWhy,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DuplicatePage {
    pub duplicates: Vec<Duplicate>,
    pub count: u64,
}

/// Says that two cards are two customers; the pair is not listed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleDuplicate {
    pub command_id: CommandId,
    pub one_id: CustomerId,
    pub other_id: CustomerId,
}
