//! Who asks, from the request; and what a use case's refusal looks like outside.

use crate::error::{AppError, ErrorKind};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use services::{Ctx, ServiceError, Services, Token};

/// The cookie of a signed-in browser.
pub const SESSION_COOKIE: &str = "__Host-session";
/// The cookie of a browser paired with a till.
pub const TILL_COOKIE: &str = "__Host-till";
/// The browser forgets a session after a working day; the server does so too.
pub const SESSION_SECONDS: i64 = 14 * 60 * 60;
/// A paired browser stays paired until it is unpaired or another one takes the till.
pub const TILL_SECONDS: i64 = 400 * 24 * 60 * 60;

/// The code on the console that lets a browser do the first run.
#[derive(Debug, Clone)]
pub struct SetupCode(pub Token);

/// The use cases, put into the context by the router.
pub fn services() -> Result<Services, AppError> {
    use_context::<Services>().ok_or_else(|| AppError::new(ErrorKind::Internal, "The server is starting."))
}

/// A cookie of this request.
#[must_use]
pub fn cookie(name: &str) -> Option<Token> {
    use_context::<Parts>().and_then(|parts| cookie_in(&parts.headers, name))
}

/// A cookie in headers.
#[must_use]
pub fn cookie_in(headers: &axum::http::HeaderMap, name: &str) -> Option<Token> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| Token::received(value))
}

/// Gives the browser a cookie that scripts cannot read and no other site can send.
pub fn set_cookie(name: &str, token: &Token, lasts_seconds: i64) {
    let value =
        format!("{name}={}; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age={lasts_seconds}", token.expose());
    append_cookie(&value);
}

pub fn clear_cookie(name: &str) {
    append_cookie(&format!("{name}=; Path=/; HttpOnly; Secure; SameSite=Lax; Max-Age=0"));
}

fn append_cookie(value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The use cases and who asks for them.
///
/// # Errors
/// [`ErrorKind::NotSignedIn`] or [`ErrorKind::Locked`].
pub async fn extract() -> Result<(Services, Ctx), AppError> {
    let services = services()?;
    // The guard of the routes has asked already.
    if let Some(ctx) = use_context::<Ctx>() {
        return Ok((services, ctx));
    }
    let (session, till) = (cookie(SESSION_COOKIE), cookie(TILL_COOKIE));
    let ctx = answer(services.authenticate(session.as_ref(), till.as_ref()).await)?;
    Ok((services, ctx))
}

/// Turns a use case's result into an answer with its status. A page that works without scripts is
/// redirected instead, so its status is left alone.
///
/// # Errors
/// What the use case refused.
pub fn answer<T>(result: Result<T, ServiceError>) -> Result<T, AppError> {
    result.map_err(|error| {
        let error = outside(error);
        let wants_page = use_context::<Parts>().is_some_and(|parts| {
            parts
                .headers
                .get(header::ACCEPT)
                .is_some_and(|accept| accept.to_str().unwrap_or_default().contains("text/html"))
        });
        if !wants_page {
            answer_with(&error);
        }
        error
    })
}

/// Gives this request's answer the status of an error.
pub fn answer_with(error: &AppError) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response
            .set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    }
}

/// The outside of an error. What only the log may know gets a reference instead.
#[must_use]
pub fn outside(error: ServiceError) -> AppError {
    let kind = match &error {
        ServiceError::NotSignedIn => ErrorKind::NotSignedIn,
        ServiceError::Locked => ErrorKind::Locked,
        ServiceError::Forbidden(_) => ErrorKind::Forbidden,
        ServiceError::Refused(_) | ServiceError::SameIdOtherBody | ServiceError::DiskFull => {
            ErrorKind::Refused
        }
        ServiceError::NeedsApproval { .. } => ErrorKind::NeedsApproval,
        ServiceError::Fields(_) => ErrorKind::Fields,
        ServiceError::NotFound(_) => ErrorKind::NotFound,
        ServiceError::Conflict(_) | ServiceError::ConfigChanged => ErrorKind::Conflict,
        ServiceError::TooManyTries { .. } => ErrorKind::TooManyTries,
        ServiceError::NotSetUp => ErrorKind::NotSetUp,
        ServiceError::Database(_) | ServiceError::Internal(_) => ErrorKind::Internal,
    };
    let mut outside = AppError::new(kind, sentence(&error.to_string()));
    match error {
        ServiceError::Fields(fields) => outside.fields = fields,
        ServiceError::NeedsApproval { kind, .. } => outside.approval = Some(kind),
        ServiceError::Database(cause) => outside.reference = Some(logged(&cause.to_string())),
        ServiceError::Internal(cause) => outside.reference = Some(logged(&cause)),
        _ => {}
    }
    outside
}

/// Writes the cause to the log under a reference that a person can read out.
fn logged(cause: &str) -> String {
    let reference =
        Token::random().map_or_else(|_| "none".to_owned(), |token| token.expose().chars().take(8).collect());
    tracing::error!(reference, cause, "a request failed");
    reference
}

/// Begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
