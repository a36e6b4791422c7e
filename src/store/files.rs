//! The files of the store, who may read them, and what kind of disk they lie on.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};
use tempfile::NamedTempFile;

/// Where the log of a folder lies.
pub fn log(folder: &Path) -> PathBuf {
    folder.join("reviews.db")
}

/// Where its backups lie.
pub fn backups(folder: &Path) -> PathBuf {
    folder.join("backups")
}

/// A companion that SQLite keeps beside a database: `-wal`, `-shm` or `-journal`.
pub fn companion(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Makes the folder, readable by the learner alone, unless it is there.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Makes what happened to the names in a folder durable.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

const UNFINISHED: &str = "reviews-new-";

/// An empty file that nobody else uses, to be filled and given a name. Those that killed programs left are removed.
pub fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    for entry in fs::read_dir(folder)?.flatten() {
        if let Some(name) = entry.file_name().to_str().filter(|name| name.starts_with(UNFINISHED)) {
            remove_if_left(folder, name);
        }
    }
    loop {
        let file = NamedTempFile::with_prefix_in(UNFINISHED, folder)?;
        let taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        // Another program may have taken it for one that was left, in the moment before it was locked.
        if !taken && file.path().exists() {
            return Ok(file);
        }
    }
}

/// Removes an unfinished file, or what SQLite keeps beside one, unless a program still fills it.
fn remove_if_left(folder: &Path, name: &str) {
    let database = ["-wal", "-shm", "-journal"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let database = File::open(folder.join(database));
    let is_left = match &database {
        Ok(file) => file.try_lock().is_ok(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_left {
        // Locked until it is gone, so that nobody takes it in between.
        let _ = fs::remove_file(folder.join(name));
    }
}

/// The folder that a file lies in.
pub fn parent(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether the kernel would let this program write: false for a read-only disk and an immutable file as well.
pub fn can_write(path: &Path) -> bool {
    access(path, Access::WRITE_OK).is_ok()
}

/// Which file a name stands for; another file under the same name has another one.
pub fn identity(file: &Path) -> Option<(u64, u64)> {
    fs::metadata(file).ok().map(|found| (found.dev(), found.ino()))
}

/// What SQLite may expect of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    Local,
    /// Shared memory between programs, and often locks, do not work here.
    Network(&'static str),
}

impl Disk {
    pub fn of(folder: &Path) -> Disk {
        magic(folder).and_then(Disk::network).map_or(Disk::Local, Disk::Network)
    }

    /// The name of a file system that is not local, by the magic number of statfs(2).
    fn network(magic: i64) -> Option<&'static str> {
        match magic & 0xffff_ffff {
            0x6969 => Some("NFS"),
            0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("SMB"),
            0x0102_1997 => Some("9p"),
            0x6573_5546 => Some("FUSE"),
            0x5346_414f | 0x6b41_4653 => Some("AFS"),
            0x7375_7245 => Some("Coda"),
            0x00c3_6400 => Some("Ceph"),
            0x0bd0_0bd0 => Some("Lustre"),
            0x786f_4256 => Some("a VirtualBox share"),
            _ => None,
        }
    }
}

#[cfg(target_os = "linux")]
fn magic(folder: &Path) -> Option<i64> {
    /// The number's width differs between processors.
    fn widen(number: impl TryInto<i64>) -> Option<i64> {
        number.try_into().ok()
    }
    rustix::fs::statfs(folder).ok().and_then(|disk| widen(disk.f_type))
}

/// Elsewhere the number means something else, so every disk counts as local.
#[cfg(not(target_os = "linux"))]
fn magic(_folder: &Path) -> Option<i64> {
    None
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_another_program_fills_is_left_alone_and_what_a_killed_one_left_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let other = unfinished(folder.path()).expect("a file");
        let beside = companion(other.path(), "-journal");
        fs::write(&beside, "its notes").expect("written");
        unfinished(folder.path()).expect("a file");
        assert!(other.path().exists() && beside.exists());
        drop(other);
        unfinished(folder.path()).expect("a file");
        assert!(!beside.exists());
    }

    #[test]
    fn disks_of_other_machines_are_told_by_their_number() {
        assert_eq!(Disk::network(0xef53), None, "ext4");
        assert_eq!(Disk::network(0x0102_1994), None, "tmpfs");
        assert_eq!(Disk::network(0x6969), Some("NFS"));
        assert_eq!(Disk::network(i64::from(0xff53_4d42_u32.cast_signed())), Some("SMB"));
    }

    #[test]
    fn a_new_folder_is_for_the_learner_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("data/greenroom");
        create_folder(&folder).expect("created");
        create_folder(&folder).expect("there already");
        let mode = fs::metadata(&folder).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn what_a_killed_program_left_half_made_is_removed_and_what_another_makes_is_not() {
        let home = tempfile::tempdir().expect("a folder");
        let left = home.path().join("reviews-new-killed");
        fs::write(&left, "half").expect("written");
        let other = unfinished(home.path()).expect("made");
        let mine = unfinished(home.path()).expect("made");
        assert!(!left.exists() && other.path().exists() && mine.path().exists());
    }

    #[test]
    fn another_file_under_a_name_has_another_identity() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("reviews.db");
        fs::write(&file, "one").expect("written");
        let before = identity(&file);
        let other = home.path().join("other");
        fs::write(&other, "one").expect("written");
        fs::rename(&other, &file).expect("renamed");
        assert!(before.is_some() && identity(&file) != before);
    }
}
