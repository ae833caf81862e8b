//! The step between this program and tesseract: `scrollkeeper page-recogniser MEMORY SECONDS PROGRAM ARGUMENT…` lowers what
//! the process may do, then becomes the program.
//!
//! Each measure stands alone, as in the PDF worker's sandbox: what a kernel lacks is left out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, Ruleset, RulesetAttr as _, RulesetCreatedAttr as _, Scope,
    path_beneath_rules,
};
use rustix::process::{Resource, Rlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, SeccompRule, TargetArch};

use crate::pdf::sandbox;

/// The hidden command's name.
pub const COMMAND: &str = "page-recogniser";
/// Exit status where the program cannot be run.
pub const EXIT_NOT_RUN: u8 = 127;

/// Where programs, their libraries and their data lie. Nobody's papers do.
const SYSTEM: &[&str] = &[
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/sys/devices/system/cpu",
];
/// Devices that programs write to and read from without effect.
const DEVICES: &[&str] = &["/dev/null", "/dev/urandom"];

/// Runs the command: becomes the program, or fails.
#[must_use]
pub fn main(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let mut number = || arguments.next()?.to_str()?.parse::<u64>().ok();
    let (Some(memory_bytes), Some(cpu_s)) = (number(), number()) else { return ExitCode::from(EXIT_NOT_RUN) };
    let Some(program) = arguments.next().map(PathBuf::from) else { return ExitCode::from(EXIT_NOT_RUN) };
    sandbox::prepare();
    // Behind the PDF workers: whoever waits for a paper goes first. May be refused, and is not worth failing for.
    let _ = rustix::process::nice(9);
    limit(memory_bytes, cpu_s);
    let _ = forbid_paths(&program);
    let _ = forbid_calls();
    // Returns only if it failed.
    drop(Command::new(&program).args(arguments).exec());
    ExitCode::from(EXIT_NOT_RUN)
}

fn limit(memory_bytes: u64, cpu_s: u64) {
    let limits = [
        (Resource::As, memory_bytes),
        (Resource::Cpu, cpu_s),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 32),
    ];
    for (resource, most) in limits {
        // Lower limits from outside stay.
        let _ = rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

/// Reading what belongs to the system and to the program; nothing else, and no network.
fn forbid_paths(program: &Path) -> Result<(), landlock::RulesetError> {
    let folder = program.parent().unwrap_or(program);
    // A program in `…/bin` has its libraries and data beside that folder.
    let own = if folder.ends_with("bin") { folder.parent().unwrap_or(folder) } else { folder };
    let readable = SYSTEM.iter().map(Path::new).chain([own]);
    Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V6))?
        .handle_access(AccessNet::from_all(ABI::V6))?
        .scope(Scope::from_all(ABI::V6))?
        .create()?
        .add_rules(path_beneath_rules(readable, AccessFs::from_read(ABI::V6)))?
        .add_rules(path_beneath_rules(DEVICES, AccessFs::ReadFile | AccessFs::WriteFile))?
        .restrict_self()?;
    Ok(())
}

/// Calls that reading a picture never needs.
const FORBIDDEN: &[libc::c_long] = &[
    libc::SYS_socket,
    libc::SYS_socketpair,
    libc::SYS_connect,
    libc::SYS_bind,
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_pidfd_open,
    libc::SYS_kill,
    libc::SYS_tkill,
    libc::SYS_mount,
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_chroot,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_keyctl,
    libc::SYS_add_key,
    libc::SYS_memfd_create,
    libc::SYS_shmget,
    libc::SYS_msgget,
];

fn forbid_calls() -> Result<(), seccompiler::Error> {
    let rules: BTreeMap<i64, Vec<SeccompRule>> = FORBIDDEN.iter().map(|call| (*call, Vec::new())).collect();
    let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let arch = TargetArch::try_from(std::env::consts::ARCH)?;
    let program: BpfProgram = SeccompFilter::new(rules, SeccompAction::Allow, refuse, arch)?.try_into()?;
    seccompiler::apply_filter(&program)
}
