//! What each subcommand does.

use crate::config::{Cli, Command, Data, Export, Import};
use crate::{imports, serve};
use db::{Db, Location};
use domain::import::ImportKind;
use domain::ledger::{ExportFormat, Period};
use migrations::{Migrator, MigratorTrait};
use services::{Clock, Services};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Runs a subcommand; an error is one sentence for whoever typed it.
pub async fn run(cli: Cli) -> Result<ExitCode, String> {
    match cli.command {
        Command::Serve(serve) => serve::run(&cli.data, *serve).await,
        Command::Demo { seed } => demo(&cli.data, seed).await,
        Command::Migrate => {
            let location = cli.data.location()?;
            let _lock = lock(&cli.data, &location)?;
            migrate(&location).await?;
            println!("The schema is up to date.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Import { what: Import::Stones(options) } => imports::stones(&cli.data, options).await,
        Command::Import { what: Import::Pieces(options) } => {
            imports::goods(&cli.data, ImportKind::Pieces, options).await
        }
        Command::Import { what: Import::Goods(options) } => {
            imports::goods(&cli.data, ImportKind::Lots, options).await
        }
        Command::Import { what: Import::Shopify(options) } => {
            imports::goods(&cli.data, ImportKind::Shopify, options).await
        }
        Command::Export { what: Export::Ledger { format, out } } => {
            export_ledger(&cli.data, format, &out).await
        }
        Command::Backup { out } => back_up(&cli.data, &out).await,
        Command::Restore { backup } => restore(&cli.data, &backup).await,
        Command::Verify => {
            let services = open(&cli.data.existing()?).await?;
            verify(&services.keeping_photos_in(cli.data.photos()).map_err(sentence)?).await
        }
    }
}

/// Turns any error into its sentence.
pub fn sentence(error: impl ToString) -> String {
    error.to_string()
}

/// On an embedded database one process writes; the lock lives as long as the file is open.
pub fn lock(data: &Data, location: &Location) -> Result<Option<File>, String> {
    lock_or(data, location, &format!("another parure is working on {}: stop it first", data.folder.display()))
}

/// The same, with a sentence of its own for when another process works on the data.
pub fn lock_or(data: &Data, location: &Location, busy: &str) -> Result<Option<File>, String> {
    if matches!(location, Location::Server(_)) {
        return Ok(None);
    }
    let path = data.folder.join(LOCK);
    let file =
        File::create(&path).map_err(|error| format!("cannot write to {}: {error}", data.folder.display()))?;
    file.try_lock().map_err(|_| busy.to_owned())?;
    Ok(Some(file))
}

const LOCK: &str = "parure.lock";

/// Brings the schema up to date.
pub async fn migrate(location: &Location) -> Result<(), String> {
    migrate_by(location, None).await?;
    let db = Db::open(location).await.map_err(sentence)?;
    services::prepare(&db).await.map_err(sentence)
}

async fn migrate_by(location: &Location, steps: Option<u32>) -> Result<(), String> {
    let connection = Db::connect_for_migration(location).await.map_err(sentence)?;
    Migrator::up(&connection, steps)
        .await
        .map_err(|error| format!("the schema could not be brought up to date: {error}"))?;
    connection.close().await.map_err(sentence)
}

/// Makes the demo store and says who is in it.
pub async fn make_demo(location: &Location, seed: u64) -> Result<(), String> {
    let db = Db::open(location).await.map_err(sentence)?;
    let store =
        services::make_demo(db, seed, chrono::Utc::now()).await.map_err(|error| error.told_with_cause())?;
    println!("Demo people, with the PIN each uses at a till:");
    for (name, role, pin) in &store.people {
        println!("  {pin}  {name}, {role}");
    }
    Ok(())
}

async fn demo(data: &Data, seed: u64) -> Result<ExitCode, String> {
    let location = data.location()?;
    let _lock = lock(data, &location)?;
    migrate(&location).await?;
    make_demo(&location, seed).await?;
    Ok(ExitCode::SUCCESS)
}

/// The use cases over a database that is up to date.
pub async fn open(location: &Location) -> Result<Services, String> {
    let db = Db::open(location).await.map_err(sentence)?;
    Services::new(db, Clock::default()).await.map_err(sentence)
}

async fn export_ledger(data: &Data, format: ExportFormat, out: &Path) -> Result<ExitCode, String> {
    let cannot = |error: std::io::Error| format!("cannot write {}: {error}", out.display());
    let services = open(&data.existing()?).await?;
    let mut file = std::io::BufWriter::new(File::create_new(out).map_err(cannot)?);
    let count = services.export_ledger(format, Period::default(), &mut file).await.map_err(sentence)?;
    file.flush().map_err(cannot)?;
    println!("exported {count} entries to {}", out.display());
    Ok(ExitCode::SUCCESS)
}

async fn back_up(data: &Data, out: &Path) -> Result<ExitCode, String> {
    let (location, photos) = (data.existing()?, data.photos());
    let made = services::back_up(&location, Some(&photos), out, chrono::Utc::now());
    let made = made.await.map_err(sentence)?;
    let length = out.metadata().map_err(|error| format!("cannot look at {}: {error}", out.display()))?.len();
    let count = |table: &str| made.database.rows.get(table).copied().unwrap_or(0);
    println!(
        "backed up {} events and {} sales to {} ({} kB)",
        count("event"),
        count("sale"),
        out.display(),
        length.div_ceil(1000)
    );
    Ok(ExitCode::SUCCESS)
}

async fn restore(data: &Data, backup: &Path) -> Result<ExitCode, String> {
    let location = data.location()?;
    data.make_folder()?;
    must_be_empty(data, &location).await?;
    let _lock = lock(data, &location)?;
    let unpacked = services::unpack(backup, &data.folder).await.map_err(sentence)?;
    unpacked.fits(&location).map_err(sentence)?;
    let known: Vec<String> =
        Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let theirs = unpacked.migrations(&known).map_err(sentence)?;
    if matches!(location, Location::Server(_)) {
        migrate_by(&location, Some(theirs)).await?;
    }
    unpacked.place_photos(&data.photos()).map_err(sentence)?;
    unpacked.load(&location).await.map_err(sentence)?;
    let made_at = unpacked.manifest().made_at;
    drop(unpacked);
    migrate(&location).await?;
    println!("Restored the store as it was on {}.", made_at.format("%Y-%m-%d at %H:%M UTC"));
    let services = open(&location).await?.keeping_photos_in(data.photos()).map_err(sentence)?;
    verify(&services).await
}

/// What is there is never overwritten.
async fn must_be_empty(data: &Data, location: &Location) -> Result<(), String> {
    let place = data.folder.display();
    if matches!(location, Location::File(_)) {
        let entries =
            std::fs::read_dir(&data.folder).map_err(|error| format!("cannot look into {place}: {error}"))?;
        // A backup holds no key, so it may lie there already.
        let expected = |name: &std::ffi::OsStr| name == LOCK || name == services::KEY_FILE;
        if entries.flatten().any(|entry| !expected(&entry.file_name())) {
            return Err(format!("{place} is not empty: restore into a new folder"));
        }
    }
    match db::backup::is_vacant(location).await.map_err(sentence)? {
        true => Ok(()),
        false => Err("this database is not empty: restore into a new one".to_owned()),
    }
}

async fn verify(services: &Services) -> Result<ExitCode, String> {
    let report = services.verify().await.map_err(sentence)?;
    for (check, count) in &report.checked {
        println!("{count:>9}  {check}");
    }
    for finding in &report.findings {
        let event =
            finding.event.map_or_else(|| "no single event".to_owned(), |event| format!("event {event}"));
        eprintln!("NOT SO: {} ({event}): {}", finding.check, finding.detail);
    }
    if report.findings.is_empty() {
        println!("Everything holds.");
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}
