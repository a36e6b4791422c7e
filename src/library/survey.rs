//! Every deck file of some places with its content, read or not, so that all of it can be checked.

use std::collections::HashMap;

use super::file::{self, Fingerprint};
use super::parsed;
use super::walk::walk;
use super::{Origin, Places, Problem};
use crate::card::Id;
use crate::deck::{Diagnostic, decode};

/// The files of some places as they were when they were read; shipped decks are not among them.
#[derive(Debug, Default)]
pub struct Survey {
    /// In the order in which a library has them.
    pub texts: Vec<(Origin, Vec<u8>)>,
    /// What is wrong with files and folders.
    pub problems: Vec<Problem>,
}

/// Reads every file that may be a deck.
pub fn survey(places: &Places) -> Survey {
    let walk = walk(places);
    let mut survey = Survey { texts: Vec::new(), problems: walk.problems };
    for (path, Fingerprint { .. }) in walk.files {
        let origin = Origin::File(path.clone());
        match file::read(&path) {
            Ok((content, _)) => survey.texts.push((origin, content)),
            Err(refused) => survey.problems.push(Problem::refused(&origin, &refused)),
        }
    }
    survey
}

impl Survey {
    /// The problems of the decks that an earlier one takes the id from; `decks` holds the id of each text that is one.
    pub fn duplicates(&self, decks: &[Option<Id>]) -> Vec<Problem> {
        let mut first: HashMap<&Id, &Origin> = HashMap::new();
        let mut duplicates = Vec::new();
        for ((origin, _), id) in self.texts.iter().zip(decks) {
            let Some(id) = id else { continue };
            match first.get(id) {
                Some(used) => duplicates.push(Problem::duplicate(id, used, origin)),
                None => {
                    first.insert(id, origin);
                }
            }
        }
        duplicates
    }

    /// Diagnostics of one of the texts, which are in order of place, as problems with line and column.
    pub fn problems_in(&self, text: usize, diagnostics: Vec<Diagnostic>) -> Vec<Problem> {
        let (origin, content) = &self.texts[text];
        let placed = parsed::place(diagnostics, &decode(content));
        placed.into_iter().map(|finding| Problem::in_text(origin, finding)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn all_files_are_read_and_the_second_deck_of_an_id_is_a_problem() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [("a.toml", "one"), ("b.toml", "two"), ("notes.txt", "three")] {
            fs::write(folder.path().join(name), text).expect("written");
        }
        let places = Places { folder: Some(folder.path().to_owned()), ..Places::default() };
        let survey = survey(&places);
        assert_eq!(survey.texts.iter().map(|(_, text)| text.as_slice()).collect::<Vec<_>>(), [b"one", b"two"]);
        let id = || "d".parse::<Id>().ok();
        assert!(survey.duplicates(&[id(), None]).is_empty());
        let duplicates = survey.duplicates(&[id(), id()]);
        assert_eq!(duplicates.len(), 1);
        assert!(duplicates[0].file.as_str().ends_with("b.toml"));
    }
}
