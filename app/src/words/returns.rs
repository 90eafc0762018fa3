use domain::money::Money;

pub const TITLE: &str = "Take something back";
pub const RETURN: &str = "Return";
pub const CODE: &str = "Receipt, gift receipt or tag";
pub const GIFT: &str = "A gift receipt: its price is not told. It is exchanged; paying out needs a manager.";
pub const NO_RECEIPT: &str = "Without a receipt it needs a manager.";
pub const CHECK_RETURNED: &str =
    "The bank sent the check of this receipt back: what it paid goes to the customer’s account.";
pub const CONDITION: &str = "How it looks";
pub const FEE: &str = "Restocking fee";
pub const TAKE_BACK: &str = "Put on the ticket";
pub const REFUND: &str = "Pay out";
pub const TO_PAY_OUT: &str = "To pay out";
pub const PAY_OUT: &str = "Pay out";
pub const PAID_OUT: &str = "Paid out";
pub const COMPLETE: &str = "Complete return";
pub const RETURNED: &str = "Returned";
pub const RETURNED_WITH_TAX: &str = "Returned, with tax";
pub const CAME_BACK_ON: &str = "Came back on";
pub const FROM: &str = "From";
pub const GIFT_RECEIPT: &str = "Gift receipt";
pub const GIFT_TEXT: &str = "Bring this slip to exchange the gift.";

#[must_use]
pub fn sold_on(number: &str, day: &str) -> String {
    format!("{number}, sold on {day}")
}

#[must_use]
pub fn late(until: &str) -> String {
    format!("It was to come back until {until}: a manager decides.")
}

#[must_use]
pub fn at_most(left: Money) -> String {
    format!("At most {left}")
}
