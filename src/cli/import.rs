//! `import`: PDFs from this machine's disk, through the same door as uploads.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use futures_util::StreamExt as _;
use tokio::sync::mpsc::Sender;
use tokio_util::io::ReaderStream;
use tokio_util::sync::CancellationToken;

use super::args::Place;
use super::control::{Request, ask_server, is_in_use, print_lines};
use super::place::{DataFolder, load_config, open_app, start_log};
use super::serve::runtime;
use crate::app::App;
use crate::app::uploads::{NewUpload, UploadState};
use crate::domain::actor::{Actor, Scope};
use crate::domain::ids::LibraryId;
use crate::domain::library::ServerRole;

/// How long an import waits for news of the reading before it looks again.
const LOOK_AGAIN: std::time::Duration = std::time::Duration::from_secs(2);

/// What happened to the files.
#[derive(Default)]
pub struct Sum {
    added: usize,
    present: usize,
    refused: usize,
    passed_over: usize,
}

impl Sum {
    /// Whether nothing was refused.
    pub fn is_complete(&self) -> bool {
        self.refused == 0
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { added, present, refused, passed_over } = self;
        write!(f, "{added} added, {present} already there, {refused} refused, {passed_over} passed over.")
    }
}

/// Adds the files, by the running server or here. What is in the library already is recognised by its bytes, so that a
/// stopped import goes on where it was when it is started again.
pub fn import(place: &Place, user: Option<&str>, library: Option<u64>, paths: &[PathBuf]) -> anyhow::Result<ExitCode> {
    let config = load_config(place, &[])?;
    start_log(&config)?;
    let data = DataFolder::locate(place)?;
    let paths = paths.iter().map(std::path::absolute).collect::<std::io::Result<Vec<_>>>()?;
    runtime()?.block_on(async {
        let app = match open_app(&data, config).await {
            Ok(app) => app,
            Err(error) if is_in_use(&error) => {
                let request = Request::Import { user: user.map(str::to_owned), library, paths };
                return ask_server(&data, &request).await;
            }
            Err(error) => return Err(error),
        };
        let stop = CancellationToken::new();
        let jobs = tokio::spawn(crate::jobs::run(Arc::clone(&app), stop.clone()));
        let index_stop = CancellationToken::new();
        let index = tokio::spawn(Arc::clone(&app).keep_index(index_stop.clone()));
        let (lines, printing) = print_lines();
        let sum = import_paths(&app, user, library, &paths, &lines).await;
        drop(lines);
        printing.await?;
        let sum = sum?;
        println!("{sum}");
        wait_until_read(&app).await?;
        stop.cancel();
        jobs.await?;
        index_stop.cancel();
        index.await?;
        app.close().await;
        Ok(if sum.is_complete() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// Adds the files and says of each what became of it.
///
/// # Errors
/// If there is no such account, or nobody listens any more.
pub async fn import_paths(
    app: &Arc<App>,
    user: Option<&str>,
    library: Option<u64>,
    paths: &[PathBuf],
    lines: &Sender<String>,
) -> anyhow::Result<Sum> {
    let actor = find_actor(app, user).await?;
    let mut import = Import { app, actor, library: library.map(LibraryId), lines, sum: Sum::default() };
    for path in paths {
        import.add(path).await?;
    }
    Ok(import.sum)
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

struct Import<'a> {
    app: &'a Arc<App>,
    actor: Actor,
    library: Option<LibraryId>,
    lines: &'a Sender<String>,
    sum: Sum,
}

impl Import<'_> {
    /// One path, folders in alphabetical order; links are not followed. A file that was named is tried whatever its name;
    /// in a folder only what is a PDF by name or by content.
    async fn add(&mut self, path: &Path) -> anyhow::Result<()> {
        let mut waiting = vec![path.to_owned()];
        while let Some(next) = waiting.pop() {
            let (is_named, looked_at) = (next == path, next.clone());
            // The disk of a share may take its time; the server goes on meanwhile.
            match tokio::task::spawn_blocking(move || look_at(&looked_at, is_named)).await? {
                Ok(Found::Folder(inside)) => waiting.extend(inside.into_iter().rev()),
                Ok(Found::Paper) => self.add_file(&next).await?,
                Ok(Found::Other(what)) => self.pass_over(&next, what).await?,
                Err(error) => self.refuse(&next, &error.into()).await?,
            }
        }
        Ok(())
    }

    async fn add_file(&mut self, path: &Path) -> anyhow::Result<()> {
        match send(self.app, &self.actor, self.library, path).await {
            Ok(UploadState::Completed { duplicate_of: Some(_), restored, .. }) => {
                self.sum.present += 1;
                let note = if restored { " (taken out of the trash)" } else { "" };
                self.say(format!("there        {}{note}", path.display())).await
            }
            Ok(_) => {
                self.sum.added += 1;
                self.say(format!("added        {}", path.display())).await
            }
            Err(error) => self.refuse(path, &error).await,
        }
    }

    async fn refuse(&mut self, path: &Path, error: &anyhow::Error) -> anyhow::Result<()> {
        self.sum.refused += 1;
        self.say(format!("refused      {}: {error:#}", path.display())).await
    }

    async fn pass_over(&mut self, path: &Path, what: &str) -> anyhow::Result<()> {
        self.sum.passed_over += 1;
        self.say(format!("passed over  {}: {what}", path.display())).await
    }

    async fn say(&self, line: String) -> anyhow::Result<()> {
        self.lines.send(line).await.context("nobody listens any more")
    }
}

/// What is at a path.
enum Found {
    /// A folder with this in it.
    Folder(Vec<PathBuf>),
    /// A file to be tried.
    Paper,
    /// Something to be passed over, and why.
    Other(&'static str),
}

/// Blocks.
fn look_at(path: &Path, is_named: bool) -> std::io::Result<Found> {
    let kind = std::fs::symlink_metadata(path)?.file_type();
    Ok(if kind.is_dir() {
        Found::Folder(list_folder(path)?)
    } else if kind.is_symlink() {
        Found::Other("a link")
    } else if !kind.is_file() {
        Found::Other("no file")
    } else if is_named || is_pdf_by_name(path) || begins_as_pdf(path) {
        Found::Paper
    } else {
        Found::Other("no PDF")
    })
}

fn list_folder(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut inside =
        std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<Vec<_>>>()?;
    inside.sort_unstable();
    Ok(inside)
}

fn is_pdf_by_name(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

fn begins_as_pdf(path: &Path) -> bool {
    let mut head = [0; 5];
    std::fs::File::open(path).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut head)).is_ok()
        && head == *b"%PDF-"
}

async fn send(app: &Arc<App>, actor: &Actor, library: Option<LibraryId>, path: &Path) -> anyhow::Result<UploadState> {
    let file = tokio::fs::File::open(path).await?;
    let length = file.metadata().await?.len();
    let filename = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let new = NewUpload { length: Some(length), filename, library, ..NewUpload::default() };
    let upload = app.create_upload(actor, new).await?;
    let bytes = ReaderStream::with_capacity(file, 1 << 18).boxed();
    let status = app.write_upload(actor, upload.id, 0, None, None, bytes).await;
    match status {
        Ok(status) => Ok(status.upload.state),
        Err(error) => {
            app.terminate_upload(actor, upload.id).await.ok();
            Err(error.into())
        }
    }
}

/// Waits until everything that is waiting has been read.
async fn wait_until_read(app: &App) -> anyhow::Result<()> {
    let mut events = app.events();
    while app.has_jobs(&["parse"]).await? {
        // Each job that ends says so; a lost event is made up for by looking again.
        tokio::time::timeout(LOOK_AGAIN, events.recv()).await.ok();
    }
    Ok(())
}
