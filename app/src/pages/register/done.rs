//! The sale is recorded: change, receipt, next sale.

use super::expect_register;
use crate::api::sale::load_sale;
use crate::pages::frame::Problem;
use crate::pages::receipt::PrintedReceipt;
use crate::pages::secret::SecretForm;
use crate::ui::{Amount, AmountSize, Button, ButtonKind, ButtonSize, Icon, IconName, LinkButton, Skeleton};
use crate::words::{register as w, returns};
use leptos::prelude::*;

#[component]
pub fn Done() -> impl IntoView {
    let register = expect_register();
    let Some(done) = register.done.get_untracked() else { return ().into_any() };
    let sale_id = done.sale_id;
    let (handing, amount) = if done.total.is_negative() {
        (returns::PAID_OUT, done.paid_out)
    } else {
        (w::CHANGE_DUE, done.change)
    };
    let detail = LocalResource::new(move || load_sale(sale_id));
    view! {
        <section class="done" aria-label=w::RECORDED>
            <span class="done-mark"><Icon name=IconName::Check large=true/></span>
            <div class="done-change">
                <span class="soft">{handing}</span>
                <Amount value=amount size=AmountSize::Huge/>
                <p class="soft" role="status">{w::RECORDED_AS}<span class="code">{done.number}</span></p>
            </div>
            <Button label=w::NEXT_SALE kind=ButtonKind::Primary size=ButtonSize::Large icon=IconName::Plus wide=true
                on:click=move |_| register.next_sale()/>
            <div class="done-receipt" role="group" aria-label=w::RECEIPT>
                {move || match detail.get() {
                    Some(Ok(sheet)) => {
                        let gift = sheet.sale.facts.customer_id.is_some() && !sheet.sale.facts.lines.is_empty();
                        let until = sheet.sale.secret_until;
                        view! {
                            {gift.then(|| view! { <SecretForm sale=sale_id until/> })}
                            <PrintedReceipt sheet/>
                        }.into_any()
                    }
                    Some(Err(error)) => view! { <Problem error/> }.into_any(),
                    None => view! { <Skeleton/> }.into_any(),
                }}
                <LinkButton label=w::SALES_TODAY href=format!("/sales/{sale_id}") icon=IconName::Receipt/>
            </div>
        </section>
    }
    .into_any()
}
