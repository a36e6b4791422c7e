//! The label set that the program knows by heart: which role of an Amazon ECS task needs a permission.

use super::figures::{Judged, limits};
use super::lexicon::Lexicon;
use super::minimise::Stop;
use super::mix::{Mix, Row};
use super::model::{Base, Limits, Model};
use super::train::{Corpus, Example, Recipe};

/// The id of the exercise that asks for them.
pub const EXERCISE: &str = "task-or-execution";
/// Task role, execution role, both, and neither of the two; the first two are the basic level.
pub const LABELS: [&str; 4] = ["task", "execution", "both", "neither"];
pub const BASIC: [usize; 2] = [0, 1];

/// The authors are dealt into so many groups to learn the last step.
const GROUPS: usize = 2;

impl Model {
    /// The model that the program carries.
    pub fn roles() -> Model {
        let bytes = include_bytes!("../../assets/classifier/roles.model");
        Model::from_bytes(bytes).expect("the shipped model is whole")
    }
}

/// The scenarios of all authors, and texts that the roles are never learned from.
pub struct Training {
    corpus: Corpus,
    lexicon: Lexicon,
}

/// A model of the roles before its limits are drawn.
pub struct Learned {
    pub base: Base,
    pub mix: Mix,
}

impl Training {
    pub fn new(examples: Vec<Example>) -> Training {
        let lexicon = Lexicon::builtin();
        let recipe = Recipe {
            lexicon: Some(lexicon.clone()),
            labels: LABELS.len(),
            lengths: [1.0, 1.0, 0.3],
            least: [2, 2, 2],
            strength: 30.0,
            stop: Stop { iterations: 300, change: 1e-4 },
            makes_more: true,
        };
        Training { corpus: Corpus::new(examples, recipe), lexicon }
    }

    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Learns from every scenario.
    pub fn learn(&self) -> Learned {
        Learned { mix: self.corpus.mix(GROUPS), base: self.corpus.base_without(&[]) }
    }

    pub fn model(&self, learned: Learned, limits: Limits) -> Model {
        Model {
            labels: LABELS.map(str::to_owned).into(),
            basic: BASIC.into(),
            lexicon: Some(self.lexicon.clone()),
            base: learned.base,
            mix: Some(learned.mix),
            limits,
        }
    }

    /// What a model says of each author's scenarios that has met none of that author's. `told` hears of each author.
    /// The limits are drawn from the verdicts on all of them.
    pub fn leave_one_author_out(&self, mut told: impl FnMut(&str)) -> (Limits, Vec<Judged<'_>>) {
        let mut bases: Vec<(&str, Base)> = Vec::new();
        let mut rows: Vec<(&str, Row)> = Vec::new();
        for author in self.corpus.authors() {
            told(author);
            let base = self.corpus.base_without(&[author]);
            rows.extend(self.corpus.rows(&base, &[author]).into_iter().map(|(_, row)| (author, row)));
            bases.push((author, base));
        }
        let mut judged = Vec::new();
        for (author, base) in bases {
            let others: Vec<_> = rows.iter().filter(|(other, _)| *other != author).map(|(_, row)| row).collect();
            let mix = Mix::fit(&others, LABELS.len() + 1);
            let model = self.model(Learned { base, mix }, Limits { unclear: 1.0, sure: 1.0, doubt: 1.0 });
            let own = self.corpus.originals().filter(|example| example.author == author);
            judged.extend(own.map(|example| Judged { example, verdict: model.read(&example.text) }));
        }
        let limits = limits(&judged.iter().collect::<Vec<_>>(), LABELS.len());
        for judged in &mut judged {
            judged.verdict = judged.verdict.clone().within(limits);
        }
        (limits, judged)
    }
}
