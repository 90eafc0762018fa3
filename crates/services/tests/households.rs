//! Who belongs together.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::customer::{ChangeHousehold, Household, HouseholdChange, TypedCustomer};
use domain::ids::CustomerId;
use services::ServiceError;
use support::{Shop, command};

on_both_databases! {
    a_household_is_on_the_page_of_each_member
    who_leaves_is_nobodys_partner
    two_links_at_once_leave_one_household
}

impl Shop {
    async fn named(&self, name: &str) -> CustomerId {
        self.meet(TypedCustomer { last_name: name.into(), ..TypedCustomer::default() }).await
    }

    async fn tie(&self, customer_id: CustomerId, change: HouseholdChange) -> Result<(), ServiceError> {
        let cmd = ChangeHousehold { command_id: command(), customer_id, change };
        self.services.change_household(&self.owner, cmd.clone()).await?;
        // A repeat changes nothing.
        self.services.change_household(&self.owner, cmd).await
    }

    async fn household(&self, id: CustomerId) -> Option<Household> {
        self.services.customer(&self.owner, id).await.unwrap().household
    }
}

fn join(with: CustomerId) -> HouseholdChange {
    HouseholdChange::Join { with, name: "Example".into() }
}

fn names(household: &Household) -> Vec<&str> {
    household.members.iter().map(|member| member.name.as_str()).collect()
}

async fn a_household_is_on_the_page_of_each_member(shop: Shop) {
    let (ann, bea, cid) = (shop.named("Ann").await, shop.named("Bea").await, shop.named("Cid").await);
    assert_eq!(shop.household(ann).await, None);
    shop.tie(ann, join(bea)).await.unwrap();
    shop.tie(cid, join(bea)).await.unwrap();
    for member in [ann, bea, cid] {
        let household = shop.household(member).await.unwrap();
        assert_eq!((names(&household), household.primary), (vec!["Ann", "Bea", "Cid"], ann));
    }
    shop.tie(bea, HouseholdChange::Lead).await.unwrap();
    shop.tie(bea, HouseholdChange::Rename { name: "The Examples".into() }).await.unwrap();
    let household = shop.household(ann).await.unwrap();
    assert_eq!((household.name.as_str(), household.primary), ("The Examples", bea));
    let refused = shop.tie(ann, join(cid)).await.unwrap_err().to_string();
    assert_eq!(refused, "Ann and Cid are in one household already");
    shop.verifies().await;
}

async fn who_leaves_is_nobodys_partner(shop: Shop) {
    let (ann, bea, cid) = (shop.named("Ann").await, shop.named("Bea").await, shop.named("Cid").await);
    shop.tie(ann, join(bea)).await.unwrap();
    shop.tie(ann, join(cid)).await.unwrap();
    shop.tie(ann, HouseholdChange::Partner { with: bea }).await.unwrap();
    let partners = |h: &Household| h.members.iter().map(|m| m.partner).collect::<Vec<_>>();
    assert_eq!(partners(&shop.household(cid).await.unwrap()), [Some(bea), Some(ann), None]);
    shop.verifies().await;
    shop.tie(ann, HouseholdChange::Leave).await.unwrap();
    let left = shop.household(cid).await.unwrap();
    assert_eq!((names(&left), left.primary, partners(&left)), (vec!["Bea", "Cid"], bea, vec![None, None]));
    shop.tie(cid, HouseholdChange::Leave).await.unwrap();
    assert_eq!(shop.household(bea).await, None, "nobody is a household alone");
    shop.verifies().await;
}

async fn two_links_at_once_leave_one_household(shop: Shop) {
    let (ann, bea) = (shop.named("Ann").await, shop.named("Bea").await);
    let at_once = |one: CustomerId, other: CustomerId| {
        let cmd = ChangeHousehold { command_id: command(), customer_id: one, change: join(other) };
        let (services, owner) = (shop.services.clone(), shop.owner.clone());
        tokio::spawn(async move { services.change_household(&owner, cmd).await })
    };
    let (first, second) = (at_once(ann, bea), at_once(bea, ann));
    let done = [first.await.unwrap(), second.await.unwrap()];
    assert_eq!(done.iter().filter(|result| result.is_ok()).count(), 1, "{done:?}");
    assert_eq!(names(&shop.household(ann).await.unwrap()), ["Ann", "Bea"]);
    shop.verifies().await;
}
