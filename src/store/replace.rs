//! What can take the place of a log that cannot be read.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::trouble::Trouble;
use super::{Restored, Store, files};

/// What is to be the log from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    /// A backup, or any other file with a sound log.
    Backup(PathBuf),
    /// Whatever can still be read of the present log.
    Remains,
    /// An empty log.
    Nothing,
}

/// Something else is the log now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaced {
    pub rows: u64,
    /// Where the log lies that was there before; restoring it takes this back.
    pub kept: Option<PathBuf>,
    /// Entries of the log before that could not be read.
    pub lost: u64,
}

impl Store {
    /// Puts something in the place of a folder's log, which is kept among the backups whatever its state. Either all
    /// of it happens or the log is as it was. Stores that are open on the folder refuse to write afterwards.
    pub fn replace(folder: &Path, with: &Replacement, at: Timestamp) -> Result<Replaced, Trouble> {
        let (entries, lost) = match with {
            Replacement::Backup(from) => return Store::restore(folder, from, at).map(|restored| replaced(restored, 0)),
            Replacement::Remains => {
                let rescued = Store::rescue(&files::log(folder))?;
                (rescued.entries, rescued.lost)
            }
            Replacement::Nothing => (Vec::new(), 0),
        };
        let made = tempfile::tempdir_in(folder)?;
        let mut store = Store::open(made.path())?;
        store.import(&entries)?;
        drop(store);
        Store::restore(folder, &files::log(made.path()), at).map(|restored| replaced(restored, lost))
    }
}

fn replaced(Restored { rows, kept }: Restored, lost: u64) -> Replaced {
    Replaced { rows, kept, lost }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::testing::{entries, filled};

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    /// A log of 200 entries with noise in its middle, and no backup.
    fn damaged() -> (tempfile::TempDir, usize) {
        let (home, written) = filled(200);
        let store = Store::open(home.path()).expect("open");
        store.backup(Some(&home.path().join("whole.db")), AT).expect("backed up");
        drop(store);
        let mut bytes = fs::read(home.path().join("whole.db")).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle..middle + 512].fill(0xa5);
        for ending in ["", "-wal", "-shm"] {
            let _gone = fs::remove_file(files::companion(&files::log(home.path()), ending));
        }
        fs::write(files::log(home.path()), bytes).expect("damaged");
        (home, written.len())
    }

    #[test]
    fn what_remains_of_a_damaged_log_goes_on_without_a_backup() {
        let (home, written) = damaged();
        let replaced = Store::replace(home.path(), &Replacement::Remains, AT).expect("replaced");
        assert!(replaced.rows > 0 && replaced.rows < written as u64);
        let store = Store::open(home.path()).expect("open");
        assert_eq!(store.verify().expect("sound").rows, replaced.rows);
        assert!(replaced.kept.is_some_and(|kept| kept.exists()), "the damaged log is still there");
    }

    #[test]
    fn an_empty_log_can_be_begun_when_nothing_can_be_read() {
        let (home, _) = damaged();
        fs::write(files::log(home.path()), "no database at all").expect("damaged");
        let replaced = Store::replace(home.path(), &Replacement::Nothing, AT).expect("replaced");
        assert_eq!(replaced.rows, 0);
        assert_eq!(entries(&Store::open(home.path()).expect("open")), Ok(vec![]));
        assert!(replaced.kept.is_some_and(|kept| kept.exists()));
    }
}
