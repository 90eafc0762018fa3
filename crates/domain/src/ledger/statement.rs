//! Profit and loss, and the balance sheet: what the sums of accounts mean to whoever owns the company.

use super::{Account, AccountCode, AccountKind, AccountSum, Period, StatementPeriod};
use crate::codes;
use crate::ids::StoreId;
use crate::money::{Money, MoneyError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

codes! {
    /// Where an account stands in a statement.
    pub enum Part("part of a statement") {
        Assets = "assets", "Assets";
        Liabilities = "liabilities", "Liabilities";
        Equity = "equity", "Equity";
        Income = "income", "Income";
        Cogs = "cogs", "Cost of goods sold";
        Expenses = "expenses", "Expenses";
    }
}

impl Part {
    /// The part that a kind of account belongs to. A contra account stands beside what it lessens.
    #[must_use]
    pub const fn of(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Asset | AccountKind::ContraAsset => Self::Assets,
            AccountKind::Liability => Self::Liabilities,
            AccountKind::Equity => Self::Equity,
            AccountKind::Income | AccountKind::ContraIncome => Self::Income,
            AccountKind::Cogs | AccountKind::ContraCogs => Self::Cogs,
            AccountKind::Expense => Self::Expenses,
        }
    }

    /// A balance of debits above credits as this part shows it: where credits are what it grows by, they
    /// stand above zero, and a contra account below.
    fn shown(self, balance: Money) -> Result<Money, MoneyError> {
        match self {
            Self::Assets | Self::Cogs | Self::Expenses => Ok(balance),
            Self::Liabilities | Self::Equity | Self::Income => balance.negated(),
        }
    }
}

/// One account in a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    pub account: AccountCode,
    pub name: String,
    pub amount: Money,
}

/// The accounts of one part with what they come to; those that stand at zero are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub part: Part,
    pub figures: Vec<Figure>,
    pub total: Money,
}

impl Section {
    fn of(part: Part, accounts: &[Account], sums: &[AccountSum]) -> Result<Self, MoneyError> {
        let mut figures = Vec::new();
        for account in accounts.iter().filter(|account| Part::of(account.kind) == part) {
            let Some(sum) = sums.iter().find(|sum| sum.account == account.code) else { continue };
            let amount = part.shown(sum.debit.minus(sum.credit)?)?;
            if !amount.is_zero() {
                figures.push(Figure { account: account.code, name: account.name.clone(), amount });
            }
        }
        let total = Money::sum(figures.iter().map(|figure| figure.amount))?;
        Ok(Self { part, figures, total })
    }
}

/// What a period earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfitAndLoss {
    pub income: Section,
    pub cogs: Section,
    /// Income above the cost of goods sold.
    pub gross: Money,
    pub expenses: Section,
    /// What is left: a profit above zero, a loss below.
    pub result: Money,
}

impl ProfitAndLoss {
    /// From the sums of the lines of a period.
    ///
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn of(accounts: &[Account], sums: &[AccountSum]) -> Result<Self, MoneyError> {
        let income = Section::of(Part::Income, accounts, sums)?;
        let cogs = Section::of(Part::Cogs, accounts, sums)?;
        let expenses = Section::of(Part::Expenses, accounts, sums)?;
        let gross = income.total.minus(cogs.total)?;
        let result = gross.minus(expenses.total)?;
        Ok(Self { income, cogs, gross, expenses, result })
    }
}

/// Which lines a balance sheet is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Whole entries.
    Whole,
    /// The lines of some stores: of an entry over several stores, a part.
    SomeStores,
}

/// What a company owns, what it owes, and what is its owners', on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceSheet {
    pub assets: Section,
    pub liabilities: Section,
    pub equity: Section,
    /// What all earlier fiscal years earned and nobody has booked to an account of equity.
    pub retained: Money,
    /// What the fiscal year of the day has earned up to it.
    pub result_of_year: Money,
    /// What these stores owe the others by entries that were made over several stores.
    pub between_stores: Money,
    pub total_equity: Money,
    /// Assets above liabilities and equity: zero, or the books are wrong.
    pub difference: Money,
}

impl BalanceSheet {
    /// From the sums of all lines up to the day, and of those since the fiscal year began.
    ///
    /// # Errors
    /// [`MoneyError`] when a sum does not fit.
    pub fn of(
        accounts: &[Account],
        up_to_day: &[AccountSum],
        this_year: &[AccountSum],
        scope: Scope,
    ) -> Result<Self, MoneyError> {
        let assets = Section::of(Part::Assets, accounts, up_to_day)?;
        let liabilities = Section::of(Part::Liabilities, accounts, up_to_day)?;
        let equity = Section::of(Part::Equity, accounts, up_to_day)?;
        let result_of_year = ProfitAndLoss::of(accounts, this_year)?.result;
        let retained = ProfitAndLoss::of(accounts, up_to_day)?.result.minus(result_of_year)?;
        let between_stores = match scope {
            Scope::Whole => Money::ZERO,
            Scope::SomeStores => {
                let debits = Money::sum(up_to_day.iter().map(|sum| sum.debit))?;
                debits.minus(Money::sum(up_to_day.iter().map(|sum| sum.credit))?)?
            }
        };
        let total_equity = Money::sum([equity.total, retained, result_of_year, between_stores])?;
        let difference = assets.total.minus(liabilities.total)?.minus(total_equity)?;
        Ok(Self {
            assets,
            liabilities,
            equity,
            retained,
            result_of_year,
            between_stores,
            total_equity,
            difference,
        })
    }

    /// Whether assets are liabilities and equity.
    #[must_use]
    pub const fn balances(&self) -> bool {
        self.difference.is_zero()
    }
}

/// Asks for a profit and loss statement: a period by name, else the days that are given, else this fiscal year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskProfitAndLoss {
    pub period: Option<StatementPeriod>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// All stores of the person where none is named.
    pub store: Option<StoreId>,
}

/// Asks for a balance sheet, of today where no day is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AskBalanceSheet {
    pub as_of: Option<NaiveDate>,
    pub store: Option<StoreId>,
}

/// A profit and loss statement with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfitAndLossPage {
    pub statement: ProfitAndLoss,
    pub period: Period,
    /// The stores whose ledger the person may see.
    pub stores: Vec<(StoreId, String)>,
}

/// A balance sheet with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceSheetPage {
    pub sheet: BalanceSheet,
    pub as_of: NaiveDate,
    /// When the fiscal year of that day began.
    pub year_from: NaiveDate,
    pub stores: Vec<(StoreId, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::standard_chart;
    use proptest::prelude::*;

    fn cents(text: &str) -> Money {
        text.parse().unwrap()
    }

    /// Sums of lines: a code and an amount, debits above zero.
    fn sums(lines: &[(i32, Money)]) -> Vec<AccountSum> {
        standard_chart()
            .iter()
            .filter_map(|account| {
                let own = || lines.iter().filter(|(code, _)| *code == account.code.get()).map(|(_, m)| *m);
                let debit = Money::sum(own().filter(|amount| amount.is_positive())).unwrap();
                let credit = Money::sum(own().filter(|amount| amount.is_negative())).unwrap();
                own().next()?;
                Some(AccountSum { account: account.code, debit, credit: credit.negated().unwrap() })
            })
            .collect()
    }

    fn figures(section: &Section) -> Vec<(i32, String)> {
        section.figures.iter().map(|figure| (figure.account.get(), figure.amount.to_string())).collect()
    }

    #[test]
    fn contra_accounts_lessen_what_they_stand_beside() {
        let lines = [
            (4000, cents("-5000")),
            (4900, cents("300")),
            (5000, cents("2200")),
            (5035, cents("-150")),
            (6100, cents("400")),
            (6040, cents("-2.50")),
            (1020, cents("2452.50")),
        ];
        let statement = ProfitAndLoss::of(standard_chart(), &sums(&lines)).unwrap();
        assert_eq!(figures(&statement.income), [(4000, "5,000.00".to_owned()), (4900, "−300.00".to_owned())]);
        assert_eq!(figures(&statement.cogs), [(5000, "2,200.00".to_owned()), (5035, "−150.00".to_owned())]);
        assert_eq!(figures(&statement.expenses), [(6040, "−2.50".to_owned()), (6100, "400.00".to_owned())]);
        assert_eq!((statement.gross, statement.result), (cents("2650"), cents("2252.50")));
    }

    #[test]
    fn earlier_years_are_retained_and_this_one_stands_apart() {
        let earlier = [(1020, cents("900")), (4000, cents("-1000")), (6100, cents("100"))];
        let now = [
            (1110, cents("-30")),
            (6030, cents("30")),
            (1020, cents("500")),
            (2410, cents("-200")),
            (3000, cents("-300")),
        ];
        let all = [earlier.as_slice(), now.as_slice()].concat();
        let sheet = BalanceSheet::of(standard_chart(), &sums(&all), &sums(&now), Scope::Whole).unwrap();
        assert_eq!(figures(&sheet.assets), [(1020, "1,400.00".to_owned()), (1110, "−30.00".to_owned())]);
        assert_eq!((sheet.retained, sheet.result_of_year), (cents("900"), cents("-30")));
        assert_eq!((sheet.liabilities.total, sheet.total_equity), (cents("200"), cents("1170")));
        assert!(sheet.balances());
    }

    #[test]
    fn a_sheet_that_does_not_balance_says_by_how_much() {
        let lines = sums(&[(1020, cents("10")), (3000, cents("-9"))]);
        let sheet = BalanceSheet::of(standard_chart(), &lines, &[], Scope::Whole).unwrap();
        assert_eq!((sheet.balances(), sheet.difference), (false, cents("1")));
    }

    proptest! {
        /// Each entry: whether it is of this year, and its lines with account, store and amount.
        #[test]
        fn the_sheet_of_balanced_entries_balances(
            entries in prop::collection::vec(
                (any::<bool>(), prop::collection::vec((0_usize..76, 0_u8..3, -1_000_000_i64..1_000_000), 1..8)),
                0..20,
            )
        ) {
            let chart = standard_chart();
            let mut lines = Vec::new();
            for (this_year, entry) in &entries {
                let rest = -entry.iter().map(|(_, _, amount)| *amount).sum::<i64>();
                let balanced = entry.iter().copied().chain([(2, 0, rest)]);
                lines.extend(balanced.map(|(at, store, amount)| {
                    (*this_year, store, (chart[at].code.get(), Money::from_minor(amount)))
                }));
            }
            let of = |which: &dyn Fn(bool, u8) -> bool| {
                let lines: Vec<_> = lines.iter().filter(|(year, store, _)| which(*year, *store)).map(|l| l.2).collect();
                sums(&lines)
            };
            let whole = BalanceSheet::of(chart, &of(&|_, _| true), &of(&|year, _| year), Scope::Whole).unwrap();
            prop_assert!(whole.balances());
            let one = |scope| BalanceSheet::of(chart, &of(&|_, s| s == 0), &of(&|y, s| y && s == 0), scope).unwrap();
            prop_assert!(one(Scope::SomeStores).balances());
            prop_assert_eq!(one(Scope::Whole).difference, one(Scope::SomeStores).between_stores);
        }
    }
}
