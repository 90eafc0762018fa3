//! Accounts of customers who have two cards, before and after the cards become one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

#[path = "support/accounts.rs"]
mod accounts;

use domain::receivable::*;
use domain::sale::CompleteSale;
use domain::settings::{SettingsEdit, TypedCredit};
use support::{Shop, cents, command};

on_both_databases! {
    two_cards_merged_owe_together_and_apart_again
    what_two_were_charged_goes_back_to_neither_until_they_are_one
    a_finance_charge_comes_once_a_month_whatever_card_it_was_on
}

async fn two_cards_merged_owe_together_and_apart_again(shop: Shop) {
    let session = shop.open_till("0").await;
    let (winner, loser) = (shop.with_account("Person", "").await, shop.with_account("Persson", "").await);
    shop.charged(session, "100.00", winner).await;
    let (_, theirs) = shop.charged(session, "200.00", loser).await;
    let merged = shop.merged(winner, loser).await;
    assert_eq!(shop.account(winner).await.standing.owed, cents("321"));
    assert_eq!(shop.account(loser).await.standing.owed, cents("321"));
    shop.pays(loser, "card", "150.00").await;
    assert_eq!(shop.account(winner).await.standing.owed, cents("171"));
    shop.taken_apart(merged).await;
    let (one, other) = (shop.account(winner).await.standing, shop.account(loser).await.standing);
    assert_eq!(one.owed.plus(other.owed).unwrap(), cents("171"));
    assert_eq!(shop.services.invoice(&shop.owner, theirs).await.unwrap().open, other.owed);
    shop.verifies().await;
}

async fn what_two_were_charged_goes_back_to_neither_until_they_are_one(shop: Shop) {
    let session = shop.open_till("0").await;
    let (one, other) = (shop.with_account("Person", "").await, shop.with_account("Persson", "").await);
    let (first, _) = shop.charged(session, "100.00", one).await;
    let (second, _) = shop.charged(session, "100.00", other).await;
    let numbers = [first.number.as_str(), second.number.as_str()];
    let back = shop.taking_back(session, one, &numbers, "214.00").await;
    let refused = shop.services.complete_sale(&shop.owner, back.clone()).await.unwrap_err();
    assert!(refused.to_string().contains("is not an invoice of this customer"), "{refused}");
    assert_eq!(shop.account(one).await.standing.owed, cents("107"));
    shop.merged(one, other).await;
    let back = CompleteSale { command_id: command(), ..back };
    shop.services.complete_sale(&shop.owner, back).await.unwrap();
    assert_eq!(shop.account(one).await.standing.owed, cents("0"));
    shop.verifies().await;
}

async fn a_finance_charge_comes_once_a_month_whatever_card_it_was_on(shop: Shop) {
    let (one, other) = (shop.with_account("Person", "").await, shop.with_account("Persson", "").await);
    let store_id = shop.set_up.store_id;
    let typed = TypedCredit { reg_z: true, ..TypedCredit::from(&shop.policy()) };
    shop.edit(&shop.owner, SettingsEdit::Credit { store_id, typed }).await.unwrap();
    shop.invoiced(one, "2026-01-05", "1,000.00").await;
    let assess = AssessFinanceCharges { command_id: command(), store_id, accounts: 1, total: cents("15.00") };
    shop.services.assess_finance_charges(&shop.owner, assess).await.unwrap();
    shop.merged(other, one).await;
    assert_eq!(shop.services.finance_charges(&shop.owner).await.unwrap().charges, []);
    // Nor does the other card's debt make it two.
    shop.invoiced(other, "2026-01-05", "500.00").await;
    assert_eq!(shop.services.finance_charges(&shop.owner).await.unwrap().charges, []);
    shop.verifies().await;
}
