//! Clears out what nobody will ask for again.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::{Cache, open};
use crate::library::file::Fingerprint;

/// Cache files that may be there for nothing, besides one for each deck.
const SPARE: usize = 16;
/// After this long, in nanoseconds, a file that this program did not write, or did not finish, is nobody's.
const ABANDONED: i64 = 30 * 24 * 3600 * 1_000_000_000;
/// The longest path that systems take, in bytes, and its length before it.
const LONGEST: usize = 4100;

impl Cache {
    /// If there are many more cache files than decks, removes those whose deck file is gone, and abandoned ones.
    ///
    /// A file that is removed and asked for all the same is made again.
    pub fn sweep(&self, decks: usize) {
        let files: Vec<PathBuf> =
            fs::read_dir(&self.folder).into_iter().flatten().flatten().map(|file| file.path()).collect();
        if files.len() > 2 * decks + SPARE {
            files.iter().filter(|file| self.is_stale(file)).for_each(|file| drop(fs::remove_file(file)));
        }
    }

    fn is_stale(&self, file: &Path) -> bool {
        match deck_of(file) {
            Some(deck) => fs::symlink_metadata(deck).is_err_and(|error| error.kind() == ErrorKind::NotFound),
            None => fs::symlink_metadata(file)
                .is_ok_and(|metadata| Fingerprint::of(&metadata).modified < self.now - ABANDONED),
        }
    }
}

/// The path of the deck file that a cache file belongs to.
fn deck_of(file: &Path) -> Option<PathBuf> {
    let (file, header) = open(file, OFlags::RDONLY)?;
    let mut start = [0; LONGEST];
    let length = file.read_at(&mut start, header.index_at()).ok()?;
    let (identity, _) = postcard::take_from_bytes::<&[u8]>(&start[..length]).ok()?;
    identity.starts_with(b"/").then(|| OsStr::from_bytes(identity).into())
}
