//! Every number of the extraction rules, in one place, so that they can be fitted again.
//!
//! Sizes are shares of the body's size where it says "sizes"; heights are shares of the page.

/// Sizes that differ by less are one size (points).
pub(super) const SAME_SIZE: f32 = 0.6;
/// A face is one of the body's if it sets at least this share of the body's characters.
pub(super) const BODY_FACE_SHARE: f64 = 0.12;

/// A segment that begins within so many sizes of the one before,
pub(super) const SEGMENT_GAP: f32 = 1.2;
/// and shares so much of its height with it, belongs to the same line.
pub(super) const SEGMENT_OVERLAP: f32 = 0.5;
/// Nothing is concluded from a page with more lines: no page of print has them.
pub(super) const PAGE_LINES_MOST: usize = 5_000;

// Roles.

/// Heads stand above, feet below this share of the page's height.
pub(super) const MARGIN_BAND: f32 = 0.13;
/// Page numbers stand in this outer share.
pub(super) const NUMBER_BAND: f32 = 0.10;
/// A head repeats on at least this many pages, or on all but one of a short document.
pub(super) const HEAD_REPEATS: u32 = 3;
/// Keys of margin lines kept over slices.
pub(super) const HEAD_KEYS_KEPT: usize = 4096;

/// Sideways stamps stand in this share of the width at either side;
pub(super) const STAMP_BAND: f32 = 0.12;
/// inside it, more sideways characters than this on one page are a table.
pub(super) const STAMP_LONGEST: u32 = 400;

/// Lines beside a head or foot in this outermost share belong to it.
pub(super) const OUTER_BAND: f32 = 0.08;
/// Documents with more pages may have several reference lists with text between.
pub(super) const BOOK_PAGES: u32 = 60;
/// Notes are at most so many body sizes large,
pub(super) const NOTE_SIZE: f32 = 0.93;
/// and begin below this share of the page.
pub(super) const NOTE_HIGHEST: f32 = 0.3;
/// Lines of one caption are closer than so many sizes.
pub(super) const CAPTION_GAP: f32 = 0.5;
/// Most lines of a caption in a size of its own,
pub(super) const CAPTION_LINES: usize = 30;
/// and in the body's size.
pub(super) const CAPTION_LINES_BODY: usize = 8;
/// Least line numbers on a page,
pub(super) const LINE_NUMBERS_LEAST: usize = 12;
/// with one for so many tenths of the lines,
pub(super) const LINE_NUMBERS_TENTHS: usize = 7;
/// whose right edges differ by less (points).
pub(super) const LINE_NUMBER_EDGE: f32 = 2.0;

// Title: the score of a block.

/// The share of the page in which it may begin.
pub(super) const TITLE_LOWEST: f32 = 0.75;
/// Lines further apart than this many sizes are two blocks.
pub(super) const TITLE_LINE_GAP: f32 = 1.0;
/// Size over body size counts up to here.
pub(super) const TITLE_SIZE_CAP: f32 = 2.4;
/// Loss for standing at the foot of the page.
pub(super) const TITLE_LOW: f32 = 0.35;
/// Gain for bold.
pub(super) const TITLE_BOLD: f32 = 0.12;
/// Loss for standing on the second page.
pub(super) const TITLE_PAGE_TWO: f32 = 0.6;
/// Loss for a single word.
pub(super) const TITLE_ONE_WORD: f32 = 0.9;
/// Loss for two words.
pub(super) const TITLE_TWO_WORDS: f32 = 0.5;
/// Loss for looking like the name of a journal.
pub(super) const TITLE_JOURNAL: f32 = 0.9;
/// Names of journals are shorter than this.
pub(super) const TITLE_JOURNAL_WORDS: usize = 9;
/// Further loss for "Journal of …".
pub(super) const TITLE_JOURNAL_OF: f32 = 0.4;
/// Loss for the number of a section before it.
pub(super) const TITLE_NUMBERED: f32 = 0.5;
/// Loss for the path of a session: "CONF 2012 / SESSION 3 / INLETS".
pub(super) const TITLE_PATH: f32 = 1.0;
/// Loss for naming an institution.
pub(super) const TITLE_INSTITUTION: f32 = 1.0;
/// Loss for naming a kind of article.
pub(super) const TITLE_TYPE: f32 = 0.8;
/// Kinds of articles are shorter than this.
pub(super) const TITLE_TYPE_WORDS: usize = 5;
/// Loss for looking like people's names,
pub(super) const TITLE_NAMES: f32 = 0.8;
/// which begins at this sense of names.
pub(super) const TITLE_NAMES_SENSE: f32 = 0.7;
/// Loss for looking like running text.
pub(super) const TITLE_PLAIN: f32 = 0.4;
/// Running text is smaller than this many sizes.
pub(super) const TITLE_PLAIN_SIZE: f32 = 1.06;
/// Gain for being part of a running head, loss for being equal to one.
pub(super) const TITLE_IN_HEAD: f32 = 0.3;
/// Gain for being what the information dictionary says.
pub(super) const TITLE_INFO: f32 = 0.8;
/// A title has at least this many letters, an ideograph counting as two.
pub(super) const TITLE_LEAST_LETTERS: usize = 7;
/// And at most so many words.
pub(super) const TITLE_MOST_WORDS: usize = 60;
/// On at most so many lines.
pub(super) const TITLE_MOST_LINES: usize = 9;
/// A subtitle has at least this share of the title's size,
pub(super) const SUBTITLE_SIZE: f32 = 0.6;
/// in another weight this share,
pub(super) const SUBTITLE_OTHER_WEIGHT: f32 = 0.9;
/// and below a title of so many body sizes, whatever it says, this share,
pub(super) const SUBTITLE_DISPLAY: f32 = 0.85;
pub(super) const TITLE_DISPLAY: f32 = 1.8;
/// more than so many body sizes,
pub(super) const SUBTITLE_OVER_BODY: f32 = 1.2;
/// and stands at most so many title sizes below it.
pub(super) const SUBTITLE_GAP: f32 = 1.0;
/// One with a comma has less sense of names than this.
pub(super) const SUBTITLE_SENSE: f32 = -0.3;
/// Confidence if block and information dictionary agree.
pub(super) const TITLE_AGREED: f32 = 0.98;
/// Confidence of a block alone that only just won,
pub(super) const TITLE_ALONE: f32 = 0.62;
/// what a lead of 1.0 over the second adds,
pub(super) const TITLE_MARGIN_GAIN: f32 = 0.33;
/// and the most it can reach.
pub(super) const TITLE_ALONE_MAX: f32 = 0.93;

// Authors.

/// Lines after the title among which names are looked for,
pub(super) const AUTHOR_REACH: usize = 120;
/// and among which the first line of names stands.
pub(super) const AUTHOR_FIRST_REACH: usize = 40;
/// Lines among which names stand beside their places.
pub(super) const AUTHOR_PLACED_REACH: usize = 12;
/// Least share of words with a capital in a line of names,
pub(super) const AUTHOR_CAPITALS: f32 = 0.62;
/// most of words without one, particles apart,
pub(super) const AUTHOR_LOWER: f32 = 0.25;
/// and most of digits.
pub(super) const AUTHOR_DIGITS: f32 = 0.30;
/// Least sense of names (`name_sense`) in such a line,
pub(super) const NAMES_SENSE: f32 = -1.0;
/// in one that has a single word behind initials,
pub(super) const NAMES_SENSE_ALONE: f32 = 0.0;
/// and in a name of its own.
pub(super) const NAME_SENSE: f32 = -3.0;
/// White space of so many sizes separates two names.
pub(super) const AUTHOR_GAP: f32 = 1.6;
/// A gap so many times as wide as the usual one of a line without separators does so too,
pub(super) const AUTHOR_WIDE_GAP: f32 = 1.8;
/// if it is wider by so many sizes.
pub(super) const AUTHOR_WIDER_BY: f32 = 0.3;
/// A gap that differs from all others by this share separates names too, if nothing else does.
pub(super) const AUTHOR_ODD_GAP: f32 = 0.15;
/// More authors than this are not read.
pub(super) const AUTHORS_MOST: usize = 3000;
/// Confidence if the information dictionary has them all,
pub(super) const AUTHORS_AGREED: f32 = 0.97;
/// if all look much like names,
pub(super) const AUTHORS_SURE: f32 = 0.92;
/// that is, have this much sense of names,
pub(super) const NAMES_SENSE_SURE: f32 = 0.3;
/// above the title instead of below it,
pub(super) const AUTHORS_ABOVE: f32 = 0.7;
/// and at most so many title sizes over it,
pub(super) const AUTHORS_ABOVE_REACH: f32 = 6.0;
/// without a witness,
pub(super) const AUTHORS_ALONE: f32 = 0.85;
/// and where one looks odd.
pub(super) const AUTHORS_ODD: f32 = 0.6;

// Abstract.

/// Least words of an abstract,
pub(super) const ABSTRACT_LEAST_WORDS: usize = 15;
/// most words,
pub(super) const ABSTRACT_MOST_WORDS: usize = 1200;
/// and most lines.
pub(super) const ABSTRACT_MOST_LINES: usize = 110;
/// White space of so many sizes after a full stop ends it.
pub(super) const ABSTRACT_GAP: f32 = 1.1;
/// So many sizes, where the line begins in face and place like those before.
pub(super) const ABSTRACT_PARAGRAPH_GAP: f32 = 1.3;
/// Lines of one paragraph are closer than this.
pub(super) const ABSTRACT_LINE_GAP: f32 = 0.8;
/// A paragraph without heading has at least so many lines.
pub(super) const ABSTRACT_LEAST_LINES: usize = 4;
/// Lines behind the names among which a sub-head is looked for.
pub(super) const ABSTRACT_REACH: usize = 80;
/// Most lines of a sidebar between heading and text.
pub(super) const ABSTRACT_SIDEBAR: usize = 60;
/// Least share of words in small letters in prose.
pub(super) const PROSE_SMALL_WORDS: f32 = 0.5;
/// Confidence under a heading and before what follows abstracts only (keywords, dates, rights),
pub(super) const ABSTRACT_HEADED: f32 = 0.95;
/// with sub-heads only,
pub(super) const ABSTRACT_STRUCTURED: f32 = 0.85;
/// by its face,
pub(super) const ABSTRACT_BY_LOOKS: f32 = 0.6;
/// by its place,
pub(super) const ABSTRACT_BY_PLACE: f32 = 0.55;
/// the loss if a section follows it, whose head may also be one inside the abstract,
pub(super) const ABSTRACT_BEFORE_SECTION: f32 = 0.06;
/// and the loss if nothing known follows it.
pub(super) const ABSTRACT_UNCLEAR: f32 = 0.1;
/// More keywords than this are text.
pub(super) const KEYWORDS_MOST: usize = 25;

// The document's own DOI: the score of a printed one.

/// On the first page.
pub(super) const DOI_FIRST_PAGE: f32 = 2.0;
/// In a running head or foot.
pub(super) const DOI_RUNNING: f32 = 3.0;
/// In the margin.
pub(super) const DOI_MARGIN: f32 = 1.0;
/// "doi" stands directly before it,
pub(super) const DOI_LABEL: f32 = 1.5;
/// or on the line above.
pub(super) const DOI_LABEL_ABOVE: f32 = 1.0;
/// It has a line for itself.
pub(super) const DOI_ALONE: f32 = 1.3;
/// "cite", "citation" or "published" stands before it.
pub(super) const DOI_CITATION: f32 = 1.0;
/// "Cite this article" opens the next line: the imprint at the end of a paper.
pub(super) const DOI_BEFORE_CITATION: f32 = 5.0;
/// Loss for the edition in another language.
pub(super) const DOI_TRANSLATION: f32 = 2.0;
/// Loss behind the head of the references.
pub(super) const DOI_IN_REFERENCES: f32 = 3.0;
/// Loss inside a sentence,
pub(super) const DOI_IN_SENTENCE: f32 = 2.0;
/// which has so many small words before it.
pub(super) const DOI_SENTENCE_WORDS: usize = 4;
/// Loss inside a note.
pub(super) const DOI_IN_NOTE: f32 = 2.0;
/// Loss beside the name of something that is no paper.
pub(super) const DOI_OTHER_THING: f32 = 0.8;
/// Loss behind words that announce another work.
pub(super) const DOI_OTHER_WORK: f32 = 4.0;
/// In the information dictionary.
pub(super) const DOI_INFO: f32 = 2.5;
/// Said only from this score on.
pub(super) const DOI_LEAST: f32 = 3.2;
/// Confidence at that score.
pub(super) const DOI_SURE: f32 = 0.9;

// Year: weights of votes.

/// "Published …".
pub(super) const YEAR_PUBLISHED: f32 = 3.0;
/// A dated stamp of a preprint server.
pub(super) const YEAR_STAMP: f32 = 3.0;
/// "© …".
pub(super) const YEAR_COPYRIGHT: f32 = 2.5;
/// A citation line.
pub(super) const YEAR_CITATION: f32 = 2.0;
/// A head or foot.
pub(super) const YEAR_MARGIN: f32 = 2.0;
/// "Accepted …".
pub(super) const YEAR_ACCEPTED: f32 = 1.2;
/// The file's creation.
pub(super) const YEAR_CREATION: f32 = 0.9;
/// "Received …".
pub(super) const YEAR_RECEIVED: f32 = 0.6;
/// The information dictionary's subject.
pub(super) const YEAR_INFO: f32 = 1.5;

/// A paper is no older than so many of the works it cites.
pub(super) const YEAR_CITED: usize = 2;
/// Added to the confidence of a year that stands behind "published" or "©" or in a stamp.
pub(super) const YEAR_SAID: f32 = 0.12;
/// Confidence of a year that only these tell.
pub(super) const YEAR_BY_CITED: f32 = 0.4;

// Venue: weights of places where a name stands.

/// Share of the page's height above and below which lines are its margin.
pub(super) const VENUE_BAND: f32 = 0.10;
/// In the margin.
pub(super) const VENUE_MARGIN: f32 = 2.0;
/// In a citation line.
pub(super) const VENUE_CITATION: f32 = 2.2;
/// A printed citation has at most so many lines.
pub(super) const VENUE_CITATION_LINES: usize = 9;
/// Among the last lines of the first page.
pub(super) const VENUE_LAST_LINES: f32 = 1.4;
/// Among its first lines.
pub(super) const VENUE_FIRST_LINES: f32 = 1.2;
/// In the information dictionary.
pub(super) const VENUE_INFO: f32 = 1.5;
/// Gain in a running head or foot.
pub(super) const VENUE_RUNNING: f32 = 0.5;
/// Gain before volume and pages.
pub(super) const VENUE_NUMBERS: f32 = 1.0;
/// Gain for a word of journals.
pub(super) const VENUE_WORD: f32 = 0.8;
/// Gain for proceedings and known series.
pub(super) const VENUE_KNOWN: f32 = 1.6;
/// Further lines over which the name of a meeting goes on.
pub(super) const VENUE_NAME_LINES: usize = 3;
/// Weight of a meeting's short name before its days.
pub(super) const VENUE_MEETING: f32 = 1.9;
/// Gain for preprint servers.
pub(super) const VENUE_PREPRINT: f32 = 0.5;
/// Least weight of a venue that is said.
pub(super) const VENUE_LEAST: f32 = 1.8;
/// Names of venues have at most so many words.
pub(super) const VENUE_MOST_WORDS: usize = 14;

// Reference lists.

/// A list's heading has at most so many letters.
pub(super) const REFS_HEAD_LENGTH: usize = 45;
/// Lines behind it that are looked at,
pub(super) const REFS_LOOK_AHEAD: usize = 40;
/// of which at least this share has a year.
pub(super) const REFS_LEAST_DATED: f32 = 0.1;
/// A heading behind this share of the lines, with a year among the first lines below it, needs no further years.
pub(super) const REFS_LATE: f32 = 0.4;
/// A second list scores at most so much less than the best.
pub(super) const REFS_SECOND_LIST: f32 = 0.8;
/// Lines without year, number or address after which the list is over.
pub(super) const REFS_MOST_UNDATED: usize = 40;
/// Lines of the list differ at most so much in size (points).
pub(super) const REFS_SIZE: f32 = 1.1;
/// Numbers begin within the first lines,
pub(super) const REFS_FIRST_LINES: usize = 4;
/// with at least one link for so many lines;
pub(super) const REFS_LINES_PER_LINK: usize = 14;
/// after so many links
pub(super) const REFS_LINKS_TO_FORGIVE: usize = 4;
/// up to so many missing numbers are forgiven,
pub(super) const REFS_FORGIVEN: u32 = 3;
/// and the next number stands within so many lines.
pub(super) const REFS_LINK_REACH: usize = 60;
/// Left edges of one column that are so many sizes apart are two,
pub(super) const REFS_INDENT: f32 = 0.55;
/// but further apart they are something else.
pub(super) const REFS_INDENT_MOST: f32 = 6.0;
/// Each edge has at least this share of the lines,
pub(super) const REFS_EDGE_SHARE: f32 = 0.12;
/// and this share of one edge's lines begins with a name.
pub(super) const REFS_NAME_SHARE: f32 = 0.3;
/// Entries stand so many sizes further apart than lines.
pub(super) const REFS_GAP: f32 = 0.28;
/// Entries with more lines are cut at their first large gap.
pub(super) const REFS_MOST_LINES: usize = 14;
/// Numbers in a column of their own are at least so many,
pub(super) const REFS_APART_LEAST: usize = 4;
/// and stand at most so many sizes before their entries.
pub(super) const REFS_APART_GAP: f32 = 3.5;
/// An entry has at least so many letters.
pub(super) const REFS_LEAST_LETTERS: usize = 8;
/// A heading has at most so many letters.
pub(super) const HEADING_LENGTH: usize = 100;

// Fields of references.

/// Titles have at most so many words.
pub(super) const REF_TITLE_MOST_WORDS: usize = 50;
/// Containers have at most so many words.
pub(super) const REF_VENUE_MOST_WORDS: usize = 25;
/// An organisation's name has at most so many words.
pub(super) const REF_GROUP_MOST_WORDS: usize = 14;
/// Entries of a list that tell its usual form of names.
pub(super) const REF_SAMPLE: usize = 40;
/// Confidence of a title in quotes behind names,
pub(super) const REF_SURE_QUOTED: f32 = 0.9;
/// behind names,
pub(super) const REF_SURE_NAMED: f32 = 0.8;
/// and without names or year.
pub(super) const REF_UNSURE: f32 = 0.45;

// Headings.

/// Least size of a heading in body sizes.
pub(super) const HEAD_SMALLEST: f32 = 0.75;
/// Larger than the body from this share on.
pub(super) const HEAD_LARGER: f32 = 1.06;
/// A heading in the body's own style is shorter than this (bytes).
pub(super) const HEAD_PLAIN_LENGTH: usize = 48;
/// White space of so many sizes before a heading (boxes are loose: lines of a paragraph overlap or touch).
pub(super) const HEAD_GAP: f32 = 0.15;
/// Lines of one heading are closer than so many sizes.
pub(super) const HEAD_LINE_GAP: f32 = 0.6;
/// The next line differs at most so much from the body's size (points).
pub(super) const HEAD_NEXT_SIZE: f32 = 1.2;
/// Cells of a table's head are shorter than this.
pub(super) const HEAD_CELL_LENGTH: usize = 45;
/// Left edges of heading and text differ by less than so many sizes.
pub(super) const HEAD_ALIGNED: f32 = 3.0;

/// What the headings of statements behind the text may add to the style of the top level.
pub(super) const HEAD_BACK_WEIGHT: u32 = 6;

// People with roles.

/// Pages on which they stand.
pub(super) const CONTRIBUTOR_PAGES: usize = 4;
/// Lines of names behind a label of its own.
pub(super) const CONTRIBUTOR_LINES: usize = 8;
/// No work has more.
pub(super) const CONTRIBUTORS_MOST: usize = 30;

// Cover sheets.

/// The title behind a cover is at least so many sizes large.
pub(super) const COVER_TITLE_SIZE: f32 = 1.15;
/// A cover has fewer lines than this.
pub(super) const COVER_MOST_LINES: usize = 60;
/// A heading has at most so many ideographs.
pub(super) const HEADING_IDEOGRAPHS: usize = 24;

// Language and kind.

/// Pages looked at for the language.
pub(super) const LANGUAGE_PAGES: usize = 3;
/// Least small words of a language.
pub(super) const LANGUAGE_LEAST_WORDS: u32 = 10;
/// Confidence of a second title.
pub(super) const ALTERNATE_TITLE: f32 = 0.8;
/// Theses have at least so many pages,
pub(super) const THESIS_PAGES: usize = 30;
/// and books so many.
pub(super) const BOOK_LEAST_PAGES: usize = 100;

// Citations in the text.

/// Fewer bracketed numbers than one for so many works mean that the text cites by raised numbers.
pub(super) const CITED_SHARE: usize = 10;
/// A bracket with citations is at most so long.
pub(super) const CITED_INNER: usize = 80;
/// Ranges run over at most so many numbers.
pub(super) const CITED_RANGE: u32 = 60;
/// Characters before a year in which the name stands.
pub(super) const CITED_WINDOW: usize = 70;
/// So many works of one year are told apart by name; more are in no list of print.
pub(super) const CITED_WORKS_A_YEAR: usize = 1_000;
/// So many places are kept for one work.
pub(super) const CITED_MOST: usize = 2_000;
/// Fewer works than this in notes are no bibliography.
pub(super) const NOTES_LEAST_WORKS: usize = 2;

// Long books: pages kept whole.

/// First pages.
pub(super) const KEPT_FIRST: usize = 40;
/// Last pages.
pub(super) const KEPT_LAST: usize = 200;
/// Pages of references between.
pub(super) const KEPT_REFERENCES: usize = 400;
/// A page is one of references if this share of its lines has a year.
pub(super) const KEPT_DATED: f32 = 0.25;
/// Lines that may be headings kept in all from the other pages.
pub(super) const KEPT_HEADINGS: usize = 40_000;

// Institutions and mailboxes.

/// Of the marks behind the names at least this share must lead to an institution.
pub(super) const AFFILIATION_MARKS_KNOWN: f32 = 0.5;
/// An institution with its address has at least so many characters (half of it in ideographs),
pub(super) const AFFILIATION_LEAST: usize = 5;
/// and at most so many.
pub(super) const AFFILIATION_MOST: usize = 320;
/// Sizes of its lines differ by at most so many points.
pub(super) const AFFILIATION_SIZE: f32 = 0.6;
/// Its lines stand so many sizes apart at most.
pub(super) const AFFILIATION_GAP: f32 = 0.9;
/// Characters of a line's beginning that tell what it is.
pub(super) const AFFILIATION_LOOK: usize = 24;
/// A block under a name begins within so many sizes,
pub(super) const AFFILIATION_FIRST_GAP: f32 = 1.6;
/// its lines stand so many sizes apart at most,
pub(super) const AFFILIATION_BLOCK_GAP: f32 = 0.9;
/// and it has at most so many pieces of lines.
pub(super) const AFFILIATION_LINES: usize = 16;
/// So many sizes between two words part two columns.
pub(super) const AFFILIATION_COLUMN_GAP: f32 = 1.6;
/// No page has more mailboxes.
pub(super) const MAILBOXES_MOST: usize = 100;
/// So many letters of a family name make a mailbox that of a person.
pub(super) const MAILBOX_FAMILY_PART: usize = 5;
/// A mailbox stands at most so many heights below its name.
pub(super) const MAILBOX_REACH: f32 = 7.0;
/// The sign of ORCID stands at most so many points behind its name.
pub(super) const ORCID_REACH: f32 = 40.0;

// Numbers, licence, days.

/// Pages that may print the document's own numbers,
pub(super) const NUMBER_PAGES: usize = 1;
/// and those of a long work.
pub(super) const NUMBER_PAGES_LONG: usize = 6;
/// Numbers of one kind.
pub(super) const NUMBERS_MOST: usize = 3;
/// Confidence of a number that checks.
pub(super) const NUMBER_SURE: f32 = 0.95;
/// Characters before "ISBN" on a line of an imprint.
pub(super) const ISBN_BEFORE: usize = 24;
/// Confidence of a licence.
pub(super) const LICENCE_SURE: f32 = 0.95;
/// A licence runs over lines within so many sizes.
pub(super) const LICENCE_REACH: f32 = 6.0;
/// Letters between "Creative Commons" and the kind,
pub(super) const LICENCE_WORDS: usize = 40;
/// and from there to its number.
pub(super) const LICENCE_TAIL: usize = 90;
/// Confidence of a known publisher,
pub(super) const PUBLISHER_SURE: f32 = 0.9;
/// and of one that is only named.
pub(super) const PUBLISHER_NAMED: f32 = 0.75;
/// Longer lines are no lines of days.
pub(super) const DATE_LINE: usize = 260;
