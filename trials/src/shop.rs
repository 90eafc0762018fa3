//! A store made ready through the real use cases: tills paired and open, pieces in the case, customers.

use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use db::{Db, Location};
use domain::customer::{SaveCustomer, TypedContact, TypedCustomer};
use domain::ids::{CommandId, CustomerId, ItemId, PersonId, TillId, TillSessionId};
use domain::item::{SaveItem, StockSource, TypedItem};
use domain::moment::Confirmed;
use domain::money::Money;
use domain::person::{Role, SavePerson, SignIn};
use domain::sale::TaxTable;
use domain::settings::{SaveSettings, SettingsEdit, TypedStore};
use domain::store::{FirstRun, SetUp, TypedTax};
use domain::till::OpenTill;
use futures::stream::{self, StreamExt, TryStreamExt};
use migrations::{Migrator, MigratorTrait};
use services::{Clock, Ctx, Services};
use std::collections::BTreeMap;
use std::path::Path;

/// The PIN of whoever works at a till of the shop.
pub const PIN: &str = "2580";
const OWNER_PASSWORD: &str = "trials are hard";
/// Writes that wait for one disk together.
const AT_ONCE: usize = 64;

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Stock {
    pub tills: usize,
    pub pieces: usize,
    pub customers: usize,
}

/// A till that is paired and open.
#[derive(Debug, Clone)]
pub struct TillInShop {
    pub id: TillId,
    pub session: TillSessionId,
    /// The cookie of the browser that is paired with it.
    pub device: String,
}

/// What is in the store.
#[derive(Debug, Clone)]
pub struct Shop {
    pub set_up: SetUp,
    /// Who sells at all tills.
    pub cashier: PersonId,
    pub tills: Vec<TillInShop>,
    pub pieces: Vec<(ItemId, Money)>,
    pub customers: Vec<CustomerId>,
    pub taxes: TaxTable,
}

/// Where `parure --data folder` keeps its data.
#[must_use]
pub fn location_of(folder: &Path) -> Location {
    Location::File(folder.join("parure.db"))
}

/// A command id as browsers make them.
#[must_use]
pub fn fresh_command() -> CommandId {
    let mut random = [0; 10];
    fastrand::fill(&mut random);
    CommandId::from_parts(u64::try_from(Utc::now().timestamp_millis()).unwrap_or(0), &random)
}

impl Shop {
    /// Fills an empty database.
    ///
    /// # Errors
    /// When it is not empty, or a use case refuses.
    pub async fn make(location: &Location, stock: Stock) -> Result<Self> {
        Self::make_at(location, stock, Utc::now()).await
    }

    /// The same at a time of the caller's choosing.
    ///
    /// # Errors
    /// As above.
    pub async fn make_at(location: &Location, stock: Stock, now: DateTime<Utc>) -> Result<Self> {
        let connection = Db::connect_for_migration(location).await?;
        Migrator::up(&connection, None).await?;
        connection.close().await?;
        let db = Db::open(location).await?;
        services::prepare(&db).await?;
        let clock = Clock::standing_at(now);
        let services = Services::new(db, clock).await?;
        let set_up = services.set_up(fresh_command(), first_run()).await?;
        let owner = Self::sign_in_owner(&services).await?;
        let maker = Maker { services: &services, owner, set_up: &set_up };
        maker.add_tills(stock.tills).await?;
        Ok(Self {
            cashier: maker.hire().await?,
            tills: maker.open_tills().await?,
            pieces: maker.stock_up(stock.pieces).await?,
            customers: maker.meet_customers(stock.customers).await?,
            taxes: maker.taxes(now)?,
            set_up,
        })
    }

    /// The owner, away from any till.
    ///
    /// # Errors
    /// When the shop is not this one.
    pub async fn sign_in_owner(services: &Services) -> Result<Ctx> {
        let sign_in = SignIn { login: "owner".to_owned(), password: OWNER_PASSWORD.to_owned() };
        let signed_in = services.sign_in(None, None, sign_in).await?;
        Ok(services.authenticate(Some(&signed_in.token), None).await?)
    }
}

struct Maker<'a> {
    services: &'a Services,
    owner: Ctx,
    set_up: &'a SetUp,
}

impl Maker<'_> {
    /// The first one is there since the first run.
    async fn add_tills(&self, wanted: usize) -> Result<()> {
        for number in 2..=wanted {
            let (store_id, name) = (self.set_up.store_id, format!("Till {number}"));
            let cmd = SaveSettings {
                command_id: fresh_command(),
                version: self.services.config()?.version,
                edit: SettingsEdit::Till { store_id, till_id: None, name, active: true },
            };
            self.services.save_settings(&self.owner, cmd).await?;
        }
        Ok(())
    }

    async fn hire(&self) -> Result<PersonId> {
        let cmd = SavePerson {
            command_id: fresh_command(),
            person_id: None,
            version: 0,
            name: "Cash Ier".to_owned(),
            login: "cashier".to_owned(),
            active: true,
            roles: BTreeMap::from([(self.set_up.store_id, Some(Role::Associate))]),
            password: String::new(),
            pin: PIN.to_owned(),
        };
        Ok(self.services.save_person(&self.owner, cmd).await?)
    }

    async fn open_tills(&self) -> Result<Vec<TillInShop>> {
        let config = self.services.config()?;
        let store = config.stores.first().context("no store")?;
        let mut tills = Vec::with_capacity(store.tills.len());
        for till in &store.tills {
            let code = self.services.new_pairing(till.id).await?;
            let (device, id) = self.services.pair(&code).await?;
            let cmd = OpenTill {
                command_id: fresh_command(),
                store_id: self.set_up.store_id,
                till_id: id,
                float: Money::from_minor(20_000),
                date_confirmed: Confirmed::No,
            };
            let ctx = Ctx { till: Some(id), ..self.owner.clone() };
            let session = self.services.open_till(&ctx, cmd).await?;
            tills.push(TillInShop { id, session, device: device.expose().to_owned() });
        }
        Ok(tills)
    }

    async fn stock_up(&self, count: usize) -> Result<Vec<(ItemId, Money)>> {
        let pieces = stream::iter(1..=i64::try_from(count)?).map(|number| async move {
            let price = Money::from_minor(4_900 + number % 997 * 100);
            let typed = TypedItem {
                kind: "ring".to_owned(),
                metal: "platinum".to_owned(),
                price: price.to_string(),
                cost: Some("21.00".to_owned()),
                ..TypedItem::default()
            };
            let cmd = SaveItem {
                command_id: fresh_command(),
                store_id: self.set_up.store_id,
                item_id: None,
                version: 0,
                source: StockSource::Opening,
                typed,
            };
            Ok::<_, anyhow::Error>((self.services.save_item(&self.owner, cmd).await?, price))
        });
        pieces.buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn meet_customers(&self, count: usize) -> Result<Vec<CustomerId>> {
        let customers = stream::iter(0..count).map(|number| async move {
            let typed = TypedCustomer {
                first_name: "Casey".to_owned(),
                last_name: format!("Number {number}"),
                phones: vec![TypedContact::new("mobile", format!("(555) 010-{number:04}"))],
                ..TypedCustomer::default()
            };
            let cmd = SaveCustomer { command_id: fresh_command(), customer_id: None, version: 0, typed };
            Ok::<_, anyhow::Error>(self.services.save_customer(&self.owner, cmd).await?)
        });
        customers.buffer_unordered(AT_ONCE).try_collect().await
    }

    fn taxes(&self, now: DateTime<Utc>) -> Result<TaxTable> {
        let config = self.services.config()?;
        let store = config.stores.first().context("no store")?;
        let levies = config.jurisdictions.iter().filter_map(|j| j.levy_on(now.date_naive())).collect();
        Ok(TaxTable { levies, rounding: store.policy.tax_rounding })
    }
}

fn first_run() -> FirstRun {
    let tax = |name: &str, percent: &str| TypedTax {
        name: name.to_owned(),
        percent: percent.to_owned(),
        cap: String::new(),
    };
    FirstRun {
        organization: "Trial Jewelers".to_owned(),
        store: TypedStore {
            store_code: "S1".to_owned(),
            store_name: "Trial Street".to_owned(),
            time_zone: "America/Chicago".to_owned(),
            ..TypedStore::default()
        },
        taxes: vec![tax("State", "6.25"), tax("City", "1.25")],
        owner_name: "Owner".to_owned(),
        owner_login: "owner".to_owned(),
        owner_password: OWNER_PASSWORD.to_owned(),
        owner_pin: "4711".to_owned(),
        ..FirstRun::default()
    }
}
