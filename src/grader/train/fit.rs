//! Labelled answers to a model.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::judge::{Limits, Measured, Model};
use super::super::language::Language;
use super::super::lexicon::Lexicon;
use super::super::model::Mix;
use super::super::reading::Reading;
use super::super::rubric::Rubric;
use super::answers::{Answer, Said};
use super::forest::Growth;
use super::{Examples, forest, logistic};
use crate::card::{Id, Recall};

/// Groups of cards, each judged by what was learnt from the others, for the second step.
const GROUPS: usize = 5;

const POINTS: (f64, Growth) = (0.1, Growth { trees: 60, depth: 3, rate: 0.12, leaf: 15, rows: 0.7, features: 0.4 });
const MISCONCEPTIONS: (f64, Growth) =
    (0.05, Growth { trees: 60, depth: 2, rate: 0.1, leaf: 15, rows: 0.7, features: 0.4 });
const TOGETHER: f64 = 0.3;

/// The limits of the marks; `MODEL.md` says how they were chosen.
const LIMITS: Limits = Limits { partial: 0.47, covered: 0.6, sure: (0.2, 0.7), misconception: (0.25, 0.4) };

/// A labelled answer in numbers.
#[derive(Debug, Clone)]
pub struct Sample {
    pub answer: Answer,
    pub measured: Measured,
    pub weights: Vec<f64>,
    pub points: Vec<bool>,
    pub misconceptions: Vec<bool>,
}

/// Measures the answers to cards of one deck; the others and those without a word are left out.
pub fn samples(lexicon: &Arc<Lexicon>, deck: &[(Id, Recall)], answers: &[Answer]) -> Vec<Sample> {
    let language = Language::new(lexicon.clone(), deck.iter().map(|(_, card)| card));
    let mut found = Vec::new();
    for (id, card) in deck {
        let rubric = Rubric::new(&language, card);
        for answer in answers.iter().filter(|answer| answer.card == id.as_str()) {
            found.extend(sample(&language, &rubric, answer));
        }
    }
    found
}

fn sample(language: &Language, rubric: &Rubric, answer: &Answer) -> Option<Sample> {
    let reading = Reading::new(language, rubric, &answer.text)?;
    let is_said = |id: &Id| answer.points.get(id.as_str()).is_some_and(|said| *said != Said::Missed);
    let is_stated = |id: &Id| answer.misconceptions.iter().any(|other| other == id.as_str());
    Some(Sample {
        answer: answer.clone(),
        measured: Measured::new(&reading),
        weights: rubric.points.iter().map(|point| f64::from(point.weight)).collect(),
        points: rubric.points.iter().map(|point| is_said(&point.id)).collect(),
        misconceptions: rubric.misconceptions.iter().map(|wrong| is_stated(&wrong.id)).collect(),
    })
}

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
            examples.add(&sample.measured.together(&alone, &wrong), &sample.points, 1.0);
        }
    }
    Model { points, misconceptions, together: logistic::train(&examples, TOGETHER), limits: LIMITS }
}

fn first(samples: &[&Sample]) -> (Mix, Mix) {
    let (mut points, mut misconceptions) = (Examples::default(), Examples::default());
    for sample in samples {
        points.add(&sample.measured.points, &sample.points, 1.0);
        misconceptions.add(&sample.measured.misconceptions, &sample.misconceptions, 1.0);
    }
    (mix(&points, POINTS), mix(&misconceptions, MISCONCEPTIONS))
}

fn mix(examples: &Examples, (c, growth): (f64, Growth)) -> Mix {
    Mix { logistic: logistic::train(examples, c), forest: forest::train(examples, growth, 1) }
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
