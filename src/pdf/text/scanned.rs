//! Recognised words as though they had been printed: characters with places in the file's user space.
//!
//! Recognition tells boxes of words, drawn tightly around their ink, in the picture of the page as displayed. Size and
//! baseline are concluded from them: they decide what is a title, and give the marks of one line one height.

use std::collections::HashMap;

use super::clean::{self, Meaning};
use super::{Glyph, OPEN_HYPHEN, PageGlyphs, Run};
use crate::domain::layout::Rect;
use crate::pdf::recognised::{RecognisedPage, RecognisedWord};

/// Parts of the font size, as usual book faces have them.
mod face {
    /// Capitals, digits, and letters as high.
    pub const CAPITAL: f32 = 0.68;
    /// Small letters such as x.
    pub const SMALL: f32 = 0.45;
    /// Below the baseline, letters such as p.
    pub const BELOW: f32 = 0.21;
    /// From the baseline to the top of a loose box.
    pub const LOOSE: f32 = 0.78;
}

/// Words less sure than this are doubtful.
const DOUBTFUL_BELOW: u8 = 60;
/// Lines of one paragraph, and of one page, whose sizes differ by less have one size.
const SAME_IN_PARAGRAPH: f32 = 0.16;
const SAME_ON_PAGE: f32 = 0.12;

/// The size of running text on the pages seen so far, to which later pages keep.
#[derive(Debug, Default)]
pub struct ScanSizes {
    body: Option<f32>,
}

/// Adds the characters of a recognised page to `into`, which is empty. `visible` and `rotation` are the page's.
pub fn print(
    page: &RecognisedPage,
    visible: Rect,
    rotation: u16,
    font: u16,
    sizes: &mut ScanSizes,
    into: &mut PageGlyphs,
) {
    let Some(frame) = Frame::new(page, visible, rotation) else { return };
    into.middle = frame.middle();
    let lines = lines(page, &frame);
    let line_sizes = sizes.settle(&lines);
    for (line, size) in lines.iter().zip(line_sizes) {
        let baseline = median(line.words.iter().map(|word| (word.baseline(size), 1.0))).unwrap_or(0.0);
        let run = u32::try_from(into.runs.len()).unwrap_or(u32::MAX);
        into.runs.push(Run { font, size, direction: frame.direction(), turned: false });
        for word in &line.words {
            if !into.glyphs.is_empty() {
                let between = if std::ptr::eq(word, &raw const line.words[0]) { '\n' } else { ' ' };
                into.glyphs.push(generated(between, run));
            }
            print_word(word, &frame, (size, baseline, run), into);
        }
    }
}

fn generated(code: char, run: u32) -> Glyph {
    Glyph { code, rect: Rect::default(), origin: (0.0, 0.0), run, generated: true, doubtful: false }
}

/// The letters share the width of their word evenly.
fn print_word(word: &Seen<'_>, frame: &Frame, (size, baseline, run): (f32, f32, u32), into: &mut PageGlyphs) {
    // Scans are askew: each word has its own place beside the line's.
    let own = word.baseline(size);
    let (top, bottom) = (own - face::LOOSE * size, own + face::BELOW * size);
    #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
    let width = (word.u1 - word.u0) / word.codes.len() as f32;
    let mut left = word.u0;
    for code in &word.codes {
        let rect = frame.rect(left, top, left + width, bottom);
        let origin = frame.point(left, baseline);
        let doubtful = word.word.confidence < DOUBTFUL_BELOW;
        into.glyphs.push(Glyph { code: *code, rect, origin, run, generated: false, doubtful });
        left += width;
    }
}

/// A word in reading position: `u` along the line, `v` down, in points from the upper left corner.
struct Seen<'a> {
    word: &'a RecognisedWord,
    codes: Vec<char>,
    u0: f32,
    u1: f32,
    v0: f32,
    v1: f32,
}

impl<'a> Seen<'a> {
    fn new(word: &'a RecognisedWord, frame: &Frame) -> Option<Self> {
        let mut codes = Vec::with_capacity(word.text.len());
        for code in word.text.chars() {
            match clean::meaning(u32::from(code)) {
                Meaning::Char(' ' | '\n' | OPEN_HYPHEN) | Meaning::Nothing | Meaning::Unmapped => {}
                Meaning::Char(code) => codes.push(code),
                Meaning::Letters(letters) => codes.extend(letters.chars()),
            }
        }
        let (u0, v0, u1, v1) = frame.upright(word);
        (!codes.is_empty()).then_some(Self { word, codes, u0, u1, v0, v1 })
    }

    /// Whether anything reaches above small letters, and below the baseline.
    fn reach(&self) -> (bool, bool) {
        let above = |c: &char| {
            !c.is_ascii()
                || c.is_ascii_uppercase()
                || c.is_ascii_digit()
                || "bdfhijklt()[]{}/\\|!?\"'&%$#@".contains(*c)
        };
        let below = |c: &char| "gjpqy()[]{}/\\|,;Q$@".contains(*c);
        (self.codes.iter().any(above), self.codes.iter().any(below))
    }

    /// The font size that its height tells; `None` for dashes and dots.
    fn size(&self) -> Option<f32> {
        if !self.codes.iter().any(|c| c.is_alphanumeric()) {
            return None;
        }
        let (above, below) = self.reach();
        let height = if above { face::CAPITAL } else { face::SMALL };
        let depth = if below { face::BELOW } else { 0.0 };
        Some((self.v1 - self.v0) / (height + depth))
    }

    /// Where its baseline is, if it is of that size.
    fn baseline(&self, size: f32) -> f32 {
        if !self.codes.iter().any(|c| c.is_alphanumeric()) {
            // A dash stands half as high as a small letter, a dot on the line; the middle is wrong for neither by much.
            return f32::midpoint(self.v0, self.v1) + face::SMALL / 2.0 * size;
        }
        if self.reach().1 { self.v1 - face::BELOW * size } else { self.v1 }
    }
}

struct SeenLine<'a> {
    paragraph: u32,
    words: Vec<Seen<'a>>,
    /// What its words tell of their size, and how many letters say so.
    size: Option<f32>,
    letters: f32,
}

fn lines<'a>(page: &'a RecognisedPage, frame: &Frame) -> Vec<SeenLine<'a>> {
    let mut lines: Vec<(u32, SeenLine<'a>)> = Vec::new();
    for word in &page.words {
        let Some(seen) = Seen::new(word, frame) else { continue };
        match lines.last_mut() {
            Some((number, line)) if *number == word.line => line.words.push(seen),
            _ => {
                let line = SeenLine { paragraph: word.paragraph, words: vec![seen], size: None, letters: 0.0 };
                lines.push((word.line, line));
            }
        }
    }
    let mut lines: Vec<SeenLine<'a>> = lines.into_iter().map(|(_, line)| line).collect();
    for line in &mut lines {
        #[expect(clippy::cast_precision_loss, reason = "letters of a word")]
        let told = |word: &Seen<'_>| Some((word.size()?, word.codes.len() as f32));
        line.letters = line.words.iter().filter_map(told).map(|(_, letters)| letters).sum();
        line.size = median(line.words.iter().filter_map(told));
    }
    lines
}

impl ScanSizes {
    /// The size of each line: what neighbours and the page have, unless it clearly differs.
    fn settle(&mut self, lines: &[SeenLine<'_>]) -> Vec<f32> {
        let told = |line: &SeenLine<'_>| Some((line.size?, line.letters));
        let on_page = median(lines.iter().filter_map(told)).unwrap_or(10.0);
        let body = match self.body {
            Some(body) if differs_less(on_page, body, SAME_ON_PAGE) => body,
            Some(_) => halves(on_page),
            None => *self.body.insert(halves(on_page)),
        };
        let mut paragraphs: HashMap<u32, Vec<(f32, f32)>> = HashMap::new();
        for line in lines {
            paragraphs.entry(line.paragraph).or_default().extend(told(line));
        }
        let size = |line: &SeenLine<'_>| {
            let in_paragraph = median(paragraphs[&line.paragraph].iter().copied()).unwrap_or(body);
            let own = line.size.unwrap_or(in_paragraph);
            let own = if differs_less(own, in_paragraph, SAME_IN_PARAGRAPH) { in_paragraph } else { own };
            if differs_less(own, body, SAME_ON_PAGE) { body } else { halves(own) }
        };
        lines.iter().map(size).collect()
    }
}

fn differs_less(a: f32, b: f32, share: f32) -> bool {
    (a - b).abs() < share * a.max(b)
}

/// To half a point: estimates are no finer.
fn halves(size: f32) -> f32 {
    ((size * 2.0).round() / 2.0).clamp(1.0, 500.0)
}

/// The weighted median.
fn median(values: impl Iterator<Item = (f32, f32)>) -> Option<f32> {
    let mut values: Vec<(f32, f32)> = values.filter(|(value, _)| value.is_finite()).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = values.iter().map(|(_, weight)| weight).sum::<f32>() / 2.0;
    let mut passed = 0.0;
    let found = values.iter().find(|(_, weight)| {
        passed += weight;
        passed >= half
    });
    found.map(|(value, _)| *value)
}

/// How the picture, the text in it and the file's user space lie to each other.
#[derive(Debug, Clone, Copy)]
struct Frame {
    visible: Rect,
    /// Clockwise degrees by which the text stands turned in the picture.
    in_picture: u16,
    /// Clockwise degrees by which user space has to be turned for the text to be upright.
    turn: u16,
    picture: (f32, f32),
    /// Points of a pixel, across and down the picture.
    scale: (f32, f32),
}

impl Frame {
    #[expect(clippy::cast_precision_loss, reason = "sides of a picture")]
    fn new(page: &RecognisedPage, visible: Rect, rotation: u16) -> Option<Self> {
        let picture = (page.width_px as f32, page.height_px as f32);
        let (across, up) = (visible.x1 - visible.x0, visible.y1 - visible.y0);
        let shown = if rotation.is_multiple_of(180) { (across, up) } else { (up, across) };
        if picture.0 < 1.0 || picture.1 < 1.0 || shown.0 <= 0.0 || shown.1 <= 0.0 {
            return None;
        }
        let in_picture = turn_in_picture(&page.words);
        let turn = (rotation + 360 - in_picture) % 360;
        Some(Self { visible, in_picture, turn, picture, scale: (shown.0 / picture.0, shown.1 / picture.1) })
    }

    /// A word's box in reading position, in points.
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    fn upright(&self, word: &RecognisedWord) -> (f32, f32, f32, f32) {
        let (x0, y0) = (word.left as f32, word.top as f32);
        let (x1, y1) = (x0 + word.width as f32, y0 + word.height as f32);
        let (width, height) = self.picture;
        let (sx, sy) = self.scale;
        match self.in_picture {
            90 => (y0 * sy, (width - x1) * sx, y1 * sy, (width - x0) * sx),
            180 => ((width - x1) * sx, (height - y1) * sy, (width - x0) * sx, (height - y0) * sy),
            270 => ((height - y1) * sy, x0 * sx, (height - y0) * sy, x1 * sx),
            _ => (x0 * sx, y0 * sy, x1 * sx, y1 * sy),
        }
    }

    /// A point in reading position as one of the file.
    fn point(&self, u: f32, v: f32) -> (f32, f32) {
        let Rect { x0, y0, x1, y1 } = self.visible;
        match self.turn {
            90 => (x0 + v, y0 + u),
            180 => (x1 - u, y0 + v),
            270 => (x1 - v, y1 - u),
            _ => (x0 + u, y1 - v),
        }
    }

    fn rect(&self, u0: f32, v0: f32, u1: f32, v1: f32) -> Rect {
        let round = |value: f32| (value * 100.0).round() / 100.0;
        let ((ax, ay), (bx, by)) = (self.point(u0, v0), self.point(u1, v1));
        Rect { x0: round(ax.min(bx)), y0: round(ay.min(by)), x1: round(ax.max(bx)), y1: round(ay.max(by)) }
    }

    fn direction(&self) -> (f32, f32) {
        match self.turn {
            90 => (0.0, 1.0),
            180 => (-1.0, 0.0),
            270 => (0.0, -1.0),
            _ => (1.0, 0.0),
        }
    }

    /// The middle of the page along the writing direction.
    fn middle(&self) -> f32 {
        let Rect { x0, y0, x1, y1 } = self.visible;
        let (cos, sin) = self.direction();
        f32::midpoint(x0, x1) * cos + f32::midpoint(y0, y1) * sin
    }
}

/// How the text stands in the picture: the way from word to word along the lines tells.
fn turn_in_picture(words: &[RecognisedWord]) -> u16 {
    let middle = |word: &RecognisedWord| {
        let (x, y) =
            (2 * i64::from(word.left) + i64::from(word.width), 2 * i64::from(word.top) + i64::from(word.height));
        (x, y)
    };
    let (mut right, mut down, mut next_line) = (0_i64, 0_i64, 0_i64);
    for pair in words.windows(2).filter(|pair| pair[0].paragraph == pair[1].paragraph) {
        let ((ax, ay), (bx, by)) = (middle(&pair[0]), middle(&pair[1]));
        if pair[0].line == pair[1].line {
            right += bx - ax;
            down += by - ay;
        } else {
            next_line += by - ay;
        }
    }
    // Some scripts run to the left; only where the next line also stands higher is the page upside down.
    match (right.abs() >= down.abs(), right < 0 && next_line < 0, down < 0) {
        (true, false, _) => 0,
        (true, true, _) => 180,
        (false, _, false) => 90,
        (false, _, true) => 270,
    }
}

#[cfg(test)]
mod tests;
