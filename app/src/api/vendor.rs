//! Vendors: their cards, orders, deliveries, bills, payments, returns.

use crate::error::AppError;
use domain::ids::{BillId, EventId, GoodsReceiptId, PurchaseOrderId, VendorId, VendorReturnId};
use domain::vendor::{
    BillFilter, BillPage, BillSheet, CloseReturn, DeliveryChoices, EndOrder, EnterBill, OrderFilter,
    OrderPage, OrderSheet, PayBills, PaymentChoices, ReceiptSheet, ReceiveGoods, ReturnGoods, ReturnSheet,
    SaveOrder, SaveVendor, VendorFilter, VendorPage, VendorSheet,
};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};

#[cfg(feature = "ssr")]
use super::ctx;

#[server(name = ListVendors, prefix = "/api", endpoint = "v1/vendor/list", input = Json, output = Json)]
pub async fn list_vendors(filter: VendorFilter) -> Result<VendorPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let filter = VendorFilter { limit: super::PAGE, ..filter };
    ctx::answer(services.vendors(&ctx, filter).await)
}

#[server(name = LoadVendor, prefix = "/api", endpoint = "v1/vendor/get", input = GetUrl, output = Json)]
pub async fn load_vendor(id: VendorId) -> Result<VendorSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.vendor(&ctx, id).await)
}

#[server(name = SaveVendorFn, prefix = "/api", endpoint = "v1/vendor/save", input = Json, output = Json)]
pub async fn save_vendor(cmd: SaveVendor) -> Result<VendorId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_vendor(&ctx, cmd).await)
}

#[server(name = LoadDelivery, prefix = "/api", endpoint = "v1/vendor/delivery", input = GetUrl, output = Json)]
pub async fn delivery_choices(
    id: VendorId,
    order: Option<PurchaseOrderId>,
) -> Result<DeliveryChoices, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.delivery_choices(&ctx, id, order).await)
}

#[server(name = ReceiveGoodsFn, prefix = "/api", endpoint = "v1/vendor/receive", input = Json, output = Json)]
pub async fn receive_goods(cmd: ReceiveGoods) -> Result<GoodsReceiptId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.receive_goods(&ctx, cmd).await)
}

#[server(name = LoadGoodsReceipt, prefix = "/api", endpoint = "v1/vendor/receipt", input = GetUrl, output = Json)]
pub async fn load_receipt(id: GoodsReceiptId) -> Result<ReceiptSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.goods_receipt(&ctx, id).await)
}

#[server(name = EnterBillFn, prefix = "/api", endpoint = "v1/vendor/enter_bill", input = Json, output = Json)]
pub async fn enter_bill(cmd: EnterBill) -> Result<BillId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.enter_bill(&ctx, cmd).await)
}

#[server(name = LoadBill, prefix = "/api", endpoint = "v1/vendor/bill", input = GetUrl, output = Json)]
pub async fn load_bill(id: BillId) -> Result<BillSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.bill(&ctx, id).await)
}

#[server(name = ListOpenBills, prefix = "/api", endpoint = "v1/vendor/open_bills", input = Json, output = Json)]
pub async fn open_bills(filter: BillFilter) -> Result<BillPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let filter = BillFilter { limit: super::PAGE, ..filter };
    ctx::answer(services.open_bills(&ctx, filter).await)
}

#[server(name = LoadPayment, prefix = "/api", endpoint = "v1/vendor/payment", input = GetUrl, output = Json)]
pub async fn payment_choices(id: VendorId) -> Result<PaymentChoices, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.payment_choices(&ctx, id).await)
}

#[server(name = PayBillsFn, prefix = "/api", endpoint = "v1/vendor/pay", input = Json, output = Json)]
pub async fn pay_bills(cmd: PayBills) -> Result<EventId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.pay_bills(&ctx, cmd).await)
}

#[server(name = ListOrders, prefix = "/api", endpoint = "v1/vendor/orders", input = Json, output = Json)]
pub async fn list_orders(filter: OrderFilter) -> Result<OrderPage, AppError> {
    let (services, ctx) = ctx::extract().await?;
    let filter = OrderFilter { limit: super::PAGE, ..filter };
    ctx::answer(services.orders(&ctx, filter).await)
}

#[server(name = LoadOrder, prefix = "/api", endpoint = "v1/vendor/order", input = GetUrl, output = Json)]
pub async fn load_order(id: PurchaseOrderId) -> Result<OrderSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.order(&ctx, id).await)
}

#[server(name = SaveOrderFn, prefix = "/api", endpoint = "v1/vendor/save_order", input = Json, output = Json)]
pub async fn save_order(cmd: SaveOrder) -> Result<PurchaseOrderId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.save_order(&ctx, cmd).await)
}

#[server(name = EndOrderFn, prefix = "/api", endpoint = "v1/vendor/end_order", input = Json, output = Json)]
pub async fn end_order(cmd: EndOrder) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.end_order(&ctx, cmd).await)
}

#[server(name = ReturnGoodsFn, prefix = "/api", endpoint = "v1/vendor/send_back", input = Json, output = Json)]
pub async fn return_goods(cmd: ReturnGoods) -> Result<VendorReturnId, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.return_goods(&ctx, cmd).await)
}

#[server(name = LoadVendorReturn, prefix = "/api", endpoint = "v1/vendor/return", input = GetUrl, output = Json)]
pub async fn load_return(id: VendorReturnId) -> Result<ReturnSheet, AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.vendor_return(&ctx, id).await)
}

#[server(name = CloseReturnFn, prefix = "/api", endpoint = "v1/vendor/close_return", input = Json, output = Json)]
pub async fn close_return(cmd: CloseReturn) -> Result<(), AppError> {
    let (services, ctx) = ctx::extract().await?;
    ctx::answer(services.close_return(&ctx, cmd).await)
}

/// Which open bills an address asks for, for the page and for the file alike.
pub fn bills_in(query: impl Fn(&str) -> Option<String>) -> BillFilter {
    BillFilter {
        vendor: query("vendor").and_then(|id| id.parse().ok()),
        due_by: query("due").and_then(|date| date.parse().ok()),
        ..BillFilter::default()
    }
}
