//! Fields of an entry: labels of the random field, names split, identifiers by rules.

use super::crf::{self, Fields, Labelling, Model, Token};
use super::identifiers::{Joining, arxiv, dois};
use super::lexicon::GROUP;
use super::names::{self, NameOrder};
use super::places::INSTITUTION;
use super::reference_names::{self, AuthorList, Form};
use super::reference_rules::{late_year, read_ideographic, read_plain, url};
use super::references::Entry;
use super::tuning as t;
use super::volume::years_in;
use super::wording::{has_word, is_cjk, words};
use crate::domain::facts::{Author, Reference};

/// Reads the fields of every entry; the form of names that most entries of a list use helps with the others.
pub(super) fn read_all(entries: Vec<Entry>) -> Vec<Reference> {
    let mut reader = Reader::default();
    let labelled: Vec<Labelled> = entries.iter().map(|entry| reader.label(&entry.raw)).collect();
    let lists = entries.iter().map(|entry| entry.list).max().map_or(0, |list| usize::from(list) + 1);
    let usual: Vec<Option<Form>> = (0..lists).map(|list| usual_form(&entries, &labelled, list as u16)).collect();
    entries
        .into_iter()
        .zip(labelled)
        .map(|(entry, labelled)| {
            let form = usual.get(usize::from(entry.list)).copied().flatten();
            read(entry, &labelled, form)
        })
        .collect()
}

/// An entry's tokens and their labels.
struct Labelled {
    tokens: Vec<Token>,
    found: Labelling,
}

impl Labelled {
    fn fields<'a>(&self, raw: &'a str) -> Fields<'a> {
        crf::fields(raw, &self.tokens, &self.found)
    }
}

/// Labels entries; keeps its memory from one to the next.
#[derive(Default)]
struct Reader {
    rows: Vec<crf::Row>,
}

impl Reader {
    fn label(&mut self, raw: &str) -> Labelled {
        let mut tokens = Vec::new();
        crf::tokenize(raw, crf::MOST_TOKENS, &mut tokens);
        crf::features(&tokens, &mut self.rows);
        Labelled { found: Model::references().label(&self.rows), tokens }
    }
}

/// The form of names in most of a sample of a list's entries.
fn usual_form(entries: &[Entry], labelled: &[Labelled], list: u16) -> Option<Form> {
    let mut counts: Vec<(Form, usize)> = Vec::new();
    let mut all = 0usize;
    let sample = entries.iter().zip(labelled).filter(|(entry, _)| entry.list == list).take(t::REF_SAMPLE);
    for (entry, labelled) in sample {
        let authors = labelled.fields(&entry.raw).authors;
        if authors.is_empty() {
            continue;
        }
        all += 1;
        if let Some(form) = reference_names::read(authors, None).form {
            match counts.iter_mut().find(|(known, _)| *known == form) {
                Some((_, n)) => *n += 1,
                None => counts.push((form, 1)),
            }
        }
    }
    counts.into_iter().filter(|(_, n)| *n * 3 > all).max_by_key(|(_, n)| *n).map(|(form, _)| form)
}

/// Reads the fields of an entry.
fn read(entry: Entry, labelled: &Labelled, usual: Option<Form>) -> Reference {
    let lines: Vec<&str> = entry.lines.iter().map(String::as_str).collect();
    let mut reference = Reference {
        doi: dois(&lines, Joining::Entry).into_iter().next().map(|found| found.doi),
        arxiv: arxiv(&entry.raw).map(|found| found.id),
        url: url(&entry.raw),
        label: entry.label,
        list: entry.list,
        places: entry.places,
        ..Reference::default()
    };
    if entry.raw.chars().next().is_some_and(is_cjk) {
        read_ideographic(&entry.raw, &mut reference);
    } else {
        read_fields(&entry.raw, &labelled.fields(&entry.raw), usual, &mut reference);
    }
    reference.raw = entry.raw;
    reference
}

/// Takes over what the labels say.
fn read_fields(raw: &str, fields: &Fields, usual: Option<Form>, reference: &mut Reference) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    reference.authors = authors(raw, fields, usual);
    reference.year = years_in(fields.date).next().or_else(|| late_year(raw));
    reference.venue = some(fields.container).filter(|name| words(name).count() <= t::REF_VENUE_MOST_WORDS);
    reference.volume = some(fields.volume);
    reference.issue = some(fields.issue);
    reference.pages = some(fields.pages).map(|pages| pages.replace(" - ", "–").replace(['-', '—'], "–"));
    reference.publisher = some(fields.publisher);
    let title = tidy_title(fields.title);
    let count = words(title).count();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    if (1..=t::REF_TITLE_MOST_WORDS).contains(&count) && letters >= 3 {
        reference.title = Some(title.to_owned());
        reference.confidence = fields.sure;
    } else if fields.volume.is_empty() && fields.pages.is_empty() {
        let behind = if fields.authors.is_empty() { 0 } else { fields.authors_at + fields.authors.len() };
        read_plain(raw, behind, usual, reference);
    }
}

/// The authors: names, else a group.
fn authors(raw: &str, fields: &Fields, usual: Option<Form>) -> Vec<Author> {
    if fields.authors.is_empty() {
        return group(fields.institution).into_iter().collect();
    }
    let (from, end) = (fields.authors_at, fields.authors_at + fields.authors.len());
    // What follows the names tells where they end; what the labels say rules.
    let open = reference_names::read(&raw[from..], usual);
    let list = if (fields.authors.len()..=end - from + 2).contains(&open.end) {
        open
    } else {
        let closed = reference_names::read(fields.authors, usual);
        if closed.authors.is_empty() && open.end <= end - from { open } else { closed }
    };
    let AuthorList { authors, .. } = list;
    if authors.is_empty() { group(fields.authors).into_iter().collect() } else { authors }
}

/// An organisation as author, or a person in a form that the styles do not know.
fn group(text: &str) -> Option<Author> {
    let text = text.trim().trim_end_matches([',', ';', ':', '(']).trim_end();
    let text = text.strip_suffix('.').filter(|bare| !bare.contains('.')).unwrap_or(text);
    let count = words(text).count();
    if count == 0 || count > t::REF_GROUP_MOST_WORDS || !text.chars().any(char::is_uppercase) {
        return None;
    }
    let person = (2..=3).contains(&count)
        && words(text).all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && words(text).any(|word| word.chars().any(char::is_lowercase))
        && !has_word(text, INSTITUTION)
        && !has_word(text, GROUP)
        && !has_word(text, ORGANISATION);
    let whole = || Author { family: text.to_owned(), single: true, ..Author::default() };
    if person { names::parse(text, NameOrder::GivenFirst) } else { Some(whole()) }
}

/// Words of organisations that sign works, besides those of affiliations.
const ORGANISATION: &[&str] = &[
    "organization",
    "organisation",
    "commission",
    "department",
    "office",
    "bank",
    "bureau",
    "union",
    "federation",
    "international",
    "world",
    "united",
    "european",
    "american",
    "committee",
    "community",
    "institution",
    "service",
    "software",
    "board",
    "alliance",
    "health",
    "core",
    "development",
    "press",
    "docs",
    "help",
    "systems",
    "authority",
    "survey",
];

/// The title without marks of its kind.
fn tidy_title(title: &str) -> &str {
    let mut title = title;
    for mark in
        ["[J]", "[M]", "[C]", "[D]", "[R]", "[P]", "[S]", "[N]", "[EB/OL]", "[Z]", "[A]", "[Online]", "[Internet]"]
    {
        title = title.strip_suffix(mark).unwrap_or(title).trim_end();
    }
    title.trim_end_matches(['.', ',', ';', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, year: u16, title: &str, venue: &str) {
        let mut reference = Reference::default();
        read_fields(raw, &Reader::default().label(raw).fields(raw), None, &mut reference);
        assert_eq!(reference.title.as_deref(), Some(title), "{raw}");
        assert_eq!(reference.year, Some(year), "{raw}");
        assert_eq!(reference.venue.as_deref().unwrap_or(""), venue, "{raw}");
    }

    #[test]
    fn a_year_behind_the_authors() {
        check(
            "Muster, A., & Probe, B. (2031). Slow mixing of water. Journal of Basins, 12(3), 45–67.",
            2031,
            "Slow mixing of water",
            "Journal of Basins",
        );
        check(
            "Anna Muster and Bert Probe. 2031. Slow mixing. In Proceedings of Basins, pages 1–9.",
            2031,
            "Slow mixing",
            "Proceedings of Basins",
        );
    }

    #[test]
    fn a_year_behind_the_journal() {
        check(
            "Muster A, Probe B. Slow mixing: E. coli in water. J Basins. 2031;12(3):45-67.",
            2031,
            "Slow mixing: E. coli in water",
            "J Basins",
        );
        check(
            "Muster, A.; Probe, B. Slow mixing. J. Small Basins 2031, 12, 45–67.",
            2031,
            "Slow mixing",
            "J. Small Basins",
        );
    }

    #[test]
    fn a_title_in_quotes() {
        check(
            "A. Muster and B. Probe, “Slow mixing,” Journal of Basins, vol. 12, no. 3, pp. 45–67, 2031.",
            2031,
            "Slow mixing",
            "Journal of Basins",
        );
    }

    #[test]
    fn commas_only() {
        check(
            "A. Muster, B. Probe, Slow mixing of water, J. Basins 12 (2031) 45–67.",
            2031,
            "Slow mixing of water",
            "J. Basins",
        );
    }

    #[test]
    fn plain_names_are_persons_and_others_groups() {
        assert!(!group("Bert Probe").expect("a person").single);
        for name in ["World Basin Organization", "R Core Team", "Probe Institute", "Friends of the Inlet"] {
            assert!(group(name).expect("a group").single, "{name}");
        }
    }

    #[test]
    fn an_organisation_as_author() {
        let mut reference = Reference::default();
        let raw = "World Basin Organization (2031). Basins of the world. Ghent: Probe Press.";
        read_fields(raw, &Reader::default().label(raw).fields(raw), None, &mut reference);
        assert_eq!(reference.authors[0].family, "World Basin Organization");
        assert_eq!(reference.title.as_deref(), Some("Basins of the world"));
        assert_eq!(reference.publisher.as_deref(), Some("Probe Press"));
    }
}
