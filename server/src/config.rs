//! The command line.

use clap::{Args, Parser, Subcommand};
use db::Location;
use domain::import::StoneColumn;
use domain::ledger::ExportFormat;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The system a jewelry store runs on: point of sale and one double-entry ledger under every screen.
///
/// Without a DATABASE_URL the data lies in a folder with an embedded SQLite database; with one it lies
/// in PostgreSQL, for several stores and several server processes.
#[derive(Debug, Parser)]
#[command(name = "parure", version)]
pub struct Cli {
    #[command(flatten)]
    pub data: Data,
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// Folder of the store's data; it is made when it is not there.
    #[arg(long = "data", env = "PARURE_DATA", default_value = "./data", global = true)]
    pub folder: PathBuf,
    /// A PostgreSQL database to use in place of the embedded one.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the store: registers, customers, ledger.
    Serve(Serve),
    /// Fill an empty data folder with a made-up store: 150 pieces, 80 customers, 30 days of sales.
    Demo {
        /// The same seed makes the same store.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Bring in what comes as a file.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Write the journal for another program.
    Export {
        #[command(subcommand)]
        what: Export,
    },
    /// Bring the database's schema up to date. `serve` does so by itself.
    Migrate,
    /// Check every entry, sub-ledger, piece, receipt and Z; exit 1 and name the event when one does not hold.
    Verify,
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Bring loose diamonds from a CSV file into stock, as opening stock.
    ///
    /// Columns are known by their names: carat, price, cost, cut, color, clarity, depth, table, x, y, z, shape,
    /// origin, treatment, lab, report, id. Bad rows go to a file with their reasons. Running it again adds
    /// nothing. While a server works on an embedded database, use its screen instead.
    Stones(Stones),
}

#[derive(Debug, Clone, Args)]
pub struct Stones {
    /// The list, in UTF-8 or Windows-1252, with commas, semicolons or tabs between its columns.
    pub file: PathBuf,
    /// What the stones cost, in percent of their price, where no column says it.
    #[arg(long)]
    pub cost_percent: Option<String>,
    /// natural or lab-grown, where no column says it.
    #[arg(long)]
    pub origin: Option<String>,
    /// round, princess, oval, emerald, pear, marquise, cushion or heart, where no column says it.
    #[arg(long)]
    pub shape: Option<String>,
    /// The store by its code or name; needed only where there are several.
    #[arg(long)]
    pub store: Option<String>,
    /// Login of the person who imports; an owner of the store when it is left out.
    #[arg(long)]
    pub by: Option<String>,
    /// Says what a column means: --map "Weight=carat". May be repeated.
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = parse_map)]
    pub map: Vec<(String, StoneColumn)>,
    /// File for the rejected rows; it is written over. Without it they go to FILE-rejects.csv in this folder.
    #[arg(long)]
    pub rejects: Option<PathBuf>,
}

fn parse_map(text: &str) -> Result<(String, StoneColumn), String> {
    let (name, field) = text.rsplit_once('=').ok_or("say it like \"Weight=carat\"")?;
    let fields = || StoneColumn::ALL.iter().map(|column| column.code()).collect::<Vec<_>>().join(", ");
    let field = field.trim().parse().map_err(|_| format!("the fields are {}", fields()))?;
    Ok((name.to_owned(), field))
}

#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every entry of the ledger with its accounts declared and its dimensions as tags.
    Ledger {
        /// hledger, beancount or csv.
        #[arg(long, value_parser = parse_format)]
        format: ExportFormat,
        /// The file to write; it must not exist yet.
        #[arg(long)]
        out: PathBuf,
    },
}

fn parse_format(text: &str) -> Result<ExportFormat, String> {
    text.parse().map_err(|_| "choose hledger, beancount or csv".to_owned())
}

#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address to listen on; plain HTTP is served on this computer only.
    #[arg(long, default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Fill an empty data folder with the made-up store before serving.
    #[arg(long)]
    pub demo: bool,
    /// Start without demo data whatever else is said: the first visit sets the store up.
    #[arg(long)]
    pub empty: bool,
    /// Folder of the built browser part.
    #[arg(long, env = "PARURE_SITE", default_value = "target/site", hide = true)]
    pub site: PathBuf,
}

impl Data {
    /// Where the database is; makes the folder for an embedded one.
    pub fn location(&self) -> Result<Location, String> {
        if let Some(url) = &self.database_url {
            return Ok(Location::Server(url.clone()));
        }
        std::fs::create_dir_all(&self.folder)
            .map_err(|error| format!("cannot make the data folder {}: {error}", self.folder.display()))?;
        Ok(Location::File(self.folder.join("parure.db")))
    }
}
