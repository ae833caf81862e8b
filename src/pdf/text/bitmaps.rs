//! Bitmap fonts of old papers, whose size in the file says nothing: it is concluded from the height of their letters.

use super::{PageGlyphs, Run};

/// No print is smaller; such a size comes from a font that is scaled by other means.
const SMALLEST: f32 = 1.5;
/// A letter is at least so many sizes high where its size means nothing.
const FAR_HIGHER: f32 = 3.0;
/// Heights of capitals and of letters without ascender in sizes, as in the fonts that were made so.
const CAPITAL: f32 = 0.69;
const SMALL: f32 = 0.44;
/// Something at least so high against that is an ascender.
const HIGH: f32 = 0.85;
/// How far a loose box reaches below and above the baseline, in sizes.
const BELOW: f32 = 0.22;
const ABOVE: f32 = 0.75;
/// Letters closer than this (in sizes) have no space between them.
const TIGHT: f32 = 0.1;

/// Whether a size may come from such a font.
pub fn is_unsized(size: f32) -> bool {
    size < SMALLEST
}

/// The ligatures in TeX's text encoding.
pub fn ligature(raw: u32) -> Option<&'static str> {
    Some(match raw {
        0x0B => "ff",
        0x0C => "fi",
        0x0D => "fl",
        0x0E => "ffi",
        0x0F => "ffl",
        _ => return None,
    })
}

/// Whether something is as high as an "f" beside a letter of the code and height given.
pub fn is_high(height: f32, beside: u32, beside_height: f32) -> bool {
    let Some(share) = char::from_u32(beside).and_then(share) else { return false };
    height > HIGH * CAPITAL / share * beside_height
}

/// The height of a letter without descender, in sizes.
fn share(code: char) -> Option<f32> {
    Some(match code {
        'A'..='Z' | '0'..='9' | 'b' | 'd' | 'f' | 'h' | 'k' | 'l' => CAPITAL,
        'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u'..='x' | 'z' => SMALL,
        _ => return None,
    })
}

/// Gives the runs of such fonts a size and their letters even boxes, and takes out the spaces that came from the wrong
/// size. `faces` tells for each run which font of the page it uses; the letters' boxes are tight in height.
pub fn mend(page: &mut PageGlyphs, faces: &[usize]) {
    let sizes = sizes(page, faces);
    if sizes.is_empty() {
        return;
    }
    let mut mended = vec![false; page.runs.len()];
    for ((run, face), mended) in page.runs.iter_mut().zip(faces).zip(&mut mended) {
        if is_unsized(run.size)
            && let Some((_, size)) = sizes.iter().find(|(known, _)| known == face)
        {
            run.size = *size;
            *mended = true;
        }
    }
    for glyph in &mut page.glyphs {
        let run = page.runs[glyph.run as usize];
        if mended[glyph.run as usize] && !glyph.generated && run.direction == (1.0, 0.0) {
            glyph.rect.y0 = glyph.origin.1 - BELOW * run.size;
            glyph.rect.y1 = glyph.origin.1 + ABOVE * run.size;
        }
    }
    drop_false_spaces(page, &mended);
}

/// The size of each font without one, from the middle of what its letters tell.
fn sizes(page: &PageGlyphs, faces: &[usize]) -> Vec<(usize, f32)> {
    let mut told: Vec<(usize, Vec<f32>)> = Vec::new();
    for glyph in page.glyphs.iter().filter(|glyph| !glyph.generated) {
        let run: Run = page.runs[glyph.run as usize];
        let height = glyph.rect.y1 - glyph.rect.y0;
        if !is_unsized(run.size) || height < FAR_HIGHER * run.size {
            continue;
        }
        let Some(share) = share(glyph.code) else { continue };
        let Some(face) = faces.get(glyph.run as usize) else { continue };
        match told.iter_mut().find(|(known, _)| known == face) {
            Some((_, heights)) => heights.push(height / share),
            None => told.push((*face, vec![height / share])),
        }
    }
    told.into_iter()
        .map(|(face, mut heights)| {
            heights.sort_by(f32::total_cmp);
            (face, (heights[heights.len() / 2] * 10.0).round() / 10.0)
        })
        .collect()
}

/// Takes out made-up spaces between letters that touch.
fn drop_false_spaces(page: &mut PageGlyphs, mended: &[bool]) {
    let mut kept: Vec<super::Glyph> = Vec::with_capacity(page.glyphs.len());
    for glyph in &page.glyphs {
        let space = kept.last().is_some_and(|last| last.generated && last.code == ' ');
        if space && !glyph.generated && mended[glyph.run as usize] && kept.len() >= 2 {
            let before = kept[kept.len() - 2];
            let size = page.runs[glyph.run as usize].size;
            let gap = glyph.rect.x0 - before.rect.x1;
            let level = (glyph.origin.1 - before.origin.1).abs() < TIGHT * size;
            if !before.generated && level && gap.abs() < TIGHT * size {
                kept.pop();
            }
        }
        kept.push(*glyph);
    }
    page.glyphs = kept;
}
