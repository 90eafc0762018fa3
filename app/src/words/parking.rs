pub const PARK: &str = "Park";
pub const PARK_TITLE: &str = "Park this ticket";
pub const PARK_TEXT: &str = "It can be opened again at any till of the store. Its pieces are held for it.";
pub const LABEL: &str = "Name or words to know it by";
pub const PARKED: &str = "Parked tickets";
pub const NOTHING: &str = "No ticket is parked.";
pub const OPEN: &str = "Open";
pub const THROW_AWAY: &str = "Throw away";
pub const FINISH_FIRST: &str = "Park or finish the ticket on the screen first.";
pub const CHANGED: &str = "Since it was parked:";
pub const RAN_OUT: &str = "its pieces are no longer held";
pub const RELEASE: &str = "Release the piece";
pub const HELD: &str = "Held";

#[must_use]
pub fn parked(count: usize) -> String {
    format!("Parked ({count})")
}

#[must_use]
pub fn pieces(count: u64) -> String {
    if count == 1 { "1 piece".to_owned() } else { format!("{count} pieces") }
}

#[must_use]
pub fn since(by: &str, till: &str, at: &str) -> String {
    format!("{by} at {till}, {at}")
}

#[must_use]
pub fn held_until(time: &str) -> String {
    format!("held until {time}")
}

#[must_use]
pub fn held_for(by: &str) -> String {
    format!("For {by}.")
}

#[must_use]
pub fn until(time: &str) -> String {
    format!("Until {time}; then it is for everybody again.")
}

#[must_use]
pub fn ran_out(time: &str) -> String {
    format!("That was over at {time}: it is for everybody again.")
}
