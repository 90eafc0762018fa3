//! One sale as it is shown.

use super::{back, secret};
use crate::convert::{account, code, instant, json, money, optional_json, to_portion};
use crate::entity::{event, sale, sale_line, sale_tender, sale_void, till_session};
use crate::error::DbError;
use crate::repo::audit;
use crate::repo::customer::name_of;
use crate::repo::receivable;
use crate::tx::Read;
use domain::event::{EventKind, SubjectKind};
use domain::ids::{
    CustomerId, EventId, ItemId, PersonId, SaleId, SaleLineId, StoreId, TillId, TillSessionId,
};
use domain::sale::{SaleDetail, SaleFacts, SaleLineFacts, SaleVoid, TenderFacts, TenderKind};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: SaleId) -> Result<Option<SaleDetail>, DbError> {
    let conn = db.conn();
    let Some(row) = sale::Entity::find_by_id(id.0).one(conn).await? else { return Ok(None) };
    let lines = sale_line::Entity::find()
        .filter(sale_line::Column::SaleId.eq(id.0))
        .order_by_asc(sale_line::Column::Position)
        .all(conn)
        .await?;
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let mut sellers = back::sellers(db, ids.clone()).await?;
    let came_back = back::came_back(db, ids).await?;
    let tenders = sale_tender::Entity::find()
        .filter(sale_tender::Column::SaleId.eq(id.0))
        .order_by_asc(sale_tender::Column::Position)
        .all(conn)
        .await?;
    let void = sale_void::Entity::find_by_id(id.0).one(conn).await?;
    let customer_name = match row.customer_id {
        Some(customer) => name_of(db, CustomerId(customer)).await?,
        None => None,
    };
    let session = till_session::Entity::find_by_id(row.session_id).one(conn).await?;
    let names = audit::names(db).await?;
    let named = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
    let events = event::Entity::find()
        .filter(event::Column::SubjectId.eq(id.0))
        .filter(event::Column::SubjectKind.eq(SubjectKind::Sale.code()))
        .all(conn)
        .await?;
    let event_of = |id: Uuid| events.iter().find(|event| event.id == id);
    let taken_off = events.iter().find(|event| event.kind == EventKind::LineVoided.code());
    let check_returned = events.iter().find(|event| event.kind == EventKind::CheckReturned.code());
    let lines = lines
        .into_iter()
        .map(|line| {
            Ok(SaleLineFacts {
                sellers: sellers.remove(&line.id).unwrap_or_default(),
                id: SaleLineId(line.id),
                item_id: ItemId(line.item_id),
                tag: line.tag,
                description: line.description,
                price: money(line.price_minor),
                line_discount: money(line.line_discount_minor),
                ticket_discount: money(line.ticket_discount_minor),
                discount: optional_json(line.discount.as_deref())?,
                net: money(line.net_minor),
                tax: json(&line.tax)?,
                tax_total: money(line.tax_minor),
                cost: money(line.cost_minor),
                portion: to_portion(line.unit.as_deref(), line.pieces, line.milli, line.unit_price_minor)?,
                inventory: account(line.account_code)?,
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    let secret_until = secret::until(db, &[id.0]).await?.remove(&id.0);
    Ok(Some(SaleDetail {
        number: row.number,
        event: EventId(row.event_id),
        business_date: row.business_date,
        completed_at: instant(row.completed_at),
        customer_name,
        secret_until,
        cashier_name: names.get(&row.cashier_id).cloned().unwrap_or_default(),
        names: names.iter().map(|(id, name)| (PersonId(*id), name.clone())).collect(),
        approved_by: named(event_of(row.event_id).and_then(|event| event.approver_id)),
        check_returned: check_returned.map(|event| EventId(event.id)),
        taken_off: taken_off.map(|event| event.summary.clone()),
        void: void.map(|v| SaleVoid {
            event: EventId(v.event_id),
            reason: v.reason,
            at: instant(v.voided_at),
            by: named(event_of(v.event_id).and_then(|event| event.actor_id)).unwrap_or_default(),
            approved_by: named(event_of(v.event_id).and_then(|event| event.approver_id)),
        }),
        charged: receivable::charged_for(db, id).await?,
        came_back,
        session_open: session.is_some_and(|session| session.closed_at.is_none()),
        facts: SaleFacts {
            id,
            store_id: StoreId(row.store_id),
            till_id: TillId(row.till_id),
            session_id: TillSessionId(row.session_id),
            customer_id: row.customer_id.map(CustomerId),
            cashier: PersonId(row.cashier_id),
            subtotal: money(row.subtotal_minor),
            discount: money(row.discount_minor),
            net: money(row.net_minor),
            tax: money(row.tax_minor),
            total: money(row.total_minor),
            rounding: money(row.rounding_minor),
            change: money(row.change_minor),
            returned: back::on_receipt(db, id).await?,
            returned_worth: money(row.returned_minor),
            ticket_discount: optional_json(row.ticket_discount.as_deref())?,
            exemption: optional_json(row.exemption.as_deref())?,
            note: row.note,
            lines,
            tenders: tenders.into_iter().map(to_tender).collect::<Result<Vec<_>, DbError>>()?,
        },
    }))
}

fn to_tender(row: sale_tender::Model) -> Result<TenderFacts, DbError> {
    Ok(TenderFacts {
        kind: TenderKind {
            nature: code(&row.nature)?,
            account: account(row.account_code)?,
            code: row.kind,
            label: row.label,
            active: true,
        },
        amount: money(row.amount_minor),
        handed_over: money(row.handed_over_minor),
        change: money(row.change_minor),
        reference: row.reference,
    })
}
