//! Makes small PDFs, sound and broken ones, without any other program.

use std::fmt::Write as _;

/// A PDF under construction: its objects in order, the first is the catalogue.
pub struct Maker {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    catalogue: String,
    fonts: String,
}

/// Text at a place: x, y, size, words.
pub type Placed<'a> = (f32, f32, f32, &'a str);

impl Maker {
    /// Without pages.
    pub fn new() -> Self {
        // 1 catalogue, 2 page tree, 3 font
        let font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec();
        let objects = vec![Vec::new(), Vec::new(), font];
        Self { objects, pages: Vec::new(), catalogue: String::new(), fonts: String::new() }
    }

    /// Adds an object and gives its number.
    pub fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// Adds a stream with further entries in its dictionary.
    pub fn stream(&mut self, entries: &str, bytes: &[u8]) -> usize {
        let mut body = format!("<< /Length {} {entries} >>\nstream\n", bytes.len()).into_bytes();
        body.extend(bytes);
        body.extend(b"\nendstream");
        self.object(body)
    }

    /// Gives the pages that follow one more font.
    pub fn font(&mut self, name: &str, object: usize) {
        let _ = write!(self.fonts, " /{name} {object} 0 R");
    }

    /// Adds a page with text, of 612 by 792 points unless `entries` say otherwise.
    pub fn page(mut self, entries: &str, text: &[Placed<'_>]) -> Self {
        let mut content = String::new();
        for (x, y, size, words) in text {
            let escaped = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
            let _ = writeln!(content, "BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET");
        }
        self.raw_page(entries, content.as_bytes());
        self
    }

    /// Adds a page with this content stream.
    pub fn raw_page(&mut self, entries: &str, content: &[u8]) {
        let stream = self.stream("", content);
        let media = if entries.contains("/MediaBox") { "" } else { "/MediaBox [0 0 612 792]" };
        let page = self.object(format!(
            "<< /Type /Page /Parent 2 0 R {media} /Contents {stream} 0 R /Resources << /Font << /F1 3 0 R{} >> >> {entries} >>",
            self.fonts
        ));
        self.pages.push(page);
    }

    /// Adds a page that is one picture of black and white, as scanners make them: a bit a pixel, rows of whole bytes, 1 white.
    pub fn scan(
        mut self,
        entries: &str,
        (width_px, height_px): (u32, u32),
        (width, height): (f32, f32),
        bits: &[u8],
    ) -> Self {
        let kind = "/Type /XObject /Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 1";
        let picture = self.stream(&format!("{kind} /Width {width_px} /Height {height_px}"), bits);
        let stream = self.stream("", format!("q {width} 0 0 {height} 0 0 cm /Scan Do Q").as_bytes());
        let page = self.object(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {stream} 0 R \
             /Resources << /XObject << /Scan {picture} 0 R >> >> {entries} >>"
        ));
        self.pages.push(page);
        self
    }

    /// Adds entries to the catalogue.
    pub fn catalogue(mut self, entries: &str) -> Self {
        self.catalogue.push_str(entries);
        self
    }

    /// The file.
    pub fn finish(mut self) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.objects[0] = format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalogue).into_bytes();
        self.objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes();
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (index, body) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend(body);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
        for offset in &offsets {
            file.extend(format!("{offset:010} 00000 n \n").bytes());
        }
        let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", offsets.len() + 1);
        file.extend(trailer.bytes());
        file
    }
}

/// A page of running text.
pub fn simple(words: &str) -> Vec<u8> {
    Maker::new().page("", &[(72.0, 700.0, 12.0, words)]).finish()
}
