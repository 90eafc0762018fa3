//! On a phone: the areas that the bar at the bottom has no room for.

use super::frame::{Place, Staff, areas};
use crate::api::session::whoami;
use crate::pages::frame::Problem;
use crate::ui::{Icon, IconName, Page, Skeleton};
use crate::words::{me, nav as w};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn MorePage() -> impl IntoView {
    view! { <Title text=w::MORE/> <Staff current="/more"><Areas/></Staff> }
}

#[component]
fn Areas() -> impl IntoView {
    let who = Resource::new(|| (), |()| whoami());
    view! {
        <Page title=w::MORE>
            <Suspense fallback=|| view! { <Skeleton/> }>
                {move || Suspend::new(async move {
                    match who.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(who) => view! {
                            <ul class="hits">
                                {areas(&Place::from(who), "/more").into_iter().map(|area| view! {
                                    <li><a class="hit" href=area.href><Icon name=area.icon/> <span class="hit-words">{area.label}</span></a></li>
                                }).collect_view()}
                                <li><a class="hit" href="/me"><Icon name=IconName::Customers/> <span class="hit-words">{me::TITLE}</span></a></li>
                            </ul>
                        }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}
