//! `greenroom deck pack` and `greenroom deck install`: decks that go from one learner to another, and come back newer.

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::ask::ask;
use super::call::Call;
use super::edit::errors;
use super::failure::Failure;
use super::output::Output;
use super::rename::offer;
use crate::card::{Card, Id};
use crate::deck::edit::renames;
use crate::deck::{Deck, parse};
use crate::library::{Origin, Version, Writer};
use crate::safe;
use crate::text::{Safe, count};
use crate::workspace::Workspace;

/// What `deck pack` is told.
#[derive(Debug, Args)]
pub struct Pack {
    /// The id of a deck
    deck: Id,
    /// The file to write; the id with `.toml` in this folder if left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What `deck install` is told.
#[derive(Debug, Args)]
pub struct Install {
    /// A deck file
    file: PathBuf,
    /// Update a deck that you have without asking
    #[arg(long)]
    yes: bool,
    /// Write over your own changes to it, too
    #[arg(long)]
    overwrite: bool,
}

/// What an update changes, by card.
struct Changes {
    added: Vec<Id>,
    removed: Vec<Id>,
    changed: Vec<Id>,
    renamed: Vec<(Id, Id)>,
}

impl Pack {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let workspace = call.workspace(None)?;
        let shelf = workspace.library.shelf(&self.deck);
        let shelf = shelf.ok_or_else(|| {
            Failure::usage(safe!("greenroom: there is no deck `{}`{}", self.deck, workspace.library.told_unread(None)))
        })?;
        let text = shelf.origin.text().map_err(|lost| Failure::bad_deck(safe!("greenroom: {lost}")))?;
        let deck = whole(&text, shelf.origin.name().as_str())?;
        let out = self.out.unwrap_or_else(|| PathBuf::from(format!("{}.toml", deck.id)));
        let written = fs::OpenOptions::new().write(true).create_new(true).open(&out);
        let written = written.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
        written.map_err(|why| match why.kind() {
            ErrorKind::AlreadyExists => Failure::usage(safe!(
                "greenroom: {} is there already. Remove it, or name another file with --out. Nothing was packed.",
                out.display()
            )),
            _ => Failure::usage(safe!("greenroom: {}: {why}. Nothing was packed.", out.display())),
        })?;
        output.line(&safe!("packed {} into {}", told(&deck), out.display()))?;
        for (key, value) in [("author", &deck.author), ("licence", &deck.licence), ("version", &deck.version)] {
            if value.is_none() {
                output.line(&safe!("it names no {key}: `{key} = \"…\"` at the top of the deck tells others"))?;
            }
        }
        output.line(&safe!("Others take it with: greenroom deck install FILE"))?;
        Ok(0)
    }
}

impl Install {
    pub fn run(self, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let (text, _) = Writer::read(&self.file)?;
        let deck = whole(&text, &self.file.display().to_string())?;
        let workspace = call.workspace(None)?;
        let writer = Writer::new(&workspace.paths.data);
        let what = safe!("install `{}`", deck.id);
        let note = installed(&workspace, &deck.id);
        match workspace.library.shelf(&deck.id).map(|shelf| &shelf.origin) {
            Some(Origin::File(path)) => return self.update(path, &text, &deck, call, output),
            Some(Origin::BuiltIn(_)) => {
                let question =
                    safe!("`{}` is built in; this deck would take its place, with the same reviews. (y/n)", deck.id);
                self.agree(&question, output)?;
            }
            None => {}
        }
        let is_built_in = workspace.library.shelf(&deck.id).is_some();
        let path = workspace.paths.decks.join(format!("{}.toml", deck.id));
        let version = writer.create(&path, &what, &text)?;
        remember(&note, version);
        output.line(&safe!("installed {} as {}", told(&deck), path.display()))?;
        if is_built_in {
            output.line(&safe!("it takes the place of the built-in `{}`, with the same reviews", deck.id))?;
        }
        Ok(0)
    }

    fn update(&self, path: &Path, text: &str, deck: &Deck, call: &Call, output: &mut Output) -> Result<u8, Failure> {
        let workspace = call.workspace(None)?;
        let (before, seen) = Writer::read(path)?;
        if before == text {
            output.line(&safe!("`{}` is the same already; nothing was changed", deck.id))?;
            return Ok(0);
        }
        let old = parse(&before).deck.map(|deck| deck.cards).unwrap_or_default();
        tell(&Changes::between(&old, &deck.cards), output)?;
        let known = parse(&before).deck.and_then(|deck| deck.version);
        if let Some((given, known)) = deck.version.as_ref().zip(known)
            && is_older(given.as_str(), known.as_str())
        {
            output.line(&safe!("version {given} is older than the version {known} that you have"))?;
            output.flush()?;
        }
        let note = installed(&workspace, &deck.id);
        if !recall(&note).contains(&seen) && !self.overwrite {
            let question = safe!(
                "{} has changes of your own, which would be lost (`greenroom deck undo` brings them back). Write over it? (y/n)",
                path.display()
            );
            if ask(&question, &['y', 'n'], output)? != Some('y') {
                let words =
                    "greenroom: the file has changes of your own; --overwrite writes over them. Nothing was changed.";
                return Err(Failure::usage(Safe::from(words)));
            }
        }
        self.agree(&safe!("Update {}? (y/n)", path.display()), output)?;
        let what = safe!("update `{}`", deck.id);
        let version = Writer::new(&workspace.paths.data).change(path, seen, &what, |_| Ok(text.to_owned()))?;
        remember(&note, version);
        output.line(&safe!("updated {} in {}", told(deck), path.display()))?;
        offer(&deck.id, &old, &deck.cards, self.yes, call, output)?;
        Ok(0)
    }

    fn agree(&self, question: &Safe, output: &mut Output) -> Result<(), Failure> {
        if self.yes || ask(question, &['y', 'n'], output)? == Some('y') {
            return Ok(());
        }
        Err(Failure::usage(Safe::from("greenroom: nothing was changed; --yes agrees without being asked")))
    }
}

impl Changes {
    fn between(before: &[Card], after: &[Card]) -> Changes {
        let old: HashMap<&Id, &Card> = before.iter().map(|card| (&card.id, card)).collect();
        let new: HashMap<&Id, &Card> = after.iter().map(|card| (&card.id, card)).collect();
        let renamed = renames(before, after);
        let is_renamed = |id: &Id| renamed.iter().any(|(from, to)| from == id || to == id);
        let ids = |cards: &[Card], test: &dyn Fn(&Card) -> bool| {
            cards.iter().filter(|card| test(card) && !is_renamed(&card.id)).map(|card| card.id.clone()).collect()
        };
        Changes {
            added: ids(after, &|card| !old.contains_key(&card.id)),
            removed: ids(before, &|card| !new.contains_key(&card.id)),
            changed: ids(after, &|card| old.get(&card.id).is_some_and(|old| *old != card)),
            renamed,
        }
    }
}

fn tell(changes: &Changes, output: &mut Output) -> Result<(), Failure> {
    for (mark, ids) in [('+', &changes.added), ('-', &changes.removed), ('~', &changes.changed)] {
        for id in ids {
            output.line(&safe!("{mark} {id}"))?;
        }
    }
    for (from, to) in &changes.renamed {
        output.line(&safe!("> {from} is {to} now"))?;
    }
    let Changes { added, removed, changed, renamed } = changes;
    let (added, removed, changed) = (added.len(), removed.len(), changed.len());
    output.line(&safe!("{added} added, {removed} removed, {changed} changed, {} renamed", renamed.len()))?;
    output.flush()
}

/// The deck of a text without an error.
fn whole(text: &str, name: &str) -> Result<Deck, Failure> {
    errors(text, name)
        .map_err(|told| Failure::bad_deck(safe!("{told}\n\ngreenroom: mend it first. Nothing was written.")))?;
    let none = || Failure::bad_deck(safe!("greenroom: {} is no deck", Safe::new(name).line()));
    parse(text).deck.ok_or_else(none)
}

/// The deck in a few words.
fn told(deck: &Deck) -> Safe {
    let cards = count(deck.cards.len() as u64, "card", "cards");
    let part =
        |word: &str, value: &Option<Safe>| value.as_ref().map_or(Safe::default(), |value| safe!(", {word}{value}"));
    let (version, author, licence) =
        (part("version ", &deck.version), part("by ", &deck.author), part("licence ", &deck.licence));
    safe!("`{}` ({cards}{version}{author}{licence})", deck.id)
}

/// Whether a version comes before another one: their numbers are compared one by one, as in `1.9` and `1.10`.
fn is_older(version: &str, other: &str) -> bool {
    let numbers = |version: &str| -> Vec<u64> {
        let parts = version.split(|character: char| !character.is_ascii_digit());
        parts.filter_map(|part| part.parse().ok()).collect()
    };
    numbers(version) < numbers(other)
}

/// Where it is noted what a deck was each time that it was installed: another text has changes of the learner's own.
fn installed(workspace: &Workspace, deck: &Id) -> PathBuf {
    workspace.paths.data.join("installed").join(format!("{deck}.json"))
}

fn recall(note: &Path) -> Vec<Version> {
    let text = fs::read(note).unwrap_or_default();
    let one = || serde_json::from_slice(&text).map(|version| vec![version]);
    serde_json::from_slice(&text).or_else(|_| one()).unwrap_or_default()
}

/// A note that cannot be written costs a question at the next update.
fn remember(note: &Path, version: Version) {
    let folder = note.parent().unwrap_or(Path::new("."));
    let mut versions = recall(note);
    versions.retain(|known| *known != version);
    versions.push(version);
    let text = serde_json::to_vec(&versions).unwrap_or_default();
    let _asked_next_time = fs::create_dir_all(folder).and_then(|()| fs::write(note, text));
}
