//! Looks at the files again, and keeps a deck as it was while its file is broken.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::cache::{Cache, checksum};
use super::file::Fingerprint;
use super::load::Source;
use super::parsed::{Finding, Head, Outline, parse};
use super::walk::walk;
use super::{Library, Origin, Problem, Shelf, present};
use crate::deck::Severity;

/// A deck that stays as it was.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub origin: Origin,
    /// What is wrong with the file now.
    pub findings: Vec<Finding>,
}

impl Library {
    /// The library as it is now; none if no file was changed, came or went since this one was opened.
    ///
    /// While a deck's file has errors and has lost cards by them, the deck stays as it was; see [`Library::held`].
    pub fn look_again(&self) -> Option<Library> {
        let walk = walk(&self.places);
        if (&walk.files, &walk.problems) == (&self.files, &self.skipped) {
            return None;
        }
        Some(Library::arrange_walk(walk, &self.places, &self.shipped, self.cache_folder(), present(), Some(self)))
    }

    fn cache_folder(&self) -> Option<&Path> {
        self.cache.as_ref().map(|cache| cache.folder.as_path())
    }

    /// The first error of each deck that is shown as it was, because its file is broken now.
    pub fn held(&self) -> impl Iterator<Item = Problem> + '_ {
        self.held.iter().filter_map(|held| {
            let is_error = |finding: &&Finding| finding.diagnostic.severity == Severity::Error;
            let first = held.findings.iter().find(is_error)?;
            Some(Problem::in_text(&held.origin, first.clone()))
        })
    }

    /// The decks that were not there before, or whose files were changed since.
    pub fn changed_since<'a>(&'a self, before: &Library) -> Vec<&'a Shelf> {
        let (known, now) = (before.fingerprints(), self.fingerprints());
        let is_changed = |path: &Path| known.get(path) != now.get(path);
        self.shelves.iter().filter(|shelf| shelf.origin.path().is_some_and(is_changed)).collect()
    }

    fn fingerprints(&self) -> HashMap<&Path, Fingerprint> {
        self.files.iter().map(|(path, fingerprint)| (path.as_path(), *fingerprint)).collect()
    }

    /// For each source what its deck was, if it is to stay that.
    pub(super) fn hold(&self, sources: &[Source], cache: Option<&Cache>) -> Vec<Option<(Held, Outline)>> {
        let known = self.fingerprints();
        let hold = |source: &Source| {
            let before = known.get(source.origin.path()?)?;
            if *before != source.fingerprint {
                return self.hold_changed(source, cache);
            }
            let held = self.held.iter().find(|held| held.origin == source.origin)?;
            let shelf = self.shelves.iter().find(|shelf| shelf.origin == source.origin)?;
            Some((held.clone(), outline(shelf, shelf.problems)))
        };
        sources.iter().map(hold).collect()
    }

    /// What the file says now is kept in the cache, unless the deck stays as it was.
    fn hold_changed(&self, source: &Source, cache: Option<&Cache>) -> Option<(Held, Outline)> {
        let shelf = self.shelves.iter().find(|shelf| shelf.origin == source.origin)?;
        let (content, fingerprint) = source.origin.read().ok()?;
        let parsed = parse(&content);
        let now: HashSet<_> = parsed.cards().map(|slot| &slot.id).collect();
        let is_whole = parsed.outline.head.is_some() && shelf.cards.iter().all(|slot| now.contains(&slot.id));
        if parsed.outline.problems.errors == 0 || is_whole {
            let _slower = cache.map(|cache| cache.keep(&source.origin, checksum(&content), fingerprint, &parsed));
            return None;
        }
        let outline = outline(shelf, parsed.outline.problems);
        Some((Held { origin: source.origin.clone(), findings: parsed.findings }, outline))
    }
}

fn outline(shelf: &Shelf, problems: super::Counts) -> Outline {
    let Shelf { id, title, description, language, tags, cards, .. } = shelf.clone();
    Outline { problems, head: Some(Head { id, title, description, language, tags, cards }) }
}
