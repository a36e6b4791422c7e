//! What the learner is told of an answer: marks, how sure they are, and the words that they rest on.

use std::ops::Range;

use super::judge::{Limits, Measured, Model};
use super::reading::{Matches, Reading};
use super::rubric::{Claim, Rubric};
use crate::card::Id;
pub use crate::review::Mark;
use crate::text::Safe;

/// A quote of fewer bytes is widened to its window.
const SHORTEST_QUOTE: usize = 12;

/// An answer, marked. Points and misconceptions are in the order of the card.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    pub points: Vec<Finding>,
    /// Those that were stated, or may have been.
    pub misconceptions: Vec<Suspicion>,
    /// Weighted coverage from 0 to 100; a partial mark counts half. 0 for a card without points. Of code, how much of
    /// it is the same.
    pub score: f64,
}

/// The mark of one point.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub point: Id,
    pub mark: Mark,
    /// Whether the mark may be shown without asking the learner.
    pub is_sure: bool,
    /// That the point was said, at least in part; 0 to 1.
    pub probability: f64,
    /// Where; none if it was missed. Byte ranges of the answer on character borders, never empty.
    pub quote: Option<Quote>,
}

/// Words of an answer, and the line of the deck that they met.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    pub range: Range<usize>,
    /// The words in it that the line has too.
    pub words: Vec<Range<usize>>,
    pub line: Safe,
}

/// A misconception that the answer seems to state.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspicion {
    pub misconception: Id,
    /// Told if true; otherwise to be asked ("did you mean …?").
    pub is_sure: bool,
    pub probability: f64,
    pub quote: Quote,
}

impl Verdict {
    /// The verdict on an answer without a word.
    pub fn on_nothing(rubric: &Rubric) -> Verdict {
        let missed = |claim: &Claim| Finding {
            point: claim.id.clone(),
            mark: Mark::Missed,
            is_sure: true,
            probability: 0.0,
            quote: None,
        };
        Verdict { points: rubric.points.iter().map(missed).collect(), misconceptions: Vec::new(), score: 0.0 }
    }

    pub fn on(reading: &Reading, model: &Model) -> Verdict {
        Verdict::judged(reading, model, &Measured::new(reading))
    }

    /// The verdict by what was measured, which may leave out exceptions that the reading has.
    pub fn judged(reading: &Reading, model: &Model, measured: &Measured) -> Verdict {
        let (points, wrong) = model.judge(measured);
        let findings = points.iter().enumerate().map(|(at, p)| finding(reading, &model.limits, at, *p));
        let points: Vec<Finding> = findings.collect();
        let limit = f64::from(model.limits.misconception.0);
        let is_suspected = |at: &usize| wrong[*at] > limit;
        let misconceptions = (0..wrong.len()).filter(is_suspected).map(|at| Suspicion {
            misconception: reading.rubric.misconceptions[at].id.clone(),
            is_sure: wrong[at] > f64::from(model.limits.misconception.1),
            probability: wrong[at],
            quote: quote(reading, &reading.rubric.misconceptions[at], &reading.misconceptions[at]),
        });
        Verdict { score: score(&points, &reading.rubric.points), misconceptions: misconceptions.collect(), points }
    }
}

fn finding(reading: &Reading, limits: &Limits, at: usize, probability: f64) -> Finding {
    let claim = &reading.rubric.points[at];
    let mark = match () {
        () if probability < f64::from(limits.partial) => Mark::Missed,
        () if probability < f64::from(limits.covered) => Mark::Partial,
        () => Mark::Covered,
    };
    let is_sure = probability <= f64::from(limits.sure.0) || probability >= f64::from(limits.sure.1);
    let quote = (mark != Mark::Missed).then(|| quote(reading, claim, &reading.points[at]));
    Finding { point: claim.id.clone(), mark, is_sure, probability, quote }
}

fn score(points: &[Finding], claims: &[Claim]) -> f64 {
    let total: f64 = claims.iter().map(|claim| f64::from(claim.weight)).sum();
    let won = points.iter().zip(claims).map(|(point, claim)| point.mark.share() * f64::from(claim.weight));
    if total > 0.0 { 100.0 * won.sum::<f64>() / total } else { 0.0 }
}

/// From the first word in the window that the line has too to the last one.
fn quote(reading: &Reading, claim: &Claim, matches: &Matches) -> Quote {
    let line = &claim.lines[matches.line()];
    let found = reading.found(matches.window, line);
    let range = |first: usize, last: usize| reading.words[first].start..reading.words[last].end;
    let window = &reading.window(matches.window).words;
    let whole = range(window.start, window.end - 1);
    let near = found.first().zip(found.last()).map(|(first, last)| range(*first, *last));
    let near = near.filter(|near| near.len() >= SHORTEST_QUOTE).unwrap_or(whole);
    let mut words: Vec<Range<usize>> = found.into_iter().map(|at| range(at, at)).collect();
    words.dedup();
    Quote { range: near, words, line: Safe::new(&line.text) }
}
