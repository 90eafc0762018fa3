//! An invoice without a sale: services, and whatever else is billed from the office.

use super::{
    Changes, ChargeAsked, HouseAccount, Invoice, InvoiceKind, InvoiceLine, ReceivableKind, ReceivableOutcome,
    ReceivableRefusal, Terms, post,
};
use crate::customer::Exemption;
use crate::event::{Event, EventKind, Origin, Record, SubjectKind};
use crate::field::FieldReader;
use crate::ids::{ApprovalId, CommandId, CustomerId, EventId, Ids, LegalEntityId, PersonId, StoreId};
use crate::ledger::{Account, AccountCode, AccountKind, Dimensions, Draft, code};
use crate::moment::Moment;
use crate::money::{Money, PositiveMoney};
use crate::receivable::AccountStanding;
use crate::sale::TaxTable;
use crate::tax::{LineTax, Taxability, TaxableLine, compute};
use crate::text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// More lines are no invoice of a jewelry store.
pub const MOST_INVOICE_LINES: usize = 100;

/// Issues an invoice without a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueInvoice {
    pub command_id: CommandId,
    pub store_id: StoreId,
    pub customer_id: CustomerId,
    pub typed: TypedInvoice,
    #[serde(default)]
    pub approvals: Vec<ApprovalId>,
}

/// An invoice as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedInvoice {
    /// Empty is today.
    pub date: String,
    /// `account` for the account's own terms, `net` or `installments`.
    pub terms: String,
    pub net_days: String,
    pub installments: String,
    /// The customer's own number for it.
    pub reference: String,
    pub note: String,
    /// Why it is issued although something speaks against it.
    pub override_reason: String,
    pub lines: Vec<TypedInvoiceLine>,
}

impl TypedInvoice {
    /// The day whose taxes count: that of the invoice, where it reads.
    #[must_use]
    pub fn taxed_on(&self, today: NaiveDate) -> NaiveDate {
        FieldReader::default().day_until_today("date", &self.date, today)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TypedInvoiceLine {
    pub description: String,
    pub amount: String,
    pub taxed: bool,
    /// Number of the income account.
    pub account: String,
}

#[derive(Debug, Clone, Copy)]
pub struct InvoiceSnapshot<'a> {
    pub customer: (CustomerId, &'a str),
    pub standing: &'a AccountStanding,
    pub exemption: Option<&'a Exemption>,
    pub taxes: &'a TaxTable,
    pub accounts: &'a [Account],
    pub approvals: &'a [crate::approval::Approval],
    pub hold_after_days: u32,
    pub legal_entity: LegalEntityId,
    pub today: NaiveDate,
}

impl Account {
    /// Whether an invoice may credit it: income that no sale of pieces, fee or charge is booked by rules.
    #[must_use]
    pub fn takes_invoices(&self) -> bool {
        let by_rules = [code::SALES_SHOWCASE, code::FEE_INCOME, code::FINANCE_CHARGE_INCOME];
        self.active && !self.control && self.kind == AccountKind::Income && !by_rules.contains(&self.code)
    }
}

/// What an invoice says, read.
struct Said {
    invoiced_on: NaiveDate,
    terms: Terms,
    reference: Option<String>,
    note: Option<String>,
    reason: Option<String>,
    lines: Vec<SaidLine>,
}

struct SaidLine {
    description: String,
    net: Money,
    taxed: bool,
    account: AccountCode,
}

impl IssueInvoice {
    /// Decides about an invoice.
    ///
    /// # Errors
    /// Each field that does not read; a charge that something speaks against and nobody approved.
    pub fn decide(
        &self,
        snapshot: &InvoiceSnapshot<'_>,
        asked: &ChargeBy<'_>,
        moment: &Moment,
        ids: &mut Ids,
    ) -> Result<ReceivableOutcome, ReceivableRefusal> {
        let account = snapshot.standing.account.as_ref().ok_or(ReceivableRefusal::NoAccount)?;
        let said = self.read(snapshot, account)?;
        let lines = taxed(&said.lines, snapshot, said.invoiced_on)?;
        let net = Money::sum(lines.iter().map(|line| line.net))?;
        let tax = together(lines.iter().map(|line| &line.tax))?;
        let amount = net.plus(tax.total()?)?;
        let charge = ChargeAsked {
            amount,
            store: self.store_id,
            hold_after_days: snapshot.hold_after_days,
            today: snapshot.today,
            actor: asked.actor,
            approvals: snapshot.approvals,
            reason: said.reason.as_deref(),
            now: moment.recorded_at,
        };
        let through = charge.check(snapshot.standing)?;

        let (customer_id, name) = snapshot.customer;
        let (event, kind) = (EventId(self.command_id.0), EventKind::InvoiceIssued);
        let invoice = Invoice {
            id: ids.draw(),
            kind: InvoiceKind::Service,
            store_id: self.store_id,
            customer_id,
            sale_id: None,
            associate_id: Some(asked.origin.actor),
            invoiced_on: said.invoiced_on,
            posted_on: moment.business_date,
            terms: said.terms,
            net,
            tax,
            amount,
            reference: said.reference,
            note: said.note,
            lines,
            dues: Invoice::dues(said.terms, ReceivableKind::Principal, amount, said.invoiced_on, ids)?,
        };
        let document = post::about(customer_id, invoice.id.0);
        let mut draft = Draft::new(self.store_id);
        post::owe(&mut draft, self.store_id, customer_id, invoice.id, amount);
        for line in &invoice.lines {
            let by = Dimensions { associate: invoice.associate_id, ..document };
            draft.credit(line.account, line.net, by)?;
        }
        for part in &invoice.tax.parts {
            let owed_to = Dimensions { jurisdiction: Some(part.jurisdiction_id), ..document };
            draft.credit(code::SALES_TAX_PAYABLE, part.tax, owed_to)?;
        }
        let place = (self.store_id, snapshot.legal_entity);
        let entry = draft.balance(post::header(ids.draw(), event, kind, place, moment))?;
        let against = through.in_words(said.reason.as_deref());
        let event = Event {
            approver: through.approver,
            ..Event::about(
                event,
                kind,
                (SubjectKind::Invoice, invoice.id.0),
                format!("{name}: {amount}{against}"),
                *moment,
                *asked.origin,
            )
        };
        let approvals = if through.approver.is_some() { self.approvals.clone() } else { Vec::new() };
        let record = Record { entries: vec![entry], approvals, ..Record::of(event) };
        Ok(ReceivableOutcome { record, changes: Changes { invoices: vec![invoice], ..Changes::default() } })
    }

    fn read(
        &self,
        snapshot: &InvoiceSnapshot<'_>,
        account: &HouseAccount,
    ) -> Result<Said, ReceivableRefusal> {
        let typed = &self.typed;
        let mut fields = FieldReader::default();
        let invoiced_on = fields.day_until_today("date", &typed.date, snapshot.today);
        let terms = match typed.terms.trim() {
            "" | "account" => account.terms,
            terms => Terms::read([terms, &typed.net_days, &typed.installments], &mut fields),
        };
        let reference = fields.read("reference", text::optional_line(&typed.reference));
        let note = fields.read("note", text::note(&typed.note));
        let reason = fields.read("override_reason", text::optional_line(&typed.override_reason));
        match typed.lines.len() {
            0 => fields.complain("lines", "add at least one line"),
            1..=MOST_INVOICE_LINES => {}
            _ => fields.complain("lines", format!("there are at most {MOST_INVOICE_LINES} lines")),
        }
        let rows = typed.lines.iter().take(MOST_INVOICE_LINES).enumerate();
        let lines = rows.map(|(row, line)| line.read(row, snapshot.accounts, &mut fields)).collect();
        Ok(fields.finish(Said { invoiced_on, terms, reference, note, reason, lines })?)
    }
}

/// Who issues an invoice, and from where.
#[derive(Debug, Clone, Copy)]
pub struct ChargeBy<'a> {
    pub actor: &'a crate::person::Actor,
    pub origin: &'a Origin,
}

impl super::LetThrough {
    /// What the audit trail says of a charge that something spoke against.
    #[must_use]
    pub fn in_words(&self, reason: Option<&str>) -> String {
        if self.warnings.is_empty() {
            return String::new();
        }
        let warnings = self.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!(", although {warnings}{reason}")
    }
}

impl TypedInvoiceLine {
    fn read(&self, row: usize, accounts: &[Account], fields: &mut FieldReader) -> SaidLine {
        let name = |field: &str| format!("lines.{row}.{field}");
        let description = fields.read(&name("description"), text::required_line(&self.description));
        let net = Money::parse(&self.amount).and_then(PositiveMoney::try_from).map(|net| Some(net.get()));
        let net = fields.read(&name("amount"), net).unwrap_or_default();
        let code = self.account.trim().parse::<AccountCode>().ok();
        let known = accounts.iter().find(|account| Some(account.code) == code && account.takes_invoices());
        if known.is_none() {
            fields.complain(&name("account"), "choose an income account");
        }
        let account = known.map_or(code::SALES_SHOWCASE, |account| account.code);
        SaidLine { description, net, taxed: self.taxed, account }
    }
}

/// The lines with their tax; nothing is taxed for a customer with a certificate that is valid on the day.
fn taxed(
    lines: &[SaidLine],
    snapshot: &InvoiceSnapshot<'_>,
    day: NaiveDate,
) -> Result<Vec<InvoiceLine>, ReceivableRefusal> {
    let exempt = snapshot.exemption.is_some_and(|exemption| exemption.is_valid_on(day));
    let taxable = |line: &SaidLine| TaxableLine {
        net: line.net,
        quantity: 1,
        taxability: if line.taxed && !exempt { Taxability::Taxable } else { Taxability::Exempt },
    };
    let taxes = compute(
        &lines.iter().map(taxable).collect::<Vec<_>>(),
        &snapshot.taxes.levies,
        snapshot.taxes.rounding,
    )?;
    let line = |(line, tax): (&SaidLine, LineTax)| InvoiceLine {
        description: line.description.clone(),
        net: line.net,
        tax,
        account: line.account,
    };
    Ok(lines.iter().zip(taxes).map(line).collect())
}

/// The taxes of several lines, jurisdiction by jurisdiction.
pub(crate) fn together<'t>(
    taxes: impl Iterator<Item = &'t LineTax>,
) -> Result<LineTax, crate::money::MoneyError> {
    let mut all = LineTax::default();
    for part in taxes.flat_map(|tax| &tax.parts) {
        match all.parts.iter_mut().find(|one| one.jurisdiction_id == part.jurisdiction_id) {
            Some(one) => {
                one.base = one.base.plus(part.base)?;
                one.tax = one.tax.plus(part.tax)?;
            }
            None => all.parts.push(*part),
        }
    }
    Ok(all)
}

/// The associate whose sale it is: the first on the ticket.
#[must_use]
pub(crate) fn first_seller(sellers: &[crate::sale::SellerShare]) -> Option<PersonId> {
    sellers.first().map(|share| share.person_id)
}
