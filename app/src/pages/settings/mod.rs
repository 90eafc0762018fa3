//! What the organization decides about itself: one page for each noun, the pages side by side as tabs.

mod accounts;
mod audit;
mod company;
mod credit_form;
mod payments;
mod people;
mod person;
mod store;
mod store_forms;
mod tax;
mod taxes;
mod tills;

pub use accounts::AccountsPage;
pub use audit::AuditPage;
pub use company::CompanyPage;
pub use payments::PaymentsPage;
pub use people::PeoplePage;
pub use person::{EditPersonPage, NewPersonPage};
pub use store::{EditStorePage, NewStorePage};
pub use tax::{EditTaxPage, NewTaxPage};
pub use taxes::TaxesPage;

use super::frame::{Problem, Staff};
use super::sending::Sending;
use crate::api::session::Whoami;
use crate::api::settings::save_settings;
use crate::client::reload;
use crate::ui::{Button, ButtonKind, Notice, NoticeKind, Page};
use crate::words::{nav, settings as w};
use domain::person::Permission;
use domain::settings::{SaveSettings, SettingsEdit};
use leptos::prelude::*;
use leptos_meta::Title;

/// One page of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingsTab {
    pub href: &'static str,
    pub label: &'static str,
    needs: Permission,
}

const TABS: [SettingsTab; 6] = [
    SettingsTab { href: "/settings", label: w::COMPANY, needs: Permission::EditSettings },
    SettingsTab { href: "/settings/people", label: w::PEOPLE, needs: Permission::EditPeople },
    SettingsTab { href: "/settings/taxes", label: w::TAXES, needs: Permission::EditSettings },
    SettingsTab { href: "/settings/payments", label: w::PAYMENTS, needs: Permission::EditSettings },
    SettingsTab { href: "/settings/accounts", label: w::ACCOUNTS, needs: Permission::EditAccounts },
    SettingsTab { href: "/settings/audit", label: w::AUDIT, needs: Permission::ViewAudit },
];

/// The pages somebody may open.
#[must_use]
pub fn tabs(permissions: &[Permission]) -> Vec<SettingsTab> {
    TABS.into_iter().filter(|tab| permissions.contains(&tab.needs)).collect()
}

/// A page of the settings: the frame, the title and the tabs.
#[component]
fn SettingsFrame(current: &'static str, children: Children) -> impl IntoView {
    let permissions = SharedValue::new(|| use_context::<Whoami>().map(|who| who.permissions)).into_inner();
    let title = TABS.iter().find(|tab| tab.href == current).map_or(nav::SETTINGS, |tab| tab.label);
    view! {
        <Title text=title/>
        <Staff current="/settings">
            <Page title=nav::SETTINGS>
                <nav class="tabs" aria-label=nav::SETTINGS>
                    {tabs(&permissions.unwrap_or_default()).into_iter().map(|tab| view! {
                        <a class="tab" href=tab.href aria-current=(tab.href == current).then_some("page")>{tab.label}</a>
                    }).collect_view()}
                </nav>
                {children()}
            </Page>
        </Staff>
    }
}

/// A form that changes one thing in the settings and shows the page anew.
#[component]
fn EditForm(
    sending: Sending,
    /// The version of the settings that is on the screen.
    version: i64,
    edit: impl Fn() -> SettingsEdit + 'static,
    /// Where to go once it is saved; without it the page is loaded again.
    #[prop(default = None)]
    then: Option<&'static str>,
    #[prop(default = w::SAVE)] button: &'static str,
    children: Children,
) -> impl IntoView {
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let cmd = SaveSettings { command_id: sending.id(), version, edit: edit() };
        sending.send(save_settings(cmd), move |()| match then {
            Some(address) => crate::client::go_to(address),
            None => reload(),
        });
    };
    view! {
        <form class="form form-short" novalidate=true on:submit=send>
            <Refused sending/>
            {children()}
            <div class="form-actions">
                <Button label=button kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

/// What the server said no to, above the fields.
#[component]
pub(in crate::pages) fn Refused(sending: Sending) -> impl IntoView {
    move || {
        sending.error.get().map(|error| {
            if error.fields.is_empty() {
                view! { <Problem error/> }.into_any()
            } else {
                view! { <Notice kind=NoticeKind::Error>{error.message}</Notice> }.into_any()
            }
        })
    }
}
