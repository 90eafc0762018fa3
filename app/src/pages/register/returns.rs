//! What a customer brings back: found by the receipt, a gift receipt or the tag, looked at, put on the ticket.

use super::expect_register;
use super::state::Returning;
use crate::api::sale::find_return;
use crate::error::AppError;
use crate::pages::inventory::{QuantityFields, typed_quantity};
use crate::pages::secret::SecretBadge;
use crate::pages::sending::Sending;
use crate::pages::typed::Typed;
use crate::pages::when;
use crate::ui::{
    Amount, Button, ButtonKind, CheckField, Choice, Dialog, Field, Notice, NoticeKind, SelectField,
};
use crate::words::{common, returns as w};
use domain::field::{FieldError, FieldReader};
use domain::item::{Quantity, TypedQuantity};
use domain::money::Money;
use domain::sale::{Condition, OfferedLine, Proof, ReturnOffer};
use leptos::prelude::*;

#[component]
pub fn ReturnDialog() -> impl IntoView {
    let register = expect_register();
    let offer = RwSignal::new(None::<ReturnOffer>);
    let finding = Sending::new();
    let find = move || {
        offer.set(None);
        finding.send(find_return(register.return_code.get_untracked()), move |found| offer.set(Some(found)));
    };
    // Opened by a scan or from a sale, it looks at once.
    Effect::new(move |_| {
        if register.returning.get() {
            offer.set(None);
            finding.changed();
            if !register.return_code.with_untracked(String::is_empty) {
                find();
            }
        }
    });
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        find();
    };
    view! {
        <Dialog id="return" title=w::TITLE open=register.returning>
            <form class="stack" novalidate=true on:submit=send>
                <Field name="return-code" label=w::CODE value=register.return_code error=finding.message() maxlength=40_u32/>
                <Button label=common::FIND submit=true pending=finding.pending/>
            </form>
            {move || offer.get().map(|offer| view! { <Offer offer/> })}
        </Dialog>
    }
}

/// A line of the offer while somebody decides about it.
#[derive(Clone)]
struct Choosing {
    line: OfferedLine,
    chosen: RwSignal<bool>,
    condition: RwSignal<String>,
    fee: RwSignal<String>,
    fee_error: RwSignal<Option<String>>,
    /// How much of a part of a lot comes back; all that can, where nobody changes it.
    quantity: Option<Typed<TypedQuantity>>,
    much: Sending,
}

#[component]
fn Offer(offer: ReturnOffer) -> impl IntoView {
    let register = expect_register();
    let (proof, number, buyer) = (offer.proof, offer.number.clone(), offer.customer.clone());
    let may_come = |line: &&OfferedLine| line.refused.is_none();
    let only_one = offer.lines.iter().filter(may_come).count() == 1;
    let choosing: Vec<Choosing> = offer
        .lines
        .into_iter()
        .map(|line| Choosing {
            chosen: RwSignal::new(only_one && line.refused.is_none()),
            condition: RwSignal::new(Condition::AsNew.code().to_owned()),
            fee: RwSignal::new(shown_fee(line.fee)),
            fee_error: RwSignal::new(None),
            quantity: line
                .part
                .as_ref()
                .map(|part| Typed::of(&typed_quantity(part.left(), part.portion.unit))),
            much: Sending::new(),
            line,
        })
        .collect();
    let lines = StoredValue::new(choosing.clone());
    let none = move || lines.with_value(|lines| lines.iter().all(|line| !line.chosen.get()));
    let take = move |_| {
        let Some(back) = lines.with_value(|lines| read(lines, &number, proof)) else { return };
        register.take_back(back);
        if let Some(buyer) = buyer.clone().filter(|_| register.customer.with_untracked(Option::is_none)) {
            register.customer.set(Some(buyer));
        }
        register.return_code.set(String::new());
        register.returning.set(false);
    };
    let today = register.snapshot.with_untracked(|s| s.as_ref().map(|s| s.business_date));
    let late = today.is_some_and(|today| today > offer.until);
    view! {
        <div class="stack">
            <p class="soft">{w::sold_on(&offer.number, &when::day(offer.sold_on))}</p>
            {(proof == Proof::GiftReceipt).then(|| view! { <Notice kind=NoticeKind::Warning>{w::GIFT}</Notice> })}
            {(proof == Proof::Nothing).then(|| view! { <Notice kind=NoticeKind::Warning>{w::NO_RECEIPT}</Notice> })}
            {offer.check_returned.then(|| view! { <Notice kind=NoticeKind::Warning>{w::CHECK_RETURNED}</Notice> })}
            {offer.secret_until.map(|until| view! { <SecretBadge until/> })}
            {late.then(|| view! { <Notice kind=NoticeKind::Warning>{w::late(&when::day(offer.until))}</Notice> })}
            <ul class="return-lines">{choosing.into_iter().map(|line| view! { <Line line/> }).collect_view()}</ul>
            <Button label=w::TAKE_BACK kind=ButtonKind::Primary wide=true disabled=Signal::derive(none) on:click=take/>
        </div>
    }
}

/// A fee as it stands in its field.
fn shown_fee(fee: Money) -> String {
    if fee.is_zero() { String::new() } else { fee.to_string() }
}

#[component]
fn Line(line: Choosing) -> impl IntoView {
    line.let_fee_follow();
    let Choosing { line, chosen, condition, fee, fee_error, quantity, much } = line;
    let unit = line.part.as_ref().map(|part| part.portion.unit);
    let name = format!("{} · {}", line.tag, line.description);
    let id = line.line_id.to_string();
    let worth = line.net.plus(line.tax).unwrap_or_default();
    let conditions: Vec<Choice> =
        Condition::ALL.iter().map(|condition| Choice::new(condition.code(), condition.label())).collect();
    match line.refused {
        Some(refused) => view! {
            <li class="return-line">
                <span>{name}</span> <Amount value=worth/>
                <p class="soft small">{refused}</p>
            </li>
        }
        .into_any(),
        None => view! {
            <li class="return-line">
                <CheckField name=format!("back-{id}") label=name value=chosen/> <Amount value=worth/>
                {move || chosen.get().then(|| view! {
                    {quantity.map(|quantity| view! {
                        <div class="form-row"><QuantityFields of=format!("back-{id}") sold_by=Signal::stored(unit) quantity saving=much/></div>
                    })}
                    <div class="form-row">
                        <SelectField name=format!("condition-{id}") label=w::CONDITION value=condition choices=conditions.clone()/>
                        <Field name=format!("fee-{id}") label=w::FEE value=fee amount=true error=fee_error optional=true/>
                    </div>
                })}
            </li>
        }
        .into_any(),
    }
}

impl Choosing {
    /// What the store keeps follows how much comes back, as long as nobody typed another fee.
    fn let_fee_follow(&self) {
        let (Some(part), Some(typed)) = (self.line.part.clone(), self.quantity) else { return };
        let (line, fee) = (self.line.clone(), self.fee);
        let proposed = StoredValue::new(shown_fee(line.fee));
        Effect::new(move |_| {
            let mut fields = FieldReader::default();
            let quantity = typed.get().read(part.portion.unit, &mut fields);
            let Ok(asked) = fields.finish(quantity).map(|quantity| line.fee_of(quantity)) else { return };
            let asked = shown_fee(asked.unwrap_or(line.fee));
            if fee.get_untracked() == proposed.get_value() {
                fee.set(asked.clone());
            }
            proposed.set_value(asked);
        });
    }

    /// How much comes back; nothing while it does not read.
    fn much(&self) -> Option<Option<Quantity>> {
        let Some((part, typed)) = self.line.part.as_ref().zip(self.quantity) else { return Some(None) };
        let unit = part.portion.unit;
        let mut fields = FieldReader::default();
        let quantity = typed.read().read(unit, &mut fields);
        let wrong = match fields.finish(quantity).map(|quantity| part.take(Some(quantity))) {
            Ok(Ok(_)) => return Some(Some(quantity)),
            Ok(Err(refused)) => {
                let at = if unit.weighs() { "measure" } else { "pieces" };
                vec![FieldError::new(at, refused)]
            }
            Err(fields) => fields,
        };
        self.much.error.set(Some(AppError::of_fields(wrong)));
        None
    }
}

/// What was chosen; nothing while a fee or an amount does not read.
fn read(lines: &[Choosing], number: &str, proof: Proof) -> Option<Vec<Returning>> {
    let mut back = Vec::new();
    for line in lines.iter().filter(|line| line.chosen.get_untracked()) {
        let typed = line.fee.get_untracked();
        let fee = if typed.trim().is_empty() { Ok(Money::ZERO) } else { Money::parse(&typed) };
        line.fee_error.set(fee.as_ref().err().map(ToString::to_string));
        let quantity = line.much()?;
        back.push(Returning {
            quantity,
            condition: line.condition.get_untracked().parse().unwrap_or(Condition::ToCheck),
            number: number.to_owned(),
            proof,
            fee: fee.ok()?,
            line: line.line.clone(),
        });
    }
    Some(back)
}
