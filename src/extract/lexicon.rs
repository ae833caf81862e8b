//! Word lists and small tests on words. Lists are lower case; each says what its words mean for a rule.

/// Words of institutions and addresses: a line with one is no line of names.
pub(super) const INSTITUTION: &[&str] = &[
    "university",
    "universität",
    "université",
    "universidad",
    "universidade",
    "università",
    "universiteit",
    "universitetet",
    "univ",
    "institute",
    "institut",
    "instituto",
    "istituto",
    "institution",
    "department",
    "dept",
    "departamento",
    "département",
    "dipartimento",
    "faculty",
    "faculté",
    "facultad",
    "fakultät",
    "school",
    "college",
    "hospital",
    "clinic",
    "klinik",
    "klinikum",
    "center",
    "centre",
    "zentrum",
    "centro",
    "laboratory",
    "laboratories",
    "laboratoire",
    "lab",
    "labs",
    "academy",
    "akademie",
    "ministry",
    "division",
    "foundation",
    "company",
    "inc",
    "ltd",
    "gmbh",
    "llc",
    "corporation",
    "technologies",
    "hochschule",
    "fachhochschule",
    "museum",
    "bibliothek",
    "library",
    "research",
    "sciences",
    "science",
    "engineering",
    "technology",
    "medicine",
    "medical",
    "street",
    "avenue",
    "road",
    "strasse",
    "box",
    "straße",
    "campus",
    "email",
    "e-mail",
    "mail",
    "correspondence",
    "corresponding",
    "usa",
    "germany",
    "deutschland",
    "china",
    "france",
    "india",
    "japan",
    "canada",
    "australia",
    "netherlands",
    "switzerland",
    "sweden",
    "italy",
    "spain",
    "brazil",
    "korea",
    "kingdom",
    "states",
    "council",
    "national",
    "agency",
    "association",
    "society",
    "universitario",
    "politecnico",
    "polytechnic",
    "eth",
    "mit",
    "group",
    "team",
    "google",
    "microsoft",
    "facebook",
    "amazon",
    "ibm",
    "nvidia",
    "deepmind",
];

/// Words of groups that sign as authors.
pub(super) const GROUP: &[&str] =
    &["consortium", "collaboration", "group", "network", "investigators", "initiative", "committee", "team"];

/// Months.
pub(super) const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Words of imprints and labels on a first page: a line with one is no line of names.
pub(super) const LABELS: &[&str] = &[
    "received",
    "accepted",
    "published",
    "revised",
    "submitted",
    "reviewed",
    "editor",
    "editors",
    "edited",
    "reviewer",
    "reviewers",
    "copyright",
    "license",
    "licence",
    "volume",
    "vol",
    "issue",
    "citation",
    "keywords",
    "abstract",
    "summary",
    "introduction",
    "workshop",
    "conference",
    "proceedings",
    "journal",
    "preprint",
    "article",
    "open",
    "access",
    "software",
    "review",
    "repository",
    "archive",
    "cite",
    "available",
    "online",
    "figure",
    "table",
];

/// Small words inside family names.
pub(super) const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "dello", "degli", "di", "da", "das", "dos", "do", "du", "des",
    "la", "le", "lo", "los", "las", "al", "el", "bin", "ben", "ibn", "ten", "ter", "te", "zu", "zum", "zur", "vom",
    "af", "av", "y", "e", "'t", "op", "in't", "d", "und", "abu", "st",
];

/// Degrees and ranks behind or before names.
pub(super) const DEGREES: &[&str] = &[
    "md",
    "phd",
    "msc",
    "mb",
    "bs",
    "bsc",
    "frcs",
    "frcp",
    "facs",
    "mph",
    "dsc",
    "dphil",
    "drph",
    "rn",
    "mba",
    "ms",
    "ma",
    "ba",
    "mbbs",
    "mbchb",
    "mrcp",
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "dvm",
    "pharmd",
    "scd",
    "jd",
    "bpharm",
    "mpharm",
    "ing",
    "dipl",
    "dipl-ing",
    "habil",
    "ph",
    "msw",
    "meng",
    "beng",
    "mphil",
    "frcpc",
    "faan",
    "fellow",
    "member",
    "senior",
    "ieee",
    "student",
    "dds",
    "dmd",
    "edd",
    "psyd",
    "mdphd",
    "by",
    "author",
    "authors",
    "bvsc",
    "od",
    "aprn",
    "mscph",
    "cpa",
    "frcpath",
    "mrcs",
];

/// Suffixes that are part of no family name.
pub(super) const SUFFIXES: &[&str] = &["jr", "sr", "iii", "ii", "iv"];

/// What makes a short large line the name of a journal or series.
pub(super) const JOURNAL: &[&str] = &[
    "journal",
    "proceedings",
    "sciences",
    "annals",
    "archives",
    "transactions",
    "bmc",
    "letters",
    "bulletin",
    "zeitschrift",
    "revista",
    "reviews",
    "frontiers",
    "plos",
    "advances",
    "magazine",
    "conference",
    "workshop",
    "学报",
];

/// Kinds of articles, printed above titles.
pub(super) const ARTICLE_TYPE: &[&str] = &[
    "article",
    "review",
    "communication",
    "report",
    "letter",
    "editorial",
    "paper",
    "study",
    "note",
    "commentary",
    "correspondence",
    "protocol",
    "perspective",
    "opinion",
    "research",
    "original",
    "short",
    "brief",
    "case",
    "access",
    "open",
    "replication",
    "reproduction",
    "invited",
    "mini-review",
    "comment",
    "erratum",
    "correction",
    "viewpoint",
    "meta-analysis",
    "methodology",
    "data",
    "technical",
    "clinical",
    "systematic",
    "special",
    "rapid",
    "full",
    "vortrag",
    "poster",
    "panel",
];

/// Heads of abstracts.
pub(super) const ABSTRACT: &[&str] = &[
    "abstract",
    "summary",
    "zusammenfassung",
    "résumé",
    "resumen",
    "resumo",
    "riassunto",
    "abstrakt",
    "synopsis",
    "摘要",
    "摘　要",
    "内容摘要",
    "要旨",
    "초록",
    "аннотация",
    "реферат",
    "abstrait",
    "kurzfassung",
    "samenvatting",
];

/// Sub-heads of structured abstracts.
pub(super) const ABSTRACT_PARTS: &[&str] = &[
    "background",
    "objective",
    "objectives",
    "purpose",
    "aim",
    "aims",
    "introduction",
    "methods",
    "method",
    "importance",
    "context",
    "rationale",
    "hypothesis",
    "findings",
    "motivation",
    "materials and methods",
];

/// Heads of keyword lists.
pub(super) const KEYWORDS: &[&str] = &[
    "keywords",
    "key words",
    "keyword",
    "index terms",
    "schlüsselwörter",
    "schlagwörter",
    "schlagworte",
    "mots-clés",
    "mots clés",
    "palabras clave",
    "palavras-chave",
    "parole chiave",
    "关键词",
    "关键字",
    "キーワード",
    "ключевые слова",
    "trefwoorden",
    "categories and subject descriptors",
    "ccs concepts",
    "general terms",
    "subject terms",
    "mesh terms",
];

/// Heads of reference lists.
pub(super) const REFERENCES: &[&str] = &[
    "references",
    "reference",
    "bibliography",
    "literature",
    "literature cited",
    "references cited",
    "works cited",
    "literatur",
    "literaturverzeichnis",
    "bibliographie",
    "bibliografie",
    "bibliografía",
    "referencias",
    "referências",
    "riferimenti bibliografici",
    "参考文献",
    "參考文獻",
    "参考资料",
    "cited literature",
    "reference list",
    "list of references",
    "références",
    "notes and references",
    "references and notes",
    "literatuur",
    "литература",
    "список литературы",
    "참고문헌",
    "cited references",
    "quellen",
    "quellenverzeichnis",
    "bibliography and references",
    "referenzen",
    "acknowledgements and references",
    "web references",
    "data references",
    "references:",
    "sources",
];

/// Names of sections that papers of most fields share.
pub(super) const KNOWN_SECTIONS: &[&str] = &[
    "methods/design",
    "method/design",
    "methods and analysis",
    "methods and design",
    "methods / design",
    "study objectives",
    "backgrounds",
    "ethics and dissemination",
    "trial status",
    "study design and methods",
    "introductions",
    "theory and methods",
    "materials & methods",
    "findings",
    "introduction",
    "background",
    "methods",
    "method",
    "materials and methods",
    "material and methods",
    "methodology",
    "results",
    "discussion",
    "conclusion",
    "conclusions",
    "results and discussion",
    "related work",
    "experiments",
    "experimental",
    "evaluation",
    "patients and methods",
    "case report",
    "case presentation",
    "model",
    "implementation",
    "statement of need",
    "summary",
    "discussion and conclusion",
    "discussion and conclusions",
    "limitations",
    "future work",
    "conclusions and future work",
    "conclusion and future work",
    "experimental results",
    "analysis",
    "preliminaries",
    "experiment",
    "results and discussions",
    "methods and materials",
    "einleitung",
    "fazit",
    "diskussion",
    "ergebnisse",
    "methoden",
    "ausblick",
    "zusammenfassung",
    "引言",
    "方法",
    "结果",
    "讨论",
    "结论",
    "overview",
    "motivation",
    "experimental procedures",
    "experimental section",
    "star methods",
    "conclusion and perspectives",
    "problem statement",
    "study design",
    "concluding remarks",
    "data",
    "approach",
    "theory",
    "theoretical background",
    "literature review",
];

/// Names of sections behind the text proper.
pub(super) const BACK_MATTER: &[&str] = &[
    "acknowledgements",
    "acknowledgments",
    "acknowledgement",
    "acknowledgment",
    "appendix",
    "appendices",
    "author contributions",
    "authors' contributions",
    "authors’ contributions",
    "author’s contributions",
    "author contribution",
    "contributors",
    "contributions",
    "conflict of interest",
    "conflicts of interest",
    "conflict of interests",
    "competing interests",
    "competing interest",
    "declaration of competing interest",
    "conflict of interest statement",
    "declaration of interests",
    "disclosure",
    "disclosures",
    "funding",
    "funding information",
    "financial support",
    "data availability",
    "data availability statement",
    "availability of data and materials",
    "data accessibility",
    "availability of data and material",
    "ethics statement",
    "ethics approval",
    "ethics approval and consent to participate",
    "consent for publication",
    "supplementary material",
    "supplementary materials",
    "supplementary information",
    "supplementary data",
    "supporting information",
    "additional information",
    "publisher's note",
    "publisher’s note",
    "how to cite",
    "abbreviations",
    "author details",
    "about the authors",
    "danksagung",
    "anhang",
    "additional files",
    "additional file",
    "electronic supplementary material",
    "notes",
    "orcid",
    "authors' information",
    "authors’ information",
    "pre-publication history",
    "declarations",
    "author information",
    "institutional review board statement",
    "informed consent statement",
    "informed consent",
    "ethical approval",
    "ethics",
    "role of the funding source",
    "sample availability",
    "code availability",
    "software availability",
    "reviewer information",
    "peer review",
    "fußnoten",
    "endnotes",
    "致谢",
    "附录",
    "ethical considerations",
    "ethical standards",
    "compliance with ethical standards",
    "authors",
    "acknowledgements and funding",
    "conflict of interest disclosure",
    "authorship",
    "transparency declarations",
    "grant support",
    "references",
    "biographies",
    "ethical statement",
    "broader impact",
    "reproducibility",
    "checklist",
    "supplemental material",
    "supplemental information",
];

/// Whether one of the words stands in the text as a whole word.
pub(super) fn has_word(text: &str, list: &[&str]) -> bool {
    words(text).any(|word| list.contains(&word.to_lowercase().as_str()))
}

/// Runs of letters, digits and inner hyphens or apostrophes.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['-', '\'', '’']))
        .filter(|word| !word.is_empty())
}

/// Letters and digits in lower case: for comparing texts printed in different ways.
pub(super) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Han, kana or hangul.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c as u32, 0x2E80..=0x2FDF | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF)
}

/// Words as a reader counts them: two ideographs are about one.
pub(super) fn count_words(text: &str) -> usize {
    let ideographs = text.chars().filter(|c| is_cjk(*c)).count();
    if ideographs > 0 { ideographs.div_ceil(2) } else { text.split_whitespace().count() }
}

/// Whether an address of a page or a mailbox stands in the text.
pub(super) fn has_address(text: &str) -> bool {
    text.contains('@') || text.contains("://") || text.contains("www.") || text.contains("doi.org")
}

/// A heading as looked up in lists: lower case, without number, colon and full stop.
pub(super) fn heading_key(text: &str) -> String {
    let text = text.trim();
    let rest =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || ".|)(§■●•▪◾□ ".contains(c) || c.is_whitespace());
    let rest = if rest.is_empty() { text } else { rest };
    let rest = strip_roman(rest);
    let joined = if rest.as_bytes().get(1) == Some(&b' ') { despace(rest) } else { String::new() };
    let rest = if joined.is_empty() { rest } else { joined.as_str() };
    let mut out = String::new();
    for c in rest
        .trim_end_matches(|c: char| c.is_whitespace() || ".:：。|—-–*".contains(c))
        .chars()
        .flat_map(char::to_lowercase)
    {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out
}

fn strip_roman(text: &str) -> &str {
    if let Some((first, rest)) = text.split_once([' ', '\t'])
        && let Some(number) = first.strip_suffix('.')
        && !number.is_empty()
        && (number.bytes().all(|b| b"IVX".contains(&b))
            || (number.len() == 1 && number.as_bytes()[0].is_ascii_uppercase()))
    {
        return rest.trim_start();
    }
    text
}

/// Joins letter-spaced words: "A B S T R A C T".
pub(super) fn despace(text: &str) -> String {
    let parts: Vec<&str> = text.split(' ').filter(|part| !part.is_empty()).collect();
    if parts.len() >= 4 && parts.iter().all(|part| part.chars().count() == 1) {
        return parts.concat();
    }
    text.to_owned()
}

/// Whether most words are single letters: a banner.
pub(super) fn is_letter_spaced(text: &str) -> bool {
    let (mut single, mut all) = (0, 0);
    for part in text.split_whitespace() {
        all += 1;
        single += usize::from(part.chars().count() == 1 && part.chars().all(|c| c.is_alphabetic() && !is_cjk(c)));
    }
    all >= 4 && single * 10 > all * 6
}
