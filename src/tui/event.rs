//! What reaches a screen, and what a screen may ask for.

use super::keys::Chord;
use super::screen::Route;
use super::work::Outcome;
use crate::card::Key;
use crate::review::{Action, Entry, EntryId, Moment};
use crate::store::Replacement;
use crate::text::Safe;
use crate::workspace::Workspace;

/// Something happened.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "one exists at a time")]
pub enum Event {
    Key(Chord),
    Paste(String),
    /// A click on a cell, counted from the upper left corner of the screen's canvas.
    Click {
        column: usize,
        row: usize,
    },
    /// Rows that the wheel turned; down is positive.
    Scroll(isize),
    /// The terminal has another size now.
    Resize,
    /// A screen above this one was closed.
    Uncovered,
    /// The clock says another minute.
    Tick,
    /// A job has ended; the workspace knows of it already.
    Done(Outcome),
}

/// What a screen asks for. It does none of it itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Open(Route),
    /// Closes this screen and opens another in its place.
    Become(Route),
    Back,
    Quit,
    /// Puts an entry on record.
    Record(Entry),
    /// Takes back what the learner did last.
    Undo,
    /// Does again what was taken back last.
    Redo,
    /// Puts something else in the place of the log.
    Restore(Replacement),
    /// Says something in the line above the footer until the next key.
    Say(Notice),
    /// The key reaches the screen below, as if it had been pressed there.
    Press(Chord),
}

/// A line for the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub tone: Tone,
    pub words: Safe,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Good,
    Quiet,
    Warn,
    Bad,
}

/// What a screen may look at while it decides.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub workspace: &'a Workspace,
    pub now: Moment,
    /// An identity for one new entry.
    pub fresh: EntryId,
    /// Columns and rows of the canvas that the screen is drawn on.
    pub size: (usize, usize),
}

impl Desk<'_> {
    /// An entry of this moment.
    pub fn entry(&self, card: &Key, action: Action) -> Entry {
        Entry { id: self.fresh, card: card.clone(), moment: self.now, action }
    }
}

impl Notice {
    #[expect(clippy::new_ret_no_self, reason = "a notice is always made to be said")]
    pub fn new(tone: Tone, words: Safe) -> Effect {
        Effect::Say(Notice { tone, words })
    }
}
