//! The form of a card.

use super::private::Kept;
use super::rows::{First, RowList, Rows};
use super::{id_in_address, load};
use crate::api::customer::save_customer;
use crate::client::go_to;
use crate::pages::frame::{Problem, Staff};
use crate::pages::sending::Sending;
use crate::pages::settings::Refused;
use crate::pages::typed::Typed;
use crate::ui::{
    Button, ButtonKind, CheckField, Choice, Field, LinkButton, Page, SelectField, Skeleton, TextAreaField,
};
use crate::words::{common, customers as w, settings};
use domain::customer::{
    CustomerDetail, Occasion, PrivateKind, SaveCustomer, TypedAddress, TypedContact, TypedCustomer,
    TypedDate, TypedPrivate, TypedRing,
};
use domain::sale::ExemptReason;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn NewCustomerPage() -> impl IntoView {
    view! {
        <Title text=w::ADD/>
        <Staff current="/customers">
            <Page title=w::ADD back=("/customers".to_owned(), w::TITLE.to_owned())><Form customer=None/></Page>
        </Staff>
    }
}

#[component]
pub fn EditCustomerPage() -> impl IntoView {
    view! { <Title text=w::EDIT/> <Staff current="/customers"><Edit/></Staff> }
}

#[component]
fn Edit() -> impl IntoView {
    let id = id_in_address();
    let found = Resource::new(move || id.get(), load);
    view! {
        <Suspense fallback=|| view! { <Skeleton count=6/> }>
            {move || Suspend::new(async move {
                match found.await {
                    Err(error) => view! { <div class="page"><Problem error/></div> }.into_any(),
                    Ok(customer) => view! {
                        <Page title=w::EDIT back=(format!("/customers/{}", customer.id), customer.file.display_name())>
                            <Form customer=Some(customer)/>
                        </Page>
                    }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// The lists of the form.
#[derive(Clone, Copy)]
struct Lists {
    phones: Rows<TypedContact>,
    emails: Rows<TypedContact>,
    addresses: Rows<TypedAddress>,
    dates: Rows<TypedDate>,
    rings: Rows<TypedRing>,
    private: Rows<TypedPrivate>,
}

impl Lists {
    /// One empty row for what almost everybody gives.
    fn of(typed: &TypedCustomer) -> Self {
        let or_one = |contacts: &[TypedContact]| match contacts {
            [] => Rows::of(&[TypedContact::default()]),
            some => Rows::of(some),
        };
        let addresses = match typed.addresses.as_slice() {
            [] => Rows::of(&[TypedAddress::default()]),
            some => Rows::of(some),
        };
        Self {
            phones: or_one(&typed.phones),
            emails: or_one(&typed.emails),
            addresses,
            dates: Rows::of(&typed.dates),
            rings: Rows::of(&typed.rings),
            private: Rows::of(&typed.private),
        }
    }

    fn read(self, typed: TypedCustomer) -> TypedCustomer {
        TypedCustomer {
            phones: self.phones.read(),
            emails: self.emails.read(),
            addresses: self.addresses.read(),
            dates: self.dates.read(),
            rings: self.rings.read(),
            private: self.private.read(),
            ..typed
        }
    }
}

#[component]
fn Form(customer: Option<CustomerDetail>) -> impl IntoView {
    let (id, version) = customer.as_ref().map_or((None, 0), |c| (Some(c.id), c.version));
    let was = customer.as_ref().map(TypedCustomer::from).unwrap_or_default();
    let kept = RwSignal::new(customer.map(|customer| customer.private).unwrap_or_default());
    let (lists, typed) = (Lists::of(&was), Typed::of(&was));
    let sending = Sending::new();
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let keep_private = kept.with_untracked(|kept| kept.iter().map(|entry| entry.id).collect());
        let typed = TypedCustomer { keep_private, ..lists.read(typed.read()) };
        let cmd = SaveCustomer { command_id: sending.id(), customer_id: id, version, typed };
        sending.send(save_customer(cmd), |id| go_to(&format!("/customers/{id}")));
    };
    let text = move |name: &'static str| (typed.text(name), sending.wrong(name));
    let cancel = id.map_or_else(|| "/customers".to_owned(), |id| format!("/customers/{id}"));
    view! {
        <form class="form" novalidate=true on:submit=send>
            <Refused sending/>
            <fieldset class="form-group">
                <legend>{w::NAME}</legend>
                <div class="form-row">
                    <Line name="first_name" label=w::FIRST_NAME of=text("first_name") needed=true/>
                    <Line name="last_name" label=w::LAST_NAME of=text("last_name") needed=true/>
                </div>
                <Line name="company" label=w::COMPANY of=text("company")/>
                <Field name="tags" label=w::TAGS hint=w::TAGS_HINT value=typed.text("tags") error=sending.wrong("tags") optional=true/>
                <CheckField name="vip" label=w::VIP hint=w::VIP_HINT value=typed.tick("vip")/>
            </fieldset>
            <Reach lists sending/>
            <Days lists sending/>
            <fieldset class="form-group">
                <legend>{w::TASTES}</legend>
                <div class="form-row">
                    <Line name="metal" label=w::METAL of=text("metal")/>
                    <Line name="style" label=w::STYLE of=text("style")/>
                </div>
                <TextAreaField name="tastes" label=w::TASTES_TEXT value=typed.text("tastes") error=sending.wrong("tastes") optional=true/>
            </fieldset>
            <RowList rows=lists.private words=w::PRIVATE_LIST first=First::Like wrong=sending.wrong("private") hint=w::PRIVATE_HINT
                fields=move |row, at| private_fields(row, at, sending)>
                <Kept kept/>
            </RowList>
            <fieldset class="form-group">
                <legend>{w::TAX}</legend>
                <div class="form-row">
                    <Line name="exemption_certificate" label=w::CERTIFICATE of=text("exemption_certificate")/>
                    <SelectField name="exemption_reason" label=w::EXEMPT_REASON value=typed.text("exemption_reason") none=w::CHOOSE
                        choices=ExemptReason::ALL.iter().map(|reason| Choice::new(reason.code(), reason.label())).collect()
                        error=sending.wrong("exemption_reason") optional=true/>
                    <Field name="exemption_expires_on" label=w::EXPIRES kind="date" value=typed.text("exemption_expires_on") error=sending.wrong("exemption_expires_on") optional=true/>
                </div>
                <TextAreaField name="note" label=w::NOTE value=typed.text("note") error=sending.wrong("note") optional=true/>
            </fieldset>
            <div class="form-actions">
                <LinkButton href=cancel label=common::CANCEL kind=ButtonKind::Quiet/>
                <Button label=w::SAVE kind=ButtonKind::Primary submit=true pending=sending.pending/>
            </div>
        </form>
    }
}

/// A line of text with its complaint.
#[component]
fn Line(
    name: &'static str,
    label: &'static str,
    of: (RwSignal<String>, Signal<Option<String>>),
    #[prop(optional)] needed: bool,
) -> impl IntoView {
    view! { <Field name label value=of.0 error=of.1 optional=!needed/> }
}

/// Phones, e-mails, addresses.
#[component]
fn Reach(lists: Lists, sending: Sending) -> impl IntoView {
    view! {
        <RowList rows=lists.phones words=w::PHONE_LIST first=First::Primary wrong=sending.wrong("phones")
            fields=move |row, at| contact_fields(row, at, ("phones", w::PHONE, "tel"), sending)/>
        <RowList rows=lists.emails words=w::EMAIL_LIST first=First::Primary wrong=sending.wrong("emails")
            fields=move |row, at| contact_fields(row, at, ("emails", w::EMAIL, "email"), sending)/>
        <RowList rows=lists.addresses words=w::ADDRESS_LIST first=First::Primary wrong=sending.wrong("addresses")
            fields=move |row, at| address_fields(row, at, sending)/>
    }
}

fn contact_fields(
    row: Typed<TypedContact>,
    at: usize,
    (list, one, mode): (&'static str, &'static str, &'static str),
    sending: Sending,
) -> impl IntoView {
    let name = |part: &str| format!("{list}.{at}.{part}");
    view! {
        <Field name=name("value") label=w::nth(one, at) inputmode=mode value=row.text("value") error=sending.wrong(name("value")) optional=true/>
        <Field name=name("kind") label=w::part(one, at, "kind") placeholder=w::KIND_HINT value=row.text("kind") error=sending.wrong(name("kind")) optional=true/>
    }
}

fn address_fields(row: Typed<TypedAddress>, at: usize, sending: Sending) -> impl IntoView {
    let name = |part: &str| format!("addresses.{at}.{part}");
    let label = |part: &str| w::nth(part, at);
    view! {
        <Field name=name("street") label=label(w::STREET) value=row.text("street") error=sending.wrong(name("street")) optional=true/>
        <Field name=name("city") label=label(w::CITY) value=row.text("city") error=sending.wrong(name("city")) optional=true/>
        <Field name=name("state") label=label(w::STATE) value=row.text("state") error=sending.wrong(name("state")) optional=true/>
        <Field name=name("postal_code") label=label(w::POSTAL_CODE) value=row.text("postal_code") error=sending.wrong(name("postal_code")) optional=true/>
        <Field name=name("kind") label=w::part(w::ADDRESS, at, "kind") placeholder=w::KIND_HINT value=row.text("kind") error=sending.wrong(name("kind")) optional=true/>
    }
}

/// Days that come every year, and ring sizes.
#[component]
fn Days(lists: Lists, sending: Sending) -> impl IntoView {
    view! {
        <RowList rows=lists.dates words=w::DATE_LIST first=First::Like wrong=sending.wrong("dates") hint=w::DATES_HINT
            fields=move |row, at| date_fields(row, at, sending)/>
        <RowList rows=lists.rings words=w::RING_LIST first=First::Like wrong=sending.wrong("rings")
            fields=move |row, at| ring_fields(row, at, sending)/>
    }
}

fn date_fields(row: Typed<TypedDate>, at: usize, sending: Sending) -> impl IntoView {
    let name = |part: &str| format!("dates.{at}.{part}");
    let label = |part: &str| w::part(w::DATE_LIST.one, at, part);
    let occasions = Occasion::ALL.iter().map(|o| Choice::new(o.code(), o.label())).collect();
    let months = (1..).zip(settings::MONTHS).map(|(n, month)| Choice::new(n.to_string(), month)).collect();
    view! {
        <SelectField name=name("occasion") label=label("what") value=row.text("occasion") choices=occasions none=w::CHOOSE error=sending.wrong(name("occasion"))/>
        <Field name=name("of_whom") label=label("of whom") value=row.text("of_whom") error=sending.wrong(name("of_whom")) optional=true/>
        <SelectField name=name("month") label=label("month") value=row.text("month") choices=months none=w::CHOOSE error=sending.wrong(name("month"))/>
        <Field name=name("day") label=label("day") inputmode="numeric" value=row.text("day") error=sending.wrong(name("day"))/>
        <Field name=name("year") label=label("year") inputmode="numeric" value=row.text("year") error=sending.wrong(name("year")) optional=true/>
    }
}

fn ring_fields(row: Typed<TypedRing>, at: usize, sending: Sending) -> impl IntoView {
    let name = |part: &str| format!("rings.{at}.{part}");
    let label = |part: &str| w::part(w::RING_LIST.one, at, part);
    view! {
        <Field name=name("size") label=label("size") placeholder="6 1/2" value=row.text("size") error=sending.wrong(name("size"))/>
        <Field name=name("finger") label=label("finger") placeholder=w::FINGER_HINT value=row.text("finger") error=sending.wrong(name("finger")) optional=true/>
        <Field name=name("of_whom") label=label("of whom") value=row.text("of_whom") error=sending.wrong(name("of_whom")) optional=true/>
    }
}

fn private_fields(row: Typed<TypedPrivate>, at: usize, sending: Sending) -> impl IntoView {
    let name = |part: &str| format!("private.{at}.{part}");
    let label = |part: &str| w::part(w::PRIVATE_LIST.one, at, part);
    // A birth date is typed as a birthday with its year.
    let kinds = PrivateKind::ALL.iter().filter(|kind| **kind != PrivateKind::BirthDate);
    let kinds = kinds.map(|kind| Choice::new(kind.code(), kind.label())).collect();
    view! {
        <SelectField name=name("kind") label=label("what") value=row.text("kind") choices=kinds none=w::CHOOSE error=sending.wrong(name("kind"))/>
        <Field name=name("value") label=label("number") value=row.text("value") error=sending.wrong(name("value"))/>
        <Field name=name("of_whom") label=label("of whom") value=row.text("of_whom") error=sending.wrong(name("of_whom")) optional=true/>
    }
}
