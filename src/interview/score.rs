//! What answers come to: how much of each was said, a score of a hundred, and the grade for the schedule.

use serde::{Deserialize, Serialize};

use crate::review::{Grade, Percent};

/// An answer of fewer words is too short to be one.
pub const SHORTEST: usize = 20;

/// How a point was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Credit {
    Said,
    Partial,
    /// Said when the interviewer asked for it.
    Prompted,
    /// Said after a hint.
    Hinted,
    Missed,
    /// The grader is not sure, and the learner has not decided.
    Undecided,
}

/// A point that counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Counted {
    /// 1 to 3.
    pub weight: u8,
    pub credit: Credit,
}

/// An answer, as far as it is scored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scored {
    pub points: Vec<Counted>,
    pub words: usize,
    /// Wrong claims that are certain, and those that may be.
    pub wrong: usize,
    pub suspected: usize,
    pub is_over_time: bool,
    /// How much of a full answer the learner thought it to be, 0 to 1.
    pub confidence: Option<f64>,
    /// Said aloud: nobody counted the words.
    pub is_spoken: bool,
}

/// The parts of a score, each from 0 to 1 or from 0 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Score {
    pub coverage: f64,
    pub accuracy: f64,
    /// What the learner ticked; none as long as they did not.
    pub structure: Option<u8>,
    pub pace: u8,
}

/// What the learner expected, against what was said; all from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Calibration {
    pub expected: f64,
    /// Of the same answers.
    pub said: f64,
    /// The mean square of what each answer was off.
    pub brier: f64,
    /// The answers by how sure the learner was, from the least to the most.
    pub buckets: [Bucket; 4],
}

/// The answers of one word of [`Percent::WORDS`]: how many, and the means of what was expected and said, 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Bucket {
    pub answers: usize,
    pub expected: f64,
    pub said: f64,
}

impl Credit {
    /// What it counts of the point's weight.
    pub fn share(self) -> f64 {
        match self {
            Credit::Said => 1.0,
            Credit::Partial | Credit::Prompted => 0.5,
            Credit::Hinted => 1.0 / 3.0,
            Credit::Missed | Credit::Undecided => 0.0,
        }
    }

    /// What it counts without the help that was given.
    fn unaided(self) -> f64 {
        match self {
            Credit::Prompted | Credit::Hinted => 0.0,
            _ => self.share(),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Credit::Said => "covered",
            Credit::Partial => "partial",
            Credit::Prompted => "when asked",
            Credit::Hinted => "after a hint",
            Credit::Missed => "missed",
            Credit::Undecided => "not sure",
        }
    }
}

/// The weighted share of the points, 0 to 1; 0 if there are none.
fn share<'p>(points: impl IntoIterator<Item = &'p Counted>, worth: impl Fn(Credit) -> f64) -> f64 {
    let (mut won, mut all) = (0.0, 0.0);
    for point in points {
        won += f64::from(point.weight) * worth(point.credit);
        all += f64::from(point.weight);
    }
    if all > 0.0 { won / all } else { 0.0 }
}

impl Scored {
    pub fn weight(&self) -> f64 {
        self.points.iter().map(|point| f64::from(point.weight)).sum()
    }

    /// With what was said on probes and after hints.
    pub fn coverage(&self) -> f64 {
        share(&self.points, Credit::share)
    }

    /// Without help.
    pub fn said(&self) -> f64 {
        share(&self.points, Credit::unaided)
    }

    /// Of the points that are decided, without help.
    pub fn unaided(&self) -> f64 {
        share(self.decided(), Credit::unaided)
    }

    fn decided(&self) -> impl Iterator<Item = &Counted> {
        self.points.iter().filter(|point| point.credit != Credit::Undecided)
    }

    fn is_empty(&self) -> bool {
        self.words == 0 && !self.is_spoken
    }

    /// 0 to 4: false at the centre, several wrong, one wrong, a slip perhaps, nothing wrong. Nothing said is worth
    /// nothing.
    fn accuracy(&self) -> u8 {
        let says_centre = self.points.iter().any(|point| point.weight == 3 && point.credit.share() > 0.0);
        match (self.wrong, self.suspected) {
            _ if self.is_empty() => 0,
            (1.., _) if !says_centre => 0,
            (2.., _) => 1,
            (1, _) => 2,
            (0, 1..) => 3,
            (0, 0) => 4,
        }
    }

    /// What the schedule is told. `Good` is the best, so that a lucky mock never sends a card away for months.
    pub fn grade(&self) -> Grade {
        Grade::suggested(self.unaided(), self.wrong > 0)
    }
}

impl Score {
    /// Of all answers that were asked for; none if nothing was.
    pub fn of(answers: &[Scored], structure: Option<u8>) -> Option<Score> {
        if answers.is_empty() {
            return None;
        }
        let coverage = share(answers.iter().flat_map(|answer| &answer.points), Credit::share);
        let accuracy: u32 = answers.iter().map(|answer| u32::from(answer.accuracy())).sum();
        let accuracy = f64::from(accuracy) / answers.len() as f64;
        let structure = structure.map(|band| if answers.iter().all(Scored::is_empty) { 0 } else { band.min(4) });
        Some(Score { coverage, accuracy, structure, pace: pace(answers) })
    }

    /// Coverage counts 60, accuracy 20, structure 10 and pace 10.
    pub fn total(&self) -> f64 {
        let structure = f64::from(self.structure.unwrap_or(0));
        60.0 * self.coverage + 5.0 * self.accuracy + 2.5 * structure + 2.5 * f64::from(self.pace)
    }

    /// The score as a share of what it may reach, 0 to 1: so scores with and without a tick can be compared.
    pub fn share(&self) -> f64 {
        self.total() / f64::from(self.best())
    }

    /// What [`Score::total`] may reach: ten less as long as the structure is not ticked.
    pub fn best(&self) -> u8 {
        if self.structure.is_some() { 100 } else { 90 }
    }
}

/// 0 to 4: over time on most, on half, on two, on one or with an answer that is too short, on none.
fn pace(answers: &[Scored]) -> u8 {
    let over = answers.iter().filter(|answer| answer.is_over_time).count();
    let is_short = answers.iter().any(|answer| answer.words < SHORTEST && !answer.is_spoken);
    match over {
        _ if answers.iter().all(Scored::is_empty) => 0,
        over if 2 * over > answers.len() => 0,
        over if 2 * over == answers.len() => 1,
        0 if is_short => 3,
        0 => 4,
        1 => 3,
        _ => 2,
    }
}

impl Calibration {
    /// Of the answers of which the learner said how sure they were; points that are undecided are left out.
    pub fn of(answers: &[Scored]) -> Option<Calibration> {
        let rated = |answer: &Scored| {
            let weight: f64 = answer.decided().map(|point| f64::from(point.weight)).sum();
            Some((weight, answer.confidence?, share(answer.decided(), Credit::unaided)))
        };
        let rated: Vec<_> = answers.iter().filter_map(rated).filter(|(weight, ..)| *weight > 0.0).collect();
        let all: f64 = rated.iter().map(|(weight, ..)| weight).sum();
        let mean = |of: &dyn Fn(f64, f64) -> f64| {
            rated.iter().map(|(weight, sure, said)| weight * of(*sure, *said)).sum::<f64>() / all
        };
        let brier = rated.iter().map(|(_, sure, said)| (sure - said).powi(2)).sum::<f64>() / rated.len().max(1) as f64;
        (all > 0.0).then(|| Calibration {
            expected: mean(&|sure, _| sure),
            said: mean(&|_, said| said),
            brier,
            buckets: buckets(&rated),
        })
    }

    /// Positive where more was expected than said.
    pub fn gap(&self) -> f64 {
        self.expected - self.said
    }
}

/// Of answers as (weight, how sure, what was said).
fn buckets(rated: &[(f64, f64, f64)]) -> [Bucket; 4] {
    let mut buckets = [Bucket::default(); 4];
    for (_, sure, said) in rated {
        let bucket = &mut buckets[Percent::of(*sure).bucket()];
        bucket.answers += 1;
        bucket.expected += sure;
        bucket.said += said;
    }
    for bucket in buckets.iter_mut().filter(|bucket| bucket.answers > 0) {
        bucket.expected /= bucket.answers as f64;
        bucket.said /= bucket.answers as f64;
    }
    buckets
}

#[cfg(test)]
mod tests;
