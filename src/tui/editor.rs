//! A text in the learner's own editor.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
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
    run(command, &[file.path().as_os_str()])?;
    let bytes = fs::read(file.path()).map_err(told)?;
    Ok(String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST)]).into_owned())
}

/// Opens a file at a line, counted from 1, and waits for the end of the editor. One that is not known to take lines
/// opens the file at its beginning.
///
/// # Errors
/// What the learner is told if the editor cannot be started, or did not end well.
pub fn visit(command: &OsStr, path: &Path, line: usize) -> Result<(), Safe> {
    let words = command.to_string_lossy();
    let program = words.split_whitespace().next().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    let (plus, mut with_line) = (OsString::from(format!("+{line}")), path.as_os_str().to_owned());
    with_line.push(format!(":{line}"));
    match program {
        "vi" | "vim" | "nvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "micro" | "kak" | "joe" | "ne"
        | "mg" | "jed" => run(command, &[&plus, path.as_os_str()]),
        "hx" | "helix" | "subl" | "zed" => run(command, &[&with_line]),
        "code" | "codium" | "code-insiders" => run(command, &[OsStr::new("--goto"), &with_line]),
        _ => run(command, &[path.as_os_str()]),
    }
}

/// Runs the command with more arguments behind its own; it is split as the shell splits it.
fn run(command: &OsStr, arguments: &[&OsStr]) -> Result<(), Safe> {
    let told = |why: io::Error| safe!("the editor was not opened: {why}");
    let mut script = command.to_owned();
    script.push(" \"$@\"");
    let status = Command::new("sh").arg("-c").arg(script).arg(command).args(arguments).status().map_err(told)?;
    if status.success() {
        return Ok(());
    }
    Err(safe!("`{}` ended with {status}; nothing was taken from it", command.display()).line())
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
