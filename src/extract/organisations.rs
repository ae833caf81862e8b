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
    "laborator",
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
];

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
        named |= upper && lower != "research" && is_kind(&lower) || lower == "research" && upper && all > 0;
        if word.chars().any(char::is_alphabetic) && word.chars().count() > 3 {
            all += 1;
            capital += usize::from(upper);
        }
    }
    named && capital * 2 >= all
}

fn is_kind(lower: &str) -> bool {
    WHOLE.contains(&lower)
        || BEGINNINGS.iter().any(|begin| lower.starts_with(begin))
        || lower.ends_with("universität")
        || lower.ends_with("university")
        || lower.ends_with("klinik")
        || lower.ends_with("institut")
}

/// Whether the text names a whole institution, not only a part of one.
pub(super) fn is_whole(text: &str) -> bool {
    const WHOLES: &[&str] = &["univ", "colleg", "hospit", "hochschul", "academ", "akadem", "corporation", "politec"];
    PARTS.iter().any(|part| text.contains(part))
        || words(text).any(|word| {
            let lower = word.to_lowercase();
            WHOLES.iter().any(|begin| lower.starts_with(begin))
                || matches!(
                    lower.as_str(),
                    "inc"
                        | "ltd"
                        | "gmbh"
                        | "llc"
                        | "google"
                        | "microsoft"
                        | "ibm"
                        | "cnrs"
                        | "inria"
                        | "mit"
                        | "eth"
                        | "epfl"
                )
                || lower.starts_with("institu")
                || lower.ends_with("universität")
        })
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
    let mut end = text.find('@').map_or(text.len(), |at| text[..at].rfind([' ', '(', '{']).unwrap_or(0));
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

/// Whether a text begins with a word given in lower case.
fn starts_with(text: &str, word: &str) -> bool {
    let mut rest = text.chars();
    word.chars().all(|c| rest.next().is_some_and(|d| d.to_lowercase().eq([c])))
}
