//! The main language, by script and by small words; and what kind of work it is.

use super::lines::Sheet;
use super::title::Title;
use super::tuning as t;
use super::wording::{count_words, has_address, has_word, is_cjk, is_foreign, words};
use crate::domain::facts::{Fact, Facts};

/// Small words that hardly any other of these languages uses.
const SMALL_WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "of", "and", "is", "that", "with", "for", "are", "this", "was"]),
    ("de", &["der", "die", "und", "das", "ist", "nicht", "den", "von", "mit", "eine", "auf", "für"]),
    ("fr", &["les", "des", "est", "dans", "une", "pour", "que", "qui", "sur", "avec", "du", "et"]),
    ("es", &["los", "las", "una", "para", "por", "con", "del", "como", "más", "el", "y"]),
    ("pt", &["os", "uma", "para", "com", "não", "dos", "das", "são", "mais", "ao", "em"]),
    ("it", &["gli", "della", "che", "una", "per", "con", "sono", "nel", "più", "di", "il"]),
    ("nl", &["het", "een", "van", "niet", "zijn", "voor", "met", "aan", "deze", "wordt", "en"]),
];

/// BCP 47 code of the language of most of the first pages.
pub(super) fn guess(sheets: &[&Sheet]) -> Option<String> {
    let (mut han, mut kana, mut hangul, mut cyrillic, mut greek, mut arabic, mut hebrew, mut latin) =
        (0u32, 0u32, 0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    let mut counts = [0u32; 7];
    for sheet in sheets.iter().take(t::LANGUAGE_PAGES) {
        for c in sheet.text.all().chars() {
            match c as u32 {
                0x3040..=0x30FF => kana += 1,
                0xAC00..=0xD7AF => hangul += 1,
                0x0400..=0x04FF => cyrillic += 1,
                0x0370..=0x03FF => greek += 1,
                0x0590..=0x05FF => hebrew += 1,
                0x0600..=0x06FF => arabic += 1,
                _ if is_cjk(c) => han += 1,
                _ if c.is_alphabetic() => latin += 1,
                _ => {}
            }
        }
        for word in sheet.text.all().split_whitespace() {
            for (n, (_, list)) in SMALL_WORDS.iter().enumerate() {
                counts[n] += u32::from(list.contains(&word));
            }
        }
    }
    // An ideograph carries as much as a few letters.
    let weighted =
        [("zh", han * 3), ("ru", cyrillic), ("el", greek), ("ar", arabic), ("he", hebrew), ("ko", hangul * 2)];
    let (code, most) = weighted.into_iter().max_by_key(|(_, n)| *n)?;
    if kana * 5 > han && kana > 50 {
        return Some("ja".to_owned());
    }
    if most > latin && most > 20 {
        return Some(code.to_owned());
    }
    let (best, count) = counts.iter().enumerate().max_by_key(|(_, n)| **n)?;
    (*count >= t::LANGUAGE_LEAST_WORDS).then(|| SMALL_WORDS[best].0.to_owned())
}

/// A second title in Latin script under a title in another one.
pub(super) fn alternate_title(sheet: &Sheet, title: &Title) -> Option<Fact<String>> {
    if !is_foreign(&title.text) {
        return None;
    }
    let mut best: Option<(f32, usize, usize)> = None;
    let mut at = title.end_line;
    while at < sheet.lines.len() {
        let line = &sheet.lines[at];
        let mut end = at + 1;
        while sheet.lines.get(end).is_some_and(|next| {
            next.same_style(line) && next.gap.is_some_and(|gap| gap < t::TITLE_LINE_GAP * next.size)
        }) {
            end += 1;
        }
        let text = super::lines::join(&sheet.lines[at..end]);
        let small = words(&text).filter(|word| word.chars().all(char::is_lowercase)).count();
        let fine = line.is_text()
            && !is_foreign(&text)
            && (4..=40).contains(&count_words(&text))
            && small >= 2
            && !text.contains(": ")
            && !text.trim_end().ends_with('.')
            && !has_address(&text)
            && !has_word(&text, &["university", "abstract", "keywords", "key"]);
        let score = line.size + if line.bold { 1.0 } else { 0.0 };
        if fine && best.is_none_or(|(top, ..)| score > top) {
            best = Some((score, at, end));
        }
        at = end;
    }
    let (_, from, end) = best?;
    Some(Fact { value: super::lines::join(&sheet.lines[from..end]), confidence: t::ALTERNATE_TITLE })
}

/// Words of title pages of theses.
const ACADEMIC: &[&str] = &[
    "dissertation",
    "thesis",
    "doctor of philosophy",
    "doktor",
    "masterarbeit",
    "bachelorarbeit",
    "diplomarbeit",
    "habilitation",
    "thèse",
    "mémoire de master",
    "tesis",
    "tese de",
    "tesi di",
    "proefschrift",
    "диссертация",
];

/// Whether people with other roles than author stand on the first pages.
pub(super) fn is_long_work(kind: Option<&Fact<String>>) -> bool {
    kind.is_some_and(|kind| matches!(kind.value.as_str(), "thesis" | "book" | "report"))
}

/// The kind of work, as far as the facts and the first page tell.
pub(super) fn item_type(facts: &Facts, first: &Sheet, pages: usize) -> Option<Fact<String>> {
    let fact = |value: &str, confidence| Some(Fact { value: value.to_owned(), confidence });
    let venue = facts.venue.as_ref().map_or(String::new(), |venue| venue.value.to_lowercase());
    if ["biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "ssrn"].contains(&venue.as_str()) {
        return fact("preprint", 0.9);
    }
    let page = first.text.all().to_lowercase();
    let academic = ACADEMIC.iter().any(|word| page.contains(word));
    if academic && pages >= t::THESIS_PAGES {
        return fact("thesis", 0.85);
    }
    // The name of a meeting ends in its year, that of a journal does not.
    let dated =
        venue.rsplit(' ').next().is_some_and(|last| last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit()));
    if has_word(&venue, &["proceedings", "conference", "workshop", "symposium", "meeting", "congress"]) || dated {
        return fact("conferencePaper", 0.85);
    }
    if facts.volume.is_some() || !venue.is_empty() {
        return fact("journalArticle", 0.8);
    }
    if facts.arxiv.is_some() {
        return fact("preprint", 0.9);
    }
    if pages >= t::BOOK_LEAST_PAGES && facts.abstract_text.is_none() {
        return fact("book", 0.5);
    }
    None
}
