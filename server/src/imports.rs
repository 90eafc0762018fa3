//! `parure import`: files of stones, pieces and other goods from the command line.

use crate::commands::{lock_or, migrate, open};
use crate::config::{Data, Goods, Stones};
use chrono::Utc;
use db::Location;
use domain::field::FieldError;
use domain::ids::{CommandId, ImportId};
use domain::import::{
    ColumnFigures, DecimalMark, FieldSource, FileError, GoodsField, GoodsPlan, ImportCounts, ImportKind,
    ImportPlan, LARGEST_FILE, Reading, StartImport, StonePlan,
};
use services::{Ctx, ServiceError, Services, TableFile, Token, rejects_name};
use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Brings stones in.
pub async fn stones(data: &Data, options: Stones) -> Result<ExitCode, String> {
    let file = read(&options.file)?;
    let mut plan = StonePlan {
        cost_percent: options.cost_percent.unwrap_or_default(),
        origin: options.origin.unwrap_or_default(),
        shape: options.shape.unwrap_or_default(),
        ..StonePlan::guessed(&file.headers)
    };
    for (name, meant) in options.map {
        plan.say(&file.headers, &name, meant)?;
    }
    plan.check(&file.headers, file.delimiter).map_err(|missing| sentence(&missing))?;
    let rejects = Rejects::prepare(&options.file, options.rejects)?;
    let store = Store::open(data, options.by.as_deref(), options.store.as_deref()).await?;
    store.bring_in(&file, plan.into(), rejects).await
}

/// Brings pieces, lots or products in.
pub async fn goods(data: &Data, kind: ImportKind, options: Goods) -> Result<ExitCode, String> {
    let file = read(&options.file)?;
    let rejects = Rejects::prepare(&options.file, options.rejects.clone())?;
    let store = Store::open(data, options.by.as_deref(), options.store.as_deref()).await?;
    let mut plan = match &options.mapping {
        None => GoodsPlan::guessed(kind, &file.headers),
        Some(name) => {
            match store.services.mapping_named(&store.ctx, name, &file).await.map_err(|e| e.to_string())? {
                ImportPlan::Goods(plan) if plan.kind == kind => plan,
                _ => return Err(format!("the mapping “{name}” is for files of another kind")),
            }
        }
    };
    for (name, field) in &options.map {
        plan.say(&file.headers, name, *field)?;
    }
    for (field, typed) in options.all {
        plan.set(FieldSource { fixed: typed, ..plan.source(field) });
    }
    let figures = file.figures();
    let mark = match (options.decimal_comma, options.decimal_point) {
        (true, _) => Some(DecimalMark::Comma),
        (_, true) => Some(DecimalMark::Point),
        _ => None,
    };
    settle_doubts(&mut plan, &figures, mark);
    let checked = plan.check(&file.headers, &figures).map_err(|missing| sentence(&missing))?;
    if options.anyway {
        let (mut survey, mut reader) = (checked.survey(), checked.reader());
        for (_, mut cells) in file.rows() {
            let read = reader.read(&mut cells);
            survey.note(&cells, &read);
        }
        plan.confirmed = survey.finish().warnings.into_iter().map(|warning| warning.code).collect();
    }
    store.bring_in(&file, plan.into(), rejects).await
}

/// What was said on the command line about figures that read two ways.
fn settle_doubts(plan: &mut GoodsPlan, figures: &[ColumnFigures], mark: Option<DecimalMark>) {
    for source in &mut plan.fields {
        let column = source.column.and_then(|column| figures.get(column)).map(ColumnFigures::reading);
        if matches!(column, Some(Reading::Doubtful(_))) {
            source.mark = mark.or(source.mark);
        }
    }
}

/// The store that goods enter, and who brings them in.
struct Store {
    services: Services,
    ctx: Ctx,
    /// Nobody else writes an embedded database meanwhile.
    _lock: Option<File>,
}

impl Store {
    async fn open(data: &Data, by: Option<&str>, store: Option<&str>) -> Result<Self, String> {
        let location = data.location()?;
        let lock = lock_or(data, &location, &busy(data))?;
        if let Location::File(path) = &location
            && !path.exists()
        {
            return Err(format!("there is no store in {}", data.folder.display()));
        }
        migrate(&location).await?;
        let services = open(&location).await?;
        let ctx = services.acting_for(by, store).await.map_err(|error| error.to_string())?;
        if let Some(several) = services.config().ok().filter(|config| config.stores.len() > 1)
            && let Some(store) = several.find_store(ctx.store)
        {
            println!("into {} {}; --store names another", store.store.code, store.store.name);
        }
        Ok(Self { services, ctx, _lock: lock })
    }

    /// The last line on standard output is for programs to read.
    async fn bring_in(
        self,
        file: &TableFile,
        plan: ImportPlan,
        mut rejects: Rejects,
    ) -> Result<ExitCode, String> {
        let (command_id, import_id) = (fresh_command()?, ImportId(fresh_command()?.0));
        let cmd = StartImport { command_id, store_id: self.ctx.store, import_id, plan };
        let meter = Meter::new();
        let done = self.services.import_file(&self.ctx, &cmd, file, |counts| meter.show(counts)).await;
        meter.end();
        let done = done.map_err(|error| match error {
            ServiceError::Fields(missing) => sentence(&missing),
            other => format!("the import stopped: {other}; what came in stays, run it again for the rest"),
        })?;
        rejects.write(&done.rejects)?;
        println!("{}", done.counts);
        Ok(ExitCode::SUCCESS)
    }
}

fn read(path: &Path) -> Result<TableFile, String> {
    let cannot = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    let about = |error: FileError| format!("{}: {error}", path.display());
    if std::fs::metadata(path).map_err(cannot)?.len() > LARGEST_FILE {
        return Err(about(FileError::TooLarge));
    }
    let bytes = std::fs::read(path).map_err(cannot)?;
    let name = path.file_name().map_or_else(|| "goods.csv".into(), |name| name.to_string_lossy());
    TableFile::read(&name, &bytes).map_err(about)
}

fn busy(data: &Data) -> String {
    format!(
        "a server is working on {}: import on its screen, Inventory, Import, or stop it first",
        data.folder.display()
    )
}

/// What is missing, with the option that says it.
fn sentence(missing: &[FieldError]) -> String {
    let option = |field: &str| match (field, field.parse::<GoodsField>()) {
        ("cost_percent", _) => "--cost-percent 55".to_owned(),
        ("origin", _) => "--origin natural or --origin lab-grown".to_owned(),
        ("shape", _) => "--shape round".to_owned(),
        ("warnings", _) => "--map column=field, or --anyway when it is right so".to_owned(),
        (field, _) if field.ends_with(".mark") => "--decimal-point or --decimal-comma".to_owned(),
        (_, Ok(field)) if field.may_be_fixed() => format!("--map column={0} or --all {0}=…", field.code()),
        _ => "--map column=field".to_owned(),
    };
    let told: Vec<String> =
        missing.iter().map(|error| format!("{} ({})", error.message, option(&error.field))).collect();
    told.join("; ")
}

fn fresh_command() -> Result<CommandId, String> {
    let token = Token::random().map_err(|error| error.to_string())?;
    let mut random = [0; 10];
    for (to, from) in random.iter_mut().zip(token.digest()) {
        *to = from;
    }
    let now = u64::try_from(Utc::now().timestamp_millis()).map_err(|error| error.to_string())?;
    Ok(CommandId::from_parts(now, &random))
}

/// Where rejected rows are written.
#[derive(Debug)]
enum Rejects {
    /// The person said where, and the file could be made.
    Said(File, PathBuf),
    /// A name beside nothing else, made when there are any.
    Fresh(String),
}

impl Rejects {
    fn prepare(list: &Path, said: Option<PathBuf>) -> Result<Self, String> {
        let Some(path) = said else {
            let name = list.file_name().map_or_else(|| "goods.csv".into(), |name| name.to_string_lossy());
            return Ok(Self::Fresh(rejects_name(&name)));
        };
        let cannot = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
        if path.exists() && path.canonicalize().ok() == list.canonicalize().ok() {
            return Err("the rejected rows need a file of their own".to_owned());
        }
        let file = File::create(&path).map_err(cannot)?;
        Ok(Self::Said(file, path))
    }

    /// Writes the rejected rows and says where they are. A file that somebody may be mending is never
    /// written over, unless its name was given.
    fn write(&mut self, rows: &[u8]) -> Result<(), String> {
        let (mut file, path) = match self {
            Self::Said(file, path) => (file.try_clone().map_err(|error| error.to_string())?, path.clone()),
            Self::Fresh(_) if rows.is_empty() => return Ok(()),
            Self::Fresh(name) => create_beside(name)?,
        };
        file.write_all(rows).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        if !rows.is_empty() {
            eprintln!("the rejected rows are in {}", path.display());
        }
        Ok(())
    }
}

/// Makes the file, or one with a number where it exists.
fn create_beside(name: &str) -> Result<(File, PathBuf), String> {
    const MOST: u32 = 1_000;
    let stem = name.strip_suffix(".csv").unwrap_or(name);
    for number in 1..=MOST {
        let path = PathBuf::from(if number == 1 { name.to_owned() } else { format!("{stem}-{number}.csv") });
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("cannot write {}: {error}", path.display())),
        }
    }
    Err(format!("there are {MOST} files of rejected rows here already: say --rejects FILE"))
}

/// Shows on standard error how far it has come: a line that changes at a terminal, else now and then one.
struct Meter {
    terminal: bool,
    shown: Mutex<Option<Instant>>,
}

impl Meter {
    fn new() -> Self {
        Self { terminal: std::io::stderr().is_terminal(), shown: Mutex::new(None) }
    }

    fn show(&self, counts: ImportCounts) {
        let pause = Duration::from_millis(if self.terminal { 200 } else { 5_000 });
        let mut shown = self.shown.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if shown.is_some_and(|last| last.elapsed() < pause) && counts.done() < counts.rows {
            return;
        }
        *shown = Some(Instant::now());
        let (start, end) = if self.terminal { ("\r", "") } else { ("", "\n") };
        eprint!("{start}{} of {} rows{end}", counts.done(), counts.rows);
    }

    fn end(&self) {
        if self.terminal {
            eprintln!();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_names_its_option() {
        let missing =
            [FieldError::new("origin", "no column is the origin"), FieldError::new("columns", "say which")];
        assert_eq!(
            sentence(&missing),
            "no column is the origin (--origin natural or --origin lab-grown); say which (--map column=field)"
        );
    }
}
