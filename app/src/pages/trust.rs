//! How a new device learns to trust this store. A page without scripts and outside the application: it is
//! served over plain HTTP to devices that cannot open the application yet.

use crate::ui::{BrandMark, ButtonKind, Card, IconName, LinkButton, QrCode};
use crate::words::trust as w;
use leptos::prelude::*;

/// What the page tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustFacts {
    /// Where the store is once the device trusts it.
    pub store: String,
    /// Where this page is in the shop's network.
    pub this_page: String,
    /// Where the certificate is downloaded.
    pub certificate: String,
    pub fingerprint: String,
}

/// The whole document.
#[must_use]
pub fn document(facts: TrustFacts, styles: String) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        view! {
            <!DOCTYPE html>
            <html lang="en">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                    <meta name="color-scheme" content="light dark"/>
                    <title>{w::TITLE}</title>
                    <link rel="stylesheet" href=styles/>
                    <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                </head>
                <body><TrustPage facts/></body>
            </html>
        }
        .to_html()
    });
    owner.unset_with_forced_cleanup();
    html
}

#[component]
fn TrustPage(facts: TrustFacts) -> impl IntoView {
    let TrustFacts { store, this_page, certificate, fingerprint } = facts;
    view! {
        <main class="trust">
            <header class="sign-in-brand"><BrandMark/><h1>{w::TITLE}</h1><p class="soft">{w::LEAD}</p></header>
            <Card title=w::DOWNLOAD_TITLE>
                <p>{w::DOWNLOAD_TEXT}</p>
                <LinkButton href=certificate label=w::DOWNLOAD kind=ButtonKind::Primary icon=IconName::Download/>
                <p class="soft small">{w::FINGERPRINT}</p>
                <p class="code trust-fingerprint">{fingerprint}</p>
            </Card>
            <Card title=w::INSTALL_TITLE>
                {w::DEVICES.iter().map(|(device, steps)| view! {
                    <details class="trust-device">
                        <summary>{*device}</summary>
                        <ol>{steps.iter().map(|step| view! { <li>{*step}</li> }).collect_view()}</ol>
                    </details>
                }).collect_view()}
            </Card>
            <Card title=w::OPEN_TITLE>
                <p>{w::OPEN_TEXT}</p>
                <LinkButton href=store.clone() label=store icon=IconName::Forward/>
            </Card>
            <Card title=w::OTHER_TITLE>
                <p>{w::OTHER_TEXT}</p>
                <QrCode value=this_page.clone() label=w::QR_LABEL/>
                <p class="code">{this_page}</p>
            </Card>
        </main>
    }
}
