//! Stones of a file entering the books: J74 with one line per stone.

use super::{ReadStone, StoneKey};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{EventId, Ids, ImportId, ItemId, LegalEntityId};
use crate::item::{Holder, Item, ItemMove, ItemStatus, MoveError};
use crate::ledger::{Dimensions, Draft, EntryError, EntryHeader, code};
use crate::moment::Moment;
use crate::money::MoneyError;
use crate::tax::Taxability;
use serde_json::json;

/// A stone of a file that is not in the store yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedStone {
    /// The line of the file where it stands.
    pub line: u64,
    pub key: StoneKey,
    pub stone: ReadStone,
}

/// Where and when stones are received, and from which file.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    pub event: EventId,
    pub import: ImportId,
    pub file: &'a str,
    pub origin: Origin,
    pub legal_entity: LegalEntityId,
    pub moment: Moment,
}

/// Everything to write about some stones of a file.
#[derive(Debug, Clone)]
pub struct Received {
    pub record: Record,
    pub items: Vec<Item>,
    /// Which stone of the file became which piece.
    pub keys: Vec<(StoneKey, ItemId)>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiveError {
    #[error("{stones} stones came with {tags} tag numbers")]
    Tags { stones: usize, tags: usize },
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Entry(#[from] EntryError),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Receives stones as opening stock. Each gets a tag, a step into the case and a debit of its own cost;
/// opening balance equity is credited with the sum.
///
/// # Errors
/// [`ReceiveError`] when there are not as many tags as stones, or the sum is too large.
pub fn receive(
    stones: &[ImportedStone],
    tags: Vec<String>,
    at: &Receipt<'_>,
    ids: &mut Ids,
) -> Result<Received, ReceiveError> {
    if tags.len() != stones.len() {
        return Err(ReceiveError::Tags { stones: stones.len(), tags: tags.len() });
    }
    let store = at.origin.store;
    let entry_id = ids.draw();
    let mut draft = Draft::new(store);
    let (mut items, mut moves, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    let mut sum = crate::money::Money::ZERO;
    for (arrived, tag) in stones.iter().zip(tags) {
        let item = Item {
            id: ids.draw(),
            store_id: store,
            tag,
            details: arrived.stone.details.clone(),
            taxability: Taxability::default(),
            price: arrived.stone.price,
            cost: arrived.stone.cost,
            replacement: None,
            lot: None,
            variation: None,
            vendor: None,
            vendor_style: None,
            account: code::INVENTORY_SHOWCASE,
            status: ItemStatus::InStock,
            holder: Holder::default(),
            version: 1,
            photo: None,
        };
        let about = Dimensions { item: Some(item.id), ..Dimensions::default() };
        draft.debit(code::INVENTORY_SHOWCASE, item.cost, about);
        sum = sum.plus(item.cost)?;
        moves.push(ItemMove::new(
            item.id,
            0,
            ItemStatus::New,
            ItemStatus::InStock,
            Holder::default(),
            at.event,
        )?);
        keys.push((arrived.key, item.id));
        items.push(item);
    }
    draft.credit(code::OPENING_BALANCE_EQUITY, sum, Dimensions::default())?;
    let event = event(stones, &items, at);
    let entries = if draft.is_empty() {
        Vec::new()
    } else {
        let header = EntryHeader {
            id: entry_id,
            event: at.event,
            legal_entity: at.legal_entity,
            store,
            moment: at.moment,
            narrative: event.kind.label().to_owned(),
            reverses: None,
        };
        vec![draft.balance(header)?]
    };
    Ok(Received { record: Record { entries, moves, ..Record::of(event) }, items, keys })
}

fn event(stones: &[ImportedStone], items: &[Item], at: &Receipt<'_>) -> Event {
    let tag = |item: Option<&Item>| item.map(|item| item.tag.clone()).unwrap_or_default();
    let (first, last) = (tag(items.first()), tag(items.last()));
    let lines: Vec<u64> = stones.iter().map(|arrived| arrived.line).collect();
    Event {
        after: Some(json!({ "file": at.file, "lines": lines, "first_tag": first, "last_tag": last })),
        ..Event::about(
            at.event,
            EventKind::ItemsImported,
            (SubjectKind::Import, at.import.0),
            format!("{} stones from {}, {first} to {last}", items.len(), at.file),
            at.moment,
            at.origin,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CommandId, PersonId, StoreId};
    use crate::import::{Delimiter, Identities, StonePlan};
    use crate::money::Money;
    use uuid::Uuid;

    fn stones(costs: &[&str]) -> Vec<ImportedStone> {
        let headers: Vec<String> = ["carat", "price", "cost"].map(str::to_owned).to_vec();
        let plan =
            StonePlan { origin: "natural".into(), shape: "round".into(), ..StonePlan::guessed(&headers) };
        let plan = plan.check(&headers, Delimiter::Comma).unwrap();
        let mut seen = Identities::default();
        costs
            .iter()
            .zip(2..)
            .map(|(cost, line)| {
                let stone = plan.read(&["1".to_owned(), "5000".to_owned(), (*cost).to_owned()]).unwrap();
                ImportedStone { line, key: seen.key(&stone, line).unwrap(), stone }
            })
            .collect()
    }

    fn received(costs: &[&str], tags: usize) -> Result<Received, ReceiveError> {
        let command = CommandId::from_parts(1_790_000_000_000, &[7; 10]);
        let at = Receipt {
            event: EventId(command.0),
            import: ImportId(Uuid::from_u128(5)),
            file: "stones.csv",
            origin: Origin {
                actor: PersonId(Uuid::from_u128(1)),
                store: StoreId(Uuid::from_u128(2)),
                till: None,
                session: None,
                device: None,
            },
            legal_entity: LegalEntityId(Uuid::from_u128(3)),
            moment: Moment::new("2026-03-01T12:00:00Z".parse().unwrap(), "2026-03-01".parse().unwrap()),
        };
        let tags = (1..=tags).map(|number| format!("P{number:06}")).collect();
        receive(&stones(costs), tags, &at, &mut Ids::new(command))
    }

    /// J74, one debit per stone.
    #[test]
    fn opening_stock_of_an_import() {
        let received = received(&["2,200.00", "100", "0"], 3).unwrap();
        let [entry] = received.record.entries.as_slice() else { panic!("one entry") };
        let lines: Vec<(i32, i64, bool)> = entry
            .entry()
            .lines
            .iter()
            .map(|line| (line.account.get(), line.amount.minor(), line.dimensions.item.is_some()))
            .collect();
        assert_eq!(lines, [(1200, 220_000, true), (1200, 10_000, true), (3900, -230_000, false)]);
        assert_eq!(received.record.moves.len(), 3);
        assert_eq!(received.items.iter().map(|item| item.cost).max(), Some(Money::from_minor(220_000)));
        assert_eq!(received.keys.len(), 3);
        assert_eq!(received.record.event.summary, "3 stones from stones.csv, P000001 to P000003");
    }

    #[test]
    fn what_cost_nothing_posts_nothing() {
        assert!(received(&["0", "0"], 2).unwrap().record.entries.is_empty());
    }

    #[test]
    fn every_stone_needs_a_tag() {
        assert_eq!(received(&["1", "1"], 1).err(), Some(ReceiveError::Tags { stones: 2, tags: 1 }));
    }
}
