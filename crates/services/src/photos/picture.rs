//! From what a camera or a file brings to what is kept: turned upright, small enough, a plain JPEG without anything
//! that the camera wrote beside the picture.

use domain::photo::{LONG_SIDE, LONG_SIDE_SMALL, MOST_PIXELS};
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// Good to look at on any screen of the store.
const QUALITY: u8 = 84;
/// What decoding may take: 40 million pixels with four parts each, and as much again for the decoder.
const MOST_MEMORY: u64 = 400 * 1024 * 1024;

#[derive(Debug, thiserror::Error)]
pub enum NotAPicture {
    #[error("this is no picture that can be read: send a JPEG, PNG or WebP")]
    Unreadable,
    #[error("the picture has {0} million pixels, at most {limit} million are taken: make it smaller first", limit = MOST_PIXELS / 1_000_000)]
    TooLarge(u64),
}

/// The two forms that are kept.
#[derive(Debug)]
pub struct Picture {
    pub large: Vec<u8>,
    pub small: Vec<u8>,
    pub width: u32,
    pub height: u32,
}

/// Reads a picture. Its size is looked at before anything is decoded, so a few kilobytes that pretend to be an acre
/// of pixels cost nothing. This computes for a while: call it where nobody waits.
///
/// # Errors
/// [`NotAPicture`]
pub fn read(bytes: &[u8]) -> Result<Picture, NotAPicture> {
    let unreadable = |_| NotAPicture::Unreadable;
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| NotAPicture::Unreadable)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(NotAPicture::Unreadable);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return Err(NotAPicture::TooLarge(pixels / 1_000_000));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    image.apply_orientation(orientation);
    let large = on_white(within(image, LONG_SIDE));
    let small = within(DynamicImage::ImageRgb8(large.clone()), LONG_SIDE_SMALL).into_rgb8();
    let (width, height) = large.dimensions();
    Ok(Picture { large: jpeg(&large)?, small: jpeg(&small)?, width, height })
}

/// No side longer than this; never made larger.
fn within(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width().max(image.height()) > side { image.thumbnail(side, side) } else { image }
}

/// What is see-through is seen on white, as on paper.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let seen = image.into_rgba8();
    let (width, height) = seen.dimensions();
    let mut plain = RgbImage::new(width, height);
    for (to, from) in plain.pixels_mut().zip(seen.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let mix = |part: u8| {
            let (part, alpha) = (u32::from(part), u32::from(alpha));
            u8::try_from((part * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
        };
        *to = Rgb([mix(red), mix(green), mix(blue)]);
    }
    plain
}

fn jpeg(image: &RgbImage) -> Result<Vec<u8>, NotAPicture> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode_image(image)
        .map_err(|_| NotAPicture::Unreadable)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn size_of(jpeg: &[u8]) -> (u32, u32) {
        let image = image::load_from_memory(jpeg).unwrap();
        (image.width(), image.height())
    }

    #[test]
    fn a_picture_becomes_small_and_plain() {
        let wide = DynamicImage::new_rgb8(3_200, 1_000);
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let picture = read(&encoded(&wide, format)).unwrap();
            assert_eq!((picture.width, picture.height), (1_600, 500));
            assert_eq!(size_of(&picture.large), (1_600, 500));
            assert_eq!(size_of(&picture.small), (320, 100));
        }
        let tiny = read(&encoded(&DynamicImage::new_rgb8(10, 20), ImageFormat::Png)).unwrap();
        assert_eq!((tiny.width, tiny.height), (10, 20), "nothing is made larger");
    }

    #[test]
    fn what_is_see_through_is_white() {
        let clear = image::RgbaImage::from_pixel(8, 8, Rgba([200, 0, 0, 0]));
        let picture = read(&encoded(&DynamicImage::ImageRgba8(clear), ImageFormat::Png)).unwrap();
        let kept = image::load_from_memory(&picture.large).unwrap().into_rgb8();
        assert!(
            kept.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)),
            "{:?}",
            kept.get_pixel(0, 0)
        );
    }

    /// A JPEG as a phone held upright writes it: the picture lies, and a note says to turn it.
    fn turned() -> Vec<u8> {
        let plain = encoded(&DynamicImage::new_rgb8(40, 20), ImageFormat::Jpeg);
        let exif: &[u8] = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, exif, &plain[2..]].concat()
    }

    #[test]
    fn a_picture_is_turned_upright_and_its_notes_are_gone() {
        let sent = turned();
        let picture = read(&sent).unwrap();
        assert_eq!((picture.width, picture.height), (20, 40));
        let holds = |bytes: &[u8]| bytes.windows(4).any(|part| part == b"Exif");
        assert!(holds(&sent) && !holds(&picture.large) && !holds(&picture.small));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        let good = encoded(&DynamicImage::new_rgb8(64, 64), ImageFormat::Png);
        for bytes in [&b""[..], b"hello", b"<svg onload=alert(1)>", &good[..40], b"\x89PNG\r\n\x1a\n"] {
            assert!(matches!(read(bytes), Err(NotAPicture::Unreadable)), "{bytes:?}");
        }
    }

    #[test]
    fn a_hundred_million_pixels_are_refused_before_they_are_read() {
        let began = std::time::Instant::now();
        // The head of a PNG that says 10,000 by 10,000, and nothing behind it.
        let mut head = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = b"IHDR".to_vec();
        chunk.extend(10_000_u32.to_be_bytes());
        chunk.extend(10_000_u32.to_be_bytes());
        chunk.extend([8, 6, 0, 0, 0]);
        let crc = crc(&chunk);
        head.extend(13_u32.to_be_bytes());
        head.extend(&chunk);
        head.extend(crc.to_be_bytes());
        head.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
        assert!(matches!(read(&head), Err(NotAPicture::TooLarge(100))));
        assert!(began.elapsed() < std::time::Duration::from_secs(1));
    }

    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = u32::MAX;
        for byte in bytes {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
            }
        }
        !crc
    }
}
