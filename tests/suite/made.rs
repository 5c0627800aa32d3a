//! What cases hold that no folder in Git should: many files that are alike, and dangerous pictures.

use crate::site::Site;
use std::fmt::Write;

/// Adds to a case's site what is made.
pub fn lay(case: &str, site: &Site) {
    match case {
        "pictures/bomb" => site.put("content/tips/bomb/bomb.png", bomb()),
        "pictures/photo" => site.put("content/tips/photo/photo.png", photo()),
        "lists/pages-of-twenty" => {
            for number in 1..=45 {
                let mut text = String::new();
                let _ = write!(
                    text,
                    "---\ntitle: 第{number:02}篇\ndate: 2026-{:02}-{:02}\ntags: [多]\n---\n\n正文。\n",
                    9 + number / 29,
                    1 + number % 29
                );
                site.put(&format!("content/tips/n{number:02}.md"), text);
            }
        }
        _ => {}
    }
}

/// A PNG whose header promises 100,000 × 100,000 pixels and that has two bytes of them.
fn bomb() -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(100_000_u32.to_be_bytes());
    header.extend(100_000_u32.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    for chunk in [header, b"IDATx\x01".to_vec(), b"IEND".to_vec()] {
        bytes.extend(u32::try_from(chunk.len() - 4).expect("short").to_be_bytes());
        bytes.extend(&chunk);
        bytes.extend(checksum(&chunk).to_be_bytes());
    }
    bytes
}

/// CRC-32 as PNG has it (RFC 2083, 3.4).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A wide picture of one colour.
fn photo() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(1200, 600, image::Rgb([30, 90, 160]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be written to memory");
    bytes.into_inner()
}
