//! What is done at the counter and with the case.

use super::{Known, Needs, Try, tried};
use crate::support::{Shop, cents, command};
use Needs::{Anywhere, Either, Here, Nothing};
use domain::approval::{About, ApprovalKind, AskApproval, AskManager, Decide, Decision, Withdraw};
use domain::ids::{StyleId, VariationId};
use domain::item::{
    Aside, ChangeItems, CountLot, ItemFilter, ReceiveLot, SaveItem, SetAside, StockSource, TypedBulk,
    TypedItem, TypedQuantity,
};
use domain::moment::Confirmed;
use domain::parking::{KeepOnTicket, OpenParked, ParkTicket, ReleasePiece, ThrowAway, TicketContent};
use domain::person::Permission as P;
use domain::photo::{ArrangePhotos, PhotoName, Pictured};
use domain::sale::{ClearTicket, SaleFilter, VoidSale};
use domain::style::{SaveStyle, TypedStyle};
use domain::till::{
    CashCount, CashWay, CloseDay, CloseTill, Deposit, DropCash, MoveCash, NoSale, OpenTill, SessionFilter,
};
use services::Ctx;
use uuid::Uuid;

impl Shop {
    pub async fn at_the_counter(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let mut all = self.with_sales(ctx, known).await;
        let item = SaveItem {
            command_id: command(),
            store_id,
            item_id: None,
            version: 0,
            source: StockSource::Opening,
            typed: TypedItem::default(),
        };
        let aside = SetAside {
            command_id: command(),
            item_id: known.ring,
            aside: Aside::Quarantine,
            reason: String::new(),
        };
        let on_ticket = KeepOnTicket { store_id, pieces: vec![known.ring] };
        let items = ItemFilter { limit: 1, ..ItemFilter::default() };
        let ask = AskApproval {
            command_id: command(),
            store_id,
            kind: ApprovalKind::ALL[0],
            subject: "test".into(),
            manager: domain::ids::PersonId(Uuid::from_u128(3)),
            reason: "test".into(),
        };
        let quantity = TypedQuantity::default();
        let more = ReceiveLot {
            command_id: command(),
            item_id: known.ring,
            source: StockSource::Opening,
            quantity: quantity.clone(),
            cost: String::new(),
        };
        let count = CountLot {
            command_id: command(),
            item_id: known.ring,
            version: 0,
            there: quantity,
            reason: String::new(),
        };
        let style =
            SaveStyle { command_id: command(), style_id: None, version: 0, typed: TypedStyle::default() };
        let (no_style, no_variation) = (StyleId(Uuid::from_u128(4)), VariationId(Uuid::from_u128(5)));
        let bulk = TypedBulk::default();
        let change = ChangeItems { command_id: command(), store_id, typed: bulk.clone(), pieces: Vec::new() };
        let preview = services.preview_bulk(ctx, store_id, ItemFilter::default(), bulk).await;
        all.extend(self.with_approvals(ctx).await);
        all.extend(self.with_parked_tickets(ctx, known).await);
        all.extend(self.with_photos(ctx, known).await);
        all.extend([
            tried("preview_bulk", Here(P::EditItems), preview),
            tried("change_items", Here(P::EditItems), services.change_items(ctx, change).await),
            tried("receive_lot", Here(P::EditItems), services.receive_lot(ctx, more).await),
            tried("count_lot", Here(P::EditItems), services.count_lot(ctx, count).await),
            tried("save_style", Anywhere(P::EditItems), services.save_style(ctx, style).await),
            tried("style", Anywhere(P::ViewItems), services.style(ctx, no_style).await),
            tried("styles", Anywhere(P::ViewItems), services.styles(ctx, "", 0, 1).await),
            tried("variation", Anywhere(P::ViewItems), services.variation(ctx, no_variation).await),
            tried("find_items", Here(P::ViewItems), services.find_items(ctx, store_id, "ring").await),
            tried("items", Anywhere(P::ViewItems), services.items(ctx, items).await),
            tried("item", Here(P::ViewItems), services.item(ctx, known.ring).await),
            tried("save_item", Here(P::EditItems), services.save_item(ctx, item).await),
            tried("keep_on_ticket", Here(P::Sell), services.keep_on_ticket(ctx, on_ticket).await),
            tried("set_aside", Here(P::EditItems), services.set_aside(ctx, aside).await),
            tried(
                "approve_at_till",
                Here(P::ViewItems),
                services.approve_at_till(ctx, ask, "1".into()).await,
            ),
            tried("approvers", Here(P::ViewItems), services.approvers(ctx, store_id).await),
            tried("find_everywhere", Nothing, services.find_everywhere(ctx, "ring").await),
            tried("register_snapshot", Nothing, services.register_snapshot(ctx).await),
            tried("place", Nothing, services.place(ctx)),
        ]);
        all.extend(self.with_tills(ctx, known).await);
        all
    }

    async fn with_approvals(&self, ctx: &Ctx) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let approval_id = domain::ids::ApprovalId(Uuid::from_u128(4));
        let about = About::VoidSale { sale_id: domain::ids::SaleId(Uuid::from_u128(2)) };
        let ask = AskManager { command_id: command(), store_id, about, reason: "test".into() };
        let back = Withdraw { command_id: command(), store_id, approval_id };
        let yes = Decide { command_id: command(), store_id, approval_id, decision: Decision::Approve };
        vec![
            tried("ask_manager", Here(P::Sell), services.ask_manager(ctx, ask).await),
            tried("withdraw_approval", Here(P::Sell), services.withdraw_approval(ctx, back).await),
            tried("decide_approval", Here(P::Approve), services.decide_approval(ctx, yes).await),
            tried("approvals", Anywhere(P::Approve), services.approvals(ctx).await),
            tried("approvals_waiting", Anywhere(P::Approve), services.approvals_waiting(ctx).await),
            tried("approval_now", Nothing, services.approval_now(ctx, approval_id).await),
        ]
    }

    async fn with_parked_tickets(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let (session_id, item_id) = (domain::ids::TillSessionId(Uuid::from_u128(1)), known.ring);
        let parked_id = domain::ids::ParkedId(Uuid::from_u128(5));
        let park = ParkTicket {
            command_id: command(),
            store_id,
            session_id,
            label: "test".into(),
            ticket: TicketContent::default(),
            total: cents("1.00"),
        };
        let open = OpenParked { command_id: command(), store_id, session_id, parked_id };
        let away = ThrowAway { command_id: command(), store_id, parked_id };
        let release = ReleasePiece { command_id: command(), store_id, item_id, only_ours: false };
        vec![
            tried("park_ticket", Here(P::Sell), services.park_ticket(ctx, park).await),
            tried("open_parked", Here(P::Sell), services.open_parked(ctx, open).await),
            tried("throw_away_parked", Here(P::Sell), services.throw_away_parked(ctx, away).await),
            tried("release_piece", Here(P::Sell), services.release_piece(ctx, release).await),
            tried("parked_tickets", Here(P::Sell), services.parked_tickets(ctx, store_id).await),
            tried("piece_holder", Here(P::ViewItems), services.piece_holder(ctx, item_id).await),
        ]
    }

    async fn with_photos(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let services = &self.services;
        let arrange =
            ArrangePhotos { command_id: command(), of: Pictured::Item(known.ring), photos: Vec::new() };
        vec![
            tried(
                "may_add_photo",
                Here(P::EditItems),
                services.may_add_photo(ctx, Pictured::Item(known.ring)).await,
            ),
            tried(
                "add_photo",
                Here(P::EditItems),
                services.add_photo(ctx, command(), Pictured::Item(known.ring), b"no picture".to_vec()).await,
            ),
            tried("arrange_photos", Here(P::EditItems), services.arrange_photos(ctx, arrange).await),
            tried("photo", Nothing, services.photo(ctx, PhotoName::of(b"none")).await),
        ]
    }

    async fn with_sales(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let unknown = domain::ids::TillSessionId(Uuid::from_u128(1));
        let sale = self.sale(unknown, &[(known.ring, "100.00")], "107.00", "107.00");
        let void = VoidSale {
            command_id: command(),
            store_id,
            sale_id: domain::ids::SaleId(Uuid::from_u128(2)),
            reason: "test".into(),
            approvals: Vec::new(),
        };
        let clear = ClearTicket { command_id: command(), store_id, session_id: unknown, lines: Vec::new() };
        let own_store = Ctx { store: store_id, ..ctx.clone() };
        let sales = SaleFilter { limit: 1, ..SaleFilter::default() };
        vec![
            tried("complete_sale", Here(P::Sell), services.complete_sale(ctx, sale).await),
            tried("void_sale", Here(P::Sell), services.void_sale(ctx, void).await),
            tried("clear_ticket", Here(P::Sell), services.clear_ticket(ctx, clear).await),
            tried("sales", Anywhere(P::ViewSales), services.sales(ctx, sales.clone()).await),
            tried("sales_csv", Anywhere(P::ViewSales), services.sales_csv(ctx, sales).await),
            tried("sale_choices", Anywhere(P::ViewSales), services.sale_choices(ctx).await),
            tried("sale", Here(P::ViewSales), services.sale(ctx, known.sale).await),
            tried("find_return", Here(P::Sell), services.find_return(&own_store, "S1-T1-000001").await),
            tried("refundable", Here(P::Sell), services.refundable(&own_store, &[]).await),
            tried("sale_sheet", Here(P::ViewSales), services.sale_sheet(ctx, known.sale).await),
        ]
    }

    async fn with_tills(&self, ctx: &Ctx, known: &Known) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let unknown = domain::ids::TillSessionId(Uuid::from_u128(1));
        let open = OpenTill {
            command_id: command(),
            store_id,
            till_id: self.set_up.till_id,
            float: cents("-1.00"),
            date_confirmed: Confirmed::No,
        };
        let drop = DropCash { command_id: command(), store_id, session_id: unknown, amount: cents("1.00") };
        let close = CloseTill {
            command_id: command(),
            store_id,
            session_id: unknown,
            count: CashCount { pieces: Vec::new(), cents: 0 },
            reason: String::new(),
        };
        let day = CloseDay { command_id: command(), store_id };
        let deposit = Deposit { command_id: command(), store_id, amount: cents("1.00") };
        let pay = MoveCash {
            command_id: command(),
            store_id,
            session_id: unknown,
            way: CashWay::PaidOut,
            amount: cents("1.00"),
            account: domain::ledger::code::TILL_CASH,
            reason: "test".into(),
        };
        let no_sale = NoSale { command_id: command(), store_id, session_id: unknown, reason: "test".into() };
        let history = SessionFilter { limit: 1, ..SessionFilter::default() };
        let own_store = Ctx { store: store_id, ..ctx.clone() };
        vec![
            tried("open_till", Here(P::RunTill), services.open_till(ctx, open).await),
            tried("drop_cash", Here(P::RunTill), services.drop_cash(ctx, drop).await),
            tried("move_cash", Here(P::RunTill), services.move_cash(ctx, pay).await),
            tried("open_drawer", Here(P::RunTill), services.open_drawer(ctx, no_sale).await),
            tried("cash_accounts", Here(P::RunTill), services.cash_accounts(&own_store).await),
            tried("close_till", Here(P::RunTill), services.close_till(ctx, close).await),
            tried("close_day", Here(P::CloseDay), services.close_day(ctx, day).await),
            tried("deposit_safe", Here(P::MoveSafeMoney), services.deposit_safe(ctx, deposit).await),
            tried("safe", Here(P::MoveSafeMoney), services.safe(&own_store).await),
            tried(
                "till_report",
                Either(P::RunTill, P::ViewLedger),
                services.till_report(ctx, known.session).await,
            ),
            tried(
                "till_history",
                Either(P::RunTill, P::ViewLedger),
                services.till_history(&own_store, history).await,
            ),
        ]
    }
}
