//! Zotero's item types and field names, as far as a library keeps them.

/// The types of regular items.
pub const ITEM_TYPES: &[&str] = &[
    "artwork",
    "audioRecording",
    "bill",
    "blogPost",
    "book",
    "bookSection",
    "case",
    "computerProgram",
    "conferencePaper",
    "dataset",
    "dictionaryEntry",
    "document",
    "email",
    "encyclopediaArticle",
    "film",
    "forumPost",
    "hearing",
    "instantMessage",
    "interview",
    "journalArticle",
    "letter",
    "magazineArticle",
    "manuscript",
    "map",
    "newspaperArticle",
    "patent",
    "podcast",
    "preprint",
    "presentation",
    "radioBroadcast",
    "report",
    "standard",
    "statute",
    "thesis",
    "tvBroadcast",
    "videoRecording",
    "webpage",
];

/// The types of items that lie below another.
pub const CHILD_TYPES: &[&str] = &["attachment", "note", "annotation"];

/// Every field of Zotero's schema that a regular item may have, whatever its type.
pub const FIELDS: &[&str] = &[
    "DOI",
    "ISBN",
    "ISSN",
    "abstractNote",
    "accessDate",
    "alternateTitle",
    "applicationNumber",
    "archive",
    "archiveID",
    "archiveLocation",
    "artworkMedium",
    "artworkSize",
    "assignee",
    "audioFileType",
    "audioRecordingFormat",
    "authority",
    "billNumber",
    "blogTitle",
    "bookTitle",
    "callNumber",
    "caseName",
    "citationKey",
    "code",
    "codeNumber",
    "codePages",
    "codeVolume",
    "committee",
    "company",
    "conferenceName",
    "country",
    "court",
    "date",
    "dateDecided",
    "dateEnacted",
    "dictionaryTitle",
    "distributor",
    "docketNumber",
    "documentNumber",
    "edition",
    "encyclopediaTitle",
    "episodeNumber",
    "extra",
    "filingDate",
    "firstPage",
    "format",
    "forumTitle",
    "genre",
    "history",
    "identifier",
    "institution",
    "interviewMedium",
    "issue",
    "issueDate",
    "issuingAuthority",
    "journalAbbreviation",
    "label",
    "language",
    "legalStatus",
    "legislativeBody",
    "letterType",
    "libraryCatalog",
    "manuscriptType",
    "mapType",
    "medium",
    "meetingName",
    "nameOfAct",
    "network",
    "number",
    "numberOfVolumes",
    "numPages",
    "organization",
    "pages",
    "patentNumber",
    "place",
    "postType",
    "presentationType",
    "priorityNumbers",
    "proceedingsTitle",
    "programTitle",
    "programmingLanguage",
    "publicLawNumber",
    "publicationTitle",
    "publisher",
    "references",
    "reportNumber",
    "reportType",
    "reporter",
    "reporterVolume",
    "repository",
    "repositoryLocation",
    "rights",
    "runningTime",
    "scale",
    "section",
    "series",
    "seriesNumber",
    "seriesText",
    "seriesTitle",
    "session",
    "shortTitle",
    "status",
    "studio",
    "subject",
    "system",
    "thesisType",
    "title",
    "type",
    "university",
    "url",
    "versionNumber",
    "videoRecordingFormat",
    "volume",
    "websiteTitle",
    "websiteType",
];

/// Longest value of a field, in bytes (an abstract of a whole chapter fits).
pub const MAX_FIELD_BYTES: usize = 64 * 1024;

/// Whether a regular item may have this field.
#[must_use]
pub fn is_field(name: &str) -> bool {
    FIELDS.contains(&name)
}

/// Whether this is the type of a regular item.
#[must_use]
pub fn is_item_type(name: &str) -> bool {
    ITEM_TYPES.contains(&name)
}

/// The field that names where a work of this type appeared.
#[must_use]
pub fn venue_field(item_type: &str) -> &'static str {
    match item_type {
        "conferencePaper" => "proceedingsTitle",
        "bookSection" => "bookTitle",
        "preprint" => "repository",
        "thesis" => "university",
        "report" => "institution",
        "book" => "publisher",
        _ => "publicationTitle",
    }
}

/// Whether works of this type appear in something with an ISSN.
#[must_use]
pub fn has_issn(item_type: &str) -> bool {
    matches!(item_type, "journalArticle" | "magazineArticle" | "newspaperArticle")
}

/// Whether works of this type are books or parts of one, with an ISBN and a publisher.
#[must_use]
pub fn has_isbn(item_type: &str) -> bool {
    matches!(item_type, "book" | "bookSection" | "conferencePaper")
}
