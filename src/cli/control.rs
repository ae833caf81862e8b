//! The local socket: commands that need the store while the server has it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc::Sender;
use tokio_util::sync::CancellationToken;

use super::args::Place;
use super::import;
use super::place::{DataFolder, load_config, open_app};
use crate::app::App;
use crate::app::accounts::NewAccount;
use crate::domain::actor::{Actor, Scope};
use crate::domain::library::ServerRole;
use crate::store;

/// What a command asks of whoever has the store.
#[derive(Serialize, Deserialize)]
pub enum Request {
    /// Make an account.
    CreateUser { username: String, email: String, role: String, password: String },
    /// Give an account another password.
    ResetPassword { username: String, password: String },
    /// Make a token.
    CreateToken { user: String, name: String, scopes: Vec<String> },
    /// Build the search index anew.
    Reindex,
    /// Add PDFs from the disk.
    Import { user: Option<String>, library: Option<u64>, paths: Vec<PathBuf> },
}

/// What comes back, one JSON object a line: lines to print as it goes on, then how it ended.
#[derive(Serialize, Deserialize)]
pub enum Answer {
    /// Something to print.
    Line(String),
    /// It is done.
    Done(String),
    /// It is done but for a part, which the lines named.
    DoneInPart(String),
    /// It could not be done.
    Failed(String),
}

/// Longest request on the socket: thousands of paths.
const MOST_BYTES: u64 = 4 << 20;
/// The pause after a command could not be heard.
const AFTER_FAILURE: std::time::Duration = std::time::Duration::from_millis(100);
/// Lines that may wait for a slow terminal.
const LINE_QUEUE: usize = 64;

/// Does what is asked; the same whether the server runs or not.
async fn execute(app: &Arc<App>, request: Request, lines: &Sender<String>) -> anyhow::Result<Answer> {
    let system = Actor::System;
    match request {
        Request::CreateUser { username, email, role, password } => {
            let role = ServerRole::parse(&role).context("roles are member and admin")?;
            let account = NewAccount { username, email, display_name: String::new(), password };
            let user = app.create_user(&system, account, role, None).await?;
            Ok(Answer::Done(format!("Made the account {} ({}).", user.username, user.role.as_str())))
        }
        Request::ResetPassword { username, password } => {
            app.reset_password(&system, &username, password).await?;
            Ok(Answer::Done(format!("{username} has a new password; all their sessions ended.")))
        }
        Request::CreateToken { user, name, scopes } => {
            let parse = |scope: &String| Scope::parse(scope).context("scopes are read, write and admin");
            let scopes = scopes.iter().map(parse).collect::<anyhow::Result<Vec<_>>>()?;
            let (_, secret) = app.create_token_for(&system, &user, &name, &scopes).await?;
            Ok(Answer::Done(secret))
        }
        Request::Reindex => {
            app.rebuild_index(&system).await?;
            let text = "The search index is empty now and is built anew while the server runs.";
            Ok(Answer::Done(text.to_owned()))
        }
        Request::Import { user, library, paths } => {
            let sum = import::import_paths(app, user.as_deref(), library, &paths, lines).await?;
            let text = format!("{sum} The server reads them now.");
            Ok(if sum.is_complete() { Answer::Done(text) } else { Answer::DoneInPart(text) })
        }
    }
}

/// Asks the running server, or does it here if none runs.
///
/// # Errors
/// What went wrong, in words for the terminal.
pub async fn ask(place: &Place, request: Request) -> anyhow::Result<ExitCode> {
    let data = DataFolder::locate(place)?;
    let app = match open_app(&data, load_config(place, &[])?).await {
        Ok(app) => app,
        Err(error) if is_in_use(&error) => return ask_server(&data, &request).await,
        Err(error) => return Err(error),
    };
    let (lines, printing) = print_lines();
    let answer = execute(&app, request, &lines).await;
    drop(lines);
    printing.await?;
    app.close().await;
    print_end(answer?)
}

/// A queue of lines, and the task that prints them until the queue is closed.
pub fn print_lines() -> (Sender<String>, tokio::task::JoinHandle<()>) {
    let (sender, mut lines) = tokio::sync::mpsc::channel::<String>(LINE_QUEUE);
    let printing = tokio::spawn(async move {
        while let Some(line) = lines.recv().await {
            println!("{line}");
        }
    });
    (sender, printing)
}

/// Whether the data folder is another process's, most likely the server's.
pub fn is_in_use(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<store::Error>(), Some(store::Error::InUse))
}

/// Asks the server that has the data folder; prints what it says on the way.
///
/// # Errors
/// If nobody answers, and what went wrong there.
pub async fn ask_server(data: &DataFolder, request: &Request) -> anyhow::Result<ExitCode> {
    let path = data.control_socket();
    let mut stream = UnixStream::connect(&path)
        .await
        .with_context(|| format!("the data folder is in use, but nobody answers at {}", path.display()))?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut answers = BufReader::new(stream).lines();
    while let Some(line) = answers.next_line().await? {
        match serde_json::from_str(&line).context("the server's answer cannot be read; is it of another version?")? {
            Answer::Line(text) => println!("{text}"),
            end => return print_end(end),
        }
    }
    Err(anyhow::anyhow!("the server ended before this was done; start it and give the command again"))
}

/// Prints how a command ended.
fn print_end(answer: Answer) -> anyhow::Result<ExitCode> {
    let (text, code) = match answer {
        Answer::Line(text) | Answer::Done(text) => (text, ExitCode::SUCCESS),
        Answer::DoneInPart(text) => (text, ExitCode::FAILURE),
        Answer::Failed(text) => return Err(anyhow::anyhow!(text)),
    };
    println!("{text}");
    Ok(code)
}

/// Answers commands until `stop`. Only the owner of the data folder can reach the socket.
pub fn listen(
    data: &DataFolder,
    app: Arc<App>,
    stop: CancellationToken,
) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    let path = data.control_socket();
    // The store is ours, so a socket that is there belongs to a start that was killed.
    std::fs::remove_file(&path).ok();
    let listener = UnixListener::bind(&path).with_context(|| format!("cannot make {}", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        let mut commands = tokio::task::JoinSet::new();
        loop {
            let stream = tokio::select! {
                () = stop.cancelled() => break,
                Some(_) = commands.join_next() => continue,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    Err(error) => {
                        tracing::warn!(%error, "a command could not be heard");
                        tokio::time::sleep(AFTER_FAILURE).await;
                        continue;
                    }
                },
            };
            let app = Arc::clone(&app);
            commands.spawn(async move {
                if let Err(error) = answer(&app, stream).await {
                    tracing::warn!(%error, "a command could not be answered");
                }
            });
        }
        commands.shutdown().await;
        std::fs::remove_file(&path).ok();
    }))
}

async fn answer(app: &Arc<App>, stream: UnixStream) -> anyhow::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(reader.take(MOST_BYTES));
    tokio::time::timeout(std::time::Duration::from_secs(5), reader.read_line(&mut line)).await??;
    let (sender, mut lines) = tokio::sync::mpsc::channel(LINE_QUEUE);
    let doing = async {
        let answer = execute(app, serde_json::from_str(&line)?, &sender).await;
        drop(sender);
        anyhow::Ok(answer)
    };
    let telling = async {
        while let Some(line) = lines.recv().await {
            tell(&mut writer, &Answer::Line(line)).await?;
        }
        anyhow::Ok(())
    };
    // Whoever asked may be gone: then it ends here too.
    let (answer, ()) = tokio::try_join!(doing, telling)?;
    let answer = answer.unwrap_or_else(|error| Answer::Failed(format!("{error:#}")));
    tell(&mut writer, &answer).await
}

async fn tell(writer: &mut OwnedWriteHalf, answer: &Answer) -> anyhow::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    Ok(writer.write_all(&line).await?)
}
