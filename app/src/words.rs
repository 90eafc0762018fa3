//! Every word on the screens, by area. Sentences of the rules live with the rules.

pub mod common {
    pub const SIGN_OUT: &str = "Sign out";
    pub const CANCEL: &str = "Cancel";
    pub const REASON: &str = "Reason";
    pub const DEMO: &str = "Demo store: nothing here is real.";
    pub const NOT_RECORDED: &str = "Nothing was recorded";
    pub const MAYBE_RECORDED: &str = "No answer came back";
    pub const NOTHING_HERE: &str = "Nothing here";
    pub const PAGE_UNKNOWN: &str = "There is no page at this address.";
    pub const TO_REGISTER: &str = "Go to the register";
    pub const PREVIOUS: &str = "Previous";
    pub const NEXT: &str = "Next";
    pub const SHOW: &str = "Show";
    pub const FIND: &str = "Find";
    pub const YES: &str = "Yes";
    pub const NO: &str = "No";

    #[must_use]
    pub fn range(first: u64, last: u64, all: u64) -> String {
        format!("{first} to {last} of {all}")
    }

    #[must_use]
    pub fn range_of_more(first: u64, last: u64, counted: u64) -> String {
        format!("{first} to {last} of more than {counted}: more words find fewer")
    }
}

pub mod nav {
    pub const TODAY: &str = "Today";
    pub const CUSTOMERS: &str = "Customers";
    pub const INVENTORY: &str = "Inventory";
    pub const LEDGER: &str = "Ledger";
    pub const REGISTER: &str = "Register";
    pub const SALES: &str = "Sales";
    pub const TILL: &str = "Till";
    pub const MORE: &str = "More";
    pub const SETTINGS: &str = "Settings";
}

pub mod lock {
    pub const TITLE: &str = "Enter your PIN";
    pub const TEXT: &str = "What you began is still here.";
    pub const OTHER: &str = "Leave this page and sign in with a password";
    pub const NO_TILL: &str = "This browser is no longer a till: sign in with a password.";
    pub const AGAIN: &str = "Try again";
}

pub mod me {
    pub const TITLE: &str = "My sign-in";
    pub const SECRETS: &str = "Change my password or PIN";
    pub const CURRENT: &str = "Current password";
    pub const CURRENT_HINT: &str = "Your PIN, if you have no password.";
    pub const NEW_PASSWORD: &str = "New password";
    pub const NEW_PIN: &str = "New PIN";
    pub const SAVED: &str = "Changed. Other browsers are signed out.";
}

pub mod books {
    use domain::money::Money;

    pub const POST_ENTRY: &str = "Post an entry";
    pub const POST_LEAD: &str =
        "Rent, payroll, a correction. Accounts that equal what lies behind them take no entries by hand.";
    pub const POST: &str = "Post";
    pub const MEMO: &str = "What it is for";
    pub const BUSINESS_DATE: &str = "Business date";
    pub const REVERSE_ON: &str = "Reverse on";
    pub const REVERSE_ON_HINT: &str = "For an accrual: the entry that undoes it is posted with it";
    pub const TODAY_HINT: &str = "Today where nothing is chosen";
    pub const LINES: &str = "Lines";
    pub const ADD_LINE: &str = "Add a line";
    pub const CHOOSE: &str = "Choose";
    pub const STORE: &str = "Store";
    pub const ALL_STORES: &str = "All stores";
    pub const AMOUNT: &str = "Amount";
    pub const REVERSE: &str = "Reverse the entry";
    pub const REVERSE_TITLE: &str = "Undo this entry with another";
    pub const RECORDED: &str = "Recorded on";
    pub const RECURRING: &str = "Every month";
    pub const RECURRING_LEAD: &str = "Entries that come again, such as rent. Each month is posted once.";
    pub const RECURRING_ENTRY: &str = "Entry of every month";
    pub const ADD_RECURRING: &str = "Add an entry of every month";
    pub const ALL_RECURRING: &str = "What comes every month";
    pub const DUE: &str = "Due now";
    pub const NOTHING_DUE: &str = "Nothing is due";
    pub const NOTHING_DUE_TEXT: &str = "What comes every month appears here on its day.";
    pub const DAY: &str = "Day of the month";
    pub const DAY_HINT: &str = "A shorter month has it on its last day";
    pub const ACTIVE: &str = "Comes every month";
    pub const STOPPED: &str = "Stopped";
    pub const LOCK: &str = "Locked periods";
    pub const LOCK_LEAD: &str = "Nothing is posted on or before the day through which the books are locked.";
    pub const NOT_LOCKED: &str = "Nothing is locked.";
    pub const LOCK_THROUGH: &str = "Lock through";
    pub const LOCK_BUTTON: &str = "Lock";
    pub const STAYS_LOCKED: &str = "Stays locked through";
    pub const STAYS_LOCKED_HINT: &str = "Empty unlocks everything";
    pub const UNLOCK: &str = "Unlock";
    pub const PROFIT_AND_LOSS: &str = "Profit and loss";
    pub const BALANCE_SHEET: &str = "Balance sheet";
    pub const PERIOD: &str = "Period";
    pub const THESE_DAYS: &str = "The days below";
    pub const GROSS: &str = "Gross profit";
    pub const RESULT: &str = "Result";
    pub const RETAINED: &str = "Retained earnings (computed)";
    pub const RESULT_OF_YEAR: &str = "Result of this year";
    pub const BETWEEN_STORES: &str = "Owed to other stores (computed)";

    #[must_use]
    pub fn sides(debits: Money, credits: Money, difference: Money) -> String {
        if difference.is_zero() {
            format!("Debits {debits}, credits {credits}")
        } else {
            format!("Debits {debits}, credits {credits}, difference {difference}")
        }
    }

    #[must_use]
    pub fn post_one(memo: &str, day: &str) -> String {
        format!("Post {memo} of {day}")
    }

    #[must_use]
    pub fn reversed(number: &str) -> String {
        format!("{number} was reversed")
    }

    #[must_use]
    pub fn locked(day: &str) -> String {
        format!("Locked through {day}.")
    }

    #[must_use]
    pub fn proves(assets: Money, liabilities: Money, equity: Money) -> String {
        format!("Assets of {assets} are liabilities of {liabilities} and equity of {equity}.")
    }

    #[must_use]
    pub fn proves_not(difference: Money) -> String {
        format!("Assets are above liabilities and equity by {difference}: the books are wrong somewhere.")
    }
}
pub mod settings {
    pub const OWN_SECRETS: &str = "You change your own password and PIN here:";
    pub const SAVE: &str = "Save";
    pub const EDIT: &str = "Edit";
    pub const COMPANY: &str = "Company";
    pub const COMPANY_NAME: &str = "Company name";
    pub const FISCAL_YEAR: &str = "The fiscal year begins in";
    pub const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    pub const PEOPLE: &str = "People";
    pub const TAXES: &str = "Taxes";
    pub const PAYMENTS: &str = "Payments";
    pub const ACCOUNTS: &str = "Accounts";
    pub const AUDIT: &str = "Audit trail";
    pub const STORES: &str = "Stores";
    pub const STORE: &str = "Store";
    pub const STORE_CODE: &str = "Code";
    pub const PLACE: &str = "Place";
    pub const ADD_STORE: &str = "Add store";
    pub const ADD_STORE_LEAD: &str = "You become its owner; give others their roles afterwards.";
    pub const TILLS: &str = "Tills";
    pub const TILL: &str = "Till";
    pub const TILL_NAME: &str = "Name of the till";
    pub const TILL_ACTIVE: &str = "In use";
    pub const TILL_ACTIVE_HINT: &str =
        "A till out of use keeps its reports; its browser is no till any more.";
    pub const ADD_TILL: &str = "Add till";
    pub const TAKEN_OUT: &str = "Out of use";
    pub const BROWSER: &str = "Browser";
    pub const NOT_PAIRED: &str = "No browser";
    pub const PAIR: &str = "Pair a browser";
    pub const LINK_TITLE: &str = "Open this on the tablet that becomes the till";
    pub const LINK_TEXT: &str = "The link works once, for 24 hours.";
    pub const RETURN_POLICY: &str = "Return policy";
    pub const LIMITS: &str = "Limits and rounding";
    pub const LIMITS_TEXT: &str =
        "How much of a price each role takes off without asking anybody, in percent.";
    pub const ASSOCIATE_DISCOUNT: &str = "Associate";
    pub const MANAGER_DISCOUNT: &str = "Manager";
    pub const OWNER_DISCOUNT: &str = "Owner";
    pub const OVER_SHORT: &str = "Drawer over or short needs a reason above";
    pub const PAY_OUT_LIMIT: &str = "Paid out of a drawer by a manager above";
    pub const RETURN_DAYS: &str = "Days in which a piece comes back without asking";
    pub const RESTOCKING_FEE: &str = "Restocking fee, in percent";
    pub const IDLE_LOCK: &str = "Minutes without a touch until a till asks for a PIN";
    pub const TAX_ROUNDING: &str = "Sales tax is rounded";
    pub const FIVE_CENTS: &str = "Round cash to five cents";
    pub const FIVE_CENTS_HINT: &str = "Only what is paid in cash; cards and checks stay exact.";
    pub const REASONS: &str = "Reasons for a discount";
    pub const REASONS_HINT: &str = "One on each line";
    pub const JURISDICTION: &str = "Jurisdiction";
    pub const RATES: &str = "Rates";
    pub const ADD_TAX: &str = "Add jurisdiction";
    pub const EDIT_TAX: &str = "Jurisdiction";
    pub const TAX_NAME: &str = "Name, as on the receipt";
    pub const NO_TAXES: &str = "No sales tax";
    pub const NO_TAXES_TEXT: &str = "Add the state, county or city that taxes your sales.";
    pub const BEGUN_STAY: &str =
        "Rates that have begun stay: sales were taxed with them. A new rate begins today or later.";
    pub const ADD_RATE: &str = "Add a rate";
    pub const FROM: &str = "From";
    pub const PERCENT: &str = "Percent";
    pub const CAP: &str = "Taxed at most, per item";
    pub const PAYMENT: &str = "Means of payment";
    pub const PAYMENT_LABEL: &str = "What the button says";
    pub const PAYMENT_CODE: &str = "Short word";
    pub const PAYMENT_CODE_HINT: &str = "Letters only, such as wire; it never changes";
    pub const PAYMENT_ACTIVE: &str = "Taken at the register";
    pub const ADD_PAYMENT: &str = "Add a means of payment";
    pub const NATURE: &str = "Works like";
    pub const ACCOUNT: &str = "Account";
    pub const ACCOUNT_ACTIVE: &str = "Open for entries";
    pub const ADD_ACCOUNT: &str = "Add account";
    pub const NUMBER: &str = "Number";
    pub const NAME: &str = "Name";
    pub const KIND: &str = "Kind";
    pub const CONTROL: &str = "Control";
    pub const CLOSED: &str = "Closed";
    pub const PERSON: &str = "Person";
    pub const ADD_PERSON: &str = "Add person";
    pub const EDIT_PERSON: &str = "Person";
    pub const LOGIN: &str = "Login";
    pub const ROLES: &str = "Roles";
    pub const NO_ROLE: &str = "No role here";
    pub const STATE: &str = "State";
    pub const LEFT: &str = "Works here no more";
    pub const NO_PIN: &str = "No PIN";
    pub const WORKS_HERE: &str = "Works here";
    pub const SECRETS: &str = "Password and PIN";
    pub const PASSWORD: &str = "Password";
    pub const PIN: &str = "PIN";
    pub const KEEP_HINT: &str = "Empty keeps the one there is";
    pub const SIGN_OUT_EVERYWHERE: &str = "Sign out on all browsers";
    pub const SIGNED_OUT: &str = "Signed out everywhere.";
    pub const WHEN: &str = "When";
    pub const WHAT: &str = "What";
    pub const WHO: &str = "Who";
    pub const APPROVED_BY: &str = "Approved by";
    pub const CHANGES: &str = "What changed";
    pub const OLDER: &str = "Older";
    pub const AUDIT_EMPTY: &str = "Nothing was recorded that fits.";

    #[must_use]
    pub fn tills(count: usize) -> String {
        if count == 1 { "1 till".to_owned() } else { format!("{count} tills") }
    }

    #[must_use]
    pub fn paired(since: &str) -> String {
        format!("Paired {since}")
    }

    #[must_use]
    pub fn from(day: &str) -> String {
        if day == "Jan 1, 2000" { "Always".to_owned() } else { format!("From {day}") }
    }

    #[must_use]
    pub fn up_to(cap: &str) -> String {
        format!("up to {cap} per item")
    }
}

pub mod find {
    pub const FIND: &str = "Find";
    pub const LABEL: &str = "Find pieces, customers, receipts, pages";
    pub const RESULTS: &str = "Found";
    pub const PAGES: &str = "Pages";
    pub const PIECES: &str = "Pieces";
    pub const CUSTOMERS: &str = "Customers";
    pub const SALES: &str = "Sales";
    pub const HINT: &str = "A tag or serial, a name or phone, a receipt number or a total.";
    pub const NOTHING: &str = "Nothing found.";
    pub const KEYS: &str = "Ctrl K";

    #[must_use]
    pub fn found(count: usize) -> String {
        if count == 1 { "1 found".to_owned() } else { format!("{count} found") }
    }
}

pub mod sign_in {
    pub const TITLE: &str = "Sign in";
    pub const WHO: &str = "Who are you";
    pub const LOGIN: &str = "Login";
    pub const PASSWORD: &str = "Password";
    pub const PIN: &str = "PIN";
    pub const WITH_PASSWORD: &str = "Sign in with a password";
    pub const WITH_PIN: &str = "Sign in with a PIN";
    pub const CHOOSE: &str = "Choose who you are.";
    pub const NOT_PAIRED: &str = "This browser is not paired with a till.";
}

pub mod pair {
    pub const TITLE: &str = "Pair this browser";
    pub const TEXT: &str = "This browser becomes a till: people who work here can sign in with their PIN. \
                            The browser that was this till before no longer is.";
    pub const BUTTON: &str = "Make this browser the till";
}

pub mod setup {
    pub const TITLE: &str = "Set up your store";
    pub const LEAD: &str = "A few facts, and the first sale can be rung up. Settings change all of it later.";
    pub const CODE: &str = "Code from the server's console";
    pub const STORE: &str = "Store";
    pub const ORGANIZATION: &str = "Company name";
    pub const STORE_NAME: &str = "Store name";
    pub const STORE_CODE: &str = "Short code";
    pub const STORE_CODE_HINT: &str = "Stands in every receipt number, such as S1";
    pub const TIME_ZONE: &str = "Time zone";
    pub const STREET: &str = "Street";
    pub const CITY: &str = "City";
    pub const STATE: &str = "State";
    pub const POSTAL_CODE: &str = "ZIP code";
    pub const PHONE: &str = "Phone";
    pub const TAXES: &str = "Sales tax";
    pub const TAX_NAME: &str = "Jurisdiction";
    pub const TAX_PERCENT: &str = "Percent";
    pub const TAX_CAP: &str = "Taxed up to, per item";
    pub const RECEIPT: &str = "Till and receipt";
    pub const TILL_NAME: &str = "Name of the first till";
    pub const HEADER: &str = "Above the receipt";
    pub const FOOTER: &str = "Below the receipt";
    pub const OWNER: &str = "Owner";
    pub const OWNER_NAME: &str = "Name";
    pub const OWNER_PIN: &str = "PIN for tills";
    pub const DONE: &str = "Set up the store";
}

pub mod returns {
    use domain::money::Money;

    pub const TITLE: &str = "Take something back";
    pub const RETURN: &str = "Return";
    pub const CODE: &str = "Receipt, gift receipt or tag";
    pub const GIFT: &str =
        "A gift receipt: its price is not told. It is exchanged; paying out needs a manager.";
    pub const NO_RECEIPT: &str = "Without a receipt it needs a manager.";
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
}

pub mod register {
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

    #[must_use]
    pub fn lines(count: usize) -> String {
        if count == 1 { "Ticket, 1 line".to_owned() } else { format!("Ticket, {count} lines") }
    }
}

pub mod sales {
    pub const TITLE: &str = "Sales";
    pub const WORDS: &str = "Words";
    pub const FIND: &str = "Receipt, customer, piece, total";
    pub const ANYBODY: &str = "Anybody";
    pub const ANYTHING: &str = "Anything";
    pub const ALL: &str = "All";
    pub const PAID_WITH: &str = "Paid with";
    pub const DOWNLOAD: &str = "Download";
    pub const SALES_COUNT: &str = "Receipts";
    pub const TAX: &str = "Sales tax";
    pub const STANDING: &str = "Without voided sales";
    pub const NUMBER: &str = "Receipt";
    pub const DATE: &str = "Date";
    pub const CUSTOMER: &str = "Customer";
    pub const SOLD_BY: &str = "Sold by";
    pub const STATUS: &str = "Status";
    pub const TOTAL: &str = "Total";
    pub const EMPTY: &str = "No sales";
    pub const EMPTY_TEXT: &str = "Sales appear here as soon as the register has made one.";
    pub const VOID: &str = "Void sale";
    pub const VOID_TEXT: &str =
        "Every entry is reversed and the pieces go back to the case. The number stays.";
    pub const VOIDED: &str = "Voided";
    pub const COMPLETED: &str = "Completed";
    pub const PIECES: &str = "Pieces";
    pub const PAYMENTS: &str = "Payments";
    pub const CHANGE: &str = "Change";
    pub const DISCOUNT: &str = "Discount";
    pub const SOLD_BY_SHORT: &str = "Served by ";
    pub const SOLD_TO: &str = "Sold to";
    pub const TAG: &str = "Tag";
    pub const PRICE: &str = "Price";
    pub const NET: &str = "Net";
    pub const NO_TAX: &str = "No tax";
    pub const DISCOUNT_APPROVED: &str = "Discount approved by";
    pub const VOID_APPROVAL: &str = "Your role needs a manager's approval for this.";

    #[must_use]
    pub fn voided_by(name: &str, when: &str) -> String {
        format!("By {name}, {when}")
    }

    #[must_use]
    pub fn approved_by(name: &str) -> String {
        format!("approved by {name}")
    }
}

pub mod today {
    use domain::money::Money;

    pub const TITLE: &str = "Today";
    pub const TOTAL: &str = "Sales with tax, less returns";
    pub const NET: &str = "Net sales";
    pub const RETURNS: &str = "Returned, with tax";
    pub const DISCOUNTS: &str = "Discounts";
    pub const PAYMENTS: &str = "Payments";
    pub const VOIDS: &str = "Voided";
    pub const RECEIPT: &str = "receipt";
    pub const RECEIPTS: &str = "receipts";
    pub const PIECE: &str = "piece";
    pub const PIECES: &str = "pieces";
    pub const APPROVAL: &str = "approval given";
    pub const APPROVALS: &str = "approvals given";
    pub const NONE: &str = "none";
    pub const NOT_OPEN: &str = "Not open";
    pub const ALL_TILLS_CLOSED: &str = "All tills closed";

    #[must_use]
    pub fn as_of(time: &str) -> String {
        format!("As of {time}; renewed while you look.")
    }

    #[must_use]
    pub fn tax(tax: Money) -> String {
        format!("and {tax} tax")
    }

    #[must_use]
    pub fn open_tills(tills: u64) -> String {
        if tills == 1 { "1 till open".to_owned() } else { format!("{tills} tills open") }
    }
}

pub mod till {
    pub const TITLE: &str = "Till";
    pub const X_REPORT: &str = "X report";
    pub const Z_REPORT: &str = "Z report";
    pub const OPENED: &str = "Opened";
    pub const SALES: &str = "Sales";
    pub const VOIDS: &str = "Voids";
    pub const NET: &str = "Net sales";
    pub const TAX: &str = "Sales tax";
    pub const TOTAL: &str = "Total";
    pub const FLOAT: &str = "Float";
    pub const DROPS: &str = "Dropped in the safe";
    pub const EXPECTED: &str = "Expected in the drawer";
    pub const COUNTED: &str = "Counted";
    pub const OVER_SHORT: &str = "Over or short";
    pub const DROP: &str = "Drop cash";
    pub const AMOUNT: &str = "Amount";
    pub const PAY_IN_OUT: &str = "Pay in or out";
    pub const WAY: &str = "Which way";
    pub const WHAT_FOR: &str = "What for";
    pub const CASH_AMOUNT: &str = "Cash in or out";
    pub const CASH_WHY: &str = "Say in words what it was for";
    pub const OPENED_WHY: &str = "Why the drawer was opened";
    pub const RECORD: &str = "Record";
    pub const PAID_IN: &str = "Paid in";
    pub const PAID_OUT: &str = "Paid out";
    pub const NO_SALE: &str = "Open without a sale";
    pub const NO_SALE_TEXT: &str = "Such as to change a note. It is counted on the Z.";
    pub const NO_SALES: &str = "Opened without a sale";
    pub const COUNT: &str = "Count and close";
    pub const COUNT_TEXT: &str = "Count what lies in the drawer. What should be there is shown afterwards.";
    pub const CENTS: &str = "Cents";
    pub const CLOSE: &str = "Close till";
    pub const CLOSED: &str = "This till is closed.";
    pub const CLOSE_DAY: &str = "Close the day";
    pub const DAY_CLOSED: &str = "The day is closed and sealed.";
    pub const RECEIPTS: &str = "Receipts";
    pub const SUBTOTAL: &str = "Tag prices";
    pub const DISCOUNTS: &str = "Discounts";
    pub const CLOSED_AT: &str = "Closed";
    pub const HISTORY: &str = "Till history";
    pub const HISTORY_LEAD: &str = "Every till session of this store with its Z report.";
    pub const NO_SESSIONS: &str = "No till sessions";
    pub const NO_SESSIONS_TEXT: &str = "They appear here as soon as a till was opened on these days.";
    pub const REPORT: &str = "Report";
    pub const STILL_OPEN: &str = "Open";
    pub const PRINTED: &str = "To print";
    pub const PRINT: &str = "Print report";
    pub const Z_LEAD: &str = "Written when the till was closed. It never changes.";
    pub const X_LEAD: &str = "The till is still open: these figures change with the next sale.";
    pub const SIGNED: &str = "Counted by";
    pub const SAFE: &str = "Safe and bank";
    pub const SAFE_LEAD: &str =
        "Cash and checks that were dropped or counted into the safe, on their way to the bank.";
    pub const IN_SAFE: &str = "In the safe by the books";
    pub const SAFE_MOVES: &str = "What moved it last";
    pub const SAFE_EMPTY_TEXT: &str = "Floats, drops, counts and deposits appear here.";
    pub const DEPOSIT: &str = "Take to the bank";
    pub const DEPOSIT_AMOUNT: &str = "Amount on the deposit slip";

    #[must_use]
    pub fn deposited(amount: domain::money::Money) -> String {
        format!("Recorded: {amount} taken to the bank.")
    }
}

pub mod customers {
    pub const TITLE: &str = "Customers";
    pub const ADD: &str = "Add customer";
    pub const EDIT: &str = "Edit customer";
    pub const SAVE: &str = "Save customer";
    pub const FIND: &str = "Name, phone or e-mail";
    pub const EMPTY: &str = "Nobody here";
    pub const EMPTY_TEXT: &str = "Try fewer letters, or add the customer.";
    pub const NAME: &str = "Name";
    pub const NUMBER: &str = "Number";
    pub const FIRST_NAME: &str = "First name";
    pub const LAST_NAME: &str = "Last name";
    pub const COMPANY: &str = "Company";
    pub const REACH: &str = "How to reach them";
    pub const PHONE: &str = "Phone";
    pub const EMAIL: &str = "E-mail";
    pub const STREET: &str = "Street";
    pub const CITY: &str = "City";
    pub const STATE: &str = "State";
    pub const POSTAL_CODE: &str = "ZIP code";
    pub const TERMS: &str = "Tax and notes";
    pub const CERTIFICATE: &str = "Exemption certificate";
    pub const EXPIRES: &str = "Expires on";
    pub const UNTIL: &str = "until";
    pub const NOTE: &str = "Note";
    pub const HISTORY: &str = "What they bought";
    pub const NO_HISTORY: &str = "Sales to this customer appear here.";
}

pub mod ledger {
    pub const TITLE: &str = "Ledger";
    pub const TRIAL_BALANCE: &str = "Trial balance";
    pub const JOURNAL: &str = "Journal";
    pub const ENTRY: &str = "Journal entry";
    pub const VERIFY: &str = "Does everything hold";
    pub const VERIFY_LEAD: &str = "Every entry, drawer, piece, receipt and Z against the ledger.";
    pub const ALL_HOLDS: &str = "Everything holds.";
    pub const NOT_ALL_HOLDS: &str = "Something does not hold";
    pub const CHART: &str = "Chart of accounts";
    pub const CHART_LEAD: &str = "Every account with what stands on it: debits above zero, credits below.";
    pub const BALANCE: &str = "Balance";
    pub const OPENING: &str = "Before";
    pub const CLOSING: &str = "Balance";
    pub const DRAWER: &str = "Drawer";
    pub const ASSOCIATE: &str = "Seller";
    pub const JURISDICTION: &str = "Jurisdiction";
    pub const ANY: &str = "Any";
    pub const EVERYTHING: &str = "Show everything";
    pub const EMPTY_ACCOUNT_TEXT: &str = "No entry moved this account in these days.";
    pub const OPEN_EVENT: &str = "Open the event";
    pub const BY: &str = "By";
    pub const APPROVED_BY: &str = "Approved by";
    pub const ABOUT: &str = "About";
    pub const NO_ENTRY: &str = "This event moved no money.";
    pub const OPEN_SALE: &str = "Open the sale";
    pub const OPEN_PIECE: &str = "Open the piece";
    pub const OPEN_CUSTOMER: &str = "Open the customer";
    pub const OPEN_TILL: &str = "Open the till report";
    pub const CHECK: &str = "Rule";
    pub const LOOKED_AT: &str = "Looked at";
    pub const SINCE: &str = "From";
    pub const TO: &str = "To";
    pub const AS_OF: &str = "As of";
    pub const SHOW: &str = "Show";
    pub const ACCOUNT: &str = "Account";
    pub const DEBIT: &str = "Debit";
    pub const CREDIT: &str = "Credit";
    pub const TOTAL: &str = "Total";
    pub const DATE: &str = "Day";
    pub const WHAT: &str = "What happened";
    pub const EMPTY: &str = "Nothing posted";
    pub const EMPTY_TEXT: &str = "Entries appear here with the first sale, float or delivery.";
    pub const EXPORT: &str = "Export";
    pub const EXPORT_TITLE: &str = "Export the journal";
    pub const EXPORT_LEAD: &str =
        "For your accountant's program or a spreadsheet. Each export is noted in the audit trail.";
    pub const FORMAT: &str = "For";
    pub const FROM: &str = "From";
    pub const PERIOD_HINT: &str = "Leave empty for no limit";
    pub const PERIOD_WRONG: &str = "the period ends before it begins";
    pub const DOWNLOAD: &str = "Download";
}

pub mod import {
    pub const TITLE: &str = "Import stones";
    pub const CHOOSE: &str = "Choose a list";
    pub const CHOOSE_TEXT: &str = "A list of loose diamonds as CSV: one row for each stone, with the names of the \
                                   columns in the first line. You see what becomes of it before anything is recorded.";
    pub const FILE: &str = "File";
    pub const FILE_HINT: &str = "At most 50 MB; commas, semicolons or tabs between the columns";
    pub const SENDING: &str = "Reading the file…";
    pub const LEFT_OUT: &str = "Left out";
    pub const MISSING: &str = "What the list does not say";
    pub const COST_PERCENT: &str = "Cost in percent of the price";
    pub const COST_NEEDED: &str = "No column is the cost";
    pub const COST_FILLS: &str = "For rows without a cost";
    pub const NO_COLUMN: &str = "No column says it";
    pub const FILLS: &str = "For rows that do not say it";
    pub const FIRST_ROWS: &str = "The first rows";
    pub const OTHER_FILE: &str = "Choose another file";
    pub const UNDER_WAY: &str = "Stones are coming in";
    pub const MAY_LEAVE: &str = "You may leave this page: it goes on, and tills keep selling.";
    pub const DONE: &str = "Import finished";
    pub const STOPPED: &str = "The import stopped";
    pub const IMPORTED: &str = "Imported";
    pub const REJECTED: &str = "Rejected";
    pub const ALREADY_THERE: &str = "Already there";
    pub const REJECTS: &str = "Download the rejected rows";
    pub const REJECTS_TEXT: &str =
        "Each rejected row stands in a file with its reason. Mend it there and import that file.";
    pub const SHOW: &str = "Show the stones";
    pub const NEXT: &str = "Import another list";

    #[must_use]
    pub fn into(store: &str) -> String {
        format!("The stones enter {store} as opening stock.")
    }

    #[must_use]
    pub fn columns_of(file: &str, rows: u64) -> String {
        format!("Columns of {file}, {rows} {}", if rows == 1 { "row" } else { "rows" })
    }

    #[must_use]
    pub fn start(rows: u64) -> String {
        format!("Import {rows} {}", if rows == 1 { "row" } else { "rows" })
    }

    #[must_use]
    pub fn line(number: u64) -> String {
        format!("Line {number}")
    }

    #[must_use]
    pub fn done(file: &str) -> String {
        format!("All of {file} was read.")
    }

    #[must_use]
    pub fn stopped(reason: &str) -> String {
        format!("What came in stays. Choose the same file again to bring in the rest. The reason: {reason}")
    }
}

pub mod inventory {
    pub const IMPORT: &str = "Import";
    pub const TITLE: &str = "Inventory";
    pub const ADD: &str = "Add piece";
    pub const EDIT: &str = "Edit piece";
    pub const SAVE: &str = "Save piece";
    pub const FIND: &str = "Tag, serial or words";
    pub const EMPTY: &str = "No pieces";
    pub const EMPTY_TEXT: &str = "Try fewer words or another filter, or add a piece.";
    pub const ALL: &str = "All";
    pub const PIECE: &str = "Piece";
    pub const WHERE: &str = "Where";
    pub const STATUS: &str = "Status";
    pub const COST: &str = "Cost";
    pub const PRICE: &str = "Price";
    pub const PICTURE: &str = "Picture";
    pub const KIND: &str = "Kind";
    pub const KINDS: &str = "Kinds";
    pub const STATUSES: &str = "Statuses";
    pub const METAL: &str = "Metal";
    pub const KARAT: &str = "Karat";
    pub const WEIGHT: &str = "Weight in grams";
    pub const SIZE: &str = "Size";
    pub const BRAND: &str = "Brand";
    pub const SERIAL: &str = "Serial number";
    pub const TAG: &str = "Tag number";
    pub const TAG_HINT: &str = "Empty draws the next number";
    pub const TITLE_FIELD: &str = "Description in your own words";
    pub const TITLE_HINT: &str = "Empty is made from what stands below";
    pub const NOTE: &str = "Note";
    pub const TAXED: &str = "Sales tax";
    pub const SOURCE: &str = "Where it comes from";
    pub const STONES: &str = "Stones";
    pub const STONE: &str = "Stone";
    pub const ADD_STONE: &str = "Add stone";
    pub const SHAPE: &str = "Shape";
    pub const COUNT: &str = "How many";
    pub const CARAT: &str = "Carat, together";
    pub const COLOR: &str = "Color";
    pub const CLARITY: &str = "Clarity";
    pub const CUT: &str = "Cut";
    pub const ORIGIN: &str = "Origin";
    pub const TREATMENT: &str = "Treatment";
    pub const LAB: &str = "Lab";
    pub const REPORT: &str = "Report number";
    pub const MEASURES: &str = "Length × width × height, mm";
    pub const DEPTH: &str = "Depth, percent";
    pub const STONE_TABLE: &str = "Table, percent";
    pub const DEPTH_SHORT: &str = "depth";
    pub const TABLE_SHORT: &str = "table";
    pub const NONE: &str = "None";
    pub const IDENTITY: &str = "What it is";
    pub const MONEY: &str = "Price and place";
    pub const HISTORY: &str = "What happened";
    pub const SET_ASIDE: &str = "Set aside";
    pub const BACK_IN_CASE: &str = "Back in the case";
    pub const PRINT_TAG: &str = "Print tag";
    pub const TAG_CODE: &str = "What stands on the tag";
    pub const BARS: &str = "Bar code";
    pub const SQUARE: &str = "QR code";

    #[must_use]
    pub fn tag(number: &str) -> String {
        format!("QR code {number}")
    }

    pub const REMOVE: &str = "Remove";
}

/// The page for a device that does not trust the store yet.
#[cfg(feature = "ssr")]
pub mod trust {
    pub const TITLE: &str = "Let this device trust the store";
    pub const LEAD: &str = "Once per tablet, phone or computer. Then it opens the store without a warning.";
    pub const DOWNLOAD_TITLE: &str = "1. Download the store's certificate";
    pub const DOWNLOAD_TEXT: &str = "It proves to this device that it talks to your own server. It is good for \
                                     addresses inside the shop and for nothing on the internet.";
    pub const DOWNLOAD: &str = "Download certificate";
    pub const FINGERPRINT: &str = "Compare this fingerprint (SHA-256) with the one on the server's console:";
    pub const INSTALL_TITLE: &str = "2. Install it";
    pub const OPEN_TITLE: &str = "3. Open the store";
    pub const OPEN_TEXT: &str = "If the browser still warns, close it and open it again.";
    pub const OTHER_TITLE: &str = "On another device";
    pub const OTHER_TEXT: &str = "Scan this with its camera, or type the address.";
    pub const QR_LABEL: &str = "QR code that leads to this page";

    /// What to tap on each kind of device.
    pub const DEVICES: [(&str, &[&str]); 5] = [
        (
            "iPad and iPhone",
            &[
                "Open this page in Safari, tap Download certificate, then Allow.",
                "Open Settings and tap Profile Downloaded, then Install. Enter the device's code.",
                "In Settings, open General, About, Certificate Trust Settings.",
                "Turn on the switch beside the Parure authority.",
            ],
        ),
        (
            "Android",
            &[
                "Tap Download certificate and keep the file.",
                "Open Settings and search for CA certificate.",
                "Tap CA certificate, Install anyway, and choose the file.",
            ],
        ),
        (
            "Chromebook",
            &[
                "Download the certificate.",
                "In Chrome, open Settings, Privacy and security, Security, Manage certificates.",
                "Under Authorities choose Import, then the file, and tick: trust for identifying websites.",
            ],
        ),
        (
            "Windows",
            &[
                "Download the certificate and open it.",
                "Choose Install Certificate, then Local Machine.",
                "Place it in the store Trusted Root Certification Authorities.",
            ],
        ),
        (
            "Mac",
            &[
                "Download the certificate and open it. Keychain Access asks where to put it: choose System.",
                "Open it there, and under Trust choose Always Trust.",
            ],
        ),
    ];
}
