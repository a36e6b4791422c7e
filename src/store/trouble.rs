//! What can go wrong with the log, and what the learner can do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::text::Safe;

/// Why the store did not do what it was asked. Nothing was acknowledged, and each message names the next step.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("The review log is damaged: {what}. Nothing was changed; `greenroom restore` goes back to a backup.")]
    Damaged { what: Safe },
    #[error("The review log is gone{}. Nothing was started in its place.", offer(newest.as_deref()))]
    Missing { newest: Option<PathBuf> },
    #[error("A newer greenroom wrote the review log (version {found}, this one knows {known}). Update greenroom.")]
    Newer { found: u32, known: u32 },
    #[error("{file} belongs to another program and was left alone. Move it away, or use another folder.")]
    NotOurs { file: Safe },
    #[error("Another program kept the review log busy for too long. Nothing was recorded; try again.")]
    Busy,
    #[error("The disk is full. Nothing was recorded; free some space and try again.")]
    Full,
    #[error("The review log cannot be written here, so nothing is recorded. Check the folder's permissions.")]
    ReadOnly,
    #[error("Another program recorded something about this card first. Nothing was recorded; look at the card again.")]
    Stale,
    #[error("The review log was moved or replaced while greenroom was open. Nothing was recorded; start it again.")]
    Moved,
    #[error("Entry {line} takes back an entry of its card that is not in the log before it. Nothing was recorded.")]
    Unmatched {
        /// The place in what was handed over, from 1.
        line: usize,
    },
    #[error("{file} exists already and was left alone. Choose another name.")]
    Exists { file: Safe },
    #[error("{file} is not there, or may not be read. Check its name.")]
    Unreadable { file: Safe },
    #[error("Another greenroom is open{}. Both may be used.", process(*pid))]
    AnotherIsOpen { pid: Option<u32> },
    #[error("SQLite {found} can damage a log that two programs write. Build greenroom with 3.51.3 or later.")]
    Engine { found: Safe },
    #[error("The disk did not do what was asked ({what}). What it was to write may be lost; start greenroom again.")]
    Io { what: Safe },
}

impl Trouble {
    pub(super) fn damaged(what: impl AsRef<str>) -> Trouble {
        Trouble::Damaged { what: Safe::new(what.as_ref()).line() }
    }

    /// Whether the store must be opened anew before anything can be acknowledged again.
    pub(super) fn ends_writing(&self) -> bool {
        matches!(self, Trouble::Damaged { .. } | Trouble::Io { .. })
    }
}

/// A path as it may be shown.
pub(super) fn shown(path: &Path) -> Safe {
    Safe::from(format_args!("{}", path.display())).line()
}

fn offer(newest: Option<&Path>) -> String {
    match newest {
        Some(path) => format!("; `greenroom restore` brings back {}", shown(path)),
        None => "; `greenroom restore --empty` begins a new one".to_owned(),
    }
}

fn process(pid: Option<u32>) -> String {
    pid.map_or_else(String::new, |pid| format!(" (process {pid})"))
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Trouble {
        let what = Safe::new(&error.to_string()).line();
        let rusqlite::Error::SqliteFailure(cause, _) = &error else {
            return Trouble::Damaged { what };
        };
        match cause.code {
            _ if cause.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE => Trouble::Full,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Trouble::Busy,
            ErrorCode::DiskFull => Trouble::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Trouble::ReadOnly,
            ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::OutOfMemory => {
                Trouble::Io { what: Safe::from(format_args!("{what}, code {}", cause.extended_code)) }
            }
            _ => Trouble::Damaged { what },
        }
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Trouble::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Trouble::ReadOnly,
            _ => Trouble::Io { what: Safe::new(&error.to_string()).line() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_cannot_act_on_a_terminal() {
        let hostile = Path::new("log\x1b[2J\nreviews.db");
        let messages = [
            Trouble::damaged("\x1b]52;c;aGk=\x07").to_string(),
            Trouble::Missing { newest: Some(hostile.to_owned()) }.to_string(),
            Trouble::NotOurs { file: shown(hostile) }.to_string(),
        ];
        for message in messages {
            assert!(!message.chars().any(char::is_control), "{message:?}");
        }
    }

    #[test]
    fn the_backup_on_offer_is_named() {
        let newest = Some(PathBuf::from("backups/reviews-20261122T040000Z.db"));
        assert_eq!(
            Trouble::Missing { newest }.to_string(),
            "The review log is gone; `greenroom restore` brings back backups/reviews-20261122T040000Z.db. \
             Nothing was started in its place."
        );
    }
}
