//! Marks what is not running text: heads, feet, page numbers, stamps, line numbers, notes, captions.
//!
//! Slices come in page order; what repeats in the margins is remembered from slice to slice.

use std::collections::HashMap;

use super::lines::Frame;
use super::tuning;
use crate::domain::layout::{DocumentHead, LayoutSlice, PageLayout, Rect, RoleSpan, TextRole, word_flags};

/// Fills [`PageLayout::roles`]; one for each document, given its slices in order.
#[derive(Debug)]
pub struct RoleMarker {
    pages: u32,
    seen: HashMap<MarginKey, Repeats>,
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
    rect: Rect,
    size: f32,
    turned: bool,
    text: String,
}

impl RoleMarker {
    /// A marker for a document.
    #[must_use]
    pub fn new(head: &DocumentHead) -> Self {
        RoleMarker { pages: head.pages.len() as u32, seen: HashMap::new() }
    }

    /// Marks the pages of a slice.
    pub fn mark(&mut self, slice: &mut LayoutSlice, head: &DocumentHead) {
        let probes: Vec<Vec<Probe>> = slice.pages.iter().map(|page| probe(page, head)).collect();
        for (page, lines) in slice.pages.iter().zip(&probes) {
            self.remember(page, lines, &Frame::of(head, page.index));
        }
        for (page, lines) in slice.pages.iter_mut().zip(&probes) {
            let frame = Frame::of(head, page.index);
            let mut spans = Vec::new();
            for line in lines {
                if let Some(role) = self.margin_role(line, &frame) {
                    spans.push(RoleSpan { start: line.start, end: line.end, role });
                }
            }
            page.roles = tidy(spans);
        }
        if self.seen.len() > tuning::HEAD_KEYS_KEPT {
            self.seen.retain(|_, repeats| repeats.pages > 1);
        }
    }

    fn remember(&mut self, page: &PageLayout, lines: &[Probe], frame: &Frame) {
        for line in lines {
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
        let repeats = self.seen.get(&key(line)).map_or(0, |repeats| repeats.pages);
        (repeats >= needed).then_some(if top { TextRole::Head } else { TextRole::Foot })
    }
}

fn probe(page: &PageLayout, head: &DocumentHead) -> Vec<Probe> {
    let frame = Frame::of(head, page.index);
    let chars: Vec<char> = page.text.chars().collect();
    let mut out = Vec::with_capacity(page.lines.len());
    for line in &page.lines {
        let Some(words) = page.words.get(line.first_word as usize..line.end_word as usize) else { continue };
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let mut rect = frame.show(first.rect);
        for word in words {
            let shown = frame.show(word.rect);
            rect.x0 = rect.x0.min(shown.x0);
            rect.x1 = rect.x1.max(shown.x1);
            rect.y0 = rect.y0.min(shown.y0);
            rect.y1 = rect.y1.max(shown.y1);
        }
        let text: String =
            chars.get(first.start as usize..last.end as usize).map(|c| c.iter().collect()).unwrap_or_default();
        out.push(Probe {
            start: first.start,
            end: last.end,
            rect,
            size: first.size,
            turned: words.iter().filter(|w| w.flags & word_flags::TURNED != 0).count() * 2 > words.len(),
            text,
        });
    }
    out
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
