//! What the screens change in deck files: a card added, changed, taken out, moved; a shipped deck copied.

use std::path::{Path, PathBuf};

use crate::card::{Card, Id, Key};
use crate::deck::edit::{add_card, change_card, free_id, move_card, remove_card};
use crate::deck::{Unfit, new_deck, parse};
use crate::library::{Library, NotWritten, Origin, Version, Writer};
use crate::safe;
use crate::text::Safe;

/// The deck that new cards go to as long as the learner has no other.
pub const FIRST_DECK: &str = "my-cards";

/// Times that an addition is made anew because others write to the file at the same moment.
const TRIES: usize = 4;

/// A change to deck files.
#[derive(Debug, Clone, PartialEq)]
pub enum Authoring {
    /// Adds a card to a deck, under its id or, if that is taken, with a number behind it. The first deck is made if it
    /// is not there.
    Add {
        deck: Id,
        card: Box<Card>,
    },
    /// Puts a card in the place of what it was when the learner began to change it, or of whatever is there now.
    Change {
        key: Key,
        was: Box<Card>,
        card: Box<Card>,
        is_forced: bool,
    },
    Remove(Key),
    /// Moves a card so many places down its deck, or up.
    Shift {
        key: Key,
        by: isize,
    },
    /// Moves a card to the end of another deck.
    Carry {
        key: Key,
        to: Id,
    },
    /// Copies a shipped deck into the learner's folder, where it takes the place of the shipped one.
    Copy(Id),
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authored {
    /// In a few words, such as "added".
    pub what: Safe,
    /// The card as it is found now, if one is there still.
    pub card: Option<Key>,
    /// The card whose reviews now belong to that one, if it has another key.
    pub was: Option<Key>,
    /// How many files were written; each is an edit that can be undone.
    pub edits: usize,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq)]
pub enum NotAuthored {
    /// Somebody else has changed the card meanwhile: what it says now, or nothing if it is gone.
    Changed(Option<Box<Card>>),
    Refused(Safe),
}

impl From<NotWritten> for NotAuthored {
    fn from(why: NotWritten) -> NotAuthored {
        NotAuthored::Refused(safe!("{why}"))
    }
}

/// A deck file as it is now.
struct File {
    path: PathBuf,
    seen: Version,
    cards: Vec<Card>,
}

impl File {
    fn read(deck: &Id, library: &Library) -> Result<File, NotAuthored> {
        let shelf =
            library.shelf(deck).ok_or_else(|| NotAuthored::Refused(safe!("there is no deck `{deck}` any more")))?;
        let path = shelf.origin.path().map(Path::to_owned);
        let path = path.ok_or_else(|| NotAuthored::Refused(safe!("`{deck}` is part of the program: copy it first")))?;
        let (text, seen) = Writer::read(&path)?;
        let cards = parse(&text).deck.map(|deck| deck.cards);
        let cards = cards.ok_or_else(|| NotAuthored::Refused(safe!("{}: {}", path.display(), Unfit::Broken)))?;
        Ok(File { path, seen, cards })
    }

    fn place(&self, card: &Id) -> Result<usize, NotAuthored> {
        self.cards.iter().position(|known| known.id == *card).ok_or(NotAuthored::Changed(None))
    }

    fn write(
        &self,
        writer: &Writer,
        what: &Safe,
        edit: impl FnOnce(&str) -> Result<String, Unfit>,
    ) -> Result<(), NotAuthored> {
        writer.change(&self.path, self.seen, what, edit)?;
        Ok(())
    }
}

impl Authoring {
    /// Does it. `folder` is that of the learner's decks.
    ///
    /// # Errors
    /// Nothing was written, and why.
    pub fn perform(&self, writer: &Writer, library: &Library, folder: &Path) -> Result<Authored, NotAuthored> {
        match self {
            Authoring::Add { deck, card } if library.shelf(deck).is_none() => begin(deck, card, writer, folder),
            Authoring::Add { deck, card } => add(deck, card, writer, library),
            Authoring::Change { key, was, card, is_forced } => change(key, was, card, *is_forced, writer, library),
            Authoring::Remove(key) => {
                let file = File::read(&key.deck, library)?;
                file.place(&key.card)?;
                file.write(writer, &safe!("delete `{key}`"), |text| remove_card(text, &key.card))?;
                Ok(Authored { what: safe!("deleted: {}", key.card), card: None, was: None, edits: 1 })
            }
            Authoring::Shift { key, by } => {
                let file = File::read(&key.deck, library)?;
                let to = file.place(&key.card)?.saturating_add_signed(*by);
                file.write(writer, &safe!("move `{key}`"), |text| move_card(text, &key.card, to))?;
                Ok(Authored { what: Safe::from("moved"), card: Some(key.clone()), was: None, edits: 1 })
            }
            Authoring::Carry { key, to } => carry(key, to, writer, library),
            Authoring::Copy(deck) => copy(deck, writer, library, folder),
        }
    }
}

/// The first deck of the learner, with its first card.
fn begin(deck: &Id, card: &Card, writer: &Writer, folder: &Path) -> Result<Authored, NotAuthored> {
    let path = folder.join(format!("{deck}.toml"));
    let title = if deck.as_str() == FIRST_DECK { Safe::from("My cards") } else { safe!("{deck}") };
    let refuse = |why: Unfit| NotAuthored::Refused(safe!("The card {why}"));
    let text = add_card(&new_deck(deck, &title), card).map_err(refuse)?;
    writer.create(&path, &safe!("add `{deck}/{}`", card.id), &text)?;
    let key = Key { deck: deck.clone(), card: card.id.clone() };
    Ok(Authored { what: safe!("added to {}", path.display()), card: Some(key), was: None, edits: 1 })
}

fn add(deck: &Id, card: &Card, writer: &Writer, library: &Library) -> Result<Authored, NotAuthored> {
    for _ in 1..TRIES {
        if let Ok(added) = add_once(deck, card, writer, library) {
            return Ok(added);
        }
    }
    add_once(deck, card, writer, library)
}

fn add_once(deck: &Id, card: &Card, writer: &Writer, library: &Library) -> Result<Authored, NotAuthored> {
    let file = File::read(deck, library)?;
    let card = Card { id: free_id(&card.id, &file.cards), ..card.clone() };
    let key = Key { deck: deck.clone(), card: card.id.clone() };
    file.write(writer, &safe!("add `{key}`"), |text| add_card(text, &card))?;
    Ok(Authored { what: safe!("added as {}", key.card), card: Some(key), was: None, edits: 1 })
}

fn change(
    key: &Key,
    was: &Card,
    card: &Card,
    is_forced: bool,
    writer: &Writer,
    library: &Library,
) -> Result<Authored, NotAuthored> {
    let file = File::read(&key.deck, library)?;
    let theirs = file.cards.iter().find(|known| known.id == key.card);
    match theirs {
        None if is_forced => return add(&key.deck, card, writer, library),
        None => return Err(NotAuthored::Changed(None)),
        Some(theirs) if !is_forced && theirs != was => {
            return Err(NotAuthored::Changed(Some(Box::new(theirs.clone()))));
        }
        Some(_) => {}
    }
    file.write(writer, &safe!("change `{key}`"), |text| change_card(text, &key.card, card))?;
    Ok(Authored { what: safe!("saved: {}", key.card), card: Some(key.clone()), was: None, edits: 1 })
}

/// First the card is put where it goes, then it is taken away where it was: cut short, it is there twice, never nowhere.
fn carry(key: &Key, to: &Id, writer: &Writer, library: &Library) -> Result<Authored, NotAuthored> {
    let from = File::read(&key.deck, library)?;
    let card = &from.cards[from.place(&key.card)?];
    let added = add(to, card, writer, library)?;
    let taken = from.write(writer, &safe!("move `{key}` away"), |text| remove_card(text, &key.card));
    if let Err(why) = taken {
        // Nothing else was written between, or the card stays where it is twice and nothing is lost.
        let _stays_twice = writer.undo(|_| Ok(()));
        return Err(why);
    }
    Ok(Authored { what: safe!("moved to {to}"), was: Some(key.clone()), edits: 2, ..added })
}

fn copy(deck: &Id, writer: &Writer, library: &Library, folder: &Path) -> Result<Authored, NotAuthored> {
    let gone = || NotAuthored::Refused(safe!("there is no deck `{deck}` any more"));
    let shelf = library.shelf(deck).ok_or_else(gone)?;
    let Origin::BuiltIn(shipped) = &shelf.origin else {
        return Err(NotAuthored::Refused(safe!("`{deck}` is yours already")));
    };
    let text = String::from_utf8(shipped.text.to_vec()).map_err(|_| gone())?;
    let path = folder.join(format!("{deck}.toml"));
    writer.create(&path, &safe!("copy `{deck}`"), &text)?;
    Ok(Authored { what: safe!("copied to {}", path.display()), card: None, was: None, edits: 1 })
}
