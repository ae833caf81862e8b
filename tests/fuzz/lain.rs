//! Workers that lie: what a reader says after its document took it over. The pool ends them at once, and neither memory nor
//! disk fills.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use scrollkeeper::domain::facts::ReadErrorCode;
use scrollkeeper::domain::layout::{DocumentHead, LayoutSlice, PageInfo, PageLayout};
use scrollkeeper::pdf::frames::{Answer, encode_answer};
use scrollkeeper::pdf::sandbox::Report;
use scrollkeeper::pdf::{Limits, Pool, PoolConfig, ReadEvent, ReadFailure, read_whole};

use crate::pdf_maker::simple;

/// A program that says it is ready, whatever it is asked, then says `once`, then `endless` without end; then nothing.
fn liar(at: &Path, once: &[u8], endless: &[u8]) -> Pool {
    let said = |bytes: &[u8]| bytes.iter().map(|byte| format!("\\{byte:03o}")).collect::<String>();
    let ready = encode_answer(&Answer::Ready(Report::default()));
    let mut script = format!("#!/bin/sh\nexec 1>&0\nprintf '{}{}'\n", said(&ready), said(once));
    if !endless.is_empty() {
        script.push_str(&format!("while printf '{}'; do :; done\n", said(endless)));
    }
    script.push_str("exec /bin/cat >/dev/null\n");
    let program = at.join("liar");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    let limits = Limits { wall_ms: 2_000, max_pages: 100, ..Limits::default() };
    Pool::new(PoolConfig { executable: program, workers: 1, limits, recycle_after: 10, idle_ms: 1_000 })
}

fn event(event: ReadEvent) -> Vec<u8> {
    encode_answer(&Answer::Event(event))
}

fn progress(page: u32, pages: u32) -> Vec<u8> {
    event(ReadEvent::Progress { page, pages })
}

fn head() -> Vec<u8> {
    event(ReadEvent::Head(Box::new(DocumentHead { pages: vec![PageInfo::default()], ..DocumentHead::default() })))
}

fn slice() -> Vec<u8> {
    event(ReadEvent::Slice(Box::new(LayoutSlice { pages: vec![PageLayout::default()], ..LayoutSlice::default() })))
}

async fn lie(once: &[u8], endless: &[u8]) -> (ReadFailure, Duration) {
    let folder = tempfile::tempdir().unwrap();
    let pool = liar(folder.path(), once, endless);
    let began = Instant::now();
    let failure = read_whole(&pool, super::files::file(&simple("asked")).into(), None).await.unwrap_err();
    (failure, began.elapsed())
}

#[tokio::test]
async fn a_worker_that_says_what_no_sound_one_says_is_ended_at_once() {
    let (first, both) = (progress(1, 1), [progress(1, 1), head()].concat());
    for (what, once, endless) in [
        ("the same page without end", vec![], first.clone()),
        ("heads without end", first.clone(), head()),
        ("slices without end", both.clone(), slice()),
        ("more pages than are allowed", progress(1, 101), vec![]),
        ("an answer of four gigabytes", vec![0xFF; 64], vec![]),
        ("an answer of no length", vec![0; 8], vec![]),
        ("an answer of no kind", vec![2, 0, 0, 0, 99, 99], vec![]),
        ("an answer that is cut inside", vec![6, 0, 0, 0, 3, 1, 0, 0x83, 0, 0x9A], vec![]),
        ("a picture", encode_answer(&Answer::Picture(vec![1; 9])), vec![]),
        ("that it is done before it began", encode_answer(&Answer::Done), vec![]),
        ("that it is done without facts", [both.clone(), slice(), encode_answer(&Answer::Done)].concat(), vec![]),
    ] {
        let (failure, took) = lie(&once, &endless).await;
        assert_eq!((failure.code, failure.worker_died), (ReadErrorCode::Crashed, true), "{what}: {}", failure.message);
        assert!(took < Duration::from_millis(1_900), "{what} is not waited for: {took:?}");
    }
}

#[tokio::test]
async fn a_worker_that_says_nothing_more_is_ended_when_its_time_is_over() {
    // An answer that is announced and never comes counts as silence, too.
    let announced = [progress(1, 1), vec![0, 0, 0, 1, 2]].concat();
    for once in [vec![], progress(1, 2), announced] {
        let (failure, took) = lie(&once, &[]).await;
        assert_eq!((failure.code, failure.worker_died), (ReadErrorCode::TimedOut, true), "{}", failure.message);
        assert!(took < Duration::from_secs(30), "{took:?}");
    }
}
