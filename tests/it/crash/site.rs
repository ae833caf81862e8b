//! The built program on a data folder of its own.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use sha2::Digest as _;

use super::paper::{Paper, hex, number, text};
use super::wire::{Answer, Line, Request};

/// Without any change for so long, what is waited for does not come.
const PATIENCE: Duration = Duration::from_secs(60);
const PROGRAM: &str = env!("CARGO_BIN_EXE_scrollkeeper");

/// A data folder with an administrator and her token. Servers come and go on it.
pub struct Site {
    folder: tempfile::TempDir,
    data: PathBuf,
    settings: Vec<(&'static str, &'static str)>,
    /// The administrator's token.
    pub token: String,
}

impl Site {
    /// In a temporary folder.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        Self::at(folder, data, &[("SCROLLKEEPER_FILES_RESERVE_MB", "1")])
    }

    /// At `data` below `folder`, with settings by the environment.
    pub fn at(folder: tempfile::TempDir, data: PathBuf, settings: &[(&'static str, &'static str)]) -> Self {
        let mut site = Self { folder, data, settings: settings.to_vec(), token: String::new() };
        let person = ["--username", "ada", "--email", "ada@example.org", "--role", "admin", "--password-stdin"];
        site.command(&["admin", "create-user"], &person, b"correct horse battery\n");
        site.token = site.command(&["token", "create"], &["--user", "ada", "--name", "trial"], b"").trim().to_owned();
        assert!(site.token.starts_with("sk_"), "no token: {}", site.token);
        site
    }

    fn program(&self, command: &[&str]) -> Command {
        let mut program = Command::new(PROGRAM);
        program.args(command).arg("--data").arg(&self.data).env_clear();
        program.envs(self.settings.iter().copied()).env("HOME", self.folder.path());
        program
    }

    fn command(&self, command: &[&str], arguments: &[&str], input: &[u8]) -> String {
        let mut program = self.program(command);
        program.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command with further arguments; its exit status and what it printed.
    pub fn run(&self, command: &[&str], arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.program(command).args(arguments).stdin(Stdio::null()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    /// Runs a command with settings by the environment.
    pub fn run_with<V: AsRef<OsStr>>(&self, command: &[&str], settings: &[(&str, V)]) -> (Option<i32>, String) {
        let output = self
            .program(command)
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    /// `parse --json`, which needs no data folder.
    pub fn parse(&self, files: &[&str]) -> (Option<i32>, String) {
        let mut program = Command::new(PROGRAM);
        let output = program.args(["parse", "--json"]).args(files).env_clear().stdin(Stdio::null()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    }

    /// Starts the server; it may not take requests yet.
    pub fn launch(&self) -> Server {
        let log_path = self.folder.path().join("server.log");
        let log = OpenOptions::new().create(true).append(true).open(&log_path).unwrap();
        let mut program = self.program(&["serve"]);
        program.args(["--listen", "127.0.0.1:0"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        let mut child = program.spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Server { child, output, log_path }
    }

    /// Starts the server and waits until it listens.
    pub fn start(&self) -> (Server, SocketAddr) {
        let mut server = self.launch();
        let address = server.address();
        (server, address)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// A line to a server of this site.
    pub fn line(&self, address: SocketAddr) -> Client {
        Client(Line::new(address, &self.token))
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.folder.disable_cleanup(true);
            eprintln!("the data are kept in {}", self.folder.path().display());
        }
    }
}

/// A running server. Whoever drops it kills it.
pub struct Server {
    child: Child,
    output: BufReader<ChildStdout>,
    log_path: PathBuf,
}

impl Server {
    /// Waits for the line that says where it listens.
    fn address(&mut self) -> SocketAddr {
        let mut line = String::new();
        while self.output.read_line(&mut line).unwrap() > 0 {
            if let Some((_, rest)) = line.split_once("http://") {
                return rest.split_whitespace().next().unwrap().parse().unwrap();
            }
            line.clear();
        }
        panic!("the server ended before it listened: {:?}", self.child.wait());
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.end();
    }

    /// SIGTERM, and how it ended.
    pub fn terminate(mut self) -> ExitStatus {
        kill_process(self.pid(), Signal::TERM).unwrap();
        self.child.wait().unwrap()
    }

    /// Whether it is running by itself.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// The processes that it started to read PDFs.
    pub fn workers(&self) -> Vec<Pid> {
        let of_ours = |pid: &Pid| {
            let folder = PathBuf::from(format!("/proc/{}", pid.as_raw_nonzero()));
            let Ok(status) = fs::read_to_string(folder.join("stat")) else { return false };
            // pid (name) state parent …; the name may hold anything.
            let parent = status.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1)).unwrap_or("");
            let command = fs::read(folder.join("cmdline")).unwrap_or_default();
            parent == self.child.id().to_string() && String::from_utf8_lossy(&command).contains("pdf-worker")
        };
        let names = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
        names.filter_map(Pid::from_raw).filter(of_ours).collect()
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn end(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
        if std::thread::panicking() {
            let log = fs::read_to_string(&self.log_path).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            eprintln!("the end of the server's log:\n{}", lines[lines.len().saturating_sub(60)..].join("\n"));
        }
    }
}

/// Asks a server that is expected to answer.
pub struct Client(pub Line);

impl Client {
    /// A path's answer.
    pub fn get(&mut self, path: &str) -> Answer {
        let request = Request { method: "GET", path, ..Request::default() };
        self.0.send(&request).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// A path's answer as JSON, which must be good.
    pub fn get_json(&mut self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "GET {path}: {}", answer.text());
        answer.json()
    }

    /// Another request.
    pub fn ask(&mut self, method: &str, path: &str, headers: Vec<(&str, String)>, body: &[u8]) -> Answer {
        let request = Request { method, path, headers, body };
        self.0.send(&request).unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// The number of the administrator's own library.
    pub fn library(&mut self) -> u64 {
        number(&self.get_json("/api/v1/libraries"), "/items/0/id")
    }

    /// Jobs that read PDFs, in these states.
    pub fn reading_jobs(&mut self, states: &str) -> Vec<Value> {
        let jobs = self.get_json(&format!("/api/v1/jobs?limit=200&state={states}"));
        let jobs = jobs["items"].as_array().unwrap().clone();
        jobs.into_iter().filter(|job| text(job, "/kind") == "parse").collect()
    }

    /// Waits until every PDF is read, and none has failed.
    pub fn wait_until_read(&mut self) {
        eventually("all papers are read", || match self.reading_jobs("queued,running").as_slice() {
            [] => Ok(()),
            // The list is cut; the counts show that it gets shorter.
            [first, ..] => {
                let counts = &self.get_json("/api/v1/jobs?limit=1")["counts"];
                Err(format!("jobs by state: {counts}; the newest that waits is {first}"))
            }
        });
        assert_eq!(self.reading_jobs("failed,cancelled"), [] as [Value; 0]);
    }

    /// Waits until a word is found in so many papers.
    pub fn wait_until_found(&mut self, word: &str, papers: u64) {
        eventually("the search index has everything", || {
            let total = number(&self.get_json(&format!("/api/v1/search?limit=1&q={word}")), "/total");
            if total == papers { Ok(()) } else { Err(format!("{word} is found in {total} papers instead of {papers}")) }
        });
    }

    /// Checks that an item's file is byte for byte what was sent.
    pub fn check_file(&mut self, library: u64, key: &str, paper: &Paper) {
        let answer = self.get(&format!("/api/v1/libraries/{library}/items/{key}/file"));
        assert_eq!(answer.status, 200, "the file of {key}: {}", answer.status);
        assert_eq!(answer.body.len(), paper.bytes.len(), "the file of {key} has another size");
        assert_eq!(
            hex(sha2::Sha256::digest(&answer.body).as_slice()),
            paper.sha256,
            "the file of {key} has other bytes"
        );
    }
}

/// Asks until the answer is good. Gives up where nothing changes any more.
pub fn eventually<T>(what: &str, mut look: impl FnMut() -> Result<T, String>) -> T {
    let (mut last, mut since) = (String::new(), Instant::now());
    loop {
        let problem = match look() {
            Ok(value) => return value,
            Err(problem) => problem,
        };
        if problem != last {
            (last, since) = (problem, Instant::now());
        }
        assert!(since.elapsed() < PATIENCE, "in vain waited until {what}: {last}");
        // Not to take the processor from the program that is waited for.
        std::thread::park_timeout(Duration::from_millis(10));
    }
}

/// Says on the terminal that something was not tried; the test runner would swallow a print.
pub fn say_skipped(what: &str) {
    writeln!(std::io::stderr(), "SKIPPED: {what}").ok();
}

/// Bytes of uploads in progress on the disk.
pub fn staged_bytes(data: &Path) -> u64 {
    let entries = fs::read_dir(data.join("staging")).unwrap().filter_map(Result::ok);
    let bytes = entries.filter(|entry| entry.path().extension().is_none());
    bytes.filter_map(|entry| File::open(entry.path()).ok()?.metadata().ok()).map(|data| data.len()).sum()
}
