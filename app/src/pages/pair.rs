//! Pairing a browser with a till. Opening the link changes nothing: previews open links too.

use crate::api::setup::PairBrowser;
use crate::pages::frame::Problem;
use crate::ui::{BrandMark, Button, ButtonKind, ButtonSize, IconName};
use crate::words::pair as w;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

#[component]
pub fn PairPage() -> impl IntoView {
    let params = use_params_map();
    let pairing = ServerAction::<PairBrowser>::new();
    let code = move || params.read().get("code").unwrap_or_default();
    view! {
        <Title text=w::TITLE/>
        <main class="sign-in">
            <div class="sign-in-brand"><BrandMark/><h1>{w::TITLE}</h1></div>
            <section class="sign-in-card">
                <p>{w::TEXT}</p>
                {move || pairing.value().get().and_then(Result::err).map(|error| view! { <Problem error/> })}
                <ActionForm action=pairing>
                    <input type="hidden" name="code" value=code/>
                    <Button label=w::BUTTON kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Till
                        wide=true submit=true pending=pairing.pending()/>
                </ActionForm>
            </section>
        </main>
    }
}
