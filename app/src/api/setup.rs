//! The first run, and pairing a browser with a till.

use crate::error::AppError;
use domain::ids::CommandId;
use domain::store::FirstRun;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {super::ctx, crate::error::ErrorKind, services::Token};

#[server(name = DoFirstRun, prefix = "/api", endpoint = "v1/setup/first_run", input = leptos::server_fn::codec::Json, output = leptos::server_fn::codec::Json)]
pub async fn first_run(code: String, command_id: CommandId, typed: FirstRun) -> Result<(), AppError> {
    let services = ctx::services()?;
    let expected = use_context::<ctx::SetupCode>();
    let right = expected.is_some_and(|expected| {
        Token::received(code.trim()).is_some_and(|code| code.digest() == expected.0.digest())
    });
    if !right {
        let mut error = AppError::new(ErrorKind::Fields, "Look at the marked fields.");
        error.fields =
            vec![domain::field::FieldError::new("code", "this is not the code on the server's console")];
        return Err(error);
    }
    let login = typed.owner_login.clone();
    let password = typed.owner_password.clone();
    let done = ctx::answer(services.set_up(command_id, typed).await)?;
    let pairing = ctx::answer(services.new_pairing(done.till_id).await)?;
    let (device, _) = ctx::answer(services.pair(&pairing).await)?;
    ctx::set_cookie(ctx::TILL_COOKIE, &device, ctx::TILL_SECONDS);
    let typed = domain::person::SignIn { login, password };
    let signed_in = ctx::answer(services.sign_in(Some(&device), None, typed).await)?;
    ctx::set_cookie(ctx::SESSION_COOKIE, &signed_in.token, ctx::SESSION_SECONDS);
    Ok(())
}

#[server(name = PairBrowser, prefix = "/api", endpoint = "v1/setup/pair")]
pub async fn pair_browser(code: String) -> Result<(), AppError> {
    let services = ctx::services()?;
    let code = Token::received(&code)
        .ok_or_else(|| AppError::new(ErrorKind::Refused, "This pairing link is not complete."))?;
    let (device, _) = ctx::answer(services.pair(&code).await)?;
    ctx::set_cookie(ctx::TILL_COOKIE, &device, ctx::TILL_SECONDS);
    leptos_axum::redirect("/sign-in");
    Ok(())
}
