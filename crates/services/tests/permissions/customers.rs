//! What is done with the customer book.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::{Anywhere, Here};
use domain::customer::{
    AddNote, ChangeHousehold, CustomerFilter, HistoryAsked, HouseholdChange, MergeCustomers, Primaries,
    RevealPrivate, SaveCustomer, SettleDuplicate, TypedCustomer, UndoMerge,
};
use domain::ids::PrivateId;
use domain::person::Permission as P;
use domain::sale::{Audience, SetSecret};
use services::Ctx;
use uuid::Uuid;

impl Shop {
    pub async fn in_the_customer_book(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let services = &self.services;
        let (command_id, customer_id) = (command(), known.customer);
        let typed = TypedCustomer::default();
        let save = SaveCustomer { command_id, customer_id: None, version: 0, typed };
        let note = AddNote { command_id, customer_id, text: String::new() };
        let reveal = RevealPrivate { command_id, private_id: PrivateId(Uuid::from_u128(8)) };
        let leave = ChangeHousehold { command_id, customer_id, change: HouseholdChange::Leave };
        let settle = SettleDuplicate { command_id, one_id: customer_id, other_id: customer_id };
        let merge = MergeCustomers {
            command_id,
            winner_id: customer_id,
            winner_version: 1,
            loser_id: customer_id,
            loser_version: 1,
            primaries: Primaries::default(),
        };
        let undo = UndoMerge { command_id, merge_id: known.event };
        let compared = services.compare_customers(ctx, customer_id, customer_id);
        let asked = HistoryAsked { customer: customer_id, audience: Audience::Staff, offset: 0, limit: 1 };
        let secret = SetSecret { command_id, sale_id: known.sale, until: String::new() };
        let filter = CustomerFilter { limit: 1, ..CustomerFilter::default() };
        vec![
            tried("save_customer", Anywhere(P::EditCustomers), services.save_customer(ctx, save).await),
            tried("customers", Anywhere(P::ViewCustomers), services.customers(ctx, filter).await),
            tried("customer_tags", Anywhere(P::ViewCustomers), services.customer_tags(ctx).await),
            tried("customer", Anywhere(P::ViewCustomers), services.customer(ctx, customer_id).await),
            tried("add_note", Anywhere(P::EditCustomers), services.add_note(ctx, note).await),
            tried(
                "change_household",
                Anywhere(P::EditCustomers),
                services.change_household(ctx, leave).await,
            ),
            tried("duplicates", Anywhere(P::MergeCustomers), services.duplicates(ctx, 0, 1).await),
            tried("compare_customers", Anywhere(P::MergeCustomers), compared.await),
            tried(
                "settle_duplicate",
                Anywhere(P::MergeCustomers),
                services.settle_duplicate(ctx, settle).await,
            ),
            tried("merge_customers", Anywhere(P::MergeCustomers), services.merge_customers(ctx, merge).await),
            tried("undo_merge", Anywhere(P::MergeCustomers), services.undo_merge(ctx, undo).await),
            tried(
                "customer_history",
                Anywhere(P::ViewCustomers),
                services.customer_history(ctx, asked).await,
            ),
            tried("set_secret", Here(P::Sell), services.set_secret(ctx, secret).await),
            tried("reveal_private", Anywhere(P::ViewPrivate), services.reveal_private(ctx, reveal).await),
        ]
    }
}
