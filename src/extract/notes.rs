//! Works cited in notes, in papers without a list: full citations make works, short forms and "ibid." cite them again.

use super::lines::{Sheet, push_line};
use super::note_forms::{self, parts, strip_lead};
use super::reference_rules;
use super::references::{FlowLine, file_rect};
use super::tuning as t;
use super::volume::years_in;
use super::wording::{squash, words};
use crate::domain::facts::{Citation, Place, Reference};
use crate::domain::layout::TextRole;

/// A note, its lines joined.
struct Note {
    number: u32,
    text: String,
    page: u32,
    start: u32,
    end: u32,
    place: Place,
}

/// The works so far and where they were cited last.
#[derive(Default)]
struct Reader {
    works: Vec<Reference>,
    /// The work that "ibid." means.
    last: Option<usize>,
    /// Which note cites which works, for "supra note 3".
    cited: Vec<(u32, usize)>,
}

/// The works of the notes, each once, in order of first citation.
pub(super) fn works(sheets: &[&Sheet]) -> Vec<Reference> {
    let mut reader = Reader::default();
    for note in notes(sheets) {
        for part in parts(&note.text) {
            reader.read(strip_lead(part), &note);
        }
    }
    if reader.works.len() >= t::NOTES_LEAST_WORKS { reader.works } else { Vec::new() }
}

impl Reader {
    fn read(&mut self, part: &str, note: &Note) {
        let Some(at) = self.meant(part, note) else { return };
        let citation = Citation { page: note.page, start: note.start, end: note.end };
        cite(&mut self.works[at], citation);
        self.last = Some(at);
        if !self.cited.contains(&(note.number, at)) {
            self.cited.push((note.number, at));
        }
    }

    /// The work that a part of a note means; a full citation of a new one adds it.
    fn meant(&mut self, part: &str, note: &Note) -> Option<usize> {
        if let Some(rest) = note_forms::same_author(part)
            && let Some(work) = self.last.and_then(|last| full(&format!("{}, {rest}", full_name(&self.works[last])?)))
        {
            return Some(self.add(work, note));
        }
        if note_forms::is_ibid(part) {
            return self.last;
        }
        if let Some(work) = full(part) {
            return Some(self.add(work, note));
        }
        let bare = note_forms::without_back_reference(part);
        let same_note = |at: &usize| bare.note.is_none_or(|note| self.cited.contains(&(note, *at)));
        // Of several works of an author the one cited last is meant.
        let latest = self.cited.iter().rev().map(|(_, at)| *at);
        let named = latest.clone().filter(same_note).find(|at| short_form(&bare.text, &self.works[*at]));
        let alone = bare.text.trim_matches(|c: char| !c.is_alphabetic()).is_empty();
        named.or_else(|| (alone && bare.note.is_some()).then(|| latest.clone().find(same_note)).flatten())
    }

    fn add(&mut self, mut work: Reference, note: &Note) -> usize {
        let known = self.works.iter().position(|known| same(known, &work));
        known.unwrap_or_else(|| {
            work.places.push(note.place.clone());
            self.works.push(work);
            self.works.len() - 1
        })
    }
}

/// The first author of a work as a citation would print the name.
fn full_name(work: &Reference) -> Option<String> {
    let author = work.authors.first()?;
    Some(format!("{} {}", author.given, author.family).trim().to_owned())
}

fn cite(work: &mut Reference, citation: Citation) {
    if !work.cited_in.contains(&citation) {
        work.cited_in.push(citation);
    }
}

fn same(a: &Reference, b: &Reference) -> bool {
    let title = |work: &Reference| squash(work.title.as_deref().unwrap_or(""));
    title(a) == title(b)
        && a.authors.first().map(|author| &author.family) == b.authors.first().map(|author| &author.family)
}

fn notes(sheets: &[&Sheet]) -> Vec<Note> {
    let mut out: Vec<Note> = Vec::new();
    for sheet in sheets {
        for line in sheet.lines.iter().filter(|line| line.role == Some(TextRole::Footnote)) {
            let rest = note_number(&line.text);
            let rect = file_rect(&FlowLine { sheet, line });
            match (rest, out.last_mut()) {
                (Some((number, rest)), _) => out.push(Note {
                    number,
                    text: rest.to_owned(),
                    page: sheet.index,
                    start: line.start,
                    end: line.end,
                    place: Place { page: sheet.index, rects: vec![rect] },
                }),
                (None, Some(note)) if note.page == sheet.index => {
                    push_line(&mut note.text, line);
                    note.end = line.end;
                    note.place.rects.push(rect);
                }
                _ => {}
            }
        }
    }
    out
}

/// The number of a note and what follows it.
fn note_number(text: &str) -> Option<(u32, &str)> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || RAISED.contains(c));
    let digits = &text[..text.len() - rest.len()];
    let value = |c: char| c.to_digit(10).or_else(|| RAISED.chars().position(|raised| raised == c).map(|n| n as u32));
    (1..=3).contains(&digits.chars().count()).then(|| {
        let number = digits.chars().filter_map(value).fold(0, |number, digit| number * 10 + digit);
        (number, rest.trim_start_matches(['.', ' ', ')']))
    })
}

/// A full citation: names, then a title in quotes or before a bracket with a year; or, as German books print it, before
/// place and year.
fn full(part: &str) -> Option<Reference> {
    let bracket = part.match_indices('(').find_map(|(at, _)| {
        let end = part[at..].find(')')? + at;
        let year = years_in(&part[at..end]).last()?;
        Some((at, end, year))
    });
    let Some((at, end, year)) = bracket else { return note_forms::unbracketed(part) };
    let list = super::reference_names::read(part, None);
    if list.authors.is_empty() || list.end >= at {
        return None;
    }
    let mut work = Reference { raw: part.to_owned(), authors: list.authors, year: Some(year), ..Reference::default() };
    let rest = part[list.end..].trim_start_matches([',', ' ', ':', '.']);
    let offset = part.len() - rest.len();
    if let Some(open) = rest.chars().next().filter(|c| "‘“\"'„«’”‚»›‹".contains(*c)) {
        let inner = &rest[open.len_utf8()..];
        let close = inner.char_indices().find(|(i, c)| {
            "’”\"'“»«‘‹›".contains(*c) && *i > 3 && inner[i + c.len_utf8()..].starts_with([',', '.', ' ', ';'])
        })?;
        work.title = Some(inner[..close.0].trim_end_matches(',').to_owned());
        let behind = inner[close.0 + close.1.len_utf8()..].trim_start_matches([',', ' ']);
        reference_rules::container(behind, &mut work);
        if let Some(container) = behind.strip_prefix("in ") {
            let name = container.split(" (").next().unwrap_or("");
            work.venue = container
                .split_once("), ")
                .map(|(_, book)| book.split(" (").next().unwrap_or("").to_owned())
                .or_else(|| Some(name.to_owned()));
        }
        work.confidence = t::REF_SURE_QUOTED;
    } else {
        let title = part.get(offset..at)?.trim().trim_end_matches(',');
        if words(title).count() < 2 {
            return None;
        }
        work.title = Some(title.to_owned());
        let imprint = &part[at + 1..end];
        if let Some((_, publisher)) = imprint.split_once(": ") {
            work.publisher = Some(publisher.rsplit_once(',').map_or(publisher, |(name, _)| name).trim().to_owned());
        }
        work.confidence = t::REF_SURE_NAMED;
    }
    Some(work)
}

/// "Muster, Ledger, 12": family name first, then a word of the title.
fn short_form(part: &str, work: &Reference) -> bool {
    let (Some(author), Some(title)) = (work.authors.first(), work.title.as_deref()) else { return false };
    let family = author.family.as_str();
    let Some(rest) =
        part.strip_prefix(family).or_else(|| part.split_once(' ').and_then(|(_, rest)| rest.strip_prefix(family)))
    else {
        return false;
    };
    let named = words(rest)
        .filter(|word| word.chars().count() > 3 && word.chars().any(char::is_alphabetic))
        .any(|word| words(title).any(|other| other == word));
    (rest.is_empty() || rest.starts_with([',', ' ', ':', '.'])) && (named || words(rest).all(is_page_word))
}

/// "p", "S", "12-14", "ff": what tells a page.
fn is_page_word(word: &str) -> bool {
    const WORDS: &[&str] =
        &["p", "pp", "s", "at", "f", "ff", "ch", "chap", "kap", "fol", "vol", "bd", "r", "v", "et", "seq", "passim"];
    let digits = word.trim_end_matches(char::is_alphabetic);
    WORDS.contains(&word.to_lowercase().as_str())
        || !digits.is_empty()
            && digits.chars().all(|c| c.is_ascii_digit() || c == '-')
            && word.len() <= digits.len() + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_and_a_paper_are_read_from_notes() {
        let book = full("A. Muster, The Ledger of Small Things (Ghent: Probe Press, 2031), 44–51.").expect("a work");
        assert_eq!(book.title.as_deref(), Some("The Ledger of Small Things"));
        assert_eq!(
            (book.year, book.authors[0].family.as_str(), book.publisher.as_deref()),
            (Some(2031), "Muster", Some("Probe Press"))
        );
        let paper = full("B. Probe, ‘Counting before Columns’, Journal of Quiet History 12 (2029), 101–118, at 105")
            .expect("a work");
        assert_eq!(paper.title.as_deref(), Some("Counting before Columns"));
        assert_eq!(paper.venue.as_deref(), Some("Journal of Quiet History"));
    }

    #[test]
    fn remarks_and_archives_are_no_works() {
        assert!(full("This point was made to me in conversation and I have not found it in print.").is_none());
        assert!(full("Town Archive of Beispielstadt, MS 14, fol. 3r–9v.").is_none());
    }

    #[test]
    fn short_forms_name_a_work() {
        let work = full("A. Muster, The Ledger of Small Things (Ghent: Probe Press, 2031), 44.").expect("a work");
        assert!(short_form("Muster, Ledger, 12.", &work));
        assert!(!short_form("Probe, ‘Counting’, 110", &work));
    }
}
