//! A store to try use cases on, on a real database.
#![allow(dead_code, reason = "each test binary uses a part")]

use chrono::{DateTime, Utc};
use db::{Db, Location};
use domain::customer::{MergeCustomers, Primaries, SaveCustomer, TypedCustomer, UndoMerge};
use domain::field::FieldError;
use domain::ids::*;
use domain::item::{SaveItem, StockSource, TypedItem};
use domain::ledger::LineFilter;
use domain::moment::Confirmed;
use domain::money::Money;
use domain::person::{Actor, Role, SavePerson, SignIn};
use domain::policy::StorePolicy;
use domain::sale::{CompleteSale, Tender, TicketLine};
use domain::settings::{SaveSettings, SettingsEdit, TypedStore};
use domain::store::{FirstRun, SetUp, TypedTax};
use domain::till::OpenTill;
use migrations::{Migrator, MigratorTrait};
use services::{Clock, Ctx, ServiceError, Services, Vault};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs one test body on both databases.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$name(super::support::Shop::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                super::$name(super::support::Shop::on_postgres().await).await;
            }
        }
    )+};
}

/// A store set up, with its owner signed in.
pub struct Shop {
    pub services: Services,
    pub clock: Clock,
    pub set_up: SetUp,
    pub owner: Ctx,
    pub location: Location,
}

pub fn cents(text: &str) -> Money {
    text.parse().unwrap()
}

/// A fresh command id; the counter keeps them apart within a millisecond.
pub fn command() -> CommandId {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&count.to_be_bytes());
    random[8..].copy_from_slice(&std::process::id().to_be_bytes()[2..]);
    CommandId::from_parts(u64::try_from(Utc::now().timestamp_millis()).unwrap(), &random)
}

/// What is said at a field.
pub fn complaint(refused: ServiceError, field: &str) -> String {
    let ServiceError::Fields(fields) = refused else { panic!("{refused:?}") };
    let find = |one: &&FieldError| one.field == field;
    fields.iter().find(find).map(|one| one.message.clone()).unwrap_or_else(|| panic!("{fields:?}"))
}

/// The key that private data is sealed with.
pub fn key() -> Vault {
    Vault::named(&"7a".repeat(32), "a test").unwrap()
}

pub fn noon() -> DateTime<Utc> {
    "2026-03-02T18:00:00Z".parse().unwrap()
}

impl Shop {
    pub async fn on_sqlite() -> Self {
        let dir = std::env::temp_dir().join(format!("parure-test-{}", command().0));
        std::fs::create_dir_all(&dir).unwrap();
        Self::at(Location::File(dir.join("parure.db"))).await
    }

    /// A database of its own on the server that the test command starts.
    pub async fn on_postgres() -> Self {
        Self::at(fresh_postgres().await).await
    }

    /// An empty place of the same kind, as on another machine.
    pub async fn elsewhere(&self) -> Location {
        match &self.location {
            Location::File(path) => {
                let dir = path.with_file_name("elsewhere");
                std::fs::create_dir(&dir).unwrap();
                Location::File(dir.join("parure.db"))
            }
            Location::Server(_) => fresh_postgres().await,
        }
    }

    pub async fn at(location: Location) -> Self {
        let connection = Db::connect_for_migration(&location).await.unwrap();
        Migrator::up(&connection, None).await.unwrap();
        connection.close().await.unwrap();
        let clock = Clock::standing_at(noon());
        let db = Db::open(&location).await.unwrap();
        services::prepare(&db).await.unwrap();
        let services = Services::new(db, clock.clone()).await.unwrap().sealing_with(key());
        let set_up = services.set_up(command(), first_run()).await.unwrap();
        let signed_in = services
            .sign_in(None, None, SignIn { login: "owner".into(), password: "correct horse".into() })
            .await
            .unwrap();
        let owner = services.authenticate(Some(&signed_in.token), None).await.unwrap();
        let owner = Ctx { till: Some(set_up.till_id), ..owner };
        Self { services, clock, set_up, owner, location }
    }

    /// What stands on an account of the ledger, debits above zero.
    pub async fn balance(&self, account: i32) -> Money {
        let sums = self.services.trial_balance(&self.owner, LineFilter::default()).await.unwrap();
        let sum = sums.iter().find(|sum| sum.account.get() == account);
        sum.map_or(Money::ZERO, |sum| sum.debit.minus(sum.credit).unwrap())
    }

    pub async fn balance_text(&self, account: i32) -> String {
        self.balance(account).await.to_string()
    }

    /// The same person with another role, as the permission checks see them.
    pub fn as_role(&self, role: Role) -> Ctx {
        let actor =
            Actor { roles: BTreeMap::from([(self.set_up.store_id, role)]), ..self.owner.actor.clone() };
        Ctx { actor, ..self.owner.clone() }
    }

    /// Changes one thing in the settings as they stand.
    pub async fn edit(&self, ctx: &Ctx, edit: SettingsEdit) -> Result<(), ServiceError> {
        let version = self.services.config().unwrap().version;
        self.services.save_settings(ctx, SaveSettings { command_id: command(), version, edit }).await
    }

    /// The settings of the store.
    pub fn policy(&self) -> StorePolicy {
        self.services.config().unwrap().find_store(self.set_up.store_id).unwrap().policy.clone()
    }

    pub async fn open_till(&self, float: &str) -> TillSessionId {
        let cmd = OpenTill {
            command_id: command(),
            store_id: self.set_up.store_id,
            till_id: self.set_up.till_id,
            float: cents(float),
            date_confirmed: Confirmed::No,
        };
        self.services.open_till(&self.owner, cmd).await.unwrap()
    }

    pub async fn add_ring(&self, price: &str, cost: &str) -> ItemId {
        self.services.save_item(&self.owner, self.new_ring(price, cost)).await.unwrap()
    }

    pub fn new_ring(&self, price: &str, cost: &str) -> SaveItem {
        let typed = TypedItem {
            kind: "ring".into(),
            metal: "platinum".into(),
            price: price.into(),
            cost: Some(cost.into()),
            ..TypedItem::default()
        };
        SaveItem {
            command_id: command(),
            store_id: self.set_up.store_id,
            item_id: None,
            version: 0,
            source: StockSource::Opening,
            typed,
        }
    }

    pub fn sale(
        &self,
        session: TillSessionId,
        lines: &[(ItemId, &str)],
        total: &str,
        cash: &str,
    ) -> CompleteSale {
        CompleteSale {
            command_id: command(),
            store_id: self.set_up.store_id,
            session_id: session,
            customer_id: None,
            lines: lines
                .iter()
                .map(|(id, price)| TicketLine {
                    item_id: *id,
                    price: cents(price),
                    discount: None,
                    quantity: None,
                })
                .collect(),
            discount: None,
            sellers: Vec::new(),
            tenders: vec![Tender { kind: "cash".into(), amount: cents(cash), reference: String::new() }],
            expected_total: cents(total),
            approvals: Vec::new(),
            note: String::new(),
            exemption: None,
            voided: Vec::new(),
            returns: Vec::new(),
            secret_until: String::new(),
            override_reason: String::new(),
        }
    }

    /// Puts somebody into the customer book.
    /// Two cards of one customer become one.
    pub async fn merged(&self, winner_id: CustomerId, loser_id: CustomerId) -> EventId {
        let version = async |id| self.services.customer(&self.owner, id).await.unwrap().version;
        let cmd = MergeCustomers {
            command_id: command(),
            winner_id,
            loser_id,
            winner_version: version(winner_id).await,
            loser_version: version(loser_id).await,
            primaries: Primaries::default(),
        };
        let event = EventId(cmd.command_id.0);
        self.services.merge_customers(&self.owner, cmd).await.unwrap();
        event
    }

    pub async fn taken_apart(&self, merge_id: EventId) {
        let cmd = UndoMerge { command_id: command(), merge_id };
        self.services.undo_merge(&self.owner, cmd).await.unwrap();
    }

    pub async fn meet(&self, typed: TypedCustomer) -> CustomerId {
        let cmd = SaveCustomer { command_id: command(), customer_id: None, version: 0, typed };
        self.services.save_customer(&self.owner, cmd).await.unwrap()
    }

    /// Somebody who works in the store.
    pub async fn hire(&self, name: &str, role: Role) -> Ctx {
        self.hire_at(self.set_up.store_id, name, role).await
    }

    pub async fn hire_at(&self, store: StoreId, name: &str, role: Role) -> Ctx {
        let cmd = SavePerson {
            command_id: command(),
            person_id: None,
            version: 0,
            name: name.into(),
            login: name.to_lowercase(),
            active: true,
            roles: BTreeMap::from([(store, Some(role))]),
            password: format!("password of {name}"),
            pin: "2580".into(),
        };
        let person_id = self.services.save_person(&self.owner, cmd).await.unwrap();
        let mut ctx = Ctx { store, ..self.owner.clone() };
        ctx.actor.person_id = person_id;
        ctx.actor.name = name.into();
        ctx.actor.roles = BTreeMap::from([(store, role)]);
        ctx
    }

    /// Another store of the same company, and the owner of both.
    pub async fn second_store(&self) -> (StoreId, Ctx) {
        let version = self.services.config().unwrap().version;
        let typed = TypedStore {
            store_code: "S2".into(),
            store_name: "Harbor".into(),
            time_zone: "America/Chicago".into(),
            ..TypedStore::default()
        };
        let edit = SettingsEdit::Store { store_id: None, typed };
        let cmd = SaveSettings { command_id: command(), version, edit };
        self.services.save_settings(&self.owner, cmd).await.unwrap();
        let id = self.services.config().unwrap().stores[1].store.id;
        let mut owner = self.owner.clone();
        owner.actor.roles.insert(id, Role::Owner);
        (id, owner)
    }

    /// Changes rows past every guard in the database.
    pub async fn tamper(&self, sql: &str) {
        let open = match self.location {
            Location::File(_) => {
                "PRAGMA foreign_keys = OFF; PRAGMA writable_schema = ON; PRAGMA ignore_check_constraints = ON;
                 DELETE FROM sqlite_master WHERE type = 'trigger'; PRAGMA writable_schema = RESET"
            }
            Location::Server(_) => "SET session_replication_role = replica",
        };
        let connection = Db::connect_for_migration(&self.location).await.unwrap();
        let done = migrations::run_sql(&connection, &format!("{open}; {sql}")).await;
        connection.close().await.unwrap();
        done.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Nothing is out of order anywhere.
    pub async fn verifies(&self) {
        let report = self.services.verify().await.unwrap();
        assert_eq!(report.findings, [], "verify found something");
        assert!(report.checked.len() > 10);
    }
}

impl Drop for Shop {
    /// Thousands of tests would fill the disk.
    fn drop(&mut self) {
        if let Location::File(path) = &self.location
            && let Some(folder) = path.parent()
        {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

async fn fresh_postgres() -> Location {
    let server = std::env::var("PARURE_TEST_POSTGRES")
        .expect("PARURE_TEST_POSTGRES names no server: `cargo xtask test` starts one");
    let name = format!("t{}", command().0.simple());
    let admin = Db::connect_for_migration(&Location::Server(server.clone())).await.unwrap();
    migrations::run_sql(&admin, &format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    Location::Server(format!("{base}/{name}"))
}

fn first_run() -> FirstRun {
    FirstRun {
        organization: "Test Jewelers".into(),
        store: TypedStore {
            store_code: "S1".into(),
            store_name: "Main Street".into(),
            time_zone: "America/Chicago".into(),
            ..TypedStore::default()
        },
        taxes: vec![TypedTax { name: "State".into(), percent: "7".into(), cap: String::new() }],
        owner_name: "Owner".into(),
        owner_login: "owner".into(),
        owner_password: "correct horse".into(),
        owner_pin: "4711".into(),
        ..FirstRun::default()
    }
}
