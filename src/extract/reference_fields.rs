//! Fields of an entry, by rules: authors, year, title, container, numbers, identifiers.

use super::identifiers::{Joining, arxiv, dois};
use super::lexicon::{is_cjk, words};
use super::reference_names::{self, Form};
use super::references::Entry;
use super::tuning as t;
use super::venue::{VolumeParts, volume_pattern, years_in};
use crate::domain::facts::{Author, Reference};

/// Reads the fields of every entry; the form of names that most entries of a list use helps with the others.
pub(super) fn read_all(entries: Vec<Entry>) -> Vec<Reference> {
    let lists = entries.iter().map(|entry| entry.list).max().map_or(0, |list| usize::from(list) + 1);
    let usual: Vec<Option<Form>> = (0..lists).map(|list| usual_form(&entries, list as u16)).collect();
    entries
        .into_iter()
        .map(|entry| {
            let form = usual.get(usize::from(entry.list)).copied().flatten();
            read(entry, form)
        })
        .collect()
}

/// The form of names in most of a sample of a list's entries.
fn usual_form(entries: &[Entry], list: u16) -> Option<Form> {
    let mut counts: Vec<(Form, usize)> = Vec::new();
    let mut all = 0usize;
    for entry in entries.iter().filter(|entry| entry.list == list).take(t::REF_SAMPLE) {
        all += 1;
        if let Some(form) = reference_names::read(&entry.raw, None).form {
            match counts.iter_mut().find(|(known, _)| *known == form) {
                Some((_, n)) => *n += 1,
                None => counts.push((form, 1)),
            }
        }
    }
    let best = counts.into_iter().filter(|(_, n)| *n * 3 > all).max_by_key(|(_, n)| *n).map(|(form, _)| form);
    best.or_else(|| {
        // Lists of works by one author each: "Anna Muster. Lists. …" is a name only because every entry begins so.
        let sample = entries.iter().filter(|entry| entry.list == list).take(t::REF_SAMPLE);
        let named = sample
            .filter(|entry| !reference_names::read(&entry.raw, Some(Form::GivenFamily)).authors.is_empty())
            .count();
        (named * 10 >= all * 6 && all > 1).then_some(Form::GivenFamily)
    })
}

/// Reads the fields of an entry.
fn read(entry: Entry, usual: Option<Form>) -> Reference {
    let lines: Vec<&str> = entry.lines.iter().map(String::as_str).collect();
    let doi = dois(&lines, Joining::Entry).into_iter().next().map(|found| found.doi);
    let mut reference = Reference {
        doi,
        arxiv: arxiv(&entry.raw).map(|found| found.id),
        url: url(&entry.raw),
        label: entry.label,
        list: entry.list,
        places: entry.places,
        ..Reference::default()
    };
    read_text(&entry.raw, usual, &mut reference);
    reference.raw = entry.raw;
    reference
}

/// Reads what stands in running order: authors, year, title, container, numbers.
pub(super) fn read_text(raw: &str, usual: Option<Form>, reference: &mut Reference) {
    let text = without_addresses(raw);
    let list = reference_names::read(&text, usual);
    let mut rest = text[list.end..].trim_start_matches(|c: char| c.is_whitespace() || ",.;:".contains(c));
    reference.authors = list.authors;
    rest = skip_editors(rest);
    let mut named = !reference.authors.is_empty();
    let mut year = None;
    if let Some((found, behind)) = leading_year(rest) {
        year = Some(found);
        rest = behind;
    } else if !named && let Some((group, found, behind)) = group_before_year(rest) {
        reference.authors.push(Author { family: group.to_owned(), single: true, ..Author::default() });
        year = Some(found);
        rest = behind;
        named = true;
    }
    let early = year.is_some();
    let (title, behind, quoted) = title(rest, early);
    let title = tidy_title(title);
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || ",.;:".contains(c));
    container(behind, reference);
    reference.year = year.or_else(|| late_year(&text));
    let count = words(&title).count();
    if count == 0 || title.chars().filter(|c| c.is_alphabetic()).count() < 3 || count > t::REF_TITLE_MOST_WORDS {
        reference.confidence = 0.0;
        return;
    }
    reference.confidence = match (quoted, named, reference.year.is_some()) {
        (true, true, _) => t::REF_SURE_QUOTED,
        (_, true, true) if early => t::REF_SURE_EARLY_YEAR,
        (_, true, true) => t::REF_SURE_NAMED,
        _ => t::REF_UNSURE,
    };
    reference.title = Some(title);
}

/// The entry without DOIs, web addresses and access notes, which would look like sentences.
fn without_addresses(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        let lower = word.to_lowercase();
        if lower.starts_with("http")
            || lower.starts_with("www.")
            || lower.starts_with("doi:")
            || lower.starts_with("10.") && lower.contains('/')
        {
            if word.ends_with('.') && !out.ends_with('.') && !out.is_empty() {
                out.push('.');
            }
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn url(raw: &str) -> Option<String> {
    let at = raw.find("http://").or_else(|| raw.find("https://"))?;
    let end = raw[at..].find(|c: char| c.is_whitespace() || "<>\"”]".contains(c)).map_or(raw.len(), |end| at + end);
    let url = raw[at..end].trim_end_matches(['.', ',', ';', ')']);
    (url.len() > 10).then(|| url.to_owned())
}

fn skip_editors(rest: &str) -> &str {
    for mark in [
        "(Eds.)", "(eds.)", "(Eds)", "(eds)", "(Ed.)", "(ed.)", "(Hrsg.)", "(Hg.)", "Eds.", "eds.", "editors.",
        "editor.", "editors,",
    ] {
        if let Some(behind) = rest.strip_prefix(mark) {
            return behind.trim_start_matches(|c: char| c.is_whitespace() || ",.;:".contains(c));
        }
    }
    rest
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

/// An organisation as author: what stands before a bracketed year near the start.
fn group_before_year(rest: &str) -> Option<(&str, u16, &str)> {
    let at = rest.find(" (")?;
    let inner = &rest[at + 2..];
    let end = inner.find(')')?;
    let year = years_in(&inner[..end]).next()?;
    let group = rest[..at].trim_end_matches(['.', ',']);
    let fine = at < 90 && end <= 12 && words(group).count() <= 10 && !group.contains(". ");
    fine.then(|| (group, year, inner[end + 1..].trim_start_matches(|c: char| c.is_whitespace() || ",.;:".contains(c))))
}

/// Year of an entry that does not print it behind the authors: in brackets, else the last.
fn late_year(text: &str) -> Option<u16> {
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

const QUOTES: &[(char, char)] =
    &[('“', '”'), ('"', '"'), ('„', '“'), ('«', '»'), ('‘', '’'), ('»', '«'), ('”', '”'), ('\'', '\'')];

/// The title at the start of the rest, what follows it, and whether it stood in quotes.
fn title(rest: &str, early_year: bool) -> (&str, &str, bool) {
    if let Some(open) = rest.chars().next()
        && let Some((_, close)) = QUOTES.iter().find(|(o, _)| *o == open)
    {
        let inner = &rest[open.len_utf8()..];
        let ends = inner.match_indices([*close, '”', '"', '“']).map(|(at, _)| at).find(|&at| {
            let behind = inner[at..].chars().nth(1);
            at > 3 && behind.is_none_or(|c| !c.is_alphanumeric())
        });
        if let Some(end) = ends {
            let step = inner[end..].chars().next().map_or(1, char::len_utf8);
            return (inner[..end].trim_end_matches([',', '.', ' ']), &inner[end + step..], true);
        }
    }
    let mut stop = sentence_end(rest);
    if let Some(at) = [", in: ", "“, in", "”, in", " in: ", ", In: "].iter().filter_map(|mark| rest.find(mark)).min()
        && at > 3
    {
        stop = at;
    }
    let numbers = volume_pattern(rest).map_or(rest.len(), |(at, _)| at);
    if stop < numbers || early_year && stop < rest.len() {
        return (&rest[..stop], &rest[stop..], false);
    }
    // Commas only: "Title, Journal 12 (2031) 1–9".
    let head = &rest[..numbers.min(stop)];
    match comma_split(head) {
        Some(at) => (&rest[..at], &rest[at..], false),
        None => (head, &rest[head.len()..], false),
    }
}

/// The comma after which the container begins: the last before a capital that is not followed by small words only.
fn comma_split(head: &str) -> Option<usize> {
    let mut found = None;
    for (at, _) in head.match_indices(", ") {
        let behind = &head[at + 2..];
        let capital = behind.chars().next().is_some_and(char::is_uppercase);
        let rest_words: Vec<&str> = behind.split_whitespace().collect();
        let mostly_capital =
            rest_words.iter().filter(|word| word.chars().next().is_some_and(char::is_uppercase)).count() * 2
                >= rest_words.len();
        if at > 8 && capital && mostly_capital && !rest_words.is_empty() {
            found = found.or(Some(at));
        }
    }
    found
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

fn tidy_title(title: &str) -> String {
    let mut title = title.trim().trim_matches(|c: char| c.is_whitespace() || ",;".contains(c));
    for mark in
        ["[J]", "[M]", "[C]", "[D]", "[R]", "[P]", "[S]", "[N]", "[EB/OL]", "[Z]", "[A]", "[Online]", "[Internet]"]
    {
        title = title.strip_suffix(mark).unwrap_or(title).trim_end();
    }
    title.trim_end_matches(['.', ',', ';', ':', '”', '"']).trim_start_matches(['“', '"']).to_owned()
}

/// Container, volume, issue, pages, publisher in what follows the title.
pub(super) fn container(behind: &str, reference: &mut Reference) {
    let behind = ["In: ", "In ", "“, in: ", "”, in: ", "in: ", "in ", "In:", "[J]. "]
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

    fn check(raw: &str, year: u16, title: &str, venue: &str) {
        let mut reference = Reference::default();
        read_text(raw, None, &mut reference);
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
    fn an_organisation_as_author() {
        let mut reference = Reference::default();
        read_text("World Basin Organization (2031). Basins of the world. Ghent: Probe Press.", None, &mut reference);
        assert_eq!(reference.authors[0].family, "World Basin Organization");
        assert_eq!(reference.title.as_deref(), Some("Basins of the world"));
        assert_eq!(reference.publisher.as_deref(), Some("Probe Press"));
    }

    #[test]
    fn ideographic_entries() {
        check("张三, 李四. 流水中的电极[J]. 小流域学报, 2033, 4(2): 17-29.", 2033, "流水中的电极", "小流域学报");
    }
}
