//! Bringing in goods that come as a file: choose it, say what its columns mean, watch it go in.

mod bad;
mod choose;
mod fields;
mod goods;
mod mappings;
mod plan;
mod progress;

use crate::api::import::load_import;
use crate::pages::frame::{Problem, Staff};
use crate::ui::{Page, Skeleton};
use crate::words::{import as w, inventory};
use domain::import::{ImportPlan, ImportPreview, ImportState, ImportView};
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <Title text=w::TITLE/> <Staff current="/inventory"><Import/></Staff> }
}

#[component]
fn Import() -> impl IntoView {
    let found = Resource::new(|| (), |()| load_import());
    view! {
        <Page title=w::TITLE back=("/inventory".to_owned(), inventory::TITLE.to_owned())>
            <Suspense fallback=|| view! { <Skeleton count=4/> }>
                {move || Suspend::new(async move {
                    match found.await {
                        Err(error) => view! { <Problem error/> }.into_any(),
                        Ok(view) => view! { <Desk view/> }.into_any(),
                    }
                })}
            </Suspense>
        </Page>
    }
}

/// Where the import stands and what of the file is known, for the three parts of the page.
#[derive(Debug, Clone, Copy)]
struct Stand {
    state: RwSignal<ImportState>,
    preview: RwSignal<Option<ImportPreview>>,
    /// Counts up when the whole plan was exchanged, so that its form is made anew.
    plan: RwSignal<u32>,
}

impl Stand {
    /// Shows the file under another plan altogether.
    fn exchange(self, preview: ImportPreview) {
        self.preview.set(Some(preview));
        self.plan.update(|count| *count += 1);
    }
}

#[component]
fn Desk(view: ImportView) -> impl IntoView {
    let store = view.store;
    let stand = Stand {
        state: RwSignal::new(view.state),
        preview: RwSignal::new(view.preview),
        plan: RwSignal::new(0),
    };
    // Counts change all the time; only another stage is another part of the page.
    let stage = Memo::new(move |_| (stand.state.with(Stage::of), stand.plan.get()));
    view! {
        <p class="soft">{w::into(&view.store_name)}</p>
        {move || match stage.get().0 {
            Stage::Choose => view! { <choose::Choose stand/> }.into_any(),
            Stage::Plan => match (stand.state.get_untracked(), stand.preview.get_untracked()) {
                (ImportState::Waiting(import, _), Some(preview)) => match preview.plan.clone() {
                    ImportPlan::Stones(plan) => view! { <plan::Plan stand store import preview plan/> }.into_any(),
                    ImportPlan::Goods(plan) => view! { <goods::Goods stand store import preview plan/> }.into_any(),
                },
                _ => view! { <choose::Choose stand/> }.into_any(),
            },
            Stage::Progress => view! { <progress::Progress stand/> }.into_any(),
            Stage::Result => view! { <progress::Result stand store/> }.into_any(),
        }}
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Choose,
    Plan,
    Progress,
    Result,
}

impl Stage {
    const fn of(state: &ImportState) -> Self {
        match state {
            ImportState::None => Self::Choose,
            ImportState::Waiting(..) => Self::Plan,
            ImportState::Running(..) => Self::Progress,
            ImportState::Ended(..) => Self::Result,
        }
    }
}
