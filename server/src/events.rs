//! The stream of news to a browser.

use app::api::ctx::{SESSION_COOKIE, TILL_COOKIE, cookie_in, outside};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, stream};
use services::{Heard, Listening, ServiceError, Services};
use std::convert::Infallible;
use std::time::Duration;

/// After this long a browser whose stream was cut comes again.
const COME_AGAIN: Duration = Duration::from_secs(3);

/// Streams what the person may know, as long as they are signed in. Whoever is not gets an empty answer: a
/// browser takes it as the end and asks no more.
pub async fn stream_news(State(services): State<Services>, headers: HeaderMap) -> Response {
    let (session, till) = (cookie_in(&headers, SESSION_COOKIE), cookie_in(&headers, TILL_COOKIE));
    match services.listen(session.as_ref(), till.as_ref()).await {
        Ok(Some(listening)) => {
            // A proxy that gathers an answer before it hands it on would hand on nothing.
            let unbuffered = [(HeaderName::from_static("x-accel-buffering"), "no")];
            (unbuffered, Sse::new(events(listening))).into_response()
        }
        Ok(None) | Err(ServiceError::NotSignedIn | ServiceError::Locked | ServiceError::NotSetUp) => {
            StatusCode::NO_CONTENT.into_response()
        }
        Err(error) => {
            let error = outside(error);
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.message).into_response()
        }
    }
}

fn events(listening: Listening) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold(Some(listening), |listening| async {
        let mut listening = listening?;
        let event = match listening.next().await {
            Some(Heard::News(news)) => {
                let event = Event::default().retry(COME_AGAIN);
                event.json_data(news).unwrap_or_default()
            }
            Some(Heard::Quiet) => Event::default().comment("quiet"),
            // The browser closes it then, and comes again when somebody is there.
            None => return Some((Ok(Event::default().event("end").data("end")), None)),
        };
        Some((Ok(event), Some(listening)))
    })
}
