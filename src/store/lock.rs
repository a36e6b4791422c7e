//! Tells whether another greenroom is open on the same folder. Both may write; it only helps to say so.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::files;
use super::trouble::Trouble;

/// Held as long as the value lives; the system lets go of it when the program ends, however it ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "closing the file lets go of the lock")] File);

impl Lock {
    /// [`Trouble::AnotherIsOpen`] when another program, or another part of this one, holds the lock.
    pub fn acquire(folder: &Path) -> Result<Lock, Trouble> {
        files::create_folder(folder)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let mut file = options.open(folder.join("greenroom.lock"))?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                write!(file, "{}", std::process::id())?;
                Ok(Lock(file))
            }
            Err(TryLockError::WouldBlock) => {
                let mut text = String::new();
                file.read_to_string(&mut text)?;
                Err(Trouble::AnotherIsOpen { pid: text.trim().parse().ok() })
            }
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_learns_who_is_first_and_may_follow_when_it_has_gone() {
        let home = tempfile::tempdir().expect("a folder");
        let first = Lock::acquire(home.path()).expect("free");
        let pid = Some(std::process::id());
        assert_eq!(Lock::acquire(home.path()).err(), Some(Trouble::AnotherIsOpen { pid }));
        drop(first);
        assert!(Lock::acquire(home.path()).is_ok());
    }
}
