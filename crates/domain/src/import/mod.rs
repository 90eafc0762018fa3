//! Reading pieces from other people's files.

pub mod stones;
