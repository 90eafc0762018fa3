//! A file that lies ready, under way or done, and what of it outlives the process.

use super::file::TableFile;
use super::look::{Looked, look};
use domain::ids::{ImportId, StoreId};
use domain::import::{
    ColumnFigures, ImportCounts, ImportKind, ImportOutcome, ImportPlan, ImportPreview, ImportState,
    SavedMapping, looks_like_shopify,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(super) struct Place {
    pub kept: Kept,
    /// What is known of the file while it lies there; `None` once it came in whole.
    pub table: Option<Arc<Table>>,
}

/// What of a place is written beside its file, so that a server that is started again takes it up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    pub store: StoreId,
    pub import: ImportId,
    pub name: String,
    pub plan: ImportPlan,
    pub phase: Phase,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Phase {
    Waiting,
    Running(ImportCounts),
    Ended(ImportCounts, ImportOutcome),
}

/// The file without its rows, and what was found in them.
#[derive(Debug)]
pub(super) struct Table {
    pub rows: u64,
    pub headers: Vec<String>,
    pub alphabet: domain::import::Alphabet,
    pub figures: Arc<Vec<ColumnFigures>>,
    pub looked: Looked,
}

impl Table {
    pub fn of(file: &TableFile, plan: &ImportPlan, figures: Option<Arc<Vec<ColumnFigures>>>) -> Self {
        let figures = match plan.kind() {
            ImportKind::Stones => figures.unwrap_or_default(),
            _ => figures.filter(|figures| !figures.is_empty()).unwrap_or_else(|| Arc::new(file.figures())),
        };
        Self {
            rows: file.rows,
            headers: file.headers.clone(),
            alphabet: file.alphabet,
            looked: look(file, plan, &figures),
            figures,
        }
    }
}

impl Place {
    pub fn state(&self) -> ImportState {
        let (import, name) = (self.kept.import, self.kept.name.clone());
        match &self.kept.phase {
            Phase::Waiting => ImportState::Waiting(import, name),
            Phase::Running(counts) => ImportState::Running(import, name, *counts),
            Phase::Ended(counts, outcome) => ImportState::Ended(import, name, *counts, outcome.clone()),
        }
    }

    /// What a page shows of the file, while it may still be brought in.
    pub fn preview(&self, mappings: Vec<SavedMapping>) -> Option<ImportPreview> {
        let table = self.table.as_ref().filter(|_| {
            matches!(self.kept.phase, Phase::Waiting | Phase::Ended(_, ImportOutcome::Stopped(_)))
        })?;
        Some(ImportPreview {
            file: self.kept.name.clone(),
            rows: table.rows,
            headers: table.headers.clone(),
            alphabet: table.alphabet,
            plan: self.kept.plan.clone(),
            first: table.looked.first.clone(),
            missing: table.looked.missing.clone(),
            surveyed: table.looked.surveyed.clone(),
            looks_like_shopify: self.kept.plan.kind() != ImportKind::Shopify
                && looks_like_shopify(&table.headers),
            mappings,
        })
    }

    pub const fn has_begun(&self) -> bool {
        matches!(self.kept.phase, Phase::Running(_) | Phase::Ended(_, ImportOutcome::Finished))
    }

    /// The place as a server finds it that is started again.
    pub fn found_again(mut kept: Kept, file: Option<&TableFile>) -> Self {
        if let Phase::Running(counts) = kept.phase {
            let why = "the server was stopped in the middle".to_owned();
            kept.phase = Phase::Ended(counts, ImportOutcome::Stopped(why));
        }
        let table = file.map(|file| Arc::new(Table::of(file, &kept.plan, None)));
        Self { kept, table }
    }
}
