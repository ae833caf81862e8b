//! Whether two records are of one work: a cited work and a paper of a library, a paper and its preprint or supplement.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::facts::Reference;
use super::item::{Creator, Item};

/// What a record says by which its work is known again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Lower case, without a resolver; none for the DOIs that arXiv gives to its own papers.
    doi: Option<String>,
    /// Without version.
    arxiv: Option<String>,
    /// Letters and digits in lower case without marks; of a supplement the title of the paper it belongs to.
    title: String,
    /// The first author's family name, folded in the same way.
    family: String,
    year: Option<u16>,
    is_supplement: bool,
    is_preprint: bool,
    /// Of the arXiv identifier: `v2`.
    version: Option<String>,
}

/// How a paper belongs to another one that is not the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kinship {
    /// A preprint and what was published, or two versions of a preprint.
    Versions,
    /// The paper is the other one's supplement.
    SupplementOf,
    /// The other one is the paper's supplement.
    SupplementedBy,
}

/// Something by which a record of the same work can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Handle<'a> {
    /// Of the work itself.
    Doi(&'a str),
    /// Of the work itself.
    Arxiv(&'a str),
    /// The folded title.
    Title(&'a str),
}

/// The years that two records of one work may give it lie at most so far apart: online first, in print a year later.
const YEARS_APART: u16 = 1;
/// A family name that is part of a longer one ("Berg" of "van den Berg") has at least so many letters.
const LEAST_FAMILY: usize = 3;

impl Work {
    /// What a paper says of its work.
    #[must_use]
    pub fn of_item(item: &Item) -> Self {
        let arxiv = arxiv_of(item.field("archiveID")).or_else(|| arxiv_of_doi(&doi_of(item.field("DOI"))?));
        let is_author = |creator: &&Creator| creator.creator_type == "author";
        let first = item.creators.iter().find(is_author).or_else(|| item.creators.first());
        let family = first.map(|creator| folded(creator.name.short())).unwrap_or_default();
        let doi = doi_of(item.field("DOI")).unwrap_or_default();
        let is_preprint = item.item_type == "preprint"
            || arxiv.is_some()
            || PREPRINT_DOIS.iter().any(|prefix| doi.starts_with(prefix));
        let version = version_of(item.field("archiveID"));
        let work = Self::new(item.field("DOI"), arxiv, item.field("title"), family, item.year());
        Self { is_preprint, version, ..work }
    }

    /// What a list of references says of a work.
    #[must_use]
    pub fn of_reference(reference: &Reference) -> Self {
        let doi = reference.doi.as_deref().unwrap_or("");
        let arxiv = reference.arxiv.as_deref().and_then(arxiv_of).or_else(|| arxiv_of_doi(&doi_of(doi)?));
        let family = reference.authors.first().map(|author| folded(&author.family)).unwrap_or_default();
        Self::new(doi, arxiv, reference.title.as_deref().unwrap_or(""), family, reference.year)
    }

    fn new(doi: &str, arxiv: Option<String>, title: &str, family: String, year: Option<u16>) -> Self {
        let main = main_title(title);
        Self {
            doi: doi_of(doi).filter(|doi| arxiv_of_doi(doi).is_none()),
            arxiv,
            title: folded(main.unwrap_or(title)),
            family,
            year,
            is_supplement: main.is_some(),
            is_preprint: false,
            version: None,
        }
    }

    /// By what records of this work can be looked up; those that are found still have to be compared.
    #[must_use]
    pub fn handles(&self) -> [Option<Handle<'_>>; 3] {
        let title = Some(self.title.as_str()).filter(|title| !title.is_empty());
        [self.doi.as_deref().map(Handle::Doi), self.arxiv.as_deref().map(Handle::Arxiv), title.map(Handle::Title)]
    }

    /// Whether both are the same work: by DOI or arXiv identifier; where these say nothing, by title, year and the first
    /// author's family name.
    #[must_use]
    pub fn is_same(&self, other: &Work) -> bool {
        if let Some(same) = same_if_known(self.doi.as_deref(), other.doi.as_deref()) {
            return same;
        }
        if let Some(same) = same_if_known(self.arxiv.as_deref(), other.arxiv.as_deref()) {
            return same;
        }
        let (Some(year), Some(other_year)) = (self.year, other.year) else { return false };
        !self.title.is_empty()
            && self.title == other.title
            && self.is_supplement == other.is_supplement
            && year.abs_diff(other_year) <= YEARS_APART
            && is_same_family(&self.family, &other.family)
    }

    /// How this paper belongs to the other one, if it seems to.
    #[must_use]
    pub fn kinship(&self, other: &Work) -> Option<Kinship> {
        let both = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some();
        if self.is_supplement == other.is_supplement
            && both(&self.arxiv, &other.arxiv)
            && self.arxiv == other.arxiv
            && both(&self.version, &other.version)
            && self.version != other.version
        {
            return Some(Kinship::Versions);
        }
        let unknown = self.family.is_empty() || other.family.is_empty();
        if self.title != other.title || !is_telling(&self.title) {
            return None;
        }
        match (self.is_supplement, other.is_supplement) {
            (false, false) => {
                let is_kin = self.is_preprint != other.is_preprint && is_same_family(&self.family, &other.family);
                is_kin.then_some(Kinship::Versions)
            }
            (true, true) => None,
            _ if !unknown && !is_same_family(&self.family, &other.family) => None,
            (true, false) => Some(Kinship::SupplementOf),
            (false, true) => Some(Kinship::SupplementedBy),
        }
    }
}

/// Beginnings of the DOIs that servers of preprints give: bioRxiv and medRxiv, OSF, Research Square, ChemRxiv,
/// Preprints.org, SSRN, arXiv, ESS Open Archive.
const PREPRINT_DOIS: &[&str] = &[
    "10.1101/",
    "10.31234/",
    "10.31219/",
    "10.31235/",
    "10.21203/",
    "10.26434/",
    "10.20944/",
    "10.2139/ssrn",
    "10.48550/",
    "10.22541/",
];
/// Letters from which on a title says which paper is meant, and not only of which kind it is; a letter of a script that
/// writes whole words with it counts thrice.
const TELLING: usize = 15;

fn is_telling(title: &str) -> bool {
    title.chars().map(|c| if c.is_ascii() { 1 } else { 3 }).sum::<usize>() >= TELLING
}

fn same_if_known(a: Option<&str>, b: Option<&str>) -> Option<bool> {
    Some(a? == b?)
}

/// Whether two folded family names may be one person's: equal, or one with and one without its particles.
fn is_same_family(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && (short == long || short.chars().count() >= LEAST_FAMILY && long.ends_with(short))
}

/// A DOI as it is compared: lower case, without a resolver's address.
fn doi_of(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let start = lower.find("10.")?;
    let (before, doi) = lower.split_at(start);
    let is_bare = before.is_empty() || before.ends_with("doi.org/") || before.trim_end().ends_with("doi:");
    (is_bare && doi.contains('/')).then(|| doi.to_owned())
}

/// The arXiv identifier in a DOI of arXiv's own.
fn arxiv_of_doi(doi: &str) -> Option<String> {
    doi.strip_prefix("10.48550/arxiv.").and_then(arxiv_of)
}

/// An arXiv identifier as it is compared: without `arXiv:` and version.
fn arxiv_of(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    let id = lower.strip_prefix("arxiv:").unwrap_or(&lower).trim();
    let id = split_version(id).map_or(id, |(id, _)| id);
    let is_number = |part: &str| part.len() >= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let is_new = id.split_once('.').is_some_and(|(month, number)| is_number(month) && is_number(number));
    let is_old = id.split_once('/').is_some_and(|(_, number)| number.len() == 7 && is_number(number));
    (is_new || is_old).then(|| id.to_owned())
}

fn split_version(id: &str) -> Option<(&str, &str)> {
    let (before, version) = id.rsplit_once('v')?;
    let is_number = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some((before, version))
}

/// The version in an arXiv identifier.
fn version_of(text: &str) -> Option<String> {
    arxiv_of(text)?;
    split_version(&text.trim().to_lowercase()).map(|(_, version)| version.to_owned())
}

/// Letters and digits in lower case without marks: in what printers, lists and people differ is left out.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

/// How supplements name themselves, in lower case.
const SUPPLEMENTS: &[&str] = &[
    "supplementary materials",
    "supplementary material",
    "supplementary information",
    "supplementary appendix",
    "supplementary data",
    "supplementary text",
    "supplementary file",
    "supplemental materials",
    "supplemental material",
    "supplemental information",
    "supplemental data",
    "supporting information",
    "supporting materials",
    "supporting material",
    "online supplementary material",
    "online supplement",
    "online appendix",
    "electronic supplementary material",
    "electronic supplementary information",
    "supplement",
];

/// The title of the paper to which a supplement with this title belongs; `None` for what is no supplement.
#[must_use]
pub fn main_title(title: &str) -> Option<&str> {
    let title = title.trim();
    let main = behind_name(title).or_else(|| before_name(title))?;
    let main = main.trim_matches(|c: char| !c.is_alphanumeric());
    (!main.is_empty()).then_some(main)
}

/// "Supporting Information for: …", "Supplementary Material — …"
fn behind_name(title: &str) -> Option<&str> {
    let rest = SUPPLEMENTS.iter().find_map(|name| strip_start(title, name))?;
    let (mut rest, mut is_said) = (rest.trim_start(), false);
    for word in ["for", "to", "of", "accompanying"] {
        if let Some(behind) = strip_start(rest, word).filter(|rest| !rest.starts_with(char::is_alphanumeric)) {
            (rest, is_said) = (behind.trim_start(), true);
            break;
        }
    }
    for words in ["the article", "the paper", "the manuscript"] {
        if let Some(behind) = strip_start(rest, words).filter(|_| is_said) {
            rest = behind.trim_start();
        }
    }
    (is_said || rest.starts_with([':', '–', '—', '.', ',', '|']) || rest.starts_with("- ")).then_some(rest)
}

/// "…: Supplementary Material", "… (Supporting Information)"
fn before_name(title: &str) -> Option<&str> {
    let title = title.trim_end_matches([')', ']', '.']);
    SUPPLEMENTS.iter().find_map(|name| {
        let at = title.len().checked_sub(name.len())?;
        let (before, end) = title.split_at_checked(at)?;
        let is_apart = before.trim_end().ends_with([':', '-', '–', '—', '(', '[', '.', '|']);
        (is_apart && end.eq_ignore_ascii_case(name)).then_some(before)
    })
}

/// What follows `start` in `text`, whose case does not matter.
fn strip_start<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (begin, rest) = text.split_at_checked(start.len())?;
    begin.eq_ignore_ascii_case(start).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::Author;

    fn work(doi: &str, arxiv: &str, title: &str, family: &str, year: u16) -> Work {
        let author = Author { family: family.to_owned(), ..Author::default() };
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Work::of_reference(&Reference {
            doi: some(doi),
            arxiv: some(arxiv),
            title: some(title),
            authors: vec![author],
            year: Some(year),
            ..Reference::default()
        })
    }

    #[test]
    fn identifiers_decide_where_both_have_them() {
        let deep = work("10.1109/CVPR.2016.90", "", "Deep Learning", "He", 2016);
        for same in ["10.1109/cvpr.2016.90", "https://doi.org/10.1109/cvpr.2016.90", "doi: 10.1109/CVPR.2016.90"] {
            assert!(deep.is_same(&work(same, "", "Another title", "Hu", 1999)), "{same}");
        }
        assert!(!deep.is_same(&work("10.1109/cvpr.2016.91", "", "Deep Learning", "He", 2016)));
        let preprint = work("", "1512.03385", "Deep Learning", "He", 2015);
        assert!(preprint.is_same(&work("", "arXiv:1512.03385v2", "Other", "Hu", 1999)));
        assert!(preprint.is_same(&work("10.48550/arXiv.1512.03385", "", "Other", "Hu", 1999)));
        assert!(!preprint.is_same(&work("", "1512.03386", "Deep Learning", "He", 2015)));
        assert!(preprint.is_same(&deep), "an identifier on one side only decides nothing");
    }

    #[test]
    fn title_year_and_first_author_decide_without_identifiers() {
        let paper = work("", "", "Größe und Maß: eine Übersicht", "van den Berg", 2010);
        assert!(paper.is_same(&work("", "", "Grosse und Mass – Eine Ubersicht.", "Berg", 2011)));
        assert!(!paper.is_same(&work("", "", "Größe und Maß: eine Übersicht", "van den Berg", 2012)));
        assert!(!paper.is_same(&work("", "", "Größe und Maß: eine Übersicht", "Maas", 2010)));
        assert!(!paper.is_same(&work("", "", "Größe und Maß", "van den Berg", 2010)));
        assert!(!paper.is_same(&work("", "", "", "", 2010)));
        assert!(!work("", "", "", "", 2010).is_same(&work("", "", "", "", 2010)));
        let supplement = work("", "", "Supporting Information for Größe und Maß: eine Übersicht", "van den Berg", 2010);
        assert!(!paper.is_same(&supplement), "a supplement is not its paper");
    }

    #[test]
    fn a_preprint_its_published_version_and_their_supplement_are_kin() {
        const TITLE: &str = "Deep Residual Learning for Image Recognition";
        let published = Work { is_preprint: false, ..work("10.1109/cvpr.2016.90", "", TITLE, "He", 2016) };
        let preprint = Work { is_preprint: true, ..work("", "1512.03385", TITLE, "He", 2013) };
        let supplement = work("", "", &format!("Supplementary Material for: {TITLE}"), "", 2016);
        assert_eq!(preprint.kinship(&published), Some(Kinship::Versions));
        assert_eq!(published.kinship(&preprint), Some(Kinship::Versions));
        assert_eq!(supplement.kinship(&published), Some(Kinship::SupplementOf));
        assert_eq!(preprint.kinship(&supplement), Some(Kinship::SupplementedBy));
        assert_eq!(published.kinship(&published), None, "two copies are no versions");
        assert_eq!(preprint.kinship(&Work { family: "hu".to_owned(), ..published.clone() }), None);
        assert_eq!(supplement.kinship(&Work { title: "deepresiduallearning".to_owned(), ..published }), None);
        let second = Work { version: Some("2".to_owned()), ..preprint.clone() };
        let first = Work { version: Some("1".to_owned()), title: "another".to_owned(), ..preprint };
        assert_eq!(second.kinship(&first), Some(Kinship::Versions));
        let vague = |is_preprint| Work { is_preprint, ..work("", "", "Introduction", "He", 2016) };
        assert_eq!(vague(true).kinship(&vague(false)), None);
    }

    #[test]
    fn a_supplement_names_its_paper() {
        for (title, main) in [
            ("Supplementary Material for: Deep Nets", Some("Deep Nets")),
            ("Supporting Information", None),
            ("SUPPORTING INFORMATION for the paper “Deep Nets”", Some("Deep Nets")),
            ("Supplementary materials: Deep Nets", Some("Deep Nets")),
            ("Online Appendix to Deep Nets", Some("Deep Nets")),
            ("Deep Nets: Supplementary Material", Some("Deep Nets")),
            ("Deep Nets (Supporting Information)", Some("Deep Nets")),
            ("Supplement use in athletes", None),
            ("Supplement-induced gains in athletes", None),
            ("Supporting information systems in hospitals", None),
            ("The use of supplementary material", None),
            ("Deep Nets", None),
        ] {
            assert_eq!(main_title(title), main, "{title}");
        }
    }
}
