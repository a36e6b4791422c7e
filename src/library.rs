//! Deck files on disk and inside the program: find, read, keep a cache of what was parsed.
//!
//! Opening a library reads what is needed to list decks and cards: usually one small part of a cache file a deck. The
//! words of a card are read when somebody asks for them.

mod again;
mod builtin;
mod cache;
mod file;
mod find;
mod load;
mod own;
mod parsed;
mod problem;
mod shelf;
mod survey;
mod walk;
mod watch;
mod write;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use self::again::Held;
pub use self::builtin::{BuiltIn, DECKS};
use self::cache::Cache;
pub use self::file::read_plain as read_file;
use self::file::{Fingerprint, Refused};
pub use self::find::NotFound;
use self::load::{Source, load, parse_anew};
pub use self::own::{NotAdded, OWN_DECK, add_own};
use self::parsed::{Outline, Parsed};
pub use self::problem::Problem;
pub use self::shelf::{Counts, Origin, Shelf, Slot};
pub use self::survey::{Survey, survey};
use self::walk::{Walk, walk};
pub use self::watch::Watch;
pub use self::write::{NotUndone, NotWritten, Undone, Version, Writer};
use crate::card::{Card, Exercise, Id, Key, Kind};
use crate::text::Safe;

/// Where decks are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Whether the shipped decks belong to it.
    pub built_in: bool,
    /// The folder of the learner's own decks. It is searched with the folders below it, and need not be there.
    pub folder: Option<PathBuf>,
    /// Further deck files, whatever their names, and folders of decks. It is a problem if one is not there.
    pub extra: Vec<PathBuf>,
}

/// The decks as they were when the library was opened.
#[derive(Debug)]
pub struct Library {
    shelves: Vec<Shelf>,
    by_id: HashMap<Id, usize>,
    places: Places,
    shipped: Vec<BuiltIn>,
    /// The files as they were found, and what was left out then.
    files: Vec<(PathBuf, Fingerprint)>,
    skipped: Vec<Problem>,
    /// Decks that are as they were before their files were broken.
    held: Vec<Held>,
    /// What is wrong with files, and not with the text in them.
    found: Vec<Problem>,
    /// Texts that have problems.
    flawed: Vec<Origin>,
    problems: OnceLock<Vec<Problem>>,
    cache: Option<Cache>,
    /// What was parsed last because no cache had it.
    parsed: Mutex<Option<(Origin, Parsed)>>,
}

/// Why a card cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    #[error("there is no card `{0}`")]
    Unknown(Key),
    /// `why` completes the sentence.
    #[error("`{file}` {why}, so its cards cannot be shown")]
    Gone { file: Safe, why: Safe },
    #[error("`{file}` was changed and has no usable card `{card}` any more")]
    Changed { file: Safe, card: Id },
}

impl Lost {
    fn gone(origin: &Origin, refused: &Refused) -> Lost {
        Lost::Gone { file: origin.name(), why: Safe::new(&refused.to_string()) }
    }
}

impl Library {
    /// Opens what is at these places, with the cache files in the folder `cache`, which is made if it is not there.
    ///
    /// This always succeeds. What could not be used is among the [`problems`](Library::problems), and a cache that
    /// cannot be read or written only makes it slower.
    pub fn open(places: &Places, cache: Option<&Path>) -> Library {
        Library::open_at(places, DECKS, cache, present())
    }

    fn open_at(places: &Places, shipped: &[BuiltIn], cache: Option<&Path>, now: SystemTime) -> Library {
        Library::arrange_walk(walk(places), places, shipped, cache, now, None)
    }

    /// Reads what was found; `before` is the library as it was, if it is opened again.
    fn arrange_walk(
        walk: Walk,
        places: &Places,
        shipped: &[BuiltIn],
        cache: Option<&Path>,
        now: SystemTime,
        before: Option<&Library>,
    ) -> Library {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since.as_nanos()).unwrap_or(i64::MAX);
        let cache = cache.map(|folder| Cache { folder: folder.to_owned(), now });
        let in_use = if places.built_in { shipped } else { &[] };
        let built_in = in_use.iter().map(|deck| (Origin::BuiltIn(*deck), Fingerprint::default()));
        let own = walk.files.iter().map(|(path, fingerprint)| (Origin::File(path.clone()), *fingerprint));
        let sources = built_in.chain(own).map(|(origin, fingerprint)| Source { origin, fingerprint });
        let sources: Vec<_> = sources.collect();
        let nothing = || sources.iter().map(|_| None).collect();
        let mut kept: Vec<_> = before.map_or_else(nothing, |before| before.hold(&sources, cache.as_ref()));
        let held = kept.iter().flatten().map(|(held, _)| held.clone()).collect();
        let open: Vec<&Source> =
            sources.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(one, _)| one).collect();
        let mut loaded = load(&open, cache.as_ref()).into_iter();
        let outline = |kept: &mut Option<(Held, Outline)>| {
            let kept = kept.take().map(|(_, outline)| Ok(outline));
            kept.unwrap_or_else(|| loaded.next().expect("what was not kept has been loaded"))
        };
        let outlines = kept.iter_mut().map(outline).collect();
        let mut library = Library {
            shelves: Vec::new(),
            by_id: HashMap::new(),
            places: places.clone(),
            shipped: shipped.to_vec(),
            files: walk.files,
            skipped: walk.problems.clone(),
            held,
            found: walk.problems,
            flawed: Vec::new(),
            problems: OnceLock::new(),
            cache,
            parsed: Mutex::new(None),
        };
        library.arrange(sources, outlines);
        library
    }

    /// Puts the decks on shelves: an own deck takes the place of the shipped one with its id, otherwise the first one
    /// with an id has it.
    fn arrange(&mut self, sources: Vec<Source>, outlines: Vec<Result<Outline, Refused>>) {
        let mut shelves = Vec::with_capacity(sources.len());
        for (source, outline) in sources.into_iter().zip(outlines) {
            match outline {
                Ok(outline) => {
                    if outline.problems != Counts::default() {
                        self.flawed.push(source.origin.clone());
                    }
                    shelves.extend(Shelf::of(outline, source.origin));
                }
                Err(refused) => self.found.push(Problem::refused(&source.origin, &refused)),
            }
        }
        let own: HashSet<Id> = shelves.iter().filter(|shelf| shelf.is_own()).map(|shelf| shelf.id.clone()).collect();
        shelves.retain(|shelf| shelf.is_own() || !own.contains(&shelf.id));
        for shelf in shelves {
            match self.by_id.get(&shelf.id) {
                Some(&used) => {
                    self.found.push(Problem::duplicate(&shelf.id, &self.shelves[used].origin, &shelf.origin));
                }
                None => {
                    self.by_id.insert(shelf.id.clone(), self.shelves.len());
                    self.shelves.push(shelf);
                }
            }
        }
    }

    /// The decks that can be used: the shipped ones, those of the learner's folder, those that were named; each group
    /// by path. No two have the same id.
    pub fn decks(&self) -> &[Shelf] {
        &self.shelves
    }

    /// The deck with this id.
    pub fn shelf(&self, deck: &Id) -> Option<&Shelf> {
        self.by_id.get(deck).map(|&at| &self.shelves[at])
    }

    /// Reads one card.
    ///
    /// If the cache no longer has it, its deck file is parsed again; if that was changed meanwhile, the card is what
    /// the file says now.
    pub fn card(&self, deck: &Id, card: &Id) -> Result<Card, Lost> {
        let place = self.shelf(deck).and_then(|shelf| Some((shelf, shelf.slot(card)?)));
        let (shelf, slot) = place.ok_or_else(|| Lost::Unknown(Key { deck: deck.clone(), card: card.clone() }))?;
        if let Some(card) = self.cache.as_ref().and_then(|cache| cache.cards(&shelf.origin, &[slot.body])?.pop()) {
            return Ok(card);
        }
        let changed = || Lost::Changed { file: shelf.origin.name(), card: card.clone() };
        self.pick(&shelf.origin, |deck| deck.card(deck.cards().find(|slot| slot.id == *card)?))?.ok_or_else(changed)
    }

    /// Reads the card at a place of a deck, without looking for it first.
    pub fn card_at(&self, shelf: &Shelf, place: usize) -> Result<Card, Lost> {
        let slot = shelf.cards.get(place);
        let body = slot.and_then(|slot| self.cache.as_ref()?.cards(&shelf.origin, &[slot.body])?.pop());
        match (body, slot) {
            (Some(card), _) => Ok(card),
            (None, Some(slot)) => self.card(&shelf.id, &slot.id),
            (None, None) => Err(Lost::Changed { file: shelf.origin.name(), card: shelf.id.clone() }),
        }
    }

    /// Reads all cards of a deck, in its order; as with [`card`](Library::card), of a file that was changed they are
    /// those that it has now.
    pub fn cards(&self, shelf: &Shelf) -> Result<Vec<Card>, Lost> {
        let bodies: Vec<_> = shelf.cards.iter().map(|slot| slot.body).collect();
        let mut cards = match self.cache.as_ref().and_then(|cache| cache.cards(&shelf.origin, &bodies)) {
            Some(cards) => cards,
            None => self.pick(&shelf.origin, |deck| deck.cards().filter_map(|slot| deck.card(slot)).collect())?,
        };
        share_exercises(&mut cards);
        Ok(cards)
    }

    /// Picks from a text whose cards the cache does not have. It stays in memory until another one takes its place.
    fn pick<T>(&self, origin: &Origin, pick: impl FnOnce(&Parsed) -> T) -> Result<T, Lost> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, parsed)) = parsed.as_ref().filter(|(held, _)| held == origin) {
            return Ok(pick(parsed));
        }
        let anew = parse_anew(origin, self.cache.as_ref()).map_err(|refused| Lost::gone(origin, &refused))?;
        let (_, parsed) = parsed.insert((origin.clone(), anew));
        Ok(pick(parsed))
    }

    /// What is wrong: first with files and folders, then with the texts of the decks, these in order of place.
    ///
    /// Problems of texts are read when this is called for the first time.
    pub fn problems(&self) -> &[Problem] {
        self.problems.get_or_init(|| {
            let texts = self.flawed.iter().flat_map(|origin| self.problems_of(origin));
            self.found.iter().cloned().chain(texts).collect()
        })
    }

    fn problems_of(&self, origin: &Origin) -> Vec<Problem> {
        if let Some(held) = self.held.iter().find(|held| held.origin == *origin) {
            return held.findings.iter().map(|finding| Problem::in_text(origin, finding.clone())).collect();
        }
        let kept = self.cache.as_ref().and_then(|cache| cache.findings(origin));
        let parse = || parse_anew(origin, self.cache.as_ref()).map(|parsed| parsed.findings);
        match kept.map_or_else(parse, Ok) {
            Ok(findings) => findings.into_iter().map(|finding| Problem::in_text(origin, finding)).collect(),
            Err(refused) => vec![Problem::refused(origin, &refused)],
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "tells whether a file may still change in the same tick of the clock")]
fn present() -> SystemTime {
    SystemTime::now()
}

/// Each card is stored with an exercise of its own; those that are the same become one.
fn share_exercises(cards: &mut [Card]) {
    let mut known: Vec<Arc<Exercise>> = Vec::new();
    for card in cards {
        let Kind::Choice(choice) = &mut card.kind else { continue };
        match known.iter().find(|exercise| ***exercise == *choice.exercise) {
            Some(exercise) => choice.exercise = exercise.clone(),
            None => known.push(choice.exercise.clone()),
        }
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files carry the time at which they are written")]
mod tests;
