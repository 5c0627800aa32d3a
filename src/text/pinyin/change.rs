//! Tones as they change in speech: 一 and 不 before other tones, and a third tone before a third.
//!
//! The reading of the dictionary stays what it is; a performer's sheet shows the change beside it, marked as such. After 现代汉语词典, and for third tones in
//! longer runs, which speakers group in more than one way, only the one that all have: within a stretch between two rests each but the last is raised.
//!
//! Refuses: to change 一 in numbers and ordinals (第一, 十一月), and what the author wrote.
//! Invariant: a syllable that does not change gives none.

/// A character with its reading, tone as a digit; none for what nobody reads, which is a rest.
pub type Read<'r> = (char, Option<&'r str>);

/// For each character the syllable that is spoken in place of its reading; none where it is spoken as it reads.
pub fn spoken(line: &[Read]) -> Vec<Option<String>> {
    (0..line.len()).map(|at| changed(line, at)).collect()
}

fn changed(line: &[Read], at: usize) -> Option<String> {
    let (c, reading) = line[at];
    let reading = reading?;
    let next = line.get(at + 1).and_then(|(_, reading)| tone(*reading));
    let tone = match (c, reading) {
        ('不', "bu4") => (next == Some('4')).then_some('2'),
        ('一', "yi1") => one(line, at, next),
        _ => (tone(Some(reading)) == Some('3') && next == Some('3')).then_some('2'),
    }?;
    Some(format!("{}{tone}", &reading[..reading.len() - 1]))
}

/// The tone of 一.
fn one(line: &[Read], at: usize, next: Option<char>) -> Option<char> {
    const NUMBERS: &str = "零〇一二三四五六七八九十百千万亿第初";
    let (before, after) = (at.checked_sub(1).map(|at| line[at].0), line.get(at + 1).map(|(c, _)| *c));
    let numbered = before.is_some_and(|c| NUMBERS.contains(c))
        || after.is_some_and(|c| "零〇一二三四五六七八九十月号楼".contains(c));
    if numbered {
        return None;
    }
    // 看一看: between two of a verb it is light.
    if before.is_some() && before == after {
        return Some('5');
    }
    match next? {
        '4' => Some('2'),
        '1'..='3' => Some('4'),
        // 一个: 个 was in the fourth tone before it grew light.
        _ => (after == Some('个')).then_some('2'),
    }
}

fn tone(reading: Option<&str>) -> Option<char> {
    reading?.chars().next_back().filter(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn said(text: &str) -> String {
        let read = super::super::readings(text, &BTreeMap::new());
        let line: Vec<Read> = text
            .char_indices()
            .map(|(at, c)| (c, read.iter().find(|one| one.at == at).map(|one| &*one.syllable)))
            .collect();
        spoken(&line).into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tones_change_as_they_are_spoken() {
        assert_eq!(said("不要"), "bu2");
        assert_eq!(said("不来"), "");
        assert_eq!(said("一定"), "yi2");
        assert_eq!(said("一天"), "yi4");
        assert_eq!(said("一起"), "yi4");
        assert_eq!(said("第一，十一月，一月一号"), "");
        assert_eq!(said("看一看"), "yi5");
        assert_eq!(said("老虎"), "lao2");
        assert_eq!(said("你，好"), "", "a rest stands between");
    }
}
