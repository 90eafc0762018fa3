//! The people of a store: what a role may do, and how far.

use crate::codes;
use crate::ids::{CommandId, PersonId, StoreId};
use crate::rate::Rate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

codes! {
    /// What a person is in one store. Somebody may be a manager here and an associate there.
    pub enum Role("role") {
        Associate = "associate", "Associate";
        BenchJeweler = "bench", "Bench jeweler";
        Manager = "manager", "Manager";
        Bookkeeper = "bookkeeper", "Bookkeeper";
        Owner = "owner", "Owner";
    }
}

codes! {
    /// One thing a role may do. Services check it before they open a write.
    pub enum Permission("permission") {
        /// Sell, and look at pieces and customers to do so.
        Sell = "sell", "Sell";
        ViewItems = "view_items", "See pieces";
        EditItems = "edit_items", "Add and edit pieces";
        ViewCost = "view_cost", "See what a piece cost";
        ImportItems = "import_items", "Import pieces";
        ViewVendors = "view_vendors", "See vendors and what they are owed";
        /// Vendors, orders, deliveries, returns.
        Purchase = "purchase", "Order, receive and return goods";
        PayVendors = "pay_vendors", "Enter and pay vendors' bills";
        ViewCustomers = "view_customers", "See customers";
        EditCustomers = "edit_customers", "Add and edit customers";
        MergeCustomers = "merge_customers", "Merge customers";
        /// Birth dates, tax ids and numbers of documents, in full.
        ViewPrivate = "view_private", "See private data of customers";
        ViewSales = "view_sales", "See sales";
        VoidSale = "void_sale", "Void a sale of today";
        /// Approve what somebody else's role does not allow.
        Approve = "approve", "Approve exceptions";
        RunTill = "run_till", "Open, count and close a till";
        CloseDay = "close_day", "Close the store day";
        ViewLedger = "view_ledger", "See the ledger";
        ExportLedger = "export_ledger", "Export the ledger";
        MoveSafeMoney = "move_safe_money", "Deposit the safe's money in the bank";
        EditSettings = "edit_settings", "Change a store's settings";
        /// Taxes, means of payment, limits and stores: what no store decides alone.
        EditOrganization = "edit_organization", "Change what holds for all stores";
        EditPeople = "edit_people", "Add and edit people";
        EditAccounts = "edit_accounts", "Extend the chart of accounts";
        PostJournal = "post_journal", "Post journal entries by hand";
        /// Papers of the books that were found not to belong there.
        ViewWithdrawn = "view_withdrawn", "See files that were withdrawn";
        LockPeriod = "lock_period", "Lock a period of the books";
        /// Moves a lock back, so that what was locked may change.
        UnlockPeriod = "unlock_period", "Unlock a period of the books";
        ViewAudit = "view_audit", "See the audit trail";
        PairTill = "pair_till", "Pair a browser with a till";
        ViewReceivables = "view_receivables", "See what customers owe";
        TakePayment = "take_payment", "Take payments on account";
        IssueInvoice = "issue_invoice", "Issue invoices without a sale";
        /// House accounts, their limits and holds.
        GrantCredit = "grant_credit", "Open house accounts and set their limits";
        /// Credit memos, applying and refunding credits, returned checks.
        AdjustReceivables = "adjust_receivables", "Correct what customers owe";
        /// Write-offs, recoveries, finance charges, the allowance.
        WriteOff = "write_off", "Write off and assess finance charges";
        /// Notes, promises, disputes, pauses, whose account it is.
        Collect = "collect", "Work with overdue accounts";
        /// Saying which card payments a deposit was for.
        SettleCards = "settle_cards", "Settle card payments";
    }
}

impl Role {
    /// Whether the role carries a permission.
    #[must_use]
    pub const fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Owner => true,
            Self::Manager => !matches!(
                permission,
                P::EditAccounts
                    | P::EditOrganization
                    | P::PostJournal
                    | P::ViewWithdrawn
                    | P::LockPeriod
                    | P::UnlockPeriod
                    | P::WriteOff
            ),
            Self::Associate => matches!(
                permission,
                P::Sell
                    | P::ViewItems
                    | P::ViewCustomers
                    | P::EditCustomers
                    | P::ViewSales
                    | P::RunTill
                    | P::ViewReceivables
                    | P::TakePayment
                    | P::Collect
            ),
            Self::BenchJeweler => matches!(permission, P::ViewItems),
            Self::Bookkeeper => matches!(
                permission,
                P::ViewItems
                    | P::ViewCost
                    | P::ImportItems
                    | P::ViewVendors
                    | P::PayVendors
                    | P::ViewCustomers
                    | P::ViewSales
                    | P::ViewLedger
                    | P::ExportLedger
                    | P::MoveSafeMoney
                    | P::EditAccounts
                    | P::PostJournal
                    | P::LockPeriod
                    | P::ViewAudit
                    | P::ViewReceivables
                    | P::TakePayment
                    | P::IssueInvoice
                    | P::AdjustReceivables
                    | P::WriteOff
                    | P::Collect
                    | P::SettleCards
            ),
        }
    }
}

impl Role {
    /// Whether this role has everything the other has. Nobody hands out, or changes the secrets of, a role
    /// that may do more than their own.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        Permission::ALL.iter().all(|permission| self.may(*permission) || !other.may(*permission))
    }
}

/// A signed-in person with their roles, as every decision sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub person_id: PersonId,
    pub name: String,
    pub roles: BTreeMap<StoreId, Role>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Forbidden {
    #[error("your role does not allow this: {0}")]
    Role(Permission),
    #[error("you do not work in this store")]
    Store,
}

impl Actor {
    /// # Errors
    /// [`Forbidden`] when the person has no role in that store, or one without the permission.
    pub fn require(&self, permission: Permission, store: StoreId) -> Result<(), Forbidden> {
        match self.roles.get(&store) {
            None => Err(Forbidden::Store),
            Some(role) if role.may(permission) => Ok(()),
            Some(_) => Err(Forbidden::Role(permission)),
        }
    }

    /// Whether [`Self::require`] would allow it.
    #[must_use]
    pub fn may(&self, permission: Permission, store: StoreId) -> bool {
        self.require(permission, store).is_ok()
    }

    /// For what belongs to the whole organization: the permission in any one of the stores.
    ///
    /// # Errors
    /// [`Forbidden`] when no role carries it.
    pub fn require_anywhere(&self, permission: Permission) -> Result<(), Forbidden> {
        if self.roles.values().any(|role| role.may(permission)) {
            Ok(())
        } else {
            Err(Forbidden::Role(permission))
        }
    }
}

/// Signs in with a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    pub login: String,
    pub password: String,
}

/// Another person takes over a paired till, or the same one unlocks it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchPerson {
    pub person_id: PersonId,
    pub pin: String,
}

/// Secrets never show in a log.
impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("login", &self.login).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for SwitchPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SwitchPerson").field("person_id", &self.person_id).finish_non_exhaustive()
    }
}

/// Somebody who works here, as the page about people shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub login: String,
    pub active: bool,
    pub version: i64,
    pub roles: BTreeMap<StoreId, Role>,
    pub has_pin: bool,
    pub has_password: bool,
}

impl Person {
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor { person_id: self.id, name: self.name.clone(), roles: self.roles.clone() }
    }
}

/// Changes one's own password or PIN; what is empty stays as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSecrets {
    pub command_id: CommandId,
    pub current_password: String,
    pub password: String,
    pub pin: String,
}

impl ChangeSecrets {
    /// What the audit trail says about it.
    #[must_use]
    pub const fn summary(&self) -> &'static str {
        match (self.password.is_empty(), self.pin.is_empty()) {
            (false, false) => "Own password and PIN changed",
            (false, true) => "Own password changed",
            _ => "Own PIN changed",
        }
    }
}

impl std::fmt::Debug for ChangeSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ChangeSecrets").field("command_id", &self.command_id).finish_non_exhaustive()
    }
}

/// Adds a person (`person_id` is `None`) or changes one. An empty password or PIN stays as it is, and so
/// do roles in stores that are not named.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePerson {
    pub command_id: CommandId,
    pub person_id: Option<PersonId>,
    /// The version that was on the screen; zero for a new person.
    pub version: i64,
    pub name: String,
    pub login: String,
    pub active: bool,
    /// The role in each store whose people are edited; `None` for none.
    pub roles: BTreeMap<StoreId, Option<Role>>,
    pub password: String,
    pub pin: String,
}

impl SavePerson {
    /// The command without what nobody may read later.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self { password: String::new(), pin: String::new(), ..self.clone() }
    }
}

impl std::fmt::Debug for SavePerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SavePerson").field("login", &self.login).finish_non_exhaustive()
    }
}

/// How much of the price each role may take off without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DiscountLimits {
    pub associate: Rate,
    pub manager: Rate,
    pub owner: Rate,
}

impl Default for DiscountLimits {
    fn default() -> Self {
        Self { associate: Rate::from_ppm(100_000), manager: Rate::from_ppm(400_000), owner: Rate::ONE }
    }
}

impl DiscountLimits {
    #[must_use]
    pub const fn of(&self, role: Role) -> Rate {
        match role {
            Role::Associate => self.associate,
            Role::Manager => self.manager,
            Role::Owner => self.owner,
            Role::BenchJeweler | Role::Bookkeeper => Rate::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_role_counts_only_in_its_store() {
        let (here, there) = (StoreId(Uuid::from_u128(1)), StoreId(Uuid::from_u128(2)));
        let actor = Actor {
            person_id: PersonId(Uuid::from_u128(9)),
            name: "Ada".into(),
            roles: BTreeMap::from([(here, Role::Associate)]),
        };
        assert_eq!(actor.require(Permission::Sell, here), Ok(()));
        assert_eq!(actor.require(Permission::Sell, there), Err(Forbidden::Store));
        assert_eq!(actor.require(Permission::ViewCost, here), Err(Forbidden::Role(Permission::ViewCost)));
    }

    #[test]
    fn what_each_role_may_do() {
        let count = |role: Role| Permission::ALL.iter().filter(|p| role.may(**p)).count();
        assert_eq!(count(Role::Owner), Permission::ALL.len());
        assert!(count(Role::Associate) < count(Role::Manager));
        assert!(!Role::Associate.may(Permission::ViewCost));
        assert!(!Role::Bookkeeper.may(Permission::Sell));
        assert!(!Role::BenchJeweler.may(Permission::ViewSales));
        let who =
            |permission| Role::ALL.iter().copied().filter(|role| role.may(permission)).collect::<Vec<_>>();
        assert_eq!(who(Permission::PostJournal), [Role::Bookkeeper, Role::Owner]);
        assert_eq!(who(Permission::LockPeriod), [Role::Bookkeeper, Role::Owner]);
        assert_eq!(who(Permission::UnlockPeriod), [Role::Owner]);
        assert_eq!(who(Permission::MergeCustomers), [Role::Manager, Role::Owner]);
        assert_eq!(who(Permission::ViewPrivate), [Role::Manager, Role::Owner]);
        assert_eq!(who(Permission::Purchase), [Role::Manager, Role::Owner]);
        assert_eq!(who(Permission::PayVendors), [Role::Manager, Role::Bookkeeper, Role::Owner]);
        // Everything about a vendor shows what goods cost.
        assert!(
            Role::ALL.iter().all(|role| !role.may(Permission::ViewVendors) || role.may(Permission::ViewCost))
        );
    }
}
