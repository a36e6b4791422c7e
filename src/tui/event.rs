//! The contract between the screens and the loop: what a screen is, what reaches it, and what it may ask for.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;

use super::keys::{Chord, Hint};
use super::paint::{Canvas, Row};
use crate::card::{Card, Exercise, Id, Key};
use crate::deck;
use crate::grader::Verdict;
use crate::interview::{Length, Report, Sitting};
use crate::library::Library;
use crate::review::{Action, Disagreement, Entry, EntryId, Moment};
use crate::safe;
use crate::store::{Replacement, Undone};
use crate::text::Safe;
use crate::workspace::{Authored, Authoring, Batch, Draft, Intake, Marker, Memories, News, Workspace};

/// One thing to see and do. It is drawn from what it holds and the desk, and changes only in `update`.
pub trait Screen {
    /// Where the learner is, and what is written at the right of it.
    fn title(&self, desk: &Desk) -> (Row, Row);

    fn view(&self, canvas: &mut Canvas, desk: &Desk);

    fn update(&mut self, event: &Event, desk: &Desk) -> Vec<Effect>;

    /// What can be done now, the most useful first.
    fn hints(&self) -> Vec<Hint>;

    /// When the screen wants to look at the clock again.
    fn wakes_at(&self, _desk: &Desk) -> Option<Timestamp> {
        None
    }

    /// What is said of the learner's work to somebody who is about to quit.
    fn kept(&self) -> &'static str {
        "every grade is on disk"
    }

    /// Whether letters are being typed, so that they are no keys.
    fn takes_letters(&self) -> bool {
        false
    }
}

/// The name of a screen with what it is opened on.
#[derive(Debug, Clone, PartialEq)]
pub enum Route {
    Home,
    /// Some decks, or all if none is named, with so many new cards beyond the daily limit.
    Study {
        decks: Vec<Id>,
        more: usize,
    },
    Problems,
    /// A round of scenarios.
    Choice(Drill),
    /// A scenario that the learner writes, for an exercise at a level.
    Own {
        exercise: Arc<Exercise>,
        is_expert: bool,
    },
    /// A mock interview is set up, or one that was left is offered.
    Interview(Wanted),
    /// A mock interview goes on.
    Mock(Box<Sitting>),
    /// The cards of a deck, or of all; one of them is chosen if it is named.
    Deck {
        deck: Option<Id>,
        card: Option<Id>,
    },
    /// The form of a card, or of a new one of that deck if none is named.
    Edit {
        deck: Option<Id>,
        card: Option<Id>,
    },
    /// Cards that a file proposes, one by one.
    Import(Box<Batch>),
    /// Cards that are suspended or forgotten often.
    Suspended,
    /// The keys of the screen below.
    Help(Vec<Hint>),
    /// The log cannot be read, and why.
    Rescue(Safe),
}

/// What a mock interview is to be, as far as it is said already.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// All if none is named.
    pub decks: Vec<Id>,
    pub length: Option<Length>,
    /// The same seed and the same memories draw the same questions.
    pub seed: Option<u64>,
    pub is_spoken: bool,
}

/// How a round of scenarios is to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drill {
    /// The first exercise if none is named.
    pub exercise: Option<Id>,
    /// So many scenarios with one key each and no verdict between them.
    pub rapid: Option<usize>,
    /// The level of the settings if nothing is said.
    pub is_expert: Option<bool>,
}

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
    /// The clock has come to what the screen waits for.
    Tick,
    /// What the learner's own editor made of the text that it was given.
    Edited(String),
    /// The program may end, or stop for a while: what is not kept yet is to be kept now.
    Leaving,
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
    /// Keeps that the learner would label a text otherwise.
    Disagree(Disagreement),
    /// Adds a scenario to the learner's own deck.
    Add(Addition),
    /// Writes cards into a deck, all or none.
    Import {
        intake: Box<Intake>,
        cards: Vec<Card>,
    },
    /// Has a typed answer marked.
    Mark(Answer),
    /// Keeps what is being written, or forgets it if there is no text.
    Keep {
        draft: Draft,
        text: Option<Safe>,
    },
    /// Writes the report of an interview into a folder beside the log, to be read elsewhere.
    Export(Box<Report>),
    /// Changes deck files.
    Author(Authoring),
    /// Takes the newest change of a deck file back, also after a restart.
    Unauthor,
    /// Opens the text in the learner's own editor.
    Edit(Safe),
    /// Opens a file there, at a line.
    Visit {
        path: PathBuf,
        line: usize,
    },
    /// Says something in the line above the footer until the next key.
    Say(Notice),
    /// The key reaches the screen below, as if it had been pressed there.
    Press(Chord),
}

/// A typed answer that is to be marked.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub card: Key,
    pub text: Safe,
    pub marker: Marker,
}

/// A scenario for the learner's own deck.
#[derive(Debug, Clone, PartialEq)]
pub struct Addition {
    pub exercise: Arc<Exercise>,
    /// The wanted id; it gets a number if it is taken.
    pub id: Id,
    pub draft: deck::Draft,
}

/// What became of a job.
#[derive(Debug)]
pub enum Outcome {
    /// The entry is on the disk. `others` are rows that another program added meanwhile.
    Recorded { entry: Entry, others: News },
    /// Nothing was written: another program has put something on record for the card first.
    Overtaken { entry: Entry, others: News },
    /// Nothing was written.
    Refused { entry: Option<Entry>, why: Safe },
    /// Nothing was left to take back, or what was taken back.
    Undone { undone: Option<Undone>, others: News },
    Redone {
        redone: Option<Undone>,
        others: News,
        /// Whether the next redo brings back more of the same interview.
        goes_on: bool,
    },
    /// The log is whole, and how many rows a new backup holds if one was due.
    Checked { backup: Option<u64> },
    /// The log is damaged.
    Damaged(Safe),
    /// A disagreement is on the disk.
    Kept,
    /// The marks of an answer; its quotes are places in `text`.
    Marked { card: Key, text: Safe, verdict: Box<Verdict> },
    /// A report is on the disk, under this name.
    Exported(Safe),
    /// A draft is on the disk, or gone from there.
    Drafted(Draft),
    /// The learner's own deck has a new card.
    Added(Key),
    /// A deck file was changed as it was asked.
    Authored {
        authoring: Authoring,
        authored: Authored,
        /// What was added to the log, if reviews went along.
        others: News,
    },
    /// Nothing was written: somebody else has changed the card first, and what it says now if it is there still.
    Conflicted { authoring: Authoring, theirs: Option<Box<Card>> },
    /// A change of deck files was taken back: what it was, in words, and what became of the reviews that went along.
    Unauthored { what: Safe, returned: Vec<Outcome> },
    /// Deck files were changed and read again; `is_ours` if the program did it.
    Reread { library: Arc<Library>, before: Arc<Library>, is_ours: bool },
    /// The deck files are as they were.
    Unchanged,
    /// So many cards are in a deck now; the decks are to be looked at again.
    Imported { deck: Id, cards: usize },
    /// The log is another one now; the memories must be read again.
    Restored { rows: u64, memories: Box<Memories> },
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
    /// Whether there are colours; else words that decide stand in brackets.
    pub has_color: bool,
}

impl Desk<'_> {
    /// What a card asks, on one line.
    pub fn headline(&self, card: &Key) -> Safe {
        let known = self.workspace.library.card(&card.deck, &card.card);
        known.map_or_else(|_| safe!("{card}"), |known| known.prompt().line())
    }

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
