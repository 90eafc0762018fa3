//! A day of trade in all stores of the demo chain.

use super::Maker;
use super::chain::Branch;
use crate::error::ServiceError;
use chrono::{DateTime, Datelike, Duration, Utc};
use domain::ids::TillSessionId;
use domain::ledger::{PostEntry, TypedEntry, TypedLine, code};
use domain::moment::Confirmed;
use domain::money::Money;
use domain::settlement::{CardsAsked, SettleCards, TypedSettlement};
use domain::till::{
    CashCount, CashWay, CloseDay, CloseTill, DENOMINATIONS, Deposit, DropCash, MoveCash, OpenTill,
};

const FLOAT: Money = Money::from_minor(20_000);
/// More than this in a drawer goes to the safe.
const DROP_ABOVE: Money = Money::from_minor(150_000);

impl Maker<'_> {
    /// Opens the tills, sells, takes back, counts and closes; on the last day they stay open for the visitor.
    pub(super) async fn trade_a_day(
        &mut self,
        day: DateTime<Utc>,
        is_today: bool,
    ) -> Result<(), ServiceError> {
        // Never ahead of the real time: the first event a visitor makes comes after all of these.
        let opening = day - Duration::hours(if is_today { 3 } else { 7 });
        self.services.clock.set(opening.max(self.services.clock.now()));
        self.work_accounts().await?;
        let mut branches = std::mem::take(&mut self.branches);
        for branch in &mut branches {
            if is_today || !branch.is_shut(self.services)? {
                self.trade(branch, is_today).await?;
            }
        }
        self.branches = branches;
        Ok(())
    }

    async fn trade(&mut self, branch: &mut Branch, is_today: bool) -> Result<(), ServiceError> {
        let open = OpenTill {
            command_id: self.command(),
            store_id: branch.store,
            till_id: branch.till,
            float: FLOAT,
            date_confirmed: Confirmed::No,
        };
        let owner = self.owner_at(branch);
        let session = self.services.open_till(&owner, open).await?;
        // Weekends are busier.
        let busy = branch.is_shut(self.services)?
            || self.services.today(branch.store)?.weekday().number_from_monday() > 4;
        let sales = self.rng.usize(if busy { 1..=3 } else { 0..=2 }) + usize::from(is_today);
        for _ in 0..sales {
            self.sell(branch, session).await?;
        }
        if self.rng.u8(0..7) == 0 {
            self.take_back(branch, session).await?;
        }
        // What happens in today's drawer is the visitor's.
        if self.rng.u8(0..9) == 0 && !is_today {
            self.buy_supplies(branch, session).await?;
        }
        if is_today { Ok(()) } else { self.count_and_close(branch, session).await }
    }

    async fn buy_supplies(&mut self, branch: &Branch, session: TillSessionId) -> Result<(), ServiceError> {
        let cmd = MoveCash {
            command_id: self.command(),
            store_id: branch.store,
            session_id: session,
            way: CashWay::PaidOut,
            amount: Money::from_minor(self.rng.i64(400..=3_500)),
            account: code::STORE_EXPENSES,
            reason: "Ribbon and tissue".to_owned(),
        };
        let owner = self.owner_at(branch);
        self.services.move_cash(&owner, cmd).await
    }

    async fn count_and_close(&mut self, branch: &Branch, session: TillSessionId) -> Result<(), ServiceError> {
        self.services.clock.advance(Duration::minutes(5));
        let owner = self.owner_at(branch);
        let drawer = db::repo::till::drawer_balance(self.services.db.read(), branch.till).await?;
        if drawer > DROP_ABOVE {
            let amount = drawer.minus(FLOAT).map_err(ServiceError::internal)?;
            let cmd =
                DropCash { command_id: self.command(), store_id: branch.store, session_id: session, amount };
            self.services.drop_cash(&owner, cmd).await?;
        }
        let expected = db::repo::till::drawer_balance(self.services.db.read(), branch.till).await?;
        let short = if self.rng.u8(0..8) == 0 { self.rng.i64(1..=300) } else { 0 };
        let close = CloseTill {
            command_id: self.command(),
            store_id: branch.store,
            session_id: session,
            count: counted(expected.minor().saturating_sub(short).max(0)),
            reason: String::new(),
        };
        self.services.close_till(&owner, close).await?;
        let close = CloseDay { command_id: self.command(), store_id: branch.store };
        self.services.close_day(&owner, close).await?;
        self.settle_cards(branch).await?;
        let today = self.services.today(branch.store)?;
        if today.day() % 7 == 1 {
            self.go_to_the_bank(branch).await?;
        }
        if today.day() == 1 {
            self.pay_rent(branch).await?;
        }
        Ok(())
    }

    /// Everything in the safe but one float.
    async fn go_to_the_bank(&mut self, branch: &Branch) -> Result<(), ServiceError> {
        let owner = self.owner_at(branch);
        let safe = self.services.safe(&owner).await?.balance;
        let amount = safe.minus(FLOAT).map_err(ServiceError::internal)?;
        if amount.is_positive() {
            let cmd = Deposit { command_id: self.command(), store_id: branch.store, amount };
            self.services.deposit_safe(&owner, cmd).await?;
        }
        Ok(())
    }

    /// The processor pays out each night, less 2.9 % and 0.30 a payment.
    async fn settle_cards(&mut self, branch: &Branch) -> Result<(), ServiceError> {
        let owner = self.owner_at(branch);
        let page = self.services.cards(&owner, CardsAsked::default()).await?;
        let mut fee = Money::ZERO;
        for slip in page.waiting.iter().filter(|slip| slip.amount.is_positive()) {
            let part = slip.amount.share(29, 1_000).and_then(|share| share.plus(Money::from_minor(30)));
            fee = part.and_then(|part| fee.plus(part)).map_err(ServiceError::internal)?;
        }
        if page.waiting.is_empty() {
            return Ok(());
        }
        let arrived = page.waiting_sum.minus(fee).map_err(ServiceError::internal)?;
        let cmd = SettleCards {
            command_id: self.command(),
            store_id: branch.store,
            slips: page.waiting.iter().map(|slip| slip.key).collect(),
            typed: TypedSettlement { arrived: arrived.to_string(), ..TypedSettlement::default() },
        };
        self.services.settle_cards(&owner, cmd).await
    }

    async fn pay_rent(&mut self, branch: &Branch) -> Result<(), ServiceError> {
        let line = |account: domain::ledger::AccountCode, debit: &str, credit: &str| TypedLine {
            account: account.get().to_string(),
            store: branch.store.to_string(),
            debit: debit.to_owned(),
            credit: credit.to_owned(),
        };
        let typed = TypedEntry {
            date: self.services.today(branch.store)?.to_string(),
            memo: "Rent".to_owned(),
            lines: vec![line(code::STORE_EXPENSES, "4,200.00", ""), line(code::BANK, "", "4,200.00")],
            ..TypedEntry::default()
        };
        let owner = self.owner_at(branch);
        self.services
            .post_entry(&owner, PostEntry { command_id: self.command(), typed, files: Vec::new() })
            .await?;
        Ok(())
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
