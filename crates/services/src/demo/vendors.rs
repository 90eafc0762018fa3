//! Plainly made-up vendors, and what the first store orders from them, receives, owes, pays and sends back.

use super::{Maker, command};
use crate::error::ServiceError;
use chrono::Duration;
use domain::ids::{BillId, CommandId, GoodsReceiptId, PurchaseOrderId, StoreId, VendorId};
use domain::vendor::{
    CloseReturn, Closing, EndOrder, Ending, EnterBill, PayBills, ReceiveGoods, ReturnGoods, SaveOrder,
    SaveVendor, TypedBill, TypedCredit, TypedGoods, TypedOrder, TypedPart, TypedPayment, TypedReceipt,
    TypedReturn, TypedReturned, TypedVendor,
};
use fastrand::Rng;

/// Code, name, who answers there, days to pay.
const VENDORS: [(&str, &str, &str, &str); 4] = [
    ("PRETND", "Pretend Diamonds", "Perry Placeholder", "30"),
    ("MOCK", "Mock & Daughters Castings", "Mina Mock", "30"),
    ("FICTN", "Fiction Findings", "Felix Fiction", "10"),
    ("SAMPLE", "Sample Watch House", "Sasha Sample", "60"),
];

/// What the store has with its vendors so far. Ids are drawn apart, so that everything else in the demo stays what
/// it was.
pub(super) struct Buying {
    rng: Rng,
    vendors: Vec<VendorId>,
    bills: Vec<BillId>,
    late: Option<GoodsReceiptId>,
}

impl Buying {
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed.wrapping_add(1)), vendors: Vec::new(), bills: Vec::new(), late: None }
    }
}

fn goods(what: &str, title: &str, pieces: &str, cost: &str, price: &str) -> TypedGoods {
    let of_style = what == "variation";
    TypedGoods {
        what: what.to_owned(),
        of: if of_style { title.to_owned() } else { String::new() },
        kind: if what == "new_lot" { "finding" } else { "watch" }.to_owned(),
        title: if of_style { String::new() } else { title.to_owned() },
        metal: if what == "piece" { "steel" } else { "" }.to_owned(),
        unit: if what == "new_lot" { "piece" } else { "" }.to_owned(),
        pieces: pieces.to_owned(),
        cost: cost.to_owned(),
        price: price.to_owned(),
        vendor_style: "MV-1".to_owned(),
        ..TypedGoods::default()
    }
}

impl Maker<'_> {
    fn buying_command(&mut self) -> CommandId {
        self.services.clock.advance(Duration::seconds(20));
        command(&mut self.buying.rng, self.services.clock.now())
    }

    fn store_and_vendor(&self, at: usize) -> Result<(StoreId, VendorId), ServiceError> {
        let vendor = self.buying.vendors.get(at).copied().ok_or(ServiceError::NotFound("vendor"))?;
        Ok((self.owner.store, vendor))
    }

    /// What is bought on a day, the last of which is `of`.
    pub(super) async fn buy(&mut self, day: i64, of: i64) -> Result<(), ServiceError> {
        match of - day {
            55 => self.meet_vendors().await,
            50 => self.order_and_receive().await,
            20 => self.pay_some().await,
            6 => self.send_back_and_order_again().await,
            _ => Ok(()),
        }
    }

    async fn meet_vendors(&mut self) -> Result<(), ServiceError> {
        for (code, name, contact, net_days) in VENDORS {
            let typed = TypedVendor {
                code: code.to_owned(),
                name: name.to_owned(),
                contact: contact.to_owned(),
                phone: "(555) 010-0199".to_owned(),
                email: format!("orders@{}.example", code.to_lowercase()),
                street: "9 Example Row".to_owned(),
                city: "Sampleton".to_owned(),
                state: "IL".to_owned(),
                account_number: format!("LV-{code}"),
                net_days: net_days.to_owned(),
                ..TypedVendor::default()
            };
            let cmd = SaveVendor { command_id: self.buying_command(), vendor_id: None, version: 0, typed };
            let id = self.services.save_vendor(&self.owner, cmd).await?;
            self.buying.vendors.push(id);
        }
        Ok(())
    }

    async fn order(
        &mut self,
        vendor: usize,
        lines: Vec<TypedGoods>,
    ) -> Result<PurchaseOrderId, ServiceError> {
        let (store_id, vendor_id) = self.store_and_vendor(vendor)?;
        let typed = TypedOrder { note: "Please confirm by mail.".to_owned(), lines, ..TypedOrder::default() };
        let command_id = self.buying_command();
        let cmd = SaveOrder { command_id, store_id, vendor_id, order_id: None, version: 0, typed };
        let order_id = self.services.save_order(&self.owner, cmd).await?;
        let (command_id, ending) = (self.buying_command(), Ending::Place);
        let cmd = EndOrder { command_id, order_id, version: 1, ending, reason: String::new() };
        self.services.end_order(&self.owner, cmd).await?;
        Ok(order_id)
    }

    async fn receive_from(
        &mut self,
        vendor: usize,
        order_id: Option<PurchaseOrderId>,
        freight: &str,
        lines: Vec<TypedGoods>,
    ) -> Result<GoodsReceiptId, ServiceError> {
        let (store_id, vendor_id) = self.store_and_vendor(vendor)?;
        let typed = TypedReceipt { freight: freight.to_owned(), lines, ..TypedReceipt::default() };
        let cmd = ReceiveGoods { command_id: self.buying_command(), store_id, vendor_id, order_id, typed };
        self.services.receive_goods(&self.owner, cmd).await
    }

    async fn bill_for(
        &mut self,
        vendor: usize,
        number: &str,
        receipt: GoodsReceiptId,
    ) -> Result<(), ServiceError> {
        let (store_id, vendor_id) = self.store_and_vendor(vendor)?;
        let sheet = self.services.goods_receipt(&self.owner, receipt).await?;
        let typed = TypedBill {
            number: number.to_owned(),
            date: self.services.today(store_id)?.to_string(),
            total: sheet.receipt.total.to_string(),
            early: true,
            receipts: vec![receipt],
            ..TypedBill::default()
        };
        let cmd = EnterBill { command_id: self.buying_command(), store_id, vendor_id, typed };
        let bill = self.services.enter_bill(&self.owner, cmd).await?;
        self.buying.bills.push(bill);
        Ok(())
    }

    /// Watches on an order, half of which come; bands of a style; ear backs.
    async fn order_and_receive(&mut self) -> Result<(), ServiceError> {
        let watches = |pieces| goods("piece", "Field watch", pieces, "310", "695");
        let order = self.order(3, vec![watches("4")]).await?;
        let line = TypedGoods { order_line: "0".to_owned(), ..watches("2") };
        let came = self.receive_from(3, Some(order), "18.50", vec![line]).await?;
        self.bill_for(3, "SW-1180", came).await?;
        let bands = goods("variation", "2210-14K-YELLOW-8", "2", "", "");
        let came = self.receive_from(1, None, "", vec![bands]).await?;
        self.bill_for(1, "M-204", came).await?;
        let backs = goods("new_lot", "Ear backs, 14k, pair", "60", "3.20", "12");
        let came = self.receive_from(2, None, "6.00", vec![backs]).await?;
        self.bill_for(2, "7731", came).await
    }

    /// The castings are paid; the findings are late.
    async fn pay_some(&mut self) -> Result<(), ServiceError> {
        let (store_id, vendor_id) = self.store_and_vendor(1)?;
        let bill = self.buying.bills.get(1).copied().ok_or(ServiceError::NotFound("bill"))?;
        let amount = self.services.bill(&self.owner, bill).await?.open.to_string();
        let typed = TypedPayment {
            account: "1020".to_owned(),
            reference: "Check 2207".to_owned(),
            bills: vec![TypedPart { bill, amount }],
            ..TypedPayment::default()
        };
        let cmd = PayBills { command_id: self.buying_command(), store_id, vendor_id, typed };
        self.services.pay_bills(&self.owner, cmd).await?;
        let more = goods("piece", "Diver's watch", "3", "420", "980");
        self.buying.late = Some(self.receive_from(3, None, "", vec![more]).await?);
        Ok(())
    }

    /// Of the watches that were not billed yet one goes back and is credited, another is on its way; and diamonds
    /// are ordered.
    async fn send_back_and_order_again(&mut self) -> Result<(), ServiceError> {
        let (store_id, vendor_id) = self.store_and_vendor(3)?;
        let late = self.buying.late.ok_or(ServiceError::NotFound("delivery"))?;
        let pieces = self.services.goods_receipt(&self.owner, late).await?.pieces;
        for (number, piece) in pieces.into_iter().take(2).enumerate() {
            let lines = vec![TypedReturned { tag: piece.tag, ..TypedReturned::default() }];
            let typed = TypedReturn { reason: "Crown does not screw down".to_owned(), lines };
            let cmd = ReturnGoods { command_id: self.buying_command(), store_id, vendor_id, typed };
            let return_id = self.services.return_goods(&self.owner, cmd).await?;
            if number == 0 {
                let credit = TypedCredit { number: "CM-77".to_owned(), amount: "420".to_owned() };
                let (command_id, closing) = (self.buying_command(), Closing::Credit(credit));
                self.services
                    .close_return(&self.owner, CloseReturn { command_id, return_id, closing })
                    .await?;
            }
        }
        let rings = goods("variation", "1042-14K-YELLOW-0.50CTGVS2-6", "2", "", "");
        self.order(0, vec![rings]).await.map(drop)
    }
}
