//! The command line.

use clap::{Args, Parser, Subcommand};
use db::Location;
use domain::import::{GoodsField, StoneColumn};
use domain::ledger::ExportFormat;
use services::BackupPlan;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// The system a jewelry store runs on: point of sale and one double-entry ledger under every screen.
///
/// Without a DATABASE_URL the data lies in a folder with an embedded SQLite database; with one it lies
/// in PostgreSQL, for several stores and several server processes.
///
/// A command ends with 0 when it did what it says, with 1 and one sentence when it did not, and with 2 when
/// the command line itself is wrong.
#[derive(Debug, Parser)]
#[command(name = "parure", version)]
pub struct Cli {
    #[command(flatten)]
    pub data: Data,
    /// What to log on standard error, such as `info` or `warn,server=debug`.
    #[arg(
        long,
        env = "PARURE_LOG",
        default_value = "warn,server=info",
        global = true,
        value_name = "FILTER"
    )]
    pub log: String,
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct Data {
    /// Folder of the store's data; it is made when it is not there.
    #[arg(
        long = "data",
        env = "PARURE_DATA",
        default_value = "./data",
        global = true,
        value_name = "FOLDER"
    )]
    pub folder: PathBuf,
    /// A PostgreSQL database to use in place of the embedded one.
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The key that private data of customers is sealed with, as 64 hexadecimal digits [default: the file
    /// `private.key` in the data folder, made at the first start].
    #[arg(
        long = "private-key",
        env = "PARURE_KEY",
        global = true,
        hide_env_values = true,
        value_name = "KEY"
    )]
    pub private_key: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the store: registers, customers, ledger.
    ///
    /// Alone it serves browsers on this computer. With --lan it also serves the tablets and phones of the
    /// shop's network over HTTPS. With --tls-cert, or behind a proxy, it serves the address of --public-url.
    Serve(Box<Serve>),
    /// Fill an empty data folder with a made-up store: three stores in three states, nearly 1,000 pieces, 400 customers, 90 days of sales.
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
    /// Copy the whole store into one file, while it sells. Everything recorded before is in it.
    ///
    /// The file holds customers and password hashes: it can be read by its owner alone, and belongs on an
    /// encrypted disk. `parure serve` makes one a day by itself.
    Backup {
        /// The file to write, such as store.tar.gz; it must not exist yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Bring a store back from a backup, into an empty data folder or an empty database, and verify it.
    Restore {
        /// What `parure backup` wrote.
        #[arg(value_name = "FILE")]
        backup: PathBuf,
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
    /// Bring pieces from a CSV file into stock, as opening stock: one row, one piece.
    ///
    /// Columns are known by their names, or as a saved mapping says. Bad rows go to a file with their reasons.
    /// Running it again adds nothing.
    Pieces(Goods),
    /// Bring goods that are alike from a CSV file into stock, as opening stock: one row, one lot.
    Goods(Goods),
    /// Bring products from Shopify's product CSV into stock, as opening stock: styles with their variations.
    Shopify(Goods),
}

#[derive(Debug, Clone, Args)]
pub struct Goods {
    /// The file, in UTF-8, UTF-16 or Windows-1252, with commas, semicolons, tabs or bars between its columns.
    pub file: PathBuf,
    /// Reads the columns as the mapping with this name says, which was saved on the screen.
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,
    /// Says what a column means: --map "Sticker=tag". May be repeated.
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = parse_goods_map)]
    pub map: Vec<(String, GoodsField)>,
    /// Says what holds where no cell says it: --all kind=ring, --all cost=50%. May be repeated.
    #[arg(long, value_name = "FIELD=VALUE", value_parser = parse_for_all)]
    pub all: Vec<(GoodsField, String)>,
    /// Figures such as 1,250 that read two ways have a comma before their decimals: 1.25.
    #[arg(long, conflicts_with = "decimal_point")]
    pub decimal_comma: bool,
    /// Figures such as 1,250 that read two ways have a point before their decimals: 1250.
    #[arg(long)]
    pub decimal_point: bool,
    /// Brings the file in although something about its columns looks wrong.
    #[arg(long)]
    pub anyway: bool,
    /// The store by its code or name; without it the first.
    #[arg(long)]
    pub store: Option<String>,
    /// Login of the person who imports; an owner of the store when it is left out.
    #[arg(long)]
    pub by: Option<String>,
    /// File for the rejected rows; it is written over. Without it they go to FILE-rejects.csv in this folder.
    #[arg(long)]
    pub rejects: Option<PathBuf>,
}

fn goods_field(text: &str) -> Result<GoodsField, String> {
    let fields = || GoodsField::ALL.iter().map(|field| field.code()).collect::<Vec<_>>().join(", ");
    text.trim().parse().map_err(|_| format!("the fields are {}", fields()))
}

fn parse_goods_map(text: &str) -> Result<(String, GoodsField), String> {
    let (name, field) = text.rsplit_once('=').ok_or("say it like \"Sticker=tag\"")?;
    Ok((name.to_owned(), goods_field(field)?))
}

fn parse_for_all(text: &str) -> Result<(GoodsField, String), String> {
    let (field, value) = text.split_once('=').ok_or("say it like kind=ring")?;
    Ok((goods_field(field)?, value.to_owned()))
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
    /// The store by its code or name; without it the first.
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
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

fn parse_format(text: &str) -> Result<ExportFormat, String> {
    text.parse().map_err(|_| "choose hledger, beancount or csv".to_owned())
}

#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address to listen on. Plain HTTP is served on this computer only.
    #[arg(long, default_value = "127.0.0.1:3000", value_name = "HOST:PORT")]
    pub addr: SocketAddr,
    /// Fill an empty data folder with the made-up store before serving.
    #[arg(long)]
    pub demo: bool,
    /// Start without demo data whatever else is said: the first visit sets the store up.
    #[arg(long)]
    pub empty: bool,
    /// Also serve the shop's network, over HTTPS with a certificate that Parure makes for it.
    #[arg(long, conflicts_with_all = ["tls_cert", "behind_proxy"])]
    pub lan: bool,
    /// Port of HTTPS in the shop's network.
    #[arg(long, default_value_t = 3443, requires = "lan", value_name = "PORT")]
    pub lan_port: u16,
    /// Port of the page that shows a new tablet how to trust that certificate.
    #[arg(long, default_value_t = 3080, requires = "lan", value_name = "PORT")]
    pub trust_port: u16,
    /// A further name of this computer in the shop's network, such as till.local; may be repeated.
    #[arg(long = "name", requires = "lan", value_name = "NAME")]
    pub names: Vec<String>,
    /// Serve HTTPS on --addr with this certificate (PEM, with its chain). It is read again when it changes.
    #[arg(long, requires_all = ["tls_key", "public_url"], conflicts_with = "behind_proxy", value_name = "FILE")]
    pub tls_cert: Option<PathBuf>,
    /// The private key of --tls-cert (PEM).
    #[arg(long, requires = "tls_cert", value_name = "FILE")]
    pub tls_key: Option<PathBuf>,
    /// Serve plain HTTP on --addr to a proxy that speaks HTTPS with browsers, and believe what it forwards.
    #[arg(long, requires = "public_url")]
    pub behind_proxy: bool,
    /// The address people type, with --tls-cert or --behind-proxy.
    #[arg(long, env = "PARURE_PUBLIC_URL", value_name = "https://NAME")]
    pub public_url: Option<String>,
    /// Where a backup is put once a day while serving [default: the folder `backups` in the data folder; on
    /// PostgreSQL none].
    #[arg(long, value_name = "FOLDER")]
    pub backup_dir: Option<PathBuf>,
    /// How many of the daily backups stay; 0 makes none.
    #[arg(long, default_value_t = 14, value_name = "COUNT")]
    pub backup_keep: usize,
    /// Folder of the browser part, in place of the one inside this program.
    #[arg(long, env = "PARURE_SITE", hide = true)]
    pub site: Option<PathBuf>,
}

impl Serve {
    /// The daily backups somebody wants. A PostgreSQL is often shared and has its own.
    pub fn backup_plan(&self, data: &Data) -> Option<BackupPlan> {
        let beside = || data.database_url.is_none().then(|| data.folder.join("backups"));
        let folder = self.backup_dir.clone().or_else(beside)?;
        (self.backup_keep > 0).then_some(BackupPlan { folder, keep: self.backup_keep })
    }
}

impl Data {
    /// Where the database is; makes the folder for an embedded one.
    pub fn location(&self) -> Result<Location, String> {
        if let Some(url) = &self.database_url {
            return Ok(Location::Server(url.clone()));
        }
        self.make_folder()?;
        Ok(Location::File(self.folder.join("parure.db")))
    }

    /// Where a database is that is there already.
    pub fn existing(&self) -> Result<Location, String> {
        let file = self.folder.join("parure.db");
        if self.database_url.is_none() && !file.exists() {
            return Err(format!("there is no store in {}", self.folder.display()));
        }
        self.location()
    }

    /// Where photos and papers lie, whatever the database.
    pub fn photos(&self) -> PathBuf {
        self.folder.join("photos")
    }

    /// Makes the data folder where it is not there yet.
    pub fn make_folder(&self) -> Result<&Path, String> {
        // Customers and password hashes lie here: for the owner alone.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)
            .map_err(|error| format!("cannot make the data folder {}: {error}", self.folder.display()))?;
        Ok(&self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn serve(arguments: &str) -> Result<(Serve, Data), String> {
        let words = ["parure", "serve"].into_iter().chain(arguments.split_whitespace());
        let cli = Cli::try_parse_from(words).map_err(|error| error.to_string())?;
        let Command::Serve(serve) = cli.command else { return Err("another command".to_owned()) };
        Ok((*serve, cli.data))
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_store_has_daily_backups_unless_it_says_otherwise() {
        let plan = |arguments: &str| {
            let (serve, data) = serve(arguments).unwrap();
            serve.backup_plan(&data).map(|plan| (plan.folder.display().to_string(), plan.keep))
        };
        assert_eq!(plan("--data /shop"), Some(("/shop/backups".to_owned(), 14)));
        assert_eq!(plan("--backup-dir /usb --backup-keep 3"), Some(("/usb".to_owned(), 3)));
        assert_eq!(plan("--backup-keep 0"), None);
        assert_eq!(plan("--database-url postgres://db/shop"), None);
        assert_eq!(
            plan("--database-url postgres://db/shop --backup-dir /usb"),
            Some(("/usb".to_owned(), 14))
        );
    }

    #[test]
    fn a_door_needs_its_parts() {
        assert!(serve("--lan --lan-port 1443 --name till.local").is_ok());
        for wrong in [
            "--name till.local",
            "--lan --behind-proxy",
            "--tls-cert a.pem",
            "--tls-key a.pem",
            "--behind-proxy",
        ] {
            assert!(serve(wrong).is_err(), "{wrong}");
        }
    }
}
