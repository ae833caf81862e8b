//! Accents that are printed apart from their letters, as TeX's older fonts do.

use super::clean::is_space;
use super::{Glyph, PageGlyphs};

/// Characters before and after an accent among which its letter is looked for.
const REACH: usize = 400;
/// White space up to this share of a letter's height does not part two letters.
const TIGHT: f32 = 0.12;

/// Puts a spacing accent and the letter it stands over together, where their boxes leave no doubt.
pub fn compose(page: &mut PageGlyphs) {
    if !page.glyphs.iter().any(|glyph| glyph.code == '`' || !glyph.code.is_ascii() && combining(glyph.code).is_some()) {
        return;
    }
    compose_neighbours(page);
    compose_distant(page);
}

/// Accents beside their letter in content order.
fn compose_neighbours(page: &mut PageGlyphs) {
    let mut kept: Vec<Glyph> = Vec::with_capacity(page.glyphs.len());
    let mut index = 0;
    while index < page.glyphs.len() {
        let glyph = page.glyphs[index];
        index += 1;
        let Some(mark) = combining(glyph.code).filter(|_| !glyph.generated) else {
            kept.push(glyph);
            continue;
        };
        // The letter may stand behind the accent, with a made-up space between them …
        let mut next = index;
        while page.glyphs.get(next).is_some_and(|other| other.generated && other.code == ' ') {
            next += 1;
        }
        if mark != glyph.code
            && let Some(letter) = page.glyphs.get(next)
            && let Some(composed) = join(&glyph, letter, mark)
        {
            drop_made_up_space(&mut kept, &composed);
            kept.push(composed);
            index = next + 1;
            continue;
        }
        // … or before it.
        let before = kept.iter().rposition(|other| !(other.generated && other.code == ' '));
        if let Some(before) = before
            && let Some(composed) = join(&glyph, &kept[before], mark)
        {
            kept.truncate(before);
            kept.push(composed);
            // A made-up space behind it came only from the accent's place.
            if page.glyphs.get(index).is_some_and(|other| other.generated && other.code == ' ')
                && page.glyphs.get(index + 1).is_some_and(|other| follows(&composed, other))
            {
                index += 1;
            }
            continue;
        }
        kept.push(glyph);
    }
    page.glyphs = kept;
}

/// Accents elsewhere in content order: PDFium puts some behind the words they belong to, on a line of their own.
fn compose_distant(page: &mut PageGlyphs) {
    let count = page.glyphs.len();
    let mut placed: Vec<bool> = Vec::new();
    for at in 0..count {
        let accent = page.glyphs[at];
        let Some(mark) = combining(accent.code).filter(|mark| *mark != accent.code && !accent.generated) else {
            continue;
        };
        let window = at.saturating_sub(REACH)..count.min(at + REACH);
        let fitting = window.filter(|&other| {
            let letter = &page.glyphs[other];
            let same_line = (letter.origin.1 - accent.origin.1).abs() < 0.5 * page.run(letter).size;
            other != at && same_line && letter.code.is_alphabetic() && join(&accent, letter, mark).is_some()
        });
        let middle = |glyph: &Glyph| f32::midpoint(glyph.rect.x0, glyph.rect.x1);
        let distance = |other: usize| (middle(&page.glyphs[other]) - middle(&accent)).abs();
        let Some(letter) = fitting.min_by(|&a, &b| distance(a).total_cmp(&distance(b))) else { continue };
        if let Some(composed) = join(&accent, &page.glyphs[letter], mark) {
            page.glyphs[letter] = composed;
            placed.resize(count, false);
            placed[at] = true;
        }
    }
    if placed.is_empty() {
        return;
    }
    let mut kept: Vec<Glyph> = Vec::with_capacity(count);
    let mut after_placed = false;
    for (glyph, is_placed) in page.glyphs.iter().zip(placed) {
        if is_placed {
            after_placed = true;
            continue;
        }
        if after_placed && !is_space(glyph) {
            drop_made_up_space(&mut kept, glyph);
            after_placed = false;
        }
        kept.push(*glyph);
    }
    page.glyphs = kept;
}

/// Takes made-up spaces and line ends off the end that came only from an accent's place: the next letter stands right
/// behind the last one.
fn drop_made_up_space(kept: &mut Vec<Glyph>, next: &Glyph) {
    let Some(last) = kept.iter().rposition(|glyph| !(glyph.generated && is_space(glyph))) else { return };
    if follows(&kept[last], next) && (kept[last].origin.1 - next.origin.1).abs() < TIGHT * height(next) {
        kept.truncate(last + 1);
    }
}

/// Whether `other` continues a word after `letter`: no room for a space between them.
fn follows(letter: &Glyph, other: &Glyph) -> bool {
    !other.generated && (other.rect.x0 - letter.rect.x1).abs() < height(letter) * TIGHT
}

fn height(letter: &Glyph) -> f32 {
    letter.rect.y1 - letter.rect.y0
}

fn join(accent: &Glyph, letter: &Glyph, mark: char) -> Option<Glyph> {
    let is_spacing = !('\u{300}'..='\u{36F}').contains(&accent.code);
    if letter.generated || (is_spacing && !stands_over(accent, letter)) {
        return None;
    }
    let base = match letter.code {
        'ı' => 'i',
        'ȷ' => 'j',
        code => code,
    };
    let code = unicode_normalization::char::compose(base, mark)?;
    Some(Glyph { code, rect: letter.rect, origin: letter.origin, ..*letter })
}

fn stands_over(accent: &Glyph, letter: &Glyph) -> bool {
    let middle = f32::midpoint(accent.rect.x0, accent.rect.x1);
    middle > letter.rect.x0
        && middle < letter.rect.x1
        && (accent.rect.y0 - letter.rect.y0).abs() < height(letter) * 0.6
        && accent.origin.0 < letter.rect.x1
}

/// The combining form of a spacing accent; combining ones are their own.
fn combining(code: char) -> Option<char> {
    Some(match code {
        '`' => '\u{300}',
        '´' => '\u{301}',
        'ˆ' => '\u{302}',
        '˜' => '\u{303}',
        '¯' => '\u{304}',
        '˘' => '\u{306}',
        '˙' => '\u{307}',
        '¨' => '\u{308}',
        '˚' => '\u{30A}',
        '˝' => '\u{30B}',
        'ˇ' => '\u{30C}',
        '¸' => '\u{327}',
        '˛' => '\u{328}',
        '\u{300}'..='\u{36F}' => code,
        _ => return None,
    })
}
