//! What the register holds: the ticket in the making and how far it is.

use crate::error::AppError;
use crate::pages::sending::Sending;
use domain::customer::{Customer, Exemption};
use domain::ids::{ApprovalId, ItemId};
use domain::item::ShownItem;
use domain::money::{Money, MoneyError};
use domain::policy::CashRounding;
use domain::register::RegisterSnapshot;
use domain::sale::{
    Cart, CartLine, CompleteSale, Discount, PriceError, PricedTicket, SaleDone, TaxTable, Tender,
    TenderNature, TicketLine, amount_due, price,
};
use leptos::prelude::*;

/// What the page shows at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Starting,
    NoTill,
    Closed,
    Selling,
}

/// How far the sale is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Ticket,
    Tender,
    Done,
}

/// A piece on the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub item: ShownItem,
    pub discount: Option<Discount>,
}

/// What a discount is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountTarget {
    Line(ItemId),
    Ticket,
}

#[derive(Debug, Clone, Copy)]
pub struct Register {
    pub snapshot: RwSignal<Option<RegisterSnapshot>>,
    pub problem: RwSignal<Option<AppError>>,
    pub shown: Memo<Shown>,
    pub stage: RwSignal<Stage>,
    pub find: RwSignal<String>,
    pub found: RwSignal<Option<Vec<ShownItem>>>,
    pub lines: RwSignal<Vec<Line>>,
    pub discount: RwSignal<Option<Discount>>,
    pub customer: RwSignal<Option<Customer>>,
    pub tenders: RwSignal<Vec<Tender>>,
    pub approvals: RwSignal<Vec<ApprovalId>>,
    /// The ticket on its way to the server.
    pub sending: Sending,
    pub done: RwSignal<Option<SaleDone>>,
    pub priced: Memo<Result<PricedTicket, PriceError>>,
    pub discounting: RwSignal<Option<DiscountTarget>>,
    pub choosing_customer: RwSignal<bool>,
}

impl Register {
    pub fn new() -> Self {
        let snapshot = RwSignal::new(None::<RegisterSnapshot>);
        let lines = RwSignal::new(Vec::<Line>::new());
        let discount = RwSignal::new(None::<Discount>);
        let customer = RwSignal::new(None::<Customer>);
        let shown = Memo::new(move |_| {
            snapshot.with(|snapshot| match snapshot {
                None => Shown::Starting,
                Some(s) if s.till.is_none() => Shown::NoTill,
                Some(s) if s.session_id.is_none() => Shown::Closed,
                Some(_) => Shown::Selling,
            })
        });
        let priced = Memo::new(move |_| {
            let exempt = exemption(snapshot, customer).is_some();
            let taxes = snapshot
                .with(|s| s.as_ref().filter(|_| !exempt).map_or_else(TaxTable::default, |s| s.taxes.clone()));
            let line = |line: &Line| CartLine {
                item_id: line.item.id,
                price: line.item.price,
                taxability: line.item.taxability,
                discount: line.discount.clone(),
            };
            let cart = Cart {
                lines: lines.with(|lines| lines.iter().map(line).collect()),
                discount: discount.get(),
            };
            price(&cart, &taxes)
        });
        Self {
            snapshot,
            shown,
            lines,
            discount,
            customer,
            priced,
            problem: RwSignal::new(None),
            stage: RwSignal::new(Stage::Ticket),
            find: RwSignal::new(String::new()),
            found: RwSignal::new(None),
            tenders: RwSignal::new(Vec::new()),
            approvals: RwSignal::new(Vec::new()),
            sending: Sending::new(),
            done: RwSignal::new(None),
            discounting: RwSignal::new(None),
            choosing_customer: RwSignal::new(false),
        }
    }

    pub fn start(self, snapshot: RegisterSnapshot) {
        self.problem.set(None);
        self.snapshot.set(Some(snapshot));
    }

    /// Puts a piece on the ticket; a piece that is there already stays there once.
    pub fn add(self, item: ShownItem) {
        if self.stage.get_untracked() == Stage::Done {
            self.next_sale();
        }
        self.lines.update(|lines| {
            if lines.iter().all(|line| line.item.id != item.id) {
                lines.push(Line { item, discount: None });
            }
        });
        self.changed();
    }

    pub fn remove(self, item: ItemId) {
        self.lines.update(|lines| lines.retain(|line| line.item.id != item));
        self.changed();
    }

    /// What a change of the ticket undoes: approvals were for the ticket as it was.
    pub fn changed(self) {
        self.approvals.set(Vec::new());
        self.sending.changed();
        self.problem.set(None);
    }

    pub fn next_sale(self) {
        self.changed();
        self.lines.set(Vec::new());
        self.discount.set(None);
        self.customer.set(None);
        self.tenders.set(Vec::new());
        self.done.set(None);
        self.find.set(String::new());
        self.found.set(None);
        self.stage.set(Stage::Ticket);
    }

    pub fn total(self) -> Money {
        self.priced.with(|priced| priced.as_ref().map_or(Money::ZERO, |ticket| ticket.total))
    }

    /// What the tenders entered so far leave to pay.
    ///
    /// # Errors
    /// [`MoneyError`] when an amount does not fit.
    pub fn left_to_pay(self) -> Result<Money, MoneyError> {
        let cash = self.nature_codes(TenderNature::Currency);
        self.tenders.with(|tenders| {
            let others = Money::sum(tenders.iter().filter(|t| !cash.contains(&t.kind)).map(|t| t.amount))?;
            let cash_given = Money::sum(tenders.iter().filter(|t| cash.contains(&t.kind)).map(|t| t.amount))?;
            let left = self.total().minus(others)?;
            left.minus(cash_given)
        })
    }

    /// What is still to be paid if the rest is paid in cash.
    ///
    /// # Errors
    /// [`MoneyError`] when an amount does not fit.
    pub fn due_in_cash(self) -> Result<Money, MoneyError> {
        let rounding =
            self.snapshot.with(|s| s.as_ref().map_or(CashRounding::Exact, |s| s.policy.cash_rounding));
        amount_due(self.left_to_pay()?, Money::ZERO, rounding)
    }

    fn nature_codes(self, nature: TenderNature) -> Vec<String> {
        self.snapshot.with(|s| {
            let kinds = s.iter().flat_map(|s| &s.tender_kinds);
            kinds.filter(|kind| kind.nature == nature).map(|kind| kind.code.clone()).collect()
        })
    }

    pub fn ticket_lines(self) -> Vec<TicketLine> {
        let line = |line: &Line| TicketLine {
            item_id: line.item.id,
            price: line.item.price,
            discount: line.discount.clone(),
        };
        self.lines.with(|lines| lines.iter().map(line).collect())
    }

    /// The certificate that takes the tax away, if the customer has one.
    pub fn exemption(self) -> Option<Exemption> {
        exemption(self.snapshot, self.customer)
    }

    /// The ticket as a command.
    pub fn command(self) -> Option<CompleteSale> {
        let snapshot = self.snapshot.get_untracked()?;
        Some(CompleteSale {
            command_id: self.sending.id(),
            store_id: snapshot.store.id,
            session_id: snapshot.session_id?,
            customer_id: self.customer.with_untracked(|c| c.as_ref().map(|c| c.id)),
            lines: self.ticket_lines(),
            discount: self.discount.get_untracked(),
            sellers: Vec::new(),
            tenders: self.tenders.get_untracked(),
            expected_total: self.total(),
            approvals: self.approvals.get_untracked(),
            note: String::new(),
        })
    }
}

/// A certificate of the customer that is valid today.
fn exemption(
    snapshot: RwSignal<Option<RegisterSnapshot>>,
    customer: RwSignal<Option<Customer>>,
) -> Option<Exemption> {
    let today = snapshot.with(|s| s.as_ref().map(|s| s.business_date))?;
    customer.with(|c| c.as_ref().and_then(|c| c.card.exemption.clone()).filter(|e| e.is_valid_on(today)))
}
