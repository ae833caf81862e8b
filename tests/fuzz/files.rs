//! Mutated files through the real workers: each ends as text or with a code of the documented list, within its limits, and
//! the worker after it reads the next file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use scrollkeeper::domain::facts::ReadErrorCode;
use scrollkeeper::pdf::{Limits, Pool, PoolConfig, ReadFailure, WholeDocument, codec, read_whole};

use super::Plan;
use super::mutate::mutant;
use super::numbers::Numbers;
use super::seeds;
use crate::pdf_maker::simple;

/// Tighter than those of a server, so that what is without end costs little time here.
pub const LIMITS: Limits =
    Limits { wall_ms: 10_000, cpu_s: 5, memory_bytes: 512 << 20, max_pages: 2_000, max_image_pixels: 4_000_000 };
/// What the end of a worker may take beyond its limits on a busy machine.
const SLACK: Duration = Duration::from_secs(15);

/// Real workers whose words on standard error are listened to: there a rule that panicked is told of.
pub struct Workers {
    pub pool: Pool,
    folder: tempfile::TempDir,
    heard: Arc<Mutex<String>>,
}

impl Workers {
    pub fn start(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("errors");
        mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let program = folder.path().join("reader");
        let given = std::env::var_os("SK_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_scrollkeeper").into());
        std::os::unix::fs::symlink(given, &program).unwrap();
        let starter = folder.path().join("starter");
        let script = format!("#!/bin/sh\nexec '{}' \"$@\" 2>>'{}'\n", program.display(), pipe.display());
        std::fs::write(&starter, script).unwrap();
        std::fs::set_permissions(&starter, std::fs::Permissions::from_mode(0o700)).unwrap();
        let heard = Arc::new(Mutex::new(String::new()));
        listen(&pipe, Arc::clone(&heard));
        let pool =
            Pool::new(PoolConfig { executable: starter, workers: 1, limits, recycle_after: 500, idle_ms: 30_000 });
        Self { pool, folder, heard }
    }

    pub async fn read(&self, bytes: &[u8]) -> Result<WholeDocument, ReadFailure> {
        read_whole(&self.pool, file(bytes).into(), None).await
    }

    /// What workers said since it was asked before.
    pub fn heard(&self) -> String {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    /// Largest memory of the workers that live now, in megabytes.
    fn peak_mb(&self) -> u64 {
        let ours = self.folder.path().join("reader");
        let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        let children = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
        let children: Vec<String> =
            children.flat_map(|list| list.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect();
        let ours = children.iter().filter(|pid| {
            let line = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            line.starts_with(ours.as_os_str().as_encoded_bytes())
        });
        let peaks = ours.filter_map(|pid| {
            let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
            let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
            line.split_whitespace().next()?.parse::<u64>().ok()
        });
        peaks.max().unwrap_or(0) / 1024
    }
}

/// Both ends are held open, so that it neither ends nor blocks between workers.
fn listen(pipe: &Path, heard: Arc<Mutex<String>>) {
    let mut pipe = File::options().read(true).write(true).open(pipe).unwrap();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(count) = pipe.read(&mut buffer) {
            heard.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
    });
}

pub fn file(bytes: &[u8]) -> File {
    let mut file = File::from(rustix::fs::memfd_create("hostile", rustix::fs::MemfdFlags::CLOEXEC).unwrap());
    file.write_all(bytes).unwrap();
    file
}

/// What came of a file.
pub fn outcome(read: &Result<WholeDocument, ReadFailure>) -> &'static str {
    match read {
        Err(failure) => failure.code.public_code(),
        Ok(document) if document.slices.iter().flat_map(|slice| &slice.pages).all(|page| page.text.is_empty()) => {
            "no_text"
        }
        Ok(_) => "text",
    }
}

/// The documented outcomes of reading a file from a disk that works.
pub const OUTCOMES: [&str; 9] =
    ["text", "no_text", "encrypted", "not_a_pdf", "damaged", "too_large", "timed_out", "out_of_memory", "crashed"];

#[derive(Default)]
struct Table {
    outcomes: BTreeMap<&'static str, u64>,
    slowest: (Duration, u64),
    peak_mb: u64,
    drawn: u64,
}

/// Fails unless what came of a file is sound.
fn check(read: &Result<WholeDocument, ReadFailure>, took: Duration, limits: Limits, name: &str) {
    let pages = match read {
        Ok(document) => document.head.pages.len() as u32,
        Err(_) => limits.max_pages,
    };
    let most = Duration::from_millis(limits.wall_ms) + Duration::from_millis(100) * pages + SLACK;
    assert!(took < most, "{name} took {took:?}");
    assert!(OUTCOMES.contains(&outcome(read)), "{name} ended as {read:?}");
    match read {
        Err(failure) => {
            let message = &failure.message;
            assert!(message.ends_with('.') && message.len() > 20, "{name}: {message}");
            assert!(!message.contains("could not be started"), "{name}: {message}");
        }
        Ok(document) => {
            let pages: usize = document.slices.iter().map(|slice| slice.pages.len()).sum();
            assert_eq!(pages, document.head.pages.len(), "{name}: every page is told of");
            for slice in &document.slices {
                assert!(
                    codec::decode_slice(&codec::encode_slice(slice)).is_ok(),
                    "{name}: what is kept can be read again"
                );
            }
        }
    }
}

/// Checks that the next file is read as if nothing had been.
pub async fn next_is_read(workers: &Workers, name: &str) {
    let next = workers.read(&simple("still alive")).await;
    let text =
        next.as_ref().ok().and_then(|document| document.slices.first()).map(|slice| slice.pages[0].text.as_str());
    assert_eq!(text, Some("still alive"), "after {name}: {next:?}");
}

fn keep(folder: Option<&PathBuf>, name: &str, bytes: &[u8]) {
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).unwrap();
        std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
    }
}

#[tokio::test]
async fn mutated_files_end_as_text_or_with_a_documented_code() {
    let plan = Plan::read(250);
    let seeds = seeds::all(&plan.folders);
    let workers = Workers::start(LIMITS);
    let mut table = Table::default();
    let began = Instant::now();
    for case in 0..plan.count {
        let mut numbers = Numbers::of(plan.seed, case);
        let (bytes, kinds) = mutant(&seeds, &mut numbers);
        let name = format!("{}-{case}", plan.seed);
        let started = Instant::now();
        let read = workers.read(&bytes).await;
        let took = started.elapsed();
        table.slowest = table.slowest.max((took, case));
        *table.outcomes.entry(outcome(&read)).or_default() += 1;
        check(&read, took, LIMITS, &format!("{name} ({kinds:?})"));
        let died = matches!(&read, Err(failure) if failure.worker_died);
        let mut suspicious = died.then(|| outcome(&read));
        if case % 4 == 0 {
            let picture = workers.pool.page_image(file(&bytes).into(), None, 0, 320).await;
            table.drawn += u64::from(picture.is_ok());
            if let Err(failure) = &picture
                && failure.worker_died
            {
                suspicious = Some(failure.code.public_code());
                *table.outcomes.entry("drawing: worker died").or_default() += 1;
            }
        }
        if let Some(how) = suspicious {
            keep(plan.keep.as_ref(), &format!("{how}-{name}"), &bytes);
            next_is_read(&workers, &name).await;
        }
        table.peak_mb = table.peak_mb.max(workers.peak_mb());
        let heard = workers.heard();
        if heard.contains("panicked at") {
            keep(plan.keep.as_ref(), &format!("panic-{name}"), &bytes);
            panic!("{name} ({kinds:?}), or the one before it, made a rule panic:\n{heard}");
        }
        if plan.keep.is_some() && case % 2_000 == 1_999 {
            report(&table, case + 1, began.elapsed());
        }
    }
    next_is_read(&workers, "all of them").await;
    let heard = workers.heard();
    assert!(!heard.contains("panicked at"), "one of the last files made a rule panic:\n{heard}");
    report(&table, plan.count, began.elapsed());
}

fn report(table: &Table, files: u64, took: Duration) {
    let Table { outcomes, slowest, peak_mb, drawn } = table;
    println!(
        "{files} files in {} s: {outcomes:?}; {drawn} drawn; slowest {} ms (case {}); largest worker {peak_mb} MB",
        took.as_secs(),
        slowest.0.as_millis(),
        slowest.1
    );
}

#[test]
fn the_codes_are_those_that_the_readme_lists_and_each_says_what_to_do() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let part = readme.split("## When a PDF cannot be read").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let listed: Vec<&str> = part.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let mut codes: Vec<&str> = ReadErrorCode::ALL.iter().map(|code| code.public_code()).collect();
    codes.dedup();
    assert_eq!(listed, codes);
    for code in ReadErrorCode::ALL {
        assert!(code.message().ends_with('.') && code.message().contains(". "), "{code:?}");
    }
}
