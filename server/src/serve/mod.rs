//! `parure serve`: readies the data, opens the doors and says where they are.

mod daily;
mod door;
mod midnight;
mod private_key;

use crate::assets::Site;
use crate::commands::{lock, make_demo, migrate, open, sentence};
use crate::config::{Data, Serve};
use crate::layers::OwnOrigins;
use crate::rate_limit::Peers;
use crate::router::{self, Reach};
use crate::tls::{self, ShopNetwork};
use app::api::ctx::SetupCode;
use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use db::Location;
use door::Door;
use services::{Services, Token};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long requests that are under way may take once the server was told to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub async fn run(data: &Data, serve: Serve) -> Result<ExitCode, String> {
    let started = Instant::now();
    let door = Door::choose(&serve)?;
    let location = data.location()?;
    let _lock = lock(data, &location)?;
    let network = match door {
        Door::ShopNetwork => Some(ShopNetwork::open(data.make_folder()?, &serve)?),
        _ => None,
    };
    migrate(&location).await?;
    if serve.demo && !serve.empty && !is_set_up(&location).await? {
        println!("Making the demo store…");
        make_demo(&location, 1).await?;
    }
    let files = data.folder.join("imports");
    let services = open(&location).await?.keeping_files_in(files).map_err(sentence)?;
    let key = private_key::choose(data, &services).await?;
    let services = services.sealing_with(key);
    let services = services.keeping_photos_in(data.photos()).map_err(sentence)?;
    if let Err(error) = services.sweep_photos().await {
        tracing::warn!(%error, "files that nothing names any more could not be removed");
    }
    let code = SetupCode(Token::random().map_err(sentence)?);
    let site = Site::choose(serve.site.clone());
    if let Some(file) = site.missing() {
        eprintln!("parure: {} is missing, so pages stay still: `cargo xtask build` makes it", file.display());
    }
    let listener = listen(serve.addr).await?;
    let address = listener.local_addr().map_err(sentence)?;
    let own = OwnOrigins::default();
    let peers = if matches!(door, Door::Proxy(_)) { Peers::Forwarded } else { Peers::Connected };
    let reach = Reach { own: own.clone(), peers, address };
    let app = router::build(services.clone(), code.clone(), &site, reach);
    let mut doors = Doors { app, site, stop: stop_signal(), tasks: JoinSet::new() };
    tokio::spawn(keep_streams(services.clone(), doors.stop.clone()));
    tokio::spawn(midnight::watch(services.clone()));
    let here = match &door {
        Door::Certificate { url, .. } | Door::Proxy(url) => url.clone(),
        Door::ThisComputer | Door::ShopNetwork => format!("http://{address}"),
    };
    own.add(&door.local_origins(address));
    match door {
        Door::ThisComputer | Door::ShopNetwork | Door::Proxy(_) => doors.open_plain(listener),
        Door::Certificate { cert, key, .. } => {
            let config = tls::load(&cert, &key)?;
            tokio::spawn(tls::follow_files(config.clone(), cert, key));
            doors.open_tls(listener, config)?;
        }
    }
    if let Some(network) = &network {
        own.add(&network.origins());
        doors.open_shop_network(network, &serve).await?;
        tokio::spawn(network.clone().follow_addresses(own));
    }
    if let Some(plan) = serve.backup_plan(data) {
        tokio::spawn(daily::back_up(services.clone(), location, plan));
    }
    println!("Parure is at {here} (ready in {} ms)", started.elapsed().as_millis());
    if let Some(network) = &network {
        network.print();
    }
    let elsewhere = network.as_ref().and_then(|network| network.origins().into_iter().next());
    print_first_steps(&services, &code, &here, elsewhere.as_deref()).await?;
    doors.serve().await
}

async fn is_set_up(location: &Location) -> Result<bool, String> {
    Ok(open(location).await?.is_set_up())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))
}

/// On every address of this computer, of both kinds where it has both.
async fn listen_everywhere(port: u16) -> Result<TcpListener, String> {
    match TcpListener::bind((Ipv6Addr::UNSPECIFIED, port)).await {
        Ok(listener) => Ok(listener),
        Err(_) => listen(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port))).await,
    }
}

/// What opens a new store, and what makes a browser the first till of the demo store.
async fn print_first_steps(
    services: &Services,
    code: &SetupCode,
    here: &str,
    elsewhere: Option<&str>,
) -> Result<(), String> {
    if !services.is_set_up() {
        println!("First run: open {here}/setup and enter this code:");
        println!("  {}", code.0.expose());
    }
    let Some(till) = services.demo_till() else { return Ok(()) };
    let code = services.new_pairing(till).await.map_err(sentence)?;
    println!("Make this browser demo till 1: {here}/pair/{}", code.expose());
    if let Some(elsewhere) = elsewhere {
        println!("Or a tablet that trusts it: {elsewhere}/pair/{}", code.expose());
    }
    println!("Demo PINs: owner 1357, manager 2468, associate 1234, bookkeeper 8642");
    Ok(())
}

/// Turns to `true` with Ctrl-C or the service manager's polite request.
fn stop_signal() -> watch::Receiver<bool> {
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        let interrupt = tokio::signal::ctrl_c();
        if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        } else if interrupt.await.is_err() {
            // Neither signal can be heard: the server runs until it is killed, which loses nothing.
            std::future::pending::<()>().await;
        }
        stop.send_replace(true);
    });
    stopped
}

async fn until_stopped(mut stop: watch::Receiver<bool>) {
    // An error says that nobody can ask any more, which is a stop too.
    let _ = stop.wait_for(|stopped| *stopped).await;
}

/// Brings the news of other processes to our streams. They end with the server, which waits for every answer to be
/// complete, and theirs would never be.
async fn keep_streams(services: Services, stop: watch::Receiver<bool>) {
    tokio::join!(services.hear_others(), async {
        until_stopped(stop).await;
        services.end_streams();
    });
}

/// The listeners, each a task of its own.
struct Doors {
    app: Router,
    site: Site,
    stop: watch::Receiver<bool>,
    tasks: JoinSet<std::io::Result<()>>,
}

impl Doors {
    fn open_plain(&mut self, listener: TcpListener) {
        let app = self.app.clone().into_make_service_with_connect_info::<SocketAddr>();
        let stop = self.stop.clone();
        self.tasks.spawn(async move {
            axum::serve(listener, app).with_graceful_shutdown(until_stopped(stop)).await
        });
    }

    fn open_tls(&mut self, listener: TcpListener, config: RustlsConfig) -> Result<(), String> {
        let app = self.app.clone().into_make_service_with_connect_info::<SocketAddr>();
        let (stop, handle) = (self.stop.clone(), axum_server::Handle::new());
        let listener = listener.into_std().map_err(sentence)?;
        let server = axum_server::from_tcp_rustls(listener, config).map_err(sentence)?.handle(handle.clone());
        tokio::spawn(async move {
            until_stopped(stop).await;
            handle.graceful_shutdown(Some(LAST_REQUESTS));
        });
        self.tasks.spawn(async move { server.serve(app).await });
        Ok(())
    }

    /// HTTPS for the shop's devices, and the plain page on which a new one learns to trust it.
    async fn open_shop_network(&mut self, network: &ShopNetwork, serve: &Serve) -> Result<(), String> {
        self.open_tls(listen_everywhere(serve.lan_port).await?, network.config())?;
        let page = network.trust_page(&self.site);
        let (listener, stop) = (listen_everywhere(serve.trust_port).await?, self.stop.clone());
        self.tasks.spawn(async move {
            axum::serve(listener, page).with_graceful_shutdown(until_stopped(stop)).await
        });
        Ok(())
    }

    /// Serves until all doors are closed, or one of them breaks.
    async fn serve(mut self) -> Result<ExitCode, String> {
        while let Some(ended) = self.tasks.join_next().await {
            ended
                .map_err(std::io::Error::other)
                .flatten()
                .map_err(|error| format!("the server stopped: {error}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
