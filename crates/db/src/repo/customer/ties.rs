//! Partners and households of cards that are merged or taken apart.

use crate::entity::{customer, household};
use crate::error::DbError;
use crate::tx::WriteTx;
use domain::customer::{Standing, ToMerge};
use domain::ids::CustomerId;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// The partner that came along with a merged card is now the partner of the card that stands.
pub(super) async fn merged(
    tx: &WriteTx,
    winner: CustomerId,
    loser: CustomerId,
    after: &Standing,
) -> Result<(), DbError> {
    match after.partner {
        Some(partner) => repoint(tx, partner, loser, winner).await,
        None => Ok(()),
    }
}

/// Everybody is again the partner of the card whose partner they were; who found somebody else meanwhile stays with
/// them. A household that the winner leaves is led by the loser.
pub(super) async fn parted(
    tx: &WriteTx,
    winner: CustomerId,
    loser: &ToMerge,
    becomes: &Standing,
) -> Result<(), DbError> {
    use customer::Column as C;
    if let Some(partner) = loser.standing.partner {
        if becomes.partner != Some(partner) {
            repoint(tx, partner, winner, loser.id).await?;
        }
        let back = customer::Entity::find_by_id(partner.0).one(&tx.tx).await?;
        if back.and_then(|row| row.partner_id) != Some(loser.id.0) {
            customer::Entity::update_many()
                .col_expr(C::PartnerId, Expr::value(Option::<Uuid>::None))
                .filter(C::Id.eq(loser.id.0))
                .exec(&tx.tx)
                .await?;
        }
    }
    let mut left = customer::Entity::update_many()
        .col_expr(C::PartnerId, Expr::value(Option::<Uuid>::None))
        .filter(C::PartnerId.eq(winner.0))
        .filter(C::MergedInto.is_null());
    if let Some(partner) = becomes.partner {
        left = left.filter(C::Id.ne(partner.0));
    }
    left.exec(&tx.tx).await?;
    if loser.standing.household != becomes.household {
        household::Entity::update_many()
            .col_expr(household::Column::PrimaryId, Expr::value(loser.id.0))
            .filter(household::Column::PrimaryId.eq(winner.0))
            .filter(household::Column::Id.eq(loser.standing.household.map(|id| id.0)))
            .exec(&tx.tx)
            .await?;
    }
    Ok(())
}

async fn repoint(tx: &WriteTx, who: CustomerId, from: CustomerId, to: CustomerId) -> Result<(), DbError> {
    use customer::Column as C;
    customer::Entity::update_many()
        .col_expr(C::PartnerId, Expr::value(to.0))
        .filter(C::Id.eq(who.0))
        .filter(C::PartnerId.eq(from.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
