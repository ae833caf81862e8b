//! Pictures of pages.

use super::native::{Document, Page};
use super::reading::Refusal;
use crate::domain::facts::ReadErrorCode;

const QUALITY: f32 = 80.0;
/// WebP's own limit.
const SIDE_MAX: u32 = 16_383;
/// Dots per inch for recognition.
const SCAN_DPI: f32 = 300.0;

/// A page as WebP, `width_px` wide unless that makes more than `pixels_max`.
///
/// # Errors
/// A page that does not exist or cannot be drawn.
pub fn webp(document: &Document<'_>, index: u32, width_px: u32, pixels_max: u64) -> Result<Vec<u8>, Refusal> {
    let damaged = || not_drawn(index);
    let page = load(document, index)?;
    let (width, height) = size(page.size(), width_px, pixels_max);
    let picture = page.draw(width, height).ok_or_else(damaged)?;
    let mut config = webp::WebPConfig::new().map_err(|()| damaged())?;
    config.quality = QUALITY;
    // Quick: a page is drawn while somebody waits for it.
    config.method = 2;
    let encoder = webp::Encoder::from_rgb(&picture.rgb, picture.width, picture.height);
    let encoded = encoder.encode_advanced(&config).map_err(|_| damaged())?;
    Ok(encoded.to_vec())
}

/// A page for recognition: a binary portable greymap, as fine as tesseract was taught with.
///
/// # Errors
/// As for [`webp`].
pub fn greymap(document: &Document<'_>, index: u32, pixels_max: u64) -> Result<Vec<u8>, Refusal> {
    let page = load(document, index)?;
    let (width_pt, height_pt) = page.size();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the largest picture")]
    let fine = (width_pt * SCAN_DPI / 72.0).clamp(1.0, SIDE_MAX as f32) as u32;
    let (width, height) = size((width_pt, height_pt), fine, pixels_max);
    let picture = page.draw_bare(width, height).ok_or_else(|| not_drawn(index))?;
    let mut file = format!("P5\n{} {}\n255\n", picture.width, picture.height).into_bytes();
    file.extend(picture.rgb.chunks_exact(3).map(|pixel| {
        // ITU-R BT.601, in 256ths.
        let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
        ((red * 77 + green * 150 + blue * 29) >> 8) as u8
    }));
    Ok(file)
}

fn load<'d>(document: &'d Document<'_>, index: u32) -> Result<Page<'d>, Refusal> {
    if index >= document.page_count() {
        return Err(not_drawn(index));
    }
    document.page(index).ok_or_else(|| not_drawn(index))
}

fn not_drawn(index: u32) -> Refusal {
    Refusal {
        code: ReadErrorCode::Damaged,
        message: format!("Page {} of this PDF cannot be drawn.", index.saturating_add(1)),
    }
}

/// Pixels of a page of this size in points.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the sides of a picture")]
fn size((width_pt, height_pt): (f32, f32), width_px: u32, pixels_max: u64) -> (u32, u32) {
    let ratio = f64::from(height_pt.max(1.0)) / f64::from(width_pt.max(1.0));
    #[expect(clippy::cast_precision_loss, reason = "a limit")]
    let widest = (pixels_max as f64 / ratio).sqrt();
    let width = f64::from(width_px).min(widest).min(f64::from(SIDE_MAX) / ratio).clamp(1.0, f64::from(SIDE_MAX));
    let height = (width * ratio).round().clamp(1.0, f64::from(SIDE_MAX));
    (width as u32, height as u32)
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn pictures_keep_the_page_shape_and_the_limit() {
        assert_eq!(size((612.0, 792.0), 640, 10_000_000), (640, 828));
        let (width, height) = size((10.0, 100_000.0), 640, 1_000_000);
        assert!(u64::from(width) * u64::from(height) <= 1_000_000, "{width} x {height}");
        let (width, height) = size((600.0, 600.0), 4_000, 1_000_000);
        assert_eq!((width, height), (1000, 1000));
    }
}
