//! Whether a page's text can be used.

use super::{PageGlyphs, clean};
use crate::domain::layout::PageQuality;

/// Share of letters without a sure meaning above which a page reads badly.
const DOUBTFUL_MAX: f32 = 0.2;
/// Latin letters from which their mixture can be judged, and the least share of vowels any language has.
const LETTERS_MIN: u32 = 200;
const VOWELS_MIN: f32 = 0.18;

/// Judges a page by its characters.
pub fn judge(page: &PageGlyphs) -> PageQuality {
    let (mut printed, mut doubtful, mut letters, mut vowels) = (0_u32, page.unmapped, 0_u32, 0_u32);
    for glyph in &page.glyphs {
        if matches!(glyph.code, ' ' | '\n') {
            continue;
        }
        printed += 1;
        doubtful += u32::from(glyph.doubtful || clean::is_private(glyph.code));
        if glyph.code.is_ascii_alphabetic() {
            letters += 1;
            vowels += u32::from(matches!(glyph.code.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'));
        }
    }
    let all = printed + page.unmapped;
    if printed == 0 {
        return if all >= 20 { PageQuality::Poor } else { PageQuality::None };
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of characters on a page")]
    let share = |part: u32, whole: u32| part as f32 / whole.max(1) as f32;
    let garbled = letters >= LETTERS_MIN && share(vowels, letters) < VOWELS_MIN;
    if garbled || (all >= 20 && share(doubtful, all) > DOUBTFUL_MAX) {
        return PageQuality::Poor;
    }
    PageQuality::Good
}
