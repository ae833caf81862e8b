//! What a worker can be asked to try from inside its sandbox, to see that it is refused or ended.
#![expect(unsafe_code, reason = "what the sandbox must refuse is asked of the system itself")]

use std::net::{TcpStream, UdpSocket};
use std::os::unix::net::UnixDatagram;

use minicbor::{CborLen, Decode, Encode};
use rustix::process::{Resource, Rlimit};

/// Something that reading a PDF never needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum Attempt {
    /// Read a file that everybody may read.
    #[n(1)]
    OpenFile,
    /// Make a file.
    #[n(2)]
    WriteFile,
    /// Make a socket for datagrams.
    #[n(3)]
    Socket,
    /// Make a process.
    #[n(4)]
    Fork,
    /// Run a program.
    #[n(5)]
    Execute,
    /// Make memory that can be run.
    #[n(6)]
    ExecutableMemory,
    /// List a folder.
    #[n(7)]
    ListFolder,
    /// Remove a file.
    #[n(8)]
    RemoveFile,
    /// Connect to another machine.
    #[n(9)]
    Connect,
    /// Make a socket of this machine.
    #[n(10)]
    LocalSocket,
    /// Look into the parent's memory.
    #[n(11)]
    TraceParent,
    /// Send the parent a signal.
    #[n(12)]
    SignalParent,
    /// Allow oneself more than was allowed.
    #[n(13)]
    RaiseLimits,
    /// Make memory that others see and no limit counts.
    #[n(14)]
    SharedMemory,
    /// Make a thread.
    #[n(15)]
    Thread,
    /// Become another user.
    #[n(16)]
    ChangeUser,
    /// Use memory without end.
    #[n(32)]
    EndlessMemory,
    /// Use the processor without end.
    #[n(33)]
    EndlessTime,
    /// Say nothing, without end.
    #[n(34)]
    Silence,
    /// Answer without end.
    #[n(35)]
    EndlessAnswers,
    /// Announce an answer that is larger than any.
    #[n(36)]
    HugeAnswer,
    /// Answer what is no answer.
    #[n(37)]
    Nonsense,
}

impl Attempt {
    /// Those that are refused, and the worker goes on.
    pub const REFUSED: [Attempt; 16] = [
        Attempt::OpenFile,
        Attempt::WriteFile,
        Attempt::Socket,
        Attempt::Fork,
        Attempt::Execute,
        Attempt::ExecutableMemory,
        Attempt::ListFolder,
        Attempt::RemoveFile,
        Attempt::Connect,
        Attempt::LocalSocket,
        Attempt::TraceParent,
        Attempt::SignalParent,
        Attempt::RaiseLimits,
        Attempt::SharedMemory,
        Attempt::Thread,
        Attempt::ChangeUser,
    ];
}

/// What an attempt at the connection with the pool sends.
pub enum Misuse {
    /// These bytes, once.
    Once(Vec<u8>),
    /// These bytes again and again.
    Endlessly(Vec<u8>),
}

/// What is sent for the attempts at the pool itself.
pub fn misuse(attempt: Attempt) -> Option<Misuse> {
    // A reading's progress: page 1 of 1.
    let progress = [9, 0, 0, 0, 4, 1, 0, 0, 0, 1, 0, 0, 0];
    match attempt {
        Attempt::EndlessAnswers => Some(Misuse::Endlessly(progress.to_vec())),
        Attempt::HugeAnswer => Some(Misuse::Once(vec![0xFF; 64])),
        Attempt::Nonsense => Some(Misuse::Once(vec![2, 0, 0, 0, 0xEE, 0xEE])),
        _ => None,
    }
}

/// Whether the sandbox refuses an attempt. Those without end do not return.
pub fn is_refused(attempt: Attempt) -> bool {
    match attempt {
        Attempt::OpenFile => std::fs::File::open("/etc/passwd").is_err(),
        Attempt::WriteFile => std::fs::File::create("/tmp/scrollkeeper-probe").is_err(),
        Attempt::ListFolder => std::fs::read_dir("/").is_err(),
        Attempt::RemoveFile => is_not_permitted(std::fs::remove_file("/tmp/scrollkeeper-probe")),
        Attempt::Socket => UdpSocket::bind("127.0.0.1:0").is_err(),
        Attempt::Connect => is_not_permitted(TcpStream::connect("127.0.0.1:9")),
        Attempt::LocalSocket => UnixDatagram::unbound().is_err(),
        Attempt::Fork => {
            // SAFETY: this process has one thread; a child that comes to be ends at once.
            match unsafe { libc::fork() } {
                // SAFETY: the child ends without running anything of its parent.
                0 => unsafe { libc::_exit(0) },
                pid => pid < 0,
            }
        }
        Attempt::Thread => std::thread::Builder::new().spawn(|| ()).is_err(),
        Attempt::Execute => {
            let program = c"/bin/true";
            let nothing = [program.as_ptr(), std::ptr::null()];
            // SAFETY: both lists end in null; the call returns only if it failed.
            unsafe { libc::execve(program.as_ptr(), nothing.as_ptr(), nothing[1..].as_ptr()) };
            true
        }
        Attempt::ExecutableMemory => !maps(libc::PROT_READ | libc::PROT_EXEC, libc::MAP_PRIVATE),
        Attempt::SharedMemory => !maps(libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED),
        Attempt::TraceParent => {
            // SAFETY: seizing does not stop the parent, and ends with this process.
            unsafe { libc::ptrace(libc::PTRACE_SEIZE, libc::getppid(), 0, 0) < 0 }
        }
        Attempt::SignalParent => {
            // SAFETY: signal 0 only asks whether one could be sent.
            unsafe { libc::kill(libc::getppid(), 0) < 0 }
        }
        Attempt::RaiseLimits => [Resource::Nofile, Resource::Fsize, Resource::Data]
            .into_iter()
            .all(|resource| rustix::process::setrlimit(resource, Rlimit { current: None, maximum: None }).is_err()),
        Attempt::ChangeUser => {
            // SAFETY: a plain system call; the C library's own function would ask other threads, of which there are none.
            unsafe { libc::syscall(libc::SYS_setuid, 65_534) < 0 }
        }
        Attempt::EndlessMemory => {
            let mut taken: Vec<Vec<u8>> = Vec::new();
            loop {
                taken.push(vec![1; 4 << 20]);
            }
        }
        Attempt::EndlessTime => loop {
            std::hint::spin_loop();
        },
        Attempt::Silence => loop {
            std::thread::sleep(std::time::Duration::from_secs(1));
        },
        Attempt::EndlessAnswers | Attempt::HugeAnswer | Attempt::Nonsense => false,
    }
}

/// Whether the system refused, rather than that there was nothing to do it with.
fn is_not_permitted<T>(outcome: std::io::Result<T>) -> bool {
    outcome.is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied)
}

fn maps(protection: libc::c_int, flags: libc::c_int) -> bool {
    let flags = flags | libc::MAP_ANONYMOUS;
    // SAFETY: a new mapping at a place of the kernel's choice; never touched.
    unsafe { libc::mmap(std::ptr::null_mut(), 4096, protection, flags, -1, 0) != libc::MAP_FAILED }
}
