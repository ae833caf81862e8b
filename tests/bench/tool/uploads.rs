//! Sends files by tus from parallel connections, to any server that speaks it, and says how long it took.

use std::io;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::http::{Connection, split};

/// What to send, and where.
pub struct Job {
    /// The address at which uploads are made.
    pub url: String,
    /// A token, for servers that want one.
    pub token: Option<String>,
    /// Connections.
    pub parallel: usize,
    /// The most that one request carries; 0: each file in one.
    pub part_bytes: usize,
    /// Files to send.
    pub files: Vec<Load>,
}

/// A file to send.
pub enum Load {
    /// One that is there.
    File(PathBuf),
    /// A PDF of one page, padded to a size, different for each number.
    Made {
        /// Bytes.
        size: usize,
        /// Which one.
        number: u64,
    },
}

/// When an upload was done, in seconds from the start, and the key of the paper it became.
pub struct Sent {
    /// The file's name.
    pub name: String,
    /// From the start to the moment when its last byte was given to the system.
    pub last_byte: f64,
    /// To the last answer.
    pub done: f64,
    /// The paper's key, from servers that make one.
    pub item: Option<String>,
}

/// Sends everything; the first failure ends it.
pub fn run(job: &Job) -> io::Result<(f64, Vec<Sent>)> {
    let ballast = ballast(job);
    let (next, sent) = (Mutex::new(0), Mutex::new(Vec::new()));
    let began = Instant::now();
    std::thread::scope(|scope| {
        let clients: Vec<_> =
            (0..job.parallel).map(|_| scope.spawn(|| client(job, &ballast, &next, &sent, began))).collect();
        clients.into_iter().try_for_each(|client| client.join().expect("a client does not panic"))
    })?;
    Ok((began.elapsed().as_secs_f64(), sent.into_inner().expect("no client panicked")))
}

fn client(job: &Job, ballast: &[u8], next: &Mutex<usize>, sent: &Mutex<Vec<Sent>>, began: Instant) -> io::Result<()> {
    let (host, place) = split(&job.url);
    let token = job.token.as_ref().map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    let mut connection = Connection::open(&host, &format!("Tus-Resumable: 1.0.0\r\n{token}"))?;
    loop {
        let at = {
            let mut next = next.lock().expect("no client panicked");
            *next += 1;
            *next - 1
        };
        let Some(load) = job.files.get(at) else { return Ok(()) };
        let done = match load {
            Load::File(path) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                send(job, &mut connection, &place, &name, &[&std::fs::read(path)?], began)?
            }
            Load::Made { size, number } => {
                let (head, tail) = made(*size, *number);
                let padding = &ballast[..size - head.len() - tail.len()];
                send(job, &mut connection, &place, &format!("made-{number}.pdf"), &[&head, padding, &tail], began)?
            }
        };
        sent.lock().expect("no client panicked").push(done);
    }
}

fn send(
    job: &Job,
    connection: &mut Connection,
    path: &str,
    name: &str,
    parts: &[&[u8]],
    began: Instant,
) -> io::Result<Sent> {
    let size: usize = parts.iter().map(|part| part.len()).sum();
    let metadata = format!("filename {},filetype {}", STANDARD.encode(name), STANDARD.encode("application/pdf"));
    let headers = format!("Upload-Length: {size}\r\nUpload-Metadata: {metadata}\r\n");
    let made = connection.ask("POST", path, &headers, &[])?;
    let place = made.header("location").filter(|_| made.status == 201).ok_or_else(|| refused("POST", &made.body))?;
    let place = if place.starts_with("http://") { split(place).1 } else { place.to_owned() };
    let step = if job.part_bytes == 0 { usize::MAX } else { job.part_bytes };
    let mut offset = 0_usize;
    loop {
        let end = size.min(offset.saturating_add(step));
        let headers = format!("Upload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\n");
        let answer = connection.ask("PATCH", &place, &headers, &between(parts, offset, end))?;
        if answer.status != 204 {
            return Err(refused("PATCH", &answer.body));
        }
        offset = end;
        if offset == size {
            let done = began.elapsed().as_secs_f64();
            let item = answer.header("scrollkeeper-item").map(str::to_owned);
            return Ok(Sent { name: name.to_owned(), last_byte: connection.last_write(began), done, item });
        }
    }
}

fn refused(method: &str, body: &[u8]) -> io::Error {
    io::Error::other(format!("{method} was refused: {}", String::from_utf8_lossy(&body[..body.len().min(300)])))
}

/// Bytes without a pattern, as many as the largest made file needs.
fn ballast(job: &Job) -> Vec<u8> {
    let size = |load: &Load| if let Load::Made { size, .. } = load { *size } else { 0 };
    let most = job.files.iter().map(size).max().unwrap_or(0);
    let mut state = 1_u64;
    let mut bytes = Vec::with_capacity(most + 8);
    while bytes.len() < most {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bytes.extend_from_slice(&state.to_be_bytes());
    }
    bytes
}

/// The bytes from one offset to another of several parts as one.
fn between<'a>(parts: &[&'a [u8]], start: usize, end: usize) -> Vec<&'a [u8]> {
    let mut at = 0;
    let cut = |part: &&'a [u8]| {
        let (from, to) = (start.clamp(at, at + part.len()) - at, end.clamp(at, at + part.len()) - at);
        at += part.len();
        &part[from..to]
    };
    parts.iter().map(cut).collect()
}

/// What stands before and behind the padding of a PDF: one page with words of its own, and a stream that no page asks for.
fn made(size: usize, number: u64) -> (Vec<u8>, Vec<u8>) {
    /// Enough for everything but the padding.
    const FRAME: usize = 1_500;
    let text = format!("BT /F1 14 Tf 60 700 Td (Padding number {number}) Tj ET");
    let padding = size - FRAME;
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>".to_owned(),
        format!("<</Length {padding}>>\nstream\n"),
    ];
    let (mut head, mut places) = (String::from("%PDF-1.5\n"), Vec::new());
    for (number, object) in objects.iter().enumerate() {
        places.push(head.len());
        head.push_str(&format!("{} 0 obj\n{object}{}", number + 1, if number < 5 { "\nendobj\n" } else { "" }));
    }
    let mut tail = String::from("\nendstream\nendobj\n");
    let table = head.len() + padding + tail.len();
    tail.push_str("xref\n0 7\n0000000000 65535 f \n");
    places.iter().for_each(|place| tail.push_str(&format!("{place:010} 00000 n \n")));
    tail.push_str(&format!("trailer<</Size 7/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"));
    let rest = FRAME - head.len() - tail.len();
    tail.push_str(&" ".repeat(rest));
    (head.into_bytes(), tail.into_bytes())
}
