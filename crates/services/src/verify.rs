//! Checking the whole database against everything that must hold.

use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::tie_out::{self, Scope};
use db::repo::verify as facts;
use db::repo::{ledger, manual, till};
use domain::ids::{EntryId, EventId};
use domain::ledger::{Entry, Finding, VerifyReport};
use domain::money::Money;
use domain::person::Permission;

impl Services {
    /// Checks everything, for whoever may see the ledger of all stores: what does not hold may be in any.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right in each store.
    pub async fn verify_as(&self, ctx: &Ctx) -> Result<VerifyReport, ServiceError> {
        for store in &self.config()?.stores {
            ctx.require(Permission::ViewLedger, store.store.id)?;
        }
        self.verify().await
    }

    /// Checks every entry, sub-ledger, piece, receipt and Z, and names what does not hold.
    ///
    /// # Errors
    /// [`ServiceError`] when the database cannot be read.
    pub async fn verify(&self) -> Result<VerifyReport, ServiceError> {
        let mut report = VerifyReport::default();
        self.verify_entries(&mut report).await?;
        let reader = self.db.read();
        for check in facts::CHECKS.iter().flat_map(|area| area.iter()) {
            let (count, wrong) = facts::run(reader, check).await?;
            report.checked.push((check.name.to_owned(), count));
            report.findings.extend(wrong.into_iter().map(|(event, detail)| Finding {
                check: check.name.to_owned(),
                event: event.map(EventId),
                detail,
            }));
        }
        self.verify_ties(&mut report).await?;
        self.verify_days(&mut report).await?;
        self.verify_by_hand(&mut report).await?;
        self.verify_photos(&mut report).await?;
        self.verify_papers(&mut report).await?;
        let check = "Z reports are as they were written and tell what was sold";
        let (count, wrong) = till::wrong_z_reports(reader).await?;
        report.checked.push((check.to_owned(), count));
        let finding = |detail| Finding { check: check.to_owned(), event: None, detail };
        report.findings.extend(wrong.into_iter().map(finding));
        Ok(report)
    }

    /// Every entry balances and is as it was written.
    async fn verify_entries(&self, report: &mut VerifyReport) -> Result<(), ServiceError> {
        /// Entries read at once; the whole journal never lies in memory.
        const AT_ONCE: u64 = 500;
        let mut after: Option<EntryId> = None;
        let mut count = 0;
        loop {
            let page = ledger::entries_after(self.db.read(), after, AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.entry.header.id);
            count += page.len() as u64;
            for stored in &page {
                let mut found = |check: &str, detail: String| {
                    report.findings.push(Finding {
                        check: check.to_owned(),
                        event: Some(stored.entry.header.event),
                        detail,
                    });
                };
                if let Err(error) = stored.entry.check() {
                    found("Entries balance", describe(&stored.entry, &error.to_string()));
                }
                if stored.entry.digest() != stored.digest {
                    found(
                        "Entries are as they were written",
                        describe(&stored.entry, "its content was changed"),
                    );
                }
            }
        }
        report.checked.push(("Entries balance and are as they were written".to_owned(), count));
        Ok(())
    }

    /// Every entry by hand still has the digest that sealed it over the one before.
    async fn verify_by_hand(&self, report: &mut VerifyReport) -> Result<(), ServiceError> {
        let check = "Entries by hand are as they were sealed, one over the other";
        let entries = manual::list_sealed(self.db.read()).await?;
        let (mut books, mut before) = (None, None);
        for entry in &entries {
            if books != Some(entry.legal_entity) {
                (books, before) = (Some(entry.legal_entity), None);
            }
            let seal = domain::ledger::chain_digest(before, [(entry.entry, entry.digest)]);
            if seal != entry.seal {
                report.findings.push(Finding {
                    check: check.to_owned(),
                    event: Some(entry.event),
                    detail: domain::series::entry_number(entry.number),
                });
            }
            before = Some(entry.seal);
        }
        report.checked.push((check.to_owned(), entries.len() as u64));
        Ok(())
    }

    /// Every event moved each sub-ledger by what it posted to its control account: what the daily tie-out asks.
    async fn verify_ties(&self, report: &mut VerifyReport) -> Result<(), ServiceError> {
        let check = "Sub-ledgers move as their control accounts do, event by event";
        let differences = tie_out::list_differences(self.db.read(), Scope::All).await?;
        report.checked.push((check.to_owned(), tie_out::controlled()?.len() as u64));
        report.findings.extend(differences.into_iter().map(|(account, difference)| Finding {
            check: check.to_owned(),
            event: Some(difference.event),
            detail: format!("{account}: {} off by {}", difference.summary, difference.amount),
        }));
        Ok(())
    }

    /// Every closed day still has the digest that sealed it.
    async fn verify_days(&self, report: &mut VerifyReport) -> Result<(), ServiceError> {
        let days = facts::closed_days(self.db.read()).await?;
        let mut before = None;
        let mut store = None;
        for day in &days {
            if store != Some(day.store) {
                (store, before) = (Some(day.store), None);
            }
            let digests = ledger::day_digests(self.db.read(), day.store, day.date).await?;
            let digest = domain::ledger::chain_digest(before, digests);
            if Some(digest) != day.digest {
                report.findings.push(Finding {
                    check: "Closed days are as they were sealed".to_owned(),
                    event: None,
                    detail: format!("{} of store {}", day.date, day.store),
                });
            }
            before = day.digest;
        }
        report.checked.push(("Closed days are as they were sealed".to_owned(), days.len() as u64));
        Ok(())
    }
}

fn describe(entry: &Entry, what: &str) -> String {
    let debits = entry.lines.iter().map(|line| line.amount).filter(|amount| amount.is_positive());
    let total = Money::sum(debits).unwrap_or_default();
    format!("“{}” of {}, {total}: {what}", entry.header.narrative, entry.header.moment.business_date)
}
