//! Names of institutions: by which words they are known, and where they end.

use super::wording::words;

/// How words of institutions begin, in lower case.
const BEGINNINGS: &[&str] = &[
    "univ",
    "institu",
    "istitu",
    "departm",
    "départem",
    "departam",
    "dipartim",
    "facult",
    "fakult",
    "facolt",
    "colleg",
    "hospit",
    "hôpita",
    "ospedal",
    "clinic",
    "klinik",
    "laborato",
    "academ",
    "akadem",
    "accadem",
    "ministr",
    "foundation",
    "fondation",
    "hochschul",
    "fachhochschul",
    "museum",
    "politec",
    "polytech",
    "observator",
    "corporation",
    "университет",
    "институт",
    "академи",
    "факультет",
    "кафедр",
    "лаборатор",
    "πανεπιστ",
    "ινστιτο",
    "технологич",
];

/// Whole words of institutions.
const WHOLE: &[&str] = &[
    "school",
    "centre",
    "center",
    "centro",
    "zentrum",
    "lab",
    "labs",
    "dept",
    "école",
    "ecole",
    "escuela",
    "escola",
    "scuola",
    "council",
    "agency",
    "gmbh",
    "inc",
    "ltd",
    "llc",
    "cnrs",
    "inserm",
    "inria",
    "csic",
    "cnr",
    "cern",
    "nasa",
    "epfl",
    "eth",
    "mit",
    "google",
    "microsoft",
    "ibm",
    "nvidia",
    "deepmind",
    "stiftung",
    "klinikum",
    "infirmary",
    "bibliothek",
    "library",
    "company",
    "authority",
    "survey",
    "observatoire",
    "division",
    "unit",
    "trust",
    "organization",
    "organisation",
    "bureau",
    "society",
    "association",
    "research",
    "inst",
    "acad",
    "coll",
    "sch",
    "instytut",
    "abteilung",
];

/// Countries: an address ends in one.
const COUNTRIES: &[&str] = &[
    "usa",
    "u.s.a",
    "states",
    "uk",
    "kingdom",
    "england",
    "scotland",
    "wales",
    "ireland",
    "germany",
    "deutschland",
    "france",
    "italy",
    "italia",
    "spain",
    "españa",
    "portugal",
    "netherlands",
    "belgium",
    "switzerland",
    "schweiz",
    "suisse",
    "austria",
    "österreich",
    "sweden",
    "norway",
    "denmark",
    "finland",
    "iceland",
    "poland",
    "russia",
    "ukraine",
    "hungary",
    "romania",
    "greece",
    "turkey",
    "bulgaria",
    "croatia",
    "serbia",
    "slovenia",
    "slovakia",
    "estonia",
    "latvia",
    "lithuania",
    "luxembourg",
    "cyprus",
    "israel",
    "iran",
    "iraq",
    "egypt",
    "morocco",
    "tunisia",
    "algeria",
    "nigeria",
    "ghana",
    "kenya",
    "ethiopia",
    "uganda",
    "tanzania",
    "cameroon",
    "india",
    "pakistan",
    "bangladesh",
    "nepal",
    "china",
    "taiwan",
    "japan",
    "korea",
    "singapore",
    "malaysia",
    "thailand",
    "vietnam",
    "indonesia",
    "philippines",
    "australia",
    "zealand",
    "canada",
    "mexico",
    "méxico",
    "brazil",
    "brasil",
    "argentina",
    "chile",
    "colombia",
    "peru",
    "cuba",
    "uruguay",
    "ecuador",
    "venezuela",
    "africa",
    "arabia",
    "jordan",
    "lebanon",
    "qatar",
    "emirates",
    "armenia",
    "congo",
    "czechia",
    "republic",
    "deutschland",
    "lanka",
];

/// Whether the last word is a country.
pub(super) fn ends_in_country(text: &str) -> bool {
    words(text).last().is_some_and(|word| COUNTRIES.contains(&word.to_lowercase().as_str()))
}

/// Whether it can be the name of a house that no word gives away: a few words with capitals.
pub(super) fn may_be_house(text: &str) -> bool {
    const SMALL: &[&str] = &["of", "the", "and", "for", "de", "la", "di", "du", "des", "der", "für", "in", "at"];
    let all: Vec<&str> = words(text).collect();
    let capital = |word: &&str| word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    (1..=8).contains(&all.len())
        && all.iter().all(|word| capital(word) || SMALL.contains(word))
        && !all.iter().any(|word| PROSE.contains(&word.to_lowercase().as_str()))
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// Parts of such names where words are not set apart, and in scripts without capitals.
const PARTS: &[&str] = &[
    "大学",
    "學院",
    "学院",
    "研究所",
    "研究院",
    "研究中心",
    "医院",
    "醫院",
    "病院",
    "实验室",
    "實驗室",
    "公司",
    "研究室",
    "研究科",
    "大學",
    "科学院",
    "학교",
    "연구소",
    "연구원",
    "대학",
    "병원",
    "جامعة",
    "كلية",
    "معهد",
    "אוניברסיט",
    "פקולט",
    "מכון",
    "دانشگاه",
];

/// Verbs and other words of sentences, which no name of an institution has.
const PROSE: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "we",
    "has",
    "have",
    "this",
    "these",
    "that",
    "which",
    "should",
    "contributed",
    "author",
    "authors",
    "corresponding",
    "correspondence",
    "equally",
    "supported",
    "thank",
    "addressed",
    "manuscript",
    "paper",
    "article",
    "introduction",
    "figure",
    "table",
    "received",
    "accepted",
    "license",
    "licence",
    "copyright",
    "abstract",
    "keywords",
    "background",
    "results",
    "methods",
    "funded",
    "grant",
    "work",
];

/// Whether the text names an institution and is no sentence.
pub(super) fn is_organisation(text: &str) -> bool {
    if PARTS.iter().any(|part| text.contains(part)) {
        return true;
    }
    let mut named = false;
    let (mut capital, mut all) = (0usize, 0usize);
    for word in words(text) {
        let lower = word.to_lowercase();
        if PROSE.contains(&lower.as_str()) {
            return false;
        }
        let upper = word.chars().next().is_some_and(char::is_uppercase);
        named |= upper && if lower == "research" { all > 0 } else { is_kind(&lower) };
        if word.chars().any(char::is_alphabetic) && word.chars().count() > 3 {
            all += 1;
            capital += usize::from(upper);
        }
    }
    (named || ends_in_country(text) && text.contains(", ") && words(text).count() > 3) && capital * 2 >= all
}

fn is_kind(lower: &str) -> bool {
    WHOLE.contains(&lower)
        || BEGINNINGS.iter().any(|begin| lower.starts_with(begin))
        || lower.ends_with("universität")
        || lower.ends_with("university")
        || lower.ends_with("klinik")
        || lower.ends_with("institut")
}

/// How many institutions lines that follow each other name: a department and its university are one; each line that ends
/// in a country closes one.
pub(super) fn count_whole<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    const WHOLES: &[&str] = &["univ", "colleg", "hospit", "hochschul", "corporation", "politec", "polytech"];
    const HOUSES: &[&str] =
        &["inc", "ltd", "gmbh", "llc", "google", "microsoft", "ibm", "cnrs", "inria", "mit", "eth", "epfl"];
    let (mut whole, mut part, mut closed) = (0usize, 0usize, 0usize);
    for line in lines {
        let is = |word: &str| {
            let lower = word.to_lowercase();
            WHOLES.iter().any(|begin| lower.starts_with(begin))
                || HOUSES.contains(&lower.as_str())
                || lower.ends_with("universität")
        };
        whole += usize::from(words(line).any(is) || PARTS.iter().any(|part| line.contains(part)));
        part += usize::from(words(line).any(|word| word.to_lowercase().starts_with("institu")));
        closed += usize::from(ends_in_country(line));
    }
    if whole > 0 { whole.max(closed) } else { part.max(closed) }
}

/// Words behind which no part of an institution's name or address stands.
const ENDS: &[&str] = &[
    "e-mail",
    "email",
    "e‐mail",
    "electronic address",
    "mailto",
    "http",
    "www.",
    "orcid",
    "correspond",
    "tel.",
    "tel:",
    "tel +",
    "phone",
    "fax",
    "full list of author",
    "author for",
    "contributed equally",
    "these authors",
    "both authors",
    "received",
    "present address",
    "current address",
    "copyright",
    "©",
    "this article",
    "this work",
    "in this issue",
    "邮箱",
];

/// The byte at which name and address end: before a mailbox, a telephone number, a remark.
pub(super) fn place_end(text: &str) -> usize {
    let mut end = text.find('@').map_or(text.len(), |at| mailbox_start(&text[..at]));
    for (at, _) in text.char_indices() {
        let rest = &text[at..];
        let begins = at == 0 || text[..at].ends_with(|c: char| !c.is_alphanumeric());
        if at < end && begins && ENDS.iter().any(|word| starts_with(rest, word)) {
            end = at;
            break;
        }
    }
    end
}

/// Where the name before an `@` begins, with its brackets.
fn mailbox_start(before: &str) -> usize {
    let group = before.trim_end().ends_with(['}', ']']).then(|| before.rfind(['{', '['])).flatten();
    group.or_else(|| before.rfind([' ', '(', '{'])).unwrap_or(0)
}

/// Whether a text begins with a word given in lower case.
fn starts_with(text: &str, word: &str) -> bool {
    let mut rest = text.chars();
    word.chars().all(|c| rest.next().is_some_and(|d| d.to_lowercase().eq([c])))
}
