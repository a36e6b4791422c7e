//! All labelled answers, and what is made of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::heard::Heard;
use super::super::judge::Model;
use super::super::lexicon::Lexicon;
use super::answers::Answer;
use super::fit::fit;
use super::report;
use super::sample::{Sample, Subject, as_met, heard, samples};

/// Groups of cards that are left out in turn.
const GROUPS: usize = 2;

/// Labelled answers with the decks that they answer.
pub struct Training {
    subjects: Vec<Subject>,
    pub(super) answers: Vec<Answer>,
    lexicon: Arc<Lexicon>,
    samples: Vec<Sample>,
}

/// A model, ready to be written.
pub struct Learned(pub(super) Model);

impl Learned {
    /// What the file of the model holds.
    pub fn model_file(&self) -> Vec<u8> {
        postcard::to_allocvec(&self.0).expect("a model is numbers")
    }
}

/// An answer that was judged by what was learnt without it.
pub struct Judged<'a> {
    pub sample: &'a Sample,
    pub points: Vec<f64>,
    pub misconceptions: Vec<f64>,
}

impl<'a> Judged<'a> {
    pub(super) fn new(model: &Model, sample: &'a Sample) -> Judged<'a> {
        let (points, misconceptions) = model.judge(&sample.measured);
        Judged { sample, points, misconceptions }
    }
}

/// Answers judged without their authors, and without their authors and their cards.
pub struct LeftOut<'a> {
    pub authors: Vec<Judged<'a>>,
    pub both: Vec<Judged<'a>>,
}

impl Training {
    /// Measures the answers. Answers to cards that no deck has are left out.
    pub fn new(subjects: Vec<Subject>, answers: Vec<Answer>) -> Training {
        let lexicon = Arc::new(Lexicon::shipped());
        let samples = subjects.iter().flat_map(|subject| samples(&lexicon, subject, &answers)).collect();
        Training { subjects, answers, lexicon, samples }
    }

    /// Learns from all of them. The same decks and answers give the same model on every machine, bit for bit.
    pub fn learn(&self) -> Learned {
        Learned(fit(&self.samples.iter().collect::<Vec<_>>()))
    }

    /// What was heard of the points, a line of JSON each.
    pub fn heard_file(&self) -> String {
        let all = self.subjects.iter().flat_map(|subject| heard(&self.lexicon, subject, &self.answers));
        let lines: BTreeSet<Heard> = all.map(|(_, heard)| heard).collect();
        let line = |heard: &Heard| serde_json::to_string(heard).expect("it is text") + "\n";
        lines.iter().map(line).collect()
    }

    /// Judges every answer by models that have not met its author, nor, the second time, its card; says before each
    /// model whom it leaves out.
    pub fn leave_out(&self, mut says: impl FnMut(&str)) -> LeftOut<'_> {
        let authors: BTreeSet<&str> = self.answers.iter().map(|answer| answer.author.as_str()).collect();
        let cards: BTreeSet<&str> = self.answers.iter().map(|answer| answer.card.as_str()).collect();
        let cards: Vec<&str> = cards.into_iter().collect();
        let group = |sample: &Sample| cards.iter().position(|card| *card == sample.answer.card).unwrap_or(0) % GROUPS;
        let mut left_out = LeftOut { authors: Vec::new(), both: Vec::new() };
        for author in authors {
            says(author);
            let is_own = |sample: &&Sample| sample.answer.author == author;
            let met = |sample: &&Sample| is_own(sample) && sample.count >= 1.0;
            let model = self.fit_on(|sample| !is_own(&sample));
            left_out.authors.extend(self.samples.iter().filter(met).map(|sample| Judged::new(&model, sample)));
            for out in 0..GROUPS {
                let model = self.fit_on(|sample| !is_own(&sample) && group(sample) != out);
                let met = self.samples.iter().filter(met).filter(|sample| group(sample) == out);
                left_out.both.extend(met.map(|sample| Judged::new(&model, sample)));
            }
        }
        left_out
    }

    fn fit_on(&self, is_in: impl Fn(&Sample) -> bool) -> Model {
        fit(&self.samples.iter().filter(|sample| is_in(sample)).collect::<Vec<_>>())
    }

    /// The model card: what was learnt from, and how good it is.
    pub fn report(&self, learned: &Learned, left_out: &LeftOut, dev: &[Answer]) -> String {
        let own: Vec<&Answer> = dev.iter().collect();
        let samples = |subject| as_met(&self.lexicon, subject, &heard(&self.lexicon, subject, &self.answers), &own);
        let dev: Vec<Sample> = self.subjects.iter().flat_map(samples).collect();
        let dev: Vec<Judged> = dev.iter().map(|sample| Judged::new(&learned.0, sample)).collect();
        report::markdown(self, &learned.0.limits, learned.model_file().len(), left_out, &dev)
    }
}
