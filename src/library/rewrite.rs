//! Puts a new text in the place of a deck file: at once and whole, and never over a change that somebody made meanwhile.

use std::io;
use std::path::Path;

use super::{file, own};
use crate::safe;
use crate::text::Safe;

/// Why a file was not written; it is as it was. The message completes "`path` …".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotWritten {
    #[error("was changed meanwhile, so nothing was written")]
    Changed,
    #[error("could not be written: {0}")]
    Failed(Safe),
}

impl From<io::Error> for NotWritten {
    fn from(error: io::Error) -> NotWritten {
        NotWritten::Failed(safe!("{error}").line())
    }
}

/// Writes `after` into the deck file, if `before` is still what it holds. A link stays a link, and the file keeps its
/// permissions.
pub fn rewrite(path: &Path, before: &[u8], after: &str) -> Result<(), NotWritten> {
    let path = path.canonicalize()?;
    let (content, _) = file::read(&path).map_err(|refused| NotWritten::Failed(safe!("{refused}").line()))?;
    if content != before {
        return Err(NotWritten::Changed);
    }
    Ok(own::replace(&path, after)?)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files are written to be changed")]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_file_is_replaced_behind_its_link_and_a_changed_one_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("deck.toml"), folder.path().join("link.toml"));
        fs::write(&file, "one").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
        symlink("deck.toml", &link).expect("a link");
        assert_eq!(rewrite(&link, b"one", "two"), Ok(()));
        assert_eq!(rewrite(&link, b"one", "three"), Err(NotWritten::Changed));
        assert_eq!(fs::read_to_string(&file).expect("text"), "two");
        assert!(fs::symlink_metadata(&link).expect("metadata").is_symlink());
        assert_eq!(fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o640);
        assert!(matches!(rewrite(&folder.path().join("none.toml"), b"", ""), Err(NotWritten::Failed(_))));
    }
}
