//! What the learner said before the verdict, kept beside the grade that came of it.

use serde::{Deserialize, Serialize};

use super::{Mark, Mock, Percent};
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
    /// An answer in words, and how its points were marked.
    Typed(Typed),
}

/// An answer in words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// At most [`Typed::LONGEST`] characters; empty if it was said aloud.
    #[serde(rename = "typed")]
    pub text: Safe,
    /// How much of a full answer the learner thought it to be, before seeing anything. None if they did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Percent>,
    /// In the order of the card.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Marked>,
    /// The misconceptions that the answer states, as far as the learner did not object.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misconceptions: Vec<Id>,
    /// The mock interview that it was given in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mock: Option<Mock>,
}

/// The mark of one point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    #[serde(rename = "id")]
    pub point: Id,
    /// The first mark: the grader's, or the learner's own where no grader was asked.
    pub mark: Mark,
    /// The grader's probability that the point was said. None where no grader was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p: Option<Percent>,
    /// Whether the grader was sure.
    pub sure: bool,
    /// What the learner set in its place. The first mark stays beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flipped: Option<Mark>,
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

impl Typed {
    /// Characters of an answer.
    pub const LONGEST: usize = 20_000;

    /// An answer cut to its greatest length.
    pub fn new(text: &Safe, confidence: Option<Percent>, marks: Vec<Marked>, misconceptions: Vec<Id>) -> Typed {
        Typed { text: cut(text, Typed::LONGEST), confidence, marks, misconceptions, mock: None }
    }
}

impl Marked {
    /// Whether the grader was sure or the learner has decided.
    pub fn is_decided(&self) -> bool {
        self.sure || self.flipped.is_some()
    }

    /// What is counted of the point's weight, 0 to 1; nothing while nobody has decided.
    pub fn share(&self) -> f64 {
        if self.is_decided() { self.counting().share() } else { 0.0 }
    }

    /// Whether the learner set another mark than the grader.
    pub fn is_flipped(&self) -> bool {
        self.p.is_some() && self.flipped.is_some_and(|own| own != self.mark)
    }

    /// Goes on to the next mark that a learner may set: for a sure one the contrary and back; for an unsure one covered,
    /// missed, and back.
    pub fn flip(&mut self) {
        self.flipped = match (self.sure, self.flipped) {
            (true, None) => Some(self.mark.flipped()),
            (false, None) => Some(Mark::Covered),
            (false, Some(Mark::Covered)) => Some(Mark::Missed),
            _ => None,
        };
    }

    /// The mark that counts: the learner's, if they set one.
    pub fn counting(&self) -> Mark {
        self.flipped.unwrap_or(self.mark)
    }
}

/// The text in so many characters. What was escaped may be cut in two, which is as safe.
fn cut(text: &Safe, limit: usize) -> Safe {
    match text.as_str().char_indices().nth(limit) {
        None => text.clone(),
        Some((end, _)) => Safe::new(&text.as_str()[..end]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        text.parse().expect("an id")
    }

    fn picked(why: &str) -> Option<String> {
        match Said::picked(id("task"), why) {
            Said::Picked { why, .. } => why.map(String::from),
            Said::Typed(_) => None,
        }
    }

    #[test]
    fn a_reason_is_one_line_of_bounded_length() {
        assert_eq!(picked(" the code\n calls S3 ").as_deref(), Some("the code calls S3"));
        assert_eq!(picked(" \n\t "), None);
        assert_eq!(picked(&"é".repeat(Said::LONGEST + 1)), Some("é".repeat(Said::LONGEST)));
    }

    #[test]
    fn an_answer_keeps_its_lines_and_is_cut_at_its_greatest_length() {
        let typed = |text: &str| Typed::new(&Safe::new(text), None, Vec::new(), Vec::new()).text;
        assert_eq!(typed("one\n\n two").as_str(), "one\n\n two");
        assert_eq!(typed(&"é".repeat(Typed::LONGEST + 9)), Safe::new(&"é".repeat(Typed::LONGEST)));
    }

    #[test]
    fn the_mark_of_the_learner_counts_and_that_of_the_grader_stays() {
        let marked =
            |flipped| Marked { point: id("a"), mark: Mark::Missed, p: Percent::try_from(8).ok(), sure: true, flipped };
        assert_eq!(marked(None).counting(), Mark::Missed);
        let flipped = marked(Some(Mark::Covered));
        assert_eq!((flipped.counting(), flipped.mark), (Mark::Covered, Mark::Missed));
        let said = Said::Typed(Typed::new(&Safe::new("so"), None, vec![flipped], vec![id("m")]));
        let json = r#"{"typed":"so","marks":[{"id":"a","mark":"missed","p":8,"sure":true,"flipped":"covered"}],"misconceptions":["m"]}"#;
        assert_eq!(serde_json::to_string(&said).expect("JSON"), json);
        assert_eq!(serde_json::from_str::<Said>(json).ok(), Some(said));
    }

    #[test]
    fn an_unsure_mark_counts_when_the_learner_has_decided() {
        let mut unsure = Marked { point: id("a"), mark: Mark::Covered, p: None, sure: false, flipped: None };
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push((unsure.is_decided(), unsure.share()));
            unsure.flip();
        }
        assert_eq!(seen, [(false, 0.0), (true, 1.0), (true, 0.0)]);
        let mut sure = Marked { sure: true, mark: Mark::Partial, flipped: None, ..unsure };
        assert_eq!((sure.is_decided(), sure.share()), (true, 0.5));
        sure.flip();
        assert_eq!(sure.counting(), Mark::Covered);
        sure.flip();
        assert_eq!(sure.flipped, None);
    }

    #[test]
    fn keys_that_nobody_knows_are_refused() {
        let read = serde_json::from_str::<Said>;
        assert_eq!(read(r#"{"picked":"task"}"#).ok(), Some(Said::picked(id("task"), "")));
        assert!(read(r#"{"typed":""}"#).is_ok());
        let bad = [
            r#"{"picked":"task","marks":[1]}"#,
            r#"{"why":"so"}"#,
            r#"{"picked":"Task Role"}"#,
            r#"{"typed":"so","picked":"task"}"#,
            r#"{"typed":"so","confidence":101}"#,
            r#"{"typed":"so","marks":[{"id":"a","mark":"half","sure":true}]}"#,
            r#"{"typed":"so","marks":[{"id":"a","mark":"missed","sure":true,"score":1}]}"#,
            "{}",
            "[]",
        ];
        for bad in bad {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
