//! Why a command did not do what it was asked, and the exit code that says so.

use crate::library::{NotFound, NotWritten};
use crate::safe;
use crate::store::Trouble;
use crate::text::Safe;
use crate::workspace::Closed;

/// Findings, as of a lint.
pub const FINDINGS: u8 = 1;
const USAGE: u8 = 2;
/// A deck that was asked for cannot be used.
pub const BAD_DECK: u8 = 3;
const STORE: u8 = 4;
pub const INTERRUPTED: u8 = 130;

#[derive(Debug)]
pub enum Failure {
    /// What went wrong and what to do, with the exit code.
    Told { code: u8, words: Safe },
    /// Nobody reads the output any more, which is no trouble.
    PipeClosed,
}

impl Failure {
    pub fn usage(words: Safe) -> Failure {
        Failure::Told { code: USAGE, words }
    }

    pub fn bad_deck(words: Safe) -> Failure {
        Failure::Told { code: BAD_DECK, words }
    }

    pub fn store(words: Safe) -> Failure {
        Failure::Told { code: STORE, words }
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Failure {
        Failure::store(safe!("greenroom: {trouble}"))
    }
}

impl From<Closed> for Failure {
    fn from(closed: Closed) -> Failure {
        match closed {
            Closed::Store(trouble) => trouble.into(),
            Closed::NoHome(_) | Closed::Policy(_) => Failure::usage(safe!("greenroom: {closed}")),
        }
    }
}

impl From<NotFound> for Failure {
    fn from(not_found: NotFound) -> Failure {
        Failure::usage(safe!("greenroom: {not_found}"))
    }
}

impl From<NotWritten> for Failure {
    fn from(refused: NotWritten) -> Failure {
        match refused {
            NotWritten::Unfit { .. } => Failure::bad_deck(safe!("greenroom: {refused}")),
            _ => Failure::usage(safe!("greenroom: {refused}")),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::PipeClosed,
            _ => Failure::usage(safe!("greenroom: {error}")),
        }
    }
}
