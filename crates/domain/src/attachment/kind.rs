//! What kind of file somebody sent. The bytes tell; a name may say anything.

use crate::codes;

codes! {
    /// The kinds of files that are kept with an entry.
    pub enum FileKind("kind of file") {
        Pdf = "pdf", "PDF";
        Png = "png", "PNG picture";
        Jpeg = "jpeg", "JPEG picture";
        Csv = "csv", "CSV table";
        Text = "text", "Plain text";
    }
}

impl FileKind {
    /// What the bytes are; a table and a text look alike and are told apart by their name.
    pub(super) fn of(bytes: &[u8], ending: &str) -> Option<Self> {
        let is_pdf = || bytes.windows(5).rev().any(|part| part == b"%%EOF");
        if bytes.starts_with(b"%PDF-") && is_pdf() {
            Some(Self::Pdf)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR") {
            Some(Self::Png)
        } else if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if !bytes.starts_with(b"%PDF-") && is_text(bytes) {
            Some(if ending == "csv" { Self::Csv } else { Self::Text })
        } else {
            None
        }
    }

    /// What a name says that ends so; nothing for an ending that says nothing to us.
    pub(super) fn said_by(ending: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.endings().contains(&ending))
    }

    /// The endings of names of such files; a name without one gets the first.
    pub(super) const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg", "jpe"],
            Self::Csv => &["csv"],
            Self::Text => &["txt", "text", "tsv", "log"],
        }
    }

    /// How a browser is told what it is.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Csv => "text/csv",
            Self::Text => "text/plain",
        }
    }
}

/// Something to read, in any of the ways in which letters are written as single bytes, or in UTF-8.
fn is_text(bytes: &[u8]) -> bool {
    let readable =
        |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c) || (*byte >= b' ' && *byte != 0x7f);
    !bytes.is_empty() && bytes.iter().all(readable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_what_a_file_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        for (bytes, ending, kind) in [
            (&b"%PDF-1.7\n...\n%%EOF\n"[..], "pdf", Some(FileKind::Pdf)),
            (b"%PDF-1.7\ncut off", "pdf", None),
            (png, "png", Some(FileKind::Png)),
            (b"\x89PNG\r\n\x1a\n", "png", None),
            (b"\xff\xd8\xff\xe0", "jpg", Some(FileKind::Jpeg)),
            (b"date;amount\r\n2026-03-02;1,00\r\n", "csv", Some(FileKind::Csv)),
            (b"date;amount", "txt", Some(FileKind::Text)),
            (b"caf\xe9", "txt", Some(FileKind::Text)),
            (b"<script>alert(1)</script>", "html", Some(FileKind::Text)),
            (b"MZ\0\0", "exe", None),
            (b"PK\x03\x04", "xlsx", None),
            (b"\xff\xfeh\0i\0", "txt", None),
            (b"", "txt", None),
        ] {
            assert_eq!(FileKind::of(bytes, ending), kind, "{bytes:?}");
        }
    }
}
