//! The institutions of the authors: by marks behind their names, in the block under a name, or in a sentence of a note.
//!
//! A wrong institution is worse than none: what no rule ties to an author is left out.

use super::affiliation_blocks;
use super::bylines::{Byline, split_marks};
use super::lines::{Sheet, TextLine};
use super::organisations::{is_organisation, may_be_house, place_end};
use super::references::Region;
use super::tuning as t;
use super::wording::{is_cjk, is_letter_spaced};
use crate::domain::facts::Author;
use crate::domain::layout::{TextRole, word_flags};

/// The front of a paper as far as it was read.
pub(super) struct Front<'a> {
    pub sheet: &'a Sheet,
    /// Lines of title and names.
    pub taken: Vec<usize>,
    pub abstract_at: Option<Region>,
    /// The sheets behind: some papers list the institutions at their end.
    pub rest: &'a [&'a Sheet],
}

impl Front<'_> {
    /// Whether a line can say something of the authors.
    pub(super) fn is_free(&self, at: usize) -> bool {
        let line = &self.sheet.lines[at];
        let place = (self.sheet.index, line.start);
        let in_abstract = self.abstract_at.is_some_and(|region| region.from <= place && place < region.to);
        let fits = line.is_text() || line.role == Some(TextRole::Foot);
        fits && line.role != Some(TextRole::Caption) && !in_abstract && !self.taken.contains(&at)
    }
}

/// A printed institution and the marks before it.
#[derive(Debug, Clone, PartialEq)]
struct Marked {
    marks: Vec<String>,
    text: String,
}

/// Gives the authors their institutions.
pub(super) fn link(front: &Front<'_>, bylines: &[Option<Byline>], authors: &mut [Author]) {
    if link_marked(front, bylines, authors) {
        return;
    }
    if bylines.iter().flatten().all(|byline| byline.marks.iter().all(|mark| is_sign(mark)))
        && affiliation_blocks::link(front, bylines, authors)
    {
        return;
    }
    link_sentences(front, authors);
}

fn is_sign(mark: &str) -> bool {
    !mark.chars().any(char::is_alphanumeric)
}

/// By marks; false where they lead nowhere.
fn link_marked(front: &Front<'_>, bylines: &[Option<Byline>], authors: &mut [Author]) -> bool {
    let mut used: Vec<&str> = bylines.iter().flatten().flat_map(|byline| &byline.marks).map(String::as_str).collect();
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        return false;
    }
    let mut entries = marked(front, &used);
    let listed = front.rest.iter().find_map(|sheet| listed(sheet, &used)).unwrap_or_default();
    if listed.len() > entries.len() {
        entries = listed;
    }
    let known = |mark: &str| entries.iter().find(|entry| entry.marks.iter().any(|own| own == mark));
    let (mut asked, mut answered) = (0usize, 0usize);
    for mark in used.iter().filter(|mark| !is_sign(mark)) {
        asked += 1;
        answered += usize::from(known(mark).is_some());
    }
    if entries.is_empty() || (answered as f32) < asked as f32 * t::AFFILIATION_MARKS_KNOWN {
        return false;
    }
    for (author, byline) in authors.iter_mut().zip(bylines) {
        for mark in byline.iter().flat_map(|byline| &byline.marks) {
            if let Some(entry) = known(mark)
                && !author.affiliations.contains(&entry.text)
            {
                author.affiliations.push(entry.text.clone());
            }
        }
    }
    true
}

/// Institutions that begin with one of the marks.
fn marked(front: &Front<'_>, used: &[&str]) -> Vec<Marked> {
    let mut reader = Reader { used, out: Vec::new(), open: None, last: None, over_columns: false };
    for (at, line) in front.sheet.lines.iter().enumerate() {
        if front.is_free(at) {
            reader.read_line(front.sheet, at, line);
        } else {
            reader.close();
        }
    }
    reader.close();
    reader.out
}

/// Institutions under a heading of their own near the end ("Author details").
fn listed(sheet: &Sheet, used: &[&str]) -> Option<Vec<Marked>> {
    const HEADS: &[&str] =
        &["author details", "author affiliations", "authors’ affiliations", "affiliations", "author information"];
    // Of the middle of a long book only headings are kept.
    if sheet.words.is_empty() {
        return None;
    }
    let head = sheet.lines.iter().position(|line| {
        line.text.len() < t::AFFILIATION_LOOK * 2
            && (line.text.contains("uthor") || line.text.contains("ffiliation"))
            && HEADS.contains(&super::wording::heading_key(&line.text).as_str())
    })?;
    let mut reader = Reader { used, out: Vec::new(), open: None, last: None, over_columns: true };
    for (at, line) in sheet.lines.iter().enumerate().skip(head + 1) {
        if line.is_text() {
            reader.read_line(sheet, at, line);
        }
        if reader.open.is_none() {
            break;
        }
    }
    reader.close();
    Some(reader.out)
}

/// Gathers marked institutions line by line.
struct Reader<'a> {
    used: &'a [&'a str],
    out: Vec<Marked>,
    open: Option<Marked>,
    last: Option<usize>,
    /// Whether it goes on at the top of the next column.
    over_columns: bool,
}

impl Reader<'_> {
    fn read_line(&mut self, sheet: &Sheet, at: usize, line: &TextLine) {
        let label = u32::from(is_label(sheet.word_text(line.first_word)));
        let begins = self.begin(sheet, line, line.first_word + label, true).is_some();
        let goes_on = self.open.is_some()
            && self.last.is_some_and(|last| {
                let before = &sheet.lines[last];
                follows(before, line) || self.over_columns && line.rect.y1 < before.rect.y0 && line.same_style(before)
            });
        if !begins && (!goes_on || stops(&line.text)) {
            self.close();
            return;
        }
        self.last = Some(at);
        let mut word = line.first_word;
        while word < line.end_word {
            let first = word == line.first_word || label > 0 && word == line.first_word + label;
            if let Some((marks, rest)) = self.begin(sheet, line, word, first) {
                self.close();
                self.last = Some(at);
                self.open = Some(Marked { marks, text: rest });
            } else if sheet.words[word as usize].flags & word_flags::SUPERSCRIPT == 0
                && let Some(open) = &mut self.open
            {
                let first = word == line.first_word;
                let spaced = if first { !line.continues_word } else { has_space(sheet, word) };
                if spaced && !open.text.is_empty() && !open.text.chars().next_back().is_some_and(is_cjk) {
                    open.text.push(' ');
                }
                open.text.push_str(sheet.word_text(word));
            }
            word += 1;
        }
        if self.open.as_ref().is_some_and(|open| open.text.len() > t::AFFILIATION_MOST * 2) {
            self.open = None;
        }
    }

    /// The marks with which an institution begins at this word, and what stands behind them in the same word.
    fn begin(&self, sheet: &Sheet, line: &TextLine, word: u32, first: bool) -> Option<(Vec<String>, String)> {
        let text = sheet.word_text(word);
        let raised = sheet.words.get(word as usize)?.flags & word_flags::SUPERSCRIPT != 0;
        let opens =
            |text: &str| text.chars().next().is_some_and(|c| c.is_uppercase() || is_cjk(c) || "“\"".contains(c));
        if raised {
            let mut marks = Vec::new();
            split_marks(text, true, &mut marks);
            let known = !marks.is_empty() && marks.iter().all(|mark| self.used.contains(&mark.as_str()));
            let next = if word + 1 < line.end_word { sheet.word_text(word + 1) } else { "" };
            let small = first && self.out.len() + usize::from(self.open.is_some()) > 0;
            let fine = opens(next) || small && next.chars().next().is_some_and(char::is_lowercase);
            return (known && fine && (first || self.open.is_some())).then_some((marks, String::new()));
        }
        let bare = text.trim_matches(|c: char| "()[].:,".contains(c));
        let expected = self.is_next(bare);
        if expected && word + 1 == line.end_word {
            return Some((vec![bare.to_owned()], String::new()));
        }
        if !first && !expected && !self.is_next(glued(text)) {
            return None;
        }
        if self.used.contains(&bare) && (first || bare.bytes().all(|b| b.is_ascii_digit())) {
            let next = if word + 1 < line.end_word { sheet.word_text(word + 1) } else { "" };
            return opens(next).then(|| (vec![bare.to_owned()], String::new()));
        }
        let split = text.find(|c: char| c.is_alphabetic() && !c.is_lowercase())?;
        let (mark, rest) = text.split_at(split);
        let mark = mark.trim_matches(|c: char| "()[].:".contains(c));
        let letters = mark.chars().any(char::is_alphabetic);
        (!letters && opens(rest) && self.used.contains(&mark)).then(|| (vec![mark.to_owned()], rest.to_owned()))
    }

    /// Whether a number is the one behind that of the institution being read.
    fn is_next(&self, bare: &str) -> bool {
        let last = self.open.as_ref().and_then(|open| open.marks.last()?.parse::<u16>().ok());
        self.used.contains(&bare) && last.is_some_and(|last| bare.parse::<u16>().ok() == Some(last + 1))
    }

    fn close(&mut self) {
        self.last = None;
        let Some(open) = self.open.take() else { return };
        if let Some(text) = cleaned(&open.text)
            && !open.marks.iter().all(|mark| self.out.iter().any(|known| known.marks.contains(mark)))
        {
            self.out.push(Marked { marks: open.marks, text });
        }
    }
}

/// "Address:", "Affiliations:" before the first institution.
fn is_label(word: &str) -> bool {
    let key = word.trim_end_matches(':').to_lowercase();
    word.ends_with(':') && ["address", "addresses", "affiliation", "affiliations", "adresse"].contains(&key.as_str())
}

/// The digits at the beginning of a word: "2Department".
fn glued(word: &str) -> &str {
    &word[..word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len()]
}

fn has_space(sheet: &Sheet, word: u32) -> bool {
    sheet.words[word as usize].flags & word_flags::SPACE_BEFORE != 0
}

/// Whether a line goes on with the paragraph that the line before belongs to.
pub(super) fn follows(before: &TextLine, line: &TextLine) -> bool {
    let gap = line.rect.y0 - before.rect.y1;
    (before.size - line.size).abs() <= t::AFFILIATION_SIZE
        && gap < line.size * t::AFFILIATION_GAP
        && line.rect.y0 > before.rect.y0
        && before.overlaps_x(line)
}

/// Whether a line says something else than where somebody works.
pub(super) fn stops(text: &str) -> bool {
    const STOPS: &[&str] = &[
        "correspond",
        "e-mail",
        "email",
        "received",
        "accepted",
        "abstract",
        "keywords",
        "key words",
        "©",
        "copyright",
        "published",
        "citation",
        "how to cite",
        "summary",
        "these authors",
        "both authors",
        "contributed equally",
        "editor:",
        "editor ",
        "handling editor",
        "edited by",
        "doi:",
        "doi ",
        "http",
        "open access",
        "present address",
        "funding",
        "tel.",
        "tel:",
        "tel ",
        "fax",
        "academic editor",
        "摘要",
        "关键词",
        "收稿日期",
        "作者简介",
        "基金",
        "*",
    ];
    let lower: String = text.trim_start().chars().take(t::AFFILIATION_LOOK).flat_map(char::to_lowercase).collect();
    STOPS.iter().any(|stop| lower.starts_with(stop)) || text.contains('@') || is_letter_spaced(text)
}

/// The name and place of an institution, without what else was printed behind it; `None` where it is none.
pub(super) fn cleaned(text: &str) -> Option<String> {
    clean(&text[..place_end(text)]).filter(|text| is_organisation(text))
}

/// The same where its place says already that it is one.
pub(super) fn cleaned_house(text: &str) -> Option<String> {
    clean(&text[..place_end(text)]).filter(|text| is_organisation(text) || may_be_house(text))
}

fn clean(text: &str) -> Option<String> {
    let mended = super::accents::mend(text);
    let text = mended.as_deref().unwrap_or(text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.split_once(' ').filter(|(first, _)| is_label(first)).map_or(text.as_str(), |(_, rest)| rest);
    let cut = |c: char| c.is_whitespace() || "–—,;.:·•（(【[".contains(c);
    let mut text = text.trim_matches(cut).trim_end_matches(" and").to_owned();
    // One bracket that was opened before, as around a whole address.
    for (open, close) in [('(', ')'), ('（', '）')] {
        if text.ends_with(close) && text.matches(close).count() > text.matches(open).count() {
            text.truncate(text.len() - close.len_utf8());
        }
    }
    let length = text.chars().count();
    let least = if text.chars().any(is_cjk) { t::AFFILIATION_LEAST / 2 } else { t::AFFILIATION_LEAST };
    let opens = text.chars().next().is_some_and(|c| !c.is_lowercase());
    (opens && (least..=t::AFFILIATION_MOST).contains(&length) && !text.contains(super::accents::is_accent))
        .then_some(text)
}

/// "A. Muster and B. Probe are with the Institute of Inlets, Ghent (e-mail: …)."
fn link_sentences(front: &Front<'_>, authors: &mut [Author]) {
    let lines = front.sheet.lines.iter().enumerate().filter(|(at, _)| front.is_free(*at));
    let mut text = String::new();
    let mut last: Option<&TextLine> = None;
    let mut paragraphs: Vec<String> = Vec::new();
    for (_, line) in lines {
        if !last.is_some_and(|last| follows(last, line)) {
            paragraphs.push(std::mem::take(&mut text));
        }
        super::lines::push_line(&mut text, line);
        last = Some(line);
    }
    paragraphs.push(text);
    for paragraph in paragraphs.iter().filter(|text| text.contains(" with ")) {
        for sentence in sentences(paragraph) {
            let parts = [" is with ", " are with ", " was with ", " were with "];
            let Some((names, rest)) = parts.iter().find_map(|part| sentence.split_once(part)) else { continue };
            let rest = rest.strip_prefix("the ").unwrap_or(rest);
            let Some(place) = cleaned(rest) else { continue };
            for author in authors.iter_mut().filter(|author| names_author(names, author)) {
                if !author.affiliations.contains(&place) {
                    author.affiliations.push(place.clone());
                }
            }
        }
    }
}

/// Sentences: a full stop behind an initial or an abbreviation ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(". ") {
        let word = text[from..at].rsplit([' ', '(']).next().unwrap_or("");
        if word.chars().count() > 4 || word.ends_with(')') {
            out.push(&text[from..at]);
            from = at + 2;
        }
    }
    out.push(&text[from..]);
    out
}

/// Whether the family name stands there as whole words, behind the first letter of the given name.
fn names_author(text: &str, author: &Author) -> bool {
    let Some(at) = text.find(author.family.as_str()).filter(|_| author.family.len() > 1) else { return false };
    let ends = text[at + author.family.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    let initial = author.given.chars().next();
    ends && initial.is_none_or(|initial| text[..at].contains(initial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_institution_ends_before_addresses_and_has_its_kind_in_its_name() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(cleaned(text).as_deref(), expected, "{text}");
        check(
            "Institute of Inlets, University of Beispielstadt, 9000 Ghent, Belgium. E-mail: a@b.example",
            Some("Institute of Inlets, University of Beispielstadt, 9000 Ghent, Belgium"),
        );
        check("These authors contributed equally to this work", None);
        check("Corresponding author", None);
        check("Introduction to salt in basins", None);
        check("贝斯大学 港湾研究所，贝斯市 100000", Some("贝斯大学 港湾研究所，贝斯市 100000"));
    }
}
