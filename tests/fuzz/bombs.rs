//! Small files that unfold to gigabytes or call themselves for ever: read and drawn by real workers, each ends within the
//! limits, and the next file is read.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use scrollkeeper::domain::facts::ReadErrorCode;
use scrollkeeper::pdf::Limits;

use super::files::{OUTCOMES, Workers, file, next_is_read, outcome};
use super::seeds::push_stream;
use super::streams::{deflate, deflated_run, hex};
use crate::pdf_maker::{Maker, simple};

/// Far below those of a server: what has no end costs this much here.
const LIMITS: Limits =
    Limits { wall_ms: 6_000, cpu_s: 1, memory_bytes: 256 << 20, max_pages: 100, max_image_pixels: 4_000_000 };
/// What a busy machine may add.
const SLACK: Duration = Duration::from_secs(20);
/// More than any limit here; half a gigabyte takes long enough to pack.
const HUGE: usize = 512 << 20;
/// What each file is called, and the file.
type Bomb = (&'static str, Vec<u8>);

/// A page that uses these resources in this content.
fn page(mut maker: Maker, resources: &str, content: &[u8]) -> Vec<u8> {
    maker.raw_page(&format!("/Resources << /Font << /F1 3 0 R >> {resources} >>"), content);
    maker.finish()
}

/// Something packed twice: a few hundred bytes for what is unpacked.
fn twice(byte: u8) -> Vec<u8> {
    deflate(&deflated_run(byte, HUGE))
}

const TWICE: &str = "/Filter [/FlateDecode /FlateDecode]";

/// Streams that are packed and unfold.
fn packed() -> Vec<Bomb> {
    let once = deflated_run(b' ', HUGE);
    let mut out = Vec::new();

    let mut maker = Maker::new();
    let content = maker.stream("/Filter /FlateDecode", &once);
    maker.raw_page(&format!("/Contents {content} 0 R"), b"");
    out.push(("content", maker.finish()));

    let mut maker = Maker::new();
    let content = maker.stream(TWICE, &twice(b' '));
    maker.raw_page(&format!("/Contents [{}]", format!("{content} 0 R ").repeat(200)), b"");
    out.push(("content packed twice, two hundred times", maker.finish()));

    let mut maker = Maker::new();
    let chain = "/ASCIIHexDecode ".repeat(12);
    let mut bytes = deflated_run(b' ', HUGE / 64);
    for _ in 0..12 {
        bytes = if bytes.len() < 1 << 20 { hex(&bytes) } else { bytes };
    }
    let content = maker.stream(&format!("/Filter [{chain} {}]", "/FlateDecode ".repeat(500)), &bytes);
    maker.raw_page(&format!("/Contents {content} 0 R"), b"");
    out.push(("a chain of filters", maker.finish()));

    let mut words = b"BT /F1 9 Tf 72 700 Td ".to_vec();
    words.extend(b"(some words in a long text) Tj 0 -1 Td ".repeat(1_000_000));
    words.extend(b"ET");
    let mut maker = Maker::new();
    let content = maker.stream("/Filter /FlateDecode", &deflate(&words));
    maker.raw_page(&format!("/Contents {content} 0 R"), b"");
    out.push(("a million lines", maker.finish()));

    let mut maker = Maker::new();
    let letters = maker.stream(
        "/Filter /FlateDecode",
        &deflate(&[b"BT /F1 9 Tf (".as_slice(), &vec![b'x'; 60 << 20], b") Tj ET"].concat()),
    );
    maker.raw_page(&format!("/Contents {letters} 0 R"), b"");
    out.push(("sixty million letters", maker.finish()));

    let mut objects = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n".to_vec();
    push_stream(&mut objects, 6, &format!("/Type /ObjStm /N 1000000 /First 9 {TWICE}"), &twice(b'1'));
    let start = objects.len();
    let table = [0, 0, 0, 0, 1, 0, 9, 0, 2, 0, 6, 0, 2, 0, 6, 1, 2, 0, 6, 2, 2, 0, 6, 3, 1, 0, 60, 0, 1, 9, 9, 0];
    push_stream(&mut objects, 7, "/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R", &table);
    objects.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out.push(("a stream of objects", objects));

    let mut table = simple("in a table");
    let start = table.len();
    push_stream(&mut table, 9, &format!("/Type /XRef /Size 2000000000 /W [1 2 1] /Root 1 0 R {TWICE}"), &twice(1));
    table.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    out.push(("a table of objects", table));

    let mut maker = Maker::new();
    let parameters = "/DecodeParms << /Predictor 15 /Colors 32 /BitsPerComponent 16 /Columns 2000000000 >>";
    let content = maker.stream(&format!("/Filter /FlateDecode {parameters}"), &once);
    maker.raw_page(&format!("/Contents {content} 0 R"), b"");
    out.push(("a predictor of wide rows", maker.finish()));
    out
}

/// Pictures, profiles, fonts and maps of codes.
fn resources() -> Vec<Bomb> {
    let mut out = Vec::new();
    let mut picture = |name: &'static str, entries: &str, bytes: &[u8]| {
        let mut maker = Maker::new();
        let picture = maker.stream(&format!("/Type /XObject /Subtype /Image {entries}"), bytes);
        out.push((name, page(maker, &format!("/XObject << /I {picture} 0 R >>"), b"q 600 0 0 700 0 0 cm /I Do Q")));
    };
    let rgb = "/ColorSpace /DeviceRGB /BitsPerComponent 8";
    picture("a picture", &format!("/Width 20000 /Height 20000 {rgb} {TWICE}"), &twice(7));
    picture(
        "a picture of two thousand million columns",
        &format!("/Width 2147483647 /Height 2147483647 {rgb} {TWICE}"),
        &twice(7),
    );
    picture(
        "a fax",
        "/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 60000 >>",
        &[0xFF; 40],
    );
    picture(
        "a bilevel picture",
        "/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode",
        &jbig2(0xFFFF_FFF0),
    );
    picture(
        "another bilevel picture",
        "/Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /JBIG2Decode",
        &jbig2(65_000),
    );
    picture("a wavelet picture", &format!("/Width 60000 /Height 60000 {rgb} /Filter /JPXDecode"), &jpx(0x7FFF_FFFF));
    picture("another wavelet picture", &format!("/Width 60000 /Height 60000 {rgb} /Filter /JPXDecode"), &jpx(60_000));
    picture("a photograph", &format!("/Width 65500 /Height 65500 {rgb} /Filter /DCTDecode"), &jpeg());
    let lookup = format!("/ColorSpace [/Indexed /DeviceRGB 255 ({})]", "x".repeat(768));
    picture(
        "a picture with a table",
        &format!("/Width 30000 /Height 30000 {lookup} /BitsPerComponent 8 {TWICE}"),
        &twice(7),
    );

    let mut maker = Maker::new();
    let profile = maker.stream(&format!("/N 3 {TWICE}"), &twice(0));
    let picture = maker.stream(&format!("/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace [/ICCBased {profile} 0 R]"), &[5; 243]);
    out.push((
        "a profile of colours",
        page(maker, &format!("/XObject << /I {picture} 0 R >>"), b"q 600 0 0 700 0 0 cm /I Do Q"),
    ));

    let mut maker = Maker::new();
    let program = maker.stream(&format!("/Length1 {HUGE} {TWICE}"), &twice(0));
    let descriptor = maker.object(format!(
        "<< /Type /FontDescriptor /FontName /Probe /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 /FontFile2 {program} 0 R >>"
    ));
    let font = maker.object(format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /Probe /FirstChar 0 /LastChar 2000000000 /Widths [500] /FontDescriptor {descriptor} 0 R >>"
    ));
    maker.font("T1", font);
    maker.raw_page("", b"BT /T1 12 Tf 72 700 Td (words) Tj ET");
    out.push(("the program of a font", maker.finish()));

    for (name, entries, map) in [
        ("a map of codes", TWICE, twice(b'<')),
        (
            "a map of all codes",
            "",
            format!(
                "begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange {} endcmap",
                "100 beginbfrange <00000000> <ffffffff> <00000041> <0000> <ffff> <0041> endbfrange ".repeat(40)
            )
            .into_bytes(),
        ),
    ] {
        let mut maker = Maker::new();
        let map = maker.stream(entries, &map);
        let child = maker.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Probe /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /W [0 2000000000 500] >>");
        let font = maker.object(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /Probe /Encoding {map} 0 R /DescendantFonts [{child} 0 R] /ToUnicode {map} 0 R >>"
        ));
        maker.font("C0", font);
        maker.raw_page("", b"BT /C0 12 Tf 72 700 Td <0001000200030004> Tj ET");
        out.push((name, maker.finish()));
    }
    out
}

/// The beginning of a bilevel picture: a page of so many rows and columns.
fn jbig2(side: u32) -> Vec<u8> {
    let mut bytes = vec![0, 0, 0, 0, 48, 0, 1, 0, 0, 0, 19];
    bytes.extend(side.to_be_bytes());
    bytes.extend(side.to_be_bytes());
    bytes.extend([0; 11]);
    // A region of text as large.
    bytes.extend([0, 0, 0, 1, 38, 0, 1, 0, 0, 0, 40]);
    bytes.extend(side.to_be_bytes());
    bytes.extend(side.to_be_bytes());
    bytes.extend([0; 32]);
    bytes
}

fn jpx(side: u32) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0x4F, 0xFF, 0x51, 0, 47, 0, 0];
    for value in [side, side, 0, 0, side, side, 0, 0] {
        bytes.extend(value.to_be_bytes());
    }
    bytes.extend([0, 3, 7, 1, 1, 7, 1, 1, 7, 1, 1]);
    bytes.extend([0xFF, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 0]);
    bytes.extend([0xFF, 0x5C, 0, 19, 0x40]);
    bytes.extend([0x48; 16]);
    bytes.extend([0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0x93]);
    bytes.extend([0x55; 40]);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// Progressive, so that all of it must be held at once.
fn jpeg() -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0];
    bytes.extend([1; 64]);
    bytes.extend([0xFF, 0xC2, 0, 17, 8, 0xFF, 0xDC, 0xFF, 0xDC, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
    bytes.extend([0xFF, 0xC4, 0, 20, 0, 1]);
    bytes.extend([0; 15]);
    bytes.extend([0]);
    bytes.extend([0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0]);
    bytes.extend([0; 60]);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

/// Objects that lead to themselves, or to so many that it is the same.
fn endless() -> Vec<Bomb> {
    let mut out = Vec::new();
    let bare = |body: &str| {
        format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n{body}\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
        )
        .into_bytes()
    };
    out.push(("pages in themselves", bare("2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 20000 >>\nendobj")));
    out.push((
        "pages in each other",
        bare("2 0 obj\n<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 9 >>\nendobj\n3 0 obj\n<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 9 >>\nendobj"),
    ));
    let mut deep = String::new();
    for nth in 2..20_000 {
        let _ = writeln!(deep, "{nth} 0 obj\n<< /Type /Pages /Kids [{} 0 R] /Count 1 >>\nendobj", nth + 1);
    }
    out.push(("pages below pages below pages", bare(&deep)));

    // Each form shows the next one twenty times.
    let mut maker = Maker::new();
    let font = "/Font << /F1 3 0 R >>";
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]";
    let mut last =
        maker.stream(&format!("{form} /Resources << {font} >>"), b"BT /F1 9 Tf 72 700 Td (deep) Tj ET 0 0 9 9 re f");
    for _ in 0..12 {
        last = maker
            .stream(&format!("{form} /Resources << {font} /XObject << /X {last} 0 R >> >>"), &b"/X Do ".repeat(20));
    }
    out.push(("forms of forms of forms", page(maker, &format!("/XObject << /X {last} 0 R >>"), b"/X Do")));

    let mut maker = Maker::new();
    let own = maker.object("null") + 1;
    let itself = maker.stream(&format!("{form} /Resources << /XObject << /X {own} 0 R >> >>"), &b"/X Do ".repeat(20));
    out.push(("a form of itself", page(maker, &format!("/XObject << /X {itself} 0 R >>"), b"/X Do")));

    let tiling = "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10]";
    let mut maker = Maker::new();
    let own = maker.object("null") + 1;
    let itself = maker.stream(
        &format!("{tiling} /XStep 10 /YStep 10 /Resources << /Pattern << /P {own} 0 R >> >>"),
        b"/Pattern cs /P scn 0 0 10 10 re f",
    );
    out.push((
        "a pattern of itself",
        page(maker, &format!("/Pattern << /P {itself} 0 R >>"), b"/Pattern cs /P scn 0 0 600 700 re f"),
    ));
    let mut maker = Maker::new();
    let fine =
        maker.stream(&format!("{tiling} /XStep 0.0001 /YStep 0.0001 /Resources << >>"), b"1 0 0 rg 0 0 5 5 re f");
    out.push((
        "a pattern of a million million tiles",
        page(maker, &format!("/Pattern << /P {fine} 0 R >>"), b"/Pattern cs /P scn 0 0 600 700 re f"),
    ));

    for (name, function) in [
        ("a function of itself", "<< /FunctionType 3 /Domain [0 1] /Functions [4 0 R 4 0 R] /Bounds [0.5] /Encode [0 1 0 1] >>".to_owned()),
        ("a function of a million samples", "<< /FunctionType 0 /Domain [0 1 0 1 0 1] /Range [0 1 0 1 0 1] /Size [9999 9999 9999] /BitsPerSample 32 /Length 4 >>\nstream\nabcd\nendstream".to_owned()),
        ("a function in brackets", format!("<< /FunctionType 4 /Domain [0 1] /Range [0 1 0 1 0 1] /Length 200000 >>\nstream\n{}\nendstream", "{".repeat(200_000))),
    ] {
        let mut maker = Maker::new();
        assert_eq!(maker.object(function), 4);
        let shading = maker.object("<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [0 0 600 0] /Function 4 0 R /Extend [true true] >>");
        out.push((name, page(maker, &format!("/Shading << /S {shading} 0 R >>"), b"/S sh")));
    }
    for (name, kind, row) in [
        ("a mesh of triangles", 4, ""),
        ("a lattice", 5, "/VerticesPerRow 2"),
        ("a mesh of patches", 6, ""),
        ("a mesh of tensors", 7, ""),
    ] {
        let mut maker = Maker::new();
        let patch: Vec<u8> = (0..29_u8).map(|nth| if nth == 0 { 0 } else { nth.wrapping_mul(37) }).collect();
        let many = deflate(&patch.repeat(2_000_000));
        let shading = maker.stream(
            &format!("/ShadingType {kind} /ColorSpace /DeviceRGB /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 {row} /Decode [0 600 0 700 0 1 0 1 0 1] /Filter /FlateDecode"),
            &many,
        );
        out.push((name, page(maker, &format!("/Shading << /S {shading} 0 R >>"), b"/S sh")));
    }

    let mut maker = Maker::new();
    let own = maker.object("null") + 1;
    let glyph = maker.stream("", b"500 0 d0 BT /T3 1 Tf (aaaaaaaaaa) Tj ET");
    let font = maker.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 500] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a {glyph} 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [500] /Resources << /Font << /T3 {} 0 R >> >> >>",
        own + 1
    ));
    maker.font("T3", font);
    maker.raw_page("", b"BT /T3 12 Tf 72 700 Td (aaaaaaaaaa) Tj ET");
    out.push(("a letter of itself", maker.finish()));

    let mut maker = Maker::new();
    let own = maker.object("null") + 1;
    let group = maker.stream(
        &format!(
            "{form} /Group << /S /Transparency /CS /DeviceRGB >> /Resources << /ExtGState << /G {} 0 R >> >>",
            own + 1
        ),
        b"/G gs 0 0 600 700 re f",
    );
    let state = maker.object(format!("<< /Type /ExtGState /SMask << /S /Luminosity /G {group} 0 R >> >>"));
    out.push(("a mask of itself", page(maker, &format!("/ExtGState << /G {state} 0 R >>"), b"/G gs 0 0 600 700 re f")));

    let mut maker = Maker::new();
    let outline = maker.object("<< /Type /Outlines /First 5 0 R /Last 5 0 R /Count 1000000 >>");
    maker.object("<< /Title (again) /Parent 4 0 R /First 4 0 R /Next 5 0 R /Dest (x) >>");
    let names = maker.object("<< /Limits [(a) (z)] /Kids [6 0 R 6 0 R] /Names [(x) 6 0 R] >>");
    let entries =
        format!("/Outlines {outline} 0 R /Names << /Dests {names} 0 R >> /PageLabels {names} 0 R /Dests {names} 0 R");
    let links = "<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest (x) >> ".repeat(2_000);
    out.push((
        "outline and names in themselves",
        maker.page(&format!("/Annots [{links}]"), &[]).catalogue(&entries).finish(),
    ));

    let mut chain = Maker::new();
    for nth in 0..60_000_usize {
        chain.object(format!(
            "<< /Title {} 0 R /First {} 0 R /Next {} 0 R /Dest [7 0 R /XYZ 0 0 0] >>",
            60_005,
            nth + 5,
            nth + 5
        ));
    }
    chain.object("null");
    let title = chain.object(format!("({})", "long ".repeat(12_000)));
    assert_eq!(title, 60_005);
    let outline = chain.object("<< /Type /Outlines /First 4 0 R >>");
    out.push((
        "an outline of one long title",
        chain.page("", &[]).catalogue(&format!("/Outlines {outline} 0 R")).finish(),
    ));
    out
}

/// Much of what is allowed.
fn many() -> Vec<Bomb> {
    let mut out = Vec::new();
    let mut maker = Maker::new();
    let remark = maker.object(format!("({})", "remark ".repeat(8_000)));
    let mark = format!("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents {remark} 0 R /T {remark} 0 R >> ");
    let link = format!("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI {remark} 0 R >> >> ");
    let all = maker.object(format!("[{}{}]", mark.repeat(4_000), link.repeat(4_000)));
    for _ in 0..64 {
        maker = maker.page(&format!("/Annots {all} 0 R"), &[(72.0, 700.0, 12.0, "marked")]);
    }
    let labels = format!("/PageLabels << /Nums [0 << /S /D /P {remark} 0 R >>] >>");
    out.push(("one remark in half a million places", maker.catalogue(&labels).finish()));

    // One page a hundred times, each with more text than a book.
    let mut words = b"BT /F1 1 Tf 1 TL 9 780 Td ".to_vec();
    words.extend(format!("({}) Tj T* ", "words in a line of text ".repeat(30)).repeat(700).bytes());
    words.extend(b"ET");
    let kids = "4 0 R ".repeat(100);
    let mut book = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count 100 >>\nendobj\n\
         3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n\
         4 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>\nendobj\n"
    )
    .into_bytes();
    push_stream(&mut book, 5, "/Filter /FlateDecode", &deflate(&words));
    book.extend(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
    out.push(("a book on each page", book));

    let mut maker = Maker::new();
    maker.raw_page("/MediaBox [-1e30 -1e30 1e30 1e30] /UserUnit 1e30 /Rotate 450", b"BT /F1 1e30 Tf (wide) Tj ET");
    out.push(("a page of all the world", maker.finish()));
    let mut maker = Maker::new();
    maker.raw_page("", b"[0.00001 0.00001] 0 d 0.001 w 0 0 m 1e6 1e6 l 5 5 m 600 700 l S");
    out.push(("a line of dashes", maker.finish()));
    let mut maker = Maker::new();
    let curves: Vec<u8> = b"0 0 m 600 700 0 700 600 0 c 300 1 2 300 9 9 c ".repeat(60_000);
    maker.raw_page("", &[curves, b"W n 0 0 600 700 re f".to_vec()].concat());
    out.push(("a path of curves", maker.finish()));
    let states =
        "/ExtGState << /G << /SMask << /S /Alpha /G 5 0 R >> /BM /ColorDodge /ca 0.5 >> >> /XObject << /X 5 0 R >>";
    let mut maker = Maker::new();
    maker.object("null");
    maker.stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Group << /S /Transparency /I true /K true >>",
        b"0 0 600 700 re f",
    );
    out.push(("groups upon groups", page(maker, states, &b"/G gs /X Do ".repeat(5_000))));

    let mut loop_table = simple("table after table");
    let start = loop_table.len();
    loop_table.extend(format!("xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 9 /Root 1 0 R /Prev {start} /XRefStm {start} >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out.push(("a table before itself", loop_table));
    let mut large = simple("many objects").to_vec();
    let start = large.len();
    large.extend(format!("xref\n0 4294967295\n0000000000 65535 f \ntrailer\n<< /Size 4294967295 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out.push(("four thousand million objects", large));

    let mut nested = Maker::new();
    nested.raw_page(
        "",
        &[b"BT /F1 9 Tf ".to_vec(), b"[".repeat(500_000), b"<< /A ".repeat(500_000), b"(".repeat(500_000)].concat(),
    );
    out.push(("brackets in a page", nested.finish()));
    let mut fonts = Maker::new();
    let mut content = String::from("BT 72 700 Td ");
    for nth in 0..3_000 {
        let font = fonts.object(format!("<< /Type /Font /Subtype /Type1 /BaseFont /Font{nth}{} >>", "x".repeat(100)));
        fonts.font(&format!("A{nth}"), font);
        let _ = write!(content, "/A{nth} 9 Tf (a) Tj ");
    }
    fonts.raw_page("", format!("{content} ET").as_bytes());
    out.push(("three thousand fonts", fonts.finish()));
    out
}

async fn check(bombs: Vec<Bomb>) {
    let workers = Workers::start(LIMITS);
    for (name, bytes) in bombs {
        assert!(bytes.len() < 8 << 20, "{name} is small: {}", bytes.len());
        let began = Instant::now();
        let read = workers.read(&bytes).await;
        let took = began.elapsed();
        let pages = read.as_ref().map_or(0, |document| document.head.pages.len()) as u32;
        assert!(OUTCOMES.contains(&outcome(&read)), "{name}: {read:?}");
        let most = Duration::from_millis(LIMITS.wall_ms) + Duration::from_millis(100) * pages.max(100) + SLACK;
        assert!(took < most, "{name} took {took:?} to read");
        let began = Instant::now();
        let drawn = workers.pool.page_image(file(&bytes).into(), None, 0, 320).await;
        let drawing = began.elapsed();
        assert!(drawing < Duration::from_millis(LIMITS.wall_ms) + SLACK, "{name} took {drawing:?} to draw");
        let how = drawn.as_ref().map_or_else(|failure| failure.code.public_code(), |_| "picture");
        println!(
            "{name}: {} bytes, {} in {} ms, {how} in {} ms",
            bytes.len(),
            outcome(&read),
            took.as_millis(),
            drawing.as_millis()
        );
        next_is_read(&workers, name).await;
        let heard = workers.heard();
        assert!(!heard.contains("panicked at"), "{name} made a rule panic:\n{heard}");
    }
}

#[tokio::test]
async fn what_is_packed_unfolds_within_the_limits() {
    check(packed()).await;
}

#[tokio::test]
async fn pictures_fonts_and_maps_unfold_within_the_limits() {
    check(resources()).await;
}

#[tokio::test]
async fn what_calls_itself_comes_to_an_end() {
    check(endless()).await;
}

#[tokio::test]
async fn much_of_what_is_allowed_stays_within_the_limits() {
    check(many()).await;
}

#[tokio::test]
async fn a_document_with_more_text_than_any_is_too_large() {
    let bombs = many();
    let (_, book) = bombs.iter().find(|(name, _)| *name == "a book on each page").unwrap();
    let workers = Workers::start(Limits { cpu_s: 60, wall_ms: 60_000, ..LIMITS });
    let failure = workers.read(book).await.unwrap_err();
    assert_eq!((failure.code, failure.worker_died), (ReadErrorCode::TooLarge, false), "{}", failure.message);
}
