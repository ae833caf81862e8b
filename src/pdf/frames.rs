//! The words that pool and worker exchange, and their form on the wire.
//!
//! A frame is four bytes of length (little endian, kind and body), one byte of kind, the body. File descriptors travel
//! with the first byte of the request that needs one.

use minicbor::{CborLen, Decode, Encode};

use super::ReadEvent;
use super::codec::{self, Packing};
use super::recognised::Recognised;
use super::sandbox::{Attempt, Report};
use crate::domain::facts::ReadErrorCode;

/// Changes whenever the frames do: parent and child are the same file, unless it was replaced between their starts.
pub const PROTOCOL: u32 = 2;
/// Largest frame either side takes: 32 pages as full as they can be, each letter a word of its own.
pub const FRAME_MAX: usize = 128 << 20;

/// What the pool asks.
#[derive(Debug, Clone, PartialEq, Encode, Decode, CborLen)]
pub enum Request {
    /// Load PDFium from the descriptor that comes with it, and lock yourself in.
    #[n(1)]
    Hello {
        /// What the worker is to speak.
        #[n(0)]
        protocol: u32,
        /// Private memory that it may ever have.
        #[n(1)]
        memory_bytes: u64,
    },
    /// Read the PDF that comes with it.
    #[n(2)]
    Read {
        /// What opens it.
        #[n(0)]
        password: Option<String>,
        /// What it may use.
        #[n(1)]
        bounds: Bounds,
        /// What was recognised of its pages.
        #[n(2)]
        recognised: Recognised,
    },
    /// Draw a page of the PDF that comes with it.
    #[n(3)]
    Draw {
        /// What opens it.
        #[n(0)]
        password: Option<String>,
        /// What it may use.
        #[n(1)]
        bounds: Bounds,
        /// Which page, from 0.
        #[n(2)]
        page_index: u32,
        /// Pixels a row.
        #[n(3)]
        width_px: u32,
    },
    /// Draw a page of the PDF that comes with it for recognition.
    #[n(5)]
    Scan {
        /// What opens it.
        #[n(0)]
        password: Option<String>,
        /// What it may use.
        #[n(1)]
        bounds: Bounds,
        /// The page, from 0.
        #[n(2)]
        page_index: u32,
    },
    /// Try something that the sandbox must refuse or end.
    #[n(4)]
    Probe {
        /// What to try.
        #[n(0)]
        attempt: Attempt,
        /// What it may use.
        #[n(1)]
        bounds: Bounds,
    },
}

/// The limits that the worker itself holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Bounds {
    /// Seconds of processor time for one document.
    #[n(0)]
    pub cpu_s: u64,
    /// Address space, the worker itself and the file apart.
    #[n(1)]
    pub memory_bytes: u64,
    /// Most pages.
    #[n(2)]
    pub max_pages: u32,
    /// Most pixels of a picture.
    #[n(3)]
    pub max_image_pixels: u64,
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// PDFium is loaded and the sandbox closed.
    Ready(Report),
    /// Something read; more follows.
    Event(ReadEvent),
    /// A picture: WebP as the last answer to a `Draw`, a portable greymap to a `Scan`.
    Picture(Vec<u8>),
    /// The document was read; the last answer to a `Read`.
    Done,
    /// The request failed; the worker goes on.
    Failed(ReadErrorCode, String),
    /// Whether the attempt was refused.
    Refused(bool),
}

mod kind {
    pub const READY: u8 = 1;
    pub const HEAD: u8 = 2;
    pub const SLICE: u8 = 3;
    pub const PROGRESS: u8 = 4;
    pub const FACTS: u8 = 5;
    pub const PICTURE: u8 = 6;
    pub const DONE: u8 = 7;
    pub const FAILED: u8 = 8;
    pub const REFUSED: u8 = 9;
    pub const REQUEST: u8 = 32;
}

/// The length that a frame begins with; `None` where no sound frame has it.
#[must_use]
pub fn length(header: [u8; 4]) -> Option<usize> {
    let length = u32::from_le_bytes(header) as usize;
    (1..=FRAME_MAX).contains(&length).then_some(length)
}

/// A request with its length.
#[must_use]
pub fn encode_request(request: &Request) -> Vec<u8> {
    frame(kind::REQUEST, &minicbor::to_vec(request).expect("writing to memory cannot fail"))
}

/// The request in a frame without its length.
#[must_use]
pub fn decode_request(frame: &[u8]) -> Option<Request> {
    match frame {
        [kind::REQUEST, body @ ..] => minicbor::decode(body).ok(),
        _ => None,
    }
}

/// An answer with its length.
#[must_use]
pub fn encode_answer(answer: &Answer) -> Vec<u8> {
    match answer {
        Answer::Ready(report) => frame(kind::READY, &minicbor::to_vec(report).expect("writing to memory cannot fail")),
        Answer::Event(ReadEvent::Head(head)) => frame(kind::HEAD, &codec::head_bytes(head, Packing::Plain)),
        Answer::Event(ReadEvent::Slice(slice)) => frame(kind::SLICE, &codec::slice_bytes(slice, Packing::Plain)),
        Answer::Event(ReadEvent::Facts(facts)) => frame(kind::FACTS, &codec::facts_bytes(facts, Packing::Plain)),
        Answer::Event(ReadEvent::Progress { page, pages }) => {
            let [a, b, c, d] = page.to_le_bytes();
            let [e, f, g, h] = pages.to_le_bytes();
            frame(kind::PROGRESS, &[a, b, c, d, e, f, g, h])
        }
        Answer::Picture(bytes) => frame(kind::PICTURE, bytes),
        Answer::Done => frame(kind::DONE, &[]),
        Answer::Failed(code, message) => frame(kind::FAILED, format!("{}\n{message}", code.as_str()).as_bytes()),
        Answer::Refused(refused) => frame(kind::REFUSED, &[u8::from(*refused)]),
    }
}

/// The answer in a frame without its length; `None` for anything that a sound worker does not say.
#[must_use]
pub fn decode_answer(frame: &[u8]) -> Option<Answer> {
    let (kind, body) = frame.split_first()?;
    Some(match *kind {
        kind::READY => Answer::Ready(minicbor::decode(body).ok()?),
        kind::HEAD => Answer::Event(ReadEvent::Head(Box::new(codec::decode_head(body).ok()?))),
        kind::SLICE => Answer::Event(ReadEvent::Slice(Box::new(codec::decode_slice(body).ok()?))),
        kind::FACTS => Answer::Event(ReadEvent::Facts(Box::new(codec::decode_facts(body).ok()?))),
        kind::PROGRESS => {
            let (page, pages) = (body.first_chunk::<4>()?, body.last_chunk::<4>()?);
            let event = ReadEvent::Progress { page: u32::from_le_bytes(*page), pages: u32::from_le_bytes(*pages) };
            Answer::Event(event)
        }
        kind::PICTURE => Answer::Picture(body.to_vec()),
        kind::DONE => Answer::Done,
        kind::FAILED => {
            let (code, message) = std::str::from_utf8(body).ok()?.split_once('\n')?;
            Answer::Failed(ReadErrorCode::parse(code)?, message.to_owned())
        }
        kind::REFUSED => Answer::Refused(body == [1]),
        _ => return None,
    })
}

fn frame(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 1).unwrap_or(u32::MAX);
    let mut out = Vec::with_capacity(body.len() + 5);
    out.extend(length.to_le_bytes());
    out.push(kind);
    out.extend(body);
    out
}
