//! Customers with a house account each.

use super::office::Office;
use super::rows::Rows;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use domain::customer::{Contact, CustomerFile, phone_words};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{CommandId, CustomerId, EventId, Ids};
use domain::item::search_tokens;
use domain::moment::Moment;
use domain::receivable::{AccountState, HouseAccount, Terms};
use domain::series::customer_number;

/// The customers in the order of their numbers, all of them from one day.
#[derive(Debug)]
pub struct People {
    ids: Vec<CustomerId>,
    since: NaiveDate,
}

/// Somebody with an account.
#[derive(Debug)]
pub struct Person {
    pub id: CustomerId,
    pub name: String,
    pub account: HouseAccount,
}

impl People {
    pub const fn new(since: NaiveDate) -> Self {
        Self { ids: Vec::new(), since }
    }

    pub fn count(&self) -> usize {
        self.ids.len()
    }

    /// Somebody by their place in the book.
    pub fn at(&self, place: usize) -> Result<Person> {
        let id = *self.ids.get(place).context("no such customer")?;
        Ok(Person { id, name: card(place).display_name(), account: self.account(place, id) })
    }

    /// One in ten pays in installments.
    fn account(&self, place: usize, customer_id: CustomerId) -> HouseAccount {
        HouseAccount {
            customer_id,
            terms: if place % 10 == 7 { Terms::Installments(3) } else { Terms::Net(30) },
            limit: None,
            state: AccountState::Open,
            hold_reason: None,
            opened_on: self.since,
            version: 1,
        }
    }

    /// Puts somebody new into the book.
    pub fn meet(
        &mut self,
        office: &Office,
        (command, moment): (CommandId, Moment),
        rows: &mut Rows,
    ) -> Result<()> {
        let place = self.ids.len();
        let id: CustomerId = Ids::new(command).draw();
        let (file, number) = (card(place), customer_number(i64::try_from(place + 1)?));
        let (name, phone) = (file.display_name(), file.phones.first().context("no phone")?.value.as_str());
        let event = Event::about(
            EventId(command.0),
            EventKind::CustomerSaved,
            (SubjectKind::Customer, id.0),
            name.as_str(),
            moment,
            office.origin(place)?,
        );
        let event = Event { after: Some(serde_json::to_value(&file)?), ..event };
        rows.record(&Record::of(event), &file, &id)?;

        let mut texts = vec![number.as_str()];
        let names = [file.first_name.as_deref(), file.last_name.as_deref()];
        texts.extend(names.into_iter().flatten());
        texts.extend(phone_words(phone));
        let words = search_tokens(&texts);
        let sort_name = names.into_iter().rev().flatten().collect::<Vec<_>>().join(" ").to_lowercase();
        rows.customers.push(vec![
            id.0.into(),
            number.as_str().into(),
            name.into(),
            sort_name.into(),
            file.first_name.clone().into(),
            file.last_name.clone().into(),
            phone.into(),
            1_i64.into(),
            words.iter().flat_map(|word| [" ", word.as_str()]).collect::<String>().into(),
            moment.recorded_at.into(),
            false.into(),
        ]);
        let kind: Option<String> = None;
        rows.contacts.push(vec![id.0.into(), "phone".into(), 0_i64.into(), kind.into(), phone.into()]);
        rows.words.extend(words.into_iter().map(|word| vec!["customer".into(), word.into(), id.0.into()]));
        let account = self.account(place, id);
        let (net_days, installments) = account.terms.numbers();
        rows.accounts.push(vec![
            id.0.into(),
            i64::from(net_days).into(),
            i64::from(installments).into(),
            account.state.code().into(),
            account.opened_on.into(),
            account.version.into(),
        ]);
        self.ids.push(id);
        Ok(())
    }
}

fn card(place: usize) -> CustomerFile {
    const FIRST: [&str; 8] = ["Alex", "Casey", "Dana", "Jamie", "Morgan", "Quinn", "Riley", "Sam"];
    let first_name = FIRST.get(place % FIRST.len()).map(|name| (*name).to_owned());
    let phone = Contact { kind: None, value: format!("+1555{place:07}") };
    CustomerFile {
        first_name,
        last_name: Some(format!("Number{place}")),
        phones: vec![phone],
        ..CustomerFile::default()
    }
}
