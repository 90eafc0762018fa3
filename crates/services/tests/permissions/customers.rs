//! What is done with the customer book.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::Anywhere;
use domain::customer::{AddNote, CustomerFilter, RevealPrivate, SaveCustomer, TypedCustomer};
use domain::ids::PrivateId;
use domain::person::Permission as P;
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
        let filter = CustomerFilter { limit: 1, ..CustomerFilter::default() };
        vec![
            tried("save_customer", Anywhere(P::EditCustomers), services.save_customer(ctx, save).await),
            tried("customers", Anywhere(P::ViewCustomers), services.customers(ctx, filter).await),
            tried("customer_tags", Anywhere(P::ViewCustomers), services.customer_tags(ctx).await),
            tried("customer", Anywhere(P::ViewCustomers), services.customer(ctx, customer_id).await),
            tried("add_note", Anywhere(P::EditCustomers), services.add_note(ctx, note).await),
            tried("reveal_private", Anywhere(P::ViewPrivate), services.reveal_private(ctx, reveal).await),
        ]
    }
}
