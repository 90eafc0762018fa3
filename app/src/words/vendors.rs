pub const TITLE: &str = "Vendors";
pub const VENDOR: &str = "Vendor";
pub const ADD: &str = "Add vendor";
pub const EDIT: &str = "Edit vendor";
pub const SAVE: &str = "Save vendor";
pub const FIND: &str = "Name, code, contact or phone";
pub const EMPTY: &str = "No vendors";
pub const EMPTY_TEXT: &str = "A vendor is somebody whom goods are bought from.";
pub const CODE: &str = "Code";
pub const CODE_HINT: &str = "Short, at most 12 characters";
pub const NAME: &str = "Name";
pub const CONTACT: &str = "Contact";
pub const PHONE: &str = "Phone";
pub const EMAIL: &str = "E-mail";
pub const STREET: &str = "Street";
pub const CITY: &str = "City";
pub const STATE: &str = "State";
pub const POSTAL_CODE: &str = "ZIP code";
pub const ACCOUNT_NUMBER: &str = "Our account number there";
pub const NET_DAYS: &str = "Days to pay";
pub const NET_DAYS_HINT: &str = "A bill is due so many days after its date";
pub const NOTE: &str = "Note";
pub const ACTIVE: &str = "We buy from them";
pub const RETIRED: &str = "Retired";
pub const WITH_RETIRED: &str = "With retired vendors";
pub const OWED: &str = "Owed";
pub const OWED_TO_ALL: &str = "Owed to all";
pub const CREDIT_LEFT: &str = "Credit left";
pub const ON_HAND: &str = "On hand";
pub const WHO: &str = "Who they are";
pub const WHERE: &str = "Where they are";

pub const WHAT_IS_OWED: &str = "What is owed";
pub const OPEN_BILLS: &str = "Open bills";
pub const NO_OPEN_BILLS: &str = "No open bills";
pub const NO_OPEN_BILLS_TEXT: &str = "A bill stands here until all of it is paid.";
pub const OVERDUE: &str = "Overdue";
pub const BILL: &str = "Bill";
pub const ENTER_BILL: &str = "Enter bill";
pub const SAVE_BILL: &str = "Save bill";
pub const BILL_NUMBER: &str = "Their bill number";
pub const BILL_DATE: &str = "Date of the bill";
pub const DUE: &str = "Due";
pub const DUE_BY: &str = "Due by";
pub const DUE_HINT: &str = "Empty is by their terms";
pub const TOTAL: &str = "Total";
pub const TOTAL_OF_BILL: &str = "Total of the bill";
pub const TOTAL_HINT: &str = "With freight. What the lines do not say is shared over them by value";
pub const EARLY: &str = "The bill was written before the goods came";
pub const NOTHING_TO_BILL: &str = "Nothing to bill";
pub const NOTHING_TO_BILL_TEXT: &str = "Every delivery of this vendor has its bill.";
pub const AMOUNT: &str = "Amount";
pub const OPEN: &str = "Open";
pub const DIFFERENCE: &str = "More than was received";
pub const DOWNLOAD: &str = "Download";

pub const PAY: &str = "Pay bills";
pub const PAY_NOW: &str = "Record payment";
pub const PAID: &str = "Paid";
pub const PAYMENTS: &str = "Payments";
pub const PAID_FROM: &str = "Paid from";
pub const REFERENCE: &str = "Check or transfer number";
pub const USE_CREDIT: &str = "Of which their credit";
pub const SPREAD: &str = "Amount to pay";
pub const SPREAD_HINT: &str = "Goes to what is due first";
pub const SPREAD_IT: &str = "Spread";
pub const NOTHING_TO_PAY: &str = "Nothing to pay";
pub const NOTHING_TO_PAY_TEXT: &str = "This vendor has no open bills in this store.";

pub const RECEIVE: &str = "Receive goods";
pub const RECEIVE_NOW: &str = "Receive";
pub const DELIVERY: &str = "Delivery";
pub const DELIVERIES: &str = "Deliveries";
pub const NOT_BILLED: &str = "Received, not billed";
pub const SLIP: &str = "Packing slip";
pub const FREIGHT: &str = "Freight and duty";
pub const FREIGHT_HINT: &str = "As the vendor charges it; shared over the lines by value";
pub const OVER: &str = "More came than was ordered";
pub const LINES: &str = "Goods";
pub const ADD_LINE: &str = "Add line";
pub const REMOVE: &str = "Remove";
pub const WHAT: &str = "What";
pub const SKU: &str = "SKU";
pub const LOT_TAG: &str = "Tag of the lot";
pub const KIND: &str = "Kind";
pub const WORDS: &str = "Description";
pub const METAL: &str = "Metal";
pub const KARAT: &str = "Karat";
pub const SIZE: &str = "Size";
pub const NONE: &str = "None";
pub const UNIT: &str = "Sold";
pub const CHOOSE: &str = "Choose";
pub const PIECES: &str = "Pieces";
pub const MEASURE: &str = "Grams or carats";
pub const COST: &str = "Cost of one";
pub const PRICE: &str = "Price of one";
pub const VENDOR_STYLE: &str = "Their style number";
pub const VENDOR_CODE: &str = "Vendor code";
pub const PRINT_TAGS: &str = "Print the tags";
pub const LANDED: &str = "Cost";
pub const TAG: &str = "Tag";
pub const RECEIVED_ON: &str = "Received";

pub const ORDER: &str = "Order";
pub const ORDERS: &str = "Orders";
pub const NEW_ORDER: &str = "New order";
pub const EDIT_ORDER: &str = "Change order";
pub const SAVE_ORDER: &str = "Save order";
pub const NO_ORDERS: &str = "No orders";
pub const NO_ORDERS_TEXT: &str = "Orders to vendors are listed here, newest first.";
pub const EXPECTED: &str = "Expected";
pub const PLACE: &str = "Place order";
pub const CLOSE_SHORT: &str = "Close short";
pub const CANCEL_ORDER: &str = "Cancel order";
pub const ORDERED: &str = "Ordered";
pub const CAME: &str = "Came";
pub const PRINT: &str = "Print";
pub const STANDING: &str = "Standing";
pub const ALL: &str = "All";
pub const ACCOUNT: &str = "Account";

pub const RETURNS: &str = "Returns";
pub const RETURN: &str = "Return to vendor";
pub const SEND_BACK: &str = "Send back";
pub const REASON: &str = "Reason";
pub const PIECE_OR_LOT: &str = "Tag";
pub const PIECES_OF_LOT: &str = "Pieces of a lot";
pub const MEASURE_OF_LOT: &str = "Grams or carats of a lot";
pub const GOT_CREDIT: &str = "Enter credit";
pub const CREDIT: &str = "Credit";
pub const CREDIT_NUMBER: &str = "Their credit number";
pub const CAME_HOME: &str = "They refused it";
pub const SENT_ON: &str = "Sent";

#[must_use]
pub fn of_row(label: &str, row: usize) -> String {
    format!("{label}, line {row}")
}

#[must_use]
pub fn net(days: i64) -> String {
    format!("{days} days net")
}

#[must_use]
pub fn billed_as(tag: &str) -> String {
    format!("As billed, {tag}")
}

#[must_use]
pub fn pays(number: &str) -> String {
    format!("Paid of {number}")
}

#[must_use]
pub fn comes_to(total: &str) -> String {
    format!("The payment comes to {total}.")
}
