//! The worker's end of the socket pair: whole frames, read raw because a passed descriptor comes with its bytes.

use std::io::{self, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{BorrowedFd, OwnedFd};

use rustix::io::Errno;
use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendFlags, recvmsg, send};

use super::frames::{self, Answer, Request};

/// The socket that the worker got as its standard input.
pub struct Wire<'a> {
    socket: BorrowedFd<'a>,
}

impl<'a> Wire<'a> {
    /// Takes the worker's end.
    pub fn new(socket: BorrowedFd<'a>) -> Self {
        Self { socket }
    }

    /// The next request and the descriptor that came with it; `None` when the pool is gone.
    pub fn receive(&self) -> io::Result<Option<(Request, Option<OwnedFd>)>> {
        let mut passed = None;
        let mut length = [0_u8; 4];
        if !self.fill(&mut length, &mut passed)? {
            return Ok(None);
        }
        let length = frames::length(length).ok_or(io::ErrorKind::InvalidData)?;
        let mut frame = vec![0_u8; length];
        if !self.fill(&mut frame, &mut passed)? {
            return Ok(None);
        }
        let request = frames::decode_request(&frame).ok_or(io::ErrorKind::InvalidData)?;
        Ok(Some((request, passed)))
    }

    /// Sends an answer.
    pub fn send(&self, answer: &Answer) -> io::Result<()> {
        self.send_bytes(&frames::encode_answer(answer))
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match send(self.socket, rest, SendFlags::NOSIGNAL) {
                Ok(sent) => rest = &rest[sent..],
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Fills `buffer`; `false` at the end of the stream.
    fn fill(&self, buffer: &mut [u8], passed: &mut Option<OwnedFd>) -> io::Result<bool> {
        let mut filled = 0;
        while filled < buffer.len() {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(2))];
            let mut control = RecvAncillaryBuffer::new(&mut space);
            let mut parts = [IoSliceMut::new(&mut buffer[filled..])];
            match recvmsg(self.socket, &mut parts, &mut control, RecvFlags::CMSG_CLOEXEC) {
                Ok(message) if message.bytes == 0 => return Ok(false),
                Ok(message) => filled += message.bytes,
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            for message in control.drain() {
                if let RecvAncillaryMessage::ScmRights(descriptors) = message {
                    *passed = descriptors.last().or(passed.take());
                }
            }
        }
        Ok(true)
    }
}
