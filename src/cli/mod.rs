//! Arguments, wiring, subcommands.

mod admin;
mod args;
mod control;
mod doctor;
mod import;
mod parse;
mod place;
mod serve;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::pdf::recogniser::launch;
use args::{AdminCommand, Cli, Command, ConfigCommand, TokenCommand};

/// Runs the program as its arguments say.
#[must_use]
pub fn main() -> ExitCode {
    // Before anything else: a worker has no time for arguments and no environment.
    if std::env::args_os().nth(1).is_some_and(|name| name == "pdf-worker") {
        return crate::pdf::worker::main();
    }
    if std::env::args_os().nth(1).is_some_and(|name| name == launch::COMMAND) {
        return launch::main(std::env::args_os().skip(2));
    }
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("scrollkeeper: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    match cli.command.unwrap_or(Command::Serve(cli.serve)) {
        Command::Serve(args) => serve::serve(&args),
        Command::Parse { json: _, ocr, files } => parse::parse(&files, ocr),
        Command::Import { place, user, library, paths } => import::import(&place, user.as_deref(), library, &paths),
        Command::Admin(AdminCommand::CreateUser { place, username, email, role, password_stdin }) => {
            admin::create_user(&place, username, email, role, password_stdin)
        }
        Command::Admin(AdminCommand::ResetPassword { place, username, password_stdin }) => {
            admin::reset_password(&place, username, password_stdin)
        }
        Command::Token(TokenCommand::Create { place, user, name, scopes }) => {
            admin::create_token(&place, user, name, scopes)
        }
        Command::Config(ConfigCommand::Check { place }) => place::check_config(&place),
        Command::Config(ConfigCommand::Show { place }) => place::show_config(&place),
        Command::Config(ConfigCommand::Example) => {
            print!("{}", crate::config::example_toml());
            Ok(ExitCode::SUCCESS)
        }
        Command::Reindex { place } => admin::reindex(&place),
        Command::Healthcheck { place } => doctor::healthcheck(&place),
        Command::Doctor { place } => doctor::doctor(&place),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "scrollkeeper", &mut std::io::stdout());
            Ok(ExitCode::SUCCESS)
        }
        Command::PdfWorker => Ok(crate::pdf::worker::main()),
    }
}
