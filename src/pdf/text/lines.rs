//! Walks the characters of a page in content order and makes words and lines of them.

use super::{Glyph, OPEN_HYPHEN, PageGlyphs, Run};
use crate::domain::layout::{Font, Line, PageLayout, Rect, Word, word_flags};

/// Distances in font sizes, from measuring papers: smaller thresholds split justified narrow columns.
mod measure {
    /// The next letter this far back begins a new line.
    pub const BACK: f32 = 3.0;
    /// The baseline moving this far begins a new line.
    pub const BASELINE: f32 = 0.9;
    /// A gap that no line has inside.
    pub const GAP: f32 = 9.0;
    /// A gap that no line has across the middle of the page.
    pub const GAP_ACROSS: f32 = 2.5;
    /// How near a raised piece begins that belongs to the line before it.
    pub const REJOIN: f32 = 1.2;
    /// Share of the lower one's height by which pieces of one line overlap.
    pub const OVERLAP: f32 = 0.5;
    /// Change of size between the parts of one word.
    pub const SIZE_CHANGE: f32 = 0.12;
    /// Change of baseline between the parts of one word.
    pub const RAISED: f32 = 0.15;
    /// A gap that reads as a space where a line was put together again.
    pub const SPACE: f32 = 0.2;
    /// Size below which a raised word is a superscript.
    pub const SUPERSCRIPT: f32 = 0.85;
}

/// A page whose line-end hyphens are not decided yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// The page; an undecided hyphen stands in its text as [`OPEN_HYPHEN`] followed by a line end.
    pub page: PageLayout,
    /// The words that end in an undecided hyphen, as indices.
    pub open: Vec<u32>,
    /// Offsets behind hyphens that end a line without a continuation in sight.
    pub loose_ends: Vec<u32>,
}

/// Makes text, words and lines. `fonts` are the document's, for bold and italic.
pub fn build(index: u32, page: &PageGlyphs, fonts: &[Font]) -> Draft {
    let mut walk = Walk::new(page, fonts);
    for glyph in &page.glyphs {
        match glyph.code {
            '\n' => walk.gap = Gap::LineEnd,
            ' ' => walk.gap = walk.gap.max(Gap::Space),
            _ => walk.print(glyph),
        }
    }
    walk.finish(index)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    LineEnd,
}

/// How a letter follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    NewLine,
    NewWordSpaced,
    NewWordTight,
    SameWord,
}

/// A letter in the frame of its writing direction: `u` along it, `v` across it.
#[derive(Debug, Clone, Copy)]
struct Placed {
    u0: f32,
    u1: f32,
    low: f32,
    high: f32,
    baseline: f32,
    run: Run,
    code: char,
}

impl Placed {
    fn new(glyph: &Glyph, run: Run) -> Self {
        let Rect { x0, y0, x1, y1 } = glyph.rect;
        let (cos, sin) = run.direction;
        if sin == 0.0 && cos > 0.0 {
            return Self { u0: x0, u1: x1, low: y0, high: y1, baseline: glyph.origin.1, run, code: glyph.code };
        }
        let along = [x0 * cos + y0 * sin, x1 * cos + y0 * sin, x0 * cos + y1 * sin, x1 * cos + y1 * sin];
        let across = [y0 * cos - x0 * sin, y0 * cos - x1 * sin, y1 * cos - x0 * sin, y1 * cos - x1 * sin];
        let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
        let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
        Self {
            u0: least(along),
            u1: most(along),
            low: least(across),
            high: most(across),
            baseline: glyph.origin.1 * cos - glyph.origin.0 * sin,
            run,
            code: glyph.code,
        }
    }

    fn overlaps(&self, other: &Placed) -> bool {
        let shared = self.high.min(other.high) - self.low.max(other.low);
        shared > measure::OVERLAP * (self.high - self.low).min(other.high - other.low)
    }
}

struct Walk<'a> {
    page: &'a PageGlyphs,
    fonts: &'a [Font],
    draft: Draft,
    length: u32,
    gap: Gap,
    before: Option<Placed>,
    baselines: Vec<f32>,
    line_start: u32,
    line_baseline: f32,
    line_size: f32,
}

impl<'a> Walk<'a> {
    fn new(page: &'a PageGlyphs, fonts: &'a [Font]) -> Self {
        let mut draft = Draft::default();
        draft.page.text.reserve(page.glyphs.len() + page.glyphs.len() / 16);
        draft.page.words.reserve(page.glyphs.len() / 5);
        Self {
            page,
            fonts,
            draft,
            length: 0,
            gap: Gap::None,
            before: None,
            baselines: Vec::new(),
            line_start: 0,
            line_baseline: 0.0,
            line_size: 0.0,
        }
    }

    fn print(&mut self, glyph: &Glyph) {
        let placed = Placed::new(glyph, self.page.run(glyph));
        let step = self.step(&placed);
        match step {
            Step::NewLine => self.start_line(&placed),
            Step::NewWordSpaced => self.push(' '),
            Step::NewWordTight | Step::SameWord => {}
        }
        let code = if glyph.code == OPEN_HYPHEN { '-' } else { glyph.code };
        let start = self.length;
        self.push(code);
        match self.draft.page.words.last_mut() {
            Some(word) if step == Step::SameWord => {
                word.end = self.length;
                word.rect = union(word.rect, glyph.rect);
                if glyph.doubtful {
                    word.flags |= word_flags::DOUBTFUL;
                }
            }
            _ => self.start_word(glyph, &placed, start, step),
        }
        self.gap = Gap::None;
        self.before = Some(placed);
    }

    fn push(&mut self, code: char) {
        self.draft.page.text.push(code);
        self.length += 1;
    }

    fn step(&self, next: &Placed) -> Step {
        let Some(before) = &self.before else { return Step::NewLine };
        let (ax, ay) = before.run.direction;
        let (bx, by) = next.run.direction;
        if ax * bx + ay * by < 0.98 {
            return Step::NewLine;
        }
        let size = before.run.size.max(next.run.size);
        let distance = next.u0 - before.u1;
        let beside = before.overlaps(next) && distance > -0.5 * size && distance < measure::REJOIN * size;
        if self.gap == Gap::LineEnd || before.code == OPEN_HYPHEN {
            return match (beside, distance > measure::SPACE * size) {
                (false, _) => Step::NewLine,
                (true, true) => Step::NewWordSpaced,
                (true, false) => Step::NewWordTight,
            };
        }
        let moved = (next.baseline - self.line_baseline).abs();
        let middle = self.page.middle;
        if distance < -measure::BACK * size
            || moved > measure::BASELINE * self.line_size.max(next.run.size)
            || distance > measure::GAP * size
            || (distance > measure::GAP_ACROSS * size && !next.run.turned && before.u1 < middle && next.u0 > middle)
        {
            return Step::NewLine;
        }
        if self.gap == Gap::Space {
            return Step::NewWordSpaced;
        }
        let size_change = (next.run.size - before.run.size).abs();
        if size_change > measure::SIZE_CHANGE * size
            || (next.baseline - before.baseline).abs() > measure::RAISED * size
            || is_ideograph(next.code)
            || is_ideograph(before.code)
        {
            return Step::NewWordTight;
        }
        Step::SameWord
    }

    fn start_line(&mut self, next: &Placed) {
        if let Some(before) = self.before {
            self.end_line(&before, Some(next));
            self.push('\n');
        }
        self.line_start = self.word_count();
        self.line_baseline = next.baseline;
        self.line_size = next.run.size;
    }

    fn start_word(&mut self, glyph: &Glyph, placed: &Placed, start: u32, step: Step) {
        let run = placed.run;
        let font = self.fonts.get(usize::from(run.font));
        let mut flags = 0;
        let mut set = |holds: bool, flag: u8| flags |= if holds { flag } else { 0 };
        set(font.is_some_and(|font| font.bold), word_flags::BOLD);
        set(font.is_some_and(|font| font.italic), word_flags::ITALIC);
        set(run.turned, word_flags::TURNED);
        set(step == Step::NewWordSpaced || (step == Step::NewLine && start > 0), word_flags::SPACE_BEFORE);
        set(glyph.doubtful, word_flags::DOUBTFUL);
        self.draft.page.words.push(Word {
            start,
            end: self.length,
            rect: glyph.rect,
            font: run.font,
            size: run.size,
            flags,
        });
        self.baselines.push(placed.baseline);
        if run.size > self.line_size * (1.0 + measure::SIZE_CHANGE) {
            self.line_size = run.size;
            self.line_baseline = placed.baseline;
        }
    }

    fn word_count(&self) -> u32 {
        u32::try_from(self.draft.page.words.len()).unwrap_or(u32::MAX)
    }

    /// Closes the current line; `next` is the first letter of the one after it.
    fn end_line(&mut self, last: &Placed, next: Option<&Placed>) {
        let end = self.word_count();
        self.draft.page.lines.push(Line { first_word: self.line_start, end_word: end });
        self.mark_superscripts();
        if !matches!(last.code, OPEN_HYPHEN | '-' | '\u{2010}') {
            return;
        }
        let mut back = self.draft.page.text.chars().rev();
        back.next();
        let Some(carrier) = back.next().filter(|c| c.is_alphanumeric()) else { return };
        if next.is_some_and(|next| may_continue(carrier, last, next)) {
            self.draft.page.text.pop();
            self.draft.page.text.push(OPEN_HYPHEN);
            self.draft.open.push(end - 1);
        } else if carrier.is_alphabetic() {
            self.draft.loose_ends.push(self.length);
        }
    }

    fn mark_superscripts(&mut self) {
        let first = self.line_start as usize;
        let words = &mut self.draft.page.words[first..];
        if words.len() < 2 {
            return;
        }
        let Some((size, baseline)) = main_size(words, &self.baselines[first..]) else { return };
        for (word, own) in words.iter_mut().zip(&self.baselines[first..]) {
            if word.size < measure::SUPERSCRIPT * size && own - baseline > 0.1 * size {
                word.flags |= word_flags::SUPERSCRIPT;
            }
        }
    }

    fn finish(mut self, index: u32) -> Draft {
        if let Some(last) = self.before {
            self.end_line(&last, None);
        }
        self.draft.page.index = index;
        self.draft
    }
}

/// The size most letters of a line have, and the baseline of the first word in it.
fn main_size(words: &[Word], baselines: &[f32]) -> Option<(f32, f32)> {
    let mut sizes: Vec<(f32, u32, f32)> = Vec::new();
    for (word, baseline) in words.iter().zip(baselines) {
        let letters = word.end - word.start;
        match sizes.iter().position(|(size, ..)| (size - word.size).abs() < 0.05) {
            Some(at) => sizes[at].1 += letters,
            None if sizes.len() < 16 => sizes.push((word.size, letters, *baseline)),
            None => {}
        }
    }
    if sizes.len() < 2 {
        return None;
    }
    sizes.into_iter().max_by_key(|(_, count, _)| *count).map(|(size, _, baseline)| (size, baseline))
}

/// Whether the letter after a line end can be the rest of the word before the hyphen.
fn may_continue(carrier: char, hyphen: &Placed, next: &Placed) -> bool {
    let same_size = (next.run.size - hyphen.run.size).abs() <= measure::SIZE_CHANGE * hyphen.run.size;
    if !same_size || !next.code.is_alphanumeric() || is_ideograph(next.code) {
        return false;
    }
    if carrier.is_alphabetic() && next.code.is_lowercase() {
        return true;
    }
    // A capital or a digit may as well begin something else: only on the next line, or at the top of the next column.
    let down = hyphen.baseline - next.baseline;
    let size = hyphen.run.size;
    let next_line = down > 0.0 && down < 2.2 * size && next.u0 < hyphen.u1;
    let next_column = down < -2.0 * size && next.u0 > hyphen.u1;
    next_line || next_column
}

/// Signs that are words of their own: no spaces stand between them.
pub fn is_ideograph(code: char) -> bool {
    matches!(code, '\u{3001}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
}

fn union(a: Rect, b: Rect) -> Rect {
    Rect { x0: a.x0.min(b.x0), y0: a.y0.min(b.y0), x1: a.x1.max(b.x1), y1: a.y1.max(b.y1) }
}
