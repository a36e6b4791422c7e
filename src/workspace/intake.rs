//! Where imported cards go, and the one write that puts them there.

use std::path::{Path, PathBuf};

use super::Workspace;
use crate::card::{Card, Id, LONGEST_ID};
use crate::deck::edit::{add_cards, propose_id, write_card, write_deck};
use crate::deck::{Deck, LARGEST_FILE, Severity, Unfit, new_deck, parse};
use crate::exchange::{Imported, Joined, join};
use crate::library::{NotWritten, Origin, Version, Writer, is_path};
use crate::safe;
use crate::text::{Safe, count};

/// A deck that cards go into, as it was when it was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    pub path: PathBuf,
    pub deck: Id,
    text: String,
    /// None if the file is to be made.
    seen: Option<Version>,
}

/// Cards that are proposed to a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    pub intake: Intake,
    pub joined: Joined,
}

/// Why cards cannot go there; nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoIntake {
    #[error("`{0}` is a deck that came with the program. Name one of your own: --into my-{0}.toml")]
    Shipped(Id),
    #[error("`{0}` is neither a deck nor the path of a file that ends in .toml")]
    NotADeck(Safe),
    #[error("`{0}` has an error that must be mended first: `greenroom lint` shows it. Nothing was written.")]
    Broken(Safe),
    #[error(transparent)]
    NotWritten(#[from] NotWritten),
}

impl Workspace {
    /// The deck that cards from a file go into: the one that is named by its id or its path, or else a deck of the
    /// learner with the name of the file. It need not be there yet.
    pub fn intake(&self, into: Option<&str>, file: &Path, imported: &Imported) -> Result<Intake, NoIntake> {
        let path = match into {
            Some(path) if is_path(path) => Some(PathBuf::from(path))
                .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")))
                .ok_or_else(|| NoIntake::NotADeck(Safe::new(path).line()))?,
            Some(id) => {
                let id: Id = id.parse().map_err(|_| NoIntake::NotADeck(Safe::new(id).line()))?;
                self.path_of(&id)?
            }
            None => self.path_of(&imported.id.clone().unwrap_or_else(|| file_id(file)))?,
        };
        let name = safe!("{}", path.display());
        if !path.exists() {
            let deck =
                self.free_deck_id(imported.id.clone().filter(|_| into.is_none()).unwrap_or_else(|| file_id(&path)));
            let title = imported.title.clone().unwrap_or_else(|| title(&path));
            return Ok(Intake { path, text: beginning(&deck, &title, imported), deck, seen: None });
        }
        let (text, version) = Writer::read(&path)?;
        let parsed = parse(&text);
        let is_broken = parsed.diagnostics.iter().any(|found| found.severity == Severity::Error);
        let deck = parsed.deck.filter(|_| !is_broken).ok_or(NoIntake::Broken(name))?;
        Ok(Intake { path, deck: deck.id, text, seen: Some(version) })
    }

    /// The file of a deck of the learner, or the one that it would have.
    fn path_of(&self, id: &Id) -> Result<PathBuf, NoIntake> {
        match self.library.shelf(id).map(|shelf| &shelf.origin) {
            Some(Origin::File(path)) => Ok(path.clone()),
            Some(Origin::BuiltIn(_)) => Err(NoIntake::Shipped(id.clone())),
            None => Ok(self.paths.decks.join(format!("{id}.toml"))),
        }
    }

    fn free_deck_id(&self, wanted: Id) -> Id {
        let is_free = |id: &Id| self.library.shelf(id).is_none();
        let stem =
            wanted.as_str()[..wanted.as_str().len().min(LONGEST_ID - 6)].trim_end_matches(['-', '_', '.']).to_owned();
        let numbered = (2_u32..).filter_map(|number| format!("{stem}-{number}").parse().ok());
        std::iter::once(wanted).chain(numbered).find(is_free).expect("numbers do not end")
    }
}

impl Intake {
    /// What importing would do.
    pub fn join(&self, imported: Imported) -> Joined {
        let cards = parse(&self.text).deck.map_or_else(Vec::new, |deck| deck.cards);
        join(imported, &cards)
    }

    /// The ids that the deck has already.
    pub fn ids(&self) -> Vec<Id> {
        parse(&self.text).deck.map_or_else(Vec::new, |deck| deck.cards.into_iter().map(|card| card.id).collect())
    }

    pub fn is_new(&self) -> bool {
        self.seen.is_none()
    }

    /// Adds the cards, all or none, if the deck is still as it was.
    pub fn add(&self, cards: &[Card], writer: &Writer) -> Result<(), NotWritten> {
        let unfit = |why: Unfit| NotWritten::Unfit { file: safe!("{}", self.path.display()), why };
        let size = || self.text.len() + cards.iter().map(|card| write_card(card).len()).sum::<usize>();
        let text = match add_cards(&self.text, cards) {
            Err(Unfit::Spoilt) if size() > LARGEST_FILE => {
                let why = safe!("with these cards it would be larger than {} MB; split them", LARGEST_FILE >> 20);
                return Err(NotWritten::Unwritten { file: safe!("{}", self.path.display()), why });
            }
            added => added.map_err(unfit)?,
        };
        let what = safe!("import {} into `{}`", count(cards.len() as u64, "card", "cards"), self.deck);
        match self.seen {
            Some(seen) => writer.change(&self.path, seen, &what, |_| Ok(text))?,
            None => writer.create(&self.path, &what, &text)?,
        };
        Ok(())
    }
}

/// The text of a deck without cards, with what a file says of its own.
fn beginning(id: &Id, title: &Safe, imported: &Imported) -> String {
    let named = Deck::new(id.clone(), title.clone());
    let deck = match &imported.about {
        Some(about) => Deck { id: named.id, title: named.title, ..about.clone() },
        None => named,
    };
    let text = write_deck(&deck);
    if parse(&text).deck.is_some() { text } else { new_deck(id, &safe!("{id}")) }
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn file_id(path: &Path) -> Id {
    let stem = stem(path);
    let is_named = stem.chars().any(char::is_alphanumeric);
    stem.parse().unwrap_or_else(|_| propose_id(if is_named { &stem } else { "imported" }))
}

/// `aws-ecs.toml` is called "Aws ecs".
fn title(path: &Path) -> Safe {
    let words = stem(path).replace(['-', '_', '.'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map_or_else(|| "Imported".to_owned(), |first| first.to_uppercase().collect());
    Safe::new(&(first + letters.as_str()))
}
