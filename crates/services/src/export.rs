//! Writing the journal for other programs.

use crate::error::ServiceError;
use crate::services_core::Services;
use db::repo::config::Config;
use db::repo::{account, ledger};
use domain::ledger::{ExportFormat, ExportedEntry, Exporter, Line};
use std::collections::BTreeMap;
use std::io::Write;
use uuid::Uuid;

impl Services {
    /// Writes every entry in the order of the ledger; gives their number.
    ///
    /// # Errors
    /// [`ServiceError`] when the ledger cannot be read or the file not be written.
    pub async fn export_ledger(
        &self,
        format: ExportFormat,
        out: &mut (impl Write + Send),
    ) -> Result<u64, ServiceError> {
        /// Entries read at once; the whole journal never lies in memory.
        const AT_ONCE: u64 = 500;
        let config = self.config()?;
        let accounts = account::list(self.db.read()).await?;
        let exporter = Exporter::new(format, config.organization.currency.clone(), accounts);
        out.write_all(exporter.opening().as_bytes()).map_err(ServiceError::internal)?;
        let (mut after, mut count) = (None, 0);
        loop {
            let page = ledger::entries_after(self.db.read(), after, AT_ONCE).await?;
            let Some(last) = page.last() else { return Ok(count) };
            after = Some(last.entry.header.id);
            let mut words = ledger::words_for(self.db.read(), &page).await?;
            words.extend(words_of(&config));
            for stored in page {
                let exported = ExportedEntry {
                    summary: words.get(&stored.entry.header.event.0).cloned().unwrap_or_default(),
                    tags: stored.entry.lines.iter().map(|line| tags(line, &words)).collect(),
                    entry: stored.entry,
                };
                out.write_all(exporter.entry(&exported).as_bytes()).map_err(ServiceError::internal)?;
                count += 1;
            }
        }
    }
}

/// Codes of stores and tills, names of jurisdictions.
fn words_of(config: &Config) -> impl Iterator<Item = (Uuid, String)> + '_ {
    let stores = config.stores.iter().map(|s| (s.store.id.0, s.store.code.clone()));
    let tills = config.stores.iter().flat_map(|s| s.tills.iter().map(|till| (till.id.0, till.code.clone())));
    let jurisdictions = config.jurisdictions.iter().map(|j| (j.id.0, j.name.clone()));
    stores.chain(tills).chain(jurisdictions)
}

/// The dimensions of a line in words; an id where there is no word.
fn tags(line: &Line, words: &BTreeMap<Uuid, String>) -> Vec<(&'static str, String)> {
    let d = &line.dimensions;
    let ids = [
        ("store", Some(line.store.0)),
        ("till", d.till.map(Uuid::from)),
        ("customer", d.customer.map(Uuid::from)),
        ("item", d.item.map(Uuid::from)),
        ("document", d.document),
        ("associate", d.associate.map(Uuid::from)),
        ("jurisdiction", d.jurisdiction.map(Uuid::from)),
    ];
    ids.into_iter()
        .filter_map(|(name, id)| {
            id.map(|id| (name, words.get(&id).cloned().unwrap_or_else(|| id.to_string())))
        })
        .collect()
}
