//! What the register holds: the ticket in the making and how far it is.

use super::parking::Parking;
use crate::api::sale::{clear_ticket, complete_sale};
use crate::client::new_command_id;
use crate::error::AppError;
use crate::pages::sending::Sending;
use domain::customer::{Customer, Exemption};
use domain::ids::{ApprovalId, ItemId, SaleLineId};
use domain::item::{Portion, Quantity, ShownItem, Unit};
use domain::money::{Money, MoneyError};
use domain::policy::CashRounding;
use domain::receivable::StandingShown;
use domain::register::RegisterSnapshot;
use domain::sale::{
    Cart, CartLine, ClearTicket, CompleteSale, Condition, Discount, DiscountOff, LeftToPay, OfferedLine,
    PriceError, PricedTicket, Proof, ReturnLine, SaleDone, SellerShare, TaxTable, Tender, TicketLine,
    TypedExemption, VoidedLine, left_to_pay, price,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub item: ShownItem,
    pub discount: Option<Discount>,
    /// How much of a lot; `None` for a unique piece.
    #[serde(default)]
    pub quantity: Option<Quantity>,
}

impl Line {
    pub fn portion(&self) -> Option<Portion> {
        let (lot, quantity) = self.item.lot.zip(self.quantity)?;
        Some(Portion { unit: lot.unit, quantity, unit_price: self.item.price })
    }

    /// Another quantity: a price or an amount that was agreed was for the one before.
    fn take(&mut self, quantity: Option<Quantity>) {
        let agreed = |discount: &Discount| !matches!(discount.off, DiscountOff::Percent(_));
        if self.quantity != quantity && self.discount.as_ref().is_some_and(agreed) {
            self.discount = None;
        }
        self.quantity = quantity;
    }

    /// What the line costs before any discount.
    pub fn price(&self) -> Money {
        self.portion().map_or(self.item.price, |portion| portion.price().unwrap_or_default())
    }

    /// What the line costs after its own discount.
    pub fn net(&self) -> Money {
        let price = self.price();
        let off = self.discount.as_ref().and_then(|discount| discount.off(price).ok());
        price.minus(off.unwrap_or_default()).unwrap_or(price)
    }

    fn voided(&self) -> VoidedLine {
        VoidedLine { item_id: self.item.id, tag: self.item.tag.clone(), price: self.net() }
    }
}

/// A line of an earlier receipt that comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returning {
    pub line: OfferedLine,
    /// The receipt it was sold on.
    pub number: String,
    pub proof: Proof,
    pub condition: Condition,
    pub fee: Money,
    /// How much of a part of a lot; `None` takes back all that can still come.
    #[serde(default)]
    pub quantity: Option<Quantity>,
}

impl Returning {
    /// What the customer gets for it.
    pub fn worth(&self) -> Money {
        self.line.worth_of(self.quantity).unwrap_or_default().minus(self.fee).unwrap_or_default()
    }

    /// How much of a lot comes back.
    pub fn in_words(&self) -> Option<String> {
        let part = self.line.part.as_ref()?;
        Some(self.quantity.unwrap_or(part.left()).show(part.portion.unit))
    }

    fn as_line(&self) -> ReturnLine {
        ReturnLine {
            line_id: self.line.line_id,
            condition: self.condition,
            proof: self.proof,
            fee: self.fee,
            quantity: self.quantity,
        }
    }
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
    pub returns: RwSignal<Vec<Returning>>,
    pub discount: RwSignal<Option<Discount>>,
    pub customer: RwSignal<Option<Customer>>,
    /// Who sold it; empty means whoever is signed in.
    pub sellers: RwSignal<Vec<SellerShare>>,
    /// A certificate shown at the counter.
    pub shown_exemption: RwSignal<Option<TypedExemption>>,
    /// The day until which the sale is to be a secret; empty for none.
    pub secret_until: RwSignal<String>,
    /// What was taken off this ticket.
    pub voided: RwSignal<Vec<VoidedLine>>,
    /// Tickets put away that the server has not heard of yet.
    pub unsent: RwSignal<Vec<ClearTicket>>,
    pub tenders: RwSignal<Vec<Tender>>,
    /// How the customer stands with the store.
    pub standing: RwSignal<Option<StandingShown>>,
    /// Why the account is charged although something speaks against it.
    pub override_reason: RwSignal<String>,
    pub approvals: RwSignal<Vec<ApprovalId>>,
    /// The ticket on its way to the server.
    pub sending: Sending,
    pub done: RwSignal<Option<SaleDone>>,
    pub priced: Memo<Result<PricedTicket, PriceError>>,
    pub discounting: RwSignal<Option<DiscountTarget>>,
    /// The lot that somebody says how much of.
    pub measuring: RwSignal<Option<ShownItem>>,
    pub choosing_customer: RwSignal<bool>,
    pub choosing_sellers: RwSignal<bool>,
    pub exempting: RwSignal<bool>,
    pub choosing_secret: RwSignal<bool>,
    pub returning: RwSignal<bool>,
    /// The receipt, gift receipt or tag to take back.
    pub return_code: RwSignal<String>,
    pub parked: Parking,
    /// Pieces on the ticket that somebody else has, in words.
    pub away: RwSignal<Vec<String>>,
}

impl Register {
    pub fn new() -> Self {
        let snapshot = RwSignal::new(None::<RegisterSnapshot>);
        let lines = RwSignal::new(Vec::<Line>::new());
        let discount = RwSignal::new(None::<Discount>);
        let customer = RwSignal::new(None::<Customer>);
        let shown_exemption = RwSignal::new(None::<TypedExemption>);
        let shown = Memo::new(move |_| {
            snapshot.with(|snapshot| match snapshot {
                None => Shown::Starting,
                Some(s) if s.till.is_none() => Shown::NoTill,
                Some(s) if s.session_id.is_none() => Shown::Closed,
                Some(_) => Shown::Selling,
            })
        });
        let priced = Memo::new(move |_| {
            let exempt = exemption(snapshot, customer, shown_exemption).is_some();
            price(&cart(lines, discount), &taxes(snapshot, exempt))
        });
        Self {
            snapshot,
            shown,
            lines,
            discount,
            customer,
            shown_exemption,
            priced,
            sellers: RwSignal::new(Vec::new()),
            secret_until: RwSignal::new(String::new()),
            voided: RwSignal::new(Vec::new()),
            unsent: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            stage: RwSignal::new(Stage::Ticket),
            find: RwSignal::new(String::new()),
            found: RwSignal::new(None),
            tenders: RwSignal::new(Vec::new()),
            standing: RwSignal::new(None),
            override_reason: RwSignal::new(String::new()),
            approvals: RwSignal::new(Vec::new()),
            sending: Sending::new(),
            done: RwSignal::new(None),
            discounting: RwSignal::new(None),
            measuring: RwSignal::new(None),
            choosing_customer: RwSignal::new(false),
            choosing_sellers: RwSignal::new(false),
            exempting: RwSignal::new(false),
            choosing_secret: RwSignal::new(false),
            returning: RwSignal::new(false),
            return_code: RwSignal::new(String::new()),
            returns: RwSignal::new(Vec::new()),
            parked: Parking::new(),
            away: RwSignal::new(Vec::new()),
        }
    }

    pub fn start(self, snapshot: RegisterSnapshot) {
        self.problem.set(None);
        self.snapshot.set(Some(snapshot));
    }

    /// Puts a piece on the ticket; a unique piece that is there already stays there once. Of what is counted it
    /// takes one more each time; of what is weighed somebody says how much.
    pub fn add(self, item: ShownItem) {
        // What was sold of a lot before says nothing about the next ticket.
        if self.stage.get_untracked() == Stage::Done {
            self.next_sale();
        }
        match item.lot.map(|lot| lot.unit) {
            None => self.put(item, None),
            Some(Unit::Piece) => {
                let there = self.quantity_of(item.id).unwrap_or_default();
                let one_more = there.plus(Quantity::ONE).unwrap_or(there);
                self.put(item, Some(one_more));
            }
            Some(Unit::Gram | Unit::Carat) => self.measuring.set(Some(item)),
        }
    }

    /// Puts a piece on the ticket, or so much of a lot in place of what stood there.
    pub fn put(self, item: ShownItem, quantity: Option<Quantity>) {
        if self.stage.get_untracked() == Stage::Done {
            self.next_sale();
        }
        let before = self.lines.get_untracked();
        self.lines.update(|lines| match lines.iter_mut().find(|line| line.item.id == item.id) {
            Some(line) => line.take(quantity),
            None => lines.push(Line { item, discount: None, quantity }),
        });
        if self.lines.with_untracked(|lines| *lines != before) {
            self.drop_agreed_price();
        }
        self.changed();
    }

    /// How much of a lot stands on the ticket.
    pub fn quantity_of(self, item: ItemId) -> Option<Quantity> {
        self.lines.with_untracked(|lines| lines.iter().find(|line| line.item.id == item)?.quantity)
    }

    /// Takes a piece off. The last one leaves an empty ticket, which is put away at once.
    pub fn remove(self, item: ItemId) {
        let line = self.lines.with_untracked(|lines| lines.iter().find(|line| line.item.id == item).cloned());
        let Some(line) = line else { return };
        self.let_go(&line.item);
        self.voided.update(|voided| voided.push(line.voided()));
        self.lines.update(|lines| lines.retain(|line| line.item.id != item));
        self.drop_agreed_price();
        if self.lines.with_untracked(Vec::is_empty) {
            self.put_away();
        }
        self.changed();
    }

    /// Puts what comes back on the ticket; a line that is there already is decided anew.
    pub fn take_back(self, back: Vec<Returning>) {
        if self.stage.get_untracked() == Stage::Done {
            self.next_sale();
        }
        self.returns.update(|returns| {
            returns.retain(|one| back.iter().all(|new| new.line.line_id != one.line.line_id));
            returns.extend(back);
        });
        self.changed();
    }

    /// Leaves something with the customer after all.
    pub fn keep_with_customer(self, line: SaleLineId) {
        self.returns.update(|returns| returns.retain(|one| one.line.line_id != line));
        self.changed();
    }

    pub fn is_empty(self) -> bool {
        self.lines.with(Vec::is_empty) && self.returns.with(Vec::is_empty)
    }

    /// Takes everything off and begins anew.
    pub fn clear(self) {
        let lines = self.lines.with_untracked(|lines| lines.iter().map(Line::voided).collect::<Vec<_>>());
        self.voided.update(|voided| voided.extend(lines));
        self.lines.with_untracked(|lines| lines.iter().for_each(|line| self.let_go(&line.item)));
        self.put_away();
        self.next_sale();
    }

    /// Hands what was taken off to the audit trail.
    fn put_away(self) {
        let lines = self.voided.get_untracked();
        let place = self.snapshot.with_untracked(|s| s.as_ref().map(|s| (s.store.id, s.session_id)));
        let Some((store_id, Some(session_id))) = place else { return };
        if lines.is_empty() {
            return;
        }
        self.voided.set(Vec::new());
        let cmd = ClearTicket { command_id: new_command_id(), store_id, session_id, lines };
        self.unsent.update(|unsent| unsent.push(cmd));
        self.send_unsent();
    }

    /// Sends the tickets put away. One without an answer stays and is sent again with the next, under
    /// the id it has.
    pub fn send_unsent(self) {
        leptos::task::spawn_local(async move {
            for cmd in self.unsent.get_untracked() {
                let id = cmd.command_id;
                let answer = clear_ticket(cmd).await;
                if answer.as_ref().is_err_and(AppError::may_have_happened) {
                    return;
                }
                self.unsent.update(|unsent| unsent.retain(|cmd| cmd.command_id != id));
                if let Err(refused) = answer {
                    self.problem.set(Some(refused));
                }
            }
        });
    }

    /// A price agreed for the whole ticket was for the pieces that stood on it then.
    fn drop_agreed_price(self) {
        let agreed = |discount: &Discount| matches!(discount.off, DiscountOff::NewPrice(_));
        if self.discount.with_untracked(|discount| discount.as_ref().is_some_and(agreed)) {
            self.discount.set(None);
        }
    }

    /// What a change of the ticket undoes: approvals and payments were for the ticket as it was.
    pub fn changed(self) {
        self.tenders.set(Vec::new());
        self.approvals.set(Vec::new());
        self.sending.changed();
        self.problem.set(None);
    }

    pub fn next_sale(self) {
        self.changed();
        self.lines.set(Vec::new());
        self.returns.set(Vec::new());
        self.discount.set(None);
        self.customer.set(None);
        self.sellers.set(Vec::new());
        self.shown_exemption.set(None);
        self.override_reason.set(String::new());
        self.secret_until.set(String::new());
        self.voided.set(Vec::new());
        self.tenders.set(Vec::new());
        self.done.set(None);
        self.parked.changes.set(Vec::new());
        self.away.set(Vec::new());
        self.find.set(String::new());
        self.found.set(None);
        self.stage.set(Stage::Ticket);
    }

    /// What the customer gets for what comes back.
    pub fn returned(self) -> Money {
        self.returns.with(|returns| Money::sum(returns.iter().map(Returning::worth)).unwrap_or_default())
    }

    /// What is to be paid; below zero it is paid out.
    pub fn total(self) -> Money {
        let total = self.priced.with(|priced| priced.as_ref().map_or(Money::ZERO, |ticket| ticket.total));
        total.minus(self.returned()).unwrap_or_default()
    }

    pub fn return_lines(self) -> Vec<ReturnLine> {
        self.returns.with_untracked(|returns| returns.iter().map(Returning::as_line).collect())
    }

    /// Sends the ticket; what the server says no to stays in `sending`.
    pub fn complete(self) {
        let Some(cmd) = self.command() else { return };
        self.sending.send(complete_sale(cmd), move |done| {
            self.done.set(Some(done));
            self.stage.set(Stage::Done);
            self.send_unsent();
        });
    }

    /// What the tenders entered so far leave to pay.
    ///
    /// # Errors
    /// [`MoneyError`] when an amount does not fit.
    pub fn left_to_pay(self) -> Result<LeftToPay, MoneyError> {
        let total = self.total();
        self.snapshot.with(|s| {
            let rounding = s.as_ref().map_or(CashRounding::Exact, |s| s.policy.cash_rounding);
            let kinds = s.as_ref().map(|s| s.tender_kinds.as_slice()).unwrap_or_default();
            self.tenders.with(|tenders| left_to_pay(total, tenders, kinds, rounding))
        })
    }

    /// The ticket as the rules price it, and the taxes they price it with.
    pub fn cart_and_taxes(self) -> (Cart, TaxTable) {
        (cart(self.lines, self.discount), taxes(self.snapshot, self.exemption().is_some()))
    }

    pub fn ticket_lines(self) -> Vec<TicketLine> {
        let line = |line: &Line| TicketLine {
            item_id: line.item.id,
            price: line.item.price,
            discount: line.discount.clone(),
            quantity: line.quantity,
        };
        self.lines.with(|lines| lines.iter().map(line).collect())
    }

    /// The certificate that takes the tax away: shown at the counter, or the customer's own.
    pub fn exemption(self) -> Option<Exemption> {
        exemption(self.snapshot, self.customer, self.shown_exemption)
    }

    /// Whether the customer's own certificate is no longer valid.
    pub fn certificate_expired(self) -> bool {
        self.exemption().is_none()
            && self.customer.with(|c| c.as_ref().is_some_and(|c| c.card.exemption.is_some()))
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
            sellers: self.sellers.get_untracked(),
            tenders: self.tenders.get_untracked(),
            expected_total: self.total(),
            approvals: self.approvals.get_untracked(),
            note: String::new(),
            exemption: self.shown_exemption.get_untracked(),
            voided: self.voided.get_untracked(),
            returns: self.return_lines(),
            secret_until: self.secret_until.get_untracked(),
            override_reason: self.override_reason.get_untracked(),
        })
    }
}

/// A certificate shown at the counter, else one of the customer that is valid today.
fn exemption(
    snapshot: RwSignal<Option<RegisterSnapshot>>,
    customer: RwSignal<Option<Customer>>,
    shown: RwSignal<Option<TypedExemption>>,
) -> Option<Exemption> {
    if let Some(shown) = shown.get() {
        return shown.check().ok();
    }
    let today = snapshot.with(|s| s.as_ref().map(|s| s.business_date))?;
    customer.with(|c| c.as_ref().and_then(|c| c.card.exemption.clone()).filter(|e| e.is_valid_on(today)))
}

fn taxes(snapshot: RwSignal<Option<RegisterSnapshot>>, exempt: bool) -> TaxTable {
    snapshot.with(|s| s.as_ref().filter(|_| !exempt).map_or_else(TaxTable::default, |s| s.taxes.clone()))
}

fn cart(lines: RwSignal<Vec<Line>>, discount: RwSignal<Option<Discount>>) -> Cart {
    let line = |line: &Line| CartLine {
        item_id: line.item.id,
        price: line.price(),
        items: line.portion().map_or(1, Portion::items),
        taxability: line.item.taxability,
        discount: line.discount.clone(),
    };
    Cart { lines: lines.with(|lines| lines.iter().map(line).collect()), discount: discount.get() }
}
