//! What differs between two versions of a text, by lines.
//!
//! Invariant: what is left out of one version and put into the other, together with the lines that both have, gives both versions back.

/// Lines that were exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'t> {
    /// The line of the new text at which it stands, counted from 1.
    pub line: usize,
    /// Byte of the new text at which it begins.
    pub start: usize,
    /// Lines that are gone.
    pub before: Vec<&'t str>,
    /// Lines that came.
    pub after: Vec<&'t str>,
}

/// So many pairs of lines are compared at most; beyond that all of the middle counts as exchanged.
const PAIRS: usize = 4_000_000;

/// The changes from one text to another, in order.
pub fn changes<'t>(before: &'t str, after: &'t str) -> Vec<Change<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (left, right) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut found = Vec::new();
    let mut starts = vec![0];
    for line in after.split_inclusive('\n') {
        starts.push(starts.last().copied().unwrap_or(0) + line.len());
    }
    let mut change: Option<Change> = None;
    let at = |line: usize| starts.get(line).copied().unwrap_or(after.len());
    let mut line = head;
    for step in steps(left, right) {
        let fresh = || Change { line: line + 1, start: at(line), before: Vec::new(), after: Vec::new() };
        match step {
            Step::Same => {
                found.extend(change.take());
                line += 1;
            }
            Step::Gone(text) => change.get_or_insert_with(fresh).before.push(text),
            Step::New(text) => {
                change.get_or_insert_with(fresh).after.push(text);
                line += 1;
            }
        }
    }
    found.extend(change);
    found
}

enum Step<'t> {
    Same,
    Gone(&'t str),
    New(&'t str),
}

/// The way from one row of lines to the other that keeps most of them.
fn steps<'t>(left: &[&'t str], right: &[&'t str]) -> Vec<Step<'t>> {
    if left.len().saturating_mul(right.len()) > PAIRS {
        let gone = left.iter().map(|line| Step::Gone(line));
        return gone.chain(right.iter().map(|line| Step::New(line))).collect();
    }
    let width = right.len() + 1;
    // How many lines both have from here on.
    let mut common = vec![0_u32; (left.len() + 1) * width];
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            common[i * width + j] = if left[i] == right[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < left.len() || j < right.len() {
        if i < left.len() && j < right.len() && left[i] == right[j] {
            steps.push(Step::Same);
            (i, j) = (i + 1, j + 1);
        } else if i < left.len()
            && (j == right.len() || common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            steps.push(Step::Gone(left[i]));
            i += 1;
        } else {
            steps.push(Step::New(right[j]));
            j += 1;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_told_by_lines() {
        assert!(changes("一\n二\n", "一\n二\n").is_empty());
        let found = changes("一\n二\n三\n四\n", "一\n贰\n三\n四\n五\n");
        assert_eq!((found[0].line, found[0].start), (2, 4));
        assert_eq!((&found[0].before[..], &found[0].after[..]), (&["二"][..], &["贰"][..]));
        assert_eq!((found[1].line, &found[1].after[..], found.len()), (5, &["五"][..], 2));
        let found = changes("一\n二\n三\n", "一\n三\n");
        assert_eq!((found[0].line, &found[0].before[..], found[0].after.len()), (2, &["二"][..], 0));
        assert_eq!(changes("", "一").len(), 1);
    }
}
