//! Answers that are being written, kept beside the log until they are handed in.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::card::{Id, Key};
use crate::text::Safe;

/// The most bytes that are read of a draft; one that is kept here is far smaller.
const LARGEST: u64 = 1 << 20;

/// Where one draft lies: a relative path below the folder of the drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft(PathBuf);

impl Draft {
    /// The typed answer to a card that is studied.
    pub fn of(card: &Key) -> Draft {
        Draft(Path::new("study").join(card.deck.as_str()).join(format!("{}.txt", card.card)))
    }

    /// The typed answer to a card, or to one point of it.
    pub fn of_point(card: &Key, point: Option<&Id>) -> Draft {
        let Some(point) = point else { return Draft::of(card) };
        let folder = Path::new("study").join(card.deck.as_str()).join(card.card.as_str());
        Draft(folder.join(format!("{point}.txt")))
    }

    /// The mock interview that goes on, or waits to be put on record.
    pub fn interview() -> Draft {
        Draft(PathBuf::from("interview.json"))
    }

    /// The form of a card that is being changed, or of a new one if none is named.
    pub fn form(card: Option<&Key>) -> Draft {
        let of_card = |card: &Key| Path::new("cards").join(card.deck.as_str()).join(format!("{}.json", card.card));
        Draft(card.map_or_else(|| PathBuf::from("card.json"), of_card))
    }

    fn path(&self, data: &Path) -> PathBuf {
        data.join("drafts").join(&self.0)
    }

    /// What is kept; nothing if there is none that can be read.
    pub fn read(&self, data: &Path) -> Option<Safe> {
        let path = self.path(data);
        let is_ours = fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST);
        let text = is_ours.then(|| fs::read(path).ok()).flatten()?;
        Some(Safe::new(&String::from_utf8_lossy(&text))).filter(|text| !text.as_str().trim().is_empty())
    }

    /// Puts a text in the place of what is kept, whole or not at all; a blank one is not kept.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, data: &Path, text: &Safe) -> io::Result<()> {
        if text.as_str().trim().is_empty() {
            return self.remove(data);
        }
        let path = self.path(data);
        let folder = path.parent().unwrap_or(data);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_str().as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path).map(drop).map_err(|error| error.error)
    }

    /// Forgets what is kept.
    ///
    /// # Errors
    /// The file is there and cannot be removed.
    pub fn remove(&self, data: &Path) -> io::Result<()> {
        match fs::remove_file(self.path(data)) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_kept_replaced_and_forgotten() {
        let data = tempfile::tempdir().expect("a folder");
        let draft = Draft::of(&"aws-ecs/what-is-ecs".parse().expect("a key"));
        assert_eq!(draft.read(data.path()), None);
        for text in ["one", "one\n\ntwo “é”"] {
            draft.keep(data.path(), &Safe::new(text)).expect("kept");
            assert_eq!(draft.read(data.path()), Some(Safe::new(text)));
        }
        draft.keep(data.path(), &Safe::new(" \n")).expect("forgotten");
        assert_eq!(draft.read(data.path()), None);
        draft.remove(data.path()).expect("nothing is there");
    }
}
