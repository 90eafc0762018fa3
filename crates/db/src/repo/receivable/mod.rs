//! What customers owe. A customer is read through the card that stands for them; rows keep the card they were written
//! with.

mod account;
mod aging;
mod alerts;
pub mod collect;
mod credit;
mod dated_back;
mod invoice;
mod list;
mod months;
mod open;
mod sheet;
mod write;

pub use account::{find_account, load_standing, lock_customer, save_account};
pub use aging::{Aging, AsOf, Shown, aging_by, aging_by_tag, aging_of_customers};
pub use alerts::count_overdue;
pub use credit::{CreditRow, came_back, load_credit, paid_by, reinstated, reversed};
pub use dated_back::dated_back;
pub use invoice::{
    InvoiceRow, bounced, charged_for, charged_to, find_invoice, lessened, load_for_memo, written_off,
};
pub use list::{
    by_standing_card, charged_in_month, disputed, list_open_credits, list_open_invoices, lock_store, names_of,
};
pub use months::{OldInvoice, list_outliers, load_months};
pub use open::{open_of, open_of_invoices, open_of_sales, open_with, undisputed_in_store};
pub use sheet::{CreditDetail, InvoiceDetail, count_invoices, get_credit, get_invoice, list_movements};
pub(crate) use write::plan;
pub use write::{Numbers, insert};
