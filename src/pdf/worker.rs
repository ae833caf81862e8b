//! The child: `scrollkeeper pdf-worker`, started only by the pool, with a socket as its standard input.
#![expect(unsafe_code, reason = "the PDF is mapped into memory")]

use std::io;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};
use std::path::PathBuf;
use std::process::ExitCode;

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};

use super::frames::{Answer, Bounds, PROTOCOL, Request};
use super::native::Library;
use super::reading::{self, Refusal};
use super::recognised::Recognised;
use super::sandbox::{Attempt, Misuse};
use super::wire::Wire;
use super::{picture, sandbox};
use crate::domain::facts::ReadErrorCode;

/// Seconds of processor time that each page of a document adds.
const PAGE_CPU_S: f64 = 0.05;

/// Serves requests until the pool goes away.
#[must_use]
pub fn main() -> ExitCode {
    sandbox::prepare();
    let socket = io::stdin();
    match serve(&Wire::new(socket.as_fd())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn serve(wire: &Wire<'_>) -> io::Result<()> {
    let Some(library) = start(wire)? else { return Ok(()) };
    while let Some((request, file)) = wire.receive()? {
        let outcome = match request {
            Request::Hello { .. } => return Err(io::ErrorKind::InvalidData.into()),
            Request::Read { password, bounds, recognised } => {
                read(wire, &library, file, password.as_deref(), &bounds, &recognised)
            }
            Request::Draw { password, bounds, page_index, width_px } => {
                draw(&library, file, password.as_deref(), &bounds, (page_index, width_px))
            }
            Request::Scan { password, bounds, page_index } => {
                scan(&library, file, password.as_deref(), &bounds, page_index)
            }
            Request::Probe { attempt, bounds } => probe(wire, attempt, &bounds),
        };
        let answer = match outcome {
            Ok(answer) => answer,
            Err(Stop::Refused(refusal)) => Answer::Failed(refusal.code, refusal.message),
            Err(Stop::Gone(error)) => return Err(error),
        };
        wire.send(&answer)?;
    }
    Ok(())
}

/// Loads PDFium from the descriptor of the first request, then closes the sandbox.
fn start(wire: &Wire<'_>) -> io::Result<Option<Library>> {
    let Some((Request::Hello { protocol, memory_bytes }, Some(file))) = wire.receive()? else { return Ok(None) };
    if protocol != PROTOCOL {
        let message = "The program was replaced while it ran. Restart the server.".to_owned();
        wire.send(&Answer::Failed(ReadErrorCode::Crashed, message))?;
        return Ok(None);
    }
    let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    match Library::load(&path) {
        Ok(library) => {
            drop(file);
            wire.send(&Answer::Ready(sandbox::enter(memory_bytes)))?;
            Ok(Some(library))
        }
        Err(reason) => {
            let message = format!("PDFium could not be loaded: {reason}.");
            wire.send(&Answer::Failed(ReadErrorCode::Crashed, message))?;
            Ok(None)
        }
    }
}

/// Why a request is not served to its end.
enum Stop {
    /// The document cannot be read.
    Refused(Refusal),
    /// The pool is gone.
    Gone(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Gone(error)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(refusal)
    }
}

fn read(
    wire: &Wire<'_>,
    library: &Library,
    file: Option<OwnedFd>,
    password: Option<&str>,
    bounds: &Bounds,
    recognised: &Recognised,
) -> Result<Answer, Stop> {
    let mapped = Mapped::new(file)?;
    sandbox::limit_document(bounds, mapped.length as u64)?;
    let document = reading::open(library, mapped.bytes(), password, bounds.max_pages)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of pages times a fraction")]
    let more = (f64::from(document.page_count()) * PAGE_CPU_S) as u64;
    sandbox::limit_processor(bounds.cpu_s + more)?;
    reading::read(&document, recognised, bounds.max_pages, |event| {
        wire.send(&Answer::Event(event)).map_err(Stop::Gone)
    })?;
    Ok(Answer::Done)
}

fn draw(
    library: &Library,
    file: Option<OwnedFd>,
    password: Option<&str>,
    bounds: &Bounds,
    (page_index, width_px): (u32, u32),
) -> Result<Answer, Stop> {
    let mapped = Mapped::new(file)?;
    sandbox::limit_document(bounds, mapped.length as u64)?;
    let document = reading::open(library, mapped.bytes(), password, bounds.max_pages)?;
    Ok(Answer::Picture(picture::webp(&document, page_index, width_px, bounds.max_image_pixels)?))
}

fn scan(
    library: &Library,
    file: Option<OwnedFd>,
    password: Option<&str>,
    bounds: &Bounds,
    page_index: u32,
) -> Result<Answer, Stop> {
    let mapped = Mapped::new(file)?;
    sandbox::limit_document(bounds, mapped.length as u64)?;
    let document = reading::open(library, mapped.bytes(), password, bounds.max_pages)?;
    Ok(Answer::Picture(picture::greymap(&document, page_index, bounds.max_image_pixels)?))
}

/// Tries what must be refused, under the limits of a document.
fn probe(wire: &Wire<'_>, attempt: Attempt, bounds: &Bounds) -> Result<Answer, Stop> {
    sandbox::limit_document(bounds, 0)?;
    match sandbox::misuse(attempt) {
        Some(Misuse::Once(bytes)) => wire.send_bytes(&bytes)?,
        Some(Misuse::Endlessly(bytes)) => loop {
            wire.send_bytes(&bytes)?;
        },
        None => {}
    }
    Ok(Answer::Refused(sandbox::is_refused(attempt)))
}

/// A file mapped into memory.
struct Mapped {
    start: *mut std::ffi::c_void,
    length: usize,
}

impl Mapped {
    fn new(file: Option<OwnedFd>) -> Result<Self, Refusal> {
        let unreadable = || Refusal::new(ReadErrorCode::Unreadable);
        let file = file.ok_or_else(unreadable)?;
        let length = rustix::fs::fstat(&file).map_err(|_| unreadable())?.st_size;
        let length = usize::try_from(length).map_err(|_| unreadable())?;
        if length == 0 {
            return Err(Refusal::new(ReadErrorCode::NotAPdf));
        }
        // SAFETY: a new private mapping at a place of the kernel's choice. Stored files never change; if one is cut
        // all the same, the worker dies by a signal, and only it.
        let start = unsafe {
            mmap(std::ptr::null_mut(), length, ProtFlags::READ, MapFlags::PRIVATE, file.as_fd(), 0)
                .map_err(|_| unreadable())?
        };
        Ok(Self { start, length })
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: the mapping has this length, is readable, and lives as long as `self`.
        unsafe { std::slice::from_raw_parts(self.start.cast(), self.length) }
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        // SAFETY: mapped by `new` with this length; nothing borrows it any more. Failing leaves it until the end.
        let _ = unsafe { munmap(self.start, self.length) };
    }
}
