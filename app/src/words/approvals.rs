pub const TITLE: &str = "Approvals";
pub const LEAD: &str = "Renewed while you look.";
pub const NONE: &str = "Nobody waits for you";
pub const NONE_TEXT: &str = "What an associate asks for appears here by itself.";
pub const WAITING: &str = "Waiting for an answer";
pub const DECIDED: &str = "Asked for today";
pub const APPROVE: &str = "Approve";
pub const REFUSE: &str = "Refuse:";
pub const YOUR_OWN: &str = "You asked for this yourself: somebody else has to answer.";
pub const WHAT: &str = "What";
pub const ASKED_BY: &str = "Asked by";
pub const ANSWER: &str = "Answer";
pub const PIECES: &str = "Pieces";
pub const BEFORE: &str = "Price";
pub const AFTER: &str = "Becomes";

/// Why a manager says no with one tap. The words reach whoever asked, and the audit trail.
pub const REFUSALS: [&str; 3] = ["Too much", "Come and see me", "Not this time"];

pub const OR_HERE: &str = "Or a manager who stands here enters a PIN:";
pub const ASK: &str = "Ask a manager";
pub const ASK_AGAIN: &str = "Ask again";
pub const WITHDRAW: &str = "Take it back";
pub const NOBODY_ANSWERED: &str = "Nobody answered in time.";

#[must_use]
pub fn asked_until(time: &str) -> String {
    format!("Asked. It goes on here as soon as a manager has answered, until {time}.")
}

#[must_use]
pub fn refused(by: &str, why: &str) -> String {
    format!("{by} refused it: {why}.")
}

#[must_use]
pub fn who(person: &str, till: Option<&str>, store: &str) -> String {
    match till {
        Some(till) => format!("{person} at {till}, {store}"),
        None => format!("{person}, {store}"),
    }
}

#[must_use]
pub fn when(asked: &str, until: &str) -> String {
    format!("Asked at {asked}, waits until {until}")
}
