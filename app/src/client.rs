//! What only a browser can do.

use crate::error::{AppError, ErrorKind};
use domain::ids::CommandId;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use leptos::web_sys;
use serde::Serialize;
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

/// The path and query of the page that is shown.
#[must_use]
pub fn here() -> String {
    let location = web_sys::window().map(|window| window.location());
    let part = |part: Option<String>| part.unwrap_or_default();
    let path = part(location.as_ref().and_then(|location| location.pathname().ok()));
    path + &part(location.and_then(|location| location.search().ok()))
}

fn tab_storage() -> Option<web_sys::Storage> {
    web_sys::window().and_then(|window| window.session_storage().ok().flatten())
}

/// Keeps something in this tab until it is closed. A browser that keeps nothing works all the same.
pub fn keep(name: &str, value: &impl Serialize) {
    if let (Some(storage), Ok(text)) = (tab_storage(), serde_json::to_string(value)) {
        drop(storage.set_item(name, &text));
    }
}

/// What this tab keeps under a name, if it can still be read.
#[must_use]
pub fn kept<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = tab_storage()?.get_item(name).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Opens the browser's print dialog.
pub fn print_page() {
    if let Some(window) = web_sys::window() {
        drop(window.print());
    }
}

/// What kind of element a key went to, such as `INPUT`.
#[must_use]
pub fn target_tag(event: &KeyboardEvent) -> String {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.map_or_else(String::new, |element| element.tag_name())
}

/// Whether somebody is typing into a field.
#[must_use]
pub fn in_a_field(event: &KeyboardEvent) -> bool {
    matches!(target_tag(event).as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Whether something stands before the whole page, such as the lock: keys are not meant for what is behind.
#[must_use]
pub fn is_covered() -> bool {
    document().query_selector(".frame[inert]").is_ok_and(|frame| frame.is_some())
}

/// Hears every key on the page as long as the component lives. The listener is made and kept where effects
/// run: the server renders on several threads and must not hold what belongs to one.
pub fn listen_for_keys(heard: impl Fn(KeyboardEvent) + Clone + 'static) {
    Effect::new(move |_| {
        let listener = StoredValue::new_local(Some(window_event_listener(ev::keydown, heard.clone())));
        on_cleanup(move || {
            if let Some(Some(listener)) = listener.try_update_value(Option::take) {
                listener.remove();
            }
        });
    });
}

/// Presses an element as a finger would: a link leads where it leads.
pub fn press(id: &str) {
    let element = document().get_element_by_id(id).and_then(|element| element.dyn_into().ok());
    if let Some(element) = element {
        web_sys::HtmlElement::click(&element);
    }
}

/// Brings an element into sight.
pub fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view_with_bool(false);
    }
}

/// Says something to the scripts of the page.
pub fn say(word: &str) {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(word)) {
        drop(window.dispatch_event(&event));
    }
}

/// Tells the page that it is alive now, so that it hands over what people did before (`early.js`). What is
/// suspended becomes alive in the tasks that follow hydration, so this comes after them.
pub fn alive() {
    set_timeout(|| say("parure:alive"), std::time::Duration::ZERO);
}

/// Milliseconds by the browser's clock.
#[must_use]
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Whole and broken minutes since an instant of [`now`]; zero when the clock was set back.
#[must_use]
#[expect(clippy::float_arithmetic, reason = "the browser's clock counts in floats, and no money is in it")]
pub fn minutes_since(then: f64) -> f64 {
    ((now() - then) / 60_000.0).max(0.0)
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        drop(window.location().reload());
    }
}

/// Where this server was reached: `https://shop.local:3000`.
#[must_use]
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
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
    read_answer(answer.ok(), text.as_string().unwrap_or_default())
}

fn read_answer<T: DeserializeOwned>(done: bool, text: String) -> Result<T, AppError> {
    if done {
        let garbled = |_| AppError::from_server_fn_error(ServerFnErrorErr::Request(String::new()));
        return serde_json::from_str(&text).map_err(garbled);
    }
    // A layer around the server answers in plain text.
    Err(serde_json::from_str(&text).unwrap_or_else(|_| AppError::new(ErrorKind::Refused, text)))
}

/// Sends a file as it is and tells how many percent have gone. Only the older way of asking tells that.
///
/// # Errors
/// What the server refused, or that it cannot be reached.
pub async fn send_file_telling<T: DeserializeOwned>(
    address: &str,
    file: &web_sys::File,
    tell: impl Fn(u32) + 'static,
) -> Result<T, AppError> {
    let unreachable = || AppError::from_server_fn_error(ServerFnErrorErr::Request(String::new()));
    let request = web_sys::XmlHttpRequest::new().map_err(|_| unreachable())?;
    request.open("POST", address).map_err(|_| unreachable())?;
    let told = Closure::<dyn Fn(web_sys::ProgressEvent)>::new(move |event: web_sys::ProgressEvent| {
        tell(percent(event.loaded(), event.total()));
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(told.as_ref().unchecked_ref()));
    }
    let over = js_sys::Promise::new(&mut |resolve, reject| {
        request.set_onload(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onabort(Some(&reject));
    });
    request.send_with_opt_blob(Some(file)).map_err(|_| unreachable())?;
    JsFuture::from(over).await.map_err(|_| unreachable())?;
    let done = request.status().is_ok_and(|status| (200..300).contains(&status));
    read_answer(done, request.response_text().ok().flatten().unwrap_or_default())
}

#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bytes as the browser counts them, made a whole percentage"
)]
fn percent(loaded: f64, total: f64) -> u32 {
    if total > 0.0 { (loaded / total * 100.0).clamp(0.0, 100.0) as u32 } else { 0 }
}
