//! The household of a customer: who is in it, and what can be changed about it.

use super::pick::PickCustomer;
use crate::api::customer::change_household;
use crate::client::reload;
use crate::pages::frame::May;
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::ui::{Badge, Button, ButtonKind, Card, Dialog, Field, IconName, Tone};
use crate::words::customers as w;
use domain::customer::{ChangeHousehold, Customer, Household, HouseholdChange, Member};
use domain::ids::CustomerId;
use domain::person::Permission;
use leptos::prelude::*;

/// One way to send any change of the household.
#[derive(Clone, Copy)]
struct Changing {
    customer: CustomerId,
    sending: Sending,
}

impl Changing {
    fn send(self, change: HouseholdChange) {
        let cmd = ChangeHousehold { command_id: self.sending.id(), customer_id: self.customer, change };
        self.sending.send(change_household(cmd), |()| reload());
    }
}

#[component]
pub fn HouseholdCard(customer: CustomerId, household: Option<Household>) -> impl IntoView {
    let changing = Changing { customer, sending: Sending::new() };
    let linking = RwSignal::new(false);
    let named = household.is_some();
    let title = household.as_ref().map_or_else(|| w::HOUSEHOLD.to_owned(), |h| w::household(&h.name));
    view! {
        <Card title=title actions=move || view! {
            <May permission=Permission::EditCustomers>
                <Button label=w::LINK kind=ButtonKind::Quiet icon=IconName::Plus on:click=move |_| linking.set(true)/>
            </May>
        }>
            {household.map(|household| view! { <Members changing household/> })}
            {(!named).then(|| view! { <p class="soft">{w::NO_HOUSEHOLD}</p> })}
            <May permission=Permission::EditCustomers><Linking changing linking named/></May>
        </Card>
    }
}

#[component]
fn Members(changing: Changing, household: Household) -> impl IntoView {
    let customer = changing.customer;
    let leads = household.primary == customer;
    let partner = household.members.iter().find(|member| member.id == customer).and_then(|m| m.partner);
    let primary = household.primary;
    let members = household.members.into_iter().map(|member| {
        let marks = Marks { leads: member.id == primary, here: member.id == customer, partner };
        view! { <OneMember changing member marks/> }
    });
    let send = move |change: HouseholdChange| move |_| changing.send(change.clone());
    view! {
        <ul class="hits">{members.collect_view()}</ul>
        <Refused sending=changing.sending/>
        <May permission=Permission::EditCustomers>
            <div class="row">
                {(!leads).then(|| view! {
                    <Button label=w::LEAD pending=changing.sending.pending on:click=send(HouseholdChange::Lead)/>
                })}
                {partner.map(|_| view! {
                    <Button label=w::NO_PARTNER pending=changing.sending.pending on:click=send(HouseholdChange::NoPartner)/>
                })}
                <Button label=w::LEAVE pending=changing.sending.pending on:click=send(HouseholdChange::Leave)/>
            </div>
        </May>
    }
}

/// What a member is to the household and to the customer of the page.
#[derive(Debug, Clone, Copy)]
struct Marks {
    leads: bool,
    here: bool,
    partner: Option<CustomerId>,
}

#[component]
fn OneMember(changing: Changing, member: Member, marks: Marks) -> impl IntoView {
    let Member { id, number, name, .. } = member;
    let is_partner = marks.partner == Some(id);
    let label = w::make_partner(&name);
    let words = view! {
        <span class="hit-words"><strong>{name}</strong></span>
        {marks.leads.then(|| view! { <Badge tone=Tone::Neutral icon=IconName::Check label=w::LEADS/> })}
        {is_partner.then(|| view! { <Badge tone=Tone::Held icon=IconName::Ring label=w::PARTNER/> })}
        <span class="hit-end code">{number}</span>
    };
    view! {
        <li class="member">
            {if marks.here {
                view! { <span class="hit" aria-current="true">{words}</span> }.into_any()
            } else {
                view! { <a class="hit" href=format!("/customers/{id}")>{words}</a> }.into_any()
            }}
            {(!marks.here && !is_partner).then(|| view! {
                <May permission=Permission::EditCustomers>
                    <Button label=label.clone() kind=ButtonKind::Quiet icon=IconName::Ring icon_only=true pending=changing.sending.pending
                        on:click=move |_| changing.send(HouseholdChange::Partner { with: id })/>
                </May>
            })}
        </li>
    }
}

/// Chooses with whom, and the name where a household begins.
#[component]
fn Linking(changing: Changing, linking: RwSignal<bool>, named: bool) -> impl IntoView {
    let chosen = RwSignal::new(None::<Customer>);
    let name = RwSignal::new(String::new());
    let sending = changing.sending;
    let pick = move |customer: Customer| {
        if name.with_untracked(String::is_empty) {
            name.set(customer.card.last_name.clone().unwrap_or_default());
        }
        chosen.set(Some(customer));
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(other) = chosen.get_untracked() {
            changing.send(HouseholdChange::Join { with: other.id, name: name.get_untracked() });
        }
    };
    view! {
        <Dialog id="household" title=w::LINK open=linking>
            <div class="stack">
                <PickCustomer open=linking on_pick=Callback::new(pick) on_problem=Callback::new(move |error| sending.error.set(Some(error)))/>
                {move || chosen.get().map(|other| view! {
                    <form class="form form-short" novalidate=true on:submit=send>
                        <Refused sending/>
                        <p>{w::with(&other.card.display_name())}</p>
                        {(!named).then(|| view! {
                            <Field name="household_name" label=w::HOUSEHOLD_NAME hint=w::HOUSEHOLD_NAME_HINT value=name error=sending.wrong("name")/>
                        })}
                        <div class="form-actions">
                            <Button label=w::LINK_NOW kind=ButtonKind::Primary submit=true pending=sending.pending/>
                        </div>
                    </form>
                })}
            </div>
        </Dialog>
    }
}
