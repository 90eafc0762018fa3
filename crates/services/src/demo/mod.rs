//! A made-up store to look at: made through the real use cases, the same for the same seed.

mod people;
mod pieces;

use crate::clock::Clock;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::{DateTime, Datelike, Duration, Utc, Weekday};
use domain::ids::{CommandId, CustomerId, ItemId, TillId, TillSessionId};
use domain::item::{SaveItem, StockSource};
use domain::moment::Confirmed;
use domain::money::Money;
use domain::person::{Actor, Role};
use domain::rate::Rate;
use domain::sale::{
    Cart, CartLine, CompleteSale, Discount, DiscountOff, Tender, TicketLine, VoidSale, even_shares, price,
};
use domain::settings::TypedStore;
use domain::store::{FirstRun, SetUp, TypedTax};
use domain::tax::Taxability;
use domain::till::{CashCount, CloseDay, CloseTill, DENOMINATIONS, OpenTill};
use fastrand::Rng;
use people::Staff;
use std::collections::BTreeMap;

/// How many days of trade the demo store looks back on, today included.
const DAYS: i64 = 30;
const PIECES: usize = 150;
const CUSTOMERS: usize = 80;

/// The demo's owner signs in with this at a desk; the others with `demo-store-` and their login.
pub const DEMO_PASSWORD: &str = "demo-store-owner";

/// What whoever starts a demo store is told.
#[derive(Debug, Clone)]
pub struct DemoStore {
    pub till_id: TillId,
    /// Name, role and PIN of everybody.
    pub people: Vec<(String, Role, &'static str)>,
}

struct Maker<'a> {
    services: &'a Services,
    rng: Rng,
    owner: Ctx,
    set_up: SetUp,
    staff: Vec<Staff>,
    stock: Vec<(ItemId, Money)>,
    /// Everybody in the customer book, and who of them pays no tax.
    customers: Vec<(CustomerId, Taxability)>,
}

/// Fills an empty database with the demo store.
///
/// # Errors
/// [`ServiceError`] when the database is not empty or fails.
pub async fn make(db: db::Db, seed: u64, now: DateTime<Utc>) -> Result<DemoStore, ServiceError> {
    let begin = now - Duration::days(DAYS);
    let services = Services::new(db, Clock::standing_at(begin)).await?;
    let mut rng = Rng::with_seed(seed);
    let set_up = services.set_up(command(&mut rng, begin), store()).await?;
    let owner = Ctx {
        actor: Actor {
            person_id: set_up.owner_id,
            name: people::OWNER.to_owned(),
            roles: BTreeMap::from([(set_up.store_id, Role::Owner)]),
        },
        device: None,
        till: Some(set_up.till_id),
        store: set_up.store_id,
    };
    let mut maker = Maker {
        services: &services,
        rng,
        owner,
        set_up,
        staff: Vec::new(),
        stock: Vec::new(),
        customers: Vec::new(),
    };
    maker.hire().await?;
    maker.stock_up().await?;
    maker.meet_customers().await?;
    for day in 0..DAYS {
        maker.trade_a_day(begin + Duration::days(day + 1), day == DAYS - 1).await?;
    }
    let people = maker.staff.iter().map(|staff| (staff.name.clone(), staff.role, staff.pin)).collect();
    Ok(DemoStore { till_id: maker.set_up.till_id, people })
}

fn store() -> FirstRun {
    let tax = |name: &str, percent: &str| TypedTax {
        name: name.into(),
        percent: percent.into(),
        cap: String::new(),
    };
    FirstRun {
        organization: "Larkspur & Vane Jewelers".into(),
        store: TypedStore {
            store_code: "S1".into(),
            store_name: "Larkspur & Vane, Mill Street".into(),
            time_zone: "America/Chicago".into(),
            street: "1 Example Street".into(),
            city: "Sampleton".into(),
            state: "IL".into(),
            postal_code: "00000".into(),
            phone: "(555) 010-0100".into(),
        },
        taxes: vec![tax("State of Sample", "6.25"), tax("Sampleton", "1.25")],
        till_name: "Till 1".into(),
        receipt_header: "Demo receipt: nothing here is real.".into(),
        receipt_footer: "Thank you for playing shop.".into(),
        owner_name: people::OWNER.into(),
        owner_login: "owner".into(),
        owner_password: DEMO_PASSWORD.into(),
        owner_pin: people::OWNER_PIN.into(),
        demo: true,
    }
}

fn command(rng: &mut Rng, at: DateTime<Utc>) -> CommandId {
    let mut random = [0; 10];
    rng.fill(&mut random);
    CommandId::from_parts(u64::try_from(at.timestamp_millis()).unwrap_or(0), &random)
}

impl Maker<'_> {
    fn command(&mut self) -> CommandId {
        command(&mut self.rng, self.services.clock.now())
    }

    async fn hire(&mut self) -> Result<(), ServiceError> {
        self.staff = vec![people::owner(self.set_up.owner_id)];
        for hired in people::HIRED {
            let id = self.command();
            let cmd = hired.command(id, self.set_up.store_id);
            let person_id = self.services.save_person(&self.owner, cmd).await?;
            self.staff.push(hired.staff(person_id));
        }
        Ok(())
    }

    async fn stock_up(&mut self) -> Result<(), ServiceError> {
        for number in 0..PIECES {
            let typed = pieces::piece(&mut self.rng, number);
            let price = Money::parse(&typed.price).map_err(ServiceError::internal)?;
            let cmd = SaveItem {
                command_id: self.command(),
                store_id: self.set_up.store_id,
                item_id: None,
                version: 0,
                source: StockSource::Opening,
                typed,
            };
            let id = self.services.save_item(&self.owner, cmd).await?;
            self.stock.push((id, price));
            self.services.clock.advance(Duration::seconds(20));
        }
        Ok(())
    }

    async fn meet_customers(&mut self) -> Result<(), ServiceError> {
        for number in 0..CUSTOMERS {
            let (id, typed) = (self.command(), people::customer(&mut self.rng, number));
            let exempt = !typed.exemption_certificate.is_empty();
            let taxability = if exempt { Taxability::Exempt } else { Taxability::Taxable };
            let cmd = domain::customer::SaveCustomer { command_id: id, customer_id: None, version: 0, typed };
            self.customers.push((self.services.save_customer(&self.owner, cmd).await?, taxability));
        }
        Ok(())
    }

    /// Opens the till, sells, counts and closes; on the last day the till stays open for the visitor.
    async fn trade_a_day(&mut self, day: DateTime<Utc>, is_today: bool) -> Result<(), ServiceError> {
        // Never ahead of the real time: the first event a visitor makes comes after all of these.
        let opening = if is_today { day - Duration::hours(2) } else { day - Duration::hours(6) };
        self.services.clock.set(opening.max(self.services.clock.now()));
        let zone: chrono_tz::Tz = self
            .services
            .config()?
            .store(self.set_up.store_id)?
            .store
            .time_zone
            .parse()
            .map_err(ServiceError::internal)?;
        if self.services.clock.now().with_timezone(&zone).weekday() == Weekday::Sun && !is_today {
            return Ok(());
        }
        let open = OpenTill {
            command_id: self.command(),
            store_id: self.set_up.store_id,
            till_id: self.set_up.till_id,
            float: Money::from_minor(20_000),
            date_confirmed: Confirmed::No,
        };
        let session = self.services.open_till(&self.owner, open).await?;
        let sales = self.rng.usize(1..=4);
        for _ in 0..sales {
            self.services.clock.advance(Duration::minutes(self.rng.i64(8..=20)));
            self.sell(session).await?;
        }
        if is_today {
            return Ok(());
        }
        self.count_and_close(session).await
    }

    async fn sell(&mut self, session: TillSessionId) -> Result<(), ServiceError> {
        let pieces = if self.rng.u8(0..5) == 0 { 2 } else { 1 };
        let mut lines = Vec::new();
        for _ in 0..pieces {
            if self.stock.is_empty() {
                break;
            }
            let (id, price) = self.stock.swap_remove(self.rng.usize(0..self.stock.len()));
            let discount = (self.rng.u8(0..5) == 0).then(|| Discount {
                off: DiscountOff::Percent(Rate::from_ppm(self.rng.i64(1..=2) * 50_000)),
                reason: "Loyal customer".to_owned(),
            });
            lines.push(TicketLine { item_id: id, price, discount, quantity: None });
        }
        if lines.is_empty() {
            return Ok(());
        }
        let seller = self.rng.usize(0..self.staff.len());
        let ctx = self.staff.get(seller).filter(|staff| staff.role.may(domain::person::Permission::Sell));
        let ctx = ctx.map_or_else(|| self.owner.clone(), |staff| staff.ctx(&self.set_up));
        let customer = (self.rng.u8(0..4) > 0).then(|| self.rng.choice(&self.customers).copied()).flatten();
        let total =
            self.total_of(&lines, customer.map_or(Taxability::Taxable, |(_, taxability)| taxability))?;
        let sellers = match self.rng.u8(0..6) {
            0 => even_shares(&[self.set_up.owner_id, ctx.person()]).map_err(ServiceError::internal)?,
            _ => Vec::new(),
        };
        let sellers = if ctx.person() == self.set_up.owner_id { Vec::new() } else { sellers };
        let cmd = CompleteSale {
            returns: Vec::new(),
            command_id: self.command(),
            store_id: self.set_up.store_id,
            session_id: session,
            customer_id: customer.map(|(id, _)| id),
            lines,
            discount: None,
            sellers,
            tenders: self.tenders(total),
            expected_total: total,
            approvals: Vec::new(),
            note: String::new(),
            exemption: None,
            voided: Vec::new(),
        };
        let done = self.services.complete_sale(&ctx, cmd).await?;
        if self.rng.u8(0..25) == 0 {
            let cmd = VoidSale {
                command_id: self.command(),
                store_id: self.set_up.store_id,
                sale_id: done.sale_id,
                reason: "Rung up twice".to_owned(),
                approvals: Vec::new(),
            };
            self.services.void_sale(&self.owner, cmd).await?;
        }
        Ok(())
    }

    fn total_of(&self, lines: &[TicketLine], taxability: Taxability) -> Result<Money, ServiceError> {
        let config = self.services.config()?;
        let taxes = config.taxes(self.set_up.store_id, self.services.today(self.set_up.store_id)?)?;
        let line = |line: &TicketLine| {
            CartLine::new(line.item_id, line.price, None, taxability, line.discount.clone())
        };
        let lines = lines.iter().map(line).collect::<Result<_, _>>().map_err(ServiceError::internal)?;
        let cart = Cart { lines, discount: None };
        Ok(price(&cart, &taxes).map_err(ServiceError::internal)?.total)
    }

    fn tenders(&mut self, total: Money) -> Vec<Tender> {
        let tender = |kind: &str, amount: Money, reference: String| Tender {
            kind: kind.to_owned(),
            amount,
            reference,
        };
        let number = format!("{:06}", self.rng.u32(0..1_000_000));
        let part = Money::from_minor(total.minor() / 3);
        match self.rng.u8(0..10) {
            0..=4 => vec![tender("card", total, number)],
            5..=7 => vec![tender("cash", total, String::new())],
            8 => vec![tender("check", total, number)],
            _ => vec![
                tender("card", total.minus(part).unwrap_or(total), number),
                tender("cash", part, String::new()),
            ],
        }
    }

    async fn count_and_close(&mut self, session: TillSessionId) -> Result<(), ServiceError> {
        self.services.clock.advance(Duration::minutes(15));
        let expected = db::repo::till::drawer_balance(self.services.db.read(), self.set_up.till_id).await?;
        let short = if self.rng.u8(0..6) == 0 { self.rng.i64(1..=300) } else { 0 };
        let cmd = CloseTill {
            command_id: self.command(),
            store_id: self.set_up.store_id,
            session_id: session,
            count: counted(expected.minor().saturating_sub(short).max(0)),
            reason: String::new(),
        };
        self.services.close_till(&self.owner, cmd).await?;
        let day = CloseDay { command_id: self.command(), store_id: self.set_up.store_id };
        self.services.close_day(&self.owner, day).await
    }
}

/// An amount as a drawer full of the largest coins and notes.
fn counted(mut minor: i64) -> CashCount {
    let mut pieces = Vec::with_capacity(DENOMINATIONS.len());
    for denomination in DENOMINATIONS {
        pieces.push(minor / denomination.value.minor());
        minor %= denomination.value.minor();
    }
    CashCount { pieces, cents: minor }
}
