//! Works cited in notes, in papers without a list: full citations make works, short forms and "ibid." cite them again.

use super::lines::{Sheet, push_line};
use super::reference_rules;
use super::references::{FlowLine, file_rect};
use super::tuning as t;
use super::volume::years_in;
use super::wording::{squash, words};
use crate::domain::facts::{Citation, Place, Reference};
use crate::domain::layout::TextRole;

/// A note, its lines joined.
struct Note {
    text: String,
    page: u32,
    start: u32,
    end: u32,
    place: Place,
}

/// The works of the notes, each once, in order of first citation.
pub(super) fn works(sheets: &[&Sheet]) -> Vec<Reference> {
    let mut works: Vec<Reference> = Vec::new();
    let mut last: Option<usize> = None;
    for note in notes(sheets) {
        for part in parts(&note.text) {
            let part = strip_lead(part);
            let citation = Citation { page: note.page, start: note.start, end: note.end };
            if is_ibid(part) {
                if let Some(i) = last {
                    cite(&mut works[i], citation);
                }
                continue;
            }
            if let Some(mut work) = full(part) {
                let known = works.iter().position(|known| same(known, &work));
                let i = known.unwrap_or_else(|| {
                    work.places.push(note.place.clone());
                    works.push(work);
                    works.len() - 1
                });
                cite(&mut works[i], citation);
                last = Some(i);
            } else if let Some(i) = works.iter().position(|work| short_form(part, work)) {
                cite(&mut works[i], citation);
                last = Some(i);
            }
        }
    }
    if works.len() >= t::NOTES_LEAST_WORKS { works } else { Vec::new() }
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
                (Some(rest), _) => out.push(Note {
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

/// What follows the number of a note.
fn note_number(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "¹²³⁴⁵⁶⁷⁸⁹⁰".contains(c));
    let digits = text.chars().count() - rest.chars().count();
    (1..=3).contains(&digits).then(|| rest.trim_start_matches(['.', ' ', ')']))
}

/// Parts of a note between semicolons outside brackets and quotes.
fn parts(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut from, mut depth) = (0, 0i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ';' if depth <= 0 => {
                out.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(text[from..].trim());
    out.retain(|part| !part.is_empty());
    out
}

fn strip_lead(part: &str) -> &str {
    const LEADS: &[&str] = &[
        "see also ",
        "see, for example, ",
        "see e.g. ",
        "see ",
        "cf. ",
        "compare ",
        "and compare ",
        "and ",
        "also ",
        "vgl. auch ",
        "vgl. ",
        "siehe ",
        "voir ",
        "e.g. ",
        "for example ",
        "but see ",
        "quoted in ",
        "so ",
    ];
    let mut rest = part.trim_start();
    while let Some(lead) = LEADS.iter().find(|lead| {
        rest.len() > lead.len() && rest.is_char_boundary(lead.len()) && rest[..lead.len()].eq_ignore_ascii_case(lead)
    }) {
        rest = rest[lead.len()..].trim_start();
    }
    rest
}

fn is_ibid(part: &str) -> bool {
    let lower = part.to_lowercase();
    ["ibid", "ebd", "ebenda", "idem", "id.,", "loc. cit", "a.a.o", "ibidem"].iter().any(|word| lower.starts_with(word))
}

/// A full citation: names, then a title in quotes or before a bracket with a year.
fn full(part: &str) -> Option<Reference> {
    let bracket = part.match_indices('(').find_map(|(at, _)| {
        let end = part[at..].find(')')? + at;
        let year = years_in(&part[at..end]).last()?;
        Some((at, end, year))
    });
    let (at, end, year) = bracket?;
    let list = super::reference_names::read(part, None);
    if list.authors.is_empty() || list.end >= at {
        return None;
    }
    let mut work = Reference { raw: part.to_owned(), authors: list.authors, year: Some(year), ..Reference::default() };
    let rest = part[list.end..].trim_start_matches([',', ' ', ':', '.']);
    let offset = part.len() - rest.len();
    if let Some(open) = rest.chars().next().filter(|c| "‘“\"'„«".contains(*c)) {
        let inner = &rest[open.len_utf8()..];
        let close = inner.char_indices().find(|(i, c)| {
            "’”\"'“»".contains(*c) && *i > 3 && inner[i + c.len_utf8()..].starts_with([',', '.', ' ', ';'])
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
    rest.starts_with([',', ' ', ':'])
        && (named || words(rest).all(|word| word.chars().all(|c| c.is_ascii_digit() || c == '-' || c == 'p')))
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
