//! What a mock came to, question by question, with the learner's own words as evidence.

mod returns;
mod told;
mod words;

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::margin::margin;
use super::plan::{Length, Why};
use super::score::{Calibration, Credit, Score, Scored};
use super::sitting::{Answer, Sitting, Step};
use super::trend::{Mould, Past};
use crate::card::{Card, Id, Key, Kind, Level};
use crate::grader::Verdict;
use crate::review::{Grade, Marked, Percent};
use crate::text::Safe;

/// Changes whenever a report is written in another shape.
const VERSION: u32 = 1;

/// A finished mock.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    version: u32,
    pub at: Timestamp,
    pub length: Length,
    pub seed: u64,
    /// Questions up to it; none are all.
    pub level: Option<Level>,
    pub is_spoken: bool,
    /// Milliseconds.
    pub took: u64,
    /// None if nothing was asked.
    pub score: Option<Score>,
    /// How far the share that was said may be off either way, 0 to 1; none with too few questions to tell.
    pub margin: Option<f64>,
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
            level: sitting.wishes.level,
            is_spoken: sitting.wishes.is_spoken,
            took: sitting.clock.spent(),
            score: Score::of(&scored, sitting.structure),
            margin: margin(&scored, sitting.plan.seed),
            calibration: Calibration::of(&scored),
            questions,
        }
    }

    /// The weighted share of all points that was said, with help, 0 to 1.
    pub fn said(&self) -> f64 {
        self.score.map_or(0.0, |score| score.coverage)
    }

    /// What another interview must have alike to be compared with it.
    pub fn mould(&self) -> Mould {
        Mould { minutes: self.length.minutes(), level: self.level, is_spoken: self.is_spoken }
    }

    /// The report as one among those of the past. The answers that were skipped count in what was said.
    pub fn past(&self, day: Date) -> Past {
        let minutes = self.questions.iter().map(|told| told.took as f64).sum::<f64>() / 60_000.0;
        let points = self.questions.iter().flat_map(|told| &told.points).map(|point| point.credit.share()).sum::<f64>();
        let of_topic =
            |told: &Told| Some((told.topic.clone()?, told.coverage * told.scored.weight(), told.scored.weight()));
        Past {
            day,
            mould: Some(self.mould()),
            questions: self.questions.len(),
            said: self.said(),
            score: self.score.map(|score| score.share()),
            expected: self.calibration.map(|found| found.expected),
            gap: self.calibration.filter(|_| self.is_settled()).map(|found| found.gap()),
            points_per_minute: if minutes > 0.0 { points / minutes } else { 0.0 },
            topics: self.questions.iter().filter(|told| !told.is_skipped).filter_map(of_topic).collect(),
        }
    }

    /// Whether so many points are decided, by weight, that expected and said can be held against each other.
    pub fn is_settled(&self) -> bool {
        let points = || self.questions.iter().filter(|told| !told.is_skipped).flat_map(|told| &told.points);
        let weight = |is: fn(&PointTold) -> bool| {
            points().filter(|point| is(point)).map(|point| u32::from(point.weight)).sum::<u32>()
        };
        4 * weight(|point| point.credit == Credit::Undecided) <= weight(|_| true)
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

    /// The places of the questions of which the least was said, the weakest first; those that were said whole are none.
    pub fn weakest(&self, most: usize) -> Vec<usize> {
        let mut places: Vec<usize> =
            (0..self.questions.len()).filter(|at| self.questions[*at].coverage < 1.0).collect();
        places.sort_by(|one, other| self.questions[*one].coverage.total_cmp(&self.questions[*other].coverage));
        places.truncate(most);
        places
    }

    /// The report as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests;
