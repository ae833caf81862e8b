//! Printed lines with the facts the rules ask for, in the coordinates of the page as displayed.
//!
//! Here y grows downward from the top edge of the visible page, so that "below" means "larger".

use std::collections::HashMap;

use super::tuning;
use crate::domain::layout::{
    DocumentHead, Font, Line, LinkTarget, PageInfo, PageLayout, PageQuality, Rect, TextRole, Word, word_flags,
};

/// How a page's PDF coordinates become displayed ones.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    rotate: u16,
    crop: Rect,
    pub height: f32,
}

impl Frame {
    /// The frame of one page; a letter page where the head knows nothing.
    pub fn of(head: &DocumentHead, index: u32) -> Self {
        match head.pages.get(index as usize) {
            Some(info) => Self::from_info(info),
            None => Frame { rotate: 0, crop: Rect { x0: 0.0, y0: 0.0, x1: 612.0, y1: 792.0 }, height: 792.0 },
        }
    }

    fn from_info(info: &PageInfo) -> Self {
        let (width, height) = (info.width.max(1.0), info.height.max(1.0));
        let mut crop = info.crop;
        if crop.x1 - crop.x0 < 1.0 || crop.y1 - crop.y0 < 1.0 {
            let (w, h) = if info.rotate.is_multiple_of(180) { (width, height) } else { (height, width) };
            crop = Rect { x0: 0.0, y0: 0.0, x1: w, y1: h };
        }
        Frame { rotate: info.rotate % 360, crop, height }
    }

    /// The width as displayed.
    pub fn width(&self) -> f32 {
        if self.rotate.is_multiple_of(180) { self.crop.x1 - self.crop.x0 } else { self.crop.y1 - self.crop.y0 }
    }

    /// The box as displayed, y downward: `y0` is the upper edge.
    pub fn show(&self, rect: Rect) -> Rect {
        let c = self.crop;
        match self.rotate {
            90 => Rect { x0: rect.y0 - c.y0, x1: rect.y1 - c.y0, y0: rect.x0 - c.x0, y1: rect.x1 - c.x0 },
            180 => Rect { x0: c.x1 - rect.x1, x1: c.x1 - rect.x0, y0: rect.y0 - c.y0, y1: rect.y1 - c.y0 },
            270 => Rect { x0: c.y1 - rect.y1, x1: c.y1 - rect.y0, y0: c.x1 - rect.x1, y1: c.x1 - rect.x0 },
            _ => Rect { x0: rect.x0 - c.x0, x1: rect.x1 - c.x0, y0: c.y1 - rect.y1, y1: c.y1 - rect.y0 },
        }
    }
}

/// The lines of a page; none of one that has more than any page of print: rules compare the lines of a page with each other.
pub(super) fn printed_lines(page: &PageLayout) -> &[Line] {
    if page.lines.len() > tuning::PAGE_LINES_MOST { &[] } else { &page.lines }
}

/// Byte places of code points.
#[derive(Debug, Clone)]
enum Offsets {
    Ascii,
    Table(Vec<u32>),
}

/// A text that is cut by code points.
#[derive(Debug, Clone)]
pub(super) struct PointText {
    text: String,
    offsets: Offsets,
}

impl PointText {
    pub fn new(text: &str) -> Self {
        let offsets = if text.is_ascii() {
            Offsets::Ascii
        } else {
            let mut table: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).collect();
            table.push(text.len() as u32);
            Offsets::Table(table)
        };
        PointText { text: text.to_owned(), offsets }
    }

    fn byte(&self, point: u32) -> usize {
        match &self.offsets {
            Offsets::Ascii => (point as usize).min(self.text.len()),
            Offsets::Table(table) => table.get(point as usize).map_or(self.text.len(), |&at| at as usize),
        }
    }

    /// The text between two code points, empty where the ends are crossed.
    pub fn slice(&self, start: u32, end: u32) -> &str {
        let (from, to) = (self.byte(start), self.byte(end));
        if from < to { &self.text[from..to] } else { "" }
    }

    /// All of it.
    pub fn all(&self) -> &str {
        &self.text
    }
}

/// A printed line.
#[derive(Debug, Clone)]
pub(super) struct TextLine {
    pub page: u32,
    pub start: u32,
    pub end: u32,
    pub first_word: u32,
    pub end_word: u32,
    pub text: String,
    /// Box as displayed, y downward.
    pub rect: Rect,
    /// Most frequent size by characters.
    pub size: f32,
    pub bold: bool,
    pub italic: bool,
    /// Letters, all of them capitals.
    pub caps: bool,
    pub font: u16,
    /// White space to the line before in text order, if the two overlap in x and this one is lower.
    pub gap: Option<f32>,
    pub role: Option<TextRole>,
    /// Goes on with a word that the line before began.
    pub continues_word: bool,
}

impl TextLine {
    /// Whether it is running text or something like it (not head, foot, number, stamp).
    pub fn is_text(&self) -> bool {
        self.role.is_none_or(|role| !role.is_furniture())
    }

    pub fn overlaps_x(&self, other: &TextLine) -> bool {
        self.rect.x0 < other.rect.x1 && other.rect.x0 < self.rect.x1
    }

    pub fn width(&self) -> f32 {
        self.rect.x1 - self.rect.x0
    }

    /// Same size and weight, as far as a reader sees.
    pub fn same_style(&self, other: &TextLine) -> bool {
        (self.size - other.size).abs() <= tuning::SAME_SIZE && self.bold == other.bold
    }

    pub fn style(&self) -> Style {
        Style { size10: (self.size * 10.0).round() as u16, font: self.font, bold: self.bold, italic: self.italic }
    }
}

/// A page as the rules see it.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub index: u32,
    pub height: f32,
    /// Its letters have no sure meaning: nothing is concluded from what they seem to say.
    pub poor: bool,
    pub text: PointText,
    /// Words with boxes as displayed.
    pub words: Vec<Word>,
    /// The boxes as they are in the file.
    pub file_rects: Vec<Rect>,
    pub lines: Vec<TextLine>,
    /// ORCID numbers to which a place of the page is linked, with its box as displayed.
    pub orcids: Vec<(Rect, String)>,
}

impl Sheet {
    /// Reads a page; `heads` of earlier slices are not needed since roles are marked already.
    pub fn read(page: &PageLayout, fonts: &[Font], head: &DocumentHead) -> Self {
        let frame = Frame::of(head, page.index);
        let text = PointText::new(&page.text);
        let file_rects: Vec<Rect> = page.words.iter().map(|word| word.rect).collect();
        let words: Vec<Word> = page.words.iter().map(|word| Word { rect: frame.show(word.rect), ..*word }).collect();
        let mut sheet = Sheet {
            index: page.index,
            height: frame.height,
            poor: page.quality == PageQuality::Poor,
            text,
            words,
            file_rects,
            lines: Vec::with_capacity(page.lines.len()),
            orcids: orcids(page, frame),
        };
        let mut last_end = u32::MAX;
        let lines = printed_lines(page);
        let mut at = 0;
        while at < lines.len() {
            let (mut first, mut end) = (lines[at].first_word, lines[at].end_word);
            at += 1;
            let own_line = end.saturating_sub(first) == 1;
            if !own_line && sheet.words.get(first as usize).is_some_and(|word| is_line_number(page, word)) {
                first += 1;
            }
            if first >= end || end as usize > sheet.words.len() {
                continue;
            }
            while let Some(next) = lines.get(at)
                && next.first_word == end
                && (end..=sheet.words.len() as u32).contains(&next.end_word)
                && sheet.goes_on(first, end, next.end_word)
            {
                end = next.end_word;
                at += 1;
            }
            let mut made = sheet.make_line(first, end, fonts, page);
            made.continues_word = made.start == last_end;
            last_end = made.end;
            if let Some(before) = sheet.lines.last()
                && before.overlaps_x(&made)
                && made.rect.y0 > before.rect.y0
            {
                made.gap = Some(made.rect.y0 - before.rect.y1);
            }
            sheet.lines.push(made);
        }
        sheet
    }

    /// Whether the words from `end` on stand on the same line right behind those before (as after a raised mark).
    fn goes_on(&self, first: u32, end: u32, next_end: u32) -> bool {
        let (Some(last), Some(next)) = (self.words.get(end as usize - 1), self.words.get(end as usize)) else {
            return false;
        };
        let size = self.words[first as usize..next_end as usize].iter().fold(0.0f32, |size, word| size.max(word.size));
        let gap = next.rect.x0 - last.rect.x1;
        let turned = (last.flags | next.flags) & word_flags::TURNED != 0;
        let overlap = last.rect.y1.min(next.rect.y1) - last.rect.y0.max(next.rect.y0);
        let height = (last.rect.y1 - last.rect.y0).min(next.rect.y1 - next.rect.y0);
        !turned && gap.abs() < tuning::SEGMENT_GAP * size && overlap > height * tuning::SEGMENT_OVERLAP
    }

    pub fn word_text(&self, word: u32) -> &str {
        self.words.get(word as usize).map_or("", |w| self.text.slice(w.start, w.end))
    }

    pub fn words_of(&self, line: &TextLine) -> &[Word] {
        self.words.get(line.first_word as usize..line.end_word as usize).unwrap_or(&[])
    }

    fn make_line(&self, first: u32, end: u32, fonts: &[Font], page: &PageLayout) -> TextLine {
        let words = &self.words[first as usize..end as usize];
        let mut rect = words[0].rect;
        let mut sizes: [(f32, u32); 6] = [(0.0, 0); 6];
        let (mut chars, mut bold, mut italic) = (0u32, 0u32, 0u32);
        let mut font_count: [(u16, u32); 6] = [(0, 0); 6];
        for word in words {
            rect.x0 = rect.x0.min(word.rect.x0);
            rect.x1 = rect.x1.max(word.rect.x1);
            rect.y0 = rect.y0.min(word.rect.y0);
            rect.y1 = rect.y1.max(word.rect.y1);
            let n = word.end.saturating_sub(word.start).max(1);
            if word.flags & word_flags::SUPERSCRIPT != 0 {
                continue;
            }
            chars = chars.saturating_add(n);
            let styled = fonts.get(word.font as usize);
            if word.flags & word_flags::BOLD != 0 || styled.is_some_and(|font| font.bold) {
                bold = bold.saturating_add(n);
            }
            if word.flags & word_flags::ITALIC != 0 || styled.is_some_and(|font| font.italic) {
                italic = italic.saturating_add(n);
            }
            count(&mut sizes, word.size, n, |a, b| (a - b).abs() < 0.25);
            count(&mut font_count, word.font, n, |a, b| a == b);
        }
        let (size, font) = (top(&sizes), top(&font_count));
        (rect.y0, rect.y1) = upright(words, size, font).unwrap_or((rect.y0, rect.y1));
        let start = words[0].start;
        let stop = words[words.len() - 1].end;
        let text =
            self.text.slice(start, stop).replace(['\n', '\r', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}'], " ");
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let caps = letters >= 3 && !text.chars().any(char::is_lowercase);
        let role = page
            .roles
            .iter()
            .find(|span| {
                span.start <= start
                    && start < span.end
                    && span.end - span.start >= (stop.saturating_sub(start) / 2).saturating_sub(1)
            })
            .map(|span| span.role);
        TextLine {
            page: self.index,
            start,
            end: stop,
            first_word: first,
            end_word: end,
            text,
            rect,
            size,
            bold: bold > chars / 2,
            italic: italic > chars / 2,
            caps,
            font,
            gap: None,
            role,
            continues_word: false,
        }
    }
}

/// Upper and lower edge of a line as its main face has them: a sign from another font may have a box as high as three
/// lines.
fn upright(words: &[Word], size: f32, font: u16) -> Option<(f32, f32)> {
    let main = words.iter().filter(|word| word.font == font && (word.size - size).abs() < 0.25);
    main.map(|word| (word.rect.y0, word.rect.y1)).reduce(|(a, b), (y0, y1)| (a.min(y0), b.max(y1)))
}

/// The links of a page that lead to somebody's ORCID.
fn orcids(page: &PageLayout, frame: Frame) -> Vec<(Rect, String)> {
    let number = |target: &LinkTarget| match target {
        LinkTarget::Uri(uri) if uri.contains("orcid.org/") => {
            super::contacts::orcids(uri).pop().map(|(_, number)| number)
        }
        _ => None,
    };
    page.links.iter().filter_map(|link| Some((frame.show(link.rect), number(&link.target)?))).collect()
}

fn is_line_number(page: &PageLayout, word: &Word) -> bool {
    page.roles.iter().any(|span| span.role == TextRole::LineNumber && span.start <= word.start && word.end <= span.end)
}

fn count<T: Copy>(slots: &mut [(T, u32); 6], value: T, n: u32, same: impl Fn(T, T) -> bool) {
    for slot in slots.iter_mut() {
        if slot.1 == 0 || same(slot.0, value) {
            if slot.1 == 0 {
                slot.0 = value;
            }
            slot.1 = slot.1.saturating_add(n);
            return;
        }
    }
}

fn top<T: Copy>(slots: &[(T, u32); 6]) -> T {
    let mut best = slots[0];
    for slot in slots {
        if slot.1 > best.1 {
            best = *slot;
        }
    }
    best.0
}

/// A way of printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Style {
    pub size10: u16,
    pub font: u16,
    pub bold: bool,
    pub italic: bool,
}

/// How often each way of printing is used in the document, by characters.
#[derive(Debug, Clone, Default)]
pub(super) struct TypeCount {
    counts: HashMap<Style, u64>,
}

impl TypeCount {
    pub fn add(&mut self, sheet: &Sheet) {
        for line in &sheet.lines {
            if line.role.is_none() {
                *self.counts.entry(line.style()).or_default() += u64::from(line.end.saturating_sub(line.start));
            }
        }
    }

    /// Most frequent size so far, in points.
    pub fn body_size(&self) -> f32 {
        let mut by_size: HashMap<u16, u64> = HashMap::new();
        for (style, n) in &self.counts {
            *by_size.entry(style.size10).or_default() += n;
        }
        by_size
            .into_iter()
            .max_by_key(|(size, n)| (*n, std::cmp::Reverse(*size)))
            .map_or(10.0, |(size, _)| f32::from(size) / 10.0)
    }

    /// What running text looks like.
    pub fn body(&self) -> BodyType {
        let mut by_size: HashMap<u16, u64> = HashMap::new();
        for (style, n) in &self.counts {
            *by_size.entry(style.size10).or_default() += n;
        }
        // Neighbouring tenths of a point are one size.
        let size10 = by_size
            .keys()
            .copied()
            .max_by_key(|&s| {
                let near: u64 = (s.saturating_sub(2)..=s.saturating_add(2)).filter_map(|t| by_size.get(&t)).sum();
                (near, by_size[&s], std::cmp::Reverse(s))
            })
            .unwrap_or(100);
        let near = |style: &Style| style.size10.abs_diff(size10) <= 3;
        let total: u64 = self.counts.iter().filter(|(style, _)| near(style)).map(|(_, n)| n).sum();
        let mut faces: Vec<(u16, bool, bool)> = Vec::new();
        for (style, n) in &self.counts {
            let face = (style.font, style.bold, style.italic);
            if near(style) && *n as f64 > total as f64 * tuning::BODY_FACE_SHARE && !faces.contains(&face) {
                faces.push(face);
            }
        }
        BodyType { size: f32::from(size10) / 10.0, faces }
    }
}

/// Size and faces of running text.
#[derive(Debug, Clone)]
pub(super) struct BodyType {
    pub size: f32,
    /// (font, bold, italic)
    pub faces: Vec<(u16, bool, bool)>,
}

impl BodyType {
    pub fn has_face(&self, line: &TextLine) -> bool {
        self.faces.contains(&(line.font, line.bold, line.italic))
    }
}

/// Lines as one text: words divided at a line end joined, everything else by one space.
pub(super) fn join<'a>(lines: impl IntoIterator<Item = &'a TextLine>) -> String {
    let mut out = String::new();
    for line in lines {
        push_line(&mut out, line);
    }
    out
}

/// Adds a line to a joined text.
pub(super) fn push_line(out: &mut String, line: &TextLine) {
    push_text(out, line.text.trim(), line.continues_word);
}

/// Adds a line's text (or its rest behind a label) to a joined text.
pub(super) fn push_text(out: &mut String, text: &str, continues_word: bool) {
    let ideographs = out.chars().next_back().is_some_and(is_wide) && text.chars().next().is_some_and(is_wide);
    if !out.is_empty() && !continues_word && !out.ends_with('\n') && !ideographs {
        out.push(' ');
    }
    let mut space = out.ends_with([' ', '\n']) || out.is_empty();
    for c in text.chars() {
        if c.is_whitespace() {
            if !space {
                out.push(' ');
            }
            space = true;
        } else {
            out.push(c);
            space = false;
        }
    }
}

/// Set without spaces between words.
fn is_wide(c: char) -> bool {
    super::wording::is_cjk(c) && !matches!(c as u32, 0xAC00..=0xD7AF)
        || matches!(c as u32, 0x3000..=0x303F | 0xFF00..=0xFFEF)
}
