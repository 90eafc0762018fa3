//! Entries that come every month: rent, a lease, an insurance.

use super::{By, EntryChoices, ManualLine, ManualRefusal, Posting, Standing, TypedLine, lines, posted};
use crate::attachment::Attachment;
use crate::field::{FieldError, FieldReader};
use crate::ids::{CommandId, Ids, LegalEntityId, RecurringId, StoreId};
use crate::ledger::period::read_day;
use crate::text;
use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An entry that comes every month on a day, from one date to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurring {
    pub id: RecurringId,
    pub legal_entity: LegalEntityId,
    pub memo: String,
    /// A month without this day has it on its last one.
    pub day: u32,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// Whether it still comes.
    pub active: bool,
    pub lines: Vec<ManualLine>,
    pub version: i64,
}

/// Adds an entry that comes every month (`recurring_id` is `None`), or changes one from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveRecurring {
    pub command_id: CommandId,
    pub recurring_id: Option<RecurringId>,
    /// The version that was on the screen; zero for a new one.
    pub version: i64,
    pub typed: TypedRecurring,
}

/// What somebody types about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedRecurring {
    pub memo: String,
    pub day: String,
    pub from: String,
    pub to: String,
    pub active: bool,
    pub lines: Vec<TypedLine>,
}

impl Default for TypedRecurring {
    fn default() -> Self {
        Self {
            memo: String::new(),
            day: "1".to_owned(),
            from: String::new(),
            to: String::new(),
            active: true,
            lines: Vec::new(),
        }
    }
}

impl From<&Recurring> for TypedRecurring {
    fn from(recurring: &Recurring) -> Self {
        Self {
            memo: recurring.memo.clone(),
            day: recurring.day.to_string(),
            from: recurring.from.to_string(),
            to: recurring.to.map(|to| to.to_string()).unwrap_or_default(),
            active: recurring.active,
            lines: recurring.lines.iter().map(TypedLine::from).collect(),
        }
    }
}

/// Posts what is due in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostDue {
    pub command_id: CommandId,
    pub recurring_id: RecurringId,
    /// Any day of the month.
    pub month: NaiveDate,
}

/// Something to post now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    pub recurring: RecurringId,
    pub memo: String,
    pub date: NaiveDate,
    pub amount: crate::money::Money,
}

/// What comes every month, and what of it waits to be posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringPage {
    pub recurring: Vec<Recurring>,
    /// The papers of all of them.
    pub files: Vec<Attachment>,
    pub due: Vec<Due>,
    pub choices: EntryChoices,
}

impl TypedRecurring {
    /// The stores that the lines name.
    #[must_use]
    pub fn stores(&self) -> Vec<StoreId> {
        lines::stores_of(&self.lines)
    }

    /// # Errors
    /// Every field that is wrong.
    pub fn check(
        &self,
        standing: &Standing<'_>,
        id: RecurringId,
        version: i64,
    ) -> Result<Recurring, Vec<FieldError>> {
        let mut fields = FieldReader::default();
        let memo = fields.read("memo", text::required_line(&self.memo));
        let day = self.day.trim().parse().ok().filter(|day| (1..=31).contains(day));
        let day = fields.read("day", day.ok_or("enter a day from 1 to 31"));
        let from = fields.read("from", read_day(&self.from));
        let to = match self.to.trim() {
            "" => None,
            typed => Some(fields.read("to", read_day(typed))),
        };
        if to.is_some_and(|to| to < from) {
            fields.complain("to", "this is before it begins");
        }
        let (entity, lines) = lines::check(&self.lines, standing, &mut fields);
        // Lines without a company are complained about.
        let legal_entity = entity.unwrap_or(LegalEntityId(id.0));
        fields.finish(Recurring {
            id,
            legal_entity,
            memo,
            day,
            from,
            to,
            active: self.active,
            lines,
            version,
        })
    }
}

impl Recurring {
    /// The first day of the month that stands for an occurrence.
    #[must_use]
    pub fn month_of(date: NaiveDate) -> NaiveDate {
        date.with_day(1).unwrap_or(date)
    }

    /// The day on which it comes in a month, if it does.
    #[must_use]
    pub fn in_month(&self, month: NaiveDate) -> Option<NaiveDate> {
        let first = Self::month_of(month);
        let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
        let date = first.with_day(self.day).unwrap_or(last);
        (date >= self.from && self.to.is_none_or(|to| date <= to)).then_some(date)
    }

    /// The days that have come and whose months are not posted, oldest first.
    #[must_use]
    pub fn due(&self, posted: &BTreeSet<NaiveDate>, today: NaiveDate) -> Vec<NaiveDate> {
        /// Ten years: whoever begins one earlier brings old books in, and does that otherwise.
        const MOST_MONTHS: u32 = 120;
        if !self.active {
            return Vec::new();
        }
        let first = Self::month_of(self.from);
        (0..MOST_MONTHS)
            .filter_map(|months| first.checked_add_months(Months::new(months)))
            .take_while(|month| *month <= today)
            .filter(|month| !posted.contains(month))
            .filter_map(|month| self.in_month(month))
            .filter(|date| *date <= today)
            .collect()
    }
}

impl PostDue {
    /// # Errors
    /// A month that was posted, is still to come or is locked; an account that was closed meanwhile.
    pub fn decide(
        &self,
        recurring: &Recurring,
        posted_months: &BTreeSet<NaiveDate>,
        standing: &Standing<'_>,
        by: &By,
        ids: &mut Ids,
    ) -> Result<Posting, ManualRefusal> {
        let month = Recurring::month_of(self.month);
        let date = recurring.in_month(month).ok_or(ManualRefusal::NotDue(month))?;
        if posted_months.contains(&month) {
            return Err(ManualRefusal::PostedAlready(date));
        }
        if !recurring.active || date > standing.today {
            return Err(ManualRefusal::NotDue(date));
        }
        lines::still_stand(recurring.lines.iter().map(|line| line.account), standing)?;
        if let Some(complaint) = standing.complaint_about(date, Some(recurring.legal_entity)) {
            return Err(ManualRefusal::No(complaint));
        }
        posted(self.command_id, recurring.legal_entity, &recurring.lines, date, &recurring.memo, by, ids)
    }
}
