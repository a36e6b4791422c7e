//! How good verdicts are on labelled texts.

use std::collections::BTreeMap;
use std::ops::Range;

use super::model::{Limits, Verdict, largest};
use super::train::Example;

/// A verdict beside what its text was labelled with.
#[derive(Debug, Clone)]
pub struct Judged<'a> {
    pub example: &'a Example,
    pub verdict: Verdict,
}

/// Shares from 0 to 1; not a number where there was nothing to count.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// Texts in scope, and texts that are not.
    pub texts: (usize, usize),
    /// Of the texts of a basic label: the likelier basic label is right.
    pub forced: f64,
    /// The likeliest label is right.
    pub right: f64,
    pub recall: Vec<f64>,
    /// Contrast pairs of which all members are right, and their number.
    pub pairs: (f64, usize),
    /// Expected calibration error of the likeliest label, in ten bins.
    pub calibration: f64,
    /// Of the texts with a sure verdict: it is right; and their share.
    pub sure: (f64, f64),
    /// Of the texts out of scope: they get no verdict.
    pub unclear: f64,
    /// Of the texts in scope: they get none.
    pub false_unclear: f64,
    /// Of the texts with marked words: the evidence shown touches them.
    pub evidence: f64,
    /// Right label by row, likeliest label by column.
    pub confusion: Vec<Vec<usize>>,
}

/// The figures of some verdicts; `basic` are the labels of the basic level.
pub fn figures(judged: &[&Judged<'_>], labels: usize, basic: &[usize]) -> Figures {
    let (inside, outside): (Vec<&Judged<'_>>, Vec<&Judged<'_>>) =
        judged.iter().copied().partition(|judged| judged.example.class < labels);
    let mut confusion = vec![vec![0; labels]; labels];
    let mut pairs: BTreeMap<(&str, &str), Vec<bool>> = BTreeMap::new();
    let mut bins = [(0.0, 0.0); 10];
    for judged in &inside {
        let top = largest(&judged.verdict.probabilities);
        let is_right = top == judged.example.class;
        confusion[judged.example.class][top] += 1;
        if let Some(pair) = &judged.example.pair {
            pairs.entry((&judged.example.author, pair)).or_default().push(is_right);
        }
        let confidence = judged.verdict.probabilities[top];
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += confidence;
        bin.1 += f64::from(u8::from(is_right));
    }
    pairs.retain(|_, members| members.len() > 1);
    let whole = pairs.values().filter(|members| members.iter().all(|is_right| *is_right)).count();
    let label = |judged: &&Judged<'_>| judged.verdict.label;
    let basics: Vec<_> = inside.iter().filter(|judged| basic.contains(&judged.example.class)).collect();
    let sure: Vec<_> = inside.iter().filter(|judged| judged.verdict.is_sure).collect();
    let marked: Vec<_> = inside.iter().filter(|judged| !judged.example.evidence.is_empty()).collect();
    let recall = |(class, row): (usize, &Vec<usize>)| ratio(row[class], row.iter().sum());
    Figures {
        texts: (inside.len(), outside.len()),
        forced: share(&basics, |judged| judged.verdict.forced == judged.example.class),
        right: ratio((0..labels).map(|class| confusion[class][class]).sum(), inside.len()),
        recall: confusion.iter().enumerate().map(recall).collect(),
        pairs: (ratio(whole, pairs.len()), pairs.len()),
        calibration: bins.iter().map(|(said, was)| f64::abs(said - was)).sum::<f64>() / inside.len() as f64,
        sure: (
            share(&sure, |judged| judged.verdict.label == Some(judged.example.class)),
            ratio(sure.len(), inside.len()),
        ),
        unclear: ratio(outside.iter().filter(|judged| label(judged).is_none()).count(), outside.len()),
        false_unclear: ratio(inside.iter().filter(|judged| label(judged).is_none()).count(), inside.len()),
        evidence: share(&marked, |judged| touches(judged)),
        confusion,
    }
}

/// The share of texts in scope that the limit on "unclear" may turn away.
const FALSE_UNCLEAR: f64 = 0.025;
/// How often a verdict that is shown as sure must be right.
const SURE: f64 = 0.955;

/// The limits that fit these verdicts: "unclear" turns away so many texts in scope and no more, and "sure" begins
/// where those above it are right as often as they must be.
pub fn limits(judged: &[&Judged<'_>], labels: usize) -> Limits {
    let inside: Vec<_> = judged.iter().filter(|judged| judged.example.class < labels).collect();
    let mut doubts: Vec<f64> = inside.iter().map(|judged| 1.0 - judged.verdict.in_scope).collect();
    doubts.sort_by(f64::total_cmp);
    let place = ((1.0 - FALSE_UNCLEAR) * doubts.len() as f64) as usize;
    let unclear = hundredths(doubts.get(place).copied().unwrap_or(1.0)).max(0.01);
    let doubt = unclear / 2.0;
    let is_right = |verdict: &Verdict, class| largest(&verdict.probabilities) == class;
    let precise = |sure: &f64| {
        let shown: Vec<_> = inside
            .iter()
            .filter(|judged| 1.0 - judged.verdict.in_scope < doubt)
            .filter(|judged| judged.verdict.probabilities.iter().any(|probability| probability >= sure))
            .collect();
        share(&shown, |judged| is_right(&judged.verdict, judged.example.class)) >= SURE
    };
    let steps = (50..100).map(|hundredth| f64::from(hundredth) / 100.0);
    let sure = steps.into_iter().find(precise).unwrap_or(0.99);
    Limits { unclear, sure, doubt }
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).ceil() / 100.0
}

fn touches(judged: &Judged<'_>) -> bool {
    let meets = |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    let shown = &judged.verdict.evidence;
    shown.iter().any(|shown| judged.example.evidence.iter().any(|marked| meets(&shown.range, marked)))
}

fn share<T>(of: &[T], test: impl Fn(&T) -> bool) -> f64 {
    ratio(of.iter().filter(|one| test(one)).count(), of.len())
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::super::train::Kind;
    use super::*;

    fn example(class: usize, pair: Option<&str>) -> Example {
        let pair = pair.map(str::to_owned);
        let (text, style, author) = ("text".to_owned(), String::new(), "x".to_owned());
        Example { text, class, style, evidence: Vec::new(), author, pair, kind: Kind::Original }
    }

    fn verdict(probabilities: [f64; 2], in_scope: f64) -> Verdict {
        let forced = largest(&probabilities);
        let (probabilities, evidence) = (probabilities.to_vec(), Vec::new());
        Verdict { label: None, is_sure: false, probabilities, in_scope, forced, evidence }
    }

    const LIMITS: Limits = Limits { unclear: 0.5, sure: 0.8, doubt: 0.25 };

    #[test]
    fn figures_are_counted_by_hand() {
        let examples =
            [example(0, Some("p")), example(1, Some("p")), example(0, None), example(1, None), example(2, None)];
        let verdicts =
            [([0.9, 0.1], 1.0), ([0.6, 0.4], 1.0), ([0.95, 0.05], 0.4), ([0.1, 0.9], 0.9), ([0.9, 0.1], 0.2)];
        let judged: Vec<_> = examples
            .iter()
            .zip(verdicts)
            .map(|(example, (probabilities, in_scope))| Judged {
                example,
                verdict: verdict(probabilities, in_scope).within(LIMITS),
            })
            .collect();
        let figures = figures(&judged.iter().collect::<Vec<_>>(), 2, &[0, 1]);
        assert_eq!((figures.texts, figures.right, figures.forced), ((4, 1), 0.75, 0.75));
        assert_eq!((figures.recall, figures.pairs), (vec![1.0, 0.5], (0.0, 1)));
        assert_eq!((figures.sure, figures.unclear, figures.false_unclear), ((1.0, 0.5), 1.0, 0.25));
        assert_eq!(figures.confusion, [[2, 0], [1, 1]]);
        let bins = ((0.9 + 0.95 + 0.9) - 3.0_f64).abs() + 0.6;
        assert!((figures.calibration - bins / 4.0).abs() < 1e-12, "{}", figures.calibration);
    }

    #[test]
    fn limits_begin_where_verdicts_are_right_often_enough() {
        let examples: Vec<_> = (0..1000).map(|_| example(0, None)).collect();
        // Wrong half of the time below .7, always right above.
        let told = |index: usize| match index % 4 {
            0 => verdict([0.31, 0.69], 0.999),
            1 => verdict([0.69, 0.31], 0.999),
            _ => verdict([0.9, 0.1], 0.999),
        };
        let judged: Vec<_> =
            examples.iter().enumerate().map(|(index, example)| Judged { example, verdict: told(index) }).collect();
        let limits = limits(&judged.iter().collect::<Vec<_>>(), 2);
        assert!((limits.sure - 0.7).abs() < 1e-9, "{limits:?}");
    }
}
