pub const TITLE: &str = "Pair this browser";
pub const TEXT: &str = "This browser becomes a till: people who work here can sign in with their PIN. \
                        The browser that was this till before no longer is.";
pub const BUTTON: &str = "Make this browser the till";
