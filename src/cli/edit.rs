//! `greenroom edit`: a deck in the learner's editor, at the line of a card; the file changes only to what can be used.

use std::ffi::OsStr;
use std::ops::Range;
use std::path::Path;

use clap::Args;

use super::ask::ask;
use super::call::Call;
use super::failure::{BAD_DECK, Failure};
use super::output::Output;
use super::rename::offer;
use super::target::Target;
use crate::card::Id;
use crate::deck::edit::find_card;
use crate::deck::{Diagnostic, Severity, parse, render};
use crate::library::is_path;
use crate::library::{NotWritten, Writer};
use crate::safe;
use crate::text::Safe;
use crate::tui::editor;

const WIDTH: usize = 100;

/// Edit a card or a deck in $VISUAL or $EDITOR; the file stays as it is until what you wrote can be used
#[derive(Debug, Args)]
pub struct Edit {
    /// `deck/card`, the id of a card or of a deck, or the path of a deck file
    what: String,
    /// Copy a built-in deck into your folder without asking
    #[arg(long)]
    copy: bool,
    /// Let reviews go with cards that get another id, without asking
    #[arg(long)]
    carry: bool,
}

impl Edit {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let workspace = call.workspace(None)?;
        let is_deck = self.what.parse().is_ok_and(|id: Id| workspace.library.shelf(&id).is_some());
        let (target, card) = if is_deck || is_path(&self.what) {
            (Target::named(&self.what, &workspace, self.copy, output)?, None)
        } else {
            let key = workspace.library.find(&self.what)?;
            let shelf = workspace.library.shelf(&key.deck).expect("the card was found in it");
            (Target::of(shelf, &workspace, self.copy, output)?, Some(key.card))
        };
        let at = card.as_ref().and_then(|card| find_card(&target.text, card));
        let line = at.map(|at| target.text[..at].matches('\n').count() + 1);
        let name = target.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let check = |text: &str| errors_of_draft("", text, "", &name);
        let edited = write_in_editor(call, &name, &target.text, line, &|text| text, &check, output)?;
        let Some(edited) = edited else {
            output.line(&safe!("Nothing was changed."))?;
            return Ok(0);
        };
        let what = card.map_or_else(|| safe!("edit `{name}`"), |card| safe!("edit `{card}`"));
        let before = parse(&target.text).deck.map(|deck| deck.cards).unwrap_or_default();
        let code = save(&Writer::new(&workspace.paths.data), target, &edited, &what, output)?;
        if let Some(deck) = parse(&edited).deck.filter(|_| code == 0) {
            offer(&deck.id, &before, &deck.cards, self.carry, call, output)?;
        }
        Ok(code)
    }
}

/// The errors of a file as they are shown, if it has any.
pub fn errors(text: &str, name: &str) -> Result<(), Safe> {
    let parsed = parse(text);
    let errors = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|error| render(error, text, name, WIDTH).to_string()).collect();
    if errors.is_empty() { Ok(()) } else { Err(Safe::new(&errors.join("\n\n"))) }
}

/// The errors of a text that lies in no file yet, as they are shown: `lint --fix` cannot mend it, and of what was read the
/// learner wrote `head` not, nor what stands behind `text`.
pub fn errors_of_draft(head: &str, text: &str, tail: &str, name: &str) -> Result<(), Safe> {
    let parsed = parse(&[head, text, tail].concat());
    let errors = parsed.diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let own = |span: Range<usize>| {
        let place = |at: usize| at.saturating_sub(head.len()).min(text.len());
        place(span.start)..place(span.end)
    };
    let errors = errors.map(|error| Diagnostic {
        span: own(error.span),
        related: error.related.map(|(span, why)| (own(span), why)),
        fix: None,
        ..error
    });
    let errors: Vec<_> = errors.map(|error| render(&error, text, name, WIDTH).to_string()).collect();
    if errors.is_empty() { Ok(()) } else { Err(Safe::new(&errors.join("\n\n"))) }
}

/// Puts an edited text in the place of the file. Where somebody else was faster, the learner says which one stays.
fn save(writer: &Writer, mut target: Target, edited: &str, what: &Safe, output: &mut Output) -> Result<u8, Failure> {
    loop {
        match writer.change(&target.path, target.version, what, |_| Ok(edited.to_owned())) {
            Ok(_) => {
                output.line(&safe!("saved {}", target.path.display()))?;
                return Ok(0);
            }
            Err(NotWritten::Changed(file)) => {
                let question = safe!(
                    "`{file}` was changed by another program meanwhile. m: write mine over it (`greenroom deck undo` brings \
                     theirs back), t: leave theirs and keep mine beside it"
                );
                if ask(&question, &['m', 't'], output)? != Some('m') {
                    return keep_beside(&target.path, edited, output);
                }
                target = Target::read(&target.path)?;
            }
            Err(refused) => {
                keep_beside(&target.path, edited, output)?;
                return Err(refused.into());
            }
        }
    }
}

/// Under a name that no deck has.
fn keep_beside(path: &Path, edited: &str, output: &mut Output) -> Result<u8, Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let stem = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let names = std::iter::once(format!("{stem}.mine")).chain((2..).map(|number| format!("{stem}.mine-{number}")));
    for name in names.take(1000) {
        let beside = folder.join(name);
        let file = std::fs::OpenOptions::new().write(true).create_new(true).open(&beside);
        match file.and_then(|mut file| std::io::Write::write_all(&mut file, edited.as_bytes())) {
            Err(why) if why.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(why) => return Err(why.into()),
            Ok(()) => {
                output.complain(&safe!("the file was left as it is; what you wrote is in {}", beside.display()));
                return Ok(BAD_DECK);
            }
        }
    }
    Ok(BAD_DECK)
}

/// A copy of a text in the learner's editor, until it can be used or is discarded. None if it came back as it was, or
/// was discarded.
///
/// `prepare` completes what was written, `check` says what is wrong with it.
pub fn write_in_editor(
    call: &Call,
    name: &str,
    text: &str,
    line: Option<usize>,
    prepare: &dyn Fn(String) -> String,
    check: &dyn Fn(&str) -> Result<(), Safe>,
    output: &mut Output,
) -> Result<Option<String>, Failure> {
    let no_editor = || Failure::usage(Safe::from("greenroom: no editor is named: set VISUAL or EDITOR"));
    let command: &OsStr = call.environment.editor.as_deref().ok_or_else(no_editor)?;
    let folder = tempfile::Builder::new().prefix("greenroom-").tempdir()?;
    let path = folder.path().join(name);
    std::fs::write(&path, text)?;
    let mut line = line;
    loop {
        output.flush()?;
        editor::open(command, &path, line).map_err(|why| Failure::usage(safe!("greenroom: {why}")))?;
        let written = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        if written == text {
            return Ok(None);
        }
        let written = prepare(written);
        let Err(told) = check(&written) else { return Ok(Some(written)) };
        std::fs::write(&path, &written)?;
        output.complain(&told);
        match ask(
            &Safe::from("It cannot be used as it is. e: edit again, d: discard what you wrote"),
            &['e', 'd'],
            output,
        )? {
            Some('e') => line = None,
            Some(_) => return Ok(None),
            None => {
                let kept = folder.keep().join(name);
                let words =
                    safe!("greenroom: it cannot be used as it is, so nothing was saved. It lies in {}", kept.display());
                return Err(Failure::bad_deck(words));
            }
        }
    }
}
