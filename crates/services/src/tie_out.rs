//! The daily tie-out of a store.

use crate::context::Ctx;
use crate::days::work_date;
use crate::error::ServiceError;
use crate::services_core::{ConfigExt, Services};
use chrono::NaiveDate;
use db::repo::tie_out::{self, Scope};
use db::repo::{account, ledger, till};
use domain::ids::StoreId;
use domain::ledger::{AccountCode, Tie, TieDifference, TieOut, TieOutAsked, code};
use domain::money::Money;
use domain::person::Permission;
use std::collections::BTreeMap;

/// A difference that is still there when one has looked so often again is one.
const LOOKS_AGAIN: usize = 2;

impl Services {
    /// Every sub-ledger of a store beside its control account at the end of a day, and every drawer beside its count.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] for people who do not see the store's ledger; a day that is still to come.
    pub async fn tie_out(&self, ctx: &Ctx, asked: TieOutAsked) -> Result<TieOut, ServiceError> {
        let store = asked.store.unwrap_or(ctx.store);
        ctx.require(Permission::ViewLedger, store)?;
        let db = self.db.read();
        let today = work_date(db, store, self.today(store)?).await?;
        let day = asked.day.unwrap_or(today);
        if day > today {
            return Err(ServiceError::refused("this day is still to come"));
        }
        let closed = till::last_closed_day(db, store).await?.is_some_and(|(last, _)| day <= last);
        let safe = ledger::balance_until(db, code::UNDEPOSITED_FUNDS, store, day).await?;
        let mut sheet = TieOut {
            store_id: store,
            store: self.config()?.store(store)?.store.name.clone(),
            day,
            today,
            closed,
            ties: self.ties(store, day).await?,
            drawers: tie_out::list_drawers(db, store, day).await?,
            safe,
            stores: self.stores_with(ctx, Permission::ViewLedger)?,
        };
        // The two sides are asked one after the other: what was sold in between is no difference.
        for _ in 0..LOOKS_AGAIN {
            if sheet.holds() {
                break;
            }
            sheet.ties = self.ties(store, day).await?;
            sheet.drawers = tie_out::list_drawers(db, store, day).await?;
        }
        Ok(sheet)
    }

    async fn ties(&self, store: StoreId, day: NaiveDate) -> Result<Vec<Tie>, ServiceError> {
        let db = self.db.read();
        let names = self.account_names().await?;
        let tie = |account, of: &str, (ledger, sub_ledger), differences| Tie {
            account,
            name: names.get(&account).cloned().unwrap_or_default(),
            of: of.to_owned(),
            ledger,
            sub_ledger,
            differences,
        };
        let controls = tie_out::sum_controls(db, store, day).await?;
        let moved = tie_out::sum_sub_ledgers(db, store, day).await?;
        let mut parted = self.parted(store, day, &controls, &moved).await?;
        let mut ties = Vec::new();
        for (account, of) in tie_out::controlled()? {
            let both = (
                controls.get(&account).copied().unwrap_or_default(),
                moved.get(&account).copied().unwrap_or_default(),
            );
            ties.push(tie(account, of, both, parted.remove(&account).unwrap_or_default()));
        }
        for goods in tie_out::tie_goods(db, store, day).await? {
            ties.push(tie(
                goods.account,
                "pieces and goods on hand, as they are now",
                (goods.ledger, goods.pieces),
                goods.off,
            ));
        }
        let drawers = tie_out::sum_closed_drawers(db, store, day).await?;
        let counted = "drawers that were counted and emptied";
        ties.push(tie(code::TILL_CASH, counted, (drawers, Money::ZERO), Vec::new()));
        for (account, sum) in tie_out::sum_unused(db, store, day).await? {
            ties.push(tie(account, "nothing: nothing posts here yet", (sum, Money::ZERO), Vec::new()));
        }
        ties.sort_by_key(|tie| tie.account);
        Ok(ties)
    }

    /// The events that parted a sub-ledger from its account: those of the day, and where the day itself is in order
    /// and the balances still differ, those before.
    async fn parted(
        &self,
        store: StoreId,
        day: NaiveDate,
        controls: &BTreeMap<AccountCode, Money>,
        moved: &BTreeMap<AccountCode, Money>,
    ) -> Result<BTreeMap<AccountCode, Vec<TieDifference>>, ServiceError> {
        let db = self.db.read();
        let mut parted = by_account(tie_out::list_differences(db, Scope::On(store, day)).await?);
        let differs = |account: &AccountCode| moved.get(account) != controls.get(account);
        if controls.keys().any(|account| differs(account) && !parted.contains_key(account)) {
            let before = by_account(tie_out::list_differences(db, Scope::Until(store, day)).await?);
            for (account, differences) in before.into_iter().filter(|(account, _)| differs(account)) {
                parted.entry(account).or_insert(differences);
            }
        }
        Ok(parted)
    }

    async fn account_names(&self) -> Result<BTreeMap<AccountCode, String>, ServiceError> {
        let chart = account::list(self.db.read()).await?;
        Ok(chart.into_iter().map(|account| (account.code, account.name)).collect())
    }
}

fn by_account(differences: Vec<(AccountCode, TieDifference)>) -> BTreeMap<AccountCode, Vec<TieDifference>> {
    let mut by: BTreeMap<AccountCode, Vec<TieDifference>> = BTreeMap::new();
    for (account, difference) in differences {
        by.entry(account).or_default().push(difference);
    }
    by
}
