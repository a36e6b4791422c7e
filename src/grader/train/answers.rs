//! Labelled answers as lines of JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::card::Id;

/// An answer that somebody has marked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Answer {
    pub id: String,
    /// The file that it came from.
    #[serde(skip)]
    pub author: String,
    /// A card id that one deck has.
    pub card: String,
    /// The manner in which it was written, such as `terse` or `wrong`.
    pub style: String,
    pub text: String,
    pub points: BTreeMap<String, Said>,
    pub misconceptions: Vec<String>,
    /// From 0 to 100.
    pub human_score: f64,
    /// The words that say a point, in the answer's own wording.
    #[serde(default)]
    pub quotes: BTreeMap<String, String>,
}

impl Answer {
    /// What the marker found of a point.
    pub fn said(&self, point: &Id) -> Said {
        self.points.get(point.as_str()).copied().unwrap_or(Said::Missed)
    }
}

/// What the marker found of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Said {
    Covered,
    Partial,
    Missed,
}

/// A line that is no labelled answer.
#[derive(Debug, thiserror::Error)]
#[error("{author}, line {line}: {why}")]
pub struct Unreadable {
    author: String,
    line: usize,
    why: serde_json::Error,
}

/// Reads the lines of one author.
pub fn read(author: &str, text: &str) -> Result<Vec<Answer>, Unreadable> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let answer = |(at, line): (usize, &str)| {
        let unreadable = |why| Unreadable { author: author.to_owned(), line: at + 1, why };
        let answer: Answer = serde_json::from_str(line).map_err(unreadable)?;
        Ok(Answer { author: author.to_owned(), ..answer })
    };
    lines.map(answer).collect()
}
