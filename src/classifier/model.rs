//! What the classifier has learned, and what it makes of a text.

use std::ops::Range;

use super::decisive::Decisive;
use super::features::{Feature, Reading};
use super::lexicon::Lexicon;
use super::linear::{Linear, softmax};
use super::mix::Mix;
use super::vocabulary::{BLOCKS, Vocabulary};

/// A trained classifier of one label set.
#[derive(Debug, Clone)]
pub struct Model {
    /// The ids of the labels, in the order of the probabilities.
    pub labels: Vec<String>,
    /// The places of the labels of the basic level; one or more.
    pub basic: Vec<usize>,
    pub lexicon: Option<Lexicon>,
    pub base: Base,
    pub mix: Option<Mix>,
    pub limits: Limits,
}

/// The part that is learned in one go from a set of texts. Its classes are the labels, and beyond them "unclear" where
/// such texts were there to learn from.
#[derive(Debug, Clone, PartialEq)]
pub struct Base {
    pub vocabulary: Vocabulary,
    pub lengths: [f64; BLOCKS],
    pub linear: Linear,
    pub decisive: Option<Decisive>,
}

/// Where the program draws its lines; chosen on texts of authors that the judging model had not met.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Above this probability of "unclear" there is no verdict.
    pub unclear: f64,
    /// From this probability of the likeliest label on a verdict is sure,
    pub sure: f64,
    /// if that of "unclear" is below this.
    pub doubt: f64,
}

/// What the classifier makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The likeliest label; none if the text is out of scope or holds nothing to go by.
    pub label: Option<usize>,
    /// If not, show the evidence and ask: a verdict that is not sure marks nobody.
    pub is_sure: bool,
    /// One a label; they sum to 1.
    pub probabilities: Vec<f64>,
    /// From 0 to 1.
    pub in_scope: f64,
    /// The likeliest label of the basic level.
    pub forced: usize,
    /// The words that the verdict rests on, the weightiest first, and at last those that speak most against it.
    pub evidence: Vec<Evidence>,
}

/// Words and what they argue for.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The label that they argue for.
    pub label: usize,
    /// By how much they raise the score of the verdict's label over the mean of the others; negative against it.
    pub weight: f64,
}

/// A text with what each of its features adds to each class.
pub struct Weighed {
    pub reading: Reading,
    /// How decisive each clause is, from 0 to 1; the most decisive one is 1.
    pub near: Vec<f64>,
    /// For each class, before any feature.
    pub bias: Vec<f64>,
    pub shares: Vec<Share>,
    /// Bias plus shares.
    pub scores: Vec<f64>,
}

/// What one occurrence of a feature adds.
pub struct Share {
    pub clause: usize,
    pub range: Range<usize>,
    /// For each class.
    pub scores: Vec<f64>,
}

impl Model {
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// What the text argues for. Every text gets a verdict; the same text always gets the same one.
    pub fn read(&self, text: &str) -> Verdict {
        let weighed = self.weigh(text);
        let probabilities = softmax(&weighed.scores);
        let labels = self.labels.len();
        let unclear = probabilities.get(labels).copied();
        let in_scope: f64 = unclear.map_or_else(|| self.known(&weighed), |unclear| 1.0 - unclear);
        let sum: f64 = probabilities[..labels].iter().sum();
        let probabilities: Vec<_> = probabilities[..labels].iter().map(|probability| probability / sum).collect();
        let verdict = Verdict {
            label: None,
            is_sure: false,
            forced: self.likeliest_basic(&probabilities),
            evidence: super::evidence::of(&weighed, largest(&probabilities), labels),
            probabilities,
            in_scope,
        };
        verdict.within(self.limits)
    }

    fn likeliest_basic(&self, probabilities: &[f64]) -> usize {
        let basic: Vec<_> = self.basic.iter().map(|label| probabilities[*label]).collect();
        self.basic[largest(&basic)]
    }

    /// The scores of a text and what they consist of.
    pub fn weigh(&self, text: &str) -> Weighed {
        let reading = Reading::new(text, self.lexicon.as_ref());
        let near = self.base.near(&reading, self.lexicon.as_ref());
        let source = |emit: &mut dyn FnMut(Feature<'_>)| reading.features(self.lexicon.as_ref(), emit);
        let classes = self.base.linear.classes();
        let base: Vec<_> = self.base.linear.bias.iter().map(|bias| f64::from(*bias)).collect();
        let mut bias = vec![0.0; classes];
        self.mixed(&base, None, &mut bias);
        if let Some(mix) = &self.mix {
            bias.iter_mut().zip(&mix.bias).for_each(|(score, bias)| *score += f64::from(*bias));
        }
        let mut scores = bias.clone();
        let mut shares = Vec::new();
        let mut parts = vec![0.0; classes];
        for known in self.base.vocabulary.vector(&source, self.base.lengths) {
            let value = known.value / known.places.len() as f64;
            parts.iter_mut().zip(self.base.linear.shares(known.feature, value)).for_each(|(to, part)| *to = part);
            for (clause, range) in known.places {
                let mut share = vec![0.0; classes];
                self.mixed(&parts, near.get(clause).copied(), &mut share);
                scores.iter_mut().zip(&share).for_each(|(score, share)| *score += share);
                shares.push(Share { clause, range, scores: share });
            }
        }
        Weighed { reading, near, bias, shares, scores }
    }

    fn mixed(&self, base: &[f64], near: Option<f64>, scores: &mut [f64]) {
        match &self.mix {
            Some(mix) => mix.add(base, near.unwrap_or(0.0), scores),
            None => scores.iter_mut().zip(base).for_each(|(score, base)| *score += base),
        }
    }

    /// The share of the different words that the model knows, for a model without texts to learn "unclear" from.
    fn known(&self, weighed: &Weighed) -> f64 {
        let words = weighed.reading.clauses.iter().flat_map(|clause| &clause.words);
        let total = words.clone().count();
        let is_known = |word: &&Range<usize>| weighed.shares.iter().any(|share| share.range == **word);
        if total == 0 { 0.0 } else { words.filter(is_known).count() as f64 / total as f64 }
    }
}

impl Verdict {
    /// The verdict that these limits allow.
    pub fn within(self, limits: Limits) -> Verdict {
        let (top, doubt) = (largest(&self.probabilities), 1.0 - self.in_scope);
        let label = (doubt <= limits.unclear).then_some(top);
        let is_sure = label.is_some() && self.probabilities[top] >= limits.sure && doubt < limits.doubt;
        Verdict { label, is_sure, ..self }
    }
}

impl Base {
    /// How decisive each clause is, from 0 to 1; the most decisive one is 1.
    pub fn near(&self, reading: &Reading, lexicon: Option<&Lexicon>) -> Vec<f64> {
        let (Some(decisive), Some(lexicon)) = (&self.decisive, lexicon) else {
            return vec![1.0; reading.clauses.len()];
        };
        let mut near = decisive.read(reading, lexicon);
        let most = near.iter().fold(f64::MIN_POSITIVE, |most, part| most.max(*part));
        for part in &mut near {
            *part /= most;
        }
        near
    }

    /// The scores of the whole text, and those of its clauses as far as they are decisive.
    pub fn both(&self, reading: &Reading, lexicon: Option<&Lexicon>) -> (Vec<f64>, Vec<f64>) {
        let near = self.near(reading, lexicon);
        let source = |emit: &mut dyn FnMut(Feature<'_>)| reading.features(lexicon, emit);
        let vector = self.vocabulary.vector(&source, self.lengths);
        let whole = self.linear.scores(&vector);
        let mut close = vec![0.0; whole.len()];
        for known in &vector {
            let places = known.places.iter().map(|(clause, _)| near.get(*clause).copied().unwrap_or(0.0));
            let value = known.value * places.sum::<f64>() / known.places.len() as f64;
            close.iter_mut().zip(self.linear.shares(known.feature, value)).for_each(|(to, share)| *to += share);
        }
        (whole, close)
    }
}

/// The place of the largest; of equals the first.
pub fn largest(values: &[f64]) -> usize {
    let mut best = 0;
    for (place, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = place;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static ROLES: LazyLock<Model> = LazyLock::new(Model::roles);

    fn label(text: &str) -> Option<&'static str> {
        ROLES.read(text).label.map(|label| ROLES.labels()[label].as_str())
    }

    #[test]
    fn who_makes_the_call_decides_and_not_the_service() {
        assert_eq!(label("The application code calls GetSecretValue when it opens a connection."), Some("task"));
        assert_eq!(
            label("The secret is listed under secrets and is there as a variable before start."),
            Some("execution")
        );
        assert_eq!(label("An EventBridge rule starts the Fargate task each night with ecs:RunTask."), Some("neither"));
        let both = "The image is pulled from a private ECR repository, and the code uploads reports to S3.";
        assert_eq!(label(both), Some("both"));
    }

    #[test]
    fn what_is_about_something_else_gets_no_verdict() {
        for text in ["", "   ", "?!", "how do I cook rice", "Please move our meeting to Thursday."] {
            let verdict = ROLES.read(text);
            assert_eq!((verdict.label, verdict.is_sure), (None, false), "{text}");
        }
    }

    #[test]
    fn the_evidence_of_a_sure_verdict_is_the_decisive_clause() {
        let text =
            "The image comes from a public registry, logs work. Our Go code is refused when it writes to the bucket.";
        let verdict = ROLES.read(text);
        assert!(verdict.is_sure, "{verdict:?}");
        assert!(text[verdict.evidence[0].range.clone()].contains("Go code"), "{:?}", verdict.evidence);
    }

    fn is_well_formed(text: &str) -> Result<(), TestCaseError> {
        let verdict = ROLES.read(text);
        let sum: f64 = verdict.probabilities.iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-9 && (0.0..=1.0).contains(&verdict.in_scope), "{verdict:?}");
        prop_assert!(verdict.forced < 2 && !(verdict.is_sure && verdict.label.is_none()));
        for evidence in &verdict.evidence {
            prop_assert!(!evidence.range.is_empty() && text.get(evidence.range.clone()).is_some(), "{verdict:?}");
            prop_assert!(evidence.weight.is_finite());
        }
        let weighed = ROLES.weigh(text);
        for (class, score) in weighed.scores.iter().enumerate() {
            let shares: f64 = weighed.shares.iter().map(|share| share.scores[class]).sum();
            prop_assert!((weighed.bias[class] + shares - score).abs() < 1e-9);
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8_000))]

        #[test]
        fn any_text_gets_a_verdict_whose_shares_are_its_score(text in any::<String>()) {
            is_well_formed(&text)?;
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn so_does_any_run_of_words(words in proptest::collection::vec("(the |our |code |not |S3 |secrets |agent, |\u{2019}t |É|\\.\\. |\\(|: |pulls |denied )", 0..60)) {
            is_well_formed(&words.concat())?;
        }
    }
}
