//! The words of a text that a verdict rests on.

use std::ops::Range;

use super::model::{Evidence, Weighed};

/// The most spans that speak for a verdict.
const SPANS: usize = 3;
/// A span is shown if it weighs at least so much of the first one,
const SHARE: f64 = 0.35;
/// and the one against if it weighs at least so much of it.
const AGAINST: f64 = 0.25;
/// The longest span, in bytes, unless one word is longer.
const LONGEST: usize = 120;
/// What every clause gets, so that the most decisive one is shown even when no word speaks for the label.
const FLOOR: f64 = 0.02;

/// The spans that speak for `label` of the first `labels` classes, and the one that speaks most against it.
pub fn of(weighed: &Weighed, label: usize, labels: usize) -> Vec<Evidence> {
    let clauses = weighed.reading.clauses.len();
    let mut totals = vec![vec![0.0; labels]; clauses];
    for share in &weighed.shares {
        if let Some(total) = totals.get_mut(share.clause) {
            total.iter_mut().zip(&share.scores).for_each(|(total, score)| *total += score);
        }
    }
    let weights: Vec<_> = totals.iter().map(|scores| lead(scores, label)).collect();
    let rank = |clause: &usize| (weights[*clause].max(0.0) + FLOOR) * (0.1 + 0.9 * weighed.near[*clause]);
    let mut order: Vec<_> = (0..clauses).collect();
    order.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
    let Some(first) = order.first().copied() else { return Vec::new() };
    let shown = order.iter().take(SPANS).filter(|clause| rank(clause) >= SHARE * rank(&first));
    let span = |clause: usize, label| trimmed(weighed, clause, label);
    let mut evidence: Vec<_> =
        shown.map(|clause| Evidence { range: span(*clause, label), label, weight: weights[*clause] }).collect();
    let against = (0..clauses).min_by(|one, other| weights[*one].total_cmp(&weights[*other]));
    if let Some(clause) =
        against.filter(|clause| weights[*clause] < -AGAINST * weights[first].abs() && *clause != first)
    {
        let other = super::model::largest(&totals[clause]);
        let is_shown = evidence.iter().any(|shown| shown.range == span(clause, other));
        if other != label && !is_shown {
            evidence.push(Evidence { range: span(clause, other), label: other, weight: weights[clause] });
        }
    }
    evidence
}

/// By how much one class leads the mean of the others.
fn lead(scores: &[f64], class: usize) -> f64 {
    let others: f64 = scores.iter().enumerate().filter(|(other, _)| *other != class).map(|(_, score)| score).sum();
    scores[class] - others / (scores.len() - 1).max(1) as f64
}

/// The weightiest run of words of a clause. A word at either end stays if it weighs at least a third of the mean.
fn trimmed(weighed: &Weighed, clause: usize, label: usize) -> Range<usize> {
    let whole = &weighed.reading.clauses[clause];
    let weights = by_word(weighed, clause, label);
    let total: f64 = weights.iter().sum();
    let price = total.max(0.0) / (3 * weights.len()) as f64;
    let mut best = (f64::NEG_INFINITY, 0..1);
    for (first, start) in whole.words.iter().enumerate() {
        let mut sum = 0.0;
        for (last, word) in whole.words.iter().enumerate().skip(first) {
            if word.end - start.start > LONGEST && last > first {
                break;
            }
            sum += weights[last] - price;
            if sum > best.0 {
                best = (sum, first..last + 1);
            }
        }
    }
    let Range { start, end } = best.1;
    // What is quoted or in brackets at the ends of a clause is shown with its marks.
    let from = if start == 0 { whole.range.start } else { whole.words[start].start };
    let to = if end == whole.words.len() { whole.range.end } else { whole.words[end - 1].end };
    if to - from > LONGEST { whole.words[start].start..whole.words[end - 1].end } else { from..to }
}

/// What each word of a clause adds to the lead of a label.
fn by_word(weighed: &Weighed, clause: usize, label: usize) -> Vec<f64> {
    let whole = &weighed.reading.clauses[clause];
    let mut weights = vec![0.0; whole.words.len()];
    for share in weighed.shares.iter().filter(|share| share.clause == clause && share.range != whole.range) {
        let touches = |word: &Range<usize>| word.start < share.range.end && share.range.start < word.end;
        let first = whole.words.partition_point(|word| word.end <= share.range.start);
        let count = whole.words[first..].iter().take_while(|word| touches(word)).count();
        let lead = lead(&share.scores, label) / count.max(1) as f64;
        weights[first..first + count].iter_mut().for_each(|weight| *weight += lead);
    }
    weights
}
