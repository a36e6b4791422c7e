//! What edits replaced: a file for each of the last ones, in a folder of their own.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::Version;
use crate::review::EntryId;
use crate::text::Safe;

/// Edits that are kept.
const KEPT: usize = 100;
/// Bytes that the edits take at most together, but that the newest one is always kept.
const LARGEST: u64 = 128 << 20;

/// The folder of the edits.
#[derive(Debug, Clone)]
pub struct History {
    folder: PathBuf,
}

/// One edit of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Absolute, with no link at its end.
    pub file: PathBuf,
    pub what: Safe,
    /// The text before; none if there was no file.
    pub before: Option<String>,
    pub after: Version,
    /// The rows of the log that go along with it, such as the one that carries reviews to another id.
    #[serde(default)]
    pub rows: Vec<EntryId>,
}

impl History {
    pub fn new(folder: PathBuf) -> History {
        History { folder }
    }

    /// Keeps an edit as the newest one, and gives its number.
    pub fn add(&self, edit: &Edit) -> io::Result<u64> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let folder = File::open(&self.folder)?;
        // Where there are no locks, two edits in one moment may take each other's number; the second is then refused.
        let _is_locked = folder.lock();
        self.sweep();
        let numbers = self.numbers();
        let number = numbers.last().map_or(1, |last| last + 1);
        let mut file = NamedTempFile::with_prefix_in(super::UNFINISHED, &self.folder)?;
        file.write_all(&serde_json::to_vec(edit).map_err(io::Error::other)?)?;
        file.as_file().sync_all()?;
        file.persist_noclobber(self.path(number)).map_err(|error| error.error)?;
        folder.sync_all()?;
        self.thin(&numbers);
        Ok(number)
    }

    /// Puts another edit in the place of the one with that number.
    pub fn amend(&self, number: u64, edit: &Edit) -> io::Result<()> {
        let mut file = NamedTempFile::with_prefix_in(super::UNFINISHED, &self.folder)?;
        file.write_all(&serde_json::to_vec(edit).map_err(io::Error::other)?)?;
        file.as_file().sync_all()?;
        file.persist(self.path(number)).map_err(|error| error.error)?;
        File::open(&self.folder)?.sync_all()
    }

    /// The newest edit; one that cannot be read any more is not counted.
    pub fn newest(&self) -> Option<(u64, Edit)> {
        let read = |number: &u64| Some((*number, serde_json::from_slice(&fs::read(self.path(*number)).ok()?).ok()?));
        self.numbers().iter().rev().find_map(read)
    }

    pub fn forget(&self, number: u64) {
        let _another_time = fs::remove_file(self.path(number));
    }

    /// Forgets the oldest ones, when one more than the `numbers` is there.
    fn thin(&self, numbers: &[u64]) {
        let mut room = LARGEST;
        for (newer, number) in (1..).zip(numbers.iter().rev()) {
            let size = fs::metadata(self.path(*number)).map_or(0, |found| found.len());
            room = room.saturating_sub(size);
            if newer >= KEPT || room == 0 {
                self.forget(*number);
            }
        }
    }

    fn sweep(&self) {
        super::sweep(&self.folder);
    }

    /// In order, the newest last.
    fn numbers(&self) -> Vec<u64> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let number = |entry: fs::DirEntry| entry.file_name().to_str()?.strip_suffix(".json")?.parse().ok();
        let mut numbers: Vec<u64> = entries.filter_map(number).collect();
        numbers.sort_unstable();
        numbers
    }

    fn path(&self, number: u64) -> PathBuf {
        self.folder.join(format!("{number:08}.json"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_hundred_edits_are_kept() {
        let home = tempfile::tempdir().expect("a folder");
        let history = History::new(home.path().join("edits"));
        let edit = |number: u64| Edit {
            file: PathBuf::from("/d.toml"),
            what: Safe::from(format!("edit {number}")),
            before: Some("é\u{feff}\r\n".to_owned()),
            after: Version::of("x"),
            rows: Vec::new(),
        };
        for number in 1..=103 {
            assert_eq!(history.add(&edit(number)).ok(), Some(number));
        }
        assert_eq!((history.numbers().len(), history.numbers()[0]), (100, 4));
        fs::write(history.path(103), "{").expect("written");
        assert_eq!(history.newest(), Some((102, edit(102))));
    }
}
