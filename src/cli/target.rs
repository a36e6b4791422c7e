//! The deck file that a command may write, by the id of a deck or by a path.

use std::path::{Path, PathBuf};

use super::ask::ask;
use super::failure::Failure;
use super::output::Output;
use crate::card::Id;
use crate::library::{NotWritten, Origin, Shelf, Version, Writer, is_path};
use crate::safe;
use crate::text::Safe;
use crate::workspace::Workspace;

/// A deck file and what it says now.
pub struct Target {
    pub path: PathBuf,
    pub text: String,
    pub version: Version,
}

impl Target {
    pub fn read(path: &Path) -> Result<Target, NotWritten> {
        let (text, version) = Writer::read(path)?;
        Ok(Target { path: path.to_owned(), text, version })
    }

    /// The file of a deck. A built-in deck is first copied into the learner's folder, if they agree.
    pub fn of(shelf: &Shelf, workspace: &Workspace, agreed: bool, output: &mut Output) -> Result<Target, Failure> {
        let text = match &shelf.origin {
            Origin::File(path) => return Ok(Target::read(path)?),
            Origin::BuiltIn(_) => shelf.origin.text().map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?,
        };
        let path = workspace.paths.decks.join(format!("{}.toml", shelf.id));
        let question = safe!(
            "`{}` is built in. A copy in {} takes its place, with the same reviews; later versions of greenroom will not \
             change it. Copy it? (y/n)",
            shelf.id,
            path.display()
        );
        if !agreed && ask(&question, &['y', 'n'], output)? != Some('y') {
            let words =
                "greenroom: a built-in deck is edited as a copy of your own; --copy makes one. Nothing was written.";
            return Err(Failure::usage(Safe::from(words)));
        }
        Writer::new(&workspace.paths.data).create(&path, &safe!("copy the built-in deck `{}`", shelf.id), &text)?;
        output.complain(&safe!("copied the built-in deck to {}", path.display()));
        Ok(Target::read(&path)?)
    }

    /// The file that a deck is named by: its id, or a path.
    pub fn named(name: &str, workspace: &Workspace, agreed: bool, output: &mut Output) -> Result<Target, Failure> {
        if let Some(shelf) = name.parse().ok().and_then(|id: Id| workspace.library.shelf(&id)) {
            return Target::of(shelf, workspace, agreed, output);
        }
        if is_path(name) {
            return Ok(Target::read(Path::new(name))?);
        }
        let name = Safe::new(name).line();
        Err(Failure::usage(safe!(
            "greenroom: there is no deck `{name}`. `greenroom new {name}` makes one.{}",
            workspace.library.told_unread(None)
        )))
    }
}
