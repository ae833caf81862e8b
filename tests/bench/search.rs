//! Measures the search index: how fast it takes papers, how large it is, how fast it answers.
//!
//! Papers are generated (words by Zipf's law, a share of them seen only once, as in real papers), or made from a folder of
//! `*.txt` files whose pages end in form feeds, used again and again. Prints one line of figures a subject.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use scrollkeeper::domain::ids::{Key, LibraryId, Sha256, Version};
use scrollkeeper::search::{FileText, IndexOp, PageText, PaperDoc, SearchIndex, SearchOptions, parse_query};

/// What to measure.
pub struct Options {
    /// How many papers.
    pub papers: u64,
    /// Pages of a generated paper.
    pub pages: u32,
    /// Where the index is made; emptied first.
    pub folder: PathBuf,
    /// Texts to use instead of generated ones.
    pub texts: Option<PathBuf>,
    /// Papers in one commit.
    pub batch: usize,
    /// Queries to ask.
    pub queries: usize,
}

const LIBRARY: LibraryId = LibraryId(1);
const WORDS_ON_PAGE: usize = 480;
const VOCABULARY: u64 = 60_000;

/// Runs it.
pub fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    if options.folder.exists() {
        std::fs::remove_dir_all(&options.folder)?;
    }
    let index = SearchIndex::open(&options.folder)?.index;
    let mut source = Source::new(options)?;
    let bytes = fill(&index, &mut source, options)?;
    let size = folder_size(&options.folder)?;
    println!("size: {} of {} text bytes = {:.2}", size, bytes, size as f64 / bytes as f64);
    for (kind, queries) in source.queries(options.queries) {
        ask(&index, kind, &queries)?;
    }
    one_paper(&index, &mut source, options)
}

fn fill(index: &SearchIndex, source: &mut Source, options: &Options) -> Result<u64, Box<dyn std::error::Error>> {
    let started = Instant::now();
    let (mut bytes, mut pages, mut batch) = (0, 0, Vec::new());
    for nth in 0..options.papers {
        let paper = source.paper(nth);
        pages += paper.files[0].pages.len();
        bytes += paper.files[0].pages.iter().map(|page| page.text.len() as u64).sum::<u64>();
        batch.push(IndexOp::PutPaper(Box::new(paper)));
        if batch.len() >= options.batch || nth + 1 == options.papers {
            index.apply(std::mem::take(&mut batch), &BTreeMap::from([(LIBRARY, Version(nth))]))?;
        }
    }
    index.release_writer()?;
    let took = started.elapsed();
    println!("fill: {} papers, {pages} pages in {took:.1?} ({:.0} pages/s)", options.papers, pages as f64 / took.as_secs_f64());
    Ok(bytes)
}

fn ask(index: &SearchIndex, kind: &str, queries: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let mut times = Vec::with_capacity(queries.len());
    let (mut total, mut passages) = (0, 0);
    for query in queries {
        let started = Instant::now();
        let page = index.search(&parse_query(query), &[LIBRARY], 0, 20, SearchOptions::default())?;
        times.push(started.elapsed());
        total += page.total;
        passages += page.hits.iter().map(|hit| hit.passages.len()).sum::<usize>();
    }
    times.sort_unstable();
    let count = queries.len().max(1);
    println!(
        "search {kind}: p50 {:.2?}, p99 {:.2?}, most {:.2?}; {} hits, {} passages on average",
        quantile(&times, 0.5),
        quantile(&times, 0.99),
        quantile(&times, 1.0),
        total / count,
        passages / count
    );
    Ok(())
}

fn one_paper(index: &SearchIndex, source: &mut Source, options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let mut times = Vec::new();
    for nth in 0..20 {
        let paper = source.paper(options.papers + nth);
        let started = Instant::now();
        index.apply(vec![IndexOp::PutPaper(Box::new(paper))], &BTreeMap::from([(LIBRARY, Version(options.papers + nth))]))?;
        times.push(started.elapsed());
    }
    times.sort_unstable();
    println!("one paper: p50 {:.2?}, most {:.2?}", quantile(&times, 0.5), quantile(&times, 1.0));
    index.release_writer()?;
    Ok(())
}

fn quantile(sorted: &[Duration], part: f64) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get(((last as f64) * part).round() as usize).copied().unwrap_or_default()
}

fn folder_size(folder: &Path) -> std::io::Result<u64> {
    let mut size = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        size += if entry.file_type()?.is_dir() { folder_size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(size)
}

/// Papers, the same at each run.
struct Source {
    random: Random,
    pages: u32,
    texts: Vec<Vec<String>>,
    /// Stretches of text that were put in, for phrases.
    seen: Vec<String>,
}

impl Source {
    fn new(options: &Options) -> std::io::Result<Self> {
        let mut texts = Vec::new();
        if let Some(folder) = &options.texts {
            let mut paths: Vec<PathBuf> =
                std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
            paths.sort();
            for path in paths {
                texts.push(std::fs::read_to_string(path)?.split('\u{c}').map(str::to_owned).collect());
            }
        }
        Ok(Self { random: Random(0x5eed), pages: options.pages, texts, seen: Vec::new() })
    }

    fn paper(&mut self, nth: u64) -> PaperDoc {
        let pages: Vec<String> = match self.texts.len() {
            0 => (0..self.pages).map(|_| self.words(WORDS_ON_PAGE)).collect(),
            count => self.texts[nth as usize % count].clone(),
        };
        if nth.is_multiple_of(7) && self.seen.len() < 2_000 {
            self.seen.extend(pages.first().map(|page| page.chars().take(600).collect::<String>()));
        }
        let pages = pages.into_iter().zip(0..).map(|(text, index)| PageText { index, text, ..PageText::default() });
        let file = FileText { attachment: Key::from_random(nth + 1), sha256: Sha256([0; 32]), pages: pages.collect() };
        PaperDoc {
            title: self.words(9),
            creators: vec![self.words(2), self.words(2)],
            abstract_text: self.words(150),
            year: Some(1990 + (nth % 35) as u16),
            files: vec![file],
            ..PaperDoc::new(LIBRARY, Key::from_random(nth + 1))
        }
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::with_capacity(count * 7);
        for nth in 0..count {
            out.push_str(match nth {
                0 => "",
                nth if nth % 15 == 0 => ".\n",
                _ => " ",
            });
            self.word(&mut out);
        }
        out
    }

    /// Rank by Zipf's law; one word in two hundred is new.
    fn word(&mut self, out: &mut String) {
        if self.random.below(200) == 0 {
            return spell(VOCABULARY + self.random.next() % 100_000_000, out);
        }
        let part = self.random.below(1_000_000) as f64 / 1_000_000.0;
        let rank = ((VOCABULARY as f64).powf(part) - 1.0) as u64;
        spell(rank, out);
    }

    fn queries(&mut self, count: usize) -> Vec<(&'static str, Vec<String>)> {
        let mut kinds: Vec<(&str, Vec<String>)> =
            vec![("one word", Vec::new()), ("two words", Vec::new()), ("three words", Vec::new()), ("phrase", Vec::new()), ("typing", Vec::new())];
        for _ in 0..count {
            let text = self.seen[self.random.below(self.seen.len() as u64) as usize].clone();
            let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
            if words.len() < 8 {
                continue;
            }
            let at = self.random.below(words.len() as u64 - 4) as usize;
            kinds[0].1.push(format!("{} ", words[at]));
            kinds[1].1.push(format!("{} {} ", words[at], words[at + 2]));
            kinds[2].1.push(format!("{} {} {} ", words[at], words[at + 1], words[at + 3]));
            let middle = text.split_whitespace().skip(at.min(20)).take(3).collect::<Vec<_>>().join(" ").replace('"', "");
            kinds[3].1.push(format!("\"{middle}\""));
            kinds[4].1.push(format!("{} {}", words[at], words[at + 1].chars().take(4).collect::<String>()));
        }
        kinds
    }
}

/// Frequent words are short.
fn spell(rank: u64, out: &mut String) {
    const SYLLABLES: [&str; 24] = [
        "ta", "re", "in", "con", "si", "mo", "ter", "al", "pro", "lu", "ne", "ca", "ver", "di", "sta", "po", "men", "gra", "fi", "ble",
        "sor", "he", "qua", "ly",
    ];
    let mut rest = rank + 24;
    while rest > 0 {
        out.push_str(SYLLABLES[(rest % 24) as usize]);
        rest /= 24;
    }
}

/// Numbers without a pattern that matters here (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }
}
