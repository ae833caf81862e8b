//! The command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Keeps, reads, discusses and cites the papers of a research group on its own machine.
#[derive(Debug, Parser)]
#[command(name = "scrollkeeper", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do; without a command: serve.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// For serving without a command.
    #[command(flatten)]
    pub serve: ServeArgs,
}

/// Where the data lie and which configuration is read.
#[derive(Debug, Clone, Default, Args)]
pub struct Place {
    /// Configuration file.
    #[arg(long, value_name = "FILE", env = "SCROLLKEEPER_CONFIG")]
    pub config: Option<PathBuf>,
    /// Data folder [default: $XDG_DATA_HOME/scrollkeeper].
    #[arg(long, value_name = "DIR", env = "SCROLLKEEPER_DATA")]
    pub data: Option<PathBuf>,
}

/// How to serve.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeArgs {
    /// Where the data lie.
    #[command(flatten)]
    pub place: Place,
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start the server (the default).
    Serve(ServeArgs),
    /// Read PDFs and print what was found, one JSON object a line.
    Parse {
        /// Print JSON (the only form so far).
        #[arg(long, required = true)]
        json: bool,
        /// Recognise pages without usable text by tesseract, in the languages of `ocr.languages`.
        #[arg(long)]
        ocr: bool,
        /// The files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Add PDFs from this machine's disk to a library; folders too.
    Import {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
        /// Whose library, by username [default: the first administrator's].
        #[arg(long)]
        user: Option<String>,
        /// Into this library, by number, instead of the person's own.
        #[arg(long)]
        library: Option<u64>,
        /// Files and folders.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Manage people.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Manage personal tokens.
    #[command(subcommand)]
    Token(TokenCommand),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Build the search index anew at the next start, or now through the running server.
    Reindex {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
    },
    /// Ask the running server whether it is well; exit status 0 if so.
    Healthcheck {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
    },
    /// Check this machine and the data folder, and say what to do about what is wrong.
    Doctor {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
    },
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Read one PDF after another in a sandbox (started by the server).
    #[command(name = "pdf-worker", hide = true)]
    PdfWorker,
}

/// Commands about people.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make an account.
    CreateUser {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
        /// Short name for signing in.
        #[arg(long)]
        username: String,
        /// E-mail address.
        #[arg(long)]
        email: String,
        /// `member` or `admin`.
        #[arg(long, default_value = "member")]
        role: String,
        /// Read the password from standard input instead of making one.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give an account another password.
    ResetPassword {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
        /// Whose.
        #[arg(long)]
        username: String,
        /// Read the password from standard input instead of making one.
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Commands about tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a personal token; its secret is printed once.
    Create {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
        /// Whose.
        #[arg(long)]
        user: String,
        /// What it is for.
        #[arg(long)]
        name: String,
        /// `read`, `write`, `admin`, separated by commas [default: what the person may].
        #[arg(long, value_delimiter = ',')]
        scopes: Vec<String>,
    },
}

/// Commands about the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Say whether the configuration is right.
    Check {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
    },
    /// Print every setting with its value and where it comes from; secrets are hidden.
    Show {
        /// Where the data lie.
        #[command(flatten)]
        place: Place,
    },
    /// Print an example file with every setting.
    Example,
}
