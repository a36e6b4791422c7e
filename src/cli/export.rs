//! `greenroom export`: the review log as JSON lines, without loss.

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use crate::card::{Id, Key};
use crate::review::{Action, Entry, EntryId, Grade, Moment, Said, Source};
use crate::store::Seq;
use crate::text::Safe;

/// Write the review log as JSON lines
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every entry of the review log, one a line, retractions among them
    Reviews,
}

impl Export {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let What::Reviews = self.what;
        let store = call.store(&call.paths()?.data)?;
        store.verify()?;
        for row in store.since(Seq::START)? {
            output.json(&Line::from(&row.entry))?;
        }
        Ok(0)
    }
}

/// One entry, as it is exported and imported.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    id: EntryId,
    deck: Id,
    card: Id,
    /// RFC 3339, UTC, to the millisecond.
    at: jiff::Timestamp,
    /// Seconds from UTC, east of it positive.
    offset: i32,
    /// The study day.
    day: jiff::civil::Date,
    action: Word,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    took: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<EntryId>,
    /// The id of a label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picked: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<Safe>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Review,
    Suspend,
    Resume,
    Bury,
    Reset,
    Retract,
}

impl From<&Entry> for Line {
    fn from(entry: &Entry) -> Line {
        let Entry { id, card, moment, action } = entry;
        let line = |action| Line {
            id: *id,
            deck: card.deck.clone(),
            card: card.card.clone(),
            at: moment.at,
            offset: moment.offset.seconds(),
            day: moment.day,
            action,
            grade: None,
            took: None,
            source: None,
            target: None,
            picked: None,
            why: None,
        };
        match action {
            Action::Review { grade, took, source, said } => {
                let (picked, why) = match said {
                    Some(Said::Picked { label, why }) => (Some(label.to_string()), why.clone()),
                    None => (None, None),
                };
                let line = line(Word::Review);
                Line { grade: Some(*grade), took: Some(*took), source: Some(*source), picked, why, ..line }
            }
            Action::Suspend => line(Word::Suspend),
            Action::Resume => line(Word::Resume),
            Action::Bury => line(Word::Bury),
            Action::Reset => line(Word::Reset),
            Action::Retract(target) => Line { target: Some(*target), ..line(Word::Retract) },
        }
    }
}

impl TryFrom<Line> for Entry {
    type Error = String;

    fn try_from(line: Line) -> Result<Entry, String> {
        let said = said(line.picked, line.why)?;
        let action = match (line.action, line.grade, line.took, line.source, said, line.target) {
            (Word::Review, Some(grade), took, source, said, None) => {
                Action::Review { grade, took: took.unwrap_or(0), source: source.unwrap_or(Source::Command), said }
            }
            (Word::Review, ..) => return Err("a review needs a `grade` and has no `target`".into()),
            (Word::Retract, None, None, None, None, Some(target)) => Action::Retract(target),
            (Word::Retract, ..) => return Err("a retract needs a `target` and nothing else".into()),
            (Word::Suspend, None, None, None, None, None) => Action::Suspend,
            (Word::Resume, None, None, None, None, None) => Action::Resume,
            (Word::Bury, None, None, None, None, None) => Action::Bury,
            (Word::Reset, None, None, None, None, None) => Action::Reset,
            _ => return Err("`grade`, `took`, `source`, `picked` and `target` belong to other actions".into()),
        };
        let offset = jiff::tz::Offset::from_seconds(line.offset).map_err(|_| "`offset` is not a number of seconds")?;
        let moment = Moment { at: line.at, offset, day: line.day };
        Ok(Entry { id: line.id, card: Key { deck: line.deck, card: line.card }, moment, action })
    }
}

fn said(picked: Option<String>, why: Option<Safe>) -> Result<Option<Said>, String> {
    match (picked, why) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err("`why` is about a label, and none was `picked`".into()),
        (Some(_), Some(why)) if why.as_str().len() > Said::LARGEST => {
            Err(format!("`why` is longer than {} KiB", Said::LARGEST / 1024))
        }
        (Some(label), why) => {
            let label = label.parse().map_err(|bad| format!("`picked` {bad}"))?;
            Ok(Some(Said::Picked { label, why }))
        }
    }
}
