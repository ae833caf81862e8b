//! How this process takes memory from the system and gives it back.

#![expect(unsafe_code, reason = "the C library's allocator is set by a call without a safe form")]

/// Sets for a server that memory of a burst goes back when the burst is over. By itself the C library raises its thresholds
/// to the largest piece it ever saw, and then keeps what uploads needed: 250 MB after forty large ones.
pub fn give_back_early() {
    set(128 << 10, 1 << 20);
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
