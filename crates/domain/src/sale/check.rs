//! What must hold of a ticket before it is sold: its pieces are for sale here at the prices that were told, its discounts
//! are within the limit or approved, its sellers work here.

use super::complete::{CompleteSale, ItemInSale, Refusal, Snapshot, TicketLine, override_subject};
use super::{Cart, CartLine, PriceError, PricedTicket, SellerShare, SellersRefusal, check_shares};
use crate::approval::{ApprovalKind, NotApproved};
use crate::ids::{PersonId, TillId};
use crate::item::Portion;
use crate::moment::Moment;
use crate::person::{Actor, Role};
use crate::rate::Rate;
use crate::text::{self, TextError};

/// The pieces in the order of the ticket, each one for sale here at the price on the ticket.
pub(super) fn items_for_sale<'s>(
    snapshot: &'s Snapshot,
    cmd: &CompleteSale,
    till: TillId,
    moment: &Moment,
) -> Result<Vec<&'s ItemInSale>, Refusal> {
    if cmd.lines.is_empty() && cmd.returns.is_empty() {
        return Err(Refusal::Empty);
    }
    if cmd.lines.len().max(cmd.returns.len()) > super::MOST_LINES {
        return Err(PriceError::TooManyLines.into());
    }
    let mut items: Vec<&ItemInSale> = Vec::with_capacity(cmd.lines.len());
    for line in &cmd.lines {
        let item = snapshot.items.iter().find(|item| item.id == line.item_id).ok_or(Refusal::UnknownItem)?;
        let tag = item.tag.clone();
        if items.iter().any(|earlier| earlier.id == item.id) {
            return Err(Refusal::Twice(tag));
        }
        if item.store_id != cmd.store_id {
            return Err(Refusal::OtherStore { tag });
        }
        if let Some(who) = item.on_another_ticket(till, moment.recorded_at) {
            return Err(Refusal::OnTicket { tag, who: who.to_owned() });
        }
        if !item.is_for_sale_at(till, moment.recorded_at) {
            return Err(Refusal::NotForSale { tag, status: item.status, held_by: item.held_by.clone() });
        }
        if item.price != line.price {
            return Err(Refusal::PriceChanged { tag, was: line.price, now: item.price });
        }
        items.push(item);
    }
    Ok(items)
}

/// How much of each lot is sold, in the order of the ticket.
pub(super) fn portions(cmd: &CompleteSale, items: &[&ItemInSale]) -> Result<Vec<Option<Portion>>, Refusal> {
    let one = |(line, item): (&TicketLine, &&ItemInSale)| match (item.lot, line.quantity) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(Refusal::NotInParts(item.tag.clone())),
        (Some(lot), quantity) => {
            let portion =
                Portion { unit: lot.unit, quantity: quantity.unwrap_or_default(), unit_price: line.price };
            portion
                .quantity
                .check(lot.unit)
                .map_err(|why| Refusal::Lot { tag: item.tag.clone(), why })
                .map(|()| Some(portion))
        }
    };
    cmd.lines.iter().zip(items).map(one).collect()
}

pub(super) fn cart(
    cmd: &CompleteSale,
    items: &[&ItemInSale],
    portions: &[Option<Portion>],
) -> Result<Cart, Refusal> {
    let line = |((line, item), portion): ((&TicketLine, &&ItemInSale), &Option<Portion>)| {
        Ok(CartLine::new(line.item_id, line.price, *portion, item.taxability, line.discount.clone())?)
    };
    let lines = cmd.lines.iter().zip(items).zip(portions).map(line).collect::<Result<Vec<_>, Refusal>>()?;
    Ok(Cart { lines, discount: cmd.discount.clone() })
}

/// Checks reasons and limits; the approver, where one was needed.
pub(super) fn check_discounts(
    snapshot: &Snapshot,
    cmd: &CompleteSale,
    ticket: &PricedTicket,
    actor: &Actor,
    moment: &Moment,
) -> Result<Option<PersonId>, Refusal> {
    let discounts = cmd.lines.iter().filter_map(|line| line.discount.as_ref()).chain(&cmd.discount);
    for discount in discounts {
        text::required_line(&discount.reason).map_err(|error| match error {
            TextError::Missing => Refusal::DiscountReason,
            other => Refusal::Note(other),
        })?;
    }
    let role = actor.roles.get(&cmd.store_id).copied().unwrap_or(Role::BenchJeweler);
    let limit = snapshot.policy.discount_limits.of(role);
    let rate = ticket.lines.iter().map(super::PricedLine::discount_rate).max().unwrap_or(Rate::ZERO);
    if rate <= limit {
        return Ok(None);
    }
    let subject = override_subject(&cmd.lines, cmd.discount.as_ref());
    let mut why = NotApproved::Missing;
    for approval in snapshot.approvals.iter().filter(|approval| cmd.approvals.contains(&approval.id)) {
        match approval.covers(ApprovalKind::Discount, cmd.store_id, &subject, moment.recorded_at) {
            Ok(approver) if limit_of(snapshot, approver) >= rate => return Ok(Some(approver)),
            Ok(_) => why = NotApproved::AboveApproversLimit,
            Err(reason) => why = reason,
        }
    }
    Err(Refusal::DiscountNeedsApproval { rate, limit, why })
}

/// How much this person may take off; nothing for somebody who does not work here.
fn limit_of(snapshot: &Snapshot, person: PersonId) -> Rate {
    let role = snapshot.staff.iter().find(|(id, _)| *id == person).map(|(_, role)| *role);
    role.map_or(Rate::ZERO, |role| snapshot.policy.discount_limits.of(role))
}

/// Who sold it: those on the ticket, else whoever rings it up.
pub(super) fn sellers(
    snapshot: &Snapshot,
    cmd: &CompleteSale,
    cashier: PersonId,
) -> Result<Vec<SellerShare>, Refusal> {
    if cmd.sellers.is_empty() {
        return Ok(vec![SellerShare { person_id: cashier, weight: Rate::ONE }]);
    }
    check_shares(&cmd.sellers)?;
    let known = |share: &SellerShare| snapshot.staff.iter().any(|(id, _)| *id == share.person_id);
    if cmd.sellers.iter().all(known) { Ok(cmd.sellers.clone()) } else { Err(SellersRefusal::Stranger.into()) }
}
