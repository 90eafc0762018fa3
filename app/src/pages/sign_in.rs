//! The door: a PIN at a paired till, a password elsewhere. What is tapped before the page is alive counts.

use super::paging::address;
use super::pin::PinForm;
use super::sending::Sending;
use crate::api::session::{PairedTill, SignInWithPassword, load_sign_in, switch_person};
use crate::client::go_to;
use crate::error::AppError;
use crate::live;
use crate::ui::{BrandMark, Button, ButtonKind, ButtonSize, Field, Notice, NoticeKind, Skeleton};
use crate::words::{common, sign_in as w};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// The door, from where one came.
#[must_use]
pub fn door_from(path: &str) -> String {
    address("/sign-in", &[("to", path)])
}

/// Where to go after signing in: a page of our own, or the start. A link cannot lead anybody elsewhere, and
/// a file to take away is no page.
#[must_use]
pub fn destination(to: &str) -> &str {
    let path = to.split('?').next().unwrap_or_default();
    let own = to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/sign-in");
    let plain = to.chars().all(|c| !c.is_control() && c != '\\') && !path.contains('.');
    if own && plain { to } else { "/" }
}

#[component]
pub fn SignInPage() -> impl IntoView {
    let page = Resource::new_blocking(|| (), |()| load_sign_in());
    Effect::new(|_| live::fall_silent());
    let query = use_query_map();
    let to = move || query.read_untracked().get("to").unwrap_or_default();
    view! {
        <Title text=w::TITLE/>
        <main class="sign-in">
            <Suspense fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    let page = page.await.unwrap_or_default();
                    let place = page.till.as_ref().map(|till| format!("{}, {}", till.store.name, till.till));
                    view! {
                        <div class="sign-in-brand">
                            <BrandMark/>
                            <h1>{page.organization}</h1>
                            <p class="soft">{place.unwrap_or_else(|| w::NOT_PAIRED.to_owned())}</p>
                            {page.demo.then(|| view! { <p class="soft small">{common::DEMO}</p> })}
                        </div>
                        {match page.till.filter(|till| !till.people.is_empty()) {
                            Some(till) => view! { <PinCard till to=to()/> }.into_any(),
                            None => view! { <PasswordCard to=to()/> }.into_any(),
                        }}
                    }
                })}
            </Suspense>
        </main>
    }
}

fn refusal(error: Option<AppError>) -> impl IntoView {
    error.map(|error| view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> })
}

#[component]
fn PasswordCard(to: String) -> impl IntoView {
    let signing_in = ServerAction::<SignInWithPassword>::new();
    let (login, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    view! {
        <section class="sign-in-card" aria-label=w::TITLE>
            {move || refusal(signing_in.value().get().and_then(Result::err))}
            <ActionForm action=signing_in attr:class="stack">
                <input type="hidden" name="to" value=to/>
                <Field name="login" label=w::LOGIN value=login autocomplete="username" required=true/>
                <Field name="password" label=w::PASSWORD value=password kind="password" autocomplete="current-password" required=true/>
                <Button label=w::TITLE kind=ButtonKind::Primary size=ButtonSize::Large wide=true submit=true pending=signing_in.pending()/>
            </ActionForm>
        </section>
    }
}

#[component]
fn PinCard(till: PairedTill, to: String) -> impl IntoView {
    let with_password = RwSignal::new(false);
    let signing_in = Sending::new();
    let (people, to) = (StoredValue::new(till.people), StoredValue::new(to));
    let send = Callback::new(move |(person, pin)| {
        signing_in.send(switch_person(person, pin), move |_| go_to(destination(&to.get_value())));
    });
    view! {
        <Show when=move || with_password.get()>
            <PasswordCard to=to.get_value()/>
            <Button label=w::WITH_PIN kind=ButtonKind::Quiet wide=true on:click=move |_| with_password.set(false)/>
        </Show>
        <Show when=move || !with_password.get()>
            <PinForm people=people.get_value() sending=signing_in on_send=send/>
            <Button label=w::WITH_PASSWORD kind=ButtonKind::Quiet wide=true on:click=move |_| with_password.set(true)/>
        </Show>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_nowhere_else() {
        assert_eq!(door_from("/sales?from=50"), "/sign-in?to=%2Fsales%3Ffrom%3D50");
        for own in ["/", "/ledger", "/sales?from=50"] {
            assert_eq!(destination(own), own);
        }
        for other in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/sign-in?to=/x",
            "/sales/export.csv?words=ring",
        ] {
            assert_eq!(destination(other), "/");
        }
    }
}
