//! The file of disagreements: one JSON line each, added durably, never changed.

use std::fs::OpenOptions;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::files::{create_folder, sync_folder};
use super::trouble::Trouble;
use crate::review::Disagreement;

/// Where disagreements are kept in a data folder.
pub fn disagreements(folder: &Path) -> PathBuf {
    folder.join("disagreements.jsonl")
}

/// Adds a disagreement; it is durable when this returns. A line that was cut off before stays apart.
pub fn disagree(folder: &Path, disagreement: &Disagreement) -> Result<(), Trouble> {
    create_folder(folder)?;
    let path = disagreements(folder);
    let is_new = !path.exists();
    let mut file = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&path)?;
    let mut last = [b'\n'];
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let start = if last == *b"\n" { "" } else { "\n" };
    let line = serde_json::to_string(disagreement).map_err(std::io::Error::from)?;
    file.write_all(format!("{start}{line}\n").as_bytes())?;
    file.sync_all()?;
    if is_new {
        sync_folder(folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Safe;

    #[test]
    fn lines_are_added_one_below_the_other_also_behind_one_that_was_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let one = |text: &str| Disagreement {
            at: "2026-11-22T18:00:00Z".parse().expect("a time"),
            exercise: "e".parse().expect("an id"),
            card: None,
            text: Safe::new(text),
            model: None,
            label: "a".parse().expect("an id"),
            why: None,
        };
        disagree(folder.path(), &one("first")).expect("kept");
        let path = disagreements(folder.path());
        let half = std::fs::read_to_string(&path).expect("text") + "{\"at\":";
        std::fs::write(&path, &half).expect("written");
        disagree(folder.path(), &one("second")).expect("kept");
        let text = std::fs::read_to_string(&path).expect("text");
        assert!(text.starts_with(&half) && text.lines().count() == 3, "{text}");
        assert!(text.lines().last().is_some_and(|line| line.contains("second")));
    }
}
