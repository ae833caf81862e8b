//! `parse --json`: what the reader finds in PDFs, one JSON object a line, in the order given.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use sha2::Digest as _;

use super::place::pool;
use super::serve::runtime;
use crate::config::{Config, Values, environment};
use crate::domain::facts::{Author, Fact, Facts, ReadErrorCode, Reference, thousandths};
use crate::domain::item::{Creator, CreatorName};
use crate::domain::layout::{Line, PageLayout, PageQuality, Rect, TextRole};
use crate::pdf::recogniser::{Installed, PageLimits};
use crate::pdf::{Pool, ReadFailure, Recognised, Recogniser, WholeDocument, read_whole, read_whole_recognised};

/// Exit status where some files were not read.
const SOME_NOT_READ: u8 = 3;

/// Reads the files with as many workers as the machine has cores; with `ocr`, scanned pages too.
pub fn parse(files: &[PathBuf], ocr: bool) -> anyhow::Result<ExitCode> {
    let switched_on = ("ocr.enabled", "true".to_owned());
    let flags = if ocr { vec![switched_on] } else { Vec::new() };
    let config = Config::from_values(&Values::load(&flags, environment(), None)?)?;
    let workers = config.workers;
    let some_failed = runtime()?.block_on(async {
        let pool = pool(&config)?;
        let recogniser = match config.ocr.as_ref().filter(|_| ocr) {
            Some(wanted) => {
                let found = Recogniser::find(pool.clone(), wanted, PageLimits::of(&config)).await;
                Some(found.map_err(anyhow::Error::msg)?)
            }
            None => None,
        };
        let readings = futures_util::stream::iter(files.iter().cloned()).map(|file| {
            let (pool, recogniser) = (pool.clone(), recogniser.clone());
            async move { read_file(&pool, recogniser.as_ref(), &file).await }
        });
        // A few more than workers, so that none waits for hashing or printing.
        let mut lines = readings.buffered(workers + 2);
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let mut some_failed = false;
        while let Some(line) = lines.next().await {
            some_failed |= !line["error"].is_null();
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        pool.shutdown().await;
        anyhow::Ok(some_failed)
    })?;
    Ok(if some_failed { ExitCode::from(SOME_NOT_READ) } else { ExitCode::SUCCESS })
}

async fn read_file(pool: &Pool, recogniser: Option<&(Recogniser, Installed)>, path: &Path) -> Value {
    let name = path.display().to_string();
    let opened = {
        let path = path.to_owned();
        tokio::task::spawn_blocking(move || hash_file(&path)).await
    };
    let Ok(Ok((file, sha256))) = opened else {
        return failure(&name, None, ReadErrorCode::Unreadable, ReadErrorCode::Unreadable.message());
    };
    let again = file.try_clone();
    let mut read = read_whole(pool, file.into(), None).await;
    if let (Err(ReadFailure { worker_died: true, .. }), Ok(again)) = (&read, &again) {
        read = match again.try_clone() {
            Ok(file) => read_whole(pool, file.into(), None).await,
            Err(_) => read,
        };
    }
    if let (Ok(document), Some(recogniser), Ok(file)) = (&read, recogniser, &again) {
        read = match recognise(pool, recogniser, file, document).await {
            Some(better) => better,
            None => read,
        };
    }
    match read {
        Ok(document) => tokio::task::spawn_blocking(move || document_json(&name, &sha256, document))
            .await
            .unwrap_or_else(|error| json!({"error": {"code": "crashed", "message": error.to_string()}})),
        Err(error) => failure(&name, Some(&sha256), error.code, &error.message),
    }
}

/// The document read again with the text of its scanned pages; `None` if it has none, or nothing was seen on them. A page
/// that cannot be recognised stays as it is.
async fn recognise(
    pool: &Pool,
    (recogniser, installed): &(Recogniser, Installed),
    file: &std::fs::File,
    document: &WholeDocument,
) -> Option<Result<WholeDocument, ReadFailure>> {
    let mut seen = Recognised::default();
    let pages = document.slices.iter().flat_map(|slice| &slice.pages);
    for page in pages.filter(|page| page.quality != PageQuality::Good) {
        let copy = file.try_clone().ok()?;
        match recogniser.recognise(copy.into(), None, page.index, installed.finds_turn()).await {
            Ok(found) => seen.put(page.index, found),
            Err(failure) => eprintln!("scrollkeeper: page {}: {}", page.index + 1, failure.message),
        }
    }
    if seen.is_wordless() {
        return None;
    }
    Some(read_whole_recognised(pool, file.try_clone().ok()?.into(), None, seen).await)
}

fn hash_file(path: &Path) -> std::io::Result<(std::fs::File, String)> {
    let mut file = std::fs::File::open(path)?;
    let mut digest = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match std::io::Read::read(&mut file, &mut buffer)? {
            0 => break,
            count => digest.update(&buffer[..count]),
        }
    }
    let sha256 = crate::domain::ids::Sha256(digest.finalize().into()).to_hex();
    Ok((file, sha256))
}

const FIELDS: [&str; 29] = [
    "pages",
    "title",
    "authors",
    "abstract",
    "doi",
    "arxiv",
    "year",
    "venue",
    "keywords",
    "sections",
    "references",
    "confidence",
    "item_type",
    "language",
    "alternate_title",
    "arxiv_version",
    "contributors",
    "volume",
    "issue",
    "pages_range",
    "date",
    "dates",
    "issn",
    "isbn",
    "licence",
    "pmid",
    "pmcid",
    "publisher",
    "captions",
];

fn failure(name: &str, sha256: Option<&str>, code: ReadErrorCode, message: &str) -> Value {
    let mut line = json!({"file": name, "sha256": sha256, "error": {"code": code.public_code(), "message": message}});
    for field in FIELDS {
        line[field] = Value::Null;
    }
    line
}

fn document_json(name: &str, sha256: &str, document: WholeDocument) -> Value {
    let sizes = &document.head.pages;
    let captions: Vec<Value> = document.slices.iter().flat_map(|slice| &slice.pages).flat_map(page_captions).collect();
    let pages: Vec<Value> = document
        .slices
        .into_iter()
        .flat_map(|slice| slice.pages)
        .map(|page| {
            let size = sizes.get(page.index as usize);
            let quality = match page.quality {
                PageQuality::Good => "good",
                PageQuality::Poor => "poor",
                PageQuality::None => "none",
            };
            let mut line = json!({
                "text": page.text, "width": size.map(|size| size.width), "height": size.map(|size| size.height),
                "quality": quality,
            });
            if page.recognised {
                line["recognised"] = true.into();
            }
            line
        })
        .collect();
    let facts = document.facts;
    let confidence = confidence(&facts);
    let date = facts.date();
    let dates = facts.dates.iter().map(|day| (day.kind.as_str(), day.date.as_str())).collect::<BTreeMap<_, _>>();
    let dates = json!(dates);
    let Facts { title, alternate_title, authors, contributors, abstract_text, doi, arxiv, arxiv_version, .. } = facts;
    json!({
        "file": name, "sha256": sha256, "error": null, "pages": pages,
        "title": value(title), "alternate_title": value(alternate_title),
        "authors": authors.map(|fact| fact.value).unwrap_or_default().iter().map(author_json).collect::<Vec<_>>(),
        "abstract": value(abstract_text), "doi": value(doi), "arxiv": value(arxiv), "arxiv_version": arxiv_version,
        "year": facts.year.map(|fact| fact.value), "venue": value(facts.venue), "keywords": facts.keywords,
        "sections": facts.sections.iter().map(|section| json!({
            "level": section.level, "number": section.number, "heading": section.heading, "page": section.page + 1,
        })).collect::<Vec<_>>(),
        "references": facts.references.iter().map(reference_json).collect::<Vec<_>>(),
        "confidence": confidence, "item_type": value(facts.item_type), "language": facts.language,
        "contributors": contributors.iter().map(contributor_json).collect::<Vec<_>>(),
        "volume": value(facts.volume), "issue": value(facts.issue), "pages_range": value(facts.pages),
        "date": value(date), "dates": dates, "issn": value(facts.issn), "isbn": value(facts.isbn),
        "licence": value(facts.licence), "pmid": value(facts.pmid), "pmcid": value(facts.pmcid),
        "publisher": value(facts.publisher), "captions": captions,
    })
}

/// Captions of figures and tables: consecutive lines of that role, with a box a line.
fn page_captions(page: &PageLayout) -> Vec<Value> {
    let text: Vec<char> = page.text.chars().collect();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for span in page.roles.iter().filter(|span| span.role == TextRole::Caption) {
        match runs.last_mut() {
            Some((_, end)) if span.start <= *end + 1 => *end = span.end,
            _ => runs.push((span.start, span.end)),
        }
    }
    let inside = |(start, end): (u32, u32)| {
        let words = |line: &Line| page.words.get(line.first_word as usize..line.end_word as usize).unwrap_or_default();
        let lines = page.lines.iter().map(words).filter(|words| {
            words.first().is_some_and(|word| word.start >= start) && words.last().is_some_and(|word| word.end <= end)
        });
        lines.filter_map(|words| words.iter().map(|word| word.rect).reduce(Rect::around)).collect::<Vec<_>>()
    };
    runs.into_iter()
        .map(|(start, end)| {
            let words: String = text.get(start as usize..end as usize).unwrap_or_default().iter().collect();
            json!({
                "page": page.index + 1, "text": words.split_whitespace().collect::<Vec<_>>().join(" "),
                "start": start, "end": end,
                "rects": inside((start, end)).iter().map(|r| [r.x0, r.y0, r.x1, r.y1]).collect::<Vec<_>>(),
            })
        })
        .collect()
}

fn value<T>(fact: Option<Fact<T>>) -> Option<T> {
    fact.map(|fact| fact.value)
}

fn confidence(facts: &Facts) -> Value {
    let mut said = serde_json::Map::new();
    let mut say = |name: &str, confidence: Option<f32>| {
        if let Some(confidence) = confidence {
            said.insert(name.to_owned(), json!(thousandths(confidence)));
        }
    };
    say("title", facts.title.as_ref().map(|fact| fact.confidence));
    say("alternate_title", facts.alternate_title.as_ref().map(|fact| fact.confidence));
    say("authors", facts.authors.as_ref().map(|fact| fact.confidence));
    say("abstract", facts.abstract_text.as_ref().map(|fact| fact.confidence));
    say("doi", facts.doi.as_ref().map(|fact| fact.confidence));
    say("arxiv", facts.arxiv.as_ref().map(|fact| fact.confidence));
    say("year", facts.year.as_ref().map(|fact| fact.confidence));
    say("venue", facts.venue.as_ref().map(|fact| fact.confidence));
    say("volume", facts.volume.as_ref().map(|fact| fact.confidence));
    say("issue", facts.issue.as_ref().map(|fact| fact.confidence));
    say("pages_range", facts.pages.as_ref().map(|fact| fact.confidence));
    say("issn", facts.issn.as_ref().map(|fact| fact.confidence));
    say("isbn", facts.isbn.as_ref().map(|fact| fact.confidence));
    say("licence", facts.licence.as_ref().map(|fact| fact.confidence));
    say("pmid", facts.pmid.as_ref().map(|fact| fact.confidence));
    say("pmcid", facts.pmcid.as_ref().map(|fact| fact.confidence));
    say("publisher", facts.publisher.as_ref().map(|fact| fact.confidence));
    say("item_type", facts.item_type.as_ref().map(|fact| fact.confidence));
    Value::Object(said)
}

fn author_json(author: &Author) -> Value {
    let mut said = cited_author_json(author);
    said["affiliations"] = json!(author.affiliations);
    said["email"] = json!(author.email);
    said
}

fn cited_author_json(author: &Author) -> Value {
    if author.single {
        return json!({"name": author.family, "orcid": author.orcid});
    }
    json!({"given": author.given, "family": author.family, "orcid": author.orcid})
}

fn contributor_json((role, creator): &(String, Creator)) -> Value {
    match &creator.name {
        CreatorName::Person { given, family } => json!({"role": role, "given": given, "family": family}),
        CreatorName::Single(name) => json!({"role": role, "name": name}),
    }
}

fn reference_json(reference: &Reference) -> Value {
    json!({
        "raw": reference.raw, "title": reference.title, "year": reference.year, "doi": reference.doi,
        "authors": reference.authors.iter().map(cited_author_json).collect::<Vec<_>>(),
        "arxiv": reference.arxiv, "venue": reference.venue, "volume": reference.volume, "issue": reference.issue,
        "pages": reference.pages, "publisher": reference.publisher, "url": reference.url, "list": reference.list, "confidence": thousandths(reference.confidence),
        "cited_in": reference.cited_in.iter().map(|place| json!({
            "page": place.page + 1, "start": place.start, "end": place.end,
        })).collect::<Vec<_>>(),
    })
}
