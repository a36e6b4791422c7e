//! One question of a report: what was said of each point, by which words, and with how much help.

use super::super::clock::Clock;
use super::super::plan::Why;
use super::super::score::{Counted, Credit, Scored};
use super::super::sitting::{Answer, Sitting};
use super::{PointTold, Told, Wrong};
use crate::card::{Id, Key, Point, Recall};
use crate::grader::{Finding, Suspicion, Verdict};
use crate::review::{Mark, Marked, Percent};
use crate::safe;
use crate::text::Safe;

/// From this confidence on, a missed point was one of which the learner was sure.
const SURE: u8 = 70;

impl Told {
    pub(super) fn of<'v>(
        recall: &Recall,
        answer: &Answer,
        sitting: &Sitting,
        on: impl Fn(&Safe) -> Option<&'v Verdict>,
    ) -> Told {
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
}

fn nobody() -> Id {
    "none".parse().expect("an id")
}

fn is_over(clock: &Clock, answer: &Answer) -> bool {
    answer.took > clock.budget()
}

fn point_told(
    point: &Point,
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
    let told = |found: &Suspicion| {
        let line = recall.misconceptions.iter().find(|line| line.id == found.misconception)?;
        let quote = answer.text.as_str().get(found.quote.range.clone()).unwrap_or_default();
        Some(Wrong {
            misconception: found.misconception.clone(),
            quote: Safe::new(quote).line(),
            correction: line
                .correction
                .as_ref()
                .map_or_else(|| safe!("It is not so: {}", line.text.line()), Safe::line),
            is_sure: found.is_sure,
        })
    };
    verdict.misconceptions.iter().filter_map(told).collect()
}
