//! The only place that talks to PDFium, through owned handles that cannot outlive what they hang on.
//!
//! Invariant: one thread of one process uses it; PDFium has global state.
//! Invariant: nothing here decides; it asks PDFium and hands the answer on.
#![expect(unsafe_code, reason = "PDFium is a C library")]

mod annotations;
mod outline;
mod picture;
mod textpage;

use std::path::Path;

use pdfium_render::prelude::{FPDF_DOCUMENT, FPDF_PAGE, FS_SIZEF, Pdfium, PdfiumLibraryBindings};

pub use outline::RawTarget;
pub use textpage::{Matrix, ObjectId, TextPage};

use crate::domain::layout::Rect;

/// A loaded PDFium.
pub struct Library {
    calls: Box<dyn PdfiumLibraryBindings>,
}

/// Why a document did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// Not a PDF, or too broken.
    Format,
    /// A password is missing or wrong.
    Password,
    /// Protected in a way that PDFium does not know.
    Security,
    /// Anything else.
    Other,
}

impl Library {
    /// Loads the library at `path` and starts it without any font of the machine.
    ///
    /// # Errors
    /// The loader's own words.
    pub fn load(path: &Path) -> Result<Self, String> {
        let calls = Pdfium::bind_to_library(path).map_err(|error| error.to_string())?;
        // SAFETY: called once, before any other call. Without font paths given, PDFium would look for the machine's
        // fonts, which the sandbox refuses anyway.
        unsafe { calls.FPDF_InitLibrary() };
        Ok(Self { calls })
    }

    /// Opens the document in `bytes`.
    ///
    /// # Errors
    /// The kind of failure that PDFium reports.
    pub fn open<'a>(&'a self, bytes: &'a [u8], password: Option<&str>) -> Result<Document<'a>, OpenError> {
        // SAFETY: `bytes` outlives the document by its lifetime; a null handle is checked below.
        let handle = unsafe { self.calls.FPDF_LoadMemDocument64(bytes, password) };
        if handle.is_null() {
            // SAFETY: no arguments; reads PDFium's last error.
            return Err(match unsafe { self.calls.FPDF_GetLastError() } {
                3 => OpenError::Format,
                4 => OpenError::Password,
                5 => OpenError::Security,
                _ => OpenError::Other,
            });
        }
        Ok(Document { library: self, handle })
    }
}

/// An open document.
pub struct Document<'a> {
    library: &'a Library,
    handle: FPDF_DOCUMENT,
}

impl Drop for Document<'_> {
    fn drop(&mut self) {
        // SAFETY: the handle is valid, and every page borrows this document, so all are closed.
        unsafe { self.library.calls.FPDF_CloseDocument(self.handle) };
    }
}

impl<'a> Document<'a> {
    fn calls(&self) -> &'a dyn PdfiumLibraryBindings {
        self.library.calls.as_ref()
    }

    /// Number of pages; 0 for a broken page tree.
    pub fn page_count(&self) -> u32 {
        // SAFETY: valid document.
        u32::try_from(unsafe { self.calls().FPDF_GetPageCount(self.handle) }).unwrap_or(0)
    }

    /// Width and height as displayed, without loading the page.
    pub fn page_size(&self, index: u32) -> Option<(f32, f32)> {
        let mut size = FS_SIZEF { width: 0.0, height: 0.0 };
        // SAFETY: valid document; `size` is writable; an index out of range is refused by PDFium.
        let known = unsafe { self.calls().FPDF_GetPageSizeByIndexF(self.handle, c_index(index), &raw mut size) };
        (known != 0).then_some((size.width, size.height))
    }

    /// The printed label of a page.
    pub fn page_label(&self, index: u32) -> Option<String> {
        let label = wide_text(|buffer, length| {
            // SAFETY: `wide_text` gives a buffer of `length` bytes, or none with length 0.
            unsafe { self.calls().FPDF_GetPageLabel(self.handle, c_index(index), buffer, length) }
        });
        label.filter(|label| label.len() <= LABEL_MAX)
    }

    /// An entry of the information dictionary.
    pub fn info(&self, tag: &str) -> String {
        wide_text(|buffer, length| {
            // SAFETY: as in `page_label`.
            unsafe { self.calls().FPDF_GetMetaText(self.handle, tag, buffer, length) }
        })
        .unwrap_or_default()
    }

    /// Whether the file is encrypted (opened all the same).
    pub fn is_encrypted(&self) -> bool {
        // SAFETY: valid document; -1 for files without protection.
        let revision = unsafe { self.calls().FPDF_GetSecurityHandlerRevision(self.handle) };
        revision >= 0
    }

    /// Loads a page.
    pub fn page<'d>(&'d self, index: u32) -> Option<Page<'d>> {
        // SAFETY: valid document; null for pages that cannot be loaded.
        let handle = unsafe { self.calls().FPDF_LoadPage(self.handle, c_index(index)) };
        (!handle.is_null()).then_some(Page { document: self, handle })
    }
}

/// A loaded page.
pub struct Page<'d> {
    document: &'d Document<'d>,
    handle: FPDF_PAGE,
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        // SAFETY: valid page; text pages borrow it, so they are closed.
        unsafe { self.calls().FPDF_ClosePage(self.handle) };
    }
}

impl<'d> Page<'d> {
    fn calls(&self) -> &'d dyn PdfiumLibraryBindings {
        self.document.calls()
    }

    /// Width and height as displayed, in points.
    pub fn size(&self) -> (f32, f32) {
        // SAFETY: valid page.
        unsafe { (self.calls().FPDF_GetPageWidthF(self.handle), self.calls().FPDF_GetPageHeightF(self.handle)) }
    }

    /// Clockwise quarter turns times 90.
    pub fn rotation(&self) -> u16 {
        // SAFETY: valid page.
        let quarters = unsafe { self.calls().FPDFPage_GetRotation(self.handle) };
        u16::try_from(quarters.rem_euclid(4)).unwrap_or(0) * 90
    }

    /// The visible box in user space.
    pub fn visible_box(&self) -> Option<Rect> {
        let mut found = pdfium_render::prelude::FS_RECTF { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        // SAFETY: valid page, writable rectangle.
        let known = unsafe { self.calls().FPDF_GetPageBoundingBox(self.handle, &raw mut found) };
        (known != 0).then(|| rect(found.left, found.bottom, found.right, found.top))
    }
}

/// A rectangle with its corners in order and free of NaN and infinity.
fn rect(x0: f32, y0: f32, x1: f32, y1: f32) -> Rect {
    let clean = |value: f32| if value.is_finite() { value.clamp(-1.0e6, 1.0e6) } else { 0.0 };
    let (x0, y0, x1, y1) = (clean(x0), clean(y0), clean(x1), clean(y1));
    Rect { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
}

fn c_index(index: u32) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

/// Longest text taken from an entry of the file, in bytes of UTF-16.
const TEXT_MAX: usize = 128 * 1024;
/// Most text, in bytes, taken from the annotations of a page, and from its links: one string of a file can be shown in
/// thousands of places.
const PAGE_TEXTS_MAX: usize = 512 << 10;
/// Most text taken from an outline.
const OUTLINE_TEXT_MAX: usize = 8 << 20;
/// Longest label of a page.
const LABEL_MAX: usize = 100;

/// Asks for a UTF-16 text in PDFium's two steps: first the length in bytes, then the bytes.
fn wide_text(ask: impl Fn(*mut std::ffi::c_void, std::ffi::c_ulong) -> std::ffi::c_ulong) -> Option<String> {
    let wanted = usize::try_from(ask(std::ptr::null_mut(), 0)).ok()?;
    if !(4..=TEXT_MAX).contains(&wanted) {
        return None;
    }
    let mut buffer = vec![0_u16; wanted.div_ceil(2)];
    ask(buffer.as_mut_ptr().cast(), std::ffi::c_ulong::try_from(wanted).ok()?);
    let end = buffer.iter().position(|unit| *unit == 0).unwrap_or(buffer.len());
    Some(String::from_utf16_lossy(&buffer[..end]))
}

/// The same for texts of bytes (UTF-8 or Latin-1).
fn byte_text(ask: impl Fn(*mut std::ffi::c_char, usize) -> usize) -> Option<String> {
    let wanted = ask(std::ptr::null_mut(), 0);
    if !(2..=TEXT_MAX).contains(&wanted) {
        return None;
    }
    let mut buffer = vec![0_u8; wanted];
    ask(buffer.as_mut_ptr().cast(), wanted);
    let end = buffer.iter().position(|byte| *byte == 0).unwrap_or(buffer.len());
    buffer.truncate(end);
    Some(match String::from_utf8(buffer) {
        Ok(text) => text,
        Err(broken) => broken.into_bytes().into_iter().map(char::from).collect(),
    })
}
