//! Opens plain files, and never what only looks like one.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use crate::deck::LARGEST_FILE;
use crate::safe;
use crate::text::Safe;

/// Why a file was not read; its message completes "`path` …".
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("is {0}, not a file")]
    Kind(&'static str),
    #[error("is larger than {} MB", LARGEST_FILE >> 20)]
    TooLarge,
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
}

/// What the file system says of a file's content. The change time is in it because nobody can set it back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    pub size: u64,
    pub inode: u64,
    /// Nanoseconds since 1970, as all times here.
    pub modified: i64,
    pub changed: i64,
}

impl Fingerprint {
    pub fn of(metadata: &Metadata) -> Fingerprint {
        Fingerprint {
            size: metadata.size(),
            inode: metadata.ino(),
            modified: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

fn nanoseconds(seconds: i64, rest: i64) -> i64 {
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

/// Opens a plain file, for reading unless the flags say more. Neither waits for the other end of a pipe nor wakes a device.
pub(super) fn open(path: &Path, flags: OFlags) -> Result<(File, Metadata), Refused> {
    plain(fs::metadata(path)?.file_type())?;
    let flags = flags | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty()).map_err(io::Error::from)?);
    // Asked again: another file may have taken the name since.
    let metadata = file.metadata()?;
    plain(metadata.file_type())?;
    Ok((file, metadata))
}

/// The content of a deck file, with the fingerprint that it had before it was read.
pub(super) fn read(path: &Path) -> Result<(Vec<u8>, Fingerprint), Refused> {
    let (file, metadata) = open(path, OFlags::RDONLY)?;
    let fits = usize::try_from(metadata.size()).ok().filter(|&size| size <= LARGEST_FILE);
    let mut content = Vec::with_capacity(fits.ok_or(Refused::TooLarge)? + 1);
    // The limit holds for a file that grows while it is read, too.
    file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut content)?;
    if content.len() > LARGEST_FILE {
        return Err(Refused::TooLarge);
    }
    Ok((content, Fingerprint::of(&metadata)))
}

/// The content of a plain file of at most the size of a deck, or why not; the sentence goes on from its name.
pub fn read_plain(path: &Path) -> Result<Vec<u8>, Safe> {
    read(path).map(|(content, _)| content).map_err(|refused| safe!("{refused}"))
}

/// Ok for a plain file.
pub(super) fn plain(kind: FileType) -> Result<(), Refused> {
    let word = match kind {
        _ if kind.is_file() => return Ok(()),
        _ if kind.is_dir() => "a folder",
        _ if kind.is_fifo() => "a named pipe",
        _ if kind.is_socket() => "a socket",
        _ if kind.is_symlink() => "a link",
        _ => "a device",
    };
    Err(Refused::Kind(word))
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use rustix::fs::{CWD, FileType as Kind, mknodat};

    use super::*;

    fn refusal(path: &Path) -> String {
        read(path).expect_err("refused").to_string()
    }

    #[test]
    fn only_plain_files_are_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let (pipe, socket) = (folder.path().join("pipe.toml"), folder.path().join("socket.toml"));
        mknodat(CWD, &pipe, Kind::Fifo, Mode::RUSR, 0).expect("a pipe");
        let _listener = UnixListener::bind(&socket).expect("a socket");
        assert_eq!(refusal(&pipe), "is a named pipe, not a file");
        assert_eq!(refusal(&socket), "is a socket, not a file");
        assert_eq!(refusal(folder.path()), "is a folder, not a file");
        assert_eq!(refusal(Path::new("/dev/zero")), "is a device, not a file");
        assert!(refusal(&folder.path().join("none.toml")).starts_with("cannot be read: "));
    }

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("huge.toml");
        let file = File::create(&path).expect("a file");
        file.set_len(LARGEST_FILE as u64).expect("a size");
        assert_eq!(read(&path).expect("just fits").0.len(), LARGEST_FILE);
        file.set_len(1 << 40).expect("a size");
        assert_eq!(refusal(&path), "is larger than 32 MB");
    }

    #[test]
    fn a_change_that_hides_behind_the_old_modification_time_changes_the_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deck.toml");
        fs::write(&path, "one").expect("written");
        let before = fs::metadata(&path).expect("metadata");
        let fingerprint = || Fingerprint::of(&fs::metadata(&path).expect("metadata"));
        // The clock of the file system moves in steps of some milliseconds.
        while fingerprint().changed == Fingerprint::of(&before).changed {
            fs::write(&path, "two").expect("written");
            let file = File::options().write(true).open(&path).expect("opened");
            file.set_modified(before.modified().expect("a time")).expect("set back");
        }
        assert_eq!(fingerprint().modified, Fingerprint::of(&before).modified);
        assert_eq!((fingerprint().size, fingerprint().inode), (before.size(), before.ino()));
    }
}
