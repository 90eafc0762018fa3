//! What stands in a file entering the books: J74 with one line per piece or lot.

use super::{ImportKind, Incoming, RowKey, Stock};
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::ids::{EventId, Ids, ImportId, ItemId, LegalEntityId};
use crate::item::{
    Holder, Item, ItemMove, ItemStatus, Lot, LotNow, LotReason, LotRefusal, MoveError, account_for,
};
use crate::ledger::{Dimensions, Draft, EntryError, EntryHeader, code};
use crate::moment::Moment;
use crate::money::{Money, MoneyError};
use crate::style::VariationTag;
use crate::tax::Taxability;
use serde_json::json;

/// A row of a file that is not in the store yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The line of the file where it stands.
    pub line: u64,
    pub key: RowKey,
    pub row: Incoming,
}

/// A row with the number on its tag and the variation it is one of.
#[derive(Debug, Clone, Copy)]
pub struct Tagged<'a> {
    pub arrival: &'a Arrival,
    pub tag: &'a str,
    pub variation: Option<&'a VariationTag>,
}

/// Where and when goods are received, and from which file.
#[derive(Debug, Clone, Copy)]
pub struct Receipt<'a> {
    pub event: EventId,
    pub import: ImportId,
    pub kind: ImportKind,
    pub file: &'a str,
    pub origin: Origin,
    pub legal_entity: LegalEntityId,
    pub moment: Moment,
}

/// Everything to write about some rows of a file.
#[derive(Debug, Clone)]
pub struct Received {
    pub record: Record,
    pub items: Vec<Item>,
    /// Which row of the file became which piece.
    pub keys: Vec<(RowKey, ItemId)>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiveError {
    #[error(transparent)]
    Move(#[from] MoveError),
    #[error(transparent)]
    Lot(#[from] LotRefusal),
    #[error(transparent)]
    Entry(#[from] EntryError),
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Receives goods as opening stock. Each piece gets a step into the case, each lot its first step as well; the
/// account of each is debited with its own cost, and opening balance equity is credited with the sum. A row that
/// only tells of a variation brings nothing here.
///
/// # Errors
/// [`ReceiveError`] when a sum is too large.
pub fn receive(rows: &[Tagged<'_>], at: &Receipt<'_>, ids: &mut Ids) -> Result<Received, ReceiveError> {
    let store = at.origin.store;
    let entry_id = ids.draw();
    let mut draft = Draft::new(store);
    let (mut items, mut moves, mut lots, mut keys) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut sum = Money::ZERO;
    for Tagged { arrival, tag, variation } in rows {
        let row = &arrival.row;
        if row.stock == Stock::Nothing {
            continue;
        }
        let lot = row.stock.lot();
        let item = Item {
            id: ids.draw(),
            store_id: store,
            tag: (*tag).to_owned(),
            details: row.details.clone(),
            taxability: Taxability::default(),
            price: row.price,
            cost: row.cost,
            replacement: row.replacement,
            lot,
            variation: variation.cloned(),
            vendor: None,
            vendor_style: None,
            account: account_for(row.details.kind, lot.map(|lot| lot.unit)),
            status: ItemStatus::InStock,
            holder: Holder::default(),
            version: 1,
            photo: None,
            on_ticket: None,
        };
        let about = Dimensions { item: Some(item.id), ..Dimensions::default() };
        draft.debit(item.account, item.cost, about);
        sum = sum.plus(item.cost)?;
        moves.push(ItemMove::new(
            item.id,
            0,
            ItemStatus::New,
            ItemStatus::InStock,
            Holder::default(),
            at.event,
        )?);
        if let Some(lot) = lot {
            let nothing = LotNow { item: item.id, version: 0, lot: Lot::empty(lot.unit), cost: Money::ZERO };
            lots.push(nothing.add(LotReason::Received, lot.on_hand, item.cost, at.event)?);
        }
        keys.push((arrival.key, item.id));
        items.push(item);
    }
    draft.credit(code::OPENING_BALANCE_EQUITY, sum, Dimensions::default())?;
    let event = event(rows, &items, at);
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
    Ok(Received { record: Record { entries, moves, lots, ..Record::of(event) }, items, keys })
}

fn event(rows: &[Tagged<'_>], items: &[Item], at: &Receipt<'_>) -> Event {
    let tag = |item: Option<&Item>| item.map(|item| item.tag.clone()).unwrap_or_default();
    let (first, last) = (tag(items.first()), tag(items.last()));
    let lines: Vec<u64> = rows.iter().map(|row| row.arrival.line).collect();
    Event {
        after: Some(json!({ "file": at.file, "lines": lines, "first_tag": first, "last_tag": last })),
        ..Event::about(
            at.event,
            EventKind::ItemsImported,
            (SubjectKind::Import, at.import.0),
            match items.len() {
                0 => format!("{} variations from {}", rows.len(), at.file),
                count => format!("{count} {} from {}, {first} to {last}", at.kind.noun(), at.file),
            },
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
    use crate::item::{ItemKind, Quantity, Unit};
    use uuid::Uuid;

    fn stones(costs: &[&str]) -> Vec<Arrival> {
        let headers: Vec<String> = ["carat", "price", "cost"].map(str::to_owned).to_vec();
        let plan =
            StonePlan { origin: "natural".into(), shape: "round".into(), ..StonePlan::guessed(&headers) };
        let plan = plan.check(&headers, Delimiter::Comma).unwrap();
        let mut seen = Identities::of(ImportKind::Stones);
        costs
            .iter()
            .zip(2..)
            .map(|(cost, line)| {
                let row = plan.read(&["1".to_owned(), "5000".to_owned(), (*cost).to_owned()]).unwrap();
                Arrival { line, key: seen.key(&row, line).unwrap(), row }
            })
            .collect()
    }

    fn received(arrivals: &[Arrival]) -> Result<Received, ReceiveError> {
        let command = CommandId::from_parts(1_790_000_000_000, &[7; 10]);
        let at = Receipt {
            event: EventId(command.0),
            import: ImportId(Uuid::from_u128(5)),
            kind: ImportKind::Stones,
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
        let tags: Vec<String> = (1..=arrivals.len()).map(|number| format!("P{number:06}")).collect();
        let tagged = |(arrival, tag)| Tagged { arrival, tag, variation: None };
        let rows: Vec<Tagged<'_>> =
            arrivals.iter().zip(tags.iter().map(String::as_str)).map(tagged).collect();
        receive(&rows, &at, &mut Ids::new(command))
    }

    /// J74, one debit per stone.
    #[test]
    fn opening_stock_of_an_import() {
        let received = received(&stones(&["2,200.00", "100", "0"])).unwrap();
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
        assert!(received(&stones(&["0", "0"])).unwrap().record.entries.is_empty());
    }

    /// Findings are stock of the bench, and what is weighed has its first step.
    #[test]
    fn lots_enter_with_their_first_step() {
        let mut arrivals = stones(&["60", "10"]);
        arrivals[0].row.details.kind = ItemKind::Finding;
        let lot = Lot { unit: Unit::Gram, on_hand: Quantity::grams_milli(12_500) };
        arrivals[0].row.stock = Stock::Lot(lot);
        arrivals[1].row.stock = Stock::Nothing;
        let received = received(&arrivals).unwrap();
        let lines: Vec<(i32, i64)> = received.record.entries[0]
            .entry()
            .lines
            .iter()
            .map(|line| (line.account.get(), line.amount.minor()))
            .collect();
        assert_eq!(lines, [(1260, 6_000), (3900, -6_000)]);
        assert_eq!((received.items.len(), received.keys.len(), received.record.lots.len()), (1, 1, 1));
        let step = &received.record.lots[0];
        assert_eq!((step.after, step.cost_after.minor()), (lot.on_hand, 6_000));
    }
}
