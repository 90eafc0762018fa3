//! What is done with vendors.

use super::{Needs, Try, tried};
use crate::support::{Shop, command};
use Needs::{Anywhere, Here};
use domain::ids::{BillId, GoodsReceiptId, PurchaseOrderId, StoreId, VendorId, VendorReturnId};
use domain::person::Permission as P;
use domain::vendor::{
    BillFilter, CloseReturn, Closing, EndOrder, Ending, EnterBill, OrderFilter, PayBills, ReceiveGoods,
    ReturnGoods, SaveOrder, SaveVendor, TypedBill, TypedGoods, TypedOrder, TypedPayment, TypedReceipt,
    TypedReturn, TypedReturned, TypedVendor, VendorFilter,
};
use services::Ctx;

/// What there is of a vendor's.
struct Papers {
    vendor: VendorId,
    receipt: GoodsReceiptId,
    bill: BillId,
    order: PurchaseOrderId,
    sent: VendorReturnId,
}

fn ring() -> TypedGoods {
    let text = |text: &str| text.to_owned();
    TypedGoods {
        what: text("piece"),
        kind: text("ring"),
        pieces: text("1"),
        cost: text("10"),
        price: text("20"),
        ..TypedGoods::default()
    }
}

/// A hexadecimal number in letters: one that happens to be all digits could pass for a card's.
fn letters(hexadecimal: &str) -> String {
    hexadecimal.chars().filter_map(|digit| ('a'..='p').nth(digit.to_digit(16)? as usize)).collect()
}

impl Shop {
    async fn papers(&self) -> Papers {
        let (services, owner, store_id) = (&self.services, &self.owner, self.set_up.store_id);
        let name = letters(&command().0.simple().to_string());
        let code = name.chars().rev().take(12).collect();
        let typed = TypedVendor { code, name, ..TypedVendor::default() };
        let cmd = SaveVendor { command_id: command(), vendor_id: None, version: 0, typed };
        let vendor_id = services.save_vendor(owner, cmd).await.unwrap();
        let receipt =
            services.receive_goods(owner, delivery(store_id, vendor_id, vec![ring()])).await.unwrap();
        let typed = TypedBill {
            number: "1".into(),
            date: "2026-03-02".into(),
            total: "10".into(),
            receipts: vec![receipt],
            ..TypedBill::default()
        };
        let cmd = EnterBill { command_id: command(), store_id, vendor_id, typed };
        let bill = services.enter_bill(owner, cmd).await.unwrap();
        let order = services.save_order(owner, order(store_id, vendor_id, vec![ring()])).await.unwrap();
        let tag = services.goods_receipt(owner, receipt).await.unwrap().pieces.remove(0).tag;
        let typed = TypedReturn {
            reason: "test".into(),
            lines: vec![TypedReturned { tag, ..TypedReturned::default() }],
        };
        let cmd = ReturnGoods { command_id: command(), store_id, vendor_id, typed };
        let sent = services.return_goods(owner, cmd).await.unwrap();
        Papers { vendor: vendor_id, receipt, bill, order, sent }
    }

    pub async fn with_vendors(&self, ctx: &Ctx) -> Vec<Try> {
        let (services, store_id) = (&self.services, self.set_up.store_id);
        let Papers { vendor: vendor_id, receipt, bill, order: order_id, sent } = self.papers().await;
        let card =
            SaveVendor { command_id: command(), vendor_id: None, version: 0, typed: TypedVendor::default() };
        let enter = EnterBill { command_id: command(), store_id, vendor_id, typed: TypedBill::default() };
        let pay = PayBills { command_id: command(), store_id, vendor_id, typed: TypedPayment::default() };
        let place = EndOrder {
            command_id: command(),
            order_id,
            version: 0,
            ending: Ending::Place,
            reason: String::new(),
        };
        let back = ReturnGoods { command_id: command(), store_id, vendor_id, typed: TypedReturn::default() };
        let close =
            CloseReturn { command_id: command(), return_id: sent, closing: Closing::Refused(String::new()) };
        let (deliver, draft) =
            (delivery(store_id, vendor_id, Vec::new()), order(store_id, vendor_id, Vec::new()));
        let (seen, buys, pays) = (P::ViewVendors, P::Purchase, P::PayVendors);
        vec![
            tried("save_vendor", Anywhere(buys), services.save_vendor(ctx, card).await),
            tried("vendors", Anywhere(seen), services.vendors(ctx, VendorFilter::default()).await),
            tried("vendor", Anywhere(seen), services.vendor(ctx, vendor_id).await),
            tried("receive_goods", Here(buys), services.receive_goods(ctx, deliver).await),
            tried("goods_receipt", Here(seen), services.goods_receipt(ctx, receipt).await),
            tried("delivery_choices", Anywhere(seen), services.delivery_choices(ctx, vendor_id, None).await),
            tried("enter_bill", Here(pays), services.enter_bill(ctx, enter).await),
            tried("bill", Here(seen), services.bill(ctx, bill).await),
            tried("open_bills", Anywhere(seen), services.open_bills(ctx, BillFilter::default()).await),
            tried(
                "open_bills_csv",
                Anywhere(seen),
                services.open_bills_csv(ctx, BillFilter::default()).await,
            ),
            tried("payment_choices", Anywhere(pays), services.payment_choices(ctx, vendor_id).await),
            tried("pay_bills", Here(pays), services.pay_bills(ctx, pay).await),
            tried("save_order", Here(buys), services.save_order(ctx, draft).await),
            tried("end_order", Here(buys), services.end_order(ctx, place).await),
            tried("order", Here(seen), services.order(ctx, order_id).await),
            tried("orders", Anywhere(seen), services.orders(ctx, OrderFilter::default()).await),
            tried("return_goods", Here(buys), services.return_goods(ctx, back).await),
            tried("close_return", Here(buys), services.close_return(ctx, close).await),
            tried("vendor_return", Here(seen), services.vendor_return(ctx, sent).await),
        ]
    }
}

fn delivery(store_id: StoreId, vendor_id: VendorId, lines: Vec<TypedGoods>) -> ReceiveGoods {
    let typed = TypedReceipt { lines, ..TypedReceipt::default() };
    ReceiveGoods { command_id: command(), store_id, vendor_id, order_id: None, typed }
}

fn order(store_id: StoreId, vendor_id: VendorId, lines: Vec<TypedGoods>) -> SaveOrder {
    let typed = TypedOrder { lines, ..TypedOrder::default() };
    SaveOrder { command_id: command(), store_id, vendor_id, order_id: None, version: 0, typed }
}
