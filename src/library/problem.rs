//! What is wrong with the decks, and with the files around them.

use std::path::Path;

use super::parsed::Finding;
use super::{Origin, Refused};
use crate::card::Id;
use crate::deck::{Diagnostic, Severity};
use crate::text::Safe;

/// One thing that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The name of the file, on one line.
    pub file: Safe,
    pub origin: Origin,
    /// Line and column, both counted from 1, of a problem that has a place in the text of a deck.
    pub place: Option<(u32, u32)>,
    pub diagnostic: Diagnostic,
}

impl Problem {
    pub(super) fn in_text(origin: &Origin, finding: Finding) -> Problem {
        let Finding { place, diagnostic } = finding;
        Problem { file: origin.name(), origin: origin.clone(), place: Some(place), diagnostic }
    }

    /// A folder entry that looks like a deck, or could hold some, and was left out. `reason` completes "`path` …".
    pub(super) fn skipped(path: &Path, reason: &str, help: &str) -> Problem {
        Problem::about(Origin::File(path.to_owned()), "skipped", Severity::Warning, reason, help)
    }

    pub(super) fn refused(origin: &Origin, refused: &Refused) -> Problem {
        let help = match refused {
            Refused::Kind(_) => "A deck is a plain file.",
            Refused::TooLarge => "Split the deck into several files, each with an id of its own.",
            Refused::Io(_) => "Check that the file is there and that you may read it.",
        };
        Problem::about(origin.clone(), "unreadable", Severity::Error, &refused.to_string(), help)
    }

    /// A place that somebody named and where nothing is.
    pub(super) fn missing(path: &Path) -> Problem {
        let help = "Check the name. It is looked up from the folder you are in.";
        Problem::about(Origin::File(path.to_owned()), "missing", Severity::Error, "does not exist", help)
    }

    /// A deck that is not used because another one has its id.
    pub(super) fn duplicate(id: &Id, used: &Origin, unused: &Origin) -> Problem {
        let message = Safe::from(format_args!("The deck `{id}` is already in `{}`.", used.name()));
        let help = Safe::new("The first one is used. Give this deck another `id`, or remove one of the two files.");
        Problem::new(unused.clone(), "duplicate-deck", Severity::Error, message, help)
    }

    /// `what` completes "`path` …".
    fn about(origin: Origin, code: &'static str, severity: Severity, what: &str, help: &str) -> Problem {
        let message = Safe::from(format_args!("`{}` {what}.", origin.name()));
        Problem::new(origin, code, severity, message, Safe::new(help))
    }

    fn new(origin: Origin, code: &'static str, severity: Severity, message: Safe, help: Safe) -> Problem {
        let diagnostic = Diagnostic { code, severity, span: 0..0, message, help, related: None, fix: None };
        Problem { file: origin.name(), origin, place: None, diagnostic }
    }
}
