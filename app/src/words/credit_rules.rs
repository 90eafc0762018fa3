//! The settings of a store about credit.

pub const TITLE: &str = "Credit";
pub const TEXT: &str =
    "For house accounts. Each customer has terms of their own; these are what a new account begins with.";
pub const TERMS: &str = "Terms of a new account";
pub const FOUR: &str = "At most four: more come under Regulation Z.";
pub const HOLD: &str = "Days overdue until nothing more is charged";
pub const HOLD_HINT: &str = "After that a manager decides at the counter.";
pub const CHECK_FEE: &str = "Fee for a returned check";
pub const HIGHEST_FEE: &str = "Most that may be asked";
pub const HIGHEST_FEE_HINT: &str = "Many states set a limit.";
pub const LOSSES: &str = "What is probably lost";
pub const LOSSES_TEXT: &str = "Percent of what customers owe, by days overdue. The allowance at the end of a month is proposed from it.";
pub const TAX_RELIEF: &str = "The state gives back the sales tax of bad debt";
pub const TAX_RELIEF_HINT: &str = "Then a write-off takes its tax off what is owed to the state.";
pub const CHARGES: &str = "Finance charges";
pub const REG_Z: &str = "Charge for being late";
pub const REG_Z_HINT: &str = "Off, a store gives plain invoice terms. On, Regulation Z applies to it.";
pub const DUTIES: &str = "A finance charge makes the store a creditor under Regulation Z (12 CFR 1026). It then owes its customers:";
pub const DUTIES_LIST: [&str; 4] = [
    "the terms in writing before the account is used: how the charge is worked out, the rate for a year, the billing rights",
    "a statement for each month in which something is owed or was charged",
    "21 days from the statement before a payment is late",
    "an answer to a billing error in writing, and no charge on what is disputed meanwhile",
];
pub const LAWYER: &str = "Many states limit the rate, often to 1.5 % a month. Ask a lawyer before the first charge; Parure computes the charge and the statement, and does not write the disclosures.";
pub const FINANCE_CHARGE: &str = "Percent a month, of what is overdue";
pub const FINANCE_CHARGE_HINT: &str = "Never on earlier charges or fees. Somebody with the right to assess looks at each month before it is posted.";
pub const MINIMUM_SHARE: &str = "Least to pay, percent of the balance";
pub const MINIMUM_AMOUNT: &str = "And no less than";
