//! Small PDFs whose words tell them apart.

use std::hash::{BuildHasher as _, RandomState};

use serde_json::Value;
use sha2::Digest as _;

/// Numbers that look random and can be had again from the same seed.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed ^ 0x9E37_79B9_7F4A_7C15)
    }

    /// From `SCROLLKEEPER_CRASH_SEED`, else another one each time.
    pub fn any_seed() -> u64 {
        let given = std::env::var("SCROLLKEEPER_CRASH_SEED").ok();
        given.map_or_else(|| RandomState::new().hash_one(0), |seed| seed.parse().expect("the seed is a number"))
    }

    /// The next number (SplitMix64).
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// One of `from..=to`.
    pub fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.draw() % (to - from + 1)
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.draw().is_multiple_of(times)
    }
}

/// A PDF and what is known of it.
#[derive(Debug, Clone)]
pub struct Paper {
    /// A word that only this one has.
    pub word: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Its SHA-256, in hexadecimal digits.
    pub sha256: String,
}

/// A word that all papers have.
pub const COMMON_WORD: &str = "glacier";

impl Paper {
    /// The paper of that number, with up to so many bytes that nobody reads.
    pub fn new(number: u64, most_ballast: u64) -> Self {
        Self::with_ballast(number, Random::new(!number).within(0, most_ballast))
    }

    /// The paper of that number: one to three pages and so many bytes that nobody reads.
    pub fn with_ballast(number: u64, ballast: u64) -> Self {
        let mut random = Random::new(number);
        let word = unique_word(number);
        let pages = random.within(1, 3);
        let lines = |page: u64| {
            // A line that every page has would be taken for a running head, which is left out of the index.
            let mut lines = vec![format!("Part {page} on {word}, written by Ada Example and Bo Sample")];
            lines.extend(
                (0..12).map(|line| format!("In year {page}{line} the {COMMON_WORD} {word} moved on a little.")),
            );
            lines
        };
        let ballast: Vec<u8> = (0..ballast.div_ceil(8)).flat_map(|_| random.draw().to_le_bytes()).collect();
        let pages: Vec<_> = (1..=pages).map(lines).collect();
        Self::of(word, pdf(&pages, &ballast))
    }

    /// A long one, which takes a while to read.
    pub fn long(number: u64, pages: u64) -> Self {
        let word = unique_word(number);
        let lines = |page: u64| {
            (0..40).map(|line| format!("In year {page}{line} the {COMMON_WORD} {word} moved on a little.")).collect()
        };
        let pages: Vec<Vec<String>> = (1..=pages).map(lines).collect();
        Self::of(word, pdf(&pages, &[]))
    }

    fn of(word: String, bytes: Vec<u8>) -> Self {
        Self { word, sha256: hex(sha2::Sha256::digest(&bytes).as_slice()), bytes }
    }
}

/// Hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Ten letters without a vowel, so that no word is another's beginning, ending or stem.
fn unique_word(number: u64) -> String {
    const LETTERS: &[u8; 16] = b"bcdfghjklmnpqrtv";
    let digits = (0..8).rev().map(|place| char::from(LETTERS[(number >> (4 * place)) as usize & 15]));
    format!("z{}z", digits.collect::<String>())
}

/// A PDF with these lines on its pages and a stream of ballast.
fn pdf(pages: &[Vec<String>], ballast: &[u8]) -> Vec<u8> {
    let (first_page, font) = (4, 3);
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", first_page + 2 * n)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), pages.len()).into_bytes(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>".to_vec(),
    ];
    for (n, lines) in pages.iter().enumerate() {
        let content = first_page + 2 * n + 1;
        objects.push(
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R/Resources<</Font<</F1 {font} 0 R>>>>>>")
                .into_bytes(),
        );
        let text: Vec<String> = lines.iter().map(|line| format!("({line}) Tj T*")).collect();
        objects.push(stream(format!("BT /F1 11 Tf 15 TL 60 780 Td {} ET", text.join("\n")).as_bytes()));
    }
    objects.push(stream(ballast));
    assemble(&objects)
}

fn stream(bytes: &[u8]) -> Vec<u8> {
    let head = format!("<</Length {}>>\nstream\n", bytes.len());
    [head.as_bytes(), bytes, b"\nendstream"].concat()
}

fn assemble(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend([format!("{} 0 obj\n", n + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    out.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    out.extend(format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n", places.len() + 1).bytes());
    out
}

/// A text of an answer; empty where it is not there.
pub fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

/// A number of an answer; 0 where it is not there.
pub fn number(value: &Value, pointer: &str) -> u64 {
    value.pointer(pointer).and_then(Value::as_u64).unwrap_or(0)
}
