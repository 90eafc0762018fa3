//! A sale at the counter: pricing a ticket, taking the money, posting it, voiding it the same day.

mod complete;
mod price;
mod tender;
mod view;
mod void;

pub use complete::{
    CompleteSale, CustomerInSale, ItemInSale, Outcome, Refusal, SaleFacts, SaleLineFacts, SellerShare,
    Snapshot, TicketLine, TillInSale, complete, even_shares, override_subject,
};
pub use price::{
    Cart, CartLine, Discount, DiscountKind, DiscountOff, MOST_LINES, PriceError, PricedLine, PricedTicket,
    TaxTable, price,
};
pub use tender::{
    Settlement, Tender, TenderFacts, TenderKind, TenderNature, TenderRefusal, amount_due, settle,
};
pub use void::{SaleToVoid, VoidOutcome, VoidRefusal, VoidSale, void};

pub use view::{SaleDetail, SaleDone, SaleFilter, SalePage, SaleSummary, SaleVoid};

use crate::codes;

codes! {
    pub enum SaleStatus("status of a sale") {
        Completed = "completed", "Completed";
        Voided = "voided", "Voided";
    }
}
