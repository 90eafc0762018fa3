//! Sales: what a decision needs, what it wrote, and lists of them.

use crate::batch::Batch;
use crate::convert::{account, code, instant, json, money, optional_json, optional_to_json, to_json};
use crate::entity::{
    customer, event, item, organization, person_role, sale, sale_line, sale_line_seller, sale_tender,
    sale_void, search_term, store, till_session,
};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::repo::{approval, audit, ledger, record};
use crate::tx::{Read, WriteTx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::approval::Approval;
use domain::customer::Exemption;
use domain::event::{EventKind, SubjectKind};
use domain::ids::{
    ApprovalId, CustomerId, EventId, ItemId, LegalEntityId, PersonId, SaleId, SaleLineId, StoreId, TillId,
    TillSessionId,
};
use domain::item::search_tokens;
use domain::money::Money;
use domain::person::Role;
use domain::rate::Rate;
use domain::sale::{
    CustomerInSale, ItemInSale, Outcome, SaleDetail, SaleDone, SaleFacts, SaleFilter, SaleLineFacts,
    SaleStatus, SaleSummary, SaleToVoid, SaleTotals, SaleVoid, SellerShare, TenderFacts, TenderKind,
    TillInSale,
};
use sea_orm::sea_query::{Expr, JoinType, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
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
        exemption: certificate.map(|certificate| Exemption { certificate, expires_on, reason: None }),
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
    Outcome { sale: facts, record, voided }: &Outcome,
    body_hash: &[u8],
    done: &SaleDone,
) -> Result<(), DbError> {
    let mut batch = Batch::new(tx);
    record::plan(&mut batch, record, body_hash, done)?;
    if let Some(voided) = voided {
        record::plan(&mut batch, voided, body_hash, &())?;
    }
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
    let named = |id: Option<Uuid>| id.and_then(|id| names.get(&id).cloned());
    let events = event::Entity::find()
        .filter(event::Column::SubjectId.eq(id.0))
        .filter(event::Column::SubjectKind.eq(SubjectKind::Sale.code()))
        .all(conn)
        .await?;
    let event_of = |id: Uuid| events.iter().find(|event| event.id == id);
    let taken_off = events.iter().find(|event| event.kind == EventKind::LineVoided.code());
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
        names: names.iter().map(|(id, name)| (PersonId(*id), name.clone())).collect(),
        approved_by: named(event_of(row.event_id).and_then(|event| event.approver_id)),
        taken_off: taken_off.map(|event| event.summary.clone()),
        void: void.map(|v| SaleVoid {
            event: EventId(v.event_id),
            reason: v.reason,
            at: instant(v.voided_at),
            by: named(event_of(v.event_id).and_then(|event| event.actor_id)).unwrap_or_default(),
            approved_by: named(event_of(v.event_id).and_then(|event| event.approver_id)),
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
            active: true,
        },
        amount: money(row.amount_minor),
        handed_over: money(row.handed_over_minor),
        change: money(row.change_minor),
        reference: row.reference,
    })
}

/// Which sales a filter means.
fn condition(filter: &SaleFilter) -> Condition {
    use sale::Column as C;
    let mut which = Condition::all().add(C::StoreId.is_in(filter.stores.iter().map(|id| id.0)));
    if let Some(from) = filter.from {
        which = which.add(C::BusinessDate.gte(from));
    }
    if let Some(to) = filter.to {
        which = which.add(C::BusinessDate.lte(to));
    }
    if let Some(customer) = filter.customer {
        which = which.add(C::CustomerId.eq(customer.0));
    }
    if let Some(seller) = filter.seller {
        let lines = sale_line_seller::Entity::find()
            .filter(sale_line_seller::Column::PersonId.eq(seller.0))
            .select_only()
            .column(sale_line_seller::Column::LineId);
        which = which.add(on_a_line(sale_line::Column::Id, lines.into_query()));
    }
    if let Some(tender) = &filter.tender {
        let paid = sale_tender::Entity::find()
            .filter(sale_tender::Column::Kind.eq(tender))
            .select_only()
            .column(sale_tender::Column::SaleId);
        which = which.add(C::Id.in_subquery(paid.into_query()));
    }
    which = match filter.status {
        Some(SaleStatus::Completed) => which.add(sale_void::Column::SaleId.is_null()),
        Some(SaleStatus::Voided) => which.add(sale_void::Column::SaleId.is_not_null()),
        None => which,
    };
    let amount = Money::parse(filter.words.trim()).ok();
    let words = search_tokens(&[&filter.words]);
    if words.is_empty() {
        return which;
    }
    let all_words = words.iter().fold(Condition::all(), |all, word| all.add(has_word(word)));
    let total = amount.map(|amount| C::TotalMinor.eq(amount.minor()));
    which.add(Condition::any().add(all_words).add_option(total))
}

/// Sales that have a line among these.
fn on_a_line(column: sale_line::Column, among: SelectStatement) -> Expr {
    let sales = sale_line::Entity::find()
        .filter(column.in_subquery(among))
        .select_only()
        .column(sale_line::Column::SaleId);
    sale::Column::Id.in_subquery(sales.into_query())
}

/// A word of the receipt number, of the customer, or of a piece on the sale.
fn has_word(word: &str) -> Condition {
    let named = |kind| {
        search_term::Entity::find()
            .filter(search::begins_with(kind, word))
            .select_only()
            .column(search_term::Column::EntityId)
            .into_query()
    };
    Condition::any()
        .add(sale::Column::Number.contains(word.to_uppercase()))
        .add(sale::Column::CustomerId.in_subquery(named(Found::Customer)))
        .add(on_a_line(sale_line::Column::ItemId, named(Found::Item)))
}

fn filtered(which: Condition) -> Select<sale::Entity> {
    let void = sale::Entity::belongs_to(sale_void::Entity)
        .from(sale::Column::Id)
        .to(sale_void::Column::SaleId)
        .into();
    sale::Entity::find().join(JoinType::LeftJoin, void).filter(which)
}

/// How many sales a filter means, and what those that stand come to.
///
/// # Errors
/// [`DbError`]
pub async fn totals(db: &impl Read, filter: &SaleFilter) -> Result<(u64, SaleTotals), DbError> {
    use sale::Column as C;
    let which = condition(filter);
    let count = filtered(which.clone()).count(db.conn()).await?;
    let sum = |column: C| crate::tx::sum_minor((sale::Entity, column));
    type Sums = (Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let sums: Option<Sums> = filtered(which)
        .filter(sale_void::Column::SaleId.is_null())
        .select_only()
        .column_as(sum(C::DiscountMinor), "discount")
        .column_as(sum(C::NetMinor), "net")
        .column_as(sum(C::TaxMinor), "tax")
        .column_as(sum(C::TotalMinor), "total")
        .into_tuple()
        .one(db.conn())
        .await?;
    let (discount, net, tax, total) = sums.unwrap_or_default();
    let sum = |minor: Option<i64>| money(minor.unwrap_or(0));
    Ok((count, SaleTotals { discount: sum(discount), net: sum(net), tax: sum(tax), total: sum(total) }))
}

/// Sales, newest first.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, filter: &SaleFilter) -> Result<Vec<SaleSummary>, DbError> {
    let mut query = filtered(condition(filter)).offset(filter.offset).limit(filter.limit);
    if let Some(before) = filter.before {
        query = query.filter(sale::Column::Id.lt(before.0));
    }
    summaries(db, query).await
}

/// The newest sales with this receipt number, a part of it, or this total.
///
/// # Errors
/// [`DbError`]
pub async fn find(
    db: &impl Read,
    stores: &[StoreId],
    typed: &str,
    limit: u64,
) -> Result<Vec<SaleSummary>, DbError> {
    use sale::Column as C;
    /// Fewer signs stand in almost every number.
    const FEWEST: usize = 3;
    let typed = typed.trim();
    let mut any = Condition::any();
    if typed.chars().count() >= FEWEST {
        any = any.add(C::Number.contains(typed.to_uppercase()));
    }
    if let Ok(running) = typed.parse::<u32>() {
        any = any.add(C::Number.ends_with(format!("-{running:06}")));
    }
    if let Ok(amount) = Money::parse(typed) {
        any = any.add(C::TotalMinor.eq(amount.minor()));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    let which = Condition::all().add(C::StoreId.is_in(stores.iter().map(|id| id.0))).add(any);
    summaries(db, filtered(which).limit(limit)).await
}

async fn summaries(db: &impl Read, query: Select<sale::Entity>) -> Result<Vec<SaleSummary>, DbError> {
    use sale::Column as C;
    type Row = (
        Uuid,
        Uuid,
        String,
        NaiveDate,
        DateTime<Utc>,
        Option<String>,
        Uuid,
        i64,
        i64,
        i64,
        i64,
        Option<Uuid>,
    );
    let rows: Vec<Row> = query
        .join(
            JoinType::LeftJoin,
            sale::Entity::belongs_to(customer::Entity).from(C::CustomerId).to(customer::Column::Id).into(),
        )
        .select_only()
        .columns([C::Id, C::StoreId, C::Number, C::BusinessDate, C::CompletedAt])
        .column(customer::Column::DisplayName)
        .columns([C::CashierId, C::DiscountMinor, C::NetMinor, C::TaxMinor, C::TotalMinor])
        .column(sale_void::Column::SaleId)
        .order_by_desc(C::Id)
        .into_tuple()
        .all(db.conn())
        .await?;
    let names = audit::names(db).await?;
    let line =
        |(id, store, number, date, at, customer_name, cashier, discount, net, tax, total, void): Row| {
            SaleSummary {
                id: SaleId(id),
                store: StoreId(store),
                number,
                business_date: date,
                completed_at: instant(at),
                customer_name,
                cashier_name: names.get(&cashier).cloned().unwrap_or_default(),
                discount: money(discount),
                net: money(net),
                tax: money(tax),
                total: money(total),
                status: if void.is_some() { SaleStatus::Voided } else { SaleStatus::Completed },
            }
        };
    Ok(rows.into_iter().map(line).collect())
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
