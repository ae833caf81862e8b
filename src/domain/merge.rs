//! What to change in a paper once its PDF has been read. Hand-made values always win.

use std::collections::BTreeMap;

use super::facts::{Author, Fact, Facts};
use super::fields::{has_isbn, has_issn, venue_field};
use super::item::{Creator, CreatorName, FieldSource, Item};

/// The name of the source in [`FieldSource::source`] for what was read from the PDF.
pub const SOURCE_PDF: &str = "pdf";
/// The name of the source for a title that is only the file's name.
pub const SOURCE_FILE_NAME: &str = "file_name";

/// How sure a title made of a file name is: never enough to look like a fact.
const FILE_NAME_CONFIDENCE: f32 = 0.2;

/// A placeholder title from a file name, with its source.
pub fn name_after_file(item: &mut Item, file_name: &str) {
    let title = title_of_file_name(file_name);
    item.fields.insert("title".to_owned(), title);
    item.sources.insert("title".to_owned(), source(SOURCE_FILE_NAME, FILE_NAME_CONFIDENCE));
}

/// Merges what was read into the paper: a field is set if it is empty or was made by a machine; a person's value stays,
/// and [`as_read`] tells what was read in its place. Answers whether anything changed.
pub fn merge_facts(item: &mut Item, facts: &Facts) -> bool {
    let before = item.clone();
    merge_type(item, facts);
    let date = facts.date();
    merge_field(item, "title", facts.title.as_ref());
    merge_field(item, "alternateTitle", facts.alternate_title.as_ref());
    merge_field(item, "abstractNote", facts.abstract_text.as_ref());
    merge_field(item, "DOI", facts.doi.as_ref());
    merge_field(item, "date", date.as_ref());
    let venue = venue_field(&item.item_type);
    merge_field(item, venue, facts.venue.as_ref());
    merge_field(item, "volume", facts.volume.as_ref());
    merge_field(item, "issue", facts.issue.as_ref());
    merge_field(item, "pages", facts.pages.as_ref());
    merge_field(item, "rights", facts.licence.as_ref());
    let kind = item.item_type.clone();
    merge_field(item, "ISSN", facts.issn.as_ref().filter(|_| has_issn(&kind)));
    merge_field(item, "ISBN", facts.isbn.as_ref().filter(|_| has_isbn(&kind)));
    if venue != "publisher" {
        merge_field(item, "publisher", facts.publisher.as_ref().filter(|_| has_isbn(&kind)));
    }
    let certain = |value: String| Fact { value, confidence: 0.9 };
    let language = facts.language.clone().map(certain);
    merge_field(item, "language", language.as_ref());
    let arxiv = facts.arxiv.as_ref().map(|fact| {
        let version = facts.arxiv_version.as_deref().unwrap_or("");
        Fact { value: format!("arXiv:{}{version}", fact.value), confidence: fact.confidence }
    });
    merge_field(item, "archiveID", arxiv.as_ref());
    merge_creators(item, facts);
    *item != before
}

/// The paper as its PDF alone would have it, for choosing between that and what people typed: `sources` says how sure each
/// value is. Where it appeared stands in the field of the paper's own kind.
#[must_use]
pub fn as_read(item: &Item, facts: &Facts) -> Item {
    let mut read = Item { fields: BTreeMap::new(), creators: Vec::new(), sources: BTreeMap::new(), ..item.clone() };
    merge_facts(&mut read, facts);
    if let Some(fact) = facts.item_type.as_ref().filter(|fact| super::fields::is_item_type(&fact.value)) {
        read.item_type.clone_from(&fact.value);
        read.sources.insert("item_type".to_owned(), source(SOURCE_PDF, fact.confidence));
    }
    read
}

fn merge_type(item: &mut Item, facts: &Facts) {
    let Some(fact) = &facts.item_type else { return };
    let by_machine = item.sources.contains_key("item_type");
    if by_machine && super::fields::is_item_type(&fact.value) {
        item.item_type.clone_from(&fact.value);
        item.sources.insert("item_type".to_owned(), source(SOURCE_PDF, fact.confidence));
    }
}

fn merge_field(item: &mut Item, name: &str, fact: Option<&Fact<String>>) {
    let by_machine = item.sources.get(name);
    let current = item.field(name);
    let Some(fact) = fact.filter(|fact| !fact.value.trim().is_empty()) else {
        // A machine's earlier reading that is no longer held is taken back; a file's name stays better than nothing.
        if by_machine.is_some_and(|source| source.source == SOURCE_PDF) {
            item.fields.remove(name);
            item.sources.remove(name);
        }
        return;
    };
    if current.is_empty() || by_machine.is_some() {
        item.fields.insert(name.to_owned(), fact.value.clone());
        item.sources.insert(name.to_owned(), source(SOURCE_PDF, fact.confidence));
    }
}

fn merge_creators(item: &mut Item, facts: &Facts) {
    let Some(fact) = facts.authors.as_ref().filter(|fact| !fact.value.is_empty()) else { return };
    if item.creators.is_empty() || item.sources.contains_key("creators") {
        item.creators =
            fact.value.iter().map(creator).chain(facts.contributors.iter().map(|(_, c)| c.clone())).collect();
        item.sources.insert("creators".to_owned(), source(SOURCE_PDF, fact.confidence));
    }
}

fn creator(author: &Author) -> Creator {
    let name = if author.single {
        CreatorName::Single(author.family.clone())
    } else {
        CreatorName::Person { given: author.given.clone(), family: author.family.clone() }
    };
    Creator { creator_type: "author".to_owned(), name }
}

fn source(name: &str, confidence: f32) -> FieldSource {
    FieldSource { source: name.to_owned(), confidence, other_value: None }
}

/// A readable title from a file name: without its ending, underscores as spaces.
#[must_use]
pub fn title_of_file_name(file_name: &str) -> String {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    let stem = match base.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => base,
    };
    let words: Vec<&str> =
        stem.split(|c: char| c == '_' || c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { "Untitled".to_owned() } else { words.join(" ") }
}

/// Notes that a person set a field: it is no longer a machine's, whatever was read stays beside it if it differs.
pub fn set_by_hand(item: &mut Item, name: &str, value: Option<&str>) {
    item.sources.remove(name);
    match value.map(str::trim).filter(|value| !value.is_empty()) {
        Some(value) => item.fields.insert(name.to_owned(), value.to_owned()),
        None => item.fields.remove(name),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::{DateKind, PrintedDate};
    use crate::domain::ids::Key;
    use crate::domain::time::Timestamp;

    fn paper() -> Item {
        let mut item = Item::blank(Key::from_random(1), "journalArticle", Timestamp(0), None);
        item.sources.insert("item_type".to_owned(), source(SOURCE_FILE_NAME, 0.2));
        name_after_file(&mut item, "he_2016_final.pdf");
        item
    }

    fn fact(value: &str, confidence: f32) -> Option<Fact<String>> {
        Some(Fact { value: value.into(), confidence })
    }

    #[test]
    fn what_was_read_replaces_the_file_name() {
        let mut item = paper();
        assert_eq!(item.field("title"), "he 2016 final");
        let facts = Facts { title: fact("Deep Residual Learning", 0.97), doi: fact("10.1/x", 0.9), ..Facts::default() };
        assert!(merge_facts(&mut item, &facts));
        assert_eq!(item.field("title"), "Deep Residual Learning");
        assert_eq!(item.sources["title"], source(SOURCE_PDF, 0.97));
        assert!(!merge_facts(&mut item, &facts), "the same facts again change nothing");
    }

    #[test]
    fn a_hand_edit_is_never_overwritten() {
        let mut item = paper();
        set_by_hand(&mut item, "title", Some("My title"));
        item.item_type = "book".into();
        item.sources.remove("item_type");
        let item_type = Some(Fact { value: "preprint".to_owned(), confidence: 1.0 });
        merge_facts(&mut item, &Facts { title: fact("Read title", 1.0), item_type, ..Facts::default() });
        assert_eq!(item.field("title"), "My title");
        assert_eq!(item.item_type, "book");
        assert!(!item.sources.contains_key("title"));
    }

    #[test]
    fn what_was_read_stands_beside_what_was_typed() {
        let mut item = paper();
        set_by_hand(&mut item, "title", Some("My title"));
        item.item_type = "conferencePaper".into();
        item.sources.remove("item_type");
        let facts = Facts {
            title: fact("Read title", 0.9),
            venue: fact("Proc. of Examples", 0.8),
            item_type: fact("journalArticle", 0.7),
            ..Facts::default()
        };
        merge_facts(&mut item, &facts);
        let read = as_read(&item, &facts);
        assert_eq!((item.field("title"), read.field("title")), ("My title", "Read title"));
        assert_eq!((item.item_type.as_str(), read.item_type.as_str()), ("conferencePaper", "journalArticle"));
        assert_eq!(read.field("proceedingsTitle"), item.field("proceedingsTitle"));
        assert_eq!(read.sources["title"].confidence, 0.9);
        assert!(!read.sources.contains_key("date"), "of what was not read nothing is said");
    }

    #[test]
    fn numbers_go_to_the_kinds_that_have_them() {
        let mut item = paper();
        let day = |date: &str| vec![PrintedDate { kind: DateKind::Published, date: date.to_owned() }];
        let mut facts = Facts {
            issn: fact("1932-6203", 0.9),
            isbn: fact("9781450366700", 0.9),
            publisher: fact("Probe Press", 0.9),
            licence: fact("CC-BY-4.0", 0.9),
            year: Some(Fact { value: 2041, confidence: 0.8 }),
            dates: day("2041-05-03"),
            ..Facts::default()
        };
        merge_facts(&mut item, &facts);
        assert_eq!((item.field("ISSN"), item.field("ISBN"), item.field("publisher")), ("1932-6203", "", ""));
        assert_eq!((item.field("rights"), item.field("date")), ("CC-BY-4.0", "2041-05-03"));
        facts.item_type = fact("conferencePaper", 0.9);
        facts.dates = day("2040-12-30");
        merge_facts(&mut item, &facts);
        assert_eq!((item.field("ISSN"), item.field("ISBN")), ("", "9781450366700"));
        assert_eq!((item.field("publisher"), item.field("date")), ("Probe Press", "2041"));
    }

    #[test]
    fn a_better_reader_takes_its_earlier_mistake_back() {
        let mut item = paper();
        merge_facts(&mut item, &Facts { title: fact("T", 0.9), doi: fact("10.1/cited", 0.5), ..Facts::default() });
        merge_facts(&mut item, &Facts { title: fact("T", 0.9), ..Facts::default() });
        assert_eq!(item.field("DOI"), "");
    }

    #[test]
    fn a_file_name_becomes_a_readable_title() {
        for (name, title) in [
            ("a_b  c.pdf", "a b c"),
            ("10.1234/x.y.pdf", "x.y"),
            (".pdf", ".pdf"),
            ("v1.2 of the paper", "v1.2 of the paper"),
            ("", "Untitled"),
            ("日本語.PDF", "日本語"),
        ] {
            assert_eq!(title_of_file_name(name), title, "{name}");
        }
    }
}
