//! Which reading of a polyphone fits its sentence, by the network g2pM (Park and Lee, "g2pM: A Neural
//! Grapheme-to-Phoneme Conversion Package for Mandarin Chinese Based on a New Open Benchmark Dataset", Interspeech 2020).
//!
//! A sentence, between two marks, goes through a layer that reads it from both sides; what both remember at the polyphone
//! gives a number for every reading. Only those count that the character can have at all.
//!
//! Refuses: to be loaded before a sentence asks.
//! Invariant: additions, multiplications and divisions of `f32` in one fixed order, so every machine finds the same; `exp` is
//! our own, since those of the systems differ in the last bit.

use super::weights::{Direction, GATES, HIDDEN, Weights};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static WEIGHTS: &[u8] = include_bytes!("../data/g2pm.safetensors");
/// Characters that the network knows; the line is the number.
static CHARACTERS: &str = include_str!("../data/g2pm-characters.txt");
/// Readings, likewise.
static READINGS: &str = include_str!("../data/g2pm-readings.txt");
/// What each polyphone can be read as.
static POLYPHONES: &str = include_str!("../data/polyphones.tsv");

/// The longest stretch that is read at once. Sentences are far shorter; what has no full stop is cut here.
const LONGEST: usize = 160;

/// A reading that a polyphone can have, and how likely it is here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likely {
    /// The syllable with its tone as a digit.
    pub syllable: &'static str,
    /// Between 0 and 1; those of one character make 1.
    pub chance: f32,
}

/// The network, ready to read.
pub(super) struct Network {
    weights: Weights,
    characters: BTreeMap<char, usize>,
    unknown: usize,
    begin: usize,
    end: usize,
}

/// The polyphones and the readings that they can have.
pub(super) struct Polyphones(BTreeMap<char, Vec<(&'static str, Option<usize>)>>);

impl Polyphones {
    /// The table, read at the first call.
    pub fn get() -> &'static Self {
        static POLYPHONES_READ: LazyLock<Polyphones> = LazyLock::new(|| {
            let numbers: BTreeMap<&str, usize> =
                READINGS.lines().enumerate().map(|(at, one)| (one, at)).collect();
            let lines = POLYPHONES.lines().filter_map(|line| line.split_once('\t'));
            let read = lines.filter_map(|(c, readings)| {
                let readings = readings.split(' ').map(|one| (one, numbers.get(one).copied()));
                Some((c.chars().next()?, readings.collect()))
            });
            Polyphones(read.collect())
        });
        &POLYPHONES_READ
    }

    /// What a character can be read as; none where it has one reading.
    pub fn readings(&self, c: char) -> Option<impl Iterator<Item = &'static str> + '_> {
        Some(self.0.get(&c)?.iter().map(|(syllable, _)| *syllable))
    }

    /// Whether a character has several readings.
    pub fn has(&self, c: char) -> bool {
        self.0.contains_key(&c)
    }
}

impl Network {
    /// The network, read at the first call.
    pub fn get() -> &'static Self {
        static NETWORK: LazyLock<Network> =
            LazyLock::new(|| Network::read().expect("the weights in the program are ours"));
        &NETWORK
    }

    fn read() -> Option<Self> {
        let mut characters = BTreeMap::new();
        let (mut unknown, mut begin, mut end, mut count) = (None, None, None, 0);
        for (at, line) in CHARACTERS.lines().enumerate() {
            count = at + 1;
            match line {
                "<UNK>" => unknown = Some(at),
                "시" => begin = Some(at),
                "끝" => end = Some(at),
                _ => {
                    let mut all = line.chars();
                    if let (Some(c), None) = (all.next(), all.next()) {
                        characters.insert(c, at);
                    }
                }
            }
        }
        let weights = Weights::read(WEIGHTS, count, READINGS.lines().count())?;
        Some(Self { weights, characters, unknown: unknown?, begin: begin?, end: end? })
    }

    /// How likely each reading of the polyphones at `wanted` is, in their order. The text is one sentence or a part of it.
    pub fn likely(&self, sentence: &[char], wanted: &[usize]) -> Vec<Vec<Likely>> {
        let mut found = Vec::with_capacity(wanted.len());
        for (number, part) in sentence.chunks(LONGEST).enumerate() {
            let from = number * LONGEST;
            let inside: Vec<usize> =
                wanted.iter().filter_map(|at| at.checked_sub(from).filter(|at| *at < part.len())).collect();
            if !inside.is_empty() {
                found.extend(self.part(part, &inside));
            }
        }
        found
    }

    fn part(&self, part: &[char], wanted: &[usize]) -> Vec<Vec<Likely>> {
        let known = part.iter().map(|c| self.characters.get(c).copied().unwrap_or(self.unknown));
        let numbers: Vec<usize> = [self.begin].into_iter().chain(known).chain([self.end]).collect();
        // Beyond the last polyphone nothing needs to be read from the left, nor before the first one from the right.
        let (first, last) =
            (wanted.iter().min().map_or(0, |at| at + 1), wanted.iter().max().map_or(0, |at| at + 1));
        let forward = self.read_along(&self.weights.forward, &numbers[..=last]);
        let turned: Vec<usize> = numbers[first..].iter().rev().copied().collect();
        let backward = self.read_along(&self.weights.backward, &turned);
        let all = wanted.iter().map(|&at| {
            let both: (&[f32; HIDDEN], &[f32; HIDDEN]) =
                (&forward[at + 1], &backward[numbers.len() - 2 - at]);
            self.chances(part[at], both)
        });
        all.collect()
    }

    /// What a direction remembers after each character.
    fn read_along(&self, direction: &Direction, numbers: &[usize]) -> Vec<[f32; HIDDEN]> {
        let (mut hidden, mut cell) = ([0.0f32; HIDDEN], [0.0f32; HIDDEN]);
        let mut all = Vec::with_capacity(numbers.len());
        for &number in numbers {
            let mut gates = direction.bias;
            let vector = &self.weights.embedding[number];
            for (value, weights) in vector.iter().zip(direction.input.iter()) {
                add(&mut gates, *value, weights);
            }
            for (value, weights) in hidden.iter().zip(direction.hidden.iter()) {
                add(&mut gates, *value, weights);
            }
            for at in 0..HIDDEN {
                let (input, forget) = (sigmoid(gates[at]), sigmoid(gates[HIDDEN + at]));
                let (fresh, output) = (tanh(gates[2 * HIDDEN + at]), sigmoid(gates[3 * HIDDEN + at]));
                cell[at] = forget * cell[at] + input * fresh;
                hidden[at] = output * tanh(cell[at]);
            }
            all.push(hidden);
        }
        all
    }

    fn chances(&self, c: char, (forward, backward): (&[f32; HIDDEN], &[f32; HIDDEN])) -> Vec<Likely> {
        let mut between = self.weights.between_bias;
        for (from, number) in forward.iter().chain(backward).enumerate() {
            for (sum, weight) in between.iter_mut().zip(self.weights.between[from].iter()) {
                *sum += number * weight;
            }
        }
        let Some(readings) = Polyphones::get().0.get(&c) else { return Vec::new() };
        let scored = readings.iter().filter_map(|(syllable, number)| {
            let row = &self.weights.readings[(*number)?];
            let mut score = self.weights.readings_bias[(*number)?];
            for at in 0..HIDDEN {
                score += between[at].max(0.0) * row[at];
            }
            Some((*syllable, score))
        });
        let scored: Vec<(&'static str, f32)> = scored.collect();
        let most = scored.iter().map(|(_, score)| *score).fold(f32::MIN, f32::max);
        let mut likely: Vec<Likely> =
            scored.iter().map(|&(syllable, score)| Likely { syllable, chance: exp(score - most) }).collect();
        let sum: f32 = likely.iter().map(|one| one.chance).sum();
        likely.iter_mut().for_each(|one| one.chance /= sum);
        likely
    }
}

/// `to += by * row`, place by place.
fn add(to: &mut [f32; GATES], by: f32, row: &[f32; GATES]) {
    let mut at = 0;
    while at < GATES {
        to[at] += by * row[at];
        at += 1;
    }
}

/// e to the power of x, to seven digits: 2 to a whole power times a polynomial on what remains.
fn exp(x: f32) -> f32 {
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 87.0);
    let whole = (x * std::f32::consts::LOG2_E + 0.5).floor();
    let rest = x - whole * LN_2_HIGH - whole * LN_2_LOW;
    let mut sum = 1.0 / 720.0;
    for factor in [1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * rest + factor;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between -126 and 126")]
    let power = f32::from_bits(((whole as i32 + 127) as u32) << 23);
    sum * power
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_exp() {
        for step in -800..=800 {
            let x = f32::from(i16::try_from(step).expect("a small number")) / 10.0;
            let (ours, theirs) = (f64::from(exp(x)), f64::from(x).exp());
            assert!((ours / theirs - 1.0).abs() < 1e-6, "{x}: {ours} {theirs}");
        }
        assert!(
            tanh(0.0).abs() < 1e-7 && (tanh(30.0) - 1.0).abs() < 1e-7 && (tanh(-30.0) + 1.0).abs() < 1e-7
        );
    }

    #[test]
    fn chances_follow_the_sentence() {
        let best = |sentence: &str, c: char| {
            let all: Vec<char> = sentence.chars().collect();
            let at = all.iter().position(|one| *one == c).expect("it is there");
            let likely = Network::get().likely(&all, &[at]).remove(0);
            let sum: f32 = likely.iter().map(|one| one.chance).sum();
            assert!((sum - 1.0).abs() < 1e-5, "{likely:?}");
            likely.into_iter().max_by(|a, b| a.chance.total_cmp(&b.chance)).expect("some").syllable
        };
        assert_eq!(best("该教堂始建于1905年，重建于1950年。", '重'), "chong2");
        assert_eq!(best("该石像重达三吨。", '重'), "zhong4");
        assert_eq!(best("他是中国音乐家协会会员。", '乐'), "yue4");
    }

    #[test]
    fn long_texts_are_read_in_parts() {
        let all: Vec<char> = "重建于一九五〇年".chars().cycle().take(500).collect();
        let wanted: Vec<usize> = (0..500).filter(|at| all[*at] == '重').collect();
        assert_eq!(Network::get().likely(&all, &wanted).len(), wanted.len());
    }
}
