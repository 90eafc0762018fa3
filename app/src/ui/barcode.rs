//! Codes that scanners and cameras read, as vector drawings: black on white in every theme.

use barcoders::sym::code128::Code128;
use leptos::prelude::*;
use qrcode::{Color, QrCode as QrMatrix};
use std::fmt::Write;

/// Blank modules that a scanner needs on each side.
const BARCODE_QUIET: usize = 10;
const QR_QUIET: usize = 4;

/// A Code 128 barcode, for tags, receipts and job envelopes. Text that it cannot carry (anything but
/// plain ASCII) shows as text alone.
#[component]
pub fn Barcode(
    #[prop(into)] value: String,
    /// Leaves out the text below the bars.
    #[prop(optional)]
    bars_only: bool,
) -> impl IntoView {
    let bars = bars(&value).map(|(width, path)| {
        view! {
            <svg
                class="barcode"
                role="img"
                aria-label=format!("Barcode {value}")
                viewBox=format!("0 0 {width} 40")
                preserveAspectRatio="none"
            >
                <path d=path></path>
            </svg>
        }
    });
    let text = (!bars_only || bars.is_none()).then(move || view! { <span class="code">{value}</span> });
    view! { <div class="barcode-figure">{bars}{text}</div> }
}

/// A QR code, for pay links, passports and pairing. What is too long for one shows as text.
#[component]
pub fn QrCode(
    #[prop(into)] value: String,
    /// What the code leads to, for those who cannot see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    match squares(&value) {
        Some((width, path)) => view! {
            <svg class="qr-code" role="img" aria-label=label viewBox=format!("0 0 {width} {width}")>
                <path d=path></path>
            </svg>
        }
        .into_any(),
        None => view! { <span class="code">{value}</span> }.into_any(),
    }
}

/// The width in modules and the path of the bars.
fn bars(value: &str) -> Option<(usize, String)> {
    if value.is_empty() || !value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return None;
    }
    let modules = Code128::new(code_sets(value)).ok()?.encode();
    let mut path = String::new();
    let mut at = BARCODE_QUIET;
    for run in modules.chunk_by(|a, b| a == b) {
        if run.first() == Some(&1) {
            let width = run.len();
            let _ = write!(path, "M{at} 0h{width}v40h-{width}z");
        }
        at += run.len();
    }
    Some((at + BARCODE_QUIET, path))
}

/// Even runs of digits go two to a symbol (set C), all else one by one (set B).
fn code_sets(value: &str) -> String {
    const SET_B: char = '\u{181}';
    const SET_C: char = '\u{106}';
    let all_pairs =
        value.len() >= 4 && value.len().is_multiple_of(2) && value.bytes().all(|b| b.is_ascii_digit());
    format!("{}{value}", if all_pairs { SET_C } else { SET_B })
}

/// The width in modules and the path of the dark ones, a row at a time.
fn squares(value: &str) -> Option<(usize, String)> {
    let matrix = QrMatrix::new(value).ok()?;
    let mut path = String::new();
    for (y, row) in matrix.to_colors().chunks(matrix.width().max(1)).enumerate() {
        let mut x = QR_QUIET;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{x} {}h{}v1h-{}z", y + QR_QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    Some((matrix.width() + 2 * QR_QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_barcode_is_as_wide_as_its_symbols() {
        // Start, four characters and the check symbol of 11 modules, and the stop of 13.
        let (width, path) = bars("R-17").unwrap();
        assert_eq!(width, 6 * 11 + 13 + 2 * BARCODE_QUIET);
        assert!(path.starts_with("M10 0h2v40h-2z"));
        // Digits in pairs: start, two pairs, check, stop.
        assert_eq!(bars("1234").unwrap().0, 4 * 11 + 13 + 2 * BARCODE_QUIET);
        assert_eq!(bars("a ring für Ada"), None);
        assert_eq!(bars(""), None);
    }

    #[test]
    fn a_qr_code_has_its_corner() {
        let (width, path) = squares("https://parure.example/p/1").unwrap();
        assert_eq!(width, 25 + 2 * QR_QUIET);
        assert!(path.starts_with("M4 4h7v1h-7z"));
    }
}
