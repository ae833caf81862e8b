//! How this process takes memory from the system and gives it back.

#![expect(unsafe_code, reason = "the C library's allocator is set by a call without a safe form")]

/// Sets for a server that memory of a burst goes back when the burst is over. By itself the C library raises its thresholds
/// to the largest piece it ever saw, and has eight heaps for each core, so that holes are kept in many places: 250 MB after
/// forty large uploads, 110 MB more for a list of 100,000 papers.
pub fn give_back_early() {
    set(128 << 10, 1 << 20);
    let heaps = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
    // SAFETY: only changes a number of the allocator, under its own lock.
    unsafe { libc::mallopt(libc::M_ARENA_MAX, libc::c_int::try_from(heaps).unwrap_or(2)) };
}

/// Sets for a worker that memory is kept: PDFium takes and gives back much of it for each page, and page faults are dear.
pub(super) fn keep() {
    set(16 << 20, 32 << 20);
}

/// Pieces from `own_bytes` on are taken from the system one by one; of the rest, `kept_bytes` stay when they are free.
fn set(own_bytes: libc::c_int, kept_bytes: libc::c_int) {
    // SAFETY: both only change numbers of the allocator, under its own lock.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, own_bytes);
        libc::mallopt(libc::M_TRIM_THRESHOLD, kept_bytes);
    }
}
