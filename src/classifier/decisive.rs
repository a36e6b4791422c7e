//! Which clauses of a text decide, whatever the label: learned from the words that people marked as evidence.

use std::ops::Range;

use super::clause::Clause;
use super::features::{Block, Feature, Reading};
use super::lexicon::Lexicon;
use super::linear::{Linear, Sample, fit, softmax};
use super::minimise::Stop;
use super::vocabulary::{BLOCKS, Sets, Vocabulary};

#[derive(Debug, Clone, PartialEq)]
pub struct Decisive {
    pub vocabulary: Vocabulary,
    /// Two classes: beside the point, decisive.
    pub linear: Linear,
}

/// A text with the bytes that decide.
pub struct Marked<'a> {
    pub reading: &'a Reading,
    pub evidence: &'a [Range<usize>],
}

const STRENGTH: f64 = 3.0;
/// Clauses in which a feature must occur.
const LEAST: u32 = 6;
/// Words and traits count alike.
const LENGTHS: [f64; BLOCKS] = [1.0, 0.0, 1.0];
/// So many bytes of a clause, or half of it, make it decisive.
const TOUCH: usize = 8;

impl Decisive {
    /// Learns from texts of more than one clause.
    pub fn fit(texts: &[Marked<'_>], lexicon: &Lexicon, stop: Stop) -> Decisive {
        let mut sets = Sets::default();
        let mut told = Vec::new();
        for text in texts.iter().filter(|text| text.reading.clauses.len() > 1) {
            let clauses = &text.reading.clauses;
            for (index, clause) in clauses.iter().enumerate() {
                sets.add(&|emit: &mut dyn FnMut(Feature<'_>)| traits(text.reading, index, lexicon, emit));
                told.push((usize::from(decides(clause, text.evidence)), 1.0 / (clauses.len() as f64).sqrt()));
            }
        }
        let vocabulary = sets.vocabulary(&(0..told.len()).collect::<Vec<_>>(), |_| LEAST);
        let sample =
            |(index, (class, weight))| Sample { vector: sets.vector(index, &vocabulary, LENGTHS), class, weight };
        let samples: Vec<_> = told.into_iter().enumerate().map(sample).collect();
        let linear = Linear::rounded(&fit(&samples, vocabulary.entries.len(), 2, STRENGTH, stop));
        Decisive { vocabulary, linear }
    }

    /// How likely each clause decides, from 0 to 1.
    pub fn read(&self, reading: &Reading, lexicon: &Lexicon) -> Vec<f64> {
        let clause = |index| {
            let source = |emit: &mut dyn FnMut(Feature<'_>)| traits(reading, index, lexicon, emit);
            softmax(&self.linear.scores(&self.vocabulary.vector(&source, LENGTHS)))[1]
        };
        (0..reading.clauses.len()).map(clause).collect()
    }
}

fn decides(clause: &Clause, evidence: &[Range<usize>]) -> bool {
    let shared = |part: &Range<usize>| {
        let (start, end) = (part.start.max(clause.range.start), part.end.min(clause.range.end));
        end.saturating_sub(start)
    };
    let covered: usize = evidence.iter().map(shared).sum();
    covered >= TOUCH.min(clause.range.len().div_ceil(2))
}

/// The words of a clause, its tags, its length and where it stands.
fn traits(reading: &Reading, index: usize, lexicon: &Lexicon, emit: &mut dyn FnMut(Feature<'_>)) {
    let (clauses, tags) = (&reading.clauses, &reading.tags[index]);
    let clause = &clauses[index];
    reading.words(index, false, emit);
    let mut put = |name: &str| {
        let (start, end) = (clause.range.start, clause.range.end);
        emit(Feature { block: Block::Tags, name, start, end, clause: index });
    };
    put(&format!("state:{}", tags.state));
    for group in tags.actors.iter().chain(&tags.services).chain(&tags.verbs) {
        put(lexicon.name(*group));
        put(&format!("{}|{}", lexicon.name(*group), tags.state));
    }
    put(&format!("clauses:{}", clauses.len().min(8)));
    put(&format!("quarter:{}", index * 4 / clauses.len()));
    put(&format!("length:{}", (clause.range.len() / 20).min(6)));
    for (is_so, name) in [
        (index == 0, "first"),
        (index + 1 == clauses.len(), "last"),
        (reading.text[clause.range.clone()].ends_with('?'), "question"),
    ] {
        if is_so {
            put(name);
        }
    }
}
