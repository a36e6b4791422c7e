//! What a model makes of a text, as far as a learner is shown it.

use std::ops::Range;

use crate::card::{Exercise, Id};
use crate::classifier::Verdict;
use crate::review::Opinion;

/// What a model makes of a text. Labels are known by their place in the exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// None if the text lies outside of what the model knows, or says nothing.
    pub label: Option<usize>,
    /// Whether it may be shown as a verdict; else the learner is asked.
    pub is_sure: bool,
    /// One a label; their sum is 1, and a label that the learner cannot pick has none of it.
    pub probabilities: Vec<f64>,
    /// Byte ranges of the text that speak for the label, in order and apart.
    pub evidence: Vec<Range<usize>>,
}

impl View {
    /// What is shown of a verdict. At the basic level it is the likelier of the labels that the learner can pick, and
    /// it is not sure where that is not the likeliest of all.
    pub fn of(verdict: &Verdict, exercise: &Exercise, expert: bool) -> View {
        let is_hidden = |label: &usize| !expert && exercise.labels.get(*label).is_some_and(|label| label.expert);
        let is_out_of_level = verdict.label.as_ref().is_some_and(is_hidden);
        let label = verdict.label.map(|label| if is_out_of_level { verdict.forced } else { label });
        let words = verdict.evidence.iter().filter(|words| Some(words.label) == label && words.weight > 0.0);
        let mut evidence: Vec<Range<usize>> = words.map(|words| words.range.clone()).collect();
        evidence.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        evidence.retain(|range| {
            let is_apart = range.start >= end && !range.is_empty();
            end = end.max(range.end);
            is_apart
        });
        let is_sure = verdict.is_sure && !is_out_of_level;
        let shown = verdict.probabilities.iter().enumerate();
        let shown = shown.map(|(label, part)| if is_hidden(&label) { 0.0 } else { *part }).collect::<Vec<_>>();
        let sum = shown.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        View { label, is_sure, probabilities: shown.into_iter().map(|part| part / sum).collect(), evidence }
    }

    /// The label that the text certainly argues for.
    pub fn certain<'e>(&self, exercise: &'e Exercise) -> Option<&'e Id> {
        self.leaning(exercise).filter(|_| self.is_sure)
    }

    /// The label that it leans to, certain or not.
    pub fn leaning<'e>(&self, exercise: &'e Exercise) -> Option<&'e Id> {
        self.label.and_then(|place| exercise.labels.get(place)).map(|label| &label.id)
    }

    pub fn opinion(&self, exercise: &Exercise) -> Opinion {
        let labels = exercise.labels.iter().map(|label| label.id.clone());
        let probabilities = labels.zip(self.probabilities.iter().copied()).collect();
        Opinion { label: self.leaning(exercise).cloned(), is_sure: self.is_sure, probabilities }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::Label;
    use crate::classifier::Evidence;
    use crate::text::Safe;

    fn exercise() -> Exercise {
        let label = |(id, expert): (&str, bool)| Label {
            id: id.parse().expect("an id"),
            name: Safe::new(id),
            key: None,
            expert,
            about: None,
        };
        let labels = [("a", false), ("b", false), ("c", true)].map(label).to_vec();
        Exercise { id: "e".parse().expect("an id"), prompt: Safe::new("Which?"), labels }
    }

    fn verdict(label: Option<usize>, is_sure: bool) -> Verdict {
        let evidence = |range, label, weight| Evidence { range, label, weight };
        Verdict {
            label,
            is_sure,
            probabilities: vec![0.1, 0.2, 0.7],
            in_scope: 1.0,
            forced: 1,
            evidence: vec![
                evidence(8..12, 2, 2.0),
                evidence(0..4, 1, 1.0),
                evidence(0..2, 1, 0.5),
                evidence(5..6, 1, -1.0),
            ],
        }
    }

    fn starts(view: &View) -> Vec<usize> {
        view.evidence.iter().map(|range| range.start).collect()
    }

    #[test]
    fn a_label_of_another_level_is_never_certain() {
        let (exercise, seen) = (exercise(), verdict(Some(2), true));
        let expert = View::of(&seen, &exercise, true);
        assert_eq!((expert.certain(&exercise).map(Id::as_str), starts(&expert)), (Some("c"), vec![8]));
        let basic = View::of(&seen, &exercise, false);
        assert_eq!((basic.leaning(&exercise).map(Id::as_str), basic.certain(&exercise)), (Some("b"), None));
        assert_eq!(starts(&basic), [0], "what speaks for it, in order and apart");
        let parts: Vec<_> = basic.probabilities.iter().map(|part| (part * 300.0).round()).collect();
        assert_eq!(parts, [100.0, 200.0, 0.0]);
    }

    #[test]
    fn out_of_scope_leans_nowhere() {
        let exercise = exercise();
        for expert in [false, true] {
            assert_eq!(View::of(&verdict(None, false), &exercise, expert).leaning(&exercise), None);
        }
    }
}
