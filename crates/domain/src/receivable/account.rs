//! A house account: that a customer may have things charged, how much, and when they pay.

use super::{ReceivableRefusal, Terms};
use crate::codes;
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{CommandId, CustomerId, EventId, StoreId};
use crate::moment::Moment;
use crate::money::Money;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    pub enum AccountState("state of a house account") {
        Open = "open", "Open";
        /// Nothing is charged until a manager says so.
        OnHold = "on_hold", "On hold";
        /// Nothing is charged any more; what is owed is still owed.
        Closed = "closed", "Closed";
    }
}

/// What the store grants a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseAccount {
    pub customer_id: CustomerId,
    pub terms: Terms,
    /// At most this much may be owed; `None` for no limit.
    pub limit: Option<Money>,
    pub state: AccountState,
    /// Why it is on hold.
    pub hold_reason: Option<String>,
    pub opened_on: NaiveDate,
    pub version: i64,
}

/// Opens a house account, or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveHouseAccount {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    /// The version that was on the screen; zero for a new one.
    pub version: i64,
    pub typed: TypedHouseAccount,
}

/// A house account as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedHouseAccount {
    /// `net` or `installments`.
    pub terms: String,
    pub net_days: String,
    pub installments: String,
    /// Empty for no limit.
    pub limit: String,
    pub state: String,
    pub hold_reason: String,
}

impl From<&HouseAccount> for TypedHouseAccount {
    fn from(account: &HouseAccount) -> Self {
        Self {
            limit: account.limit.map(|limit| limit.to_string()).unwrap_or_default(),
            state: account.state.code().to_owned(),
            hold_reason: account.hold_reason.clone().unwrap_or_default(),
            ..Self::on(account.terms)
        }
    }
}

impl TypedHouseAccount {
    /// A new account on these terms.
    #[must_use]
    pub fn on(terms: Terms) -> Self {
        let [terms, net_days, installments] = terms.typed();
        Self { terms, net_days, installments, state: AccountState::Open.code().to_owned(), ..Self::default() }
    }
}

impl SaveHouseAccount {
    /// Decides about the account.
    ///
    /// # Errors
    /// Each field that does not read; a hold without its reason.
    pub fn decide(
        &self,
        before: Option<&HouseAccount>,
        customer: (CustomerId, &str),
        origin: &Origin,
        moment: &Moment,
    ) -> Result<(HouseAccount, Record), ReceivableRefusal> {
        let mut fields = FieldReader::default();
        let typed = &self.typed;
        let terms = Terms::read([&typed.terms, &typed.net_days, &typed.installments], &mut fields);
        let limit = match self.typed.limit.trim() {
            "" => None,
            typed => Some(fields.read("limit", Money::parse(typed))),
        };
        if limit.is_some_and(Money::is_negative) {
            fields.complain("limit", "zero or more; empty for no limit");
        }
        let state = fields.read("state", self.typed.state.parse::<AccountState>().map(Some));
        let reason = fields.read("hold_reason", text::optional_line(&self.typed.hold_reason));
        let on_hold = state == Some(AccountState::OnHold);
        if on_hold && reason.is_none() {
            fields.complain("hold_reason", "say why: whoever stands at the counter reads it");
        }
        fields.finish(())?;
        let account = HouseAccount {
            customer_id: before.map_or(customer.0, |before| before.customer_id),
            terms,
            limit,
            state: state.unwrap_or(AccountState::Open),
            hold_reason: reason.filter(|_| on_hold),
            opened_on: before.map_or(moment.business_date, |before| before.opened_on),
            version: self.version + 1,
        };
        let limit = limit.map_or_else(|| "no limit".to_owned(), |limit| format!("limit {limit}"));
        let event = Event {
            before: before.and_then(|before| serde_json::to_value(before).ok()),
            after: serde_json::to_value(&account).ok(),
            ..Event::about(
                EventId(self.command_id.0),
                EventKind::HouseAccountSaved,
                (SubjectKind::Customer, account.customer_id.0),
                format!("{}: {}, {terms}, {limit}", customer.1, account.state.label().to_lowercase()),
                *moment,
                *origin,
            )
        };
        Ok((account, Record::of(event)))
    }
}
