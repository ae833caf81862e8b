//! Outline, destinations and links.

use pdfium_render::prelude::{FPDF_ACTION, FPDF_BOOKMARK, FPDF_DEST, FPDF_LINK, FS_RECTF};

use super::{Document, OUTLINE_TEXT_MAX, PAGE_TEXTS_MAX, Page, rect, wide_text};
use crate::domain::layout::Rect;

/// Most entries taken from an outline, and most links of a page.
const ENTRIES_MAX: usize = 20_000;
const DEPTH_MAX: u8 = 32;

/// A place in the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Destination {
    /// Index of the page.
    pub page: u32,
    /// Upper edge in user space, if said.
    pub top: Option<f32>,
}

/// An entry of the outline, flattened.
#[derive(Debug, Clone, PartialEq)]
pub struct RawBookmark {
    /// 1 for the top.
    pub level: u8,
    /// As written.
    pub title: String,
    /// Where it leads, if inside the document.
    pub destination: Option<Destination>,
}

/// Where a link leads, as the file says.
#[derive(Debug, Clone, PartialEq)]
pub enum RawTarget {
    /// Inside the document.
    Inside(Destination),
    /// An address of any scheme.
    Uri(String),
}

impl Document<'_> {
    /// The outline in order. Hostile ones are cut: no entry is taken twice, none deeper than 32.
    pub fn outline(&self) -> Vec<RawBookmark> {
        let mut entries = Vec::new();
        let mut seen = std::collections::HashSet::new();
        let mut left = OUTLINE_TEXT_MAX;
        let mut open: Vec<FPDF_BOOKMARK> = vec![self.first_child(std::ptr::null_mut())];
        while let Some(bookmark) = open.pop() {
            if bookmark.is_null() || entries.len() >= ENTRIES_MAX || !seen.insert(bookmark.addr()) {
                continue;
            }
            let level = u8::try_from(open.len() + 1).unwrap_or(DEPTH_MAX);
            let entry = self.bookmark(bookmark, level);
            if entry.title.len() > left {
                break;
            }
            left -= entry.title.len();
            entries.push(entry);
            // SAFETY: valid document and bookmark.
            open.push(unsafe { self.calls().FPDFBookmark_GetNextSibling(self.handle, bookmark) });
            if level < DEPTH_MAX {
                open.push(self.first_child(bookmark));
            }
        }
        entries
    }

    fn first_child(&self, bookmark: FPDF_BOOKMARK) -> FPDF_BOOKMARK {
        // SAFETY: valid document; a null bookmark asks for the first entry.
        unsafe { self.calls().FPDFBookmark_GetFirstChild(self.handle, bookmark) }
    }

    fn bookmark(&self, bookmark: FPDF_BOOKMARK, level: u8) -> RawBookmark {
        let title = wide_text(|buffer, length| {
            // SAFETY: `wide_text` gives a buffer of `length` bytes, or none with length 0.
            unsafe { self.calls().FPDFBookmark_GetTitle(bookmark, buffer, length) }
        });
        // SAFETY: valid document and bookmark.
        let (dest, action) = unsafe {
            (self.calls().FPDFBookmark_GetDest(self.handle, bookmark), self.calls().FPDFBookmark_GetAction(bookmark))
        };
        let destination = self.destination(dest).or_else(|| self.action_destination(action));
        RawBookmark { level, title: title.unwrap_or_default(), destination }
    }

    fn destination(&self, dest: FPDF_DEST) -> Option<Destination> {
        if dest.is_null() {
            return None;
        }
        // SAFETY: valid document and destination; -1 if the page is unknown.
        let page = u32::try_from(unsafe { self.calls().FPDFDest_GetDestPageIndex(self.handle, dest) }).ok()?;
        let (mut has_x, mut has_y, mut has_zoom) = (0, 0, 0);
        let (mut x, mut y, mut zoom) = (0.0_f32, 0.0_f32, 0.0_f32);
        // SAFETY: valid destination, all out-parameters writable.
        let known = unsafe {
            self.calls().FPDFDest_GetLocationInPage(
                dest,
                &raw mut has_x,
                &raw mut has_y,
                &raw mut has_zoom,
                &raw mut x,
                &raw mut y,
                &raw mut zoom,
            )
        };
        Some(Destination { page, top: (known != 0 && has_y != 0 && y.is_finite()).then_some(y) })
    }

    fn action_destination(&self, action: FPDF_ACTION) -> Option<Destination> {
        if action.is_null() {
            return None;
        }
        // SAFETY: valid document and action; null for other kinds of action.
        self.destination(unsafe { self.calls().FPDFAction_GetDest(self.handle, action) })
    }

    fn action_uri(&self, action: FPDF_ACTION) -> Option<String> {
        if action.is_null() {
            return None;
        }
        super::byte_text(|buffer, length| {
            let length = std::ffi::c_ulong::try_from(length).unwrap_or(0);
            // SAFETY: `byte_text` gives a buffer of `length` bytes, or none with length 0.
            let wanted = unsafe { self.calls().FPDFAction_GetURIPath(self.handle, action, buffer.cast(), length) };
            usize::try_from(wanted).unwrap_or(0)
        })
    }
}

impl Page<'_> {
    /// The links of the page that lead somewhere.
    pub fn links(&self) -> Vec<(Rect, RawTarget)> {
        let mut links = Vec::new();
        let mut left = PAGE_TEXTS_MAX;
        let mut position = 0;
        let mut link: FPDF_LINK = std::ptr::null_mut();
        // SAFETY: valid page, both out-parameters writable; PDFium moves `position` on.
        while links.len() < ENTRIES_MAX
            && unsafe { self.calls().FPDFLink_Enumerate(self.handle, &raw mut position, &raw mut link) } != 0
        {
            let Some(found) = self.link(link) else { continue };
            if let RawTarget::Uri(uri) = &found.1 {
                if uri.len() > left {
                    break;
                }
                left -= uri.len();
            }
            links.push(found);
        }
        links
    }

    fn link(&self, link: FPDF_LINK) -> Option<(Rect, RawTarget)> {
        let mut found = FS_RECTF { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        // SAFETY: valid link, writable rectangle.
        if unsafe { self.calls().FPDFLink_GetAnnotRect(link, &raw mut found) } == 0 {
            return None;
        }
        let place = rect(found.left, found.bottom, found.right, found.top);
        // SAFETY: valid document and link.
        let (dest, action) = unsafe {
            (self.calls().FPDFLink_GetDest(self.document.handle, link), self.calls().FPDFLink_GetAction(link))
        };
        let inside = self.document.destination(dest).or_else(|| self.document.action_destination(action));
        let target = match inside {
            Some(destination) => RawTarget::Inside(destination),
            None => RawTarget::Uri(self.document.action_uri(action)?),
        };
        Some((place, target))
    }
}
