//! A note beside the log of how far it had come, so that a log which lost its end is not taken for a whole one.
//!
//! SQLite cannot tell a write-ahead log that was deleted or cut from one that never was. The note is written after
//! each durable append and never waited for, so it can lag behind the log but never run ahead of it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use twox_hash::XxHash3_64;

use super::row::Seq;
use crate::review::EntryId;

/// The newest entry that was surely there.
pub type Newest = (Seq, EntryId);

/// The note, open for writing.
#[derive(Debug)]
pub struct Mark(File);

fn path(folder: &Path) -> PathBuf {
    folder.join("reviews.mark")
}

/// What the note says; nothing when there is none or it cannot be trusted.
pub fn read(folder: &Path) -> Option<Newest> {
    let text = fs::read_to_string(path(folder)).ok()?;
    let (note, check) = text.trim_end().rsplit_once(' ')?;
    let (seq, id) = note.split_once(' ')?;
    let newest = (Seq(seq.parse().ok()?), id.parse().ok()?);
    (check == checksum(note)).then_some(newest)
}

/// Removes the note, before a log is replaced on purpose.
pub fn forget(folder: &Path) -> io::Result<()> {
    match fs::remove_file(path(folder)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn checksum(note: &str) -> String {
    format!("{:016x}", XxHash3_64::oneshot(note.as_bytes()))
}

impl Mark {
    pub fn open(folder: &Path) -> io::Result<Mark> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600).open(path(folder)).map(Mark)
    }

    /// Each note is as long as the one before. A note that could not be written only makes the check weaker.
    pub fn write(&self, (seq, id): Newest) {
        let note = format!("{:020} {id}", seq.0);
        let _ = self.0.write_all_at(format!("{note} {}\n", checksum(&note)).as_bytes(), 0);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_note_is_read_back_and_a_damaged_one_is_ignored() {
        let home = tempfile::tempdir().expect("a folder");
        assert_eq!(read(home.path()), None);
        let mark = Mark::open(home.path()).expect("opened");
        for seq in [9, 10] {
            let newest = (Seq(seq), EntryId(Uuid::from_u128(7)));
            mark.write(newest);
            assert_eq!(read(home.path()), Some(newest));
        }
        mark.0.write_all_at(b"9", 0).expect("written");
        assert_eq!(read(home.path()), None);
        forget(home.path()).expect("removed");
        forget(home.path()).expect("gone already");
    }
}
