//! The classifier of a deck's own label set: learned from the deck's scenarios, and modest while they are few.

use super::figures::{Judged, figures, limits};
use super::linear::CLASSES;
use super::minimise::Stop;
use super::model::{Base, Limits, Model};
use super::train::{Corpus, Example, Recipe};

/// What was learned from a deck, and how far it can be trusted.
#[derive(Debug, Clone)]
pub struct Own {
    pub model: Model,
    /// The share of scenarios that a model got right which had not met them; pairs are kept together.
    pub accuracy: f64,
    pub scenarios: usize,
}

/// So many scenarios of each label are needed to learn anything.
const FEWEST: usize = 5;
/// Scenarios are dealt into so many parts, and each part is judged by what the others teach.
const PARTS: usize = 5;
/// Below so many judged scenarios no verdict is ever sure.
const ENOUGH: usize = 40;

/// Learns a label set from its scenarios: text and place of the label, and what ties near twins together. Nothing if
/// some label has fewer than five scenarios, or if there are more labels than can be told apart.
pub fn learn(labels: &[String], basic: &[usize], scenarios: &[(&str, usize, &str)]) -> Option<Own> {
    let of = |label: usize| scenarios.iter().filter(|(_, class, _)| *class == label).count();
    if labels.len() < 2 || labels.len() > CLASSES || (0..labels.len()).any(|label| of(label) < FEWEST) {
        return None;
    }
    let examples = dealt(scenarios);
    let corpus = Corpus::new(examples, recipe(labels.len()));
    let model = |base: Base, limits| Model {
        labels: labels.to_vec(),
        basic: if basic.is_empty() { (0..labels.len()).collect() } else { basic.to_vec() },
        lexicon: None,
        base,
        mix: None,
        limits,
    };
    let open = Limits { unclear: 1.0, sure: 1.0, doubt: 1.0 };
    let mut judged = Vec::new();
    for part in corpus.authors() {
        let model = model(corpus.base_without(&[part]), open);
        let own = corpus.originals().filter(|example| example.author == part);
        judged.extend(own.map(|example| Judged { example, verdict: model.read(&example.text) }));
    }
    let judged: Vec<_> = judged.iter().collect();
    let drawn = limits(&judged, labels.len());
    let sure = if scenarios.len() < ENOUGH { 2.0 } else { drawn.sure };
    let limits = Limits { sure, doubt: drawn.unclear, ..drawn };
    let accuracy = figures(&judged, labels.len(), basic).right;
    Some(Own { model: model(corpus.base_without(&[]), limits), accuracy, scenarios: scenarios.len() })
}

/// Deals the scenarios out, label by label, so that each part holds about as many of each; twins go together.
fn dealt(scenarios: &[(&str, usize, &str)]) -> Vec<Example> {
    let mut order: Vec<usize> = (0..scenarios.len()).collect();
    order.sort_by_key(|index| (scenarios[*index].1, scenarios[*index].0));
    let mut parts = std::collections::HashMap::new();
    for index in order {
        let next = parts.len() % PARTS;
        parts.entry(scenarios[index].2).or_insert(next);
    }
    let example = |(text, class, tie): &(&str, usize, &str)| Example {
        text: (*text).to_owned(),
        class: *class,
        style: String::new(),
        evidence: Vec::new(),
        author: parts[tie].to_string(),
        pair: None,
        kind: super::train::Kind::Original,
    };
    scenarios.iter().map(example).collect()
}

fn recipe(labels: usize) -> Recipe {
    Recipe {
        lexicon: None,
        labels,
        lengths: [1.0, 1.0, 0.0],
        least: [1, 2, 1],
        strength: 30.0,
        stop: Stop { iterations: 100, change: 1e-5 },
        makes_more: false,
    }
}
