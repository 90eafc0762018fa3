//! Gifts that stay a secret until their day.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use db::Db;
use domain::customer::{ChangeHousehold, HistoryAsked, HouseholdChange, TypedCustomer};
use domain::ids::{CustomerId, SaleId, TillSessionId};
use domain::money::Money;
use domain::sale::{Audience, CompleteSale, SaleFilter, SetSecret};
use services::ServiceError;
use support::{Shop, cents, command};

on_both_databases! {
    a_gift_is_kept_from_everybody_at_home
    a_secret_changes_and_ends
    what_is_no_secret
}

impl Shop {
    async fn named(&self, name: &str) -> CustomerId {
        self.meet(TypedCustomer { last_name: name.into(), ..TypedCustomer::default() }).await
    }

    async fn sold_to(&self, session: TillSessionId, customer_id: Option<CustomerId>) -> SaleId {
        let ring = self.add_ring("100.00", "40.00").await;
        let sale = self.sale(session, &[(ring, "100.00")], "107.00", "107.00");
        let cmd = CompleteSale { customer_id, ..sale };
        self.services.complete_sale(&self.owner, cmd).await.unwrap().sale_id
    }

    async fn secret(&self, sale_id: SaleId, until: &str) -> Result<(), ServiceError> {
        let cmd = SetSecret { command_id: command(), sale_id, until: until.into() };
        self.services.set_secret(&self.owner, cmd.clone()).await?;
        self.services.set_secret(&self.owner, cmd).await
    }

    async fn told(&self, customer: CustomerId, audience: Audience) -> (Vec<SaleId>, Money) {
        let asked = HistoryAsked { customer, audience, offset: 0, limit: 20 };
        let page = self.services.customer_history(&self.owner, asked).await.unwrap();
        assert_eq!(page.count, page.sales.len() as u64);
        (page.sales.iter().map(|sale| sale.id).collect(), page.totals.total)
    }
}

async fn a_gift_is_kept_from_everybody_at_home(shop: Shop) {
    let (sam, pat) = (shop.named("Sam").await, shop.named("Pat").await);
    let join = HouseholdChange::Join { with: pat, name: "Example".into() };
    let cmd = ChangeHousehold { command_id: command(), customer_id: sam, change: join };
    shop.services.change_household(&shop.owner, cmd).await.unwrap();
    let session = shop.open_till("0").await;
    let (open, gift) = (shop.sold_to(session, Some(sam)).await, shop.sold_to(session, Some(sam)).await);
    let one = cents("107.00");
    shop.secret(gift, "2026-03-10").await.unwrap();

    assert_eq!(shop.told(sam, Audience::Buyer).await, (vec![open], one));
    for member in [sam, pat] {
        assert_eq!(shop.told(member, Audience::Household).await, (vec![open], one));
    }
    // Staff see that there is one; the total tells nothing of it.
    assert_eq!(shop.told(sam, Audience::Staff).await, (vec![gift, open], one));
    let secret_until = Some("2026-03-10".parse().unwrap());
    let sales =
        shop.services.sales(&shop.owner, SaleFilter { limit: 5, ..SaleFilter::default() }).await.unwrap();
    let badges: Vec<_> = sales.sales.iter().map(|sale| sale.secret_until).collect();
    assert_eq!(badges, [secret_until, None]);
    let found = shop.services.find_everywhere(&shop.owner, "107.00").await.unwrap();
    assert_eq!(found.sales[0].secret_until, secret_until);
    assert_eq!(shop.services.sale(&shop.owner, gift).await.unwrap().secret_until, secret_until);

    // On its day it is a secret no more.
    shop.clock.advance(chrono::Duration::days(8));
    assert_eq!(shop.told(pat, Audience::Household).await, (vec![gift, open], cents("214.00")));
    assert_eq!(shop.services.sale(&shop.owner, gift).await.unwrap().secret_until, None);
    shop.verifies().await;
}

async fn a_secret_changes_and_ends(shop: Shop) {
    let sam = shop.named("Sam").await;
    let session = shop.open_till("0").await;
    let gift = shop.sold_to(session, Some(sam)).await;
    for (until, told) in [("2026-03-10", 0), ("2026-04-10", 0), ("", 1), ("2026-12-25", 0)] {
        shop.secret(gift, until).await.unwrap();
        assert_eq!(shop.told(sam, Audience::Buyer).await.0.len(), told, "{until}");
    }
    let connection = Db::connect_for_migration(&shop.location).await.unwrap();
    for change in ["UPDATE sale_secret SET until_date = NULL", "DELETE FROM sale_secret"] {
        assert!(migrations::run_sql(&connection, change).await.is_err(), "{change}");
    }
    connection.close().await.unwrap();
    shop.verifies().await;
}

async fn what_is_no_secret(shop: Shop) {
    let sam = shop.named("Sam").await;
    let session = shop.open_till("0").await;
    let (walk_in, gift) = (shop.sold_to(session, None).await, shop.sold_to(session, Some(sam)).await);
    let refused = shop.secret(walk_in, "2026-03-10").await.unwrap_err().to_string();
    assert_eq!(refused, "this sale names no customer: there is nobody to keep it from");
    for wrong in ["2026-03-02", "2026-03-01", "soon"] {
        let refused = shop.secret(gift, wrong).await.unwrap_err();
        assert!(matches!(refused, ServiceError::Fields(_)), "{wrong}");
    }
    assert_eq!(shop.secret(gift, "").await.unwrap_err().to_string(), "this sale is no secret");
    shop.verifies().await;
}
