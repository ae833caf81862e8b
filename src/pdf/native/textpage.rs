//! Characters of a page as PDFium's text page gives them.

use pdfium_render::prelude::{FPDF_TEXTPAGE, FS_MATRIX, FS_RECTF, PdfiumLibraryBindings};

use super::{Page, byte_text, rect};
use crate::domain::layout::Rect;

/// The text of a loaded page.
pub struct TextPage<'p> {
    page: &'p Page<'p>,
    handle: FPDF_TEXTPAGE,
}

/// Identity of a text object within one page; only compared, and given back to ask for its font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectId(pdfium_render::prelude::FPDF_PAGEOBJECT);

impl ObjectId {
    /// No object: generated characters.
    pub const NONE: ObjectId = ObjectId(std::ptr::null_mut());
}

/// The text matrix without its position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix {
    /// Horizontal scaling.
    pub a: f32,
    /// Vertical shear.
    pub b: f32,
    /// Horizontal shear.
    pub c: f32,
    /// Vertical scaling.
    pub d: f32,
}

/// What PDFium says of a font.
#[derive(Debug, Clone, PartialEq)]
pub struct RawFont {
    /// Base name with its subset prefix.
    pub name: String,
    /// 0 where unknown.
    pub weight: i32,
    /// Flags of the font descriptor.
    pub flags: i32,
}

impl Drop for TextPage<'_> {
    fn drop(&mut self) {
        // SAFETY: valid text page, closed once.
        unsafe { self.calls().FPDFText_ClosePage(self.handle) };
    }
}

impl<'d> Page<'d> {
    /// Reads the page's text.
    pub fn text(&'d self) -> Option<TextPage<'d>> {
        // SAFETY: valid page; null is checked.
        let handle = unsafe { self.calls().FPDFText_LoadPage(self.handle) };
        (!handle.is_null()).then_some(TextPage { page: self, handle })
    }
}

impl TextPage<'_> {
    fn calls(&self) -> &dyn PdfiumLibraryBindings {
        self.page.calls()
    }

    /// Number of characters, generated ones included.
    pub fn count(&self) -> i32 {
        // SAFETY: valid text page.
        unsafe { self.calls().FPDFText_CountChars(self.handle) }.max(0)
    }

    /// Code of a character.
    pub fn unicode(&self, index: i32) -> u32 {
        // SAFETY: valid text page; indices out of range give 0.
        unsafe { self.calls().FPDFText_GetUnicode(self.handle, index) }
    }

    /// Whether PDFium made it up (spaces and line ends).
    pub fn is_generated(&self, index: i32) -> bool {
        // SAFETY: as above.
        unsafe { self.calls().FPDFText_IsGenerated(self.handle, index) == 1 }
    }

    /// Whether its code is a guess.
    pub fn has_map_error(&self, index: i32) -> bool {
        // SAFETY: as above.
        unsafe { self.calls().FPDFText_HasUnicodeMapError(self.handle, index) == 1 }
    }

    /// The object that shows it.
    pub fn object(&self, index: i32) -> ObjectId {
        // SAFETY: as above; the pointer is only compared, or given back while the page is open.
        ObjectId(unsafe { self.calls().FPDFText_GetTextObject(self.handle, index) })
    }

    /// Its loose box.
    pub fn loose_box(&self, index: i32) -> Rect {
        let mut found = FS_RECTF { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        // SAFETY: valid text page, writable rectangle; left as it is on failure.
        unsafe { self.calls().FPDFText_GetLooseCharBox(self.handle, index, &raw mut found) };
        rect(found.left, found.bottom, found.right, found.top)
    }

    /// Its tight box.
    pub fn tight_box(&self, index: i32) -> Rect {
        let (mut left, mut right, mut bottom, mut top) = (0.0, 0.0, 0.0, 0.0);
        // SAFETY: valid text page, writable numbers; left as they are on failure.
        unsafe {
            self.calls().FPDFText_GetCharBox(
                self.handle,
                index,
                &raw mut left,
                &raw mut right,
                &raw mut bottom,
                &raw mut top,
            );
        }
        #[expect(clippy::cast_possible_truncation, reason = "points need no double precision")]
        let found = rect(left as f32, bottom as f32, right as f32, top as f32);
        found
    }

    /// Its origin on the baseline.
    pub fn origin(&self, index: i32) -> (f32, f32) {
        let (mut x, mut y) = (0.0, 0.0);
        // SAFETY: valid text page, writable numbers; left as they are on failure.
        unsafe { self.calls().FPDFText_GetCharOrigin(self.handle, index, &raw mut x, &raw mut y) };
        #[expect(clippy::cast_possible_truncation, reason = "points need no double precision")]
        let (x, y) = (x as f32, y as f32);
        let clean = |value: f32| if value.is_finite() { value.clamp(-1.0e6, 1.0e6) } else { 0.0 };
        (clean(x), clean(y))
    }

    /// Its matrix.
    pub fn matrix(&self, index: i32) -> Matrix {
        let mut found = FS_MATRIX { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };
        // SAFETY: valid text page, writable matrix; left as it is on failure.
        unsafe { self.calls().FPDFText_GetMatrix(self.handle, index, &raw mut found) };
        Matrix { a: found.a, b: found.b, c: found.c, d: found.d }
    }

    /// The size in the content stream, before any matrix.
    pub fn raw_size(&self, index: i32) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "points need no double precision")]
        // SAFETY: valid text page.
        let size = unsafe { self.calls().FPDFText_GetFontSize(self.handle, index) as f32 };
        size
    }

    /// Address of an object's font, to ask for each font of a page once.
    pub fn font_address(&self, object: ObjectId) -> usize {
        if object == ObjectId::NONE {
            return 0;
        }
        // SAFETY: the object belongs to this open page.
        unsafe { self.calls().FPDFTextObj_GetFont(object.0) }.addr()
    }

    /// The font of an object.
    pub fn font(&self, object: ObjectId) -> Option<RawFont> {
        if object == ObjectId::NONE {
            return None;
        }
        // SAFETY: the object belongs to this open page.
        let font = unsafe { self.calls().FPDFTextObj_GetFont(object.0) };
        if font.is_null() {
            return None;
        }
        let name = byte_text(|buffer, length| {
            // SAFETY: `byte_text` gives a buffer of `length` bytes, or none with length 0.
            unsafe { self.calls().FPDFFont_GetBaseFontName(font, buffer, length) }
        });
        // SAFETY: the font lives as long as its object.
        let (weight, flags) = unsafe { (self.calls().FPDFFont_GetWeight(font), self.calls().FPDFFont_GetFlags(font)) };
        Some(RawFont { name: name.unwrap_or_default(), weight, flags })
    }
}
