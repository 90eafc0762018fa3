//! The first run: owner, organization, store, taxes, till.

use crate::error::ServiceError;
use crate::secret;
use crate::services_core::Services;
use chrono::NaiveDate;
use db::repo::person::SavePerson;
use db::repo::{account, config, person, record};
use domain::event::{Event, EventKind, Origin, Record, SubjectKind};
use domain::field::FieldReader;
use domain::ids::{
    CommandId, EventId, Ids, JurisdictionId, LegalEntityId, OrganizationId, PersonId, StoreId,
};
use domain::ledger::{code, standard_chart};
use domain::moment::Moment;
use domain::money::Money;
use domain::person::Role;
use domain::policy::StorePolicy;
use domain::rate::Rate;
use domain::sale::{TenderKind, TenderNature};
use domain::store::{FirstRun, Organization, SetUp, Store, Till, TypedTax};
use domain::tax::{DatedRate, Jurisdiction};
use domain::text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The shortest password anybody may choose.
pub(crate) const SHORTEST_PASSWORD: usize = 10;

struct Checked {
    organization: Organization,
    legal_entity: LegalEntityId,
    store: Store,
    policy: StorePolicy,
    till: Till,
    jurisdictions: Vec<Jurisdiction>,
}

/// The means of payment every store starts with.
fn first_tender_kinds() -> Vec<TenderKind> {
    let kind = |code: &str, label: &str, nature, account| TenderKind {
        code: code.to_owned(),
        label: label.to_owned(),
        nature,
        account,
    };
    vec![
        kind("cash", "Cash", TenderNature::Currency, code::TILL_CASH),
        kind("card", "Card", TenderNature::CardTerminal, code::CARD_CLEARING),
        kind("check", "Check", TenderNature::Check, code::UNDEPOSITED_FUNDS),
    ]
}

impl Services {
    /// Sets the organization up. It works once: afterwards Settings change things.
    ///
    /// # Errors
    /// The fields that do not read; a refusal when everything is set up already.
    pub async fn set_up(&self, command_id: CommandId, typed: FirstRun) -> Result<SetUp, ServiceError> {
        if self.is_set_up() {
            return Err(ServiceError::refused("This store is set up already: sign in."));
        }
        let now = self.clock.now();
        let mut ids = Ids::new(command_id.checked().map_err(ServiceError::refused)?);
        let today = crate::clock::local_date(now, "UTC")?;
        let mut fields = FieldReader::default();
        let checked = check(&typed, today, &mut ids, &mut fields);
        let owner = owner(&typed, &checked, ids.draw(), now, &mut fields);
        let (checked, owner) = fields.finish((checked, owner))?;
        let (password, pin) = (typed.owner_password.clone(), typed.owner_pin.clone());
        let (password_hash, pin_hash) = self
            .hashing
            .run(move || Ok::<_, ServiceError>((secret::hash(&password)?, secret::hash(&pin)?)))
            .await??;
        let owner = SavePerson { password_hash: Some(password_hash), pin_hash: Some(pin_hash), ..owner };
        let (checked, owner) = (Arc::new(checked), Arc::new(owner));
        let done = self
            .db
            .write(move |tx| {
                let (checked, owner) = (Arc::clone(&checked), Arc::clone(&owner));
                Box::pin(async move {
                    if config::version(tx).await?.is_some() {
                        return Err(ServiceError::refused("This store is set up already: sign in."));
                    }
                    let c = &*checked;
                    config::insert_organization(tx, &c.organization, c.legal_entity, now).await?;
                    config::save_store(tx, &c.store, &c.policy).await?;
                    config::save_till(tx, &c.till).await?;
                    for jurisdiction in &c.jurisdictions {
                        config::save_jurisdiction(tx, jurisdiction).await?;
                    }
                    let ids: Vec<JurisdictionId> = c.jurisdictions.iter().map(|j| j.id).collect();
                    config::set_store_jurisdictions(tx, c.store.id, &ids).await?;
                    account::insert_all(tx, standard_chart()).await?;
                    config::insert_tender_kinds(tx, &first_tender_kinds()).await?;
                    person::save(tx, &owner).await?;
                    let done = SetUp { store_id: c.store.id, till_id: c.till.id, owner_id: owner.id };
                    let event = Event {
                        id: EventId(command_id.0),
                        kind: EventKind::StoreSetUp,
                        moment: Moment::new(now, today),
                        origin: Origin {
                            actor: owner.id,
                            store: c.store.id,
                            till: None,
                            session: None,
                            device: None,
                        },
                        approver: None,
                        subject: SubjectKind::Organization,
                        subject_id: c.organization.id.0,
                        summary: format!("{} set up", c.organization.name),
                        before: None,
                        after: None,
                    };
                    record::insert(tx, &Record::of(event), &[], &done).await?;
                    Ok(done)
                })
            })
            .await?;
        self.reload_config().await?;
        Ok(done)
    }
}

fn check(typed: &FirstRun, today: NaiveDate, ids: &mut Ids, fields: &mut FieldReader) -> Checked {
    let legal_entity = ids.draw();
    let store_id: StoreId = ids.draw();
    let code = fields.read("store_code", text::required_line(&typed.store_code)).to_uppercase();
    if code.len() > 6 || !code.chars().all(|c| c.is_ascii_alphanumeric()) {
        fields.complain("store_code", "at most 6 letters and digits, such as S1");
    }
    let time_zone = typed.time_zone.trim().to_owned();
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        fields.complain("time_zone", "choose a time zone such as America/Chicago");
    }
    let mut line =
        |field: &str, typed: &str| fields.read(field, text::optional_line(typed)).unwrap_or_default();
    let store = Store {
        id: store_id,
        legal_entity_id: legal_entity,
        code,
        name: line("store_name", &typed.store_name),
        time_zone,
        street: line("street", &typed.street),
        city: line("city", &typed.city),
        state: line("state", &typed.state),
        postal_code: line("postal_code", &typed.postal_code),
        phone: line("phone", &typed.phone),
    };
    if store.name.is_empty() {
        fields.complain("store_name", text::TextError::Missing);
    }
    let organization: OrganizationId = ids.draw();
    Checked {
        organization: Organization {
            id: organization,
            name: fields.read("organization", text::required_line(&typed.organization)),
            currency: "USD".to_owned(),
            demo: typed.demo,
        },
        legal_entity,
        policy: StorePolicy {
            receipt_header: fields
                .read("receipt_header", text::note(&typed.receipt_header))
                .unwrap_or_default(),
            receipt_footer: fields
                .read("receipt_footer", text::note(&typed.receipt_footer))
                .unwrap_or_default(),
            ..StorePolicy::default()
        },
        till: Till {
            id: ids.draw(),
            store_id,
            code: "T1".to_owned(),
            name: fields
                .read("till_name", text::optional_line(&typed.till_name))
                .unwrap_or_else(|| "Till 1".to_owned()),
        },
        jurisdictions: typed
            .taxes
            .iter()
            .enumerate()
            .filter_map(|(row, tax)| check_tax(tax, row, today, ids.draw(), fields))
            .collect(),
        store,
    }
}

/// A row of the tax table; `None` for a row left empty.
pub(crate) fn check_tax(
    typed_tax: &TypedTax,
    row: usize,
    today: NaiveDate,
    id: JurisdictionId,
    fields: &mut FieldReader,
) -> Option<Jurisdiction> {
    if typed_tax == &TypedTax::default() {
        return None;
    }
    let field = |name: &str| format!("taxes.{row}.{name}");
    let cap_per_item = match typed_tax.cap.trim() {
        "" => None,
        typed => Some(fields.read(&field("cap"), Money::parse(typed))),
    };
    if cap_per_item.is_some_and(|cap| !cap.is_positive()) {
        fields.complain(&field("cap"), "a cap is above zero, or empty");
    }
    let rate = fields.read(&field("percent"), Rate::parse_percent(&typed_tax.percent));
    // A store that starts today also prints a receipt with yesterday's date across time zones.
    let valid_from = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(today);
    Some(Jurisdiction {
        id,
        name: fields.read(&field("name"), text::required_line(&typed_tax.name)),
        rates: vec![DatedRate { valid_from, rate, cap_per_item }],
    })
}

fn owner(
    typed: &FirstRun,
    checked: &Checked,
    id: PersonId,
    now: chrono::DateTime<chrono::Utc>,
    fields: &mut FieldReader,
) -> SavePerson {
    let login = fields.read("owner_login", text::required_line(&typed.owner_login)).to_lowercase();
    check_password("owner_password", &typed.owner_password, fields);
    check_pin("owner_pin", &typed.owner_pin, fields);
    SavePerson {
        id,
        name: fields.read("owner_name", text::required_line(&typed.owner_name)),
        login,
        active: true,
        roles: BTreeMap::from([(checked.store.id, Role::Owner)]),
        password_hash: None,
        pin_hash: None,
        now,
    }
}

pub(crate) fn check_password(field: &str, typed: &str, fields: &mut FieldReader) {
    if typed.chars().count() < SHORTEST_PASSWORD {
        fields.complain(field, format!("at least {SHORTEST_PASSWORD} characters"));
    }
    if typed.len() > 200 {
        fields.complain(field, text::TextError::TooLong(200));
    }
}

pub(crate) fn check_pin(field: &str, typed: &str, fields: &mut FieldReader) {
    let digits = typed.chars().all(|c| c.is_ascii_digit());
    let one_digit = typed.chars().all(|c| typed.starts_with(c));
    if !digits || !(4..=8).contains(&typed.len()) || one_digit {
        fields.complain(field, "4 to 8 digits, not all the same");
    }
}
