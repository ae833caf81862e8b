//! Words of scripts that run from right to left: some PDFs, or PDFium for some of them, give their letters in the order in
//! which they stand from the left.

use super::PageGlyphs;
use super::clean::is_space;

/// Letters on one baseline differ by less than this share of their size.
const LEVEL: f32 = 0.3;

/// Puts the letters of each such word into reading order: it is provably wrong where a letter stands right of the one
/// before it.
pub fn mend(page: &mut PageGlyphs) {
    let mut start = 0;
    while start < page.glyphs.len() {
        let mut end = start;
        while end < page.glyphs.len() && belongs(page, start, end) {
            end += 1;
        }
        let word = &mut page.glyphs[start..end];
        if word.windows(2).any(|two| two[1].rect.x0 > two[0].rect.x0) {
            word.sort_by(|a, b| b.rect.x1.total_cmp(&a.rect.x1));
        }
        start = end.max(start + 1);
    }
}

/// Whether the letter at `at` belongs to the word that begins at `start`.
fn belongs(page: &PageGlyphs, start: usize, at: usize) -> bool {
    let (first, glyph) = (&page.glyphs[start], &page.glyphs[at]);
    let run = page.run(glyph);
    !is_space(glyph)
        && is_leftward(glyph.code)
        && run.direction == (1.0, 0.0)
        && (glyph.origin.1 - first.origin.1).abs() < LEVEL * run.size
}

/// A letter of Hebrew, Arabic, Syriac or Thaana.
fn is_leftward(code: char) -> bool {
    code.is_alphabetic()
        && matches!(code, '\u{590}'..='\u{7BF}' | '\u{8A0}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}
