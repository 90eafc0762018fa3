//! Setting a piece aside, and putting it back in the case.

use super::{Aside, Holder, Item, ItemMove, ItemStatus, MoveError, SetAside};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldError;
use crate::ids::EventId;
use crate::moment::Moment;
use crate::parking::{Held, held};
use crate::text::{self, TextError};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AsideRefusal {
    #[error("{0}")]
    Reason(TextError),
    #[error("count out what is damaged: the rest stays for sale")]
    Lot,
    #[error("{tag} is “{status}” now")]
    Elsewhere { tag: String, status: ItemStatus },
    #[error(transparent)]
    Move(#[from] MoveError),
}

impl AsideRefusal {
    /// What is wrong with a field, if it is about one.
    #[must_use]
    pub fn field(&self) -> Option<FieldError> {
        matches!(self, Self::Reason(_)).then(|| FieldError::new("reason", self))
    }
}

impl SetAside {
    /// Moves a piece out of the case, or back into it. One whose hold has run out goes through the case: two moves of
    /// one event.
    ///
    /// # Errors
    /// [`AsideRefusal`]
    pub fn decide(&self, piece: &Item, origin: &Origin, moment: &Moment) -> Result<Record, AsideRefusal> {
        let reason = text::required_line(&self.reason).map_err(AsideRefusal::Reason)?;
        if piece.lot.is_some() {
            return Err(AsideRefusal::Lot);
        }
        let ran_out = piece.status == ItemStatus::Reserved
            && held(piece.status, piece.holder, Uuid::nil(), moment.recorded_at) == Held::Free;
        let (from, to, kind): (&[ItemStatus], _, _) = match self.aside {
            Aside::Quarantine => (&[ItemStatus::InStock], ItemStatus::Quarantine, EventKind::ItemSetAside),
            Aside::BackInCase => (
                &[ItemStatus::Quarantine, ItemStatus::AtBench],
                ItemStatus::InStock,
                EventKind::ItemReturnedToCase,
            ),
        };
        let status = if ran_out { ItemStatus::InStock } else { piece.status };
        if !from.contains(&status) {
            return Err(AsideRefusal::Elsewhere { tag: piece.tag.clone(), status });
        }
        let (id, nobody) = (EventId(self.command_id.0), Holder::default());
        let mut moves = Vec::with_capacity(2);
        let mut version = piece.version;
        if ran_out {
            let back = ItemMove::new(piece.id, version, piece.status, ItemStatus::InStock, nobody, id)?;
            version = back.to_version();
            moves.push(back);
        }
        moves.push(ItemMove::new(piece.id, version, status, to, nobody, id)?);
        let event = Event::about(
            id,
            kind,
            (SubjectKind::Item, piece.id.0),
            format!("{}: {reason}", piece.tag),
            *moment,
            *origin,
        );
        Ok(Record { moves, ..Record::of(event) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CommandId, ItemId, PersonId, StoreId};
    use crate::item::PieceDetails;
    use crate::ledger::code;
    use crate::money::Money;
    use chrono::{DateTime, Duration, NaiveDate, Utc};

    fn noon() -> DateTime<Utc> {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn piece(status: ItemStatus, until: Option<i64>) -> Item {
        let until = until.map(|minutes| noon() + Duration::minutes(minutes));
        Item {
            id: ItemId(Uuid::from_u128(1)),
            store_id: StoreId(Uuid::nil()),
            tag: "P1".into(),
            details: PieceDetails::default(),
            taxability: crate::tax::Taxability::default(),
            price: Money::ZERO,
            cost: Money::ZERO,
            replacement: None,
            lot: None,
            variation: None,
            vendor: None,
            vendor_style: None,
            account: code::INVENTORY_SHOWCASE,
            status,
            holder: Holder { id: until.map(|_| Uuid::from_u128(7)), until },
            version: 4,
            photo: None,
            on_ticket: None,
        }
    }

    fn decide(aside: Aside, reason: &str, piece: &Item) -> Result<Vec<(i64, ItemStatus)>, AsideRefusal> {
        let cmd = SetAside {
            command_id: CommandId(Uuid::from_u128(9)),
            item_id: piece.id,
            aside,
            reason: reason.into(),
        };
        let (actor, store) = (PersonId(Uuid::nil()), piece.store_id);
        let origin = Origin { actor, store, till: None, session: None, device: None };
        let record = cmd.decide(piece, &origin, &Moment::new(noon(), NaiveDate::default()))?;
        Ok(record.moves.iter().map(|step| (step.from_version(), step.to())).collect())
    }

    #[test]
    fn a_hold_that_ran_out_is_no_reason_to_leave_it() {
        use ItemStatus::{InStock, Quarantine, Reserved, Sold};
        let aside = |piece: &Item| decide(Aside::Quarantine, "scratched", piece);
        assert_eq!(aside(&piece(InStock, None)), Ok(vec![(4, Quarantine)]));
        assert_eq!(aside(&piece(Reserved, Some(-1))), Ok(vec![(4, InStock), (5, Quarantine)]));
        let held = aside(&piece(Reserved, Some(1))).unwrap_err();
        assert_eq!(held.to_string(), "P1 is “Reserved” now");
        assert!(aside(&piece(Sold, None)).is_err());
        let back = |piece: &Item| decide(Aside::BackInCase, "polished", piece);
        assert_eq!(back(&piece(Quarantine, None)), Ok(vec![(4, InStock)]));
        assert_eq!(
            back(&piece(Reserved, Some(-1))).unwrap_err().to_string(),
            "P1 is “In the case” now",
            "it lies there already"
        );
        let silent = decide(Aside::Quarantine, " ", &piece(InStock, None)).unwrap_err();
        assert_eq!(silent.field().map(|field| field.field).as_deref(), Some("reason"));
    }
}
