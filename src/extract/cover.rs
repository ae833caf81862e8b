//! Cover sheets that archives and platforms put before a paper.

use super::lines::{BodyType, Sheet};
use super::title::{self, Witnesses};
use super::tuning as t;
use super::wording::{has_word, squash};

/// What such sheets say and papers do not.
const PHRASES: &[&str] = &[
    "cite this version",
    "to cite this",
    "use is subject",
    "terms of use",
    "terms and conditions",
    "your use of",
    "downloaded from",
    "downloaded by",
    "this content downloaded",
    "stable url",
    "stable address",
    "accessed:",
    "deposited on",
    "submitted on",
    "open archive",
    "institutional repository",
    "open access archive",
    "multi-disciplinary",
    "author(s):",
    "source:",
    "published by:",
    "collects and preserves",
    "this is the accepted",
    "accepted version",
    "accepted manuscript",
    "author manuscript",
    "link to published version",
    "link to publication",
    "version of record",
    "document version",
    "citation for published version",
    "general rights",
    "take down policy",
    "archive ouverte",
    "l’archive",
    "eprints",
    "research portal",
    "researchonline",
    "this file was",
    "please cite the",
    "repository",
    "digitized by",
    "with permission of",
    "provided by",
    "hal id",
    "for more information about",
    "suggested citation",
    "empfohlene zitierung",
    "nutzungsbedingungen",
    "zitierbar unter",
    "citable under",
    "persistenter link",
    "pdf erstellt am",
    "document généré le",
    "généré automatiquement",
    "référence électronique",
    "article numérisé dans le cadre",
    "conditions générales d'utilisation",
    "conditions générales d’utilisation",
    "this paper is included in",
    "open access to the proceedings",
    "is sponsored by",
    "resource centre is hosted",
    "hereby grants permission",
    "immediately available in pubmed",
    "see discussions, stats, and author profiles",
    "a service of",
    "recommended citation",
    "follow this and additional works",
    "brought to you for free",
    "repository copy",
    "url for this paper",
    "takedown",
    "all content following this page",
    "uploaded by",
    "to link to this article",
    "full terms & conditions",
    "submit your article",
    "zitierhinweis",
    "scholarworks",
    "digital commons",
    "self-archived",
    "postprint",
];

/// How many of the first sheets are covers (at most two): they carry a platform's phrases, and the sheet behind them
/// opens the paper with a title of its own that the cover names too.
pub(super) fn count(sheets: &[&Sheet], body: &BodyType) -> usize {
    let mut covers = 0;
    while covers < 2 && covers + 1 < sheets.len() && is_cover(sheets[covers], sheets[covers + 1], body) {
        covers += 1;
    }
    covers
}

fn is_cover(sheet: &Sheet, next: &Sheet, body: &BodyType) -> bool {
    let lower = sheet.text.all().to_lowercase();
    let phrases = PHRASES.iter().filter(|phrase| lower.contains(**phrase)).count();
    if phrases == 0 {
        return false;
    }
    let headed =
        sheet.lines.iter().any(|line| has_word(&line.text, &["abstract", "introduction"]) && line.text.len() < 24);
    let Some(found) = title::find(&[next], body, &Witnesses::new(&[], "")) else { return false };
    let key = squash(&found.text);
    if key.len() < 12 || next.lines[found.first_line].size < body.size * t::COVER_TITLE_SIZE {
        return false;
    }
    let named = squash(sheet.text.all()).contains(&key);
    let short = sheet.lines.iter().filter(|line| line.is_text()).count() < t::COVER_MOST_LINES;
    named && (phrases >= 2 || short) || phrases >= 3 && short && !headed
}
