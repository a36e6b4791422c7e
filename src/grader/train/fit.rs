//! Measured answers to a model.

use std::collections::BTreeSet;

use super::super::judge::{Limits, Model};
use super::super::model::Mix;
use super::forest::Growth;
use super::sample::Sample;
use super::{Examples, forest, logistic};

/// Groups of cards, each judged by what was learnt from the others, for the second step.
const GROUPS: usize = 5;

/// How a first step is learnt: C of the regression and its share, and the forests.
struct Plan {
    c: f64,
    share: f32,
    forests: u64,
    growth: Growth,
}

const POINTS: Plan = Plan {
    c: 0.1,
    share: 0.3,
    forests: 3,
    growth: Growth { trees: 200, depth: 4, rate: 0.05, leaf: 15, rows: 0.7, features: 0.4 },
};
const MISCONCEPTIONS: Plan = Plan {
    c: 0.05,
    share: 0.4,
    forests: 3,
    growth: Growth { trees: 100, depth: 3, rate: 0.06, leaf: 15, rows: 0.7, features: 0.4 },
};
/// What a twin counts, and once more the answer that it is a twin of, so that only the difference between them speaks.
const TWIN: f64 = 0.06;
/// C of the second step.
const TOGETHER: f64 = 0.3;

/// The limits of the marks; `MODEL.md` says how they were chosen.
pub const LIMITS: Limits = Limits { partial: 0.5, covered: 0.6, sure: (0.2, 0.72), misconception: (0.25, 0.4) };

/// Learns a model. The same samples in the same order give the same model, bit for bit.
pub fn fit(samples: &[&Sample]) -> Model {
    let (points, misconceptions) = first(samples);
    let mut examples = Examples::default();
    for group in groups(samples) {
        let is_in = |sample: &&&Sample| group.contains(&sample.answer.card);
        let others: Vec<&Sample> = samples.iter().filter(|sample| !is_in(sample)).copied().collect();
        if others.is_empty() {
            continue;
        }
        let (points, misconceptions) = first(&others);
        for sample in samples.iter().filter(is_in) {
            let of = |mix: &Mix, rows: &[Vec<f64>]| rows.iter().map(|row| mix.probability(row)).collect::<Vec<_>>();
            let alone = of(&points, &sample.measured.points);
            let wrong = of(&misconceptions, &sample.measured.misconceptions);
            examples.add(&sample.measured.together(&alone, &wrong), &sample.points, sample.count);
        }
    }
    Model { points, misconceptions, together: logistic::train(&examples, TOGETHER), limits: LIMITS }
}

fn first(samples: &[&Sample]) -> (Mix, Mix) {
    let (mut points, mut misconceptions) = (Examples::default(), Examples::default());
    for sample in samples {
        points.add(&sample.measured.points, &sample.points, sample.count);
        for (at, twin) in &sample.twins {
            let pair = [twin.clone(), sample.measured.points[*at].clone()];
            points.add(&pair, &[false, sample.points[*at]], sample.count * TWIN);
        }
        misconceptions.add(&sample.measured.misconceptions, &sample.misconceptions, sample.count);
    }
    (mix(&points, &POINTS), mix(&misconceptions, &MISCONCEPTIONS))
}

fn mix(examples: &Examples, plan: &Plan) -> Mix {
    let forests = (1..=plan.forests).map(|seed| forest::train(examples, plan.growth, seed)).collect();
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
