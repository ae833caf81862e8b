//! Makes a page's text, words and lines from PDFium's characters.
//!
//! Invariant: content order is kept; nothing is sorted by position, because it is the reading order in almost all papers.
//! Invariant: what is taken out is only what provably is no text: control characters, second prints, soft hyphens.
//!
//! The characters of a page that was recognised (`scanned`) go the same way as printed ones.
//! The steps: `clean`, `accents`, `bitmaps` and `directions` (characters), `lines` (words and lines), `divided` (hyphens at line ends,
//! once a whole slice is known).

pub mod accents;
pub mod bitmaps;
pub mod clean;
pub mod directions;
pub mod divided;
pub mod fonts;
pub mod lines;
pub mod quality;
pub mod scanned;
#[cfg(test)]
mod tests;

use crate::domain::layout::Rect;

/// Stands for a hyphen at a line end until it is decided whether it belongs to the word.
pub const OPEN_HYPHEN: char = '\u{2}';

/// A printed character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its code; [`OPEN_HYPHEN`] for a hyphen that PDFium found at a line end.
    pub code: char,
    /// Loose box.
    pub rect: Rect,
    /// Origin on the baseline.
    pub origin: (f32, f32),
    /// Index into the page's runs.
    pub run: u32,
    /// Made up by PDFium: its box means nothing.
    pub generated: bool,
    /// Its code is a guess.
    pub doubtful: bool,
}

/// What the characters of one text object share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Index into the document's fonts.
    pub font: u16,
    /// Effective size in points.
    pub size: f32,
    /// Unit vector of the writing direction.
    pub direction: (f32, f32),
    /// Whether it is not horizontal on the page as displayed.
    pub turned: bool,
}

/// The characters of one page, in content order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageGlyphs {
    /// The characters.
    pub glyphs: Vec<Glyph>,
    /// Their text objects.
    pub runs: Vec<Run>,
    /// Middle of the visible page along x.
    pub middle: f32,
    /// Characters that had no code at all.
    pub unmapped: u32,
}

impl PageGlyphs {
    /// Makes it ready for the next page; keeps its memory.
    pub fn clear(&mut self) {
        self.glyphs.clear();
        self.runs.clear();
        self.middle = 0.0;
        self.unmapped = 0;
    }

    /// The run of a character.
    pub fn run(&self, glyph: &Glyph) -> Run {
        self.runs[glyph.run as usize]
    }
}
