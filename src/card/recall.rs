//! A question that is answered in words.

use serde::{Deserialize, Serialize};

use super::Id;
use crate::text::Safe;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// Markdown.
    pub question: Safe,
    /// Markdown.
    pub answer: Safe,
    /// What a good answer states, in the author's order.
    pub points: Vec<Point>,
    /// Wrong claims that people make.
    pub misconceptions: Vec<Misconception>,
    /// Names of the things that the question compares; one list a thing. Empty, or two and more.
    pub sides: Vec<Vec<Safe>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Unique in its card.
    pub id: Id,
    /// 1 nice to have, 2 expected, 3 without it the answer fails.
    pub weight: u8,
    pub text: Safe,
    /// Other ways people say it.
    pub accept: Vec<Safe>,
    /// What an interviewer asks when the point was not said.
    pub probe: Option<Safe>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Misconception {
    /// Unique in its card.
    pub id: Id,
    pub text: Safe,
    /// Other ways people say it.
    pub accept: Vec<Safe>,
    pub correction: Option<Safe>,
}
