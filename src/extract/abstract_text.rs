//! The abstract: under its heading, else the paragraph between names and text that looks like one.

use super::headings::{ABSTRACT, ABSTRACT_PARTS, BACK_MATTER, KEYWORDS, KNOWN_SECTIONS};
use super::lines::{BodyType, Sheet, TextLine, push_line};
use super::places::INSTITUTION;
use super::title::Title;
use super::tuning as t;
use super::wording::{count_words, has_address, has_word, heading_key, is_cjk, is_foreign, words};
use crate::domain::layout::{TextRole, word_flags};

/// The abstract and how sure it is.
#[derive(Debug, Clone)]
pub(super) struct Abstract {
    pub text: String,
    pub confidence: f32,
    /// Page and first code point of what follows it, as far as known: where sections may begin.
    pub end: (u32, u32),
    /// Where its heading or first line stands.
    pub begin: (u32, u32),
}

/// Finds the abstract on the first sheets of the paper.
pub(super) fn find(sheets: &[&Sheet], title: &Title, name_lines: &[usize], body: &BodyType) -> Option<Abstract> {
    let reach = &sheets[title.sheet..sheets.len().min(title.sheet + 3)];
    let foreign = title.text.chars().any(is_cjk);
    let mut heads: Vec<(usize, usize, usize)> = Vec::new();
    for (at, sheet) in reach.iter().enumerate() {
        for (i, line) in sheet.lines.iter().enumerate() {
            let in_title = at == 0 && (title.first_line..title.end_line).contains(&i);
            if !in_title
                && line.is_text()
                && let Some(skip) = head_length(sheet, line, ABSTRACT)
            {
                heads.push((at, i, skip));
            }
        }
    }
    let fits = |&&(at, i, _): &&(usize, usize, usize)| reach[at].lines[i].text.chars().any(is_cjk) == foreign;
    let mut other: Option<Abstract> = None;
    for &(at, i, skip) in heads.iter().filter(fits).chain(heads.iter().filter(|head| !fits(head))) {
        if let Some(found) = under_head(reach, at, i, skip) {
            if is_foreign(&found.text) == is_foreign(&title.text) {
                return Some(found);
            }
            other = other.or(Some(found));
        }
    }
    let first = name_lines.iter().copied().max().map_or(title.end_line, |last| last + 1);
    let unheaded = || structured(reach, first).or_else(|| unheaded(reach[0], first, body));
    other.or_else(unheaded)
}

/// If the line begins with one of the heads: the number of characters to skip for the text behind it.
pub(super) fn head_length(sheet: &Sheet, line: &TextLine, list: &[&str]) -> Option<usize> {
    let key = heading_key(&line.text);
    if list.contains(&key.as_str()) {
        return Some(line.text.chars().count());
    }
    let lower: String = line.text.chars().flat_map(char::to_lowercase).collect();
    let lower = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    for head in list {
        let Some(rest) = lower.strip_prefix(head) else { continue };
        let skip = line.text.chars().count().saturating_sub(rest.chars().count());
        let mut behind = rest.chars();
        let next = behind.next()?;
        if ":：.—–-―|/".contains(next) || next == '\u{2001}' {
            return Some(skip + 1);
        }
        if next.is_whitespace() && head.is_ascii() | next.is_whitespace() {
            let after = line.text.chars().skip(skip).find(|c| !c.is_whitespace())?;
            if ":：—–|".contains(after) || style_changes(sheet, line, head.split(' ').count()) {
                return Some(skip);
            }
            let title_case = line.text.chars().next().is_some_and(char::is_uppercase);
            let opens = after.is_uppercase() && !line.same_face_throughout(sheet)
                || line.text.starts_with("Abstract ") && after.is_uppercase();
            if title_case && opens && count_words(&line.text) > 4 {
                return Some(skip);
            }
        }
        if is_cjk(next) && head.chars().any(is_cjk) {
            return Some(skip);
        }
    }
    None
}

impl TextLine {
    fn same_face_throughout(&self, sheet: &Sheet) -> bool {
        let words = sheet.words_of(self);
        words.windows(2).all(|pair| pair[0].font == pair[1].font)
    }
}

/// Whether the face changes right behind the first words of the line.
fn style_changes(sheet: &Sheet, line: &TextLine, count: usize) -> bool {
    let words = sheet.words_of(line);
    match (words.get(count.wrapping_sub(1)), words.get(count)) {
        (Some(a), Some(b)) => a.font != b.font || a.flags & 3 != b.flags & 3,
        _ => false,
    }
}

fn under_head(sheets: &[&Sheet], at: usize, i: usize, skip: usize) -> Option<Abstract> {
    let sheet = sheets[at];
    let head = &sheet.lines[i];
    let rest: String = head.text.chars().skip(skip).collect();
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":：.—–-―|".contains(c)).trim();
    let mut run = Run::default();
    let mut next = i + 1;
    if rest.chars().filter(|c| c.is_alphanumeric()).count() >= 3 {
        run.start(head, rest);
    } else {
        let mut first = first_line_below(sheet, i)?;
        let mut line = &sheet.lines[first];
        // "Background" on a line of its own, larger than the text below it but smaller than the head.
        let part = line;
        if let Some(text) = sheet.lines.get(first + 1).filter(|text| is_part_head(part, head, text)) {
            run.part = Some(part);
            (line, first) = (text, first + 1);
        } else if is_end(line, &run) {
            return None;
        }
        run.start(line, &line.text);
        if run.part.is_some() {
            run.text = format!("{}\n{}", part.text.trim(), run.text);
            run.structured = true;
        }
        next = first + 1;
    }
    let mut found = collect(sheets, at, next, run, t::ABSTRACT_HEADED)?;
    found.begin = (sheet.index, head.start);
    Some(found)
}

/// Whether a line names a part of the abstract that begins on the next line.
fn is_part_head(part: &TextLine, head: &TextLine, text: &TextLine) -> bool {
    opens_part(&format!("{}:", part.text.trim()))
        && count_words(&part.text) <= 4
        && (part.size - text.size).abs() > t::SAME_SIZE
        && part.size < head.size
        && part.bold
        && part.overlaps_x(text)
        && text.rect.y0 >= part.rect.y0
        && !text.bold
}

/// The first line of text that stands below the heading or beside it.
fn first_line_below(sheet: &Sheet, head_at: usize) -> Option<usize> {
    let head = &sheet.lines[head_at];
    let below = |line: &TextLine| {
        let side = line.rect.y0 < head.rect.y1 && head.rect.y0 < line.rect.y1 && line.rect.x0 >= head.rect.x1;
        line.is_text() && (side || line.overlaps_x(head) && line.rect.y0 >= head.rect.y0)
    };
    let after = (head_at + 1..sheet.lines.len()).find(|&i| below(&sheet.lines[i]));
    match after {
        Some(i) if i <= head_at + t::ABSTRACT_SIDEBAR => Some(i),
        _ => (head_at + 1 < sheet.lines.len()).then_some(head_at + 1),
    }
}

/// An abstract in the making.
#[derive(Default)]
struct Run<'a> {
    text: String,
    last: Option<&'a TextLine>,
    size: f32,
    structured: bool,
    lines: usize,
    /// The first part's name, where such names have lines of their own in a style of their own.
    part: Option<&'a TextLine>,
}

impl<'a> Run<'a> {
    fn start(&mut self, line: &'a TextLine, text: &str) {
        self.text = text.trim().to_owned();
        self.last = Some(line);
        self.size = line.size;
        self.lines = 1;
        self.structured = opens_part(text);
    }

    fn push(&mut self, line: &'a TextLine) {
        if self.structured && opens_part(&line.text) && self.closed() {
            self.text.push('\n');
        }
        push_line(&mut self.text, line);
        self.last = Some(line);
        self.lines += 1;
    }

    /// Whether the line names the next part, in the style of the first one's name.
    fn opens_next_part(&self, line: &TextLine) -> bool {
        self.part.is_some_and(|part| {
            part.same_style(line)
                && part.font == line.font
                && part.page == line.page
                && (part.rect.x0 - line.rect.x0).abs() < 2.0
                && count_words(&line.text) <= 6
        })
    }

    /// Whether the line begins at the edge of all lines so far, in their face: a second paragraph of an indented block.
    fn goes_on_at(&self, line: &TextLine) -> bool {
        self.last.is_some_and(|last| last.font == line.font && (last.rect.x0 - line.rect.x0).abs() < 1.0)
            && self.lines >= t::ABSTRACT_LEAST_LINES
    }

    /// Whether the text so far ends a sentence.
    fn closed(&self) -> bool {
        self.text.trim_end().trim_end_matches(['"', '”', '’', ')', ']']).ends_with(['.', '!', '?', '。', '！', '？'])
    }
}

/// Whether the text opens with the name of an abstract's part: "Methods: …", "Trial registration: …".
fn opens_part(text: &str) -> bool {
    let text = text.trim();
    let lower = text.to_lowercase();
    let known = ABSTRACT_PARTS
        .iter()
        .chain(&["results", "conclusion", "conclusions", "discussion", "interpretation", "funding"])
        .any(|part| {
            lower.strip_prefix(part).is_some_and(|rest| {
                rest.is_empty() || rest.starts_with([':', '.', '—', '–', '/']) || rest.starts_with(char::is_whitespace)
            })
        });
    if known {
        return text.starts_with(char::is_uppercase);
    }
    let Some((lead, _)) = text.split_once(':') else { return false };
    lead.len() <= 40
        && lead.split_whitespace().count() <= 5
        && lead.starts_with(char::is_uppercase)
        && !lead.contains(['.', ',', '(', '@'])
}

fn collect<'a>(sheets: &[&'a Sheet], at: usize, next: usize, mut run: Run<'a>, confidence: f32) -> Option<Abstract> {
    let mut end = (sheets[at].index, u32::MAX);
    let mut loss = t::ABSTRACT_UNCLEAR;
    let mut continued = false;
    let mut note_passed = false;
    'pages: for (page, sheet) in sheets.iter().enumerate().skip(at) {
        let from = if page == at { next } else { 0 };
        for line in &sheet.lines[from.min(sheet.lines.len())..] {
            let aside = matches!(line.role, Some(TextRole::Footnote | TextRole::Caption));
            if !line.is_text() || aside || line.text.trim().is_empty() {
                continue;
            }
            let Some(last) = run.last else { break 'pages };
            if is_continuation_note(&line.text) {
                if page == at && !continued {
                    continued = true;
                    continue 'pages;
                }
                continue;
            }
            end = (sheet.index, line.start);
            if continued && page > at && run.last.is_some_and(|last| last.page != line.page) && !note_passed {
                // Whatever stands before "continued from previous page" is furniture.
                note_passed = !sheet.lines.iter().any(|l| is_continuation_note(&l.text) && l.start > line.start);
                if !note_passed {
                    continue;
                }
            }
            if run.opens_next_part(line) {
                run.text.push('\n');
                run.text.push_str(line.text.trim());
                run.text.push('\n');
                run.last = Some(line);
                run.lines += 1;
                continue;
            }
            let new_page = last.page != line.page;
            let size_changed = (line.size - run.size).abs() > t::SAME_SIZE && line.text.chars().count() > 3;
            // Rights and addresses at the foot of a column do not end a sentence that goes on behind them.
            if size_changed && is_label(line) && !run.closed() {
                continue;
            }
            if is_filler(&line.text) {
                continue;
            }
            if is_end(line, &run) {
                loss = if follows_abstract(line) { 0.0 } else { t::ABSTRACT_BEFORE_SECTION };
                break 'pages;
            }
            let below = !new_page && line.rect.y0 > last.rect.y0 - 1.0 && line.overlaps_x(last);
            let gap = line.rect.y0 - last.rect.y1;
            if below {
                if size_changed && !run.closed() && !new_page {
                    continue;
                }
                let behind_part = run.opens_next_part(last);
                let most = if run.goes_on_at(line) { t::ABSTRACT_PARAGRAPH_GAP } else { t::ABSTRACT_GAP };
                if size_changed || !behind_part && run.closed() && gap > most * run.size {
                    if run.structured && !size_changed && opens_part(&line.text) {
                        run.push(line);
                        continue;
                    }
                    break 'pages;
                }
                run.push(line);
            } else if !size_changed
                && (continued && new_page
                    || run.structured && !is_label(line) && (opens_part(&line.text) || !run.closed()))
            {
                run.push(line);
            } else if run.closed() {
                break 'pages;
            } else if !size_changed && !is_label(line) {
                run.push(line);
            }
            if run.lines > t::ABSTRACT_MOST_LINES {
                break 'pages;
            }
        }
        if run.closed() && !continued {
            break;
        }
    }
    let count = count_words(&run.text);
    let long_enough = count >= t::ABSTRACT_LEAST_WORDS;
    (long_enough && count <= t::ABSTRACT_MOST_WORDS).then(|| Abstract {
        confidence: confidence - loss,
        text: run.text.trim().to_owned(),
        begin: end,
        end,
    })
}

/// "a1111111111": what some publishers' programs leave where a button was.
fn is_filler(text: &str) -> bool {
    let mut word = text.trim().bytes();
    let first = word.next();
    first.is_some_and(|b| b.is_ascii_lowercase()) && word.len() >= 8 && word.all(|b| b == b'1')
}

fn is_continuation_note(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    lower.starts_with("(continued ") || lower == "continued" || lower.starts_with("continued on next page")
}

/// Whether the abstract is over before this line.
fn is_end(line: &TextLine, run: &Run) -> bool {
    if follows_abstract(line) {
        return true;
    }
    let key = heading_key(&line.text);
    let numbered = line.text.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == 'I');
    let known = KNOWN_SECTIONS.contains(&key.as_str())
        || BACK_MATTER.contains(&key.as_str())
        || ABSTRACT.contains(&key.as_str());
    if !known || words(&line.text).count() > 8 {
        return false;
    }
    let own_part = run.structured && key != "introduction" && (line.size - run.size).abs() <= t::SAME_SIZE;
    numbered || !own_part
}

/// Keywords, dates, rights, addresses.
fn follows_abstract(line: &TextLine) -> bool {
    let lower = line.text.trim().to_lowercase();
    let lead = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    KEYWORDS.iter().any(|head| lead.starts_with(head)) || is_label(line)
}

/// Lines of dates, rights and addresses.
pub(super) fn is_label(line: &TextLine) -> bool {
    let lower = line.text.trim().to_lowercase();
    let bare = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©');
    const STARTS: &[&str] = &[
        "correspond",
        "中图分类号",
        "文献标识码",
        "©",
        "copyright",
        "received",
        "accepted ",
        "doi:",
        "doi ",
        "https://doi.org",
        "e-mail",
        "email",
        "how to cite",
        "cite this",
        "citation:",
        "to cite",
        "this is an open",
        "this article is",
        "submitted ",
        "edited by",
        "published online",
        "published:",
        "available online",
        "this work is licensed",
        "abbreviations:",
        "abbreviations ",
        "jel classification",
        "pacs",
        "msc ",
        "acm reference",
        "permission to",
        "trial registration number",
        "full list of author",
        "article history",
        "article info",
        "open access this",
        "orcid",
        "handling editor",
        "academic editor",
        "equal contribution",
        "mathematics subject",
        "author for correspondence",
        "address for",
        "data availability",
    ];
    // "received", "corresponding" in small letters go on with a sentence.
    let goes_on = line.text.trim_start().starts_with(char::is_lowercase)
        && !["doi", "e-mail", "email", "https"].iter().any(|start| bare.starts_with(start));
    !goes_on && STARTS.iter().any(|start| bare.starts_with(start))
        || lower.contains("creative commons")
        || lower.starts_with('@')
}

/// "Background: …" without any heading above it.
fn structured(sheets: &[&Sheet], first: usize) -> Option<Abstract> {
    let sheet = sheets[0];
    for (i, line) in sheet.lines.iter().enumerate().skip(first).take(t::ABSTRACT_REACH) {
        if line.is_text() && opens_structured(sheet, line) {
            let mut run = Run::default();
            run.start(line, &line.text);
            let mut found = collect(sheets, 0, i + 1, run, t::ABSTRACT_STRUCTURED)?;
            found.begin = (sheet.index, line.start);
            return Some(found);
        }
    }
    None
}

/// "Background: …", "OBJECTIVE—…", "BACKGROUND …": the part's name set off from the text behind it.
fn opens_structured(sheet: &Sheet, line: &TextLine) -> bool {
    let text = line.text.trim();
    let lower = text.to_lowercase();
    ABSTRACT_PARTS.iter().any(|part| {
        let Some(rest) = lower.strip_prefix(part) else { return false };
        let capitals = text.get(..part.len()).is_some_and(|head| !head.contains(char::is_lowercase));
        let behind = text.get(part.len()..).unwrap_or("").trim_start();
        rest.starts_with([':', '—', '–'])
            || rest.starts_with(['.', ' ', '-'])
                && count_words(text) > 4
                && behind.contains(char::is_lowercase)
                && (capitals || style_changes(sheet, line, part.split(' ').count()))
    })
}

/// The first paragraph after the names that is set unlike the body, or that stands between names and first heading.
fn unheaded(sheet: &Sheet, first: usize, body: &BodyType) -> Option<Abstract> {
    let mut at = first;
    let mut plain: Option<(usize, usize)> = None;
    while at < sheet.lines.len() {
        let line = &sheet.lines[at];
        let key = heading_key(&line.text);
        if KNOWN_SECTIONS.contains(&key.as_str()) || is_keyword_line(line) {
            break;
        }
        let end = paragraph_end(sheet, at);
        let lines = &sheet.lines[at..end];
        let running = line.is_text()
            && lines.len() >= t::ABSTRACT_LEAST_LINES
            && !has_address(&line.text)
            && !is_label(line)
            && is_prose(lines);
        if running {
            let differs = (line.size - body.size).abs() > t::SAME_SIZE
                || lines.iter().filter(|l| !body.has_face(l)).count() * 2 > lines.len();
            if differs {
                return build(sheet, at, end, t::ABSTRACT_BY_LOOKS);
            }
            plain = plain.or(Some((at, end)));
        }
        at = end;
    }
    let (from, end) = plain?;
    let text = &sheet.lines[from];
    let under_head = from > first
        && sheet.lines[first..from].iter().rev().find(|line| line.is_text()).is_some_and(|before| {
            before.overlaps_x(text)
                && (before.bold && !text.bold || before.size > text.size + t::SAME_SIZE)
                && !has_address(&before.text)
                && !has_word(&before.text, INSTITUTION)
        });
    if under_head {
        return None;
    }
    let stopped = sheet.lines.get(end).is_some_and(|line| {
        is_keyword_line(line)
            || is_label(line)
            || KNOWN_SECTIONS.contains(&heading_key(&line.text).as_str())
            || opens_section(sheet, line, &sheet.lines[from])
    });
    if stopped { build(sheet, from, end, t::ABSTRACT_BY_PLACE) } else { None }
}

/// Whether a section begins here: a short line in another face, or a line whose first words are in one, below a gap.
fn opens_section(sheet: &Sheet, line: &TextLine, text: &TextLine) -> bool {
    let apart = line.gap.is_some_and(|gap| gap > t::ABSTRACT_LINE_GAP * text.size);
    let other = line.bold != text.bold || line.size > text.size + t::SAME_SIZE;
    let words = sheet.words_of(line);
    let leads = words.first().zip(words.last()).is_some_and(|(a, b)| {
        let bold = |flags: u8| flags & word_flags::BOLD != 0;
        bold(a.flags) && !bold(b.flags) || a.size > b.size + t::SAME_SIZE
    });
    apart && line.text.starts_with(char::is_alphanumeric) && (other && count_words(&line.text) <= 12 || leads)
}

fn build(sheet: &Sheet, from: usize, end: usize, confidence: f32) -> Option<Abstract> {
    let text = super::lines::join(&sheet.lines[from..end]);
    let count = count_words(&text);
    if !(t::ABSTRACT_LEAST_WORDS..=t::ABSTRACT_MOST_WORDS).contains(&count) {
        return None;
    }
    let next = sheet.lines.get(end).map_or(u32::MAX, |line| line.start);
    Some(Abstract { text, confidence, begin: (sheet.index, sheet.lines[from].start), end: (sheet.index, next) })
}

fn paragraph_end(sheet: &Sheet, from: usize) -> usize {
    let mut end = from + 1;
    while let (Some(last), Some(line)) = (sheet.lines.get(end - 1), sheet.lines.get(end)) {
        let close = line.gap.is_some_and(|gap| gap < t::ABSTRACT_LINE_GAP * line.size);
        if !close || (line.size - last.size).abs() > t::SAME_SIZE || !line.is_text() || is_keyword_line(line) {
            break;
        }
        end += 1;
    }
    end
}

fn is_keyword_line(line: &TextLine) -> bool {
    let lower = line.text.trim().to_lowercase();
    KEYWORDS.iter().any(|head| lower.starts_with(head))
}

/// Mostly small words, with sentences.
fn is_prose(lines: &[TextLine]) -> bool {
    let (mut small, mut all) = (0usize, 0usize);
    let mut stops = false;
    for line in lines {
        for word in line.text.split_whitespace() {
            all += 1;
            small += usize::from(word.chars().next().is_some_and(char::is_lowercase));
            stops |= word.ends_with('.');
        }
    }
    let ideographs = lines.iter().flat_map(|line| line.text.chars()).filter(|c| is_cjk(*c)).count();
    ideographs > 60 || stops && all > 0 && small as f32 > all as f32 * t::PROSE_SMALL_WORDS
}
