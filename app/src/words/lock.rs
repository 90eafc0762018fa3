pub const TITLE: &str = "Enter your PIN";
pub const TEXT: &str = "What you began is still here.";
pub const OTHER: &str = "Leave this page and sign in with a password";
pub const NO_TILL: &str = "This browser is no longer a till: sign in with a password.";
pub const AGAIN: &str = "Try again";
