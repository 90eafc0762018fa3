//! What is done to prove the day, and with card payments.

use super::{Needs, Try, tried};
use crate::support::{Shop, cents, command};
use Needs::{Anywhere, Here};
use domain::ids::CustomerId;
use domain::ledger::TieOutAsked;
use domain::person::Permission as P;
use domain::receivable::{ApplyTo, TakePayment};
use domain::sale::Tender;
use domain::settlement::{CardsAsked, SettleCards, TypedSettlement, UndoCardBatch};
use services::Ctx;

impl Shop {
    pub async fn with_cards(&self, ctx: &Ctx, customer_id: CustomerId) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let pay = TakePayment {
            command_id: command(),
            store_id,
            session_id: None,
            customer_id,
            amount: "1".into(),
            tenders: vec![Tender { kind: "card".into(), amount: cents("1"), reference: "1".into() }],
            apply: ApplyTo::Nothing,
            received_on: String::new(),
            note: String::new(),
        };
        services.take_payment(&self.owner, pay).await.unwrap();
        let asked = CardsAsked { limit: 1, ..CardsAsked::default() };
        let slips: Vec<_> =
            services.cards(&self.owner, asked).await.unwrap().waiting.iter().map(|slip| slip.key).collect();
        let typed = TypedSettlement { arrived: "1".into(), ..TypedSettlement::default() };
        let settle = SettleCards { command_id: command(), store_id, slips, typed };
        services.settle_cards(&self.owner, settle).await.unwrap();
        let batch_id = services.cards(&self.owner, asked).await.unwrap().batches[0].batch.id;
        let nothing = SettleCards {
            command_id: command(),
            store_id,
            slips: Vec::new(),
            typed: TypedSettlement::default(),
        };
        let undo = UndoCardBatch { command_id: command(), store_id, batch_id, reason: String::new() };
        let tie = TieOutAsked { store: Some(store_id), day: None };
        vec![
            tried("cards", Anywhere(P::ViewLedger), services.cards(ctx, asked).await),
            tried("card_batch", Here(P::ViewLedger), services.card_batch(ctx, batch_id).await),
            tried("settle_cards", Here(P::SettleCards), services.settle_cards(ctx, nothing).await),
            tried("undo_card_batch", Here(P::SettleCards), services.undo_card_batch(ctx, undo).await),
            tried("tie_out", Here(P::ViewLedger), services.tie_out(ctx, tie).await),
        ]
    }
}
