//! The pool's end of one worker: requests with descriptors out, answers in, and what its death means.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, Interest};
use tokio::net::UnixStream;
use tokio::process::{Child, Command};

use super::frames::{self, Answer, Request};
use super::sandbox::{EXIT_MEMORY, Report};
use crate::domain::facts::ReadErrorCode;

/// How long a dead worker's exit status is waited for.
const STATUS_WAIT: Duration = Duration::from_secs(5);

/// A running worker. Dropping it kills it.
pub struct Worker {
    child: Child,
    socket: UnixStream,
    /// Which measures of the sandbox hold.
    pub report: Report,
    /// Documents it has served.
    pub served: u32,
}

/// The answer did not come: the worker died or spoke nonsense.
#[derive(Debug)]
pub struct Lost;

impl Worker {
    /// Starts the program as a worker. Only for the spawner thread: the worker ends with the thread that started it.
    pub fn spawn(executable: &Path) -> io::Result<Self> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let child = Command::new(executable)
            .arg("pdf-worker")
            .env_clear()
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::null())
            // What a failing rule says may quote the document: not into anybody's log.
            .stderr(if cfg!(debug_assertions) { Stdio::inherit() } else { Stdio::null() })
            .current_dir("/")
            .kill_on_drop(true)
            .spawn()?;
        Ok(Self { child, socket: UnixStream::from_std(ours)?, report: Report::default(), served: 0 })
    }

    /// Sends a request, with a descriptor if it needs one.
    pub async fn send(&mut self, request: &Request, file: Option<BorrowedFd<'_>>) -> Result<(), Lost> {
        let bytes = frames::encode_request(request);
        let sent = self
            .socket
            .async_io(Interest::WRITABLE, || {
                let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
                let mut control = SendAncillaryBuffer::new(&mut space);
                let descriptors: Vec<BorrowedFd<'_>> = file.into_iter().collect();
                if !descriptors.is_empty() {
                    control.push(SendAncillaryMessage::ScmRights(&descriptors));
                }
                Ok(sendmsg(self.socket.as_fd(), &[IoSlice::new(&bytes)], &mut control, SendFlags::NOSIGNAL)?)
            })
            .await
            .map_err(|_| Lost)?;
        self.socket.write_all(&bytes[sent..]).await.map_err(|_| Lost)
    }

    /// The next answer.
    pub async fn receive(&mut self) -> Result<Answer, Lost> {
        let mut header = [0; 4];
        self.socket.read_exact(&mut header).await.map_err(|_| Lost)?;
        let Some(length) = frames::length(header) else { return Err(self.spoke_nonsense()) };
        let mut frame = Vec::with_capacity(length.min(1 << 20));
        let taken = (&mut self.socket).take(length as u64).read_to_end(&mut frame).await.map_err(|_| Lost)?;
        if taken < length {
            return Err(Lost);
        }
        match frames::decode_answer(&frame) {
            Some(answer) => Ok(answer),
            None => Err(self.spoke_nonsense()),
        }
    }

    /// Such a worker is not waited for.
    fn spoke_nonsense(&mut self) -> Lost {
        // One that ended meanwhile cannot be killed, and need not be.
        self.child.start_kill().ok();
        Lost
    }

    /// Ends a worker that has nothing to do, and waits for it, so that what it used is known to whoever waits for us.
    pub async fn end(mut self) {
        self.child.start_kill().ok();
        tokio::time::timeout(STATUS_WAIT, self.child.wait()).await.ok();
    }

    /// Why a lost worker ended.
    pub async fn cause_of_death(mut self) -> ReadErrorCode {
        match tokio::time::timeout(STATUS_WAIT, self.child.wait()).await {
            Ok(Ok(status)) => cause(status),
            Ok(Err(_)) | Err(_) => ReadErrorCode::Crashed,
        }
    }
}

fn cause(status: ExitStatus) -> ReadErrorCode {
    if status.code() == Some(i32::from(EXIT_MEMORY)) {
        return ReadErrorCode::OutOfMemory;
    }
    match status.signal() {
        Some(libc::SIGXCPU) => ReadErrorCode::TimedOut,
        _ => ReadErrorCode::Crashed,
    }
}
