//! A scenario that is answered by picking one of the labels of its exercise.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::text::Safe;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub exercise: Id,
    /// What the exercise asks of each of its scenarios.
    pub prompt: Safe,
    /// The labels of the exercise, in the author's order.
    pub labels: Vec<Label>,
    /// Markdown.
    pub scenario: Safe,
    /// Ids of labels; one or more.
    pub right: Vec<Id>,
    /// Exact words of the scenario that decide.
    pub evidence: Vec<Safe>,
    /// Markdown.
    pub why: Option<Safe>,
    /// The near twin that has another answer: a scenario of the same deck.
    pub pair: Option<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub id: Id,
    pub name: Safe,
    /// The key that picks it: one character.
    pub key: Option<char>,
    /// Hidden at the basic level.
    pub expert: bool,
}

impl Choice {
    /// The scenario, what is asked of it, and the names that can be picked, as Markdown.
    pub fn question(&self) -> Safe {
        let names: Vec<_> = self.labels.iter().map(|label| label.name.as_str()).collect();
        Safe::from(format_args!("{}\n\n**{}**\n\n{}", self.scenario, self.prompt, names.join(" · ")))
    }

    /// The right names and the reason, as Markdown.
    pub fn answer(&self) -> Safe {
        let right = self.labels.iter().filter(|label| self.right.contains(&label.id));
        let names: Vec<_> = right.map(|label| label.name.as_str()).collect();
        let why = self.why.as_ref().map_or("", Safe::as_str);
        Safe::from(format_args!("**{}**\n\n{}", names.join(", "), why))
    }
}
