//! The first run: owner, organization, store, taxes, till.

use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::person::SavePerson;
use db::repo::{account, config, person, record};
use domain::event::{Event, EventKind, Origin, Record, SubjectKind};
use domain::field::FieldReader;
use domain::ids::{CommandId, EventId, Ids, JurisdictionId, LegalEntityId, OrganizationId, PersonId};
use domain::ledger::{code, standard_chart};
use domain::moment::Moment;
use domain::people::{check_password, check_pin};
use domain::person::{Person, Role};
use domain::policy::StorePolicy;
use domain::sale::{TenderKind, TenderNature};
use domain::settings::{TypedRate, check_rate, check_store};
use domain::store::{FirstRun, Organization, SetUp, Store, Till, TypedTax};
use domain::tax::Jurisdiction;
use domain::text;
use std::collections::BTreeMap;
use std::sync::Arc;

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
        active: true,
    };
    vec![
        kind("cash", "Cash", TenderNature::Currency, code::TILL_CASH),
        kind("card", "Card", TenderNature::CardTerminal, code::CARD_CLEARING),
        kind("check", "Check", TenderNature::Check, code::UNDEPOSITED_FUNDS),
        kind("account", "House account", TenderNature::Account, code::RECEIVABLES),
        kind("transfer", "Bank transfer", TenderNature::BankTransfer, code::BANK),
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
        let mut fields = FieldReader::default();
        let checked = check(&typed, &mut ids, &mut fields);
        let owner = owner(&typed, &checked, ids.draw(), now, &mut fields);
        let (checked, owner) = fields.finish((checked, owner))?;
        let today = crate::clock::local_date(now, &checked.store.time_zone)?;
        let (password_hash, pin_hash) =
            self.hashes(typed.owner_password.clone(), typed.owner_pin.clone()).await?;
        let owner = SavePerson { password_hash, pin_hash, ..owner };
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
                    let done = SetUp { store_id: c.store.id, till_id: c.till.id, owner_id: owner.person.id };
                    let event = Event::about(
                        EventId(command_id.0),
                        EventKind::StoreSetUp,
                        (SubjectKind::Organization, c.organization.id.0),
                        format!("{} set up", c.organization.name),
                        Moment::new(now, today),
                        Origin {
                            actor: owner.person.id,
                            store: c.store.id,
                            till: None,
                            session: None,
                            device: None,
                        },
                    );
                    record::insert(tx, &Record::of(event), &[], &done).await?;
                    Ok(done)
                })
            })
            .await?;
        self.reload_config().await?;
        Ok(done)
    }
}

fn check(typed: &FirstRun, ids: &mut Ids, fields: &mut FieldReader) -> Checked {
    let legal_entity = ids.draw();
    let store = check_store(&typed.store, ids.draw(), legal_entity, is_zone, fields);
    let organization: OrganizationId = ids.draw();
    let words = StorePolicy::default();
    Checked {
        organization: Organization {
            fiscal_year: domain::ledger::FiscalYear::default(),
            id: organization,
            name: fields.read("organization", text::required_line(&typed.organization)),
            currency: "USD".to_owned(),
            demo: typed.demo,
        },
        legal_entity,
        policy: StorePolicy {
            receipt_header: fields
                .read("receipt_header", text::note(&typed.receipt_header))
                .unwrap_or(words.receipt_header),
            receipt_footer: fields
                .read("receipt_footer", text::note(&typed.receipt_footer))
                .unwrap_or(words.receipt_footer),
            ..StorePolicy::default()
        },
        till: Till {
            id: ids.draw(),
            store_id: store.id,
            code: "T1".to_owned(),
            name: fields
                .read("till_name", text::optional_line(&typed.till_name))
                .unwrap_or_else(|| "Till 1".to_owned()),
            active: true,
        },
        jurisdictions: typed
            .taxes
            .iter()
            .enumerate()
            .filter_map(|(row, tax)| check_tax(tax, row, ids.draw(), fields))
            .collect(),
        store,
    }
}

/// A row of the tax table; `None` for a row left empty.
fn check_tax(
    typed: &TypedTax,
    row: usize,
    id: JurisdictionId,
    fields: &mut FieldReader,
) -> Option<Jurisdiction> {
    if typed == &TypedTax::default() {
        return None;
    }
    let row = format!("taxes.{row}");
    let TypedTax { name, percent, cap } = typed.clone();
    let rate = TypedRate { valid_from: String::new(), percent, cap };
    Some(Jurisdiction {
        id,
        name: fields.read(&format!("{row}.name"), text::required_line(&name)),
        rates: vec![check_rate(&rate, &row, fields)],
    })
}

/// Whether a time zone of this name exists.
pub(crate) fn is_zone(name: &str) -> bool {
    name.parse::<chrono_tz::Tz>().is_ok()
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
        person: Person {
            id,
            name: fields.read("owner_name", text::required_line(&typed.owner_name)),
            login,
            active: true,
            version: 1,
            roles: BTreeMap::from([(checked.store.id, Role::Owner)]),
            has_pin: true,
            has_password: true,
        },
        password_hash: None,
        pin_hash: None,
        now,
    }
}
