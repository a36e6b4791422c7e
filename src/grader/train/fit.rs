//! Measured answers to a model.

use std::collections::BTreeSet;
use std::thread;

use super::super::judge::{Limits, Model};
use super::super::model::Mix;
use super::forest::Growth;
use super::sample::Sample;
use super::{Examples, forest, logistic};

/// Groups of cards, each judged by what was learnt from the others, for the second step.
const GROUPS: usize = 4;

/// How a step is learnt: C of the regression and its share, and how trees are grown.
struct Plan {
    c: f64,
    share: f32,
    growth: Growth,
}

const POINTS: Plan = Plan {
    c: 0.1,
    share: 0.3,
    growth: Growth { trees: 200, depth: 4, rate: 0.05, leaf: 15, rows: 0.7, features: 0.4 },
};
const MISCONCEPTIONS: Plan = Plan {
    c: 0.05,
    share: 0.4,
    growth: Growth { trees: 100, depth: 3, rate: 0.06, leaf: 15, rows: 0.7, features: 0.4 },
};
/// Forests of a first step, each of other rows.
const FORESTS: u64 = 2;
const TOGETHER: Plan = Plan {
    c: 0.3,
    share: 0.5,
    growth: Growth { trees: 100, depth: 3, rate: 0.05, leaf: 30, rows: 0.7, features: 0.4 },
};

/// The limits of the marks; `MODEL.md` says how they were chosen.
pub const LIMITS: Limits = Limits { partial: 0.45, covered: 0.6, sure: (0.2, 0.72), misconception: (0.25, 0.45) };

/// Learns a model. The same samples in the same order give the same model, bit for bit.
pub fn fit(samples: &[&Sample]) -> Model {
    let groups = groups(samples);
    let ((points, misconceptions), together) = thread::scope(|threads| {
        let parts: Vec<_> = groups.iter().map(|group| threads.spawn(|| judged_by_others(samples, group))).collect();
        let whole = first(samples, FORESTS);
        let mut together = Examples::default();
        for part in parts {
            together.append(part.join().expect("learning from numbers does not fail"));
        }
        (whole, together)
    });
    Model { points, misconceptions, together: mix(&together, &TOGETHER, 1), limits: LIMITS }
}

/// What the second step learns from: the answers to a group of cards, judged by what the others taught.
fn judged_by_others(samples: &[&Sample], group: &BTreeSet<String>) -> Examples {
    let is_in = |sample: &&&Sample| group.contains(&sample.answer.card);
    let others: Vec<&Sample> = samples.iter().filter(|sample| !is_in(sample)).copied().collect();
    let mut examples = Examples::default();
    if others.is_empty() {
        return examples;
    }
    let (points, misconceptions) = first(&others, 1);
    for sample in samples.iter().filter(is_in) {
        let of = |mix: &Mix, rows: &[Vec<f64>]| rows.iter().map(|row| mix.probability(row)).collect::<Vec<_>>();
        let alone = of(&points, &sample.measured.points);
        let wrong = of(&misconceptions, &sample.measured.misconceptions);
        examples.add(&sample.measured.together(&alone, &wrong), &sample.points, sample.count);
    }
    examples
}

fn first(samples: &[&Sample], forests: u64) -> (Mix, Mix) {
    let (mut points, mut misconceptions) = (Examples::default(), Examples::default());
    for sample in samples {
        points.add(&sample.measured.points, &sample.points, sample.count);
        misconceptions.add(&sample.measured.misconceptions, &sample.misconceptions, sample.count);
    }
    (mix(&points, &POINTS, forests), mix(&misconceptions, &MISCONCEPTIONS, forests))
}

fn mix(examples: &Examples, plan: &Plan, forests: u64) -> Mix {
    let forests = (1..=forests).map(|seed| forest::train(examples, plan.growth, seed)).collect();
    Mix { logistic: logistic::train(examples, plan.c), forests, share: plan.share }
}

/// The cards in groups, in turn by name.
fn groups(samples: &[&Sample]) -> Vec<BTreeSet<String>> {
    let cards: BTreeSet<&String> = samples.iter().map(|sample| &sample.answer.card).collect();
    let mut groups = vec![BTreeSet::new(); GROUPS];
    for (at, card) in cards.into_iter().enumerate() {
        groups[at % GROUPS].insert(card.clone());
    }
    groups
}
