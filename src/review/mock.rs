//! What the row of an answer says of the mock interview that it was given in.

use serde::{Deserialize, Serialize};

use super::Percent;
use crate::card::{Id, Level};

/// The interview, as each of its rows has it, and what of the answer cannot be told from its marks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mock {
    pub minutes: u16,
    /// With the same seed, and what was known then, the same questions are drawn.
    pub seed: u64,
    /// The questions went up to it; none are all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The answers were said aloud, and the learner ticked what was said.
    #[serde(default, skip_serializing_if = "is_false")]
    pub spoken: bool,
    /// 0 to 4, as the learner ticked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub structure: Option<u8>,
    /// Of the whole interview: the share of the points that was said, with help, and the score as a share of what it could
    /// be.
    pub said: Percent,
    pub score: Percent,
    /// Points of this answer that were said when they were asked for, and those that were said after a hint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompted: Vec<Id>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hinted: Vec<Id>,
    /// Points of this answer that come back as short questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<Id>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(value: &bool) -> bool {
    !value
}
