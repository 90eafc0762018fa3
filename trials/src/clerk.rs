//! Somebody at a till: signs in with a PIN, writes tickets, takes cash.

use crate::browser::{Answer, Browser};
use crate::shop::{PIN, Shop, fresh_command};
use anyhow::{Context, Result, ensure};
use domain::ids::{CustomerId, ItemId};
use domain::money::Money;
use domain::sale::{Cart, CartLine, CompleteSale, SaleDone, Tender, TicketLine, price};
use domain::tax::Taxability;
use std::io;
use std::net::SocketAddr;

/// Where a sale is sent.
const COMPLETE: &str = "/api/v1/sale/complete";

/// What is to be sold to whom.
#[derive(Debug, Clone, Copy)]
pub struct Ticket<'a> {
    pub pieces: &'a [(ItemId, Money)],
    pub customer: Option<CustomerId>,
}

/// A person signed in at a till of a running server.
#[derive(Debug)]
pub struct Clerk<'s> {
    shop: &'s Shop,
    till: usize,
    pub browser: Browser,
}

impl<'s> Clerk<'s> {
    /// Signs in with the PIN on the browser of a till.
    ///
    /// # Errors
    /// When the server does not take it.
    pub fn sign_in(server: SocketAddr, shop: &'s Shop, till: usize) -> Result<Self> {
        let mut browser = Browser::at(server);
        let paired = shop.tills.get(till).context("no such till")?;
        browser.set_cookie("__Host-till", &paired.device);
        let form = format!("person_id={}&pin={PIN}", shop.cashier);
        let answer = browser.post_form("/api/v1/session/switch", &form)?;
        ensure!(answer.status < 400, "cannot sign in: {} {}", answer.status, answer.text());
        Ok(Self { shop, till, browser })
    }

    /// A sale for cash, to the cent.
    ///
    /// # Errors
    /// When the ticket makes no sense.
    pub fn cash_sale(&self, ticket: Ticket<'_>) -> Result<CompleteSale> {
        let paired = self.shop.tills.get(self.till).context("no such till")?;
        let line = |(item_id, price): &(ItemId, Money)| TicketLine {
            item_id: *item_id,
            price: *price,
            discount: None,
            quantity: None,
        };
        let lines: Vec<TicketLine> = ticket.pieces.iter().map(line).collect();
        let cart = lines.iter().map(|line| CartLine {
            items: 1,
            item_id: line.item_id,
            price: line.price,
            taxability: Taxability::Taxable,
            discount: None,
        });
        let total = price(&Cart { lines: cart.collect(), discount: None }, &self.shop.taxes)?.total;
        Ok(CompleteSale {
            returns: Vec::new(),
            secret_until: String::new(),
            override_reason: String::new(),
            command_id: fresh_command(),
            store_id: self.shop.set_up.store_id,
            session_id: paired.session,
            customer_id: ticket.customer,
            lines,
            discount: None,
            exemption: None,
            voided: Vec::new(),
            sellers: Vec::new(),
            tenders: vec![Tender { kind: "cash".to_owned(), amount: total, reference: String::new() }],
            expected_total: total,
            approvals: Vec::new(),
            note: String::new(),
        })
    }

    /// Presses "Complete sale".
    ///
    /// # Errors
    /// When no answer came: nobody knows then whether it was sold.
    pub fn send(&mut self, sale: &CompleteSale) -> io::Result<Answer> {
        self.browser.post_json(COMPLETE, &body(sale)?)
    }

    /// Presses the button and goes away before the answer.
    ///
    /// # Errors
    /// When the server cannot be reached.
    pub fn send_and_hang_up(&mut self, sale: &CompleteSale) -> io::Result<()> {
        self.browser.post_and_hang_up(COMPLETE, &body(sale)?)
    }

    /// Sends what no screen of ours would send.
    ///
    /// # Errors
    /// When no answer came.
    pub fn send_raw(&mut self, command: &serde_json::Value) -> io::Result<Answer> {
        self.browser.post_json(COMPLETE, &serde_json::to_vec(&serde_json::json!({ "cmd": command }))?)
    }

    /// Sells, and insists on success.
    ///
    /// # Errors
    /// When the server refuses or does not answer.
    pub fn sell(&mut self, ticket: Ticket<'_>) -> Result<SaleDone> {
        let sale = self.cash_sale(ticket)?;
        self.send(&sale)?.done()
    }
}

/// The command as the page wraps it.
fn body(sale: &CompleteSale) -> io::Result<Vec<u8>> {
    #[derive(serde::Serialize)]
    struct Body<'a> {
        cmd: &'a CompleteSale,
    }
    Ok(serde_json::to_vec(&Body { cmd: sale })?)
}
