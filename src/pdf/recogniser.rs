//! Reads pictures of pages with tesseract, where it is installed: one process a page.
//!
//! The page is drawn by a worker and given to tesseract through a pipe; its answer comes through another. Between this
//! program and tesseract stands [`launch`], which locks the process in before it becomes tesseract.

pub mod launch;
mod tsv;

use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};

use super::recognised::RecognisedPage;
use super::{Pool, ReadFailure};
use crate::config::{Config, OcrConfig};
use crate::domain::facts::ReadErrorCode;

/// What one page may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimits {
    /// Longest wait for an answer; much longer than `cpu_s`, since everything else goes first.
    pub wall_ms: u64,
    /// Seconds of processor time.
    pub cpu_s: u64,
    /// Address space.
    pub memory_bytes: u64,
}

impl PageLimits {
    /// What a worker may use for a document, a page of a scan may use too; it waits longer, since everybody else goes first.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        Self {
            wall_ms: config.document_ms * 2,
            cpu_s: config.document_ms / 1000,
            memory_bytes: config.worker_memory_bytes,
        }
    }
}

/// Asking what is installed takes no longer than this.
const PROBE_WALL: Duration = Duration::from_secs(20);
/// More than the words of any page.
const ANSWER_MAX: u64 = 8 << 20;
/// Fewer dark pixels than a single printed digit has.
const BLANK_BELOW: usize = 60;
/// Pixels darker than this are print.
const DARK: u8 = 160;

/// What is installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// `5.3.0`
    pub version: String,
    /// Languages that it knows.
    pub languages: Vec<String>,
}

impl Installed {
    /// Whether it can tell how a page stands that was put on the scanner sideways or upside down.
    #[must_use]
    pub fn finds_turn(&self) -> bool {
        self.languages.iter().any(|name| name == "osd")
    }

    /// The languages among `wanted` (joined by `+`) that it does not know.
    #[must_use]
    pub fn missing<'a>(&self, wanted: &'a str) -> Vec<&'a str> {
        wanted.split('+').filter(|name| !self.languages.iter().any(|known| known == name)).collect()
    }
}

/// A reader of pictures of pages.
#[derive(Clone)]
pub struct Recogniser {
    pool: Pool,
    program: PathBuf,
    languages: String,
    limits: PageLimits,
}

/// Where tesseract is: `program`, or the one in the PATH.
fn find_program(program: Option<&Path>) -> Result<PathBuf, String> {
    let is_program =
        |path: &Path| path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0);
    if let Some(path) = program {
        let whole = path.canonicalize().ok().filter(|path| is_program(path));
        return whole.ok_or_else(|| format!("`{}` is no program that can be run", path.display()));
    }
    let path = std::env::var_os("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into());
    let found = std::env::split_paths(&path).map(|folder| folder.join("tesseract")).find(|path| is_program(path));
    let whole = found.and_then(|path| path.canonicalize().ok());
    whole.ok_or_else(|| "tesseract is not installed (on Debian and Ubuntu: `apt install tesseract-ocr`)".to_owned())
}

impl Recogniser {
    /// A reader as configured, once tesseract and its languages are found.
    ///
    /// # Errors
    /// What is missing and what to do, for a person.
    pub async fn find(pool: Pool, config: &OcrConfig, limits: PageLimits) -> Result<(Self, Installed), String> {
        let program = find_program(config.program.as_deref())?;
        let found = Self { pool, program, languages: config.languages.clone(), limits };
        let installed = found.installed().await?;
        match installed.missing(&found.languages).first() {
            None => Ok((found, installed)),
            Some(name) => Err(format!(
                "tesseract does not know the language `{name}`: install it (on Debian and Ubuntu: `apt install \
                 tesseract-ocr-{}`) or change ocr.languages",
                name.replace('_', "-")
            )),
        }
    }

    /// The languages it looks for.
    #[must_use]
    pub fn languages(&self) -> &str {
        &self.languages
    }

    async fn installed(&self) -> Result<Installed, String> {
        let version = self.run(vec!["--version".to_owned()], Vec::new(), PROBE_WALL).await;
        let version = version.map_err(|failure| failure.message)?;
        let version = String::from_utf8_lossy(&version);
        let version = version.lines().next().and_then(|line| line.strip_prefix("tesseract ")).unwrap_or("").trim();
        let list = self.run(vec!["--list-langs".to_owned()], Vec::new(), PROBE_WALL).await;
        let list = list.map_err(|failure| failure.message)?;
        let list = String::from_utf8_lossy(&list);
        let languages = list.lines().skip(1).map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
        Ok(Installed { version: version.trim_start_matches('v').to_owned(), languages: languages.collect() })
    }

    /// Recognises a page. `finds_turn`: tesseract can tell how a page stands (its `osd` is installed). Dropping the future
    /// ends its processes.
    ///
    /// # Errors
    /// Why this page cannot be recognised; others may well be.
    pub async fn recognise(
        &self,
        file: OwnedFd,
        password: Option<String>,
        page_index: u32,
        finds_turn: bool,
    ) -> Result<RecognisedPage, ReadFailure> {
        let picture = self.pool.scan(file, password, page_index).await?;
        let (width_px, height_px, pixels) =
            greymap_size(&picture).ok_or_else(|| ReadFailure::died(ReadErrorCode::Crashed))?;
        let page =
            RecognisedPage { width_px, height_px, languages: self.languages.clone(), ..RecognisedPage::default() };
        if is_blank(&picture[picture.len() - pixels..]) {
            return Ok(page);
        }
        let segmentation = if finds_turn { "1" } else { "3" };
        let arguments = ["stdin", "stdout", "-l", &self.languages, "--dpi", "300", "--psm", segmentation, "tsv"];
        let arguments = arguments.map(str::to_owned).to_vec();
        let answer = self.run(arguments, picture, Duration::from_millis(self.limits.wall_ms)).await?;
        let words = tsv::words(&String::from_utf8_lossy(&answer), width_px, height_px);
        Ok(RecognisedPage { words, ..page })
    }

    /// Runs tesseract and answers what it wrote.
    async fn run(&self, arguments: Vec<String>, input: Vec<u8>, wall: Duration) -> Result<Vec<u8>, ReadFailure> {
        let (program, limits) = (self.program.clone(), self.limits);
        let spawned = self.pool.spawn(move |own| spawn(own, &program, &arguments, limits)).await;
        let mut child =
            spawned.map_err(|error| failure(ReadErrorCode::Crashed, &format!("did not start ({error})")))?;
        let exchanged = tokio::time::timeout(wall, exchange(&mut child, &input)).await;
        match exchanged {
            Ok(Ok((answer, status))) if status.success() => Ok(answer),
            Ok(Ok((_, status))) => Err(self.cause(status)),
            Ok(Err(error)) => {
                child.start_kill().ok();
                Err(failure(ReadErrorCode::Crashed, &format!("gave no answer ({error})")))
            }
            Err(_) => {
                child.start_kill().ok();
                Err(failure(ReadErrorCode::TimedOut, "took too long"))
            }
        }
    }

    fn cause(&self, status: ExitStatus) -> ReadFailure {
        match (status.code(), status.signal()) {
            (Some(code), _) if code == i32::from(launch::EXIT_NOT_RUN) => {
                failure(ReadErrorCode::Crashed, &format!("cannot be run from {}", self.program.display()))
            }
            (Some(code), _) => failure(ReadErrorCode::Crashed, &format!("ended with status {code}")),
            (None, Some(libc::SIGXCPU | libc::SIGKILL)) => failure(ReadErrorCode::TimedOut, "took too long"),
            (None, _) => failure(ReadErrorCode::Crashed, "crashed"),
        }
    }
}

fn failure(code: ReadErrorCode, what: &str) -> ReadFailure {
    ReadFailure { code, message: format!("Text recognition (tesseract) {what}."), worker_died: true }
}

/// Starts tesseract behind [`launch`].
fn spawn(own: &Path, program: &Path, arguments: &[String], limits: PageLimits) -> io::Result<Child> {
    Command::new(own)
        .arg(launch::COMMAND)
        .args([limits.memory_bytes.to_string(), limits.cpu_s.to_string()])
        .arg(program)
        .args(arguments)
        .env_clear()
        .env("OMP_THREAD_LIMIT", "1")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // What it says of a page is of no use to anybody, and may quote it.
        .stderr(Stdio::null())
        .current_dir("/")
        .kill_on_drop(true)
        .spawn()
}

/// Writes the input while reading the output: either pipe may fill up.
async fn exchange(child: &mut Child, input: &[u8]) -> io::Result<(Vec<u8>, ExitStatus)> {
    let (mut stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let writing = async move {
        if let Some(pipe) = &mut stdin {
            // One that ends before it has read everything says why by its status.
            pipe.write_all(input).await.ok();
        }
        drop(stdin);
        Ok(())
    };
    let reading = async move {
        let mut answer = Vec::new();
        if let Some(pipe) = stdout {
            pipe.take(ANSWER_MAX + 1).read_to_end(&mut answer).await?;
        }
        if answer.len() as u64 > ANSWER_MAX { Err(io::Error::other("it writes without end")) } else { Ok(answer) }
    };
    // A reading that fails ends the writing, which would wait for ever.
    let ((), answer) = tokio::try_join!(writing, reading)?;
    Ok((answer, child.wait().await?))
}

/// Width, height and number of pixels of a binary portable greymap.
fn greymap_size(file: &[u8]) -> Option<(u32, u32, usize)> {
    let mut head = file[..file.len().min(40)].split(|byte| matches!(byte, b' ' | b'\n'));
    let mut number = || std::str::from_utf8(head.next()?).ok()?.parse::<u32>().ok();
    let _format = number();
    let (width, height) = (number()?, number()?);
    let pixels = (width as usize).checked_mul(height as usize)?;
    (pixels > 0 && file.len() > pixels).then_some((width, height, pixels))
}

/// Whether nothing is printed on the page.
fn is_blank(pixels: &[u8]) -> bool {
    pixels.iter().filter(|pixel| **pixel < DARK).take(BLANK_BELOW).count() < BLANK_BELOW
}
