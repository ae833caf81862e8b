//! Thousands of WebSocket clients that wait for messages, and one person who makes them: how long from the request to each
//! client.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::http::{Connection, split};

/// What to open and what to send.
#[derive(Clone)]
pub struct Job {
    /// `http://host:port/path` of the WebSocket.
    pub url: String,
    /// A token, for servers that want one.
    pub token: Option<String>,
    /// The first message of each client; empty: none.
    pub subscribe: String,
    /// How many clients.
    pub clients: usize,
    /// Method and path of the request that makes a message.
    pub trigger: (String, String),
    /// Its body; `{n}` becomes the number of the request.
    pub body: String,
    /// Requests a second.
    pub rate: u32,
    /// For so long.
    pub seconds: u32,
}

/// What came of it.
pub struct Outcome {
    /// Milliseconds of each message to each client, sorted.
    pub latencies_ms: Vec<f64>,
    /// Milliseconds of the requests themselves, sorted.
    pub requests_ms: Vec<f64>,
    /// Messages that did not come.
    pub missing: usize,
}

/// A message as one client saw it: its version, and when.
type Seen = (u64, Instant);

/// Connects everybody, sends, waits for the rest.
pub fn run(job: &Job) -> io::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (ready, arrived) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let mut clients = Vec::with_capacity(job.clients);
    for nth in 0..job.clients {
        let seen = Arc::new(Mutex::new(Vec::with_capacity((job.rate * job.seconds) as usize)));
        let client = Client { seen: Arc::clone(&seen), ready: Arc::clone(&ready), arrived: Arc::clone(&arrived) };
        runtime.spawn(client.run(job.clone()));
        clients.push(seen);
        // Servers let only so many wait at the door.
        while nth + 1 > ready.load(Ordering::Relaxed) + 100 {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
    wait_for(&ready, job.clients, Duration::from_secs(60))?;
    std::thread::sleep(Duration::from_secs(1));
    let sent = send_all(job)?;
    let expected = sent.len() * job.clients;
    wait_for(&arrived, expected, Duration::from_secs(5)).ok();
    let times: std::collections::HashMap<u64, Instant> = sent.iter().map(|(version, at, _)| (*version, *at)).collect();
    let mut latencies_ms = Vec::with_capacity(expected);
    for seen in &clients {
        let seen = seen.lock().expect("no client panicked");
        let of = |(version, at): &Seen| times.get(version).map(|sent| at.duration_since(*sent).as_secs_f64() * 1e3);
        latencies_ms.extend(seen.iter().filter_map(of));
    }
    latencies_ms.sort_by(f64::total_cmp);
    let mut requests_ms: Vec<f64> = sent.iter().map(|(_, _, took)| took.as_secs_f64() * 1e3).collect();
    requests_ms.sort_by(f64::total_cmp);
    let missing = expected.saturating_sub(latencies_ms.len());
    runtime.shutdown_background();
    Ok(Outcome { latencies_ms, requests_ms, missing })
}

fn wait_for(count: &AtomicUsize, wanted: usize, patience: Duration) -> io::Result<()> {
    let began = Instant::now();
    while count.load(Ordering::Relaxed) < wanted {
        if began.elapsed() > patience {
            return Err(io::Error::other(format!("{} of {wanted}", count.load(Ordering::Relaxed))));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Makes the messages at their times; the version of each, when it was asked for, and how long the answer took.
fn send_all(job: &Job) -> io::Result<Vec<(u64, Instant, Duration)>> {
    let token = job.token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let mut connection = Connection::open(&split(&job.url).0, &token)?;
    let headers = "Content-Type: application/json\r\nIf-Match: *\r\n";
    let began = Instant::now();
    let mut sent = Vec::new();
    for nth in 0..job.rate * job.seconds {
        let due = Duration::from_secs(1) * nth / job.rate;
        std::thread::sleep(due.saturating_sub(began.elapsed()));
        let at = Instant::now();
        let body = job.body.replace("{n}", &nth.to_string());
        let answer = connection.ask(&job.trigger.0, &job.trigger.1, headers, &[body.as_bytes()])?;
        let took = at.elapsed();
        let version = number_after(&answer.body, b"\"version\":").filter(|_| answer.status < 300);
        let version = version.ok_or_else(|| io::Error::other(String::from_utf8_lossy(&answer.body).into_owned()))?;
        sent.push((version, at, took));
    }
    Ok(sent)
}

struct Client {
    seen: Arc<Mutex<Vec<Seen>>>,
    ready: Arc<AtomicUsize>,
    arrived: Arc<AtomicUsize>,
}

impl Client {
    async fn run(self, job: Job) {
        if let Err(error) = self.follow(&job).await {
            eprintln!("a client ended: {error}");
        }
    }

    async fn follow(&self, job: &Job) -> io::Result<()> {
        let (host, path) = split(&job.url);
        let mut stream = TcpStream::connect(&host).await?;
        stream.set_nodelay(true)?;
        let token = job.token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let hello = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n{token}\r\n"
        );
        stream.write_all(hello.as_bytes()).await?;
        let mut buffer = Vec::with_capacity(4096);
        let head = loop {
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
        };
        if !buffer.starts_with(b"HTTP/1.1 101") {
            return Err(io::Error::other(String::from_utf8_lossy(&buffer).into_owned()));
        }
        buffer.drain(..head);
        if job.subscribe.is_empty() {
            self.ready.fetch_add(1, Ordering::Relaxed);
        } else {
            stream.write_all(&masked(1, job.subscribe.as_bytes())).await?;
        }
        loop {
            while let Some((opcode, start, end)) = frame(&buffer) {
                match opcode {
                    1 => self.take(&buffer[start..end]),
                    8 => return Err(io::Error::other("the server closed the connection")),
                    9 => stream.write_all(&masked(10, &buffer[start..end])).await?,
                    _ => {}
                }
                buffer.drain(..end);
            }
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    fn take(&self, message: &[u8]) {
        let now = Instant::now();
        if message.starts_with(br#"{"type":"change""#) {
            if let Some(version) = number_after(message, b"\"version\":") {
                self.seen.lock().expect("no client panicked").push((version, now));
                self.arrived.fetch_add(1, Ordering::Relaxed);
            }
        } else if message.starts_with(br#"{"type":"jobs""#) {
            self.ready.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// A whole frame at the front: its opcode, and where its payload begins and ends.
fn frame(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let (first, length) = (*bytes.first()?, *bytes.get(1)? & 0x7f);
    let (length, start) = match length {
        126 => (u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?) as usize, 4),
        127 => (u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?) as usize, 10),
        length => (length as usize, 2),
    };
    (bytes.len() >= start + length).then_some((first & 15, start, start + length))
}

/// A frame of a client; the mask of zeros is one that servers have to take.
fn masked(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match u8::try_from(payload.len()) {
        Ok(length) if length < 126 => frame.push(0x80 | length),
        _ => {
            frame.push(0x80 | 126);
            frame.extend((payload.len() as u16).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(payload);
    frame
}

fn number_after(bytes: &[u8], name: &[u8]) -> Option<u64> {
    let at = bytes.windows(name.len()).position(|window| window == name)? + name.len();
    let digits: Vec<u8> = bytes[at..].iter().copied().take_while(u8::is_ascii_digit).collect();
    std::str::from_utf8(&digits).ok()?.parse().ok()
}
