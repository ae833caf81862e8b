//! The authors: lines of names near the title.

use super::accents;
use super::author_split::{is_joiner, lost_spaces, split};
use super::headings::{ABSTRACT, KEYWORDS, KNOWN_SECTIONS};
use super::lexicon::{LABELS, MONTHS, PARTICLES};
use super::lines::{BodyType, Sheet, TextLine};
use super::name_sense::sense;
use super::names;
use super::places::{COMPANY, COUNTRIES, INSTITUTION, STREETS};
use super::title::Title;
use super::tuning as t;
use super::wording::{has_address, has_word, heading_key, is_cjk, words};
use crate::domain::facts::Author;
use crate::domain::layout::word_flags;

/// The authors and where their lines end.
#[derive(Debug, Clone, Default)]
pub(super) struct Authors {
    pub authors: Vec<Author>,
    /// Indices of the lines used, on the title's sheet.
    pub lines: Vec<usize>,
    pub confidence: f32,
}

/// Finds the authors of the paper whose title is given.
pub(super) fn find(sheet: &Sheet, title: &Title, body: &BodyType, info_author: &str) -> Option<Authors> {
    let reading: Vec<usize> = (title.end_line..sheet.lines.len()).collect();
    let mut lines = name_lines(sheet, &reading, title, body);
    if lines.is_empty() {
        lines = name_lines(sheet, &below_title(sheet, title), title, body);
    }
    if lines.is_empty()
        && let Some(placed) = placed_names(sheet, title, body, info_author)
    {
        return Some(placed);
    }
    let mut below = true;
    if lines.is_empty() {
        below = false;
        lines = name_lines(sheet, &above_title(sheet, title), title, body);
        lines.sort_unstable();
    }
    if lines.is_empty() {
        return None;
    }
    let authors = split(sheet, &lines);
    if authors.is_empty() {
        return None;
    }
    let mut confidence = confidence(&authors, info_author);
    if !below {
        confidence = confidence.min(t::AUTHORS_ABOVE);
        lines.clear();
    }
    Some(Authors { authors, lines, confidence })
}

/// "Anna Muster, University of Inlets; Bert Probe, Probes Inc.": names with their places on the same lines, where no line
/// has names alone.
fn placed_names(sheet: &Sheet, title: &Title, body: &BodyType, info_author: &str) -> Option<Authors> {
    let mut list: Vec<Author> = Vec::new();
    let mut lines = Vec::new();
    for i in (title.end_line..sheet.lines.len()).take(t::AUTHOR_PLACED_REACH) {
        let line = &sheet.lines[i];
        if !line.is_text() {
            continue;
        }
        if ends_front(sheet, line, body) {
            break;
        }
        let text = names_text(sheet, line);
        if has_address(&line.text) || !(has_word(&text, INSTITUTION) || has_word(&text, COMPANY)) {
            continue;
        }
        let found: Vec<Author> = text.split([';', '；']).filter_map(placed_name).flatten().collect();
        if !found.is_empty() {
            list.extend(found);
            lines.push(i);
        }
    }
    let confidence = confidence(&list, info_author).min(t::AUTHORS_ALONE);
    (!list.is_empty()).then_some(Authors { authors: list, lines, confidence })
}

/// The people before the first comma, if a place follows it.
fn placed_name(part: &str) -> Option<Vec<Author>> {
    let (people, place) = part.split_once(',')?;
    if !(has_word(place, INSTITUTION) || has_word(place, COMPANY)) {
        return None;
    }
    let mut out = Vec::new();
    for name in people.split(" and ") {
        let name = names::without_marks(name);
        let count = name.split_whitespace().count();
        let is_name = (2..=4).contains(&count)
            && !has_word(name, INSTITUTION)
            && sense(name).is_some_and(|sense| sense > t::NAMES_SENSE_SURE);
        if !is_name {
            return None;
        }
        out.extend(names::parse(name, names::NameOrder::GivenFirst).filter(|author| !author.single));
    }
    Some(out)
}

/// Lines in order of height that stand below the title and share its x-range.
fn below_title(sheet: &Sheet, title: &Title) -> Vec<usize> {
    let block = &sheet.lines[title.first_line..title.end_line];
    let Some(last) = block.last() else { return Vec::new() };
    let (x0, x1) = block.iter().fold((f32::MAX, f32::MIN), |(a, b), l| (a.min(l.rect.x0), b.max(l.rect.x1)));
    let mut out: Vec<usize> = (0..sheet.lines.len())
        .filter(|&i| {
            let line = &sheet.lines[i];
            !(title.first_line..title.end_line).contains(&i)
                && line.rect.y0 >= last.rect.y0
                && line.rect.x0 < x1
                && x0 < line.rect.x1
        })
        .collect();
    out.sort_by(|&a, &b| sheet.lines[a].rect.y0.total_cmp(&sheet.lines[b].rect.y0));
    out
}

/// Lines right above the title that look much like names, the nearest first.
fn above_title(sheet: &Sheet, title: &Title) -> Vec<usize> {
    let Some(first) = sheet.lines.get(title.first_line) else { return Vec::new() };
    let near = |line: &TextLine| {
        line.rect.y1 <= first.rect.y0 + line.size * 0.5
            && first.rect.y0 - line.rect.y1 < first.size * t::AUTHORS_ABOVE_REACH
            && sense(&line.text).is_some_and(|sense| sense >= t::NAMES_SENSE_SURE)
    };
    let mut out: Vec<usize> = (0..sheet.lines.len()).filter(|&i| near(&sheet.lines[i])).collect();
    out.sort_by(|&a, &b| sheet.lines[b].rect.y0.total_cmp(&sheet.lines[a].rect.y0));
    out
}

/// The lines of names among the lines given in reading order.
fn name_lines(sheet: &Sheet, order: &[usize], title: &Title, body: &BodyType) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut running = false;
    let title_style = &sheet.lines[title.end_line - 1];
    for (step, &i) in order.iter().take(t::AUTHOR_REACH).enumerate() {
        let line = &sheet.lines[i];
        if !line.is_text() {
            continue;
        }
        if ends_front(sheet, line, body) || super::contributors::is_label(&line.text) {
            break;
        }
        if found.is_empty() {
            if step < t::AUTHOR_FIRST_REACH && looks_like_names(sheet, line) && !line.same_style_as_title(title_style) {
                found.push(i);
                running = true;
            }
            continue;
        }
        let first = &sheet.lines[found[0]];
        let in_ranks = [first, line].iter().any(|line| has_word(&line.text, &["ieee"]));
        if !first.same_style(line) || first.font != line.font && first.italic != line.italic && !in_ranks {
            running = running && line.size < first.size * 0.8 && line.text.chars().count() <= 12;
            continue;
        }
        // Addresses are often set like the names above them, but in another font.
        if running && continues_names(sheet, line)
            || (running || in_ranks || first.font == line.font) && looks_like_names(sheet, line)
        {
            found.push(i);
            running = true;
        } else {
            running = false;
        }
    }
    found
}

impl TextLine {
    /// As large and heavy as the title: more likely a part of it or a heading.
    fn same_style_as_title(&self, title: &TextLine) -> bool {
        (self.size - title.size).abs() < 0.2
            && self.bold == title.bold
            && self.font == title.font
            && self.caps == title.caps
            && self.size > 13.0
    }
}

/// Whether the front matter is over here: abstract, keywords, first section.
fn ends_front(sheet: &Sheet, line: &TextLine, body: &BodyType) -> bool {
    if super::abstract_text::head_length(sheet, line, ABSTRACT).is_some() {
        return true;
    }
    let key = heading_key(&line.text);
    let first = key.split([':', '.', '—', '：', '-']).next().unwrap_or("").trim();
    let is = |list: &[&str]| list.contains(&key.as_str()) || list.contains(&first) && key.len() > first.len();
    is(ABSTRACT)
        || is(KEYWORDS)
        || key.starts_with("摘要")
        || (KNOWN_SECTIONS.contains(&key.as_str()) && (line.bold || line.size > body.size * 1.05 || line.caps))
}

/// Whether most words could be of names and none speaks against it.
fn looks_like_names(sheet: &Sheet, line: &TextLine) -> bool {
    if !could_be_names(sheet, line) {
        return false;
    }
    let text = names_text(sheet, line);
    if text.chars().any(is_cjk) {
        let parts: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || ",，、；;·".contains(c)).filter(|p| !p.is_empty()).collect();
        return parts.iter().all(|part| (1..=4).contains(&part.chars().filter(|c| is_cjk(*c)).count()));
    }
    if text.chars().any(is_caseless) {
        let mut parts = text.split([',', '،', ';', '؛']).map(str::trim).filter(|part| !part.is_empty());
        return !text.contains(['.', ':']) && parts.all(|part| (2..=4).contains(&words(part).count()));
    }
    let long = words(&text).filter(|word| word.chars().count() >= 2).count();
    long >= 2 || long == 1 && is_initialled(&text)
}

/// "A. B. Muster" alone on its line.
fn is_initialled(text: &str) -> bool {
    let list: Vec<&str> = names::without_marks(text).split_whitespace().collect();
    let (Some(family), Some(initials)) = (list.last(), list.len().checked_sub(1)) else { return false };
    (1..=3).contains(&initials)
        && list[..initials].iter().all(|word| names::is_initials(word) && word.ends_with('.'))
        && sense(family).is_some_and(|sense| sense > t::NAMES_SENSE_ALONE)
}

/// A letter of a script without capitals, such as Hebrew and Arabic.
fn is_caseless(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{7BF}' | '\u{8A0}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && c.is_alphabetic()
}

fn continues_names(sheet: &Sheet, line: &TextLine) -> bool {
    could_be_names(sheet, line)
}

fn could_be_names(sheet: &Sheet, line: &TextLine) -> bool {
    let text = without_group(names_text(sheet, line));
    if has_address(&line.text) || has_word(&text, INSTITUTION) || has_word(&text, LABELS) || is_place(&text) {
        return false;
    }
    let chars = line.text.chars().filter(|c| !c.is_whitespace()).count().max(1);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits as f32 > chars as f32 * t::AUTHOR_DIGITS {
        return false;
    }
    if words(&text).any(|word| word.chars().filter(char::is_ascii_digit).count() >= 5) {
        return false;
    }
    if has_year(&text) && (has_word(&text, MONTHS) || words(&text).count() <= 4) {
        return false;
    }
    if text.contains(['?', '!', '=', '%']) || text.contains(": ") {
        return false;
    }
    let (mut all, mut capital, mut lower) = (0u32, 0u32, 0u32);
    for word in words(&text) {
        if word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1 && word.chars().all(char::is_lowercase)
        {
            continue;
        }
        if is_joiner(word) || PARTICLES.contains(&word) {
            continue;
        }
        all += 1;
        let first = word.chars().next().unwrap_or(' ');
        if first.is_uppercase() || is_cjk(first) || is_caseless(first) {
            capital += 1;
        } else {
            lower += 1;
        }
    }
    all > 0
        && capital as f32 >= all as f32 * t::AUTHOR_CAPITALS
        && lower as f32 <= all as f32 * t::AUTHOR_LOWER
        && (sense(&text).is_none_or(|sense| sense >= t::NAMES_SENSE) || names::is_group(text.trim()))
}

/// "Belfast, Northern Ireland", "4th Floor", "Coyote Hill Rd".
fn is_place(text: &str) -> bool {
    let last = text.rsplit(',').next().unwrap_or("").trim().trim_end_matches('.').to_lowercase();
    text.contains(',') && COUNTRIES.contains(&last.as_str())
        || has_word(text, STREETS)
        || words(text).any(|word| word.len() <= 4 && ["st", "nd", "rd", "th"].iter().any(|end| is_ordinal(word, end)))
}

fn is_ordinal(word: &str, end: &str) -> bool {
    word.strip_suffix(end).is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The line without raised marks.
fn names_text(sheet: &Sheet, line: &TextLine) -> String {
    let mut out = String::with_capacity(line.text.len());
    for (i, word) in sheet.words_of(line).iter().enumerate() {
        if word.flags & word_flags::SUPERSCRIPT != 0 {
            out.push(' ');
            continue;
        }
        if word.flags & word_flags::SPACE_BEFORE != 0 {
            out.push(' ');
        }
        out.push_str(sheet.word_text(line.first_word + i as u32));
    }
    lost_spaces(&without_brackets(&accents::mend(&out).unwrap_or(out)))
}

/// "Anna Muster (corresponding author)" without the remark.
fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Cuts "for the … Group" and "on behalf of …" off.
fn without_group(mut text: String) -> String {
    let lower = text.to_lowercase();
    if super::venue::same_places(&text, &lower)
        && let Some(at) = ["for the ", "on behalf of"].iter().filter_map(|words| lower.find(words)).min()
    {
        text.truncate(at);
    }
    text
}

fn has_year(text: &str) -> bool {
    words(text).any(|word| word.len() == 4 && word.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year)))
}

/// Agreement with the information dictionary counts for much, names that look like names for some.
fn confidence(authors: &[Author], info_author: &str) -> f32 {
    let info = info_author.to_lowercase();
    let agreeing = authors.iter().filter(|a| !a.family.is_empty() && info.contains(&a.family.to_lowercase())).count();
    let parts = info.split([',', ';']).flat_map(|part| part.split(" and ")).filter(|part| !part.trim().is_empty());
    let odd = authors.iter().any(|a| {
        a.single && !a.family.chars().any(is_cjk) || a.family.chars().count() < 2 || names::is_damaged(&a.family)
    });
    if odd {
        t::AUTHORS_ODD
    } else if agreeing == authors.len() && parts.count() <= authors.len() * 2 {
        t::AUTHORS_AGREED
    } else if authors
        .iter()
        .all(|a| sense(&format!("{} {}", a.given, a.family)).is_some_and(|s| s >= t::NAMES_SENSE_SURE))
    {
        t::AUTHORS_SURE
    } else {
        t::AUTHORS_ALONE
    }
}
