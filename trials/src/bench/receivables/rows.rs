//! Rows as the program stores them, of facts that its rules decided.

use anyhow::Result;
use chrono::{DateTime, NaiveDate, Utc};
use domain::event::Record;
use domain::ids::EventId;
use domain::ledger::{BalancedEntry, digest_of};
use domain::money::Money;
use domain::receivable::{Application, Credit, Invoice, InvoiceDue};
use serde::Serialize;
use sqlx::types::Uuid;

/// A value of a column.
#[derive(Debug, Clone)]
pub enum Value {
    Nothing,
    Number(i64),
    Is(bool),
    Id(Uuid),
    Text(String),
    Bytes([u8; 32]),
    Day(NaiveDate),
    At(DateTime<Utc>),
}

macro_rules! of {
    ($($from:ty => $variant:ident),+) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self { Self::$variant(value) }
        }
    )+};
}
of!(i64 => Number, bool => Is, Uuid => Id, String => Text, [u8; 32] => Bytes, NaiveDate => Day, DateTime<Utc> => At);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Money> for Value {
    fn from(amount: Money) -> Self {
        Self::Number(amount.minor())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

pub type Row = Vec<Value>;

/// A table, with the columns that are written; the others stay as they are by default.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static str,
}

/// Every table that is filled, in the order in which their rows can be written.
pub const TABLES: [Table; 14] = [
    Table {
        name: "event",
        columns: "id, kind, business_date, recorded_at, actor_id, store_id, subject_kind, subject_id, summary, \
                  after, body_hash, result",
    },
    Table {
        name: "customer",
        columns: "id, number, display_name, sort_name, first_name, last_name, phone, version, search_text, \
                  created_at, vip",
    },
    Table { name: "customer_contact", columns: "customer_id, medium, position, kind, value" },
    Table { name: "search_term", columns: "kind, token, entity_id" },
    Table {
        name: "house_account",
        columns: "customer_id, net_days, installments, state, opened_on, version",
    },
    Table {
        name: "journal_entry",
        columns: "id, event_id, legal_entity_id, store_id, business_date, recorded_at, narrative, hash",
    },
    Table {
        name: "journal_line",
        columns: "entry_id, line_no, account_code, amount_minor, store_id, business_date, customer_id, \
                  document_id, associate_id, jurisdiction_id",
    },
    Table {
        name: "invoice",
        columns: "id, number, kind, store_id, customer_id, associate_id, event_id, invoiced_on, posted_on, \
                  net_days, installments, net_minor, tax_minor, tax, amount_minor",
    },
    Table {
        name: "invoice_line",
        columns: "invoice_id, position, description, net_minor, tax_minor, tax, account_code",
    },
    Table {
        name: "receivable",
        columns: "id, invoice_id, position, kind, store_id, customer_id, associate_id, invoiced_on, posted_on, \
                  due_on, amount_minor, open_minor, touched_on",
    },
    Table {
        name: "customer_credit",
        columns: "id, kind, number, store_id, customer_id, event_id, received_on, posted_on, amount_minor, \
                  net_minor, tax_minor, tax, rounding_minor, left_minor",
    },
    Table {
        name: "account_tender",
        columns: "event_id, position, credit_id, kind, label, nature, account_code, amount_minor, \
                  handed_over_minor, change_minor, reference",
    },
    Table {
        name: "application",
        columns: "event_id, credit_id, receivable_id, invoice_id, store_id, customer_id, due_on, applied_on, \
                  amount_minor",
    },
    Table { name: "series", columns: "kind, owner, next_no" },
];

/// So many of them hold people, events and the journal, which nothing of the others stands before.
pub const JOURNAL: usize = 7;

/// A portion of rows, table by table.
#[derive(Debug, Default)]
pub struct Rows {
    pub events: Vec<Row>,
    pub customers: Vec<Row>,
    pub contacts: Vec<Row>,
    pub words: Vec<Row>,
    pub accounts: Vec<Row>,
    entries: Vec<Row>,
    lines: Vec<Row>,
    invoices: Vec<Row>,
    invoice_lines: Vec<Row>,
    dues: Vec<Row>,
    credits: Vec<Row>,
    tenders: Vec<Row>,
    applications: Vec<Row>,
    pub series: Vec<Row>,
}

/// What becomes of a due date: what is open of it in the end, and the day of its last payment.
pub type Fate = (Money, Option<NaiveDate>);

impl Rows {
    /// The rows of each table, in the order of [`TABLES`].
    pub fn by_table(self) -> impl Iterator<Item = (&'static Table, Vec<Row>)> {
        TABLES.iter().zip([
            self.events,
            self.customers,
            self.contacts,
            self.words,
            self.accounts,
            self.entries,
            self.lines,
            self.invoices,
            self.invoice_lines,
            self.dues,
            self.credits,
            self.tenders,
            self.applications,
            self.series,
        ])
    }

    /// What happened: the event, as the answer to a command, and its entries.
    pub fn record(&mut self, record: &Record, cmd: &impl Serialize, answer: &impl Serialize) -> Result<()> {
        let e = &record.event;
        self.events.push(vec![
            e.id.0.into(),
            e.kind.code().into(),
            e.moment.business_date.into(),
            e.moment.recorded_at.into(),
            e.origin.actor.0.into(),
            e.origin.store.0.into(),
            e.subject.code().into(),
            e.subject_id.into(),
            e.summary.as_str().into(),
            e.after.as_ref().map(serde_json::to_string).transpose()?.into(),
            digest_of(&serde_json::to_vec(cmd)?).0.into(),
            serde_json::to_string(answer)?.into(),
        ]);
        record.entries.iter().for_each(|entry| self.entry(entry));
        Ok(())
    }

    fn entry(&mut self, entry: &BalancedEntry) {
        let entry = entry.entry();
        let h = &entry.header;
        self.entries.push(vec![
            h.id.0.into(),
            h.event.0.into(),
            h.legal_entity.0.into(),
            h.store.0.into(),
            h.moment.business_date.into(),
            h.moment.recorded_at.into(),
            h.narrative.as_str().into(),
            entry.digest().0.into(),
        ]);
        self.lines.extend((0_i64..).zip(&entry.lines).map(|(line_no, line)| {
            let d = &line.dimensions;
            vec![
                h.id.0.into(),
                line_no.into(),
                i64::from(line.account.get()).into(),
                line.amount.into(),
                line.store.0.into(),
                h.moment.business_date.into(),
                d.customer.map(Uuid::from).into(),
                d.document.into(),
                d.associate.map(Uuid::from).into(),
                d.jurisdiction.map(Uuid::from).into(),
            ]
        }));
    }

    /// An invoice whose due dates are written as they are in the end, so that no row is changed afterwards.
    pub fn invoice<'f>(
        &mut self,
        invoice: &Invoice,
        number: &str,
        event: EventId,
        fates: impl Iterator<Item = &'f Fate>,
    ) -> Result<()> {
        let (net_days, installments) = invoice.terms.numbers();
        let associate: Value = invoice.associate_id.map(Uuid::from).into();
        self.invoices.push(vec![
            invoice.id.0.into(),
            number.into(),
            invoice.kind.code().into(),
            invoice.store_id.0.into(),
            invoice.customer_id.0.into(),
            associate.clone(),
            event.0.into(),
            invoice.invoiced_on.into(),
            invoice.posted_on.into(),
            i64::from(net_days).into(),
            i64::from(installments).into(),
            invoice.net.into(),
            invoice.tax.total()?.into(),
            serde_json::to_string(&invoice.tax)?.into(),
            invoice.amount.into(),
        ]);
        for (position, line) in (0_i64..).zip(&invoice.lines) {
            self.invoice_lines.push(vec![
                invoice.id.0.into(),
                position.into(),
                line.description.as_str().into(),
                line.net.into(),
                line.tax.total()?.into(),
                serde_json::to_string(&line.tax)?.into(),
                i64::from(line.account.get()).into(),
            ]);
        }
        let due = |((position, due), (open, touched_on)): ((i64, &InvoiceDue), &Fate)| {
            vec![
                due.id.0.into(),
                invoice.id.0.into(),
                position.into(),
                due.kind.code().into(),
                invoice.store_id.0.into(),
                invoice.customer_id.0.into(),
                associate.clone(),
                invoice.invoiced_on.into(),
                invoice.posted_on.into(),
                due.due_on.into(),
                due.amount.into(),
                (*open).into(),
                (*touched_on).into(),
            ]
        };
        self.dues.extend((0_i64..).zip(&invoice.dues).zip(fates).map(due));
        Ok(())
    }

    /// A payment of which so much is left, with what it came in as.
    pub fn payment(&mut self, credit: &Credit, number: &str, event: EventId, left: Money) -> Result<()> {
        self.credits.push(vec![
            credit.id.0.into(),
            credit.kind.code().into(),
            number.into(),
            credit.store_id.0.into(),
            credit.customer_id.0.into(),
            event.0.into(),
            credit.received_on.into(),
            credit.posted_on.into(),
            credit.amount.into(),
            credit.net.into(),
            credit.tax.total()?.into(),
            serde_json::to_string(&credit.tax)?.into(),
            credit.rounding.into(),
            left.into(),
        ]);
        self.tenders.extend((0_i64..).zip(&credit.tenders).map(|(position, tender)| {
            vec![
                event.0.into(),
                position.into(),
                credit.id.0.into(),
                tender.kind.code.as_str().into(),
                tender.kind.label.as_str().into(),
                tender.kind.nature.code().into(),
                i64::from(tender.kind.account.get()).into(),
                tender.amount.into(),
                tender.handed_over.into(),
                tender.change.into(),
                tender.reference.clone().into(),
            ]
        }));
        Ok(())
    }

    pub fn applications(&mut self, applications: &[Application], event: EventId) {
        self.applications.extend(applications.iter().map(|one| {
            vec![
                event.0.into(),
                one.credit_id.0.into(),
                one.receivable_id.0.into(),
                one.invoice_id.0.into(),
                one.store_id.0.into(),
                one.customer_id.0.into(),
                one.due_on.into(),
                one.applied_on.into(),
                one.amount.into(),
            ]
        }));
    }
}
