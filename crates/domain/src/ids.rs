//! Identifiers. Every command brings one (a UUIDv7 made where the person stands); all rows that it
//! writes take theirs from it, so a command decided twice writes the same rows.

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid, Version};

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
    )+};
}

id! {
    /// What one press of a button sends, and what makes a repeat of it harmless.
    CommandId;
    /// A business event: what happened, who did it and where.
    EventId;
    EntryId;
    OrganizationId;
    LegalEntityId;
    StoreId;
    TillId;
    TillSessionId;
    /// A paired browser.
    DeviceId;
    PersonId;
    CustomerId;
    /// A sealed entry of a customer's card.
    PrivateId;
    HouseholdId;
    ItemId;
    StoneId;
    SaleId;
    SaleLineId;
    StyleId;
    VendorId;
    PurchaseOrderId;
    /// Goods that came from a vendor at one time.
    GoodsReceiptId;
    /// A vendor's bill.
    BillId;
    /// A vendor's credit for goods that went back.
    CreditId;
    /// Goods on their way back to a vendor.
    VendorReturnId;
    /// What a customer is billed for.
    InvoiceId;
    /// One due date of an invoice.
    ReceivableId;
    /// What lessens what a customer owes: a payment, a credit memo, a return to the account, a write-off.
    CustomerCreditId;
    /// A customer's word to pay so much by a day.
    PromiseId;
    /// A customer does not agree with an invoice.
    DisputeId;
    /// What arrived at the bank for card payments.
    CardBatchId;
    VariationId;
    JurisdictionId;
    ApprovalId;
    ImportId;
    /// How the columns of a file are read, saved under a name.
    MappingId;
    /// A ticket put aside.
    ParkedId;
    /// An entry that comes every month.
    RecurringId;
    /// A paper attached to an entry.
    AttachmentId;
}

impl CommandId {
    /// # Errors
    /// Only a UUIDv7 is taken: its time part keeps the rows of the ledger in order.
    pub fn checked(self) -> Result<Self, NotACommandId> {
        if self.0.get_version() == Some(Version::SortRand) { Ok(self) } else { Err(NotACommandId) }
    }

    /// A command id from a clock's milliseconds and 10 random bytes.
    #[must_use]
    pub fn from_parts(unix_ms: u64, random: &[u8; 10]) -> Self {
        Self(Builder::from_unix_timestamp_millis(unix_ms, random).into_uuid())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the command carries no valid id")]
pub struct NotACommandId;

/// Hands out the row ids of one command, the same ones each time it is decided.
#[derive(Debug, Clone)]
pub struct Ids {
    command: Uuid,
    drawn: u32,
}

impl Ids {
    #[must_use]
    pub const fn new(command: CommandId) -> Self {
        Self { command: command.0, drawn: 0 }
    }

    /// The next id: the command's time, the count in the sortable bits, the rest from a digest.
    pub fn draw<T: From<Uuid>>(&mut self) -> T {
        self.drawn = self.drawn.wrapping_add(1);
        let mut input = [0_u8; 20];
        let (head, tail) = input.split_at_mut(16);
        head.copy_from_slice(self.command.as_bytes());
        tail.copy_from_slice(&self.drawn.to_be_bytes());
        let digest = blake3::hash(&input);
        let mut random = [0_u8; 10];
        for (to, from) in random.iter_mut().zip(digest.as_bytes()) {
            *to = *from;
        }
        // The low 12 bits of the count go where a UUIDv7 keeps its first random bits.
        let [.., high, low] = self.drawn.to_be_bytes();
        let [first, second, ..] = &mut random;
        (*first, *second) = (high & 0x0f, low);
        let [a, b, c, d, e, f, ..] = *self.command.as_bytes();
        let unix_ms = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        T::from(Builder::from_unix_timestamp_millis(unix_ms, &random).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_command_decided_twice_draws_the_same_ids() {
        let command = CommandId::from_parts(1_790_000_000_000, &[7; 10]);
        let draw = || {
            let mut ids = Ids::new(command);
            (0..5_000).map(|_| ids.draw::<Uuid>()).collect::<Vec<_>>()
        };
        assert_eq!(draw(), draw());
        assert_eq!(draw().iter().collect::<BTreeSet<_>>().len(), 5_000);
        assert!(draw().iter().all(|id| id.get_version() == Some(Version::SortRand)));
    }

    #[test]
    fn a_random_uuid_is_no_command() {
        assert_eq!(CommandId(Builder::from_random_bytes([1; 16]).into_uuid()).checked(), Err(NotACommandId));
        assert_eq!(CommandId(Uuid::nil()).checked(), Err(NotACommandId));
    }

    proptest! {
        #[test]
        fn ids_sort_in_the_order_drawn_and_by_time(ms in 0_u64..0xffff_ffff_ffff, random: [u8; 10]) {
            let mut ids = Ids::new(CommandId::from_parts(ms, &random));
            let drawn: Vec<Uuid> = (0..100).map(|_| ids.draw()).collect();
            prop_assert!(drawn.is_sorted());
            let mut later = Ids::new(CommandId::from_parts(ms + 1, &random));
            prop_assert!(drawn.last() < Some(&later.draw()));
        }
    }
}
