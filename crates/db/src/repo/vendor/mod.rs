//! Vendors, and what each of them is owed.

pub mod back;
pub mod bill;
pub mod order;
pub mod receipt;

use crate::convert::money;
use crate::entity::{bill_payment, item, search_term, vendor, vendor_bill, vendor_credit};
use crate::error::DbError;
use crate::repo::search::{self, Found};
use crate::tx::{Read, WriteTx, sum_minor};
use chrono::{DateTime, Utc};
use domain::customer::{find_words, phone_words};
use domain::ids::{StoreId, VendorId};
use domain::item::{ItemStatus, search_tokens};
use domain::money::Money;
use domain::vendor::{Vendor, VendorFile, VendorFilter, VendorLine, VendorPage, VendorTag};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn to_vendor(row: vendor::Model) -> Vendor {
    Vendor {
        id: VendorId(row.id),
        version: row.version,
        file: VendorFile {
            code: row.code,
            name: row.name,
            contact: row.contact,
            phone: row.phone,
            email: row.email,
            street: row.street,
            city: row.city,
            state: row.state,
            postal_code: row.postal_code,
            account_number: row.account_number,
            net_days: row.net_days,
            note: row.note,
            active: row.active,
        },
    }
}

/// # Errors
/// [`DbError`]
pub async fn get(db: &impl Read, id: VendorId) -> Result<Option<Vendor>, DbError> {
    Ok(vendor::Entity::find_by_id(id.0).one(db.conn()).await?.map(to_vendor))
}

/// A vendor whom nobody else buys from, bills or pays until this is written.
///
/// # Errors
/// [`DbError`]
pub async fn get_locked(tx: &WriteTx, id: VendorId) -> Result<Option<Vendor>, DbError> {
    let mut query = vendor::Entity::find_by_id(id.0);
    if tx.locks_rows() {
        query = query.lock(LockType::NoKeyUpdate);
    }
    Ok(query.one(&tx.tx).await?.map(to_vendor))
}

/// # Errors
/// [`DbError`]
pub async fn by_code(db: &impl Read, code: &str) -> Result<Option<Vendor>, DbError> {
    let row = vendor::Entity::find().filter(vendor::Column::Code.eq(code)).one(db.conn()).await?;
    Ok(row.map(to_vendor))
}

/// What pieces know of their vendors.
pub(crate) async fn tags_of(
    db: &impl Read,
    ids: BTreeSet<Uuid>,
) -> Result<BTreeMap<Uuid, VendorTag>, DbError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(Uuid, String, String)> = vendor::Entity::find()
        .filter(vendor::Column::Id.is_in(ids))
        .select_only()
        .columns([vendor::Column::Id, vendor::Column::Code, vendor::Column::Name])
        .into_tuple()
        .all(db.conn())
        .await?;
    let tag = |(id, code, name)| (id, VendorTag { id: VendorId(id), code, name });
    Ok(rows.into_iter().map(tag).collect())
}

/// A page of vendors by their names, or those that have all the words.
///
/// # Errors
/// [`DbError`]
pub async fn list(db: &impl Read, stores: &[StoreId], filter: &VendorFilter) -> Result<VendorPage, DbError> {
    let mut vendors = vendor::Entity::find();
    if !filter.retired {
        vendors = vendors.filter(vendor::Column::Active.eq(true));
    }
    for token in find_words(&filter.words) {
        let ids = search_term::Entity::find()
            .filter(search::begins_with(Found::Vendor, &token))
            .select_only()
            .column(search_term::Column::EntityId);
        vendors = vendors.filter(vendor::Column::Id.in_subquery(QueryTrait::into_query(ids)));
    }
    let count = vendors.clone().count(db.conn()).await?;
    let rows = vendors
        .order_by_asc(vendor::Column::SortName)
        .offset(filter.offset)
        .limit(filter.limit)
        .all(db.conn())
        .await?;
    let of_page = owed(db, stores, Some(rows.iter().map(|row| row.id).collect())).await?;
    let all = owed(db, stores, None).await?;
    let line = |row: vendor::Model| VendorLine {
        owed: of_page.get(&row.id).copied().unwrap_or_default(),
        id: VendorId(row.id),
        code: row.code,
        name: row.name,
        phone: row.phone,
        active: row.active,
    };
    Ok(VendorPage {
        vendors: rows.into_iter().map(line).collect(),
        count,
        owed: Money::sum(all.into_values()).map_err(DbError::corrupt)?,
    })
}

/// What vendors are owed in some stores: their bills, less what was paid and what they credited.
///
/// # Errors
/// [`DbError`]
pub async fn owed(
    db: &impl Read,
    stores: &[StoreId],
    vendors: Option<Vec<Uuid>>,
) -> Result<BTreeMap<Uuid, Money>, DbError> {
    let ids: Vec<Uuid> = stores.iter().map(|id| id.0).collect();
    let mut owed: BTreeMap<Uuid, i64> = BTreeMap::new();
    macro_rules! sums {
        ($table:ident, $amount:ident, $sign:tt) => {{
            let mut query = $table::Entity::find()
                .filter($table::Column::StoreId.is_in(ids.iter().copied()))
                .select_only()
                .column($table::Column::VendorId)
                .column_as(sum_minor($table::Column::$amount), "amount")
                .group_by($table::Column::VendorId);
            if let Some(vendors) = &vendors {
                query = query.filter($table::Column::VendorId.is_in(vendors.iter().copied()));
            }
            let rows: Vec<(Uuid, i64)> = query.into_tuple().all(db.conn()).await?;
            for (vendor, amount) in rows {
                *owed.entry(vendor).or_default() $sign amount;
            }
        }};
    }
    sums!(vendor_bill, AmountMinor, +=);
    sums!(bill_payment, MoneyMinor, -=);
    sums!(vendor_credit, AmountMinor, -=);
    Ok(owed.into_iter().map(|(id, amount)| (id, money(amount))).collect())
}

/// How many pieces and lots from a vendor are on hand in some stores.
///
/// # Errors
/// [`DbError`]
pub async fn count_on_hand(db: &impl Read, stores: &[StoreId], id: VendorId) -> Result<u64, DbError> {
    let on_hand = ItemStatus::ALL.iter().filter(|status| status.is_on_hand()).map(|status| status.code());
    let query = item::Entity::find()
        .filter(item::Column::VendorId.eq(id.0))
        .filter(item::Column::StoreId.is_in(stores.iter().map(|id| id.0)))
        .filter(item::Column::Status.is_in(on_hand));
    Ok(query.count(db.conn()).await?)
}

/// # Errors
/// [`DbError::Conflict`] when the code or the name is taken.
pub async fn insert(tx: &WriteTx, made: &Vendor, now: DateTime<Utc>) -> Result<(), DbError> {
    let f = &made.file;
    tx.insert_all(vec![vendor::Model {
        id: made.id.0,
        code: f.code.clone(),
        name: f.name.clone(),
        sort_name: f.name.to_lowercase(),
        contact: f.contact.clone(),
        phone: f.phone.clone(),
        email: f.email.clone(),
        street: f.street.clone(),
        city: f.city.clone(),
        state: f.state.clone(),
        postal_code: f.postal_code.clone(),
        account_number: f.account_number.clone(),
        net_days: f.net_days,
        note: f.note.clone(),
        active: f.active,
        version: made.version,
        created_at: now,
    }])
    .await?;
    search::insert(tx, Found::Vendor, tokens(f).into_iter().map(|token| (made.id.0, token))).await
}

/// Writes a vendor over the one that was there at `from_version`.
///
/// # Errors
/// [`DbError::Conflict`] when somebody else changed it meanwhile, or the code or the name is taken.
pub async fn update(tx: &WriteTx, after: &Vendor, from_version: i64) -> Result<(), DbError> {
    use vendor::Column as C;
    let f = &after.file;
    let updated = vendor::Entity::update_many()
        .col_expr(C::Code, Expr::value(f.code.clone()))
        .col_expr(C::Name, Expr::value(f.name.clone()))
        .col_expr(C::SortName, Expr::value(f.name.to_lowercase()))
        .col_expr(C::Contact, Expr::value(f.contact.clone()))
        .col_expr(C::Phone, Expr::value(f.phone.clone()))
        .col_expr(C::Email, Expr::value(f.email.clone()))
        .col_expr(C::Street, Expr::value(f.street.clone()))
        .col_expr(C::City, Expr::value(f.city.clone()))
        .col_expr(C::State, Expr::value(f.state.clone()))
        .col_expr(C::PostalCode, Expr::value(f.postal_code.clone()))
        .col_expr(C::AccountNumber, Expr::value(f.account_number.clone()))
        .col_expr(C::NetDays, Expr::value(f.net_days))
        .col_expr(C::Note, Expr::value(f.note.clone()))
        .col_expr(C::Active, Expr::value(f.active))
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(after.id.0))
        .filter(C::Version.eq(from_version))
        .exec(&tx.tx)
        .await?;
    if updated.rows_affected != 1 {
        return Err(DbError::Conflict("somebody else changed this card".to_owned()));
    }
    search::replace(tx, Found::Vendor, after.id.0, &tokens(f)).await
}

/// The words a vendor is found by.
fn tokens(file: &VendorFile) -> Vec<String> {
    let mut texts = vec![file.code.as_str(), file.name.as_str()];
    texts.extend(
        [&file.contact, &file.email, &file.account_number, &file.city]
            .into_iter()
            .filter_map(Option::as_deref),
    );
    texts.extend(file.phone.as_deref().into_iter().flat_map(phone_words));
    search_tokens(&texts)
}
