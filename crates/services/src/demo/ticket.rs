//! Tickets that the demo stores sell: what, to whom, paid how.

use super::Maker;
use super::chain::Branch;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::ConfigExt;
use chrono::Duration;
use domain::ids::{CustomerId, TillSessionId};
use domain::item::{Portion, Quantity};
use domain::money::Money;
use domain::person::Permission;
use domain::rate::Rate;
use domain::sale::{
    Cart, CartLine, CompleteSale, Discount, DiscountOff, Tender, TicketLine, VoidSale, even_shares, price,
};
use domain::tax::Taxability;

impl Maker<'_> {
    /// Sells something to somebody; now and then it is voided, or the receipt is kept for a return.
    pub(super) async fn sell(
        &mut self,
        branch: &mut Branch,
        session: TillSessionId,
    ) -> Result<(), ServiceError> {
        let lines = self.lines(branch);
        if lines.is_empty() {
            return Ok(());
        }
        let ctx = self.seller(branch);
        let customer = self.buyer();
        let total = self.total_of(branch, &lines, customer.map_or(Taxability::Taxable, |(_, tax)| tax))?;
        let cmd = CompleteSale {
            customer_id: customer.map(|(id, _)| id),
            sellers: self.sellers(branch, &ctx)?,
            tenders: self.tenders(total),
            lines,
            ..self.blank(branch, session, total)
        };
        let done = self.services.complete_sale(&ctx, cmd).await?;
        if self.rng.u8(0..40) == 0 {
            let cmd = VoidSale {
                command_id: self.command(),
                store_id: branch.store,
                sale_id: done.sale_id,
                reason: "Rung up twice".to_owned(),
                approvals: Vec::new(),
            };
            let head = branch.head().map_or(ctx, |head| branch.ctx_of(head));
            self.services.void_sale(&head, cmd).await?;
        } else {
            branch.receipts.push(done.number);
        }
        Ok(())
    }

    /// A sale without anything on it yet.
    pub(super) fn blank(&mut self, branch: &Branch, session: TillSessionId, total: Money) -> CompleteSale {
        self.services.clock.advance(Duration::minutes(self.rng.i64(6..=18)));
        CompleteSale {
            command_id: self.command(),
            store_id: branch.store,
            session_id: session,
            customer_id: None,
            lines: Vec::new(),
            discount: None,
            sellers: Vec::new(),
            tenders: Vec::new(),
            expected_total: total,
            approvals: Vec::new(),
            note: String::new(),
            exemption: None,
            voided: Vec::new(),
            returns: Vec::new(),
            secret_until: String::new(),
            override_reason: String::new(),
        }
    }

    /// One or two pieces out of the case, or some goods that are alike.
    fn lines(&mut self, branch: &mut Branch) -> Vec<TicketLine> {
        let mut lines = Vec::new();
        let pieces = if self.rng.u8(0..6) == 0 { 2 } else { usize::from(self.rng.u8(0..5) > 0) };
        for _ in 0..pieces.min(branch.stock.len()) {
            let (item_id, price) = branch.stock.swap_remove(self.rng.usize(0..branch.stock.len()));
            lines.push(TicketLine { item_id, price, discount: self.discount(), quantity: None });
        }
        if lines.is_empty() || self.rng.u8(0..4) == 0 {
            let which = self.rng.usize(0..branch.lots.len().max(1));
            let asked = match which {
                0 => Quantity { pieces: self.rng.i64(2..=8), milli: self.rng.i64(10..=40) * 10 },
                1 => Quantity::grams_milli(self.rng.i64(200..=900) * 10),
                _ => Quantity::pieces(self.rng.i64(1..=3)),
            };
            lines.extend(branch.take(which, asked).map(|(item_id, price, quantity)| TicketLine {
                item_id,
                price,
                discount: None,
                quantity: Some(quantity),
            }));
        }
        lines
    }

    fn discount(&mut self) -> Option<Discount> {
        (self.rng.u8(0..5) == 0).then(|| Discount {
            off: DiscountOff::Percent(Rate::from_ppm(self.rng.i64(1..=2) * 50_000)),
            reason: "Loyal customer".to_owned(),
        })
    }

    /// Somebody who sells here.
    fn seller(&mut self, branch: &Branch) -> Ctx {
        let sells: Vec<_> = branch.staff.iter().filter(|staff| staff.role.may(Permission::Sell)).collect();
        let chosen = self.rng.choice(sells);
        chosen.map_or_else(|| self.owner.clone(), |staff| branch.ctx_of(staff))
    }

    /// One sale in six is shared with whoever runs the store.
    fn sellers(
        &mut self,
        branch: &Branch,
        ctx: &Ctx,
    ) -> Result<Vec<domain::sale::SellerShare>, ServiceError> {
        let head = branch.head().map(|head| head.id).filter(|head| *head != ctx.person());
        match head.filter(|_| self.rng.u8(0..6) == 0) {
            Some(head) => even_shares(&[head, ctx.person()]).map_err(ServiceError::internal),
            None => Ok(Vec::new()),
        }
    }

    fn buyer(&mut self) -> Option<(CustomerId, Taxability)> {
        if self.rng.u8(0..4) == 0 { None } else { self.rng.choice(&self.customers).copied() }
    }

    pub(super) fn total_of(
        &self,
        branch: &Branch,
        lines: &[TicketLine],
        taxability: Taxability,
    ) -> Result<Money, ServiceError> {
        let config = self.services.config()?;
        let taxes = config.taxes(branch.store, self.services.today(branch.store)?)?;
        let line = |line: &TicketLine| {
            let lot = branch.lots.iter().find(|lot| lot.item == line.item_id);
            let portion = lot.zip(line.quantity).map(|(lot, quantity)| Portion {
                unit: lot.lot.unit,
                quantity,
                unit_price: line.price,
            });
            CartLine::new(line.item_id, line.price, portion, taxability, line.discount.clone())
        };
        let lines = lines.iter().map(line).collect::<Result<_, _>>().map_err(ServiceError::internal)?;
        let cart = Cart { lines, discount: None };
        Ok(price(&cart, &taxes).map_err(ServiceError::internal)?.total)
    }

    pub(super) fn tenders(&mut self, total: Money) -> Vec<Tender> {
        let tender = |kind: &str, amount: Money, reference: String| Tender {
            kind: kind.to_owned(),
            amount,
            reference,
        };
        let number = self.reference();
        let part = Money::from_minor(total.minor() / 3);
        match self.rng.u8(0..10) {
            0..=4 => vec![tender("card", total, number)],
            5..=7 => vec![tender("cash", total, String::new())],
            8 => vec![tender("check", total, number)],
            _ => vec![
                tender("card", total.minus(part).unwrap_or(total), number),
                tender("cash", part, String::new()),
            ],
        }
    }

    /// The number of a card's slip or of a check.
    pub(super) fn reference(&mut self) -> String {
        format!("{:06}", self.rng.u32(0..1_000_000))
    }
}
