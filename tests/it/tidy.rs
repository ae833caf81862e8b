//! The fence between the rooms: the room table of ARCHITECTURE.md, held by a test.

use std::fs;
use std::path::{Path, PathBuf};

struct Room {
    name: &'static str,
    may_import: &'static [&'static str],
    only_place_for: &'static [&'static str],
}

const fn room(
    name: &'static str,
    may_import: &'static [&'static str],
    only_place_for: &'static [&'static str],
) -> Room {
    Room { name, may_import, only_place_for }
}

const LEAVES: &[&str] = &["domain", "config", "store", "files", "search", "pdf", "extract", "crypto"];

const ROOMS: &[Room] = &[
    room("domain", &[], &[]),
    room("config", &["domain"], &["toml"]),
    room("store", &["domain", "config"], &["redb"]),
    room("files", &["domain", "config"], &["opendal"]),
    room("search", &["domain", "config"], &["tantivy"]),
    room("pdf", &["domain", "config", "extract"], &["pdfium_render", "landlock", "seccompiler", "webp"]),
    room("extract", &["domain"], &[]),
    room("crypto", &["domain"], &["argon2"]),
    room("app", LEAVES, &["icu_collator"]),
    room("http", &["app", "domain", "config"], &["poem", "poem_openapi", "rust_embed"]),
    room("jobs", &["app", "domain", "config"], &[]),
    room(
        "cli",
        &["domain", "config", "store", "files", "search", "pdf", "extract", "crypto", "app", "http", "jobs"],
        &["clap", "clap_complete", "anyhow", "tracing_subscriber", "sd_notify"],
    ),
];

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).expect("the folder is there") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Names used as the first part of a path, as in `name::`, with the word before left out (`a::name::` does not count).
fn path_heads(line: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices("::").filter_map(move |(at, _)| {
        let head = &line[..at];
        let start = head.rfind(|c: char| !is_word(c)).map_or(0, |i| i + 1);
        let word = &head[start..];
        (!word.is_empty() && !head[..start].ends_with("::")).then_some(word)
    })
}

/// Rooms named as in `crate::room`, also inside `use crate::{a::x, b}`.
fn rooms_named(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let (mut depth, mut begin) = (0, true);
            let mut word = String::new();
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => begin = true,
                    c if c.is_alphanumeric() || c == '_' => {
                        if begin {
                            word.push(c);
                        }
                        continue;
                    }
                    _ => {}
                }
                if begin && !word.is_empty() {
                    found.push((line, std::mem::take(&mut word)));
                    // A comma ends this name and begins the next at once.
                    begin = c == ',' && depth == 0;
                }
            }
            if begin && !word.is_empty() {
                found.push((line, word));
            }
        } else {
            let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            found.push((line, word));
        }
    }
    found
}

fn strip_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_room_keeps_to_its_row_of_the_room_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).expect("the file is in src");
        let top = inside.components().next().expect("a file has a name").as_os_str().to_string_lossy().into_owned();
        if top == "lib.rs" || top == "main.rs" {
            continue;
        }
        let Some(room) = ROOMS.iter().find(|room| room.name == top) else {
            wrong.push(format!("{}: `{top}` is not a room; add it to the room table", inside.display()));
            continue;
        };
        let text = fs::read_to_string(&path).expect("sources are UTF-8");
        let code = strip_comments(&text);
        for (line, named) in rooms_named(&code) {
            let is_room = ROOMS.iter().any(|other| other.name == named);
            if is_room && named != room.name && !room.may_import.contains(&named.as_str()) {
                wrong.push(format!("src/{}:{line}: `{}` may not import `{named}`", inside.display(), room.name));
            }
        }
        for (number, line) in code.lines().enumerate() {
            for head in path_heads(line) {
                if let Some(owner) = ROOMS.iter().find(|other| other.only_place_for.contains(&head))
                    && owner.name != room.name
                {
                    wrong.push(format!(
                        "src/{}:{}: only `{}` may use the crate `{head}`",
                        inside.display(),
                        number + 1,
                        owner.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "the fence is broken:\n{}", wrong.join("\n"));
}

#[test]
fn every_room_opens_with_its_front_page() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ROOMS {
        let text = fs::read_to_string(src.join(room.name).join("mod.rs")).expect("every room has a mod.rs");
        assert!(text.starts_with("//! "), "src/{}/mod.rs has no front-page comment", room.name);
        let invariant = text.lines().take_while(|line| line.starts_with("//!")).any(|line| line.contains("Invariant:"));
        assert!(invariant || room.name == "cli", "src/{}/mod.rs states no invariant", room.name);
    }
}

#[test]
fn the_fence_sees_imports_in_each_form() {
    let text =
        "use crate::app::App;\nuse crate::{domain::ids::Key, store::{Store, x}, files};\nlet x = crate::http::serve();";
    let named: Vec<_> = rooms_named(text).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(named, ["1 app", "2 domain", "2 store", "2 files", "3 http"]);
    assert_eq!(path_heads("a: redb::Database, b: x::tantivy::Index").collect::<Vec<_>>(), ["redb", "x"]);
}
