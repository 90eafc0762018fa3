//! What customers owe. An invoice falls due on one day or several; payments, credit memos, returns and write-offs are
//! credits that are applied to those due dates. Nothing is ever edited: what was applied wrongly is taken off by an
//! event of its own. See `rules.md#receivables`.

mod account;
mod aged;
mod aging;
mod allowance;
mod apply;
mod at_once;
mod bounced;
pub mod collect;
mod control;
mod credit;
mod facts;
mod finance;
mod invoice;
mod measures;
mod memo;
mod months;
mod open;
mod payment;
mod policy;
pub(crate) mod post;
mod refund;
mod refusal;
mod reverse;
mod sale_check;
mod statement;
mod terms;
mod view;
mod write_off;

pub use account::{AccountState, HouseAccount, SaveHouseAccount, TypedHouseAccount};
pub use aged::{
    AgingAsked, AgingBy, AgingKey, AgingLine, AgingSheet, AgingSort, DatedBack, DatedBackLine, OverdueAlerts,
    OwedSheet, StoreOwed,
};
pub use aging::{AgingBasis, AgingSums, BUCKETS, Bucket};
pub use allowance::{AllowanceAsked, AllowanceEstimate, AllowanceSheet, Loss, LossRates, estimate};
pub use apply::{ApplyTo, TypedApplication};
pub use bounced::{ReturnCheck, ReturnedCheckSnapshot};
pub use control::{AccountStanding, ChargeAsked, CreditWarning, LetThrough, credit_subject, warnings};
pub use credit::{ApplyCredit, CreditSnapshot, UnapplyCredit};
pub use facts::{
    Application, Changes, Credit, CreditKind, CreditOut, CreditOutKind, Invoice, InvoiceDue, InvoiceKind,
    InvoiceLine, Lessened, ReceivableOutcome,
};
pub use finance::{AssessFinanceCharges, FinanceCharge, FinanceSnapshot};
pub use invoice::{
    ChargeBy, InvoiceSnapshot, IssueInvoice, MOST_INVOICE_LINES, TypedInvoice, TypedInvoiceLine,
};
pub(crate) use invoice::{first_seller, together};
pub use measures::{
    Countback, MonthOfSales, TenthDays, average_days_delinquent, best_possible_dso, collection_effectiveness,
    collection_rate, countback, days_to_pay, dso, promises_kept, true_dso, weighted_days,
};
pub use memo::{IssueCreditMemo, MemoInvoice, MemoSnapshot};
pub use months::{
    AppliedAs, MONTHS_SHOWN, MeasuredMonth, Measures, MeasuresSheet, MonthEnds, MonthFacts, Moved, Outlier,
    StoreHistory, StoreMonths, measure, together as months_together,
};
pub use open::{OpenCredit, OpenReceivable, Part, ReceivableKind, spread};
pub use payment::{PaymentSnapshot, TakePayment};
pub use policy::ReceivablePolicy;
pub use refund::{RefundCredit, RefundSnapshot, ways_back};
pub use refusal::ReceivableRefusal;
pub use reverse::{ReversalSnapshot, ReverseCredit};
pub use sale_check::{ReturnSaleCheck, SaleCheckSnapshot};
pub use statement::{
    MOST_STATEMENT_LINES, Statement, StatementAsked, StatementBody, StatementForm, StatementItem,
    minimum_due_on,
};
pub use terms::{Due, MOST_INSTALLMENTS, MOST_NET_DAYS, Terms};
pub use view::{
    AccountAsked, AccountDone, AccountPaymentChoices, AccountSheet, AppliedLine, CreditLine, CreditSheet,
    DueLine, FinanceChargePlan, InvoiceChoices, InvoiceLineItem, InvoiceSheet, Movement, MovementKind,
    OutLine, StandingShown,
};
pub use write_off::{RecoverWriteOff, RecoverySnapshot, WriteOff, WriteOffSnapshot};
