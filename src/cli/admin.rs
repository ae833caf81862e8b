//! Commands about people, tokens and the index.

use std::io::BufRead as _;
use std::process::ExitCode;

use anyhow::Context as _;

use super::args::Place;
use super::control::{Request, ask};
use super::serve::runtime;

/// Random characters of a password that the program makes.
const MADE_PASSWORD_CHARS: usize = 20;

/// `admin create-user`
pub fn create_user(
    place: &Place,
    username: String,
    email: String,
    role: String,
    password_stdin: bool,
) -> anyhow::Result<ExitCode> {
    let (password, made) = password(password_stdin)?;
    let code = runtime()?.block_on(ask(place, Request::CreateUser { username, email, role, password }))?;
    print_made(made);
    Ok(code)
}

/// `admin reset-password`
pub fn reset_password(place: &Place, username: String, password_stdin: bool) -> anyhow::Result<ExitCode> {
    let (password, made) = password(password_stdin)?;
    let code = runtime()?.block_on(ask(place, Request::ResetPassword { username, password }))?;
    print_made(made);
    Ok(code)
}

/// `token create`: the secret is printed alone on the last line.
pub fn create_token(place: &Place, user: String, name: String, scopes: Vec<String>) -> anyhow::Result<ExitCode> {
    runtime()?.block_on(ask(place, Request::CreateToken { user, name, scopes }))
}

/// `reindex`
pub fn reindex(place: &Place) -> anyhow::Result<ExitCode> {
    runtime()?.block_on(ask(place, Request::Reindex))
}

/// From standard input, or made; then also to be printed.
fn password(from_stdin: bool) -> anyhow::Result<(String, Option<String>)> {
    if !from_stdin {
        let made: String = crate::crypto::new_secret("").chars().take(MADE_PASSWORD_CHARS).collect();
        return Ok((made.clone(), Some(made)));
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("no password came on standard input")?;
    Ok((line.trim_end_matches(['\n', '\r']).to_owned(), None))
}

fn print_made(made: Option<String>) {
    if let Some(password) = made {
        println!("The password is: {password}");
    }
}
