//! Who holds a piece, and until when. A hold runs out by the clock: nothing has to happen for it.

use super::{OpenRefusal, ParkRefusal};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{CommandId, EventId, ItemId, StoreId, TillId};
use crate::item::{Holder, Item, ItemMove, ItemStatus, MoveError};
use crate::moment::Moment;
use crate::person::{Actor, Permission};
use crate::sale::ItemInSale;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How a piece stands towards somebody at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In the case, or as good as that: a hold on it has run out.
    Free,
    /// Held for them.
    Ours,
    /// Held for somebody else, or not for sale at all.
    Away,
}

/// How a piece stands towards whoever goes by this id: a till, or a parked ticket.
#[must_use]
pub fn held(status: ItemStatus, holder: Holder, whose: uuid::Uuid, now: DateTime<Utc>) -> Held {
    match status {
        ItemStatus::InStock => Held::Free,
        ItemStatus::Reserved if holder.until.is_some_and(|until| until < now) => Held::Free,
        ItemStatus::Reserved if holder.id == Some(whose) => Held::Ours,
        _ => Held::Away,
    }
}

impl ItemInSale {
    /// Whether a till may sell it now.
    #[must_use]
    pub fn is_for_sale_at(&self, till: TillId, now: DateTime<Utc>) -> bool {
        held(self.status, self.holder, till.0, now) != Held::Away
            && self.on_another_ticket(till, now).is_none()
    }
}

impl Item {
    /// The piece as a till may take it: one whose hold has run out, or that is held for this very till, is as good as
    /// in the case.
    #[must_use]
    pub fn as_seen_from(self, till: Option<TillId>, now: DateTime<Utc>) -> Self {
        let whose = till.map_or_else(uuid::Uuid::nil, |till| till.0);
        match held(self.status, self.holder, whose, now) {
            Held::Free | Held::Ours => Self { status: ItemStatus::InStock, ..self },
            Held::Away => self,
        }
    }
}

/// The steps of pieces that one event moves.
#[derive(Debug)]
pub(super) struct Steps {
    event: EventId,
    /// First those back to the case, then those that are held anew.
    back: Vec<ItemMove>,
    hold: Vec<ItemMove>,
}

impl Steps {
    pub(super) const fn of(event: EventId) -> Self {
        Self { event, back: Vec::new(), hold: Vec::new() }
    }

    /// Puts a piece back in the case, if it is held; gives the version it has then.
    pub(super) fn put_back(&mut self, item: &ItemInSale) -> Result<i64, MoveError> {
        if item.status != ItemStatus::Reserved {
            return Ok(item.version);
        }
        let nobody = Holder::default();
        let step =
            ItemMove::new(item.id, item.version, item.status, ItemStatus::InStock, nobody, self.event)?;
        let version = step.to_version();
        self.back.push(step);
        Ok(version)
    }

    /// Holds a piece for somebody from now on, whoever held it before.
    pub(super) fn hold(&mut self, item: &ItemInSale, holder: Holder) -> Result<(), MoveError> {
        // Of goods that are alike there are more: they are held for nobody.
        if item.lot.is_some() {
            return Ok(());
        }
        let version = self.put_back(item)?;
        let (from, to) = (ItemStatus::InStock, ItemStatus::Reserved);
        self.hold.push(ItemMove::new(item.id, version, from, to, holder, self.event)?);
        Ok(())
    }

    /// Puts back what is held for nobody any more: the sweep that goes along with every command here.
    pub(super) fn tidy(&mut self, items: &[ItemInSale], now: DateTime<Utc>) -> Result<(), MoveError> {
        for item in items {
            let moved = self.back.iter().chain(&self.hold).any(|step| step.item() == item.id);
            let over = item.holder.until.is_some_and(|until| until < now);
            if over && !moved {
                self.put_back(item)?;
            }
        }
        Ok(())
    }

    pub(super) fn all(self) -> Vec<ItemMove> {
        self.back.into_iter().chain(self.hold).collect()
    }
}

/// Puts a held piece back in the case for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleasePiece {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub item_id: ItemId,
    /// Only what this till holds itself: a till that clears its ticket takes nothing from another.
    #[serde(default)]
    pub only_ours: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReleaseRefusal {
    #[error("this piece is not in this store's books")]
    Unknown,
    #[error("{0} is held for nobody")]
    NotHeld(String),
    #[error("{tag} is held{}: a manager may release it", .by.as_ref().map(|by| format!(" for {by}")).unwrap_or_default())]
    ForSomebody { tag: String, by: Option<String> },
    #[error(transparent)]
    Move(#[from] MoveError),
}

/// Releases a piece: one that this very till holds, one whose time is over, or, by a manager, any.
///
/// # Errors
/// [`ReleaseRefusal`]
pub fn release(
    item: Option<&ItemInSale>,
    cmd: &ReleasePiece,
    actor: &Actor,
    origin: &Origin,
    moment: &Moment,
) -> Result<Record, ReleaseRefusal> {
    let item = item.filter(|item| item.store_id == cmd.store_id).ok_or(ReleaseRefusal::Unknown)?;
    if item.status != ItemStatus::Reserved || item.holder.until.is_none() {
        return Err(ReleaseRefusal::NotHeld(item.tag.clone()));
    }
    let till = origin.till.map_or_else(uuid::Uuid::nil, |till| till.0);
    let others = held(item.status, item.holder, till, moment.recorded_at) == Held::Away;
    if others && (cmd.only_ours || !actor.may(Permission::Approve, cmd.store_id)) {
        return Err(ReleaseRefusal::ForSomebody { tag: item.tag.clone(), by: item.held_by.clone() });
    }
    let mut steps = Steps::of(EventId(cmd.command_id.0));
    steps.put_back(item)?;
    let by = item.held_by.as_ref().map(|by| format!(", held for {by}")).unwrap_or_default();
    let event = Event::about(
        EventId(cmd.command_id.0),
        EventKind::PieceReleased,
        (SubjectKind::Item, item.id.0),
        format!("{}{by}", item.tag),
        *moment,
        *origin,
    );
    Ok(Record { moves: steps.all(), ..Record::of(event) })
}

impl From<MoveError> for ParkRefusal {
    fn from(error: MoveError) -> Self {
        Self::Move(error)
    }
}

impl From<MoveError> for OpenRefusal {
    fn from(error: MoveError) -> Self {
        Self::Move(error)
    }
}
