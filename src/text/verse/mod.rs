//! Whether verse rhymes when it is spoken: stanzas with their groups, and lines that fall out of them.
//!
//! Refuses: to know a better line; it says what is heard, and `rhymes` has words that would fit.
//! Invariant: a line has one finding about how it ends, and one about how long it is; both point into the line as it is written.

mod form;
mod line;
#[cfg(test)]
mod tests;

pub use form::{Form, Rhyming};
pub use line::{Ending, Spoken, Syllable, role, role_name};

use super::pinyin;
use super::rhyme::{Merger, Pitch, Scheme, Sound};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines that are judged at most; nobody performs more in one go.
pub const MOST_LINES: usize = 2_000;

/// Fellows that a finding names at most, and one for the line itself.
const FELLOWS: usize = 8;

/// How to judge.
#[derive(Clone, Debug, Default)]
pub struct Custom {
    /// Which groups.
    pub scheme: Scheme,
    /// What the speech of the region does not tell apart.
    pub mergers: Vec<Merger>,
    /// The site's words with their readings.
    pub own: BTreeMap<String, String>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Defect {
    /// It ends on another group than its stanza.
    Rhyme,
    /// It ends on a particle in the neutral tone.
    Neutral,
    /// The group is another one by the book, and the same in the speech of the region.
    Local,
    /// A rhyme in an oblique tone.
    Oblique,
    /// A line that does not rhyme, in a level tone.
    Level,
    /// The rhyme's character was the rhyme before.
    Repeated {
        /// In which line, counted from 0 over the whole verse.
        before: usize,
    },
    /// A stanza of a 三句半 that has not four lines; told at its last.
    Lines {
        /// How many it has.
        lines: usize,
    },
    /// Too many syllables, or too few.
    Length {
        /// How many there are.
        syllables: usize,
        /// How many there may be.
        range: std::ops::RangeInclusive<usize>,
        /// How many most lines of the stanza have, where most have the same.
        usual: Option<usize>,
    },
}

/// A line that falls out of its stanza.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which line, counted from 0 over the whole verse.
    pub line: usize,
    /// What of it, in bytes.
    pub place: Range<usize>,
    /// What is wrong.
    pub defect: Defect,
    /// The character that it ends on, as it is read, and its group.
    pub ends: Option<(Syllable, &'static str)>,
    /// The group of its stanza.
    pub group: Option<&'static str>,
    /// The characters of the stanza that rhyme.
    pub fellows: Vec<char>,
    /// Another reading of the character that would fit here; none where the author or the site gave the one that was taken.
    pub doubt: Option<&'static str>,
}

/// A stanza, and what its lines rhyme on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Its lines, counted from 0 over the whole verse.
    pub lines: Range<usize>,
    /// The groups of its rhymes: one, or one for each couplet of a 数来宝.
    pub groups: Vec<&'static str>,
    /// Whether it has two lines that rhyme with each other.
    pub pair: bool,
}

/// All that was found of a verse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its stanzas.
    pub stanzas: Vec<Judged>,
    /// Its lines as they are spoken.
    pub lines: Vec<Spoken>,
    /// What is wrong, by line.
    pub findings: Vec<Finding>,
}

/// One line of the metre: a line as written, or two of three syllables each.
struct Unit {
    /// The line whose end it is.
    line: usize,
    count: usize,
    /// Whether it is a clipped opening of 3 + 3, which may stand among longer lines.
    clipped: bool,
    ending: Option<Ending>,
    text: String,
}

/// Judges a verse: its stanzas, each with its lines as they are written.
pub fn examine<S: AsRef<str>>(stanzas: &[Vec<S>], form: Option<Form>, custom: &Custom) -> Report {
    let mut report = Report::default();
    for stanza in stanzas {
        let first = report.lines.len();
        let sung = form.is_some_and(Form::is_sung);
        let read = |line: &S| Spoken::of(line.as_ref(), &custom.own).without_calls(sung);
        let spoken: Vec<Spoken> = stanza.iter().map(read).collect();
        let units = units(&spoken, stanza, first);
        report.lines.extend(spoken);
        let lines = first..report.lines.len();
        // Three lines and a half are told by their look, also where nobody names the form.
        let form = if form.is_none() && is_three_and_half(&units) {
            Form::Sanjuban
        } else {
            form.unwrap_or_default()
        };
        let usual = usual(&units, form);
        let mut judge = |part: &[Unit]| judge(part, form, usual, custom, &mut report.findings);
        let groups: Vec<_> = match form.rhyming() {
            Rhyming::Even => vec![judge(&units)],
            Rhyming::ThreeOfFour => units.chunks(4).map(&mut judge).collect::<Vec<_>>(),
            Rhyming::Couplets => units.chunks(2).map(&mut judge).collect(),
        };
        let groups = groups.into_iter().flatten().collect();
        let pair = form.rhyming() == Rhyming::Even && units.len() == 2;
        report.stanzas.push(Judged { lines, groups, pair });
    }
    go_on(&mut report, custom.scheme);
    for finding in &mut report.findings {
        let line = &report.lines[finding.line];
        if let (Defect::Length { .. } | Defect::Lines { .. }, Some(first), Some(last)) =
            (&finding.defect, line.syllables.first(), line.syllables.last())
        {
            finding.place = first.at..last.at + last.c.len_utf8();
        }
    }
    report.findings.sort_by_key(|finding| (finding.line, finding.place.start));
    report
}

/// A stanza of two lines may go on with the rhyme of the one before it, or begin that of the next.
fn go_on(report: &mut Report, scheme: Scheme) {
    let last = |stanza: &Judged| {
        let said = report.lines[stanza.lines.clone()].iter().rev();
        said.filter(|line| line.count() > 0 && !line.is_refrain()).find_map(Spoken::ending)
    };
    let ends: Vec<Option<Ending>> = report.stanzas.iter().map(last).collect();
    let joins = |at: usize| {
        let others =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| ends.get(at)?.as_ref());
        ends[at].as_ref().filter(|one| others.clone().any(|other| one.rhymes_with(other, scheme)))
    };
    let mut goes_on = Vec::new();
    for (at, stanza) in report.stanzas.iter_mut().enumerate().filter(|(_, stanza)| stanza.pair) {
        if let Some(ending) = joins(at) {
            stanza.groups = vec![ending.group(scheme)];
            goes_on.push(stanza.lines.clone());
        }
    }
    let is_rhyme = |defect: &Defect| matches!(defect, Defect::Rhyme | Defect::Local);
    report
        .findings
        .retain(|one| !is_rhyme(&one.defect) || !goes_on.iter().any(|lines| lines.contains(&one.line)));
}

fn is_three_and_half(units: &[Unit]) -> bool {
    units.len() == 4 && units[..3].iter().all(|unit| unit.count >= 5) && units[3].count <= 4
}

/// How many syllables most full lines of a stanza have: three of five at least, of three lines or more.
fn usual(units: &[Unit], form: Form) -> Option<usize> {
    let is_half = |at: usize| form == Form::Sanjuban && at % 4 == 3;
    let full = units.iter().enumerate().filter(|(at, unit)| !is_half(*at) && !unit.clipped);
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    full.for_each(|(_, unit)| *counts.entry(unit.count).or_default() += 1);
    let all: usize = counts.values().sum();
    let (count, lines) =
        counts.into_iter().max_by_key(|(count, lines)| (*lines, std::cmp::Reverse(*count)))?;
    (all >= 3 && lines * 5 >= all * 3).then_some(count)
}

/// How many syllables a line may have: what its form says, and in a stanza of even lines from three fifths of them to less than twice as many.
/// A stanza that keeps to a length of its own, such as four, is judged by that alone.
fn lengths(form: Form, usual: Option<usize>) -> std::ops::RangeInclusive<usize> {
    let range = form.lengths();
    let Some(usual) = usual else { return range };
    let (least, most) = ((usual * 3).div_ceil(5), usual * 9 / 5);
    if range.contains(&usual) { (*range.start()).max(least)..=(*range.end()).min(most) } else { least..=most }
}

/// The lines of the metre: refrains are none, and an opening of 3 + 3 on two lines is one.
fn units<S: AsRef<str>>(spoken: &[Spoken], written: &[S], first: usize) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut half = false;
    for (at, (line, text)) in spoken.iter().zip(written).enumerate() {
        let count = line.count();
        if count == 0 || line.is_refrain() {
            continue;
        }
        let clipped = count == 6 && text.as_ref().contains(['，', ',', '、', ' ', '\u{3000}']);
        let text = text.as_ref().to_owned();
        let unit = Unit { line: first + at, count, clipped, ending: line.ending(), text };
        match units.last_mut() {
            Some(last) if half && last.count == 3 && count == 3 => {
                *last = Unit { count: 6, clipped: true, ..unit };
                half = false;
            }
            _ => {
                half = count == 3;
                units.push(unit);
            }
        }
    }
    units
}

/// Judges lines that have one rhyme, and gives its group.
fn judge(
    units: &[Unit],
    form: Form,
    usual: Option<usize>,
    custom: &Custom,
    found: &mut Vec<Finding>,
) -> Option<&'static str> {
    let must = |at: usize| match form.rhyming() {
        // What is left over has nothing to rhyme with.
        _ if units.len() == 1 => false,
        // A stanza of two lines has no other second line.
        Rhyming::Even if units.len() == 2 => true,
        Rhyming::Even => at % 2 == 1,
        Rhyming::ThreeOfFour => at != 2,
        Rhyming::Couplets => true,
    };
    let endings = units.iter().enumerate().filter(|(at, _)| must(*at));
    let endings: Vec<(usize, &Ending)> =
        endings.filter_map(|(_, unit)| Some((unit.line, unit.ending.as_ref()?))).collect();
    let rhymes: Vec<&Ending> = endings.iter().map(|(_, ending)| *ending).collect();
    // The first line may rhyme, so it says which of two groups is meant.
    let lead = units.first().filter(|_| !must(0)).and_then(|unit| unit.ending.as_ref());
    let model = most(&rhymes, lead, custom.scheme);
    let mut fitting = endings;
    fitting.retain(|(_, ending)| model.is_some_and(|model| model.rhymes_with(ending, custom.scheme)));
    // Rhymes are level; a stanza of oblique ones has hardly another among them.
    let level = fitting.iter().filter(|(_, ending)| ending.sound.pitch() == Pitch::Level).count() * 3
        >= fitting.len();
    let fellows = fitting.iter().map(|(line, ending)| (*line, ending.syllable.c)).take(FELLOWS).collect();
    let pair = form.rhyming() == Rhyming::Even && units.len() == 2;
    let stanza = Stanza { form, custom, model, level, fellows };
    let mut before: BTreeMap<(char, Option<&str>), &Unit> = BTreeMap::new();
    let whole = form != Form::Sanjuban || !(2..=3).contains(&units.len());
    if let (false, Some(last)) = (whole, units.last()) {
        found.push(stanza.finding(last, Defect::Lines { lines: units.len() }, 0..0));
    }
    for (at, unit) in units.iter().enumerate() {
        let is_half = form == Form::Sanjuban && at == 3;
        let usual = usual.filter(|_| !is_half);
        let range = if is_half { Form::HALF } else { lengths(form, usual.filter(|_| !unit.clipped)) };
        if whole && !range.contains(&unit.count) && usual != Some(unit.count) {
            let defect = Defect::Length { syllables: unit.count, range, usual };
            found.push(stanza.finding(unit, defect, 0..0));
        }
        let Some(ending) = &unit.ending else { continue };
        let fits = model.is_some_and(|model| model.rhymes_with(ending, custom.scheme));
        let defect = if must(at) {
            // The first of two rhymes in any tone.
            stanza.at_rhyme(ending, fits).filter(|defect| !(pair && at == 0 && *defect == Defect::Oblique))
        } else if form.minds_tones()
            && level
            && !fits
            && at + 1 < units.len()
            && ending.sound.pitch() == Pitch::Level
        {
            Some(Defect::Level)
        } else {
            None
        };
        let sounds = must(at) || (at == 0 && fits);
        // 叮当 and 上当 end on one character and two sounds.
        let heard = (ending.syllable.c, ending.syllable.reading.as_deref());
        let again = before.get(&heard).filter(|other| other.text != unit.text);
        let repeated = again.filter(|_| sounds && fits).map(|other| Defect::Repeated { before: other.line });
        if sounds {
            before.entry(heard).or_insert(unit);
        }
        if let Some(defect) = defect.or(repeated) {
            let start = ending.syllable.at;
            found.push(stanza.finding(unit, defect, start..start + ending.syllable.c.len_utf8()));
        }
    }
    model.map(|model| model.group(custom.scheme))
}

/// The ending that most others rhyme with; of equals the one that the first line rhymes with, and else the first.
fn most<'e>(rhymes: &[&'e Ending], lead: Option<&Ending>, scheme: Scheme) -> Option<&'e Ending> {
    let mut counts: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let keys = |one: &Ending| {
        let small = one.rolled.then(|| (true, one.group(scheme)));
        [Some((false, one.sound.group(scheme).unwrap_or_default())), small].into_iter().flatten()
    };
    for one in rhymes {
        keys(one).for_each(|key| *counts.entry(key).or_default() += 1);
    }
    let fellows = |one: &Ending| keys(one).map(|key| counts[&key]).max().unwrap_or_default();
    let mut best: Option<((usize, bool), &Ending)> = None;
    for one in rhymes {
        let count = (fellows(one), lead.is_some_and(|lead| lead.rhymes_with(one, scheme)));
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, one));
        }
    }
    best.map(|(_, one)| one)
}

/// What lines are judged by.
struct Stanza<'s> {
    form: Form,
    custom: &'s Custom,
    model: Option<&'s Ending>,
    /// Whether its rhymes are level, as most are.
    level: bool,
    /// The lines that rhyme, with the characters that they end on.
    fellows: Vec<(usize, char)>,
}

impl Stanza<'_> {
    fn at_rhyme(&self, ending: &Ending, fits: bool) -> Option<Defect> {
        let model = self.model?;
        if !fits {
            // 宁 spoken as nin is of the group of 人.
            let joined = |merger: &Merger| {
                let twin = merger.twin(&ending.sound.rime);
                let twin = twin.map(|rime| Sound { rime: rime.to_owned(), ..ending.sound.clone() });
                twin.is_some_and(|twin| {
                    twin.group(self.custom.scheme) == model.sound.group(self.custom.scheme)
                })
            };
            return Some(if self.custom.mergers.iter().any(joined) { Defect::Local } else { Defect::Rhyme });
        }
        match ending.sound.pitch() {
            Pitch::Neutral => Some(Defect::Neutral),
            Pitch::Oblique if self.form.minds_tones() && self.level => Some(Defect::Oblique),
            _ => None,
        }
    }

    fn finding(&self, unit: &Unit, defect: Defect, place: Range<usize>) -> Finding {
        let scheme = self.custom.scheme;
        let ends = unit.ending.as_ref().map(|ending| (ending.syllable.clone(), ending.group(scheme)));
        let open =
            ends.as_ref().filter(|(one, _)| one.basis.is_some_and(|basis| basis != pinyin::Basis::Site));
        let doubt = open.zip(self.model).and_then(|((syllable, _), model)| {
            let fits = |one: &&str| {
                Sound::of(one).is_some_and(|sound| match defect {
                    Defect::Level => sound.pitch() == Pitch::Oblique,
                    _ => {
                        sound.group(scheme) == model.sound.group(scheme)
                            && (!self.level || sound.pitch() == Pitch::Level)
                    }
                })
            };
            let taken = syllable.reading.as_deref();
            pinyin::possible(syllable.c).into_iter().filter(|one| Some(*one) != taken).find(fits)
        });
        let group = self.model.map(|model| model.group(scheme));
        let fellows = self.fellows.iter().filter(|(line, _)| *line != unit.line).map(|(_, c)| *c).collect();
        Finding { line: unit.line, place, defect, ends, group, fellows, doubt }
    }
}
