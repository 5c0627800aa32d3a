//! How much text a core looks through for personal data in a second.
//!
//!     cargo bench --bench privacy [-- FILE…]
//!
//! The default site's bulletins, or the files that are named, paragraph by paragraph, until 200 MB have been seen. What is told is
//! processor time where the system counts it, else the clock's; nothing is asserted, a time is true only of the machine and the moment.
#![expect(clippy::disallowed_methods, reason = "a measurement asks the clock and the disk")]

use std::time::Instant;
use yuanba::privacy::find;
use yuanba::world::embedded_site;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const BYTES: usize = 200_000_000;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let texts: Vec<String> = if files.is_empty() {
        let markdown = embedded_site().iter().filter(|(path, _)| path.extension() == Some("md"));
        markdown.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect()
    } else {
        files.iter().map(|file| std::fs::read_to_string(file).expect("the file can be read")).collect()
    };
    let paragraphs: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    let today = jiff::civil::Date::constant(2026, 11, 30);
    let (mut seen, mut found) = (0, 0);
    let (clock, before) = (Instant::now(), processor());
    while seen < BYTES {
        for text in &paragraphs {
            found += find(text, today).len();
            seen += text.len();
        }
    }
    let time =
        before.zip(processor()).map_or(clock.elapsed().as_secs_f64(), |(before, after)| after - before);
    let rate = f64::from(u32::try_from(seen / 1000).unwrap_or(u32::MAX)) / 1000.0 / time;
    println!("{rate:.0} MB a second and core ({} paragraphs, {found} found)", paragraphs.len());
}

/// Seconds that the processor has worked for this program, where the system says so.
fn processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit(')').next()?.split_whitespace().collect();
    let ticks = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    Some(ticks / 100.0)
}
