//! The title: the block on the first pages that looks most like one.

use super::headings::{ABSTRACT, KEYWORDS, KNOWN_SECTIONS, REFERENCES};
use super::lexicon::{ARTICLE_TYPE, JOURNAL, PARTICLES};
use super::lines::{BodyType, Sheet, TextLine, join};
use super::name_sense::sense;
use super::places::{COUNTRIES, HOUSE, INSTITUTION};
use super::tuning as t;
use super::wording::{count_words, has_address, has_word, heading_key, is_letter_spaced, squash, words};
use crate::domain::layout::{TextRole, word_flags};

/// Where the title stands and what it says.
#[derive(Debug, Clone)]
pub(super) struct Title {
    pub text: String,
    /// Place in the list of sheets given.
    pub sheet: usize,
    /// Lines of that sheet, the last one excluded.
    pub first_line: usize,
    pub end_line: usize,
    pub confidence: f32,
}

/// What besides the page speaks for or against a title.
pub(super) struct Witnesses {
    heads: Vec<String>,
    info: String,
}

impl Witnesses {
    /// Running heads of the sheets and the information dictionary's title.
    pub fn new(sheets: &[&Sheet], info_title: &str) -> Self {
        let mut heads: Vec<String> = Vec::new();
        for line in sheets.iter().flat_map(|sheet| &sheet.lines) {
            if matches!(line.role, Some(TextRole::Head | TextRole::Foot)) {
                let key = squash(&line.text);
                if key.len() >= 8 && !heads.contains(&key) {
                    heads.push(key);
                }
            }
        }
        let info = if is_file_name(info_title) { String::new() } else { squash(info_title) };
        Witnesses { heads, info }
    }
}

/// Names that programs put into the title field.
fn is_file_name(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    lower.starts_with("microsoft word")
        || lower.starts_with("untitled")
        || [".doc", ".docx", ".dvi", ".tex", ".pdf", ".indd", ".qxd", ".rtf"].iter().any(|end| lower.ends_with(end))
        || !lower.contains(' ') && !lower.chars().any(super::wording::is_cjk)
}

/// A run of lines of one style.
struct Block {
    sheet: usize,
    first: usize,
    end: usize,
}

/// Finds the title on the first two of the sheets given.
pub(super) fn find(sheets: &[&Sheet], body: &BodyType, witnesses: &Witnesses) -> Option<Title> {
    let mut best: Option<(f32, Block)> = None;
    let mut second = f32::MIN;
    for (at, sheet) in sheets.iter().take(2).enumerate() {
        for block in blocks(sheet, at) {
            let Some(score) = score(&block, sheet, body, witnesses) else { continue };
            match &best {
                Some((top, _)) if score <= *top => second = second.max(score),
                _ => {
                    second = best.as_ref().map_or(second, |(top, _)| second.max(*top));
                    best = Some((score, block));
                }
            }
        }
    }
    let (score, mut block) = best?;
    let sheet = sheets[block.sheet];
    trim(&mut block, sheet);
    add_subtitle(&mut block, sheet, body);
    let text = clean(&without_remark(join(&sheet.lines[block.first..block.end])));
    let agreed = !witnesses.info.is_empty() && {
        let key = squash(&text);
        key == witnesses.info || (witnesses.info.len() > 20 && key.starts_with(&witnesses.info))
    };
    let confidence = if agreed {
        t::TITLE_AGREED
    } else {
        (t::TITLE_ALONE + (score - second).clamp(0.0, 1.0) * t::TITLE_MARGIN_GAIN).min(t::TITLE_ALONE_MAX)
    };
    Some(Title { text, sheet: block.sheet, first_line: block.first, end_line: block.end, confidence })
}

fn blocks(sheet: &Sheet, at: usize) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut last: Option<&TextLine> = None;
    for (i, line) in sheet.lines.iter().enumerate() {
        if !line.is_text() {
            last = None;
            continue;
        }
        let joined = last.is_some_and(|before| {
            let same = before.same_style(line)
                || (before.size - line.size).abs() <= t::SAME_SIZE && remark_at(&line.text).is_some_and(|at| at > 0);
            same && line.gap.is_some_and(|gap| gap < t::TITLE_LINE_GAP * line.size)
        });
        match out.last_mut() {
            Some(block) if joined => block.end = i + 1,
            _ => out.push(Block { sheet: at, first: i, end: i + 1 }),
        }
        last = Some(line);
    }
    out
}

fn score(block: &Block, sheet: &Sheet, body: &BodyType, witnesses: &Witnesses) -> Option<f32> {
    let lines = &sheet.lines[block.first..block.end];
    let first = lines.first()?;
    if first.rect.y0 > sheet.height * t::TITLE_LOWEST || lines.len() > t::TITLE_MOST_LINES {
        return None;
    }
    let text = without_remark(join(lines));
    let letters: usize =
        text.chars().map(|c| if super::wording::is_cjk(c) { 2 } else { usize::from(c.is_alphabetic()) }).sum();
    if letters < t::TITLE_LEAST_LETTERS || has_address(&text.replace(" @ ", " ")) || is_letter_spaced(&text) {
        return None;
    }
    if is_noise(&text) {
        return None;
    }
    let head = heading_key(&text);
    if ["received", "accepted", "published"].iter().any(|label| head.starts_with(label) && text.contains(':')) {
        return None;
    }
    if ABSTRACT.contains(&head.as_str()) || KEYWORDS.contains(&head.as_str()) || REFERENCES.contains(&head.as_str()) {
        return None;
    }
    let count = count_words(&text);
    if count > t::TITLE_MOST_WORDS {
        return None;
    }
    let size = first.size / body.size.max(1.0);
    let mut score = size.min(t::TITLE_SIZE_CAP) - t::TITLE_LOW * first.rect.y0 / sheet.height;
    score += if first.bold { t::TITLE_BOLD } else { 0.0 };
    score -= if block.sheet > 0 { t::TITLE_PAGE_TWO } else { 0.0 };
    score -= match count {
        0 | 1 => t::TITLE_ONE_WORD,
        2 => t::TITLE_TWO_WORDS,
        _ => 0.0,
    };
    if names_journal(&text, count) {
        score -= t::TITLE_JOURNAL;
    }
    if opens_like_journal(&text) {
        score -= t::TITLE_JOURNAL_OF;
    }
    if is_numbered(&text) {
        score -= t::TITLE_NUMBERED;
    }
    if text.matches(" / ").count() >= 2 {
        score -= t::TITLE_PATH;
    }
    if names_institution(&text) {
        score -= t::TITLE_INSTITUTION;
    }
    if count < t::TITLE_TYPE_WORDS && words(&text).all(|word| ARTICLE_TYPE.contains(&word.to_lowercase().as_str())) {
        score -= t::TITLE_TYPE;
    }
    if looks_like_names(&text) {
        score -= t::TITLE_NAMES;
    }
    if !first.bold && size < t::TITLE_PLAIN_SIZE {
        score -= t::TITLE_PLAIN;
    }
    let key = squash(&text);
    let as_info = !witnesses.info.is_empty() && witnesses.info == key;
    let banner = !as_info && (count < 4 || has_word(&text, JOURNAL));
    if witnesses.heads.contains(&key) && banner {
        score -= t::TITLE_IN_HEAD;
    } else if count >= 4
        && witnesses.heads.iter().any(|head| head.contains(&key) || (head.len() > 12 && key.contains(head)))
    {
        score += t::TITLE_IN_HEAD;
    }
    if as_info {
        score += t::TITLE_INFO;
    }
    Some(score)
}

/// A few words, one of them of journals: a journal's name, unless it goes on like a title. Names of journals have capitals.
fn names_journal(text: &str, count: usize) -> bool {
    let joins = ["of", "and", "in", "the", "for", "on", "de", "der", "für", "und", "et", "y", "la"];
    let small = |word: &str| word.starts_with(char::is_lowercase) && !joins.contains(&word);
    if text.split_whitespace().filter(|word| small(word)).count() >= 2 {
        return false;
    }
    count < t::TITLE_JOURNAL_WORDS
        && (has_word(text, JOURNAL) || text.contains('®') || text.contains("学报"))
        && !text.contains([':', '?'])
}

/// "Journal of …", "Proceedings of …", with or without a short form before it.
fn opens_like_journal(text: &str) -> bool {
    let list: Vec<String> = words(text).take(4).map(str::to_lowercase).collect();
    list.windows(2).any(|two| two[1] == "of" && matches!(two[0].as_str(), "journal" | "proceedings" | "annals"))
        && words(text).count() <= 8
}

/// Signs that no title has so many of: text of a font whose letters have no meaning.
fn is_noise(text: &str) -> bool {
    let all = text.chars().filter(|c| !c.is_whitespace()).count();
    let odd = text.chars().filter(|c| c.is_ascii_punctuation() && !"-:;,.'\"()?!/&+*$".contains(*c) || c.is_control());
    odd.count() * 12 > all
}

/// The number of a section before the text: "2 Slices of time", "1. Introduction".
fn is_numbered(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = text.len() - rest.len();
    (1..=4).contains(&number)
        && text[..number].split('.').all(|part| part.len() <= 2)
        && rest.starts_with(' ')
        && (rest.trim_start().starts_with(char::is_uppercase) || KNOWN_SECTIONS.contains(&heading_key(rest).as_str()))
}

/// "Department of Inlets, University of Sandbanks", "† Institute …".
fn names_institution(text: &str) -> bool {
    let small = |word: &str| {
        word.starts_with(char::is_lowercase) && !matches!(word, "of" | "and" | "the" | "for" | "de" | "at" | "in")
    };
    let post_code = words(text).any(|word| word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit()));
    let country = text.rsplit(", ").next().unwrap_or("").trim().to_lowercase();
    if post_code && text.contains(", ") && COUNTRIES.contains(&country.as_str()) {
        return true;
    }
    has_word(text, HOUSE)
        && text.contains(char::is_lowercase)
        && !text.contains([':', '?'])
        && (post_code || !text.split_whitespace().any(small))
}

/// Capitalised words that have the look of names, and no others.
fn looks_like_names(text: &str) -> bool {
    !text.split_whitespace().any(is_small_word) && sense(text).is_some_and(|sense| sense > t::TITLE_NAMES_SENSE)
}

/// Cuts a leading line such as "Short Communication" off.
fn trim(block: &mut Block, sheet: &Sheet) {
    while block.end - block.first > 1 {
        let text = &sheet.lines[block.first].text;
        let label =
            count_words(text) <= 3 && words(text).all(|word| ARTICLE_TYPE.contains(&word.to_lowercase().as_str()));
        if !label {
            break;
        }
        block.first += 1;
    }
}

/// Takes a smaller line right below as subtitle if it cannot be a line of names.
fn add_subtitle(block: &mut Block, sheet: &Sheet, body: &BodyType) {
    let title = &sheet.lines[block.end - 1];
    let Some(next) = sheet.lines.get(block.end) else { return };
    let fits = next.is_text()
        && next.size >= title.size * t::SUBTITLE_SIZE
        && next.size <= title.size + t::SAME_SIZE
        && next.size > body.size * t::SUBTITLE_OVER_BODY
        && (next.bold == title.bold || next.size > title.size * t::SUBTITLE_OTHER_WEIGHT)
        && next.gap.is_some_and(|gap| gap < t::SUBTITLE_GAP * title.size)
        && !next.text.contains(['@', '，'])
        && !sheet.words_of(next).iter().any(|word| word.flags & word_flags::SUPERSCRIPT != 0)
        && next.text.split_whitespace().filter(|w| is_small_word(w)).count() >= 1
        && (!next.text.contains(',') || sense(&next.text).is_some_and(|sense| sense < t::SUBTITLE_SENSE))
        && !has_word(&next.text, INSTITUTION)
        && count_words(&next.text) >= 3;
    let display = next.is_text()
        && title.size > body.size * t::TITLE_DISPLAY
        && next.size >= title.size * t::SUBTITLE_DISPLAY
        && next.gap.is_some_and(|gap| gap < t::SUBTITLE_GAP * title.size)
        && !next_is_names(sheet, next)
        && !has_word(&next.text, INSTITUTION);
    if !fits && !display {
        return;
    }
    block.end += 1;
    while let Some(line) = sheet.lines.get(block.end)
        && line.is_text()
        && line.same_style(next)
        && line.font == next.font
        && line.gap.is_some_and(|gap| gap < t::TITLE_LINE_GAP * line.size)
        && !next_is_names(sheet, line)
    {
        block.end += 1;
    }
}

/// Whether a line below a subtitle is one of names: marks behind the words, or their look.
fn next_is_names(sheet: &Sheet, line: &TextLine) -> bool {
    line.text.contains('@')
        || sheet.words_of(line).iter().any(|word| word.flags & word_flags::SUPERSCRIPT != 0)
        || looks_like_names(&line.text)
}

impl Title {
    /// Without its last line, if that has the look of a name set like the title: "… Replication Model / Ken Birman".
    pub fn without_names(&self, sheet: &Sheet) -> Option<Title> {
        let last = &sheet.lines[self.end_line - 1];
        let before = (self.end_line - self.first_line >= 2).then(|| &sheet.lines[self.end_line - 2])?;
        let goes_on = before.text.ends_with([':', ',', '-', '–', '—', '&'])
            || before.text.split_whitespace().next_back().is_none_or(|word| word.starts_with(char::is_lowercase));
        let count = last.text.split_whitespace().count();
        let is_name = (2..=4).contains(&count)
            && !last.text.split_whitespace().any(is_small_word)
            && sense(&last.text).is_some_and(|sense| sense > t::TITLE_NAMES_SENSE);
        if goes_on || !is_name || count_words(&before.text) < 3 {
            return None;
        }
        let text = clean(&without_remark(join(&sheet.lines[self.first_line..self.end_line - 1])));
        Some(Title { text, end_line: self.end_line - 1, ..self.clone() })
    }
}

/// A word in small letters that stands in no name.
fn is_small_word(word: &str) -> bool {
    word.chars().all(char::is_lowercase) && !PARTICLES.contains(&word) && word != "and" && word != "und"
}

/// Cuts a bracket off the end that tells the version or the state of review.
fn without_remark(mut text: String) -> String {
    if let Some(at) = remark_at(&text)
        && at > 10
    {
        text.truncate(at);
    }
    text
}

/// Where such a bracket begins.
fn remark_at(text: &str) -> Option<usize> {
    ["[version ", "[v1", "[v2", "[v3", "[v4", "[Version "].iter().filter_map(|mark| text.find(mark)).min()
}

/// Takes footnote marks off the end, and what a lost sign leaves at the beginning.
fn clean(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| ":;,-–— ".contains(c));
    text.trim().trim_end_matches(|c: char| "*∗†‡§¶".contains(c) || c.is_whitespace()).to_owned()
}
