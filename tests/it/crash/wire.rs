//! As much of HTTP/1.1 as these tests speak, with the means to break off in the middle.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Nothing that is asked takes longer, except where the program has lost it.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Request<'a> {
    /// The method.
    pub method: &'a str,
    /// The path with its query.
    pub path: &'a str,
    /// Headers beside those that every request has.
    pub headers: Vec<(&'a str, String)>,
    /// The body.
    pub body: &'a [u8],
}

/// What comes back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// A header's value as a number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.header(name)?.parse().ok()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as text, for messages.
    pub fn text(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

/// A connection that is made when it is needed.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    token: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Line {
    /// To the server at an address, on behalf of whom the token is.
    pub fn new(address: SocketAddr, token: &str) -> Self {
        Self { address, token: token.to_owned(), stream: None }
    }

    /// Asks and waits for the answer.
    pub fn send(&mut self, request: &Request<'_>) -> io::Result<Answer> {
        let answer = self.send_head(request, request.body.len()).and_then(|()| {
            let stream = self.stream()?;
            stream.get_mut().write_all(request.body)?;
            read_answer(stream, request.method)
        });
        let closes = answer.as_ref().map_or(true, |answer| answer.header("connection") == Some("close"));
        if closes {
            self.stream = None;
        }
        answer
    }

    /// Announces the whole body, sends `sent` bytes of it, and leaves the request open.
    pub fn send_part(&mut self, request: &Request<'_>, sent: usize) -> io::Result<()> {
        self.send_head(request, request.body.len())?;
        self.stream()?.get_mut().write_all(&request.body[..sent])
    }

    /// Reads lines of an answer that does not end, up to one with these words.
    pub fn read_until(&mut self, words: &str) -> io::Result<()> {
        let stream = self.stream()?;
        while !read_line(stream)?.contains(words) {}
        Ok(())
    }

    fn send_head(&mut self, request: &Request<'_>, length: usize) -> io::Result<()> {
        let mut head = format!(
            "{} {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nContent-Length: {length}\r\n",
            request.method, request.path, self.address, self.token
        );
        for (name, value) in &request.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        self.stream()?.get_mut().write_all(head.as_bytes())
    }

    fn stream(&mut self) -> io::Result<&mut BufReader<TcpStream>> {
        let stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(self.address)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                BufReader::new(stream)
            }
        };
        Ok(self.stream.insert(stream))
    }
}

fn read_answer(stream: &mut BufReader<TcpStream>, method: &str) -> io::Result<Answer> {
    let first = read_line(stream)?;
    let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let mut answer = Answer { status, headers: Vec::new(), body: Vec::new() };
    loop {
        let line = read_line(stream)?;
        let Some((name, value)) = line.split_once(':') else { break };
        answer.headers.push((name.to_owned(), value.trim().to_owned()));
    }
    if method == "HEAD" || status == 204 || status == 304 {
        return Ok(answer);
    }
    if answer.header("transfer-encoding") == Some("chunked") {
        loop {
            let size = usize::from_str_radix(read_line(stream)?.trim(), 16).map_err(io::Error::other)?;
            let begin = answer.body.len();
            answer.body.resize(begin + size, 0);
            stream.read_exact(&mut answer.body[begin..])?;
            read_line(stream)?;
            if size == 0 {
                return Ok(answer);
            }
        }
    }
    answer.body = vec![0; usize::try_from(answer.number("content-length").unwrap_or(0)).map_err(io::Error::other)?];
    stream.read_exact(&mut answer.body)?;
    Ok(answer)
}

/// A line without its end; the end of the connection is an error.
fn read_line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}
