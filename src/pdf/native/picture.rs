//! Pages drawn as pictures.

use super::Page;

/// Three bytes a pixel: red, green, blue; rows without padding.
pub struct Picture {
    /// The bytes.
    pub rgb: Vec<u8>,
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

const FORMAT_BGR: i32 = 2;
const DRAW_ANNOTATIONS: i32 = 0x01;
const RED_FIRST: i32 = 0x10;
const WHITE: u32 = 0xFFFF_FFFF;

impl Page<'_> {
    /// Draws the page on white paper, with what people marked on it.
    pub fn draw(&self, width: u32, height: u32) -> Option<Picture> {
        self.draw_with(width, height, DRAW_ANNOTATIONS)
    }

    /// Draws the page as it was printed, without anybody's marks.
    pub fn draw_bare(&self, width: u32, height: u32) -> Option<Picture> {
        self.draw_with(width, height, 0)
    }

    fn draw_with(&self, width: u32, height: u32, flags: i32) -> Option<Picture> {
        let (columns, rows) = (i32::try_from(width).ok()?, i32::try_from(height).ok()?);
        // Rows are kept a multiple of four bytes while PDFium draws.
        let stride = width.checked_mul(3)?.next_multiple_of(4) as usize;
        let mut bytes = vec![0_u8; stride.checked_mul(height as usize)?];
        // SAFETY: the buffer has `stride * height` bytes and outlives the bitmap, which is destroyed below.
        unsafe {
            let calls = self.calls();
            let stride = i32::try_from(stride).ok()?;
            let bitmap = calls.FPDFBitmap_CreateEx(columns, rows, FORMAT_BGR, bytes.as_mut_ptr().cast(), stride);
            if bitmap.is_null() {
                return None;
            }
            calls.FPDFBitmap_FillRect(bitmap, 0, 0, columns, rows, WHITE.into());
            calls.FPDF_RenderPageBitmap(bitmap, self.handle, 0, 0, columns, rows, 0, flags | RED_FIRST);
            calls.FPDFBitmap_Destroy(bitmap);
        }
        let used = width as usize * 3;
        if stride != used {
            for row in 1..height as usize {
                bytes.copy_within(row * stride..row * stride + used, row * used);
            }
            bytes.truncate(used * height as usize);
        }
        Some(Picture { rgb: bytes, width, height })
    }
}
