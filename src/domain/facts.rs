//! What extraction concluded from a layout (derived data): every value with a confidence between 0 and 1.

use super::item::Creator;
use super::layout::Rect;

/// The version of the extraction rules; papers read with an older one are read again in the background.
pub const EXTRACTION_VERSION: u32 = 3;

/// A value and how sure the reader is of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<T> {
    /// What was read.
    pub value: T,
    /// 0 (a guess) to 1 (sure).
    pub confidence: f32,
}

/// A confidence as it is told: a third decimal is finer than it is known.
#[must_use]
pub fn thousandths(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

/// Everything concluded about one document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The title, subtitle included.
    pub title: Option<Fact<String>>,
    /// The title in a second language.
    pub alternate_title: Option<Fact<String>>,
    /// The authors in printed order.
    pub authors: Option<Fact<Vec<Author>>>,
    /// Others named with a role: supervisor, editor, translator, jury.
    pub contributors: Vec<(String, Creator)>,
    /// The abstract, paragraphs separated by `\n`.
    pub abstract_text: Option<Fact<String>>,
    /// The document's own DOI, lower case, without a resolver.
    pub doi: Option<Fact<String>>,
    /// The document's own arXiv identifier without version.
    pub arxiv: Option<Fact<String>>,
    /// The version part of it (`v2`).
    pub arxiv_version: Option<String>,
    /// Year of publication.
    pub year: Option<Fact<u16>>,
    /// Journal, proceedings or series.
    pub venue: Option<Fact<String>>,
    /// Volume as printed.
    pub volume: Option<Fact<String>>,
    /// Issue as printed.
    pub issue: Option<Fact<String>>,
    /// Pages as printed (`770–778`).
    pub pages: Option<Fact<String>>,
    /// ISSN with its hyphen; several joined by a comma.
    pub issn: Option<Fact<String>>,
    /// ISBN without hyphens; several joined by a space.
    pub isbn: Option<Fact<String>>,
    /// PubMed's number, if printed.
    pub pmid: Option<Fact<String>>,
    /// PubMed Central's identifier (`PMC1234567`), if printed.
    pub pmcid: Option<Fact<String>>,
    /// The licence as SPDX names it (`CC-BY-4.0`; `CC-BY` where no version is printed).
    pub licence: Option<Fact<String>>,
    /// Who published it.
    pub publisher: Option<Fact<String>>,
    /// The days it prints, each kind once.
    pub dates: Vec<PrintedDate>,
    /// Keywords as printed.
    pub keywords: Vec<String>,
    /// BCP 47 code of the main language (`en`, `de`, `zh`).
    pub language: Option<String>,
    /// The kind of work, a Zotero item type (`journalArticle`, `preprint`, `thesis`).
    pub item_type: Option<Fact<String>>,
    /// The headings in order.
    pub sections: Vec<Section>,
    /// The works cited, each once.
    pub references: Vec<Reference>,
}

/// A day that the document prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedDate {
    /// What happened then.
    pub kind: DateKind,
    /// `2041-05-03`, or `2041-05` where no day is printed.
    pub date: String,
}

/// What happened on a printed day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// The editors received it.
    Received,
    /// It was revised.
    Revised,
    /// The editors accepted it.
    Accepted,
    /// It appeared.
    Published,
}

impl DateKind {
    /// Every kind.
    pub const ALL: [DateKind; 4] = [DateKind::Received, DateKind::Revised, DateKind::Accepted, DateKind::Published];

    /// The name in records and for clients.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            DateKind::Received => "received",
            DateKind::Revised => "revised",
            DateKind::Accepted => "accepted",
            DateKind::Published => "published",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Facts {
    /// When it was published, as exactly as is known: the printed day if it lies in the year decided on, else the year.
    #[must_use]
    pub fn date(&self) -> Option<Fact<String>> {
        let year = self.year.as_ref()?;
        let of_year = |printed: &&PrintedDate| {
            printed.kind == DateKind::Published && printed.date.starts_with(&format!("{:04}-", year.value))
        };
        let value = self.dates.iter().find(of_year).map_or_else(|| year.value.to_string(), |day| day.date.clone());
        Some(Fact { value, confidence: year.confidence })
    }
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Author {
    /// Given names; empty for a single name or a group.
    pub given: String,
    /// Family name; for a single name or a group the whole name.
    pub family: String,
    /// Whether `family` is the whole name of a person with one name or of a group.
    pub single: bool,
    /// `0000-0002-1825-0097`, if printed.
    pub orcid: Option<String>,
    /// Institutions as printed, each with its address on one line.
    pub affiliations: Vec<String>,
    /// Mailbox, if printed.
    pub email: Option<String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// 1 for the top.
    pub level: u8,
    /// The printed number (`2.1`), empty if none.
    pub number: String,
    /// Without the number.
    pub heading: String,
    /// Index of the page (0 for the first).
    pub page: u32,
    /// Offset of the heading in that page's text.
    pub offset: u32,
}

/// A cited work.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reference {
    /// As printed, lines joined.
    pub raw: String,
    /// Number or key printed before it, without brackets; empty if none.
    pub label: String,
    /// Title of the work.
    pub title: Option<String>,
    /// The authors.
    pub authors: Vec<Author>,
    /// Year of publication.
    pub year: Option<u16>,
    /// DOI, lower case.
    pub doi: Option<String>,
    /// arXiv identifier.
    pub arxiv: Option<String>,
    /// Journal, book or series.
    pub venue: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Issue.
    pub issue: Option<String>,
    /// Pages.
    pub pages: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// How sure the title is, 0 to 1.
    pub confidence: f32,
    /// Which list it stands in, from 0 (some works have one per chapter).
    pub list: u16,
    /// Where it stands.
    pub places: Vec<Place>,
    /// Where the text cites it (notes or places).
    pub cited_in: Vec<Citation>,
}

/// Boxes on one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Index of the page.
    pub page: u32,
    /// One box a line.
    pub rects: Vec<Rect>,
}

/// One place in the text that cites a work.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation {
    /// Index of the page.
    pub page: u32,
    /// First code point in the page's text.
    pub start: u32,
    /// One behind the last.
    pub end: u32,
}

/// The documented reasons for which a file cannot be read; the code is part of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadErrorCode {
    /// Needs a password.
    Encrypted,
    /// Not a PDF by its content.
    NotAPdf,
    /// A PDF, but too broken to open.
    Damaged,
    /// A PDF that breaks off before its end, and cannot be opened.
    Incomplete,
    /// More pages or bytes than the limits allow.
    TooLarge,
    /// Took longer than the limit.
    TimedOut,
    /// Wanted more memory than the limit.
    OutOfMemory,
    /// The worker died on it.
    Crashed,
    /// The file itself could not be opened or read.
    Unreadable,
    /// Somebody stopped the reading.
    Stopped,
}

impl ReadErrorCode {
    /// Every code.
    pub const ALL: [ReadErrorCode; 10] = [
        ReadErrorCode::Encrypted,
        ReadErrorCode::NotAPdf,
        ReadErrorCode::Damaged,
        ReadErrorCode::Incomplete,
        ReadErrorCode::TooLarge,
        ReadErrorCode::TimedOut,
        ReadErrorCode::OutOfMemory,
        ReadErrorCode::Crashed,
        ReadErrorCode::Unreadable,
        ReadErrorCode::Stopped,
    ];

    /// The name in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ReadErrorCode::Encrypted => "encrypted",
            ReadErrorCode::NotAPdf => "not_a_pdf",
            ReadErrorCode::Damaged => "damaged",
            ReadErrorCode::Incomplete => "incomplete",
            ReadErrorCode::TooLarge => "too_large",
            ReadErrorCode::TimedOut => "timed_out",
            ReadErrorCode::OutOfMemory => "out_of_memory",
            ReadErrorCode::Crashed => "crashed",
            ReadErrorCode::Unreadable => "unreadable",
            ReadErrorCode::Stopped => "stopped",
        }
    }

    /// The code as clients get it, from a short list: an incomplete file is a damaged one whose message says more.
    #[must_use]
    pub fn public_code(self) -> &'static str {
        match self {
            ReadErrorCode::Incomplete => ReadErrorCode::Damaged.as_str(),
            code => code.as_str(),
        }
    }

    /// The code of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == text)
    }

    /// What happened and what to do, for a person.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            ReadErrorCode::Encrypted => {
                "This PDF needs a password. Upload an unlocked copy, or enter the password on the paper's page."
            }
            ReadErrorCode::NotAPdf => {
                "This file is not a PDF. Download it again and check that it opens in a PDF viewer."
            }
            ReadErrorCode::Damaged => {
                "This PDF is damaged and cannot be opened; it may be incomplete. Download it again and upload the new copy."
            }
            ReadErrorCode::Incomplete => {
                "This file is incomplete: its end is missing. Download it again and upload the new copy."
            }
            ReadErrorCode::TooLarge => {
                "This PDF is larger inside than this server reads. Split it, or ask the administrator to raise the limit."
            }
            ReadErrorCode::TimedOut => {
                "Reading this PDF took too long and was stopped. Try again, or print it to a new PDF and upload that."
            }
            ReadErrorCode::OutOfMemory => {
                "Reading this PDF needs more memory than is allowed. Print it to a new PDF and upload that."
            }
            ReadErrorCode::Crashed => {
                "This PDF stopped the reader twice and is not tried again. Print it to a new PDF and upload that."
            }
            ReadErrorCode::Unreadable => "This file could not be read from the disk. Check its name and permissions.",
            ReadErrorCode::Stopped => "Reading this PDF was stopped. Have it read again when it suits you.",
        }
    }
}
