//! The least of an HTTP client: one connection, one request after another, so that little of the machine goes to it.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// A connection that is kept open.
pub struct Connection {
    reader: BufReader<TcpStream>,
    host: String,
    common: String,
    written: Instant,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Header lines, names in small letters.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl Connection {
    /// Connects; `common` are header lines that every request carries, each with its line end.
    pub fn open(host: &str, common: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(120)))?;
        Ok(Self {
            reader: BufReader::new(stream),
            host: host.to_owned(),
            common: common.to_owned(),
            written: Instant::now(),
        })
    }

    /// Sends a request with a body in parts and reads its answer.
    pub fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[&[u8]]) -> io::Result<Answer> {
        let length: usize = body.iter().map(|part| part.len()).sum();
        let (host, common) = (&self.host, &self.common);
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{common}{headers}Content-Length: {length}\r\n\r\n");
        let stream = self.reader.get_mut();
        stream.write_all(head.as_bytes())?;
        for part in body {
            stream.write_all(part)?;
        }
        self.written = Instant::now();
        self.read_answer()
    }

    /// When the last byte of the last request was given to the system, in seconds after a moment.
    #[must_use]
    pub fn last_write(&self, after: Instant) -> f64 {
        self.written.saturating_duration_since(after).as_secs_f64()
    }

    fn read_answer(&mut self) -> io::Result<Answer> {
        let first = self.line()?;
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or_else(|| odd(&first))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| odd(&line))?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        if let Some(length) = answer.header("content-length").and_then(|value| value.parse().ok()) {
            answer.body = vec![0; length];
            self.reader.read_exact(&mut answer.body)?;
        } else if answer.header("transfer-encoding").is_some() {
            loop {
                let line = self.line()?;
                let length = usize::from_str_radix(line.trim(), 16).map_err(|_| odd(&line))?;
                let at = answer.body.len();
                answer.body.resize(at + length, 0);
                self.reader.read_exact(&mut answer.body[at..])?;
                self.line()?;
                if length == 0 {
                    break;
                }
            }
        }
        Ok(answer)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    }
}

/// `http://host:port/path` in two.
#[must_use]
pub fn split(url: &str) -> (String, String) {
    let rest = url.strip_prefix("http://").unwrap_or(url);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    (host.to_owned(), format!("/{path}"))
}

fn odd(line: &str) -> io::Error {
    io::Error::other(format!("this is no answer: {line}"))
}
