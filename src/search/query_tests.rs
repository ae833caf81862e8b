//! How typed text is read.

use proptest::prelude::*;

use super::*;

/// A clause in short: `-` negated, scope, words with offsets, `*`/`~` for the ending, `=` exact; alternatives with `|`.
fn shown(query: &Query) -> Vec<String> {
    let leaf = |leaf: &Leaf| match leaf {
        Leaf::Year(from, to) => format!("year {from}-{to}"),
        Leaf::Words(words) => {
            let terms: Vec<&str> = words.parts.iter().map(|part| part.term.as_str()).collect();
            let scope = match words.scope {
                Scope::Anywhere => "",
                Scope::Author => "author ",
                Scope::Title => "title ",
                Scope::Tag => "tag ",
            };
            let ending = match words.ending {
                Ending::Whole => "",
                Ending::Prefix => "*",
                Ending::Typing => "~",
            };
            let exact = if words.forms == Forms::Exact { "=" } else { "" };
            format!("{scope}{exact}{}{ending}", terms.join(" "))
        }
    };
    let clause = |clause: &Clause| {
        let sign = if clause.negated { "-" } else { "" };
        sign.to_owned() + &clause.any_of.iter().map(leaf).collect::<Vec<_>>().join(" | ")
    };
    query.clauses.iter().map(clause).collect()
}

fn check(text: &str, expect: &[&str]) {
    assert_eq!(shown(&parse_query(text)), expect, "{text:?}");
}

#[test]
fn words_are_all_wanted_and_the_last_may_be_unfinished() {
    check("salt gradient", &["salt", "gradient~"]);
    check("salt gradient ", &["salt", "gradient"]);
    check("salt grad*", &["salt", "grad*"]);
    check("", &[]);
    check("  \u{0} 🌊 . - + * ? \"\" ''", &[]);
}

#[test]
fn quotation_marks_of_all_kinds_mean_adjacent() {
    check("“salt gradient” x ", &["=salt gradient", "x"]);
    check("\"unfinished phrase", &["=unfinished phrase"]);
    check("is it \"blind\" review?", &["is", "it", "=blind", "review"]);
    check("-\"salt gradient\"", &["-=salt gradient"]);
}

#[test]
fn fields_years_and_libraries() {
    check("author:Müller title: \"salt water\" tag:x ", &["author =muller", "title =salt water", "tag =x"]);
    check("year:2015..2020", &["year 2015-2020"]);
    check("year:2020-2015", &["year 2015-2020"]);
    check("year:..2020 year:2015.. year:2019", &["year 0-2020", "year 2015-65535", "year 2019-2019"]);
    check("year:soon ", &["year", "soon"]);
    let query = parse_query("in:\"My group\" in:lab salt ");
    assert_eq!(query.library_names(), ["My group", "lab"]);
    assert_eq!(shown(&query), ["salt"]);
}

#[test]
fn an_unknown_field_is_words_with_a_hint() {
    let query = parse_query("nosuchfield:myopia ");
    assert_eq!(query.hints(), [Hint::UnknownField("nosuchfield".to_owned())]);
    assert_eq!(shown(&query), ["nosuchfield", "myopia"]);
    for plain in ["https://example.org/a", "doi:10.5555/abc", "C:\\data\\x", "3:1", "title: myopia"] {
        assert_eq!(parse_query(plain).hints(), [], "{plain}");
    }
}

#[test]
fn operators_count_between_terms_only() {
    check("salt OR water ", &["salt | water"]);
    check("salt AND water ", &["salt", "water"]);
    check("salt NOT water ", &["salt", "-water"]);
    check("AND ", &["and"]);
    check("OR myopia ", &["or", "myopia"]);
    check("NOT ", &["not"]);
    check("myopia AND ", &["myopia", "and"]);
    check("here, NOT signs ", &["here", "not", "signs"]);
}

#[test]
fn what_looks_like_syntax_is_neighbouring_words() {
    check("p(y|x) ", &["p y x"]);
    check("C++ C# ", &["c++", "c#"]);
    check("10.5555/abc(2031)4:12<345>tt ", &["10 5555 abc 2031 4 12 345 tt"]);
    check("doi:10.5555/abc ", &["10 5555 abc"]);
    check("https://doi.org/10.5555/abc ", &["10 5555 abc"]);
    check("H52.1 - myopia ", &["h52 1", "myopia"]);
    check("[a TO ", &["a", "to"]);
    check("O’Prova ", &["o prova"]);
    check("-water W-2 ", &["-water", "w 2"]);
}

#[test]
fn scripts_without_spaces_are_overlapping_pairs() {
    check("深度学习", &["深度 度学 学习"]);
    check("深", &["深"]);
    check("深度 x学 ", &["深度", "x 学"]);
}

proptest! {
    #[test]
    fn nothing_typed_is_an_error(text in "\\PC{0,60}") {
        let query = parse_query(&text);
        prop_assert!(query.clauses.len() <= MAX_CLAUSES);
    }

    #[test]
    fn nothing_typed_with_signs_is_an_error(text in "[a-cA-Z:\"“”\\-*+#()OR0-9 .\u{0}-\u{20}\u{300}深\u{ad}]{0,40}") {
        prop_assert_eq!(parse_query(&text), parse_query(&text));
    }
}

#[test]
fn a_pasted_passage_may_begin_and_end_inside_a_word() {
    let looser = loosened("\"equence to sequence learni\"");
    let read = |text: &str| parse_query(text);
    assert_eq!(looser, [read("\"to sequence learni\""), read("\"equence to sequence\"")]);
    assert!(loosened("\"two words\"").is_empty());
    assert!(loosened("plain words are never loosened here").is_empty());
}
