//! A text in the learner's own editor.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::process::Command;

use crate::safe;
use crate::text::Safe;

/// The most bytes that are taken back.
const LARGEST: usize = 1 << 20;

/// Opens the text in an editor and waits for its end; gives what was saved. The command is split as the shell splits it,
/// so it may have arguments.
///
/// # Errors
/// What the learner is told if the editor cannot be started, or did not end well.
pub fn edit(command: &OsStr, text: &Safe) -> Result<String, Safe> {
    let told = |why: io::Error| safe!("the editor was not opened: {why}");
    let mut file = tempfile::Builder::new().prefix("answer-").suffix(".txt").tempfile().map_err(told)?;
    file.write_all(text.as_str().as_bytes()).and_then(|()| file.flush()).map_err(told)?;
    let mut script = command.to_owned();
    script.push(" \"$@\"");
    let status = Command::new("sh").arg("-c").arg(script).arg(command).arg(file.path()).status().map_err(told)?;
    if !status.success() {
        return Err(safe!("`{}` ended with {status}; nothing was taken from it", command.display()).line());
    }
    let bytes = fs::read(file.path()).map_err(told)?;
    Ok(String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST)]).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_with_arguments_gives_back_what_it_saved() {
        let text = Safe::from("task role");
        let edited = edit(OsStr::new("sed -i 's/task/the task/'"), &text);
        assert_eq!(edited.as_deref(), Ok("the task role"));
    }

    #[test]
    fn an_editor_that_fails_changes_nothing_and_is_named() {
        let told = edit(OsStr::new("false"), &Safe::from("task role")).expect_err("it fails");
        assert!(told.as_str().starts_with("`false` ended with"), "{told}");
    }
}
