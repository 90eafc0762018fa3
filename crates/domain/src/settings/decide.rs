//! What becomes of a change of the settings.

use super::{Config, SettingsEdit, StoreConfig, TypedJurisdiction, TypedStore, TypedTender, check_store};
use crate::event::SubjectKind;
use crate::field::{FieldError, FieldReader};
use crate::ids::{Ids, JurisdictionId, StoreId, TillId};
use crate::ledger::Account;
use crate::policy::StorePolicy;
use crate::sale::TenderKind;
use crate::store::{Organization, Store, Till};
use crate::tax::Jurisdiction;
use crate::text;
use chrono::NaiveDate;
use serde::Serialize;
use uuid::Uuid;

/// What a change of the settings depends on.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    pub config: &'a Config,
    pub accounts: &'a [Account],
    /// Tills that are open now.
    pub open_tills: &'a [TillId],
    pub today: NaiveDate,
}

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsChange {
    Organization(Organization),
    Store {
        store: Box<Store>,
        policy: Box<StorePolicy>,
        new: bool,
    },
    Till(Till),
    /// The jurisdiction, and for each store it begins or ceases to tax who taxes that store now.
    Tax {
        jurisdiction: Jurisdiction,
        stores: Vec<(StoreId, Vec<JurisdictionId>)>,
    },
    Tender {
        kind: TenderKind,
        new: bool,
    },
}

/// A change with what the audit trail says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    pub change: SettingsChange,
    pub subject: (SubjectKind, Uuid),
    pub summary: String,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsRefusal {
    #[error("look at the marked fields")]
    Fields(Vec<FieldError>),
    #[error("somebody else changed the settings meanwhile: look at them again")]
    Outdated,
    #[error("there is no such {0}")]
    Unknown(&'static str),
    #[error("the till is open: count and close it first")]
    TillOpen,
    #[error("one means of payment has to stay")]
    LastTender,
}

/// Decides about one change.
///
/// # Errors
/// [`SettingsRefusal`]: fields that do not read, a record that is not there, a till that is open.
pub fn decide(
    standing: &Standing<'_>,
    edit: &SettingsEdit,
    version: i64,
    is_zone: impl Fn(&str) -> bool,
    ids: &mut Ids,
) -> Result<Decided, SettingsRefusal> {
    let config = standing.config;
    if version != config.version {
        return Err(SettingsRefusal::Outdated);
    }
    let mut fields = FieldReader::default();
    let decided = match edit {
        SettingsEdit::Organization { name, fiscal_year } => {
            organization(config, name, fiscal_year.as_deref(), &mut fields)
        }
        SettingsEdit::Store { store_id, typed } => {
            store(config, *store_id, typed, is_zone, ids, &mut fields)?
        }
        SettingsEdit::Receipt { store_id, typed } => {
            let old = existing(config, *store_id)?;
            changed_policy(old, typed.check(old.policy.clone(), &mut fields), "Receipt")
        }
        SettingsEdit::Limits { store_id, typed } => {
            let old = existing(config, *store_id)?;
            changed_policy(old, typed.check(old.policy.clone(), &mut fields), "Limits")
        }
        SettingsEdit::Credit { store_id, typed } => {
            let old = existing(config, *store_id)?;
            changed_policy(old, typed.check(old.policy.clone(), &mut fields), "Credit rules")
        }
        SettingsEdit::Till { store_id, till_id, name, active } => {
            let name = fields.read("name", text::required_line(name));
            till(standing, *store_id, *till_id, name, *active, ids)?
        }
        SettingsEdit::Tax { jurisdiction_id, typed } => {
            tax(standing, *jurisdiction_id, typed, ids, &mut fields)?
        }
        SettingsEdit::Tender { adding, typed } => tender(standing, *adding, typed, &mut fields)?,
    };
    fields.finish(decided).map_err(SettingsRefusal::Fields)
}

fn organization(config: &Config, name: &str, fiscal_year: Option<&str>, fields: &mut FieldReader) -> Decided {
    let name = fields.read("organization", text::required_line(name));
    let fiscal_year = match fiscal_year {
        Some(month) => fields.read("fiscal_year", month.parse()),
        None => config.organization.fiscal_year,
    };
    let now = Organization { name, fiscal_year, ..config.organization.clone() };
    let change = SettingsChange::Organization(now.clone());
    told(whole(config), "Company", Some(&config.organization), &now, change)
}

fn store(
    config: &Config,
    store_id: Option<StoreId>,
    typed: &TypedStore,
    is_zone: impl Fn(&str) -> bool,
    ids: &mut Ids,
    fields: &mut FieldReader,
) -> Result<Decided, SettingsRefusal> {
    let old = store_id.map(|id| existing(config, id)).transpose()?;
    let entity = old.or(config.stores.first()).map(|store| store.store.legal_entity_id);
    let id = store_id.unwrap_or_else(|| ids.draw());
    let mut store = check_store(typed, id, entity.unwrap_or_else(|| ids.draw()), is_zone, fields);
    if let Some(old) = old {
        // It stands in every receipt number.
        store.code.clone_from(&old.store.code);
    } else if config.stores.iter().any(|other| other.store.code == store.code) {
        fields.complain("store_code", "another store has this code");
    }
    let policy = Box::new(old.map(|old| old.policy.clone()).unwrap_or_default());
    let what = format!("Store {}", store.name);
    let change = SettingsChange::Store { store: Box::new(store.clone()), policy, new: old.is_none() };
    Ok(told((SubjectKind::Store, id.0), &what, old.map(|old| &old.store), &store, change))
}

fn till(
    standing: &Standing<'_>,
    store_id: StoreId,
    till_id: Option<TillId>,
    name: String,
    active: bool,
    ids: &mut Ids,
) -> Result<Decided, SettingsRefusal> {
    let store = existing(standing.config, store_id)?;
    let old = till_id.map(|id| found(store.tills.iter().find(|till| till.id == id), "till")).transpose()?;
    if !active && old.is_some_and(|old| standing.open_tills.contains(&old.id)) {
        return Err(SettingsRefusal::TillOpen);
    }
    let till = Till {
        id: till_id.unwrap_or_else(|| ids.draw()),
        store_id,
        code: old.map_or_else(|| next_code(store), |old| old.code.clone()),
        name,
        active,
    };
    let what = format!("{}, {}", till.name, store.store.name);
    Ok(told((SubjectKind::Till, till.id.0), &what, old, &till, SettingsChange::Till(till.clone())))
}

fn tax(
    standing: &Standing<'_>,
    jurisdiction_id: Option<JurisdictionId>,
    typed: &TypedJurisdiction,
    ids: &mut Ids,
    fields: &mut FieldReader,
) -> Result<Decided, SettingsRefusal> {
    let config = standing.config;
    let known = |id| found(config.jurisdictions.iter().find(|j| j.id == id), "jurisdiction");
    let old = jurisdiction_id.map(known).transpose()?;
    let id = jurisdiction_id.unwrap_or_else(|| ids.draw());
    let jurisdiction = typed.check(old, id, standing.today, fields);
    let stores = taxed_anew(config, id, &typed.stores)?;
    let taxed = config.stores.iter().filter(|store| store.jurisdictions.contains(&id));
    let before = old.map(|old| (old, taxed.map(|store| store.store.id).collect::<Vec<_>>()));
    let after = (&jurisdiction, &typed.stores);
    let what = format!("Tax {}", jurisdiction.name);
    let change = SettingsChange::Tax { jurisdiction: jurisdiction.clone(), stores };
    Ok(told(whole(config), &what, before.as_ref(), &after, change))
}

fn tender(
    standing: &Standing<'_>,
    adding: bool,
    typed: &TypedTender,
    fields: &mut FieldReader,
) -> Result<Decided, SettingsRefusal> {
    let kinds = &standing.config.tender_kinds;
    let old = kinds.iter().find(|kind| kind.code == typed.code.trim().to_lowercase());
    match (adding, old) {
        (true, Some(_)) => fields.complain("code", "this word is taken"),
        (false, None) => return Err(SettingsRefusal::Unknown("means of payment")),
        _ => {}
    }
    let kind = typed.check(old.filter(|_| !adding), standing.accounts, fields);
    if !kind.active && !kinds.iter().any(|other| other.code != kind.code && other.active) {
        return Err(SettingsRefusal::LastTender);
    }
    let what = format!("Means of payment {}", kind.label);
    let change = SettingsChange::Tender { kind: kind.clone(), new: adding };
    Ok(told(whole(standing.config), &what, old, &kind, change))
}

const fn whole(config: &Config) -> (SubjectKind, Uuid) {
    (SubjectKind::Organization, config.organization.id.0)
}

fn found<'a, T>(record: Option<&'a T>, what: &'static str) -> Result<&'a T, SettingsRefusal> {
    record.ok_or(SettingsRefusal::Unknown(what))
}

fn existing(config: &Config, id: StoreId) -> Result<&StoreConfig, SettingsRefusal> {
    config.find_store(id).ok_or(SettingsRefusal::Unknown("store"))
}

fn told<T: Serialize, U: Serialize>(
    subject: (SubjectKind, Uuid),
    what: &str,
    before: Option<&T>,
    after: &U,
    change: SettingsChange,
) -> Decided {
    let verb = if before.is_some() { "changed" } else { "added" };
    Decided {
        change,
        subject,
        summary: format!("{what} {verb}"),
        before: before.and_then(|before| serde_json::to_value(before).ok()),
        after: serde_json::to_value(after).ok(),
    }
}

fn changed_policy(old: &StoreConfig, policy: StorePolicy, what: &str) -> Decided {
    let change = SettingsChange::Store {
        store: Box::new(old.store.clone()),
        policy: Box::new(policy.clone()),
        new: false,
    };
    let what = format!("{what} of {}", old.store.name);
    told((SubjectKind::Store, old.store.id.0), &what, Some(&old.policy), &policy, change)
}

/// `T2` after `T1`: it stands in every receipt number, so one that was used is never used again.
fn next_code(store: &StoreConfig) -> String {
    let used = store.tills.iter().filter_map(|till| till.code.strip_prefix('T')?.parse::<u32>().ok());
    format!("T{}", used.max().unwrap_or(0).saturating_add(1))
}

/// The stores whose taxes change, each with all jurisdictions that tax it afterwards.
fn taxed_anew(
    config: &Config,
    id: JurisdictionId,
    wanted: &[StoreId],
) -> Result<Vec<(StoreId, Vec<JurisdictionId>)>, SettingsRefusal> {
    if wanted.iter().any(|store| config.find_store(*store).is_none()) {
        return Err(SettingsRefusal::Unknown("store"));
    }
    let differs =
        |store: &&StoreConfig| store.jurisdictions.contains(&id) != wanted.contains(&store.store.id);
    let after = |store: &StoreConfig| {
        let others = store.jurisdictions.iter().copied().filter(|other| *other != id);
        let own = wanted.contains(&store.store.id).then_some(id);
        (store.store.id, others.chain(own).collect())
    };
    Ok(config.stores.iter().filter(differs).map(after).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{CommandId, LegalEntityId, OrganizationId};
    use crate::ledger::{FiscalYear, code, standard_chart};
    use crate::rate::Rate;
    use crate::sale::TenderNature;
    use crate::settings::{TypedLimits, TypedRate};
    use crate::tax::DatedRate;

    const STORE: StoreId = StoreId(Uuid::from_u128(2));
    const TILL: TillId = TillId(Uuid::from_u128(3));
    const STATE: JurisdictionId = JurisdictionId(Uuid::from_u128(4));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn config() -> Config {
        let cash = TenderKind {
            code: "cash".into(),
            label: "Cash".into(),
            nature: TenderNature::Currency,
            account: code::TILL_CASH,
            active: true,
        };
        let rate =
            DatedRate { valid_from: day("2000-01-01"), rate: Rate::from_ppm(70_000), cap_per_item: None };
        Config {
            version: 5,
            organization: Organization {
                id: OrganizationId(Uuid::from_u128(1)),
                name: "Test Jewelers".into(),
                currency: "USD".into(),
                demo: false,
                fiscal_year: FiscalYear::default(),
            },
            stores: vec![StoreConfig {
                store: Store {
                    id: STORE,
                    legal_entity_id: LegalEntityId(Uuid::from_u128(9)),
                    code: "S1".into(),
                    name: "Main Street".into(),
                    time_zone: "America/Chicago".into(),
                    street: String::new(),
                    city: String::new(),
                    state: String::new(),
                    postal_code: String::new(),
                    phone: String::new(),
                },
                policy: StorePolicy::default(),
                tills: vec![Till {
                    id: TILL,
                    store_id: STORE,
                    code: "T1".into(),
                    name: "Till 1".into(),
                    active: true,
                }],
                jurisdictions: vec![STATE],
            }],
            tender_kinds: vec![cash],
            jurisdictions: vec![Jurisdiction { id: STATE, name: "State".into(), rates: vec![rate] }],
        }
    }

    fn try_edit(edit: &SettingsEdit) -> Result<Decided, SettingsRefusal> {
        let config = config();
        let standing = Standing {
            config: &config,
            accounts: standard_chart(),
            open_tills: &[TILL],
            today: day("2026-03-02"),
        };
        let mut ids = Ids::new(CommandId(Uuid::from_u128(77)));
        decide(&standing, edit, 5, |zone| zone == "America/Chicago", &mut ids)
    }

    fn wrong_fields(edit: &SettingsEdit) -> Vec<String> {
        match try_edit(edit) {
            Err(SettingsRefusal::Fields(fields)) => fields.into_iter().map(|error| error.field).collect(),
            other => panic!("no fields were complained about: {other:?}"),
        }
    }

    fn tax(valid_from: &str, percent: &str) -> SettingsEdit {
        let rates =
            vec![TypedRate { valid_from: valid_from.into(), percent: percent.into(), cap: String::new() }];
        let typed = TypedJurisdiction { name: "State".into(), rates, stores: vec![STORE] };
        SettingsEdit::Tax { jurisdiction_id: Some(STATE), typed }
    }

    #[test]
    fn a_rate_that_has_begun_stays_and_a_new_one_follows_it() {
        let decided = try_edit(&tax("2026-07-01", "7.25")).unwrap();
        let SettingsChange::Tax { jurisdiction, stores } = decided.change else { panic!() };
        let days: Vec<_> = jurisdiction.rates.iter().map(|rate| (rate.valid_from, rate.rate.ppm())).collect();
        assert_eq!(days, [(day("2000-01-01"), 70_000), (day("2026-07-01"), 72_500)]);
        assert_eq!(stores, []);
        assert_eq!(wrong_fields(&tax("2026-03-01", "7.25")), ["rates.0.valid_from"]);
        assert!(try_edit(&tax("2026-03-02", "7.25")).is_ok(), "a wrong rate is mended from today on");
        assert_eq!(wrong_fields(&tax("2026-07-01", "107")), ["rates.0.percent"]);
        assert_eq!(wrong_fields(&tax("soon", "7")), ["rates.0.valid_from", "rates.0.valid_from"]);
    }

    #[test]
    fn a_jurisdiction_may_cease_to_tax_a_store() {
        let typed = TypedJurisdiction { name: "State".into(), ..TypedJurisdiction::default() };
        let decided = try_edit(&SettingsEdit::Tax { jurisdiction_id: Some(STATE), typed }).unwrap();
        let SettingsChange::Tax { stores, .. } = decided.change else { panic!() };
        assert_eq!(stores, [(STORE, vec![])]);
    }

    #[test]
    fn a_store_keeps_its_code_and_two_do_not_share_one() {
        let typed = |code: &str| TypedStore {
            store_code: code.into(),
            store_name: "Elm Street".into(),
            time_zone: "America/Chicago".into(),
            ..TypedStore::default()
        };
        let renamed = SettingsEdit::Store { store_id: Some(STORE), typed: typed("X9") };
        let SettingsChange::Store { store, new, .. } = try_edit(&renamed).unwrap().change else { panic!() };
        assert_eq!((store.code.as_str(), store.name.as_str(), new), ("S1", "Elm Street", false));
        assert_eq!(wrong_fields(&SettingsEdit::Store { store_id: None, typed: typed("s1") }), ["store_code"]);
        assert!(try_edit(&SettingsEdit::Store { store_id: None, typed: typed("S2") }).is_ok());
        let nowhere = TypedStore { time_zone: "Mars/Olympus".into(), ..typed("S2") };
        assert_eq!(wrong_fields(&SettingsEdit::Store { store_id: None, typed: nowhere }), ["time_zone"]);
    }

    #[test]
    fn tills_count_on_and_an_open_one_stays() {
        let till =
            |till_id, active| SettingsEdit::Till { store_id: STORE, till_id, name: "Window".into(), active };
        let SettingsChange::Till(added) = try_edit(&till(None, true)).unwrap().change else { panic!() };
        assert_eq!(added.code, "T2");
        assert_eq!(try_edit(&till(Some(TILL), false)), Err(SettingsRefusal::TillOpen));
        assert!(try_edit(&till(Some(TILL), true)).is_ok());
    }

    #[test]
    fn a_means_of_payment_goes_to_an_account_that_takes_payments() {
        let typed = |code: &str, account: &str, active| TypedTender {
            code: code.into(),
            label: "Wire".into(),
            nature: "check".into(),
            account: account.into(),
            active,
        };
        let add = |typed| SettingsEdit::Tender { adding: true, typed };
        assert!(try_edit(&add(typed("wire", "1020", true))).is_ok());
        assert_eq!(
            wrong_fields(&add(typed("wire", "1200", true))),
            ["account"],
            "inventory is counted, not paid"
        );
        assert_eq!(wrong_fields(&add(typed("cash", "1020", true))), ["code"]);
        let off = SettingsEdit::Tender { adding: false, typed: typed("cash", "1000", false) };
        assert_eq!(try_edit(&off), Err(SettingsRefusal::LastTender));
    }

    #[test]
    fn limits_are_read_field_by_field() {
        let good = TypedLimits::from(&StorePolicy::default());
        let limits = |typed| SettingsEdit::Limits { store_id: STORE, typed };
        let SettingsChange::Store { policy, .. } = try_edit(&limits(good.clone())).unwrap().change else {
            panic!()
        };
        assert_eq!(*policy, StorePolicy::default(), "what is shown reads back the same");
        let bad = TypedLimits {
            associate_discount: "half".into(),
            over_short: "-1".into(),
            idle_lock_minutes: "0".into(),
            discount_reasons: "\n \n".into(),
            tax_rounding: "never".into(),
            ..good
        };
        let wrong = wrong_fields(&limits(bad));
        assert_eq!(
            wrong,
            ["associate_discount", "tax_rounding", "over_short", "idle_lock_minutes", "discount_reasons"]
        );
    }

    #[test]
    fn a_company_chooses_when_its_year_begins() {
        let edit = |fiscal_year: Option<&str>| SettingsEdit::Organization {
            name: "Test Jewelers".into(),
            fiscal_year: fiscal_year.map(str::to_owned),
        };
        let begins = |month: Option<&str>| {
            let SettingsChange::Organization(now) = try_edit(&edit(month)).unwrap().change else { panic!() };
            now.fiscal_year.month()
        };
        assert_eq!((begins(Some("7")), begins(None)), (7, 1));
        assert_eq!(wrong_fields(&edit(Some("13"))), ["fiscal_year"]);
    }

    #[test]
    fn what_somebody_else_changed_meanwhile_is_not_overwritten() {
        let config = config();
        let standing = Standing { config: &config, accounts: &[], open_tills: &[], today: day("2026-03-02") };
        let mut ids = Ids::new(CommandId(Uuid::from_u128(77)));
        let edit = SettingsEdit::Organization { name: "Other".into(), fiscal_year: None };
        assert_eq!(decide(&standing, &edit, 4, |_| true, &mut ids), Err(SettingsRefusal::Outdated));
    }
}
