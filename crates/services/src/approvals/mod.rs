//! Somebody answers for an exception: at the till with a PIN, or elsewhere on a screen of their own.

mod ask;
mod decide;
mod list;
mod pin;
