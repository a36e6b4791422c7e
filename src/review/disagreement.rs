//! That the learner would label a text otherwise, kept for the author of the deck or of the model.

use jiff::Timestamp;
use serde::Serialize;

use crate::card::{Id, Key};
use crate::text::Safe;

/// One line of the file of disagreements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    pub at: Timestamp,
    pub exercise: Id,
    /// None for a text of the learner's own.
    pub card: Option<Key>,
    pub text: Safe,
    /// None if no model was asked.
    pub model: Option<Opinion>,
    /// What the learner thinks right.
    pub label: Id,
    pub why: Option<Safe>,
}

/// What a model made of the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Opinion {
    /// None if the text lies outside of what it knows.
    pub label: Option<Id>,
    pub is_sure: bool,
    /// By label, in the order of the exercise; their sum is 1.
    pub probabilities: Vec<(Id, f64)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_when_and_who_thinks_what() {
        let id = |text: &str| text.parse::<Id>().expect("an id");
        let model =
            Opinion { label: Some(id("a")), is_sure: true, probabilities: vec![(id("a"), 0.75), (id("b"), 0.25)] };
        let line = Disagreement {
            at: "2026-11-22T18:00:00Z".parse().expect("a time"),
            exercise: id("e"),
            card: None,
            text: Safe::new("It \"calls\"."),
            model: Some(model),
            label: id("b"),
            why: None,
        };
        assert_eq!(
            serde_json::to_string(&line).expect("JSON"),
            "{\"at\":\"2026-11-22T18:00:00Z\",\"exercise\":\"e\",\"card\":null,\"text\":\"It \\\"calls\\\".\",\
             \"model\":{\"label\":\"a\",\"is_sure\":true,\"probabilities\":[[\"a\",0.75],[\"b\",0.25]]},\
             \"label\":\"b\",\"why\":null}"
        );
    }
}
