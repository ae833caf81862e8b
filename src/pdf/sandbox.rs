//! Locks a worker in after PDFium is loaded: no files, no network, no other processes, bounded memory and time.
//!
//! Every measure stands alone: what a kernel lacks is reported, the rest still holds.
#![expect(unsafe_code, reason = "signal handlers and limits of the allocator have no safe form")]

mod attempt;

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr as _, RulesetStatus, Scope,
};
use minicbor::{CborLen, Decode, Encode};
use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};
use seccompiler::{
    SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule, TargetArch,
};

pub use attempt::Attempt;
pub(super) use attempt::{Misuse, is_refused, misuse};

use super::frames::Bounds;

/// Exit status of a worker that crashed while memory was short.
pub const EXIT_MEMORY: u8 = 77;
/// Exit status of a worker that crashed otherwise.
pub const EXIT_CRASH: u8 = 70;

/// Which measures hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode, CborLen)]
pub struct Report {
    /// All measures, held or not.
    #[n(0)]
    pub measures: Vec<Measure>,
}

impl Report {
    /// Whether everything holds.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.measures.iter().all(|measure| measure.held)
    }
}

/// One measure of the sandbox.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Measure {
    /// What it is, for a person: `no files and no network (landlock)`.
    #[n(0)]
    pub name: String,
    /// Whether this kernel holds it.
    #[n(1)]
    pub held: bool,
    /// Why not, or how far.
    #[n(2)]
    pub detail: String,
}

/// What needs no sandbox yet: priority, stray descriptors, the parent's death.
pub(super) fn prepare() {
    super::memory::keep();
    // Each may be refused by an outer sandbox; none is worth failing for.
    let _ = rustix::process::nice(10);
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
    // SAFETY: nothing above standard error was opened by this process; whatever is there was left open by the parent.
    unsafe { libc::syscall(libc::SYS_close_range, 3_u32, u32::MAX, 0_u32) };
}

/// Closes the sandbox for good. A little more than `memory_bytes` of private memory are never exceeded from here on, whatever
/// the worker does to its other limits.
pub(super) fn enter(memory_bytes: u64) -> Report {
    OWN_MEMORY.store(own_memory(), Ordering::Relaxed);
    let mut report = Report::default();
    let mut note = |name: &str, outcome: Result<(), String>| {
        report.measures.push(Measure {
            name: name.to_owned(),
            held: outcome.is_ok(),
            detail: outcome.err().unwrap_or_default(),
        });
    };
    note("crashes are caught (signals)", catch_crashes());
    note("no core files, no written files, few descriptors, bounded memory (limits)", fixed_limits(memory_bytes));
    let hidden = rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable);
    note("memory hidden from other processes (not dumpable)", hidden.map_err(|error| error.to_string()));
    note("no files and no network (landlock)", forbid_paths());
    note("only the calls that reading needs (seccomp)", filter_calls());
    report
}

/// Sets the limits of one document: `file_bytes` are mapped in addition to what is allowed.
pub(super) fn limit_document(bounds: &Bounds, file_bytes: u64) -> io::Result<()> {
    let part = usize::try_from(bounds.memory_bytes / 3 * 2).unwrap_or(usize::MAX);
    MEMORY_PART.store(part, Ordering::Relaxed);
    let own = OWN_MEMORY.load(Ordering::Relaxed) as u64;
    let space = bounds.memory_bytes.saturating_add(own).saturating_add(file_bytes);
    rustix::process::setrlimit(Resource::As, Rlimit { current: Some(space), maximum: None })?;
    limit_processor(bounds.cpu_s)
}

/// Allows so many seconds of processor time from now on.
pub(super) fn limit_processor(more_s: u64) -> io::Result<()> {
    let mut used = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: a writable structure; left as it is on failure.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut used) };
    let until = u64::try_from(used.tv_sec).unwrap_or(0).saturating_add(more_s).saturating_add(1);
    rustix::process::setrlimit(Resource::Cpu, Rlimit { current: Some(until), maximum: None })?;
    Ok(())
}

fn fixed_limits(memory_bytes: u64) -> Result<(), String> {
    let fixed =
        [(Resource::Core, 0), (Resource::Fsize, 0), (Resource::Nofile, 16), (Resource::Data, memory_bytes + OWN_DATA)];
    for (resource, most) in fixed {
        rustix::process::setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Two thirds of the memory allowed: less than that left at a crash means that memory was its reason, since what grows by
/// doubling fails at the latest when a third is used.
static MEMORY_PART: AtomicUsize = AtomicUsize::new(64 << 20);
/// Address space of the worker itself before any document.
static OWN_MEMORY: AtomicUsize = AtomicUsize::new(0);
/// What a worker may have of its own beside what its document may use.
const OWN_DATA: u64 = 64 << 20;

/// The address space of this process, which cannot be asked for once no file can be read.
fn own_memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|line| line.split(' ').next()?.parse::<usize>().ok());
    pages.unwrap_or(0) * rustix::param::page_size()
}

fn catch_crashes() -> Result<(), String> {
    // Where standard error is a file, a last word to it is refused, but is no reason to die of.
    // SAFETY: ignoring a signal runs no code.
    unsafe { libc::signal(libc::SIGXFSZ, libc::SIG_IGN) };
    for signal in [libc::SIGABRT, libc::SIGILL, libc::SIGTRAP, libc::SIGSEGV, libc::SIGBUS] {
        // SAFETY: the structure is zeroed, which is a valid empty mask; the handler calls only what is allowed in one.
        let failed = unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = on_crash as extern "C" fn(libc::c_int) as usize;
            action.sa_flags = libc::SA_ONSTACK | libc::SA_RESETHAND;
            libc::sigaction(signal, &raw const action, std::ptr::null_mut())
        };
        if failed != 0 {
            return Err(io::Error::last_os_error().to_string());
        }
    }
    Ok(())
}

extern "C" fn on_crash(_signal: libc::c_int) {
    let wanted = MEMORY_PART.load(Ordering::Relaxed);
    // SAFETY: both calls are plain system calls; nothing is done with the memory.
    unsafe {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        let got = libc::mmap(std::ptr::null_mut(), wanted, libc::PROT_NONE, flags, -1, 0);
        libc::_exit(i32::from(if got == libc::MAP_FAILED { EXIT_MEMORY } else { EXIT_CRASH }));
    }
}

fn forbid_paths() -> Result<(), String> {
    let restrict = || {
        Ruleset::default()
            .handle_access(AccessFs::from_all(ABI::V6))?
            .handle_access(AccessNet::from_all(ABI::V6))?
            .scope(Scope::from_all(ABI::V6))?
            .create()?
            .restrict_self()
    };
    let status = restrict().map_err(|error| error.to_string())?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::FullyEnforced, _) => Ok(()),
        (RulesetStatus::PartiallyEnforced, _) => Err("this kernel knows only a part of it".to_owned()),
        (RulesetStatus::NotEnforced, LandlockStatus::NotEnabled) => Err("switched off in this kernel".to_owned()),
        (RulesetStatus::NotEnforced, _) => Err("this kernel does not have it".to_owned()),
    }
}

/// The calls that a worker makes once it runs: memory, its socket, time, its own end.
const CALLS: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_recvmsg,
    libc::SYS_recvfrom,
    libc::SYS_sendto,
    libc::SYS_sendmsg,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_newfstatat,
    libc::SYS_statx,
    libc::SYS_lseek,
    libc::SYS_pread64,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_clock_getres,
    libc::SYS_gettimeofday,
    libc::SYS_nanosleep,
    libc::SYS_clock_nanosleep,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_getrusage,
    libc::SYS_sysinfo,
    libc::SYS_uname,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_set_robust_list,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

fn filter_calls() -> Result<(), String> {
    let build = || -> Result<seccompiler::BpfProgram, seccompiler::BackendError> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = CALLS.iter().map(|call| (*call, Vec::new())).collect();
        let not_executable = SeccompCondition::new(
            2,
            SeccompCmpArgLen::Dword,
            SeccompCmpOp::MaskedEq(u64::from(libc::PROT_EXEC.unsigned_abs())),
            0,
        )?;
        // Shared memory would not count towards the limit of private memory.
        let shared = u64::from(libc::MAP_SHARED.unsigned_abs());
        let not_shared = SeccompCondition::new(3, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(shared), 0)?;
        rules.insert(libc::SYS_mmap, vec![SeccompRule::new(vec![not_executable.clone(), not_shared])?]);
        rules.insert(libc::SYS_mprotect, vec![SeccompRule::new(vec![not_executable])?]);
        // Of its own limits only those that change from document to document, and signals only to itself.
        let mut limits = Vec::new();
        for resource in [libc::RLIMIT_AS, libc::RLIMIT_CPU] {
            let itself = SeccompCondition::new(0, SeccompCmpArgLen::Qword, SeccompCmpOp::Eq, 0)?;
            let only = SeccompCondition::new(1, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, u64::from(resource))?;
            limits.push(SeccompRule::new(vec![itself, only])?);
        }
        rules.insert(libc::SYS_prlimit64, limits);
        let own_pid = u64::from(std::process::id());
        let own = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, own_pid)?;
        rules.insert(libc::SYS_tgkill, vec![SeccompRule::new(vec![own])?]);
        let refuse = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, arch()?)?;
        filter.try_into()
    };
    let program = build().map_err(|error| error.to_string())?;
    seccompiler::apply_filter(&program).map_err(|error| error.to_string())
}

fn arch() -> Result<TargetArch, seccompiler::BackendError> {
    TargetArch::try_from(std::env::consts::ARCH)
}
