//! Writing the journal for other programs.

use crate::command::Head;
use crate::context::Ctx;
use crate::error::ServiceError;
use crate::services_core::Services;
use chrono::NaiveDate;
use db::repo::config::Config;
use db::repo::{account, ledger, record, sale};
use domain::event::{Event, EventKind, Record, SubjectKind};
use domain::ids::{EntryId, EventId, StoreId};
use domain::ledger::{ExportFormat, ExportLedger, ExportedEntry, Exporter, Line, Period};
use domain::moment::Moment;
use domain::person::Permission;
use domain::sale::{Audience, visible_to};
use futures::Stream;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;
use uuid::Uuid;

/// Entries read at once; the whole journal never lies in memory.
const AT_ONCE: u64 = 500;

impl Services {
    /// Writes the entries of a period in the order of the ledger, for whoever holds the database; gives their
    /// number.
    ///
    /// # Errors
    /// [`ServiceError`] when the ledger cannot be read or the file not be written.
    pub async fn export_ledger(
        &self,
        format: ExportFormat,
        period: Period,
        out: &mut (impl Write + Send),
    ) -> Result<u64, ServiceError> {
        let stores = self.config()?.stores.iter().map(|store| store.store.id).collect();
        let mut export = Export::begin(self, format, period, stores).await?;
        while let Some(text) = export.next().await? {
            out.write_all(text.as_bytes()).map_err(ServiceError::internal)?;
        }
        Ok(export.count)
    }

    /// Hands the journal of the stores whose ledger this person may export to them, piece by piece, and records
    /// that they took it.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`] without the right to export the ledger.
    pub async fn export_ledger_as(
        &self,
        ctx: &Ctx,
        cmd: ExportLedger,
    ) -> Result<impl Stream<Item = Result<String, ServiceError>> + Send + use<>, ServiceError> {
        let stores = ctx.stores_with(Permission::ExportLedger)?;
        let export = Export::begin(self, cmd.format, cmd.period, stores).await?;
        self.record_export(ctx, cmd).await?;
        Ok(futures::stream::try_unfold(export, |mut export| async {
            Ok(export.next().await?.map(|text| (text, export)))
        }))
    }

    async fn record_export(&self, ctx: &Ctx, cmd: ExportLedger) -> Result<(), ServiceError> {
        let head = Head::of(cmd.command_id, &cmd)?;
        let moment = Moment::new(self.clock.now(), self.today(ctx.store)?);
        let organization = self.config()?.organization.id;
        let ctx = ctx.clone();
        self.db
            .write(move |tx| {
                let (ctx, head) = (ctx.clone(), head.clone());
                Box::pin(async move {
                    if let Some(done) = head.replay(tx, &ctx).await? {
                        return Ok(done);
                    }
                    let event = Event::about(
                        EventId(cmd.command_id.0),
                        EventKind::LedgerExported,
                        (SubjectKind::Organization, organization.0),
                        format!("{}, {}", cmd.format, cmd.period),
                        moment,
                        ctx.origin(ctx.store, None),
                    );
                    record::insert(tx, &Record::of(event), head.body_hash(), &()).await?;
                    Ok(())
                })
            })
            .await
    }
}

/// An export under way.
struct Export {
    services: Services,
    config: Arc<Config>,
    exporter: Exporter,
    period: Period,
    stores: Vec<StoreId>,
    /// The last entry that was written; none before the opening lines.
    after: Option<Option<EntryId>>,
    count: u64,
}

impl Export {
    async fn begin(
        services: &Services,
        format: ExportFormat,
        period: Period,
        stores: Vec<StoreId>,
    ) -> Result<Self, ServiceError> {
        let config = services.config()?;
        let accounts = account::list(services.db.read()).await?;
        let exporter = Exporter::new(format, config.organization.currency.clone(), accounts);
        Ok(Self { services: services.clone(), config, exporter, period, stores, after: None, count: 0 })
    }

    /// The sales that the entries are about and that are a secret now.
    async fn secrets(&self, page: &[ledger::StoredEntry]) -> Result<BTreeMap<Uuid, NaiveDate>, ServiceError> {
        let lines = page.iter().flat_map(|stored| &stored.entry.lines);
        let documents: BTreeSet<Uuid> = lines.filter_map(|line| line.dimensions.document).collect();
        let documents: Vec<Uuid> = documents.into_iter().collect();
        let mut secrets = sale::until(self.services.db.read(), &documents).await?;
        let Some(store) = self.stores.first() else { return Ok(secrets) };
        let today = self.services.today(*store)?;
        secrets.retain(|_, until| !visible_to(Audience::Buyer, Some(*until), today));
        Ok(secrets)
    }

    /// The next part of the text: what stands before the first entry, then some hundred entries at a time.
    async fn next(&mut self) -> Result<Option<String>, ServiceError> {
        let Some(after) = self.after else {
            self.after = Some(None);
            return Ok(Some(self.exporter.opening()));
        };
        let reader = self.services.db.read();
        let page = ledger::entries_in_period(reader, &self.stores, &self.period, after, AT_ONCE).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = Some(Some(last.entry.header.id));
        let mut words = ledger::words_for(reader, &page).await?;
        words.extend(words_of(&self.config));
        let secrets = self.secrets(&page).await?;
        let mut text = String::new();
        for stored in page {
            let exported = ExportedEntry {
                summary: words.get(&stored.entry.header.event.0).cloned().unwrap_or_default(),
                tags: stored.entry.lines.iter().map(|line| tags(line, &words, &secrets)).collect(),
                entry: stored.entry,
            };
            text.push_str(&self.exporter.entry(&exported));
            self.count += 1;
        }
        Ok(Some(text))
    }
}

/// The dimensions of a line in words; an id where there is no word. The file leaves the store: of a gift that is a secret
/// it does not say whose it is.
fn tags(
    line: &Line,
    words: &BTreeMap<Uuid, String>,
    secrets: &BTreeMap<Uuid, NaiveDate>,
) -> Vec<(&'static str, String)> {
    let secret = line.dimensions.document.and_then(|document| secrets.get(&document));
    let tag = |(name, id): (&'static str, Option<Uuid>)| {
        let id = id?;
        Some(match secret {
            Some(until) if name == "customer" => (name, format!("secret until {until}")),
            _ => (name, words.get(&id).cloned().unwrap_or_else(|| id.to_string())),
        })
    };
    dimensions(line).into_iter().filter_map(tag).collect()
}

/// Codes of stores and tills, names of jurisdictions.
fn words_of(config: &Config) -> impl Iterator<Item = (Uuid, String)> + '_ {
    let stores = config.stores.iter().map(|s| (s.store.id.0, s.store.code.clone()));
    let tills = config.stores.iter().flat_map(|s| s.tills.iter().map(|till| (till.id.0, till.code.clone())));
    let jurisdictions = config.jurisdictions.iter().map(|j| (j.id.0, j.name.clone()));
    stores.chain(tills).chain(jurisdictions)
}

fn dimensions(line: &Line) -> [(&'static str, Option<Uuid>); 7] {
    let d = &line.dimensions;
    [
        ("store", Some(line.store.0)),
        ("till", d.till.map(Uuid::from)),
        ("customer", d.customer.map(Uuid::from)),
        ("item", d.item.map(Uuid::from)),
        ("document", d.document),
        ("associate", d.associate.map(Uuid::from)),
        ("jurisdiction", d.jurisdiction.map(Uuid::from)),
    ]
}
