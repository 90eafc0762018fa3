//! The real binary over a store of its own.
#![allow(dead_code, reason = "each test binary uses a part")]

use db::{Db, Location};
use domain::sale::{SaleFilter, SalePage};
use std::io;
use std::path::Path;
use tokio::runtime::Runtime;
use trials::{Answer, Browser, Clerk, Server, Shop, Stock, fresh_command, location_of};

/// Runs one test body on both databases.
#[macro_export]
macro_rules! on_both_databases {
    ($($name:ident)+) => {$(
        mod $name {
            #[test]
            fn sqlite() {
                super::$name(&super::support::Place::on_sqlite());
            }

            #[test]
            fn postgres() {
                super::$name(&super::support::Place::on_postgres());
            }
        }
    )+};
}

/// A database that is still empty, and the binary.
pub struct Place {
    pub location: Location,
}

impl Place {
    pub fn on_sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("parure-fault-{}", fresh_command().0));
        std::fs::create_dir_all(&folder).unwrap();
        Self { location: location_of(&folder) }
    }

    /// A database of its own on the server that the test command starts.
    pub fn on_postgres() -> Self {
        let server = std::env::var("PARURE_TEST_POSTGRES")
            .expect("PARURE_TEST_POSTGRES names no server: `cargo xtask test` starts one");
        let name = format!("f{}", fresh_command().0.simple());
        block_on(async {
            let admin = Db::connect_for_migration(&Location::Server(server.clone())).await.unwrap();
            migrations::run_sql(&admin, &format!("CREATE DATABASE {name}")).await.unwrap();
            admin.close().await.unwrap();
        });
        let (base, _) = server.rsplit_once('/').unwrap();
        Self { location: Location::Server(format!("{base}/{name}")) }
    }

    pub fn shop(&self, tills: usize, pieces: usize) -> Shop {
        block_on(Shop::make(&self.location, Stock { tills, pieces, customers: 1 })).unwrap()
    }

    pub fn serve(&self) -> Server {
        Server::start(parure(), &self.location).unwrap()
    }

    /// Nothing is out of order anywhere, says the binary itself.
    pub fn verifies(&self) {
        let said = trials::verify(parure(), &self.location).unwrap();
        assert!(said.contains("Everything holds."), "{said}");
    }
}

impl Drop for Place {
    /// Many runs would fill the disk.
    fn drop(&mut self) {
        if let Location::File(file) = &self.location
            && let Some(folder) = file.parent()
        {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

pub fn parure() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_parure"))
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    Runtime::new().unwrap().block_on(work)
}

/// The owner's browser, signed in.
pub fn owner(server: &Server) -> Browser {
    let mut browser = Browser::at(server.address);
    let form = "login=owner&password=trials+are+hard";
    let answer = browser.post_form("/api/v1/session/sign_in", form).unwrap();
    assert!(answer.status < 400, "{}", answer.text());
    browser
}

/// Sends a command as the pages wrap it.
pub fn send(browser: &mut Browser, path: &str, cmd: &impl serde::Serialize) -> io::Result<Answer> {
    browser.post_json(path, &serde_json::to_vec(&serde_json::json!({ "cmd": cmd }))?)
}

/// The receipt numbers of every sale in the books.
pub fn numbers(clerk: &mut Clerk<'_>) -> Vec<String> {
    let mut numbers = Vec::new();
    loop {
        let filter = SaleFilter { offset: numbers.len() as u64, limit: 200, ..SaleFilter::default() };
        let body = serde_json::to_vec(&serde_json::json!({ "filter": filter })).unwrap();
        let page: SalePage = clerk.browser.post_json("/api/v1/sale/list", &body).unwrap().done().unwrap();
        if page.sales.is_empty() {
            assert_eq!(page.count, numbers.len() as u64);
            return numbers;
        }
        numbers.extend(page.sales.into_iter().map(|sale| sale.number));
    }
}
