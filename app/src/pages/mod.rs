//! One folder or file per area of the screen. Pages hold no rule and no SQL.

mod frame;
pub mod not_found;
pub mod pair;
mod receipt;
pub mod register;
pub mod sales;
pub mod setup;
pub mod sign_in;
pub mod till;
mod when;
