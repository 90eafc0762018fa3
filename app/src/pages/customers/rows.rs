//! Lists in the form: phones, addresses, days. Rows are added, taken off, and moved to the front.

use crate::pages::typed::Typed;
use crate::ui::{Button, ButtonKind, IconName};
use crate::words::customers::{self as w, ListWords};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The rows of one list in the making.
pub struct Rows<T> {
    rows: RwSignal<Vec<Typed<T>>>,
}

impl<T> Clone for Rows<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Rows<T> {}

impl<T: Serialize + DeserializeOwned + Default + 'static> Rows<T> {
    pub fn of(values: &[T]) -> Self {
        Self { rows: RwSignal::new(values.iter().map(Typed::of).collect()) }
    }

    /// What stands in them now.
    pub fn read(self) -> Vec<T> {
        self.rows.with_untracked(|rows| rows.iter().map(|row| row.read()).collect())
    }

    fn add(self) {
        self.rows.update(|rows| rows.push(Typed::of(&T::default())));
    }

    fn remove(self, at: usize) {
        self.rows.update(|rows| {
            if at < rows.len() {
                rows.remove(at);
            }
        });
    }

    fn to_front(self, at: usize) {
        self.rows.update(|rows| {
            if let Some(first) = rows.get_mut(..=at) {
                first.rotate_right(1);
            }
        });
    }
}

/// Whether the first row of a list is more than the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    Primary,
    Like,
}

/// One list of the form.
#[component]
pub fn RowList<T, V>(
    rows: Rows<T>,
    words: ListWords,
    first: First,
    /// What is wrong with the list as a whole.
    #[prop(into)]
    wrong: Signal<Option<String>>,
    #[prop(optional)] hint: Option<&'static str>,
    /// The fields of a row and its place.
    fields: impl Fn(Typed<T>, usize) -> V + Copy + Send + 'static,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView
where
    T: Serialize + DeserializeOwned + Default + 'static,
    V: IntoView + 'static,
{
    let ListWords { title, one, add } = words;
    view! {
        <fieldset class="form-group">
            <legend>{title}</legend>
            {hint.map(|hint| view! { <p class="soft small">{hint}</p> })}
            {children.map(|children| children())}
            {move || rows.rows.get().into_iter().enumerate().map(|(at, row)| view! {
                <div class="form-entry">
                    <div class="form-row">{fields(row, at)}</div>
                    <div class="form-entry-actions">
                        {(first == First::Primary && at == 0).then(|| view! { <span class="soft small">{w::PRIMARY}</span> })}
                        {(first == First::Primary && at > 0).then(|| view! {
                            <Button label=w::make_primary(one, at) kind=ButtonKind::Quiet icon=IconName::Check icon_only=true
                                on:click=move |_| rows.to_front(at)/>
                        })}
                        <Button label=w::remove(one, at) kind=ButtonKind::Quiet icon=IconName::Close icon_only=true
                            on:click=move |_| rows.remove(at)/>
                    </div>
                </div>
            }).collect_view()}
            {move || wrong.get().map(|message| view! { <p class="field-error">{message}</p> })}
            <div class="row"><Button label=add icon=IconName::Plus on:click=move |_| rows.add()/></div>
        </fieldset>
    }
}
