pub const FILES: &str = "Files";
pub const ATTACH: &str = "Attach files";
pub const HINT: &str = "PDF, PNG, JPEG, CSV or plain text, up to 10 MB each, 20 on an entry";
pub const ACCEPT: &str =
    ".pdf,.png,.jpg,.jpeg,.csv,.txt,application/pdf,image/png,image/jpeg,text/csv,text/plain";
pub const SENDING: &str = "Sending the file";
pub const NONE: &str = "No files.";
pub const WITHDRAW: &str = "Withdraw";
pub const WITHDRAW_TEXT: &str = "The file stays in the books and can be read by the owner.";
pub const WITHDRAWN: &str = "Withdrawn";
pub const OF_ANOTHER: &str = "from the entry it belongs with";
pub const CANCEL: &str = "Cancel";
pub const OPEN_ENTRY: &str = "Open the entry";

#[must_use]
pub fn leave_off(name: &str) -> String {
    format!("Leave {name} off")
}

#[must_use]
pub fn withdraw(name: &str) -> String {
    format!("Withdraw {name}")
}

/// A size as people say it: in whole kilobytes, in megabytes with one figure behind the point.
#[must_use]
pub fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) / (1024 * 1024);
    if tenths >= 10 {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes_are_said_short() {
        let sizes = [1, 1_024, 1_025, 1_048_576, 5_500_000].map(super::size);
        assert_eq!(sizes, ["1 KB", "1 KB", "2 KB", "1.0 MB", "5.2 MB"]);
    }
}
