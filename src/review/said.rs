//! What the learner said before the verdict, kept beside the grade that came of it.

use serde::{Deserialize, Serialize};

use crate::card::Id;
use crate::text::Safe;

/// An answer in the learner's own words or choice. Each variant has keys of its own, in the log and in exports.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Said {
    /// The label of a scenario, right or wrong.
    Picked {
        #[serde(rename = "picked")]
        label: Id,
        /// What the learner thinks decides; at most [`Said::LARGEST`] bytes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Safe>,
    },
}

impl Said {
    /// So many characters of a text are kept that is typed here.
    pub const LONGEST: usize = 2_000;

    /// So many bytes of a text are taken that comes from elsewhere.
    pub const LARGEST: usize = 64 * 1024;

    /// A label that was picked, and the reason that was typed: one line, cut to [`Said::LONGEST`] characters, nothing
    /// if it is blank.
    pub fn picked(label: Id, why: &str) -> Said {
        let line: String = Safe::new(why.trim()).line().as_str().chars().take(Said::LONGEST).collect();
        let why = (!line.is_empty()).then(|| Safe::new(&line));
        Said::Picked { label, why }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(why: &str) -> Option<String> {
        let Said::Picked { why, .. } = Said::picked("task".parse().expect("an id"), why);
        why.map(String::from)
    }

    #[test]
    fn a_reason_is_one_line_of_bounded_length() {
        assert_eq!(picked(" the code\n calls S3 ").as_deref(), Some("the code calls S3"));
        assert_eq!(picked(" \n\t "), None);
        assert_eq!(picked(&"é".repeat(Said::LONGEST + 1)), Some("é".repeat(Said::LONGEST)));
    }

    #[test]
    fn keys_that_nobody_knows_are_refused() {
        let read = serde_json::from_str::<Said>;
        assert_eq!(read(r#"{"picked":"task"}"#).ok(), Some(Said::picked("task".parse().expect("an id"), "")));
        for bad in [r#"{"picked":"task","marks":[1]}"#, r#"{"why":"so"}"#, r#"{"picked":"Task Role"}"#, "{}", "[]"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
