//! The journal in other programs' words, checked by those programs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use domain::event::{AuditFilter, EventKind};
use domain::ledger::{ExportFormat, ExportLedger, Period};
use domain::person::Role;
use domain::sale::VoidSale;
use futures::TryStreamExt;
use std::path::PathBuf;
use std::process::Command;
use support::{Shop, command};

on_both_databases! {
    the_ledger_passes_strict_checks_elsewhere
    a_spreadsheet_balances
    an_export_is_for_those_who_may_and_is_remembered
}

async fn traded(shop: &Shop) {
    let session = shop.open_till("200").await;
    let (ring, band) = (shop.add_ring("5,000.00", "2,200.00").await, shop.add_ring("19.99", "7.00").await);
    let first = shop.sale(session, &[(ring, "5,000.00")], "5,350.00", "5,400");
    let done = shop.services.complete_sale(&shop.owner, first).await.unwrap();
    let void = VoidSale {
        command_id: command(),
        store_id: shop.set_up.store_id,
        sale_id: done.sale_id,
        reason: "=1+1; \"quoted\" | a, b \\".into(),
        approvals: Vec::new(),
    };
    shop.services.void_sale(&shop.owner, void).await.unwrap();
    let second = shop.sale(session, &[(band, "19.99")], "21.39", "21.39");
    shop.services.complete_sale(&shop.owner, second).await.unwrap();
}

async fn exported(shop: &Shop, format: ExportFormat) -> (String, PathBuf) {
    let mut text = Vec::new();
    assert_eq!(shop.services.export_ledger(format, Period::default(), &mut text).await.unwrap(), 6);
    let path = std::env::temp_dir().join(format!("parure-export-{}.{}", command().0, format.code()));
    std::fs::write(&path, &text).unwrap();
    (String::from_utf8(text).unwrap(), path)
}

fn accepts(program: &str, arguments: &[&str]) -> String {
    let run = Command::new(program).args(arguments).output();
    let run = run.unwrap_or_else(|error| {
        panic!("{program} does not run ({error}): `cargo xtask setup --tests` installs it")
    });
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{program} {arguments:?}: {said}");
    said
}

async fn the_ledger_passes_strict_checks_elsewhere(shop: Shop) {
    traded(&shop).await;
    let (_, journal) = exported(&shop, ExportFormat::Hledger).await;
    let journal = journal.to_str().unwrap();
    accepts("hledger", &["-f", journal, "check", "-s"]);
    let cash = accepts("hledger", &["-f", journal, "balance", "Assets:1000", "--no-total"]);
    assert!(cash.contains("221.39 USD"), "{cash}");
    let sold = accepts("hledger", &["-f", journal, "register", "tag:document=S1-T1-000002", "Income"]);
    assert!(sold.contains("-19.99 USD"), "{sold}");
    let (_, file) = exported(&shop, ExportFormat::Beancount).await;
    accepts("bean-check", &[file.to_str().unwrap()]);
}

async fn a_spreadsheet_balances(shop: Shop) {
    traded(&shop).await;
    let (text, _) = exported(&shop, ExportFormat::Csv).await;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().unwrap();
    assert_eq!((&headers[7], &headers[8]), ("debit", "credit"));
    let mut sums = [0_i64; 2];
    for row in reader.records().map(Result::unwrap) {
        for (sum, cell) in sums.iter_mut().zip([&row[7], &row[8]]) {
            *sum += cell.replace('.', "").parse::<i64>().unwrap_or(0);
        }
        assert!(row.iter().all(|cell| !cell.starts_with('=')), "a formula: {row:?}");
    }
    assert!(sums[0] > 0 && sums[0] == sums[1]);
}

async fn an_export_is_for_those_who_may_and_is_remembered(shop: Shop) {
    traded(&shop).await;
    let export = |from: &str, to: &str| {
        let period = Period::new(Some(from.parse().unwrap()), Some(to.parse().unwrap())).unwrap();
        ExportLedger { command_id: command(), format: ExportFormat::Csv, period }
    };
    let today = export("2026-03-02", "2026-03-02");
    for role in [Role::Associate, Role::BenchJeweler] {
        assert!(shop.services.export_ledger_as(&shop.as_role(role), today).await.is_err());
    }
    let rows = async |cmd: ExportLedger| -> usize {
        let parts = shop.services.export_ledger_as(&shop.as_role(Role::Bookkeeper), cmd).await.unwrap();
        let parts: Vec<String> = parts.try_collect().await.unwrap();
        parts.concat().lines().count() - 1
    };
    assert!(rows(today).await > 6);
    assert_eq!(rows(export("2026-02-01", "2026-03-01")).await, 0);
    let trail = AuditFilter { limit: 10, ..AuditFilter::default() };
    let trail = shop.services.audit(&shop.owner, trail).await.unwrap().lines;
    let exports: Vec<_> = trail
        .iter()
        .filter(|line| line.kind == EventKind::LedgerExported)
        .map(|line| &line.summary)
        .collect();
    assert_eq!(
        exports,
        ["spreadsheet (CSV), 2026-02-01 to 2026-03-01", "spreadsheet (CSV), 2026-03-02 to 2026-03-02"]
    );
    shop.verifies().await;
}
