//! Rules for what the labels do not tell: addresses, years without a label, entries in ideographs, what follows a title.

use super::lexicon::MONTHS;
use super::reference_names::{self, Form};
use super::tuning as t;
use super::volume::{VolumeParts, volume_pattern, years_in};
use super::wording::{has_word, is_cjk, words};
use crate::domain::facts::Reference;

/// The first web address.
pub(super) fn url(raw: &str) -> Option<String> {
    let at = raw.find("http://").or_else(|| raw.find("https://"))?;
    let end = raw[at..].find(|c: char| c.is_whitespace() || "<>\"”]".contains(c)).map_or(raw.len(), |end| at + end);
    let url = raw[at..end].trim_end_matches(['.', ',', ';', ')']);
    (url.len() > 10).then(|| url.to_owned())
}

/// Year of an entry that does not print it behind the authors: in brackets, else the last.
pub(super) fn late_year(text: &str) -> Option<u16> {
    let mut bracketed = text.match_indices('(').filter_map(|(at, _)| {
        let inner = &text[at + 1..];
        let end = inner.find(')')?;
        (end <= 20).then(|| years_in(&inner[..end]).next()).flatten()
    });
    let plain = |year: &u16| (1600..2100).contains(year);
    bracketed.rfind(plain).or_else(|| {
        let mut last = None;
        let mut masked = String::with_capacity(text.len());
        let mut previous = ' ';
        for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            let next = part.chars().next_back().unwrap_or(' ');
            let range = matches!(previous, '-' | '–' | '—') || matches!(next, '-' | '–' | '—') && digits.len() == 4;
            masked.push_str(if range && digits.len() == 4 { "----" } else { digits });
            masked.push(next);
            previous = next;
        }
        for year in years_in(&masked).filter(plain) {
            last = Some(year);
        }
        last.or_else(|| years_in(text).filter(plain).last())
    })
}

/// The title of an entry in which the labels found none, by the order of its sentences: what follows the authors, who end
/// at `authors_end` (0 where the labels found none either; then they are read as well).
pub(super) fn read_plain(raw: &str, authors_end: usize, usual: Option<Form>, reference: &mut Reference) {
    let mut from = authors_end;
    if from == 0 {
        let list = reference_names::read(raw, usual.or(Some(Form::GivenFamily)));
        if !list.authors.is_empty() {
            from = list.end;
            reference.authors = list.authors;
        }
    }
    let mark = |c: char| c.is_whitespace() || ",.;:)“\"".contains(c);
    let mut rest = raw.get(from..).unwrap_or("").trim_start_matches(mark);
    if let Some((_, behind)) = leading_year(rest) {
        rest = behind;
    }
    let end = sentence_end(rest);
    let title = rest[..end].trim().trim_end_matches([',', '”', '"']);
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let lower = title.to_lowercase();
    let no_title = ["http", "doi.org", "accessed", "available from", "retrieved", "in: "];
    let date = has_word(title, MONTHS) && words(title).count() <= 3;
    let alone = rest[end..].trim_matches('.').trim().is_empty() && reference.authors.is_empty();
    if letters < 3 || date || alone || no_title.iter().any(|word| lower.contains(word)) {
        return;
    }
    if !title.chars().any(char::is_lowercase) && words(title).count() < 2 {
        return;
    }
    reference.title = Some(title.to_owned());
    reference.confidence = t::REF_UNSURE;
}

/// "(2031)", "2031.", "(2031a, March):" right behind the authors.
fn leading_year(rest: &str) -> Option<(u16, &str)> {
    if let Some(inner) = rest.strip_prefix(['(', '[']) {
        let end = inner.find([')', ']'])?;
        let year = years_in(&inner[..end]).next()?;
        let behind = inner[end + 1..].trim_start_matches(|c: char| c.is_whitespace() || ",.;:".contains(c));
        return (end <= 24).then_some((year, behind));
    }
    let year = years_in(rest.get(..4)?).next()?;
    let behind = rest[4..].trim_start_matches(|c: char| c.is_ascii_lowercase());
    let stop = behind.chars().next()?;
    // "2031;12(3)" belongs to a journal, not to the authors.
    let spaced = stop == ' ' && behind.trim_start().starts_with(char::is_uppercase);
    ((spaced || stop == '.' || stop == ',' || stop == ':') && behind.len() + 6 > rest.len().saturating_sub(4))
        .then(|| (year, behind.trim_start_matches(|c: char| c.is_whitespace() || ",.:".contains(c))))
}

/// Words behind whose full stop a sentence goes on.
const ABBREVIATIONS: &[&str] = &[
    "vs", "e.g", "i.e", "st", "dr", "no", "vol", "sp", "spp", "var", "al", "cf", "approx", "ca", "et", "subsp", "ssp",
    "cv", "ser", "mr", "mrs", "prof", "fig", "eds", "ed", "hrsg", "bd", "nr", "aufl", "u.a", "z.b", "d.h", "inc",
    "ltd", "u.s", "jr", "sr", "pp", "p", "s", "bzw", "ph.d",
];

/// The byte at which the first sentence ends (its full stop not included).
fn sentence_end(text: &str) -> usize {
    let mut depth = 0i32;
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = (depth - 1).max(0),
            '。' | '．' => return at,
            '.' | '?' | '!' if depth == 0 || depth == 1 && at > 200 => {
                let behind = &text[at + 1..];
                let quote = behind.strip_prefix(['”', '"', '’', '“']).unwrap_or(behind);
                if !quote.is_empty() && !quote.starts_with(char::is_whitespace) {
                    continue;
                }
                let next = quote.trim_start();
                let word = text[..at].rsplit([' ', '(', '-', '–']).next().unwrap_or("");
                if c != '.' {
                    if next.chars().next().is_some_and(char::is_lowercase) {
                        continue;
                    }
                    return at + 1;
                }
                let first = next.chars().next();
                let lower = first.is_some_and(char::is_lowercase)
                    && ![
                        "arxiv", "biorxiv", "medrxiv", "in ", "in:", "doi", "http", "eprint", "ecancer", "elife", "npj",
                    ]
                    .iter()
                    .any(|word| next.to_lowercase().starts_with(word) && !next.starts_with("in a"));
                let single = word.chars().count() == 1
                    && word.chars().all(char::is_alphabetic)
                    && at > 0
                    && !bytes[..at].is_empty();
                let single_goes_on = single
                    && (first.is_some_and(char::is_lowercase)
                        || word.chars().all(char::is_uppercase) && first.is_some_and(char::is_alphabetic) && at < 20);
                let behind_comma = single && text[..at - word.len()].ends_with(", ");
                let short = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
                if lower || single_goes_on || behind_comma || short && !next.is_empty() {
                    continue;
                }
                return at;
            }
            _ => {}
        }
    }
    text.len()
}

/// An entry in ideographs: authors, title, container, one behind the other.
pub(super) fn read_ideographic(raw: &str, reference: &mut Reference) {
    let list = reference_names::read(raw, None);
    let rest = raw[list.end..].trim_start_matches(|c: char| c.is_whitespace() || ",.;:，．。：；".contains(c));
    let end = rest.find(['.', '。', '．', '[', '［']).unwrap_or(rest.len());
    let behind = rest[end..].trim_start_matches(['.', '。', '．']);
    reference.authors = list.authors;
    reference.year = late_year(raw);
    container(behind, reference);
    let title = rest[..end].trim_matches(|c: char| c.is_whitespace() || ",;，《》“”".contains(c));
    if title.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
        reference.title = Some(title.to_owned());
        reference.confidence = if reference.authors.is_empty() { t::REF_UNSURE } else { t::REF_SURE_NAMED };
    }
}

/// Container, volume, issue, pages, publisher in what follows the title.
pub(super) fn container(behind: &str, reference: &mut Reference) {
    let behind =
        ["In: ", "In ", "“, in: ", "”, in: ", "in: ", "in ", "In:", "[J]. ", "[J]．", "[M]. ", "[C]. ", "[D]. "]
            .iter()
            .find_map(|mark| behind.strip_prefix(mark))
            .unwrap_or(behind)
            .trim_start();
    let (numbers_at, parts) = match volume_pattern(behind) {
        Some((at, parts)) => (at, parts),
        None => (behind.len(), VolumeParts::default()),
    };
    reference.volume = parts.volume;
    reference.issue = parts.issue;
    reference.pages = parts.pages.or_else(|| printed_pages(behind));
    let digits = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(behind.len());
    let end = if numbers_at < behind.len() { numbers_at } else { digits };
    let end =
        ["Available", "Accessed", "[Accessed", "accessed", "Retrieved", "pages ", "pp.", ", vol", ", Vol", "Vol."]
            .iter()
            .filter_map(|mark| behind.find(mark))
            .fold(end, usize::min);
    let mut name = behind[..end].trim();
    if let Some(at) = name.rfind(['(', '['])
        && !name[at..].contains([')', ']'])
    {
        name = name[..at].trim();
    }
    let name = name.trim_matches(|c: char| c.is_whitespace() || ",.;:([“”\"-–".contains(c));
    let count = words(name).count();
    let cjk = name.chars().any(is_cjk);
    if count == 0 || count > t::REF_VENUE_MOST_WORDS || name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return;
    }
    let journal = reference.volume.is_some() || reference.pages.is_some() || cjk;
    if !journal && name.contains(": ") {
        let (_, publisher) = name.rsplit_once(": ").unwrap_or(("", name));
        reference.publisher = Some(publisher.trim().to_owned());
    } else {
        reference.venue = Some(name.to_owned());
    }
}

/// "pp. 12–34", "pages 12-34"
fn printed_pages(text: &str) -> Option<String> {
    for mark in ["pages ", "pp. ", "pp.", "pp ", "S. ", "p. "] {
        let Some(at) = text.find(mark) else { continue };
        let rest = text[at + mark.len()..].trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-–—".contains(c))).unwrap_or(rest.len());
        let range = rest[..end].trim_matches(['-', '–', '—']);
        if range.starts_with(|c: char| c.is_ascii_digit() || c == 'e' || c == 'S')
            && range.bytes().any(|b| b.is_ascii_digit())
        {
            return Some(range.replace(['-', '—'], "–"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographic_entries() {
        let mut reference = Reference::default();
        read_ideographic("张三, 李四. 流水中的电极[J]. 小流域学报, 2033, 4(2): 17-29.", &mut reference);
        assert_eq!(reference.title.as_deref(), Some("流水中的电极"));
        assert_eq!(reference.venue.as_deref(), Some("小流域学报"));
        assert_eq!((reference.year, reference.authors.len()), (Some(2033), 2));
        assert_eq!(reference.pages.as_deref(), Some("17–29"));
    }

    #[test]
    fn sentences_stand_in_for_labels() {
        let mut reference = Reference::default();
        read_plain("Anna Muster. Lists. Probe Press, 2044.", 0, Some(Form::GivenFamily), &mut reference);
        assert_eq!(reference.title.as_deref(), Some("Lists"));
        assert_eq!(reference.authors[0].family, "Muster");
    }

    #[test]
    fn the_last_year_outside_of_ranges_is_the_entrys() {
        assert_eq!(late_year("Muster A. Mixing. J Basins 12 (2031) 1950–2000."), Some(2031));
        assert_eq!(late_year("Muster A. Mixing, 1812. Ghent, 2031."), Some(2031));
    }
}
