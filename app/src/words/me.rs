pub const TITLE: &str = "My sign-in";
pub const SECRETS: &str = "Change my password or PIN";
pub const CURRENT: &str = "Current password";
pub const CURRENT_HINT: &str = "Your PIN, if you have no password.";
pub const NEW_PASSWORD: &str = "New password";
pub const NEW_PIN: &str = "New PIN";
pub const SAVED: &str = "Changed. Other browsers are signed out.";
