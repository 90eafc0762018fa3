use domain::customer::Exemption;
use domain::money::Money;

pub const TITLE: &str = "Register";
pub const STARTING: &str = "Starting";
pub const DATE_IS_RIGHT: &str = "I have looked: the date is right";
pub const FIND: &str = "Scan a tag or type what you look for";
pub const PIECES: &str = "Pieces";
pub const FIND_FIRST: &str = "Find a piece";
pub const FIND_FIRST_TEXT: &str = "Scan its tag, or type a tag number, a serial or a few words.";
pub const NOT_FOUND: &str = "No piece found";
pub const NOT_FOUND_TEXT: &str = "Try fewer letters, or another word from the tag.";
pub const TICKET: &str = "Ticket";
pub const EMPTY_TICKET: &str = "The ticket is empty.";
pub const NO_CUSTOMER: &str = "Add customer";
pub const WALK_IN: &str = "Walk-in sale";
pub const REMOVE: &str = "Remove";
pub const DISCOUNT: &str = "Discount";
pub const SUBTOTAL: &str = "Subtotal";
pub const SALES_TAX: &str = "Sales tax";
pub const EXEMPT: &str = "Tax exempt";
pub const TOTAL: &str = "Total";
pub const TAKE_PAYMENT: &str = "Take payment";
pub const OPEN_TITLE: &str = "Open the till";
pub const OPEN_TEXT: &str = "Count the float into the drawer. The day begins with the first till.";
pub const FLOAT: &str = "Float";
pub const OPEN_BUTTON: &str = "Open till";
pub const NO_TILL: &str = "This browser is no till";
pub const NO_TILL_TEXT: &str = "Pair it with a till to sell: a manager makes the pairing link.";
pub const PAYMENT: &str = "Payment";
pub const LEFT_TO_PAY: &str = "Left to pay";
pub const BACK_TO_TICKET: &str = "Back to the ticket";
pub const HOW_PAID: &str = "How it is paid";
pub const ENTERED: &str = "Entered";
pub const HANDED_OVER: &str = "Handed over";
pub const QUICK_CASH: &str = "Quick cash";
pub const REFERENCE: &str = "Number on the slip or check";
pub const ADD: &str = "Add";
pub const CHANGE_DUE: &str = "Change due";
pub const COMPLETE: &str = "Complete sale";
pub const RECORDED: &str = "Sale recorded";
pub const RECORDED_AS: &str = "Recorded as ";
pub const RECEIPT: &str = "Receipt";
pub const PRINT: &str = "Print receipt";
pub const PAPER: &str = "Paper";
pub const ROLL: &str = "80 mm";
pub const LETTER: &str = "Letter";
pub const CASH_ROUNDING: &str = "Rounded for cash";
pub const NEXT_SALE: &str = "Next sale";
pub const SALES_TODAY: &str = "Open the sale";
pub const CUSTOMER: &str = "Customer";
pub const FIND_CUSTOMER: &str = "Name, phone or e-mail";
pub const NO_ONE_FOUND: &str = "Nobody found.";
pub const KIND: &str = "How much";
pub const VALUE: &str = "Value";
pub const APPLY: &str = "Apply discount";
pub const TAKE_OFF: &str = "No discount";
pub const APPROVAL: &str = "A manager's approval";
pub const MANAGER: &str = "Manager";
pub const APPROVE: &str = "Approve";

pub const SOLD_BY: &str = "Sold by";
pub const SELLERS: &str = "Who sold it";
pub const SET_SELLERS: &str = "Set sellers";
pub const NO_TAX: &str = "No tax";
pub const NO_TAX_TEXT: &str = "For a customer who shows a certificate. The sale keeps its number.";
pub const WHY_NO_TAX: &str = "Why";
pub const CERTIFICATE: &str = "Certificate or proof";
pub const CERTIFICATE_EXPIRED: &str = "Exemption certificate expired";
pub const TAX_AFTER_ALL: &str = "Charge tax";
pub const CLEAR: &str = "Clear";
pub const NOT_TO_BE_HAD: &str = "No price comes to that total";

#[must_use]
pub fn make_it(total: Money) -> String {
    format!("Make it {total}")
}

#[must_use]
pub fn more_than_ticket(total: Money) -> String {
    format!("without a discount the ticket comes to {total}")
}

#[must_use]
pub fn share_of(name: &str) -> String {
    format!("Percent for {name}")
}

#[must_use]
pub fn exempt(exemption: &Exemption) -> String {
    format!("{EXEMPT}: {exemption}")
}

/// The exact amount beside the one rounded for cash.
#[must_use]
pub fn exactly(amount: Money) -> String {
    format!("Rounded for cash; {amount} otherwise")
}

#[must_use]
pub fn in_cash(amount: Money) -> String {
    format!("{amount} in cash")
}

pub const QUANTITY: &str = "How much";
pub const PUT_ON_TICKET: &str = "Put on the ticket";

#[must_use]
pub fn there_is(quantity: &str) -> String {
    format!("{quantity} on hand")
}

#[must_use]
pub fn lines(count: usize) -> String {
    if count == 1 { "Ticket, 1 line".to_owned() } else { format!("Ticket, {count} lines") }
}
