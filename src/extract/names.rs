//! Personal names: from a printed name to given and family name.

use super::lexicon::{DEGREES, GROUP, PARTICLES, SUFFIXES};
use super::wording::is_cjk;
use crate::domain::facts::Author;

/// In which order the parts of a name stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOrder {
    /// "Ada Lovelace"
    GivenFirst,
    /// "LOVELACE Ada": the family name is printed in capitals.
    CapitalFamily,
}

/// Most words of a name.
const MOST_WORDS: usize = 9;

/// Reads a name without separators; `None` if it is none.
pub(super) fn parse(name: &str, order: NameOrder) -> Option<Author> {
    let name = name.trim().trim_matches(|c: char| c.is_whitespace() || ",.;:-–—_'’\"“”".contains(c) && c != '.');
    if name.chars().any(is_cjk) {
        return parse_ideographic(name);
    }
    if is_group(name) {
        return Some(Author { family: name.to_owned(), single: true, ..Author::default() });
    }
    let mut words: Vec<&str> = name.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let all_caps = words.iter().all(|word| is_capitals(word));
    drop_degrees(&mut words, all_caps);
    if words.is_empty() || words.len() > MOST_WORDS {
        return None;
    }
    if words.len() == 1 {
        let word = words[0].trim_matches('.');
        if word.chars().count() < 2 || !word.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        return Some(Author { family: recase(word, all_caps), single: true, ..Author::default() });
    }
    let (from, to) = family_range(&words, order, all_caps);
    let family: Vec<String> = words[from..to].iter().map(|word| recase(word.trim_end_matches('.'), true)).collect();
    let given: Vec<String> = words[..from]
        .iter()
        .chain(&words[to..])
        .map(|word| recase(word, all_caps && word.chars().count() > 3))
        .collect();
    let (given, family) = (given.join(" "), family.join(" "));
    if family.chars().filter(|c| c.is_alphabetic()).count() < 2 && given.chars().count() < 3 {
        return None;
    }
    Some(Author { given, family, single: false, orcid: None })
}

/// Reads "Family" and "Given" that stood on either side of a comma.
pub(super) fn from_parts(family: &str, given: &str) -> Option<Author> {
    let (family, given) = (family.trim(), given.trim().trim_end_matches([',', ';']));
    if family.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let caps = is_capitals(family) && family.chars().count() > 3;
    let family: Vec<String> = family.split_whitespace().map(|word| recase(word, caps)).collect();
    Some(Author { given: given.to_owned(), family: family.join(" "), single: false, orcid: None })
}

/// Whether the name is a group's.
pub(super) fn is_group(name: &str) -> bool {
    let count = name.split_whitespace().count();
    count >= 2 && name.split_whitespace().last().is_some_and(|word| GROUP.contains(&word.to_lowercase().as_str()))
}

fn parse_ideographic(name: &str) -> Option<Author> {
    let whole: String = name.chars().filter(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    let count = whole.chars().count();
    (2..=12).contains(&count).then(|| Author { family: whole, single: true, ..Author::default() })
}

fn family_range(words: &[&str], order: NameOrder, all_caps: bool) -> (usize, usize) {
    let n = words.len();
    if order == NameOrder::CapitalFamily && !all_caps {
        let capital = |word: &&str| is_capitals(word) && word.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        if let Some(first) = words.iter().position(capital) {
            let mut end = first + 1;
            while end < n && capital(&words[end]) {
                end += 1;
            }
            let start = with_particles(words, first);
            if end - start < n {
                return (start, end);
            }
        }
    }
    if n <= 3 && !all_caps && is_initials(words[n - 1]) && !is_initials(words[0]) && !words[0].ends_with('.') {
        return (0, n - 1);
    }
    (with_particles(words, n - 1), n)
}

/// Moves the start of the family name over the particles before it.
fn with_particles(words: &[&str], mut start: usize) -> usize {
    while start > 1
        && PARTICLES.contains(&words[start - 1].to_lowercase().as_str())
        && is_particle_case(words[start - 1])
    {
        start -= 1;
    }
    if start == 1 && words[0].chars().all(char::is_lowercase) && PARTICLES.contains(&words[0]) {
        start = 0;
    }
    start
}

fn is_particle_case(word: &str) -> bool {
    word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '’')
        || matches!(
            word,
            "Van"
                | "De"
                | "Von"
                | "Di"
                | "Del"
                | "Della"
                | "Da"
                | "Dos"
                | "Den"
                | "Der"
                | "El"
                | "Al"
                | "Ter"
                | "Ten"
                | "La"
                | "Le"
        )
}

fn drop_degrees(words: &mut Vec<&str>, all_caps: bool) {
    let total = words.len();
    let bare = |word: &str| -> String {
        word.chars().filter(|c| *c != '.' && *c != ',').flat_map(char::to_lowercase).collect()
    };
    if words.iter().all(|word| DEGREES.contains(&bare(word).as_str()) && is_capitals(word)) {
        words.clear();
        return;
    }
    words.retain(|word| {
        let bare = bare(word);
        if SUFFIXES.contains(&bare.as_str()) {
            return false;
        }
        if !DEGREES.contains(&bare.as_str()) {
            return true;
        }
        // "Ma", "Ba" and "Ing" are names as well; as degrees they stand in capitals or with full stops.
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        if total >= 2 && letters <= 3 && upper < 2 && !matches!(bare.as_str(), "dr" | "phd" | "mr" | "mrs" | "by") {
            return true;
        }
        all_caps && total <= 2 && letters == 2
    });
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
}

/// "J", "J.A.", "JA", "J.-P."
fn is_initials(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    (1..=3).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && word.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-')
}

/// "HOHMANN" becomes "Hohmann" where asked; what has small letters or is short stays.
fn recase(word: &str, wanted: bool) -> String {
    if !wanted || !is_capitals(word) || word.contains('.') || word.chars().count() < 2 {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    let mut begin = true;
    for c in word.chars() {
        if c.is_alphabetic() {
            if begin {
                out.push(c);
            } else {
                out.extend(c.to_lowercase());
            }
            begin = false;
        } else {
            out.push(c);
            begin = true;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, given: &str, family: &str) {
        let author = parse(name, NameOrder::GivenFirst).expect(name);
        assert_eq!((author.given.as_str(), author.family.as_str()), (given, family), "{name}");
    }

    #[test]
    fn the_family_name_is_the_last_word_with_its_particles() {
        check("Ada Lovelace", "Ada", "Lovelace");
        check("Jan van der Voorbeeld", "Jan", "van der Voorbeeld");
        check("J. R. de la Muestra", "J. R.", "de la Muestra");
    }

    #[test]
    fn degrees_and_suffixes_are_no_part_of_a_name() {
        check("Dr. Anna Muster PhD", "Anna", "Muster");
        check("Bert Probe Jr.", "Bert", "Probe");
        check("Jun Ma", "Jun", "Ma");
    }

    #[test]
    fn trailing_initials_mean_that_the_family_name_comes_first() {
        check("Muster AB", "AB", "Muster");
        check("Anna B. Muster", "Anna B.", "Muster");
    }

    #[test]
    fn capitals_mark_the_family_name_where_the_line_uses_them_so() {
        let author = parse("ZHANG San", NameOrder::CapitalFamily).expect("a name");
        assert_eq!((author.given.as_str(), author.family.as_str()), ("San", "Zhang"));
    }

    #[test]
    fn an_ideographic_name_stays_whole() {
        let author = parse("张三", NameOrder::GivenFirst).expect("a name");
        assert!(author.single);
        assert_eq!(author.family, "张三");
    }

    #[test]
    fn a_group_is_one_name() {
        let author = parse("Inlet Probes Consortium", NameOrder::GivenFirst).expect("a name");
        assert!(author.single);
    }
}
