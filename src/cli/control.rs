//! The local socket: commands that need the store while the server has it.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;

use super::args::Place;
use super::place::{DataFolder, load_config, open_app};
use crate::app::App;
use crate::app::accounts::NewAccount;
use crate::domain::actor::{Actor, Scope};
use crate::domain::library::ServerRole;
use crate::store;

/// What a command asks of whoever has the store.
#[derive(Debug, Serialize, Deserialize)]
pub enum Request {
    /// Make an account.
    CreateUser { username: String, email: String, role: String, password: String },
    /// Give an account another password.
    ResetPassword { username: String, password: String },
    /// Make a token.
    CreateToken { user: String, name: String, scopes: Vec<String> },
    /// Build the search index anew.
    Reindex,
}

/// What comes back: lines to print, or what went wrong.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// It is done.
    Done(String),
    /// It could not be done.
    Failed(String),
}

/// Longest request on the socket.
const MOST_BYTES: u64 = 64 * 1024;

/// Does what is asked; the same whether the server runs or not.
async fn execute(app: &Arc<App>, request: Request) -> anyhow::Result<String> {
    let system = Actor::System;
    match request {
        Request::CreateUser { username, email, role, password } => {
            let role = ServerRole::parse(&role).context("roles are member and admin")?;
            let account = NewAccount { username, email, display_name: String::new(), password };
            let user = app.create_user(&system, account, role).await?;
            Ok(format!("Made the account {} ({}).", user.username, user.role.as_str()))
        }
        Request::ResetPassword { username, password } => {
            app.reset_password(&system, &username, password).await?;
            Ok(format!("{username} has a new password; all their sessions ended."))
        }
        Request::CreateToken { user, name, scopes } => {
            let parse = |scope: &String| Scope::parse(scope).context("scopes are read, write and admin");
            let scopes = scopes.iter().map(parse).collect::<anyhow::Result<Vec<_>>>()?;
            let (_, secret) = app.create_token_for(&system, &user, &name, &scopes).await?;
            Ok(secret)
        }
        Request::Reindex => {
            app.rebuild_index(&system).await?;
            Ok("The search index is empty now and is built anew while the server runs.".to_owned())
        }
    }
}

/// Asks the running server, or does it here if none runs.
pub async fn ask(place: &Place, request: Request) -> anyhow::Result<String> {
    let data = DataFolder::locate(place)?;
    let app = match open_app(&data, load_config(place, &[])?).await {
        Ok(app) => app,
        Err(error) if is_in_use(&error) => return ask_server(&data, &request).await,
        Err(error) => return Err(error),
    };
    let answer = execute(&app, request).await;
    app.close().await;
    answer
}

/// Whether another process has the data folder.
pub fn is_in_use(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref::<store::Error>(), Some(store::Error::InUse))
}

async fn ask_server(data: &DataFolder, request: &Request) -> anyhow::Result<String> {
    let path = data.control_socket();
    let mut stream = UnixStream::connect(&path)
        .await
        .with_context(|| format!("the data folder is in use, but nobody answers at {}", path.display()))?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    match serde_json::from_str(&answer).context("the server's answer cannot be read; is it of another version?")? {
        Answer::Done(text) => Ok(text),
        Answer::Failed(text) => Err(anyhow::anyhow!(text)),
    }
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
        loop {
            let stream = tokio::select! {
                () = stop.cancelled() => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    Err(error) => {
                        tracing::warn!(%error, "a command could not be heard");
                        continue;
                    }
                },
            };
            if let Err(error) = answer(&app, stream).await {
                tracing::warn!(%error, "a command could not be answered");
            }
        }
        std::fs::remove_file(&path).ok();
    }))
}

async fn answer(app: &Arc<App>, stream: UnixStream) -> anyhow::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    let mut reader = BufReader::new(reader.take(MOST_BYTES));
    tokio::time::timeout(std::time::Duration::from_secs(5), reader.read_line(&mut line)).await??;
    let answer = match execute(app, serde_json::from_str(&line)?).await {
        Ok(text) => Answer::Done(text),
        Err(error) => Answer::Failed(format!("{error:#}")),
    };
    writer.write_all(&serde_json::to_vec(&answer)?).await?;
    Ok(())
}
