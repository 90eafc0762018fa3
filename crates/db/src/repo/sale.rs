//! Sales: what a decision needs, what it wrote, and lists of them.

use crate::batch::Batch;
use crate::convert::{account, code, instant, json, money, optional_json, optional_to_json, to_json};
use crate::entity::{
    customer, item, organization, person_role, sale, sale_line, sale_line_seller, sale_tender, sale_void,
    store, till_session,
};
use crate::error::DbError;
use crate::repo::{approval, audit, ledger, record};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::approval::Approval;
use domain::customer::Exemption;
use domain::ids::{
    ApprovalId, CustomerId, EventId, ItemId, LegalEntityId, PersonId, SaleId, SaleLineId, StoreId, TillId,
    TillSessionId,
};
use domain::person::Role;
use domain::rate::Rate;
use domain::sale::{
    CustomerInSale, ItemInSale, Outcome, SaleDetail, SaleDone, SaleFacts, SaleFilter, SaleLineFacts,
    SalePage, SaleStatus, SaleSummary, SaleToVoid, SaleVoid, SellerShare, TenderFacts, TenderKind,
    TillInSale,
};
use sea_orm::sea_query::{Expr, JoinType};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The open till session with the version of the settings, in one look.
#[derive(Debug, Clone)]
pub struct TillNow {
    pub till: TillInSale,
    pub business_date: NaiveDate,
    pub config_version: i64,
}

/// # Errors
/// [`DbError`]
pub async fn load_till(tx: &WriteTx, id: TillSessionId) -> Result<Option<TillNow>, DbError> {
    let version = sea_orm::QueryTrait::into_query(
        organization::Entity::find().select_only().column(organization::Column::ConfigVersion),
    );
    let mut query = till_session::Entity::find_by_id(id.0)
        .join(
            JoinType::InnerJoin,
            till_session::Entity::belongs_to(store::Entity)
                .from(till_session::Column::StoreId)
                .to(store::Column::Id)
                .into(),
        )
        .select_only()
        .column(till_session::Column::TillId)
        .column(till_session::Column::StoreId)
        .column(till_session::Column::BusinessDate)
        .column(till_session::Column::ClosedAt)
        .column(store::Column::LegalEntityId)
        .expr_as(Expr::SubQuery(None, Box::new(version.into())), "config_version");
    if tx.locks_rows() {
        // The till must not be closed under the sale; other sales on it may go on.
        query = query.lock_shared();
    }
    type Row = (Uuid, Uuid, NaiveDate, Option<DateTime<Utc>>, Uuid, i64);
    let row: Option<Row> = query.into_tuple().one(&tx.tx).await?;
    Ok(row.map(|(till_id, store_id, business_date, closed_at, legal_entity_id, config_version)| TillNow {
        till: TillInSale {
            session_id: id,
            till_id: TillId(till_id),
            store_id: StoreId(store_id),
            legal_entity_id: LegalEntityId(legal_entity_id),
            open: closed_at.is_none(),
        },
        business_date,
        config_version,
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
    status: String,
    version: i64,
    holder_id: Option<Uuid>,
}

/// The pieces of a ticket, locked by id on `PostgreSQL` so that no two tickets wait for each other.
///
/// # Errors
/// [`DbError`]
pub async fn load_items(tx: &WriteTx, ids: &[ItemId]) -> Result<Vec<ItemInSale>, DbError> {
    use item::Column as C;
    let mut query = item::Entity::find()
        .select_only()
        .columns([
            C::Id,
            C::StoreId,
            C::Tag,
            C::Description,
            C::Taxability,
            C::PriceMinor,
            C::CostMinor,
            C::Status,
            C::Version,
            C::HolderId,
        ])
        .filter(C::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(C::Id);
    if tx.locks_rows() {
        query = query.lock_exclusive();
    }
    let rows = query.into_model::<ItemRow>().all(&tx.tx).await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let held_by = match row.holder_id {
            Some(holder) => holder_name(tx, holder).await?,
            None => None,
        };
        items.push(ItemInSale {
            id: ItemId(row.id),
            store_id: StoreId(row.store_id),
            tag: row.tag,
            description: row.description,
            taxability: code(&row.taxability)?,
            price: money(row.price_minor),
            cost: money(row.cost_minor),
            status: code(&row.status)?,
            version: row.version,
            held_by,
        });
    }
    Ok(items)
}

/// Who holds a piece, in words. Asked only for pieces that are not in the case.
async fn holder_name(db: &impl Read, holder: Uuid) -> Result<Option<String>, DbError> {
    let number: Option<String> = sale::Entity::find_by_id(holder)
        .select_only()
        .column(sale::Column::Number)
        .into_tuple()
        .one(db.conn())
        .await?;
    Ok(number.map(|number| format!("receipt {number}")))
}

/// # Errors
/// [`DbError`]
pub async fn load_customer(tx: &WriteTx, id: CustomerId) -> Result<Option<CustomerInSale>, DbError> {
    let query = customer::Entity::find_by_id(id.0)
        .select_only()
        .column(customer::Column::ExemptionCertificate)
        .column(customer::Column::ExemptionExpiresOn);
    let row: Option<(Option<String>, Option<NaiveDate>)> = query.into_tuple().one(&tx.tx).await?;
    Ok(row.map(|(certificate, expires_on)| CustomerInSale {
        id,
        exemption: certificate.map(|certificate| Exemption { certificate, expires_on }),
    }))
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

/// Writes a sale with all that it caused, in one go.
///
/// # Errors
/// [`DbError::Conflict`] when a piece moved on or an approval was used meanwhile.
pub async fn insert(
    tx: &WriteTx,
    Outcome { sale: facts, record }: &Outcome,
    body_hash: &[u8],
    done: &SaleDone,
) -> Result<(), DbError> {
    let mut batch = Batch::new(tx);
    record::plan(&mut batch, record, body_hash, done)?;
    batch.insert_all(vec![sale::Model {
        id: facts.id.0,
        event_id: record.event.id.0,
        number: done.number.clone(),
        store_id: facts.store_id.0,
        till_id: facts.till_id.0,
        session_id: facts.session_id.0,
        business_date: record.event.moment.business_date,
        completed_at: record.event.moment.recorded_at,
        customer_id: facts.customer_id.map(Into::into),
        cashier_id: facts.cashier.0,
        subtotal_minor: facts.subtotal.minor(),
        discount_minor: facts.discount.minor(),
        net_minor: facts.net.minor(),
        tax_minor: facts.tax.minor(),
        total_minor: facts.total.minor(),
        rounding_minor: facts.rounding.minor(),
        change_minor: facts.change.minor(),
        ticket_discount: optional_to_json(facts.ticket_discount.as_ref())?,
        exemption: optional_to_json(facts.exemption.as_ref())?,
        note: facts.note.clone(),
    }]);
    let mut lines = Vec::with_capacity(facts.lines.len());
    let mut sellers = Vec::with_capacity(facts.lines.len());
    for (position, line) in (0_i64..).zip(&facts.lines) {
        lines.push(sale_line::Model {
            id: line.id.0,
            sale_id: facts.id.0,
            position,
            item_id: line.item_id.0,
            tag: line.tag.clone(),
            description: line.description.clone(),
            price_minor: line.price.minor(),
            line_discount_minor: line.line_discount.minor(),
            ticket_discount_minor: line.ticket_discount.minor(),
            discount: optional_to_json(line.discount.as_ref())?,
            net_minor: line.net.minor(),
            tax_minor: line.tax_total.minor(),
            tax: to_json(&line.tax)?,
            cost_minor: line.cost.minor(),
        });
        sellers.extend(line.sellers.iter().map(|share| sale_line_seller::Model {
            line_id: line.id.0,
            person_id: share.person_id.0,
            weight_ppm: share.weight.ppm(),
        }));
    }
    batch.insert_all(lines);
    batch.insert_all(sellers);
    let tender = |(position, t): (i64, &TenderFacts)| sale_tender::Model {
        sale_id: facts.id.0,
        position,
        kind: t.kind.code.clone(),
        label: t.kind.label.clone(),
        nature: t.kind.nature.code().to_owned(),
        account_code: i64::from(t.kind.account.get()),
        amount_minor: t.amount.minor(),
        handed_over_minor: t.handed_over.minor(),
        change_minor: t.change.minor(),
        reference: t.reference.clone(),
    };
    batch.insert_all((0_i64..).zip(&facts.tenders).map(tender).collect());
    batch.run(tx).await
}

/// # Errors
/// [`DbError::Conflict`] when the sale was voided meanwhile.
pub async fn insert_void(
    tx: &WriteTx,
    id: SaleId,
    event: EventId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), DbError> {
    let row = sale_void::Model { sale_id: id.0, event_id: event.0, reason: reason.to_owned(), voided_at: at };
    tx.insert_all(vec![row]).await
}

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
    let mut sellers: BTreeMap<Uuid, Vec<SellerShare>> = BTreeMap::new();
    let shares = sale_line_seller::Entity::find()
        .filter(sale_line_seller::Column::LineId.is_in(lines.iter().map(|line| line.id)))
        .all(conn)
        .await?;
    for share in shares {
        let share_of =
            SellerShare { person_id: PersonId(share.person_id), weight: Rate::from_ppm(share.weight_ppm) };
        sellers.entry(share.line_id).or_default().push(share_of);
    }
    let tenders = sale_tender::Entity::find()
        .filter(sale_tender::Column::SaleId.eq(id.0))
        .order_by_asc(sale_tender::Column::Position)
        .all(conn)
        .await?;
    let void = sale_void::Entity::find_by_id(id.0).one(conn).await?;
    let customer_name = match row.customer_id {
        Some(customer) => {
            let query =
                customer::Entity::find_by_id(customer).select_only().column(customer::Column::DisplayName);
            query.into_tuple::<String>().one(conn).await?
        }
        None => None,
    };
    let session = till_session::Entity::find_by_id(row.session_id).one(conn).await?;
    let names = audit::names(db).await?;
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
            })
        })
        .collect::<Result<Vec<_>, DbError>>()?;
    Ok(Some(SaleDetail {
        number: row.number,
        event: EventId(row.event_id),
        business_date: row.business_date,
        completed_at: instant(row.completed_at),
        customer_name,
        cashier_name: names.get(&row.cashier_id).cloned().unwrap_or_default(),
        names: names.into_iter().map(|(id, name)| (PersonId(id), name)).collect(),
        void: void.map(|v| SaleVoid {
            event: EventId(v.event_id),
            reason: v.reason,
            at: instant(v.voided_at),
        }),
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
        },
        amount: money(row.amount_minor),
        handed_over: money(row.handed_over_minor),
        change: money(row.change_minor),
        reference: row.reference,
    })
}

/// Sales, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &SaleFilter) -> Result<SalePage, DbError> {
    use sale::Column as C;
    let mut query = sale::Entity::find()
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(sale_void::Entity).from(C::Id).to(sale_void::Column::SaleId).into(),
        )
        .filter(C::StoreId.is_in(filter.stores.iter().map(|id| id.0)));
    if let Some(from) = filter.from {
        query = query.filter(C::BusinessDate.gte(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(C::BusinessDate.lte(to));
    }
    if let Some(customer) = filter.customer {
        query = query.filter(C::CustomerId.eq(customer.0));
    }
    let number = filter.number.trim().to_uppercase();
    if !number.is_empty() {
        query = query.filter(C::Number.contains(number));
    }
    let standing = query.clone().filter(sale_void::Column::SaleId.is_null());
    let total =
        standing.select_only().column_as(crate::tx::sum_minor((sale::Entity, C::TotalMinor)), "total");
    let total: Option<Option<i64>> = total.into_tuple().one(db.conn()).await?;
    let count = query.clone().count(db.conn()).await?;
    type Row = (Uuid, Uuid, String, NaiveDate, DateTime<Utc>, Option<String>, Uuid, i64, Option<Uuid>);
    let rows: Vec<Row> = query
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(customer::Entity).from(C::CustomerId).to(customer::Column::Id).into(),
        )
        .select_only()
        .columns([C::Id, C::StoreId, C::Number, C::BusinessDate, C::CompletedAt])
        .column(customer::Column::DisplayName)
        .columns([C::CashierId, C::TotalMinor])
        .column(sale_void::Column::SaleId)
        .order_by_desc(C::Id)
        .offset(filter.offset)
        .limit(filter.limit)
        .into_tuple()
        .all(db.conn())
        .await?;
    let names = audit::names(db).await?;
    let line =
        |(id, store, number, business_date, completed_at, customer_name, cashier, total, void): Row| {
            SaleSummary {
                id: SaleId(id),
                store: StoreId(store),
                number,
                business_date,
                completed_at: instant(completed_at),
                customer_name,
                cashier_name: names.get(&cashier).cloned().unwrap_or_default(),
                total: money(total),
                status: if void.is_some() { SaleStatus::Voided } else { SaleStatus::Completed },
            }
        };
    Ok(SalePage {
        sales: rows.into_iter().map(line).collect(),
        count,
        total: money(total.flatten().unwrap_or(0)),
    })
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
    let items: Vec<Uuid> = sale_line::Entity::find()
        .filter(sale_line::Column::SaleId.eq(id.0))
        .select_only()
        .column(sale_line::Column::ItemId)
        .into_tuple()
        .all(&tx.tx)
        .await?;
    let mut pieces =
        item::Entity::find().filter(item::Column::Id.is_in(items)).order_by_asc(item::Column::Id);
    if tx.locks_rows() {
        pieces = pieces.lock_exclusive();
    }
    let pieces = pieces.all(&tx.tx).await?;
    let entries = ledger::entries_of_event(tx, EventId(row.event_id)).await?;
    let approvals: Vec<Approval> = approval::list_by_id(tx, approvals).await?;
    Ok(Some(SaleToVoid {
        id,
        store_id: StoreId(row.store_id),
        number: row.number,
        status: if voided { SaleStatus::Voided } else { SaleStatus::Completed },
        session_id: TillSessionId(row.session_id),
        till_id: TillId(row.till_id),
        session_open: session.is_some_and(|session| session.closed_at.is_none()),
        items: pieces
            .into_iter()
            .map(|row| Ok((ItemId(row.id), code(&row.status)?, row.version, row.holder_id)))
            .collect::<Result<Vec<_>, DbError>>()?,
        entries,
        approvals,
    }))
}
