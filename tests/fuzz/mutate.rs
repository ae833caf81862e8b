//! Changes to PDFs: of bytes, of tokens, of objects, and inside packed streams.

use super::numbers::Numbers;
use super::streams::{deflate, inflate};

/// Larger files are not made.
const SIZE_MAX: usize = 4 << 20;
/// Of a packed stream so much is changed and packed again.
const STREAM_MAX: u64 = 1 << 20;

/// The names of all kinds, and what each does.
pub const KINDS: [(&str, fn(&mut Vec<u8>, &[Vec<u8>], &mut Numbers)); 20] = [
    ("bits", |file, _, numbers| bits(file, numbers)),
    ("bytes", |file, _, numbers| bytes(file, numbers)),
    ("cut", cut),
    ("hole", hole),
    ("doubled part", doubled),
    ("splice", splice),
    ("object again", object_again),
    ("numbers", numbers),
    ("lengths", lengths),
    ("names swapped", names_swapped),
    ("references", references),
    ("itself", itself),
    ("nesting", nesting),
    ("filters", filters),
    ("boxes", boxes),
    ("tables", tables),
    ("encrypted", encrypted),
    ("stream", |file, _, numbers| in_stream(file, numbers, noise)),
    ("stream tokens", |file, _, numbers| in_stream(file, numbers, operators)),
    ("entries", entries),
];

/// The mutant of that number, and which kinds of change made it.
pub fn mutant(seeds: &[Vec<u8>], numbers: &mut Numbers) -> (Vec<u8>, Vec<&'static str>) {
    let mut file = numbers.pick(seeds).clone();
    let mut kinds = Vec::new();
    for _ in 0..1 + numbers.small(4) {
        let (name, change) = numbers.pick(&KINDS);
        change(&mut file, seeds, numbers);
        kinds.push(*name);
        file.truncate(SIZE_MAX);
    }
    (file, kinds)
}

fn bits(file: &mut [u8], numbers: &mut Numbers) {
    for _ in 0..1 + numbers.small(64) {
        let at = numbers.below(file.len());
        if let Some(byte) = file.get_mut(at) {
            *byte ^= 1 << numbers.below(8);
        }
    }
}

fn bytes(file: &mut [u8], numbers: &mut Numbers) {
    for _ in 0..1 + numbers.small(8) {
        let part = numbers.part(file.len(), 64);
        file[part].iter_mut().for_each(|byte| *byte = numbers.byte());
    }
}

fn cut(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let left = numbers.below(file.len());
    file.truncate(left);
}

fn hole(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let part = numbers.part(file.len(), 4096);
    file.drain(part);
}

fn doubled(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let piece = file[numbers.part(file.len(), 4096)].to_vec();
    let at = numbers.below(file.len());
    let times = 1 + numbers.small(64);
    file.splice(at..at, piece.repeat(times));
}

fn splice(file: &mut Vec<u8>, seeds: &[Vec<u8>], numbers: &mut Numbers) {
    let other = numbers.pick(seeds);
    let (here, there) = (numbers.below(file.len()), numbers.below(other.len()));
    file.truncate(here);
    file.extend(&other[there..]);
}

/// Places of a word.
fn places(file: &[u8], word: &[u8]) -> Vec<usize> {
    // A large file has thousands; the first ones are enough to choose from.
    file.windows(word.len()).enumerate().filter(|(_, window)| *window == word).map(|(at, _)| at).take(2_000).collect()
}

fn one_place(file: &[u8], word: &[u8], numbers: &mut Numbers) -> Option<usize> {
    let found = places(file, word);
    (!found.is_empty()).then(|| *numbers.pick(&found))
}

/// Runs of digits with sign and point.
fn number_places(file: &[u8], numbers: &mut Numbers) -> Option<std::ops::Range<usize>> {
    let from = numbers.below(file.len());
    let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.".contains(byte);
    let start = from + file[from..].iter().take(10_000).position(u8::is_ascii_digit)?;
    let begin = start - file[..start].iter().rev().take_while(|byte| is_part(byte)).count();
    let length = file[begin..].iter().take_while(|byte| is_part(byte)).count();
    Some(begin..begin + length)
}

const ODD_NUMBERS: [&str; 22] = [
    "0",
    "-1",
    "1",
    "2",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "-2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "99999999999999999999999999",
    "1e38",
    "-0.0000001",
    "3.4e39",
    ".",
    "--5",
    "1000000",
    "16777216",
    "nan",
];

fn numbers(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    for _ in 0..1 + numbers.small(16) {
        let Some(place) = number_places(file, numbers) else { return };
        let other = *numbers.pick(&ODD_NUMBERS);
        file.splice(place, other.bytes());
    }
}

fn lengths(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    const KEYS: [&[u8]; 8] =
        [b"/Length ", b"/Count ", b"/Size ", b"/N ", b"/First ", b"/Width ", b"/Height ", b"/Columns "];
    let key = *numbers.pick(&KEYS);
    let Some(at) = one_place(file, key, numbers) else { return };
    let begin = at + file[at..].iter().position(|byte| *byte == b' ').unwrap_or(0) + 1;
    let length = file[begin.min(file.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let other = *numbers.pick(&ODD_NUMBERS);
    file.splice(begin..begin + length, other.bytes());
}

fn name_place(file: &[u8], numbers: &mut Numbers) -> Option<std::ops::Range<usize>> {
    let from = numbers.below(file.len());
    let at = from + file[from..].iter().take(10_000).position(|byte| *byte == b'/')?;
    let length = file[at + 1..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    Some(at..at + 1 + length)
}

fn names_swapped(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    for _ in 0..1 + numbers.small(4) {
        let (Some(one), Some(other)) = (name_place(file, numbers), name_place(file, numbers)) else { return };
        let name = file[other].to_vec();
        file.splice(one, name);
    }
}

/// `begin..end` of the object that a place lies in.
fn object_around(file: &[u8], numbers: &mut Numbers) -> Option<std::ops::Range<usize>> {
    let at = one_place(file, b" 0 obj", numbers)?;
    let begin = at - file[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let end = begin + file[begin..].windows(6).position(|window| window == b"endobj")? + 6;
    Some(begin..end)
}

fn object_again(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let Some(place) = object_around(file, numbers) else { return };
    let object = file[place.clone()].to_vec();
    let digits = object.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let other = format!("\n{}", 1 + numbers.small(40)).into_bytes();
    let times = 1 + numbers.small(20);
    let again: Vec<u8> = [other, object[digits..].to_vec()].concat().repeat(times);
    file.splice(place.end..place.end, again);
}

fn references(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    for _ in 0..1 + numbers.small(8) {
        let Some(at) = one_place(file, b" 0 R", numbers) else { return };
        let begin = at - file[..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let other = numbers.small(40).to_string();
        file.splice(begin..at, other.bytes());
    }
}

/// An entry by which an object leads to itself.
fn itself(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    const KEYS: [&str; 20] = [
        "Kids",
        "Parent",
        "First",
        "Next",
        "Prev",
        "Names",
        "Nums",
        "Contents",
        "Resources",
        "XObject",
        "Font",
        "DescendantFonts",
        "ToUnicode",
        "Encoding",
        "Pattern",
        "Shading",
        "Function",
        "Functions",
        "SMask",
        "CharProcs",
    ];
    let Some(place) = object_around(file, numbers) else { return };
    let digits = file[place.start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = String::from_utf8_lossy(&file[place.start..place.start + digits]).into_owned();
    let Some(open) = file[place.clone()].windows(2).position(|window| window == b"<<") else { return };
    let key = numbers.pick(&KEYS);
    let reference = format!("{number} 0 R");
    let entry = match numbers.below(3) {
        0 => format!("/{key} {reference} "),
        1 => format!("/{key} [{reference} {reference}] "),
        _ => format!("/{key} << /A {reference} /X {reference} >> "),
    };
    let at = place.start + open + 2;
    file.splice(at..at, entry.bytes());
}

fn nesting(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    const OPENINGS: [&[u8]; 8] = [b"[", b"<<", b"<< /A ", b"(", b"q ", b"BT ", b"/A BMC ", b"{ "];
    let piece = numbers.pick(&OPENINGS).repeat(1 + numbers.small(20_000));
    let at = numbers.below(file.len());
    file.splice(at..at, piece);
}

const FILTERS: [&str; 10] = [
    "FlateDecode",
    "LZWDecode",
    "ASCIIHexDecode",
    "ASCII85Decode",
    "RunLengthDecode",
    "CCITTFaxDecode",
    "JBIG2Decode",
    "DCTDecode",
    "JPXDecode",
    "Crypt",
];

fn filters(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let chain: String = (0..1 + numbers.small(24)).map(|_| format!("/{} ", numbers.pick(&FILTERS))).collect();
    let parameters = *numbers.pick(&[
        "",
        "/DecodeParms << /Predictor 12 /Columns 2147483647 >>",
        "/DecodeParms << /Predictor 15 /Colors 2147483647 /BitsPerComponent 16 /Columns 65536 >>",
        "/DecodeParms << /K -1 /Columns 1000000 /Rows 1000000 >>",
        "/DecodeParms [null << /EarlyChange 0 >>]",
    ]);
    let Some(at) = one_place(file, b"/Length", numbers) else { return };
    file.splice(at..at, format!("/Filter [{chain}] {parameters} ").bytes());
}

fn boxes(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    const KEYS: [&[u8]; 6] = [b"/MediaBox", b"/BBox", b"/Rect", b"/FontBBox", b"/Matrix", b"/Coords"];
    let key = *numbers.pick(&KEYS);
    let Some(at) = one_place(file, key, numbers) else { return };
    let values: Vec<&str> = (0..4).map(|_| *numbers.pick(&ODD_NUMBERS)).collect();
    let array = format!(" [{}] ", values.join(" "));
    let from = at + key.len();
    let to = file[from..].iter().take(200).position(|byte| *byte == b']').map_or(from, |end| from + end + 1);
    file.splice(from..to, array.bytes());
}

/// Cross-reference tables that lead to themselves, to nothing, or to much.
fn tables(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let at = numbers.below(file.len());
    match numbers.below(5) {
        0 => {
            let start = one_place(file, b"startxref", numbers).unwrap_or(at);
            file.splice(start..start, format!("startxref\n{at}\n%%EOF\n").bytes());
        }
        1 => {
            let Some(trailer) = one_place(file, b"trailer", numbers) else { return };
            let table = one_place(file, b"xref", numbers).unwrap_or(at);
            let from = trailer + file[trailer..].windows(2).position(|window| window == b"<<").map_or(0, |at| at + 2);
            file.splice(from..from, format!("/Prev {table} /XRefStm {table} ").bytes());
        }
        2 => file.extend(
            format!(
                "xref\n0 4294967295\ntrailer\n<< /Size 4294967295 /Root 1 0 R /Prev {at} >>\nstartxref\n{}\n%%EOF\n",
                file.len()
            )
            .bytes(),
        ),
        3 => {
            let Some(table) = one_place(file, b"xref", numbers) else { return };
            let part = table..(table + 300).min(file.len());
            for _ in 0..20 {
                let place = part.start + numbers.below(part.len());
                file[place] = *numbers.pick(b"0123456789 \nfn");
            }
        }
        _ => {
            let start = file.len();
            let entries = format!(
                "/Type /XRef /Size {} /W [1 8 8] /Index [0 2147483647] /Root 1 0 R /Prev {start}",
                numbers.pick(&ODD_NUMBERS)
            );
            super::seeds::push_stream(file, 90, &entries, &[1; 170]);
            file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        }
    }
}

fn encrypted(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    let Some(trailer) = one_place(file, b"trailer", numbers) else { return };
    let Some(open) = file[trailer..].windows(2).position(|window| window == b"<<") else { return };
    let (version, revision) = (numbers.below(7), numbers.below(8));
    let bits = numbers.pick(&ODD_NUMBERS);
    let key = "41".repeat(*numbers.pick(&[0, 16, 32, 48, 127]));
    let entry = format!(
        "/ID [<00> <00>] /Encrypt << /Filter /Standard /V {version} /R {revision} /Length {bits} /P -4 /O <{key}> /U <{key}> \
         /CF << /StdCF << /CFM /AESV{} /Length {bits} >> >> /StmF /StdCF /StrF /StdCF >> ",
        numbers.below(4)
    );
    let at = trailer + open + 2;
    file.splice(at..at, entry.bytes());
}

/// Entries that mean something, somewhere.
fn entries(file: &mut Vec<u8>, _: &[Vec<u8>], numbers: &mut Numbers) {
    const ENTRIES: [&str; 22] = [
        "/Type /ObjStm /N 99999 /First 0",
        "/Type /XRef",
        "/Kids [1 0 R 2 0 R 3 0 R]",
        "/Count -5",
        "/Rotate 91",
        "/Rotate 2147483647",
        "/UserUnit 1e30",
        "/Subtype /Type3",
        "/Subtype /Type0 /DescendantFonts [3 0 R]",
        "/ShadingType 7",
        "/FunctionType 4",
        "/Length 4 0 R",
        "/Filter 3 0 R",
        "/Encoding /Identity-V",
        "/W [0 2147483647 1]",
        "/FirstChar -9 /LastChar 999999 /Widths [1]",
        "/ToUnicode 1 0 R",
        "/Linearized 1 /L 1 /O 1 /E 1 /N 1 /T 1 /H [1 1]",
        "/Contents [4 0 R 4 0 R 4 0 R]",
        "/PatternType 1",
        "/Group << /S /Transparency >>",
        "/Extends 6 0 R",
    ];
    for _ in 0..1 + numbers.small(6) {
        let Some(at) = one_place(file, b"<<", numbers) else { return };
        let entry = *numbers.pick(&ENTRIES);
        file.splice(at + 2..at + 2, format!(" {entry} ").bytes());
    }
}

/// Unpacks a stream, changes it, and packs it again.
fn in_stream(file: &mut Vec<u8>, numbers: &mut Numbers, change: fn(&mut Vec<u8>, &mut Numbers)) {
    let Some(at) = one_place(file, b"stream", numbers) else { return };
    let begin = at + 6 + file[at + 6..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
    let Some(length) = file[begin..].windows(9).position(|window| window == b"endstream") else { return };
    let mut plain = inflate(&file[begin..begin + length], STREAM_MAX);
    let was_packed = !plain.is_empty();
    if !was_packed {
        plain = file[begin..begin + length].to_vec();
    }
    change(&mut plain, numbers);
    let packed = if was_packed { deflate(&plain) } else { plain };
    file.splice(begin..begin + length, packed);
}

fn noise(plain: &mut Vec<u8>, numbers: &mut Numbers) {
    match numbers.below(3) {
        0 => bits(plain, numbers),
        1 => bytes(plain, numbers),
        _ => self::numbers(plain, &[], numbers),
    }
}

fn operators(plain: &mut Vec<u8>, numbers: &mut Numbers) {
    const OPERATORS: [&str; 24] = [
        "q ",
        "Q ",
        "1e30 0 0 1e30 0 0 cm ",
        "0 0 0 0 0 0 cm ",
        "/X Do ",
        "/I Do ",
        "BT ",
        "ET ",
        "/F1 1e30 Tf ",
        "/F1 0 Tf ",
        "(\\377\\376words) Tj ",
        "[(a) 1e30 (b) -1e30] TJ ",
        "99999 TL T* ",
        "1e20 Tc ",
        "nan nan Td ",
        "0 0 1e9 1e9 re f ",
        "/P scn ",
        "/S sh ",
        "W n ",
        "[0.0001] 0 d 0 0 m 1e6 1e6 l S ",
        "1 0 0 1 0 0 Tm ",
        "3 Tr ",
        "BI /W 99999 /H 99999 /BPC 8 /CS /RGB ID EI ",
        "/A /B BDC ",
    ];
    for _ in 0..1 + numbers.small(40) {
        let at = numbers.below(plain.len());
        let word = numbers.pick(&OPERATORS).repeat(1 + numbers.small(50));
        plain.splice(at..at, word.bytes());
    }
}
