//! Personal names: from a printed name to given and family name.

use super::author_split::is_joiner;
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
    Some(Author { given, family, single: false, ..Author::default() })
}

/// The order that most names of a list show: capitals for one word of each mean the family name.
pub(super) fn order(names: &[String]) -> NameOrder {
    let (mut all, mut marked) = (0usize, 0usize);
    let mut sure = false;
    for name in names.iter().filter(|name| name.contains(' ')) {
        all += 1;
        let capital = |word: &&str| {
            is_capitals(word) && bare(word).chars().count() >= 2 && !is_degree(word) && !word.contains('.')
        };
        let longest = name.split_whitespace().filter(capital).map(|word| word.chars().count()).max();
        if let Some(longest) = longest.filter(|_| name.chars().any(char::is_lowercase)) {
            marked += 1;
            sure |= longest >= 4;
        }
    }
    if sure && marked * 2 > all { NameOrder::CapitalFamily } else { NameOrder::GivenFirst }
}

/// A name without what a line of names leaves at its ends: "and", "By", marks like "a" that are not raised.
pub(super) fn without_marks(name: &str) -> &str {
    let mut name = name.trim();
    // The sign of ORCID, as some fonts spell it.
    if let Some(rest) = name.strip_suffix("ID")
        && rest.trim_end().ends_with(char::is_lowercase)
    {
        name = rest.trim_end();
    }
    while let Some((first, rest)) = name.split_once(' ')
        && (is_joiner(first)
            || is_mark(first) && rest.contains(' ')
            || matches!(first, "By" | "BY" | "Von" | "Par") && rest.contains(' '))
    {
        name = rest.trim_start();
    }
    while let Some((rest, last)) = name.rsplit_once(' ')
        && (is_joiner(last) || is_mark(last) && rest.contains(' '))
    {
        name = rest.trim_end();
    }
    name
}

/// "a", "bc": letters of affiliations.
fn is_mark(word: &str) -> bool {
    word.len() <= 3
        && word.bytes().all(|b| b.is_ascii_lowercase())
        && (word.len() == 1 || word.as_bytes().windows(2).all(|two| two[0] + 1 == two[1]))
}

/// Whether a piece of a line of names is a degree or title only.
pub(super) fn is_qualification(piece: &str) -> bool {
    piece.split_whitespace().all(|word| is_degree(word) || is_letters_of_degree(word))
}

fn is_degree(word: &str) -> bool {
    DEGREES.contains(&bare(word).as_str()) && (word.chars().filter(|c| c.is_uppercase()).count() >= 2 || word.len() > 3)
}

/// "MEd", "PharmD", "RPh": two capitals or more that no name has so.
fn is_letters_of_degree(word: &str) -> bool {
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    letters.len() <= 6
        && upper >= 2
        && upper < letters.len()
        && !word.contains('-')
        && (letters[letters.len() - 1].is_uppercase() || letters.len() <= 4)
        && !word.starts_with("Mc")
}

/// Divides names that follow each other without any mark: "A. Muster B. C. Probe", "Anna A. Muster Bert B. Probe".
pub(super) fn divide(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut cuts: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        cuts.push(at);
        if !is_initials(words[at]) {
            at += 1;
        }
        let first_initial = at;
        while words.get(at).is_some_and(|word| is_initials(word)) {
            at += 1;
        }
        let initials = at > first_initial;
        while words.get(at).is_some_and(|word| PARTICLES.contains(word)) {
            at += 1;
        }
        if !initials || words.get(at).is_none_or(|word| word.chars().count() < 2) {
            return vec![name.to_owned()];
        }
        at += 1;
        if words.get(at).is_some_and(|word| SUFFIXES.contains(&bare(word).as_str())) {
            at += 1;
        }
    }
    cuts.push(words.len());
    cuts.windows(2).map(|two| words[two[0]..two[1]].join(" ")).collect()
}

/// Reads "Family" and "Given" that stood on either side of a comma.
pub(super) fn from_parts(family: &str, given: &str) -> Option<Author> {
    let (family, given) = (family.trim(), given.trim().trim_end_matches([',', ';']));
    if family.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let caps = is_capitals(family) && family.chars().count() > 3;
    let family: Vec<String> = family.split_whitespace().map(|word| recase(word, caps)).collect();
    Some(Author { given: given.to_owned(), family: family.join(" "), single: false, ..Author::default() })
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
            let start = with_particles(words, first, false);
            if end - start < n {
                return (start, end);
            }
        }
    }
    let trailing = words.iter().rev().take_while(|word| is_initials(word)).count();
    if n <= 4 && !all_caps && (1..n).contains(&trailing) && n - trailing <= 2 && !is_initials(words[0]) {
        return (0, n - trailing);
    }
    (with_particles(words, n - 1, all_caps), n)
}

/// A single word, or several with particles before the last one.
pub(super) fn is_family(text: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    words.next().is_some_and(|last| !is_initials(last) || last.chars().any(char::is_lowercase))
        && words.all(|word| PARTICLES.contains(&word.to_lowercase().as_str()))
}

/// Whether letters of a name came out wrong: a capital in the middle of a word ("SkaBa"), as a broken encoding leaves it.
pub(super) fn is_damaged(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic()).any(|word| {
        let letters: Vec<char> = word.chars().collect();
        let inner = (3..letters.len()).find(|&at| letters[at].is_uppercase() && letters[at - 1].is_lowercase());
        inner.is_some_and(|at| !opens_name(&letters[..at].iter().collect::<String>()))
    })
}

/// What stands before a capital inside one word of a name: "MacDonald", "FitzGerald", "DeLuca".
pub(super) fn opens_name(letters: &str) -> bool {
    matches!(letters, "Mac" | "Mc" | "Fitz" | "Van" | "Von" | "Del" | "Des" | "San" | "Ter" | "Della" | "Vander")
}

/// Moves the start of the family name over the particles before it.
fn with_particles(words: &[&str], mut start: usize, all_caps: bool) -> usize {
    while start > 1
        && PARTICLES.contains(&words[start - 1].to_lowercase().as_str())
        && (is_particle_case(words[start - 1]) || all_caps && words[start - 1].chars().count() > 1)
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
                | "Mc"
                | "Mac"
        )
}

fn drop_degrees(words: &mut Vec<&str>, all_caps: bool) {
    let total = words.len();
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

/// The word in lower case without full stops.
fn bare(word: &str) -> String {
    word.chars().filter(|c| *c != '.' && *c != ',').flat_map(char::to_lowercase).collect()
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
}

/// "J", "J.A.", "JA", "J.-P."
pub(super) fn is_initials(word: &str) -> bool {
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
    fn several_trailing_initials_belong_to_the_name_before_them() {
        check("Kumar Y. B.", "Y. B.", "Kumar");
        check("LEON LE MINOR", "Leon", "Le Minor");
    }

    #[test]
    fn names_that_follow_each_other_are_divided_by_their_initials() {
        assert_eq!(divide("A. Muster B. C. de Probe"), ["A. Muster", "B. C. de Probe"]);
        assert_eq!(divide("Anna A. Muster Bert B. Probe"), ["Anna A. Muster", "Bert B. Probe"]);
        assert_eq!(divide("Anna Maria Muster"), ["Anna Maria Muster"]);
        assert_eq!(divide("Anna A. Muster Probe"), ["Anna A. Muster Probe"]);
    }

    #[test]
    fn marks_and_joiners_at_the_ends_of_a_name_go() {
        assert_eq!(without_marks("Susanne van den Berg a"), "Susanne van den Berg");
        assert_eq!(without_marks("and Anna Muster ID"), "Anna Muster");
        assert_eq!(without_marks("Von Anna Muster"), "Anna Muster");
        assert_eq!(without_marks("Von Muster"), "Von Muster");
    }

    #[test]
    fn degrees_behind_a_comma_are_no_names() {
        for degree in ["PhD", "MEd", "RPh", "PharmD", "MD"] {
            assert!(is_qualification(degree), "{degree}");
        }
        for name in ["Muster", "McKay", "LI", "Anna Muster"] {
            assert!(!is_qualification(name), "{name}");
        }
    }

    #[test]
    fn initials_and_degrees_do_not_make_a_list_of_capital_families() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(order(&names(&["JP Muster", "Anna Probe MBBS", "Bert Beispiel"])), NameOrder::GivenFirst);
        assert_eq!(order(&names(&["TAO Yong", "GONG Zheng-hu"])), NameOrder::CapitalFamily);
    }

    #[test]
    fn a_capital_inside_a_word_shows_damage() {
        assert!(is_damaged("SkaBa") && is_damaged("WysokiNska"));
        assert!(
            !is_damaged("MacDonald") && !is_damaged("McKay") && !is_damaged("DeLuca") && !is_damaged("Muster-Probe")
        );
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
