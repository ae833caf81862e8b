//! `serve`: starts everything, and ends it in order.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use metrics_exporter_prometheus::PrometheusBuilder;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::args::ServeArgs;
use super::control;
use super::place::{DataFolder, load_config, open_app, start_log, write_private};
use crate::app::App;
use crate::config::Config;
use crate::http;

/// Requests and jobs that still run when the program is told to end get this long.
const DRAIN: Duration = Duration::from_secs(20);

/// Starts the server and runs it until it is told to end.
pub fn serve(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    crate::pdf::memory::give_back_early();
    let flags: Vec<_> = args.listen.iter().map(|listen| ("server.listen", listen.to_string())).collect();
    let config = load_config(&args.place, &flags)?;
    let data = DataFolder::locate(&args.place)?;
    start_log(&config)?;
    runtime()?.block_on(run(config, data))
}

/// The runtime of the server and of commands: few threads, since the heavy work is in children and on blocking threads.
pub fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    Ok(tokio::runtime::Builder::new_multi_thread()
        .worker_threads(cores.clamp(2, 16))
        .max_blocking_threads(64)
        .enable_all()
        .build()?)
}

async fn run(config: Config, data: DataFolder) -> anyhow::Result<ExitCode> {
    // A browser or a proxy may hold thousands of connections; the usual soft limit is 1,024.
    rustix::process::setrlimit(rustix::process::Resource::Nofile, raised_limit()).ok();
    let listener = bind(config.listen).await.with_context(|| {
        format!("cannot listen on {}: is another server there? Choose another with --listen", config.listen)
    })?;
    let bound = listener.local_addr()?;
    let metrics = PrometheusBuilder::new().build_recorder();
    let figures = metrics.handle();
    metrics::set_global_recorder(metrics).map_err(|_| anyhow::anyhow!("the recorder of figures is set twice"))?;
    let upkeep = figures.clone();
    let app = open(&data, config).await?;
    let (stop_jobs, stop_all) = (CancellationToken::new(), CancellationToken::new());
    let control = control::listen(&data, Arc::clone(&app), stop_all.clone())?;
    let jobs = tokio::spawn(crate::jobs::run(Arc::clone(&app), stop_jobs.clone()));
    let index = tokio::spawn(Arc::clone(&app).keep_index(stop_all.clone()));
    let tidy = tokio::spawn(tidy_figures(upkeep, stop_all.clone()));
    let endpoint = http::endpoint(Arc::clone(&app), bound, Arc::new(move || figures.render()));
    // Before anybody is answered: who may send requests may also end the server, in order.
    let told = signals();
    announce(&app, &data, bound).await?;
    let ending = end_when_told(told, Arc::clone(&app), stop_jobs.clone());
    sd_notify::notify(&[sd_notify::NotifyState::Ready]).ok();
    http::serve(listener, endpoint, ending, DRAIN).await?;
    sd_notify::notify(&[sd_notify::NotifyState::Stopping]).ok();
    stop_jobs.cancel();
    finish(jobs).await;
    stop_all.cancel();
    finish(index).await;
    finish(control).await;
    finish(tidy).await;
    app.close().await;
    tracing::info!("ended in order");
    Ok(ExitCode::SUCCESS)
}

/// Takes the address; one that a killed server had is free again a moment later.
async fn bind(address: SocketAddr) -> std::io::Result<tokio::net::TcpListener> {
    const TRIES: u32 = 20;
    for _ in 1..TRIES {
        match tokio::net::TcpListener::bind(address).await {
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            bound => return bound,
        }
    }
    tokio::net::TcpListener::bind(address).await
}

/// Opens the data folder. A child that a killed server was just starting holds its lock a moment longer.
async fn open(data: &DataFolder, config: Config) -> anyhow::Result<Arc<App>> {
    const TRIES: u32 = 100;
    for _ in 1..TRIES {
        match open_app(data, config.clone()).await {
            Err(error) if control::is_in_use(&error) => tokio::time::sleep(Duration::from_millis(50)).await,
            opened => return opened,
        }
    }
    open_app(data, config).await
}

fn raised_limit() -> rustix::process::Rlimit {
    let now = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    rustix::process::Rlimit { current: now.maximum, maximum: now.maximum }
}

async fn finish(task: tokio::task::JoinHandle<()>) {
    if tokio::time::timeout(DRAIN, task).await.is_err() {
        tracing::warn!("a task did not end in time and is left behind");
    }
}

/// Histograms keep samples until somebody looks; nobody may be looking.
async fn tidy_figures(figures: metrics_exporter_prometheus::PrometheusHandle, stop: CancellationToken) {
    while tokio::time::timeout(Duration::from_secs(30), stop.cancelled()).await.is_err() {
        figures.run_upkeep();
    }
}

/// Says where the server is; before an administrator exists, the one-time link.
async fn announce(app: &App, data: &DataFolder, bound: SocketAddr) -> anyhow::Result<()> {
    let base = match &app.config().public_url {
        Some(url) => url.clone(),
        None => format!("http://{bound}"),
    };
    if app.is_set_up() {
        std::fs::remove_file(data.setup_link()).ok();
        println!("ScrollKeeper is at {base}");
        return Ok(());
    }
    let token = app.new_setup_token().await?;
    let link = format!("{base}/setup/{token}");
    write_private(&data.setup_link(), format!("{link}\n").as_bytes())?;
    println!("ScrollKeeper is at {base} and has no administrator yet.");
    println!("Open this link once to make the administrator's account:\n\n  {link}\n");
    println!("It is also in {}", data.setup_link().display());
    Ok(())
}

/// The signals by which the server is told to end, caught from now on.
fn signals() -> [Option<Signal>; 2] {
    [SignalKind::terminate(), SignalKind::interrupt()].map(|kind| signal(kind).ok())
}

/// Resolves when the server is to stop taking requests: live clients are told, jobs take nothing new.
async fn end_when_told(told: [Option<Signal>; 2], app: Arc<App>, stop_jobs: CancellationToken) {
    let [mut terminate, mut interrupt] = told;
    tokio::select! {
        () = received(&mut terminate) => {}
        () = received(&mut interrupt) => {}
    }
    tracing::info!("told to end");
    stop_jobs.cancel();
    app.announce_end();
}

/// Resolves with the signal; never, where it cannot be caught.
async fn received(signal: &mut Option<Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}
