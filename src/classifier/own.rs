//! The classifier of a deck's own label set: learned from the deck's scenarios, and modest while they are few.

use super::figures::{Judged, figures, limits};
use super::linear::CLASSES;
use super::minimise::Stop;
use super::model::{Base, Limits, Model, largest};
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
pub const FEWEST: usize = 5;
/// Scenarios are dealt into so many parts, and each part is judged by what the others teach.
const PARTS: usize = 5;
/// The share of strange words up to which a text is still looked at.
const STRANGE: f64 = 0.6;
/// Below so many scenarios no verdict is ever sure,
const ENOUGH: usize = 40;
/// nor below this share of right ones among those that were kept apart; then the classifier is said to know little.
pub const FAIR: f64 = 0.75;
/// How often a verdict that is called sure must have been right,
const SURE: f64 = 0.9;
/// and on how many scenarios at least.
const SHOWN: usize = 10;
/// More than any probability.
const NEVER: f64 = 2.0;

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
    let accuracy = figures(&judged, labels.len(), basic).right;
    let unclear = limits(&judged, labels.len()).unclear.max(STRANGE);
    let may_be_sure = scenarios.len() >= ENOUGH && accuracy >= FAIR;
    let sure = if may_be_sure { sure_from(&judged) } else { NEVER };
    let limits = Limits { unclear, sure, doubt: unclear };
    Some(Own { model: model(corpus.base_without(&[]), limits), accuracy, scenarios: scenarios.len() })
}

/// The lowest probability from which verdicts were right often enough.
fn sure_from(judged: &[&Judged<'_>]) -> f64 {
    let tops = judged.iter().map(|judged| {
        let top = largest(&judged.verdict.probabilities);
        (judged.verdict.probabilities[top], top == judged.example.class)
    });
    let mut tops: Vec<_> = tops.collect();
    tops.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (mut right, mut sure) = (0, NEVER);
    for (shown, (probability, is_right)) in (1..).zip(tops) {
        right += usize::from(is_right);
        if shown >= SHOWN && right as f64 >= SURE * shown as f64 {
            sure = probability;
        }
    }
    sure
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

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: [&str; 2] = ["relational", "cache"];

    fn learned(each: usize) -> Option<Own> {
        let nouns = ["orders", "seats", "grades", "loans", "pets", "songs", "ships", "trains", "rents", "votes"];
        let told = (0..each).flat_map(|index| {
            let noun = nouns[index % nouns.len()];
            let joins =
                format!("Case {index}: reports join {noun} with customers in one transaction, foreign keys kept.");
            let keeps =
                format!("Case {index}: the {noun} page is read often, may be stale a minute and expires by itself.");
            [(joins, 0), (keeps, 1)]
        });
        let told: Vec<_> = told.collect();
        let ties: Vec<_> = (0..told.len()).map(|index| format!("tie-{}", index / 2)).collect();
        let told: Vec<_> =
            told.iter().zip(&ties).map(|((text, label), tie)| (text.as_str(), *label, tie.as_str())).collect();
        learn(&LABELS.map(str::to_owned), &[], &told)
    }

    #[test]
    fn a_deck_teaches_its_own_labels() {
        let own = learned(25).expect("enough scenarios");
        assert!(own.accuracy > 0.95 && own.scenarios == 50, "{own:?}");
        let verdict = own.model.read("Invoices join customers in one transaction.");
        assert_eq!(verdict.label, Some(0), "{verdict:?}");
        assert!(verdict.evidence.iter().all(|evidence| !evidence.range.is_empty()));
    }

    #[test]
    fn few_scenarios_teach_modesty() {
        let own = learned(10).expect("enough to learn from");
        assert!(!own.model.read("reports join orders with customers in one transaction").is_sure);
        assert!(learned(4).is_none(), "too few to learn from");
        let own = learned(25).expect("enough");
        assert!(own.model.read("reports join orders with customers in one transaction, foreign keys kept").is_sure);
    }

    #[test]
    fn the_same_scenarios_teach_the_same() {
        let bytes = || learned(25).expect("enough").model.to_bytes();
        assert_eq!(bytes(), bytes());
    }
}
