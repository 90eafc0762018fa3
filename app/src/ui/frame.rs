//! What surrounds every page: navigation, where and who we are, and the page's own head.

use super::icon::{BrandMark, Icon, IconName};
use leptos::prelude::*;

/// One place the frame leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    pub href: String,
    pub label: String,
    pub icon: IconName,
    /// Whether this is where we are.
    pub current: bool,
    /// How many things want attention there; none and zero show nothing.
    pub count: Option<u32>,
    /// What they do: wait, or are overdue.
    pub counted: &'static str,
}

/// Whether the server is in reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Connection {
    #[default]
    Online,
    Offline,
    /// So many commands are on their way.
    Syncing(u32),
}

/// The frame of all pages for staff. `rail` and `bottom` lead to the same places; a phone shows `bottom`
/// (five at most), everything larger the rail.
#[component]
pub fn Frame(
    #[prop(into)] rail: Signal<Vec<NavItem>>,
    #[prop(into)] bottom: Signal<Vec<NavItem>>,
    /// A [`TopBar`].
    #[prop(into)]
    top: ViewFnOnce,
    /// [`Banner`]s.
    #[prop(optional, into)]
    banner: Option<ViewFnOnce>,
    /// Whether something stands before all of it, so that nothing in it can be reached.
    #[prop(optional, into)]
    inert: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="frame" inert=move || inert.get()>
            <a class="skip" href="#content">"Skip to the page"</a>
            {banner.map(|banner| view! { <div class="banners">{banner.run()}</div> })}
            <Rail items=rail/>
            {top.run()}
            <main class="frame-main" id="content" tabindex="-1">{children()}</main>
            <BottomBar items=bottom/>
        </div>
    }
}

fn links(items: Signal<Vec<NavItem>>, class: &'static str) -> impl IntoView {
    move || {
        items
            .get()
            .into_iter()
            .map(|item| {
                view! {
                    <a class=class href=item.href aria-current=item.current.then_some("page")>
                        <Icon name=item.icon/>
                        <span>{item.label}</span>
                        {item.count.filter(|count| *count > 0).map(|count| view! {
                            <span class="nav-count">{count} <span class="unseen">" " {item.counted}</span></span>
                        })}
                    </a>
                }
            })
            .collect_view()
    }
}

/// The narrow rail of tablets and desktops: an icon and a word for each area.
#[component]
pub fn Rail(#[prop(into)] items: Signal<Vec<NavItem>>) -> impl IntoView {
    view! {
        <nav class="rail" aria-label="Areas">
            <div class="rail-links">
                <a class="rail-brand" href="/" aria-label="Parure, start"><BrandMark/></a>
                {links(items, "rail-link")}
            </div>
        </nav>
    }
}

/// The bar at the bottom of a phone.
#[component]
pub fn BottomBar(#[prop(into)] items: Signal<Vec<NavItem>>) -> impl IntoView {
    view! { <nav class="bottombar" aria-label="Areas">{links(items, "bottombar-link")}</nav> }
}

/// Where we are (store and till), who is signed in, and whether the server is in reach. Children are the
/// find field.
#[component]
pub fn TopBar(
    #[prop(into)] store: TextProp,
    #[prop(optional, into)] till: Signal<Option<String>>,
    /// Who is signed in.
    #[prop(optional, into)]
    associate: Signal<Option<String>>,
    /// Pressing the name: on a till somebody else takes over by PIN.
    #[prop(optional, into)]
    on_person: Option<Callback<()>>,
    #[prop(optional, into)] connection: Signal<Connection>,
    /// What is in reach on every page and every size of screen.
    #[prop(optional, into)]
    tools: Option<ViewFnOnce>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="topbar">
            <div class="topbar-place">
                <span class="topbar-store">{move || store.get()}</span>
                {move || till.get().map(|till| view! { <span class="topbar-till">{till}</span> })}
            </div>
            {children.map(|children| view! { <div class="topbar-find">{children()}</div> })}
            <div class="topbar-end">
                {tools.map(|tools| tools.run())}
                <span role="status">{move || connection_badge(connection.get())}</span>
                {move || associate.get().map(|name| view! {
                    <button type="button" class="topbar-person" on:click=move |_| if let Some(on_person) = on_person { on_person.run(()) }>
                        <span class="initials" aria-hidden="true">{initials(&name)}</span>
                        <span class="topbar-name">{name.clone()}</span>
                        <span class="unseen">{name} ", switch person"</span>
                        <Icon name=IconName::Switch/>
                    </button>
                })}
            </div>
        </header>
    }
}

fn connection_badge(connection: Connection) -> AnyView {
    let (class, icon, words) = match connection {
        Connection::Online => ("badge badge-paid", IconName::Online, "Online".to_owned()),
        Connection::Offline => ("badge badge-due", IconName::Offline, "Offline".to_owned()),
        Connection::Syncing(count) => ("badge badge-held", IconName::Sync, format!("Syncing {count}")),
    };
    view! { <span class=class><Icon name=icon/> {words}</span> }.into_any()
}

fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A line above everything that must not be forgotten: demo data, rehearsal mode.
#[component]
pub fn Banner(
    /// Names it for those who cannot see it; unlike other banners' names.
    #[prop(default = "About this store")]
    label: &'static str,
    #[prop(optional, into)] icon: Option<IconName>,
    children: Children,
) -> impl IntoView {
    view! {
        <aside class="banner" aria-label=label>
            {icon.map(|name| view! { <Icon name/> })}
            <span>{children()}</span>
        </aside>
    }
}

/// A page inside the frame: its title, what can be done, and its content. The register has its own shape
/// and does without.
#[component]
pub fn Page(
    #[prop(into)] title: TextProp,
    /// One line under the title.
    #[prop(optional, into)]
    lead: Option<TextProp>,
    /// Where the page belongs: address and word.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// Buttons beside the title.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="page">
            <header class="page-head">
                <div class="page-titles">
                    {back.map(|(href, label)| view! {
                        <a class="page-back" href=href><Icon name=IconName::Back/> {label}</a>
                    })}
                    <h1>{move || title.get()}</h1>
                    {lead.map(|lead| view! { <p class="page-lead">{move || lead.get()}</p> })}
                </div>
                {actions.map(|actions| view! { <div class="page-actions">{actions.run()}</div> })}
            </header>
            {children()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_names() {
        for (name, short) in [("Ada Lovelace", "AL"), ("maria", "M"), ("Ana de la Cruz", "AD"), ("", "")] {
            assert_eq!(initials(name), short, "{name}");
        }
    }
}
