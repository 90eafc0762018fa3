//! Tills: a session opens with a float, counts its cash and closes with a Z that nobody changes.

mod cash;
mod count;
mod report;
mod session;

pub use cash::{CashWay, MoveCash, NoSale, PayRules, is_for_cash, move_cash, no_sale};
pub use count::{CashCount, CountError, DENOMINATIONS, Denomination};
pub use report::{
    CloseDay, ReportLine, Safe, SessionFilter, SessionLine, SessionPage, TillReport, TillSession, ZFigures,
};
pub use session::{
    CloseTill, Counted, Deposit, DrawerState, DropCash, MAX_FLOAT, OpenTill, TillMove, TillRefusal, close,
    deposit_safe, drop_cash, open,
};
