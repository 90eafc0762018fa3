//! The time zones a store of the United States lives in.

use crate::ui::Choice;

/// East to west.
const ZONES: [(&str, &str); 7] = [
    ("America/New_York", "Eastern"),
    ("America/Chicago", "Central"),
    ("America/Denver", "Mountain"),
    ("America/Phoenix", "Arizona"),
    ("America/Los_Angeles", "Pacific"),
    ("America/Anchorage", "Alaska"),
    ("Pacific/Honolulu", "Hawaii"),
];

/// The zones to choose from; one that a store already has is among them, wherever it lies.
#[must_use]
pub fn zones(current: &str) -> Vec<Choice> {
    let known = ZONES.iter().any(|(zone, _)| *zone == current) || current.is_empty();
    let other = (!known).then(|| Choice::new(current, current));
    ZONES.iter().map(|(zone, label)| Choice::new(*zone, *label)).chain(other).collect()
}
