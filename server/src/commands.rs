//! What each subcommand does.

use crate::config::{Cli, Command, Data, Export, Import, Serve};
use crate::{router, stones};
use app::api::ctx::SetupCode;
use db::{Db, Location};
use domain::ledger::ExportFormat;
use migrations::{Migrator, MigratorTrait};
use services::{Clock, Services, Token};
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Runs a subcommand; an error is one sentence for whoever typed it.
pub async fn run(cli: Cli) -> Result<ExitCode, String> {
    match cli.command {
        Command::Serve(serve) => serve_store(&cli.data, serve).await,
        Command::Demo { seed } => demo(&cli.data, seed).await,
        Command::Migrate => {
            let location = cli.data.location()?;
            let _lock = lock(&cli.data, &location)?;
            migrate(&location).await?;
            println!("The schema is up to date.");
            Ok(ExitCode::SUCCESS)
        }
        Command::Import { what: Import::Stones(options) } => stones::import(&cli.data, options).await,
        Command::Export { what: Export::Ledger { format, out } } => {
            export_ledger(&cli.data, format, &out).await
        }
        Command::Verify => verify(&cli.data).await,
    }
}

/// On an embedded database one process writes; the lock lives as long as the file is open.
fn lock(data: &Data, location: &Location) -> Result<Option<File>, String> {
    lock_or(data, location, &format!("another parure is working on {}: stop it first", data.folder.display()))
}

/// The same, with a sentence of its own for when another process works on the data.
pub fn lock_or(data: &Data, location: &Location, busy: &str) -> Result<Option<File>, String> {
    if matches!(location, Location::Server(_)) {
        return Ok(None);
    }
    let path = data.folder.join("parure.lock");
    let file =
        File::create(&path).map_err(|error| format!("cannot write to {}: {error}", data.folder.display()))?;
    file.try_lock().map_err(|_| busy.to_owned())?;
    Ok(Some(file))
}

/// Brings the schema up to date.
pub async fn migrate(location: &Location) -> Result<(), String> {
    let connection = Db::connect_for_migration(location).await.map_err(|e| e.to_string())?;
    Migrator::up(&connection, None)
        .await
        .map_err(|error| format!("the schema could not be brought up to date: {error}"))?;
    connection.close().await.map_err(|e| e.to_string())?;
    let db = Db::open(location).await.map_err(|e| e.to_string())?;
    services::prepare(&db).await.map_err(|e| e.to_string())
}

/// Makes the demo store and says who is in it.
async fn make_demo(location: &Location, seed: u64) -> Result<(), String> {
    let db = Db::open(location).await.map_err(|e| e.to_string())?;
    let store = services::make_demo(db, seed, chrono::Utc::now()).await.map_err(|e| e.to_string())?;
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

/// A link that makes the browser it is opened in the first till of the demo store.
async fn print_pairing_link(services: &Services, address: SocketAddr) -> Result<(), String> {
    let till = services.demo_till();
    let Some(till) = till else { return Ok(()) };
    let code = services.new_pairing(till).await.map_err(|e| e.to_string())?;
    println!("Make this browser demo till 1: http://{address}/pair/{}", code.expose());
    println!("Demo PINs: owner 1357, manager 2468, associate 1234, bookkeeper 8642");
    Ok(())
}

/// The use cases over a database that is up to date.
pub async fn open(location: &Location) -> Result<Services, String> {
    let db = Db::open(location).await.map_err(|e| e.to_string())?;
    Services::new(db, Clock::default()).await.map_err(|e| e.to_string())
}

async fn is_set_up(location: &Location) -> Result<bool, String> {
    Ok(open(location).await?.is_set_up())
}

async fn serve_store(data: &Data, serve: Serve) -> Result<ExitCode, String> {
    let started = Instant::now();
    if !serve.addr.ip().is_loopback() {
        return Err(format!(
            "{} is not on this computer, and over plain HTTP a browser there could not even sign in: listen on 127.0.0.1",
            serve.addr
        ));
    }
    let location = data.location()?;
    let _lock = lock(data, &location)?;
    migrate(&location).await?;
    if serve.demo && !serve.empty && !is_set_up(&location).await? {
        println!("Making the demo store…");
        make_demo(&location, 1).await?;
    }
    let files = data.folder.join("imports");
    let services = open(&location).await?.keeping_files_in(files).map_err(|e| e.to_string())?;
    let code = SetupCode(Token::random().map_err(|e| e.to_string())?);
    if !services.is_set_up() {
        println!("First run: open http://{}/setup and enter this code:", serve.addr);
        println!("  {}", code.0.expose());
    }
    let listener = tokio::net::TcpListener::bind(serve.addr)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}", serve.addr))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    let app = router::build(services.clone(), code, &serve.site, address);
    println!("Parure is at http://{address} (ready in {} ms)", started.elapsed().as_millis());
    print_pairing_link(&services, address).await?;
    axum::serve(listener, app.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(stopped())
        .await
        .map_err(|error| format!("the server stopped: {error}"))?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or the service manager's polite request.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
        return;
    };
    tokio::select! {
        _ = interrupt => {}
        _ = terminate.recv() => {}
    }
}

async fn export_ledger(data: &Data, format: ExportFormat, out: &Path) -> Result<ExitCode, String> {
    let cannot = |error: std::io::Error| format!("cannot write {}: {error}", out.display());
    let services = open(&data.location()?).await?;
    let mut file = std::io::BufWriter::new(File::create_new(out).map_err(cannot)?);
    let count = services.export_ledger(format, &mut file).await.map_err(|e| e.to_string())?;
    file.flush().map_err(cannot)?;
    println!("exported {count} entries to {}", out.display());
    Ok(ExitCode::SUCCESS)
}

async fn verify(data: &Data) -> Result<ExitCode, String> {
    let services = open(&data.location()?).await?;
    let report = services.verify().await.map_err(|e| e.to_string())?;
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
