//! The journal as a file to keep. A plain handler and no server function: it streams, so a journal of any
//! length is never in memory as a whole.

use app::api::ctx::outside;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Form};
use chrono::NaiveDate;
use domain::ledger::{ExportFormat, ExportLedger, Period};
use serde::Deserialize;
use services::{Ctx, ServiceError, Services};

/// What the form sends; a date that nobody chose is an empty text.
#[derive(Debug, Clone, Deserialize)]
pub struct Wanted {
    format: String,
    from: String,
    to: String,
}

/// The same, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked {
    format: ExportFormat,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
}

impl Wanted {
    /// Nothing when it did not come from our form.
    fn read(&self) -> Option<Asked> {
        let date = |text: &str| if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) };
        Some(Asked { format: self.format.parse().ok()?, from: date(&self.from)?, to: date(&self.to)? })
    }
}

impl Asked {
    fn file_name(self) -> String {
        let dates = [self.from, self.to].into_iter().flatten().map(|date| format!("-{date}"));
        format!("ledger{}.{}", dates.collect::<String>(), self.format.file_ending())
    }

    /// The form again, with what was chosen, when the period is none.
    fn again(self) -> String {
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        format!("/ledger/export?since={}&to={}&wrong=period", date(self.from), date(self.to))
    }
}

/// Answers the form on the export page.
pub async fn export(
    State(services): State<Services>,
    Extension(ctx): Extension<Ctx>,
    Form(wanted): Form<Wanted>,
) -> Response {
    // Each download is one of its own; pressing the button twice takes the journal twice, and says so twice.
    let command_id = match services.new_command_id() {
        Ok(id) => id,
        Err(error) => return refused(error),
    };
    let Some(asked) = wanted.read() else { return Redirect::to("/ledger/export").into_response() };
    let Ok(period) = Period::new(asked.from, asked.to) else {
        return Redirect::to(&asked.again()).into_response();
    };
    let cmd = ExportLedger { command_id, format: asked.format, period };
    match services.export_ledger_as(&ctx, cmd).await {
        Ok(parts) => {
            let name = format!("attachment; filename=\"{}\"", asked.file_name());
            let about = [
                (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                (header::CONTENT_DISPOSITION, name),
            ];
            (about, Body::from_stream(parts)).into_response()
        }
        Err(error) => refused(error),
    }
}

/// A refusal as a page of text.
pub fn refused(error: ServiceError) -> Response {
    let outside = outside(error);
    let status = StatusCode::from_u16(outside.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, outside.message).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_or_asked_again() {
        let wanted = |format: &str, from: &str, to: &str| Wanted {
            format: format.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        let whole = wanted("hledger", "", "").read().unwrap();
        assert_eq!(whole.file_name(), "ledger.journal");
        let march = wanted("csv", "2026-03-01", "2026-03-31").read().unwrap();
        assert_eq!(march.file_name(), "ledger-2026-03-01-2026-03-31.csv");
        assert_eq!(march.again(), "/ledger/export?since=2026-03-01&to=2026-03-31&wrong=period");
        for wrong in
            [wanted("pdf", "", ""), wanted("csv", "yesterday", ""), wanted("csv", "", "2026-03-01\r\nx")]
        {
            assert_eq!(wrong.read(), None);
        }
    }
}
