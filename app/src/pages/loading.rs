//! A page that shows what its address names: the one thing is loaded, and shown or told why not.

use crate::error::{AppError, ErrorKind};
use crate::pages::frame::Problem;
use crate::ui::Skeleton;
use crate::words::common;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::str::FromStr;

/// The id of the address.
pub(crate) fn id_in_address<I: FromStr + PartialEq + Clone + Send + Sync + 'static>() -> Memo<Option<I>> {
    let params = use_params_map();
    Memo::new(move |_| params.read().get("id").and_then(|id| id.parse().ok()))
}

/// What an id stands for; an address without one is no page.
pub(crate) async fn known<I, T, F: Future<Output = Result<T, AppError>>>(
    id: Option<I>,
    load: impl FnOnce(I) -> F,
) -> Result<T, AppError> {
    match id {
        Some(id) => load(id).await,
        None => Err(AppError::new(ErrorKind::NotFound, common::PAGE_UNKNOWN)),
    }
}

/// What was loaded, or why it was not.
pub(crate) fn shown<T: Clone + Send + Sync + 'static>(
    found: Resource<Result<T, AppError>>,
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match found.await {
                        Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                        Ok(found) => view(found),
                    }
                })
            }}
        </Suspense>
    }
}
