//! A scenario that is answered by picking one of the labels of its exercise.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Id;
use crate::text::Safe;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The scenarios that were read together from one deck share theirs.
    pub exercise: Arc<Exercise>,
    /// Markdown.
    pub scenario: Safe,
    /// Ids of labels; one or more.
    pub right: Vec<Id>,
    /// Exact words of the scenario that decide.
    pub evidence: Vec<Safe>,
    /// Markdown.
    pub why: Option<Safe>,
    /// Short lines that stand under the verdict: who calls, when, which field.
    pub facts: Vec<Safe>,
    /// Markdown, shown on a key: what it looks like in practice.
    pub detail: Option<Safe>,
    /// What would change the answer.
    pub flip: Option<Safe>,
    /// The near twin that has another answer: a scenario of the same deck.
    pub pair: Option<Id>,
}

/// A set of labels with what is asked of each scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exercise {
    /// Unique in its deck.
    pub id: Id,
    pub prompt: Safe,
    /// In the author's order.
    pub labels: Vec<Label>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub id: Id,
    pub name: Safe,
    /// The key that picks it: one character.
    pub key: Option<char>,
    /// Hidden at the basic level.
    pub expert: bool,
    /// Markdown: what the label means.
    pub about: Option<Safe>,
}

/// Keys that mean something else wherever a label is picked.
const TAKEN_KEYS: &str = "uMwxloRjkgGq";

impl Label {
    /// Whether a label can be picked by this key: an ASCII letter or digit that means nothing else there.
    pub fn can_have(key: char) -> bool {
        key.is_ascii_alphanumeric() && !TAKEN_KEYS.contains(key)
    }
}

impl Exercise {
    /// The label with this id.
    pub fn label(&self, id: &Id) -> Option<&Label> {
        self.labels.iter().find(|label| label.id == *id)
    }
}

impl Choice {
    /// Whether the label answers the scenario.
    pub fn is_right(&self, label: &Id) -> bool {
        self.right.contains(label)
    }

    /// Whether a right label is hidden at the basic level.
    pub fn is_expert(&self) -> bool {
        self.right.iter().any(|id| self.exercise.label(id).is_some_and(|label| label.expert))
    }

    /// The names of the right labels: `Task role`, `Both, Neither`.
    pub fn right_names(&self) -> Safe {
        let right = self.exercise.labels.iter().filter(|label| self.is_right(&label.id));
        Safe::new(&right.map(|label| label.name.as_str()).collect::<Vec<_>>().join(", "))
    }

    /// Where the deciding words first stand in the scenario: byte ranges in order of place, none inside another.
    pub fn evidence_ranges(&self) -> Vec<Range<usize>> {
        let place = |words: &Safe| {
            let start = self.scenario.as_str().find(words.as_str())?;
            Some(start..start + words.as_str().len())
        };
        let mut ranges: Vec<Range<usize>> = self.evidence.iter().filter_map(place).collect();
        ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        ranges.retain(|range| {
            let is_apart = range.start >= end && !range.is_empty();
            end = end.max(range.end);
            is_apart
        });
        ranges
    }

    /// The scenario, what is asked of it, and the names that can be picked, as Markdown.
    pub fn question(&self) -> Safe {
        let names: Vec<_> = self.exercise.labels.iter().map(|label| label.name.as_str()).collect();
        Safe::from(format_args!("{}\n\n**{}**\n\n{}", self.scenario, self.exercise.prompt, names.join(" · ")))
    }

    /// The right names, the reason, the facts, what would change the answer and the detail, as Markdown.
    pub fn answer(&self) -> Safe {
        let list = self.facts.iter().map(|fact| format!("- {fact}\n")).collect::<String>();
        let flip = self.flip.as_ref().map_or_else(String::new, |flip| format!("What would flip it: {flip}"));
        let part = |text: &Option<Safe>| text.as_ref().map_or("", Safe::as_str).to_owned();
        let parts = [format!("**{}**", self.right_names()), part(&self.why), list, flip, part(&self.detail)];
        Safe::new(
            &parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(evidence: &[&str]) -> Choice {
        let label = |id: &str, name: &str, expert| Label {
            id: id.parse().expect("an id"),
            name: Safe::new(name),
            key: None,
            expert,
            about: None,
        };
        let labels = vec![label("task", "Task role", false), label("both", "Both", true)];
        let exercise = Exercise { id: "roles".parse().expect("an id"), prompt: Safe::new("Which?"), labels };
        Choice {
            exercise: Arc::new(exercise),
            scenario: Safe::new("The code reads from S3."),
            right: vec!["both".parse().expect("an id")],
            evidence: evidence.iter().map(|words| Safe::new(words)).collect(),
            why: Some(Safe::new("So it is.")),
            facts: vec![Safe::new("Who calls: both"), Safe::new("When: twice")],
            detail: None,
            flip: Some(Safe::new("Take one away.")),
            pair: None,
        }
    }

    #[test]
    fn evidence_is_in_order_and_never_overlaps() {
        let shown = |evidence: &[&str]| {
            let choice = choice(evidence);
            let words = |range: Range<usize>| choice.scenario.as_str()[range].to_owned();
            choice.evidence_ranges().into_iter().map(words).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["S3", "The code"]), ["The code", "S3"]);
        assert_eq!(shown(&["code", "The code reads", "reads from", "gone"]), ["The code reads"]);
    }

    #[test]
    fn an_answer_says_all_that_the_author_gave() {
        let choice = choice(&[]);
        let expected =
            "**Both**\n\nSo it is.\n\n- Who calls: both\n- When: twice\n\nWhat would flip it: Take one away.";
        assert_eq!(choice.answer().as_str(), expected);
        assert!(choice.is_expert());
    }
}
