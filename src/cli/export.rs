//! `greenroom export`: the review log as JSON lines, without loss.

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use crate::card::{Id, Key};
use crate::review::{Action, Entry, EntryId, Grade, Moment, Source};
use crate::store::Seq;

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
        };
        match *action {
            Action::Review { grade, took, source } => {
                Line { grade: Some(grade), took: Some(took), source: Some(source), ..line(Word::Review) }
            }
            Action::Suspend => line(Word::Suspend),
            Action::Resume => line(Word::Resume),
            Action::Bury => line(Word::Bury),
            Action::Reset => line(Word::Reset),
            Action::Retract(target) => Line { target: Some(target), ..line(Word::Retract) },
        }
    }
}

impl TryFrom<Line> for Entry {
    type Error = &'static str;

    fn try_from(line: Line) -> Result<Entry, &'static str> {
        let action = match (line.action, line.grade, line.took, line.source, line.target) {
            (Word::Review, Some(grade), took, source, None) => {
                Action::Review { grade, took: took.unwrap_or(0), source: source.unwrap_or(Source::Command) }
            }
            (Word::Review, ..) => return Err("a review needs a `grade` and has no `target`"),
            (Word::Retract, None, None, None, Some(target)) => Action::Retract(target),
            (Word::Retract, ..) => return Err("a retract needs a `target` and nothing else"),
            (Word::Suspend, None, None, None, None) => Action::Suspend,
            (Word::Resume, None, None, None, None) => Action::Resume,
            (Word::Bury, None, None, None, None) => Action::Bury,
            (Word::Reset, None, None, None, None) => Action::Reset,
            _ => return Err("`grade`, `took`, `source` and `target` belong to reviews and retractions only"),
        };
        let offset = jiff::tz::Offset::from_seconds(line.offset).map_err(|_| "`offset` is not a number of seconds")?;
        let moment = Moment { at: line.at, offset, day: line.day };
        Ok(Entry { id: line.id, card: Key { deck: line.deck, card: line.card }, moment, action })
    }
}
