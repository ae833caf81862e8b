//! Sort keys as readers of the language sort: letters before marks, numbers by value, leading articles skipped.

use icu_collator::options::{AlternateHandling, CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use crate::domain::item::Item;

/// Makes byte strings that sort like the text they stand for.
pub struct SortKeys {
    collator: CollatorBorrowed<'static>,
}

impl Default for SortKeys {
    fn default() -> Self {
        let mut preferences = CollatorPreferences::default();
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.strength = Some(Strength::Tertiary);
        options.alternate_handling = Some(AlternateHandling::Shifted);
        let collator = Collator::try_new(preferences, options).expect("the root collation is compiled in");
        Self { collator }
    }
}

/// Articles that title lists skip, by language; the elided ones end with an apostrophe.
const ARTICLES: &[(&str, &[&str])] = &[
    ("en", &["the", "a", "an"]),
    ("de", &["der", "die", "das", "ein", "eine", "einer"]),
    ("fr", &["le", "la", "les", "un", "une", "l'", "l’"]),
    ("es", &["el", "la", "los", "las", "un", "una"]),
    ("it", &["il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "l'", "l’"]),
    ("pt", &["o", "a", "os", "as", "um", "uma"]),
    ("nl", &["de", "het", "een"]),
];

impl SortKeys {
    /// The key of any text; empty text sorts last.
    #[must_use]
    pub fn text(&self, text: &str) -> Box<[u8]> {
        let mut key = Vec::with_capacity(text.len() + 8);
        key.push(u8::from(text.is_empty()));
        match self.collator.write_sort_key_to(text, &mut key) {
            Ok(()) => key.into_boxed_slice(),
            Err(never) => match never {},
        }
    }

    /// The key of a title.
    #[must_use]
    pub fn title(&self, item: &Item) -> Box<[u8]> {
        let title = item.field("title");
        let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.text(skip_article(title, item.field("language")))
    }

    /// The key of the creators: family names in order.
    #[must_use]
    pub fn creators(&self, item: &Item) -> Box<[u8]> {
        let names: Vec<&str> = item.creators.iter().map(|creator| creator.name.short()).collect();
        self.text(&names.join(", "))
    }
}

/// The title without its leading article, if its language (English where unknown) has it.
fn skip_article<'a>(title: &'a str, language: &str) -> &'a str {
    let language = language.get(..2).unwrap_or("en");
    let articles = ARTICLES.iter().find(|(code, _)| *code == language).map_or(ARTICLES[0].1, |(_, list)| list);
    for article in articles {
        let Some(head) = title.get(..article.len()) else { continue };
        let rest = &title[article.len()..];
        if head.to_lowercase() != *article {
            continue;
        }
        if article.ends_with(['\'', '’']) && !rest.is_empty() {
            return rest;
        }
        if rest.starts_with(' ') && !rest.trim_start().is_empty() {
            return rest.trim_start();
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut titles: Vec<&str>) -> Vec<&str> {
        let keys = SortKeys::default();
        titles.sort_by_key(|title| keys.text(title));
        titles
    }

    #[test]
    fn marks_and_case_decide_last_and_numbers_by_value() {
        assert_eq!(sorted(vec!["Zebra", "émile", "Emil", "Éa", "apple"]), ["apple", "Éa", "Emil", "émile", "Zebra"]);
        assert_eq!(sorted(vec!["Part 10", "Part 9", "part 1"]), ["part 1", "Part 9", "Part 10"]);
        assert_eq!(sorted(vec!["", "z"]), ["z", ""]);
    }

    #[test]
    fn a_leading_article_is_skipped_in_its_own_language_only() {
        assert_eq!(skip_article("The Sea", "en"), "Sea");
        assert_eq!(skip_article("Die Brücke", "de"), "Brücke");
        assert_eq!(skip_article("Die Hard", "en"), "Die Hard");
        assert_eq!(skip_article("L'Étranger", "fr"), "Étranger");
        assert_eq!(skip_article("A", ""), "A");
        assert_eq!(skip_article("Theory of games", ""), "Theory of games");
    }
}
