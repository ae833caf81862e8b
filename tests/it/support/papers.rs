//! PDFs that look like papers.

use crate::pdf_maker::Maker;

/// The title of [`paper_pdf`].
pub const PAPER_TITLE: &str = "Tidal Memory in Coastal Sediments";

/// A paper of two pages with title, authors, abstract, sections, references, an outline and page labels. `words` make
/// it another file.
pub fn paper_pdf(words: &str) -> Vec<u8> {
    let first = [
        (72.0, 720.0, 20.0, PAPER_TITLE),
        (72.0, 690.0, 12.0, "Maria Keller and Jonas Brandt"),
        (72.0, 672.0, 10.0, "Institute of Marine Studies, Example University"),
        (72.0, 640.0, 12.0, "Abstract"),
        (72.0, 624.0, 10.0, "We measure how sediments keep the memory of tides over many years and show that the"),
        (72.0, 612.0, 10.0, "signal fades slowly. The method needs no instruments beyond a corer and a clock."),
        (72.0, 580.0, 14.0, "1 Introduction"),
        (72.0, 560.0, 10.0, "Estuaries hold layers that alternate with the tide, and every layer tells of one flood."),
        (72.0, 548.0, 10.0, "Earlier work [1] counted the layers by hand, later work [2] with a scanner."),
        (72.0, 530.0, 10.0, words),
    ];
    let second = [
        (72.0, 720.0, 14.0, "2 Results"),
        (72.0, 700.0, 10.0, "The layers are thinner in winter, which agrees with the model of the second section."),
        (72.0, 660.0, 14.0, "References"),
        (72.0, 640.0, 10.0, "[1] A. Moreno. Counting layers by hand. Journal of Examples, 12(3):45-67, 2011."),
        (72.0, 624.0, 10.0, "[2] B. Okafor and C. Lind. Scanning layers. Journal of Examples, 15(1):1-9, 2014."),
    ];
    let mut maker = Maker::new().page("", &first).page("", &second);
    let entry = maker.object("<< /Title (Results) /Parent 9 0 R /Dest [7 0 R /XYZ 0 740 0] >>");
    let outline = maker.object(format!("<< /Type /Outlines /First {entry} 0 R /Last {entry} 0 R /Count 1 >>"));
    assert_eq!((entry, outline), (8, 9), "the outline names its parts by number");
    maker.catalogue("/Outlines 9 0 R /PageLabels << /Nums [0 << /S /D /St 101 >>] >>").finish()
}
