//! `import`: PDFs from this machine's disk, through the same door as uploads.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio_util::io::ReaderStream;
use tokio_util::sync::CancellationToken;

use super::args::Place;
use super::place::{DataFolder, load_config, open_app, start_log};
use super::serve::runtime;
use crate::app::App;
use crate::app::uploads::{NewUpload, UploadState};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::LibraryId;
use crate::domain::library::ServerRole;

/// What happened to the files.
#[derive(Default)]
struct Sum {
    added: usize,
    present: usize,
    refused: usize,
    passed_over: usize,
}

/// Adds the files. What is in the library already is recognised by its bytes, so that a stopped import goes on where it was
/// when it is started again.
pub fn import(place: &Place, user: Option<&str>, library: Option<u64>, paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let config = load_config(place, &[])?;
    start_log(&config)?;
    let data = DataFolder::locate(place)?;
    runtime()?.block_on(async {
        let app = open_app(&data, config).await.context("stop the server first, or drop the files into the browser")?;
        let actor = find_actor(&app, user).await?;
        let stop = CancellationToken::new();
        let jobs = tokio::spawn(crate::jobs::run(Arc::clone(&app), stop.clone()));
        let index_stop = CancellationToken::new();
        let index = tokio::spawn(Arc::clone(&app).keep_index(index_stop.clone()));
        let mut sum = Sum::default();
        for path in paths {
            import_path(&app, &actor, library.map(LibraryId), path, &mut sum).await?;
        }
        println!(
            "{} added, {} already there, {} refused, {} passed over.",
            sum.added, sum.present, sum.refused, sum.passed_over
        );
        wait_until_read(&app, &actor).await?;
        stop.cancel();
        jobs.await?;
        index_stop.cancel();
        index.await?;
        app.close().await;
        Ok(if sum.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

async fn find_actor(app: &App, user: Option<&str>) -> anyhow::Result<Actor> {
    let account = match user {
        Some(name) => app.find_account(&Actor::System, name).await?,
        None => app
            .list_users(&Actor::System)
            .await?
            .into_iter()
            .find(|user| user.role == ServerRole::Admin && !user.disabled)
            .context("there is no account yet: make one with `scrollkeeper admin create-user`")?,
    };
    Ok(Actor::User { id: account.id, role: account.role, scope: Scope::Admin })
}

/// One path, folders in alphabetical order; links are not followed.
async fn import_path(
    app: &Arc<App>,
    actor: &Actor,
    library: Option<LibraryId>,
    path: &Path,
    sum: &mut Sum,
) -> anyhow::Result<()> {
    let mut waiting = vec![path.to_owned()];
    while let Some(path) = waiting.pop() {
        let kind = match std::fs::symlink_metadata(&path) {
            Ok(found) => found.file_type(),
            Err(error) => {
                println!("refused      {}: {error}", path.display());
                sum.refused += 1;
                continue;
            }
        };
        if kind.is_symlink() {
            println!("passed over  {}: a link", path.display());
            sum.passed_over += 1;
        } else if kind.is_dir() {
            let entries = match std::fs::read_dir(&path) {
                Ok(entries) => entries,
                Err(error) => {
                    println!("refused      {}: {error}", path.display());
                    sum.refused += 1;
                    continue;
                }
            };
            let mut inside: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
            inside.sort_unstable_by(|a, b| b.cmp(a));
            waiting.extend(inside);
        } else if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf")) && kind.is_file() {
            import_file(app, actor, library, &path, sum).await;
        } else {
            sum.passed_over += 1;
        }
    }
    Ok(())
}

async fn import_file(app: &Arc<App>, actor: &Actor, library: Option<LibraryId>, path: &Path, sum: &mut Sum) {
    match send(app, actor, library, path).await {
        Ok(UploadState::Completed { duplicate_of: Some(_), .. }) => {
            println!("there        {}", path.display());
            sum.present += 1;
        }
        Ok(_) => {
            println!("added        {}", path.display());
            sum.added += 1;
        }
        Err(error) => {
            println!("refused      {}: {error:#}", path.display());
            sum.refused += 1;
        }
    }
}

async fn send(app: &Arc<App>, actor: &Actor, library: Option<LibraryId>, path: &Path) -> anyhow::Result<UploadState> {
    let file = tokio::fs::File::open(path).await?;
    let length = file.metadata().await?.len();
    let filename = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let new = NewUpload { length: Some(length), filename, library, ..NewUpload::default() };
    let upload = app.create_upload(actor, new).await?;
    let bytes = ReaderStream::with_capacity(file, 1 << 18).map(|piece| piece.map(Bytes::from)).boxed();
    let status = app.write_upload(actor, upload.id, 0, None, None, bytes).await;
    match status {
        Ok(status) => Ok(status.upload.state),
        Err(error) => {
            app.terminate_upload(actor, upload.id).await.ok();
            Err(error.into())
        }
    }
}

/// Waits until everything that was added has been read.
async fn wait_until_read(app: &App, actor: &Actor) -> anyhow::Result<()> {
    use crate::domain::job::JobState::{Queued, Running};
    let mut events = app.events();
    loop {
        let (jobs, _) = app.list_jobs(actor, None, vec![Queued, Running], None, 200).await?;
        let reading = jobs.iter().filter(|job| job.kind.name() == "parse").count();
        if reading == 0 {
            return Ok(());
        }
        tokio::time::timeout(std::time::Duration::from_secs(2), events.recv()).await.ok();
    }
}
