//! What only a browser can do.

use crate::error::{AppError, ErrorKind};
use domain::ids::CommandId;
use leptos::prelude::{FromServerFnError, ServerFnErrorErr};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys;
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::JsFuture;

/// A fresh command id from the browser's clock and its source of randomness.
#[must_use]
pub fn new_command_id() -> CommandId {
    let mut random = [0_u8; 10];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        // It fails only for more than 65,536 bytes.
        drop(crypto.get_random_values_with_u8_array(&mut random));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole milliseconds, after 1970"
    )]
    let now = js_sys::Date::now() as u64;
    CommandId::from_parts(now, &random)
}

/// Leaves the application's page for another address.
pub fn go_to(address: &str) {
    if let Some(window) = web_sys::window() {
        // A refused navigation leaves the person where they are.
        drop(window.location().set_href(address));
    }
}

/// Opens the browser's print dialog.
pub fn print_page() {
    if let Some(window) = web_sys::window() {
        drop(window.print());
    }
}

/// Sends a file as it is and reads the answer.
///
/// # Errors
/// What the server refused, or that it cannot be reached.
pub async fn send_file<T: DeserializeOwned>(address: &str, file: &web_sys::File) -> Result<T, AppError> {
    let unreachable = || AppError::from_server_fn_error(ServerFnErrorErr::Request(String::new()));
    let window = web_sys::window().ok_or_else(unreachable)?;
    let request = web_sys::RequestInit::new();
    request.set_method("POST");
    request.set_body(file);
    let answer = JsFuture::from(window.fetch_with_str_and_init(address, &request)).await;
    let answer: web_sys::Response =
        answer.ok().and_then(|answer| answer.dyn_into().ok()).ok_or_else(unreachable)?;
    let text = JsFuture::from(answer.text().map_err(|_| unreachable())?).await.map_err(|_| unreachable())?;
    let text = text.as_string().unwrap_or_default();
    if answer.ok() {
        return serde_json::from_str(&text).map_err(|_| unreachable());
    }
    // A layer around the server answers in plain text.
    Err(serde_json::from_str(&text).unwrap_or_else(|_| AppError::new(ErrorKind::Refused, text)))
}
