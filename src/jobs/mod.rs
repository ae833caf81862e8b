//! The other front door: leases durable jobs and runs them.
//!
//! Invariant: a job may run twice; every body is idempotent (the bodies are use cases of `app`).
//! Invariant: every runner ends when told to: it takes no new job, and gives an unfinished one back.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::app::App;

/// Looks for jobs at least so often, whatever was told.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// A pause after the store failed.
const AFTER_FAILURE: Duration = Duration::from_secs(5);
/// Time between two sweeps.
const SWEEP_EVERY: Duration = Duration::from_secs(24 * 3_600);
/// The first sweep comes this long after the start.
const FIRST_SWEEP: Duration = Duration::from_secs(10 * 60);

/// Kinds of jobs that share runners.
const PARSE: &[&str] = &["parse"];
const RECOGNISE: &[&str] = &["recognise"];
const UPKEEP: &[&str] = &["store_blob", "sweep"];
/// Runners for upkeep.
const UPKEEP_RUNNERS: u32 = 2;

/// Runs jobs until `stop`: as many PDFs at once as there are workers, and upkeep and recognition of scans beside them.
pub async fn run(app: Arc<App>, stop: CancellationToken) {
    let boot = loop {
        match app.begin_boot().await {
            Ok(boot) => break boot,
            Err(error) => {
                tracing::error!(%error, "the jobs of the last start could not be taken over; trying again");
                if is_stopped(&stop, AFTER_FAILURE).await {
                    return;
                }
            }
        }
    };
    let readers = u32::try_from(app.config().workers.max(1)).unwrap_or(1);
    let mut runners = JoinSet::new();
    for runner in 0..readers {
        runners.spawn(run_kind(Arc::clone(&app), PARSE, boot, runner, stop.clone()));
    }
    for runner in readers..readers + UPKEEP_RUNNERS {
        runners.spawn(run_kind(Arc::clone(&app), UPKEEP, boot, runner, stop.clone()));
    }
    let recognisers = readers + UPKEEP_RUNNERS;
    let prepared = CancellationToken::new();
    // Half the workers, so that a shelf of scans leaves a machine with many cores room for everything else.
    for runner in recognisers..recognisers + (readers / 2).max(1) {
        let (app, stop, prepared) = (Arc::clone(&app), stop.clone(), prepared.clone());
        runners.spawn(async move {
            prepared.cancelled().await;
            run_kind(app, RECOGNISE, boot, runner, stop).await;
        });
    }
    runners.spawn(watch(Arc::clone(&app), boot, stop.clone()));
    runners.spawn(schedule(Arc::clone(&app), stop.clone()));
    runners.spawn(prepare_recognition(app, prepared.drop_guard(), stop));
    while let Some(ended) = runners.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a job runner failed");
        }
    }
}

async fn run_kind(app: Arc<App>, kinds: &'static [&'static str], boot: u64, runner: u32, stop: CancellationToken) {
    while !stop.is_cancelled() {
        // Asked for before looking, so that a job that comes between is not slept over.
        let new_jobs = app.new_jobs();
        tokio::pin!(new_jobs);
        new_jobs.as_mut().enable();
        match app.lease_job(kinds, boot, runner).await {
            Ok(Some(work)) => {
                let (doing, stop) = (Arc::clone(&app), stop.clone());
                // In a task of its own, so that a fault in one job does not take the runner with it.
                if let Err(error) = tokio::spawn(async move { doing.do_job(work, &stop).await }).await {
                    tracing::error!(%error, "a job ended in a fault; it is tried again in a moment");
                }
            }
            Ok(None) => {
                let due = app.next_due_in_ms(kinds).await.ok().flatten();
                let rest = due.map_or(LOOK_EVERY, |ms| Duration::from_millis(ms.unsigned_abs()).min(LOOK_EVERY));
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = new_jobs => {}
                    () = tokio::time::sleep(rest) => {}
                }
            }
            Err(error) => {
                tracing::error!(%error, "no job could be leased; trying again");
                is_stopped(&stop, AFTER_FAILURE).await;
            }
        }
    }
}

/// Looks after jobs whose runner is gone.
async fn watch(app: Arc<App>, boot: u64, stop: CancellationToken) {
    while !is_stopped(&stop, LOOK_EVERY).await {
        if let Err(error) = app.return_abandoned(boot).await {
            tracing::warn!(%error, "abandoned jobs could not be looked for");
        }
    }
}

async fn schedule(app: Arc<App>, stop: CancellationToken) {
    let mut pause = FIRST_SWEEP;
    while !is_stopped(&stop, pause).await {
        if let Err(error) = app.schedule_sweep().await {
            tracing::warn!(%error, "the sweep could not be put into the queue");
        }
        pause = SWEEP_EVERY;
    }
}

/// Looks for tesseract beside everything else, so that nothing but the recognition itself waits for it at the start.
async fn prepare_recognition(app: Arc<App>, _prepared: DropGuard, stop: CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        prepared = app.prepare_recognition() => {
            if let Err(error) = prepared {
                tracing::warn!(%error, "the scans that wait for recognition could not be looked for");
            }
        }
    }
}

async fn is_stopped(stop: &CancellationToken, pause: Duration) -> bool {
    tokio::time::timeout(pause, stop.cancelled()).await.is_ok()
}
