//! News for pages that are open: that something of a kind changed, never what it says. Whoever hears it asks
//! for what they show, and gets what they may see.

use crate::codes;
use crate::ids::{PersonId, StoreId};
use crate::person::{Actor, Permission};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    pub enum NewsKind("kind of news") {
        /// Some news may have been missed: whoever listens asks for all they show.
        Everything = "everything", "Everything";
        Sales = "sales", "Sales";
        Tills = "tills", "Tills";
        Approvals = "approvals", "Approvals";
        Tickets = "tickets", "Parked tickets";
        Receivables = "receivables", "Receivables";
    }
}

/// That something happened in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct News {
    pub kind: NewsKind,
    pub store: StoreId,
    /// The sale, till session, approval or ticket.
    pub id: Uuid,
    /// Somebody who may know although their role would not tell them: whoever asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<PersonId>,
}

impl News {
    #[must_use]
    pub fn of(kind: NewsKind, store: StoreId, id: impl Into<Uuid>) -> Self {
        Self { kind, store, id: id.into(), asked_by: None }
    }

    /// Whether this person may know.
    #[must_use]
    pub fn is_for(&self, actor: &Actor) -> bool {
        if self.asked_by == Some(actor.person_id) && actor.roles.contains_key(&self.store) {
            return true;
        }
        let may = |permission| actor.may(permission, self.store);
        match self.kind {
            NewsKind::Everything => actor.roles.contains_key(&self.store),
            NewsKind::Sales => may(Permission::ViewSales),
            NewsKind::Tills => may(Permission::RunTill) || may(Permission::ViewLedger),
            NewsKind::Approvals => may(Permission::Approve),
            NewsKind::Tickets => may(Permission::Sell),
            NewsKind::Receivables => may(Permission::ViewReceivables),
        }
    }

    /// What goes to a browser: the kind and the ids, nobody's name.
    #[must_use]
    pub fn outside(self) -> Self {
        Self { asked_by: None, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::Role;
    use std::collections::BTreeMap;

    fn somebody(number: u128, store: u128, role: Role) -> Actor {
        let roles = BTreeMap::from([(StoreId(Uuid::from_u128(store)), role)]);
        Actor { person_id: PersonId(Uuid::from_u128(number)), name: "Test".into(), roles }
    }

    #[test]
    fn news_reaches_those_who_may_know() {
        let news = |kind| News::of(kind, StoreId(Uuid::from_u128(1)), Uuid::from_u128(9));
        let asked = News { asked_by: Some(PersonId(Uuid::from_u128(5))), ..news(NewsKind::Approvals) };
        let (here, elsewhere) = (1, 2);
        for (news, who, hears) in [
            (news(NewsKind::Sales), somebody(5, here, Role::Associate), true),
            (news(NewsKind::Sales), somebody(5, here, Role::BenchJeweler), false),
            (news(NewsKind::Sales), somebody(5, elsewhere, Role::Owner), false),
            (news(NewsKind::Tills), somebody(5, here, Role::Bookkeeper), true),
            (news(NewsKind::Tickets), somebody(5, here, Role::Bookkeeper), false),
            (news(NewsKind::Approvals), somebody(5, here, Role::Associate), false),
            (news(NewsKind::Approvals), somebody(5, here, Role::Manager), true),
            (asked, somebody(5, here, Role::Associate), true),
            (asked, somebody(6, here, Role::Associate), false),
            (asked, somebody(5, elsewhere, Role::Associate), false),
        ] {
            assert_eq!(news.is_for(&who), hears, "{} for {who:?}", news.kind);
        }
    }

    #[test]
    fn a_browser_reads_kind_and_ids_alone() {
        let asked_by = Some(PersonId(Uuid::from_u128(5)));
        let news = News { asked_by, ..News::of(NewsKind::Approvals, StoreId(Uuid::nil()), Uuid::nil()) };
        let nil = Uuid::nil();
        let text = serde_json::to_string(&news.outside()).unwrap();
        assert_eq!(text, format!(r#"{{"kind":"approvals","store":"{nil}","id":"{nil}"}}"#));
    }
}
