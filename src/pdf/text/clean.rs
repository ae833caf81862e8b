//! Characters before they become words: what is dropped and unified.

use super::{Glyph, OPEN_HYPHEN, PageGlyphs};

/// Share of the font size within which an equal letter of another object is its second print.
const PRINT_TOLERANCE: f32 = 0.12;
/// The same behind its first letter: a slightly larger print drifts away from the first one.
const DRIFT_TOLERANCE: f32 = 0.3;
const CELL_PT: f32 = 3.0;
const GRID: usize = 512;

/// What a raw code of PDFium stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A letter, digit, sign, space or line end.
    Char(char),
    /// A ligature sign, as its letters.
    Letters(&'static str),
    /// No text.
    Nothing,
    /// A glyph without any code.
    Unmapped,
}

/// Sorts a raw code.
pub fn meaning(code: u32) -> Meaning {
    match code {
        0x21..=0x7E => Meaning::Char(char::from(u8::try_from(code).unwrap_or(b' '))),
        0x20 | 0x09 | 0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x3000 => Meaning::Char(' '),
        0x0A => Meaning::Char('\n'),
        0x02 | 0xFFFE => Meaning::Char(OPEN_HYPHEN),
        0x00 | 0xFFFD | 0xFFFF => Meaning::Unmapped,
        0x01..=0x1F | 0x7F..=0x9F | 0x200B | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x2064 | 0xFEFF => {
            Meaning::Nothing
        }
        // Some TeX fonts give their visible hyphen this code.
        0xAD => Meaning::Char('-'),
        0xFB00 => Meaning::Letters("ff"),
        0xFB01 => Meaning::Letters("fi"),
        0xFB02 => Meaning::Letters("fl"),
        0xFB03 => Meaning::Letters("ffi"),
        0xFB04 => Meaning::Letters("ffl"),
        0xFB05 | 0xFB06 => Meaning::Letters("st"),
        _ => char::from_u32(code).map_or(Meaning::Unmapped, Meaning::Char),
    }
}

/// Whether a code lies where fonts keep signs of their own.
pub fn is_private(code: char) -> bool {
    matches!(code, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

/// Finds and drops letters that were printed a second time by another text object to look bolder.
///
/// Kept between pages, so that its grid is not cleared for each.
pub struct SecondPrints {
    grid: Vec<u32>,
    base: u32,
}

impl Default for SecondPrints {
    fn default() -> Self {
        Self { grid: vec![0; GRID * GRID], base: 1 }
    }
}

impl SecondPrints {
    /// Drops second prints from `page`.
    pub fn drop_from(&mut self, page: &mut PageGlyphs) {
        let count = u32::try_from(page.glyphs.len()).unwrap_or(u32::MAX);
        if self.base.checked_add(count).is_none() {
            self.grid.fill(0);
            self.base = 1;
        }
        let (mut kept, mut index) = (0, 0);
        while index < page.glyphs.len() {
            let glyph = page.glyphs[index];
            if !is_space(&glyph)
                && let Some(first) = self.find_first(page, &glyph, kept)
                && let Some(behind) = second_ends(page, index, first, kept)
            {
                index = behind;
                continue;
            }
            page.glyphs[kept] = glyph;
            if !is_space(&glyph) {
                let (column, row) = cell(glyph.origin.0, glyph.origin.1);
                self.grid[row * GRID + column] = self.base + u32::try_from(kept).unwrap_or(0);
            }
            kept += 1;
            index += 1;
        }
        page.glyphs.truncate(kept);
        self.base += count;
    }

    /// An equal letter of another object at almost the same place.
    fn find_first(&self, page: &PageGlyphs, glyph: &Glyph, kept: usize) -> Option<usize> {
        let reach = (page.run(glyph).size * PRINT_TOLERANCE).clamp(0.5, 4.0);
        let (x, y) = glyph.origin;
        let (left, bottom) = cell(x - reach, y - reach);
        let (right, top) = cell(x + reach, y + reach);
        for row in bottom..=top {
            for column in left..=right {
                let entry = self.grid[row * GRID + column];
                let earlier = entry.checked_sub(self.base).map(|at| at as usize).filter(|at| *at < kept);
                if let Some(at) = earlier
                    && is_print_of(page, glyph, &page.glyphs[at], reach)
                {
                    return Some(at);
                }
            }
        }
        None
    }
}

/// One letter may fall on an equal one by chance, where columns run into each other: a second print is a whole word, or
/// at least three letters in the same order.
fn second_ends(page: &PageGlyphs, start: usize, first: usize, kept: usize) -> Option<usize> {
    let (mut second, mut earlier, mut letters) = (start, first, 0);
    let mut behind = start;
    loop {
        let glyph = page.glyphs.get(second)?;
        let reach = page.run(glyph).size * DRIFT_TOLERANCE;
        if earlier >= kept || !is_print_of(page, glyph, &page.glyphs[earlier], reach) {
            break;
        }
        letters += 1;
        second += 1;
        behind = second;
        second = skip_spaces(page, second, page.glyphs.len());
        earlier = skip_spaces(page, earlier + 1, kept);
        if second == page.glyphs.len() {
            break;
        }
    }
    let is_edge = |at: Option<usize>| at.and_then(|at| page.glyphs.get(at)).is_none_or(is_space);
    let whole_word = is_edge(start.checked_sub(1)) && is_edge(Some(behind));
    (letters >= 3 || (letters >= 1 && whole_word)).then_some(behind)
}

fn is_print_of(page: &PageGlyphs, glyph: &Glyph, other: &Glyph, reach: f32) -> bool {
    let (size, other_size) = (page.run(glyph).size, page.run(other).size);
    glyph.code == other.code
        && glyph.run != other.run
        && (glyph.origin.0 - other.origin.0).abs() <= reach
        && (glyph.origin.1 - other.origin.1).abs() <= reach
        && (size - other_size).abs() <= 0.1 * other_size
}

fn skip_spaces(page: &PageGlyphs, mut at: usize, end: usize) -> usize {
    while at < end && is_space(&page.glyphs[at]) {
        at += 1;
    }
    at
}

pub(super) fn is_space(glyph: &Glyph) -> bool {
    glyph.generated || matches!(glyph.code, ' ' | '\n')
}

/// The grid wraps round; what falls together by that is told apart by the distance.
fn cell(x: f32, y: f32) -> (usize, usize) {
    #[expect(clippy::cast_possible_truncation, reason = "coordinates are bounded where they are read")]
    let index = |value: f32| ((value / CELL_PT).floor() as i32).rem_euclid(GRID as i32) as usize;
    (index(x), index(y))
}
