//! The chart of accounts a store starts with; it may add to it in Settings.

use super::{Account, AccountCode, AccountKind as K};
use std::sync::LazyLock;

/// The standard chart for a jewelry store, ordered by number.
#[must_use]
pub fn standard_chart() -> &'static [Account] {
    static CHART: LazyLock<Vec<Account>> = LazyLock::new(|| ROWS.iter().filter_map(Row::account).collect());
    &CHART
}

struct Row {
    code: i32,
    name: &'static str,
    kind: K,
    control: bool,
}

/// An account that equals a sub-ledger: drawers, receivables, stock, tax, deposits.
const fn control(code: i32, name: &'static str, kind: K) -> Row {
    Row { code, name, kind, control: true }
}

const fn open(code: i32, name: &'static str, kind: K) -> Row {
    Row { code, name, kind, control: false }
}

impl Row {
    fn account(&self) -> Option<Account> {
        let code = AccountCode::new(self.code).ok()?;
        Some(Account {
            code,
            name: self.name.to_owned(),
            kind: self.kind,
            control: self.control,
            active: true,
        })
    }
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    control(1000, "Cash – till", K::Asset),
    control(1010, "Undeposited funds", K::Asset),
    open(1020, "Bank – operating", K::Asset),
    control(1030, "Card processor clearing", K::Asset),
    open(1035, "Disputed card payments receivable", K::Asset),
    open(1040, "Finance-partner clearing", K::Asset),
    control(1100, "Accounts receivable – customers", K::Asset),
    open(1110, "Allowance for doubtful accounts", K::ContraAsset),
    open(1130, "Commission advances to staff", K::Asset),
    open(1140, "Due from affiliate store entity", K::Asset),
    control(1200, "Inventory – showcase", K::Asset),
    control(1210, "Inventory – special order", K::Asset),
    control(1220, "Inventory – out on memo", K::Asset),
    control(1230, "Inventory – layaway hold", K::Asset),
    control(1240, "Inventory – in transit", K::Asset),
    control(1250, "Inventory – scrap metal", K::Asset),
    control(1260, "Inventory – stones and findings", K::Asset),
    control(1270, "Work in process – jobs", K::Asset),
    control(1280, "Inventory – return to vendor", K::Asset),
    open(2000, "Accounts payable – vendors", K::Liability),
    control(2010, "Memo goods sold – payments due", K::Liability),
    control(2020, "Consignors payable", K::Liability),
    open(2030, "Goods received not billed", K::Liability),
    control(2100, "Sales tax payable", K::Liability),
    control(2200, "Customer deposits – layaway", K::Liability),
    control(2210, "Customer deposits – special order", K::Liability),
    control(2220, "Customer deposits – repair", K::Liability),
    control(2230, "Customer deposits – custom job / appraisal", K::Liability),
    control(2240, "Customer deposits – memo out", K::Liability),
    control(2250, "Unapplied customer credits", K::Liability),
    control(2260, "Refunds due", K::Liability),
    control(2270, "Offline sales to resolve", K::Liability),
    control(2300, "Gift cards outstanding", K::Liability),
    control(2310, "Store credit outstanding", K::Liability),
    open(2320, "Loyalty points liability", K::Liability),
    control(2400, "Commissions payable", K::Liability),
    open(2410, "Unclaimed property payable", K::Liability),
    open(2420, "Due to affiliate store entity", K::Liability),
    open(2430, "Deferred care-plan revenue", K::Liability),
    open(3000, "Owner's equity", K::Equity),
    open(3100, "Retained earnings", K::Equity),
    open(3900, "Opening balance equity", K::Equity),
    open(4000, "Sales – showcase", K::Income),
    open(4010, "Sales – special order and custom", K::Income),
    open(4020, "Sales – memo goods", K::Income),
    open(4030, "Repair revenue – labor", K::Income),
    open(4040, "Repair revenue – parts", K::Income),
    open(4050, "Appraisal income", K::Income),
    open(4055, "Care-plan revenue", K::Income),
    open(4060, "Consignment commission income", K::Income),
    open(4080, "Layaway / cancellation / restocking fee income", K::Income),
    open(4085, "Gift-card breakage income", K::Income),
    open(4090, "Finance charge income", K::Income),
    open(4100, "Shipping income", K::Income),
    open(4110, "Scrap income", K::Income),
    open(4190, "Sales-tax vendor allowance", K::Income),
    open(4900, "Sales returns and allowances", K::ContraIncome),
    open(5000, "COGS – showcase", K::Cogs),
    open(5010, "COGS – special order and custom", K::Cogs),
    open(5020, "COGS – memo goods", K::Cogs),
    open(5030, "COGS – repair", K::Cogs),
    open(5035, "Bench labor absorbed", K::ContraCogs),
    open(5040, "COGS – scrap", K::Cogs),
    open(5090, "Inventory shrink and adjustments", K::Expense),
    open(6000, "Commission expense", K::Expense),
    open(6010, "Card processing fees", K::Expense),
    open(6020, "Finance-partner discount", K::Expense),
    open(6030, "Bad debt expense", K::Expense),
    open(6040, "Cash over / short", K::Expense),
    open(6050, "Cash rounding", K::Expense),
    open(6060, "Promotions and donations", K::Expense),
    open(6070, "Chargeback losses", K::Expense),
    open(6080, "Refining and assay fees", K::Expense),
    open(6090, "Use tax expense", K::Expense),
    open(6100, "Store expenses", K::Expense),
    open(6110, "Bank fees", K::Expense),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chart_is_complete_and_in_order() {
        let chart = standard_chart();
        assert_eq!(chart.len(), ROWS.len());
        assert!(chart.is_sorted_by(|a, b| a.code < b.code));
        assert_eq!(chart.len(), 76);
    }
}
