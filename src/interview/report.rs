//! What a mock came to, question by question, with the learner's own words as evidence.

mod words;

use std::ops::Range;

use jiff::Timestamp;
use serde::Serialize;

use super::clock::Clock;
use super::plan::{Length, Why};
use super::score::{Calibration, Counted, Credit, Score, Scored};
use super::sitting::{Answer, Sitting, Step};
use crate::card::{Card, Id, Key, Kind, Recall};
use crate::grader::{Finding, Verdict};
use crate::review::{Grade, Mark, Marked, Percent, Said, Typed};
use crate::text::Safe;

/// Changes whenever a report is written in another shape.
const VERSION: u32 = 1;

/// From this confidence on, a missed point was one of which the learner was sure.
const SURE: u8 = 70;

/// A finished mock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    version: u32,
    pub at: Timestamp,
    pub length: Length,
    pub seed: u64,
    pub is_spoken: bool,
    /// Milliseconds.
    pub took: u64,
    /// None if nothing was asked.
    pub score: Option<Score>,
    pub calibration: Option<Calibration>,
    /// In the order of asking.
    pub questions: Vec<Told>,
}

/// One question, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    pub card: Key,
    pub topic: Option<Safe>,
    pub why: Why,
    pub question: Safe,
    pub is_skipped: bool,
    pub text: Safe,
    pub confidence: Option<Percent>,
    /// Milliseconds, and whether that was more than is meant for one question.
    pub took: u64,
    pub is_over_time: bool,
    pub points: Vec<PointTold>,
    pub wrong: Vec<Wrong>,
    /// What was asked next, with what was said to it.
    pub probes: Vec<(Safe, Safe)>,
    pub hints: usize,
    pub grade: Grade,
    /// The shares of the points that were said without help, of those that are decided and of all, and with help; 0 to 1.
    pub unaided: f64,
    pub said: f64,
    pub coverage: f64,
    #[serde(skip)]
    scored: Scored,
}

/// One point of a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PointTold {
    pub text: Safe,
    pub weight: u8,
    pub credit: Credit,
    pub marked: Marked,
    /// Where it was said, in bytes of the text.
    pub quote: Option<Range<usize>>,
}

/// A wrong claim.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Wrong {
    pub misconception: Id,
    /// What was said.
    pub quote: Safe,
    /// What the deck says is wrong about it.
    pub correction: Safe,
    /// Whether the grader is sure; else it is a question.
    pub is_sure: bool,
}

impl Report {
    /// Of a mock, with the cards that it asked and the verdict on each text that was handed in. Cards that are gone are
    /// left out.
    pub fn of<'v>(
        sitting: &Sitting,
        card: impl Fn(&Key) -> Option<Card>,
        verdict: impl Fn(&Key, &Safe) -> Option<&'v Verdict>,
    ) -> Report {
        let told = |(drawn, answer): (&super::Drawn, &Answer)| {
            let card = card(&drawn.card)?;
            let Kind::Recall(recall) = &card.kind else { return None };
            let on = |text: &Safe| verdict(&drawn.card, text);
            let told = Told::of(recall, answer, sitting, on);
            Some(Told { card: drawn.card.clone(), topic: drawn.topic.clone(), why: drawn.why, ..told })
        };
        let handed_in = sitting.answers().filter(|_| sitting.step() == Step::Over);
        let questions: Vec<Told> = handed_in.filter_map(told).collect();
        let scored: Vec<Scored> = questions.iter().map(|told| told.scored.clone()).collect();
        Report {
            version: VERSION,
            at: sitting.started,
            length: sitting.plan.length,
            seed: sitting.plan.seed,
            is_spoken: sitting.wishes.is_spoken,
            took: sitting.clock.spent(),
            score: Score::of(&scored, sitting.structure),
            calibration: Calibration::of(&scored),
            questions,
        }
    }

    /// The weighted share of all points that was said, with help, 0 to 1.
    pub fn said(&self) -> f64 {
        self.score.map_or(0.0, |score| score.coverage)
    }

    /// Wrong claims that are certain.
    pub fn wrong(&self) -> usize {
        self.questions.iter().flat_map(|told| &told.wrong).filter(|wrong| wrong.is_sure).count()
    }

    /// The places of the questions in the order in which they are worth a look: first what the learner was sure of and
    /// missed, the surest first; then as they were asked.
    pub fn by_worth(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.questions.len()).collect();
        let rank = |told: &Told| {
            let sure = told.confidence.map_or(0, Percent::number);
            if told.is_sure_but_missed() { i64::from(sure) } else { -1 }
        };
        places.sort_by_key(|place| std::cmp::Reverse(rank(&self.questions[*place])));
        places
    }

    /// The report as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

impl Told {
    fn of<'v>(recall: &Recall, answer: &Answer, sitting: &Sitting, on: impl Fn(&Safe) -> Option<&'v Verdict>) -> Told {
        let verdict = on(&answer.text).filter(|_| !sitting.wishes.is_spoken);
        let on_probes: Vec<&Verdict> = answer.prompted().filter_map(|probed| on(&probed.text)).collect();
        let is_spoken = sitting.wishes.is_spoken;
        let points: Vec<PointTold> =
            recall.points.iter().map(|point| point_told(point, answer, verdict, &on_probes, is_spoken)).collect();
        let wrong = verdict.map_or_else(Vec::new, |verdict| wrong(recall, answer, verdict));
        let scored = Scored {
            points: points.iter().map(|point| Counted { weight: point.weight, credit: point.credit }).collect(),
            words: answer.words(),
            wrong: wrong.iter().filter(|wrong| wrong.is_sure).count(),
            suspected: wrong.iter().filter(|wrong| !wrong.is_sure).count(),
            is_over_time: is_over(&sitting.clock, answer),
            confidence: answer.confidence.map(|sure| f64::from(sure.number()) / 100.0),
            is_spoken: is_spoken && !answer.is_skipped,
        };
        Told {
            card: Key { deck: nobody(), card: nobody() },
            topic: None,
            why: Why::Random,
            question: recall.question.line(),
            is_skipped: answer.is_skipped,
            text: answer.text.clone(),
            confidence: answer.confidence,
            took: answer.took,
            is_over_time: scored.is_over_time,
            points,
            wrong,
            probes: answer.probes.iter().map(|probed| (probed.probe.question.clone(), probed.text.clone())).collect(),
            hints: answer.hints.len(),
            grade: answer.grade.unwrap_or_else(|| scored.grade()),
            unaided: scored.unaided(),
            said: scored.said(),
            coverage: scored.coverage(),
            scored,
        }
    }

    /// Whether the learner was sure of an answer in which a point is missing that is expected.
    pub fn is_sure_but_missed(&self) -> bool {
        let is_missing =
            |point: &PointTold| point.weight >= 2 && matches!(point.credit, Credit::Missed | Credit::Prompted);
        self.confidence.is_some_and(|sure| sure.number() >= SURE) && self.points.iter().any(is_missing)
    }

    /// What goes on record beside the grade.
    pub fn record(&self) -> Said {
        let marks = self.points.iter().map(|point| point.marked.clone()).collect();
        let wrong = self.wrong.iter().filter(|wrong| wrong.is_sure).map(|wrong| wrong.misconception.clone()).collect();
        Said::Typed(Typed::new(&self.text, self.confidence, marks, wrong))
    }
}

fn nobody() -> Id {
    "none".parse().expect("an id")
}

fn is_over(clock: &Clock, answer: &Answer) -> bool {
    answer.took > clock.budget()
}

fn point_told(
    point: &crate::card::Point,
    answer: &Answer,
    verdict: Option<&Verdict>,
    on_probes: &[&Verdict],
    is_spoken: bool,
) -> PointTold {
    let own = answer.decided.iter().find(|(id, _)| *id == point.id).map(|(_, mark)| *mark);
    let found = |verdict: &Verdict| verdict.points.iter().find(|found| found.point == point.id).cloned();
    let finding = verdict.and_then(found);
    let marked = match &finding {
        Some(Finding { mark, is_sure, probability, .. }) => Marked {
            point: point.id.clone(),
            mark: *mark,
            p: Some(Percent::of(*probability)),
            sure: *is_sure,
            flipped: own,
        },
        None => Marked {
            point: point.id.clone(),
            mark: own.filter(|_| is_spoken).unwrap_or(Mark::Missed),
            p: None,
            sure: true,
            flipped: own.filter(|_| !is_spoken),
        },
    };
    let is_prompted = on_probes.iter().filter_map(|verdict| found(verdict)).any(|found| found.mark == Mark::Covered);
    let is_hinted = answer.hints.iter().any(|hint| hint.point == point.id);
    let quote = finding.and_then(|finding| finding.quote).map(|quote| quote.range);
    PointTold {
        text: point.text.line(),
        weight: point.weight,
        credit: credit(&marked, is_prompted, is_hinted),
        marked,
        quote,
    }
}

/// What a marked point is worth.
fn credit(marked: &Marked, is_prompted: bool, is_hinted: bool) -> Credit {
    let is_decided = marked.sure || marked.flipped.is_some();
    match marked.flipped.unwrap_or(marked.mark) {
        _ if !is_decided && is_prompted => Credit::Prompted,
        _ if !is_decided => Credit::Undecided,
        Mark::Missed if is_prompted && marked.flipped.is_none() => Credit::Prompted,
        Mark::Missed => Credit::Missed,
        _ if is_hinted => Credit::Hinted,
        Mark::Covered => Credit::Said,
        Mark::Partial => Credit::Partial,
    }
}

fn wrong(recall: &Recall, answer: &Answer, verdict: &Verdict) -> Vec<Wrong> {
    let told = |found: &crate::grader::Suspicion| {
        let line = recall.misconceptions.iter().find(|line| line.id == found.misconception)?;
        let quote = answer.text.as_str().get(found.quote.range.clone()).unwrap_or_default();
        Some(Wrong {
            misconception: found.misconception.clone(),
            quote: Safe::new(quote).line(),
            correction: line
                .correction
                .as_ref()
                .map_or_else(|| crate::safe!("It is not so: {}", line.text.line()), Safe::line),
            is_sure: found.is_sure,
        })
    };
    verdict.misconceptions.iter().filter_map(told).collect()
}

#[cfg(test)]
mod tests;
