//! `greenroom export`: a deck in another format, or the review log as JSON lines, without loss.

mod deck;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::failure::Failure;
use super::output::Output;
use crate::card::{Id, Key};
use crate::review::{Action, Entry, EntryId, Grade, Marked, Mock, Moment, Percent, Said, Source, Typed};
use crate::store::Seq;
use crate::text::Safe;

/// Write a deck in another format, or the review log
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Export {
    #[command(subcommand)]
    what: Option<What>,
    /// The id of a deck, or a deck file
    #[arg(required = true, id = "exported", value_name = "DECK")]
    deck: Option<String>,
    /// The format; what the name of the file tells if left out, or else json
    #[arg(long, value_name = "NAME", value_parser = super::import::names(|format| format.export.is_some()))]
    format: Option<String>,
    /// A file that is not there yet; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "out")]
    force: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every entry of the review log, one a line, retractions among them
    Reviews,
}

impl Export {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        if self.what.is_none() {
            return self.deck(call, output);
        }
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
    /// The id of the point that a `point` is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    point: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grade: Option<Grade>,
    /// Milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    took: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<EntryId>,
    /// The new key of a card, `deck/card`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Key>,
    /// The id of a label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picked: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<Safe>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    typed: Option<Safe>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    confidence: Option<Percent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    marks: Option<Vec<Marked>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    misconceptions: Option<Vec<Id>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mock: Option<Mock>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Review,
    Point,
    Suspend,
    Resume,
    Bury,
    Reset,
    Rename,
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
            point: None,
            grade: None,
            took: None,
            source: None,
            target: None,
            to: None,
            picked: None,
            why: None,
            typed: None,
            confidence: None,
            marks: None,
            misconceptions: None,
            mock: None,
        };
        match action {
            Action::Review { grade, took, source, said } => {
                let line = Line { grade: Some(*grade), took: Some(*took), source: Some(*source), ..line(Word::Review) };
                line.saying(said.as_ref())
            }
            Action::Point { point, grade, took, source, said } => Line {
                point: Some(point.clone()),
                grade: Some(*grade),
                took: Some(*took),
                source: Some(*source),
                ..line(Word::Point).typing(said.as_ref())
            },
            Action::Suspend => line(Word::Suspend),
            Action::Resume => line(Word::Resume),
            Action::Bury => line(Word::Bury),
            Action::Reset => line(Word::Reset),
            Action::Rename { to } => Line { to: Some(to.clone()), ..line(Word::Rename) },
            Action::Retract(target) => Line { target: Some(*target), ..line(Word::Retract) },
        }
    }
}

impl Line {
    fn saying(self, said: Option<&Said>) -> Line {
        match said {
            None => self,
            Some(Said::Picked { label, why }) => Line { picked: Some(label.to_string()), why: why.clone(), ..self },
            Some(Said::Typed(typed)) => self.typing(Some(typed)),
        }
    }

    fn typing(self, said: Option<&Typed>) -> Line {
        let Some(Typed { text, confidence, marks, misconceptions, mock }) = said else { return self };
        Line {
            typed: Some(text.clone()),
            confidence: *confidence,
            marks: (!marks.is_empty()).then(|| marks.clone()),
            misconceptions: (!misconceptions.is_empty()).then(|| misconceptions.clone()),
            mock: mock.clone(),
            ..self
        }
    }

    /// Takes out what was said.
    fn said(&mut self) -> Result<Option<Said>, String> {
        let typed = self.answer()?;
        match (picked(self.picked.take(), self.why.take())?, typed.map(Said::Typed)) {
            (Some(_), Some(_)) => Err("a label is `picked` or an answer `typed`, not both".into()),
            (picked, typed) => Ok(picked.or(typed)),
        }
    }
}

impl Line {
    /// Takes out the answer in words.
    fn answer(&mut self) -> Result<Option<Typed>, String> {
        let (confidence, mock) = (self.confidence.take(), self.mock.take());
        let (marks, misconceptions) = (self.marks.take(), self.misconceptions.take());
        let is_about = confidence.is_some() || marks.is_some() || misconceptions.is_some() || mock.is_some();
        match self.typed.take() {
            None if is_about => {
                Err("`confidence`, `marks`, `misconceptions` and `mock` are about an answer, and none was `typed`"
                    .into())
            }
            None => Ok(None),
            Some(text) if text.as_str().chars().nth(Typed::LONGEST).is_some() => {
                Err(format!("`typed` is longer than {} characters", Typed::LONGEST))
            }
            Some(text) => {
                let (marks, misconceptions) = (marks.unwrap_or_default(), misconceptions.unwrap_or_default());
                Ok(Some(Typed { text, confidence, marks, misconceptions, mock }))
            }
        }
    }
}

impl TryFrom<Line> for Entry {
    type Error = String;

    fn try_from(mut line: Line) -> Result<Entry, String> {
        let said = line.said()?;
        let point = line.point.take();
        if point.is_some() && !matches!(line.action, Word::Point) {
            return Err("`point` belongs to the action `point`".into());
        }
        let to = line.to.take();
        if to.is_some() != matches!(line.action, Word::Rename) {
            return Err("a rename needs `to`, the new key, and no other action has it".into());
        }
        let action = match (line.action, line.grade, line.took, line.source, said, line.target) {
            (Word::Review, Some(grade), took, source, said, None) => {
                Action::Review { grade, took: took.unwrap_or(0), source: source.unwrap_or(Source::Command), said }
            }
            (Word::Review, ..) => return Err("a review needs a `grade` and has no `target`".into()),
            (Word::Retract, None, None, None, None, Some(target)) => Action::Retract(target),
            (Word::Retract, ..) => return Err("a retract needs a `target` and nothing else".into()),
            (Word::Point, Some(grade), took, source, said, None) => {
                let (took, source) = (took.unwrap_or(0), source.unwrap_or(Source::Command));
                let said = match said {
                    Some(Said::Typed(typed)) => Some(typed),
                    None => None,
                    Some(Said::Picked { .. }) => return Err("a point has no label that could be `picked`".into()),
                };
                Action::Point { point: point.ok_or("a point is named by `point`")?, grade, took, source, said }
            }
            (Word::Point, ..) => return Err("a point needs a `grade` and has no `target`".into()),
            (Word::Suspend, None, None, None, None, None) => Action::Suspend,
            (Word::Resume, None, None, None, None, None) => Action::Resume,
            (Word::Bury, None, None, None, None, None) => Action::Bury,
            (Word::Reset, None, None, None, None, None) => Action::Reset,
            (Word::Rename, None, None, None, None, None) => Action::Rename { to: to.expect("it was looked for") },
            _ => return Err("`grade`, `took`, `source`, `picked`, `typed` and `target` belong to other actions".into()),
        };
        let offset = jiff::tz::Offset::from_seconds(line.offset).map_err(|_| "`offset` is not a number of seconds")?;
        let moment = Moment { at: line.at, offset, day: line.day };
        Ok(Entry { id: line.id, card: Key { deck: line.deck, card: line.card }, moment, action })
    }
}

fn picked(label: Option<String>, why: Option<Safe>) -> Result<Option<Said>, String> {
    match (label, why) {
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
