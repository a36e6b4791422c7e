//! From labelled texts to a model: the same texts give the same model on every machine.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::augment::{renamed, shortened};
use super::decisive::{Decisive, Marked};
use super::features::{Block, Feature, Reading};
use super::lexicon::Lexicon;
use super::linear::{Linear, Sample, fit};
use super::minimise::Stop;
use super::mix::{Mix, Row};
use super::model::Base;
use super::vocabulary::{BLOCKS, Sets};

/// A labelled text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub text: String,
    /// Its label, or the number of labels for a text that is out of scope or undecidable.
    pub class: usize,
    /// What manner of text it is, in one word; may be empty.
    pub style: String,
    /// Bytes of the text that decide.
    pub evidence: Vec<Range<usize>>,
    /// Texts of one author are never both learned from and tested on.
    pub author: String,
    /// Texts of one author that differ in one decisive detail share this.
    pub pair: Option<String>,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Original,
    /// A row of a table of facts: learned from, never tested on.
    Fact,
    /// An original without one of its clauses that do not decide.
    Shortened,
    /// An original with other names of services.
    Renamed,
}

/// How a label set is learned.
#[derive(Debug, Clone)]
pub struct Recipe {
    pub lexicon: Option<Lexicon>,
    /// Labels; one class more if texts of that class are there.
    pub labels: usize,
    pub lengths: [f64; BLOCKS],
    /// Texts in which a feature must occur, by block.
    pub least: [u32; BLOCKS],
    pub strength: f64,
    pub stop: Stop,
    /// Whether further texts are made of those that are there.
    pub makes_more: bool,
}

const PAIR_WEIGHT: f64 = 2.0;

/// Labelled texts, read and made ready to be learned from in any selection.
pub struct Corpus {
    pub examples: Vec<Example>,
    readings: Vec<Reading>,
    sets: Sets,
    recipe: Recipe,
    classes: usize,
}

impl Kind {
    fn weight(self) -> f64 {
        match self {
            Kind::Original => 1.0,
            Kind::Fact | Kind::Renamed => 0.7,
            Kind::Shortened => 0.5,
        }
    }
}

impl Corpus {
    /// Reads the texts, and adds what can be made of them if the recipe says so: shortened and renamed ones, each by its
    /// original's author.
    pub fn new(mut examples: Vec<Example>, recipe: Recipe) -> Corpus {
        if recipe.makes_more {
            let made: Vec<_> = shortened(&examples, recipe.labels).into_iter().chain(renamed(&examples)).collect();
            examples.extend(made);
        }
        let lexicon = recipe.lexicon.as_ref();
        let readings: Vec<_> = examples.iter().map(|example| Reading::new(&example.text, lexicon)).collect();
        let mut sets = Sets::default();
        for reading in &readings {
            sets.add(&|emit: &mut dyn FnMut(Feature<'_>)| reading.features(lexicon, emit));
        }
        let classes = examples.iter().map(|example| example.class + 1).max().unwrap_or(0).max(recipe.labels);
        Corpus { examples, readings, sets, recipe, classes }
    }

    /// The authors of originals, sorted.
    pub fn authors(&self) -> Vec<&str> {
        self.originals().map(|example| example.author.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The texts as they were written, without facts and what was made of them.
    pub fn originals(&self) -> impl Iterator<Item = &Example> {
        self.examples.iter().filter(|example| example.kind == Kind::Original)
    }

    /// Learns from everything but the texts of some authors.
    pub fn base_without(&self, left_out: &[&str]) -> Base {
        let is_in = |index: &usize| !left_out.contains(&self.examples[*index].author.as_str());
        let chosen: Vec<usize> = (0..self.examples.len()).filter(is_in).collect();
        let originals: Vec<usize> =
            chosen.iter().copied().filter(|index| self.examples[*index].kind == Kind::Original).collect();
        let vocabulary = self.sets.vocabulary(&originals, |block: Block| self.recipe.least[block as usize]);
        let weights = self.weights(&originals);
        let sample = |index: &usize| {
            let example = &self.examples[*index];
            let pair = example.pair.as_ref().map(|pair| (example.author.as_str(), pair.as_str()));
            let doubled = example.class < self.recipe.labels && pair.is_some_and(|pair| weights.paired.contains(&pair));
            let weight = weights.class[example.class] * example.kind.weight() * if doubled { PAIR_WEIGHT } else { 1.0 };
            Sample { vector: self.sets.vector(*index, &vocabulary, self.recipe.lengths), class: example.class, weight }
        };
        let samples: Vec<_> = chosen.iter().map(sample).collect();
        let fitted = fit(&samples, vocabulary.entries.len(), self.classes, self.recipe.strength, self.recipe.stop);
        let linear = Linear::rounded(&fitted);
        let decisive = self.recipe.lexicon.as_ref().map(|lexicon| {
            let in_scope = originals.iter().filter(|index| self.examples[**index].class < self.recipe.labels);
            let marked =
                |index: &usize| Marked { reading: &self.readings[*index], evidence: &self.examples[*index].evidence };
            Decisive::fit(&in_scope.map(marked).collect::<Vec<_>>(), lexicon, self.recipe.stop)
        });
        Base { vocabulary, lengths: self.recipe.lengths, linear, decisive }
    }

    /// What a base makes of the originals of some authors.
    pub fn rows(&self, base: &Base, authors: &[&str]) -> Vec<(usize, Row)> {
        let is_asked = |example: &Example| example.kind == Kind::Original && authors.contains(&example.author.as_str());
        let chosen = self.examples.iter().enumerate().filter(|(_, example)| is_asked(example));
        chosen
            .map(|(index, example)| {
                let (whole, near) = base.both(&self.readings[index], self.recipe.lexicon.as_ref());
                (index, Row { whole, near, class: example.class, weight: 1.0 })
            })
            .collect()
    }

    /// Learns the last step from texts that the base had not met, the authors dealt into `groups`.
    pub fn mix(&self, groups: usize) -> Mix {
        let authors = self.authors();
        let mut rows = Vec::new();
        for group in 0..groups {
            let left_out: Vec<_> = authors.iter().copied().skip(group).step_by(groups).collect();
            rows.extend(self.rows(&self.base_without(&left_out), &left_out));
        }
        Mix::fit(&rows.iter().map(|(_, row)| row).collect::<Vec<_>>(), self.classes)
    }

    fn weights(&self, originals: &[usize]) -> Weights<'_> {
        let mut counts = vec![0.0_f64; self.classes];
        let mut pairs: HashMap<(&str, &str), usize> = HashMap::new();
        for example in originals.iter().map(|index| &self.examples[*index]) {
            counts[example.class] += 1.0;
            if let Some(pair) = example.pair.as_deref().filter(|_| example.class < self.recipe.labels) {
                *pairs.entry((&example.author, pair)).or_default() += 1;
            }
        }
        let even = originals.len() as f64 / self.classes as f64;
        let class = counts.iter().map(|count| even / count.max(1.0)).collect();
        let paired = pairs.into_iter().filter(|(_, members)| *members > 1).map(|(pair, _)| pair).collect();
        Weights { class, paired }
    }
}

struct Weights<'a> {
    /// Rare classes count more, so that all count alike.
    class: Vec<f64>,
    paired: BTreeSet<(&'a str, &'a str)>,
}
