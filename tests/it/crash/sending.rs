//! Clients that send papers by tus to a server that is killed again and again.

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::Digest as _;

use super::paper::{Paper, Random};
use super::wire::{Answer, Line, Request};

/// Without any progress for so long, something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// What clients and the one who kills know of each other.
#[derive(Debug, Default)]
pub struct Stage {
    state: Mutex<State>,
    changed: Condvar,
    next_paper: AtomicU64,
}

/// Counters only rise.
#[derive(Debug, Default, Clone, Copy)]
pub struct State {
    /// Requests that were answered well.
    pub acknowledged: u64,
    /// Requests with the last bytes of a file that were begun.
    pub finishing: u64,
    /// Papers whose key was told.
    pub completed: u64,
    /// Where the server listens, while one does.
    address: Option<SocketAddr>,
    /// No further paper is begun.
    ends: bool,
    /// A client found something wrong.
    broken: bool,
}

impl Stage {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
        self.changed.notify_all();
    }

    /// Waits until something holds; `false` if a client found something wrong before.
    pub fn wait(&self, what: &str, holds: impl Fn(&State) -> bool) -> bool {
        let mut state = self.state.lock().unwrap();
        loop {
            if state.broken {
                return false;
            }
            if holds(&state) {
                return true;
            }
            let before = (state.acknowledged, state.finishing, state.completed);
            let (now, timeout) = self.changed.wait_timeout(state, PATIENCE).unwrap();
            let still = before == (now.acknowledged, now.finishing, now.completed);
            assert!(!timeout.timed_out() || !still, "no progress while waiting until {what}: {:?}", *now);
            state = now;
        }
    }

    /// The counters.
    pub fn state(&self) -> State {
        *self.state.lock().unwrap()
    }

    /// A server listens.
    pub fn open(&self, address: SocketAddr) {
        self.change(|state| state.address = Some(address));
    }

    /// No server listens, or soon none.
    pub fn shut(&self) {
        self.change(|state| state.address = None);
    }

    /// No further paper is begun; those under way are sent to their end.
    pub fn end(&self) {
        self.change(|state| state.ends = true);
    }

    fn address(&self) -> SocketAddr {
        let mut state = self.state.lock().unwrap();
        loop {
            if let Some(address) = state.address {
                return address;
            }
            let (now, timeout) = self.changed.wait_timeout(state, PATIENCE).unwrap();
            assert!(!timeout.timed_out(), "the server does not come back");
            state = now;
        }
    }
}

/// Tells the others where one of them fails.
pub struct Alarm<'a>(pub &'a Stage);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.change(|state| state.broken = true);
        }
    }
}

/// A paper that was acknowledged.
#[derive(Debug)]
pub struct Sent {
    /// Which one.
    pub number: u64,
    /// The key that was told.
    pub item: String,
}

/// The most bytes of ballast in a paper.
pub const MOST_BALLAST: u64 = 300_000;

/// Sends papers until it is told to end.
pub fn send_papers(stage: &Stage, token: &str, seed: u64) -> Vec<Sent> {
    let _alarm = Alarm(stage);
    let mut sender = Sender { stage, token, line: None, random: Random::new(seed) };
    let mut sent = Vec::new();
    while !stage.state().ends {
        let number = stage.next_paper.fetch_add(1, Ordering::Relaxed);
        let paper = Paper::new(number, MOST_BALLAST);
        let item = match sender.random.once_in(6) {
            true => sender.send_in_parts(&paper),
            false => sender.send_paper(&paper),
        };
        sent.push(Sent { number, item });
    }
    sent
}

struct Sender<'a> {
    stage: &'a Stage,
    token: &'a str,
    line: Option<(SocketAddr, Line)>,
    random: Random,
}

/// What a client knows of its upload.
#[derive(Debug, Default)]
struct Transfer {
    location: Option<String>,
    acknowledged: u64,
    /// A request went without an answer: ask where the upload stands before going on.
    is_unsure: bool,
    /// The length has yet to be told.
    is_deferred: bool,
}

impl Sender<'_> {
    /// Sends a paper whatever happens to the server, and answers its key.
    fn send_paper(&mut self, paper: &Paper) -> String {
        let mut transfer = Transfer::default();
        loop {
            let answer = match &transfer.location {
                None => self.create(&mut transfer, paper),
                Some(location) if transfer.is_unsure => self.ask("HEAD", location, Vec::new(), &[]),
                Some(location) => self.append(&location.clone(), &mut transfer, paper),
            };
            match answer {
                Ok(answer) => {
                    if let Some(item) = self.take(&mut transfer, paper, &answer) {
                        return item;
                    }
                }
                Err(_) => {
                    self.lose_line();
                    transfer.is_unsure = true;
                }
            }
        }
    }

    /// Sends a paper as parts that are joined at the end, and answers its key.
    fn send_in_parts(&mut self, paper: &Paper) -> String {
        let middle = self.random.within(1, paper.bytes.len() as u64 - 1) as usize;
        let (first, second) = paper.bytes.split_at(middle);
        let parts = [self.send_part(first), self.send_part(second)].join(" ");
        let name = STANDARD.encode(format!("{}.pdf", paper.word));
        loop {
            let headers = vec![
                ("Upload-Concat", format!("final;{parts}")),
                ("Upload-Metadata", format!("filename {name},filetype YXBwbGljYXRpb24vcGRm")),
            ];
            self.note_finishing(true);
            match self.ask("POST", "/api/v1/uploads", headers, &[]) {
                Ok(answer) if answer.status == 201 => {
                    let item = answer.header("Scrollkeeper-Item").expect("a whole is a paper").to_owned();
                    self.stage.change(|state| {
                        state.acknowledged += 1;
                        state.completed += 1;
                    });
                    return item;
                }
                Ok(answer) => assert!([423, 503].contains(&answer.status), "joining: {}", answer.text()),
                Err(_) => self.lose_line(),
            }
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    /// Sends one of several parts, in one go; answers its address.
    fn send_part(&mut self, bytes: &[u8]) -> String {
        loop {
            let headers = vec![
                ("Upload-Concat", "partial".to_owned()),
                ("Upload-Length", bytes.len().to_string()),
                ("Content-Type", "application/offset+octet-stream".to_owned()),
            ];
            // A part whose answer got lost is sent anew; the other one expires.
            match self.ask("POST", "/api/v1/uploads", headers, bytes) {
                Ok(answer) => {
                    assert_eq!(answer.status, 201, "a part: {}", answer.text());
                    self.stage.change(|state| state.acknowledged += 1);
                    return answer.header("Location").expect("a part has an address").to_owned();
                }
                Err(_) => self.lose_line(),
            }
        }
    }

    /// The server went away; another one may come.
    fn lose_line(&mut self) {
        assert!(!self.stage.state().broken, "another client or the one who kills has failed");
        std::thread::park_timeout(Duration::from_millis(2));
        self.line = None;
    }

    /// Makes the upload: bare, with some bytes, with all, or without saying its length.
    fn create(&mut self, transfer: &mut Transfer, paper: &Paper) -> io::Result<Answer> {
        let name = STANDARD.encode(format!("{}.pdf", paper.word));
        let mut headers = vec![("Upload-Metadata", format!("filename {name},filetype YXBwbGljYXRpb24vcGRm"))];
        transfer.is_deferred = self.random.once_in(8);
        headers.push(match transfer.is_deferred {
            true => ("Upload-Defer-Length", "1".to_owned()),
            false => ("Upload-Length", paper.bytes.len().to_string()),
        });
        let size = paper.bytes.len() as u64;
        let first = match self.random.within(0, 3) {
            _ if transfer.is_deferred => 0,
            0 => size,
            1 => self.random.within(1, size),
            _ => 0,
        };
        if first > 0 {
            headers.push(("Content-Type", "application/offset+octet-stream".to_owned()));
        }
        self.note_finishing(first == size);
        self.ask("POST", "/api/v1/uploads", headers, &paper.bytes[..first as usize])
    }

    /// Appends some bytes, now and then with a checksum, and now and then breaks off in the middle.
    fn append(&mut self, location: &str, transfer: &mut Transfer, paper: &Paper) -> io::Result<Answer> {
        let rest = &paper.bytes[transfer.acknowledged as usize..];
        let most = self.random.within(1, 200_000).min(rest.len() as u64) as usize;
        let part = &rest[..most];
        let mut headers = vec![
            ("Upload-Offset", transfer.acknowledged.to_string()),
            ("Content-Type", "application/offset+octet-stream".to_owned()),
        ];
        if transfer.is_deferred {
            headers.push(("Upload-Length", paper.bytes.len().to_string()));
        }
        match self.random.within(0, 9) {
            0 => headers.push(("Upload-Checksum", format!("sha1 {}", STANDARD.encode(sha1::Sha1::digest(part))))),
            1 => headers.push(("Upload-Checksum", format!("sha256 {}", STANDARD.encode(sha2::Sha256::digest(part))))),
            2 => {
                let sent = self.random.within(0, part.len() as u64) as usize;
                let request = Request { method: "PATCH", path: location, headers, body: part };
                self.line()?.send_part(&request, sent)?;
                return Err(io::ErrorKind::Interrupted.into());
            }
            _ => {}
        }
        self.note_finishing(part.len() == rest.len());
        self.ask("PATCH", location, headers, part)
    }

    /// Learns from an answer; the paper's key if it was the last. Whatever was acknowledged once must hold.
    fn take(&mut self, transfer: &mut Transfer, paper: &Paper, answer: &Answer) -> Option<String> {
        match answer.status {
            200 | 201 | 204 => {}
            // Somebody else is writing, a broken request is still being cleared away, or an offset has moved on.
            423 | 503 | 409 if transfer.location.is_some() => {
                transfer.is_unsure = true;
                std::thread::park_timeout(Duration::from_millis(10));
                return None;
            }
            _ => panic!("an upload at {} of {}: {}", transfer.acknowledged, paper.bytes.len(), answer.text()),
        }
        let offset = answer.number("Upload-Offset").expect("every good answer says the offset");
        assert!(offset >= transfer.acknowledged, "{} was acknowledged, now it is {offset}", transfer.acknowledged);
        assert!(offset <= paper.bytes.len() as u64, "more was taken than was sent");
        if let Some(location) = answer.header("Location") {
            transfer.location = Some(location.to_owned());
        }
        transfer.acknowledged = offset;
        transfer.is_unsure = false;
        if answer.number("Upload-Length").is_some() || (answer.status == 204 && offset > 0) {
            transfer.is_deferred = false;
        }
        let item = answer.header("Scrollkeeper-Item").map(str::to_owned);
        let is_whole = offset == paper.bytes.len() as u64 && !transfer.is_deferred;
        assert_eq!(item.is_some(), is_whole, "at {offset} of {}: {}", paper.bytes.len(), answer.status);
        self.stage.change(|state| {
            state.acknowledged += 1;
            state.completed += u64::from(item.is_some());
        });
        item
    }

    fn note_finishing(&self, is_last: bool) {
        if is_last {
            self.stage.change(|state| state.finishing += 1);
        }
    }

    fn ask(&mut self, method: &str, path: &str, headers: Vec<(&str, String)>, body: &[u8]) -> io::Result<Answer> {
        let mut headers = headers;
        headers.push(("Tus-Resumable", "1.0.0".to_owned()));
        self.line()?.send(&Request { method, path, headers, body })
    }

    /// The line to the server that runs now.
    fn line(&mut self) -> io::Result<&mut Line> {
        let address = self.stage.address();
        let line = self.line.take().filter(|(other, _)| *other == address);
        let line = line.unwrap_or_else(|| (address, Line::new(address, self.token)));
        Ok(&mut self.line.insert(line).1)
    }
}
