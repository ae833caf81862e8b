//! Sound PDFs to begin from: one for each kind of thing that a reader meets.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::streams::deflate;
use crate::pdf_maker::{Maker, simple};

/// Files larger than this make a run slow and show nothing more.
const SEED_MAX: u64 = 3 << 20;

/// The made ones, and every PDF below the folders.
pub fn all(folders: &[PathBuf]) -> Vec<Vec<u8>> {
    let mut seeds = made();
    let mut found = Vec::new();
    folders.iter().for_each(|folder| collect(folder, &mut found));
    found.sort();
    seeds.extend(found.iter().filter_map(|path| std::fs::read(path).ok()));
    seeds
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "pdf")
            && entry.metadata().is_ok_and(|data| data.len() <= SEED_MAX)
        {
            into.push(path);
        }
    }
}

/// Made here, so that they are the same everywhere.
pub fn made() -> Vec<Vec<u8>> {
    vec![
        simple("some words to spoil"),
        paper(),
        marked(),
        drawn(),
        with_fonts(),
        packed_objects(),
        include_bytes!("../fixtures/pdf/locked.pdf").to_vec(),
        include_bytes!("../fixtures/pdf/owner-locked.pdf").to_vec(),
    ]
}

/// Something like a paper: title, names, abstract, headings, citations, references, packed pages.
pub fn paper() -> Vec<u8> {
    let mut maker = Maker::new();
    let mut page = String::from(
        "BT /F1 18 Tf 100 720 Td (A Study of Readings) Tj ET BT /F1 11 Tf 120 690 Td (Ada Muster, Ben Probe) Tj ET ",
    );
    page.push_str("BT /F1 10 Tf 12 TL 72 640 Td (Abstract) Tj T* ");
    for line in 0..30 {
        let _ = write!(page, "(Line {line} cites a work [{}] and Muster \\(2031\\) in passing.) Tj T* ", line % 7 + 1);
    }
    page.push_str("ET");
    maker.raw_page("", page.as_bytes());
    let mut list = String::from("BT /F1 12 Tf 72 700 Td (References) Tj ET BT /F1 9 Tf 11 TL 72 680 Td ");
    for number in 1..=20 {
        let _ = write!(
            list,
            "([{number}] A. Muster and B. Probe. On reading {number}. Journal of Tests, {number}\\(2\\):1-9, 2031.) Tj T* "
        );
        list.push_str("(doi:10.1234/abcd.5678) Tj T* ");
    }
    list.push_str("ET");
    let packed = maker.stream("/Filter /FlateDecode", &deflate(list.as_bytes()));
    maker.raw_page(&format!("/Contents {packed} 0 R"), b"");
    maker.finish()
}

/// Outline, labels, names, links, annotations, form fields.
fn marked() -> Vec<u8> {
    let annotations = "/Annots [\
        << /Type /Annot /Subtype /Link /Rect [72 690 200 712] /A << /S /URI /URI (https://example.org/a) >> >>\
        << /Type /Annot /Subtype /Link /Rect [72 650 200 672] /Dest (place) >>\
        << /Type /Annot /Subtype /Highlight /Rect [72 600 200 620] /QuadPoints [72 620 200 620 72 600 200 600]\
           /Contents (a remark) /T (Muster) /C [1 1 0] >>\
        << /Type /Annot /Subtype /Widget /FT /Tx /T (field) /V (value) /Rect [72 500 200 520] >> ]";
    let mut maker =
        Maker::new().page("", &[(72.0, 700.0, 12.0, "front")]).page(annotations, &[(72.0, 700.0, 12.0, "body")]);
    let first = maker.object("<< /Title (Chapter) /Parent 10 0 R /Next 9 0 R /Dest [5 0 R /XYZ 0 500 0] >>");
    let second = maker.object("<< /Title (Second) /Parent 10 0 R /Prev 8 0 R /A << /S /GoTo /D (place) >> >>");
    let outline = maker.object(format!("<< /Type /Outlines /First {first} 0 R /Last {second} 0 R /Count 2 >>"));
    let names = maker.object("<< /Limits [(a) (z)] /Names [(place) [7 0 R /XYZ 0 300 0]] >>");
    let tree = maker.object(format!("<< /Dests << /Kids [{names} 0 R] >> >>"));
    let labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /P (A-) >>] >>";
    maker.catalogue(&format!("{labels} /Outlines {outline} 0 R /Names {tree} 0 R /AcroForm << /Fields [] >>")).finish()
}

/// Forms, patterns, shadings, functions, pictures, states, a soft mask.
fn drawn() -> Vec<u8> {
    let mut maker = Maker::new();
    let inner = maker.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>",
        b"BT /F1 9 Tf 72 600 Td (in a form) Tj ET",
    );
    let picture = maker.stream(
        "/Type /XObject /Subtype /Image /Width 16 /Height 16 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode \
         /DecodeParms << /Predictor 15 /Colors 3 /Columns 16 >>",
        &deflate(&[0x55; 16 * 49]),
    );
    let mask = maker
        .stream("/Type /XObject /Subtype /Image /ImageMask true /Width 8 /Height 8 /BitsPerComponent 1", &[0xAA; 8]);
    let function = maker.object("<< /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >>");
    let stitched = maker.object(format!(
        "<< /FunctionType 3 /Domain [0 1] /Functions [{function} 0 R {function} 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>"
    ));
    let axial = format!("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 600 0] /Function {stitched} 0 R >>");
    let shading = maker.object(axial);
    let tiling = maker.stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>",
        b"1 0 0 rg 0 0 5 5 re f",
    );
    let group = maker
        .stream("/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Group << /S /Transparency >>", b"0 0 50 50 re f");
    let state = maker.object(format!("<< /Type /ExtGState /ca 0.5 /SMask << /S /Luminosity /G {group} 0 R >> >>"));
    let resources = format!(
        "/Resources << /Font << /F1 3 0 R >> /XObject << /X {inner} 0 R /I {picture} 0 R /M {mask} 0 R >> /Shading << /S {shading} 0 R >> \
         /Pattern << /P {tiling} 0 R >> /ExtGState << /G {state} 0 R >> /ColorSpace << /C [/Indexed /DeviceRGB 1 <ff000000ff00>] >> >>"
    );
    let content = b"q 2 0 0 2 0 0 cm /X Do Q q 99 0 0 99 9 9 cm /I Do /M Do Q /S sh /Pattern cs /P scn 9 9 200 200 re f q /G gs 0 0 9 9 re f Q \
        BT /F1 12 Tf 72 700 Td [(spread) -200 (out)] TJ ET BI /W 4 /H 4 /CS /G /BPC 8 ID 0123456789abcdef EI";
    maker.raw_page(&resources, content);
    maker.finish()
}

/// A font of glyph streams, a composite one with maps of codes.
fn with_fonts() -> Vec<u8> {
    let mut maker = Maker::new();
    let glyph = maker.stream("", b"500 0 0 0 500 500 d1 0 0 500 500 re f");
    let drawn = maker.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a {glyph} 0 R >> \
         /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [500] /Resources << >> >>"
    ));
    let map = maker.stream(
        "",
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange \
          2 beginbfrange <0000> <00ff> <0041> <0100> <0102> [<0061> <0062> <d835dc00>] endbfrange endcmap",
    );
    let descriptor = maker.object(
        "<< /Type /FontDescriptor /FontName /Probe /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
    );
    let child = maker.object(format!(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Probe /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> \
         /FontDescriptor {descriptor} 0 R /DW 1000 /W [0 [500 600] 10 20 700] >>"
    ));
    let composite = maker.object(format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /Probe /Encoding /Identity-H /DescendantFonts [{child} 0 R] /ToUnicode {map} 0 R >>"
    ));
    maker.font("T3", drawn);
    maker.font("C0", composite);
    maker.raw_page("", b"BT /T3 12 Tf 72 700 Td (aaa) Tj /C0 12 Tf 0 -20 Td <000100020100> Tj ET");
    maker.finish()
}

/// Objects in an object stream, found by a cross-reference stream.
fn packed_objects() -> Vec<u8> {
    let bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let (mut index, mut body) = (String::new(), String::new());
    for (number, object) in (1..).zip(bodies) {
        let _ = write!(index, "{number} {} ", body.len());
        let _ = write!(body, "{object} ");
    }
    let mut file = b"%PDF-1.7\n".to_vec();
    let content = file.len();
    let words = deflate(b"BT /F1 12 Tf 72 700 Td (from a packed object) Tj ET");
    push_stream(&mut file, 5, "/Filter /FlateDecode", &words);
    let objects = file.len();
    let entries = format!("/Type /ObjStm /N {} /First {} /Filter /FlateDecode", bodies.len(), index.len());
    push_stream(&mut file, 6, &entries, &deflate(format!("{index}{body}").as_bytes()));
    let start = file.len();
    let mut table = vec![0_u8, 0, 0, 0];
    (0..4_u8).for_each(|nth| table.extend([2, 0, 6, nth]));
    for at in [content, objects, start] {
        table.extend([1, (at >> 8) as u8, at as u8, 0]);
    }
    push_stream(&mut file, 7, "/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode", &deflate(&table));
    file.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    file
}

/// An object with a stream at the end of a file.
pub fn push_stream(file: &mut Vec<u8>, number: usize, entries: &str, bytes: &[u8]) {
    file.extend(format!("{number} 0 obj\n<< /Length {} {entries} >>\nstream\n", bytes.len()).bytes());
    file.extend(bytes);
    file.extend(b"\nendstream\nendobj\n");
}
