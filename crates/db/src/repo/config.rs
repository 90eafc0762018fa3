//! What changes rarely and is read always: stores, tills, taxes, means of payment.

use crate::convert::{account, code, json, money, to_json};
use crate::entity::{
    jurisdiction, jurisdiction_rate, legal_entity, organization, store, store_jurisdiction, tender_kind, till,
};
use crate::error::DbError;
use crate::tx::{Read, WriteTx};
use domain::ids::{JurisdictionId, LegalEntityId, OrganizationId, StoreId, TillId};
use domain::ledger::FiscalYear;
use domain::policy::StorePolicy;
use domain::rate::Rate;
use domain::sale::TenderKind;
use domain::settings::SettingsChange;
pub use domain::settings::{Config, StoreConfig};
use domain::store::{Organization, Store, Till};
use domain::tax::{DatedRate, Jurisdiction};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use std::collections::BTreeMap;

/// Loads all settings; `None` before the first run has set anything up.
///
/// # Errors
/// [`DbError`]
pub async fn load(db: &impl Read) -> Result<Option<Config>, DbError> {
    let conn = db.conn();
    let Some(org) = organization::Entity::find().one(conn).await? else { return Ok(None) };
    let mut tills: BTreeMap<uuid::Uuid, Vec<Till>> = BTreeMap::new();
    let rows = till::Entity::find().order_by_asc(till::Column::Code).all(conn).await?;
    for row in rows {
        let till = Till {
            id: TillId(row.id),
            store_id: StoreId(row.store_id),
            code: row.code,
            name: row.name,
            active: row.active,
        };
        tills.entry(row.store_id).or_default().push(till);
    }
    let mut taxed_by: BTreeMap<uuid::Uuid, Vec<JurisdictionId>> = BTreeMap::new();
    for row in store_jurisdiction::Entity::find()
        .order_by_asc(store_jurisdiction::Column::Position)
        .all(conn)
        .await?
    {
        taxed_by.entry(row.store_id).or_default().push(JurisdictionId(row.jurisdiction_id));
    }
    let mut stores = Vec::new();
    for row in store::Entity::find().order_by_asc(store::Column::Code).all(conn).await? {
        stores.push(StoreConfig {
            policy: json(&row.policy)?,
            tills: tills.remove(&row.id).unwrap_or_default(),
            jurisdictions: taxed_by.remove(&row.id).unwrap_or_default(),
            store: Store {
                id: StoreId(row.id),
                legal_entity_id: LegalEntityId(row.legal_entity_id),
                code: row.code,
                name: row.name,
                time_zone: row.time_zone,
                street: row.street,
                city: row.city,
                state: row.state,
                postal_code: row.postal_code,
                phone: row.phone,
            },
        });
    }
    Ok(Some(Config {
        version: org.config_version,
        organization: Organization {
            id: OrganizationId(org.id),
            name: org.name,
            currency: org.currency,
            demo: org.demo,
            fiscal_year: fiscal_year(org.fiscal_year_start)?,
        },
        stores,
        tender_kinds: list_tender_kinds(db).await?,
        jurisdictions: list_jurisdictions(db).await?,
    }))
}

fn fiscal_year(month: i64) -> Result<FiscalYear, DbError> {
    u32::try_from(month)
        .map_err(DbError::corrupt)
        .and_then(|month| FiscalYear::beginning_in(month).map_err(DbError::corrupt))
}

/// The same before a change: whoever else changes the settings waits until this is written.
///
/// # Errors
/// [`DbError`]
pub async fn load_to_change(tx: &WriteTx) -> Result<Option<Config>, DbError> {
    if tx.locks_rows() {
        let row = organization::Entity::find().select_only().column(organization::Column::Id);
        row.lock_exclusive().into_tuple::<uuid::Uuid>().one(&tx.tx).await?;
    }
    load(tx).await
}

async fn list_tender_kinds(db: &impl Read) -> Result<Vec<TenderKind>, DbError> {
    let query = tender_kind::Entity::find().order_by_asc(tender_kind::Column::Position);
    let rows = query.all(db.conn()).await?;
    rows.into_iter()
        .map(|row| {
            Ok(TenderKind {
                nature: code(&row.nature)?,
                account: account(row.account_code)?,
                code: row.code,
                label: row.label,
                active: row.active,
            })
        })
        .collect()
}

async fn list_jurisdictions(db: &impl Read) -> Result<Vec<Jurisdiction>, DbError> {
    let mut rates: BTreeMap<uuid::Uuid, Vec<DatedRate>> = BTreeMap::new();
    for row in jurisdiction_rate::Entity::find()
        .order_by_asc(jurisdiction_rate::Column::ValidFrom)
        .all(db.conn())
        .await?
    {
        rates.entry(row.jurisdiction_id).or_default().push(DatedRate {
            valid_from: row.valid_from,
            rate: Rate::from_ppm(row.rate_ppm),
            cap_per_item: row.cap_minor.map(money),
        });
    }
    let rows = jurisdiction::Entity::find().order_by_asc(jurisdiction::Column::Name).all(db.conn()).await?;
    Ok(rows
        .into_iter()
        .map(|row| Jurisdiction {
            id: JurisdictionId(row.id),
            rates: rates.remove(&row.id).unwrap_or_default(),
            name: row.name,
        })
        .collect())
}

/// The version of the settings now.
///
/// # Errors
/// [`DbError`]
pub async fn version(db: &impl Read) -> Result<Option<i64>, DbError> {
    let query = organization::Entity::find().select_only().column(organization::Column::ConfigVersion);
    Ok(query.into_tuple().one(db.conn()).await?)
}

/// Tells every process that its copy of the settings is old.
///
/// # Errors
/// [`DbError`]
pub async fn bump_version(tx: &WriteTx) -> Result<(), DbError> {
    organization::Entity::update_many()
        .col_expr(organization::Column::ConfigVersion, Expr::col(organization::Column::ConfigVersion).add(1))
        .exec(&tx.tx)
        .await?;
    Ok(())
}

/// Adds the organization with its first legal entity.
///
/// # Errors
/// [`DbError`]
pub async fn insert_organization(
    tx: &WriteTx,
    organization: &Organization,
    legal_entity: LegalEntityId,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), DbError> {
    let row = organization::Model {
        id: organization.id.0,
        name: organization.name.clone(),
        currency: organization.currency.clone(),
        demo: organization.demo,
        config_version: 1,
        created_at: now,
        fiscal_year_start: i64::from(organization.fiscal_year.month()),
    };
    tx.insert_all(vec![row]).await?;
    let row = legal_entity::Model {
        id: legal_entity.0,
        organization_id: organization.id.0,
        name: organization.name.clone(),
        locked_through: None,
        locked_at: None,
    };
    tx.insert_all(vec![row]).await
}

/// Adds a store, or changes everything about it but its code and legal entity.
///
/// # Errors
/// [`DbError::Conflict`] when another store has the code.
pub async fn save_store(tx: &WriteTx, store: &Store, policy: &StorePolicy) -> Result<(), DbError> {
    let row = store::Model {
        id: store.id.0,
        legal_entity_id: store.legal_entity_id.0,
        code: store.code.clone(),
        name: store.name.clone(),
        time_zone: store.time_zone.clone(),
        street: store.street.clone(),
        city: store.city.clone(),
        state: store.state.clone(),
        postal_code: store.postal_code.clone(),
        phone: store.phone.clone(),
        policy: to_json(policy)?,
    };
    use store::Column as C;
    let changing = [C::Name, C::TimeZone, C::Street, C::City, C::State, C::PostalCode, C::Phone, C::Policy];
    let upsert = OnConflict::column(C::Id).update_columns(changing).to_owned();
    store::Entity::insert(row.into_active_model()).on_conflict(upsert).exec_without_returning(&tx.tx).await?;
    Ok(())
}

/// Adds a till, renames it, or takes it out.
///
/// # Errors
/// [`DbError::Conflict`] when another till of the store has the code.
pub async fn save_till(tx: &WriteTx, till: &Till) -> Result<(), DbError> {
    let row = till::Model {
        id: till.id.0,
        store_id: till.store_id.0,
        code: till.code.clone(),
        name: till.name.clone(),
        active: till.active,
    };
    let changing = [till::Column::Name, till::Column::Active];
    let upsert = OnConflict::column(till::Column::Id).update_columns(changing).to_owned();
    till::Entity::insert(row.into_active_model()).on_conflict(upsert).exec_without_returning(&tx.tx).await?;
    Ok(())
}

/// Replaces a jurisdiction's name and dated rates.
///
/// # Errors
/// [`DbError`]
pub async fn save_jurisdiction(tx: &WriteTx, jurisdiction: &Jurisdiction) -> Result<(), DbError> {
    let row = jurisdiction::Model { id: jurisdiction.id.0, name: jurisdiction.name.clone() };
    let upsert =
        OnConflict::column(jurisdiction::Column::Id).update_column(jurisdiction::Column::Name).to_owned();
    jurisdiction::Entity::insert(row.into_active_model())
        .on_conflict(upsert)
        .exec_without_returning(&tx.tx)
        .await?;
    jurisdiction_rate::Entity::delete_many()
        .filter(jurisdiction_rate::Column::JurisdictionId.eq(jurisdiction.id.0))
        .exec(&tx.tx)
        .await?;
    let row = |rate: &DatedRate| jurisdiction_rate::Model {
        jurisdiction_id: jurisdiction.id.0,
        valid_from: rate.valid_from,
        rate_ppm: rate.rate.ppm(),
        cap_minor: rate.cap_per_item.map(domain::money::Money::minor),
    };
    tx.insert_all(jurisdiction.rates.iter().map(row).collect()).await
}

/// Sets which jurisdictions tax a store, in the order they are shown.
///
/// # Errors
/// [`DbError`]
pub async fn set_store_jurisdictions(
    tx: &WriteTx,
    store: StoreId,
    ids: &[JurisdictionId],
) -> Result<(), DbError> {
    store_jurisdiction::Entity::delete_many()
        .filter(store_jurisdiction::Column::StoreId.eq(store.0))
        .exec(&tx.tx)
        .await?;
    let rows = (0_i64..).zip(ids).map(|(position, id)| store_jurisdiction::Model {
        store_id: store.0,
        jurisdiction_id: id.0,
        position,
    });
    tx.insert_all(rows.collect()).await
}

/// Adds the means of payment a store starts with.
///
/// # Errors
/// [`DbError`]
pub async fn insert_tender_kinds(tx: &WriteTx, kinds: &[TenderKind]) -> Result<(), DbError> {
    let rows = (0_i64..).zip(kinds).map(|(position, kind)| tender_kind::Model {
        code: kind.code.clone(),
        label: kind.label.clone(),
        nature: kind.nature.code().to_owned(),
        account_code: i64::from(kind.account.get()),
        position,
        active: kind.active,
    });
    tx.insert_all(rows.collect()).await
}

/// Adds a means of payment after all others.
async fn add_tender_kind(tx: &WriteTx, kind: &TenderKind) -> Result<(), DbError> {
    let last: Option<i64> = tender_kind::Entity::find()
        .select_only()
        .column_as(tender_kind::Column::Position.max(), "last")
        .into_tuple()
        .one(&tx.tx)
        .await?
        .flatten();
    let row = tender_kind::Model {
        code: kind.code.clone(),
        label: kind.label.clone(),
        nature: kind.nature.code().to_owned(),
        account_code: i64::from(kind.account.get()),
        position: last.map_or(0, |last| last.saturating_add(1)),
        active: kind.active,
    };
    tx.insert_all(vec![row]).await
}

/// Renames a means of payment, or takes it out or in again.
async fn update_tender_kind(tx: &WriteTx, kind: &TenderKind) -> Result<(), DbError> {
    tender_kind::Entity::update_many()
        .col_expr(tender_kind::Column::Label, Expr::value(kind.label.clone()))
        .col_expr(tender_kind::Column::Active, Expr::value(kind.active))
        .filter(tender_kind::Column::Code.eq(kind.code.clone()))
        .exec(&tx.tx)
        .await?;
    Ok(())
}

/// Writes a decided change, and tells every process that its copy of the settings is old.
///
/// # Errors
/// [`DbError::Conflict`] when a code is taken.
pub async fn apply(tx: &WriteTx, change: &SettingsChange) -> Result<(), DbError> {
    match change {
        SettingsChange::Organization(organization) => update_organization(tx, organization).await?,
        SettingsChange::Store { store, policy, .. } => save_store(tx, store, policy).await?,
        SettingsChange::Till(till) => save_till(tx, till).await?,
        SettingsChange::Tax { jurisdiction, stores } => {
            save_jurisdiction(tx, jurisdiction).await?;
            for (store, jurisdictions) in stores {
                set_store_jurisdictions(tx, *store, jurisdictions).await?;
            }
        }
        SettingsChange::Tender { kind, new: true } => add_tender_kind(tx, kind).await?,
        SettingsChange::Tender { kind, new: false } => update_tender_kind(tx, kind).await?,
    }
    bump_version(tx).await
}

async fn update_organization(tx: &WriteTx, organization: &Organization) -> Result<(), DbError> {
    organization::Entity::update_many()
        .col_expr(organization::Column::Name, Expr::value(organization.name.clone()))
        .col_expr(
            organization::Column::FiscalYearStart,
            Expr::value(i64::from(organization.fiscal_year.month())),
        )
        .filter(organization::Column::Id.eq(organization.id.0))
        .exec(&tx.tx)
        .await?;
    Ok(())
}
