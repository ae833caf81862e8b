//! Marks what is not running text: heads, feet, page numbers, stamps, line numbers, notes, captions.
//!
//! Slices come in page order; what repeats in the margins is remembered from slice to slice.

use std::collections::HashMap;

use super::headings::REFERENCES;
use super::lines::{Frame, PointText, printed_lines};
use super::tuning;
use super::wording::heading_key;
use crate::domain::layout::{DocumentHead, LayoutSlice, PageLayout, Rect, RoleSpan, TextRole, word_flags};

/// Fills [`PageLayout::roles`]; one for each document, given its slices in order.
#[derive(Debug)]
pub struct RoleMarker {
    pages: u32,
    seen: HashMap<MarginKey, Repeats>,
    /// Characters by quarter points of size.
    sizes: HashMap<u16, u64>,
    in_references: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct MarginKey {
    text: String,
    size: u16,
}

#[derive(Debug, Clone, Copy, Default)]
struct Repeats {
    pages: u32,
    last_page: u32,
}

/// A line of one page, before any role.
struct Probe {
    start: u32,
    end: u32,
    first_word: u32,
    rect: Rect,
    size: f32,
    turned: bool,
    /// Begins with a raised word.
    raised: bool,
    bold: bool,
    text: String,
}

impl Probe {
    /// Code points.
    fn length(&self) -> u32 {
        self.end.saturating_sub(self.start)
    }
}

impl RoleMarker {
    /// A marker for a document.
    #[must_use]
    pub fn new(head: &DocumentHead) -> Self {
        RoleMarker { pages: head.pages.len() as u32, seen: HashMap::new(), sizes: HashMap::new(), in_references: false }
    }

    /// Marks the pages of a slice.
    pub fn mark(&mut self, slice: &mut LayoutSlice, head: &DocumentHead) {
        let frames: Vec<Frame> = slice.pages.iter().map(|page| Frame::of(head, page.index)).collect();
        let probes: Vec<Vec<Probe>> = slice.pages.iter().zip(&frames).map(|(page, frame)| probe(page, frame)).collect();
        for (page, (lines, frame)) in slice.pages.iter().zip(probes.iter().zip(&frames)) {
            self.remember(page, lines, frame);
        }
        let body = self.body_size();
        for (page, (lines, frame)) in slice.pages.iter_mut().zip(probes.iter().zip(&frames)) {
            let mut roles: Vec<Option<TextRole>> = lines.iter().map(|line| self.margin_role(line, frame)).collect();
            take_along(lines, &mut roles, frame);
            captions(lines, &mut roles, body);
            self.note_references(lines, body);
            if !self.in_references {
                notes(lines, &mut roles, body, frame);
            }
            let mut spans: Vec<RoleSpan> = lines
                .iter()
                .zip(&roles)
                .filter_map(|(line, role)| role.map(|role| RoleSpan { start: line.start, end: line.end, role }))
                .collect();
            if !self.in_references {
                spans.extend(line_numbers(page, lines, &roles));
            }
            page.roles = tidy(spans);
        }
        if self.seen.len() > tuning::HEAD_KEYS_KEPT {
            self.seen.retain(|_, repeats| repeats.pages > 1);
        }
    }

    /// Most frequent size so far.
    fn body_size(&self) -> f32 {
        let best = self.sizes.iter().max_by_key(|(size, n)| (**n, std::cmp::Reverse(**size)));
        best.map_or(10.0, |(size, _)| f32::from(*size) / 4.0)
    }

    /// Notes are not looked for behind the head of a reference list, whose numbers look like theirs.
    fn note_references(&mut self, lines: &[Probe], body: f32) {
        for line in lines {
            if line.text.len() < 60 && REFERENCES.contains(&heading_key(&line.text).as_str()) {
                self.in_references = true;
            } else if self.in_references && self.pages > tuning::BOOK_PAGES && line.size > body * 1.4 {
                self.in_references = false;
            }
        }
    }

    fn remember(&mut self, page: &PageLayout, lines: &[Probe], frame: &Frame) {
        for line in lines {
            *self.sizes.entry((line.size * 4.0).round() as u16).or_default() += u64::from(line.length());
            if !in_margin(line, frame) || line.turned {
                continue;
            }
            let entry = self.seen.entry(key(line)).or_default();
            if entry.pages == 0 || entry.last_page != page.index {
                entry.pages += 1;
                entry.last_page = page.index;
            }
        }
    }

    fn margin_role(&self, line: &Probe, frame: &Frame) -> Option<TextRole> {
        if line.turned {
            return Some(TextRole::Stamp);
        }
        if !in_margin(line, frame) {
            return None;
        }
        let needed = tuning::HEAD_REPEATS.min(self.pages.saturating_sub(1).max(2));
        let top = line.rect.y1 < frame.height * 0.5;
        let outer = line.rect.y1 < frame.height * tuning::NUMBER_BAND
            || line.rect.y0 > frame.height * (1.0 - tuning::NUMBER_BAND);
        if outer && is_page_number(&line.text) {
            return Some(TextRole::PageNumber);
        }
        if is_platform_line(&line.text) {
            return Some(TextRole::Stamp);
        }
        let repeats = self.seen.get(&key(line)).map_or(0, |repeats| repeats.pages);
        (repeats >= needed).then_some(if top { TextRole::Head } else { TextRole::Foot })
    }
}

fn probe(page: &PageLayout, frame: &Frame) -> Vec<Probe> {
    let text = PointText::new(&page.text);
    let mut out = Vec::with_capacity(page.lines.len());
    for line in printed_lines(page) {
        let Some(words) = page.words.get(line.first_word as usize..line.end_word as usize) else { continue };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let mut rect = frame.show(first.rect);
        let (mut turned, mut size) = (0, first.size);
        for word in words {
            let shown = frame.show(word.rect);
            rect.x0 = rect.x0.min(shown.x0);
            rect.x1 = rect.x1.max(shown.x1);
            rect.y0 = rect.y0.min(shown.y0);
            rect.y1 = rect.y1.max(shown.y1);
            turned += usize::from(word.flags & word_flags::TURNED != 0);
            if word.flags & word_flags::SUPERSCRIPT == 0 {
                size = if size < word.size * 0.85 { word.size } else { size };
            }
        }
        out.push(Probe {
            start: first.start,
            end: last.end,
            first_word: line.first_word,
            rect,
            size,
            turned: turned * 2 > words.len(),
            raised: first.flags & word_flags::SUPERSCRIPT != 0,
            bold: first.flags & word_flags::BOLD != 0,
            text: text.slice(first.start, last.end).to_owned(),
        });
    }
    // A page whose text is turned as a whole has no stamps.
    if out.iter().filter(|line| line.turned).count() * 2 > out.len() {
        for line in &mut out {
            line.turned = false;
        }
    }
    // Nor is much turned text inside the page a stamp: it is a table set sideways.
    let side = frame.width() * tuning::STAMP_BAND;
    let inner = |line: &Probe| line.turned && line.rect.x1 > side && line.rect.x0 < frame.width() - side;
    let inside: u64 = out.iter().filter(|line| inner(line)).map(|line| u64::from(line.length())).sum();
    if inside > u64::from(tuning::STAMP_LONGEST) {
        for line in out.iter_mut().filter(|line| inner(line)) {
            line.turned = false;
        }
    }
    out
}

/// Lines beside a marked one in the outermost margin belong to it.
fn take_along(lines: &[Probe], roles: &mut [Option<TextRole>], frame: &Frame) {
    let outer = |line: &Probe| {
        line.rect.y1 < frame.height * tuning::OUTER_BAND || line.rect.y0 > frame.height * (1.0 - tuning::OUTER_BAND)
    };
    for i in 0..lines.len() {
        if roles[i].is_some() || !outer(&lines[i]) {
            continue;
        }
        let beside = (0..lines.len()).find(|&k| {
            matches!(roles[k], Some(TextRole::Head | TextRole::Foot | TextRole::PageNumber))
                && (lines[k].rect.y1 - lines[i].rect.y1).abs() < lines[i].size * 0.4
        });
        if beside.is_some() {
            let top = lines[i].rect.y1 < frame.height * 0.5;
            roles[i] = Some(if top { TextRole::Head } else { TextRole::Foot });
        }
    }
}

/// Captions: from "Figure 3." on through lines of the same size without white space between.
fn captions(lines: &[Probe], roles: &mut [Option<TextRole>], body: f32) {
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        if roles[at].is_some() || !opens_caption(line, body) {
            at += 1;
            continue;
        }
        let limit = if (line.size - body).abs() < tuning::SAME_SIZE {
            tuning::CAPTION_LINES_BODY
        } else {
            tuning::CAPTION_LINES
        };
        let first = at;
        roles[at] = Some(TextRole::Caption);
        at += 1;
        while at < lines.len() && at - first < limit {
            let (before, next) = (&lines[at - 1], &lines[at]);
            let near = next.rect.y0 - before.rect.y1 < next.size * tuning::CAPTION_GAP
                && next.rect.y1 > before.rect.y1 - next.size;
            let overlaps = next.rect.x0 < before.rect.x1 && before.rect.x0 < next.rect.x1;
            let ended = before.text.trim_end().ends_with('.')
                && before.rect.x1 < line.rect.x1 - line.size * 3.0
                && (line.size - body).abs() < tuning::SAME_SIZE;
            if roles[at].is_some() || !near || !overlaps || (next.size - line.size).abs() > tuning::SAME_SIZE || ended {
                break;
            }
            roles[at] = Some(TextRole::Caption);
            at += 1;
        }
    }
}

fn opens_caption(line: &Probe, body: f32) -> bool {
    const LABELS: &[&str] = &[
        "Figure ",
        "Fig. ",
        "Fig ",
        "FIGURE ",
        "FIG. ",
        "Table ",
        "TABLE ",
        "Tab. ",
        "Abbildung ",
        "Abb. ",
        "Tabelle ",
        "Scheme ",
        "Box ",
        "Listing ",
        "Algorithm ",
        "Chart ",
        "Supplementary Figure ",
        "图 ",
        "图",
        "表 ",
        "表",
        "Figura ",
        "Tabla ",
        "Tableau ",
    ];
    let text = line.text.trim_start();
    let Some(rest) = LABELS.iter().find_map(|label| text.strip_prefix(label)) else { return false };
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "IVXAS".contains(c));
    if number.len() == rest.len() {
        return false;
    }
    let number = number.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c == '.' && number.len() > 1 && number.as_bytes().get(1).is_some_and(u8::is_ascii_digit)
    });
    let marked = number.is_empty() || number.trim_start().starts_with(['.', ':', '|', '–', '—', '　']);
    marked || line.bold || line.size < body * tuning::NOTE_SIZE
}

/// Notes: small lines at the foot of a column that begin with a raised number or a mark.
fn notes(lines: &[Probe], roles: &mut [Option<TextRole>], body: f32, frame: &Frame) {
    let small = |line: &Probe| line.size <= body * tuning::NOTE_SIZE;
    let mut at = 0;
    while at < lines.len() {
        let line = &lines[at];
        let begins = roles[at].is_none()
            && small(line)
            && line.rect.y0 > frame.height * tuning::NOTE_HIGHEST
            && opens_note(line);
        if !begins {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < lines.len() {
            let (before, next) = (&lines[end - 1], &lines[end]);
            let below = next.rect.y1 > before.rect.y1 - next.size * 0.5
                && next.rect.x0 < before.rect.x1 + next.size
                && next.rect.x0 > line.rect.x0 - 3.0 * next.size;
            let beside = next.rect.y0 < before.rect.y1
                && before.rect.y0 < next.rect.y1
                && next.rect.x0 >= before.rect.x1 - next.size;
            let near = next.rect.y0 - before.rect.y1 < next.size * 1.2;
            if roles[end].is_some() || !small(next) || !(below && near || beside) {
                break;
            }
            end += 1;
        }
        let last = &lines[end - 1];
        let covers = |other: &Probe| other.rect.x0 < last.rect.x1.max(line.rect.x1) && line.rect.x0 < other.rect.x1;
        let text_below = lines.iter().enumerate().any(|(k, other)| {
            !(at..end).contains(&k)
                && roles[k].is_none()
                && covers(other)
                && other.rect.y0 > last.rect.y0
                && !small(other)
        });
        let text_above = lines
            .iter()
            .any(|other| covers(other) && other.rect.y1 < line.rect.y0 + line.size && !small(other) && !other.turned);
        if !text_below && text_above {
            for role in &mut roles[at..end] {
                *role = Some(TextRole::Footnote);
            }
        }
        at = end;
    }
}

fn opens_note(line: &Probe) -> bool {
    let text = line.text.trim_start();
    let Some(first) = text.chars().next() else { return false };
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    if words < 2 {
        return false;
    }
    if "¹²³⁴⁵⁶⁷⁸⁹*†‡§¶∗".contains(first) || line.raised && first.is_ascii_digit() {
        return true;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let behind = text[digits..].chars().next();
    (1..=3).contains(&digits)
        && behind.is_some_and(|c| c.is_whitespace() || c.is_uppercase())
        && text[digits..]
            .trim_start()
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || "“‘\"«".contains(c) || c == 'h')
}

/// Numbers printed beside the lines: a dozen or more, right-aligned, rising.
fn line_numbers(page: &PageLayout, lines: &[Probe], roles: &[Option<TextRole>]) -> Vec<RoleSpan> {
    let mut found: Vec<(u32, f32, u32, u32)> = Vec::new();
    for (line, role) in lines.iter().zip(roles) {
        let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
        if role.is_some() || digits == 0 || digits > 5 {
            continue;
        }
        let Some(word) = page.words.get(line.first_word as usize) else { continue };
        if word.end.saturating_sub(word.start) as usize != digits {
            continue;
        }
        if let Ok(number) = line.text[..digits].parse::<u32>() {
            found.push((number, word.rect.x1, word.start, word.end));
        }
    }
    if found.len() < tuning::LINE_NUMBERS_LEAST {
        return Vec::new();
    }
    // The most common right edge among them.
    let edge = found
        .iter()
        .map(|(_, x, ..)| *x)
        .max_by_key(|x| found.iter().filter(|(_, other, ..)| (other - x).abs() < tuning::LINE_NUMBER_EDGE).count());
    let Some(edge) = edge else { return Vec::new() };
    found.retain(|(_, x, ..)| (x - edge).abs() < tuning::LINE_NUMBER_EDGE);
    let rising = found.windows(2).filter(|pair| pair[1].0 > pair[0].0 && pair[1].0 - pair[0].0 <= 5).count();
    let (top, bottom) = lines
        .iter()
        .filter(|line| found.iter().any(|(_, _, start, _)| *start == line.start))
        .fold((f32::MAX, f32::MIN), |(a, b), line| (a.min(line.rect.y0), b.max(line.rect.y1)));
    let beside = lines.iter().zip(roles).filter(|(line, role)| {
        role.is_none() && line.rect.y0 >= top && line.rect.y1 <= bottom && line.text.chars().any(char::is_alphabetic)
    });
    if found.len() * 10 < beside.count() * tuning::LINE_NUMBERS_TENTHS {
        return Vec::new();
    }
    if found.len() < tuning::LINE_NUMBERS_LEAST || rising * 10 < (found.len() - 1) * 9 {
        return Vec::new();
    }
    found.into_iter().map(|(.., start, end)| RoleSpan { start, end, role: TextRole::LineNumber }).collect()
}

fn in_margin(line: &Probe, frame: &Frame) -> bool {
    line.rect.y1 < frame.height * tuning::MARGIN_BAND || line.rect.y0 > frame.height * (1.0 - tuning::MARGIN_BAND)
}

fn key(line: &Probe) -> MarginKey {
    let mut text = String::with_capacity(line.text.len());
    for c in line.text.chars() {
        if c.is_ascii_digit() {
            if !text.ends_with('0') {
                text.push('0');
            }
        } else if !c.is_whitespace() {
            text.extend(c.to_lowercase());
        }
    }
    MarginKey { text, size: line.size.round() as u16 }
}

/// What platforms print over a margin when a file is fetched.
fn is_platform_line(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["downloaded from", "downloaded by", "this content downloaded", "use is subject to"]
        .iter()
        .any(|phrase| lower.contains(phrase))
}

/// Digits, roman numerals, "Page 3 of 12", "– 3 –".
fn is_page_number(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "-–—|·.[]()".contains(c));
    if text.is_empty() || text.len() > 24 {
        return false;
    }
    let lower = text.to_lowercase();
    let rest = ["page", "seite", "p.", "pp.", "s."].iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let mut parts = rest.split(|c: char| c.is_whitespace() || "/|-–".contains(c)).filter(|part| !part.is_empty());
    let number = |part: &str| {
        (part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit()))
            || (part.len() <= 7 && part.bytes().all(|b| b"ivxlc".contains(&b)))
    };
    let Some(first) = parts.next() else { return false };
    number(first) && parts.all(|part| number(part) || part == "of" || part == "von")
}

/// Sorted, without overlaps: what begins first wins.
fn tidy(mut spans: Vec<RoleSpan>) -> Vec<RoleSpan> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<RoleSpan> = Vec::with_capacity(spans.len());
    for mut span in spans {
        if let Some(last) = out.last() {
            span.start = span.start.max(last.end);
        }
        if span.start < span.end {
            out.push(span);
        }
    }
    out
}
