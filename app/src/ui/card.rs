//! Surfaces that hold what belongs together.

use leptos::prelude::*;

/// A titled surface for one subject. Do not put a card into a card.
#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<TextProp>,
    /// Lets a table or a list reach the card's edges.
    #[prop(optional)]
    flush: bool,
    /// Buttons beside the title.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    let headed = title.is_some() || actions.is_some();
    view! {
        <section class="card" class:card-flush=flush>
            {headed.then(|| view! {
                <header class="card-head">
                    {title.map(|title| view! { <h2>{move || title.get()}</h2> })}
                    {actions.map(|actions| view! { <div class="row">{actions.run()}</div> })}
                </header>
            })}
            {children()}
        </section>
    }
}

/// One figure with its name, in a row of them: put several into `<div class="figures">`. With an
/// address it opens the entries that make the figure up.
#[component]
pub fn FigureCard(
    #[prop(into)] name: TextProp,
    #[prop(into)] value: TextProp,
    #[prop(optional, into)] href: Option<TextProp>,
    /// What the figure is compared with or made of.
    #[prop(optional, into)]
    note: Option<TextProp>,
) -> impl IntoView {
    let figure = move || value.get();
    view! {
        <div class="figure-card">
            <span class="figure-name">{move || name.get()}</span>
            {match href {
                Some(href) => view! { <a class="figure-value" href=move || href.get()>{figure}</a> }.into_any(),
                None => view! { <span class="figure-value">{figure}</span> }.into_any(),
            }}
            {note.map(|note| view! { <span class="soft small">{move || note.get()}</span> })}
        </div>
    }
}
