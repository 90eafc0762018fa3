//! What a sale, or its void, depends on.

use super::back;
use crate::convert::{account, code, money, optional_code, to_lot};
use crate::entity::{
    customer, event, item, organization, person_role, sale, sale_line, sale_void, store, ticket_lease, till,
    till_session,
};
use crate::error::DbError;
use crate::repo::customer::who_stands_for;
use crate::repo::record::Remembered;
use crate::repo::{approval, ledger, parking, receivable};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::approval::Approval;
use domain::customer::Exemption;
use domain::ids::{
    ApprovalId, CommandId, CustomerId, EventId, ItemId, LegalEntityId, PersonId, SaleId, StoreId, TillId,
    TillSessionId,
};
use domain::item::{Holder, ItemStatus, LotNow, Quantity};
use domain::money::Money;
use domain::parking::Lease;
use domain::person::Role;
use domain::sale::{CustomerInSale, ItemInSale, SaleStatus, SaleToVoid, TillInSale};
use sea_orm::sea_query::{Expr, JoinType, LockType};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a command at a till names.
#[derive(Debug, Clone, Copy)]
pub struct AtTill {
    pub command: CommandId,
    pub session: TillSessionId,
    pub customer: Option<CustomerId>,
}

/// What a command at a till begins with, in one look: the earlier run of it if there was one, the till session,
/// the version of the settings, the customer.
#[derive(Debug, Clone)]
pub struct TillNow {
    pub earlier: Option<Remembered>,
    pub till: TillInSale,
    pub business_date: NaiveDate,
    pub config_version: i64,
    /// `None` when the command names nobody, or somebody who is not in the book.
    pub customer: Option<CustomerInSale>,
}

#[derive(Debug, FromQueryResult)]
struct TillRow {
    till_id: Uuid,
    store_id: Uuid,
    business_date: NaiveDate,
    closed_at: Option<DateTime<Utc>>,
    legal_entity_id: Uuid,
    config_version: i64,
    customer_id: Option<Uuid>,
    exemption_certificate: Option<String>,
    exemption_expires_on: Option<NaiveDate>,
    exemption_reason: Option<String>,
    actor_id: Option<Uuid>,
    body_hash: Option<Vec<u8>>,
    result: Option<String>,
}

/// # Errors
/// [`DbError`]
pub async fn load_till(tx: &WriteTx, asked: AtTill) -> Result<Option<TillNow>, DbError> {
    use customer::Column as C;
    use till_session::Column as T;
    let version = organization::Entity::find().select_only().column(organization::Column::ConfigVersion);
    let store = till_session::Entity::belongs_to(store::Entity).from(T::StoreId).to(store::Column::Id);
    let mut query = till_session::Entity::find_by_id(asked.session.0)
        .join(JoinType::InnerJoin, store.into())
        .select_only()
        .columns([T::TillId, T::StoreId, T::BusinessDate, T::ClosedAt])
        .column(store::Column::LegalEntityId)
        .column_as(C::Id, "customer_id")
        .columns([C::ExemptionCertificate, C::ExemptionExpiresOn, C::ExemptionReason])
        .columns([event::Column::ActorId, event::Column::BodyHash, event::Column::Result])
        .expr_as(Expr::SubQuery(None, Box::new(version.into_query().into())), "config_version");
    let named = Expr::col((customer::Entity, C::Id))
        .eq(asked.customer.map_or_else(|| Expr::value(Option::<Uuid>::None), who_stands_for));
    let same = Expr::col((event::Entity, event::Column::Id)).eq(asked.command.0);
    let plain = QueryTrait::query(&mut query);
    plain.join(JoinType::LeftJoin, customer::Entity, named).join(JoinType::LeftJoin, event::Entity, same);
    if tx.locks_rows() {
        // The till must not be closed under the sale; other sales on it may go on.
        plain.lock_with_tables(LockType::Share, [till_session::Entity]);
    }
    let Some(row) = query.into_model::<TillRow>().one(&tx.tx).await? else { return Ok(None) };
    let reason = optional_code(row.exemption_reason.as_deref())?;
    Ok(Some(TillNow {
        earlier: row.body_hash.zip(row.result).map(|(body_hash, result)| Remembered {
            actor: row.actor_id.map(PersonId),
            body_hash,
            result,
        }),
        till: TillInSale {
            session_id: asked.session,
            till_id: TillId(row.till_id),
            store_id: StoreId(row.store_id),
            legal_entity_id: LegalEntityId(row.legal_entity_id),
            open: row.closed_at.is_none(),
        },
        business_date: row.business_date,
        config_version: row.config_version,
        customer: row.customer_id.map(|id| {
            let (expires_on, certificate) = (row.exemption_expires_on, row.exemption_certificate);
            let exemption = certificate.map(|certificate| Exemption { certificate, expires_on, reason });
            CustomerInSale { id: CustomerId(id), exemption }
        }),
    }))
}

#[derive(Debug, FromQueryResult)]
struct ItemRow {
    id: Uuid,
    store_id: Uuid,
    tag: String,
    description: String,
    taxability: String,
    price_minor: i64,
    cost_minor: i64,
    account_code: i64,
    lot_unit: Option<String>,
    lot_pieces: i64,
    lot_milli: i64,
    status: String,
    version: i64,
    holder_id: Option<Uuid>,
    held_until: Option<DateTime<Utc>>,
    lease_till: Option<Uuid>,
    lease_until: Option<DateTime<Utc>>,
    lease_said: Option<String>,
}

/// The pieces of a ticket, locked by id on `PostgreSQL` so that no two tickets wait for each other.
///
/// # Errors
/// [`DbError`]
pub async fn load_items(tx: &WriteTx, ids: &[ItemId]) -> Result<Vec<ItemInSale>, DbError> {
    use item::Column as C;
    let on_ticket =
        item::Entity::belongs_to(ticket_lease::Entity).from(C::Id).to(ticket_lease::Column::ItemId);
    let mut query = item::Entity::find()
        .join(JoinType::LeftJoin, on_ticket.into())
        .select_only()
        .columns([
            C::Id,
            C::StoreId,
            C::Tag,
            C::Description,
            C::Taxability,
            C::PriceMinor,
            C::CostMinor,
            C::AccountCode,
            C::LotUnit,
            C::LotPieces,
            C::LotMilli,
            C::Status,
            C::Version,
            C::HolderId,
            C::HeldUntil,
        ])
        .column_as(ticket_lease::Column::TillId, "lease_till")
        .column_as(ticket_lease::Column::Until, "lease_until")
        .column_as(ticket_lease::Column::Said, "lease_said")
        .filter(C::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(C::Id);
    if tx.locks_rows() {
        QueryTrait::query(&mut query).lock_with_tables(LockType::Update, [item::Entity]);
    }
    let rows = query.into_model::<ItemRow>().all(&tx.tx).await?;
    let mut names: BTreeMap<Uuid, Option<String>> = BTreeMap::new();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let status = code(&row.status)?;
        // The pieces of one ticket have one holder.
        if let Some(holder) = row.holder_id
            && !names.contains_key(&holder)
        {
            names.insert(holder, holder_name(tx, holder, status).await?);
        }
        let lease = row.lease_till.zip(row.lease_until).zip(row.lease_said);
        items.push(ItemInSale {
            lease: lease.map(|((till, until), said)| Lease { till: TillId(till), until, said }),
            id: ItemId(row.id),
            store_id: StoreId(row.store_id),
            tag: row.tag,
            description: row.description,
            taxability: code(&row.taxability)?,
            price: money(row.price_minor),
            cost: money(row.cost_minor),
            lot: to_lot(row.lot_unit.as_deref(), row.lot_pieces, row.lot_milli)?,
            account: account(row.account_code)?,
            status,
            version: row.version,
            holder: Holder { id: row.holder_id, until: row.held_until },
            held_by: row.holder_id.and_then(|holder| names.get(&holder).cloned().flatten()),
        });
    }
    Ok(items)
}

/// Who holds a piece, in words. Asked only for pieces that are not in the case.
///
/// # Errors
/// [`DbError`]
pub async fn holder_name(
    db: &impl Read,
    holder: Uuid,
    status: ItemStatus,
) -> Result<Option<String>, DbError> {
    if status == ItemStatus::Reserved {
        let label = parking::label(db, holder).await?;
        return match label {
            Some(label) => Ok(Some(format!("parked ticket “{label}”"))),
            None => till_name(db, holder).await,
        };
    }
    let number: Option<String> = sale::Entity::find_by_id(holder)
        .select_only()
        .column(sale::Column::Number)
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(number.map(|number| format!("receipt {number}")))
}

async fn till_name(db: &impl Read, id: Uuid) -> Result<Option<String>, DbError> {
    let query = till::Entity::find_by_id(id).select_only().column(till::Column::Name);
    Ok(query.into_tuple().one(db.conn()).await?)
}

/// The people who work in a store.
///
/// # Errors
/// [`DbError`]
pub async fn load_staff(tx: &WriteTx, store: StoreId) -> Result<Vec<(PersonId, Role)>, DbError> {
    let query = person_role::Entity::find()
        .filter(person_role::Column::StoreId.eq(store.0))
        .select_only()
        .column(person_role::Column::PersonId)
        .column(person_role::Column::Role);
    let rows: Vec<(Uuid, String)> = query.into_tuple().all(&tx.tx).await?;
    rows.into_iter().map(|(id, role)| Ok((PersonId(id), code(&role)?))).collect()
}

/// Everything that a void depends on.
///
/// # Errors
/// [`DbError`]
pub async fn load_to_void(
    tx: &WriteTx,
    id: SaleId,
    approvals: &[ApprovalId],
) -> Result<Option<SaleToVoid>, DbError> {
    let mut query = sale::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    let Some(row) = query.one(&tx.tx).await? else { return Ok(None) };
    let mut session = till_session::Entity::find_by_id(row.session_id);
    if tx.locks_rows() {
        session = session.lock_shared();
    }
    let session = session.one(&tx.tx).await?;
    let voided = sale_void::Entity::find_by_id(id.0).one(&tx.tx).await?.is_some();
    let lines = sale_line::Entity::find().filter(sale_line::Column::SaleId.eq(id.0)).all(&tx.tx).await?;
    let mut pieces = item::Entity::find()
        .filter(item::Column::Id.is_in(lines.iter().map(|line| line.item_id)))
        .order_by_asc(item::Column::Id);
    if tx.locks_rows() {
        pieces = pieces.lock_exclusive();
    }
    let pieces = pieces.all(&tx.tx).await?;
    let receipt = BTreeSet::from([id]);
    for customer in receivable::charged_to(tx, &receipt).await? {
        receivable::lock_customer(tx, customer).await?;
    }
    let (lots, unique): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|row| row.lot_unit.is_some());
    let entries = ledger::entries_of_event(tx, EventId(row.event_id)).await?;
    let approvals: Vec<Approval> = approval::list_by_id(tx, approvals).await?;
    Ok(Some(SaleToVoid {
        id,
        store_id: StoreId(row.store_id),
        number: row.number,
        status: if voided { SaleStatus::Voided } else { SaleStatus::Completed },
        session_id: TillSessionId(row.session_id),
        till_id: TillId(row.till_id),
        took_back: !back::on_receipt(tx, id).await?.is_empty(),
        session_open: session.is_some_and(|session| session.closed_at.is_none()),
        came_back: back::any_of(tx, lines.iter().map(|line| line.id).collect()).await?,
        lots: lots.iter().map(|row| taken(row, &lines)).collect::<Result<Vec<_>, DbError>>()?,
        items: unique
            .into_iter()
            .map(|row| Ok((ItemId(row.id), code(&row.status)?, row.version, row.holder_id)))
            .collect::<Result<Vec<_>, DbError>>()?,
        entries,
        approvals,
        charged: receivable::open_of_sales(tx, &receipt).await?,
        check_returned: !receivable::bounced(tx, &receipt).await?.is_zero(),
        lessened: receivable::lessened(tx, &receipt).await?,
    }))
}

/// A lot, and what a sale took of it.
fn taken(row: &item::Model, lines: &[sale_line::Model]) -> Result<(LotNow, Quantity, Money), DbError> {
    let line = lines.iter().find(|line| line.item_id == row.id);
    let line = line.ok_or_else(|| DbError::corrupt("a lot without its line"))?;
    let lot = to_lot(row.lot_unit.as_deref(), row.lot_pieces, row.lot_milli)?;
    let lot = lot.ok_or_else(|| DbError::corrupt("a part of what is no lot"))?;
    let now = LotNow { item: ItemId(row.id), version: row.version, lot, cost: money(row.cost_minor) };
    Ok((now, Quantity { pieces: line.pieces, milli: line.milli }, money(line.cost_minor)))
}

/// Makes whoever else decides about these pieces wait, always in the order of their ids.
///
/// # Errors
/// [`DbError`]
pub async fn lock_items(tx: &WriteTx, ids: &BTreeSet<ItemId>) -> Result<(), DbError> {
    if tx.locks_rows() {
        let rows = item::Entity::find().filter(item::Column::Id.is_in(ids.iter().map(|id| id.0)));
        let rows = rows.select_only().column(item::Column::Id).order_by_asc(item::Column::Id);
        rows.lock_exclusive().into_tuple::<Uuid>().all(&tx.tx).await?;
    }
    Ok(())
}

/// Makes whoever else decides about these sales wait until this is written. On `SQLite` there is one writer.
///
/// # Errors
/// [`DbError`]
pub async fn lock(tx: &WriteTx, sales: &BTreeSet<SaleId>) -> Result<(), DbError> {
    if tx.locks_rows() {
        let rows = sale::Entity::find().filter(sale::Column::Id.is_in(sales.iter().map(|id| id.0)));
        let rows = rows.select_only().column(sale::Column::Id).order_by_asc(sale::Column::Id);
        rows.lock_exclusive().into_tuple::<Uuid>().all(&tx.tx).await?;
    }
    Ok(())
}
