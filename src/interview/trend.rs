//! What mock interviews come to over time: which can be compared, and whether the learner is ready.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::card::Level;
use crate::text::Safe;

/// Interviews that a trend and a verdict need.
pub const FEWEST: usize = 3;

/// What the score must be above, the most that expectation may be off, and the least of each topic; all of 1.
const SCORE: f64 = 0.75;
const GAP: f64 = 0.08;
const TOPIC: f64 = 0.50;

/// What must be alike in two interviews that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mould {
    pub minutes: u16,
    /// Questions up to it; none are all.
    pub level: Option<Level>,
    pub is_spoken: bool,
}

/// An interview of the past. Shares are weighted, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Past {
    pub day: Date,
    /// None in rows of a program that did not keep it.
    pub mould: Option<Mould>,
    pub questions: usize,
    /// With what was said when asked and after hints.
    pub said: f64,
    /// As a share of what it could be.
    pub score: Option<f64>,
    /// What the learner expected of the answers that they rated.
    pub expected: Option<f64>,
    /// That, less what was said of the same answers without help.
    pub gap: Option<f64>,
    pub points_per_minute: f64,
    /// What was won of the weights of each topic, and those weights.
    pub topics: Vec<(Safe, f64, f64)>,
}

/// Whether the last interviews say that the learner is ready.
#[derive(Debug, Clone, PartialEq)]
pub enum Readiness {
    /// There are fewer than three that can be compared.
    TooFew,
    /// What is missing first.
    NotYet(Safe),
    Ready,
}

impl Readiness {
    /// Of interviews that can be compared, the oldest first: the last three count. Ready means scores over 75,
    /// expectations within 8 of what was said, and no topic under 50.
    pub fn of(alike: &[Past]) -> Readiness {
        let Some(last) = alike.len().checked_sub(FEWEST).map(|first| &alike[first..]) else {
            return Readiness::TooFew;
        };
        let not_yet = |words: Safe| Readiness::NotYet(words);
        if !last.iter().all(|mock| mock.score.is_some_and(|score| score > SCORE)) {
            return not_yet(Safe::from("the last three scores are to be over 75"));
        }
        if !last.iter().all(|mock| mock.gap.is_some_and(|gap| gap.abs() <= GAP + 1e-9)) {
            return not_yet(Safe::from("in the last three, what you expect is to be within 8 of what you say"));
        }
        match weakest(last) {
            Some((topic, share)) if share < TOPIC => {
                not_yet(crate::safe!("{topic} is at {:.0}, and no topic is to be under 50", 100.0 * share))
            }
            _ => Readiness::Ready,
        }
    }
}

/// The topic of which the least was said in all of these together.
fn weakest(mocks: &[Past]) -> Option<(Safe, f64)> {
    let mut topics: Vec<(Safe, f64, f64)> = Vec::new();
    for (topic, won, all) in mocks.iter().flat_map(|mock| &mock.topics) {
        match topics.iter_mut().find(|(known, ..)| known == topic) {
            Some((_, known_won, known_all)) => (*known_won, *known_all) = (*known_won + won, *known_all + all),
            None => topics.push((topic.clone(), *won, *all)),
        }
    }
    let shares = topics.into_iter().filter(|(.., all)| *all > 0.0).map(|(topic, won, all)| (topic, won / all));
    shares.min_by(|(_, one), (_, other)| one.total_cmp(other))
}

/// How well a topic is known, 0 to 1: the mean chance of recall of what belongs to it, new cards counting as nothing,
/// lowered by as much as the last interview was expected better than it went.
pub fn strength(recalls: impl IntoIterator<Item = Option<f32>>, gap: Option<f64>) -> f32 {
    let (sum, count) =
        recalls.into_iter().fold((0.0, 0.0_f32), |(sum, count), recall| (sum + recall.unwrap_or(0.0), count + 1.0));
    let lowered = gap.unwrap_or(0.0).clamp(0.0, 1.0) as f32;
    (sum / count.max(1.0) - lowered).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// An interview of a score, a gap in hundredths, and topics with what was won of 10.
    fn past(score: f64, gap: Option<i32>, topics: &[(&'static str, u8)]) -> Past {
        Past {
            day: date(2026, 11, 22),
            mould: Some(Mould { minutes: 20, level: None, is_spoken: false }),
            questions: 6,
            said: 0.8,
            score: Some(score / 100.0),
            expected: gap.map(|gap| 0.8 + f64::from(gap) / 100.0),
            gap: gap.map(|gap| f64::from(gap) / 100.0),
            points_per_minute: 1.0,
            topics: topics.iter().map(|(topic, won)| (Safe::from(*topic), f64::from(*won), 10.0)).collect(),
        }
    }

    #[test]
    fn three_in_a_row_make_one_ready_and_each_rule_can_say_not_yet() {
        let good = || past(80.0, Some(3), &[("iam", 8), ("vpc", 6)]);
        let cases: [(Vec<Past>, &str); 12] = [
            (vec![], "too few"),
            (vec![good(), good()], "too few"),
            (vec![good(), good(), good()], "ready"),
            (vec![past(10.0, None, &[("iam", 0)]), good(), good(), good()], "ready"),
            (vec![good(), good(), good(), past(75.0, Some(0), &[])], "over 75"),
            (vec![good(), past(75.0, Some(0), &[]), good()], "over 75"),
            (vec![good(), past(75.1, Some(0), &[]), good()], "ready"),
            (vec![good(), good(), past(90.0, Some(8), &[])], "ready"),
            (vec![good(), good(), past(90.0, Some(9), &[])], "within 8"),
            (vec![good(), good(), past(90.0, Some(-9), &[])], "within 8"),
            (vec![good(), good(), past(90.0, None, &[])], "within 8"),
            (vec![good(), good(), past(90.0, Some(0), &[("vpc", 2)])], "vpc is at 47"),
        ];
        for (mocks, expected) in cases {
            let found = match Readiness::of(&mocks) {
                Readiness::TooFew => "too few".to_owned(),
                Readiness::NotYet(words) => words.to_string(),
                Readiness::Ready => "ready".to_owned(),
            };
            assert!(found.contains(expected), "{found}, not {expected}");
        }
    }

    #[test]
    fn a_topic_is_weaker_by_what_was_expected_too_much_and_never_stronger() {
        let known = |gap| strength([Some(0.9), Some(0.7), None, Some(0.8)], gap);
        assert!((known(None) - 0.6).abs() < 1e-6 && (known(Some(0.2)) - 0.4).abs() < 1e-6);
        assert_eq!((known(Some(-0.3)), known(Some(0.9)), strength([], None)), (known(None), 0.0, 0.0));
    }
}
