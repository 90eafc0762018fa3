//! Signing in and out.

use crate::error::AppError;
use domain::ids::PersonId;
use domain::store::Store;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ctx;

/// What the sign-in page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignInPage {
    pub organization: String,
    pub demo: bool,
    pub set_up: bool,
    /// The till this browser is paired with, and who may sign in there with a PIN.
    pub till: Option<PairedTill>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairedTill {
    pub store: Store,
    pub till: String,
    pub people: Vec<(PersonId, String)>,
}

/// What the frame around every page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whoami {
    pub person: String,
    pub store: String,
    pub till: Option<String>,
    pub demo: bool,
    pub permissions: Vec<domain::person::Permission>,
    /// Minutes without a touch after which the screen asks for a PIN; none on a browser that is no till.
    pub idle_minutes: Option<u32>,
}

#[cfg(feature = "ssr")]
impl From<services::Place> for Whoami {
    fn from(place: services::Place) -> Self {
        let services::Place { person, store, till, demo, permissions, idle_minutes } = place;
        Self { person, store, till, demo, permissions, idle_minutes }
    }
}

#[server(name = LoadSignIn, prefix = "/api", endpoint = "v1/session/page", input = leptos::server_fn::codec::GetUrl)]
pub async fn load_sign_in() -> Result<SignInPage, AppError> {
    let services = ctx::services()?;
    let Ok(config) = services.config() else { return Ok(SignInPage::default()) };
    let browser = ctx::answer(services.browser(ctx::cookie(ctx::TILL_COOKIE).as_ref()).await)?;
    let till = match browser {
        Some(browser) => Some(ctx::answer(services.sign_in_page(browser.till).await)?),
        None => None,
    };
    Ok(SignInPage {
        organization: config.organization.name.clone(),
        demo: config.organization.demo,
        set_up: true,
        till: till.map(|(store, till, people)| PairedTill { store, till, people }),
    })
}

#[server(name = SignInWithPassword, prefix = "/api", endpoint = "v1/session/sign_in")]
pub async fn sign_in(login: String, password: String, to: Option<String>) -> Result<(), AppError> {
    let services = ctx::services()?;
    let (device, previous) = (ctx::cookie(ctx::TILL_COOKIE), ctx::cookie(ctx::SESSION_COOKIE));
    let typed = domain::person::SignIn { login, password };
    let signed_in = ctx::answer(services.sign_in(device.as_ref(), previous.as_ref(), typed).await)?;
    ctx::set_cookie(ctx::SESSION_COOKIE, &signed_in.token, ctx::SESSION_SECONDS);
    let to = to.unwrap_or_default();
    match crate::pages::destination(&to) {
        // The start is no page of the application: this says at once where it leads.
        "/" => {
            let ctx = ctx::answer(services.authenticate(Some(&signed_in.token), device.as_ref()).await)?;
            leptos_axum::redirect(&crate::pages::home(&ctx::answer(services.place(&ctx))?.permissions));
        }
        page => leptos_axum::redirect(page),
    }
    Ok(())
}

/// Takes over a till, or unlocks it; whether it is the same person as before.
#[server(name = SwitchWithPin, prefix = "/api", endpoint = "v1/session/switch")]
pub async fn switch_person(person_id: PersonId, pin: String) -> Result<bool, AppError> {
    let services = ctx::services()?;
    let (device, previous) = (ctx::cookie(ctx::TILL_COOKIE), ctx::cookie(ctx::SESSION_COOKIE));
    let before = match &previous {
        Some(previous) => ctx::answer(services.person_of(previous).await)?,
        None => None,
    };
    let typed = domain::person::SwitchPerson { person_id, pin };
    let signed_in = ctx::answer(services.switch_person(device.as_ref(), previous.as_ref(), typed).await)?;
    ctx::set_cookie(ctx::SESSION_COOKIE, &signed_in.token, ctx::SESSION_SECONDS);
    Ok(before == Some(signed_in.person_id))
}

#[server(name = SignOut, prefix = "/api", endpoint = "v1/session/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let services = ctx::services()?;
    if let Some(token) = ctx::cookie(ctx::SESSION_COOKIE) {
        ctx::answer(services.sign_out(&token, ctx::cookie(ctx::TILL_COOKIE).as_ref()).await)?;
    }
    ctx::clear_cookie(ctx::SESSION_COOKIE);
    leptos_axum::redirect("/sign-in");
    Ok(())
}

#[server(name = LockTill, prefix = "/api", endpoint = "v1/session/lock")]
pub async fn lock() -> Result<(), AppError> {
    let services = ctx::services()?;
    if let Some(token) = ctx::cookie(ctx::SESSION_COOKIE) {
        ctx::answer(services.lock(&token).await)?;
    }
    Ok(())
}

#[server(name = SignOutEverywhere, prefix = "/api", endpoint = "v1/session/sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let (services, ctx_) = ctx::extract().await?;
    ctx::answer(services.sign_out_everywhere(&ctx_, ctx_.person()).await)?;
    ctx::clear_cookie(ctx::SESSION_COOKIE);
    leptos_axum::redirect("/sign-in");
    Ok(())
}

#[server(name = LoadWhoami, prefix = "/api", endpoint = "v1/session/whoami", input = leptos::server_fn::codec::GetUrl)]
pub async fn whoami() -> Result<Whoami, AppError> {
    let (services, ctx_) = ctx::extract().await?;
    ctx::answer(services.place(&ctx_)).map(Whoami::from)
}
