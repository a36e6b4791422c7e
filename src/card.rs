//! What can be asked: a card, its stable ids, and one file per kind.

mod choice;
mod cloze;
mod code;
mod id;
mod recall;

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use choice::{Choice, Exercise, Label};
pub use cloze::{Cloze, Flaw, FlawKind, Gap, MOST_GAPS, Part};
pub use code::Code;
pub use id::{Id, Key, LONGEST_ID};
pub use recall::{Misconception, Point, Recall};

use crate::text::Safe;

/// One thing that can be asked, with what surrounds the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Unique in its deck, and never derived from the text: a card whose words change keeps its reviews.
    pub id: Id,
    pub kind: Kind,
    pub level: Option<Level>,
    pub tags: Vec<Safe>,
    /// Addresses of pages that the answer rests on.
    pub sources: Vec<Safe>,
    /// The day on which somebody last compared the answer with its sources.
    pub checked: Option<Date>,
    /// Markdown, shown after the answer: what changed, what people get wrong.
    pub note: Option<Safe>,
    /// What an interviewer asks next.
    pub follow_ups: Vec<Safe>,
}

/// What is asked, and how it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Recall(Recall),
    Choice(Choice),
    Cloze(Cloze),
    Code(Code),
}

/// How far into a career the question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Junior,
    Mid,
    Senior,
}

impl Card {
    /// The question, as Markdown.
    pub fn prompt(&self) -> Safe {
        match &self.kind {
            Kind::Recall(recall) => recall.question.clone(),
            Kind::Choice(choice) => choice.question(),
            Kind::Cloze(cloze) => cloze.question(),
            Kind::Code(code) => code.question.clone(),
        }
    }

    /// The answer that the deck's author gives, as Markdown.
    pub fn model_answer(&self) -> Safe {
        match &self.kind {
            Kind::Recall(recall) => recall.answer.clone(),
            Kind::Choice(choice) => choice.answer(),
            Kind::Cloze(cloze) => cloze.answer(),
            Kind::Code(code) => code.answer(),
        }
    }

    /// What can be marked in a typed answer, in order: the points of a question, the gaps of a cloze, the code as one.
    /// None for a scenario.
    pub fn points(&self) -> Vec<Point> {
        match &self.kind {
            Kind::Recall(recall) => recall.points.clone(),
            Kind::Choice(_) => Vec::new(),
            Kind::Cloze(cloze) => cloze.points(),
            Kind::Code(code) => code.points(),
        }
    }
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Junior, Level::Mid, Level::Senior];

    /// The word that decks write.
    pub fn word(self) -> &'static str {
        match self {
            Level::Junior => "junior",
            Level::Mid => "mid",
            Level::Senior => "senior",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.word())
    }
}
