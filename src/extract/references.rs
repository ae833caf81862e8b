//! Reference lists: where they stand, and where each entry begins.
//!
//! What an entry says is read in `reference_fields`.

use super::headings::{BACK_MATTER, REFERENCES};
use super::lines::{BodyType, Sheet, TextLine, push_text};
use super::reference_labels::{Starts, by_keys, by_numbers, label_of, numbers_apart};
use super::tuning as t;
use super::volume::years_in;
use super::wording::{heading_key, is_cjk, words};
use crate::domain::facts::Place;
use crate::domain::layout::Rect;

/// An entry as printed.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Lines joined, without the label.
    pub raw: String,
    /// The entry's lines, the label cut off the first.
    pub lines: Vec<String>,
    /// Number or key, without brackets.
    pub label: String,
    /// Which list.
    pub list: u16,
    /// Boxes in the file's coordinates.
    pub places: Vec<Place>,
}

/// The lists of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Lists {
    pub entries: Vec<Entry>,
    /// Page and first code point of each list's heading, and where the list ends.
    pub regions: Vec<Region>,
}

/// From the heading to the first line behind the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub from: (u32, u32),
    pub to: (u32, u32),
}

/// A line of the document's flow.
#[derive(Clone, Copy)]
pub(super) struct FlowLine<'a> {
    pub sheet: &'a Sheet,
    pub line: &'a TextLine,
}

/// Lines of running text in reading order.
pub(super) fn flow<'a>(sheets: &[&'a Sheet]) -> Vec<FlowLine<'a>> {
    let mut out = Vec::new();
    for sheet in sheets {
        for line in &sheet.lines {
            if line.is_text() && line.role.is_none() && !line.text.trim().is_empty() {
                out.push(FlowLine { sheet, line });
            }
        }
    }
    out
}

/// Finds every reference list and cuts it into entries.
pub(super) fn find(flow: &[FlowLine], body: &BodyType) -> Lists {
    let mut lists = Lists::default();
    let heads = heads(flow, body);
    for (n, &head) in heads.iter().enumerate() {
        let limit = heads.get(n + 1).copied().unwrap_or(flow.len());
        let end = end_of_list(flow, head, limit);
        let lines = list_lines(&flow[head + 1..end]);
        if lines.is_empty() {
            continue;
        }
        let list = lists.regions.len() as u16;
        let place = |at: usize| flow.get(at).map_or((u32::MAX, u32::MAX), |l| (l.sheet.index, l.line.start));
        lists.regions.push(Region { from: place(head), to: place(end) });
        segment(&lines, list, &mut lists.entries);
    }
    lists
}

/// Indices of headings of lists.
fn heads(flow: &[FlowLine], body: &BodyType) -> Vec<usize> {
    let mut scored: Vec<(usize, f32)> = Vec::new();
    for (i, item) in flow.iter().enumerate() {
        let text = item.line.text.trim();
        if text.chars().count() > t::REFS_HEAD_LENGTH || !REFERENCES.contains(&heading_key(text).as_str()) {
            continue;
        }
        let behind = &flow[i + 1..flow.len().min(i + 1 + t::REFS_LOOK_AHEAD)];
        if behind.is_empty() {
            continue;
        }
        let dated =
            behind.iter().filter(|l| years_in(&l.line.text).next().is_some()).count() as f32 / behind.len() as f32;
        let line = item.line;
        let styled = line.bold || line.caps || (line.size - body.size).abs() > t::SAME_SIZE || !body.has_face(line);
        let first_years = behind.iter().take(8).any(|l| years_in(&l.line.text).next().is_some());
        let too_few = dated < t::REFS_LEAST_DATED || !first_years && dated < 0.2;
        let late = i as f32 / flow.len().max(1) as f32;
        // A list of web pages has hardly any years; figures may stand between the first entries and the others.
        let sure = styled && (opens_numbers(behind) || first_years && late > t::REFS_LATE);
        if too_few && !sure {
            continue;
        }
        scored.push((i, dated * 3.0 + if styled { 0.6 } else { 0.0 } + late * 0.6));
    }
    let Some(best) = scored.iter().map(|(_, score)| *score).max_by(f32::total_cmp) else { return Vec::new() };
    scored.into_iter().filter(|(_, score)| *score > best - t::REFS_SECOND_LIST).map(|(i, _)| i).collect()
}

/// Whether entries number one and two follow.
fn opens_numbers(behind: &[FlowLine]) -> bool {
    let number = |item: &FlowLine| label_of(item.line.text.trim()).map(|(label, _)| label.text);
    behind.first().and_then(number).is_some_and(|label| label == "1")
        && behind
            .iter()
            .skip(1)
            .take(t::REFS_LINES_PER_LINK)
            .filter_map(number)
            .next()
            .is_some_and(|label| label == "2")
}

/// The index of the first line behind the list.
fn end_of_list(flow: &[FlowLine], head: usize, limit: usize) -> usize {
    let heading = flow[head].line;
    let list_size = flow.get(head + 1).map_or(heading.size, |l| l.line.size);
    let list_bold = flow[head + 1..limit.min(head + 25)].iter().filter(|l| l.line.bold).count() * 2 > 20;
    let mut undated = 0usize;
    for i in head + 1..limit {
        let line = flow[i].line;
        let text = line.text.trim();
        if ends_list(text) {
            return i;
        }
        if looks_like_heading(text) {
            let key = heading_key(text);
            let known = BACK_MATTER.contains(&key.as_str()) || starts_back_matter(&key);
            let marked = line.bold && !list_bold
                || line.size > list_size + 0.4
                || line.caps
                || line.gap.is_some_and(|gap| gap > line.size * 0.9)
                || line.font != flow[head + 1].line.font;
            let like_head = line.style() == heading.style()
                && (heading.bold || heading.size > list_size + 0.4 || heading.caps && line.caps);
            if known && marked && key != "references" || like_head && i > head + 1 {
                return i;
            }
        }
        let dated = years_in(text).next().is_some()
            || text.contains("doi")
            || text.contains("http")
            || label_of(text).is_some();
        undated = if dated { 0 } else { undated + 1 };
        if undated > t::REFS_MOST_UNDATED {
            return i + 1 - undated;
        }
    }
    limit
}

/// Statements that stand behind lists without a heading of their own.
fn ends_list(text: &str) -> bool {
    const STARTS: &[&str] = &[
        "Copyright ©",
        "© ",
        "©20",
        "Conflict of Interest",
        "Conflicts of Interest",
        "Publisher’s Note",
        "Publisher's Note",
        "Publisher’s note",
        "Publisher's note",
        "This article is an open access",
        "This is an open",
        "Open Access This",
        "Open access This",
        "Competing Interests:",
        "Competing interests:",
        "This article is available online",
        "How to cite this article",
        "Sample Availability:",
        "Disclaimer/Publisher",
    ];
    STARTS.iter().any(|start| text.starts_with(start))
}

fn starts_back_matter(key: &str) -> bool {
    [
        "appendix",
        "supplementary",
        "supporting information",
        "publisher’s note",
        "publisher's note",
        "how to cite",
        "author contributions",
        "about the author",
        "acknowledg",
    ]
    .iter()
    .any(|head| key.starts_with(head))
}

/// A capitalised word first, no digits but a leading number, no brackets, no final punctuation.
pub(super) fn looks_like_heading(text: &str) -> bool {
    let body = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace());
    let first = body.chars().find(|c| c.is_alphabetic());
    first.is_some_and(|c| c.is_uppercase() || is_cjk(c))
        && text.chars().count() <= t::HEADING_LENGTH
        && !body.chars().any(|c| c.is_ascii_digit() || "[]();,".contains(c))
        && !text.trim_end().ends_with(['.', ',', ';', '-'])
}

/// The lines of the list's own size.
fn list_lines<'a>(flow: &[FlowLine<'a>]) -> Vec<FlowLine<'a>> {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for item in flow.iter().take(60) {
        let n = item.line.text.len();
        match sizes.iter_mut().find(|(size, _)| (*size - item.line.size).abs() < 0.3) {
            Some((_, sum)) => *sum += n,
            None => sizes.push((item.line.size, n)),
        }
    }
    let Some((mut size, _)) = sizes.into_iter().max_by_key(|(_, n)| *n) else { return Vec::new() };
    // A figure may stand between the first entries and the others.
    if let [first, second, ..] = flow
        && (first.line.size - second.line.size).abs() < 0.3
        && first.line.size > size
    {
        size = first.line.size;
    }
    flow.iter().copied().filter(|item| (item.line.size - size).abs() <= t::REFS_SIZE).collect()
}

/// Cuts the lines of a list into entries.
fn segment(lines: &[FlowLine], list: u16, out: &mut Vec<Entry>) {
    if let Some((lines, starts)) = numbers_apart(lines) {
        for (n, (start, label)) in starts.iter().enumerate() {
            let end = starts.get(n + 1).map_or(lines.len(), |next| next.0);
            out.extend(make_entry(&lines[*start..end], Some(label), list));
        }
        return;
    }
    let starts = by_numbers(lines)
        .or_else(|| by_keys(lines))
        .or_else(|| by_indent(lines))
        .or_else(|| by_gaps(lines))
        .unwrap_or_else(|| by_pattern(lines));
    let (labelled, starts) = starts;
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(lines.len());
        let mut group = &lines[start..end];
        if group.len() > t::REFS_MOST_LINES
            && let Some(cut) = (1..group.len()).find(|&i| large_gap(group, i))
        {
            group = &group[..cut];
        }
        let found = labelled.then(|| label_of(&group[0].line.text)).flatten();
        out.extend(make_entry(group, found.as_ref().map(|(label, _)| label.text.as_str()), list));
    }
}

fn large_gap(group: &[FlowLine], i: usize) -> bool {
    let line = group[i].line;
    group[i - 1].line.page == line.page && line.gap.is_some_and(|gap| gap > line.size * 0.8)
}

fn make_entry(group: &[FlowLine], label: Option<&str>, list: u16) -> Option<Entry> {
    let mut raw = String::new();
    let mut lines = Vec::with_capacity(group.len());
    let mut places: Vec<Place> = Vec::new();
    for (i, item) in group.iter().enumerate() {
        let mut text = item.line.text.trim();
        if i == 0
            && let Some((_, rest)) = label_of(text).filter(|(found, _)| Some(found.text.as_str()) == label)
        {
            text = rest.trim_start();
        }
        push_text(&mut raw, text, item.line.continues_word);
        lines.push(text.to_owned());
        let rect = file_rect(item);
        match places.last_mut() {
            Some(place) if place.page == item.sheet.index => place.rects.push(rect),
            _ => places.push(Place { page: item.sheet.index, rects: vec![rect] }),
        }
    }
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    let label = label.unwrap_or_default().to_owned();
    (letters >= t::REFS_LEAST_LETTERS).then(|| Entry { raw: raw.trim().to_owned(), lines, label, list, places })
}

/// The line's box in the file's coordinates.
pub(super) fn file_rect(item: &FlowLine) -> Rect {
    let rects = item.sheet.file_rects.get(item.line.first_word as usize..item.line.end_word as usize).unwrap_or(&[]);
    let mut all = rects.first().copied().unwrap_or_default();
    for rect in rects {
        all.x0 = all.x0.min(rect.x0);
        all.y0 = all.y0.min(rect.y0);
        all.x1 = all.x1.max(rect.x1);
        all.y1 = all.y1.max(rect.y1);
    }
    all
}

/// Runs of lines in one column of one page.
fn blocks(lines: &[FlowLine]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for i in 0..lines.len() {
        let fresh = i == 0 || {
            let (before, line) = (lines[i - 1].line, lines[i].line);
            before.page != line.page || line.rect.y0 < before.rect.y0 - line.size || !line.overlaps_x(before)
        };
        match out.last_mut() {
            Some(block) if !fresh => block.1 = i + 1,
            _ => out.push((i, i + 1)),
        }
    }
    out
}

/// Two left edges in each column: the one whose lines look like names starts entries.
fn by_indent(lines: &[FlowLine]) -> Option<Starts> {
    let mut side: Vec<Option<bool>> = vec![None; lines.len()];
    let (mut outer, mut inner) = (0usize, 0usize);
    for (from, to) in blocks(lines) {
        let group = &lines[from..to];
        let left = group.iter().map(|item| item.line.rect.x0).fold(f32::MAX, f32::min);
        for (i, item) in group.iter().enumerate() {
            let offset = (item.line.rect.x0 - left) / item.line.size.max(1.0);
            if offset < t::REFS_INDENT * 0.6 {
                side[from + i] = Some(true);
                outer += 1;
            } else if offset > t::REFS_INDENT && offset < t::REFS_INDENT_MOST {
                side[from + i] = Some(false);
                inner += 1;
            }
        }
        // A column all of whose lines begin at one edge says nothing: its lines go on or begin by their looks.
        if group.iter().enumerate().all(|(i, _)| side[from + i] == Some(true)) && group.len() <= 2 {
            for slot in &mut side[from..to] {
                *slot = None;
            }
        }
    }
    let least = (lines.len() as f32 * t::REFS_EDGE_SHARE).max(1.0) as usize;
    if outer < least || inner < least || lines.len() < 3 {
        return None;
    }
    let share = |edge: bool| {
        let all = side.iter().filter(|s| **s == Some(edge)).count().max(1);
        let names =
            side.iter().zip(lines).filter(|(s, item)| **s == Some(edge) && opens_entry(&item.line.text)).count();
        names as f32 / all as f32
    };
    let (out_share, in_share) = (share(true), share(false));
    let edge = out_share + 0.05 >= in_share;
    if out_share.max(in_share) < t::REFS_NAME_SHARE {
        return None;
    }
    let starts: Vec<usize> = (0..lines.len())
        .filter(|&i| match side[i] {
            Some(s) => s == edge,
            None => opens_entry(&lines[i].line.text) && i > 0 && closes_entry(&lines[i - 1].line.text),
        })
        .collect();
    (!starts.is_empty()).then_some((false, starts))
}

/// White space between entries.
fn by_gaps(lines: &[FlowLine]) -> Option<Starts> {
    let mut gaps: Vec<f32> =
        lines.iter().skip(1).filter_map(|item| item.line.gap.map(|gap| gap / item.line.size.max(1.0))).collect();
    if gaps.len() < 3 {
        return None;
    }
    gaps.sort_by(f32::total_cmp);
    let normal = gaps[gaps.len() / 4];
    let mut starts = vec![0];
    for (from, to) in blocks(lines) {
        for i in from..to {
            let wide = i > from
                && lines[i].line.gap.is_some_and(|gap| gap / lines[i].line.size.max(1.0) > normal + t::REFS_GAP);
            let top = i == from && i > 0 && opens_entry(&lines[i].line.text) && closes_entry(&lines[i - 1].line.text);
            if wide || top {
                starts.push(i);
            }
        }
    }
    let shortest = lines.len() / starts.len().max(1);
    (starts.len() >= 2 && starts.len() * t::REFS_LINES_PER_LINK >= lines.len() && shortest >= 1)
        .then_some((false, starts))
}

/// Names at a line start behind a line that closes an entry.
fn by_pattern(lines: &[FlowLine]) -> Starts {
    let widest = lines.iter().map(|item| item.line.width()).fold(0.0, f32::max);
    let mut starts = vec![0];
    for i in 1..lines.len() {
        let before = lines[i - 1].line;
        let short = before.width() < widest * 0.8;
        let closed = closes_entry(&before.text);
        if opens_entry(&lines[i].line.text) && (closed || short && before.text.trim_end().ends_with(['.', ')', ']'])) {
            starts.push(i);
        }
    }
    (false, starts)
}

/// Whether a line looks like the start of an entry: a family name with an initial or comma near it.
pub(super) fn opens_entry(text: &str) -> bool {
    let text = text.trim_start();
    if text.chars().next().is_some_and(is_cjk) {
        return true;
    }
    let first: Vec<&str> = text.split_whitespace().take(5).collect();
    let Some(lead) = first.first() else { return false };
    if !lead.chars().next().is_some_and(char::is_uppercase) && !super::lexicon::PARTICLES.contains(lead) {
        return false;
    }
    let initial = |word: &str| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        !letters.is_empty()
            && letters.len() <= 3
            && letters.iter().all(|c| c.is_uppercase())
            && (word.contains('.') || word.ends_with(',') || word.ends_with(';'))
    };
    first.iter().skip(1).take(3).any(|word| initial(word)) && first.iter().take(2).any(|word| word.len() > 2)
        || initial(lead)
        || lead.ends_with(',')
            && lead.len() > 3
            && first.get(1).is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase))
        || text.chars().take(60).collect::<String>().contains(" (")
            && years_in(&text.chars().take(80).collect::<String>()).next().is_some()
        || first.iter().take(4).filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count() >= 2
            && words(text).take(6).any(|word| word == "and")
}

/// Whether a line can end an entry: full stop, year, page numbers, address.
fn closes_entry(text: &str) -> bool {
    let text = text.trim_end();
    let last = text.rsplit(' ').next().unwrap_or("");
    text.ends_with('.') && !last.trim_end_matches('.').is_empty() && last.trim_end_matches('.').chars().count() > 1
        || text.ends_with([']', ')']) && years_in(last).next().is_some()
        || last.contains("doi")
        || last.contains("http")
        || last.starts_with("10.")
        || last.chars().all(|c| c.is_ascii_digit() || "-–.".contains(c)) && !last.is_empty()
}
