//! Annotations that came inside the file.

use pdfium_render::prelude::{FPDF_ANNOTATION, FS_QUADPOINTSF, FS_RECTF};

use super::{PAGE_TEXTS_MAX, Page, rect, wide_text};
use crate::domain::layout::Rect;

/// Most annotations taken from a page, and most rectangles of one.
const ANNOTATIONS_MAX: i32 = 5_000;
const QUADS_MAX: usize = 1_000;

/// An annotation as the file holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawAnnotation {
    /// PDF subtype.
    pub subtype: &'static str,
    /// One rectangle a marked line, else the annotation's own.
    pub rects: Vec<Rect>,
    /// `Contents`.
    pub contents: String,
    /// `T`.
    pub author: String,
    /// Red, green, blue.
    pub color: Option<[u8; 3]>,
}

/// The kinds that are somebody's marks; links, form fields, pop-ups and media are not.
fn subtype_name(subtype: i32) -> Option<&'static str> {
    Some(match subtype {
        1 => "Text",
        3 => "FreeText",
        4 => "Line",
        5 => "Square",
        6 => "Circle",
        7 => "Polygon",
        8 => "PolyLine",
        9 => "Highlight",
        10 => "Underline",
        11 => "Squiggly",
        12 => "StrikeOut",
        13 => "Stamp",
        14 => "Caret",
        15 => "Ink",
        _ => return None,
    })
}

impl Page<'_> {
    /// The annotations of the page that are somebody's marks.
    pub fn annotations(&self) -> Vec<RawAnnotation> {
        // SAFETY: valid page.
        let count = unsafe { self.calls().FPDFPage_GetAnnotCount(self.handle) }.min(ANNOTATIONS_MAX);
        let mut left = PAGE_TEXTS_MAX;
        let found = (0..count).filter_map(|index| self.annotation(index));
        found
            .take_while(|mark| {
                let bytes = mark.contents.len() + mark.author.len() + mark.rects.len() * size_of::<Rect>();
                let fits = bytes <= left;
                left = left.saturating_sub(bytes);
                fits
            })
            .collect()
    }

    fn annotation(&self, index: i32) -> Option<RawAnnotation> {
        // SAFETY: valid page and index below the count; null is checked.
        let annotation = unsafe { self.calls().FPDFPage_GetAnnot(self.handle, index) };
        if annotation.is_null() {
            return None;
        }
        // SAFETY: valid annotation.
        let found =
            subtype_name(unsafe { self.calls().FPDFAnnot_GetSubtype(annotation) }).map(|subtype| RawAnnotation {
                subtype,
                rects: self.annotation_rects(annotation),
                contents: self.annotation_text(annotation, "Contents"),
                author: self.annotation_text(annotation, "T"),
                color: self.annotation_color(annotation),
            });
        // SAFETY: the handle is closed once and not used after.
        unsafe { self.calls().FPDFPage_CloseAnnot(annotation) };
        found
    }

    fn annotation_rects(&self, annotation: FPDF_ANNOTATION) -> Vec<Rect> {
        // SAFETY: valid annotation.
        let quads = unsafe { self.calls().FPDFAnnot_CountAttachmentPoints(annotation) }.min(QUADS_MAX);
        let mut rects = Vec::with_capacity(quads.max(1));
        for index in 0..quads {
            let mut quad = FS_QUADPOINTSF { x1: 0.0, y1: 0.0, x2: 0.0, y2: 0.0, x3: 0.0, y3: 0.0, x4: 0.0, y4: 0.0 };
            // SAFETY: valid annotation, index below the count, writable points.
            if unsafe { self.calls().FPDFAnnot_GetAttachmentPoints(annotation, index, &raw mut quad) } != 0 {
                let (xs, ys) = ([quad.x1, quad.x2, quad.x3, quad.x4], [quad.y1, quad.y2, quad.y3, quad.y4]);
                let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
                let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
                rects.push(rect(least(xs), least(ys), most(xs), most(ys)));
            }
        }
        let mut whole = FS_RECTF { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        // SAFETY: valid annotation, writable rectangle.
        if rects.is_empty() && unsafe { self.calls().FPDFAnnot_GetRect(annotation, &raw mut whole) } != 0 {
            rects.push(rect(whole.left, whole.bottom, whole.right, whole.top));
        }
        rects
    }

    fn annotation_text(&self, annotation: FPDF_ANNOTATION, key: &str) -> String {
        wide_text(|buffer, length| {
            // SAFETY: `wide_text` gives a buffer of `length` bytes, or none with length 0.
            unsafe { self.calls().FPDFAnnot_GetStringValue(annotation, key, buffer.cast(), length) }
        })
        .unwrap_or_default()
    }

    fn annotation_color(&self, annotation: FPDF_ANNOTATION) -> Option<[u8; 3]> {
        let (mut red, mut green, mut blue, mut alpha) = (0, 0, 0, 0);
        // SAFETY: valid annotation, writable numbers; fails where an appearance stream hides the colour.
        let known = unsafe {
            self.calls().FPDFAnnot_GetColor(annotation, 0, &raw mut red, &raw mut green, &raw mut blue, &raw mut alpha)
        };
        let byte = |value: u32| u8::try_from(value.min(255)).unwrap_or(255);
        (known != 0).then(|| [byte(red), byte(green), byte(blue)])
    }
}
