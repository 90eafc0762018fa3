//! A sale at the counter: pricing a ticket, taking the money, posting it, voiding it the same day, taking
//! pieces back.

mod back;
mod charge;
mod check;
mod complete;
mod exempt;
mod lots;
mod offer;
mod part;
mod post;
mod price;
mod refund;
mod secret;
mod sellers;
mod tender;
mod ticket;
mod view;
mod void;
mod with_tax;

pub use back::{
    Condition, Proof, ReturnLine, ReturnRefusal, ReturnedFacts, ReturnedSums, SoldLine, return_subject,
};
pub use complete::{
    CompleteSale, CustomerInSale, ItemInSale, Outcome, Refusal, SaleFacts, SaleLineFacts, Snapshot,
    TicketLine, TillInSale, complete, override_subject,
};
pub use exempt::{ExemptReason, TypedExemption};
pub use offer::{GIFT_PREFIX, OfferedLine, ReturnOffer, Shown, is_receipt_number, shown_for_return};
pub use part::{SoldPart, TakenBack};
pub use price::{
    Cart, CartLine, Discount, DiscountKind, DiscountOff, MOST_LINES, PriceError, PricedLine, PricedTicket,
    TaxTable, price,
};
pub use refund::{Refundable, checks_to_account, propose, refund};
pub use secret::{Audience, SecretRefusal, SecretState, SetSecret, secret_day, secret_on_ticket, visible_to};
pub use sellers::{MOST_SELLERS, SellerShare, SellersRefusal, check_shares, even_shares};
pub use tender::{
    LeftToPay, Settlement, Tender, TenderFacts, TenderKind, TenderNature, TenderRefusal, amount_due,
    left_to_pay, settle,
};
pub use ticket::{ClearRefusal, ClearTicket, VoidedLine, clear};
pub use void::{SaleToVoid, VoidOutcome, VoidRefusal, VoidSale, void, void_subject};
pub use with_tax::{PriceWithTax, TaxedPrice, price_with_tax};

pub use view::{
    ChargedSale, SALES_CSV_HEAD, SaleChoices, SaleDetail, SaleDone, SaleFilter, SalePage, SaleSheet,
    SaleSummary, SaleTotals, SaleVoid, VoidBy,
};

use crate::codes;

codes! {
    pub enum SaleStatus("status of a sale") {
        Completed = "completed", "Completed";
        Voided = "voided", "Voided";
    }
}
