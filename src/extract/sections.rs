//! Headings: lines set unlike the body over lines of the body, with levels by number or style.

use super::headings::{ABSTRACT, BACK_MATTER, KEYWORDS, KNOWN_SECTIONS, REFERENCES};
use super::lines::{BodyType, TextLine, join};
use super::references::{FlowLine, Region};
use super::tuning as t;
use super::wording::{heading_key, is_cjk, is_letter_spaced, squash, words};
use crate::domain::facts::Section;
use crate::domain::layout::{TextRole, word_flags};

/// A line or two that may be a heading.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    number: String,
    heading: String,
    key: String,
    style: HeadStyle,
    page: u32,
    offset: u32,
    run_in: bool,
}

/// What makes two headings look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct HeadStyle {
    size2: u16,
    bold: bool,
    italic: bool,
    caps: bool,
    font: u16,
}

impl HeadStyle {
    fn of(line: &TextLine, bold: bool, italic: bool) -> Self {
        HeadStyle { size2: (line.size * 2.0).round() as u16, bold, italic, caps: line.caps, font: line.font }
    }

    fn like(self, other: HeadStyle) -> bool {
        self.size2.abs_diff(other.size2) <= 1
            && self.bold == other.bold
            && self.italic == other.italic
            && self.caps == other.caps
    }
}

impl Candidate {
    fn known(&self) -> bool {
        KNOWN_SECTIONS.contains(&self.key.as_str())
    }

    fn back(&self) -> bool {
        BACK_MATTER.contains(&self.key.as_str()) || self.key.starts_with("appendix ")
    }

    /// Depth by number: "2" and "II" are 1, "2.1" is 2.
    fn depth(&self) -> Option<u8> {
        if self.number.is_empty() {
            return None;
        }
        Some(self.number.split('.').filter(|part| !part.is_empty()).count().min(6) as u8)
    }
}

/// Where the text may begin: behind this place, or anywhere below this height on its page, as where a column comes before
/// the title in the order of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Front {
    pub page: u32,
    pub end: u32,
    pub below: f32,
}

/// The headings among the lines of the flow behind the front.
pub(super) fn candidates(
    flow: &[FlowLine],
    front: Front,
    abstract_at: Option<Region>,
    body: &BodyType,
    lists: &[Region],
) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < flow.len() {
        let item = &flow[i];
        let place = (item.sheet.index, item.line.start);
        // Before the title in the order of the file: a column of text, or a sidebar.
        let aside = place < (front.page, front.end);
        if aside && (place.0 < front.page || item.line.rect.y0 < front.below) {
            i += 1;
            continue;
        }
        let in_list = lists.iter().any(|region| place > region.from && place < region.to);
        let in_abstract = abstract_at.is_some_and(|region| place > region.from && place < region.to);
        let turned = item.sheet.words_of(item.line).first().is_some_and(|word| word.flags & word_flags::TURNED != 0);
        if in_abstract || in_list || turned || item.line.role == Some(TextRole::Footnote) {
            i += 1;
            continue;
        }
        if let Some(end) = whole_line(flow, i, body) {
            if let Some(found) =
                make(&flow[i..end], item.line.bold, item.line.italic, &join(flow[i..end].iter().map(|l| l.line)), false)
            {
                let early = aside || abstract_at.is_some_and(|region| place < region.from);
                if !early || found.known() {
                    out.push(found);
                }
            }
            i = end;
            continue;
        }
        let early = aside || abstract_at.is_some_and(|region| place < region.from);
        if !early
            && let Some((text, bold, italic)) = run_in(item, body)
            && let Some(found) = make(&flow[i..=i], bold, italic, &text, true)
        {
            out.push(found);
        }
        i += 1;
    }
    out
}

/// If a heading begins at this line: one behind its last line.
fn whole_line(flow: &[FlowLine], i: usize, body: &BodyType) -> Option<usize> {
    let line = flow[i].line;
    let text = line.text.trim();
    if !could_be_heading(text)
        || line.size < body.size * t::HEAD_SMALLEST
        || is_letter_spaced(text) && squash(text).len() < 8
    {
        return None;
    }
    let larger = line.size > body.size * t::HEAD_LARGER && line.size - body.size > 0.35;
    let other_face = !body.has_face(line);
    let gap_before = line.gap.is_none_or(|gap| gap > line.size * t::HEAD_GAP);
    let numbered = !split_number(text).0.is_empty();
    let styled = line.bold && other_face
        || larger
        || line.caps && words(text).count() >= 1 && text.len() > 5
        || line.italic && other_face && gap_before
        || numbered && other_face && gap_before;
    if !styled && (text.len() >= t::HEAD_PLAIN_LENGTH || !gap_before) {
        return None;
    }
    let key = heading_key(text);
    let known = KNOWN_SECTIONS.contains(&key.as_str())
        || BACK_MATTER.contains(&key.as_str())
        || REFERENCES.contains(&key.as_str());
    if !styled
        && !(known && gap_before && (other_face || numbered || line.width() < 200.0 && line.text.len() < 30 && known))
    {
        return None;
    }
    if line.size < body.size - t::SAME_SIZE && !line.bold && !known && !line.caps {
        return None;
    }
    let mut end = i + 1;
    while end < flow.len() && end - i < 3 {
        let (last, next) = (flow[end - 1].line, flow[end].line);
        let same = (next.size - line.size).abs() < 0.3
            && next.bold == line.bold
            && next.italic == line.italic
            && next.font == line.font;
        let near = last.page == next.page
            && next.gap.is_some_and(|gap| gap < line.size * t::HEAD_LINE_GAP)
            && next.overlaps_x(last);
        if !same || !near || !split_number(next.text.trim()).0.is_empty() || is_known_line(next) || known {
            break;
        }
        end += 1;
    }
    if !known
        && !numbered
        && (i > 0 && is_cell_beside(line, flow[i - 1].line) || is_cell_beside(line, flow.get(end)?.line))
    {
        return None;
    }
    let next = flow.get(end)?.line;
    let last = flow[end - 1].line;
    let same_after = (next.size - line.size).abs() < 0.3
        && next.bold == line.bold
        && next.italic == line.italic
        && next.font == line.font
        && next.caps == line.caps
        && next.gap.is_some_and(|gap| gap < line.size * t::HEAD_LINE_GAP)
        && next.overlaps_x(last);
    if same_after && !(known && gap_before) {
        return None;
    }
    // What is said of a supplement is often set smaller than the text, under a heading like the others.
    let supplement = key.starts_with("supplement") && line.size >= body.size;
    let prose_size =
        (next.size - body.size).abs() <= t::HEAD_NEXT_SIZE || next.bold || next.size > body.size || supplement;
    let aligned = next.page != last.page
        || !next.overlaps_x(last)
        || (line.rect.x0 - next.rect.x0).abs() < line.size * t::HEAD_ALIGNED
        || ((line.rect.x0 + line.rect.x1) - (next.rect.x0 + next.rect.x1)).abs() < line.size * 6.0;
    let long_next = next.text.chars().count() >= 15 || next.bold || next.text.chars().any(is_cjk);
    (aligned && prose_size && (long_next || known)).then_some(end)
}

/// Whether the other line stands beside this one like the next cell of a table's head.
fn is_cell_beside(line: &TextLine, other: &TextLine) -> bool {
    let shared = line.rect.y1.min(other.rect.y1) - line.rect.y0.max(other.rect.y0);
    line.page == other.page
        && shared * 2.0 > line.rect.y1 - line.rect.y0
        && !line.overlaps_x(other)
        && line.same_style(other)
        && other.text.chars().count() < t::HEAD_CELL_LENGTH
        && other.text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

fn is_known_line(line: &TextLine) -> bool {
    let key = heading_key(&line.text);
    KNOWN_SECTIONS.contains(&key.as_str()) || BACK_MATTER.contains(&key.as_str())
}

fn could_be_heading(text: &str) -> bool {
    let count = text.chars().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let (number, rest) = split_number(text);
    let first = rest.chars().find(|c| !c.is_whitespace());
    let opens = first.is_some_and(|c| {
        c.is_uppercase() || is_cjk(c) || c.is_ascii_digit() && !number.is_empty() || c == '“' || c == '‘' || c == '¿'
    });
    let ideographs = text.chars().any(is_cjk);
    count <= t::HEADING_LENGTH
        && !(ideographs && (count > t::HEADING_IDEOGRAPHS || text.contains(['。', '，', '；'])))
        && (letters >= 3 || ideographs && letters >= 2)
        && letters * 2 > rest.chars().count()
        && (opens || !number.is_empty() && number.contains('.') && first.is_some_and(char::is_alphabetic))
        && !text.ends_with([',', ';', '-', '–', '='])
        && !text.contains(['@', '=', '≤', '≥'])
        && !text.contains("://")
        && !is_caption_start(text)
}

fn is_caption_start(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or("").trim_end_matches(['.', ':']).to_lowercase();
    let second = text.split_whitespace().nth(1).unwrap_or("");
    matches!(
        first.as_str(),
        "figure"
            | "fig"
            | "table"
            | "tab"
            | "abbildung"
            | "abb"
            | "tabelle"
            | "algorithm"
            | "listing"
            | "scheme"
            | "box"
            | "theorem"
            | "lemma"
            | "proposition"
            | "corollary"
            | "definition"
            | "proof"
            | "remark"
            | "example"
            | "assumption"
    ) && (second.chars().next().is_some_and(|c| c.is_ascii_digit() || c == 'S' || c == 'A' || c == '(' || c == 'I')
        || second.is_empty())
}

/// A head on the line of its text: "2.1. Probes. We …" with the head in another face.
fn run_in(item: &FlowLine, body: &BodyType) -> Option<(String, bool, bool)> {
    let line = item.line;
    if (line.size - body.size).abs() > t::SAME_SIZE || line.gap.is_some_and(|gap| gap < line.size * -0.6) {
        return None;
    }
    let list = item.sheet.words_of(line);
    let style = |flags: u8| flags & (word_flags::BOLD | word_flags::ITALIC);
    let first = style(list.first()?.flags);
    let lead_number = item.sheet.word_text(line.first_word).chars().all(|c| c.is_ascii_digit() || c == '.');
    let head_style = if first == 0 && lead_number { style(list.get(1)?.flags) } else { first };
    if head_style == 0 {
        return None;
    }
    let skip = usize::from(first != head_style);
    let count = skip + list[skip..].iter().take_while(|word| style(word.flags) == head_style).count();
    if count == list.len() || count > 14 {
        return None;
    }
    let last = &list[count - 1];
    let text = item.sheet.text.slice(list[0].start, last.end).trim().replace('\n', " ");
    let next = item.sheet.word_text(line.first_word + count as u32);
    let closes = text.ends_with(['.', ':', '—']) || next.starts_with([':', '—', '–']) && next.chars().count() == 1;
    let numbered = !split_number(&text).0.is_empty();
    let key = heading_key(&text);
    let known = KNOWN_SECTIONS.contains(&key.as_str()) || BACK_MATTER.contains(&key.as_str());
    if !(closes || known && text.len() > 4)
        || !(numbered && closes || known || head_style & word_flags::BOLD != 0 && closes)
        || !could_be_heading(text.trim_end_matches(['.', ':', '—']))
    {
        return None;
    }
    Some((
        text.trim_end_matches(['.', ':', '—', ' ']).to_owned(),
        head_style & word_flags::BOLD != 0,
        head_style & word_flags::ITALIC != 0,
    ))
}

fn make(lines: &[FlowLine], bold: bool, italic: bool, text: &str, run_in: bool) -> Option<Candidate> {
    let line = lines.first()?.line;
    let text = super::wording::despace(text.trim());
    let key = heading_key(&text);
    if ABSTRACT.contains(&key.as_str()) && key != "summary" && key != "zusammenfassung"
        || KEYWORDS.iter().any(|word| key.starts_with(word))
    {
        return None;
    }
    let (number, rest) = split_number(&text);
    let heading = rest
        .trim()
        .trim_start_matches(['|', '.', ':', ' ', '■', '●', '•', '▪'])
        .trim_end_matches([':', ' '])
        .to_owned();
    Some(Candidate {
        number: number.to_owned(),
        heading,
        key,
        style: HeadStyle::of(line, bold, italic),
        page: lines.first()?.sheet.index,
        offset: line.start,
        run_in,
    })
}

/// "2.1. Probes" into "2.1" and "Probes"; also "II. Probes", "A.1 Probes", "3 | Probes".
pub(super) fn split_number(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(0);
    if end > 0 && text.as_bytes()[0].is_ascii_digit() {
        let number = text[..end].trim_end_matches('.');
        let rest = &text[end..];
        let separated = rest.starts_with(|c: char| c.is_whitespace() || c == '|' || c == ')' || is_cjk(c))
            || text[..end].ends_with('.');
        let parts_fine = number.split('.').all(|part| (1..=2).contains(&part.len()));
        if separated && parts_fine {
            return (number, rest.trim_start_matches(|c: char| c.is_whitespace() || c == '|' || c == ')'));
        }
        return ("", text);
    }
    if let Some((first, rest)) = text.split_once(char::is_whitespace) {
        let bare = first.trim_end_matches(['.', ')', ':']);
        let roman = first.len() > bare.len()
            && !bare.is_empty()
            && bare.len() <= 5
            && bare.bytes().all(|b| b"IVX".contains(&b));
        let mut parts = bare.split('.');
        let letter = parts.next().is_some_and(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_uppercase())
            && parts.all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
            && (first.len() > 1);
        if roman || letter {
            return (bare, rest.trim_start());
        }
    }
    ("", text)
}

/// Gives levels and keeps what is a heading.
pub(super) fn level(found: &[Candidate], lists: &[Region]) -> Vec<Section> {
    let numbered = found
        .iter()
        .filter(|c| {
            c.known()
                && c.depth() == Some(1)
                && c.number.bytes().next().is_some_and(|b| b.is_ascii_digit() || b"IVX".contains(&b))
        })
        .count()
        >= 2;
    let top = top_style(found, numbered);
    let top_font = top.and_then(|top| only_font(found, top));
    let first_list = lists.first().map(|region| region.from);
    let mut out: Vec<Section> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for candidate in found {
        let Some(mut level) = level_of(candidate, found, numbered, top, first_list) else { continue };
        let named = candidate.known() || candidate.back() || candidate.depth().is_some();
        if level == 1 && !named && top_font.is_some_and(|font| font != candidate.style.font) {
            level = 2;
        }
        let squashed = squash(&format!("{}{}", candidate.number, candidate.heading));
        if candidate.heading.chars().filter(|c| c.is_alphabetic()).count() < 2 || seen.contains(&squashed) {
            continue;
        }
        seen.push(squashed);
        out.push(Section {
            level,
            number: candidate.number.clone(),
            heading: candidate.heading.clone(),
            page: candidate.page,
            offset: candidate.offset,
        });
    }
    out
}

/// The style most frequent among headings with well-known names.
fn top_style(found: &[Candidate], numbered: bool) -> Option<HeadStyle> {
    let mut counts: Vec<(HeadStyle, u32)> = Vec::new();
    let mut back = 0;
    for candidate in found {
        let counts_for = candidate.known() && (!numbered || candidate.depth() == Some(1))
            || candidate.key == "references"
            || candidate.back();
        if !counts_for {
            continue;
        }
        let weight = match (candidate.known(), candidate.run_in) {
            (true, false) => 4,
            (false, false) => 2,
            _ => 1,
        };
        // Statements behind the text are many, but the text's own headings rule.
        if !candidate.known() {
            back += weight;
            if back > t::HEAD_BACK_WEIGHT && found.iter().any(|other| other.known() && !other.run_in) {
                continue;
            }
        }
        match counts.iter_mut().find(|(style, _)| style.like(candidate.style)) {
            Some((_, n)) => *n += weight,
            None => counts.push((candidate.style, weight)),
        }
    }
    counts.into_iter().max_by_key(|(style, n)| (*n, style.size2)).map(|(style, _)| style)
}

/// The font that all headings with well-known names in the top style share: in another font, the same size and weight are
/// those of a lower level.
fn only_font(found: &[Candidate], top: HeadStyle) -> Option<u16> {
    let mut fonts = found.iter().filter(|c| c.known() && !c.run_in && top.like(c.style)).map(|c| c.style.font);
    let first = fonts.next()?;
    let mut more = 0;
    for font in fonts {
        if font != first {
            return None;
        }
        more += 1;
    }
    (more >= 2).then_some(first)
}

fn level_of(
    candidate: &Candidate,
    found: &[Candidate],
    numbered: bool,
    top: Option<HeadStyle>,
    first_list: Option<(u32, u32)>,
) -> Option<u8> {
    let like_top = top.is_some_and(|top| top.like(candidate.style));
    let behind_list = first_list.is_some_and(|from| (candidate.page, candidate.offset) > from);
    if SKIPPED.iter().any(|skip| candidate.key.starts_with(skip)) {
        return None;
    }
    if REFERENCES.contains(&candidate.key.as_str()) {
        return Some(1);
    }
    let numbered_like_top = like_top && !candidate.number.is_empty();
    if behind_list && !candidate.back() && !numbered_like_top {
        return None;
    }
    if numbered {
        if let Some(depth) = candidate.depth() {
            let letter = candidate.number.starts_with(|c: char| c.is_ascii_uppercase());
            let digits = !letter;
            if digits && (depth > 1 || like_top || candidate.known()) || letter && (depth > 1 || like_top) {
                return Some(depth);
            }
            return None;
        }
        if like_top && (candidate.known() || candidate.back()) || candidate.back() && !candidate.run_in {
            return Some(if candidate.run_in { 2 } else { 1 });
        }
        return repeated(candidate, found).then_some(3);
    }
    if like_top && (!candidate.run_in || candidate.back() || candidate.known()) {
        let lower = candidate.run_in && candidate.back();
        return Some(if lower { 2 } else { candidate.depth().unwrap_or(1).max(1) });
    }
    if (candidate.back() || candidate.known())
        && candidate.style.bold
        && !candidate.run_in
        && top.is_none_or(|top| candidate.style.size2 + 1 >= top.size2)
    {
        return Some(1);
    }
    (repeated(candidate, found) && !behind_list).then_some(2)
}

/// Headings that are no sections of the text.
const SKIPPED: &[&str] = &[
    "publisher's note",
    "publisher’s note",
    "additional file",
    "abbreviations",
    "pre-publication history",
    "cite this",
    "how to cite",
    "open access",
    "author details",
    "full list of author",
    "article info",
    "submit your",
    "reviewer information",
];

fn repeated(candidate: &Candidate, found: &[Candidate]) -> bool {
    found.iter().filter(|other| other.style.like(candidate.style) && other.run_in == candidate.run_in).count() >= 2
}
