//! Which labels of an exercise are taken for which others.

use std::collections::HashMap;

use super::Share;
use crate::card::{Card, Choice, Id, Kind, Label};
use crate::review::{Action, Entry, Said};
use crate::safe;
use crate::text::Safe;

/// How often each label of an exercise was right, and which was picked then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    labels: Vec<Label>,
    /// A row for each label that was right, in it a count for each that was picked.
    counts: Vec<u32>,
}

/// A label that is picked where another one is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mixup<'a> {
    pub right: &'a Label,
    pub picked: &'a Label,
    /// How often, of the answers to which the one was right.
    pub times: Share,
}

/// The confusion of each exercise of a deck in which something was picked, with one of its scenarios, in the order of
/// the deck. `counting` are the entries of the log that count (see [`live`](crate::review::live)).
///
/// The scenarios decide as they are now; what was picked in one that is gone is passed over.
pub fn confusions<'a>(deck: &Id, cards: &'a [Card], counting: &[&Entry]) -> Vec<(&'a Choice, Confusion)> {
    let mut exercises: Vec<(&Choice, Confusion)> = Vec::new();
    let mut scenarios = HashMap::new();
    for card in cards {
        let Kind::Choice(choice) = &card.kind else { continue };
        let known = exercises.iter().position(|(other, _)| other.exercise == choice.exercise);
        let place = known.unwrap_or_else(|| {
            exercises.push((choice, Confusion::new(&choice.exercise.labels)));
            exercises.len() - 1
        });
        scenarios.insert(&card.id, (place, choice));
    }
    for entry in counting.iter().filter(|entry| entry.card.deck == *deck) {
        if let Action::Review { said: Some(Said::Picked { label, .. }), .. } = &entry.action
            && let Some((place, choice)) = scenarios.get(&entry.card.card)
        {
            exercises[*place].1.count(&choice.right, label);
        }
    }
    exercises.retain(|(_, confusion)| confusion.accuracy().whole > 0);
    exercises
}

impl Confusion {
    pub fn new(labels: &[Label]) -> Confusion {
        Confusion { labels: labels.to_vec(), counts: vec![0; labels.len() * labels.len()] }
    }

    /// One more answer. Where several labels are right, a miss counts against the first. Labels that are not of the
    /// exercise are passed over.
    pub fn count(&mut self, right: &[Id], picked: &Id) {
        let place = |id: &Id| self.labels.iter().position(|label| label.id == *id);
        let expected = if right.contains(picked) { Some(picked) } else { right.first() };
        if let (Some(expected), Some(picked)) = (expected.and_then(place), place(picked)) {
            self.counts[expected * self.labels.len() + picked] += 1;
        }
    }

    /// Adds the answers to the same labels elsewhere; whether they are the same.
    pub fn add(&mut self, other: &Confusion) -> bool {
        let is_same = self.labels.iter().map(|label| &label.id).eq(other.labels.iter().map(|label| &label.id));
        if is_same {
            self.counts.iter_mut().zip(&other.counts).for_each(|(count, more)| *count += more);
        }
        is_same
    }

    /// In the order of the exercise; what follows names a label by its place here.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// How often the one was picked where the other was right.
    pub fn times(&self, right: usize, picked: usize) -> u32 {
        self.counts[right * self.labels.len() + picked]
    }

    /// Of the answers to which a label was right, those that picked it.
    pub fn accuracy_of(&self, right: usize) -> Share {
        let whole = (0..self.labels.len()).map(|picked| self.times(right, picked)).sum();
        Share { part: self.times(right, right), whole }
    }

    /// Of all answers, those that were right.
    pub fn accuracy(&self) -> Share {
        let mut all = Share::default();
        (0..self.labels.len()).for_each(|right| all.add(self.accuracy_of(right)));
        all
    }

    /// The labels that were picked wrongly where one was right, the most frequent first.
    pub fn mixups_of(&self, right: usize) -> Vec<Mixup<'_>> {
        let whole = self.accuracy_of(right).whole;
        let others = (0..self.labels.len()).filter(|picked| *picked != right && self.times(right, *picked) > 0);
        let mixup = |picked| Mixup {
            right: &self.labels[right],
            picked: &self.labels[picked],
            times: Share { part: self.times(right, picked), whole },
        };
        let mut mixups: Vec<_> = others.map(mixup).collect();
        mixups.sort_by_key(|mixup| std::cmp::Reverse(mixup.times.part));
        mixups
    }

    /// What is mixed up most often; of two alike, the one with the greater share. None if every answer was right.
    pub fn worst(&self) -> Option<Mixup<'_>> {
        let all = (0..self.labels.len()).flat_map(|right| self.mixups_of(right));
        // The whole in reverse: of two that happened equally often, the greater share is that of the smaller whole.
        all.min_by_key(|mixup| (std::cmp::Reverse(mixup.times.part), mixup.times.whole))
    }
}

impl Mixup<'_> {
    /// `You pick Execution role where Task role is right: 4 of 11.`
    pub fn sentence(&self) -> Safe {
        let Share { part, whole } = self.times;
        safe!("You pick {} where {} is right: {part} of {whole}.", self.picked.name.line(), self.right.name.line())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::review::{Grade, live};
    use crate::stats::sample::{labels, pick, retract, review};

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    /// Answers as `right picked`, so many of each.
    fn confusion(answers: &[(&str, &str, usize)]) -> Confusion {
        let mut confusion = Confusion::new(&labels());
        for (right, picked, times) in answers {
            (0..*times).for_each(|_| confusion.count(&[id(right)], &id(picked)));
        }
        confusion
    }

    fn sentence(confusion: &Confusion) -> Option<String> {
        confusion.worst().map(|worst| worst.sentence().to_string())
    }

    #[test]
    fn the_same_labels_of_two_decks_are_told_of_as_one() {
        let mut all = confusion(&[("task", "task", 2)]);
        assert!(all.add(&confusion(&[("task", "execution", 3)])));
        assert_eq!(all, confusion(&[("task", "task", 2), ("task", "execution", 3)]));
        assert!(!all.add(&Confusion::new(&labels()[..2])));
    }

    #[test]
    fn the_pair_that_is_mixed_up_most_is_said_in_a_sentence() {
        let answers = [("task", "task", 7), ("task", "execution", 4), ("execution", "task", 3), ("both", "both", 2)];
        let confusion = confusion(&answers);
        let told = sentence(&confusion);
        assert_eq!(told.as_deref(), Some("You pick Execution role where Task role is right: 4 of 11."));
        let accuracy: Vec<_> = (0..3).map(|label| confusion.accuracy_of(label).percent()).collect();
        assert_eq!(accuracy, [Some(64), Some(0), Some(100)]);
        assert_eq!(confusion.accuracy(), Share { part: 9, whole: 16 });
    }

    #[test]
    fn of_two_pairs_that_are_mixed_up_alike_the_greater_share_is_the_worse() {
        let answers =
            [("task", "both", 2), ("task", "task", 8), ("execution", "both", 2), ("execution", "execution", 1)];
        let told = sentence(&confusion(&answers));
        assert_eq!(told.as_deref(), Some("You pick Both where Execution role is right: 2 of 3."));
    }

    #[test]
    fn who_is_always_right_mixes_nothing_up() {
        assert_eq!(sentence(&confusion(&[("task", "task", 5)])), None);
        assert_eq!(sentence(&confusion(&[])), None);
    }

    #[test]
    fn any_of_several_right_labels_is_right() {
        let mut confusion = Confusion::new(&labels());
        let right = [id("task"), id("execution")];
        for picked in ["execution", "task", "both"] {
            confusion.count(&right, &id(picked));
        }
        assert_eq!((confusion.times(0, 0), confusion.times(1, 1), confusion.times(0, 2)), (1, 1, 1));
        assert_eq!(confusion.accuracy(), Share { part: 2, whole: 3 });
    }

    const DECK: &str = r#"format = 1
id = "roles"
title = "Roles"
[[exercise]]
id = "which"
prompt = "Which role?"
labels = [{ id = "task", name = "Task role" }, { id = "execution", name = "Execution role" }]
[[exercise]]
id = "where"
prompt = "Where does it run?"
labels = [{ id = "ec2", name = "EC2" }, { id = "fargate", name = "Fargate" }]
[[scenario]]
id = "s3"
exercise = "which"
text = "The code reads from S3."
right = ["task"]
[[scenario]]
id = "pull"
exercise = "which"
text = "The image is pulled."
right = ["execution"]
[[scenario]]
id = "gpu"
exercise = "where"
text = "It needs a GPU."
right = ["ec2"]
"#;

    fn told(log: &[Entry]) -> Vec<(String, Option<String>, Share)> {
        let deck = crate::deck::parse(DECK).deck.expect("a deck");
        let found = confusions(&id("roles"), &deck.cards, &live(log));
        found
            .into_iter()
            .map(|(choice, confusion)| (choice.exercise.prompt.to_string(), sentence(&confusion), confusion.accuracy()))
            .collect()
    }

    #[test]
    fn each_exercise_has_its_own_confusion_from_the_log() {
        let log = [
            pick(1, "roles/s3", "execution"),
            pick(2, "roles/gpu", "ec2"),
            pick(3, "roles/pull", "execution"),
            review(4, "roles/s3", 0, Grade::Again),
            pick(5, "other/s3", "execution"),
            pick(6, "roles/gone", "execution"),
            pick(7, "roles/s3", "gone"),
        ];
        let which = "You pick Execution role where Task role is right: 1 of 1.".to_owned();
        assert_eq!(
            told(&log),
            [
                ("Which role?".to_owned(), Some(which), Share { part: 1, whole: 2 }),
                ("Where does it run?".to_owned(), None, Share { part: 1, whole: 1 })
            ]
        );
    }

    #[test]
    fn a_pick_that_was_taken_back_confuses_nothing() {
        let log = [pick(1, "roles/s3", "execution"), retract(2, "roles/s3", 1)];
        assert_eq!(told(&log), []);
        let log = [log.as_slice(), &[pick(3, "roles/s3", "task")]].concat();
        assert_eq!(told(&log), [("Which role?".to_owned(), None, Share { part: 1, whole: 1 })]);
    }

    proptest! {
        #[test]
        fn every_answer_is_counted_once(answers in prop::collection::vec((0_usize..3, 0_usize..3), 0..80)) {
            let names = labels();
            let mut confusion = Confusion::new(&names);
            for (right, picked) in &answers {
                confusion.count(&[names[*right].id.clone()], &names[*picked].id);
            }
            let hits = answers.iter().filter(|(right, picked)| right == picked).count() as u32;
            prop_assert_eq!(confusion.accuracy(), Share { part: hits, whole: answers.len() as u32 });
            let missed: u32 = (0..3).flat_map(|right| confusion.mixups_of(right)).map(|mixup| mixup.times.part).sum();
            prop_assert_eq!(missed, answers.len() as u32 - hits);
            prop_assert_eq!(confusion.worst().is_none(), missed == 0);
        }
    }
}
