//! Undoing an entry by hand with another.

use super::{By, ManualRefusal, Posting, Standing, lines, recorded};
use crate::event::EventKind;
use crate::field::FieldReader;
use crate::ids::{CommandId, EntryId, EventId, Ids};
use crate::ledger::period::read_day;
use crate::ledger::{BalancedEntry, Entry, EntryHeader};
use crate::moment::Moment;
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Reverses an entry by hand, today where no day is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReverseEntry {
    pub command_id: CommandId,
    pub entry: EntryId,
    pub date: String,
    pub reason: String,
}

/// The entry to undo, with what has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    pub entry: Entry,
    pub by_hand: bool,
    pub reversed: bool,
}

impl ReverseEntry {
    /// # Errors
    /// An entry of the rules, one that is reversed or a reversal, a day before the entry's own, still to come
    /// or in a locked period, no reason.
    pub fn decide(
        &self,
        original: &Original,
        standing: &Standing<'_>,
        by: &By,
        ids: &mut Ids,
    ) -> Result<Posting, ManualRefusal> {
        let header = &original.entry.header;
        if !original.by_hand {
            return Err(ManualRefusal::NotByHand);
        }
        if original.reversed {
            return Err(ManualRefusal::Reversed);
        }
        if header.reverses.is_some() {
            return Err(ManualRefusal::IsReversal);
        }
        lines::still_stand(original.entry.lines.iter().map(|line| line.account), standing)?;
        let mut fields = FieldReader::default();
        let reason = fields.read("reason", text::required_line(&self.reason));
        let date = match self.date.trim() {
            "" => standing.today,
            typed => fields.read("date", read_day(typed)),
        };
        let own = header.moment.business_date;
        if date < own {
            fields.complain("date", format!("choose {own} or a later day"));
        } else if date > standing.today {
            fields.complain("date", "this day is still to come");
        } else if let Some(complaint) = standing.complaint_about(date, Some(header.legal_entity)) {
            fields.complain("date", complaint);
        }
        fields.finish(()).map_err(ManualRefusal::Fields)?;
        let undone = reversal(&original.entry, EventId(self.command_id.0), date, by, ids)?;
        let summary = format!("{}: {reason}", header.narrative);
        let record = recorded(self.command_id, EventKind::EntryReversed, undone, summary, by);
        Ok(Posting { record, legal_entity: header.legal_entity, files: Vec::new() })
    }
}

/// The entry that undoes another on a day.
pub(super) fn reversal(
    entry: &Entry,
    event: EventId,
    date: NaiveDate,
    by: &By,
    ids: &mut Ids,
) -> Result<BalancedEntry, ManualRefusal> {
    let header = EntryHeader {
        id: ids.draw(),
        event,
        moment: Moment::new(by.now, date),
        narrative: format!("Reversal: {}", entry.header.narrative),
        ..entry.header.clone()
    };
    BalancedEntry::reversing(entry, header).map_err(|error| ManualRefusal::No(error.to_string()))
}
